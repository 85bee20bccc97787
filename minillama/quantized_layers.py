"""Layers whose weights are stored as packed codes and decoded when they are used.

The matrix of codes is a module inside the layer. A head tied to the embedding shares it, and goes on sharing it when
the model is copied or moved to another device.

Shape letters: B batch, T tokens; N rows of a weight (outputs), K columns (inputs).

Source: Dettmers et al., 2022, arXiv:2208.07339; Dettmers et al., 2023, arXiv:2305.14314, section 3.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

from .quantization import Grid, quantize
from .quantized_matrix import QuantizedMatrix
from .surgery import replace_linears

HEAD = Grid(8)  # one byte a weight, one grid a row
Quantizer = Callable[[Tensor, Grid], tuple[Tensor, Tensor, Tensor]]


class QuantizedLinear(nn.Module):
    """A linear layer without bias whose weight is a ``QuantizedMatrix``.

    It has nothing to train, but gradients pass through it to its input, so that LoRA can wrap it.

    Args:
        matrix: the weight; layers may share it.

    Example:
        >>> linear = nn.Linear(64, 3, bias=False)
        >>> layer = QuantizedLinear.from_linear(linear, Grid(8, group=32))
        >>> x = torch.ones(2, 64)
        >>> torch.allclose(layer(x), linear(x), atol=0.02)
        True
        >>> sum(buffer.nbytes for buffer in layer.buffers()), linear.weight.nbytes
        (216, 768)

    Source:
        Dettmers et al., 2023, arXiv:2305.14314, section 3, equation 5.
    """

    def __init__(self, matrix: QuantizedMatrix) -> None:
        super().__init__()
        self.matrix = matrix
        self.in_features, self.out_features = matrix.n_columns, matrix.n_rows

    @classmethod
    def from_linear(cls, linear: nn.Linear, grid: Grid, quantizer: Quantizer = quantize) -> "QuantizedLinear":
        """Quantize the weight of a layer.

        Args:
            linear: without bias; not changed.
            grid: bits, groups and symmetry.
            quantizer: called with weight (N, K) and grid; returns codes, scale and minimum as ``quantize`` does.

        Raises:
            ValueError: if the layer has a bias, or the groups do not divide its rows.
        """
        if linear.bias is not None:
            raise ValueError("only linear layers without bias can be quantized, as those of LLaMA are: leave this out")
        return cls(QuantizedMatrix.from_codes(*quantizer(linear.weight.detach(), grid), grid))

    @property
    def grid(self) -> Grid:
        """Bits, groups and symmetry."""
        return self.matrix.grid

    def forward(self, x: Tensor) -> Tensor:
        """Decode the weight and multiply; shape (..., K) in, (..., N) out, in the dtype of ``x``."""
        return _Product.apply(x, self.matrix)


class _Product(torch.autograd.Function):
    """x times a decoded weight; for the backward pass it is decoded again, not kept, which would undo the saving."""

    @staticmethod
    def forward(ctx, x: Tensor, matrix: QuantizedMatrix) -> Tensor:
        """Keep the codes alone."""
        ctx.matrix = matrix
        return F.linear(x, matrix.dequantize(x.dtype))

    @staticmethod
    @once_differentiable
    def backward(ctx, grad: Tensor) -> tuple[Tensor, None]:
        """The gradient of x; the codes have none."""
        return grad @ ctx.matrix.dequantize(grad.dtype), None


class QuantizedEmbedding(nn.Module):
    """An embedding whose table is a ``QuantizedMatrix``; only the rows looked up are decoded.

    Args:
        matrix: the table; a tied head may share it.
        dtype: of the result, until ``.to(dtype)`` changes it.

    Example:
        >>> table = nn.Embedding(97, 24)
        >>> embedding = QuantizedEmbedding.from_embedding(table, Grid(8))
        >>> tokens = torch.tensor([[5, 11, 60]])
        >>> torch.allclose(embedding(tokens), table(tokens), atol=0.02)
        True
    """

    def __init__(self, matrix: QuantizedMatrix, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.matrix = matrix
        # Empty, but `.to(dtype)` converts it: so the layer knows in which dtype the model computes.
        self.register_buffer("like", torch.empty(0, dtype=dtype, device=matrix.packed.device), persistent=False)

    @classmethod
    def from_embedding(
        cls, embedding: nn.Embedding, grid: Grid, quantizer: Quantizer = quantize
    ) -> "QuantizedEmbedding":
        """Quantize the table of an embedding.

        Args:
            embedding: not changed.
            grid: bits, groups and symmetry.
            quantizer: as for ``QuantizedLinear.from_linear``.

        Raises:
            ValueError: if the groups do not divide the rows.
        """
        weight = embedding.weight.detach()
        return cls(QuantizedMatrix.from_codes(*quantizer(weight, grid), grid), weight.dtype)

    @property
    def grid(self) -> Grid:
        """Bits, groups and symmetry."""
        return self.matrix.grid

    def forward(self, tokens: Tensor) -> Tensor:
        """Look up token ids; shape (B, T) in, (B, T, K) out."""
        return self.matrix.rows(tokens).to(self.like.dtype)


def place_matrix(model: nn.Module, name: str, matrix: QuantizedMatrix) -> None:
    """Put a quantized weight where a linear layer or an embedding of the same shape is.

    Args:
        model: changed in place; it may still be on the meta device.
        name: of the layer, dotted.
        matrix: its weight from now on.

    Raises:
        ValueError: if there is no such layer, or its weight has another shape.
    """
    try:
        old = model.get_submodule(name)
    except AttributeError as error:
        raise ValueError(f"the model has no layer {name}: {error}") from error
    if not isinstance(old, nn.Linear | nn.Embedding):
        raise ValueError(f"{name} is a {type(old).__name__}: only linear layers and embeddings can be quantized")
    if old.weight.shape != (matrix.n_rows, matrix.n_columns):
        raise ValueError(f"{name} is {(matrix.n_rows, matrix.n_columns)}, must be {tuple(old.weight.shape)}")
    kind = QuantizedLinear if isinstance(old, nn.Linear) else QuantizedEmbedding
    parent, _, attribute = name.rpartition(".")
    setattr(model.get_submodule(parent), attribute, kind(matrix))


def quantize_model(
    model: nn.Module,
    grid: Grid,
    head: Grid | None = HEAD,
    accept: Callable[[str], bool] | None = None,
    quantizer: Quantizer = quantize,
) -> None:
    """Quantize the weights of a finished model, layer after layer; its norms stay.

    Args:
        model: with ``token_embedding`` and ``lm_head``, as ``Llama`` has them; changed in place.
        grid: of the projections in the blocks.
        head: of the embedding and the head, which suffer more from few bits; None leaves both. Tied ones stay tied.
        accept: called with the dotted name of a projection in a block, such as ``layers.0.attention.q_proj``; those for
            which it is false stay. None takes all.
        quantizer: called with each weight (N, K) and its grid; returns codes, scale and minimum as ``quantize`` does.

    Raises:
        ValueError: if the groups do not divide the rows of a weight. Layers before it are quantized by then.

    Example:
        >>> from minillama.config import ModelConfig
        >>> from minillama.model import Llama
        >>> model = Llama(ModelConfig(vocab_size=97, dim=64, n_layers=2, n_heads=4, n_kv_heads=2, head_dim=16,
        ...                           hidden_dim=96, max_seq_len=32))
        >>> quantize_model(model, Grid(4, group=32))
        >>> type(model.layers[0].attention.q_proj).__name__, model.lm_head.grid
        ('QuantizedLinear', Grid(bits=8, group=None, symmetric=False))

    Source:
        Dettmers et al., 2022, arXiv:2208.07339, section 2; Frantar et al., 2022, arXiv:2210.17323, section 4, for
        quantizing one layer after the other.
    """

    def is_chosen(name: str) -> bool:
        return name != "lm_head" and (accept is None or accept(name))

    replace_linears(model, lambda _, linear: QuantizedLinear.from_linear(linear, grid, quantizer), is_chosen)
    if head is None:
        return
    tied = model.lm_head.weight is model.token_embedding.weight
    model.token_embedding = QuantizedEmbedding.from_embedding(model.token_embedding, head, quantizer)
    if tied:
        model.lm_head = QuantizedLinear(model.token_embedding.matrix)
    else:
        model.lm_head = QuantizedLinear.from_linear(model.lm_head, head, quantizer)
