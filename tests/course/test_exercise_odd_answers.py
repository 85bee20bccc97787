"""Answers that would break the notebook: none of them stops it, and none is mistaken for something else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import torch

from minillama.course import board, hint
from minillama.course.progress import Record, read_progress, write_record

from .test_exercise import RIGHT, TODO

HEAD = RIGHT.partition("    if")[0]


def test_answer_that_calls_itself_does_not_reach_an_older_stand_in(desk, capsys):
    desk.run(TODO)
    desk.run(HEAD + "    return rms_norm(x, gain, eps)\n")
    assert "WRONG rms_norm\n      your code raised RecursionError" in capsys.readouterr().out


def test_only_the_stubs_error_counts_as_todo(desk, capsys):
    desk.run(HEAD + "    return torch.softmax(torch.arange(3), dim=-1)\n")
    out = capsys.readouterr().out
    assert out.startswith("WRONG") and "NotImplementedError in the line `return torch.softmax" in out


@pytest.mark.parametrize("error", ["SystemExit(3)", "Mute"])
def test_any_error_of_the_answer_is_a_verdict(desk, capsys, error):
    desk.run("class Mute(Exception):\n    def __str__(self):\n        raise TypeError\n")
    desk.run(HEAD + f"    raise {error}\n")
    assert f"your code raised {error.partition('(')[0]} in the line `raise {error}`" in capsys.readouterr().out
    assert desk["rms_norm"].yours


def test_interrupted_check_leaves_the_name_as_it_was(desk):
    desk.run(TODO)
    before = desk["rms_norm"]
    with pytest.raises(KeyboardInterrupt):
        desk.run(HEAD + "    raise KeyboardInterrupt\n")
    assert desk["rms_norm"] is before


def test_huge_observation_is_shortened(desk, capsys):
    desk.run(HEAD + "    raise ValueError('a' + 9999 * 'x' + 'z')\n")
    out = capsys.readouterr().out
    assert "axxx" in out and "xxxz\n" in out and len(out) < 1000


def test_answer_prints_only_while_it_is_judged(desk, capsys):
    desk.run("""
        @exercise("rmsnorm.layer_norm")
        def layer_norm(x, gain, bias, eps=1e-5):
            print("called")
            return torch.nn.functional.layer_norm(x, gain.shape, gain, bias, eps)
    """)
    assert capsys.readouterr().out.count("called") == 3  # once for each check


def test_indented_answer_is_saved(desk):
    desk.run("if True:\n" + RIGHT.strip().replace("@", "    @", 1).replace("\n", "\n    "))
    assert "\ndef rms_norm(" in (desk.mine / "rmsnorm.py").read_text(encoding="utf-8")


def test_checks_begin_with_float32_by_default(desk):
    torch.set_default_dtype(torch.float64)
    try:
        desk.run(RIGHT.replace("    if", "    assert torch.ones(1).dtype == torch.float32\n    if", 1))
        assert torch.get_default_dtype() == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)
    assert read_progress()["rmsnorm.rms_norm"].status == "OK"


def test_folder_that_cannot_be_written_costs_the_record_not_the_lesson(desk, capsys, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MINILLAMA_WORK", str(tmp_path / "file" / "work"))
    desk.run(RIGHT)
    out = capsys.readouterr().out
    assert out.startswith("OK") and "Not saved" in out and "Make that folder writable" in out
    desk.run(TODO)
    assert torch.equal(desk["rms_norm"](torch.ones(2), torch.ones(2), 0.0), torch.ones(2))
    assert {row[2] for row in board(chapter=3).rows} == {"TODO"}


MODULE = """
@exercise("rmsnorm.RMSNorm")
class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-5):
        super().__init__()
        self.eps, self.weight = eps, nn.Parameter(torch.ones(dim))
    def forward(self, x):
        return rms_norm(x, self.weight, self.eps)
"""


def test_saved_file_that_is_no_longer_python_is_set_aside(desk):
    desk.run(RIGHT)
    file = desk.mine / "rmsnorm.py"
    file.write_text(file.read_text(encoding="utf-8") + "def oops(:\n", encoding="utf-8")
    desk.run(MODULE)
    assert "# my comment" in (desk.mine / "rmsnorm.damaged.py").read_text(encoding="utf-8")
    assert "class RMSNorm" in file.read_text(encoding="utf-8")


def test_saved_code_that_no_longer_runs_does_not_stop_the_next_answer(desk, capsys):
    desk.run(RIGHT)
    file = desk.mine / "rmsnorm.py"
    file.write_text(file.read_text(encoding="utf-8").replace("eps=1e-5", "eps=LOST"), encoding="utf-8")
    capsys.readouterr()
    desk.run(MODULE)
    assert capsys.readouterr().out.startswith("OK    RMSNorm")


def test_similar_names_are_suggested(capsys):
    with pytest.raises(ValueError, match="there is no exercise 'rms_nrom'; there are: .*rms_norm") as caught:
        hint("rms_nrom")
    assert "swiglu" not in str(caught.value)


def test_no_record_is_lost_when_two_notebooks_write(desk):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: write_record(f"exercise.{i}", Record(status="OK")), range(40)))
    assert len(read_progress()) == 40
    assert [path.name for path in desk.mine.iterdir()] == ["progress.json"]


def test_lock_of_a_program_that_died_does_not_stop_the_next_one(desk, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    desk.mine.mkdir(parents=True)
    (desk.mine / "writing.lock").touch()
    desk.run(RIGHT)
    assert read_progress()["rmsnorm.rms_norm"].status == "OK"
    assert not (desk.mine / "writing.lock").exists()
