"""Rules of thumb that tell prose from what else stands on web pages: every rule is one figure and its bounds.

They are simple enough to argue with: draw the figure's histogram, look at documents near the bound, move it.

Source: Raffel et al., 2020, C4, arXiv:1910.10683, section 2.2; Rae et al., 2021, Gopher, arXiv:2112.11446, appendix
A.1.1. LLaMA used C4's rules for C4 and rules on line length and letters for code.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .boilerplate import ends_sentence
from .language_samples import STOP_WORDS
from .verdict import Verdict

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One figure of a text and what it may be.

    Args:
        name: what is measured, in words that complete "... is 0.4, at most 0.3 is allowed".
        measure: from a text to the figure.
        least: the smallest that is allowed.
        most: the largest that is allowed.
    """

    name: str
    measure: Callable[[str], float]
    least: float = -math.inf
    most: float = math.inf

    def complaint(self, text: str) -> str:
        """Say how a text breaks the rule; empty if it does not."""
        figure = self.measure(text)
        if figure < self.least:
            return f"{self.name} is {figure:.3g}, at least {self.least:g} is needed"
        if figure > self.most:
            return f"{self.name} is {figure:.3g}, at most {self.most:g} is allowed"
        return ""


def n_words(text: str) -> float:
    """Count the words.

    Example:
        >>> n_words("It's 7 o'clock, they said.")
        4
    """
    return len(_WORD.findall(text))


def mean_word_length(text: str) -> float:
    """Return the letters per word; 0 without words. Prose has 3 to 10 in most languages.

    Example:
        >>> mean_word_length("one three")
        4.0
    """
    words = _WORD.findall(text)
    return sum(map(len, words)) / len(words) if words else 0.0


def letter_share(text: str) -> float:
    """Return the share of letters among all characters that are not spaces; 0 for an empty text.

    Example:
        >>> letter_share("ab 1!")
        0.5
    """
    solid = "".join(text.split())
    return sum(map(str.isalpha, solid)) / len(solid) if solid else 0.0


def capital_share(text: str) -> float:
    """Return the share of capitals among the letters; 0 without letters. Shouting has most.

    Example:
        >>> capital_share("BUY now")
        0.5
    """
    n_letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) / n_letters if n_letters else 0.0


def symbol_share(text: str) -> float:
    """Return how many signs of markup and shouting there are per word.

    Counted are ``# * | { } < > = ~ ^ \\ @ $ % _``, ``...``, ``!!`` and addresses.

    Example:
        >>> symbol_share("# one two | three four!!")
        0.75
    """
    n_symbols = len(re.findall(r"[#*|{}<>=~^\\@$%_]|\.{3,}|!{2,}|https?:|www\.", text))
    return n_symbols / max(1, len(_WORD.findall(text)))


def stop_word_share(text: str, language: str = "en") -> float:
    """Return the share of words that hold sentences together: about 0.3 to 0.5 in prose, near 0 in lists.

    Args:
        text: any text.
        language: code of the language, a key of ``STOP_WORDS``.

    Raises:
        ValueError: if there is no list for the language.

    Example:
        >>> stop_word_share("The cat is on the mat") > stop_word_share("cheap cat mat shop")
        True
    """
    if language not in STOP_WORDS:
        raise ValueError(f"there is no list of stop words for {language!r}; there are {', '.join(STOP_WORDS)}")
    words = _WORD.findall(text.lower())
    return sum(word in STOP_WORDS[language] for word in words) / len(words) if words else 0.0


def ended_line_share(text: str) -> float:
    """Return the share of lines that end like a sentence: near 1 in prose, near 0 in menus.

    Example:
        >>> ended_line_share("Home\\nShop\\nWe sell boats.\\nCome in!")
        0.5
    """
    lines = _lines(text)
    return sum(map(ends_sentence, lines)) / len(lines) if lines else 0.0


def repeated_line_share(text: str) -> float:
    """Return the share of lines that stood in the text before.

    Example:
        >>> repeated_line_share("Buy!\\nBuy!\\nBuy!\\nNow!")
        0.5
    """
    lines = _lines(text)
    return 1 - len(set(lines)) / len(lines) if lines else 0.0


def top_pair_share(text: str) -> float:
    """Return how much of the text the most frequent pair of neighboring words makes up; 0 if none is repeated.

    Example:
        >>> top_pair_share("cheap boats, cheap boats, really cheap boats")
        0.857...
    """
    words = _WORD.findall(text.lower())
    pair, count = max(Counter(zip(words, words[1:], strict=False)).items(), key=lambda item: item[1], default=("", 0))
    return 2 * count / len(words) if count > 1 else 0.0


def longest_line(text: str) -> float:
    """Return the number of characters in the longest line.

    Example:
        >>> longest_line("ab\\nabcd")
        4
    """
    return max(map(len, text.splitlines()), default=0)


def _lines(text: str) -> list[str]:
    """The lines that are not empty, without spaces around them."""
    return [stripped for line in text.splitlines() if (stripped := line.strip())]


PROSE_RULES = (
    Rule(name="the number of words", measure=n_words, least=20, most=100_000),
    Rule(name="the mean length of a word", measure=mean_word_length, least=3, most=10),
    Rule(name="the share of letters", measure=letter_share, least=0.75),
    Rule(name="the share of capitals", measure=capital_share, most=0.25),
    Rule(name="the number of symbols per word", measure=symbol_share, most=0.1),
    Rule(name="the share of stop words", measure=stop_word_share, least=0.12),
    Rule(name="the share of lines that end a sentence", measure=ended_line_share, least=0.2),
    Rule(name="the share of repeated lines", measure=repeated_line_share, most=0.3),
    Rule(name="the share of the most frequent pair of words", measure=top_pair_share, most=0.2),
)

CODE_RULES = (
    Rule(name="the length of the longest line", measure=longest_line, most=1000),
    Rule(name="the share of letters", measure=letter_share, least=0.25),
    Rule(name="the share of repeated lines", measure=repeated_line_share, most=0.7),
)


def measure(text: str, rules: Iterable[Rule] = PROSE_RULES) -> dict[str, float]:
    """Return the figures of a text, by the names of the rules.

    Args:
        text: any text.
        rules: which figures.

    Example:
        >>> measure("A cat sat.")["the number of words"]
        3
    """
    return {rule.name: rule.measure(text) for rule in rules}


class RuleFilter:
    """Remove documents that break a rule, and name every rule they break.

    Args:
        rules: the rules; change one with ``dataclasses.replace``.

    Example:
        >>> RuleFilter()("BUY BOATS NOW").reason.split("; ")[0]
        'the number of words is 3, at least 20 is needed'
    """

    def __init__(self, rules: Sequence[Rule] = PROSE_RULES):
        self.rules = tuple(rules)

    def __call__(self, text: str) -> Verdict:
        """Judge one document; ``score`` is the number of rules it breaks, ``kind`` the first of them."""
        broken = {rule.name: complaint for rule in self.rules if (complaint := rule.complaint(text))}
        return Verdict(text=text, reason="; ".join(broken.values()), kind=next(iter(broken), ""), score=len(broken))
