"""How the course speaks to a learner: in color in a notebook, in plain text elsewhere."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

COLORS = {"OK": "#009E73", "WRONG": "#D55E00", "TODO": "#1E88D2", "NOTE": "#888888"}


@dataclass(frozen=True)
class Message:
    """A status word, a title and lines of explanation.

    Args:
        status: OK, WRONG, TODO or NOTE.
        title: one line.
        lines: what was observed, hints, what to do next.

    Example:
        >>> print(Message("OK", "rms_norm", ("all checks passed",)))
        OK    rms_norm
              all checks passed
    """

    status: str
    title: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.status:5} {self.title}", *(f"      {line}" for line in self.lines)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        color = COLORS[self.status]
        lines = "".join(f"<div>{_code(line)}</div>" for line in self.lines)
        return (
            f'<div style="border-left: 5px solid {color}; padding: 2px 10px; margin: 4px 0">'
            f'<b style="color: {color}">{self.status}</b> <b>{_code(self.title)}</b>{lines}</div>'
        )


@dataclass(frozen=True)
class Table:
    """A small table of text.

    Args:
        header: column titles.
        rows: as many texts as there are columns.

    Example:
        >>> print(Table(("a", "b"), [("1", "22")]))
        a  b
        1  22
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def __str__(self) -> str:
        widths = [max(len(row[i]) for row in (self.header, *self.rows)) for i in range(len(self.header))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (self.header, *self.rows)
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th style="text-align: left">{html.escape(cell)}</th>' for cell in self.header)
        body = "".join(
            "<tr>" + "".join(f'<td style="text-align: left">{html.escape(cell)}</td>' for cell in row) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def show(thing: Message | Table) -> None:
    """Display in a notebook, print elsewhere."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(thing)
        return
    if get_ipython() is None:
        print(thing)
    else:
        display(thing)


def _code(text: str) -> str:
    """Escape for HTML, and set `text between backticks` as code."""
    parts = html.escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
