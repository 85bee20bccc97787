"""Find fixed strings in a text that arrives in chunks; tokenizers cut special tokens out with it."""

import re
from collections.abc import Iterable


class Literals:
    """A set of strings to cut out of texts. Where several match, the first place and then the longest wins.

    Args:
        strings: what to find; none may be empty.

    Raises:
        ValueError: if a string is empty.

    Example:
        >>> Literals(["<s>", "<s>>"]).split("a<s>>b")
        (['a', '<s>>', 'b'], '')
    """

    def __init__(self, strings: Iterable[str] = ()):
        ordered = sorted(strings, key=len, reverse=True)
        if "" in ordered:
            raise ValueError("an empty string cannot be cut out of a text; leave it out")
        self.longest = len(ordered[0]) if ordered else 0
        self._pattern = re.compile(f"({'|'.join(map(re.escape, ordered))})") if ordered else None

    def split(self, text: str, final: bool = True) -> tuple[list[str], str]:
        """Cut a text at the strings.

        Args:
            text: what has arrived so far and was not settled yet.
            final: no more text follows. If more may follow, an end that could be the beginning of a
                string is held back.

        Returns:
            Plain text and found strings in turn, plain text first and last, perhaps empty; and what is held back.
        """
        if self._pattern is None:
            return [text], ""
        if final:
            return self._pattern.split(text), ""
        decided = max(0, len(text) - self.longest + 1)  # from here on a longer string could still begin
        parts, end = [], 0
        for match in self._pattern.finditer(text):
            if match.start() >= decided:
                break
            parts += [text[end : match.start()], match[0]]
            end = match.end()
        decided = max(decided, end)
        return [*parts, text[end:decided]], text[decided:]
