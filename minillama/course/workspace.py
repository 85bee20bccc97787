"""Where a learner's files live, and how notebooks get there."""

import os
import shutil
from datetime import datetime
from pathlib import Path


def course_root() -> Path | None:
    """Return the course's folder, the one that holds ``notebooks/``, or None.

    Looks upward from the current folder, then beside the installed package.
    """
    package_parent = Path(__file__).resolve().parents[2]
    for folder in (Path.cwd(), *Path.cwd().parents, package_parent):
        if (folder / "notebooks" / "00_start_here.ipynb").exists() and (folder / "minillama").is_dir():
            return folder
    return None


def work_folder() -> Path:
    """Return the folder of the learner's notebooks, code and progress.

    ``$MINILLAMA_WORK`` if set, else ``work/`` in the course's folder, else ``work/`` here.
    """
    if chosen := os.environ.get("MINILLAMA_WORK"):
        return Path(chosen).expanduser().absolute()
    return (course_root() or Path.cwd()) / "work"


def start(chapter: str | int | None = None, fresh: bool = False) -> list[Path]:
    """Copy chapters into the work folder; what is there already stays as it is.

    Args:
        chapter: number or beginning of the file name, such as 3 or ``"03"``; None for all chapters.
        fresh: begin the chapter again; the old copy is kept under a dated name.

    Returns:
        The chapters' paths in the work folder.

    Raises:
        ValueError: if the course's notebooks, or this chapter, cannot be found.
    """
    root = course_root()
    if root is None:
        raise ValueError(
            "the course's notebooks are not here: run this inside a clone of the repository, "
            "the folder that holds notebooks/ and minillama/"
        )
    pattern = "*" if chapter is None else f"{str(chapter).zfill(2)}*"
    sources = sorted((root / "notebooks").glob(f"{pattern}.ipynb"))
    if not sources:
        known = ", ".join(path.stem[:2] for path in sorted((root / "notebooks").glob("*.ipynb")))
        raise ValueError(f"there is no chapter {chapter!r}; there are {known}")
    return [_copy_notebook(source, work_folder(), fresh) for source in sources]


def _copy_notebook(source: Path, folder: Path, fresh: bool) -> Path:
    """Copy one notebook unless it is there; with ``fresh`` set the old copy aside first."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    if target.exists() and not fresh:
        return target
    if target.exists():
        stamp = datetime.now().strftime("%Y-%m-%d_%H%M%S")
        os.replace(target, target.with_name(f"{target.stem}_{stamp}.ipynb"))
    unfinished = target.with_suffix(".part")
    shutil.copyfile(source, unfinished)
    os.replace(unfinished, target)
    return target
