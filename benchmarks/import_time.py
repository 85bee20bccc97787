"""How long `import minillama` takes on top of `import torch`.

Every sample is a fresh interpreter; the statements take turns, so that a busy moment hits all of them alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

FIRST = "import torch"
STATEMENTS = {
    "import_seconds": "import minillama",
    "import_model_seconds": "from minillama import Llama, ModelConfig, generate",
    "import_readers_seconds": "from minillama import load_gguf, load_tokenizer",
}
LIMIT = 0.3
TARGETS = {name: f"< {LIMIT}" for name in ("import_seconds", "import_model_seconds")}


def added_seconds(statement: str) -> float:
    """Seconds one statement takes in a fresh interpreter that has imported torch."""
    code = f"import time\n{FIRST}\nbegan = time.perf_counter()\n{statement}\nprint(time.perf_counter() - began)"
    return float(subprocess.check_output([sys.executable, "-c", code]))


def torch_seconds() -> float:
    """Seconds of the whole `python -c "import torch"`, for comparison."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST], check=True)
    return time.perf_counter() - began


def measure(repeats: int) -> dict[str, float]:
    """Median seconds of every statement."""
    samples: dict[str, list[float]] = {name: [] for name in ("torch_seconds", *STATEMENTS)}
    for repeat in range(repeats + 1):
        taken = {"torch_seconds": torch_seconds()}
        taken |= {name: added_seconds(statement) for name, statement in STATEMENTS.items()}
        if repeat:  # the first round only warms the disk cache
            for name, seconds in taken.items():
                samples[name].append(seconds)
    return {name: round(statistics.median(values), 4) for name, values in samples.items()}


def main() -> None:
    """Print a table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three samples instead of nine")
    figures = measure(3 if parser.parse_args().quick else 9)
    shown = {"torch_seconds": f'python -c "{FIRST}", in all', **STATEMENTS}
    for name, seconds in figures.items():
        print(f"{shown[name]:<56}{seconds:>8.3f} s")
    met = all(figures[name] < LIMIT for name in TARGETS)
    print(json.dumps({"name": "import_time", "figures": figures, "targets": TARGETS, "met": met}))


if __name__ == "__main__":
    main()
