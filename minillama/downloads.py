"""Download a file so that it is whole in the end: continued where it broke off, checked, never half there.

The standard library's urllib is used rather than pooch, which begins again when a connection breaks: a file of two
gigabytes over a weak network would never arrive.
"""

import errno
import hashlib
import http.client
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from . import __version__
from .data_sets import DATA_SETS, RemoteFile

Progress = Callable[[int, int], object]
_BLOCK = 1 << 16
_BROKEN = (http.client.HTTPException, OSError)  # urllib's errors and time-outs are OSErrors


class DownloadError(RuntimeError):
    """A file could not be downloaded; the message says why and what to do."""


def find_file(file: RemoteFile, folders: Iterable[Path]) -> Path | None:
    """Look for a file that is already here.

    Args:
        file: what to look for.
        folders: where, in this order.

    Returns:
        The first one that ``is_whole``, or None. A process reads a file once, and again when it has changed.
    """
    for folder in folders:
        path = Path(folder) / file.path
        with suppress(OSError):
            if _was_whole(file, path, path.stat().st_mtime_ns):
                return path
    return None


@lru_cache
def _was_whole(file: RemoteFile, path: Path, modified: int) -> bool:
    """``is_whole``, remembered until the file is modified: reading two gigabytes takes seconds."""
    return is_whole(file, path)


def find_data_set(name: str, folders: Iterable[str | Path]) -> list[Path]:
    """Return the files of a data set that is on this machine.

    Args:
        name: a key of ``DATA_SETS``, such as ``"tinyshakespeare"``.
        folders: where to look, in this order.

    Returns:
        The paths, in the order of the data set's files.

    Raises:
        ValueError: if there is no such data set.
        FileNotFoundError: if a file is missing or damaged; the message says how to get it.
    """
    if name not in DATA_SETS:
        raise ValueError(f"there is no data set {name!r}; there are: {', '.join(DATA_SETS)}")
    folders, files = [Path(folder) for folder in folders], DATA_SETS[name].files
    found = [path for file in files if (path := find_file(file, folders))]
    if len(found) < len(files):
        where, size = " or ".join(map(str, folders)) or "any folder", f"{DATA_SETS[name].n_bytes / 1e6:.1f} MB"
        raise FileNotFoundError(
            f"{name} is not in {where}, or is damaged there. Run: minillama fetch {name} ({size}), or set "
            f"MINILLAMA_DATA to a folder that holds {files[0].path}"
        )
    return found


def is_whole(file: RemoteFile, path: Path) -> bool:
    """Read a file and say whether it is what it should be."""
    try:
        if path.stat().st_size != file.n_bytes:
            return False
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def download(
    file: RemoteFile,
    folder: str | Path,
    progress: Progress | None = None,
    *,
    n_attempts: int = 3,
    pause: float = 1.0,
    timeout: float = 20.0,
) -> Path:
    """Get a file from the web, or from the folder if it is there.

    What has arrived is kept as ``NAME.part``: when the connection breaks, this call asks for the rest, and so does a
    later call. The file gets its name only once its sha256 is right. Several processes may download the same file
    into the same folder: they write the same bytes to the same places.

    Args:
        file: what to get.
        folder: where to keep it; created if it is missing.
        progress: called now and then with the bytes that are here and the bytes there will be.
        n_attempts: how often in a row to try without receiving anything, at least 1.
        pause: seconds to wait after a failure; twice as long after each further one.
        timeout: seconds without a byte after which a connection counts as broken.

    Returns:
        Path of the file.

    Raises:
        DownloadError: no network, no such address, another content, no space, or a folder that cannot be written.
    """
    progress = progress or (lambda here, whole: None)
    path = Path(folder) / file.path
    part = path.with_name(path.name + ".part")
    if is_whole(file, path):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_resumed = part.exists()
        _receive_all(file, part, progress, n_attempts, pause, timeout)
        if is_resumed and not is_whole(file, part):  # what an earlier run left may be damaged: once anew
            part.unlink(missing_ok=True)
            _receive_all(file, part, progress, n_attempts, pause, timeout)
        return _put_in_place(file, part, path)
    except OSError as error:
        if is_whole(file, path):  # another process has just finished
            return path
        raise DownloadError(_cannot_write(file, path, error)) from error


