"""The shipped encoder: near its original, and each text's vector its own whatever else is encoded."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.errors import ModelError
from evidencereview.language import encoder as encoder_module
from evidencereview.language import known_texts
from evidencereview.language.clauses import clause_spans
from evidencereview.language.encoder import MAX_CHARACTERS, MAX_PIECES, Encoder, default_threads
from evidencereview.language.known_texts import load_known_texts
from evidencereview.language.model_files import models_folder
from evidencereview.language.parted import Parted
from evidencereview.readers.rows_io import read_rows
from evidencereview.training.known_requirements import keep_requirements

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(
        not (models_folder() / "encoder" / "model.onnx").is_file(), reason="models/encoder is not here: make encoder"
    ),
]

ORIGINAL = json.loads(Path(__file__).with_name("original_vectors.json").read_text(encoding="utf-8"))
WORDS = "tenant boiler policy apology ombudsman letter repair board month panel lift answer damp key rent".split()
TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(cached_texts=0)


def _mixed_texts(count: int, seed: int) -> Iterator[str]:
    """Distinct texts from one word to more than fits."""
    chance = random.Random(seed)
    for number in range(count):
        length = chance.choice((0, 1, 3, 8, 20, 60, 300))
        yield " ".join([f"Case {number}.", *chance.choices(WORDS, k=length)])


def test_near_the_original(encoder: Encoder) -> None:
    given_vectors = encoder.encode([entry["text"] for entry in ORIGINAL])
    cosines = (given_vectors * np.array([entry["vector"] for entry in ORIGINAL])).sum(axis=1)
    assert cosines.mean() >= 0.998
    assert cosines.min() >= 0.99


def test_keeps_the_order_of_likeness(encoder: Encoder) -> None:
    told, retold, other = encoder.encode([ORIGINAL[k]["text"] for k in (4, 5, 7)])
    assert told @ retold > 0.85
    assert told @ other < 0.2


def test_neighbours_have_no_say(encoder: Encoder) -> None:
    texts = list(_mixed_texts(60, seed=1))
    alone = np.vstack([encoder.encode([text]) for text in texts])
    for seed in range(3):
        order = random.Random(seed).sample(range(len(texts)), len(texts))
        for start in range(0, len(order), size := 7 + 13 * seed):
            group = order[start : start + size]
            together = encoder.encode([texts[i] for i in group])
            assert np.abs(together - alone[group]).max() <= TOLERANCE


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.text(max_size=60))
def test_any_text_has_its_own_unit_vector(encoder: Encoder, neighbours: list[str], text: str) -> None:
    (alone,) = encoder.encode([text])
    among = encoder.encode([*neighbours, text])
    assert np.abs(among[-1] - alone).max() <= TOLERANCE
    assert np.allclose(np.linalg.norm(among, axis=1), 1.0, atol=1e-5)


def test_threads_have_no_say(encoder: Encoder) -> None:
    texts = list(_mixed_texts(20, seed=2))
    by_thread = [Encoder(threads=threads, cached_texts=0).encode(texts) for threads in (1, 3)]
    assert np.array_equal(by_thread[0], by_thread[1])
    assert np.array_equal(by_thread[0], encoder.encode(texts))


def test_order_and_duplicates(encoder: Encoder) -> None:
    texts = ["A lift was mended.", "", "An apology was sent.", "A lift was mended.", " " * 5]
    vectors = encoder.encode(texts)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors[0], vectors[3])
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(encoder.encode([text])[0], vector)
    assert np.array_equal(vectors[1], vectors[4])


def test_no_texts(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_what_follows_256_pieces_has_no_say(encoder: Encoder) -> None:
    start = "damp " * (MAX_PIECES - 2)
    whole, longer, shorter = encoder.encode([start, start + "lift " * 500, start[: -len("damp ")]])
    assert np.array_equal(whole, longer)
    assert not np.array_equal(whole, shorter)
    assert encoder.is_truncated(start + "lift")
    assert not encoder.is_truncated(start)
    assert encoder.is_truncated("x" * (MAX_CHARACTERS + 1))
    assert not encoder.is_truncated("")


def test_odd_characters(encoder: Encoder) -> None:
    vectors = encoder.encode(["half a pair \ud83d here", "nul \x00 byte", "\u202eturned", "🏠" * 400])
    assert np.isfinite(vectors).all()


def test_equal_texts_are_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run = encoder_module._run
    asked: list[int] = []
    monkeypatch.setattr(encoder_module, "_run", lambda *given: asked.append(1) or run(*given))
    remembering = Encoder(cached_texts=2)
    first = remembering.encode(["lift", "damp", "lift"])
    again = remembering.encode(["damp", "lift"])
    assert len(asked) == 2
    assert np.array_equal(first[:2], again[::-1])
    remembering.encode(["key"])  # pushes out "damp", which was used before "lift"
    remembering.encode(["lift"])
    assert len(asked) == 3
    remembering.encode(["damp"])
    assert len(asked) == 4
    assert len(remembering._cache) == 2


def test_callers_cannot_change_what_is_remembered() -> None:
    encoder = Encoder(threads=1)
    given_vectors = encoder.encode(["lift"])
    given_vectors[:] = 0.0
    assert np.linalg.norm(encoder.encode(["lift"])) == pytest.approx(1.0, abs=1e-5)


def test_card_says_what_is_shipped(encoder: Encoder) -> None:
    folder = models_folder() / "encoder"
    for file, expected in encoder.card["sha256"].items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == expected, f"{file}: make encoder"
    assert encoder.card["licence"] == "Apache-2.0"
    assert encoder.card["original_sha256"]["model.safetensors"].startswith("53aa51172d14")
    assert encoder.card["measured"]["cosine_mean"] >= 0.995
    assert encoder.name.startswith("all-MiniLM-L6-v2 int8 ")


def test_size_leaves_room_in_the_wheel() -> None:
    assert sum(path.stat().st_size for path in (models_folder() / "encoder").iterdir()) < 25_000_000


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json", "card.json"])
def test_missing_and_broken_files_are_errors_with_a_remedy(missing: str, tmp_path: Path) -> None:
    for path in (models_folder() / "encoder").iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / missing).unlink()
    for expected in (f"{missing} is missing", f"{missing} cannot be"):
        encoder = Encoder(tmp_path)
        with pytest.raises(ModelError, match=expected) as caught:
            _ = (encoder.name, encoder.encode(["lift"]))
        assert "make encoder" in caught.value.remedy
        (tmp_path / missing).write_bytes(b"\x00broken")


@pytest.mark.parametrize("wrong", [{"threads": 0}, {"cached_texts": -1}])
def test_wrong_limits(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one thread"):
        Encoder(**wrong)


@pytest.mark.parametrize(("wished", "most"), [("1", 1), ("8", 2), ("", 2), ("0", 1), ("4,2", 2)])
def test_threads_by_default(wished: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", wished)
    assert 1 <= default_threads() <= most


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from evidencereview.language.encoder import Encoder; e = Encoder(); e.name\n"
        "light = 'onnxruntime' not in sys.modules and 'tokenizers' not in sys.modules\n"
        "e.encode(['lift']); sys.exit(not light or 'torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


SENTENCE = "Letters state the outcome, give clear reasons and name any redress."
PARTED = Parted(SENTENCE, clause_spans(SENTENCE))


@pytest.mark.parametrize("threads", [1, 2])
def test_parts_are_read_within_their_text(threads: int, encoder: Encoder) -> None:
    parts = Encoder(threads=threads)
    plain, several, again = parts.encode_parts([Parted(SENTENCE), PARTED, PARTED])
    (whole,) = encoder.encode([SENTENCE])
    assert several.shape == (4, 384)
    assert plain.shape == (1, 384)
    assert np.array_equal(several, again)
    assert np.abs(plain[0] - whole).max() <= TOLERANCE
    assert np.abs(several[0] - whole).max() <= TOLERANCE
    assert np.allclose(np.linalg.norm(several, axis=1), 1.0, atol=1e-5)
    alone = encoder.encode(PARTED.parts)
    # Each part lies nearest to what it says by itself.
    assert (several[1:] @ alone.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_parts_have_no_say_in_each_other_nor_do_neighbours(encoder: Encoder) -> None:
    (together,) = encoder.encode_parts([PARTED])
    for number, span in enumerate(PARTED.spans, 1):
        found = encoder.encode_parts([Parted("A lift was mended, and soon.", ((0, 17),)), Parted(SENTENCE, (span,))])
        assert np.abs(found[1][1] - together[number]).max() <= TOLERANCE


def test_a_part_beyond_what_counts_is_read_by_itself(encoder: Encoder) -> None:
    text = "damp " * 400 + "and lifts are mended"
    (vectors,) = encoder.encode_parts([Parted(text, ((0, 50), (2004, 2020)))])
    assert np.array_equal(vectors[2], encoder.encode(["lifts are mended"])[0])
    assert vectors[1] @ vectors[0] > vectors[2] @ vectors[0]


def test_no_parted_texts(encoder: Encoder) -> None:
    assert encoder.encode_parts([]) == []


def test_parts_of_half_characters(encoder: Encoder) -> None:
    (vectors,) = encoder.encode_parts([Parted("half a pair \ud83d here, and a lift", ((0, 19), (21, 31)))])
    assert np.isfinite(vectors).all()


@pytest.mark.parametrize("threads", [1, 2])
def test_what_is_expected_is_the_same(encoder: Encoder, threads: int) -> None:
    texts = ["A lift was mended.", "", "An apology was sent.", "A lift was mended."]
    early = Encoder(threads=threads)
    early.open_ahead()
    early.expect(texts[:3])
    early.expect(texts[1:])
    early.expect([PARTED, Parted("A lift was mended.")])
    assert np.array_equal(early.encode(texts), encoder.encode(texts))
    assert np.array_equal(early.encode_parts([PARTED])[0], encoder.encode_parts([PARTED])[0])
    assert not early._begun


def test_a_missing_model_is_said_by_encode_alone(tmp_path: Path) -> None:
    broken = Encoder(tmp_path, threads=2)
    broken.open_ahead()
    with pytest.raises(ModelError):
        broken.encode(["lift"])


def test_known_requirements_are_those_that_would_be_made(shared: Path) -> None:
    kept = load_known_texts(Encoder().name)
    fresh = Encoder(remember_known=False)
    rows = read_rows((shared / "corpus" / "onward-2024.rows.jsonl").read_text(encoding="utf-8"))[::6]
    texts = [row.requirement for row in rows]
    assert sum(fresh.pieces(text) in kept for text in texts) >= len(texts) - 2
    assert np.abs(Encoder().encode(texts) - fresh.encode(texts)).max() <= 1e-5


def test_known_texts_mind_neither_case_nor_blanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_texts, "known_texts_file", lambda: tmp_path / "kept.npz")
    fresh = Encoder(remember_known=False)
    assert keep_requirements(["Answer in ten days.", "answer  in\nTEN days.", " ", "Say sorry."], fresh) == 2
    kept = load_known_texts(fresh.name)
    assert fresh.pieces("ANSWER in ten days.") in kept
    assert fresh.pieces("Answer in two days.") not in kept
    assert not load_known_texts("another encoder").vectors
