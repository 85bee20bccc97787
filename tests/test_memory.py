"""Packing, writing and loading a large corpus takes the memory of a small one."""

from pathlib import Path

import pytest

from benchmarks.memory import MB, STATUS, Watch, anonymous_bytes, loading, writing

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


@needs_linux
def test_the_measure_sees_what_is_kept_and_not_what_is_mapped(tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    (tmp_path / "mapped").write_bytes(bytes(20 * MB))
    before = anonymous_bytes()
    mapped = numpy.memmap(tmp_path / "mapped", numpy.uint8, "r")
    assert int(mapped.sum()) == 0
    assert anonymous_bytes() - before < 5 * MB
    kept = numpy.ones(20 * MB, numpy.uint8)
    assert anonymous_bytes() - before > 15 * MB
    assert len(kept) == 20 * MB
