"""Find and fetch public data sets: first in $MINILLAMA_DATA, then in the cache."""

import os
import sys
from pathlib import Path
from types import TracebackType

from tqdm import tqdm

from ..data_sets import DATA_SETS
from ..downloads import download, find_data_set, find_file
from .fetch import Report, cache_folder


def data_folders() -> list[Path]:
    """Return the folders where data sets are looked for: $MINILLAMA_DATA if it is set, then the cache."""
    chosen = os.environ.get("MINILLAMA_DATA")
    return [*([Path(chosen).expanduser()] if chosen else []), cache_folder() / "data"]


def find_data(name: str) -> list[Path]:
    """Return the files of a data set that is on this machine.

    Args:
        name: a key of ``minillama.data_sets.DATA_SETS``, such as ``"tinyshakespeare"``.

    Returns:
        The paths, in the order of the data set's files.

    Raises:
        FileNotFoundError: if a file is missing; the message says how to get it.
    """
    return find_data_set(name, data_folders())


def fetch_data(name: str, report: Report = print) -> list[Path]:
    """Return the files of a data set, downloading those that are not on this machine.

    A bar on stderr shows how far a download is. An interrupted call leaves what has arrived; calling again continues.

    Args:
        name: a key of ``minillama.data_sets.DATA_SETS``.
        report: called with one line of text when all is done.

    Returns:
        The paths, in the order of the data set's files.

    Raises:
        DownloadError: if a file could not be downloaded; the message says why and what to do.
    """
    folders, paths = data_folders(), []
    for file in DATA_SETS[name].files:
        path = find_file(file, folders)
        if path is None:
            with Bar(file.path) as bar:
                path = download(file, folders[-1], bar)
        paths.append(path)
    report(f"{name} is ready: {paths[0] if len(paths) == 1 else paths[0].parent}")
    return paths


class Bar:
    """A progress bar on stderr, called with the bytes that are here and the bytes there will be."""

    def __init__(self, name: str):
        self._bar = tqdm(desc=name, unit="B", unit_scale=True, file=sys.stderr, delay=0.5)

    def __call__(self, here: int, whole: int) -> None:
        """Draw how far it is; it may go back, where a server can only send everything."""
        self._bar.total = whole
        self._bar.update(here - self._bar.n)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()
