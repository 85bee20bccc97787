"""What a job says when it fails: the cause, once, or who has vanished."""

import os
import threading
from dataclasses import replace

import pytest
from launch import free_port

from minillama.parallel import last_words
from minillama.parallel.last_words import WAITING, LastWords, is_late, summary
from minillama.parallel.meeting import Meeting

CLOSED, LATE = "Connection closed by peer [127.0.0.1]:4711", "Timed out waiting 5000ms for recv operation to complete"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({0: "no data", 1: "no data", 2: "no data"}, "no data"),
        ({0: "no data", 2: "no data"}, "rank 0, rank 2: no data"),
        ({0: CLOSED, 1: "no data", 2: "no room"}, "rank 1: no data; rank 2: no room"),
        ({0: CLOSED, 2: WAITING}, "no word from rank 1: it was killed, ran out of memory, or its machine is gone. Go"),
        ({1: LATE, 2: CLOSED}, "no word from rank 0: it hangs. Go on from the last checkpoint with --resume"),
        ({0: LATE, 1: LATE, 2: WAITING}, "no word from rank 2: it hangs"),
        ({0: CLOSED, 1: CLOSED, 2: CLOSED}, f"the processes lost each other: {CLOSED}"),
    ],
)
def test_summary(told: dict[int, str], said: str) -> None:
    assert summary(told, 3).startswith(said)
    assert is_late(told) == (LATE in told.values())


@pytest.fixture
def meeting() -> Meeting:
    return Meeting(rank=0, n_processes=3, host="127.0.0.1", port=free_port())


def speak(meeting: Meeting, errors: dict[int, BaseException], launcher: int | None) -> list[tuple[int, str]]:
    """Let threads stand for ranks; return who said what. A rank without an error has vanished."""
    said: list[tuple[int, str]] = []
    ranks = {
        rank: LastWords(replace(meeting, rank=rank), lambda line, rank=rank: said.append((rank, line)), launcher)
        for rank in sorted(errors)
    }
    threads = [threading.Thread(target=ranks[rank].say, args=(error,)) for rank, error in errors.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in ranks.values():
        one.close()
    return sorted(said)


def test_one_speaks_for_all(meeting: Meeting) -> None:
    errors = {0: RuntimeError(CLOSED), 1: OSError("the disk is full"), 2: RuntimeError(CLOSED)}
    assert [line for _, line in speak(meeting, errors, os.getppid())] == ["rank 1: the disk is full"]


def test_without_a_common_terminal_every_rank_speaks(meeting: Meeting) -> None:
    errors = {rank: ValueError("the processes do not agree") for rank in range(3)}
    assert speak(meeting, errors, None) == [(rank, "the processes do not agree") for rank in range(3)]


def test_a_rank_that_is_stuck_is_ended(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(last_words, "PATIENCE", 3.0)
    monkeypatch.setattr(last_words.os, "_exit", codes.append)
    said: list[str] = []
    first = LastWords(meeting, said.append)
    stuck = LastWords(replace(meeting, rank=1), said.append)
    first.say(RuntimeError(CLOSED))
    stuck._listener.join()
    assert codes == [2]
    assert said[0].startswith("no word from rank 2: it was killed"), "rank 1 is stuck, not lost"


def test_a_new_attempt_does_not_hear_the_one_before(meeting: Meeting) -> None:
    """torchrun keeps its store when it starts the processes anew."""
    keeper = LastWords(meeting, print)  # stands for torchrun
    said: list[str] = []
    for attempt in ("0", "1"):
        own = replace(meeting, rank=1, n_processes=2, attempt=attempt, launcher_keeps_store=True)
        LastWords(own, said.append).say(OSError(f"attempt {attempt}"))
    assert said == ["rank 1: attempt 0", "rank 1: attempt 1"]
    keeper.close()


def test_a_store_that_has_gone_leaves_the_own_error(meeting: Meeting) -> None:
    said: list[str] = []
    keeper = meeting.open_store(5.0)
    alone = LastWords(replace(meeting, rank=1), said.append)
    del keeper
    alone.say(OSError("the disk is full"))
    assert said == ["rank 1: the disk is full"]


def test_the_variables_of_a_launcher() -> None:
    told = {"RANK": "1", "WORLD_SIZE": "4", "MASTER_ADDR": "here", "MASTER_PORT": "29500"}
    assert Meeting.from_variables(told) == Meeting(1, 4, "here", 29500)
    more = {"TORCHELASTIC_RESTART_COUNT": "2", "TORCHELASTIC_USE_AGENT_STORE": "True"}
    assert Meeting.from_variables(told | more) == Meeting(1, 4, "here", 29500, "2", True)
    keepers = [Meeting.from_variables(told | given).keeps_store for given in ({}, {"RANK": "0"}, {"RANK": "0"} | more)]
    assert keepers == [False, True, False]
    with pytest.raises(ValueError, match="needs MASTER_PORT in its environment: start it with torchrun"):
        Meeting.from_variables({name: value for name, value in told.items() if name != "MASTER_PORT"})
