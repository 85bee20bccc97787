"""Where the processes of a job find each other: a store of small values that all of them can reach.

Source: PyTorch documentation, torchrun: environment variables; torch.distributed: distributed key-value store.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import torch.distributed as dist


@dataclass(frozen=True)
class Meeting:
    """What the launcher tells a process.

    Args:
        rank: number of this process.
        n_processes: of the job.
        host: where the store is.
        port: of the store.
        attempt: how often torchrun has started the processes anew. It keeps its store meanwhile, and what the processes
            of before left there, such as their addresses, must not be read again.
        launcher_keeps_store: whether torchrun keeps the store, not the process of rank 0.

    Example:
        >>> told = {"RANK": "1", "WORLD_SIZE": "4", "MASTER_ADDR": "here", "MASTER_PORT": "29500"}
        >>> Meeting.from_variables(told).rank
        1
    """

    rank: int
    n_processes: int
    host: str
    port: int
    attempt: str = "0"
    launcher_keeps_store: bool = False

    @classmethod
    def from_variables(cls, told: Mapping[str, str]) -> "Meeting":
        """Read what torchrun, or who starts the processes in its place, has put into the environment.

        Args:
            told: variables by name.

        Raises:
            ValueError: if one is missing or no number.
        """
        needed = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")
        if missing := [name for name in needed if name not in told]:
            raise ValueError(
                f"a process of a job needs {', '.join(missing)} in its environment: start it with torchrun, which "
                "knows, or give the variables to each process"
            )
        return cls(
            rank=int(told["RANK"]),
            n_processes=int(told["WORLD_SIZE"]),
            host=told["MASTER_ADDR"],
            port=int(told["MASTER_PORT"]),
            attempt=told.get("TORCHELASTIC_RESTART_COUNT", "0"),
            launcher_keeps_store=told.get("TORCHELASTIC_USE_AGENT_STORE") == "True",
        )

    @property
    def keeps_store(self) -> bool:
        """Whether this process keeps the store: it must end last."""
        return self.rank == 0 and not self.launcher_keeps_store

    def open_store(self, seconds: float) -> dist.Store:
        """Connect to the store.

        Args:
            seconds: to wait for it, and for a value in it.

        Raises:
            RuntimeError: if it cannot be reached.
        """
        store = dist.TCPStore(
            self.host,
            self.port,
            is_master=self.keeps_store,
            multi_tenant=True,
            wait_for_workers=False,
            timeout=timedelta(seconds=seconds),
        )
        return dist.PrefixStore(f"attempt {self.attempt}", store) if self.launcher_keeps_store else store
