"""Exercise of chapter 09: the cache of one layer."""

from ..checks import cache as checks
from ..registry import Exercise

IMPORTS = """
import torch
from torch import Tensor
"""

EXERCISES = (
    Exercise(
        name="cache.LayerCache",
        chapter=9,
        difficulty=2,
        minutes=10,
        reference="minillama.cache:LayerCache",
        checks=(
            checks.check_cache_returns_three,
            checks.check_cache_keeps_everything,
            checks.check_cache_counts,
            checks.check_cache_stays_in_place,
            checks.check_cache_follows_dtype,
            checks.check_cache_rewinds,
            checks.check_cache_refuses_too_much,
        ),
        hints=(
            "On the first call, make two stores that hold `capacity` tokens: `key.new_empty(...)` has the dtype and "
            "the device of `key`. Then write the new tokens behind the old ones.",
            "The tokens are dimension 2: `self._keys[:, :, self.length : end] = key`. Set `self.length` after both "
            "stores are written.",
            "`self._keys = key.new_empty(*key.shape[:2], self.capacity, key.shape[3])` if it is None, `_values` alike; "
            "at the end `return self._keys[:, :, :end], self._values[:, :, :end], None`.",
        ),
    ),
)
