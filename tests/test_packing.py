"""Rows filled with documents: every token is predicted once, at the place after its own predecessor."""

from collections import Counter
from random import Random

import pytest

from minillama.packing import cut_stream, pack_documents

BOS, EOS = 3, 1


def some_documents(n: int, longest: int, seed: int = 0) -> list[list[int]]:
    """Documents of which every token is different, so that each can be found again."""
    random, fresh, documents = Random(seed), iter(range(10, 10**9)), []
    for _ in range(n):
        text = [next(fresh) for _ in range(random.randrange(longest))]
        documents.append([BOS, *text, EOS])
    return documents


def predictions(rows: list[list[int]]) -> Counter[tuple[int, int]]:
    """How often each pair of a token and the next is learned; what BOS is predicted from does not count."""
    return Counter((a, b) for row in rows for a, b in zip(row, row[1:], strict=False) if b != BOS)


@pytest.mark.parametrize("row_length", [2, 7, 16, 33])
@pytest.mark.parametrize("look_ahead", [1, 5, 1000])
def test_every_token_is_predicted_once_after_its_own_predecessor(row_length: int, look_ahead: int) -> None:
    documents = some_documents(60, longest=40)
    rows = list(pack_documents(documents, row_length, BOS, look_ahead))
    assert {len(row) for row in rows} == {row_length}
    assert predictions(rows) == predictions(documents)


@pytest.mark.parametrize("row_length", [2, 7, 16, 33])
def test_stream_predicts_every_token_once(row_length: int) -> None:
    documents = some_documents(60, longest=40)
    rows = list(cut_stream(documents, row_length, BOS))
    assert {len(row) for row in rows} == {row_length}
    stream = [token for document in documents for token in document]
    assert predictions(rows) == predictions([stream])
    assert sum(rows, []).count(BOS) < 60 + row_length + len(rows)  # nothing is filled up but the last row


def test_documents_that_fit_stay_whole() -> None:
    documents = some_documents(200, longest=30)
    rows = list(pack_documents(documents, 33, BOS))
    found = [tuple(part) for row in rows for part in split_at_bos(row)]
    assert sorted(found) == sorted(tuple(document) for document in documents)


def split_at_bos(row: list[int]) -> list[list[int]]:
    """The documents of a row; what fills it up is left out."""
    starts = [place for place, token in enumerate(row) if token == BOS] + [len(row)]
    parts = [row[start:end] for start, end in zip(starts, starts[1:], strict=False)]
    return [part for part in parts if part != [BOS]]


def test_looking_ahead_wastes_less() -> None:
    documents = some_documents(2000, longest=60)
    n_rows = [len(list(pack_documents(documents, 65, BOS, look_ahead))) for look_ahead in (1, 20, 500)]
    fewest = sum(map(len, documents)) / 65
    assert n_rows[0] == len(documents)  # a row for each
    assert n_rows[1] > n_rows[2]
    assert n_rows[2] < 1.03 * fewest


def test_place_in_a_row_says_nothing_about_length() -> None:
    """Best fit takes long documents first; without a shuffle the mean lengths would be 37 and 10 here."""
    lengths: dict[int, list[int]] = {0: [], 1: []}
    for row in pack_documents(some_documents(3000, longest=45), 65, BOS):
        parts = split_at_bos(row)
        if len(parts) == 2:
            lengths[0].append(len(parts[0]))
            lengths[1].append(len(parts[1]))
    first, second = (sum(values) / len(values) for values in lengths.values())
    assert abs(first - second) < 1.5


def test_pieces_of_a_long_document_open_their_rows() -> None:
    long = [BOS, *range(10, 30), EOS]
    rows = list(pack_documents([[BOS, 5, EOS], long, [BOS, 6, EOS]], 9, BOS, look_ahead=2))
    assert [row[0] for row in rows if row[0] != BOS] == [long[8], long[16]]


def test_order_is_the_same_for_the_same_seed() -> None:
    documents = some_documents(80, longest=9)
    rows = [list(pack_documents(documents, 33, BOS, seed=seed)) for seed in (1, 1, 2)]
    assert rows[0] == rows[1]
    assert rows[0] != rows[2]


def test_documents_are_read_only_as_needed() -> None:
    n_read = 0

    def endless():
        nonlocal n_read
        while True:
            n_read += 1
            yield [BOS, 7, 8, EOS]

    next(pack_documents(endless(), 9, BOS, look_ahead=10))
    assert n_read == 10
    next(cut_stream(endless(), 9, BOS))
    assert n_read < 15


def test_arrays_and_no_documents() -> None:
    numpy = pytest.importorskip("numpy")
    assert list(pack_documents(numpy.array([[BOS, 7, EOS]]), 4, BOS)) == [[BOS, 7, EOS, BOS]]
    assert list(pack_documents([], 4, BOS)) == []
    assert list(cut_stream([], 4, BOS)) == []


@pytest.mark.parametrize("pack", [pack_documents, cut_stream])
def test_wrong_documents_are_refused(pack) -> None:
    with pytest.raises(ValueError, match=r"document 1 begins with \[7\], .* BOS \(3\): encode it with bos=True"):
        list(pack([[BOS, 5], [7, 8]], 4, BOS))
    with pytest.raises(ValueError, match="document 0 begins with"):
        list(pack([[]], 4, BOS))
    with pytest.raises(ValueError, match="row_length must be at least 2"):
        list(pack([[BOS, 5]], 1, BOS))


def test_look_ahead_must_be_positive() -> None:
    with pytest.raises(ValueError, match="look_ahead must be at least 1"):
        list(pack_documents([[BOS, 5]], 4, BOS, look_ahead=0))
