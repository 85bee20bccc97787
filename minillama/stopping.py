"""Stop strings: ending a text where a phrase appears, while it is being shown piece by piece."""

from collections.abc import Iterable


class StopStrings:
    """Hold text back while it may become a stop string, and cut it where one is complete.

    A token may end in the middle of a stop string, so what looks like the start of one must not be shown before the
    next token has decided. The stop string that is complete first wins; of two that end at the same character, the
    longer one. Where the text is cut does not depend on how it was divided into pieces.

    Args:
        stops: the stop strings; none lets everything through.

    Raises:
        ValueError: if a stop string is empty, or ``stops`` is a single string.

    Example:
        >>> stops = StopStrings(["User:"])
        >>> stops.feed("Yes. Us"), stops.feed("e it."), stops.feed(" User: And"), stops.found
        ('Yes. ', 'Use it.', ' ', 'User:')
    """

    def __init__(self, stops: Iterable[str]) -> None:
        if isinstance(stops, str):
            raise ValueError(f"stops must be a list of strings, got the string {stops!r}: write [{stops!r}]")
        self._stops = tuple(stops)
        if "" in self._stops:
            raise ValueError("a stop string must not be empty: every text would end before it began")
        self._held = ""
        self.found: str | None = None

    def feed(self, piece: str) -> str:
        """Take the next piece of text and return what can be shown by now.

        Args:
            piece: any length, may be empty.

        Returns:
            Text that is certain to stand before a stop string; nothing more once one was found.
        """
        if self.found is not None:
            return ""
        text = self._held + piece
        self._held = ""
        ends = [(text.index(stop) + len(stop), -len(stop), stop) for stop in self._stops if stop in text]
        if ends:
            end, _, self.found = min(ends)
            return text[: end - len(self.found)]
        n_shown = len(text) - self._n_undecided(text)
        self._held = text[n_shown:]
        return text[:n_shown]

    def finish(self) -> str:
        """Return what was held back, now that no more text will come."""
        held, self._held = self._held, ""
        return held

    def _n_undecided(self, text: str) -> int:
        """Length of the longest ending that is the start of a stop string."""
        longest = max(map(len, self._stops), default=1) - 1
        for n in range(min(longest, len(text)), 0, -1):
            if any(stop.startswith(text[-n:]) for stop in self._stops):
                return n
        return 0
