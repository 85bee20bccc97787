"""Put a trained model of the town where the course looks for it: ``data/town``, and its draft ``data/town_draft``.

After ``minillama train``, with the commands that stand in ``data/README.md``:

    python -m minillama.course.experiments.town_model work/town/model
    python -m minillama.course.experiments.town_model --draft work/town/draft
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from ...training_log import COLUMNS, read_log, thin_lines
from ..progress import write_atomically
from ..shipped import DRAFT_FOLDER, FOLDER

FILES = ("config.json", "model.safetensors", "tokenizer.json")
EVERY = 50  # steps that share a line of the log


def ship(run: Path, folder: Path = FOLDER) -> None:
    """Copy the finished model of a run, its tokenizer, and its log, thinned.

    Args:
        run: the folder that ``minillama train`` wrote.
        folder: where to put the files; created if it is missing.

    Raises:
        FileNotFoundError: if the run has not reached its end.
    """
    _copy(run, folder, FILES, (*FILES, "log.csv"))
    lines = (",".join(_text(line[name]) for name in COLUMNS) for line in thin_lines(read_log(run / "log.csv"), EVERY))
    write_atomically(folder / "log.csv", "".join(f"{line}\n" for line in (",".join(COLUMNS), *lines)))


def ship_draft(run: Path, folder: Path = DRAFT_FOLDER) -> None:
    """Copy the finished draft of a run. Its tokenizer is that of the model.

    Args:
        run: the folder that ``minillama train`` wrote.
        folder: where to put the files; created if it is missing.

    Raises:
        FileNotFoundError: if the run has not reached its end.
    """
    _copy(run, folder, FILES[:2], FILES)


def _copy(run: Path, folder: Path, names: Sequence[str], needed: Sequence[str]) -> None:
    """Copy files of a run that has all that are needed."""
    if missing := [name for name in needed if not (run / name).is_file()]:
        raise FileNotFoundError(f"{run} has no {', '.join(missing)}: let the training end first")
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(run / name, folder / name)


def _text(value: float | None) -> str:
    """A number with six digits, as many as a curve shows; whole numbers in full."""
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.6g}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Copy from the folder that is given."""
    parser = argparse.ArgumentParser(description="Put a trained model of the town into data/town.")
    parser.add_argument("run", type=Path, help="the folder that `minillama train` wrote")
    parser.add_argument("--draft", action="store_true", help="it is the draft, for data/town_draft")
    options = parser.parse_args(arguments)
    (ship_draft if options.draft else ship)(options.run)


if __name__ == "__main__":
    main()
