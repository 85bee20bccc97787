"""A row of data/ablations/quantization.csv, computed again."""

import pytest

from minillama.course.experiments.quantization import read_table, storage
from minillama.course.experiments.quantization_methods import GRIDS, ROUNDING, Case, measure
from minillama.course.experiments.quantization_texts import town


def test_a_row_of_the_town_comes_out_again() -> None:
    case, subject = Case("town", "int3 groups of 64", ROUNDING), town()
    shipped = {(row.model, row.grid, row.method): row for row in read_table()}[case[:3]]
    n_tokens = sum(len(ids) - 1 for ids in subject.measured)
    assert n_tokens == shipped.n_tokens
    assert sum(measure(case, subject)) / n_tokens == pytest.approx(shipped.nats, abs=1e-3)
    bits_per_weight, megabytes = storage(subject, GRIDS[case.grid])
    assert (bits_per_weight, round(megabytes, 2)) == (shipped.bits_per_weight, shipped.megabytes)
