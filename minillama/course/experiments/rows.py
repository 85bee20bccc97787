"""Tables of results: rows of an experiment as a CSV file that ships with the course."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeVar

from ..progress import write_atomically

Row = TypeVar("Row")


def read_rows(kind: type[Row], path: Path) -> list[Row]:
    """Read a table; there are no rows if the file, such as the folder ``data/``, is not here.

    Args:
        kind: a dataclass whose fields are the columns.
        path: the table.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [kind(**{f.name: f.type(row[f.name]) for f in fields(kind)}) for row in csv.DictReader(file)]


def write_rows(kind: type[Row], rows: Iterable[Row], path: Path) -> None:
    """Write rows as a table that ``read_rows`` reads.

    Args:
        kind: a dataclass whose fields are the columns.
        rows: of this kind.
        path: the table.
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, [field.name for field in fields(kind)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, rows))
    write_atomically(path, table.getvalue())
