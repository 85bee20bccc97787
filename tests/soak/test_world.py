"""The whole claim about the town, on many documents; a lane of its own because it takes minutes."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.memory import MB, STATUS, Watch, world
from minillama.world.choices import Menu
from minillama.world.documents import KINDS, Document, documents, parse

N_DOCUMENTS = 10_000


def only(kind: str) -> Iterator[Document]:
    return documents(seed=1, split="soak", kinds=Menu([kind], [1]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_parser_recovers_every_choice_of_ten_thousand_documents(kind: str) -> None:
    texts = set()
    for document in islice(only(kind), N_DOCUMENTS):
        assert parse(document).bits == pytest.approx(document.bits), f"document {document.number}"
        texts.add(document.text)
    assert len(texts) == N_DOCUMENTS, "two documents are the same"


@pytest.mark.skipif(not STATUS.exists(), reason=f"only Linux accounts for memory in {STATUS}")
def test_the_generator_takes_no_more_memory_for_more_text(tmp_path: Path) -> None:
    peaks = []
    for n_bytes in (10 * MB, 10 * MB, 100 * MB):
        watch = Watch(every=500)
        world(n_bytes, tmp_path, watch)
        peaks.append(watch.highest)
    assert peaks[2] - peaks[1] < 5 * MB
