"""The log of a training run: one line of comma-separated values per step."""

import csv
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import fmean

from .atomic_files import open_atomically
from .train_config import Step

COLUMNS = ("step", "loss", "learning_rate", "grad_norm", "n_tokens", "valid_loss", "seconds", "flops")


class TrainingLog:
    """Writes a line per step; goes on without a gap or a repetition after an interruption.

    A run that was killed may have logged steps whose weights were lost; they will be done again. So a log is
    opened with the number of the next step, and lines from there on are dropped. Numbers are written in full:
    two runs with the same losses have the same lines but for the seconds.

    Args:
        path: the file.
        first_step: number of the next step; 0 begins a new log.

    Raises:
        ValueError: if the log that is there does not reach to ``first_step``.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "log.csv"
        >>> log = TrainingLog(path)
        >>> log.write(Step(0, 2.5, 0.1, 1.0, 32, 0.01, 600))
        >>> log.close()
        >>> [(line["step"], line["loss"]) for line in read_log(path)]
        [(0, 2.5)]
    """

    def __init__(self, path: str | Path, first_step: int = 0) -> None:
        self.path = Path(path)
        kept = _lines_before(self.path, first_step) if first_step else [",".join(COLUMNS)]
        with open_atomically(self.path) as file:
            file.write("".join(f"{line}\n" for line in kept).encode())
        self._file = self.path.open("a", encoding="utf-8", newline="")

    def write(self, step: Step, valid_loss: float | None = None) -> None:
        """Add one line.

        Args:
            step: what the step did.
            valid_loss: loss on the validation data after it, if it was measured.
        """
        shown = "" if valid_loss is None else repr(valid_loss)
        self._file.write(
            f"{step.index},{step.loss!r},{step.learning_rate!r},{step.grad_norm!r},{step.n_tokens},{shown},"
            f"{step.seconds:.4f},{step.flops}\n"
        )
        self._file.flush()

    def push_to_disk(self) -> None:
        """Wait until the lines are on the disk: do this before a checkpoint says that their steps are done."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_log(path: str | Path) -> Iterator[dict[str, float | None]]:
    """Yield the lines of a log as numbers by column; None where nothing was measured.

    Args:
        path: a file that ``TrainingLog`` wrote. A last line that was cut off is left out.

    Yields:
        One dictionary per step.

    Raises:
        ValueError: if the file is not such a log.
    """
    with Path(path).open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(line for line in file if line.endswith("\n"))
        if tuple(lines.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path} is no log of a training run: its columns must be {', '.join(COLUMNS)}")
        for line in lines:
            yield {name: _number(value) for name, value in line.items()}


def thin_lines(lines: Iterable[dict[str, float | None]], every: int) -> Iterator[dict[str, float | None]]:
    """Join every so many lines of a log into one: small enough to keep, and smoother to look at.

    Tokens, seconds and operations are added up, loss and length of the gradient are means, the rest is that of the
    last step; so is the validation loss, if it was measured at any of them.

    Args:
        lines: from ``read_log``.
        every: how many; the last line may stand for fewer.

    Yields:
        Dictionaries like those of ``read_log``.

    Raises:
        ValueError: if ``every`` is not positive.

    Example:
        >>> lines = [dict.fromkeys(COLUMNS, value) for value in (1.0, 3.0, 7.0)]
        >>> [(line["step"], line["loss"], line["n_tokens"]) for line in thin_lines(lines, 2)]
        [(3.0, 2.0, 4.0), (7.0, 7.0, 7.0)]
    """
    if every < 1:
        raise ValueError(f"every must be at least 1, got {every}")
    lines = iter(lines)
    while group := list(islice(lines, every)):
        sums = {name: sum(line[name] for line in group) for name in ("n_tokens", "seconds", "flops")}
        means = {name: fmean(line[name] for line in group) for name in ("loss", "grad_norm")}
        checked = [line["valid_loss"] for line in group if line["valid_loss"] is not None]
        yield group[-1] | sums | means | {"valid_loss": checked[-1] if checked else None}


def _number(text: str) -> float | None:
    """A number, whole if it is written so."""
    if not text:
        return None
    return int(text) if text.isdecimal() else float(text)


def _lines_before(path: Path, first_step: int) -> list[str]:
    """The header and the lines of the steps before the first to come. A log that is gone begins anew."""
    header = ",".join(COLUMNS)
    if not path.exists():
        return [header]
    whole = path.read_text(encoding="utf-8").split("\n")[:-1]  # what follows the last end of line was cut off
    numbers = [int(line.partition(",")[0]) for line in whole[1:] if line.partition(",")[0].isdecimal()]
    numbers = [number for number in numbers if number < first_step]
    if whole[:1] != [header] or numbers != list(range(first_step - len(numbers), first_step)):
        raise ValueError(
            f"{path} does not lead up to step {first_step}, where the checkpoint goes on: put the log of this run "
            "back, or move the file away to begin a new log"
        )
    return whole[: len(numbers) + 1]
