"""The pre-training mixture: how much of each source, how often each is repeated, and a sampler that keeps to it.

Source: Touvron et al., 2023, arXiv:2302.13971, Table 1.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Source:
    """One row of LLaMA's Table 1.

    Args:
        name: the data set.
        kind: what the world calls its imitation of it.
        share: part of all tokens that training sees, from 0 to 1.
        epochs: how often its tokens are seen when 1.4 trillion tokens are.
        disk_bytes: size of its text.
    """

    name: str
    kind: str
    share: float
    epochs: float
    disk_bytes: float

    def seen_tokens(self, total: float = 1.4e12) -> float:
        """Return how many of its tokens training sees, repetitions included.

        Args:
            total: tokens in the whole run.
        """
        return self.share * total

    @property
    def unique_tokens(self) -> float:
        """How many different tokens it must have, given its share and its epochs at 1.4 trillion."""
        return self.seen_tokens() / self.epochs

    @property
    def bytes_per_token(self) -> float:
        """How many bytes of text one token stands for, by its size on disk."""
        return self.disk_bytes / self.unique_tokens


TABLE_1 = (
    Source(name="CommonCrawl", kind="web", share=0.67, epochs=1.10, disk_bytes=3.3e12),
    Source(name="C4", kind="crawl", share=0.15, epochs=1.06, disk_bytes=783e9),
    Source(name="GitHub", kind="code", share=0.045, epochs=0.64, disk_bytes=328e9),
    Source(name="Wikipedia", kind="encyclopedia", share=0.045, epochs=2.45, disk_bytes=83e9),
    Source(name="Books", kind="books", share=0.045, epochs=2.23, disk_bytes=85e9),
    Source(name="ArXiv", kind="papers", share=0.025, epochs=1.06, disk_bytes=92e9),
    Source(name="StackExchange", kind="questions", share=0.02, epochs=1.03, disk_bytes=78e9),
)

SHARES: dict[str, float] = {source.kind: source.share for source in TABLE_1}


def implied_epochs(shares: Mapping[str, float], unique_tokens: Mapping[str, float], total: float) -> dict[str, float]:
    """Return how often each source is repeated if training sees a number of tokens.

    Args:
        shares: part of all tokens, by source; they need not sum to 1.
        unique_tokens: tokens that each source has.
        total: tokens in the whole run.

    Returns:
        Epochs by source: above 1 where it repeats, below 1 where some of it is never seen.

    Raises:
        ValueError: if a source has no size, or a share or size is not positive.

    Example:
        >>> implied_epochs({"web": 3, "books": 1}, {"web": 600, "books": 100}, total=800)
        {'web': 1.0, 'books': 2.0}
    """
    check_shares(shares)
    if missing := [name for name in shares if not unique_tokens.get(name, 0) > 0]:
        raise ValueError(f"unique_tokens must give a positive number for {missing}")
    whole = sum(shares.values())
    return {name: total * share / whole / unique_tokens[name] for name, share in shares.items()}


class Mixture(Generic[T]):
    """Documents of several sources in given shares, without end; a source that ends begins again.

    The next document comes from the source that is furthest behind its share. So the shares hold at every moment to
    within a document, not only on average, and nothing is random; shuffle the sources, or the rows made from them.

    Args:
        sources: documents by name; each must be iterable again and again, such as a list, and the same each time.
        shares: part of the whole, by the same names; they need not sum to 1.
        size: the size of a document in the unit that shares are about: ``len`` counts tokens in a list of tokens.

    Attributes:
        taken: how much of each source has come, in that unit.

    Raises:
        ValueError: if the names differ, a share is not positive or a source has no documents; and while documents are
            taken, if all of a source adds nothing.

    Example:
        >>> mixture = Mixture({"web": ["abcd", "efgh"], "books": ["xy"]}, {"web": 2, "books": 1})
        >>> [document for _, document in mixture.until(12)]
        ['abcd', 'xy', 'efgh', 'xy']
        >>> mixture.epochs
        {'web': 1.0, 'books': 2.0}

    Source:
        Touvron et al., 2023, arXiv:2302.13971, section 2.1: shares and epochs, not how they were drawn.
    """

    def __init__(
        self, sources: Mapping[str, Iterable[T]], shares: Mapping[str, float], size: Callable[[T], float] = len
    ):
        check_shares(shares)
        if set(sources) != set(shares):
            raise ValueError(f"sources ({sorted(sources)}) and shares ({sorted(shares)}) must have the same names")
        self.shares = {name: share / sum(shares.values()) for name, share in shares.items()}
        self.taken: dict[str, float] = dict.fromkeys(shares, 0)
        self._sources, self._size = sources, size
        self._epoch_sizes: dict[str, float] = {}
        self._pass_began = dict(self.taken)
        self._open = {name: iter(documents) for name, documents in sources.items()}
        self._waiting = {name: self._read(name) for name in shares}

    def __iter__(self) -> Iterator[tuple[str, T]]:
        """Yield (name, document) without end."""
        while True:
            name = min(self.shares, key=lambda name: self.taken[name] / self.shares[name])
            document = self._waiting[name]
            self.taken[name] += self._size(document)
            self._waiting[name] = self._read(name)
            yield name, document

    def until(self, total: float) -> Iterator[tuple[str, T]]:
        """Yield (name, document) until their sizes reach a total.

        Args:
            total: in the unit of ``size``; the last document may go past it.
        """
        documents = iter(self)
        while sum(self.taken.values()) < total:
            yield next(documents)

    @property
    def epochs(self) -> dict[str, float]:
        """How often each source has come; not a number (nan) while that is less than once and its size unknown."""
        return {name: taken / self._epoch_sizes.get(name, math.nan) for name, taken in self.taken.items()}

    def _read(self, name: str) -> T:
        """The next document of a source; from its beginning if it has ended."""
        for document in self._open[name]:
            return document
        self._open[name] = iter(self._sources[name])
        for document in self._open[name]:
            self._end_pass(name)
            return document
        raise ValueError(f"the source {name!r} has no documents, or cannot be read twice: give a list or the like")

    def _end_pass(self, name: str) -> None:
        """Note the size of a source; refuse one that stays furthest behind its share, as it would come for ever."""
        if not self.taken[name] > self._pass_began[name]:
            raise ValueError(
                f"the source {name!r} adds nothing: the size of its documents is 0 in all. Leave out empty documents, "
                "and the source if there are no others"
            )
        self._epoch_sizes.setdefault(name, self.taken[name])
        self._pass_began[name] = self.taken[name]


def check_shares(shares: Mapping[str, float]) -> None:
    """Refuse shares that cannot be kept.

    Args:
        shares: source to share, in any unit.

    Raises:
        ValueError: if there is none, or one is not positive.

    Example:
        >>> check_shares({"web": 67, "books": 4.5})
    """
    if not shares or not all(share > 0 for share in shares.values()):
        raise ValueError(f"shares must be positive, got {dict(shares)}; leave a source out instead of giving it 0")
