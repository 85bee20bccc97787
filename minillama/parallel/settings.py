"""The settings of a job of several processes, given among those of the run: ``tensor=2 zero=3``.

They say how the work is shared, not what is trained: the same run can go on under other ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from ..run_settings import read_settings
from .layout import SCHEDULES, Layout


@dataclass(frozen=True, kw_only=True)
class JobSettings:
    """How the processes share the work. The data axis takes all processes that the other axes leave.

    Args:
        tensor: processes that share every matrix.
        pipeline: stages that share the blocks.
        zero: 0 to 3, the ZeRO stage of the data axis.
        sequence_parallel: cut the residual stream along the tokens; needs ``tensor`` above 1.
        n_microbatches: pieces of a batch in a pipeline.
        schedule: of the pipeline, ``1f1b`` or ``gpipe``.
        timeout: seconds that a process waits for the others before the job fails.

    Raises:
        ValueError: if the schedule is unknown. The other values are checked with the number of processes.

    Example:
        >>> JobSettings(tensor=2, zero=3).layout(n_processes=8).data
        4
    """

    tensor: int = 1
    pipeline: int = 1
    zero: int = 0
    sequence_parallel: bool = False
    n_microbatches: int = 1
    schedule: str = "1f1b"
    timeout: float = 600.0

    def __post_init__(self) -> None:
        if self.schedule not in SCHEDULES:
            raise ValueError(f"schedule must be one of {', '.join(SCHEDULES)}, got {self.schedule!r}")

    def layout(self, n_processes: int) -> Layout:
        """Return the grid for a number of processes.

        Args:
            n_processes: of the whole job.

        Raises:
            ValueError: if the axes do not fit the number.
        """
        apart = max(1, self.tensor) * max(1, self.pipeline)
        if n_processes % apart:
            raise ValueError(
                f"tensor={self.tensor} and pipeline={self.pipeline} need a multiple of {apart} processes, and there "
                f"are {n_processes}: start the job with torchrun --nproc-per-node {apart}, or choose other sizes"
            )
        return Layout(
            data=n_processes // apart,
            pipeline=self.pipeline,
            tensor=self.tensor,
            zero=self.zero,
            sequence_parallel=self.sequence_parallel,
            n_microbatches=self.n_microbatches,
        )


def split_settings(texts: Iterable[str]) -> tuple[JobSettings, list[str]]:
    """Separate the settings of the job from those of the run.

    Args:
        texts: such as ``tensor=2`` or ``dim=64``.

    Returns:
        The settings of the job, and the other texts.

    Raises:
        ValueError: if one is given twice or has a value of another type.

    Example:
        >>> split_settings(["dim=64", "pipeline=2"])[1]
        ['dim=64']
    """
    names = {field.name for field in fields(JobSettings)}
    texts = list(texts)
    own = [text for text in texts if text.partition("=")[0] in names]
    values = read_settings(own, owners=(JobSettings,))
    return JobSettings(**values), [text for text in texts if text not in own]
