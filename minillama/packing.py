"""Fill rows of equal length with documents of unequal length, so that a batch wastes nothing.

A document is the token BOS, its text and the token EOS. BOS is never something to predict: what a new document
is about does not follow from the one before. So a row that has room left is filled up with BOS, at no cost to the
loss and without a token that exists for padding alone.

Documents that share a row are not kept apart: attention goes back to the beginning of the row, so a later document
also sees the ones before it, though they say nothing about it. BOS marks where its own text begins, and a model can
learn to look no further back.

Rows overlap by one token where a document is cut: the token that ends one row opens the next, so that every token
except BOS is predicted exactly once.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from random import Random


def pack_documents(
    documents: Iterable[Sequence[int]], row_length: int, bos_id: int, look_ahead: int = 1000, seed: int = 0
) -> Iterator[list[int]]:
    """Put whole documents into rows, choosing among the next few the ones that fit best.

    The oldest waiting document is taken; then the longest one that still fits is added, again and again. Within a
    row they are shuffled: else its place would tell a model how long a document will be. A document that is longer
    than a row is cut; each later piece opens a row, so that its beginning is never predicted from another document.

    Lengths in a row still add up to a row, which a model may learn. Where that matters, as when a loss is held
    against an exactly known floor, ``look_ahead=1`` gives every document a row of its own.

    Args:
        documents: token ids, each beginning with BOS. Read as needed, so there may be any number.
        row_length: ids in a row, at least 2.
        bos_id: the token that begins a document and fills a row up.
        look_ahead: how many documents wait to be chosen, at least 1. More waste less; the memory is theirs.
        seed: of the shuffle within rows.

    Yields:
        Rows of exactly ``row_length`` ids. The order is not that of the documents.

    Raises:
        ValueError: if a size is too small or a document does not begin with BOS.

    Example:
        >>> list(pack_documents([[0, 7, 9], [0, 5, 6, 7, 9], [0, 8], [0, 9]], row_length=5, bos_id=0))
        [[0, 7, 9, 0, 9], [0, 5, 6, 7, 9], [0, 8, 0, 0, 0]]

    Source:
        Ding et al., 2024, "Fewer Truncations Improve Language Modeling", arXiv:2404.10830: best-fit packing.
    """
    _check(row_length, look_ahead)
    waiting, random = _Waiting(), Random(seed)
    for piece in _pieces(documents, row_length, bos_id):
        waiting.add(piece)
        if len(waiting) >= look_ahead:
            yield _fill(waiting, row_length, bos_id, random)
    while len(waiting):
        yield _fill(waiting, row_length, bos_id, random)


def cut_stream(documents: Iterable[Sequence[int]], row_length: int, bos_id: int) -> Iterator[list[int]]:
    """Join all documents into one stream and cut it wherever a row is full.

    The classic way: nothing is wasted, but most rows begin in the middle of a document whose beginning the model
    cannot see.

    Args:
        documents: token ids, each beginning with BOS.
        row_length: ids in a row, at least 2.
        bos_id: the token that begins a document; it fills up the last row.

    Yields:
        Rows of exactly ``row_length`` ids, each opened by the last token of the row before.

    Raises:
        ValueError: if ``row_length`` is too small or a document does not begin with BOS.

    Example:
        >>> list(cut_stream([[0, 7, 9], [0, 5, 6, 7, 9]], row_length=5, bos_id=0))
        [[0, 7, 9, 0, 5], [5, 6, 7, 9, 0]]
    """
    _check(row_length, look_ahead=1)
    rest: list[int] = []
    for document in _checked(documents, bos_id):
        rest += document
        start = 0
        while len(rest) - start > row_length:
            yield rest[start : start + row_length]
            start += row_length - 1
        del rest[:start]
    if rest:
        yield rest + [bos_id] * (row_length - len(rest))


class _Waiting:
    """Documents that wait for a row: found by age or by length."""

    def __init__(self) -> None:
        self._documents: dict[int, list[int]] = {}  # by age: a dict remembers the order of insertion
        self._opening: dict[int, list[int]] = {}  # later pieces of long documents, which must open a row
        self._sizes: list[tuple[int, int]] = []  # (length, age), sorted
        self._age = 0

    def __len__(self) -> int:
        return len(self._documents) + len(self._opening)

    def add(self, piece: tuple[list[int], bool]) -> None:
        """Let a document or a piece of one wait."""
        tokens, is_continued = piece
        self._age += 1
        if is_continued:
            self._opening[self._age] = tokens
        else:
            self._documents[self._age] = tokens
            insort(self._sizes, (len(tokens), self._age))

    def take_piece(self) -> list[int]:
        """Remove the oldest later piece of a document; empty if there is none."""
        return self._opening.pop(next(iter(self._opening))) if self._opening else []

    def take_oldest(self) -> list[int]:
        """Remove the oldest document; empty if there is none."""
        if not self._documents:
            return []
        age = next(iter(self._documents))
        self._sizes.remove((len(self._documents[age]), age))
        return self._documents.pop(age)

    def take_longest(self, room: int) -> list[int]:
        """Remove the longest document of at most ``room`` ids, the youngest of equals; empty if there is none."""
        place = bisect_right(self._sizes, (room, self._age))
        return self._documents.pop(self._sizes.pop(place - 1)[1]) if place else []


def _fill(waiting: _Waiting, row_length: int, bos_id: int, random: Random) -> list[int]:
    """Make one row."""
    row = list(waiting.take_piece())
    chosen = [] if row else [waiting.take_oldest()]
    room = row_length - len(row) - sum(map(len, chosen))
    while document := waiting.take_longest(room):
        chosen.append(document)
        room -= len(document)
    random.shuffle(chosen)
    for document in chosen:
        row += document
    return row + [bos_id] * room


def _pieces(documents: Iterable[Sequence[int]], row_length: int, bos_id: int) -> Iterator[tuple[list[int], bool]]:
    """Cut long documents; say of each piece whether it continues a document."""
    for document in _checked(documents, bos_id):
        yield document[:row_length], False
        for start in range(row_length - 1, len(document) - 1, row_length - 1):
            yield document[start : start + row_length], True


def _checked(documents: Iterable[Sequence[int]], bos_id: int) -> Iterator[list[int]]:
    """Yield the documents as lists if they begin with BOS."""
    for number, document in enumerate(documents):
        tokens = document if isinstance(document, list) else [int(token) for token in document]
        if not tokens or tokens[0] != bos_id:
            raise ValueError(
                f"document {number} begins with {tokens[:1]}, but every document must begin with BOS ({bos_id}): "
                "encode it with bos=True"
            )
        yield tokens


def _check(row_length: int, look_ahead: int) -> None:
    """Refuse rows that hold nothing to predict."""
    if row_length < 2:
        raise ValueError(f"row_length must be at least 2, a token and the next one, got {row_length}")
    if look_ahead < 1:
        raise ValueError(f"look_ahead must be at least 1 document, got {look_ahead}")
