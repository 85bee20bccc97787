"""The rules of the package's structure, read from its source: who imports whom, and what nobody may do."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "minillama"
MAX_LINES = 250

# A module imports only modules of a lower rank. A new module must be given its place here.
RANKS = {
    0: "rmsnorm swiglu rope rope_scaling cache sampling_filters bpe literals data_sets packing hashing atomic_files "
    "loss loss_scaling optimizer train_config random_states named_state recompute block_attention "
    "surgery bit_packing quantization stopping signals "
    "world formats.names formats.rope_layout formats.gguf_blocks formats.gguf_file formats.json_object",
    1: "formats.gguf_encode config attention byte_level sentencepiece_style shards permutation cleaning downloads "
    "fixed_cache ring_cache quantized_cache quantized_matrix sampling backward",
    2: "model fusion budget corpus config_fields training_log run_settings data encode_stream formats.token_text "
    "quantized_layers kernels padded_cache",
    3: "calibration channel_scaling training checkpoint generation tokenizer fast",
    4: "gptq awq activation_quantization tokenizer_training scoring drafts "
    "formats.gguf formats.huggingface formats.gguf_tokenizer formats.sentencepiece_model "
    "formats.tiktoken_ranks formats.tokenizer_json formats.huggingface_writer lr_finder "
    "quantized_checkpoint compiled solo",
    5: "chat training_run speculative formats.tokenizer_files formats.gguf_quantized parallel",
    6: "course",
    7: "cli_text",
    8: "cli_train",
    9: "cli",
    10: "__main__",
}
RANK = {name: rank for rank, names in RANKS.items() for name in names.split()}
FREE = ("course", "cli", "cli_text", "cli_train", "__main__")  # may print, read the environment and import late
FOLDERS = ("course", "world", "cleaning", "parallel")  # one rank as a whole: modules inside may import each other
ORACLES = ("transformers", "tokenizers", "tiktoken", "peft", "llama_cpp")  # only in tests and benchmarks
HEAVY = "gguf sentencepiece safetensors regex IPython matplotlib ipywidgets jupyter_client tqdm transformers"


def module_name(path: Path) -> str:
    """Dotted name inside the package: formats/gguf.py is formats.gguf, minillama/__init__.py is empty."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rank_of(module: str) -> int | None:
    """The rank of a module or of the package that holds it."""
    while module:
        if module in RANK:
            return RANK[module]
        module = module.rpartition(".")[0]
    return None


def imports(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[str, int, int]]:
    """(absolute name, relative level, line) of everything imported; our own modules start with a dot."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", 0, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [part for part in package if part][: len(package) - node.level + 1]
            base += node.module.split(".") if node.module else []
            names = ("." + ".".join([*base, alias.name]) for alias in node.names)
            yield from ((name, node.level, node.lineno) for name in names)


def import_problems(tree: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    """Imports upward, sideways, absolute, of an oracle, or of torch.distributed."""
    rank = rank_of(module)
    for name, level, line in imports(tree, module, is_package):
        top = name.split(".")[0]
        if top in ORACLES:
            yield f"line {line}: {top} is an oracle, for tests and benchmarks only"
        elif top == "minillama":
            yield f"line {line}: write a relative import instead of {name}"
        elif name.startswith("torch.distributed") and not module.startswith("parallel"):
            yield f"line {line}: only parallel/ may import torch.distributed"
        elif level:
            other = rank_of(name.strip("."))
            folder = module.split(".")[0]
            same_folder = folder in FOLDERS and name.startswith(f".{folder}.")
            if other is None and name != ".__version__":
                yield f"line {line}: {name} has no rank; give its module one in RANKS"
            elif other is not None and rank is not None and other >= rank and not same_folder:
                yield f"line {line}: {module} (rank {rank}) imports {name} (rank {other})"


def late_imports(tree: ast.AST) -> Iterator[int]:
    """Lines of imports that do not stand at the top of the module."""
    top = {id(node) for node in ast.iter_child_nodes(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top:
            yield node.lineno


def call_problems(tree: ast.AST, free: bool) -> Iterator[str]:
    """Prints, the environment, forks, and text files of unknown encoding."""
    for node in ast.walk(tree):
        text = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Call) else ""
        if text in ("os.fork", "os.environ", "os.getenv") and (not free or text == "os.fork"):
            yield f"line {node.lineno}: {text} does not belong here"
        if isinstance(node, ast.Call):
            keywords = {keyword.arg for keyword in node.keywords}
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if text.startswith("print(") and not free:
                yield f"line {node.lineno}: the library never prints"
            if method in ("read_text", "write_text") and "encoding" not in keywords:
                yield f"line {node.lineno}: {method} needs encoding='utf-8'"


def problems(source: str, module: str, is_package: bool = False) -> list[str]:
    """Every rule that a module's source breaks."""
    tree = ast.parse(source)
    free = module.split(".")[0] in FREE
    found = [*import_problems(tree, module, is_package), *call_problems(tree, free)]
    if not free and module:
        found += [f"line {line}: import at the top of the module" for line in late_imports(tree)]
    if module and rank_of(module) is None and not is_package:
        found.append(f"{module} has no rank; give it one in RANKS")
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_keeps_the_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert problems(source, module_name(path), path.name == "__init__.py") == []


