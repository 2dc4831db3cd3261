"""Patterns kept under words find what spaCy's matcher finds alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from evidencereview.language.anchored import AnchoredMatcher, anchor_of
from evidencereview.language.cues import compile_pattern, shipped_cues

ROWS = Path(__file__).parent.parent.parent / "training_data" / "rows"


def test_the_shipped_cues_find_the_same_in_many_rows() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    plain, anchored = Matcher(nlp.vocab), AnchoredMatcher(nlp.vocab)
    for cue in shipped_cues():
        for label, patterns in (("+", cue.patterns), ("!", cue.look_alikes), (".", cue.stops)):
            compiled = [compile_pattern(pattern) for pattern in patterns]
            anchored.add(cue.category + label, compiled)
            if compiled:
                plain.add(cue.category + label, compiled)
    seen = 0
    for path in sorted(ROWS.glob("*.jsonl"))[:6]:
        for line in path.read_text(encoding="utf-8").splitlines()[:20]:
            doc = nlp(json.loads(line)["evidence"])
            found = {(span.label_, span.start, span.end) for span in anchored.spans(doc)}
            assert found == {(span.label_, span.start, span.end) for span in plain(doc, as_spans=True)}
            seen += len(found)
    assert seen > 100


WORDS = ["we", "will", "be", "going", "gone", "to", "aim", "not", "10", "The", "."]
TOKENS = ["will", "be|being", "[not]", "go*", "<num>", "!the|to", "<cap>", "..2", "aim|to", "^we"]


@given(st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=4), min_size=1, max_size=5), st.data())
@settings(max_examples=60)
def test_any_patterns_find_the_same(patterns: list[list[str]], data: st.DataObject) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    plain, anchored = Matcher(nlp.vocab), AnchoredMatcher(nlp.vocab)
    compiled = [compile_pattern(" ".join(pattern)) for pattern in patterns]
    plain.add("x", compiled)
    anchored.add("x", compiled)
    doc = nlp(" ".join(data.draw(st.lists(st.sampled_from(WORDS), max_size=40))))
    found = {(span.start, span.end) for span in anchored.spans(doc)}
    assert found == {(span.start, span.end) for span in plain(doc, as_spans=True)}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("as far as ..3 possible", {"possible"}),
        ("is|are being reviewed", {"reviewed"}),
        ("will be|being", {"will"}),
        ("[never] <num> go*", set()),
    ],
)
def test_the_longest_words_are_chosen(pattern: str, words: set[str]) -> None:
    assert anchor_of(compile_pattern(pattern)) == words


def test_a_pattern_that_may_go_on_for_ever_is_refused() -> None:
    with pytest.raises(ValueError, match="unbounded length"):
        AnchoredMatcher(spacy.blank("en").vocab).add("x", [[{"LOWER": "we"}, {"LOWER": "very", "OP": "*"}]])
