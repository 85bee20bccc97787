"""Language identification: which language makes the letters of a text least surprising?

One small letter model per language: the probability of a letter after the two before it, learned by counting. A text
belongs to the language whose model gives it the highest probability (Bayes' rule with equal odds beforehand).

Source: Dunning, 1994, "Statistical identification of language". LLaMA used fastText's classifier, which is linear in
letter n-grams too.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .language_samples import SAMPLES
from .verdict import Verdict

LETTERS = "abcdefghijklmnopqrstuvwxyzàáâäãåæçèéêëìíîïñòóôöõøœùúûüÿß"
GAP, OTHER = 0, 1  # whatever is no letter, and letters that are not listed
N_SYMBOLS = len(LETTERS) + 2
MAX_CHARACTERS = 4000  # of a long text, its beginning says enough


def letter_symbols(text: str) -> np.ndarray:
    """Turn a text into numbers: one for each letter, one gap for whatever stands between words.

    Args:
        text: any text; capitals count as small letters.

    Returns:
        Integers below ``N_SYMBOLS``; the first and the last are gaps.

    Example:
        >>> letter_symbols("a, b 7 C!").tolist()
        [0, 2, 0, 3, 0, 4, 0]
    """
    points = np.frombuffer(f" {text.lower()} ".encode("utf-32-le", "replace"), np.uint32)
    symbols = _SYMBOL_OF[np.minimum(points, len(_SYMBOL_OF) - 1)]
    doubled = np.zeros(len(symbols), bool)
    doubled[1:] = (symbols[1:] == GAP) & (symbols[:-1] == GAP)
    return symbols[~doubled]


def _symbol_table() -> np.ndarray:
    """The symbol of every code point; the last entry, a letter, stands for all the scripts beyond."""
    table = np.array([OTHER if chr(point).isalpha() else GAP for point in range(0x3000)] + [OTHER])
    table[[ord(letter) for letter in LETTERS]] = np.arange(len(LETTERS)) + 2
    return table


_SYMBOL_OF = _symbol_table()


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The likeliest language of a text.

    Args:
        language: its code, such as ``en``; empty for a text without letters.
        probability: how sure, if it is one of the known languages.
        nats_per_letter: how surprising the text is even so; high for a language that is not known at all.
        log_odds: for each language, nats per letter by which it is less likely than the best; 0 for the best.
    """

    language: str
    probability: float
    nats_per_letter: float
    log_odds: dict[str, float]


class LanguageIdentifier:
    """One letter model per language, and Bayes' rule.

    The probability of a letter after two others is counted and mixed with that after one other, and that with the
    letter's own frequency, so that a run of letters never seen is unlikely but not impossible.

    Args:
        texts: sample texts of each language, by its code; a few thousand letters are enough.
        strength: how many observations the shorter context is worth.

    Raises:
        ValueError: if there are fewer than two languages, or one has no letters.

    Example:
        >>> identifier = LanguageIdentifier({"en": ["the cat and the dog"], "de": ["die Katze und der Hund"]})
        >>> identifier.identify("the rat").language
        'en'
    """

    def __init__(self, texts: Mapping[str, Iterable[str]], strength: float = 3.0):
        if len(texts) < 2:
            raise ValueError(f"at least two languages are needed to tell them apart, got {list(texts)}")
        self.languages = list(texts)
        self._log_probability = np.stack([_letter_model(code, texts[code], strength) for code in texts])

    def identify(self, text: str) -> Guess:
        """Find the likeliest language of a text."""
        symbols = letter_symbols(text[:MAX_CHARACTERS])
        if len(symbols) < 3:
            return Guess(language="", probability=0.0, nats_per_letter=0.0, log_odds={})
        runs = (symbols[:-2] * N_SYMBOLS + symbols[1:-1]) * N_SYMBOLS + symbols[2:]
        totals = self._log_probability[:, runs].sum(axis=1, dtype=np.float64)
        best = int(totals.argmax())
        odds = totals - totals[best]
        return Guess(
            language=self.languages[best],
            probability=float(1 / np.exp(odds).sum()),
            nats_per_letter=float(-totals[best] / len(runs)),
            log_odds={code: float(value / len(runs)) for code, value in zip(self.languages, odds, strict=True)},
        )


def _letter_model(code: str, texts: Iterable[str], strength: float) -> np.ndarray:
    """(N_SYMBOLS ** 3,): log probability of the third symbol after the first two, in nats."""
    counts = np.zeros(N_SYMBOLS**3)
    for text in texts:
        symbols = letter_symbols(text)
        runs = (symbols[:-2] * N_SYMBOLS + symbols[1:-1]) * N_SYMBOLS + symbols[2:]
        np.add.at(counts, runs, 1)
    if not counts.any():
        raise ValueError(f"the texts for {code!r} hold no letters")
    triples = counts.reshape(N_SYMBOLS, N_SYMBOLS, N_SYMBOLS)
    pairs = triples.sum(axis=0)
    alone = (pairs.sum(axis=0) + 1) / (pairs.sum() + N_SYMBOLS)
    after_one = (pairs + strength * alone) / (pairs.sum(axis=1, keepdims=True) + strength)
    after_two = (triples + strength * after_one) / (triples.sum(axis=2, keepdims=True) + strength)
    return np.log(after_two).astype(np.float32).ravel()


@lru_cache(maxsize=1)
def default_identifier() -> LanguageIdentifier:
    """Return an identifier for English, German, French and Spanish, trained on the texts of ``language_samples``.

    Example:
        >>> [default_identifier().identify(text).language for text in ("the night was dark", "die Nacht war dunkel")]
        ['en', 'de']
    """
    return LanguageIdentifier(SAMPLES)


class LanguageFilter:
    """Keep documents in some languages.

    Args:
        keep: codes of the languages that stay.
        min_probability: a document whose language is less sure than this is removed.
        max_nats_per_letter: a document more surprising than this is in none of the known languages and removed;
            about 3 for texts of a few lines. Unlimited if left out.
        identifier: None uses ``default_identifier``.

    Raises:
        ValueError: if the identifier does not know one of the languages.

    Example:
        >>> LanguageFilter(["en"])("Der Markt beginnt um sechs Uhr.").reason
        'the language is de (probability 1.00)'
    """

    def __init__(
        self,
        keep: Collection[str] = ("en",),
        min_probability: float = 0.5,
        max_nats_per_letter: float = math.inf,
        identifier: LanguageIdentifier | None = None,
    ):
        self.identifier = identifier or default_identifier()
        if unknown := sorted(set(keep) - set(self.identifier.languages)):
            raise ValueError(f"unknown languages {unknown}; known are {', '.join(self.identifier.languages)}")
        self.keep, self.min_probability = frozenset(keep), min_probability
        self.max_nats_per_letter = max_nats_per_letter

    def __call__(self, text: str) -> Verdict:
        """Judge one document; ``score`` is the probability of its likeliest language."""
        guess = self.identifier.identify(text)
        if guess.nats_per_letter > self.max_nats_per_letter:
            reason = f"none of the known languages ({guess.nats_per_letter:.1f} nats per letter)"
            return Verdict(text=text, reason=reason, kind="unknown language", score=guess.probability)
        if guess.language in self.keep and guess.probability >= self.min_probability:
            return Verdict(text=text, score=guess.probability)
        if not guess.language:
            return Verdict(text=text, reason="there are no letters", score=0.0)
        reason = f"the language is {guess.language} (probability {guess.probability:.2f})"
        return Verdict(text=text, reason=reason, kind=f"language {guess.language}", score=guess.probability)
