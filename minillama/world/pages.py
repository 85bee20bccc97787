"""The grammar of all pages that a crawl of the town finds: word lists and templates put together."""

from collections.abc import Mapping

from . import (
    page_animals,
    page_common,
    page_diary,
    page_facts,
    page_howto,
    page_news,
    page_news_town,
    page_notices,
    page_notices_lost,
    page_portrait,
    page_recipe,
    page_review,
    page_tales,
    page_travel,
    page_weather,
    page_workday,
)
from .page_cooking import TABLES as COOKING
from .page_doings import TABLES as DOINGS
from .page_goods import TABLES as GOODS
from .page_moments import MOMENTS
from .page_tables import TABLES
from .page_things import TYPED
from .page_trades import TRADES
from .page_words import WORDS
from .templates import Grammar

_PARTS = (
    page_animals, page_common, page_diary, page_facts, page_howto, page_news, page_news_town, page_notices,
    page_notices_lost, page_portrait, page_recipe, page_review, page_tales, page_travel, page_weather, page_workday,
)  # fmt: skip
_SHARED = {name: texts for part in _PARTS for name, texts in part.RULES.items()}
WEB = {
    "news": 20, "diary": 14, "recipe": 12, "notice": 12, "event": 6, "weather": 8, "review": 10, "anecdote": 10,
    "letter": 8,
}  # fmt: skip
CRAWL = {"portrait": 22, "howto": 18, "travel": 16, "diary": 12, "tale": 20, "anecdote": 6, "recipe": 6}
_OPENINGS = 420  # divisible by the number of openings that any kind of page has


def _mixture(shares: Mapping[str, int]) -> tuple[str, ...]:
    """All openings of some kinds of pages as alternatives of one choice; a kind's openings divide its share."""
    return tuple(
        f"{share * _OPENINGS // len(_SHARED[kind])}*{text}" for kind, share in shares.items() for text in _SHARED[kind]
    )


RULES = {**_SHARED, "web": _mixture(WEB), "crawl": _mixture(CRAWL)}
PAGES = Grammar({**WORDS, **TABLES, **COOKING, **TYPED, **MOMENTS, **TRADES, **DOINGS, **GOODS}, RULES)
