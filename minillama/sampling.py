"""Choosing the next token from logits."""

import torch
from torch import Tensor


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
