"""Plausible wrong answers to the Attention module of chapter 05."""

from torch import nn

from minillama.attention import Attention, fused_attend
from minillama.rope import apply_rope

from . import mutant


class _Layer(Attention):
    """The right layer in small steps; each mutant changes one of them."""

    def forward(self, x, cos, sin, cache=None):
        query, key, value = self.rotate(*map(self._split_heads, self.project(x)), cos, sin)
        visible = None
        if cache is not None:
            key, value, visible = self.extend(key, value, cache)
        return self.o_proj(self.merge(self.attend(query, key, value, visible)))

    def project(self, x):
        return self.q_proj(x), self.k_proj(x), self.v_proj(x)

    def rotate(self, query, key, value, cos, sin):
        return apply_rope(query, cos, sin), apply_rope(key, cos, sin), value

    def extend(self, key, value, cache):
        return cache.append(key, value)

    def attend(self, query, key, value, visible):
        return fused_attend(query, key, value, visible)

    def merge(self, gathered):
        return gathered.transpose(1, 2).flatten(-2)


@mutant("attention.Attention", "the weights are")
class HasBiases(_Layer):
    def __init__(self, dim, n_heads, n_kv_heads, head_dim):
        super().__init__(dim, n_heads, n_kv_heads, head_dim)
        self.o_proj = nn.Linear(n_heads * head_dim, dim)


@mutant("attention.Attention", "transpose(1, 2)")
class MergesWithoutTranspose(_Layer):
    def merge(self, gathered):
        return gathered.reshape(gathered.shape[0], gathered.shape[2], -1)


@mutant("attention.Attention", "has shape")
class ForgetsOutputProjection(_Layer):
    def forward(self, x, cos, sin, cache=None):
        query, key, value = self.rotate(*map(self._split_heads, self.project(x)), cos, sin)
        return self.merge(fused_attend(query, key, value))


@mutant("attention.Attention", "does not know their order")
class ForgetsRope(_Layer):
    def rotate(self, query, key, value, cos, sin):
        return query, key, value


@mutant("attention.Attention", "leave the values as they are")
class RotatesValuesToo(_Layer):
    def rotate(self, query, key, value, cos, sin):
        return apply_rope(query, cos, sin), apply_rope(key, cos, sin), apply_rope(value, cos, sin)


@mutant("attention.Attention", "query and key, both")
class RotatesOnlyQueries(_Layer):
    def rotate(self, query, key, value, cos, sin):
        return apply_rope(query, cos, sin), key, value


@mutant("attention.Attention", "only distances may count")
class RotatesOnlyKeys(_Layer):
    def rotate(self, query, key, value, cos, sin):
        return query, apply_rope(key, cos, sin), value


@mutant("attention.Attention", "Each projection has its own use")
class SwapsKeysAndValues(_Layer):
    def project(self, x):
        return self.q_proj(x), self.v_proj(x), self.k_proj(x)


@mutant("attention.Attention", "the cache holds 0")
class IgnoresTheCache(_Layer):
    def extend(self, key, value, cache):
        return key, value, None


@mutant("attention.Attention", "what cache.append returns")
class IgnoresWhatTheCacheReturns(_Layer):
    def extend(self, key, value, cache):
        cache.append(key, value)
        return key, value, None


@mutant("attention.Attention", "hand it on to fused_attend")
class IgnoresWhatIsVisible(_Layer):
    def attend(self, query, key, value, visible):
        return fused_attend(query, key, value)


@mutant("attention.Attention", "no gradient reaches q_proj")
class DetachesTheQueries(_Layer):
    def attend(self, query, key, value, visible):
        return fused_attend(query.detach(), key, value, visible)


@mutant("attention.Attention", "raised ValueError")
class RotatesAfterTheCache(_Layer):
    def forward(self, x, cos, sin, cache=None):
        query, key, value = map(self._split_heads, self.project(x))
        if cache is not None:
            key, value, _ = cache.append(key, value)
        query, key = apply_rope(query, cos, sin), apply_rope(key, cos, sin)
        return self.o_proj(self.merge(fused_attend(query, key, value)))


@mutant("attention.Attention", "Each projection has its own use")
class PairsHeadsByTurns(_Layer):
    def attend(self, query, key, value, visible):
        times = query.shape[1] // key.shape[1]
        return fused_attend(query, key.repeat(1, times, 1, 1), value.repeat(1, times, 1, 1))


@mutant("attention.Attention", "return statement")
class ReturnsNothing(_Layer):
    def forward(self, x, cos, sin, cache=None):
        super().forward(x, cos, sin, cache)
