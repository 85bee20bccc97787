"""Writing text: feed the model its own predictions, one token at a time.

Shape letters: B batch, T new tokens, S tokens so far, C dim, V vocabulary.
"""

import math
from collections.abc import Collection, Iterator, Sequence

import torch
from torch import Tensor

from .cache import KVCache
from .model import Llama
from .padded_cache import PaddedCache
from .ring_cache import RingCache
from .sampling import Sampling
from .surgery import device_of

CHUNK = 512  # tokens of a prompt read at once: long enough to be fast, short enough for memory


def generate(
    model: Llama,
    prompt: Sequence[int],
    max_new_tokens: int,
    *,
    stop_ids: Collection[int] = (),
    generator: torch.Generator | None = None,
    cache: KVCache | None = None,
    chunk: int = CHUNK,
    **sampling: float,
) -> Iterator[int]:
    """Continue a prompt, yielding each new token as soon as it is chosen.

    The prompt is read once, in chunks; after that the cache lets every step read a single token. All state lives in
    the cache and in the iterator, none in the model.

    Args:
        model: moved nowhere; the tokens follow its device.
        prompt: token ids, at least one.
        max_new_tokens: stop after this many; the context may end earlier.
        stop_ids: stop before yielding one of these, for example the end-of-text id.
        generator: source of randomness.
        cache: a cache of any kind; by default a growing one that ends at the model's context. With a ``RingCache``
            the text may go on for ever. If it holds tokens already, the prompt follows them.
        chunk: largest number of prompt tokens read at once, positive.
        sampling: fields of ``Sampling``, such as ``temperature=0.8, top_p=0.9``; none of them is greedy decoding.

    Returns:
        An iterator over token ids. Each is computed when it is asked for.

    Raises:
        ValueError: if the prompt is empty, too long for what is left of the context, or holds an id outside the
            vocabulary, or ``max_new_tokens`` is negative.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> len(list(generate(Llama(config), prompt=[5, 11], max_new_tokens=3)))
        3
    """
    if cache is None:
        cache = KVCache(model.config.n_layers, room(model, len(prompt), max_new_tokens))
    require_request(model, [prompt], max_new_tokens, cache, chunk)
    rows = _write(model, torch.tensor([prompt]), max_new_tokens, Sampling(**sampling), generator, cache, chunk)
    return _until_stop(rows, stop_ids)


def generate_batch(
    model: Llama,
    prompts: Sequence[Sequence[int]],
    max_new_tokens: int,
    *,
    stop_ids: Collection[int] = (),
    generator: torch.Generator | None = None,
    chunk: int = CHUNK,
    **sampling: float,
) -> Iterator[list[int | None]]:
    """Continue several prompts at once, yielding one token for each at every step.

    Short prompts are padded on the left; every text is what it would be alone, up to rounding. A step costs little
    more for many texts than for one, because the weights are read once for all.

    Args:
        model: moved nowhere; the tokens follow its device.
        prompts: lists of token ids, of any lengths.
        max_new_tokens: stop after this many; all end where the longest text meets the end of the context.
        stop_ids: a text ends before one of these.
        generator: source of randomness, shared by all texts.
        chunk: largest number of prompt tokens read at once, positive.
        sampling: fields of ``Sampling``.

    Returns:
        An iterator over lists with one entry per prompt: a token id, or None once this text has ended.

    Raises:
        ValueError: as for ``generate``; or if there are no prompts.

    Example:
        >>> from minillama.config import ModelConfig
        >>> config = ModelConfig(vocab_size=97, dim=24, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                      hidden_dim=40, max_seq_len=32)
        >>> steps = list(generate_batch(Llama(config), [[5, 11], [7]], max_new_tokens=3))
        >>> len(steps), len(steps[0])
        (3, 2)
    """
    if not prompts:
        raise ValueError("there are no prompts: give at least one list of token ids")
    longest = max(map(len, prompts))
    n_padding = torch.tensor([longest - len(prompt) for prompt in prompts])
    require_request(model, prompts, max_new_tokens, None, chunk)
    # Padding repeats a text's first token, so that a repetition penalty meets no strange one.
    tokens = torch.tensor([[*prompt[:1]] * (longest - len(prompt)) + [*prompt] for prompt in prompts])  # (B, T)
    cache = PaddedCache(model.config.n_layers, room(model, longest, max_new_tokens), n_padding)
    rows = _write(model, tokens, max_new_tokens, Sampling(**sampling), generator, cache, chunk)
    return _until_all_stop(rows, stop_ids)


