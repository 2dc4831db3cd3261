"""The shipped graph, built by hand: one text's word pieces in, its unit vector and its pieces' states out.

Matrices are multiplied as integers; all else is single precision. Each piece is treated by itself but in the attention,
which is spelt out in plain steps that sum in one order: processors with AVX2 alone and with the newer AVX-512 and integer
instructions gave the same bits. A fused attention differs in its last digit there, which rounding to integers blows up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.training.encoder_rounding import LARGEST, LEVELS, Fixed, Rounded, fixed, rounded
from evidencereview.training.encoder_weights import (
    EPSILON,
    EXTRA,
    HEAD_SIZE,
    HEADS,
    Array,
    Layer,
    Norm,
    Original,
    inputs_of,
)

OPSET = 18
IR_VERSION = 9
# The number by which the format calls single precision.
FLOAT = 1
CONTRIBUTED = "com.microsoft"
SIZE = HEADS * HEAD_SIZE
# The activation between `widen` and `narrow` is never below -0.17: a small zero point leaves most levels to what is above.
LOWEST_GELU = 0.17
GELU_ZERO = 16


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        try:
            import onnx
        except ImportError as error:
            raise ModelError("onnx is not installed", EXTRA) from error
        self._onnx = onnx
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def add(self, kind: str, inputs: Sequence[str], *, domain: str = "", result: str = "", **attributes: Any) -> str:
        """Add a node with one result."""
        name = result or f"{kind}_{len(self.nodes)}"
        self.nodes.append(self._onnx.helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def constant(self, name: str, values: NDArray[Any] | np.generic | float) -> str:
        """Add a constant; doubles become single precision, and an equal name means the same constant."""
        array = np.asarray(values)
        array = array.astype(np.float32) if array.dtype == np.float64 else array
        if name not in self.constants:
            self.constants[name] = self._onnx.numpy_helper.from_array(np.asarray(array, order="C"), name)
        return name

    def model(self, size: int = SIZE, *, states: bool = False) -> bytes:
        """Return the whole as an ONNX file: `ids` (1, pieces) in, `vectors` (1, size) and, if wished, `state` out."""
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        ids = helper.make_tensor_value_info("ids", kinds.INT64, [1, "pieces"])
        vectors = helper.make_tensor_value_info("vectors", kinds.FLOAT, [1, size])
        state = [helper.make_tensor_value_info("state", kinds.FLOAT, [1, "pieces", SIZE])] if states else []
        graph = helper.make_graph(self.nodes, "encoder", [ids], [vectors, *state], list(self.constants.values()))
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)]
        made = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="evidencereview")
        self._onnx.checker.check_model(made)
        return bytes(made.SerializeToString())


def encoder_graph(original: Original, calibration: Sequence[Sequence[int]]) -> bytes:
    """Return the ONNX file for the original's weights.

    Args:
        original: the weights.
        calibration: word pieces of texts that show how large values become.

    Raises:
        ModelError: onnx is not installed.
    """
    graph = Graph()
    state, _ = layered(graph, original, calibration)
    mean = graph.add("ReduceMean", [state, "one"], keepdims=0)
    graph.add("LpNormalization", [mean], result="vectors", axis=-1, p=2)
    graph.add("Identity", [state], result="state")
    return graph.model(states=True)


def layered(graph: Graph, original: Original, calibration: Sequence[Sequence[int]], second: str = "") -> tuple[str, str]:
    """Add embeddings and layers.

    Args:
        graph: where to.
        original: the weights.
        calibration: word pieces of texts that show how large values become.
        second: which pieces belong to a second text: 1 or 0 a piece, shape (pieces, 1); "" where there is none.

    Returns:
        The last layer's state, shape (1, pieces, 384), and a column of ones, one a piece.
    """
    pieces = graph.add("Shape", ["ids"], start=1, end=2)
    # Rows of zero points and of ones, one for each piece, for the steps that want them at that length.
    zeros = graph.add("Expand", [graph.constant("gelu_zero", np.uint8(GELU_ZERO)), pieces])
    column = graph.add("Concat", [pieces, graph.constant("one", np.array([1]))], axis=0)
    ones = graph.add("Expand", [graph.constant("unit", 1.0), column])
    state = _embedded(graph, original, pieces, second)
    for k, (layer, seen) in enumerate(zip(original.layers, inputs_of(original, calibration), strict=True)):
        state = _layer(graph, f"layer{k}", state, layer, seen, (zeros, ones))
    return state, ones


def _embedded(graph: Graph, original: Original, pieces: str, second: str) -> str:
    scales = np.abs(original.words).max(axis=1, keepdims=True) / LARGEST
    integers = np.rint(original.words / scales).astype(np.int8)
    rows = graph.add("Gather", [graph.constant("words", integers), "ids"])
    sizes = graph.add("Gather", [graph.constant("word_scales", scales), "ids"])
    words = graph.add("Mul", [graph.add("Cast", [rows], to=FLOAT), sizes])
    start = graph.constant("start", np.array([0]))
    places = graph.add("Slice", [graph.constant("positions", original.positions), start, pieces])
    if second:
        places = graph.add("Add", [places, graph.add("Mul", [second, graph.constant("segment", original.segment)])])
    return _normal(graph, "embedding_norm", graph.add("Add", [words, places]), original.norm)


def _layer(
    graph: Graph, name: str, state: str, layer: Layer, seen: tuple[Array, Array, Array], rows: tuple[str, str]
) -> str:
    zeros, ones = rows
    attend, mix, widen = (
        fixed(linear.weight, inputs) for linear, inputs in zip((layer.attend, layer.mix, layer.widen), seen, strict=True)
    )
    # Scores are divided by the root of the head's size, and what is mixed by the factors of `mix`, at no cost here.
    last = np.hstack([np.full(SIZE, HEAD_SIZE**-0.5), np.ones(SIZE), 1.0 / mix.factors])
    divided = _divided(graph, f"{name}.attend", state, attend)
    joined = _fixed(graph, f"{name}.attend", divided, attend, layer.attend.bias * last, last)
    mixed = _fixed(graph, f"{name}.mix", _attention(graph, joined, ones), mix, layer.mix.bias)
    middle = _normal(graph, f"{name}.mix_norm", graph.add("Add", [mixed, state]), layer.mix_norm)
    divided = _divided(graph, f"{name}.widen", middle, widen)
    wide = _fixed(graph, f"{name}.widen", divided, widen)
    active = graph.add("BiasGelu", [wide, graph.constant(f"{name}.widen.bias", layer.widen.bias)], domain=CONTRIBUTED)
    narrow = _by_piece(graph, f"{name}.narrow", active, rounded(layer.narrow.weight), zeros)
    narrow = graph.add("Add", [narrow, graph.constant(f"{name}.narrow.bias", layer.narrow.bias)])
    return _normal(graph, f"{name}.narrow_norm", graph.add("Add", [narrow, middle]), layer.narrow_norm)


def _normal(graph: Graph, name: str, values: str, norm: Norm) -> str:
    gain, shift = graph.constant(f"{name}.gain", norm.gain), graph.constant(f"{name}.shift", norm.shift)
    return graph.add("LayerNormalization", [values, gain, shift], axis=-1, epsilon=EPSILON)


def _divided(graph: Graph, name: str, values: str, matrix: Fixed) -> str:
    return graph.add("Mul", [values, graph.constant(f"{name}.factors", 1.0 / matrix.factors)])


def _fixed(graph: Graph, name: str, values: str, matrix: Fixed, bias: Array | None = None, last: Array | None = None) -> str:
    """Multiply values, already divided by the matrix's factors; `last` multiplies the products, shape (outputs,)."""
    step = graph.constant(f"{name}.step", matrix.step)
    zero = graph.constant(f"{name}.zero", np.uint8(matrix.zero))
    integers = graph.add("QuantizeLinear", [values, step, zero])
    scales = matrix.rounded.scales if last is None else matrix.rounded.scales * last
    made = [integers, *_weight(graph, name, matrix.rounded, (step, zero), scales)]
    more = [] if bias is None else [graph.constant(f"{name}.bias", bias)]
    return graph.add("MatMulIntegerToFloat", made + more, domain=CONTRIBUTED)


