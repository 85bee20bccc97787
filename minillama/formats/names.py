"""What each weight is called here, in Hugging Face files, in Meta's files and in GGUF files.

One table holds all names; every translation, in either direction, is computed from it. Weights enter a model
only through ``load_weights``, which is strict.

Source:
    huggingface/transformers, convert_llama_weights_to_hf.py; ggml-org/llama.cpp, gguf-py tensor map.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor, nn

Layout = Literal["ours", "huggingface", "meta", "gguf"]
LAYOUTS: tuple[Layout, ...] = ("ours", "huggingface", "meta", "gguf")
LAYER_PREFIXES = ("layers.N.", "model.layers.N.", "layers.N.", "blk.N.")  # N is the number of the layer
# Meta numbers the feed-forward projections: w1 is the gate, w2 the way down, w3 the way up.
IN_EACH_LAYER = (
    ("attention_norm", "input_layernorm", "attention_norm", "attn_norm"),
    ("attention.q_proj", "self_attn.q_proj", "attention.wq", "attn_q"),
    ("attention.k_proj", "self_attn.k_proj", "attention.wk", "attn_k"),
    ("attention.v_proj", "self_attn.v_proj", "attention.wv", "attn_v"),
    ("attention.o_proj", "self_attn.o_proj", "attention.wo", "attn_output"),
    ("feedforward_norm", "post_attention_layernorm", "ffn_norm", "ffn_norm"),
    ("feedforward.gate_proj", "mlp.gate_proj", "feed_forward.w1", "ffn_gate"),
    ("feedforward.up_proj", "mlp.up_proj", "feed_forward.w3", "ffn_up"),
    ("feedforward.down_proj", "mlp.down_proj", "feed_forward.w2", "ffn_down"),
)
OUTSIDE_LAYERS = (
    ("token_embedding", "model.embed_tokens", "tok_embeddings", "token_embd"),
    ("final_norm", "model.norm", "norm", "output_norm"),
    ("lm_head", "lm_head", "output", "output"),
)
# RoPE frequencies that old files carry along. The model computes them from the config, so they are skipped.
ROPE_BUFFER = re.compile(r"rope\.freqs$|\.rope\.freqs$|\.rotary_emb\.inv_freq$|\.rope_embeddings\.freqs$")
LAYER_NUMBER = re.compile(r"(?<=\.)(0|[1-9]\d*)(?=\.)")
MAX_SIZE = 1 << 24  # no published model has a size, vocabulary or context near this


class CheckpointError(ValueError):
    """The weights of a file do not fit the model.

    Args:
        source: file or folder, for the message.
        missing: names of weights that the model needs and the file lacks.
        unexpected: names in the file that the model has no place for.
        misshaped: one sentence for each weight of the wrong shape.

    Example:
        >>> print(CheckpointError("model.gguf", missing=["final_norm.weight"]))
        model.gguf does not fit the model. 1 missing: final_norm.weight
    """

    def __init__(
        self,
        source: str | Path,
        missing: Sequence[str] = (),
        unexpected: Sequence[str] = (),
        misshaped: Sequence[str] = (),
    ) -> None:
        self.missing, self.unexpected, self.misshaped = list(missing), list(unexpected), list(misshaped)
        kinds = {"missing": missing, "unexpected": unexpected, "of the wrong shape": misshaped}
        lists = [f"{len(names)} {kind}: {_shorten(names)}" for kind, names in kinds.items() if names]
        super().__init__(". ".join([f"{source} does not fit the model", *lists]))


def rename(name: str, source: Layout, target: Layout) -> str | None:
    """Translate the name of a weight from one layout to another.

    Args:
        name: for example ``blk.3.attn_q.weight``.
        source: the layout the name comes from: ours, huggingface, meta or gguf.
        target: the layout wanted.

    Returns:
        The other name, or None if the source layout knows no such weight.

    Example:
        >>> rename("blk.3.attn_q.weight", "gguf", "ours")
        'layers.3.attention.q_proj.weight'
        >>> rename("layers.3.attention.q_proj.weight", "ours", "meta")
        'layers.3.attention.wq.weight'

    Source:
        huggingface/transformers, convert_llama_weights_to_hf.py; llama.cpp, gguf-py tensor map.
    """
    numbers = LAYER_NUMBER.findall(name)
    translated = _translations(source, target).get(LAYER_NUMBER.sub("N", name))
    if translated is None or ("N" in translated) != bool(numbers):
        return None
    return translated.replace("N", numbers[0]) if numbers else translated


def is_rope_buffer(name: str) -> bool:
    """Whether the name is that of stored RoPE frequencies, which hold nothing that was learned.

    Example:
        >>> is_rope_buffer("model.layers.0.self_attn.rotary_emb.inv_freq")
        True
    """
    return ROPE_BUFFER.search(name) is not None


def load_weights(model: nn.Module, weights: Iterable[tuple[str, Tensor]], source: str | Path) -> None:
    """Give a model its weights; every one must be there, fit, and have a place.

    The tensors become the parameters themselves, without a copy. Build the model under
    ``torch.device("meta")`` and memory holds the weights once. A tied output head may be stored
    or left out; if stored, it must equal the embedding.

    Args:
        model: changed in place, only if everything fits.
        weights: pairs of our name and a tensor that nothing else uses; an iterator is read once.
        source: file or folder the weights come from, for messages.

    Raises:
        CheckpointError: lists what is missing, unexpected or of the wrong shape.

    Example:
        >>> layer = nn.Linear(2, 1, bias=False, device="meta")
        >>> load_weights(layer, [("weight", torch.tensor([[3.0, 4.0]]))], source="example")
        >>> layer(torch.tensor([1.0, 1.0])).item()
        7.0
    """
    parameters = dict(model.named_parameters(remove_duplicate=False))
    found: dict[str, Tensor] = {}
    unexpected, misshaped = [], []
    for name, tensor in weights:
        if name not in parameters or name in found:
            unexpected.append(name)
        elif tensor.shape != parameters[name].shape:
            misshaped.append(f"{name} is {tuple(tensor.shape)}, must be {tuple(parameters[name].shape)}")
        else:
            found[name] = tensor
    misshaped_names = {sentence.split()[0] for sentence in misshaped}
    missing = []
    for names in _names_of_each_parameter(parameters):
        stored = [found[name] for name in names if name in found]
        if not stored and not misshaped_names.intersection(names):
            missing.append(names[0])
        if any(not torch.equal(stored[0], other) for other in stored[1:]):
            misshaped.append(f"{' and '.join(names)} are tied in this model, but differ in the file")
    if missing or unexpected or misshaped:
        raise CheckpointError(source, missing, unexpected, misshaped)
    for names in _names_of_each_parameter(parameters):
        tensor = next(found[name] for name in names if name in found)
        parameter = nn.Parameter(tensor, requires_grad=parameters[names[0]].requires_grad)
        for name in names:
            module, _, attribute = name.rpartition(".")
            setattr(model.get_submodule(module), attribute, parameter)


def require_size(value: object, name: str) -> int:
    """Return a size that a file states, if it can be one.

    Raises:
        ValueError: if it is no integer from 1 to 2**24.

    Example:
        >>> require_size(576, "hidden_size")
        576
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SIZE:
        raise ValueError(f"{name} must be an integer from 1 to {MAX_SIZE}, got {value!r}")
    return value


