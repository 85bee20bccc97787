"""How well the planner foretells the time of a training step on 1, 2 and 4 processes of this machine.

First it is measured what one process can do while all work: products, passes over memory, the wire. From that alone the
planner predicts; then the steps are measured. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import json

from minillama.course.experiments.scaling import Row, measure, schemes


def main() -> None:
    """Print a line per step and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1 and 2 processes, data parallelism alone")
    quick = parser.parse_args().quick
    counts = (1, 2) if quick else (1, 2, 4)
    found = [one for n in counts for one in measure(n, schemes(n)[:1] if quick else schemes(n))]
    rows = [one for one in found if isinstance(one, Row)]
    print(f"{'scheme':<30}{'kind':<8}{'processes':>10}{'measured':>10}{'predicted':>10}{'ratio':>8}")
    for row in rows:
        ratio = row.predicted_seconds / row.seconds_per_step
        times = f"{row.seconds_per_step:>10.3f}{row.predicted_seconds:>10.3f}"
        print(f"{row.scheme:<30}{row.kind:<8}{row.n_processes:>10}{times}{ratio:>8.2f}")
    ratios = [row.predicted_seconds / row.seconds_per_step for row in rows]
    alone = next(row for row in rows if row.kind == "strong" and row.n_processes == 1)
    figures = {"predicted_over_measured_least": min(ratios), "predicted_over_measured_most": max(ratios)}
    for row in rows:
        if row.kind == "strong" and row.scheme == "zero=0":
            figures[f"speedup_data_{row.n_processes}"] = row.tokens_per_second / alone.tokens_per_second
    targets = {"predicted_over_measured_least": ">= 0.75", "predicted_over_measured_most": "<= 1.25"}
    met = min(ratios) >= 0.75 and max(ratios) <= 1.25
    figures = {name: round(value, 3) for name, value in figures.items()}
    print(json.dumps({"name": "scaling", "figures": figures, "targets": targets, "met": met}))


if __name__ == "__main__":
    main()