def endless_cache(model: Llama, window: int | None = None, n_sinks: int = 4) -> RingCache:
    """Make the cache with which a text may grow past the model's context.

    Args:
        model: gives the rotations.
        window: largest number of tokens a token looks at; the context if left out.
        n_sinks: how many first tokens are never forgotten.

    Returns:
        An empty cache.

    Raises:
        ValueError: if the window is longer than the context, or leaves no room beside the sinks.

    Source:
        Xiao et al., 2023, arXiv:2309.17453.
    """
    config = model.config
    window = config.max_seq_len if window is None else window
    if window > config.max_seq_len:
        raise ValueError(f"a window of {window} is longer than the context of {config.max_seq_len}: use a shorter one")
    return RingCache(config.n_layers, window, n_sinks, config.rope_theta, config.rope_scaling)


def room(model: Llama, n_prompt: int, max_new_tokens: int) -> int:
    """Number of places a cache needs for a request, at most the context."""
    return max(1, min(model.config.max_seq_len, n_prompt + max_new_tokens))


@torch.no_grad()
def last_logits(model: Llama, tokens: Tensor, cache: KVCache, chunk: int = CHUNK) -> Tensor:
    """Read tokens in chunks and score what follows the last one, without the scores of the others.

    Args:
        model: anything with ``hidden_states`` and ``lm_head``.
        tokens: token ids, shape (B, T).
        cache: extended by T tokens.
        chunk: largest number of tokens read at once.

    Returns:
        Logits, shape (B, V).
    """
    for part in tokens.split(chunk, dim=1):
        last = model.hidden_states(part, cache)[:, -1]  # (B, C)
    return model.lm_head(last)


@torch.no_grad()
def _write(
    model: Llama,
    tokens: Tensor,
    max_new_tokens: int,
    sampling: Sampling,
    generator: torch.Generator | None,
    cache: KVCache,
    chunk: int,
) -> Iterator[Tensor]:
    """Yield the next token of every row, shape (B,), until the context ends."""
    tokens = tokens.to(device_of(model))
    seen = tokens
    for _ in range(max_new_tokens):
        if not cache.endless and cache.length + tokens.shape[1] > model.config.max_seq_len:
            return
        logits = last_logits(model, tokens, cache, chunk)
        chosen = sampling.pick(logits, seen if sampling.needs_seen else None, generator)
        yield chosen
        tokens = chosen.unsqueeze(1)  # (B, 1)
        if sampling.needs_seen:
            seen = torch.cat((seen, tokens), dim=1)


def _until_stop(rows: Iterator[Tensor], stop_ids: Collection[int]) -> Iterator[int]:
    """The tokens of a single text before its end."""
    for row in rows:
        if (token := row.item()) in stop_ids:
            return
        yield token


def _until_all_stop(rows: Iterator[Tensor], stop_ids: Collection[int]) -> Iterator[list[int | None]]:
    """One list per step, None for every text that has ended; the end is when all have."""
    ended: set[int] = set()
    for row in rows:
        tokens = row.tolist()
        ended |= {i for i, token in enumerate(tokens) if token in stop_ids}
        if len(ended) == len(tokens):
            return
        yield [None if i in ended else token for i, token in enumerate(tokens)]


def require_request(
    model: Llama, prompts: Sequence[Sequence[int]], max_new_tokens: int, cache: KVCache | None, chunk: int
) -> None:
    """Refuse a request that the model cannot answer, before any work is done.

    Raises:
        ValueError: see ``generate``.
    """
    if max_new_tokens < 0 or chunk < 1:
        raise ValueError(f"max_new_tokens must be 0 or more and chunk 1 or more, got {max_new_tokens} and {chunk}")
    room_left, largest = model.config.max_seq_len, model.config.vocab_size - 1
    if cache is not None:
        room_left = math.inf if cache.endless else room_left - cache.length
    for prompt in prompts:
        if not 0 < len(prompt) <= room_left:
            raise ValueError(f"the prompt needs 1 to {room_left} tokens, got {len(prompt)}")
        if min(prompt) < 0 or max(prompt) > largest:
            raise ValueError(
                f"token ids must lie between 0 and {largest}, got {min(prompt)} to {max(prompt)}: "
                "encode the prompt with this model's tokenizer"
            )
