"""The decorator: verdicts, stand-ins, saving, attempts, strictness."""

import inspect

import pytest
import torch

from minillama.course import board, hint, show_solution
from minillama.course.exercise import NotSolved
from minillama.course.progress import read_progress

RIGHT = """
@exercise("rmsnorm.rms_norm")
def rms_norm(x, gain, eps=1e-5):
    if gain.shape != x.shape[-1:]:
        raise ValueError("gain")
    wide = x.float()  # my comment
    return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + eps)).to(x.dtype) * gain
"""
TODO = RIGHT.partition("    if")[0] + '    raise NotImplementedError("write this")\n'
WRONG = RIGHT.partition("    if")[0] + "    return x / x.norm(dim=-1, keepdim=True) * gain\n"


def test_right_answer_is_kept_and_saved(desk, capsys):
    desk.run(RIGHT)
    assert capsys.readouterr().out.startswith("OK")
    assert desk["rms_norm"].__module__ == "__main__"
    saved = (desk.mine / "rmsnorm.py").read_text(encoding="utf-8")
    assert "# my comment" in saved and "@exercise" not in saved
    names = {}
    exec(saved, names)
    assert torch.equal(names["rms_norm"](torch.ones(2), torch.ones(2), 0.0), torch.ones(2))


def test_unwritten_answer_is_todo_and_the_packages_version_runs(desk, capsys):
    desk.run(TODO)
    assert capsys.readouterr().out.startswith("TODO  rms_norm: difficulty 2 of 5, about 8 minutes")
    result = desk["rms_norm"](torch.tensor([3.0, 4.0]), torch.ones(2))
    assert torch.allclose(result, torch.tensor([0.8485, 1.1314]), atol=1e-4)
    assert "using the package's version; yours is `rms_norm.yours`" in capsys.readouterr().out
    desk["rms_norm"](torch.ones(2), torch.ones(2))
    assert capsys.readouterr().out == ""
    with pytest.raises(NotImplementedError):
        desk["rms_norm"].yours(torch.ones(2), torch.ones(2))


def test_wrong_answer_never_reaches_later_cells(desk, capsys):
    desk.run(WRONG)
    out = capsys.readouterr().out
    assert out.startswith("WRONG rms_norm") and "sum of squares" in out and "Hint 1 of 3" in out
    result = desk["rms_norm"](torch.tensor([3.0, 4.0]), torch.ones(2))
    assert torch.allclose(result, torch.tensor([0.8485, 1.1314]), atol=1e-4)


def test_stand_in_does_not_show_the_reference(desk):
    desk.run(TODO)
    assert "mean_square" not in inspect.getsource(desk["rms_norm"])
    assert list(inspect.signature(desk["rms_norm"]).parameters) == ["x", "gain", "eps"]


def test_running_a_stand_in_through_the_decorator_again_is_not_an_answer(desk, capsys):
    desk.run(TODO)
    desk.run(TODO)
    assert capsys.readouterr().out.count("TODO") == 2


def test_class_stand_in_works_and_is_labeled(desk, capsys):
    desk.run("""
        @exercise("rmsnorm.RMSNorm")
        class RMSNorm(nn.Module):
            def __init__(self, dim, eps=1e-5):
                raise NotImplementedError("write this")
        norm = RMSNorm(4)
    """)
    assert "RMSNorm: using the package's version" in capsys.readouterr().out
    assert [name for name, _ in desk["norm"].named_parameters()] == ["weight"]
    assert desk["RMSNorm"].yours is not desk["RMSNorm"]


def test_answer_that_leans_on_the_notebook_is_right_but_not_saved(desk, capsys):
    desk.run("def helper(x):\n    return x.pow(2).mean(-1, keepdim=True)\n")
    desk.run(RIGHT.replace("wide.pow(2).mean(-1, keepdim=True)", "helper(wide)"))
    out = capsys.readouterr().out
    assert out.startswith("OK") and "Not saved" in out and "`helper`" in out
    assert not (desk.mine / "rmsnorm.py").exists()


def test_earlier_passing_code_stays_when_a_later_answer_fails(desk):
    desk.run(RIGHT)
    desk.run(WRONG)
    assert "my comment" in (desk.mine / "rmsnorm.py").read_text(encoding="utf-8")
    record = read_progress()["rmsnorm.rms_norm"]
    assert (record.status, record.saved) == ("WRONG", True)


