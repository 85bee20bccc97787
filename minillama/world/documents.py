"""Documents of the world, one by one: any number, any order, always the same for the same seed.

Each document has its own random numbers, seeded by (seed, split, number). So a stream needs no memory, can start at any
number, and no training document depends on how many others there are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from .books import write_book
from .choices import DrawingPen, Menu, Pen, ReadingPen, information, read
from .code import write_code
from .crawl import write_crawl
from .encyclopedia import write_article
from .facts import World
from .papers import write_paper
from .questions import write_question
from .town import build_world
from .web import write_page

Writer = Callable[[Pen, World], object]
# One writer for each source of the LLaMA mixture, in the order of its Table 1:
# CommonCrawl, C4, GitHub, Wikipedia, Books, ArXiv, StackExchange.
WRITERS: dict[str, Writer] = {
    "web": write_page,
    "crawl": write_crawl,
    "code": write_code,
    "encyclopedia": write_article,
    "books": write_book,
    "papers": write_paper,
    "questions": write_question,
}
KINDS = tuple(WRITERS)
PROSE = ("web", "crawl", "encyclopedia", "books")
# Share of the bytes, in thousandths. Source: Touvron et al., 2023, arXiv:2302.13971, Table 1.
SHARES = {"web": 670, "crawl": 150, "code": 45, "encyclopedia": 45, "books": 45, "papers": 25, "questions": 20}
# Mean length of a document in bytes, measured on 20,000 of each kind; a test holds them.
MEAN_BYTES = {
    "web": 779, "crawl": 865, "code": 541, "encyclopedia": 655, "books": 1634, "papers": 652, "questions": 391
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text with its origin.

    Args:
        kind: one of ``KINDS``.
        number: its place in the stream of its split.
        text: without any marker at its end.
        bits: information of its choices given the world; its kind, where that was drawn, counted.
    """

    kind: str
    number: int
    text: str
    bits: float

    @property
    def n_bytes(self) -> int:
        """Length in UTF-8."""
        return len(self.text.encode())


def kind_menu(shares: Mapping[str, int] | None = None) -> Menu[str]:
    """Return the kinds with the weights that give each its share of the bytes.

    Args:
        shares: kind to share, in any unit; the LLaMA mixture by default.

    Raises:
        ValueError: if a kind is unknown or no share is positive.

    Example:
        >>> kind_menu({"web": 1, "books": 1}).options
        ('web', 'books')
    """
    shares = SHARES if shares is None else shares
    unknown = [kind for kind in shares if kind not in KINDS]
    if unknown or not any(share > 0 for share in shares.values()):
        raise ValueError(f"shares needs a positive share of some of {', '.join(KINDS)}, got {dict(shares)}")
    wanted = [kind for kind in KINDS if shares.get(kind, 0) > 0]
    return Menu(wanted, [max(1, round(1_000_000 * shares[kind] / MEAN_BYTES[kind])) for kind in wanted])


def documents(
    seed: int = 1,
    split: str = "train",
    first: int = 0,
    kinds: Menu[str] | None = None,
    writers: Mapping[str, Writer] | None = None,
    world: World | None = None,
) -> Iterator[Document]:
    """Yield documents without end.

    Args:
        seed: of the choices.
        split: any word, such as "train" or "test"; different words give independent streams.
        first: number of the first document, to go on where another run stopped.
        kinds: what to draw the kind from; the LLaMA mixture by default.
        writers: kind to writer; the clean writers by default.
        world: what is true; the town of seed 1 by default.

    Yields:
        Document ``first``, ``first + 1``, and so on.

    Example:
        >>> stream = documents(seed=5)
        >>> next(stream) == next(documents(seed=5)), next(stream).number
        (True, 1)
    """
    kinds, writers, world = kinds or kind_menu(), writers or WRITERS, world or build_world()
    number = first
    while True:
        random = Random(f"{seed} {split} {number}")
        pen = DrawingPen(random)
        kind = pen.pick(kinds, lambda kind: "")
        writers[kind](pen, world)
        yield Document(kind=kind, number=number, text=pen.text(), bits=pen.bits)
        number += 1


def parse(document: Document, world: World | None = None) -> ReadingPen:
    """Recover every choice of a clean document from its text and its kind.

    Args:
        document: the text to read.
        world: what is true; the town of seed 1 by default.

    Raises:
        ValueError: if no writer of this kind can have written it.
    """
    world = world or build_world()
    return read(lambda pen: WRITERS[document.kind](pen, world), document.text)


def kind_bits(kind: str, kinds: Menu[str] | None = None) -> float:
    """Return the information in the choice of a document's kind."""
    kinds = kinds or kind_menu()
    return information(kinds, kinds.options.index(kind))
