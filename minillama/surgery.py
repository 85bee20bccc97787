"""Surgery on a finished model: put other layers where its linear layers are.

LoRA and quantization need nothing in the model's own code: they take a layer out and put one in its place that maps
vectors of the same widths.

Source: Hu et al., 2021, arXiv:2106.09685, section 4.1, adapts chosen projections of a finished model so.
"""

from collections.abc import Callable
from itertools import chain

import torch
from torch import nn


def replace_linears(
    model: nn.Module,
    make: Callable[[str, nn.Module], nn.Module],
    accept: Callable[[str], bool] | None = None,
    kind: type[nn.Module] | tuple[type[nn.Module], ...] = nn.Linear,
) -> int:
    """Replace the linear layers inside a model by others.

    A head tied to the embedding shares a parameter with it. Replacing the head leaves the embedding its parameter,
    so the embedding is as before; what is put in place of the head decides whether the two still share anything.

    Args:
        model: changed in place.
        make: called with the dotted name of a layer and the layer; returns what takes its place. It may keep the old
            layer inside the new one, which is then not replaced again.
        accept: called with the dotted name; layers for which it is false stay. None replaces all.
        kind: the class, or classes, that counts as a linear layer.

    Returns:
        How many layers were replaced. A layer that the model uses at two places counts once and is replaced at both.

    Example:
        >>> model = nn.Sequential(nn.Linear(3, 5), nn.SiLU(), nn.Linear(5, 2))
        >>> replace_linears(model, lambda name, linear: nn.Identity(), accept=lambda name: name == "2")
        1
        >>> model
        Sequential(
          (0): Linear(in_features=3, out_features=5, bias=True)
          (1): SiLU()
          (2): Identity()
        )
    """
    found = [
        (name, module)
        for name, module in model.named_modules(remove_duplicate=False)
        if name and isinstance(module, kind) and (accept is None or accept(name))
    ]
    made: dict[nn.Module, nn.Module] = {}
    for name, old in found:
        if old not in made:
            made[old] = make(name, old).train(old.training)
        parent, _, attribute = name.rpartition(".")
        setattr(model.get_submodule(parent), attribute, made[old])
    return len(made)


def device_of(model: nn.Module) -> torch.device:
    """Return where a finished model computes, whatever its weights were replaced by.

    Args:
        model: has at least one parameter or buffer.

    Example:
        >>> device_of(nn.Linear(2, 3))
        device(type='cpu')
    """
    return next(chain(model.parameters(), model.buffers())).device
