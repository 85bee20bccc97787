"""Packing, writing and loading a large corpus takes the memory of a small one."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.memory import MB, STATUS, Watch, loading, writing

ROOT = Path(__file__).resolve().parent.parent
needs_linux = pytest.mark.skipif(not STATUS.exists(), reason=f"only Linux accounts for memory in {STATUS}")


@needs_linux
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    """The first, small run warms up; writing packs as it goes."""
    found: dict[str, list[int]] = {"writing": [], "loading": []}
    for n_bytes in (10 * MB, 10 * MB, 100 * MB):
        for part in (writing, loading):
            watch = Watch(every=200)
            part(n_bytes, tmp_path, watch)
            found[part.__name__].append(watch.highest)
    for _, small, large in found.values():
        assert large - small < 5 * MB


MEASURE = """
import sys
from pathlib import Path
import numpy
from benchmarks.memory import MB, anonymous_bytes

path = Path(sys.argv[1])
path.write_bytes(bytes(20 * MB))
before = anonymous_bytes()
mapped = numpy.memmap(path, numpy.uint8, "r")
assert int(mapped.sum()) == 0
print(anonymous_bytes() - before)
kept = numpy.ones(20 * MB, numpy.uint8)
print(anonymous_bytes() - before)
"""


@needs_linux
def test_the_measure_sees_what_is_kept_and_not_what_is_mapped(tmp_path: Path) -> None:
    """In a process of its own: here, freed memory that was never given back could serve the array."""
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "mapped")]
    mapped, kept = map(int, subprocess.check_output(command, text=True, cwd=ROOT).split())
    assert mapped < 5 * MB
    assert kept > 15 * MB
