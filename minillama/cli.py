"""The command line: ``minillama doctor``, ``fetch``, ``train``, ``generate``, ``start`` and ``progress``.

Heavy modules are imported by the command that needs them, so that ``--help`` answers at once and ``doctor``
works where PyTorch does not.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .data_sets import DATA_SETS

if TYPE_CHECKING:
    from .model import Llama
    from .tokenizer import Tokenizer

WRONG, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
OPENERS = ("<s>", "<|begin_of_text|>")  # models that were trained with one of these before every text
ENDS = ("</s>", "<|end_of_text|>", "<|eot_id|>", "<|endoftext|>", "<|im_end|>")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: what follows ``minillama`` on the command line; None reads it from there.

    Returns:
        0 if all is well, 2 if something is wrong (it stands on stderr), 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without some character must not stop us
    options = _parser().parse_args(arguments)
    try:
        code = options.run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("\nminillama: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still buffered goes nowhere
        return PIPE_CLOSED
    except ModuleNotFoundError as error:
        print(f"minillama: the package {error.name} is not installed. Run: minillama doctor", file=sys.stderr)
        return WRONG
    except (ValueError, OSError, RuntimeError, MemoryError) as error:
        print(f"minillama: {error or type(error).__name__}", file=sys.stderr)
        return WRONG


def _parser() -> argparse.ArgumentParser:
    """Describe all commands."""
    parser = argparse.ArgumentParser(
        prog="minillama",
        description="Learn how LLaMA works by building it.",
        epilog="minillama COMMAND --help explains one command and gives an example.",
    )
    parser.add_argument("--version", action="version", version=f"minillama {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    doctor = _add(commands, _doctor, "look at this machine; say what is missing and how to get it", "--json")
    doctor.add_argument("--json", action="store_true", help="print the findings for a program to read")

    fetch = _add(commands, _fetch, "download the weights of a small real model or a data set, once", "smollm2")
    sets = "; ".join(f"{entry.name}: {entry.about}, {entry.license}" for entry in DATA_SETS.values())
    fetch.add_argument("what", choices=["smollm2", *DATA_SETS], metavar="NAME",
                       help=f"smollm2: the weights of SmolLM2-135M-Instruct, 98 MB, Apache-2.0; {sets}")  # fmt: skip

    train = _add(
        commands, _train, "train a model on token shards; an unknown setting lists all there are",
        "data=shards out=run dim=128 n_layers=4 n_heads=4 n_steps=1000 learning_rate=2e-3 n_warmup=50",
    )  # fmt: skip
    train.add_argument("settings", nargs="+", metavar="name=value", help="such as data=FOLDER, preset=NAME, n_steps=N")
    train.add_argument("--resume", action="store_true", help="go on with the run in out=FOLDER")

    generate = _add(
        commands, _generate, "let a model continue a text",
        '--model smollm2 --prompt "The capital of France is" --max-tokens 16 --temperature 0',
    )  # fmt: skip
    generate.add_argument("--model", required=True, metavar="smollm2|town|DIR|FILE.gguf",
                          help="the fetched weights, the small model that comes with the course, a folder in the "
                          "Hugging Face layout, or a GGUF file")  # fmt: skip
    generate.add_argument("--prompt", required=True, metavar="TEXT", help="the text to continue")
    generate.add_argument("--max-tokens", type=_count, default=64, metavar="N", help="at most this many (64)")
    generate.add_argument("--temperature", type=_temperature, default=0.0, metavar="T",
                          help="0 always takes the likeliest token (the default); 1 samples as trained")  # fmt: skip
    generate.add_argument("--seed", type=int, default=0, help="for sampling; the same seed gives the same text")

    start = _add(commands, _start, "copy a chapter's notebook to your work folder; never overwrites", "03")
    which = start.add_mutually_exclusive_group(required=True)
    which.add_argument("chapter", nargs="?", help="number or name, such as 03 or 03_rmsnorm")
    which.add_argument("--all", action="store_true", help="all chapters")
    start.add_argument("--fresh", action="store_true", help="begin anew; the old copy is kept under a dated name")

    progress = _add(commands, _progress, "show which exercises you have solved", "03")
    progress.add_argument("chapter", nargs="?", type=int, help="one chapter; all if left out")
    return parser


def _add(commands, run, summary: str, example: str) -> argparse.ArgumentParser:
    """Add one command, named after its function, with an example in its help."""
    name = run.__name__.removeprefix("_")
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"example:\n  minillama {name} {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def _count(text: str) -> int:
    """Read a positive whole number."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a positive whole number is needed, got {text!r}")
    return int(text)


