"""Ways to round a model, and what its texts cost it afterwards (chapter 10)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from ...activation_quantization import W8A8Linear, smooth_model
from ...awq import awq_clip, awq_scale
from ...calibration import InputStatistics, calibrate
from ...gptq import gptq_model, gptq_quantize
from ...model import Llama
from ...quantization import Grid
from ...quantized_layers import QuantizedLinear, quantize_model
from ...surgery import replace_linears
from .quantization_texts import Subject

BASELINE, ROUNDING = "as in the file", "rounding"
GRIDS = {
    BASELINE: None,
    "int8 rows": Grid(8, symmetric=True),
    "int4 groups of 32 with minimum": Grid(4, group=32),
    "int4 groups of 64": Grid(4, group=64, symmetric=True),
    "int4 rows": Grid(4, symmetric=True),
    "int3 groups of 64": Grid(3, group=64, symmetric=True),
}
COARSE = ("int3 groups of 64", "int4 rows", "int4 groups of 64")
CALIBRATED_ON = {"town": 32, "SmolLM2-135M": 16}  # sequences, about 8,000 tokens, unless a row says otherwise
SWEPT = {"town": ("int3 groups of 64", "int4 groups of 64"), "SmolLM2-135M": ("int3 groups of 64",)}
SWEEP = {"town": (1, 2, 4, 8, 16), "SmolLM2-135M": (1, 4)}  # sequences


class Case(NamedTuple):
    """What a row is about: model, grid, method and how many sequences it was calibrated on."""

    model: str
    grid: str
    method: str
    n_sequences: int = 0

    def baseline(self) -> "Case":
        """The model as its file has it."""
        return Case(self.model, BASELINE, ROUNDING)

    def rounding(self) -> "Case":
        """Plain rounding to the same grid."""
        return Case(self.model, self.grid, ROUNDING)


def cases() -> Iterator[Case]:
    """Yield every row's case; those that others are compared with come first."""
    for model, enough in CALIBRATED_ON.items():
        yield from (Case(model, grid, ROUNDING) for grid in GRIDS)
        yield Case(model, "int8 rows", "W8A8")
        yield Case(model, "int8 rows", "W8A8 smoothed", enough)
        for grid in COARSE:
            yield from (Case(model, grid, method, enough) for method in ("AWQ", "GPTQ"))
        yield Case(model, COARSE[0], "AWQ without clipping", enough)
        yield Case(model, COARSE[0], "GPTQ all at once", enough)
        for grid in SWEPT[model]:
            yield from (Case(model, grid, "GPTQ", n) for n in SWEEP[model])


def apply(case: Case, model: Llama, sequences: Sequence[list[int]]) -> None:
    """Round the projections in the blocks of a model.

    Args:
        case: grid and method.
        model: changed in place.
        sequences: token ids to calibrate on; the first ``case.n_sequences`` are used.

    Raises:
        ValueError: if there is no such method, or there are too few sequences.
    """
    grid = GRIDS[case.grid]
    if len(sequences) < case.n_sequences:
        raise ValueError(f"calibration on {case.n_sequences} sequences needs more than the {len(sequences)} there are")
    chosen = [torch.tensor([ids[:-1]]) for ids in sequences[: case.n_sequences]]
    if grid is None:
        return
    if case.method == "GPTQ":
        gptq_model(model, chosen, grid)
    elif case.method == "GPTQ all at once":
        replace_in_blocks(model, gptq_from(calibrate(model, chosen), grid))
    elif case.method in ("W8A8", "W8A8 smoothed"):
        if case.method == "W8A8 smoothed":
            smooth_model(model, calibrate(model, chosen))
        replace_in_blocks(model, lambda _, layer: W8A8Linear.from_linear(layer))
    elif case.method in ("AWQ", "AWQ without clipping"):
        statistics = awq_scale(model, calibrate(model, chosen), grid)
        if case.method == "AWQ":
            awq_clip(model, statistics, grid)
        quantize_model(model, grid, head=None)
    elif case.method == ROUNDING:
        quantize_model(model, grid, head=None)
    else:
        raise ValueError(f"there is no method {case.method!r}")


def replace_in_blocks(model: Llama, make: Callable[[str, nn.Linear], nn.Module]) -> None:
    """Replace all linear layers but the head."""
    replace_linears(model, make, accept=lambda name: name != "lm_head")


def gptq_from(statistics: Mapping[str, InputStatistics], grid: Grid) -> Callable[[str, nn.Linear], nn.Module]:
    """Return what rounds a layer with GPTQ, given the statistics of the unchanged model."""

    def rounded(name: str, layer: nn.Linear) -> nn.Module:
        moment = statistics[name].second_moment
        return QuantizedLinear.from_linear(layer, grid, lambda weight, grid: gptq_quantize(weight, moment, grid))

    return rounded


@torch.no_grad()
def decode_once(model: Llama) -> None:
    """Put ordinary layers with the same weights in the place of quantized ones, which decode at every call."""

    def plain(_: str, layer: QuantizedLinear) -> nn.Module:
        linear = nn.Linear(layer.in_features, layer.out_features, bias=False)
        linear.weight.copy_(layer.matrix.dequantize())
        return linear

    replace_linears(model, plain, kind=QuantizedLinear)


@torch.no_grad()
def nats_of(model: Llama, sequences: Sequence[list[int]]) -> list[float]:
    """Return the cost of each sequence, from its second token on, in nats."""
    return [
        F.cross_entropy(model(torch.tensor([ids[:-1]]))[0], torch.tensor(ids[1:]), reduction="sum").item()
        for ids in sequences
    ]


def measure(case: Case, subject: Subject, n_measured: int | None = None) -> list[float]:
    """Round a model and return what each measured sequence costs it, in nats.

    Args:
        case: what to measure.
        subject: the model and its texts.
        n_measured: how many of the sequences to measure; None for all.
    """
    model = deepcopy(subject.model)
    apply(case, model, subject.calibration)
    decode_once(model)
    return nats_of(model, subject.measured[:n_measured])
