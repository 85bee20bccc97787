"""Choosing the next token from logits.

``sample`` knows temperature alone; ``Sampling`` adds the filters, and is what a decoding loop uses.

Shape letters: B batch, V vocabulary, S tokens seen, N tokens that are left.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from .sampling_filters import keep_min_p, keep_top_p, most_likely, penalize_repetition


def sample(logits: Tensor, temperature: float = 1.0, generator: torch.Generator | None = None) -> Tensor:
    """Pick one token per row.

    Temperature divides the logits: below 1 favors likely tokens, above 1 evens them
    out, and 0 always takes the most likely one (greedy decoding).

    Args:
        logits: scores of the next token, shape (B, V); minus infinity forbids a token.
        temperature: 0 or larger.
        generator: source of randomness; the same seed gives the same tokens.

    Returns:
        Token ids, shape (B,), int64.

    Raises:
        ValueError: if ``temperature`` is negative, or the logits hold NaN or plus infinity.

    Example:
        >>> sample(torch.tensor([[0.1, 2.0, -1.0]]), temperature=0.0)
        tensor([1])

    Source:
        Ackley et al., 1985, A Learning Algorithm for Boltzmann Machines, for the temperature.
    """
    if not temperature >= 0:
        raise ValueError(f"temperature must be 0 or larger, got {temperature}")
    if not (logits < torch.inf).all():  # a NaN is not below infinity either
        raise ValueError("logits hold NaN or infinity: check the weights, or run the model in float32")
    if temperature == 0:
        return logits.argmax(dim=-1)
    logits = logits.float()
    logits = logits - logits.amax(dim=-1, keepdim=True)  # at most 0: a tiny temperature cannot overflow
    probabilities = torch.softmax(logits / temperature, dim=-1)
    return torch.multinomial(probabilities, num_samples=1, generator=generator).squeeze(-1)


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How to choose the next token. Frozen: make variants with ``dataclasses.replace``.

    The steps come in Hugging Face's order: repetition penalty, temperature, top-k, top-p, min-p. The defaults switch
    all of them off and take the most likely token every time.

    Args:
        temperature: 0 takes the most likely token (greedy decoding); else it divides the logits, see ``sample``.
        top_k: leave so many of the most likely tokens; 0 leaves all.
        top_p: leave the most likely tokens whose probability together reaches this; 1 leaves all.
        min_p: leave tokens at least this many times as likely as the most likely one; 0 leaves all.
        repetition_penalty: above 1 makes tokens that were seen already less likely; 1 does not.

    Raises:
        ValueError: if a value is out of range.

    Example:
        >>> sampling = Sampling(temperature=1.0, top_k=2)
        >>> sampling.probabilities(torch.tensor([[0.5, 0.25, 0.25, 0.0]]).log())  # what ties with place 2 stays
        tensor([[0.5000, 0.2500, 0.2500, 0.0000]])

    Source:
        Holtzman et al., 2020, arXiv:1904.09751; sampling_filters.py names one for each filter.
    """

    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.0

    def __post_init__(self) -> None:
        for name, is_good, needed in (
            ("temperature", self.temperature >= 0, "0 or larger"),
            ("temperature", self.temperature < math.inf, "a finite number"),
            ("top_k", isinstance(self.top_k, int) and self.top_k >= 0, "a whole number from 0 on; 0 leaves all tokens"),
            ("top_p", 0 < self.top_p <= 1, "above 0 and up to 1; 1 leaves all tokens"),
            ("min_p", 0 <= self.min_p <= 1, "from 0 to 1; 0 leaves all tokens"),
            ("repetition_penalty", 0 < self.repetition_penalty < math.inf, "a positive number; 1 changes nothing"),
        ):
            if not is_good:
                raise ValueError(f"{name} must be {needed}, got {getattr(self, name)}")

    @property
    def needs_seen(self) -> bool:
        """Whether the text so far has to be given, for the repetition penalty."""
        return self.repetition_penalty != 1

    def probabilities(self, logits: Tensor, seen: Tensor | None = None) -> Tensor:
        """Return how likely ``pick`` is to choose each token.

        Args:
            logits: scores of the next token, shape (B, V); minus infinity forbids a token.
            seen: token ids of the text so far, shape (B, S), if ``needs_seen``.

        Returns:
            Shape (B, V), float32; each row sums to 1. Greedy decoding has a single 1.

        Raises:
            ValueError: if the logits hold NaN or infinity or forbid every token, or ``seen`` is needed and missing.
        """
        logits = self._penalize(logits, seen)
        if self.temperature == 0:
            return one_hot(logits.argmax(-1), logits.shape[-1]).float()
        left, ids = self._filter(logits)
        shares = torch.softmax(left, dim=-1)  # (B, N)
        return shares if ids is None else torch.zeros_like(logits, dtype=torch.float32).scatter(-1, ids, shares)

    def pick(self, logits: Tensor, seen: Tensor | None = None, generator: torch.Generator | None = None) -> Tensor:
        """Choose one token per row.

        Args:
            logits: scores of the next token, shape (B, V); minus infinity forbids a token.
            seen: token ids of the text so far, shape (B, S), if ``needs_seen``.
            generator: source of randomness; greedy decoding uses none.

        Returns:
            Token ids, shape (B,), int64.

        Raises:
            ValueError: if the logits hold NaN or infinity or forbid every token, or ``seen`` is needed and missing.
        """
        logits = self._penalize(logits, seen)
        if self.temperature == 0:
            return logits.argmax(-1)
        left, ids = self._filter(logits)
        places = draw(torch.softmax(left, dim=-1), generator)  # (B,)
        return places if ids is None else ids.gather(-1, places.unsqueeze(-1)).squeeze(-1)

    def _penalize(self, logits: Tensor, seen: Tensor | None) -> Tensor:
        """Refuse logits from which nothing can be chosen, and apply the repetition penalty."""
        if not logits.amax(-1).isfinite().all():  # a NaN comes out as the largest
            raise ValueError(
                "logits hold NaN or infinity, or forbid every token: check the weights, or run the model in float32"
            )
        if not self.needs_seen:
            return logits
        if seen is None:
            raise ValueError(f"a repetition penalty of {self.repetition_penalty} needs the text so far: give `seen`")
        return penalize_repetition(logits, seen, self.repetition_penalty)

    def _filter(self, logits: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return the logits of the tokens left, (B, N), and their ids; none if all V are there."""
        ids = None
        logits = logits.float()
        if 0 < self.top_k < logits.shape[-1]:
            logits, ids = most_likely(logits, self.top_k)  # first: temperature keeps the order, and fewer are left
        logits = logits - logits.amax(-1, keepdim=True)  # at most 0: a tiny temperature cannot overflow
        logits = logits / self.temperature
        return keep_min_p(keep_top_p(logits, self.top_p), self.min_p), ids


def draw(weights: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Draw one place per row, each as often as its weight says.

    A number between 0 and the sum of the weights falls into the stretch of one of them. Several times faster on a
    large vocabulary than ``torch.multinomial``, which draws a number for each token.

    Args:
        weights: shape (B, V), at least 0, each row with a positive sum, which need not be 1.
        generator: source of randomness, on any device; without one the CPU's own is used.

    Returns:
        Shape (B,), int64. The same seed gives the same places on every device, up to rounding.

    Example:
        >>> draw(torch.tensor([[0.0, 2.0, 0.0], [0.0, 0.0, 0.1]]))
        tensor([1, 2])
    """
    # In float32 the sum over a large vocabulary loses the rare tokens; Apple's GPUs have nothing wider.
    wide = torch.float32 if weights.device.type == "mps" else torch.float64
    sums = weights.cumsum(-1, dtype=wide)  # (B, V)
    shares = 1 - uniform(len(weights), generator)  # above 0, so that no place of weight 0 is hit
    points = shares.to(wide).to(weights.device).unsqueeze(-1) * sums[:, -1:]  # (B, 1)
    return torch.searchsorted(sums, points).squeeze(-1)


def uniform(n_numbers: int, generator: torch.Generator | None = None) -> Tensor:
    """Draw numbers evenly from 0 to below 1.

    Args:
        n_numbers: how many.
        generator: source of randomness; the numbers lie on its device, without one on the CPU.

    Returns:
        Shape (n_numbers,), float64 where the device has it.

    Example:
        >>> uniform(3, torch.Generator().manual_seed(1)).shape
        torch.Size([3])
    """
    device = generator.device if generator else torch.device("cpu")
    wide = torch.float32 if device.type == "mps" else torch.float64
    return torch.rand(n_numbers, dtype=wide, generator=generator, device=device)
