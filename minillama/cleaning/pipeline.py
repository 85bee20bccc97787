"""Run filters over documents and keep account of what each of them removed, and why."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .verdict import Verdict

Filter = Callable[[str], Verdict]
_NUMBER = re.compile(r"\d+([.,]\d+)*")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one document.

    Args:
        number: its place in the input, from 0.
        original: the document as it came.
        text: the document as it is now; filters may have taken lines out.
        removed_by: name of the filter that removed it; empty if it was kept.
        verdicts: what each filter said that saw it, by name, in order.
    """

    number: int
    original: str
    text: str
    removed_by: str
    verdicts: dict[str, Verdict]

    @property
    def is_kept(self) -> bool:
        """Whether no filter removed it."""
        return not self.removed_by

    @property
    def reason(self) -> str:
        """Why it was removed; empty if it was kept."""
        return self.verdicts[self.removed_by].reason if self.removed_by else ""


def clean(documents: Iterable[str], filters: Mapping[str, Filter]) -> Iterator[Outcome]:
    """Send every document through the filters until one removes it.

    Cheap filters come first, and de-duplication last if the others shorten the text: two pages may be equal only
    once their menus are gone.

    Args:
        documents: texts, read as needed.
        filters: functions from a text to a verdict, by a name of your choice, in the order of use.

    Yields:
        One outcome per document, kept or not, in the order of the documents.

    Example:
        >>> short = lambda text: Verdict(text=text, reason="" if len(text) > 2 else "too short", score=len(text))
        >>> for outcome in clean(["a", "abc"], {"length": short}):
        ...     print(outcome.number, outcome.is_kept, outcome.reason)
        0 False too short
        1 True
    """
    for number, original in enumerate(documents):
        text, removed_by, verdicts = original, "", {}
        for name, judge in filters.items():
            verdicts[name] = judge(text)
            text = verdicts[name].text
            if not verdicts[name].is_kept:
                removed_by = name
                break
        yield Outcome(number=number, original=original, text=text, removed_by=removed_by, verdicts=verdicts)


@dataclass
class Account:
    """Documents and bytes that went into one filter, and what did not come out.

    Args:
        n_documents: documents it saw.
        n_bytes: their UTF-8 length when they came.
        n_removed: documents it removed.
        n_bytes_removed: bytes of those, and bytes it cut out of documents it kept.
        reasons: how often each kind of reason was given. Where a verdict names no kind, it is its reason with every
            number a 0, so that like counts as like.
    """

    n_documents: int = 0
    n_bytes: int = 0
    n_removed: int = 0
    n_bytes_removed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def account(outcomes: Iterable[Outcome]) -> dict[str, Account]:
    """Count what each filter removed.

    Args:
        outcomes: what ``clean`` yields.

    Returns:
        One account per filter, in the order of use.

    Example:
        >>> short = lambda text: Verdict(text=text, reason="" if len(text) > 2 else "too short")
        >>> account(clean(["a", "b", "abc"], {"length": short}))["length"].n_removed
        2
    """
    accounts: dict[str, Account] = {}
    for outcome in outcomes:
        before = len(outcome.original.encode())
        for name, verdict in outcome.verdicts.items():
            entry = accounts.setdefault(name, Account())
            after = len(verdict.text.encode()) if verdict.is_kept else 0
            entry.n_documents += 1
            entry.n_bytes += before
            entry.n_bytes_removed += before - after
            if not verdict.is_kept:
                entry.n_removed += 1
                kind = verdict.kind or _NUMBER.sub("0", verdict.reason)
                entry.reasons[kind] = entry.reasons.get(kind, 0) + 1
            before = after
    return accounts
