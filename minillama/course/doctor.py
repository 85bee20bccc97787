"""Look at this machine and say what works, what does not, and what to do about it."""

import hashlib
import importlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from .fetch import FILE, FILE_BYTES, cache_folder, is_whole
from .machine import available_cpus, kernel_python, memory_bytes

INSTALL = 'python -m pip install -c constraints.txt -e ".[course]" (in the folder of the repository), or: make lab'
LIBRARIES = ("numpy", "safetensors", "gguf", "regex", "sentencepiece", "tqdm")
OLDEST_PYTHON = (3, 11)
OLDEST_TORCH = (2, 5)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Args:
        name: what was looked at.
        status: ok, warn (works, but worse) or fail (the course does not work).
        found: what was found.
        fix: what to do; empty when there is nothing to do.
    """

    name: str
    status: str
    found: str
    fix: str = ""


def findings() -> list[Finding]:
    """Look at everything the course needs.

    Returns:
        One or more findings for each check, in a fixed order. A check that breaks becomes a finding too.
    """
    found: list[Finding] = []
    for check in CHECKS:
        name = check.__name__.removeprefix("_").replace("_", " ")
        try:
            found += check(name)
        except Exception as error:  # whatever is broken on this machine must not stop the doctor
            found.append(
                Finding(name, "warn", f"could not be looked at: {type(error).__name__}: {error}", f"Repair: {INSTALL}")
            )
    return found


def _python(name: str) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    bits = 64 if sys.maxsize > 2**32 else 32
    found = f"{version}, {bits} bit, {sys.executable}"
    if sys.version_info < OLDEST_PYTHON or bits < 64:
        yield Finding(name, "fail", found, "Install a 64 bit Python 3.11 or later: python.org, conda or pyenv")
    else:
        yield Finding(name, "ok", found)


def _torch(name: str) -> Iterator[Finding]:
    if importlib.util.find_spec("torch") is None:
        yield Finding(name, "fail", "PyTorch is not installed", INSTALL)
        return
    try:
        torch = importlib.import_module("torch")
    except Exception as error:  # a damaged installation fails in many ways
        yield Finding(name, "fail", f"PyTorch does not start: {error}", f"Install it anew: {INSTALL}")
        return
    version = tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2])
    if version < OLDEST_TORCH:
        yield Finding(name, "fail", f"{torch.__version__} is too old, 2.5 is needed", INSTALL)
    else:
        yield Finding(name, "ok", torch.__version__)


def _device(name: str) -> Iterator[Finding]:
    torch = _import_torch()
    if torch is None:
        return
    if torch.cuda.is_available():
        for index in range(torch.cuda.device_count()):
            properties = torch.cuda.get_device_properties(index)
            bf16 = "with" if torch.cuda.is_bf16_supported() else "without"
            gigabytes = properties.total_memory / 1e9
            yield Finding(name, "ok", f"CUDA {index}: {properties.name}, {gigabytes:.0f} GB, {bf16} bfloat16")
    elif torch.backends.mps.is_available():
        yield Finding(name, "ok", "Apple GPU (MPS), with bfloat16 from macOS 14 on")
    elif shutil.which("nvidia-smi") and _runs("nvidia-smi", "-L"):
        yield Finding(
            name, "warn", "there is an NVIDIA GPU, but this PyTorch cannot use it",
            "The course runs on the CPU too. For the GPU, install a CUDA build as pytorch.org/get-started says",
        )  # fmt: skip
    else:
        flags = getattr(torch.cpu, "get_capabilities", dict)()
        bf16 = "with fast" if any(value is True and "bf16" in key for key, value in flags.items()) else "with slow"
        found = f"CPU, {torch.backends.cpu.get_cpu_capability()}, {bf16} bfloat16; the course needs no GPU"
        yield Finding(name, "ok", found)


def _import_torch() -> ModuleType | None:
    """Return PyTorch, or None where it is missing or damaged, which another check reports."""
    with suppress(Exception):
        return importlib.import_module("torch")
    return None


def _runs(*command: str) -> bool:
    """Whether a command ends well within some seconds."""
    try:
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _threads(name: str) -> Iterator[Finding]:
    torch = _import_torch()
    if torch is None:
        return
    threads, cpus = torch.get_num_threads(), available_cpus()
    found = f"PyTorch uses {threads} of {cpus:g} CPU cores"
    if threads > max(1, cpus):
        yield Finding(name, "warn", found, f"More threads than cores are slow. Set OMP_NUM_THREADS={max(1, int(cpus))}")
    else:
        yield Finding(name, "ok", found)


def _memory(name: str) -> Iterator[Finding]:
    total = memory_bytes()
    if total is None:
        yield Finding(name, "ok", "size unknown; the notebooks need up to 4 GB")
    elif total < 3.5e9:
        yield Finding(name, "warn", f"{total / 1e9:.1f} GB", "Notebooks need up to 4 GB: run one at a time")
    else:
        yield Finding(name, "ok", f"{total / 1e9:.1f} GB")


def _disk(name: str) -> Iterator[Finding]:
    for purpose, folder in (("here", Path.cwd()), ("in the cache", cache_folder())):
        existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        free = shutil.disk_usage(existing).free
        found = f"{free / 1e9:.1f} GB free {purpose} ({folder})"
        if free < 0.5e9:
            yield Finding(name, "fail", found, "Free some space, or point MINILLAMA_CACHE to another disk")
        elif not os.access(existing, os.W_OK):
            yield Finding(name, "warn", f"cannot write {purpose} ({folder})", "Choose a folder that you can write to")
        else:
            yield Finding(name, "ok", found)


def _libraries(name: str) -> Iterator[Finding]:
    missing = [library for library in LIBRARIES if importlib.util.find_spec(library) is None]
    if missing:
        yield Finding(name, "fail", f"not installed: {', '.join(missing)}", INSTALL)
    else:
        yield Finding(name, "ok", ", ".join(f"{lib} {importlib.metadata.version(lib)}" for lib in LIBRARIES))


def _jupyterlab(name: str) -> Iterator[Finding]:
    yield _installed(name, "jupyterlab")


def _kernel(name: str) -> Iterator[Finding]:
    if importlib.util.find_spec("ipykernel") is None or importlib.util.find_spec("jupyter_client") is None:
        yield Finding(name, "fail", "ipykernel is not installed, notebooks cannot run", INSTALL)
        return
    register = f"{sys.executable} -m ipykernel install --sys-prefix --name python3"
    python = kernel_python()
    if python is None:
        yield Finding(name, "fail", "Jupyter knows no kernel named python3", f"Register this Python: {register}")
    elif Path(python).parent != Path(sys.executable).parent:
        yield Finding(name, "warn", f"notebooks run on another Python: {python}", f"Register this one: {register}")
    else:
        yield Finding(name, "ok", f"notebooks run on {python}")


def _widgets(name: str) -> Iterator[Finding]:
    installed = _installed(name, "ipywidgets")
    extension = Path(sys.prefix, "share", "jupyter", "labextensions", "@jupyter-widgets", "jupyterlab-manager")
    if installed.status == "ok" and not extension.is_dir():
        fix = "python -m pip install --force-reinstall --no-deps jupyterlab_widgets, then reload JupyterLab"
        yield Finding(name, "warn", "ipywidgets is here, its JupyterLab extension is not", fix)
    else:
        yield installed


def _plots(name: str) -> Iterator[Finding]:
    yield _installed(name, "matplotlib")


def _installed(name: str, package: str) -> Finding:
    """Report the version of a package that notebooks need."""
    if importlib.util.find_spec(package) is None:
        return Finding(name, "fail", f"{package} is not installed", INSTALL)
    return Finding(name, "ok", f"{package} {importlib.metadata.version(package)}")


def _data(name: str) -> Iterator[Finding]:
    folder = Path(__file__).resolve().parents[2] / "data"
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        yield Finding(name, "ok", "no files to compare")
        return
    lines = [line.split(maxsplit=1) for line in sums.read_text(encoding="utf-8").splitlines() if line.strip()]
    expected = {file.lstrip("*"): digest for digest, file in lines}
    damaged = [file for file, digest in expected.items() if _sha256(folder / file) != digest]
    if damaged:
        restore = f"Restore them: git checkout -- {' '.join(f'data/{file}' for file in damaged)}"
        yield Finding(name, "fail", f"missing or changed: {', '.join(damaged)}", restore)
    else:
        yield Finding(name, "ok", f"{len(expected)} files, all as shipped")


def _sha256(path: Path) -> str:
    """Return the digest of a file, or nothing if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _weights(name: str) -> Iterator[Finding]:
    path = cache_folder() / FILE
    if not path.exists():
        yield Finding(name, "warn", f"SmolLM2-135M is not in {path.parent}", "minillama fetch smollm2")
    elif not is_whole(path):
        found = f"{path} is damaged ({path.stat().st_size} of {FILE_BYTES} bytes, or changed)"
        yield Finding(name, "fail", found, "minillama fetch smollm2")
    else:
        yield Finding(name, "ok", f"SmolLM2-135M, {path}")


CHECKS: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _python, _torch, _device, _threads, _memory, _disk, _libraries,
    _jupyterlab, _kernel, _widgets, _plots, _data, _weights,
)  # fmt: skip
