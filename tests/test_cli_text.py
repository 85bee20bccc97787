"""minillama generate and chat: sampling options, stop strings, conversations, Ctrl-C."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from minillama import cli, cli_text

Capture = pytest.CaptureFixture[str]
FRANCE = ["generate", "--model", "smollm2", "--prompt", "The capital of France is", "--max-tokens", "8"]


def feed(monkeypatch: pytest.MonkeyPatch, *lines: str | type[BaseException]) -> None:
    """What the user types; then the input ends."""
    typed = iter([*lines, EOFError])

    def read(prompt: str) -> str:
        line = next(typed)
        if isinstance(line, str):
            return line
        raise line

    monkeypatch.setattr("builtins.input", read)


def test_stop_strings_end_the_text_before_them(smollm2: Path, capsys: Capture) -> None:
    assert cli.main([*FRANCE, "--stop", "The answer", "--stop", "xyz"]) == 0
    assert capsys.readouterr().out == "The capital of France is Paris.\n\n\n"


def test_one_candidate_is_greedy_whatever_the_temperature(smollm2: Path, capsys: Capture) -> None:
    assert cli.main(FRANCE) == 0
    greedy = capsys.readouterr().out
    for only in (["--top-k", "1"], ["--min-p", "1"], ["--top-p", "0.000001"]):
        assert cli.main([*FRANCE, "--temperature", "1.5", "--seed", "3", *only]) == 0
        assert capsys.readouterr().out == greedy
    assert cli.main([*FRANCE, "--repetition-penalty", "2"]) == 0
    assert capsys.readouterr().out != greedy


def test_bad_sampling_is_explained(smollm2: Path, capsys: Capture) -> None:
    assert cli.main([*FRANCE, "--top-p", "2"]) == 2
    assert capsys.readouterr().err == "minillama: top_p must be above 0 and up to 1; 1 leaves all tokens, got 2.0\n"


def test_past_the_context_with_the_town(capsys: Capture) -> None:
    arguments = ["generate", "--model", "town", "--prompt", "Once", "--max-tokens", "540"]
    assert cli.main([*arguments, "--temperature", "1", "--seed", "11", "--endless"]) == 0
    assert capsys.readouterr().out.startswith("Once")


def test_a_conversation_remembers(smollm2: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = ["chat", "--model", "smollm2", "--temperature", "0", "--max-tokens", "24"]
    feed(monkeypatch, "What is 2+2?", "", "/quit")
    assert cli.main(chat) == 0
    first = capsys.readouterr().out
    assert "4" in first
    question = "Repeat your last answer word for word."
    feed(monkeypatch, "What is 2+2?", question)
    assert cli.main(chat) == 0
    together = capsys.readouterr().out
    assert together.startswith(first)
    feed(monkeypatch, "What is 2+2?", "/reset", question)
    assert cli.main(chat) == 0
    assert capsys.readouterr().out != together, "after /reset the first answer is forgotten"


def test_models_without_a_chat_format_say_so(capsys: Capture) -> None:
    assert cli.main(["chat", "--model", "town"]) == 2
    assert "this model has no chat format: its tokenizer lacks <|im_start|>" in capsys.readouterr().err


def test_interruption_ends_an_answer_but_not_the_chat(
    smollm2: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> Iterator[str]:
        yield "begun"
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_text, "_pieces", interrupted)
    feed(monkeypatch, "hello", "hello again")
    assert cli.main(["chat", "--model", "smollm2"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "begunbegun"
    assert captured.err.count("minillama: stopped") == 2
    assert cli.main(FRANCE) == 130
    assert capsys.readouterr().out == "The capital of France isbegun"
    feed(monkeypatch, KeyboardInterrupt)
    assert cli.main(["chat", "--model", "smollm2"]) == 130


def test_a_full_context_is_announced(smollm2: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "word " * 9000, "/quit")
    assert cli.main(["chat", "--model", "smollm2"]) == 0
    assert "The context is full: 8192 tokens are left. Begin anew with /reset" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "x"])
def test_numbers_are_checked(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f"a number from 0 on is needed, got '{text}'"):
        cli_text._number(text)
