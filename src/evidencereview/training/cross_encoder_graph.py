"""The shipped cross-encoder's graph: word pieces of two texts in, one log-odds an output out.

Its layers are built as the encoder's are (see `encoder_graph`). The state of the first piece and the means over the pieces
of either text go through one matrix in single precision.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evidencereview.errors import ModelError
from evidencereview.training.encoder_graph import FLOAT, SIZE, Graph, layered
from evidencereview.training.encoder_weights import EXTRA, SEPARATOR, Linear, Original

WORDS = "words.bin"


def cross_encoder_graph(weights: Original, outputs: Linear, calibration: Sequence[Sequence[int]]) -> bytes:
    """Return the ONNX file.

    Args:
        weights: embeddings and layers.
        outputs: matrix of shape (3 * 384, outputs) and its bias.
        calibration: word pieces of pairs that show how large values become.

    Raises:
        ModelError: onnx is not installed.
    """
    graph = Graph()
    second = _second(graph)
    state, ones = layered(graph, weights, calibration, second)
    first_piece = graph.add("Gather", [state, graph.constant("first", np.array([0]))], axis=1)
    parts = [first_piece, *(_mean(graph, state, each) for each in (graph.add("Sub", [ones, second]), second))]
    pooled = graph.add("Reshape", [graph.add("Concat", parts, axis=-1), graph.constant("row", np.array([1, 3 * SIZE]))])
    product = graph.add("MatMul", [pooled, graph.constant("outputs.weight", outputs.weight)])
    graph.add("Add", [product, graph.constant("outputs.bias", outputs.bias)], result="vectors")
    return graph.model(outputs.weight.shape[1])


def words_apart(made: bytes) -> tuple[bytes, bytes]:
    """Return the file without its word embeddings, and these for a file `WORDS` beside it.

    From a file of their own they are mapped into memory, and only the words that a form holds are ever read: a review needs
    9 MB less.

    Raises:
        ModelError: onnx is not installed.
    """
    try:
        import onnx
        from onnx.external_data_helper import set_external_data
    except ImportError as error:
        raise ModelError("onnx is not installed", EXTRA) from error
    model = onnx.load_from_string(made)
    (tensor,) = (each for each in model.graph.initializer if each.name == "words")
    words = bytes(tensor.raw_data)
    set_external_data(tensor, WORDS, offset=0, length=len(words))
    tensor.ClearField("raw_data")
    return bytes(model.SerializeToString()), words


def _second(graph: Graph) -> str:
    """Add a column that is 1 for each piece of the second text: those after the first end mark."""
    ends = graph.add("Equal", ["ids", graph.constant("separator", np.int64(SEPARATOR))])
    before = graph.add("CumSum", [graph.add("Cast", [ends], to=FLOAT), graph.constant("along", np.int64(1))], exclusive=1)
    capped = graph.add("Min", [before, graph.constant("unit", 1.0)])
    return graph.add("Reshape", [capped, graph.constant("column", np.array([-1, 1]))])


def _mean(graph: Graph, state: str, members: str) -> str:
    """Add the mean of the state over the pieces whose member is 1, shape (1, 1, 384)."""
    total = graph.add("ReduceSum", [members, graph.constant("down", np.array([0]))], keepdims=1)
    shares = graph.add("Transpose", [graph.add("Div", [members, total])], perm=[1, 0])
    return graph.add("MatMul", [shares, state])
