"""How fast the town is written and read back, on one core, and how many documents the parser recovers.

Times are processor seconds of this process, so that other programs on the machine do not count.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice

from minillama.world.choices import Menu
from minillama.world.documents import KINDS, documents, parse

TARGETS = {"seconds_for_20_mb": "< 60", "share_recovered": ">= 1.0"}


def writing_seconds(n_bytes: int) -> float:
    """Processor seconds for this much of the mixture."""
    began = time.process_time()
    for document in documents(seed=1, split="benchmark"):
        n_bytes -= document.n_bytes
        if n_bytes <= 0:
            break
    return time.process_time() - began


def recovered(kind: str, number: int) -> tuple[int, float]:
    """How many documents the parser reads back with exactly their bits, and its processor seconds for each."""
    n_right = 0
    began = time.process_time()
    for document in islice(documents(seed=1, split="benchmark", kinds=Menu([kind], [1])), number):
        try:
            n_right += abs(parse(document).bits - document.bits) < 1e-6
        except ValueError as error:
            print(f"{kind} {document.number}: {error}")
    return n_right, (time.process_time() - began) / number


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2 MB and 300 documents of each kind")
    quick = parser.parse_args().quick
    megabytes, number = (2, 300) if quick else (20, 10_000)
    seconds = writing_seconds(megabytes * 1_000_000)
    print(f"{megabytes} MB of the mixture: {seconds:.1f} s, {megabytes / seconds:.2f} MB/s\n")
    total = 0
    for kind in KINDS:
        n_right, each = recovered(kind, number)
        total += n_right
        print(f"{kind:<14}{n_right:>8} of {number} documents read back, {1000 * each:.2f} ms each")
    figures = {"seconds_for_20_mb": 20 / megabytes * seconds, "share_recovered": total / number / len(KINDS)}
    met = figures["seconds_for_20_mb"] < 60 and figures["share_recovered"] >= 1.0
    rounded = {name: round(value, 4) for name, value in figures.items()}
    print(json.dumps({"name": "world", "figures": rounded, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
