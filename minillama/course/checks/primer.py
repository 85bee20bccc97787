"""Checks of chapter 00: the quiz, softmax and cross-entropy."""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F

from ..checking import expect, expect_close, expect_shape


def _answer(quiz: Callable, question: str) -> object:
    """Return one answer; an empty one means that the quiz is not filled in yet."""
    answers = quiz()
    expect(isinstance(answers, dict), "the quiz must return a dictionary of answers")
    expect(question in answers, f"the question {question!r} is missing: keep the names of the questions")
    if answers[question] is None:
        raise NotImplementedError
    return answers[question]


def _shape(quiz: Callable, question: str) -> tuple:
    answer = _answer(quiz, question)
    expect(isinstance(answer, tuple | list), f"a shape is a tuple of integers such as (7, 8), got {answer!r}")
    return tuple(answer)


def _number(quiz: Callable, question: str) -> float:
    answer = _answer(quiz, question)
    expect(isinstance(answer, int | float), f"{question}: the answer is a number without quotes, got {answer!r}")
    return answer


def check_shapes(quiz: Callable) -> None:
    """both shapes."""
    answer = _shape(quiz, "shape of x.mean(dim=-1)")
    expect(answer != (2, 3, 1), "the mean removes its dimension; (2, 3, 1) would need keepdim=True")
    expect(answer == (2, 3), f"x has shape (2, 3, 4), so x.mean(dim=-1) does not have shape {answer}")
    answer = _shape(quiz, "shape of the embedded ids")
    expect(answer == (2, 5, 4), f"the embedded ids do not have shape {answer}: every id becomes a row of 4")


def check_gradient(quiz: Callable) -> None:
    """the gradient."""
    answer = _number(quiz, "gradient of x ** 2 at x = 3")
    expect(answer != 9, "9 is the value of x ** 2 at 3; the gradient is its slope there")
    expect(answer == 6, f"the slope of x ** 2 at 3 is not {answer}")


def check_probabilities(quiz: Callable) -> None:
    """the probabilities."""
    answer = _answer(quiz, "softmax of [0, ln 3]")
    expect(
        isinstance(answer, list | tuple) and all(isinstance(p, int | float) for p in answer) and len(answer) == 2,
        f"softmax gives one probability for each score: a list of two numbers such as [0.5, 0.5], got {answer!r}",
    )
    answer = torch.tensor(answer, dtype=torch.float32)
    expect(abs(answer.sum() - 1) < 1e-3, f"probabilities sum to 1; yours sum to {answer.sum():.3f}")
    expect_close(answer, torch.tensor([0.25, 0.75]), "softmax of [0, ln 3]", rtol=1e-2)


def check_loss(quiz: Callable) -> None:
    """the loss."""
    answer = _number(quiz, "loss at probability 1")
    expect(answer != 1, "1 is the probability; the loss is minus its logarithm")
    expect(answer == 0, f"the loss of a sure and right prediction is not {answer}")


def check_softmax_value(softmax: Callable) -> None:
    """a value worked by hand."""
    expect_close(
        softmax(torch.tensor([0.0, math.log(3)])),
        torch.tensor([0.25, 0.75]),
        "softmax([0, ln 3])",
        "exp(0) = 1 and exp(ln 3) = 3: divide each by their sum, 4.",
    )


def check_softmax_rows(softmax: Callable) -> None:
    """every row sums to 1."""
    scores = torch.randn(3, 4, 5)
    result = softmax(scores)
    expect_shape(result, (3, 4, 5), "softmax of a (3, 4, 5) tensor")
    sums = result.sum(dim=-1)
    expect(
        (sums - 1).abs().max() < 1e-4,
        f"the first row sums to {sums[0, 0]:.3f}, expected 1: sum along the last dimension, with keepdim=True",
    )
    expect_close(result, torch.softmax(scores, dim=-1), "softmax(scores)")


def check_softmax_large(softmax: Callable) -> None:
    """no overflow for large scores."""
    result = softmax(torch.tensor([1000.0, 999.0, 0.0]))
    expect_shape(result, (3,), "softmax([1000, 999, 0])")
    expect(
        not result.isnan().any(),
        "softmax([1000, 999, 0]) gives NaN: exp(1000) is infinite. Subtract the largest score first",
    )
    expected = torch.tensor([math.e, 1.0, 0.0]) / (math.e + 1)
    expect_close(
        result,
        expected,
        "softmax([1000, 999, 0])",
        "Only differences between scores count: subtract the largest score, and change nothing else.",
    )


def check_softmax_rows_far_apart(softmax: Callable) -> None:
    """each row by its own largest score."""
    result = softmax(torch.tensor([[0.0, math.log(3)], [1000.0, 1000.0]]))
    expect_close(
        result,
        torch.tensor([[0.25, 0.75], [0.5, 0.5]]),
        "softmax of the rows [0, ln 3] and [1000, 1000]",
        "Subtract from each row its own largest score, not the largest of all.",
    )


def check_guess(cross_entropy: Callable) -> None:
    """a fair guess costs ln V."""
    loss = cross_entropy(torch.zeros(6, 8), torch.arange(6))
    expect_shape(loss, (), "the loss")
    expect(loss > 0, f"the loss of a fair guess is {loss:.3f}, expected ln 8 = 2.079: is the minus sign missing?")
    expect(
        abs(loss - math.log(8)) < 1e-3,
        f"equal scores for 8 tokens give a loss of {loss:.3f}, expected ln 8 = 2.079: the mean over rows, in nats",
    )


def check_right_token(cross_entropy: Callable) -> None:
    """the right token counts."""
    logits = torch.tensor([[0.0, math.log(3)], [0.0, 0.0]])
    expect_close(
        cross_entropy(logits, torch.tensor([1, 0])),
        torch.tensor((math.log(4 / 3) + math.log(2)) / 2),
        "the loss for probabilities 3/4 and 1/2 of the right tokens",
        "Pick from each row the entry of its own target.",
    )


def check_against_torch(cross_entropy: Callable) -> None:
    """equal to PyTorch's, with its gradient."""
    logits, targets = torch.randn(7, 5, requires_grad=True), torch.randint(5, (7,))
    ours, theirs = cross_entropy(logits, targets), F.cross_entropy(logits, targets)
    expect_close(ours, theirs, "cross_entropy(logits, targets)")
    expect(ours.requires_grad, "the loss carries no gradient: use tensor operations, not .item() or .tolist()")


def check_loss_large(cross_entropy: Callable) -> None:
    """no overflow for large logits."""
    loss = cross_entropy(torch.tensor([[1000.0, 0.0]]), torch.tensor([1]))
    expect(
        bool(loss.isfinite()),
        f"logits of 1000 and 0 give a loss of {loss.item()}, expected 1000: take log_softmax, not the log of softmax",
    )
    expect_close(loss, torch.tensor(1000.0), "the loss for logits of 1000 and 0")
