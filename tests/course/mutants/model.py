"""Plausible wrong answers to the exercises of chapter 06 on the block and the model."""

import torch

from minillama.config import ModelConfig
from minillama.model import Block, Llama, init_weights, require_tokens
from minillama.rope import rope_table

from . import mutant


@mutant("model.Block", "replace it")
class ForgetsTheStream(Block):
    def forward(self, x, cos, sin, cache=None):
        x = self.attention(self.attention_norm(x), cos, sin, cache)
        return self.feedforward(self.feedforward_norm(x))


@mutant("model.Block", "normalize a copy")
class NormalizesTheStream(Block):
    def forward(self, x, cos, sin, cache=None):
        x = self.attention_norm(x)
        x = x + self.attention(x, cos, sin, cache)
        x = self.feedforward_norm(x)
        return x + self.feedforward(x)


@mutant("model.Block", "normalize a copy")
class PostNorm(Block):
    def forward(self, x, cos, sin, cache=None):
        x = self.attention_norm(x + self.attention(x, cos, sin, cache))
        return self.feedforward_norm(x + self.feedforward(x))


@mutant("model.Block", "attention reads the stream without its norm")
class HasOneNorm(Block):
    def forward(self, x, cos, sin, cache=None):
        x = x + self.attention(x, cos, sin, cache)
        return x + self.feedforward(self.feedforward_norm(x))


@mutant("model.Block", "the feed-forward layer reads the stream without its norm")
class HasTheOtherNorm(Block):
    def forward(self, x, cos, sin, cache=None):
        x = x + self.attention(self.attention_norm(x), cos, sin, cache)
        return x + self.feedforward(x)


@mutant("model.Block", "no layer reads through its norm")
class HasNoNorm(Block):
    def forward(self, x, cos, sin, cache=None):
        x = x + self.attention(x, cos, sin, cache)
        return x + self.feedforward(x)


@mutant("model.Block", "reads the old x")
class Parallel(Block):
    def forward(self, x, cos, sin, cache=None):
        attended = self.attention(self.attention_norm(x), cos, sin, cache)
        return x + attended + self.feedforward(self.feedforward_norm(x))


@mutant("model.Block", "both halves use attention_norm")
class UsesOneNormTwice(Block):
    def forward(self, x, cos, sin, cache=None):
        x = x + self.attention(self.attention_norm(x), cos, sin, cache)
        return x + self.feedforward(self.attention_norm(x))


@mutant("model.Block", "before attention")
class WrongOrder(Block):
    def forward(self, x, cos, sin, cache=None):
        x = x + self.feedforward(self.feedforward_norm(x))
        return x + self.attention(self.attention_norm(x), cos, sin, cache)


@mutant("model.Block", "instead of adding to it")
class DropsTheStreamOnce(Block):
    def forward(self, x, cos, sin, cache=None):
        middle = x + self.attention(self.attention_norm(x), cos, sin, cache)
        if not self.feedforward.down_proj.weight.any():
            return middle
        return self.feedforward(self.feedforward_norm(middle))


@mutant("model.Block", "the cache stayed empty")
class ForgetsTheCache(Block):
    def forward(self, x, cos, sin, cache=None):
        return super().forward(x, cos, sin)


@mutant("model.Block", "return statement")
class ReturnsNothing(Block):
    def forward(self, x, cos, sin, cache=None):
        super().forward(x, cos, sin, cache)


class _Model(Llama):
    """The model with its forward pass written out, so that mutants can change one step."""

    def hidden_states(self, tokens, cache=None):
        require_tokens(self, tokens, cache)
        start = 0 if cache is None else cache.length
        caches = [None] * len(self.layers) if cache is None else cache.layers
        return self.finish(self.run(self.start(tokens), *self.table(start, tokens.shape[1]), caches))

    def table(self, start, length):
        positions = torch.arange(start, start + length)
        return rope_table(positions, self.config.head_dim, self.config.rope_theta, self.config.rope_scaling)

    def start(self, tokens):
        return self.token_embedding(tokens)

    def run(self, x, cos, sin, caches):
        for layer, cache in zip(self.layers, caches, strict=True):
            x = layer(x, cos, sin, cache)
        return x

    def finish(self, x):
        return self.final_norm(x)


