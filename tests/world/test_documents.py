"""The stream of documents: reproducible anywhere, in the mixture's proportions, read back by the parser."""

import subprocess
import sys
from collections import Counter
from itertools import islice
from random import Random

import pytest

from minillama.world.choices import Menu
from minillama.world.documents import KINDS, MEAN_BYTES, SHARES, WRITERS, documents, kind_bits, kind_menu, parse
from minillama.world.proof import AuditingPen
from minillama.world.town import build_world


def only(kind: str) -> Menu[str]:
    return Menu([kind], [1])


def test_the_same_seed_gives_the_same_bytes_in_another_process() -> None:
    """Under another hash seed too: no set or hash decides an order."""
    code = (
        "from hashlib import sha256; from itertools import islice; from minillama.world.documents import documents;"
        "print(sha256('\\0'.join(d.text for d in islice(documents(seed=3), 300)).encode()).hexdigest())"
    )
    digests = {
        subprocess.check_output([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, text=True)
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_stream_can_start_at_any_number_and_splits_differ() -> None:
    whole = list(islice(documents(seed=2), 9))
    assert list(islice(documents(seed=2, first=5), 4)) == whole[5:]
    assert [d.number for d in whole] == list(range(9))
    others = [*islice(documents(seed=3), 9), *islice(documents(seed=2, split="test"), 9)]
    assert not {d.text for d in whole} & {d.text for d in others}


def test_kinds_have_the_shares_of_the_mixture() -> None:
    n_bytes: Counter[str] = Counter()
    for document in islice(documents(seed=4), 6000):
        n_bytes[document.kind] += document.n_bytes
    total = sum(n_bytes.values())
    for kind in KINDS:
        assert n_bytes[kind] / total == pytest.approx(SHARES[kind] / 1000, rel=0.2)
    assert sum(SHARES.values()) == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_mean_length_is_as_stated(kind: str) -> None:
    sizes = [document.n_bytes for document in islice(documents(seed=6, kinds=only(kind)), 600)]
    assert sum(sizes) / len(sizes) == pytest.approx(MEAN_BYTES[kind], rel=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_the_parser_recovers_every_choice(kind: str) -> None:
    for document in islice(documents(seed=7, kinds=only(kind)), 200):
        assert parse(document).bits == pytest.approx(document.bits)


@pytest.mark.parametrize("kind", KINDS)
def test_options_can_always_be_told_apart(kind: str) -> None:
    for seed in range(100):
        WRITERS[kind](AuditingPen(Random(f"{kind}{seed}")), build_world())


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_text_is_not_read_as_if_nothing_had_happened(kind: str) -> None:
    """Any parse of an altered text is of another document, so its choices cannot be those of the first."""
    document = next(documents(seed=8, kinds=only(kind)))
    for text in (document.text[:-1], document.text + "x", document.text.replace("e", "E", 1)):
        altered = type(document)(kind=kind, number=0, text=text, bits=0.0)
        with pytest.raises(ValueError, match="character|goes on"):
            parse(altered)


def test_the_kind_is_part_of_the_information() -> None:
    document = next(documents(seed=9))
    alone = parse(document).bits
    assert document.bits == pytest.approx(alone + kind_bits(document.kind))
    assert sum(2 ** -kind_bits(kind) for kind in KINDS) == pytest.approx(1.0)


@pytest.mark.parametrize("shares", [{}, {"poems": 1}, {"web": 0}])
def test_shares_must_name_kinds(shares: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="needs a positive share of some of web, crawl"):
        kind_menu(shares)
