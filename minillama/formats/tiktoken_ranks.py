"""Read tiktoken rank files, as Llama 3 uses: one token in base64 and its rank per line.

Source:
    openai/tiktoken, tiktoken/load.py; meta-llama/llama-models, models/llama3/tokenizer.py.
"""

import base64
import re
from pathlib import Path

from ..byte_level import ByteLevelBPE
from ..tokenizer import Tokenizer
from .json_object import read_limited

LINE = re.compile(rb"([A-Za-z0-9+/]+={0,2}) ([0-9]{1,9})")
N_SPECIAL = 256
# Llama 3.1's names by their place after the ranks; the other places are reserved.
SPECIAL_NAMES = {
    0: "<|begin_of_text|>",
    1: "<|end_of_text|>",
    4: "<|finetune_right_pad_id|>",
    6: "<|start_header_id|>",
    7: "<|end_header_id|>",
    8: "<|eom_id|>",
    9: "<|eot_id|>",
    10: "<|python_tag|>",
}


def read_tiktoken(path: Path) -> Tokenizer:
    """Read a rank file with Llama 3's pattern; its 256 special tokens follow the ranks.

    Raises:
        ValueError: a line is malformed, or the ranks do not run from 0 without a gap.
    """
    tokens: dict[int, bytes] = {}
    for number, line in enumerate(read_limited(path).splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None or len(match[1]) % 4:
            raise ValueError(f"line {number} is not a base64 token and its rank: {line[:40]!r}; is the file cut off?")
        if int(match[2]) in tokens:
            raise ValueError(f"line {number} uses rank {int(match[2])} again")
        tokens[int(match[2])] = base64.b64decode(match[1])
    if not tokens or max(tokens) != len(tokens) - 1:
        raise ValueError(f"{len(tokens)} ranks do not run from 0 to {len(tokens) - 1}; is the file cut off?")
    if len(set(tokens.values())) < len(tokens):
        raise ValueError("a token occurs with two ranks")
    model = ByteLevelBPE([tokens[rank] for rank in range(len(tokens))], None, "llama-3", whole_words=True)
    special = llama_3_special_tokens(len(tokens))
    return Tokenizer(model, special, bos_id=len(tokens), eos_id=len(tokens) + 1)


def llama_3_special_tokens(first_id: int) -> dict[str, int]:
    """Name Llama 3.1's 256 special tokens, in the order of their ids.

    Example:
        >>> names = list(llama_3_special_tokens(128_000))
        >>> names[2], names[9], names[255]
        ('<|reserved_special_token_0|>', '<|eot_id|>', '<|reserved_special_token_247|>')
    """
    unnamed = (place for place in range(N_SPECIAL) if place not in SPECIAL_NAMES)
    reserved = {place: f"<|reserved_special_token_{number}|>" for number, place in enumerate(unnamed)}
    names = SPECIAL_NAMES | reserved
    return {names[place]: first_id + place for place in range(N_SPECIAL)}
