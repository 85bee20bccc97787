"""Real text: Python's standard library, which is on every machine, your own files, and TinyShakespeare.

The standard library differs from one Python version to the next, so nothing computed from it is the same everywhere.
"""

import ast
import json
import re
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from .downloads import find_data_set

TEXT_SUFFIXES = (".txt", ".md", ".rst", ".py", ".jsonl")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # of a pair that UTF-16 needs; what escapes name stands alone
_LEFT_OUT = {"test", "tests", "idle_test", "idlelib", "lib2to3", "site-packages", "dist-packages", "__pycache__"}


def standard_library_sources() -> Iterator[str]:
    """Yield the source files of Python's standard library, tests left out, in the order of their paths.

    Yields:
        One text per file.

    Example:
        >>> "def " in next(standard_library_sources())
        True
    """
    root = Path(sysconfig.get_path("stdlib"))
    for path in sorted(root.rglob("*.py")):
        if not _LEFT_OUT.intersection(path.relative_to(root).parts):
            yield path.read_text(encoding="utf-8", errors="replace")


def docstrings(source: str) -> Iterator[str]:
    """Yield the documentation strings of a Python source file: prose written by people.

    Args:
        source: the text of one file.

    Yields:
        The docstrings of the module, its classes and functions, without indentation, outermost first. None
        if the file is not valid Python.

    Example:
        >>> list(docstrings('def f():\\n    "Return nothing."'))
        ['Return nothing.']
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node)
            if text:
                yield _HALF_CHARACTER.sub("\ufffd", text)


def take_bytes(texts: Iterable[str], n_bytes: int) -> list[str]:
    """Collect whole texts until their UTF-8 length reaches a number of bytes.

    Args:
        texts: where to take from.
        n_bytes: how much to collect; the last text may go past it.

    Returns:
        The collected texts; fewer bytes if the source ends.

    Raises:
        ValueError: if ``n_bytes`` is negative.

    Example:
        >>> take_bytes(["abc", "de", "f"], 4)
        ['abc', 'de']
    """
    if n_bytes < 0:
        raise ValueError(f"n_bytes must be 0 or more, got {n_bytes}")
    taken: list[str] = []
    for text in texts:
        if n_bytes <= 0:
            break
        taken.append(text)
        n_bytes -= len(text.encode())
    return taken


def own_documents(
    path: str | Path, *, separator: str | None = None, suffixes: Collection[str] = TEXT_SUFFIXES
) -> Iterator[str]:
    """Yield the documents in a file or in all files of a folder: your notes, letters or sources.

    A file is one document, unless a line separates several. In a ``.jsonl`` file every line is a JSON object and the
    document its ``"text"``; empty lines are passed over. Files are read line by line where they hold several
    documents, so they may be larger than memory.

    Args:
        path: a file or a folder, whose folders are searched too; names that begin with a dot are left out.
        separator: a line that stands between two documents, such as ``<|endoftext|>``.
        suffixes: which files of a folder are text.

    Yields:
        Documents that are not empty, in the order of the files' paths. Bytes that are not UTF-8 become a mark (U+FFFD),
        and so does half a character that JSON names; the byte order mark that Windows puts first is left out.

    Raises:
        FileNotFoundError: if there is no such file, or the folder has no text files.
        ValueError: if a line of a ``.jsonl`` file is not an object whose ``"text"`` is a string; the message names it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     written = (Path(folder) / "a.txt").write_text("one\\n***\\ntwo\\n", encoding="utf-8")
        ...     list(own_documents(folder, separator="***"))
        ['one\\n', 'two\\n']
    """
    path = Path(path)
    if not path.is_dir():
        yield from _documents_in(path, separator)
        return
    files = [file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in suffixes]
    files = [file for file in files if not any(part.startswith(".") for part in file.relative_to(path).parts)]
    if not files:
        raise FileNotFoundError(f"{path} holds no text: no file ends in {', '.join(suffixes)}. Name others in suffixes")
    for file in files:
        yield from _documents_in(file, separator)


def _documents_in(path: Path, separator: str | None) -> Iterator[str]:
    """The documents of one file."""
    if path.suffix.lower() == ".jsonl":
        documents = _json_lines(path)
    elif separator is None:
        documents = iter([path.read_text(encoding="utf-8-sig", errors="replace")])
    else:
        documents = _separated(path, separator)
    yield from (document for document in documents if document.strip())


def _json_lines(path: Path) -> Iterator[str]:
    """The texts of a file of JSON objects."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                text = _text_of(line)
                if text is None:
                    raise ValueError(
                        f'{path}, line {number}: a JSON object whose "text" is a string is needed, got '
                        f"{line.strip():.60}: correct the line or remove it"
                    )
                yield _HALF_CHARACTER.sub("\ufffd", text)


def _text_of(line: str) -> str | None:
    """The ``"text"`` of a JSON object; None if there is none."""
    try:
        text = json.loads(line)["text"]
    except (ValueError, TypeError, KeyError):
        return None
    return text if isinstance(text, str) else None


def _separated(path: Path, separator: str) -> Iterator[str]:
    """The texts between separating lines."""
    collected: list[str] = []
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for line in lines:
            if line.strip() == separator:
                yield "".join(collected)
                collected = []
            else:
                collected.append(line)
    yield "".join(collected)


def shakespeare(folders: Iterable[str | Path]) -> tuple[str, str]:
    """Return the training and the validation part of TinyShakespeare, as nanoGPT divides it.

    Args:
        folders: where to look for ``tinyshakespeare.txt``, in this order.

    Returns:
        The first 90% of the characters (1,003,854) and the rest (111,540).

    Raises:
        FileNotFoundError: if it is in none of them; the message says how to get it.

    Source:
        Karpathy, 2015, char-rnn; 2022, nanoGPT, data/shakespeare_char/prepare.py.
    """
    text = find_data_set("tinyshakespeare", folders)[0].read_text(encoding="utf-8")
    n_train = len(text) * 9 // 10
    return text[:n_train], text[n_train:]
