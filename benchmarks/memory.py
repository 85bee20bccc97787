"""How the memory of the data pipeline grows with the corpus: it must not.

What counts is anonymous memory, which only this process can give back; pages of mapped files are left out, because
the system takes them back when it needs them. Every part is run on a small corpus and on a large one, and the growth
is the difference of the two peaks.
"""

from __future__ import annotations

import argparse
import collections
import json
import multiprocessing
import re
import resource
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from minillama.cleaning.boilerplate import LineCounts
from minillama.cleaning.duplicates import ExactDuplicates
from minillama.cleaning.near_duplicates import NearDuplicates
from minillama.course.experiments.town_corpus import take
from minillama.data import Loader
from minillama.packing import pack_documents
from minillama.shards import TokenShards, write_shards
from minillama.world.documents import documents as town_documents

ROW_LENGTH, VOCAB_SIZE, BOS, EOS = 2049, 4096, 0, 1
MB = 1 << 20
STATUS = Path("/proc/self/smaps_rollup")
MAX_GROWTH_MB = 12
T = TypeVar("T")


def anonymous_bytes() -> int:
    """Anonymous memory of this process, from the Linux kernel's account."""
    return int(re.search(r"^Anonymous:\s+(\d+) kB", STATUS.read_text(encoding="utf-8"), re.MULTILINE)[1]) * 1024


class Watch:
    """Passes steps on and remembers the most anonymous memory it saw between them."""

    def __init__(self, every: int = 50):
        self.every, self.highest = every, 0

    def __call__(self, steps: Iterable[T]) -> Iterator[T]:
        """Pass the steps on."""
        for number, step in enumerate(steps):
            if number % self.every == 0:
                self.highest = max(self.highest, anonymous_bytes())
            yield step
        self.highest = max(self.highest, anonymous_bytes())


def documents(n_bytes: int) -> Iterator[list[int]]:
    """Documents of about a thousand tokens, two bytes each, until there are this many bytes."""
    tokens = np.random.default_rng(0).integers(2, VOCAB_SIZE, 1 << 16).tolist()
    lengths = np.random.default_rng(1).integers(100, 1900, 997).tolist()
    n_tokens = number = 0
    while 2 * n_tokens < n_bytes:
        length = lengths[number % len(lengths)]
        start = number * 7919 % (len(tokens) - length)
        yield [BOS, *tokens[start : start + length], EOS]
        n_tokens, number = n_tokens + length + 2, number + 1


def texts(n_bytes: int) -> Iterator[str]:
    """Different texts of four lines of ten words, until there are this many bytes."""
    words = [f"word{number}" for number in range(5000)]
    random = np.random.default_rng(2)
    while n_bytes > 0:
        chosen = [words[place] for place in random.integers(0, len(words), 40)]
        text = "\n".join(" ".join(chosen[start : start + 10]) for start in range(0, 40, 10))
        n_bytes -= len(text)
        yield text


def run(steps: Iterable[object]) -> None:
    """Take all steps and keep nothing."""
    collections.deque(steps, maxlen=0)


def packing(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Pack documents into rows."""
    run(watch(pack_documents(documents(n_bytes), ROW_LENGTH, BOS)))


def writing(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Pack documents and write the shards."""
    rows = watch(pack_documents(documents(n_bytes), ROW_LENGTH, BOS))
    write_shards(folder / str(n_bytes), rows, ROW_LENGTH, VOCAB_SIZE, bos_id=BOS, eos_id=EOS)


def loading(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Read every row of the shards that ``writing`` left, in shuffled batches."""
    shards = TokenShards(folder / str(n_bytes))
    run(watch(islice(Loader(shards, 16, seed=0), len(shards) // 16)))


def near_duplicates(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Look for near duplicates in a tenth of the text with the index on disk; it is the slowest part."""
    seen = NearDuplicates(path=folder / f"{n_bytes}.db")
    run(map(seen, watch(texts(n_bytes // 10))))
    seen.close()


def boilerplate(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Count the lines of a tenth of the text."""
    run(map(LineCounts().add, watch(texts(n_bytes // 10))))


def world(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Write documents of the town and keep none."""
    run(take(watch(town_documents(seed=1, split="memory")), n_bytes))


# A part is a function (bytes of corpus, scratch folder, watch). To measure another one, add it here.
PARTS: dict[str, Callable[[int, Path, Watch], None]] = {
    "world": world,
    "packing": packing,
    "writing": writing,
    "loading": loading,
    "near_duplicates": near_duplicates,
    "boilerplate": boilerplate,
}


def peaks(part: Callable[[int, Path, Watch], None], sizes: Sequence[int], folder: Path) -> list[int]:
    """The most anonymous memory of one part for each size of corpus, in bytes; the first is run twice to warm up."""
    found = []
    for n_bytes in (sizes[0], *sizes):
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            watch = Watch()
            if part is loading:
                writing(n_bytes, Path(scratch), Watch(every=1 << 30))
            part(n_bytes, Path(scratch), watch)
        found.append(watch.highest)
    return found[1:]


def peaks_alone(part: Callable[[int, Path, Watch], None], sizes: Sequence[int], folder: Path) -> list[int]:
    """Like ``peaks``, in a process of its own: what ran before has neither filled caches nor left memory to reuse."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(peaks, (part, sizes, folder))


def exact_duplicates(n: int) -> float:
    """Bytes for each document remembered, at the worst moment: if ``n`` is a power of two, when all arrays merge."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen = ExactDuplicates()
    run(seen(f"document {number}") for number in range(n))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / n


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 MB of corpus instead of 500")
    quick = parser.parse_args().quick
    if not STATUS.exists():
        raise SystemExit(f"{STATUS} is missing: this benchmark needs Linux")
    sizes = (10 * MB, (100 if quick else 500) * MB)
    figures = {"exact_duplicates_bytes_per_document": exact_duplicates(1 << 18 if quick else 1 << 20)}
    print(f"exact duplicates: {figures['exact_duplicates_bytes_per_document']:.0f} bytes a document\n")
    print(f"{'anonymous memory, MB':<22}" + "".join(f"{size // MB:>5} MB corpus" for size in sizes))
    with tempfile.TemporaryDirectory() as folder:
        for name, part in PARTS.items():
            found = peaks_alone(part, sizes, Path(folder))
            figures[f"{name}_growth_mb"] = (found[-1] - found[0]) / MB
            print(f"{name:<22}" + "".join(f"{value / MB:>15.1f}" for value in found))
    targets = {name: f"<= {MAX_GROWTH_MB}" for name in figures} | {"exact_duplicates_bytes_per_document": "<= 45"}
    met = all(value <= float(targets[name].split()[1]) for name, value in figures.items())
    rounded = {name: round(value, 2) for name, value in figures.items()}
    print(json.dumps({"name": "memory", "figures": rounded, "targets": targets, "met": met}))


if __name__ == "__main__":
    main()
