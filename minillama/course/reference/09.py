"""Answers of chapter 09 that the package does not contain."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from ...cache import KVCache
from ...model import Llama


@torch.no_grad()
def write(model: Llama, prompt: Sequence[int], n: int, pick: Callable[[Tensor], Tensor], cache: KVCache) -> list[int]:
    """Continue a prompt by n tokens: read it once, then one token per step."""
    unread, written = torch.tensor([prompt]), []  # (1, T)
    for _ in range(n):
        last = model.hidden_states(unread, cache)[:, -1]  # (1, C)
        chosen = pick(model.lm_head(last))  # (1,)
        written.append(chosen.item())
        unread = chosen.unsqueeze(1)  # (1, 1)
    return written


def keep_top_p(logits: Tensor, p: float) -> Tensor:
    """Leave the smallest set of most likely tokens whose probability together reaches p, by sorting all tokens."""
    if not 0 < p <= 1:
        raise ValueError(f"top-p needs a probability above 0 and up to 1, got {p}")
    if p == 1:
        return logits
    probabilities = torch.softmax(logits, dim=-1)  # (B, V)
    largest, ids = probabilities.sort(dim=-1, descending=True, stable=True)
    before = largest.cumsum(dim=-1) - largest  # (B, V), the probability of all that stand before each
    kept = torch.zeros_like(before, dtype=torch.bool).scatter(-1, ids, before < p)
    return logits.masked_fill(~kept, -torch.inf)


def padded_mask(n_padding: Tensor, n_queries: int, n_keys: int) -> Tensor:
    """Say which keys each query of a batch with padding on the left may look at, (B, 1, T, S)."""
    places = torch.arange(n_keys)
    own = places[n_keys - n_queries :, None]  # (T, 1), where each query stands
    start = n_padding.view(-1, 1, 1, 1)  # (B, 1, 1, 1), where each text begins
    causal = places <= own  # (T, S)
    is_text = places >= start
    is_self = places == own
    return causal & is_text | is_self


def padded_mask_given(n_padding: Tensor, n_queries: int, n_keys: int) -> Tensor:
    """Say which keys each query of a batch with padding on the left may look at, with one bug."""
    places = torch.arange(n_keys)
    own = places[n_keys - n_queries :, None]  # (T, 1), where each query stands
    start = n_padding.view(-1, 1, 1, 1)  # (B, 1, 1, 1), where each text begins
    causal = places <= own  # (T, S)
    is_text = own >= start
    is_self = places == own
    return causal & is_text | is_self


@torch.no_grad()
def beam_search(
    model: Llama,
    prompt: Sequence[int],
    n_beams: int,
    max_new_tokens: int,
    eos_id: int | None = None,
    length_penalty: float = 1.0,
) -> tuple[list[int], float]:
    """Return the best continuation among those that beam search meets, and its score."""
    beams = torch.tensor([list(prompt)])  # (N, T), the unfinished texts
    totals = torch.zeros(1)  # (N,), the logarithm of the probability of each
    finished: list[tuple[float, list[int]]] = []

    def score(total: float, n_tokens: int) -> float:
        return total / n_tokens**length_penalty

    for n_tokens in range(1, max_new_tokens + 1):
        steps = torch.log_softmax(model(beams)[:, -1], dim=-1)  # (N, V)
        sums = (totals.to(steps.dtype).unsqueeze(-1) + steps).flatten()  # (N * V,)
        n_wanted = min(2 * n_beams, len(sums))  # each text can end in one way only, so n_beams of them go on
        sums, places = sums.topk(n_wanted)
        parents, tokens = places // steps.shape[1], places % steps.shape[1]
        grown = torch.cat((beams[parents], tokens.unsqueeze(-1)), dim=-1)  # (2N, T + 1)
        ends = tokens == eos_id if eos_id is not None else torch.zeros_like(tokens, dtype=torch.bool)
        for total, text in zip(sums[ends].tolist(), grown[ends].tolist(), strict=True):
            finished.append((score(total, n_tokens), text[len(prompt) :]))
        beams, totals = grown[~ends][:n_beams], sums[~ends][:n_beams]
    for total, text in zip(totals.tolist(), beams.tolist(), strict=True):
        finished.append((score(total, max_new_tokens), text[len(prompt) :]))
    best, text = max(finished)
    return text, best
