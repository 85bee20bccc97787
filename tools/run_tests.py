"""Run the project's checks as named lanes, go on after a failure, and end with a table of results.

`check` is quick (lint, unit tests, build check), `test` is everything a user can run, `slow` is what CI adds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q", "--durations=5")
MINILLAMA = (PYTHON, "-c", "import sys; from minillama.cli import main; sys.exit(main())")
PROSE = ("README.md", "CONTRIBUTING.md", "data", "docs", "minillama", "solutions", "tools")  # tests hold word pieces


@dataclass(frozen=True)
class Lane:
    """One command with its name, extra environment variables, and whether the rest depends on it."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    essential: bool = False


LINT = (
    Lane("ruff", (PYTHON, "-m", "ruff", "check", ".")),
    Lane("spelling", (PYTHON, "-m", "codespell_lib", *PROSE)),
    Lane("build check", (PYTHON, "tools/build_notebooks.py", "--check")),
)
SLOW_TESTS = ("tests/parity", "tests/parallel", "tests/notebooks", "tests/browser", "tests/soak")
OWN_LANES = ("tests/parallel", "tests/browser", "tests/soak")
KILLS = "tests/parallel/test_faults.py"
PLAIN = {"MPLBACKEND": "Agg"}
COMPLETE = {**PLAIN, "MINILLAMA_REQUIRE_WEIGHTS": "1"}  # absent weights are a failure, not a reason to skip
LANES = {
    "check": (
        *LINT,
        Lane("unit tests", (*PYTEST, "tests", *(f"--ignore={folder}" for folder in SLOW_TESTS)), PLAIN),
    ),
    "test": (
        Lane("SmolLM2 weights", (*MINILLAMA, "fetch", "smollm2"), essential=True),
        *LINT,
        Lane("environment", (PYTHON, "tools/check_environment.py")),
        Lane("unit and parity tests", (*PYTEST, "tests", *(f"--ignore={folder}" for folder in OWN_LANES)), COMPLETE),
        Lane("parallel tests", (*PYTEST, "tests/parallel", f"--ignore={KILLS}"), PLAIN),
        Lane("notebooks", (PYTHON, "tools/run_notebooks.py", "notebooks")),
        Lane("solutions", (PYTHON, "tools/run_notebooks.py", "solutions")),
    ),
    "slow": (
        Lane("environment, resolved", (PYTHON, "tools/check_environment.py", "--resolve")),
        Lane("build llama.cpp", (PYTHON, "tools/bootstrap.py", "bench")),
        Lane("llama.cpp", (*PYTEST, "tests/parity/test_llama_cpp.py"), {"MINILLAMA_REQUIRE_LLAMA_CPP": "1"}),
        Lane("kills", (*PYTEST, KILLS), PLAIN),
        Lane("soak tests", (*PYTEST, "tests/soak"), PLAIN),
        Lane("browser", (*PYTEST, "tests/browser"), {"MINILLAMA_REQUIRE_BROWSER": "1"}),
    ),
}


def environment(work: str) -> dict[str, str]:
    """This process's environment, with the learner's progress out of reach and few threads."""
    threads = str(min(os.cpu_count() or 1, 4))  # more only slows the tiny models of the tests
    waiting = {"OMP_WAIT_POLICY": "PASSIVE"}  # threads that spin while they wait are slow on a busy machine
    return {"OMP_NUM_THREADS": threads, **waiting, **os.environ, "MINILLAMA_WORK": work}


def run_lane(lane: Lane) -> tuple[bool, float]:
    """(passed, seconds) of one lane; its output goes to the terminal."""
    print(f"\n=== {lane.name}: {' '.join(lane.command)}".replace(PYTHON, "python"), flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="minillama-work-") as work:
        settings = environment(work) | lane.environment
        passed = subprocess.run(lane.command, cwd=ROOT, env=settings, check=False).returncode == 0
    seconds = time.monotonic() - began
    print(f"=== {lane.name}: {'passed' if passed else 'FAILED'} in {seconds:.1f} s", flush=True)
    return passed, seconds


def main() -> int:
    """Run the lanes of one suite; 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", choices=LANES)
    suite = parser.parse_args().suite

    results = {}
    for lane in LANES[suite]:
        results[lane.name] = run_lane(lane)
        if lane.essential and not results[lane.name][0]:
            break

    print(f"\n{suite + ':':<26}{'result':<10}{'seconds':>8}")
    for name, (passed, seconds) in results.items():
        print(f"  {name:<24}{'passed' if passed else 'FAILED':<10}{seconds:>8.1f}")
    print(f"  {'total':<34}{sum(seconds for _, seconds in results.values()):>8.1f}")
    failed = [name for name, (passed, _) in results.items() if not passed]
    if failed:
        print(f"\nFAILED: {', '.join(failed)}. Search this output for '=== {failed[0]}' to see why.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