def _by_piece(graph: Graph, name: str, values: str, matrix: Rounded, zeros: str) -> str:
    """Multiply values whose rounding step follows the largest value of each piece, for a few pieces reach far higher."""
    tops = graph.add("ReduceMax", [values, graph.constant("last_axis", np.array([2]))], keepdims=1)
    steps = graph.add("Mul", [tops, graph.constant("level", 1.0 / (LEVELS - GELU_ZERO))])
    steps = graph.add("Max", [steps, graph.constant("least_step", LOWEST_GELU / GELU_ZERO)])
    flat = graph.add("Reshape", [steps, graph.constant("flat", np.array([-1]))])
    integers = graph.add("QuantizeLinear", [values, flat, zeros], axis=1)
    weight = _weight(graph, name, matrix, ("unit", "gelu_zero"), matrix.scales)
    return graph.add("Mul", [graph.add("MatMulIntegerToFloat", [integers, *weight], domain=CONTRIBUTED), steps])


def _weight(graph: Graph, name: str, matrix: Rounded, rounding: tuple[str, str], scales: Array) -> list[str]:
    """Return the inputs of a product that follow its values: weight, steps, scales and zero points."""
    step, zero = rounding
    weight = graph.constant(f"{name}.weight", matrix.integers)
    none = graph.constant("weight_zero", np.int8(0))
    return [weight, step, graph.constant(f"{name}.scales", scales), zero, none]


def _attention(graph: Graph, joined: str, ones: str) -> str:
    """Mix the values of a text's pieces; `joined` holds queries, keys and values, shape (1, pieces, 1152)."""
    apart = graph.add("Reshape", [joined, graph.constant("apart", np.array([-1, 3, HEADS, HEAD_SIZE]))])
    parts = graph.add("Transpose", [apart], perm=[1, 2, 0, 3])
    query, key, value = (graph.add("Gather", [parts, graph.constant(f"part{k}", np.int64(k))]) for k in range(3))
    scores = graph.add("MatMul", [query, graph.add("Transpose", [key], perm=[0, 2, 1])])
    tops = graph.add("ReduceMax", [scores, graph.constant("last_axis", np.array([2]))], keepdims=1)
    shares = graph.add("Exp", [graph.add("Sub", [scores, tops])])
    # The sum of the shares is a product with ones: a product sums in one order everywhere, a plain sum does not.
    mixed = graph.add("Div", [graph.add("MatMul", [shares, value]), graph.add("MatMul", [shares, ones])])
    together = graph.constant("together", np.array([1, -1, SIZE]))
    return graph.add("Reshape", [graph.add("Transpose", [mixed], perm=[1, 0, 2]), together])
