"""The plain parts of the fine-tuning: batches, padding, the second text; and its graph where torch's extra is there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.training.cross_encoder_fit import BATCH, PairExamples, batches, padded
from evidencereview.training.cross_encoder_graph import cross_encoder_graph
from evidencereview.training.encoder_weights import HEAD_SIZE, HEADS, MAX_PIECES, Layer, Linear, Norm, Original, second_of

FIRST, END = 101, 102
SIZE = HEADS * HEAD_SIZE
# What eight-bit integers cost on random weights, whose outputs have a spread of about 2.
ROUNDING = 0.15


@given(st.lists(st.integers(1, 60), min_size=1, max_size=700), st.integers())
def test_each_pair_stands_in_one_batch(lengths: list[int], seed: int) -> None:
    pieces = [[FIRST] * length for length in lengths]
    made = list(batches(pieces, random.Random(seed)))
    assert sorted(place for batch in made for place in batch) == list(range(len(pieces)))
    assert max(map(len, made)) <= BATCH


def test_pairs_are_padded_and_their_second_text_is_known() -> None:
    ids, second, real = padded([[FIRST, 7, END, 8, 9, END], [FIRST, END, END]])
    assert ids.tolist() == [[FIRST, 7, END, 8, 9, END], [FIRST, END, END, 0, 0, 0]]
    assert second.tolist() == [[0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 0, 0]]
    assert real.tolist() == [[1] * 6, [1, 1, 1, 0, 0, 0]]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([FIRST, 7, END], [0, 0, 0]),
        ([FIRST, 7, END, 8, END], [0, 0, 0, 1, 1]),
        ([FIRST, END, 8, END, 9, END], [0, 0, 1, 1, 1, 1]),
    ],
)
def test_the_second_text_begins_after_the_first_end_mark(ids: Sequence[int], expected: list[int]) -> None:
    assert second_of(ids).tolist() == expected


def test_chosen_examples_keep_their_targets() -> None:
    examples = PairExamples([[1], [2], [3]], np.array([[1], [0], [1]]), np.array([[True], [False], [True]]))
    chosen = examples.chosen(np.array([True, False, True]))
    assert (list(chosen.pieces), chosen.targets.tolist(), chosen.possible.tolist()) == (
        [[1], [3]],
        [[1], [1]],
        [[True], [True]],
    )


def _weights(chance: np.random.Generator) -> Original:
    """One layer of small random weights."""

    def linear(inputs: int, outputs: int) -> Linear:
        return Linear(chance.normal(0, 0.05, (inputs, outputs)), chance.normal(0, 0.05, outputs))

    def norm() -> Norm:
        return Norm(np.ones(SIZE), np.zeros(SIZE))

    layer = Layer(linear(SIZE, 3 * SIZE), linear(SIZE, SIZE), norm(), linear(SIZE, 4 * SIZE), linear(4 * SIZE, SIZE), norm())
    words, positions = chance.normal(0, 1, (200, SIZE)), chance.normal(0, 0.1, (MAX_PIECES, SIZE))
    return Original(words, positions, chance.normal(0, 1, SIZE), norm(), (layer,))


def _plain(weights: Original, outputs: Linear, ids: Sequence[int]) -> np.ndarray:
    """The forward pass in double precision, from the module that calibrates the export."""
    from evidencereview.training import encoder_weights as plain

    second = second_of(ids)[:, None]
    state = plain._normal(weights.words[list(ids)] + second * weights.segment + weights.positions[: len(ids)], weights.norm)
    (layer,) = weights.layers
    middle = plain._normal(
        plain._through(plain._attention(plain._through(state, layer.attend)), layer.mix) + state, layer.mix_norm
    )
    state = plain._normal(
        plain._through(plain._gelu(plain._through(middle, layer.widen)), layer.narrow) + middle, layer.narrow_norm
    )
    means = [(state * members).sum(0) / members.sum() for members in (1 - second, second)]
    return np.concatenate([state[0], *means]) @ outputs.weight + outputs.bias


def test_the_graph_says_what_the_plain_forward_pass_says() -> None:
    pytest.importorskip("onnx")
    chance = np.random.default_rng(7)
    weights, outputs = _weights(chance), Linear(chance.normal(0, 0.05, (3 * SIZE, 4)), chance.normal(0, 1, 4))
    pairs = [
        [FIRST, *chance.integers(103, 200, size=n), END, *chance.integers(103, 200, size=m), END]
        for n, m in ((1, 1), (9, 30))
    ]
    session = ort.InferenceSession(cross_encoder_graph(weights, outputs, pairs), providers=["CPUExecutionProvider"])
    for ids in pairs:
        (given,) = session.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
        assert np.abs(given[0] - _plain(weights, outputs, ids)).max() < ROUNDING
    # The last pair again: which text a piece belongs to is seen.
    assert np.abs(given[0] - _plain(replace(weights, segment=0 * weights.segment), outputs, pairs[-1])).max() > 2 * ROUNDING
