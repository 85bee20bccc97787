"""Plausible wrong answers to the exercise of chapter 09 on the cache."""

import torch

from minillama.cache import LayerCache

from . import mutant

NAME = "cache.LayerCache"


@mutant(NAME, "must return three things")
class ReturnsTwo(LayerCache):
    def append(self, key, value):
        return super().append(key, value)[:2]


@mutant(NAME, "return statement")
class ReturnsNothing(LayerCache):
    def append(self, key, value):
        super().append(key, value)


@mutant(NAME, "neither the new ones alone")
class ReturnsTheNewOnes(LayerCache):
    def append(self, key, value):
        super().append(key, value)
        return key, value, None


@mutant(NAME, "empty rest of the store")
class ReturnsTheWholeStore(LayerCache):
    def append(self, key, value):
        super().append(key, value)
        return self._keys, self._values, None


@mutant(NAME, "store key and value apart")
class StoresTheKeyTwice(LayerCache):
    def append(self, key, value):
        return super().append(key, key)


@mutant(NAME, "New tokens follow the old ones")
class WritesToTheFront(LayerCache):
    def append(self, key, value):
        super().append(key, value)
        self._keys[:, :, : key.shape[2]] = key
        self._values[:, :, : key.shape[2]] = value
        return self._keys[:, :, : self.length], self._values[:, :, : self.length], None


@mutant(NAME, "reads its positions from there")
class CountsCalls(LayerCache):
    def append(self, key, value):
        end = getattr(self, "end", 0) + key.shape[2]
        self.length, self.end = end - key.shape[2], end
        found = super().append(key, value)
        self.length = 1
        return found


class _Concatenates(LayerCache):
    def append(self, key, value):
        if self.length:
            key = torch.cat((self._keys[:, :, : self.length], key), dim=2)
            value = torch.cat((self._values[:, :, : self.length], value), dim=2)
        if key.shape[2] > self.capacity:
            raise ValueError("full")
        self._keys, self._values, self.length = key, value, key.shape[2]
        return key, value, None


@mutant(NAME, "copies the whole text at every step")
class Concatenates(_Concatenates):
    pass


@mutant(NAME, "key.new_empty")
class AlwaysFloat32(LayerCache):
    def append(self, key, value):
        return super().append(key.float(), value.float())


@mutant(NAME, "write behind it")
class CountsForItself(LayerCache):
    def append(self, key, value):
        self.length = getattr(self, "end", 0)
        found = super().append(key, value)
        self.end = self.length
        return found


@mutant(NAME, "must raise ValueError")
class ForgetsTheOldest(LayerCache):
    def append(self, key, value):
        self.length = min(self.length, self.capacity - key.shape[2])
        return super().append(key, value)
