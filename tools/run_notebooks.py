"""Run every notebook of a folder under nbval, offline and with empty progress, and report the time of each.

`notebooks` is what a learner gets; `solutions` sets MINILLAMA_STRICT=1. All notebooks of a run share one
progress, in chapter order. Trained losses and the like must lie in the bands of tests/notebooks/bands.csv.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from bands import BandCheck, read_bands

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 60.0  # seconds on two cores
LIMIT = 3 * BUDGET  # a shared machine may be slow; beyond this a notebook fails
BANDS = ROOT / "tests" / "notebooks" / "bands.csv"
NOWHERE = "http://127.0.0.1:9"


class Stopwatch:
    """A pytest plugin that adds up the seconds of each notebook's cells and of its kernel's start."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        notebook = report.nodeid.split("::")[0]
        self.seconds[notebook] += report.duration
        if report.failed:
            self.failed.add(notebook)


def offline_environment(work: str, strict: bool) -> dict[str, str]:
    """Variables for the kernels: a fresh work folder, nobody's IPython settings, no way to the network."""
    proxies = {name: NOWHERE for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")}
    local = {name: "localhost,127.0.0.1" for name in ("NO_PROXY", "no_proxy")}
    folders = {"MINILLAMA_WORK": f"{work}/work", "IPYTHONDIR": f"{work}/ipython"}
    return {**proxies, **local, **folders, "PIP_NO_INDEX": "1", "MINILLAMA_STRICT": "1" if strict else ""}


def peak_gigabytes() -> float | None:
    """Memory of the largest kernel so far, where the platform tells."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e9


def report(watch: Stopwatch) -> bool:
    """Print one line a notebook; True if all kept within the limit."""
    print(f"\n{'notebook':<44}{'seconds':>8}")
    for notebook, seconds in sorted(watch.seconds.items()):
        remark = "  FAILED" if notebook in watch.failed else ""
        if seconds > BUDGET:
            remark += f"  over the budget of {BUDGET:.0f} s" + (", and the limit" if seconds > LIMIT else "")
        print(f"{notebook:<44}{seconds:>8.1f}{remark}")
    print(f"{'total':<44}{sum(watch.seconds.values()):>8.1f}")
    peak = peak_gigabytes()
    if peak is not None:
        print(f"{'largest kernel, GB':<44}{peak:>8.2f}")
    return all(seconds <= LIMIT for seconds in watch.seconds.values())


def main() -> int:
    """Run one folder or some of its notebooks; 1 on a failed cell or a notebook far too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", choices=["notebooks", "solutions"])
    parser.add_argument("only", nargs="*", help="numbers or names of notebooks, such as 03 (default: all)")
    args = parser.parse_args()

    os.chdir(ROOT)
    found = sorted(Path(args.folder).glob("*.ipynb"))
    chosen = [str(path) for path in found if not args.only or any(path.stem.startswith(o) for o in args.only)]
    if not chosen:
        print(f"no notebook to run in {args.folder}/: {', '.join(args.only) or 'the folder is empty'}")
        return 1
    watch, bands = Stopwatch(), BandCheck(read_bands(BANDS))
    options = ["-q", "--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=300"]
    with tempfile.TemporaryDirectory(prefix="minillama-work-") as work:
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as in run_tests.py
        os.environ.update(offline_environment(work, strict=args.folder == "solutions"))
        code = pytest.main([*options, *chosen], plugins=[watch, bands])
    in_time, problems = report(watch), bands.problems()
    print(f"{f'numbers in their bands, {len(bands.seen)} kinds':<44}{'FAILED' if problems else 'all':>8}")
    print(*problems, sep="\n")
    return 0 if code == 0 and in_time and not problems else 1


if __name__ == "__main__":
    sys.exit(main())
