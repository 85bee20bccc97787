"""The page on clusters: its scripts run on this machine, and the settings, flags and examples in it are real."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from torch.distributed.run import get_args_parser

from minillama.parallel.settings import JobSettings
from minillama.run_settings import OWNERS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
SCRIPTS = sorted([*EXAMPLES.glob("*.sh"), *EXAMPLES.glob("*.sbatch")])
SETTINGS = {field.name for owner in (*OWNERS, JobSettings) for field in fields(owner)}
ASSIGNED = re.compile(r"(?<![\w$.{-])([a-z_]+)=(?=[\w/\"$.]+)")
FLAG = re.compile(r"(?<=[ `])--([a-z0-9-]+)(?==| )")
PYTHON = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
CAN_REHEARSE = os.name == "posix" and all(map(shutil.which, ("bash", "pgrep")))
NOT_SETTINGS = {"join_timeout"}  # of --rdzv-conf


def shell_text() -> str:
    """What the page tells a reader to type, or names in passing; Python blocks are checked by running them."""
    return re.sub(r"```(python|text)\n.*?```", "", PAGE, flags=re.DOTALL)


def launches(text: str) -> list[str]:
    """The lines that start torchrun, continued lines joined."""
    return [line for line in text.replace("\\\n", " ").splitlines() if "torchrun -" in line or "--rdzv" in line]


def unknown_settings(text: str) -> set[str]:
    """Names in ``name=value`` that no setting has."""
    return {name for name in ASSIGNED.findall(text) if name not in SETTINGS | NOT_SETTINGS}


def unknown_flags(text: str) -> set[str]:
    """Flags of torchrun that it does not have; those of srun and of the command stand among them."""
    known = {name.lstrip("-") for action in get_args_parser()._actions for name in action.option_strings}
    return {flag for line in launches(text) for flag in FLAG.findall(line)} - known - {"kill-on-bad-exit", "resume"}


def test_every_setting_named_exists() -> None:
    assert unknown_settings(shell_text()) == set()
    for path in SCRIPTS:
        calls = re.findall(r"^#   .*|^ *set -- (?:.*\\\n)*.*", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert unknown_settings("\n".join(calls)) == set(), path.name


def test_an_invented_setting_is_noticed() -> None:
    assert unknown_settings("minillama train tensor=2 n_stages=2") == {"n_stages"}
    assert unknown_flags("torchrun --nnodes=2 --nodes=2 -m minillama") == {"nodes"}


def test_every_setting_of_the_job_is_named() -> None:
    for field in fields(JobSettings):
        assert f"`{field.name}" in PAGE, field.name


def test_every_flag_of_torchrun_exists() -> None:
    assert len(launches(PAGE)) >= 5
    assert unknown_flags(PAGE) == set()
    for path in SCRIPTS:
        assert unknown_flags(path.read_text(encoding="utf-8")) == set(), path.name


def test_every_ready_file_is_linked_or_called() -> None:
    told = PAGE + "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    for path in EXAMPLES.iterdir():
        assert path.is_dir() or path.name in told, path.name


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_shell_files_are_valid(path: Path) -> None:
    checked = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert os.name != "posix" or path.suffix == ".sbatch" or os.access(path, os.X_OK)


def test_slurm_directives_come_first() -> None:
    lines = (EXAMPLES / "train.sbatch").read_text(encoding="utf-8").splitlines()
    directives = [number for number, line in enumerate(lines) if line.startswith("#SBATCH ")]
    assert directives == list(range(1, len(directives) + 1))  # SLURM reads none after the first command


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the rehearsal ran, and what it printed."""
    if not CAN_REHEARSE:
        pytest.skip("the rehearsal needs bash and pgrep")
    folder = tmp_path_factory.mktemp("cluster")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    environment.pop("REHEARSAL", None)
    done = subprocess.run(
        ["bash", str(EXAMPLES / "rehearse.sh"), "2"], cwd=folder, env=environment, capture_output=True, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr + "".join(_tails(folder))
    return folder, done.stdout


def _tails(folder: Path) -> list[str]:
    """The end of each log, for a rehearsal that failed."""
    logs = sorted((folder / "work" / "rehearsal").glob("*.txt"))
    return [f"\n--- {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-2000:]}" for path in logs]


def test_rehearsal_equals_one_process(rehearsal: tuple[Path, str]) -> None:
    printed = rehearsal[1]
    parts = dict(part.split(":", 1) for part in printed.split("\n== ")[1:])
    assert list(parts)[:-1] == ["data", "one", "node", "nodes", "slurm", "slow", "move"]
    for name in ("node", "nodes", "slurm", "move"):
        assert "all 60 losses equal those of one process" in parts[name], name
    for name in ("node", "nodes", "slurm"):
        assert re.search(r"goes on at step [1-9]\d* of 60", parts[name]), name
    assert "minillama: no word from rank 1" in parts["node"]
    assert "attempt 1 ended with" in parts["nodes"]
    assert re.search(r"stopped after (\d+) steps.*\ngoes on at step \1 of 60", parts["slurm"])
    assert "rank 1 is a straggler" in parts["slow"]
    assert "written: checkpoint.safetensors" in parts["move"]


@pytest.mark.parametrize(("source", "printed"), PYTHON, ids=["planner", "checkpoint", "footprint"])
def test_python_examples_print_what_they_say(
    source: str, printed: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "work/rehearsal" in source:
        monkeypatch.chdir(request.getfixturevalue("rehearsal")[0])
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(source, "cluster.md", "exec"), {"__name__": "cluster"})
    assert output.getvalue() == printed


def test_no_python_example_is_left_out() -> None:
    assert len(PYTHON) == PAGE.count("```python") == 3
