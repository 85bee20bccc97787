"""The commands that write text: ``minillama generate`` and ``minillama chat``.

Ctrl-C ends ``generate`` with what is written so far. In ``chat`` it ends the answer, and at the prompt the program.
"""

import argparse
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cache import KVCache
    from .chat import ChatFormat
    from .model import Llama
    from .tokenizer import Tokenizer

OPENERS = ("<s>", "<|begin_of_text|>")  # models that were trained with one of these before every text
ENDS = ("</s>", "<|end_of_text|>", "<|eot_id|>", "<|endoftext|>", "<|im_end|>")
SAMPLING = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty")


def add_text_options(
    parser: argparse.ArgumentParser, max_tokens: int = 64, temperature: float = 0.0, top_p: float = 1.0
) -> None:
    """Declare which model writes, how much, and how it chooses."""
    add = parser.add_argument
    add("--model", required=True, metavar="smollm2|town|DIR|FILE.gguf",
        help="the fetched weights, the small model that comes with the course, a folder in the Hugging Face layout, "
        "or a GGUF file")  # fmt: skip
    add("--max-tokens", type=_count, default=max_tokens, metavar="N", help=f"at most this many ({max_tokens})")
    add("--temperature", type=_number, default=temperature, metavar="T",
        help=f"0 always takes the likeliest token, 1 samples as trained ({temperature:g})")  # fmt: skip
    add("--top-k", type=_count, default=0, metavar="K", help="choose among so many of the likeliest tokens (all)")
    add("--top-p", type=_number, default=top_p, metavar="P",
        help=f"choose among the likeliest tokens that together have this probability ({top_p:g})")  # fmt: skip
    add("--min-p", type=_number, default=0.0, metavar="P",
        help="choose among tokens at least so many times as likely as the likeliest (0)")  # fmt: skip
    add("--repetition-penalty", type=_number, default=1.0, metavar="R",
        help="above 1 makes tokens that were seen already less likely (1)")  # fmt: skip
    add("--stop", action="append", default=[], metavar="TEXT", help="end before this text; may be given several times")
    add("--seed", type=int, default=0, help="for sampling; the same seed gives the same text")
    add("--endless", action="store_true",
        help="go on past the model's context: keep the first tokens and the latest, forget those between")  # fmt: skip


def continue_text(options: argparse.Namespace) -> int:
    """Print the prompt, then each piece of text as soon as it is known; 130 if Ctrl-C ended it."""
    model, tokenizer = _load(options.model)
    opens = any(tokenizer.special_tokens.get(name, -1) == tokenizer.bos_id for name in OPENERS)
    prompt = tokenizer.encode(options.prompt, bos=opens)
    pieces = _pieces(options, model, tokenizer, prompt, after=prompt)
    first = next(pieces, "")  # a model that computes nonsense shows here, before anything is printed
    print(options.prompt, end="", flush=True)
    return _show(first, pieces)


def converse(options: argparse.Namespace) -> int:
    """Ask for a line, stream the answer, until the input ends."""
    from .chat import ChatFormat

    model, tokenizer = _load(options.model)
    chat = ChatFormat(tokenizer)
    print("Ctrl-C ends an answer; /reset begins anew, /quit or Ctrl-D ends the conversation", file=sys.stderr)
    cache, pending = _new_cache(options, model), _opening(options, chat)
    while (line := _ask()) not in ("/quit", None):
        if line == "/reset":
            cache, pending = _new_cache(options, model), _opening(options, chat)
        elif line:
            tokens = pending + chat.ask(line)
            left = model.config.max_seq_len - cache.length
            if not cache.endless and len(tokens) >= left:
                print(f"The context is full: {left} tokens are left. Begin anew with /reset", file=sys.stderr)
                continue
            pieces = _pieces(options, model, tokenizer, tokens, after=(), cache=cache)
            _show(next(pieces, ""), pieces)
            pending = chat.end_answer()
    return 0


def best_device() -> str:
    """Return the fastest device there is."""
    import torch

    return "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def _ask() -> str | None:
    """Read one line; None when the input ends."""
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None


def _opening(options: argparse.Namespace, chat: "ChatFormat") -> list[int]:
    """The tokens before the first question."""
    return chat.turn("system", options.system) if options.system else []


def _pieces(
    options: argparse.Namespace,
    model: "Llama",
    tokenizer: "Tokenizer",
    prompt: list[int],
    after: list[int] | tuple[()],
    cache: "KVCache | None" = None,
) -> Iterator[str]:
    """Text as soon as it is certain, up to a stop string."""
    import torch

    from .generation import generate
    from .stopping import StopStrings
    from .surgery import device_of

    tokens = generate(
        model,
        prompt,
        options.max_tokens,
        stop_ids={tokenizer.special_tokens[name] for name in ENDS if name in tokenizer.special_tokens},
        generator=torch.Generator(device_of(model)).manual_seed(options.seed),
        cache=_new_cache(options, model) if cache is None and options.endless else cache,
        **{name: getattr(options, name) for name in SAMPLING},
    )
    stream, stops = tokenizer.stream(after=after), StopStrings(options.stop)
    for token in tokens:
        yield stops.feed(stream.push(token))
        if stops.found is not None:
            return
    yield stops.feed(stream.finish()) + stops.finish()


def _new_cache(options: argparse.Namespace, model: "Llama") -> "KVCache":
    """An empty cache for everything the context can hold, or for more."""
    from .cache import KVCache
    from .generation import endless_cache

    return endless_cache(model) if options.endless else KVCache(model.config.n_layers, model.config.max_seq_len)


def _show(first: str, pieces: Iterator[str]) -> int:
    """Print a stream to its end; 130 if Ctrl-C came first."""
    try:
        print(first, end="", flush=True)
        for piece in pieces:
            print(piece, end="", flush=True)
    except KeyboardInterrupt:
        print("\nminillama: stopped", file=sys.stderr)
        return 130
    print()
    return 0


def _load(name: str) -> "tuple[Llama, Tokenizer]":
    """Load what --model names, on the fastest device, in the form that writes fastest there."""
    from .course.fetch import smollm2_path
    from .course.shipped import load_shipped
    from .formats.gguf import load_gguf
    from .formats.huggingface import load_huggingface
    from .formats.tokenizer_files import load_tokenizer

    device = best_device()
    if name == "town":
        model, tokenizer = load_shipped()
        return model.to(device), tokenizer
    path = smollm2_path() if name == "smollm2" else Path(name)
    if path is None:
        raise ValueError("the weights of SmolLM2-135M are not here. Run: minillama fetch smollm2")
    if not path.exists():
        raise ValueError(f"there is no model {name!r}. Give smollm2, town, a folder, or a .gguf file")
    tokenizer = load_tokenizer(path)  # first: it is quick, and says early what is missing
    if path.is_dir():
        return load_huggingface(path).to(device), tokenizer
    return (_load_packed(path) if device == "cpu" else load_gguf(path).to(device)), tokenizer


def _load_packed(path: Path) -> "Llama":
    """Load a GGUF file; if its matrices are quantized, leave them so."""
    from .fast import FastLlama, is_packed
    from .formats.gguf import load_gguf
    from .formats.gguf_quantized import load_gguf_quantized

    model = load_gguf_quantized(path)
    return FastLlama(model) if is_packed(model) else load_gguf(path)


def _count(text: str) -> int:
    """Read a positive whole number."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a positive whole number is needed, got {text!r}")
    return int(text)


def _number(text: str) -> float:
    """Read a number from 0 on."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise argparse.ArgumentTypeError(f"a number from 0 on is needed, got {text!r}")
    return value
