"""Writes fitted heads as one ONNX graph and proves that it says what scikit-learn says.

skl2onnx exports some pipelines wrongly without a word, so every head is compared on all training rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.pipeline import Pipeline

from evidencereview.errors import ModelError
from evidencereview.language.features import Matrix
from evidencereview.language.heads import run_heads

TOLERANCE = 1e-5
OPSET = 17


def export_heads(heads: Sequence[Pipeline], features: Matrix, path: Path) -> float:
    """Write heads that share their input to one graph with one column of probabilities a head.

    Args:
        heads: binary classifiers.
        features: all training rows, shape (rows, dimensions), for the proof.
        path: where to write.

    Returns:
        The largest difference to scikit-learn that was seen.

    Raises:
        ModelError: skl2onnx is not installed, or a head differs by more than 1e-5; then nothing is written.
    """
    model = _joined(heads, features.shape[1])
    difference = _difference(model, heads, features)
    if not difference <= TOLERANCE:
        raise ModelError(f"{path.name}: the exported heads differ from scikit-learn by {difference:.2g}", "do not ship them")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model)
    return difference


def _joined(heads: Sequence[Pipeline], size: int) -> bytes:
    try:
        from onnx import TensorProto, compose, helper
        from skl2onnx import to_onnx
        from skl2onnx.common.data_types import FloatTensorType
    except ImportError as error:
        raise ModelError("training needs skl2onnx and onnx", "pip install 'evidencereview[train]'") from error
    nodes, initializers, columns = [], [], []
    opsets: dict[str, int] = {}
    for k, head in enumerate(heads):
        made = to_onnx(
            head,
            initial_types=[("features", FloatTensorType([None, size]))],
            options={id(head[-1]): {"zipmap": False}},
            target_opset={"": OPSET, "ai.onnx.ml": 3},
        )
        own = compose.add_prefix(made, f"h{k}_", rename_inputs=False)
        opsets |= {entry.domain: entry.version for entry in own.opset_import}
        nodes += list(own.graph.node)
        initializers += list(own.graph.initializer)
        probability = next(out.name for out in own.graph.output if "prob" in out.name.lower())
        initializers.append(helper.make_tensor(f"h{k}_one", TensorProto.INT64, [1], [1]))
        nodes.append(helper.make_node("Gather", [probability, f"h{k}_one"], [f"h{k}_column"], axis=1))
        columns.append(f"h{k}_column")
    nodes.append(helper.make_node("Concat", columns, ["probabilities"], axis=1))
    graph = helper.make_graph(
        nodes,
        "heads",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, size])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, len(heads)])],
        initializers,
    )
    imports = [helper.make_opsetid(domain, version) for domain, version in sorted(opsets.items())]
    return bytes(helper.make_model(graph, opset_imports=imports, ir_version=9).SerializeToString())


def _difference(model: bytes, heads: Sequence[Pipeline], features: Matrix) -> float:
    import onnxruntime as ort

    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    exported = run_heads(session, features, heads)
    original = np.stack([head.predict_proba(features)[:, 1] for head in heads], axis=1)
    return float(np.abs(exported - original).max())
