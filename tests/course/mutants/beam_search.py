"""Plausible wrong answers to the exercise of chapter 09 on beam search."""

import torch

from . import mutant

NAME = "generation.beam_search"


def _beam_search(
    model, prompt, n_beams, max_new_tokens, eos_id=None, length_penalty=1.0,
    normalize=torch.log_softmax, find=lambda places, size: (places // size, places % size), power=lambda n: n,
):  # fmt: skip
    """The right one, with parts to replace."""
    beams, totals, finished = torch.tensor([prompt]), torch.zeros(1), []
    for n in range(1, max_new_tokens + 1):
        steps = normalize(model(beams)[:, -1], dim=-1)
        sums = (totals.unsqueeze(-1) + steps).flatten()
        sums, places = sums.topk(min(2 * n_beams, len(sums)))
        parents, tokens = find(places, steps.shape[1])
        grown = torch.cat((beams[parents], tokens.unsqueeze(-1)), dim=-1)
        ends = tokens == (-1 if eos_id is None else eos_id)
        for total, text in zip(sums[ends].tolist(), grown[ends].tolist(), strict=True):
            finished.append((total / power(n) ** length_penalty, text[len(prompt) :]))
        beams, totals = grown[~ends][:n_beams], sums[~ends][:n_beams]
    for total, text in zip(totals.tolist(), beams.tolist(), strict=True):
        finished.append((total / power(max_new_tokens) ** length_penalty, text[len(prompt) :]))
    best, text = max(finished)
    return text, best


@mutant(NAME, "return statement")
def returns_nothing(*args, **settings):
    _beam_search(*args, **settings)


@mutant(NAME, "it takes the most likely token")
def takes_the_least_likely(model, *args, **settings):
    return _beam_search(lambda tokens: -model(tokens).clamp(min=-9), *args, **settings)


@mutant(NAME, "out of all pairs of text and token")
def is_always_greedy(model, prompt, n_beams, *args, **settings):
    return _beam_search(model, prompt, 1, *args, **settings)


@mutant(NAME, "Place i of the flattened sums")
def gives_the_sum_to_the_first_text(*args, **settings):
    return _beam_search(
        *args, **settings, find=lambda places, size: (torch.zeros_like(places), places % size)
    )  # fmt: skip


@mutant(NAME, "not the logits")
def adds_raw_logits(*args, **settings):
    return _beam_search(*args, **settings, normalize=lambda logits, dim: logits)


@mutant(NAME, "is not continued")
def goes_on_after_the_end(model, prompt, n_beams, max_new_tokens, eos_id=None, length_penalty=1.0):
    return _beam_search(model, prompt, n_beams, max_new_tokens, None, length_penalty)


@mutant(NAME, "score(total, n_tokens)")
def forgets_the_length(*args, **settings):
    return _beam_search(*args, **settings, power=lambda n: 1)
