"""What the processes of a job tell each other when it fails, so that the user reads one message with the cause in it.

When one process fails, the others lose the connection to it, one after the other, and fail as well. Left alone each of
them would print something, the message that matters would be one of many, and some would wait for minutes. Here they
leave a word in the store where they met, which torchrun keeps: no collective has to work for that.

Source: PyTorch documentation, torch.distributed: distributed key-value store.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from .meeting import Meeting

GRACE = 2.0  # seconds that a process waits for the words of the others
PATIENCE = 5.0  # seconds after which a process that is stuck in a collective ends without an error of its own
INTERVAL = 0.3  # seconds between two looks at the store
WAITING = "Connection not closed yet"
LATE = ("Timed out", "timed out", "timeout")
LOST = ("Connection closed by peer", "Connection reset by peer", "Broken pipe", "Connection refused")
ECHOES = (WAITING, *LOST, *LATE)
BELL, SPOKEN = "last words/bell", "last words/spoken"
WORD, PLACE = "last words/of {rank}", "last words/place of {rank}"


class LastWords:
    """The place where each process says why it ends. Make it on every process, when all have joined.

    Args:
        meeting: where the processes met.
        report: prints a message for the user.
        launcher: torchrun's process, which keeps a terminal for all: then only one speaks. None without torchrun.
    """

    def __init__(self, meeting: Meeting, report: Callable[[str], object], launcher: int | None = None) -> None:
        self.rank, self.n_ranks, self.keeps_store = meeting.rank, meeting.n_processes, meeting.keeps_store
        self.report, self.launcher = report, launcher
        self._store = meeting.open_store(PATIENCE)
        self._store.set(PLACE.format(rank=self.rank), f"{socket.gethostname()} {os.getpid()}")
        self._ended = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def close(self) -> None:
        """The job has ended well: nothing will be said."""
        self._ended.set()
        self._listener.join()

    def say(self, error: BaseException) -> None:
        """Say why this process ends, hear the others, and report the cause if no other process does.

        Args:
            error: why this process ends.
        """
        self._ended.set()  # it will end by itself
        own = str(error) or type(error).__name__
        try:
            self._store.set(WORD.format(rank=self.rank), own)
            self._store.set(BELL, "")
            self._speak()
        except RuntimeError:  # the store has gone with the launcher, or with the process that kept it
            self.report(f"rank {self.rank}: {own}")

    def _listen(self) -> None:
        """Wait for the end, or for another process to fail; then this one must not wait for it any longer."""
        try:
            while self._is_orphan() or not self._store.check([BELL]):
                if self._ended.wait(INTERVAL):
                    return
            self._store.compare_set(WORD.format(rank=self.rank), "", WAITING)  # at least it is alive
            if not self._ended.wait(PATIENCE):
                self._speak()
                os._exit(2)  # the main thread cannot be reached inside a collective
        except RuntimeError:
            return

    def _is_orphan(self) -> bool:
        """Whether the launcher is gone, and the store with it."""
        return self.launcher is not None and os.getppid() != self.launcher

    def _speak(self) -> None:
        """Report what all have said, if it is for this process to do."""
        told = self._hear()
        if self.launcher is None or self._store.add(SPOKEN, 1) == 1:
            self.report(summary(told, self.n_ranks))
            if self.launcher is not None and is_late(told):
                self._end_silent(told)
        if self.keeps_store:
            time.sleep(GRACE)  # for the others to read

    def _hear(self) -> dict[int, str]:
        """The words of all ranks that have one."""
        deadline = time.monotonic() + GRACE
        while True:
            keys = {rank: WORD.format(rank=rank) for rank in range(self.n_ranks)}
            told = {rank: self._store.get(key).decode() for rank, key in keys.items() if self._store.check([key])}
            if time.monotonic() > deadline or (len(told) == self.n_ranks and WAITING not in told.values()):
                return told
            time.sleep(0.05)

    def _end_silent(self, told: dict[int, str]) -> None:
        """Kill the processes of this machine that hang: torchrun would ask them politely, for 30 seconds."""
        for rank in set(range(self.n_ranks)) - set(told):
            host, number = self._store.get(PLACE.format(rank=rank)).decode().rsplit(maxsplit=1)
            if host == socket.gethostname():
                with suppress(OSError):
                    os.kill(int(number), signal.SIGKILL)


def is_late(told: dict[int, str]) -> bool:
    """Return whether a process has waited for too long, as opposed to one that lost a connection."""
    return any(words in text for text in told.values() for words in LATE)


def summary(told: dict[int, str], n_ranks: int) -> str:
    """Say in one sentence why a job failed.

    Args:
        told: the error of each rank that had one.
        n_ranks: processes of the job.

    Returns:
        The errors that are no mere loss of a connection. Without any, the ranks that had no word to say.

    Example:
        >>> summary({0: "Connection closed by peer", 1: "the disk is full"}, 2)
        'rank 1: the disk is full'
        >>> summary({0: "Connection closed by peer"}, 2)[:39]
        'no word from rank 1: it was killed, ran'
    """
    causes: dict[str, list[int]] = {}
    for rank, text in told.items():
        if not any(words in text for words in ECHOES):
            causes.setdefault(text, []).append(rank)
    if len(causes) == 1 and len(next(iter(causes.values()))) == n_ranks:
        return next(iter(causes))
    if causes:
        return "; ".join(f"{name_ranks(ranks)}: {text}" for text, ranks in causes.items())
    silent = [rank for rank in range(n_ranks) if rank not in told]
    silent = silent or [rank for rank, text in told.items() if text == WAITING]
    if not silent:
        return f"the processes lost each other: {next(iter(told.values()))}"
    how = "hangs" if is_late(told) else "was killed, ran out of memory, or its machine is gone"
    return f"no word from {name_ranks(silent)}: it {how}. Go on from the last checkpoint with --resume"


def name_ranks(ranks: Iterable[int]) -> str:
    """Return ranks in words.

    Args:
        ranks: their numbers.

    Example:
        >>> name_ranks([0, 2])
        'rank 0, rank 2'
    """
    return ", ".join(f"rank {rank}" for rank in ranks)
