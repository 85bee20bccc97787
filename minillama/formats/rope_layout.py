"""The two ways of writing the rows of query and key projections, and the step between them.

RoPE turns channels in pairs. Which two channels form pair j is a convention:

- **split halves** (Hugging Face, and this package): channels j and j + D/2;
- **interleaved** (Meta's files, GGUF files of the llama architecture): channels 2j and 2j + 1.

Both give the same model, as long as the rows of ``q_proj`` and ``k_proj`` are written in the order that the
rotation expects. A file in the other order loads without any error and produces gibberish.

Source:
    huggingface/transformers, convert_llama_weights_to_hf.py (``permute``); llama.cpp, pull request 7481.
"""

from torch import Tensor


def split_to_interleaved(rows: Tensor, n_heads: int) -> Tensor:
    """Reorder the rows of a query or key projection: split halves -> interleaved.

    Use it to write a file for Meta's code or for llama.cpp. The rows of ``v_proj`` and the columns of
    ``o_proj`` stay as they are, because RoPE never touches values.

    Args:
        rows: first dimension H * D, one row for each channel of each head, in split-half order. A weight
            has shape (H * D, C); a bias or a vector of activations has shape (H * D,).
        n_heads: H; for a key projection the number of key-value heads.

    Returns:
        Same shape and dtype, the rows in interleaved order.

    Raises:
        ValueError: if the rows do not divide into ``n_heads`` heads of even width.

    Example:
        >>> import torch
        >>> split_to_interleaved(torch.arange(8), n_heads=1)  # pairs (0, 4), (1, 5), ... become neighbors
        tensor([0, 4, 1, 5, 2, 6, 3, 7])

    Source:
        huggingface/transformers, convert_llama_weights_to_hf.py.
    """
    require_even_heads(rows, n_heads)
    halves = rows.unflatten(0, (n_heads, 2, -1))  # (H, 2, D/2, ...)
    return halves.transpose(1, 2).flatten(0, 2)


def interleaved_to_split(rows: Tensor, n_heads: int) -> Tensor:
    """Reorder the rows of a query or key projection: interleaved -> split halves.

    The inverse of ``split_to_interleaved``. Use it to read Meta's files and GGUF files.

    Args:
        rows: first dimension H * D, one row for each channel of each head, in interleaved order: a weight
            (H * D, C), or a vector (H * D,).
        n_heads: H; for a key projection the number of key-value heads.

    Returns:
        Same shape and dtype, the rows in split-half order.

    Raises:
        ValueError: if the rows do not divide into ``n_heads`` heads of even width.

    Example:
        >>> import torch
        >>> interleaved_to_split(torch.arange(8), n_heads=1)  # even channels first, then the odd ones
        tensor([0, 2, 4, 6, 1, 3, 5, 7])
        >>> interleaved_to_split(torch.arange(8), n_heads=2)  # each head on its own
        tensor([0, 2, 1, 3, 4, 6, 5, 7])

    Source:
        huggingface/transformers, convert_llama_weights_to_hf.py.
    """
    require_even_heads(rows, n_heads)
    neighbors = rows.unflatten(0, (n_heads, -1, 2))  # (H, D/2, 2, ...)
    return neighbors.transpose(1, 2).flatten(0, 2)


def require_even_heads(rows: Tensor, n_heads: int) -> None:
    """Refuse rows that are not ``n_heads`` heads of the same even width.

    Args:
        rows: one row for each channel of each head in the first dimension.
        n_heads: H; for a key projection the number of key-value heads.

    Raises:
        ValueError: if the first dimension is not a multiple of twice ``n_heads``.

    Example:
        >>> import torch
        >>> require_even_heads(torch.zeros(12, 5), n_heads=3)  # three heads of width 4
    """
    if n_heads < 1 or rows.dim() < 1 or rows.shape[0] % (2 * n_heads):
        raise ValueError(
            f"rows of shape {tuple(rows.shape)} do not divide into {n_heads} heads of even width. "
            "Give the number of heads of this projection (for keys: n_kv_heads)."
        )