def _receive_all(
    file: RemoteFile, part: Path, progress: Progress, n_attempts: int, pause: float, timeout: float
) -> None:
    """Ask for what is missing until nothing is, or until several attempts in a row brought nothing."""
    part.touch()
    failures = 0
    while (here := part.stat().st_size) < file.n_bytes:
        progress(here, file.n_bytes)
        reason = _receive(file, part, progress, timeout)
        failures = 0 if part.stat().st_size > here else failures + 1
        if failures >= n_attempts:
            raise DownloadError(_gave_up(file, part, reason))
        if failures:
            time.sleep(pause * 2 ** (failures - 1))
    progress(file.n_bytes, file.n_bytes)


def _receive(file: RemoteFile, part: Path, progress: Progress, timeout: float) -> str:
    """Receive as much as one connection gives; return why it ended."""
    here = part.stat().st_size
    headers = {"User-Agent": f"minillama/{__version__}"} | ({"Range": f"bytes={here}-"} if here else {})
    try:
        answer = urllib.request.urlopen(urllib.request.Request(file.address, headers=headers), timeout=timeout)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (404, 410):
            raise DownloadError(_not_there(file, part, f"{error.code} {error.reason}")) from None
        if error.code == 416:  # the server's file ends before what is here does
            raise _refuse(file, part, "it is shorter") from None
        return f"the server says {error.code} {error.reason}"
    except _BROKEN as error:
        return str(getattr(error, "reason", error)) or type(error).__name__
    with answer, part.open("r+b") as opened:
        here = _start(answer, here)  # 0 if the server cannot continue and sends everything
        if (n_bytes := _declared_size(answer, here)) not in (None, file.n_bytes):
            raise _refuse(file, part, f"it has {n_bytes:,} bytes, not {file.n_bytes:,}")
        opened.seek(here)
        while here < file.n_bytes:
            try:
                block = answer.read(min(_BLOCK, file.n_bytes - here))
            except _BROKEN as error:
                return f"the connection broke: {error or type(error).__name__}"
            if not block:
                return "the connection broke"
            opened.write(block)
            here += len(block)
            progress(here, file.n_bytes)
    return ""


def _put_in_place(file: RemoteFile, part: Path, path: Path) -> Path:
    """Give a whole file its name; refuse any other."""
    if is_whole(file, part):
        with part.open("r+b") as opened:  # else a power loss could leave the name and the size, but only zeros
            os.fsync(opened.fileno())
        os.replace(part, path)
    if is_whole(file, path):  # or another process has just put it there
        return path
    raise _refuse(file, part, f"its sha256 is not {file.sha256}")


def _start(answer: http.client.HTTPResponse, asked: int) -> int:
    """Where in the file the server's answer begins."""
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return int(found[1]) if answer.status == 206 and found and int(found[1]) <= asked else 0


def _declared_size(answer: http.client.HTTPResponse, start: int) -> int | None:
    """The size of the server's file, if it says so."""
    length = answer.headers.get("Content-Length", "")
    return start + int(length) if length.isdecimal() else None


def _refuse(file: RemoteFile, part: Path, difference: str) -> DownloadError:
    """Remove what is not the file and say so."""
    part.unlink(missing_ok=True)
    return DownloadError(
        f"{file.address} does not hold the expected file: {difference}. The publisher may have changed it, or "
        "something on the way put another page in its place (the login page of a hotel or a school?). Open the "
        "address in a browser and see"
    )


def _gave_up(file: RemoteFile, part: Path, reason: str) -> str:
    host, here = urlsplit(file.address).netloc, part.stat().st_size
    if not here:
        part.unlink()
    kept = f"; it continues after the {here:,} of {file.n_bytes:,} bytes that are here" if here else ""
    return (
        f"{file.path} could not be downloaded from {host}: {reason}. Is there a network? Connect and run the same "
        f"again{kept}. Or copy the file from another machine to {part.with_name(part.name.removesuffix('.part'))}"
    )


def _not_there(file: RemoteFile, part: Path, reason: str) -> str:
    return (
        f"There is no file at {file.address} any more ({reason}). Find {file.path} ({file.n_bytes:,} bytes, sha256 "
        f"{file.sha256}) elsewhere and put it into {part.parent}"
    )


def _cannot_write(file: RemoteFile, path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"Not enough disk space for {file.path}: {file.n_bytes / 1e6:.1f} MB are needed in {path.parent}. Free "
            "some and run the same again: it continues"
        )
    return f"Cannot write to {path.parent} ({error.strerror or error}). Choose a folder that you can write to"
