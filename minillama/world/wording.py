"""English words in their sentence: the indefinite article, the capital at the beginning."""

import re
from functools import cache

_VOWEL = re.compile(r"(?!use|uni[cfqtv]|eu|on[ce]e?\b)[aeiou]|hour|honest", re.IGNORECASE)


@cache
def with_article(word: str) -> str:
    """Return a word after its indefinite article.

    Example:
        >>> with_article("old mill"), with_article("hour"), with_article("useful mill")
        ('an old mill', 'an hour', 'a useful mill')
    """
    return f"an {word}" if _VOWEL.match(word) else f"a {word}"


@cache
def capital(word: str) -> str:
    """Return a text with a capital at its beginning.

    Example:
        >>> capital("the mill in Dunhollow")
        'The mill in Dunhollow'
    """
    return word[:1].upper() + word[1:]


def capital_with_article(word: str) -> str:
    """Return a word after its indefinite article, which begins a sentence.

    Example:
        >>> capital_with_article("old mill")
        'An old mill'
    """
    return capital(with_article(word))
