"""Plausible wrong answers to the exercises of chapter 10, part one: absmax, groups, two codes in a byte."""

import torch

from . import mutant


def _levels(values, scale):
    return (values / scale).round().to(torch.int8), scale


@mutant("quantization.absmax_quantize", "larger in magnitude")
def forgets_negative_numbers(values, bits=8):
    return _levels(values, values.max() / (2 ** (bits - 1) - 1))


@mutant("quantization.absmax_quantize", "the last of 2 ** (bits - 1) - 1 levels")
def counts_one_level_too_many(values, bits=8):
    return _levels(values, values.abs().max() / 2 ** (bits - 1))


@mutant("quantization.absmax_quantize", "on either side")
def takes_all_codes_for_one_side(values, bits=8):
    return _levels(values, values.abs().max() / (2**bits - 1))


@mutant("quantization.absmax_quantize", "The argument bits decides")
def always_four_bits(values, bits=8):
    return _levels(values, values.abs().max() / 7)


@mutant("quantization.absmax_quantize", "cuts the decimals off")
def truncates(values, bits=8):
    scale = values.abs().max() / (2 ** (bits - 1) - 1)
    return (values / scale).to(torch.int8), scale


@mutant("quantization.absmax_quantize", "as much memory as before")
def leaves_floats(values, bits=8):
    scale = values.abs().max() / (2 ** (bits - 1) - 1)
    return (values / scale).round(), scale


@mutant("quantization.absmax_quantize", "has shape (4,), expected (2, 2)")
def flattens(values, bits=8):
    levels, scale = _levels(values, values.abs().max() / (2 ** (bits - 1) - 1))
    return levels.flatten(), scale


@mutant("quantization.absmax_quantize", "Divide by the scale and round")
def multiplies_by_the_scale(values, bits=8):
    scale = values.abs().max() / (2 ** (bits - 1) - 1)
    return (values * scale).round().to(torch.int8), scale


def _grids(groups, n_steps):
    minimum = groups.amin(-1, keepdim=True)
    scale = (groups.amax(-1, keepdim=True) - minimum) / n_steps
    codes = ((groups - minimum) / scale).round()
    return codes.to(torch.uint8).flatten(-2), scale.squeeze(-1), minimum.squeeze(-1)


@mutant("quantization.group_quantize", "four points have three steps")
def counts_points_not_steps(weight, bits, group):
    return _grids(weight.unflatten(-1, (-1, group)), 2**bits)


@mutant("quantization.group_quantize", "must be neighbors in one row")
def groups_down_the_columns(weight, bits, group):
    columns = weight.flatten().view(-1, len(weight)).T.reshape(weight.shape)
    return (
        _grids(columns.unflatten(-1, (-1, group)), 2**bits - 1)
        if len(weight) > 1
        else _grids(weight.unflatten(-1, (-1, group)), 2**bits - 1)
    )


@mutant("quantization.group_quantize", "has shape (3, 4), expected (3, 2)")
def takes_the_number_of_groups_for_their_size(weight, bits, group):
    return _grids(weight.unflatten(-1, (weight.shape[1] // 2, -1)), 2**bits - 1)


@mutant("quantization.group_quantize", "own smallest weight")
def one_grid_for_the_whole_row(weight, bits, group):
    codes, scale, minimum = _grids(weight.unflatten(-1, (1, -1)), 2**bits - 1)
    n_groups = weight.shape[1] // group
    return codes, scale.repeat(1, n_groups), minimum.repeat(1, n_groups)


@mutant("quantization.group_quantize", "cut off, not rounded")
def cuts_off(weight, bits, group):
    _, scale, minimum = _grids(weight.unflatten(-1, (-1, group)), 2**bits - 1)
    steps = (weight.unflatten(-1, (-1, group)) - minimum[..., None]) / scale[..., None]
    return steps.to(torch.uint8).flatten(-2), scale, minimum


@mutant("quantization.group_quantize", "Subtract the minimum")
def does_not_subtract(weight, bits, group):
    _, scale, minimum = _grids(weight.unflatten(-1, (-1, group)), 2**bits - 1)
    steps = weight.unflatten(-1, (-1, group)) / scale[..., None]
    return steps.round().clamp(0, 2**bits - 1).to(torch.uint8).flatten(-2), scale, minimum


@mutant("quantization.group_quantize", "store them as torch.uint8")
def leaves_codes_as_floats(weight, bits, group):
    codes, scale, minimum = _grids(weight.unflatten(-1, (-1, group)), 2**bits - 1)
    return codes.float(), scale, minimum


@mutant("quantization.group_quantize", "the scales of a weight")
def keeps_a_dimension(weight, bits, group):
    codes, scale, minimum = _grids(weight.unflatten(-1, (-1, group)), 2**bits - 1)
    return codes, scale[..., None], minimum[..., None]


@mutant("quantization.pack_nibbles", "belongs into the low half")
def swaps_the_halves(codes):
    return (codes[:, 0::2] << 4) | codes[:, 1::2]


@mutant("quantization.pack_nibbles", "neighbors share a byte")
def packs_halves_of_the_row(codes):
    half = codes.shape[1] // 2
    return codes[:, :half] | (codes[:, half:] << 4)


@mutant("quantization.pack_nibbles", "shift the odd columns by 4 bits")
def shifts_too_little(codes):
    return codes[:, 0::2] | (codes[:, 1::2] << 3)


@mutant("quantization.pack_nibbles", "shift the odd columns by 4 bits")
def thinks_in_decimals(codes):
    return codes[:, 0::2] + codes[:, 1::2] * 10


@mutant("quantization.pack_nibbles", "nothing would be saved")
def makes_long_integers(codes):
    return codes[:, 0::2].long() | (codes[:, 1::2].long() << 4)


@mutant("quantization.pack_nibbles", "four codes packed has shape")
def does_not_pack(codes):
    return codes


@mutant("quantization.pack_nibbles", "do not come back")
def keeps_three_bits_of_the_high_half(codes):
    return codes[:, 0::2] | ((codes[:, 1::2] & 7) << 4)