@pytest.mark.parametrize("folder", ["minillama", "tools", "tests", "benchmarks"])
def test_files_stay_short(folder: str) -> None:
    paths = (ROOT / folder).rglob("*.py")
    files = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    long = {name: n for name, text in files.items() if (n := len(text.splitlines())) > MAX_LINES}
    assert long == {}, f"split these files; {MAX_LINES} lines are the limit"


def test_every_ranked_module_exists() -> None:
    gone = [name for name in RANK if not list(PACKAGE.glob(name.replace(".", "/") + "*"))]
    assert gone == []


@pytest.mark.parametrize(
    ("module", "source", "message"),
    [
        ("rope", "from .config import ModelConfig", "rope (rank 0) imports .config.ModelConfig (rank 1)"),
        ("model", "from .generation import generate", "model (rank 2) imports .generation"),
        ("model", "from . import budget", "model (rank 2) imports .budget (rank 2)"),
        ("formats.gguf", "from ..course.plots import draw", "(rank 4) imports .course.plots.draw"),
        ("formats.names", "from .gguf import load_gguf", "formats.names (rank 0) imports .formats.gguf"),
        ("model", "from minillama.rope import apply_rope", "write a relative import"),
        ("model", "from .novelty import idea", "give its module one in RANKS"),
        ("novelty", "x = 1", "novelty has no rank"),
        ("course.fetch", "import transformers", "transformers is an oracle"),
        ("model", "from torch import distributed", "only parallel/"),
        ("model", "import torch.distributed as dist", "only parallel/"),
        ("model", "def f():\n    from .rope import apply_rope", "line 2: import at the top"),
        ("model", "print('hello')", "never prints"),
        ("model", "import os\nhome = os.environ['HOME']", "os.environ does not belong here"),
        ("course.fetch", "import os\nos.fork()", "os.fork does not belong here"),
        ("course.fetch", "Path('a').read_text()", "read_text needs encoding"),
    ],
)
def test_each_rule_is_noticed_when_broken(module: str, source: str, message: str) -> None:
    assert message in "\n".join(problems(source, module))


def test_allowed_imports_pass() -> None:
    assert problems("from .rope import apply_rope\nimport torch.nn.functional as F", "model") == []
    assert problems("from .names import GGUF\nfrom ..model import Llama", "formats.gguf") == []
    assert problems("from .show import show\nprint(1)", "course.progress") == []


def test_import_minillama_loads_nothing_heavy() -> None:
    """The public names are resolved on first use; benchmarks/import_time.py holds the figure."""
    code = f"import sys, minillama; print(*[name for name in {HEAVY.split()} if name in sys.modules])"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT)
    assert loaded.strip() == ""
