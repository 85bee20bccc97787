"""Plausible wrong answers to the exercises of chapter 09 on the decoding loop and the padded mask."""

import torch

from . import mutant

WRITE, MASK = "generation.write", "generation.padded_mask"


def _write(model, prompt, n, pick, cache, take=lambda hidden: hidden[:, -1]):
    unread, written = torch.tensor([prompt]), []
    for _ in range(n):
        chosen = pick(model.lm_head(take(model.hidden_states(unread, cache))))
        written.append(chosen.item())
        unread = chosen.unsqueeze(1)
    return written


@mutant(WRITE, "return statement")
def returns_nothing(model, prompt, n, pick, cache):
    _write(model, prompt, n, pick, cache)


@mutant(WRITE, "without the prompt")
def returns_the_prompt_too(model, prompt, n, pick, cache):
    return prompt + _write(model, prompt, n, pick, cache)


@mutant(WRITE, "`.item()` makes one")
def returns_tensors(model, prompt, n, pick, cache):
    return [torch.tensor([token]) for token in _write(model, prompt, n, pick, cache)]


@mutant(WRITE, "take `[:, -1]`")
def looks_at_the_first_token(model, prompt, n, pick, cache):
    return _write(model, prompt, n, pick, cache, take=lambda hidden: hidden[:, 0])


@mutant(WRITE, "must not be read a second time")
def reads_the_text_again(model, prompt, n, pick, cache):
    text = list(prompt)
    for _ in range(n):
        text.append(pick(model(torch.tensor([text]), cache)[:, -1]).item())
    return text[len(prompt) :]


@mutant(WRITE, "the rest is in the cache")
def ignores_the_cache(model, prompt, n, pick, cache):
    text = list(prompt)
    for _ in range(n):
        text.append(pick(model(torch.tensor([text]))[:, -1]).item())
    return text[len(prompt) :]


@mutant(WRITE, "positions go on from there")
def restarts_the_positions(model, prompt, n, pick, cache):
    chosen, written = pick(model(torch.tensor([prompt]), cache)[:, -1]), []
    for _ in range(n):
        written.append(chosen.item())
        cache.rewind(0)
        chosen = pick(model(chosen.unsqueeze(1), cache)[:, -1])
    return written


@mutant(WRITE, "the last token is never read")
def reads_the_last_token_for_nothing(model, prompt, n, pick, cache):
    written = _write(model, prompt, n, pick, cache)
    model.hidden_states(torch.tensor([written[-1:]]), cache)
    return written


@mutant(WRITE, "let `pick` choose")
def always_takes_the_best(model, prompt, n, pick, cache):
    return _write(model, prompt, n, lambda logits: logits.argmax(dim=-1), cache)


@mutant(WRITE, "one row, (1, V)")
def gives_pick_a_vector(model, prompt, n, pick, cache):
    return _write(model, prompt, n, lambda logits: pick(logits[0]).view(1), cache)


def _mask(n_padding, n_queries, n_keys, text=None, own=None, join=None):
    places = torch.arange(n_keys)
    own = places[n_keys - n_queries :, None] if own is None else own(places)
    is_text = (text or torch.ge)(places, n_padding.view(-1, 1, 1, 1))
    parts = places <= own, is_text, places == own
    return (join or (lambda causal, is_text, is_self: causal & is_text | is_self))(*parts)


@mutant(MASK, "look at the padding")
def knows_only_causality(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys, text=lambda places, start: start >= 0)


@mutant(MASK, "comes later")
def forgets_causality(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys, join=lambda causal, is_text, is_self: is_text | is_self)


@mutant(MASK, "its first one stands at that place")
def loses_the_first_token(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys, text=torch.gt)


@mutant(MASK, "a softmax over nothing")
def leaves_empty_rows(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys, join=lambda causal, is_text, is_self: causal & is_text)


@mutant(MASK, "not the first")
def aligns_to_the_first_key(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys, own=lambda places: places[:n_queries, None])


@mutant(MASK, "shape")
def forgets_the_heads(n_padding, n_queries, n_keys):
    return _mask(n_padding, n_queries, n_keys)[:, 0]
