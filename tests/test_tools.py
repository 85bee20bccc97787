"""The maintainers' tools: what they refuse, and in which words."""

import ast
import importlib.util
import json
import shutil
import socket
import sys
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load_tool(name: str) -> ModuleType:
    """Import a file of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


bootstrap = load_tool("bootstrap")
check_environment = load_tool("check_environment")
lab = load_tool("lab")
run_benchmarks = load_tool("run_benchmarks")
run_notebooks = load_tool("run_notebooks")
run_tests = load_tool("run_tests")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the installer takes for the project."""
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp.json")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def test_an_old_python_can_read_the_installer() -> None:
    ast.parse((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"is Python 3\.9, and this project needs Python 3\.11 or later"):
        bootstrap.choose_python()


def test_a_finished_install_is_not_repeated_until_the_pins_change(project: Path) -> None:
    assert not bootstrap.is_installed("course")
    bootstrap.STAMP.write_text(json.dumps({"extra": "dev", "digest": bootstrap.digest()}), encoding="utf-8")
    assert bootstrap.is_installed("course") and bootstrap.is_installed("dev")
    assert not bootstrap.is_installed("bench")
    (project / "constraints.txt").write_text("torch==0.1\n", encoding="utf-8")
    assert not bootstrap.is_installed("course")


@pytest.mark.parametrize("content", ["", "[1]", '{"extra": "dev"', '{"extra": 3}'])
def test_a_damaged_stamp_counts_as_no_install(project: Path, content: str) -> None:
    bootstrap.STAMP.write_text(content, encoding="utf-8")
    assert not bootstrap.is_installed("course")


def test_a_broken_or_moved_venv_is_noticed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", project / ".venv" / "bin" / "python")
    assert bootstrap.venv_problem() == "its Python is gone or does not start"
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", sys.executable)
    assert bootstrap.venv_problem() == "it is incomplete"
    (project / ".venv" / "pyvenv.cfg").touch()
    assert bootstrap.venv_problem() is None
    bootstrap.STAMP.write_text('{"venv": "/elsewhere/.venv"}', encoding="utf-8")
    assert bootstrap.venv_problem() == "it was moved here from /elsewhere/.venv"


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: usage(free=int(1.3e9)))
    with pytest.raises(SystemExit, match=r"needs about 2 GB, and 1\.3 GB"):
        bootstrap.check_disk("")
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: usage(free=int(3e9)))
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    bootstrap.check_disk("https://download.pytorch.org/whl/cpu")
    assert capsys.readouterr().out == ""
    bootstrap.check_disk("")
    assert "TORCH_INDEX" in capsys.readouterr().out


def test_a_taken_port_is_refused_or_passed_over() -> None:
    with socket.socket() as other:
        other.bind((lab.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"port {port} is taken"):
            lab.choose_port(port)
    assert lab.choose_port(port) == port
    assert 8888 <= lab.choose_port(None) < 8988


@pytest.mark.skipif(not hasattr(lab.os, "geteuid"), reason="no root user on this platform")
def test_lab_is_local_and_root_only_when_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab.os, "geteuid", lambda: 1000)
    command = lab.lab_command(9000, headless=True, root=ROOT, page="/tree/work/a.ipynb")
    assert {"--ip=127.0.0.1", "--port=9000", "--no-browser"} <= set(command)
    assert not any("token" in word or word == "--allow-root" for word in command)
    monkeypatch.setattr(lab.os, "geteuid", lambda: 0)
    assert "--allow-root" in lab.lab_command(9000, headless=False, root=ROOT, page="")


def test_defects_of_the_environment_are_named() -> None:
    project = {
        "requires-python": ">=3.11",
        "dependencies": ["torch>=2.5"],
        "optional-dependencies": {"dev": ["minillama[course]", "ruff>=0.12"]},
    }
    environment = {"name": "x", "dependencies": ["python=3.9", {"pip": ["-e ."]}]}
    found = "\n".join(check_environment.check_environment(environment, project)[0])
    for words in ("the keys ['dependencies', 'name']", "ask for pip", "constraints.txt", "has python=3.9"):
        assert words in found
    found = check_environment.check_pins({"torch": "2.4"}, project, {"torch": "2.4+cpu", "numpy": "2.0"})
    assert [problem.split(",")[0] for problem in found] == [
        "pyproject.toml asks for torch>=2.5",
        "pyproject.toml asks for ruff>=0.12",
        "numpy 2.0 is installed",
    ]


def test_a_slow_notebook_is_reported_and_a_very_slow_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    watch = run_notebooks.Stopwatch()
    watch.seconds = run_notebooks.Counter({"a.ipynb": 12.0, "b.ipynb": 61.0})
    assert run_notebooks.report(watch)
    printed = capsys.readouterr().out.splitlines()
    assert "over the budget of 60 s" not in printed[2] and printed[3].endswith("over the budget of 60 s")
    watch.seconds["c.ipynb"] = 181.0
    assert not run_notebooks.report(watch)


def test_kernels_cannot_reach_the_network_or_the_learners_progress() -> None:
    settings = run_notebooks.offline_environment("/nowhere", strict=True)
    assert settings["HTTPS_PROXY"] == run_notebooks.NOWHERE
    assert settings["MINILLAMA_WORK"].startswith("/nowhere/")
    assert settings["MINILLAMA_STRICT"] == "1"
    assert run_notebooks.offline_environment("/nowhere", strict=False)["MINILLAMA_STRICT"] == ""


def test_a_failed_lane_is_named_and_the_rest_still_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lanes = tuple(run_tests.Lane(f"exit {code}", (sys.executable, "-c", f"exit({code})")) for code in (0, 3, 0))
    monkeypatch.setitem(run_tests.LANES, "check", lanes[:2] + (run_tests.Lane("last", lanes[2].command),))
    monkeypatch.setattr(sys, "argv", ["run_tests.py", "check"])
    assert run_tests.main() == 1
    printed = capsys.readouterr().out
    assert "last                    passed" in printed and "FAILED: exit 3." in printed


def test_no_file_of_tests_is_left_out_or_runs_twice() -> None:
    commands = [lane.command for suite in ("test", "slow") for lane in run_tests.LANES[suite]]
    ignored = {word.removeprefix("--ignore=") for command in commands for word in command if word[:9] == "--ignore="}
    assert ignored == {"tests/parallel", "tests/browser", "tests/soak", "tests/parallel/test_faults.py"}
    for path in ignored:
        assert (ROOT / path).exists()
        assert sum(path in command for command in commands) == 1, "what one lane ignores another one runs"


def test_a_benchmark_that_breaks_the_contract_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    monkeypatch.setattr(run_benchmarks, "ROOT", tmp_path)
    good = {"name": "good", "figures": {"ratio": 1.5}, "targets": {"ratio": ">= 1.0"}, "met": True}
    for name, last in {"good": json.dumps(good), "lacks": '{"name": "lacks"}', "chats": "done"}.items():
        (folder / f"{name}.py").write_text(f"print('table')\nprint({last!r})\n", encoding="utf-8")
    (folder / "dies.py").write_text("exit(4)\n", encoding="utf-8")
    assert "| ratio | 1.5 | >= 1.0 |" in run_benchmarks.section(run_benchmarks.run("good", quick=False))
    errors = {name: run_benchmarks.run(name, quick=True)["error"] for name in ("lacks", "chats", "dies")}
    assert "'figures'" in errors["lacks"] and "JSON" in errors["chats"] and "code 4" in errors["dies"]