def _temperature(text: str) -> float:
    """Read a number from 0 on."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"a number from 0 on is needed, got {text!r}")
    return value


def _doctor(options: argparse.Namespace) -> int:
    """Print what the doctor finds; something that fails is wrong."""
    from dataclasses import asdict

    from .course.doctor import findings

    found = findings()
    n_failed = sum(finding.status == "fail" for finding in found)
    if options.json:
        print(json.dumps({"ok": n_failed == 0, "findings": [asdict(finding) for finding in found]}, indent=1))
    else:
        for finding in found:
            print(f"{finding.status.upper():5} {finding.name:11} {finding.found}")
            if finding.fix:
                print(f"{'':17} -> {finding.fix}")
    if n_failed:
        print(f"minillama: {n_failed} of {len(found)} findings must be mended", file=sys.stderr)
    return WRONG if n_failed else 0


def _fetch(options: argparse.Namespace) -> int:
    """Download weights or data unless they are here."""
    from .course.fetch import fetch_smollm2
    from .course.fetch_data import fetch_data

    def report(line: str) -> None:
        print(line, flush=True)

    fetch_smollm2(report) if options.what == "smollm2" else fetch_data(options.what, report)
    return 0


def _train(options: argparse.Namespace) -> int:
    """Train until the end or a signal, which decides the exit status as for any program."""
    from .training_run import run_training

    stopped_by = run_training(options.settings, options.resume, _device(), lambda line: print(line, flush=True))
    return 0 if stopped_by is None else 128 + stopped_by


def _device() -> str:
    """Return the fastest device there is."""
    import torch

    return "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def _generate(options: argparse.Namespace) -> int:
    """Print the prompt, then each piece of text as soon as it is known."""
    import torch

    from .generation import generate

    model, tokenizer = _load(options.model)
    device = _device()
    model.to(device)
    opens = any(tokenizer.special_tokens.get(name, -1) == tokenizer.bos_id for name in OPENERS)
    prompt = tokenizer.encode(options.prompt, bos=opens)
    tokens = generate(
        model,
        prompt,
        options.max_tokens,
        temperature=options.temperature,
        stop_ids={tokenizer.special_tokens[name] for name in ENDS if name in tokenizer.special_tokens},
        generator=torch.Generator(device).manual_seed(options.seed),
    )
    stream = tokenizer.stream(after=prompt)
    first = next(tokens, None)  # a model that computes nonsense shows here, before anything is printed
    print(options.prompt, end="", flush=True)
    if first is not None:
        print(stream.push(first), end="", flush=True)
    for token in tokens:
        print(stream.push(token), end="", flush=True)
    print(stream.finish())
    return 0


def _load(name: str) -> "tuple[Llama, Tokenizer]":
    """Load what --model names."""
    from .course.fetch import smollm2_path
    from .course.shipped import load_shipped
    from .formats.gguf import load_gguf
    from .formats.huggingface import load_huggingface
    from .formats.tokenizer_files import load_tokenizer

    if name == "town":
        return load_shipped()
    path = smollm2_path() if name == "smollm2" else Path(name)
    if path is None:
        raise ValueError("the weights of SmolLM2-135M are not here. Run: minillama fetch smollm2")
    if not path.exists():
        raise ValueError(f"there is no model {name!r}. Give smollm2, town, a folder, or a .gguf file")
    tokenizer = load_tokenizer(path)  # first: it is quick, and says early what is missing
    return (load_huggingface(path) if path.is_dir() else load_gguf(path)), tokenizer


def _start(options: argparse.Namespace) -> int:
    """Copy notebooks and say where they are."""
    from .course.workspace import start

    for path in start(None if options.all else options.chapter, fresh=options.fresh):
        print(path)
    return 0


def _progress(options: argparse.Namespace) -> int:
    """Print the board."""
    from .course.progress import board

    print(board(options.chapter))
    return 0
