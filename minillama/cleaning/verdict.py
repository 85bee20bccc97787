"""What a filter says about one document."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Keep or remove one document, and why.

    Args:
        text: the document, shortened if the filter takes lines out.
        reason: why it should be removed, in words and figures; empty if it should be kept.
        kind: the reason without figures, for counting; empty if the reason has none.
        score: the figure that decided, in the filter's own unit; for plots.

    Example:
        >>> Verdict(text="Hello.").is_kept
        True
    """

    text: str
    reason: str = ""
    kind: str = ""
    score: float = math.nan

    @property
    def is_kept(self) -> bool:
        """Whether there is no reason to remove it."""
        return not self.reason
