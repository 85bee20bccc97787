"""Exercises of chapter 09: the decoding loop, the mask of a padded batch with a bug to find, and beam search."""

from ..checks import beam_search as beam_checks
from ..checks import generation as checks
from ..registry import Exercise

IMPORTS = """
from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from minillama.cache import KVCache
from minillama.model import Llama
"""

EXERCISES = (
    Exercise(
        name="generation.write",
        chapter=9,
        difficulty=2,
        minutes=8,
        reference="minillama.course.reference.09:write",
        checks=(
            checks.check_write_result,
            checks.check_write_same_text,
            checks.check_write_reads_once,
            checks.check_write_picks,
        ),
        hints=(
            "At every step the model reads what it has not read yet: first the prompt, then only the token just "
            "chosen.",
            "`model.hidden_states(unread, cache)[:, -1]` is the vector of the last token, and `model.lm_head` scores "
            "it. The scores go to `pick`, which returns a tensor of one id.",
            "In the loop: `chosen = pick(model.lm_head(last))`, `written.append(chosen.item())`, and "
            "`unread = chosen.unsqueeze(1)`, which has the shape (1, 1).",
        ),
    ),
    Exercise(
        name="generation.padded_mask",
        chapter=9,
        difficulty=2,
        minutes=6,
        reference="minillama.course.reference.09:padded_mask",
        given="minillama.course.reference.09:padded_mask_given",
        checks=(
            checks.check_mask_hides_padding,
            checks.check_mask_shows_the_text,
            checks.check_mask_no_empty_row,
            checks.check_mask_while_writing,
        ),
        hints=(
            "Each place plays two roles: it asks (a query, `own`) and it is looked at (a key, `places`). Which of the "
            "two has to be text?",
            "A key must be text to be seen. The line `is_text` asks about the query.",
            "`is_text = places >= start`.",
        ),
    ),
    Exercise(
        name="generation.beam_search",
        chapter=9,
        difficulty=4,
        minutes=20,
        reference="minillama.course.reference.09:beam_search",
        checks=(
            beam_checks.check_beam_one_is_greedy,
            beam_checks.check_beam_parents,
            beam_checks.check_beam_two,
            beam_checks.check_beam_log_probabilities,
            beam_checks.check_beam_ends,
            beam_checks.check_beam_length,
        ),
        hints=(
            "One step: score every text with every next token, keep the best sums, and find out which text and which "
            "token each of them is.",
            "`(totals.unsqueeze(-1) + steps).flatten().topk(n_wanted)` gives sums and places. Place `i` is text "
            "`i // V` with token `i % V`.",
            "`grown = torch.cat((beams[parents], tokens.unsqueeze(-1)), dim=-1)`. Those that end in `eos_id` go to "
            "`finished` with `score(total, n_tokens)`; of the others the first `n_beams` go on.",
        ),
    ),
)
