"""A raw crawl: clean pages under menus and adverts, spam, foreign pages, debris, link lists, and copies of pages.

Each document carries its truth, so that the precision and recall of a filter can be measured. A copy draws an earlier
document again from that one's own seed: the stream keeps nothing in memory and can start at any number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .cast import cast_of
from .choices import DrawingPen, Menu, Pen
from .facts import World
from .noise_language_samples import RULES as FOREIGN_RULES
from .noise_language_samples import WORDS as FOREIGN_WORDS
from .noise_words import FORMS, RULES, WORDS
from .page_things import TYPED
from .templates import Grammar
from .town import build_world
from .web import write_page
from .wording import with_article

LABELS = ("page", "spam", "foreign", "debris", "links", "duplicate", "near-duplicate")
NOISE = Grammar({**WORDS, **FOREIGN_WORDS}, {**RULES, **FOREIGN_RULES})
_FORMS = Menu([form[:3] for form in FORMS], [form[3] for form in FORMS])
_WRAPS = tuple(form[:3] for form in FORMS if form[0] == "page")
_LISTS = [[word for word in words if " " not in word] for name, words in TYPED.items() if name.endswith("_Q")]
_LIST_OF = {
    word: others
    for words in _LISTS
    for word in words
    if (others := [other for other in words if other != word and with_article(other)[:2] == with_article(word)[:2]])
}
_N_LOOKS = 20  # how many earlier documents are tried before a near duplicate is given up
_NEAR, _EXACT = 0.08, 0.16  # below the first: a near duplicate; below the second: an exact one


@dataclass(frozen=True, kw_only=True)
class NoisyDocument:
    """One document of a raw crawl, and what a cleaner should find out about it.

    Args:
        number: its place in the stream.
        text: as crawled.
        label: one of ``LABELS``.
        clean: the page without the lines around it; None where there is no page.
        duplicate_of: number of the first document that this one repeats, exactly or nearly; None for all others.
    """

    number: int
    text: str
    label: str
    clean: str | None = None
    duplicate_of: int | None = None


def write_noisy_page(pen: Pen, world: World) -> None:
    """Write one document of a raw crawl: a page under menus and adverts, or something that is no page at all.

    Args:
        pen: what to write with.
        world: what is true.

    Example:
        >>> pen = DrawingPen(Random(1))
        >>> write_noisy_page(pen, build_world())
        >>> pen.text().splitlines()[:2]
        ['Skip to content', 'This site is best viewed at 640x480.']
    """
    label, _, rule = pen.pick(_FORMS, _opening)
    NOISE.write(rule, pen, cast_of(world))
    if label == "page":
        write_page(pen, world)
        NOISE.write("foot", pen, {})


def noisy_documents(
    seed: int = 1, split: str = "train", first: int = 0, world: World | None = None
) -> Iterator[NoisyDocument]:
    """Yield the documents of a raw crawl without end, with the truth about each.

    Their choices carry no account of information: what is noise or a copy is not meant to be learned.

    Args:
        seed: of the choices.
        split: any word; different words give independent streams.
        first: number of the first document, to go on where another run stopped.
        world: what is true; the town of seed 1 by default.

    Yields:
        Document ``first``, ``first + 1``, and so on.

    Example:
        >>> from itertools import islice
        >>> later = list(islice(noisy_documents(seed=5, first=40), 10))
        >>> later == list(islice(noisy_documents(seed=5), 50))[40:]
        True
    """
    crawl = _Crawl(f"{seed} noisy {split}", world or build_world())
    while True:
        yield crawl.document(first)
        first += 1


def _opening(form: tuple[str, str, str]) -> str:
    return form[1]


class _Crawl:
    """Computes any document of one stream."""

    def __init__(self, seed: str, world: World) -> None:
        self._seed = seed
        self._world = world

    def document(self, number: int) -> NoisyDocument:
        random = self._random(number)
        fate = random.random()
        if number and fate < _NEAR and (source := self._page_before(number, random)):
            return self._near_copy(number, source, random)
        if number and _NEAR <= fate < _EXACT:
            return self._exact_copy(number, int(random.random() * number))
        return self._fresh(number)

    def _random(self, number: int) -> Random:
        return Random(f"{self._seed} {number}")

    def _is_fresh(self, number: int) -> bool:
        """Tell so from the first random number alone, so that looking back is cheap."""
        return number == 0 or self._random(number).random() >= _EXACT

    def _fresh(self, number: int) -> NoisyDocument:
        pen = DrawingPen(Random(f"{self._seed} text {number}"))
        label, _, rule = pen.pick(_FORMS, _opening)
        NOISE.write(rule, pen, cast_of(self._world))
        clean = None
        if label == "page":
            start = len(pen.text())
            write_page(pen, self._world)
            clean = pen.text()[start:]
            NOISE.write("foot", pen, {})
        return NoisyDocument(number=number, text=pen.text(), label=label, clean=clean)

    def _exact_copy(self, number: int, source: int) -> NoisyDocument:
        while not self._is_fresh(source):
            source -= 1
        original = self._fresh(source)
        return NoisyDocument(
            number=number, text=original.text, label="duplicate", clean=original.clean, duplicate_of=source
        )

    def _page_before(self, number: int, random: Random) -> NoisyDocument | None:
        for _ in range(_N_LOOKS):
            source = int(random.random() * number)
            if self._is_fresh(source) and (original := self._fresh(source)).clean and _places(original.clean):
                return original
        return None

    def _near_copy(self, number: int, original: NoisyDocument, random: Random) -> NoisyDocument:
        """The same page with one or two words changed, between other lines."""
        clean = _with_other_words(original.clean, random)
        pen = DrawingPen(random)
        _, _, rule = pen.pick(_WRAPS, _opening)
        NOISE.write(rule, pen, {})
        pen.say(clean)
        NOISE.write("foot", pen, {})
        return NoisyDocument(
            number=number, text=pen.text(), label="near-duplicate", clean=clean, duplicate_of=original.number
        )


def _places(text: str) -> list[int]:
    """Numbers of the words that have others to take their place."""
    return [i for i, word in enumerate(text.split(" ")) if word in _LIST_OF]


def _with_other_words(text: str, random: Random) -> str:
    """Put other adjectives of the same kind in place of one or two; "a" and "an" stay right."""
    words, places = text.split(" "), _places(text)
    for _ in range(min(1 + int(random.random() * 2), len(places))):
        options = _LIST_OF[words[place := places.pop(int(random.random() * len(places)))]]
        words[place] = options[int(random.random() * len(options))]
    return " ".join(words)
