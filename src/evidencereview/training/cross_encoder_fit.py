"""Fine-tunes the first layers of the packaged MiniLM on our labelled rows, with torch (extra `[encoder]`).

All outputs are learned at once, each on the rows that may carry it (as the heads are). Word and position embeddings are
left as they are: our text holds too few words to move them. Three layers of six: on four published forms, blended in equal
parts with the heads as they were, three and six layers scored alike (average precision of restated-requirement 0.49 to 0.63
and 0.65, of future-commitment 0.91 to 0.97 and 0.96), and three cost half.

Tried on 22 November 2026 and not kept: a reading of each duty at a mark before it, as a sign for the head of duties (better
on our landlords, F1 of partial coverage on published forms 0.76 to 0.71); some 1,900 rows beside provisions that they do
not answer, as off-topic (0.24 to 0.18 there); the mean weight by weight of this model and those of the folds (no output
better than by this model alone).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.encoder import MAX_PIECES
from evidencereview.training.encoder_weights import EXTRA, SEPARATOR, Linear

LAYERS = 3
EPOCHS = 4
BATCH = 16
# Batches are cut from this many at a time, sorted by length, so that little is padded.
POOLED_BATCHES = 20
BODY_RATE = 1e-4
OUTPUT_RATE = 1e-3
WARM_UP = 0.1
WEIGHT_DECAY = 0.01
DROPOUT = 0.1
OUTPUT_DROPOUT = 0.2
LARGEST_GRADIENT = 1.0
THREADS = 2
SEED = 20261122
SIZE = 384

Pieces = Sequence[Sequence[int]]


@dataclass(frozen=True)
class PairExamples:
    """Word pieces of pairs, their targets (0 or 1) and whether each output is learned from them, shape (pairs, outputs)."""

    pieces: Pieces
    targets: NDArray[np.int64]
    possible: NDArray[np.bool_]

    def chosen(self, kept: NDArray[np.bool_]) -> PairExamples:
        """Return the examples that are kept."""
        pieces = [ids for ids, keep in zip(self.pieces, kept, strict=True) if keep]
        return PairExamples(pieces, self.targets[kept], self.possible[kept])


class Tuned:
    """A fine-tuned cross-encoder, still in torch."""

    def __init__(self, folder: Path, outputs: int) -> None:
        """Begin with the packaged weights and outputs that know nothing.

        Raises:
            ModelError: torch or transformers is not installed.
        """
        try:
            import torch
            from transformers import AutoModel
        except ImportError as error:
            raise ModelError("torch or transformers is not installed", EXTRA) from error
        self._torch: Any = torch
        torch.manual_seed(SEED)
        torch.set_num_threads(THREADS)
        torch.use_deterministic_algorithms(True)
        self.body: Any = AutoModel.from_pretrained(
            folder, hidden_dropout_prob=DROPOUT, attention_probs_dropout_prob=DROPOUT, local_files_only=True
        )
        self.body.encoder.layer = self.body.encoder.layer[:LAYERS]
        for weight in self.body.embeddings.parameters():
            weight.requires_grad = False
        self.outputs: Any = torch.nn.Linear(3 * SIZE, outputs)
        self._dropout = torch.nn.Dropout(OUTPUT_DROPOUT)

    @property
    def tensors(self) -> Mapping[str, NDArray[Any]]:
        """The weights of embeddings and layers by name."""
        return {name: tensor.detach().numpy() for name, tensor in self.body.state_dict().items()}

    @property
    def output_weights(self) -> Linear:
        """The matrix behind the layers and its bias."""
        weight, bias = self.outputs.weight.detach().numpy(), self.outputs.bias.detach().numpy()
        return Linear(weight.T.astype(np.float64), bias.astype(np.float64))

    def tune(self, examples: PairExamples) -> None:
        """Learn from the examples; seeded."""
        torch = self._torch
        body = [weight for weight in self.body.parameters() if weight.requires_grad]
        rates = [{"params": body, "lr": BODY_RATE}, {"params": self.outputs.parameters(), "lr": OUTPUT_RATE}]
        optimizer = torch.optim.AdamW(rates, weight_decay=WEIGHT_DECAY)
        steps = EPOCHS * -(-len(examples.pieces) // BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
        targets, possible = torch.tensor(examples.targets).float(), torch.tensor(examples.possible).float()
        choose = random.Random(SEED)
        self._train(True)
        for _ in range(EPOCHS):
            for batch in batches(examples.pieces, choose):
                # Half the width of a float is enough here, and takes half the time where a processor has units for it.
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    given = self._forward([examples.pieces[i] for i in batch])
                losses = torch.nn.functional.binary_cross_entropy_with_logits(
                    given.float(), targets[batch], reduction="none"
                )
                optimizer.zero_grad()
                ((losses * possible[batch]).sum() / possible[batch].sum()).backward()
                torch.nn.utils.clip_grad_norm_([*body, *self.outputs.parameters()], LARGEST_GRADIENT)
                optimizer.step()
                schedule.step()
        self._train(False)

    def read(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return log-odds, shape (pairs, outputs)."""
        self._train(False)
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        read = np.zeros((len(pieces), self.outputs.out_features), dtype=np.float32)
        with self._torch.no_grad():
            for k in range(0, len(order), 2 * BATCH):
                batch = order[k : k + 2 * BATCH]
                read[batch] = self._forward([pieces[i] for i in batch]).numpy()
        return read

    def _train(self, learning: bool) -> None:
        for part in (self.body, self._dropout):
            part.train(learning)

    def _forward(self, pieces: Pieces) -> Any:
        torch = self._torch
        ids, second, real = (torch.tensor(each) for each in padded(pieces))
        state = self.body(input_ids=ids, token_type_ids=second, attention_mask=real).last_hidden_state
        parts = [state[:, 0], *(_mean(state, members) for members in (real * (1 - second), real * second))]
        return self.outputs(self._dropout(torch.cat(parts, 1)))


def _mean(state: Any, members: Any) -> Any:
    shares = members.unsqueeze(-1).float()
    return (state * shares).sum(1) / shares.sum(1).clamp(min=1)


def _rate(step: int, steps: int) -> float:
    """Return the share of the full rate: up over the first tenth, then down to nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)


def batches(pieces: Pieces, choose: random.Random) -> Iterator[list[int]]:
    """Yield the places of each batch, in random order, pairs of like length together."""
    order = list(range(len(pieces)))
    choose.shuffle(order)
    size = BATCH * POOLED_BATCHES
    pools = [sorted(order[k : k + size], key=lambda i: len(pieces[i])) for k in range(0, len(order), size)]
    made = [pool[k : k + BATCH] for pool in pools for k in range(0, len(pool), BATCH)]
    choose.shuffle(made)
    return iter(made)


def padded(pieces: Pieces) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return ids, whether a piece belongs to the second text, and whether it is real; each of shape (pairs, longest)."""
    shape = len(pieces), min(MAX_PIECES, max(len(ids) for ids in pieces))
    ids, second, real = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, each in enumerate(pieces):
        ids[row, : len(each)] = each
        second[row, list(each).index(SEPARATOR) + 1 : len(each)] = 1
        real[row, : len(each)] = 1
    return ids, second, real
