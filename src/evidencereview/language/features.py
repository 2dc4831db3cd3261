"""Numbers that the learned heads look at: one vector a sentence, one vector a row. Names and order are fixed here.

Vectors serve topic, coverage and restatement; cues, counts and relations serve tense, hedges and sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evidencereview.language import facts
from evidencereview.language.acting import acting_roles, named_actors
from evidencereview.language.chances import DUTY_NAMES, lacking_duties
from evidencereview.language.commitment import own_hedges, promise_strength
from evidencereview.language.leaning import Leaning, leaning
from evidencereview.language.mentions import Kind
from evidencereview.language.overlap import asked_in, containment, echoed, stems
from evidencereview.language.relations import provision_margin
from evidencereview.language.substance import says_something, substance
from evidencereview.language.view import FormView, RowView, Sentence, SentenceKind
from evidencereview.records import Answer, Cell, Modality

Matrix = NDArray[np.float32]

CATEGORIES = (
    "document", "artefact", "pointer", "cross-reference", "dangling", "assertion", "particular", "restated", "proof",
    "promise", "rule", "calendar", "hedge", "gap",
)  # fmt: skip
KINDS = tuple(Kind)
ANSWERS = (Answer.YES, Answer.NO, Answer.PARTIAL, Answer.NOT_APPLICABLE, Answer.BLANK)
# Flags that a sentence shows by itself; the rest are judged on the row as a whole.
SENTENCE_FLAGS = (
    "generic-reference", "bare-assertion", "cross-reference", "dangling-pointer",
    "future-commitment", "hedged-practice", "admitted-gap", "restated-requirement",
)  # fmt: skip
ROW_FLAGS = (*SENTENCE_FLAGS, "partial-coverage", "off-topic")
# A scale is judged step by step: "relevance>=2".
STEPS: Mapping[str, tuple[int, ...]] = {"relevance": (1, 2, 3), "specificity": (1, 2, 3)}
OUTPUTS = (*ROW_FLAGS, *(f"{scale}>={step}" for scale, steps in STEPS.items() for step in steps))

SENTENCE_NAMES = (
    *(f"cue:{name}" for name in CATEGORIES), *(f"mention:{kind}" for kind in KINDS),
    "substance", "words", "prose", "commentary", "first", "only",
    "to-requirement", "to-own-duties", "contained", "echoed", "novel",
    "promise-strength", "hedge-in-requirement", "yes", "no", "conditional", "should",
)  # fmt: skip
ROW_NAMES = (
    *(f"any:{name}" for name in CATEGORIES), *(f"share:{name}" for name in CATEGORIES),
    *(f"mentions:{kind}" for kind in KINDS),
    "sentences", "words", "evidence-words", "commentary-words", "longest", "blank",
    *(f"answer:{answer}" for answer in ANSWERS),
    "should", "conditional", "may-not-apply", "duties", "2022",
    "locators", "particulars", "actors", "acting", "loose-sources", "loose-and-unlocated", "only-pointers", "objects-named",
    *(f"loose:{each.name.lower().replace('_', '-')}" for each in Leaning),
    "channels",
    "to-requirement-max", "to-requirement-mean", "text-to-requirement", "margin", "own-duties", "provision-rank",
    "covered-mean", "covered-min", "covered-max", "terms-share", "met-share", "unmet", "all-met",
    "contained-max", "contained-mean", "echoed", "novel", "novel-share", "repeated",
    "substance-max", "substance-sum", "says-nothing",
    *(f"duties:{name}" for name in DUTY_NAMES),
    *(f"read:{name}" for name in OUTPUTS),
)  # fmt: skip
_UNREAD = (0.0,) * len(OUTPUTS)
# Whether a row covers its duties is judged by these alone: see `chances`.
DUTY_COLUMNS = tuple(k for k, name in enumerate(ROW_NAMES) if name.startswith("duties:"))


def sentence_features(view: FormView) -> tuple[Matrix, list[tuple[int, int]]]:
    """Return one feature vector a sentence and where it stands (row index, sentence index).

    Shape (sentences, dimensions of the encoder + len(SENTENCE_NAMES)).
    """
    places = [(row.index, i) for row in view.rows for i in range(len(row.sentences))]
    assert view.vectors is not None
    size = view.vectors.requirement.shape[1] + len(SENTENCE_NAMES)
    if not places:
        return np.zeros((0, size), dtype=np.float32), places
    made = [_sentence(view, view.rows[i], j) for i, j in places]
    return np.stack(made).astype(np.float32), places


def _sentence(view: FormView, row: RowView, position: int) -> Matrix:
    sentence = row.sentences[position]
    assert view.vectors is not None
    vector = view.vectors.sentences[row.index][position]
    held, mentioned = {cue.category for cue in sentence.cues}, {mention.kind for mention in sentence.mentions}
    numbers = [
        *(float(name in held) for name in CATEGORIES),
        *(float(kind in mentioned) for kind in KINDS),
        float(np.log1p(substance(sentence))),
        *_shape(row, sentence, position),
        float(view.vectors.to_requirement(row.index)[position]),
        _own_duties(view, row, position),
        *_overlap(row, sentence),
        promise_strength(row, sentence) if sentence.has("promise") else 0.0,
        float(_hedge_is_the_codes(row, sentence)),
        float(row.row.answer is Answer.YES),
        float(row.row.answer is Answer.NO),
        float(row.provision is not None and row.provision.conditional),
        float(not row.row.mandatory),
    ]
    return np.concatenate([vector, np.asarray(numbers, dtype=np.float32)])


def _shape(row: RowView, sentence: Sentence, position: int) -> tuple[float, ...]:
    return (
        float(np.log1p(len(sentence.words))),
        float(sentence.kind is SentenceKind.PROSE),
        float(sentence.cell is Cell.COMMENTARY),
        float(position == 0),
        float(len(row.sentences) == 1),
    )


def _own_duties(view: FormView, row: RowView, position: int) -> float:
    if row.provision is None or view.vectors is None:
        return 0.0
    own = view.pack.numbers.index(row.provision.number)
    return float(view.vectors.to_provision(row.index, own)[position])


def _overlap(row: RowView, sentence: Sentence) -> tuple[float, float, float]:
    texts = asked_in(row)
    known = stems(texts[0]) | stems(texts[1])
    return (
        max(containment(sentence.text, text) for text in texts),
        max(echoed(sentence.text, text) for text in texts),
        float(np.log1p(len(stems(sentence.text) - known))),
    )


def _hedge_is_the_codes(row: RowView, sentence: Sentence) -> bool:
    return len(own_hedges(row, sentence)) < len(sentence.hits("hedge"))


def row_features(view: FormView, sentence_scores: Matrix, places: Sequence[tuple[int, int]]) -> Matrix:
    """Return one feature vector a row.

    Args:
        view: the form.
        sentence_scores: one probability a sentence and sentence flag, shape (sentences, len(SENTENCE_FLAGS)).
        places: where each sentence stands, as `sentence_features` returned it.

    Returns:
        Shape (rows, len(ROW_NAMES) + 3 * len(SENTENCE_FLAGS)): the named numbers, then for each sentence flag the
        highest, the mean and the second highest probability.
    """
    owners = np.asarray([i for i, _ in places], dtype=np.intp)
    return np.stack(
        [np.concatenate([_row(view, row), _pooled(sentence_scores[owners == row.index])]) for row in view.rows]
    ).astype(np.float32)


def _pooled(scores: Matrix) -> Matrix:
    if not len(scores):
        return np.zeros(3 * len(SENTENCE_FLAGS), dtype=np.float32)
    ordered = np.sort(scores, axis=0)[::-1]
    second = ordered[1] if len(ordered) > 1 else np.zeros_like(ordered[0])
    return np.concatenate([ordered[0], scores.mean(axis=0), second])


def _row(view: FormView, row: RowView) -> Matrix:
    total = max(len(row.sentences), 1)
    held = Counter(name for s in row.sentences for name in {cue.category for cue in s.cues})
    counts = [held[name] for name in CATEGORIES]
    mentioned = Counter(mention.kind for s in row.sentences for mention in s.mentions)
    numbers = [
        *(float(count > 0) for count in counts),
        *(count / total for count in counts),
        *(min(mentioned[kind], 4) for kind in KINDS),
        *_size(row),
        *(float(row.row.answer is answer) for answer in ANSWERS),
        *_facts_of_provision(view, row),
        *_sourcing(view, row),
        *_relations(view, row),
        *_covered(view, row),
        *_row_overlap(row),
        float(row.index in view.repeats),
        *_substance(row),
        *lacking_duties(view.coverage[row.index]),
        *(view.readings[row.index][: len(OUTPUTS)] if view.readings else _UNREAD),
    ]
    return np.asarray(numbers, dtype=np.float32)


def _substance(row: RowView) -> tuple[float, float, float]:
    counts = [substance(s) for s in row.prose] or [0]
    return float(np.log1p(max(counts))), float(np.log1p(sum(counts))), float(not says_something(row))


def _size(row: RowView) -> tuple[float, ...]:
    evidence, commentary = (len(cell.split()) for cell in (row.row.evidence, row.row.commentary))
    longest = max((len(s.words) for s in row.sentences), default=0)
    logs = np.log1p([len(row.sentences), evidence + commentary, evidence, commentary, longest])
    return (*(float(v) for v in logs), float(row.is_blank))


def _facts_of_provision(view: FormView, row: RowView) -> tuple[float, ...]:
    known = row.provision
    return (
        float(known.modality is Modality.SHOULD if known else not row.row.mandatory),
        float(known is not None and known.conditional),
        float(known is not None and not known.always_applies),
        float(sum(duty.substantial for duty in known.duties)) if known else 1.0,
        float(view.pack.edition == "2022"),
    )


def _sourcing(view: FormView, row: RowView) -> tuple[float, ...]:
    located = len(facts.locators(row, view.numbers))
    sources = facts.loose_sources(row)
    loose = len(sources)
    leanings = [leaning(row, each) for each in sources]
    actors = len({name.lower() for name in named_actors(row)})
    pointers = all(s.has("pointer", "document", "dangling", "cross-reference") and len(s.words) <= 16 for s in row.sentences)
    return (
        float(np.log1p(located)),
        float(np.log1p(len(facts.particulars(row)))),
        float(np.log1p(actors)),
        float(np.log1p(len({name.lower() for name in acting_roles(row)}))),
        float(np.log1p(loose)),
        float(loose > 0 and located == 0),
        float(bool(row.sentences) and pointers),
        float(_names_object(row)),
        *(float(each in leanings and located == 0) for each in Leaning),
        float(any(facts.lists_channels(s) for s in row.sentences)),
    )


def _names_object(row: RowView) -> bool:
    text = row.row.text.lower()
    return row.provision is not None and any(name in text for name in row.provision.objects)


def _relations(view: FormView, row: RowView) -> tuple[float, ...]:
    if view.vectors is None or not row.sentences:
        return (0.0,) * 6
    near = view.vectors.to_requirement(row.index)
    margin = provision_margin(row, view.vectors, view.pack)
    provisions = view.vectors.to_provisions[row.index]
    own = provisions[view.pack.numbers.index(row.provision.number)] if row.provision else 0.0
    return (
        float(near.max()),
        float(near.mean()),
        float(view.vectors.text[row.index] @ view.vectors.requirement[row.index]),
        margin if margin is not None else 0.0,
        float(own),
        float(np.log1p((provisions > own).sum())),
    )


def _covered(view: FormView, row: RowView) -> tuple[float, ...]:
    substantial = [c for c in view.coverage[row.index] if c.duty.substantial]
    if not substantial:
        return (0.0,) * 7
    near = np.asarray([c.nearness for c in substantial])
    termed = np.asarray([c.terms > 0 for c in substantial])
    met = np.asarray([c.met for c in substantial])
    return (
        float(near.mean()), float(near.min()), float(near.max()), float(termed.mean()),
        float(met.mean()), float(np.log1p((~met).sum())), float(met.all()),
    )  # fmt: skip


def _row_overlap(row: RowView) -> tuple[float, ...]:
    if not row.sentences:
        return (0.0,) * 5
    shares = [_overlap(row, s) for s in row.sentences]
    texts = asked_in(row)
    known = stems(texts[0]) | stems(texts[1])
    own = stems(row.row.text)
    return (
        max(share[0] for share in shares),
        sum(share[0] for share in shares) / len(shares),
        max(
            echoed(row.row.text, row.row.requirement),
            echoed(row.row.text, row.provision.summary if row.provision else ""),
        ),
        float(np.log1p(len(own - known))),
        len(own - known) / len(own) if own else 0.0,
    )
