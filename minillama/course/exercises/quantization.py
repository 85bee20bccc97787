"""Exercises of chapter 10: grids, groups, packed codes, a layer of codes, a file format, and GPTQ."""

from ..checks import quantization as checks
from ..checks import quantized_layer as more_checks
from ..registry import Exercise

IMPORTS = """
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minillama.quantization import dequantize
"""

REFERENCE = "minillama.course.reference.10"

EXERCISES = (
    Exercise(
        name="quantization.absmax_quantize",
        chapter=10,
        difficulty=1,
        minutes=5,
        reference=f"{REFERENCE}:absmax_quantize",
        checks=(checks.check_absmax_scale, checks.check_absmax_levels, checks.check_absmax_form),
        hints=(
            "First the scale: the largest magnitude divided by the largest level. With 4 bits that level is 7.",
            "`values.abs().max()` is the largest magnitude, and `2 ** (bits - 1) - 1` the largest level.",
            "`levels = (values / scale).round()`, then return `levels.to(torch.int8), scale`.",
        ),
    ),
    Exercise(
        name="quantization.group_quantize",
        chapter=10,
        difficulty=3,
        minutes=10,
        reference=f"{REFERENCE}:group_quantize",
        checks=(
            checks.check_groups_form,
            checks.check_groups_grid,
            checks.check_groups_codes,
            checks.check_groups_axis,
        ),
        hints=(
            "Cut each row into groups first: `groups = weight.unflatten(-1, (-1, group))` has shape (N, G, group).",
            "Minimum and maximum over the last dimension, with `keepdim=True`, so that `groups - minimum` fits. "
            "2 ** bits points have one step fewer between them.",
            "`codes = ((groups - minimum) / scale.clamp(min=1e-12)).round()`; flatten the last two dimensions of the "
            "codes, and squeeze the last one of scale and minimum.",
        ),
    ),
    Exercise(
        name="quantization.pack_nibbles",
        chapter=10,
        difficulty=2,
        minutes=5,
        reference=f"{REFERENCE}:pack_nibbles",
        checks=(checks.check_pack_by_hand, checks.check_pack_form, checks.check_pack_all),
        hints=(
            "`codes[:, 0::2]` are the even columns, `codes[:, 1::2]` the odd ones.",
            "Shift the odd ones by 4 bits with `<< 4`: that multiplies them by 16.",
            "`|` joins two bytes that have no bit in common: even columns | (odd columns << 4).",
        ),
    ),
    Exercise(
        name="quantization.FourBitLinear",
        chapter=10,
        difficulty=2,
        minutes=8,
        reference=f"{REFERENCE}:FourBitLinear",
        checks=(
            more_checks.check_layer_decodes,
            more_checks.check_layer_batch,
            more_checks.check_layer_dtype,
            more_checks.check_layer_stays_small,
        ),
        hints=(
            "The low halves are `self.packed & 15`, the high halves `self.packed >> 4`, both of shape (N, K/2).",
            "`torch.stack((low, high), dim=-1)` puts each pair side by side; `.flatten(-2)` makes rows of K codes.",
            "`weight = dequantize(codes, self.scale, self.minimum)`, then `F.linear(x, weight.to(x.dtype))`.",
        ),
    ),
    Exercise(
        name="quantization.decode_q4_0",
        chapter=10,
        difficulty=2,
        minutes=5,
        reference=f"{REFERENCE}:decode_q4_0",
        given=f"{REFERENCE}:decode_q4_0_given",
        checks=(more_checks.check_block_order, more_checks.check_block_values, more_checks.check_block_many),
        hints=(
            "Every value is right, but some stand in the wrong place. Follow byte 0: which two weights does it hold?",
            "In this format byte j holds weight j and weight j + 16, so the low halves of all bytes come first.",
            "`torch.cat((packed & 15, packed >> 4), dim=1)` puts all low halves before all high halves.",
        ),
    ),
    Exercise(
        name="quantization.gptq_round",
        chapter=10,
        difficulty=4,
        minutes=12,
        reference=f"{REFERENCE}:gptq_round",
        copies=False,
        checks=(
            more_checks.check_gptq_by_hand,
            more_checks.check_gptq_chain,
            more_checks.check_gptq_direction,
            more_checks.check_gptq_range,
            more_checks.check_gptq_scales,
        ),
        hints=(
            "Two lines round column i of `rest`, one measures its error, one passes it on to the columns behind it.",
            "The levels are `(rest[:, i] / scale).round().clamp(-largest, largest)`; times the scale they go into "
            "`rounded[:, i]`. The error is `rest[:, i] - rounded[:, i]`.",
            "`rest[:, i + 1 :] -= error[:, None] * passed_on[i, i + 1 :]` passes each row's error on.",
        ),
    ),
)
