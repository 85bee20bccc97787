"""Speculative decoding: a quick draft proposes tokens, the model itself checks all of them in one pass.

The text has exactly the distribution that the model alone would give it. A pass over five tokens takes hardly longer
than one over a single token, because in both cases all weights are read from memory once.

Shape letters: V vocabulary, N drafted tokens.

Source: Leviathan et al., 2023, arXiv:2211.17192; Chen et al., 2023, arXiv:2302.01318.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from .cache import KVCache
from .drafts import Draft, ModelDraft
from .generation import CHUNK, require_request, room
from .model import Llama
from .sampling import Sampling, draw, uniform
from .surgery import device_of


@dataclass(frozen=True)
class Round:
    """What one pass of the model over drafted tokens gave.

    Args:
        tokens: the new tokens; none if a stop id came first.
        n_drafted: tokens that the draft proposed.
        n_accepted: how many of them the model agreed to.

    Example:
        >>> Round(tokens=(5, 11), n_drafted=4, n_accepted=1).tokens  # one accepted, one of the model's own
        (5, 11)
    """

    tokens: tuple[int, ...]
    n_drafted: int
    n_accepted: int


def accept(p: Tensor, q: Tensor, drafted: Tensor, generator: torch.Generator | None = None) -> list[int]:
    """Decide how many drafted tokens stay, and add one token of the model's own.

    The drafted tokens are looked at in order. One stays with probability min(1, p/q), where p and q are how likely
    the model and the draft found it. The first that does not stay is replaced by a token drawn from max(p - q, 0),
    scaled to sum to 1, and the tokens after it are dropped. If all stay, one more token is drawn from the last row
    of p. So every token has exactly the probability p.

    Args:
        p: the model's probabilities at each drafted token and after the last, shape (N + 1, V).
        q: the draft's probabilities that the tokens were drawn from, shape (N, V).
        drafted: token ids, shape (N,), int64; each has a positive probability in q. N may be 0.
        generator: source of randomness.

    Returns:
        1 to N + 1 token ids.

    Example:
        >>> sure = torch.eye(3)
        >>> accept(p=sure[[1, 2, 0]], q=sure[[1, 2]], drafted=torch.tensor([1, 2]))  # all agreed, one more
        [1, 2, 0]
        >>> accept(p=sure[[1, 2, 0]], q=sure[[0, 2]], drafted=torch.tensor([0, 2]))  # the first is replaced
        [1]

    Source:
        Leviathan et al., 2023, arXiv:2211.17192, algorithm 1; Chen et al., 2023, arXiv:2302.01318, algorithm 2.
    """
    n_drafted = len(drafted)
    places = torch.arange(n_drafted, device=p.device)
    chances = p[places, drafted] / q[places, drafted]  # (N,)
    stays = uniform(n_drafted, generator).to(p.device) < chances
    n_accepted = int(stays.long().cumprod(0).sum())
    weights = p[n_accepted]  # (V,)
    if n_accepted < n_drafted:
        rest = (weights - q[n_accepted]).clamp(min=0)
        weights = rest if rest.any() else weights  # p equals q up to rounding
    own = draw(weights.unsqueeze(0), generator)  # (1,); it does the scaling
    return [*drafted[:n_accepted].tolist(), int(own)]


def speculate(
    target: Llama,
    draft: Draft | Llama,
    prompt: Sequence[int],
    max_new_tokens: int,
    *,
    n_draft: int = 4,
    stop_ids: Collection[int] = (),
    generator: torch.Generator | None = None,
    **sampling: float,
) -> Iterator[Round]:
    """Continue a prompt like ``generate``, with several tokens per pass of the model.

    Greedy decoding gives the same tokens as ``generate`` (where two tokens score alike to the last digit, rounding
    may choose the other); sampling gives other tokens of the same distribution.

    Args:
        target: the model whose text it is.
        draft: proposes the tokens: a small model with the same vocabulary, or another ``Draft``.
        prompt: token ids, at least one.
        max_new_tokens: stop after this many; the context may end earlier.
        n_draft: how many tokens to propose for each pass.
        stop_ids: stop before one of these.
        generator: source of randomness, for the draft as well.
        **sampling: the fields of ``Sampling``, for both models.

    Returns:
        An iterator over rounds; the text is their tokens one after the other.

    Raises:
        ValueError: if the prompt is empty, longer than the context, or holds an id outside the vocabulary,
            ``max_new_tokens`` is negative, ``n_draft`` is below 1, the vocabularies differ, or a field of
            ``Sampling`` is out of range.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> model = Llama(config)
        >>> list(speculate(model, model, [5, 11], max_new_tokens=5))[0].n_accepted  # the best of all drafts
        4

    Source:
        Leviathan et al., 2023, arXiv:2211.17192, section 2.
    """
    require_request(target, [prompt], max_new_tokens, None, CHUNK)
    if n_draft < 1:
        raise ValueError(f"n_draft must be at least 1, got {n_draft}: for no draft at all use `generate`")
    if isinstance(draft, Llama):
        draft = ModelDraft(draft, room(draft, len(prompt), max_new_tokens))
    if draft.vocab_size not in (None, target.config.vocab_size):
        raise ValueError(
            f"the draft has a vocabulary of {draft.vocab_size} tokens and the model one of "
            f"{target.config.vocab_size}: both need the same tokenizer"
        )
    return _rounds(target, draft, list(prompt), max_new_tokens, n_draft, stop_ids, generator, Sampling(**sampling))


@torch.no_grad()
def _rounds(
    target: Llama,
    draft: Draft,
    text: list[int],
    max_new_tokens: int,
    n_draft: int,
    stop_ids: Collection[int],
    generator: torch.Generator | None,
    sampling: Sampling,
) -> Iterator[Round]:
    """Yield the rounds of ``speculate``."""
    end = min(target.config.max_seq_len + 1, len(text) + max_new_tokens)  # the last token is never read
    cache = KVCache(target.config.n_layers, room(target, len(text), max_new_tokens))
    while len(text) < end:
        n_wanted = min(n_draft, end - len(text) - 1)  # with one token of the model's own
        drafted, q = draft.propose(text, n_wanted, sampling, generator) if n_wanted else ([], None)
        p = _judge(target, cache, text, drafted, sampling)  # (N + 1, V)
        ids = torch.tensor(drafted, dtype=torch.int64, device=p.device)
        q = one_hot(ids, p.shape[1]).float() if q is None else q.to(p.device)  # (N, V)
        kept = accept(p, q, ids, generator)
        tokens = tuple(_until_stop(kept, stop_ids))
        yield Round(tokens, len(drafted), len(kept) - 1)
        if len(tokens) < len(kept):
            return
        text += kept
        cache.rewind(len(text) - 1)  # forget the tokens that did not stay; the last one is still to be read


def _judge(target: Llama, cache: KVCache, text: list[int], drafted: list[int], sampling: Sampling) -> Tensor:
    """Return the target's probabilities at each drafted token and after the last, (N + 1, V), in one pass."""
    device = device_of(target)
    unread = torch.tensor([text[cache.length :] + drafted], device=device)  # (1, T), mostly N + 1 tokens
    hidden = torch.cat([target.hidden_states(part, cache) for part in unread.split(CHUNK, dim=1)], dim=1)  # (1, T, C)
    seen = None
    if sampling.needs_seen:  # each row sees one more drafted token; the first id of the text fills up the rest
        rows = [text + drafted[:n] + text[:1] * (len(drafted) - n) for n in range(len(drafted) + 1)]
        seen = torch.tensor(rows, device=device)
    return sampling.probabilities(target.lm_head(hidden[0, -len(drafted) - 1 :]), seen)


def _until_stop(tokens: list[int], stop_ids: Collection[int]) -> Iterator[int]:
    """Yield tokens until one of them is a stop id."""
    for token in tokens:
        if token in stop_ids:
            return
        yield token
