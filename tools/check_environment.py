"""Check environment.yml and constraints.txt against pyproject.toml, without conda.

Also compares constraints.txt with what is installed. `--resolve` lets pip resolve the pip part, which needs
the network.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
KEYS = {"name", "channels", "dependencies"}
UNPINNED = ("nvidia-", "cuda-", "triton", "appnope", "colorama", "pywin", "winpty")  # elsewhere


def read_pins() -> dict[str, str]:
    """Package name to exact version, from constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in pairs}


def closure(extra: str) -> dict[str, str]:
    """Installed version of everything the project needs with one extra, on this platform."""
    versions: dict[str, str] = {}
    waiting = [Requirement(f"minillama[{extra}]")]
    seen = set()
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        distribution = metadata.distribution(requirement.name)
        versions[key[0]] = distribution.version
        needed = [Requirement(line) for line in distribution.requires or []]
        chosen = [{"extra": name} for name in requirement.extras] or [{"extra": ""}]
        waiting += [r for r in needed if r.marker is None or any(r.marker.evaluate(e) for e in chosen)]
    del versions["minillama"]
    return versions


def check_environment(environment: dict, project: dict) -> tuple[list[str], list[str]]:
    """(problems, lines of the pip part) of environment.yml."""
    problems = []
    if set(environment) != KEYS:
        problems.append(f"environment.yml has the keys {sorted(environment)}, expected {sorted(KEYS)}")
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    pip_part = next((entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)), [])
    if not any(entry.startswith("pip") for entry in conda):
        problems.append("environment.yml does not ask for pip")
    if "-c constraints.txt" not in pip_part:
        problems.append("environment.yml does not use constraints.txt")
    python = next((entry for entry in conda if entry.startswith("python=")), "python=none")
    pinned = re.fullmatch(r"python=(\d+\.\d+)", python)
    if not pinned or pinned[1] not in SpecifierSet(project["requires-python"]):
        problems.append(f"environment.yml has {python}, pyproject.toml requires {project['requires-python']}")
    return problems, pip_part


def check_pins(pins: dict[str, str], project: dict, installed: dict[str, str]) -> list[str]:
    """What is wrong with constraints.txt, seen from pyproject.toml and from this environment."""
    extras = project["optional-dependencies"].values()
    problems = []
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        requirement = Requirement(line)
        pin = pins.get(canonicalize_name(requirement.name))
        if requirement.name == "minillama" or (pin and requirement.specifier.contains(pin)):
            continue
        problems.append(f"pyproject.toml asks for {line}, constraints.txt pins {pin or 'nothing'}")
    for name, version in sorted(installed.items()):
        pin = pins.get(name)
        if (pin or not name.startswith(UNPINNED)) and version.partition("+")[0] != pin:
            problems.append(f"{name} {version} is installed, constraints.txt pins {pin or 'nothing'}")
    return problems


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resolve", action="store_true", help="also let pip resolve the pip part")
    args = parser.parse_args()

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    problems, pip_part = check_environment(environment, project)
    installed = closure("dev")
    problems += check_pins(read_pins(), project, installed)
    if args.resolve and not problems:
        words = [word for line in pip_part for word in line.split()]
        pip = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed"]
        if subprocess.run([*pip, *words], cwd=ROOT, check=False).returncode != 0:
            problems.append("pip cannot resolve the pip part of environment.yml")
    for problem in problems:
        print(f"environment: {problem}")
    print(f"environment: {len(read_pins())} pins, {len(installed)} installed, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
