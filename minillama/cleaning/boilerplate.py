"""Boilerplate: lines that are not part of a page's text, such as menus, cookie notices and footers.

``LineCounts`` and ``BoilerplateLines`` find lines that stand on many pages, in two passes: the first counts, the
second cuts. The counts live in a table of fixed size, so their memory does not depend on the corpus.
``SentenceLines`` goes by form: whatever does not end like a sentence goes, and many a heading with it.

Source: Wenzek et al., 2020, CCNet, arXiv:1911.00359, section 3.1 (there: paragraphs, compared by the first 64 bits of
their SHA-1); Raffel et al., 2020, C4, arXiv:1910.10683, section 2.2, for lines that are sentences (see
``ends_sentence`` for the ends that C4 does not accept).
"""

import hashlib
import re

import numpy as np

from .verdict import Verdict

_NO_LETTERS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", '"', "'", "…", "”", "’", ":", ";", "»")


def line_key(line: str) -> str:
    """Return what is compared: lower case, every number a 0, no punctuation.

    Args:
        line: one line of a document.

    Returns:
        The key; empty for a line without letters or digits.

    Example:
        >>> line_key("Page 12 -- (c) 2021 All rights reserved.")
        'page 0 c 0 all rights reserved'
    """
    return _NO_LETTERS.sub(" ", _DIGITS.sub("0", line.lower())).strip()


def ends_sentence(line: str) -> bool:
    """Say whether a line ends like a sentence, perhaps a quoted one.

    C4 accepts a period, an exclamation mark, a question mark or a closing quotation mark. Here an ellipsis, a colon
    and a semicolon end a line as well: in prose they stand before a list, a quotation or a verse, which would else
    lose its beginning. More menus stay for it.

    Args:
        line: one line of a document; spaces at its end do not count.

    Example:
        >>> ends_sentence('He said: "Go!" '), ends_sentence("We sell:"), ends_sentence("Home | Shop")
        (True, True, False)

    Source:
        Raffel et al., 2020, C4, arXiv:1910.10683, section 2.2, first rule.
    """
    return line.rstrip().endswith(_ENDS)


class LineCounts:
    """Count on how many documents each line stands, in constant memory.

    A count-min sketch: each line adds one to a counter in each of four rows, at places that a hash decides. Other
    lines may share some of them, so the smallest of the four is never too low, and rarely too high as long as there
    are fewer different lines than counters in a row.

    Args:
        n_counters: counters in each of the four rows; four bytes each, so 16 MB if left out.

    Raises:
        ValueError: if ``n_counters`` is not positive.

    Example:
        >>> counts = LineCounts()
        >>> for page in ("Home | About\\nA cat.", "Home | About\\nA dog."):
        ...     counts.add(page)
        >>> counts.count("home about"), counts.count("A dog."), counts.count("A cow.")
        (2, 1, 0)

    Source:
        Cormode and Muthukrishnan, 2005, "An improved data stream summary: the count-min sketch and its applications".
    """

    def __init__(self, n_counters: int = 1 << 20):
        if n_counters < 1:
            raise ValueError(f"n_counters must be positive, got {n_counters}")
        self.n_documents = 0
        self._table = np.full((4, n_counters), 0, np.uint32)  # all of it now: np.zeros would grow as it is used

    def add(self, text: str) -> None:
        """Count the lines of one document, each once."""
        self.n_documents += 1
        keys = {line_key(line) for line in text.splitlines()} - {""}
        if keys:
            rows, places = np.arange(4)[:, None], self._places(sorted(keys))
            counters = self._table[rows, places]
            # Conservative update: a counter above the line's own count was raised by others and need not rise.
            np.maximum.at(self._table, (rows, places), np.broadcast_to(counters.min(axis=0) + 1, counters.shape))

    def count(self, line: str) -> int:
        """Return on how many documents a line stood; never too low."""
        return self.counts([line])[0]

    def counts(self, lines: list[str]) -> list[int]:
        """Return the counts of several lines; 0 for a line without letters or digits."""
        keys = [line_key(line) for line in lines]
        if not keys:
            return []
        found = self._table[np.arange(4)[:, None], self._places(keys)].min(axis=0).tolist()
        return [count if key else 0 for count, key in zip(found, keys, strict=True)]

    def _places(self, keys: list[str]) -> np.ndarray:
        """(4, number of keys): where each key counts."""
        digests = b"".join(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=32).digest() for key in keys)
        return (np.frombuffer(digests, np.uint64).reshape(-1, 4).T % self._table.shape[1]).astype(np.int64)