def require_number(value: object, name: str) -> float:
    """Return a positive number that a file states, if it can be one.

    Raises:
        ValueError: if it is no number from 1e-30 to 1e30.

    Example:
        >>> require_number(1e-5, "rms_norm_eps")
        1e-05
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1e-30 < value < 1e30:
        raise ValueError(f"{name} must be a positive number, got {value!r}")
    return float(value)


def require_layers(n_layers: int, names: Iterable[str], source: str | Path) -> None:
    """Compare the layer count of a config with the names in the file, before building a model of that size.

    Raises:
        ValueError: if they differ.
    """
    numbers = {match[1] for name in names if (match := LAYER_NUMBER.search(name))}
    if len(numbers) != n_layers:
        raise ValueError(f"{source}: the config says {n_layers} layers, the weights have {len(numbers)}")


@cache
def _translations(source: Layout, target: Layout) -> dict[str, str]:
    """Build the dictionary from one column of the table to another."""
    a, b = LAYOUTS.index(source), LAYOUTS.index(target)
    pairs = [(row[a], row[b]) for row in OUTSIDE_LAYERS]
    pairs += [(LAYER_PREFIXES[a] + row[a], LAYER_PREFIXES[b] + row[b]) for row in IN_EACH_LAYER]
    return {f"{old}.weight": f"{new}.weight" for old, new in pairs}


def _names_of_each_parameter(parameters: dict[str, nn.Parameter]) -> list[list[str]]:
    """Group the names that share one parameter, as a tied head does."""
    groups: dict[int, list[str]] = {}
    for name, parameter in parameters.items():
        groups.setdefault(id(parameter), []).append(name)
    return list(groups.values())


def _shorten(names: Sequence[str], limit: int = 6) -> str:
    """Join names for a message, without flooding the terminal or obeying control characters in them."""
    names = [name if name.isprintable() else repr(name) for name in names]
    rest = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + rest
