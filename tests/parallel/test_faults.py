"""Processes that are killed, hang, lag behind or were told something else: the job says so, ends, and can go on."""

import csv
import os
import random
import re
import shutil
import signal
from pathlib import Path

import pytest
from jobs import ON_LINUX, SETTINGS, Job, by_hand, log_lines, run_job, same, team_outcome, write_rows

from benchmarks.team_kills import LAYOUTS, QUICK, survive
from minillama.parallel.checkpoint_files import find_sharded

pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("data") / "shards", vocab_size=96)


@pytest.fixture
def base(data: Path, tmp_path: Path) -> dict[str, object]:
    """Settings of a run that takes longer than any test."""
    own = {"data": data, "out": tmp_path / "run", "n_steps": 100000}
    return dict(text.split("=") for text in SETTINGS) | own


def texts(settings: dict[str, object]) -> list[str]:
    return [f"{name}={value}" for name, value in settings.items()]


def complaints(words: str) -> list[str]:
    return [line for line in words.replace("\r", "\n").splitlines() if line.startswith("minillama: ")]


def test_a_run_survives_a_sudden_death_in_every_layout(tmp_path: Path) -> None:
    assert len(LAYOUTS) == len(QUICK) == 5
    figures = survive(QUICK, tmp_path, seed=random.randrange(1000))
    assert figures["kills_survived"] == 5
    assert figures["ended_alike"] == 1


def test_a_killed_process_is_named_and_the_job_fails(base: dict[str, object], tmp_path: Path) -> None:
    with Job(3, texts(base | {"batch_size": 6})) as job:
        job.wait_for_steps(tmp_path / "run", 2)
        living = job.ranks()
        assert sorted(living) == [0, 1, 2]
        os.kill(living[2], signal.SIGKILL)
        assert job.wait() == 1
        assert job.ranks() == {}, "nobody is left"
        assert complaints(job.words()) == [
            "minillama: no word from rank 2: it was killed, ran out of memory, or its machine is gone. "
            "Go on from the last checkpoint with --resume"
        ], "one process speaks for all"
        assert "exitcode  : -9" in job.words(), "torchrun says so as well"


def test_a_process_that_hangs_is_named_and_ended(base: dict[str, object], tmp_path: Path) -> None:
    """Two on each axis, as the groups of the axes must know the time limit too."""
    with Job(4, texts(base | {"tensor": 2, "timeout": 3})) as job:
        job.wait_for_steps(tmp_path / "run", 2)
        os.kill(job.ranks()[1], signal.SIGSTOP)
        assert job.wait() == 1
        assert job.ranks() == {}
        (complaint,) = complaints(job.words())
        assert complaint.startswith("minillama: no word from rank 1: it hangs")


def test_signals_to_torchrun_save_and_stop(base: dict[str, object], tmp_path: Path) -> None:
    run, done = tmp_path / "run", []
    settings = base | {"n_steps": 50, "zero": 3, "save_steps": 1000}
    for number in (signal.SIGTERM, signal.SIGINT):
        with Job(2, [*texts(settings), *(["--resume"] if done else [])]) as job:
            job.wait_for_steps(run, 2)
            job.process.send_signal(number)
            assert job.wait() == 1
            assert job.ranks() == {}
            done.append(len(log_lines(run)))
            assert f"stopped after {done[-1]} steps; to go on: minillama train out={run} --resume" in job.words()
            assert complaints(job.words()) == []
        assert find_sharded(run).name == f"checkpoint-{done[-1]:08}"
    assert 0 < done[0] < done[1] < 50
    run_job(2, [*texts(settings), "--resume"])
    run_job(2, texts(settings | {"out": tmp_path / "calm"}))
    assert same(team_outcome(run), team_outcome(tmp_path / "calm"))


def test_a_straggler_is_named(base: dict[str, object], tmp_path: Path) -> None:
    slow = str(Path(__file__).with_name("slow_rank.py"))
    with Job(2, texts(base | {"n_steps": 12}), program=[slow], environment={"SLOW_RANK": "1"}) as job:
        assert job.wait() == 0, job.words()
        told = re.findall(r"rank (\d) is a straggler: busy (\S+) s in step \d+, the others (\S+) s", job.words())
    assert [rank for rank, _, _ in told] == ["1"], "said once"
    assert float(told[0][1]) > 0.1 and float(told[0][1]) > 1.5 * float(told[0][2])
    with (tmp_path / "run" / "processes.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [int(line["step"]) for line in lines] == list(range(12))
    assert [line["slowest_rank"] for line in lines].count("1") >= 10, "the first step may be slow for others"
    assert sum(float(line["slowest_seconds"]) > 0.1 for line in lines) == 12


def test_different_settings_are_named_on_every_rank(base: dict[str, object]) -> None:
    one, other = {"dim": 16, "tensor": 1, "schedule": "gpipe"}, {"dim": 24, "tensor": 2, "schedule": "wrong"}
    for code, words in by_hand([texts(base | one), texts(base | other)]):
        assert code == 2
        assert complaints(words) == [
            "minillama: the processes do not agree: dim is '16' on rank 0 and '24' on rank 1; "
            "tensor is '1' on rank 0 and '2' on rank 1; schedule is 'gpipe' on rank 0 and 'wrong' on rank 1. "
            "Give all of them the same settings, and the same data and program on every machine"
        ]


def test_different_data_are_named_on_every_rank(base: dict[str, object], data: Path, tmp_path: Path) -> None:
    """Each machine has a folder of the same name, one of them with other content, or none."""
    machines = [tmp_path / "0", tmp_path / "1"]
    shutil.copytree(data, machines[0] / "shards")
    write_rows(machines[1] / "shards", vocab_size=98)
    commands = [texts(base | {"data": "shards"})] * 2
    for code, words in by_hand(commands, machines):
        (complaint,) = complaints(words)
        assert code == 2
        assert complaint.startswith("minillama: the processes do not agree: data is '")
        assert "on rank 0 and '" in complaint and "on rank 1; model is ModelConfig(" in complaint
    shutil.rmtree(machines[1] / "shards")
    for code, words in by_hand(commands, machines):
        (complaint,) = complaints(words)
        assert code == 2
        assert complaint.startswith("minillama: rank 1: shards has no index.json: it is not a folder of token shards")


def test_a_mistake_of_the_user_is_said_once(base: dict[str, object], tmp_path: Path) -> None:
    with Job(2, texts(base | {"tensor": 2, "n_heads": 1})) as job:
        assert job.wait() == 1
        (complaint,) = complaints(job.words())
    assert "rank" not in complaint, "all ranks said the same"
    assert not (tmp_path / "run").exists()


def test_a_checkpoint_that_cannot_be_written_leaves_the_one_before(base: dict[str, object], tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "checkpoint-00000004.part").write_text("in the way", encoding="utf-8")
    with Job(2, texts(base | {"zero": 2, "save_steps": 2})) as job:
        assert job.wait() == 1
        (complaint,) = complaints(job.words())
    assert complaint.startswith(f"minillama: no checkpoint could be written to {run / 'checkpoint-00000004.part'}")
    assert "File exists" in complaint
    assert complaint.endswith("The one of before is untouched; mend this and resume")
    assert find_sharded(run).name == "checkpoint-00000002"
