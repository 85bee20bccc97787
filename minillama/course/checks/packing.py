"""Checks of chapter 07, part four: whole documents in rows of equal length."""

from collections.abc import Callable

from ..checking import expect

BOS = 0


def _document(length: int, name: int) -> list[int]:
    return [BOS, *[name] * (length - 1)]


def _pack(pack_rows: Callable, lengths: list[int], row_length: int) -> tuple[list[list[int]], list[list[int]]]:
    documents = [_document(length, name) for name, length in enumerate(lengths, start=1)]
    rows = pack_rows(documents, row_length, BOS)
    expect(rows is not None, "the result is None: is the return statement missing?")
    return documents, [list(row) for row in rows]


def check_rows_are_full(pack_rows: Callable) -> None:
    """every row has the same length."""
    _, rows = _pack(pack_rows, [4, 3, 6], 8)
    lengths = sorted({len(row) for row in rows})
    expect(
        lengths == [8],
        f"rows of 8 were asked for, but rows of {lengths} came out: fill the room that is left with bos_id, in the "
        "last row too",
    )


def _names(row: list[int]) -> list[int]:
    """Names of the documents in a row, in order; each begins after a BOS."""
    return [after for before, after in zip(row, row[1:], strict=False) if before == BOS and after != BOS]


def check_documents_stay_whole(pack_rows: Callable) -> None:
    """no document is cut, lost or repeated."""
    lengths = [5, 3, 7, 2, 6, 4, 4, 3]
    documents, rows = _pack(pack_rows, lengths, 9)
    flat = [token for row in rows for token in row if token != BOS]
    missing = [name for name, length in enumerate(lengths, start=1) if flat.count(name) != length - 1]
    expect(
        not missing,
        f"of 8 documents, {len(missing)} came out with a wrong number of tokens: each must stand in the rows exactly "
        "once, the last ones too",
    )
    cut = [n for n in range(1, len(lengths) + 1) if sum(n in row for row in rows) != 1]
    expect(
        not cut and sorted(name for row in rows for name in _names(row)) == sorted(range(1, len(lengths) + 1)),
        f"{len(cut)} of 8 documents were cut at the end of a row: a document that does not fit must wait for "
        "another row",
    )


def check_oldest_opens(pack_rows: Callable) -> None:
    """the oldest document opens a row."""
    _, rows = _pack(pack_rows, [3, 5, 4, 5], 8)
    expect(
        rows[0][1] == 1,
        f"the first row begins with document {rows[0][1]}, expected 1: the oldest waiting document opens a row, else a "
        "short one may wait forever in an endless stream",
    )


def check_longest_that_fits(pack_rows: Callable) -> None:
    """the longest one that fits is added."""
    _, rows = _pack(pack_rows, [4, 2, 6, 3, 2], 8)
    names = _names(rows[0])
    expect(
        names == [1, 4],
        f"documents of 4, 2, 6, 3 and 2 tokens, rows of 8: the first row holds documents {names}, expected [1, 4]. "
        "After the first document there is room for 4, and the longest one that fits has 3",
    )


def check_rows_value(pack_rows: Callable) -> None:
    """rows worked by hand."""
    rows = pack_rows([[1, 7, 9], [1, 5, 6, 7, 9], [1, 8], [1, 3, 4, 9]], 6, 1)
    expected = [[1, 7, 9, 1, 8, 1], [1, 5, 6, 7, 9, 1], [1, 3, 4, 9, 1, 1]]
    expect(
        [list(row) for row in rows] == expected,
        f"rows of 6 with bos_id=1 are {rows}, expected {expected}: fill with bos_id, and leave documents as they are",
    )
