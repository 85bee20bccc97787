"""Loading quantized weights never takes the memory of the same weights in float16, counted in a fresh process."""

import subprocess
import sys
from pathlib import Path

import pytest

from minillama.formats.gguf_quantized import load_gguf_quantized
from minillama.quantized_checkpoint import save_quantized

ROOT = Path(__file__).resolve().parent.parent
STATUS = Path("/proc/self/status")
FLOAT16_BYTES = 2 * 134_515_008
MEASURE = """
import re, sys
from pathlib import Path
from minillama.formats.gguf_quantized import load_gguf_quantized
from minillama.quantized_checkpoint import load_quantized

status = lambda key: int(re.search(key + r":\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024
before = status("VmRSS")
model = globals()[sys.argv[1]](sys.argv[2])
print(status("VmHWM") - before, sum(p.nbytes for p in [*model.buffers(), *model.parameters()]))
"""
needs_linux = pytest.mark.skipif(not STATUS.exists(), reason=f"only Linux accounts for memory in {STATUS}")


def measure(load: str, path: Path) -> tuple[int, int]:
    """(growth of the process at its peak, tensors of the model), in bytes."""
    command = [sys.executable, "-c", MEASURE, load, str(path)]
    growth, n_bytes = map(int, subprocess.check_output(command, text=True, cwd=ROOT).split())
    return growth, n_bytes


@needs_linux
def test_from_gguf(smollm2: Path) -> None:
    growth, n_bytes = measure("load_gguf_quantized", smollm2)
    assert n_bytes == 96_576_768  # the tensor data of the file, byte for byte
    assert n_bytes < growth < FLOAT16_BYTES


@needs_linux
def test_from_a_quantized_checkpoint(smollm2: Path, tmp_path: Path) -> None:
    save_quantized(load_gguf_quantized(smollm2), tmp_path)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 97_000_000
    growth, n_bytes = measure("load_quantized", tmp_path)
    assert n_bytes == 96_576_768
    assert n_bytes < growth < FLOAT16_BYTES
