"""The experiment of chapter 10: its texts, its ways to round, its arithmetic, and the table that ships."""

import copy
import math
from dataclasses import replace

import pytest
import torch
from tiny import TINY, loud_model, random_tokens

from minillama.course.experiments import quantization as experiment
from minillama.course.experiments import quantization_methods as methods
from minillama.course.experiments import quantization_texts as texts
from minillama.course.experiments.quantization_methods import BASELINE, CALIBRATED_ON, COARSE, ROUNDING, Case
from minillama.course.shipped import FOLDER, load_shipped

ROWS = {Case(*(getattr(row, name) for name in Case._fields)): row for row in experiment.read_table()}
SMALL = replace(TINY, dim=64, hidden_dim=128, head_dim=16)  # 4 * 16 = 64: rows of whole groups
SEQUENCES = [random_tokens(1, 40, seed=seed)[0].tolist() for seed in range(4)]


def test_prose_for_calibration_is_not_the_prose_that_is_measured() -> None:
    measured, calibration = (texts.prose(c) for c in (texts.MEASURED_CHAPTERS, texts.CALIBRATION_CHAPTERS))
    assert min(len(measured), len(calibration)) > 40_000
    paragraphs = [set(text.split("\n\n")) for text in (measured, calibration)]
    long = [{paragraph for paragraph in one if len(paragraph) > 150} for one in paragraphs]
    assert min(map(len, long)) > 50
    assert not long[0] & long[1]


def test_sequences_of_prose_continue_one_another() -> None:
    tokenizer = load_shipped()[1]
    sequences = texts.prose_sequences(tokenizer, ("03",))
    assert {len(ids) for ids in sequences[:-1]} == {texts.LENGTH + 1}
    assert all(a[-1] == b[0] for a, b in zip(sequences, sequences[1:], strict=False))
    whole = sequences[0] + [token for ids in sequences[1:] for token in ids[1:]]
    assert tokenizer.decode(whole) == texts.prose(("03",))


def test_documents_of_the_town_are_whole_fit_and_differ_by_split() -> None:
    tokenizer = load_shipped()[1]
    measured, calibration = (texts.town_sequences(tokenizer, f"q {one}", 20, 400) for one in "mc")
    for ids in measured + calibration:
        assert (ids[0], ids[-1]) == (tokenizer.bos_id, tokenizer.eos_id)
        assert len(ids) <= 401
    assert len(measured) == len({tuple(ids) for ids in measured}) == 20
    assert not {tuple(ids) for ids in measured} & {tuple(ids) for ids in calibration}


def test_cases_come_once_and_after_those_they_are_compared_with() -> None:
    seen = []
    for case in methods.cases():
        assert case not in seen
        seen.append(case)
        assert case.baseline() in seen
        assert case.rounding() in seen
    assert {case.model for case in seen} == set(texts.SUBJECTS) == set(CALIBRATED_ON)


@pytest.mark.parametrize(
    "method", [ROUNDING, "AWQ", "AWQ without clipping", "GPTQ", "GPTQ all at once", "W8A8", "W8A8 smoothed"]
)
@torch.no_grad()
def test_every_method_rounds_the_blocks_and_nothing_else(method: str) -> None:
    model, tokens = loud_model(SMALL).float(), random_tokens(2, 30)
    rounded, logits = copy.deepcopy(model), model(tokens)
    methods.apply(Case("town", "int4 groups of 64", method, 3), rounded, SEQUENCES)
    assert torch.equal(rounded.lm_head.weight, model.lm_head.weight)
    assert torch.equal(rounded.token_embedding.weight, model.token_embedding.weight)
    before = rounded(tokens)
    assert 1e-4 < ((before - logits).norm() / logits.norm()).item() < 0.6
    methods.decode_once(rounded)
    torch.testing.assert_close(rounded(tokens), before)
    if not method.startswith("W8A8"):
        values = rounded.layers[1].feedforward.up_proj.weight[0].unique()
        assert len(values) <= 16


def test_baseline_is_left_alone_and_mistakes_are_refused() -> None:
    model = loud_model(SMALL).float()
    original = copy.deepcopy(model)
    methods.apply(Case("town", BASELINE, ROUNDING), model, [])
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), original.parameters(), strict=True))
    with pytest.raises(ValueError, match="there is no method 'luck'"):
        methods.apply(Case("town", "int4 rows", "luck"), model, [])
    with pytest.raises(ValueError, match="calibration on 5 sequences needs more than the 4 there are"):
        methods.apply(Case("town", "int4 rows", "GPTQ", 5), model, SEQUENCES)