class BoilerplateLines:
    """Take lines out of documents that stand on too many of them.

    Args:
        counts: filled from the whole corpus.
        max_documents: a line on more documents than this is boilerplate.
        min_characters: a document with fewer characters left is removed.

    Raises:
        ValueError: if ``max_documents`` is not positive.

    Example:
        >>> counts = LineCounts()
        >>> pages = ["Home | About\\nA cat sat on the mat.", "Home | About\\nA dog.", "Home | About\\nA cow."]
        >>> for page in pages:
        ...     counts.add(page)
        >>> BoilerplateLines(counts, max_documents=2, min_characters=1)(pages[0]).text
        'A cat sat on the mat.'
    """

    def __init__(self, counts: LineCounts, max_documents: int = 5, min_characters: int = 1):
        if max_documents < 1:
            raise ValueError(f"max_documents must be at least 1, got {max_documents}")
        self.counts, self.max_documents, self.min_characters = counts, max_documents, min_characters

    def split(self, text: str) -> tuple[list[str], list[str]]:
        """Return the lines that stay and the lines that go, in order."""
        lines = text.splitlines()
        often = [count > self.max_documents for count in self.counts.counts(lines)]
        kept = [line for line, is_often in zip(lines, often, strict=True) if not is_often]
        return kept, [line for line, is_often in zip(lines, often, strict=True) if is_often]

    def __call__(self, text: str) -> Verdict:
        """Judge one document; ``score`` is the share of its characters that were boilerplate."""
        kept, gone = self.split(text)
        rest = "\n".join(kept).strip("\n") if gone else text
        share = sum(map(len, gone)) / max(1, len(text))
        if len(rest.strip()) < self.min_characters:
            reason = f"{share:.0%} of it is boilerplate; {len(rest.strip())} characters are left"
            return Verdict(text=rest, reason=reason, kind="nothing but boilerplate", score=share)
        return Verdict(text=rest, score=share)


class SentenceLines:
    """Take lines out of documents that do not end like a sentence or have few words.

    Args:
        min_words: a line with fewer words goes.
        min_lines: a document with fewer lines left is removed.

    Example:
        >>> SentenceLines()("Home | Shop\\nA tale\\nOnce there was a cat.").text
        'Once there was a cat.'

    Source:
        Raffel et al., 2020, C4, arXiv:1910.10683, section 2.2 (there: five words, and three sentences in a page; and
        fewer signs end a sentence, see ``ends_sentence``).
    """

    def __init__(self, min_words: int = 5, min_lines: int = 1):
        self.min_words, self.min_lines = min_words, min_lines

    def __call__(self, text: str) -> Verdict:
        """Judge one document; ``score`` is the share of its characters in lines that go."""
        lines = text.splitlines()
        kept = [line for line in lines if ends_sentence(line) and len(line.split()) >= self.min_words]
        rest = "\n".join(kept)
        share = 1 - sum(map(len, kept)) / max(1, sum(map(len, lines)))
        if len(kept) < self.min_lines:
            reason = f"{len(kept)} lines are sentences, at least {self.min_lines} are needed"
            return Verdict(text=rest, reason=reason, kind="too few sentences", score=share)
        return Verdict(text=rest, score=share)
