"""Create or repair .venv and install the project into it: `python tools/bootstrap.py course|dev|bench`.

Only the standard library and syntax that Python 3.6 understands, so that an old Python reaches the message
about it. A stamp file, written last, makes the second run fast and a half-finished install start over.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "minillama-install.json"
EXTRAS = ["course", "dev", "bench"]  # each contains the ones before it
OLDEST = (3, 11)
NEEDED_GB = 2.0
CUDA_GB = 8.0  # on Linux, PyPI's torch may bring the CUDA libraries


def stop(message):
    """End with a message that stands out from pip's output."""
    sys.exit("\nminillama: " + message.strip().replace("\n", "\n  ") + "\n")


def run(*command):
    """True if the command ends well; its output goes to the terminal."""
    return subprocess.run([str(part) for part in command], cwd=str(ROOT), check=False).returncode == 0


def python_output(python, code):
    """What a line of Python prints, or None if it fails or the interpreter does not start."""
    try:
        return subprocess.check_output([str(python), "-c", code], stderr=subprocess.DEVNULL).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def python_version(python):
    """(major, minor) of an interpreter, or None if it does not start."""
    output = python_output(python, "import sys; print(*sys.version_info[:2])")
    return tuple(int(part) for part in output.split()) if output else None


def choose_python():
    """This Python if it is new enough, else a newer one found on the PATH."""
    if sys.version_info >= OLDEST:
        return sys.executable
    own = f"{sys.executable} is Python {sys.version_info[0]}.{sys.version_info[1]}"
    for minor in (13, 12, 11, 14):
        found = shutil.which(f"python3.{minor}")
        if found and (python_version(found) or (0, 0)) >= OLDEST:
            print(f"Using {found}, because {own}.")
            return found
    return stop(
        f"{own}, and this project needs Python 3.11 or later.\n"
        "Install a newer Python (python.org, your package manager, conda or pyenv), then name it:\n"
        "make lab PYTHON=python3.12"
    )


def digest():
    """What the installation depends on; a change makes pip run again."""
    content = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    return hashlib.sha256(content).hexdigest()


def read_stamp():
    """What the last finished installation wrote, or an empty dict."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_installed(extra):
    """True if a finished, current installation holds the extra."""
    stamp = read_stamp()
    present = stamp.get("extra")
    return stamp.get("digest") == digest() and present in EXTRAS and EXTRAS.index(present) >= EXTRAS.index(extra)


def venv_problem():
    """Why the existing .venv cannot be used, or None."""
    version = python_version(VENV_PYTHON)
    if version is None:
        return "its Python is gone or does not start"
    if version < OLDEST:
        return f"it was made with Python {version[0]}.{version[1]}"
    if not (VENV / "pyvenv.cfg").exists() or python_output(VENV_PYTHON, "import pip; print(1)") is None:
        return "it is incomplete"
    built_at = read_stamp().get("venv", str(VENV))
    return None if built_at == str(VENV) else f"it was moved here from {built_at}"


def free_gb():
    """Free space on the project's disk, in gigabytes."""
    return shutil.disk_usage(str(ROOT)).free / 1e9


def check_disk(torch_index):
    """Stop, or warn, when the disk is too full for the installation."""
    free = free_gb()
    if free < NEEDED_GB:
        stop(
            f"not enough disk space. The installation needs about {NEEDED_GB:.0f} GB, and {free:.1f} GB\n"
            f"are free on the disk that holds {ROOT}.\n"
            "Free some space, or move this folder to another disk, and run the command again."
        )
    if free < CUDA_GB and sys.platform == "linux" and not torch_index:
        print(
            f"Note: {free:.1f} GB are free. On Linux, PyPI's PyTorch may bring about 6 GB of CUDA;\n"
            "without an NVIDIA GPU, avoid them with TORCH_INDEX=https://download.pytorch.org/whl/cpu"
        )


def create_venv(python):
    """Make an empty .venv, or say what is missing."""
    if python_output(python, "import ensurepip, venv; print(1)") is None:
        stop(
            f"{python} cannot create virtual environments: its venv or ensurepip module is missing.\n"
            "On Debian or Ubuntu:  sudo apt install python3-venv  (for another Python: python3.12-venv)\n"
            "Elsewhere, install Python from python.org or conda. Then run the command again."
        )
    print(f"Creating .venv with {python}")
    if not run(python, "-m", "venv", "--clear", VENV):
        stop("creating .venv failed; the lines above say why. Remove the folder .venv and run again.")


def install(extra, torch_index):
    """Install the project with one extra; write the stamp when everything is in place."""
    if STAMP.exists():
        STAMP.unlink()
    print(f"Installing minillama[{extra}] into .venv; the first time takes minutes and 1.3 GB.", flush=True)
    index = ["--extra-index-url", torch_index] if torch_index else []
    pip = [VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-c", "constraints.txt"]
    if not run(*pip, "-e", f".[{extra}]", *index):
        stop(
            "the installation did not finish; pip's last lines above say why. Common reasons:\n"
            "- no network, or a proxy that pip does not know (set HTTPS_PROXY)\n"
            f"- no space left on the disk: {free_gb():.1f} GB are free\n"
            "- a Python so new that PyTorch has no package for it: remove .venv, then PYTHON=python3.12\n"
            "Run the same command again to go on; what pip has downloaded is kept."
        )
    part = STAMP.with_name(STAMP.name + ".part")
    stamp = {"extra": extra, "digest": digest(), "venv": str(VENV)}
    part.write_text(json.dumps(stamp) + "\n", encoding="utf-8")
    os.replace(str(part), str(STAMP))


def main():
    """Bring .venv to the asked state with as little work as possible."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("extra", choices=EXTRAS)
    parser.add_argument("--torch-index", default="", help="another package index for torch")
    args = parser.parse_args()

    python = choose_python()
    problem = venv_problem() if VENV.exists() else "it does not exist"
    if problem is None and is_installed(args.extra):
        return
    if problem:
        if VENV.exists():
            print(f"Rebuilding .venv: {problem}.")
        check_disk(args.torch_index)
        create_venv(python)
    kept = read_stamp().get("extra", args.extra)
    extra = max(kept, args.extra, key=lambda name: EXTRAS.index(name) if name in EXTRAS else -1)
    install(extra, args.torch_index)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped before the installation was complete. Run the same command again to go on.")
