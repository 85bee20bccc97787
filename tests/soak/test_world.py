"""The whole claim about the town, on many documents; a lane of its own because it takes minutes."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.memory import MB, STATUS, Watch, peaks_alone, world
from minillama.world.choices import Menu
from minillama.world.documents import KINDS, Document, documents, parse

N_DOCUMENTS = 10_000
needs_linux = pytest.mark.skipif(not STATUS.exists(), reason=f"only Linux accounts for memory in {STATUS}")


def only(kind: str) -> Iterator[Document]:
    return documents(seed=1, split="soak", kinds=Menu([kind], [1]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_parser_recovers_every_choice_of_ten_thousand_documents(kind: str) -> None:
    texts = set()
    for document in islice(only(kind), N_DOCUMENTS):
        assert parse(document).bits == pytest.approx(document.bits), f"document {document.number}"
        texts.add(document.text)
    assert len(texts) == N_DOCUMENTS, "two documents are the same"


@needs_linux
def test_the_generator_takes_no_more_memory_for_more_text(tmp_path: Path) -> None:
    small, large = peaks_alone(world, (10 * MB, 100 * MB), tmp_path)
    assert large - small < 5 * MB


def hoard(n_bytes: int, folder: Path, watch: Watch) -> None:
    """Write documents as the benchmark does, and keep them all."""
    kept: list[Document] = []
    world(n_bytes, folder, lambda steps: watch(kept.append(step) or step for step in steps))


@needs_linux
def test_a_generator_that_keeps_its_text_would_be_found(tmp_path: Path) -> None:
    small, large = peaks_alone(hoard, (5 * MB, 15 * MB), tmp_path)
    assert large - small > 5 * MB