def test_same_wrong_answer_counts_once(desk):
    desk.run(WRONG)
    desk.run(WRONG)
    assert read_progress()["rmsnorm.rms_norm"].attempts == 1
    desk.run(WRONG.replace("norm(", "norm( "))
    assert read_progress()["rmsnorm.rms_norm"].attempts == 2


def test_solution_opens_after_three_attempts(desk, capsys):
    show_solution("rms_norm")
    assert "opens after 3 more tries" in capsys.readouterr().out
    for i in range(3):
        desk.run(WRONG.replace("* gain", f"* gain * {i + 2}"))
    assert "show_solution" in capsys.readouterr().out
    show_solution("rms_norm")
    assert "torch.rsqrt(mean_square + eps)" in capsys.readouterr().out


def test_hints_grow_with_attempts(desk, capsys):
    hint("rms_norm")
    out = capsys.readouterr().out
    assert "Hint 1 of 3" in out and 'hint("rms_norm", 2)' in out
    for i in range(2):
        desk.run(WRONG.replace("* gain", f"* gain * {i + 2}"))
    capsys.readouterr()
    hint("rms_norm")
    assert "Hint 2 of 3" in capsys.readouterr().out
    with pytest.raises(ValueError, match="numbered 1 to 3"):
        hint("rms_norm", 4)


def test_endless_loop_is_stopped(desk, capsys, monkeypatch):
    monkeypatch.setattr("minillama.course.running.SECONDS", 0.3)
    desk.run(RIGHT.partition("    if")[0] + "    while True:\n        pass\n")
    assert "endless loop" in capsys.readouterr().out


def test_random_state_and_modes_survive_the_checks(desk):
    torch.manual_seed(7)
    expected = torch.rand(1)
    torch.manual_seed(7)
    spoiler = "    torch.rand(3); torch.set_grad_enabled(False); torch.set_default_dtype(torch.float64)\n"
    desk.run(RIGHT.replace("    if", spoiler + "    if", 1))
    assert torch.is_grad_enabled() and torch.get_default_dtype() == torch.float32
    assert torch.equal(torch.rand(1), expected)


def test_find_the_bug_starts_as_todo(desk, capsys):
    desk.run(
        """
        @exercise("rmsnorm.norm_of_batch")
        def norm_of_batch(x, gain, eps=1e-5):
            mean_square = x.pow(2).mean(dim=(-2, -1), keepdim=True)
            return x * torch.rsqrt(mean_square + eps) * gain
    """.replace("(x, gain, eps=1e-5)", "(x: Tensor, gain: Tensor, eps: float = 1e-5) -> Tensor")
    )
    out = capsys.readouterr().out
    assert out.startswith("TODO") and "Find the bug" in out and "changed the result of the first." in out
    assert "reads the future" not in out
    assert read_progress()["rmsnorm.norm_of_batch"].attempts == 0


@pytest.mark.parametrize("answer", [TODO, WRONG])
def test_strict_mode_raises(desk, monkeypatch, answer):
    monkeypatch.setenv("MINILLAMA_STRICT", "1")
    with pytest.raises(NotSolved, match="rms_norm"):
        desk.run(answer)


def test_unknown_and_misnamed_exercises(desk):
    with pytest.raises(ValueError, match="there is no exercise 'rmsnorm.nope'"):
        desk.run('@exercise("rmsnorm.nope")\ndef nope():\n    pass\n')
    with pytest.raises(ValueError, match="checks 'rms_norm', but 'other' stands below"):
        desk.run('@exercise("rmsnorm.rms_norm")\ndef other():\n    pass\n')


def test_damaged_progress_file_is_set_aside(desk):
    desk.run(WRONG)
    (desk.mine / "progress.json").write_text("{not json", encoding="utf-8")
    assert read_progress() == {}
    assert (desk.mine / "progress.damaged.json").exists()


def test_board_lists_every_exercise_of_a_chapter(desk):
    desk.run(RIGHT)
    rows = {row[1]: row[2:] for row in board(chapter=3).rows}
    assert rows["rmsnorm.rms_norm"] == ("OK", "0", "yes")
    assert rows["rmsnorm.layer_norm"] == ("TODO", "0", "no")
