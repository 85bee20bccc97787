"""The state of an optimizer under the names of its parameters.

torch numbers parameters in the order of the groups, so a state in torch's own form fits only a model that lists
its parameters in the same order. Names say what belongs where.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn


def named_state(model: nn.Module, optimizer: torch.optim.Optimizer) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Return settings and moments of an optimizer.

    Args:
        model: holds the parameters.
        optimizer: of torch, or built on its base class.

    Returns:
        The kind of optimizer, the groups with the names of their parameters and all scalars, which JSON can hold;
        and the tensors, under
        names such as ``lm_head.weight/exp_avg``.

    Raises:
        ValueError: if the optimizer has a parameter that the model lacks.

    Example:
        >>> layer = nn.Linear(2, 1, bias=False)
        >>> optimizer = torch.optim.AdamW(layer.parameters())
        >>> layer(torch.ones(1, 2)).sum().backward()
        >>> optimizer.step()
        >>> sorted(named_state(layer, optimizer)[1])
        ['weight/exp_avg', 'weight/exp_avg_sq', 'weight/step']
    """
    groups = _names_by_group(model, optimizer)
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    tensors: dict[str, Tensor] = {}
    scalars: dict[str, dict[str, Any]] = {}
    for parameter, state in optimizer.state.items():
        name = names[id(parameter)]
        for key, value in state.items():
            if isinstance(value, Tensor):
                tensors[f"{name}/{key}"] = value
            else:
                scalars.setdefault(name, {})[key] = value
    settings = [group | {"params": members} for group, members in zip(optimizer.param_groups, groups, strict=True)]
    return {"kind": type(optimizer).__name__, "groups": settings, "scalars": scalars}, tensors


def load_named_state(
    model: nn.Module, optimizer: torch.optim.Optimizer, settings: Mapping[str, Any], tensors: Mapping[str, Tensor]
) -> None:
    """Give an optimizer the state that ``named_state`` returned.

    Args:
        model: holds the parameters under the names they had.
        optimizer: made for this model with the same groups; changed in place.
        settings: kind, groups and scalars.
        tensors: moments by name.

    Raises:
        ValueError: if the optimizer is of another kind, or has other parameters or groups.
    """
    if settings["kind"] != (kind := type(optimizer).__name__):
        raise ValueError(
            f"the saved state belongs to an optimizer {settings['kind']}, not {kind}: build the one that the saved run "
            "had, or restore the model alone"
        )
    groups = _names_by_group(model, optimizer)
    saved = [group["params"] for group in settings["groups"]]
    if saved != groups:
        there, here = {name for group in saved for name in group}, {name for group in groups for name in group}
        told = ", ".join(sorted(there ^ here)[:4]) or "the same parameters in other groups"
        raise ValueError(
            f"the saved state belongs to an optimizer of other parameters ({told}). Build model and optimizer as "
            "the saved run did, or restore the model alone"
        )
    state = {name: dict(values) for name, values in settings["scalars"].items()}
    for name, tensor in tensors.items():
        parameter, _, key = name.rpartition("/")
        state.setdefault(parameter, {})[key] = tensor.clone()
    names = [name for group in groups for name in group]
    numbers = iter(range(len(names)))
    param_groups = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in group.items()}
        | {"params": [next(numbers) for _ in group["params"]]}
        for group in settings["groups"]
    ]
    by_number = {number: state[name] for number, name in enumerate(names) if name in state}
    optimizer.load_state_dict({"state": by_number, "param_groups": param_groups})


def _names_by_group(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[list[str]]:
    """The names of the parameters in each group of the optimizer."""
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    if foreign := sum(id(parameter) not in names for group in optimizer.param_groups for parameter in group["params"]):
        raise ValueError(f"{foreign} parameters of the optimizer are not in the model: build it for this model")
    return [[names[id(parameter)] for parameter in group["params"]] for group in optimizer.param_groups]
