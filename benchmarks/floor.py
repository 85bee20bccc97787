"""How close the shipped model is to the best possible: bits per byte of unseen documents of the town, and the floor.

The documents are drawn from the grammar that wrote the training text, so their information is known exactly. The floor
includes the choice of a document's kind; documents that do not fit the model's context are left out of both sides. As a
third figure `xz -9` says what a general compressor needs for the same kind of text: far more than the floor.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from minillama.course.experiments.town_corpus import MODEL_SHARES, take
from minillama.course.shipped import FOLDER, load_shipped
from minillama.course.town_floor import SEED, compare_with_floor
from minillama.world.choices import Menu
from minillama.world.documents import KINDS, PROSE, documents
from minillama.world.entropy import compressed_bits

TARGETS = {"gap_percent": "< 5", "xz_over_floor": ">= 1.5"}
XZ_BYTES = 2_000_000


def xz_bits_per_byte(kind: str) -> float:
    """What `xz -9` needs for about two megabytes of one kind."""
    found = list(take(documents(SEED, f"test {kind}", kinds=Menu([kind], [1])), XZ_BYTES))
    return compressed_bits(document.text for document in found) / sum(document.n_bytes for document in found)


def prose(values: dict[str, float]) -> float:
    """Bits per byte of the prose kinds together, in the proportions of the model's training text."""
    return sum(MODEL_SHARES[kind] * values[kind] for kind in PROSE) / sum(MODEL_SHARES[kind] for kind in PROSE)


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="60 documents of each kind instead of 600")
    parser.add_argument("--model", type=Path, default=FOLDER, help="folder of another model with its tokenizer.json")
    arguments = parser.parse_args()
    compared = compare_with_floor(*load_shipped(arguments.model), number=60 if arguments.quick else 600)
    floor = {kind: held.bits_per_byte for kind, (held, _) in compared.items()}
    model = {kind: bits / held.n_bytes for kind, (held, bits) in compared.items()}
    xz = {kind: xz_bits_per_byte(kind) for kind in KINDS}
    titles = ("documents", "bytes", "floor", "model", "gap", "xz -9", "xz/floor")
    print(
        "bits per byte ".ljust(14) + "".join(t.rjust(w) for t, w in zip(titles, (10, 10, 9, 9, 8, 9, 10), strict=True))
    )
    for kind in KINDS:
        held = compared[kind][0]
        print(
            f"{kind:<14}{held.n_documents:>10}{held.n_bytes:>10}{floor[kind]:>9.4f}{model[kind]:>9.4f}"
            f"{100 * (model[kind] / floor[kind] - 1):>7.1f}%{xz[kind]:>9.3f}{xz[kind] / floor[kind]:>10.2f}"
        )
    figures = {
        "gap_percent": 100 * (prose(model) / prose(floor) - 1),
        "floor_bits_per_byte": prose(floor),
        "model_bits_per_byte": prose(model),
        "xz_over_floor": prose(xz) / prose(floor),
    }
    print(f"prose kinds together, in the proportions of the training text: {', '.join(PROSE)}")
    met = figures["gap_percent"] < 5 and figures["xz_over_floor"] >= 1.5
    rounded = {name: round(value, 4) for name, value in figures.items()}
    print(json.dumps({"name": "floor", "figures": rounded, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
