"""INTERIM."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.model_files import models_folder


class Encoder:
    """Interim encoder."""

    def __init__(self) -> None:
        import onnxruntime as ort
        from tokenizers import Tokenizer

        f = models_folder() / "encoder"
        o = ort.SessionOptions()
        o.intra_op_num_threads = 2
        self.s = ort.InferenceSession(str(f / "model.onnx"), o, providers=["CPUExecutionProvider"])
        self.t = Tokenizer.from_file(str(f / "tokenizer.json"))
        self.t.enable_truncation(256)
        self.t.no_padding()

    @property
    def name(self) -> str:
        return "interim"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        u = list(dict.fromkeys(texts))
        ids = [e.ids for e in self.t.encode_batch(u)]
        by: dict[int, list[int]] = {}
        for i, x in enumerate(ids):
            by.setdefault(len(x), []).append(i)
        out = np.zeros((len(u), 384), np.float32)
        for n, idx in by.items():
            for k in range(0, len(idx), 16):
                c = idx[k : k + 16]
                out[c] = self.s.run(None, {"ids": np.array([ids[i] for i in c], np.int64)})[0]
        place = {t: i for i, t in enumerate(u)}
        return out[[place[t] for t in texts]]
