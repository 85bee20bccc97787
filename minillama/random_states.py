"""The states of all random generators: to go on drawing as if nothing had happened."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor


def random_states() -> tuple[dict[str, Tensor], list[Any]]:
    """Return the states of the generators of torch (on CPU, CUDA and MPS), NumPy and Python.

    Returns:
        The first two as tensors by name, and Python's as a list that JSON can hold.

    Example:
        >>> states = random_states()
        >>> first = torch.rand(2), np.random.rand(), random.random()
        >>> set_random_states(*states)
        >>> first[0].equal(torch.rand(2)) and first[1:] == (np.random.rand(), random.random())
        True
    """
    _, keys, place, has_normal, normal = np.random.get_state()
    states = {
        "torch": torch.get_rng_state(),
        "numpy_keys": torch.from_numpy(keys.astype(np.int64)),
        "numpy_rest": torch.tensor([place, has_normal, normal], dtype=torch.float64),
    }
    devices = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    states |= {f"cuda{number}": state for number, state in enumerate(devices)}
    if torch.backends.mps.is_available():
        states["mps"] = torch.mps.get_rng_state()
    version, internal, spare = random.getstate()
    return states, [version, list(internal), spare]


def set_random_states(states: Mapping[str, Tensor], python: Sequence[Any]) -> None:
    """Put all generators where ``random_states`` found them. Devices that are not here are left out.

    Args:
        states: tensors by name.
        python: state of Python's generator.
    """
    version, internal, spare = python
    random.setstate((version, tuple(internal), spare))
    keys = states["numpy_keys"].numpy().astype(np.uint32)
    place, has_normal, normal = states["numpy_rest"].tolist()
    np.random.set_state(("MT19937", keys, int(place), int(has_normal), normal))
    torch.set_rng_state(states["torch"])
    for number in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        if f"cuda{number}" in states:
            torch.cuda.set_rng_state(states[f"cuda{number}"], number)
    if "mps" in states and torch.backends.mps.is_available():
        torch.mps.set_rng_state(states["mps"])
