"""Facts about this machine that Python's standard library does not tell the same way everywhere."""

import os
import sys
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")


def available_cpus(cgroup: Path = CGROUP) -> float:
    """Return how many CPU cores this process may use; a container may allow a part of one.

    Args:
        cgroup: where a Linux container's limits stand.
    """
    cpus = float(os.cpu_count() or 1)
    if hasattr(os, "sched_getaffinity"):
        cpus = float(len(os.sched_getaffinity(0)))
    quota, _, period = _read(cgroup / "cpu.max").partition(" ")
    return min(cpus, int(quota) / int(period)) if quota.isdigit() and period.isdigit() else cpus


def memory_bytes(cgroup: Path = CGROUP) -> int | None:
    """Return the memory this process may use, in bytes, or None where that cannot be told.

    Args:
        cgroup: where a Linux container's limits stand.
    """
    total = _windows_memory() if sys.platform == "win32" else _posix_memory()
    limit = _read(cgroup / "memory.max")
    return min(total or int(limit), int(limit)) if limit.isdigit() else total


def kernel_python() -> str | None:
    """Return the Python that notebooks with the kernel ``python3`` run on, or None if there is no such kernel.

    The package jupyter_client must be installed.
    """
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        return None
    # Jupyter itself reads a bare name such as "python" as the Python it runs on.
    return command if Path(command).is_absolute() else sys.executable


def _posix_memory() -> int | None:
    """Return the installed memory on Linux and macOS."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None


def _windows_memory() -> int | None:
    """Return the installed memory on Windows."""
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong), ("total", ctypes.c_ulonglong)] + [
            (name, ctypes.c_ulonglong) for name in ("free", "page", "free_page", "virtual", "free_virtual", "more")
        ]

    status = Status(length=ctypes.sizeof(Status))
    read = ctypes.windll.kernel32.GlobalMemoryStatusEx
    return status.total if read(ctypes.byref(status)) else None


def _read(path: Path) -> str:
    """Return the content of a small file, or nothing."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