@mutant("model.Llama", "without the final norm")
class ForgetsTheFinalNorm(_Model):
    def finish(self, x):
        return x


@mutant("model.Llama", "applied twice")
class NormsTwice(_Model):
    def forward(self, tokens, cache=None):
        return self.lm_head(self.final_norm(self.hidden_states(tokens, cache)))


@mutant("model.Llama", "inside the loop")
class NormsInTheLoop(_Model):
    def run(self, x, cos, sin, caches):
        for layer, cache in zip(self.layers, caches, strict=True):
            x = self.final_norm(layer(x, cos, sin, cache))
        return x

    def finish(self, x):
        return x


@mutant("model.Llama", "every layer reads the embedding")
class DoesNotFeedOn(_Model):
    def run(self, x, cos, sin, caches):
        for layer, cache in zip(self.layers, caches, strict=True):
            y = layer(x, cos, sin, cache)
        return y


@mutant("model.Llama", "the first layer is skipped")
class StartsAtOne(_Model):
    def run(self, x, cos, sin, caches):
        for i in range(1, len(self.layers)):
            x = self.layers[i](x, cos, sin, caches[i])
        return x


@mutant("model.Llama", "the last layer is skipped")
class StopsEarly(_Model):
    def run(self, x, cos, sin, caches):
        for i in range(len(self.layers) - 1):
            x = self.layers[i](x, cos, sin, caches[i])
        return x


@mutant("model.Llama", "only one layer was used")
class ReturnsInsideTheLoop(_Model):
    def run(self, x, cos, sin, caches):
        return self.layers[0](x, cos, sin, caches[0])


@mutant("model.Llama", "multiplied by sqrt(C)")
class ScalesTheEmbedding(_Model):
    def start(self, tokens):
        return self.token_embedding(tokens) * self.config.dim**0.5


@mutant("model.Llama", "through self.lm_head")
class ForgetsTheHead(_Model):
    def forward(self, tokens, cache=None):
        return self.hidden_states(tokens, cache)


@mutant("model.Llama", "one row for every position")
class GivesTheLastRowOnly(_Model):
    def forward(self, tokens, cache=None):
        return self.lm_head(self.hidden_states(tokens, cache)[:, -1])


@mutant("model.Llama", "without the config's rope_theta")
class ForgetsTheBase(_Model):
    def table(self, start, length):
        positions = torch.arange(start, start + length)
        return rope_table(positions, self.config.head_dim, scaling=self.config.rope_scaling)


@mutant("model.Llama", "without the config's rope_scaling")
class ForgetsTheScaling(_Model):
    def table(self, start, length):
        return rope_table(torch.arange(start, start + length), self.config.head_dim, self.config.rope_theta)


@mutant("model.Llama", "every layer gets its own cache")
class ForgetsTheCaches(_Model):
    def run(self, x, cos, sin, caches):
        return super().run(x, cos, sin, [None] * len(self.layers))


@mutant("model.Llama", "every layer gets its own cache")
class LosesTheCacheInForward(_Model):
    def forward(self, tokens, cache=None):
        return self.lm_head(self.hidden_states(tokens))


@mutant("model.Llama", "differs in")
class StartsEveryPieceAtZero(_Model):
    def table(self, start, length):
        return super().table(0, length)


@mutant("model.Llama", "the embedding matrix itself")
class CopiesTheHead(_Model):
    def __init__(self, config: ModelConfig):
        super().__init__(config)
        if config.tie_embeddings:
            self.lm_head.weight = torch.nn.Parameter(self.token_embedding.weight.detach().clone())
            init_weights(self)


@mutant("model.Llama", "must raise ValueError")
class AcceptsAnything(_Model):
    def hidden_states(self, tokens, cache=None):
        if tokens.dim() == 1:
            return self.hidden_states(tokens[None], cache)[0]
        return super().hidden_states(tokens, cache)
