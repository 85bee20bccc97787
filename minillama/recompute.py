"""Activation recomputation: trade a second forward pass for memory.

Source: Chen et al., 2016, arXiv:1604.06174.
"""

from collections.abc import Callable
from functools import partial

from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.checkpoint import checkpoint


def recompute_activations(model: nn.Module) -> None:
    """Let every block of a finished model keep only its input, and compute the rest again when it is needed.

    The backward pass needs what each layer computed on the way forward. Kept for all layers, these activations
    soon outweigh the weights. A block that forgets them runs its forward pass twice: about a third more work, and
    memory for one block's insides instead of all. Values, gradients and names of weights stay the same.

    Args:
        model: has its blocks in ``layers``, as ``Llama`` does; changed in place.

    Raises:
        ValueError: if the model has no ``layers``, or its blocks already recompute.

    Example:
        >>> import torch
        >>> from minillama.config import ModelConfig
        >>> from minillama.model import Llama
        >>> model = Llama(ModelConfig(vocab_size=97, dim=24, n_layers=3, n_heads=4, n_kv_heads=2, head_dim=6,
        ...                           hidden_dim=40, max_seq_len=32))
        >>> tokens = torch.ones(2, 16, dtype=torch.int64)
        >>> before = saved_bytes(lambda: model(tokens))
        >>> recompute_activations(model)
        >>> saved_bytes(lambda: model(tokens)) < before / 4
        True

    Source:
        Chen et al., 2016, arXiv:1604.06174, section 3.
    """
    layers = getattr(model, "layers", None)
    if not isinstance(layers, nn.ModuleList):
        raise ValueError(f"{type(model).__name__} has no blocks in a ModuleList named layers: wrap its blocks by hand")
    if any(_recomputes(layer) for layer in layers):
        raise ValueError("the blocks already recompute: call keep_activations first")
    for layer in layers:
        layer.forward = partial(checkpoint, layer.forward, use_reentrant=False)


def keep_activations(model: nn.Module) -> None:
    """Undo ``recompute_activations``.

    Args:
        model: changed in place; a model that does not recompute stays as it is.
    """
    for layer in getattr(model, "layers", ()):
        if _recomputes(layer):
            del layer.forward  # the method of the class shows again


def saved_bytes(forward: Callable[[], Tensor]) -> int:
    """Measure what a forward pass keeps for the backward pass, without the weights.

    Args:
        forward: computes something to differentiate.

    Returns:
        Bytes of all activations kept; memory that several share counts once.

    Example:
        >>> import torch
        >>> weight, x = nn.Parameter(torch.ones(3)), torch.ones(5, 3)
        >>> saved_bytes(lambda: (x * weight).exp())  # x for the product, the result for exp
        120
    """
    kept: dict[int, Tensor] = {}

    def keep(tensor: Tensor) -> Tensor:
        if not isinstance(tensor, nn.Parameter) and not isinstance(tensor._base, nn.Parameter):
            kept[tensor.untyped_storage().data_ptr()] = tensor
        return tensor

    with saved_tensors_hooks(keep, lambda tensor: tensor):
        result = forward()
    n_bytes = sum(tensor.untyped_storage().nbytes() for tensor in kept.values())
    del result  # lived until here, so that no address was used twice
    return n_bytes


def _recomputes(layer: nn.Module) -> bool:
    """Whether the block has a forward function of its own instead of the method of its class."""
    return "forward" in vars(layer)
