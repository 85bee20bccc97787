"""What a container may use is read from its limits, where there are any."""

import sys
from pathlib import Path

import pytest

from minillama.course import machine
from minillama.course.machine import available_cpus, kernel_python, memory_bytes


def test_limits_of_a_container(tmp_path: Path) -> None:
    cpus, memory = available_cpus(tmp_path), memory_bytes(tmp_path)
    assert cpus >= 1
    assert memory is None or memory > 2**28
    (tmp_path / "cpu.max").write_text("50000 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("1000000\n", encoding="utf-8")
    assert available_cpus(tmp_path) == 0.5
    assert memory_bytes(tmp_path) == 1_000_000


def test_a_container_without_limits(tmp_path: Path) -> None:
    expected = available_cpus(tmp_path), memory_bytes(tmp_path)
    (tmp_path / "cpu.max").write_text("max 100000\n", encoding="utf-8")
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    assert (available_cpus(tmp_path), memory_bytes(tmp_path)) == expected


def test_a_system_that_does_not_tell_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_posix_memory", lambda: None)
    monkeypatch.setattr(machine, "_windows_memory", lambda: None)
    assert memory_bytes(tmp_path) is None


def test_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_client import kernelspec

    spec = kernelspec.KernelSpec(argv=["python", "-m", "ipykernel_launcher"])
    monkeypatch.setattr(kernelspec.KernelSpecManager, "get_kernel_spec", lambda self, name: spec)
    assert kernel_python() == sys.executable
    spec.argv = [str(tmp_path / "python"), "-m", "ipykernel_launcher"]
    assert kernel_python() == str(tmp_path / "python")

    def find_nothing(self: object, name: str) -> None:
        raise kernelspec.NoSuchKernel(name)

    monkeypatch.setattr(kernelspec.KernelSpecManager, "get_kernel_spec", find_nothing)
    assert kernel_python() is None
