"""The pattern language of cues: what each sign means, look-alikes, stops and reach."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from evidencereview.errors import SettingsError
from evidencereview.language.cues import (
    SPANS_KEY,
    Cue,
    CueMatcher,
    Reach,
    compile_pattern,
    read_cues,
    select_cues,
    shipped_cues,
)  # fmt: skip

PATTERNS = [
    ("will be", "It will be so", "will be"),
    ("will be", "It would be so", None),
    ("will be", "WILL BE", "WILL BE"),
    ("aim|aims to", "She aims to ring", "aims to"),
    ("once *ed", "once approved", "once approved"),
    ("once *ed", "once upon", None),
    ("will [not] be", "It will not be", "will not be"),
    ("will [not] be", "It will be", "will be"),
    ("will [not] be", "It will never be", None),
    ("as far as ..3 possible", "as far as we find it possible", "as far as we find it possible"),
    ("as far as ..3 possible", "as far as we ever can find it possible", None),
    ("as ..2 possible", "as far, possible", None),  # a mark ends a gap
    ("<num> days", "in 10 days", "10 days"),
    ("<num> days", "in ten days", "ten days"),
    ("<cap> panel", "the Tenant panel", "Tenant panel"),
    ("<cap> panel", "the tenant panel", None),
    ("^see", "See it. We see.", "See"),
    ("^see", "We see.", None),
    ("to !this|our", "to each", "to each"),
    ("to !this|our", "to our", None),
    ("to !this|our", "to.", None),
    ("to !this|our", "to", None),
    ("( link )", "Policy (link)", "(link)"),
]


def matcher(*cues: Cue) -> tuple[spacy.language.Language, CueMatcher]:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp, CueMatcher(nlp.vocab, cues)


def found(text: str, cue: Cue) -> list[str]:
    nlp, cues = matcher(cue)
    doc = cues(nlp(text))
    return [span.text for span in doc.spans[SPANS_KEY]]


@pytest.mark.parametrize(("pattern", "text", "words"), PATTERNS)
def test_pattern_language(pattern: str, text: str, words: str | None) -> None:
    assert found(text, Cue("x", (pattern,))) == ([words] if words else [])


def test_an_empty_pattern_is_refused() -> None:
    with pytest.raises(SettingsError, match="empty cue pattern"):
        compile_pattern("  ")


def test_a_look_alike_takes_its_words_away_and_no_others() -> None:
    cue = Cue("x", ("will *",), look_alikes=("will then",))
    assert found("We will ring and will then write", cue) == ["will ring"]
    nlp, cues = matcher(cue, Cue("y", ("will then",)))
    doc = cues(nlp("will then"))
    assert [span.label_ for span in doc.spans[SPANS_KEY]] == ["y"]


def test_the_longest_of_overlapping_cues_is_kept() -> None:
    assert found("It will be put right", Cue("x", ("will be", "will be put"))) == ["will be put"]


@pytest.mark.parametrize(
    ("reach", "scope"),
    [
        (Reach.FORWARD, "aim to ring "),
        (Reach.BACKWARD, "We aim to"),
        (Reach.BOTH, "We aim to ring "),
    ],
)
def test_a_cue_reaches_to_the_stop_on_its_side(reach: Reach, scope: str) -> None:
    text = "Before. We aim to ring but some do not. After."
    nlp, cues = matcher(Cue("x", ("aim to",), stops=("but",), reach=reach))
    hit = cues.hits(cues(nlp(text)))[0]
    assert text[hit.start : hit.end] == "aim to"
    assert text[hit.reach_start : hit.reach_end].strip() == scope.strip()


def test_a_stop_before_the_cue_bounds_it_too() -> None:
    text = "Some ring but we aim to write."
    nlp, cues = matcher(Cue("x", ("aim to",), stops=("but",)))
    hit = cues.hits(cues(nlp(text)))[0]
    assert text[hit.reach_start : hit.reach_end] == "but we aim to write."


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[cue]]\ncategory = "x"\npaterns = ["a"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_cues(path)
    assert "paterns" in str(error.value) and "patterns" in f"{error.value} {error.value.__dict__}"


def test_shipped_cues_compile_and_no_category_stands_twice() -> None:
    cues = shipped_cues()
    assert len({cue.category for cue in cues}) == len(cues)
    assert all(compile_pattern(p) for cue in cues for p in (*cue.patterns, *cue.look_alikes, *cue.stops))


def test_categories_are_selected() -> None:
    cues = (Cue("x", ("a",)), Cue("y", ("b",)))
    assert select_cues(cues, ["y"]) == [cues[1]]
    assert select_cues(cues, None) == list(cues)
