"""The doctor finds what is missing, says what to do, and never falls ill itself."""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from tiny_wheel import CONTENT

from minillama.course import doctor, fetch
from minillama.course.doctor import Finding, findings

Patch = pytest.MonkeyPatch
NAMES = [
    "python", "torch", "device", "threads", "memory", "disk", "libraries",
    "jupyterlab", "kernel", "widgets", "plots", "data", "weights",
]  # fmt: skip


def look(name: str) -> list[Finding]:
    return [finding for finding in findings() if finding.name == name]


def pretend_missing(monkeypatch: Patch, *packages: str) -> None:
    real = importlib.util.find_spec
    find_spec: Callable = lambda name, *rest: None if name in packages else real(name, *rest)  # noqa: E731
    monkeypatch.setattr(doctor.importlib.util, "find_spec", find_spec)


def test_every_check_reports_and_everything_wrong_has_a_fix() -> None:
    found = findings()
    assert list(dict.fromkeys(finding.name for finding in found)) == NAMES
    for finding in found:
        assert finding.status in ("ok", "warn", "fail")
        assert finding.found
        assert bool(finding.fix) == (finding.status != "ok"), finding


def test_a_check_that_breaks_becomes_a_finding(monkeypatch: Patch) -> None:
    def _memory(name: str) -> None:
        raise RuntimeError("no such instruction")

    monkeypatch.setattr(doctor, "CHECKS", (_memory, *doctor.CHECKS))
    first = findings()[0]
    assert (first.name, first.status) == ("memory", "warn")
    assert "RuntimeError: no such instruction" in first.found
    assert first.fix


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("torch", "torch"), ("gguf", "libraries"), ("jupyterlab", "jupyterlab"), ("ipykernel", "kernel"),
        ("jupyter_client", "kernel"), ("ipywidgets", "widgets"), ("matplotlib", "plots"),
    ],
)  # fmt: skip
def test_missing_packages(package: str, name: str, monkeypatch: Patch) -> None:
    pretend_missing(monkeypatch, package)
    (finding,) = look(name)
    assert finding.status == "fail"
    assert "not installed" in finding.found
    assert "pip install" in finding.fix


def test_old_python_and_old_torch(monkeypatch: Patch) -> None:
    monkeypatch.setattr(doctor, "sys", SimpleNamespace(version_info=(3, 10, 4), maxsize=sys.maxsize, executable="x"))
    monkeypatch.setattr(torch, "__version__", "2.4.1+cpu")
    (python,), (old_torch,) = list(doctor._python("python")), list(doctor._torch("torch"))
    assert (python.status, old_torch.status) == ("fail", "fail")
    assert "3.10.4" in python.found
    assert "2.4.1+cpu is too old" in old_torch.found


def test_damaged_torch(monkeypatch: Patch) -> None:
    real = doctor.importlib.import_module

    def fail(name: str) -> object:
        if name == "torch":
            raise OSError("libtorch_cpu.so: cannot open")
        return real(name)

    monkeypatch.setattr(doctor.importlib, "import_module", fail)
    (finding,) = look("torch")
    assert finding.status == "fail"
    assert "cannot open" in finding.found
    assert look("device") == look("threads") == []


def test_devices(monkeypatch: Patch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert look("device")[0].found.startswith("CPU")
    monkeypatch.setattr(doctor.shutil, "which", lambda name: "/usr/bin/nvidia-smi")
    monkeypatch.setattr(doctor, "_runs", lambda *command: True)
    assert "NVIDIA GPU, but this PyTorch cannot use it" in look("device")[0].found
    assert look("device")[0].status == "warn"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert "MPS" in look("device")[0].found
    gpu = SimpleNamespace(name="H100", total_memory=80e9)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda index: gpu)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    assert [finding.found for finding in look("device")] == [
        "CUDA 0: H100, 80 GB, with bfloat16",
        "CUDA 1: H100, 80 GB, with bfloat16",
    ]


def test_too_many_threads_and_too_little_memory_and_disk(monkeypatch: Patch) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: 8)
    monkeypatch.setattr(doctor, "available_cpus", lambda: 0.5)
    monkeypatch.setattr(doctor, "memory_bytes", lambda: 2_000_000_000)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: SimpleNamespace(free=1_000_000))
    (threads,), (memory,) = look("threads"), look("memory")
    assert (threads.status, memory.status) == ("warn", "warn")
    assert "OMP_NUM_THREADS=1" in threads.fix
    assert memory.found == "2.0 GB"
    assert [finding.status for finding in look("disk")] == ["fail", "fail"]
    monkeypatch.setattr(doctor, "memory_bytes", lambda: None)
    assert look("memory")[0].status == "ok"


def test_kernels(tmp_path: Path, monkeypatch: Patch) -> None:
    for python, status, words in (
        (None, "fail", "no kernel named python3"),
        (str(tmp_path / "python"), "warn", "another Python"),
        (sys.executable, "ok", "notebooks run on"),
    ):
        monkeypatch.setattr(doctor, "kernel_python", lambda python=python: python)
        (finding,) = look("kernel")
        assert finding.status == status
        assert words in finding.found
        assert not finding.fix or "ipykernel install --sys-prefix" in finding.fix


def test_widgets_without_their_extension(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setattr(doctor.sys, "prefix", str(tmp_path))
    (finding,) = look("widgets")
    assert finding.status == "warn"
    assert "jupyterlab_widgets" in finding.fix


def test_data_are_compared_with_their_list(tmp_path: Path, monkeypatch: Patch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(doctor, "__file__", str(tmp_path / "minillama" / "course" / "doctor.py"))
    assert look("data")[0].status == "ok"
    for name in ("whole", "changed"):
        (tmp_path / "data" / name).write_text(name, encoding="utf-8")
    digests = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("whole", "changed", "gone")}
    lines = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    (tmp_path / "data" / "SHA256SUMS").write_text(lines, encoding="utf-8")
    (tmp_path / "data" / "changed").write_text("other", encoding="utf-8")
    (finding,) = look("data")
    assert finding.found == "missing or changed: changed, gone"
    assert finding.fix.endswith("git checkout -- data/changed data/gone")


def test_weights(shop: Path, monkeypatch: Patch) -> None:
    path = fetch.cache_folder() / fetch.FILE
    path.parent.mkdir(parents=True)
    (finding,) = look("weights")
    assert (finding.status, finding.fix) == ("warn", "minillama fetch smollm2")
    path.write_bytes(bytes(len(CONTENT)))
    (finding,) = look("weights")
    assert (finding.status, finding.fix) == ("fail", "minillama fetch smollm2")
    path.write_bytes(CONTENT)
    assert look("weights")[0].status == "ok"


def test_the_doctor_works_without_torch() -> None:
    code = "import sys; sys.modules['torch'] = None\nfrom minillama.cli import main\nsys.exit(main(['doctor']))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "FAIL  torch       PyTorch is not installed" in result.stdout
    assert "findings must be mended" in result.stderr
    assert "Traceback" not in result.stderr
