"""Put a trained model of the town where the course looks for it: ``data/town``.

After ``minillama train``, with the command that stands in ``data/README.md``:

    python -m minillama.course.experiments.town_model work/town/model
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from ...training_log import COLUMNS, read_log, thin_lines
from ..progress import write_atomically
from ..shipped import FOLDER

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
    if missing := [name for name in (*FILES, "log.csv") if not (run / name).is_file()]:
        raise FileNotFoundError(f"{run} has no {', '.join(missing)}: let the training end first")
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(run / name, folder / name)
    lines = (",".join(_text(line[name]) for name in COLUMNS) for line in thin_lines(read_log(run / "log.csv"), EVERY))
    write_atomically(folder / "log.csv", "".join(f"{line}\n" for line in (",".join(COLUMNS), *lines)))


def _text(value: float | None) -> str:
    """A number with six digits, as many as a curve shows; whole numbers in full."""
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.6g}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Copy from the folder that is given."""
    parser = argparse.ArgumentParser(description="Put a trained model of the town into data/town.")
    parser.add_argument("run", type=Path, help="the folder that `minillama train` wrote")
    ship(parser.parse_args(arguments).run)


if __name__ == "__main__":
    main()
