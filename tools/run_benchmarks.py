"""Run every benchmark and write benchmarks/RESULTS.md: `python tools/run_benchmarks.py [--quick] [NAME ...]`.

A benchmark is a module in benchmarks/ whose last printed line is one JSON object with name, figures, targets and met.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks"
HEADER = """# Results of the benchmarks

Written by `make bench`; do not edit. Ratios compare two programs in the same run on the same machine, so they carry
over to other machines better than times do.
"""


def benchmark_names() -> list[str]:
    """The modules of benchmarks/ that have a main function."""
    modules = sorted(FOLDER.glob("*.py"))
    return [path.stem for path in modules if "\ndef main(" in path.read_text(encoding="utf-8")]


def run(name: str, quick: bool) -> dict:
    """Run one benchmark and return its JSON object; a failure becomes one with an `error`."""
    print(f"\n=== {name}", flush=True)
    command = [sys.executable, "-m", f"benchmarks.{name}", *(["--quick"] if quick else [])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        lines = []
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    table = "\n".join(lines[:-1])
    try:
        result = json.loads(lines[-1])
        missing = {"name", "figures", "targets", "met"} - set(result)
    except (IndexError, ValueError, TypeError):
        missing = {"a JSON object in its last line"}
    if process.returncode or missing:
        reason = f"ended with code {process.returncode}" if process.returncode else f"lacks {sorted(missing)}"
        return {"name": name, "error": reason, "met": False, "table": table}
    return {**result, "table": table}


def section(result: dict) -> str:
    """One benchmark as Markdown."""
    lines = [f"## {result['name']}", ""]
    if "error" in result:
        lines += [f"Failed: {result['error']}.", ""]
    else:
        lines += ["| figure | value | target |", "|---|---:|---|"]
        figures, targets = result["figures"], result["targets"]
        lines += [f"| {name} | {value:.4g} | {targets.get(name, '')} |" for name, value in figures.items()]
        lines += ["", f"Target {'met' if result['met'] else 'MISSED'}." if targets else "No target.", ""]
    return "\n".join([*lines, "```text", result["table"], "```", ""])


def machine() -> str:
    """One line on where the figures come from."""
    system = f"{os.cpu_count()} CPU cores, {platform.system()} {platform.machine()}"
    return f"{system}, Python {platform.python_version()}, torch {version('torch')}, {date.today().isoformat()}"


def main() -> int:
    """Run what was asked for; 1 if a benchmark failed or missed its target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run (default: all, and write RESULTS.md)")
    parser.add_argument("--quick", action="store_true", help="fewer repeats; RESULTS.md is not written")
    args = parser.parse_args()

    results = [run(name, args.quick) for name in args.names or benchmark_names()]
    if not args.names and not args.quick:
        text = "\n".join([HEADER, f"Machine: {machine()}.", "", *(section(result) for result in results)])
        (FOLDER / "RESULTS.md").write_text(text, encoding="utf-8")
        print("\nWrote benchmarks/RESULTS.md")
    missed = [result["name"] for result in results if not result["met"]]
    verdict = f"MISSED or failed: {', '.join(missed)}" if missed else "all targets met"
    print(f"\n{len(results)} benchmarks, {verdict}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
