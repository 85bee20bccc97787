"""The command line: ``minillama doctor``, ``fetch``, ``train``, ``generate``, ``start`` and ``progress``.

Heavy modules are imported by the command that needs them, so that ``--help`` answers at once and ``doctor``
works where PyTorch does not.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from . import __version__, cli_text
from .data_sets import DATA_SETS

WRONG, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


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
    cli_text.add_text_options(generate)
    generate.add_argument("--prompt", required=True, metavar="TEXT", help="the text to continue")
    chat = _add(commands, _chat, "talk with a model that was trained on conversations", "--model smollm2")
    cli_text.add_text_options(chat, max_tokens=256, temperature=0.7, top_p=0.9)
    chat.add_argument("--system", metavar="TEXT", help="what the model is told about its part before you begin")

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
    from . import cli_train

    return cli_train.train(options)


def _generate(options: argparse.Namespace) -> int:
    """Print a prompt and its continuation."""
    return cli_text.continue_text(options)


def _chat(options: argparse.Namespace) -> int:
    """Hold a conversation until the input ends."""
    return cli_text.converse(options)


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
