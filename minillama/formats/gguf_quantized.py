"""Read a GGUF file and leave its weights quantized: blocks become packed codes without passing through floats.

Our codes count from the bottom of a grid, so the formats without a minimum get the one that their center implies:
-8 scales for Q4_0, -128 scales for Q8_0. Both are exact in float16's 11 bits, and nothing is lost.

Source:
    ggml-org/ggml, ggml-common.h.
"""

from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..bit_packing import pack_codes
from ..model import Llama
from ..quantization import Grid
from ..quantized_layers import QuantizedLinear, place_matrix
from ..quantized_matrix import QuantizedMatrix
from .gguf import decode_tensor, named_tensors, read_config
from .gguf_blocks import BLOCK_FORMATS
from .gguf_file import open_gguf
from .names import load_weights, require_layers
from .rope_layout import interleaved_to_split

GRIDS = {"Q4_0": Grid(4, 32, symmetric=True), "Q4_1": Grid(4, 32), "Q8_0": Grid(8, 32, symmetric=True)}


class _Blocks(NamedTuple):
    """Where in a file the blocks of one weight are."""

    name: str
    kind: str
    n_columns: int
    n_rows: int
    offset: int
    n_rope_heads: int | None


def load_gguf_quantized(path: str | Path) -> Llama:
    """Load a model from a GGUF file and keep quantized what is quantized there.

    The weights are exactly those of ``load_gguf``, in about the memory of the file. Matrices in F32, F16 or BF16 and
    all norms become float32.

    Args:
        path: a GGUF file of the llama architecture with weights in F32, F16, BF16, Q4_0, Q4_1 or Q8_0.

    Returns:
        The model on the CPU. A tied head and the embedding share one ``QuantizedMatrix``.

    Raises:
        ValueError: if the file is malformed, of another architecture, or a weight has a format that cannot be read.
        CheckpointError: if a weight is missing, unexpected or of the wrong shape.

    Source:
        ggml-org/ggml, ggml-common.h.
    """
    path = Path(path)
    model, floats, quantized = _read_header(path)
    for place in quantized:
        # The copy fills a hole that freed temporaries left; without it a fifth of the memory is lost to such holes.
        place_matrix(model, place.name.removesuffix(".weight"), deepcopy(_read_matrix(path, place)))
    if model.config.tie_embeddings and "token_embedding.weight" not in floats:
        model.lm_head = QuantizedLinear(model.token_embedding.matrix)
    load_weights(model, floats.items(), path)
    return model


def _read_header(path: Path) -> tuple[Llama, dict[str, Tensor], list[_Blocks]]:
    """Build the empty model, decode what is not quantized, and find the blocks of what is.

    The reader ends with this function: the metadata of a large vocabulary take as much memory as the weights.
    """
    reader = open_gguf(path)
    config = read_config(reader, path)
    require_layers(config.n_layers, (tensor.name for tensor in reader.tensors), path)
    tensors = list(named_tensors(reader, config))
    with torch.device("meta"):
        model = Llama(config)
        shapes = [(name, torch.empty(tensor.shape[::-1].tolist())) for name, tensor, _ in tensors]
    load_weights(model, shapes, path)  # everything has its place, before anything is read
    floats, quantized = {}, []
    for name, tensor, n_rope_heads in tensors:
        kind = tensor.tensor_type.name
        if kind in GRIDS:
            quantized.append(_Blocks(name, kind, *tensor.shape.tolist(), int(tensor.data_offset), n_rope_heads))
            continue
        try:
            floats[name] = decode_tensor(tensor, n_rope_heads)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
    return model, floats, quantized


def _read_matrix(path: Path, place: _Blocks) -> QuantizedMatrix:
    """Turn the blocks of one weight into packed codes, bit for bit, and bring rotated rows into our order."""
    grid, block = GRIDS[place.kind], BLOCK_FORMATS[place.kind]
    n_bytes = place.n_rows * grid.n_groups(place.n_columns) * block.n_bytes
    # Read, not mapped: pages of a mapped file count as memory of the process.
    raw = np.fromfile(path, np.uint8, count=n_bytes, offset=place.offset)
    blocks = torch.from_numpy(raw).view(place.n_rows, -1, block.n_bytes)  # (N, G, bytes)
    if place.n_rope_heads:
        blocks = interleaved_to_split(blocks, place.n_rope_heads)
    minimum_bits = _numbers(blocks, 1) if place.kind == "Q4_1" else None
    packed = pack_codes(_codes(blocks, place.kind).flatten(-2), grid.bits)
    return QuantizedMatrix(packed, _numbers(blocks, 0), minimum_bits, place.n_columns, grid)


def _numbers(blocks: Tensor, place: int) -> Tensor:
    """The float16 numbers at one place of every block, as int16: (N, G, bytes) -> (N, G)."""
    return blocks[..., 2 * place : 2 * place + 2].contiguous().view(torch.int16).squeeze(-1)


def _codes(blocks: Tensor, kind: str) -> Tensor:
    """The codes of every block, counted from the bottom of its grid: (N, G, bytes) -> (N, G, 32)."""
    if kind == "Q8_0":
        return blocks[..., 2:] ^ 128  # of a signed byte: adds 128
    packed = blocks[..., -16:]
    return torch.cat((packed & 15, packed >> 4), -1)