def test_costs_are_those_of_the_tokens_after_the_first() -> None:
    model = loud_model()
    logits = model(torch.tensor([SEQUENCES[0]]))[0]
    expected = sum(-logits[i].log_softmax(0)[SEQUENCES[0][i + 1]].item() for i in range(39))
    assert methods.nats_of(model, SEQUENCES)[0] == pytest.approx(expected)


def test_differences_are_paired_and_weighted_by_tokens() -> None:
    # 4 and 2 nats more on 1 and 3 tokens: 1.5 a token; deviations 4 - 1.5 and 2 - 4.5.
    mean, error = experiment.difference([10.0, 20.0], [6.0, 18.0], [1, 3])
    assert mean == 1.5
    assert error == pytest.approx(math.sqrt(2 * (2.5**2 + 2.5**2)) / 4)
    generator = torch.Generator().manual_seed(0)
    luck = 100 * torch.randn(400, generator=generator)  # some sequences are harder for all models
    gain = 1 + torch.randn(400, generator=generator)
    mean, error = experiment.difference((luck + gain).tolist(), luck.tolist(), [1] * 400)
    assert mean == pytest.approx(gain.mean().item(), abs=1e-3)
    assert error == pytest.approx(gain.std().item() / 20, rel=1e-3)


def test_storage_of_the_town_is_the_size_of_its_file() -> None:
    town = texts.town()
    bits, megabytes = experiment.storage(town, None)
    assert bits == 16
    assert megabytes * 1e6 == pytest.approx((FOLDER / "model.safetensors").stat().st_size, rel=0.002)
    smaller = experiment.storage(town, methods.GRIDS["int4 groups of 64"])
    assert smaller[0] == 4.25
    in_blocks = 4 * (256 * 256 * 2 + 128 * 256 * 2 + 3 * 640 * 256)
    assert (megabytes - smaller[1]) * 1e6 == pytest.approx(in_blocks * (16 - 4.25) / 8)


def test_shipped_table_is_complete() -> None:
    assert list(ROWS) == list(methods.cases())
    for case, row in ROWS.items():
        base, rounding = ROWS[case.baseline()], ROWS[case.rounding()]
        assert row.n_tokens == base.n_tokens > 8000
        assert row.perplexity == pytest.approx(math.exp(row.nats), rel=1e-4)
        assert row.over_baseline == pytest.approx(row.nats - base.nats, abs=2e-5)
        assert row.over_rounding == pytest.approx(row.nats - rounding.nats, abs=2e-5)


@pytest.mark.parametrize("model", CALIBRATED_ON)
def test_eight_bits_are_as_good_as_the_original(model: str) -> None:
    base = ROWS[Case(model, BASELINE, ROUNDING)].perplexity
    assert ROWS[Case(model, "int8 rows", ROUNDING)].perplexity == pytest.approx(base, rel=0.005)
    assert ROWS[Case(model, "int8 rows", "W8A8")].perplexity == pytest.approx(base, rel=0.03)


def test_smollm2_is_already_rounded_to_groups_of_32() -> None:
    assert abs(ROWS[Case("SmolLM2-135M", "int4 groups of 32 with minimum", ROUNDING)].over_baseline) < 1e-3


@pytest.mark.parametrize("model", CALIBRATED_ON)
@pytest.mark.parametrize("grid", COARSE)
@pytest.mark.parametrize("method", ["AWQ", "GPTQ"])
def test_both_methods_beat_rounding_on_coarse_grids(model: str, grid: str, method: str) -> None:
    row = ROWS[Case(model, grid, method, CALIBRATED_ON[model])]
    assert row.over_rounding + 2 * row.over_rounding_error < 0
    assert row.over_baseline > 0


@pytest.mark.parametrize("model", CALIBRATED_ON)
def test_more_calibration_is_better_with_diminishing_returns(model: str) -> None:
    nats = {row.n_sequences: row.nats for case, row in ROWS.items() if case[:3] == (model, COARSE[0], "GPTQ")}
    assert nats[1] > nats[4] > nats[16]
    assert nats[1] - nats[4] > nats[4] - nats[16]


def test_missing_table_gives_no_rows(tmp_path) -> None:
    assert experiment.read_table(tmp_path / "none.csv") == []
