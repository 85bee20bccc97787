"""Steps of one token as one compiled program.

In eager PyTorch a step of a small model is hundreds of calls from Python, and each call costs as much as the little
it computes. A compiler turns the step into one program: small operations join, and nothing returns to Python in
between. Compiling takes about a minute and needs a C++ compiler; PyTorch keeps the result for the next time.

Shape letters: B batch, S tokens in the cache, K key-value heads, D head_dim, V vocabulary.
"""

import shutil
from collections.abc import Callable
from itertools import chain
from types import FunctionType, MethodType

import torch
from torch import Tensor, nn
from torch.func import functional_call

from .cache import KVCache
from .fast import FastLlama
from .fixed_cache import FixedCache
from .surgery import device_of

# The model and the stores of the cache do not change between steps. Comparing them all at every step, as the
# compiler would to be safe, costs a tenth of the step.
OPTIONS = {"guard_filter_fn": lambda guards: [False] * len(guards)}
COMPILERS = ("g++", "clang++", "cl")
CPU_OPTIONS = {"cpp_wrapper": True, "size_asserts": False}


class CompiledLlama(nn.Module):
    """A ``FastLlama`` whose steps of one token are compiled; give ``generate`` a ``FixedCache`` with it.

    Everything else, such as reading a prompt or another kind of cache, runs as before. The first step compiles; it
    is compiled anew for another batch size or capacity.

    Args:
        model: must not be changed afterwards. Its weights are moved to stacked tensors, of which it keeps views.

    Raises:
        ValueError: if the model is on a processor and there is no C++ compiler.

    Source:
        Ansel et al., 2024, PyTorch 2, ASPLOS, for the compiler.
    """

    def __init__(self, model: FastLlama) -> None:
        super().__init__()
        if device_of(model).type == "cpu" and not any(map(shutil.which, COMPILERS)):
            raise ValueError(
                f"compiling for a processor needs one of {', '.join(COMPILERS)}, and none is here. "
                "Install one, such as Debian's package g++, or use the FastLlama as it is"
            )
        self.model = model
        self.config, self.layers = model.config, model.layers
        self._bank = _stack_buffers(model.layers)
        self._programs: dict[tuple, Callable[..., Tensor]] = {}

    def hidden_states(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the normalized residual stream, shape (B, T, C), bfloat16; see ``Llama.hidden_states``."""
        if not isinstance(cache, FixedCache) or tokens.shape[1] != 1 or not self._fits(tokens, cache):
            return self.model.hidden_states(tokens, cache)  # which also says what is wrong, if something is
        step = self._program(self._read_one, len(tokens), cache.capacity)
        with torch.inference_mode():
            # The rotations come from outside: inside, the compiler would compute their cosines in every layer.
            turns = self.model.turns(cache.count)
            states = step(_fresh(tokens), turns, cache.count, cache.length + 1, cache.keys, cache.values, self._bank)
            cache.count += 1
        return states

    def lm_head(self, states: Tensor) -> Tensor:
        """Score the next token, (B, C) -> (B, V)."""
        return self._program(self.model.lm_head.forward, len(states))(_fresh(states))

    def forward(self, tokens: Tensor, cache: KVCache | None = None) -> Tensor:
        """Return the logits of the next token at every position, shape (B, T, V), float32."""
        return self.model.lm_head(self.hidden_states(tokens, cache)).float()

    def _fits(self, tokens: Tensor, cache: FixedCache) -> bool:
        """Whether a used cache is of this batch and has room for one more token, the last place left free.

        A program compiled while all places are taken would go on reading all of them, with fewer taken.
        """
        room = min(cache.capacity - 1, self.config.max_seq_len)
        return 0 < cache.length < room and len(tokens) == len(cache.keys[0])

    def _program(self, method: MethodType, *shape: int) -> Callable[..., Tensor]:
        """The program of a method for inputs of one shape; it is compiled when it runs for the first time."""
        key = (method.__qualname__, *shape)
        if key not in self._programs:
            options = OPTIONS | (CPU_OPTIONS if device_of(self).type == "cpu" else {})
            self._programs[key] = torch.compile(_copy(method), dynamic=True, fullgraph=True, options=options)
        return self._programs[key]

    def _read_one(
        self,
        tokens: Tensor,
        turns: tuple[Tensor, Tensor],
        position: Tensor,
        n_keys: int,
        keys: list[Tensor],
        values: list[Tensor],
        bank: dict[str, Tensor],
    ) -> Tensor:
        """What is compiled: ``FastLlama.read`` for one token at a position that is a tensor.

        The weights of all layers come as a few stacked tensors, because handing over hundreds takes a millisecond.
        """
        x = self.model.embed(tokens).float()
        for number, layer in enumerate(self.layers):
            weights = {name: stacked[number] for name, stacked in bank.items()}
            cache = _Written(keys[number], values[number], position, n_keys)
            x = functional_call(layer, weights, (x, turns, cache))
        return self.model.final_norm(x)


def _fresh(x: Tensor) -> Tensor:
    """A copy whose strides follow from its shape: a program takes a stride that equals a size for that size."""
    return x.clone(memory_format=torch.contiguous_format)


def _copy(method: MethodType) -> MethodType:
    """The same method with code of its own: without guards, programs of one code would stand in for each other."""
    function = method.__func__
    code = function.__code__.replace()
    return MethodType(FunctionType(code, function.__globals__, function.__name__), method.__self__)


def _stack_buffers(layers: nn.ModuleList) -> dict[str, Tensor]:
    """Move the weights of equal layers into stacked tensors, of which the layers keep views."""
    names = [name for name, _ in chain(layers[0].named_buffers(), layers[0].named_parameters())]
    bank = {}
    for name in names:
        owner, _, attribute = name.rpartition(".")
        modules = [layer.get_submodule(owner) for layer in layers]
        bank[name] = torch.stack([getattr(module, attribute).detach() for module in modules])
        for module, view in zip(modules, bank[name].unbind(), strict=True):
            module._buffers.pop(attribute, None), module._parameters.pop(attribute, None)
            module.register_buffer(attribute, view)
    return bank


class _Written:
    """The part of a fixed store that is written already, seen as the cache of one layer."""

    def __init__(self, keys: Tensor, values: Tensor, position: Tensor, n_keys: int) -> None:
        self.keys, self.values, self.position, self.n_keys = keys, values, position, n_keys

    def append(self, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor, None]:
        """Write one token; return what is written, two tensors of shape (B, K, S, D)."""
        self.keys.index_copy_(2, self.position, key)
        self.values.index_copy_(2, self.position, value)
        return self.keys[:, :, : self.n_keys], self.values[:, :, : self.n_keys], None
