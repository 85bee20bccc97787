# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 01 · The tokenizer: from text to numbers and back
#
# A model computes with numbers. It cannot read letters. So the first step is to cut a text into pieces, and to give
# each piece a number. The pieces are called **tokens**, and the program that cuts is the **tokenizer**.
#
# In this chapter you build **byte-pair encoding** (BPE), the method behind every LLaMA tokenizer. At the end you
# read the real vocabulary of SmolLM2 and get the same numbers as the published libraries.
#
# | | |
# |---|---|
# | You will write | `decode_tokens`, `pair_counts`, `merge_pair`, `train_naive`, `encode_naive`, `byte_pieces` |
# | You need | Python: dictionaries, lists, loops |
# | Time | about 75 minutes, 48 of them for the six exercises |

# %%
import io
import itertools
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import matplotlib.pyplot as plt

from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    draw_diagram,
    draw_tokens,
    plot_bars,
    plot_lines,
    use_course_style,
)
from minillama.course.widgets import explore

use_course_style()
Pair = tuple[int, int]

# %%
boxes = {
    "text": (0, 0, "'low lowest'"),
    "words": (1.3, 0, "'low'\n' lowest'"),
    "tokens": (2.6, 0, "'low'\n' low' 'est'"),
    "ids": (3.9, 0, "71, 83, 92"),
    "model": (5.2, 0, "model"),
}
names = list(boxes)
draw_diagram(
    boxes,
    arrows=[
        ("text", "words", "split"),
        ("words", "tokens", "merge"),
        ("tokens", "ids", "look up"),
        ("ids", "model"),
    ],
    title="What a tokenizer does (the numbers are made up)",
    highlight=["words", "tokens", "ids"],
    figsize=(8, 1.7),
)
plt.show()

# %% [markdown]
# *A text is split into words, the letters of each word are merged into tokens, and each token becomes a number,
# its **id**. The model sees only the ids.*
#
# ## 1 What is a good piece?
#
# Which pieces should have numbers? Three obvious answers all have a flaw.
#
# - **Words.** There are millions, with names, typing errors and new inventions. A word that is not in the list
#   cannot be written at all.
# - **Characters.** Unicode has about 150,000. Texts become long, and a model's work grows with the length.
# - **Bytes.** There are only 256, and every text can be written with them. But texts become even longer.
#
# Let us look at bytes first, because the solution is built on them. Computers store text in **UTF-8**, which uses one
# to four bytes for a character.

# %% tags=["nbval-check-output"]
for character in "aé日🦙":
    print(character, list(character.encode("utf-8")))

# %% [markdown]
# English letters take one byte, accented letters two, many Asian characters three, and most emoji four.
#
# How long is the same sentence in each kind of piece?

# %%
sentence = "The llama's neighbor wasn't impressed: 3,200 meters is nothing for a llama."
plot_bars(
    {
        "words": len(sentence.split()),
        "characters": len(sentence),
        "bytes": len(sentence.encode()),
    },
    title="One English sentence in three kinds of pieces",
    ylabel="number of pieces",
)
plt.show()

# %% [markdown]
# *Twelve words or 75 characters, and for plain English as many bytes as characters.*
#
# We want pieces between bytes and words: frequent words as one piece, rare words in a few pieces, and everything
# possible. **Byte-pair encoding** finds such pieces by counting.
#
# ## 2 Bytes in, bytes out
#
# We start from the 256 bytes, so every token will stand for a few bytes. Decoding should be easy: look up the bytes
# of each token and put them together. The next exercise shows a trap that has bitten many programs.
#
# ### Exercise 1 · find the bug (difficulty 2 of 5, 6 minutes)
#
# This function turns ids back into text. Bytes that form no character become the sign �, whose number in Unicode is
# U+FFFD. It works for English. It has one bug.


# %%
@exercise("bpe.decode_tokens")
def decode_tokens(ids: Sequence[int], tokens: Sequence[bytes]) -> str:
    """Turn token ids into text; bytes that form no character become U+FFFD.

    Args:
        ids: the tokens of a text.
        tokens: the bytes of each token.

    Returns:
        The text.
    """
    ### BEGIN SOLUTION
    return b"".join(tokens[i] for i in ids).decode("utf-8", errors="replace")
    ### INSTEAD
    # return "".join(tokens[i].decode("utf-8", errors="replace") for i in ids)
    ### END SOLUTION


# %%
byte_tokens = [bytes([byte]) for byte in range(256)]
ids = list("llama 🦙".encode())
print(ids)
print(decode_tokens(ids, byte_tokens))

# %% [markdown]
# A chat window meets the same trap when it shows tokens one by one as they arrive. It must hold back the bytes of an
# unfinished character. `Tokenizer.stream()` in the package does that.
#
# ## 3 Merging pairs
#
# BPE rests on one observation: some neighbors are much more frequent than others. In English, "t" is often followed
# by "h". If "th" had a number of its own, texts would be shorter.
#
# So: find the most frequent pair of neighbors, give it a new id, and replace it everywhere. Then repeat. Pairs of
# pairs become longer pieces, and after some thousand rounds frequent words are single tokens.
#
# Sennrich et al. brought this old compression trick to machine translation in 2016
# ([arXiv:1508.07909](https://arxiv.org/abs/1508.07909)), and language models took it over.

# %% [markdown]
# Try it by hand. Our text has the words "low" ten times, "lo" five times and "ww" once. Write ids for letters:
# l = 1, o = 2, w = 3.
#
# | pair | where | count |
# |---|---|---|
# | (1, 2) "lo" | in "low" and "lo" | 10 + 5 = 15 |
# | (2, 3) "ow" | in "low" | 10 |
# | (3, 3) "ww" | in "ww" | 1 |
#
# So "lo" wins and becomes id 4. Now "low" is (4, 3), and the next winner is (4, 3) with count 10.
#
# Note the trick: we store each different word once, with its count. A large text has few *different* words.

# %% [markdown]
# ### Exercise 2 · `pair_counts` (difficulty 2 of 5, 8 minutes)
#
# Count the pairs in a `Counter`. That is a dictionary whose missing entries are 0.


# %%
@exercise("bpe.pair_counts")
def pair_counts(words: Mapping[tuple[int, ...], int]) -> Counter[Pair]:
    """Count the neighboring pairs in a collection of words.

    This is the question each training step asks: which pair is the most frequent?

    Args:
        words: each word as a tuple of ids, with how often it occurs.

    Returns:
        Pair of ids to number of occurrences. Overlapping pairs count:
        (7, 7, 7) holds (7, 7) twice.

    Example:
        >>> pair_counts({(1, 2, 3): 10, (1, 2): 5})
        Counter({(1, 2): 15, (2, 3): 10})
    """
    ### BEGIN SOLUTION
    counts: Counter[Pair] = Counter()
    for word, count in words.items():
        for pair in zip(word, word[1:], strict=False):
            counts[pair] += count
    return counts
    ### END SOLUTION


# %% tags=["nbval-check-output"]
words = {(1, 2, 3): 10, (1, 2): 5, (3, 3): 1}
print(pair_counts(words).most_common())

# %% [markdown]
# ### Exercise 3 · `merge_pair` (difficulty 2 of 5, 10 minutes)
#
# Now replace a pair in one word, which may be a list or a tuple. Mind overlaps: in (7, 7, 7) the pair (7, 7) can be
# joined only once.


# %%
@exercise("bpe.merge_pair")
def merge_pair(ids: Sequence[int], pair: Pair, new_id: int) -> list[int]:
    """Replace each occurrence of a pair by one new id, from left to right.

    Args:
        ids: a word or a text.
        pair: the two neighbors to join.
        new_id: what they become.

    Returns:
        A new list; shorter by one for each replacement. Of overlapping
        occurrences the left one wins.

    Example:
        >>> merge_pair([1, 2, 1, 2, 3], (1, 2), 9)
        [9, 9, 3]
    """
    ### BEGIN SOLUTION
    merged: list[int] = []
    position = 0
    while position < len(ids):
        if tuple(ids[position : position + 2]) == pair:
            merged.append(new_id)
            position += 2
        else:
            merged.append(ids[position])
            position += 1
    return merged
    ### END SOLUTION


# %% tags=["nbval-check-output"]
word = (1, 2, 3)
print(merge_pair(word, (1, 2), 4))
print(merge_pair(merge_pair(word, (1, 2), 4), (4, 3), 5))

# %% [markdown]
# ## 4 Training
#
# Training a tokenizer means to choose the merges. Nothing is learned by gradients here: it is counting.
#
# ### Exercise 4 · `train_naive` (difficulty 3 of 5, 12 minutes)
#
# Repeat `n_merges` times: count, take the best pair, remember it, replace it in every word. If two pairs are equally
# frequent, take the one with the smaller ids. Without such a rule two machines could learn different tokenizers.


# %%
@exercise("bpe.train_naive")
def train_naive(
    words: Mapping[tuple[int, ...], int], n_merges: int, first_new_id: int = 256
) -> list[Pair]:
    """Learn merges the slow way: count all pairs again before every merge.

    Args:
        words: each word as a tuple of ids, with how often it occurs.
        n_merges: how many merges to learn at most.
        first_new_id: id of the first new token; the next merge makes the id after it.

    Returns:
        The merged pairs, in the order learned. Fewer than asked if no pair is left.
    """
    ### BEGIN SOLUTION
    merges = []
    for new_id in range(first_new_id, first_new_id + n_merges):
        counts = pair_counts(words)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        words = {
            tuple(merge_pair(word, best, new_id)): count
            for word, count in words.items()
        }
    return merges
    ### END SOLUTION


# %% [markdown]
# Now real text. Python's own standard library is on every machine. Its documentation strings are prose, written by
# people. We take about 100,000 bytes of it and cut it into words (section 6 explains how).
#
# (The library differs between Python versions, so your numbers differ a little from those printed here.)

# %%
from minillama.byte_level import split_words
from minillama.corpus import docstrings, standard_library_sources, take_bytes

some_files = itertools.islice(standard_library_sources(), 0, None, 5)  # every fifth
prose = (text for source in some_files for text in docstrings(source))
documents = take_bytes(prose, 100_000)
strings = Counter(word for text in documents for word in split_words(text, "smollm"))
words = {tuple(word.encode()): count for word, count in strings.items()}
print(f"{sum(strings.values()):,} words, {len(strings):,} different ones")
print("most frequent:", [word for word, _ in strings.most_common(8)])

# %% [markdown]
# A space belongs to the word that follows it, so `' the'` with its space is one word.
#
# Learn 200 merges and print the first tokens.

# %%
merges = train_naive(words, 200)

tokens = [bytes([byte]) for byte in range(256)]
for first, second in merges:
    tokens.append(tokens[first] + tokens[second])

print("first 12:", [token.decode(errors="replace") for token in tokens[256:268]])
print("last 12: ", [token.decode(errors="replace") for token in tokens[-12:]])

# %% [markdown]
# The first merges are frequent pairs of letters and runs of spaces, since these texts are indented. The last ones are
# already words and endings.
#
# ## 5 Encoding
#
# A new text is encoded by replaying history. Start from bytes, and apply the merges **in the order learned**.
#
# ### Exercise 5 · `encode_naive` (difficulty 2 of 5, 8 minutes)


# %%
@exercise("bpe.encode_naive")
def encode_naive(
    ids: Sequence[int], merges: Iterable[Pair], first_new_id: int = 256
) -> list[int]:
    """Join pairs in one word in the order in which the merges were learned.

    Args:
        ids: a word as bytes.
        merges: the merged pairs, the first one first.
        first_new_id: what the first merge makes; the next makes the id after it.

    Returns:
        The ids of the word's tokens.
    """
    ### BEGIN SOLUTION
    for new_id, pair in enumerate(merges, start=first_new_id):
        ids = merge_pair(ids, pair, new_id)
    return list(ids)
    ### END SOLUTION


# %%
def pieces_of(text: str, n_merges: int) -> list[str]:
    """Cut a text into the tokens of the first merges."""
    ids = [
        i
        for word in split_words(text, "smollm")
        for i in encode_naive(list(word.encode()), merges[:n_merges])
    ]
    return [tokens[i].decode(errors="replace") for i in ids]


def draw_merges(n_merges: int = 100) -> None:
    """Show a sentence cut into tokens after some merges."""
    pieces = pieces_of("The function returns the number of arguments.", n_merges)
    draw_tokens({f"{n_merges} merges": pieces}, title=f"{len(pieces)} tokens")


# %%
text = "The function returns the number of arguments."
rows = {f"{n:>3} merges": pieces_of(text, n) for n in (0, 10, 50, 100, 200)}
draw_tokens(rows, title="The same sentence after more and more merges")
plt.show()

# %% [markdown]
# *Each box is one token, and a dot stands for a space. Letters grow together: first frequent pairs, then whole words
# such as " the".*
#
# Move the slider and watch single merges happen.

# %% tags=["nbval-ignore-output"]
explore(draw_merges, n_merges=(0, 200, 1))

# %% [markdown]
# Why the order? Another idea would be to take the *longest* token that fits at each place. The two differ. Watch the
# letters "othe" from the word "another", after a training where "the" came early:

# %% tags=["nbval-check-output"]
LEARNED = ["th", "the", "ot"]  # in this order; single letters are tokens as well


def by_order(word: str) -> list[str]:
    """Replay the merges: th, then th + e, then o + t."""
    names = {1: "o", 2: "t", 3: "h", 4: "e", 5: "th", 6: "the", 7: "ot"}
    ids = ["othe".index(letter) + 1 for letter in word]
    return [names[i] for i in encode_naive(ids, [(2, 3), (5, 4), (1, 2)], 5)]


def longest_first(word: str) -> list[str]:
    """Take the longest token that fits, from left to right."""
    pieces = []
    while word:
        fitting = [token for token in [*LEARNED, word[0]] if word.startswith(token)]
        pieces.append(max(fitting, key=len))
        word = word[len(pieces[-1]) :]
    return pieces


print("by order of merges:", by_order("othe"))
print("longest first:     ", longest_first("othe"))

# %% [markdown]
# By order of merges "othe" becomes "o" + "the". Taking the longest token from the left gives "ot" + "h" + "e": three
# tokens instead of two. A model that was trained with one rule must be used with the same rule.
#
# ## 6 Words first
#
# Why did we cut the text into words before counting? Without that, frequent neighbors such as "of the" or ".\n" would
# become tokens. Then "dog", "dog." and "dog!" would turn into three unrelated tokens, and the model would have to learn
# the dog three times.
#
# The cut is made by a **pattern**, a regular expression. Models differ mostly in this pattern.

# %% tags=["nbval-check-output"]
text = "In 2023 I'd pay 12345 dollars!"
for pattern in ("gpt-2", "llama-3", "smollm"):
    print(f"{pattern:8} {split_words(text, pattern)}")

# %% [markdown]
# Look at the number. GPT-2 keeps it whole, so 12345 may become any mixture of tokens. Llama 3 cuts it into groups of at
# most three digits. LLaMA 1, Llama 2 and SmolLM2 make every digit a token of its own.
#
# Why care? With single digits, a model can learn to add column by column, as you did in school. If 12345 is cut as
# "12|345" and 12346 as "123|46", their digits do not line up.
#
# Source: LLaMA's digits, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.1.

# %% [markdown]
# ## 7 Fast
#
# Your trainer counts everything again for every merge. How much of that is needed? One merge touches only the places
# where its pair stands. The counts of all other pairs stay as they are.
#
# The package keeps the words in a **linked list**, remembers the places of each pair, and keeps the counts in a
# **heap**, which gives the largest at once. A merge then costs as much as it changes. Read `minillama/bpe.py`: the
# function is `learn_merges`, and it makes the same tokens.

# %%
from minillama.bpe import learn_merges


def seconds(function, *arguments) -> float:
    """Run a function once and return the processor time it took."""
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


naive = seconds(train_naive, words, 100, 256)
fast = seconds(learn_merges, words, 100, 256)
print("same merges:", learn_merges(words, 200, 256) == merges)
print(
    f"100 merges: naive {naive:.2f} s, incremental {fast:.3f} s, {naive / fast:.0f} times faster"
)

# %% [markdown]
# On this small text, expect a factor between 15 and 60; yours will differ. It grows with the text and the merges,
# because the naive trainer pays for the whole text every time. With 300 merges on 300,000 characters we measured a
# factor of about 90 (`python -m benchmarks.bpe` in the repository).

# %%
steps = [10, 20, 40, 80, 160]
times = {
    "naive": [seconds(train_naive, words, n, 256) for n in steps],
    "incremental": [seconds(learn_merges, words, n, 256) for n in steps],
}
ax = plot_lines(
    steps,
    times,
    title="Training time against the number of merges (yours will differ)",
    xlabel="merges (log scale)",
    ylabel="seconds (log scale)",
)
ax.set(xscale="log", yscale="log")
plt.show()

# %% [markdown]
# *Both axes are logarithmic. The naive line climbs in proportion to the merges: ten times the merges, nearly ten times
# the time. The other stays almost flat, because most of its time goes into reading the words once.*
#
# Encoding has the same problem. `encode_naive` tries every merge on every word. The package's `apply_merges` uses a
# linked list and a heap too, so that even a word of a million letters takes seconds, not hours.

# %% [markdown]
# ## 8 SentencePiece, the tokenizer of LLaMA 1 and 2
#
# LLaMA 1 and 2 use the library **SentencePiece** ([arXiv:1808.06226](https://arxiv.org/abs/1808.06226)). It is BPE
# as well, with three differences.
#
# 1. It starts from **characters**, not bytes.
# 2. A space becomes the visible character `▁`, and the text gets one in front.
# 3. A character that is not in the vocabulary is spelled in bytes: **byte fallback**. Each of the 256 bytes has a token
#    with a name such as `<0xC3>`.
#
# ### Exercise 6 · `byte_pieces` (difficulty 1 of 5, 4 minutes)


# %%
@exercise("bpe.byte_pieces")
def byte_pieces(text: str) -> list[str]:
    """Spell a text as the pieces of its bytes, for characters that the vocabulary lacks.

    Args:
        text: usually one character.

    Returns:
        One piece for each byte of the UTF-8 form: two hexadecimal digits, in capitals.

    Example:
        >>> byte_pieces("é")
        ['<0xC3>', '<0xA9>']
    """
    ### BEGIN SOLUTION
    return [f"<0x{byte:02X}>" for byte in text.encode()]
    ### END SOLUTION


# %% [markdown]
# In LLaMA's vocabulary of 32,000 tokens, ids 0 to 2 are special, the bytes follow as ids 3 to 258, and everything
# learned comes after (read from the released `tokenizer.model`).
#
# Now compare. The library trains on our documents with LLaMA's settings, and so does the package.

# %%
import sentencepiece

from minillama.tokenizer_training import train_sentencepiece_style

lines = [line for text in documents for line in text.splitlines()]


def train_theirs() -> bytes:
    """Train SentencePiece with LLaMA's settings; return its model file."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        model_type="bpe",
        vocab_size=1500,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        allow_whitespace_only_pieces=True,
        character_coverage=0.99995,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


# %%
start = time.perf_counter()
theirs_file = train_theirs()
theirs_seconds = time.perf_counter() - start
start = time.perf_counter()
ours = train_sentencepiece_style(documents, 1500)
ours_seconds = time.perf_counter() - start

theirs = sentencepiece.SentencePieceProcessor(model_proto=theirs_file)
their_pieces = {theirs.id_to_piece(i) for i in range(theirs.vocab_size())}
our_pieces = set(ours.model.pieces)
print(f"{len(their_pieces & our_pieces)} of {len(their_pieces)} pieces are the same")
print(f"training: theirs {theirs_seconds:.2f} s, ours {ours_seconds:.2f} s")

# %% [markdown]
# Most pieces agree. (259 of them had to: the bytes and three special tokens.) The rest differs because the two break
# ties differently and cut words a little differently. The library is written in C++ and faster;
# `python -m benchmarks.bpe` in the repository measures both on a large text.
#
# How well do they compress? A good measure is the number of bytes per token on text that the training did not see.

# %%
unseen = "\n".join(take_bytes(prose, 20_000))
n_bytes = len(unseen.encode())
counts = {
    "bytes": n_bytes,
    "200 merges": sum(
        len(encode_naive(list(word.encode()), merges))
        for word in split_words(unseen, "smollm")
    ),
    "ours, 1,500": len(ours.encode(unseen)),
    "SentencePiece, 1,500": sum(
        len(theirs.encode(line)) + 1 for line in unseen.split("\n")
    ),
}
plot_bars(
    {name: n_bytes / count for name, count in counts.items()},
    title="Compression of unseen documentation",
    ylabel="bytes per token",
)
plt.show()

# %% [markdown]
# *Two hundred merges already nearly double the bytes per token. With 1,500 tokens, ours and SentencePiece's compress
# equally well to within a few percent.* (SentencePiece reads line by line, so each line end counts as one token.)
#
# The real test is not a similar vocabulary but the *same ids*. Read the library's own file with the package, and
# encode the same texts.

# %% tags=["nbval-check-output"]
import tempfile
from pathlib import Path

from minillama import load_tokenizer

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "tokenizer.model"
    path.write_bytes(theirs_file)
    loaded = load_tokenizer(path)

samples = [
    "The function returns 12345.",
    "  two  spaces",
    "日本語 🦙",
    "",
    "\ttabs\nand lines",
    *lines[:300],
]
print(
    "same ids on all samples:",
    all(loaded.encode(s) == theirs.encode(s) for s in samples),
)

# %% [markdown]
# ## 9 Special tokens
#
# A text also needs signs that are not text: where it begins, where it ends, who speaks. These are **special tokens**.
# They have ids and names, such as `<|im_start|>`, but no bytes.
#
# Here lies a danger. If a user types the *name* of a special token into a chat, it must stay ordinary text. Otherwise
# the user could end the message and speak as someone else. So `encode` never makes special tokens from text, unless you
# ask for it with `allow_special=True`.

# %% [markdown]
# ## 10 A real vocabulary
#
# Now the tokenizer of SmolLM2, which has 49,152 tokens. It is byte-level BPE like yours, with single digits.
# The file with the model's weights contains it.

# %%
from minillama.course.fetch import smollm2_path

weights = smollm2_path()
smollm2 = load_tokenizer(weights) if weights else None
if smollm2 is None:
    print("The weights are missing: run `minillama fetch smollm2` in a terminal.")
else:
    print(f"{smollm2.vocab_size:,} tokens")
    print("token 9,000 is", smollm2.token_bytes(9000))

# %%
EXPECTED = {  # from llama.cpp, an independent program
    "Hello, world!": [19556, 28, 905, 17],
    "I have 12345 apples": [57, 457, 216, 33, 34, 35, 36, 37, 13855],
    "日本語": [23274, 115, 40993, 179, 120, 248],
    "🦙": [10813, 116, 243],
}
if smollm2 is not None:
    for text, expected in EXPECTED.items():
        print(f"{text:20} same ids: {smollm2.encode(text) == expected}")


# %%
def tokens_of(text: str) -> list[str]:
    """Cut a text into SmolLM2's tokens; bytes of split characters become U+FFFD."""
    return [
        smollm2.token_bytes(i).decode(errors="replace") for i in smollm2.encode(text)
    ]


if smollm2 is not None:
    rows = {
        "English": tokens_of("The llama was not impressed by 3200 meters."),
        "rare words": tokens_of("Antidisestablishmentarianism, zyzzyva"),
        "German": tokens_of("Das Lama war von der Höhe nicht beeindruckt."),
        "code": tokens_of("for i in range(10):\n    print(i)"),
    }
    draw_tokens(rows, title="SmolLM2 cuts four texts")
    plt.show()

# %% [markdown]
# *If the weights are there: common English words are single tokens with their space, digits stand alone, rare words and
# German fall into smaller pieces. The vocabulary was learned mostly from English.*
#
# A user of another language pays for that: more tokens for the same sentence, so more time and less room in the
# model's context.

# %% [markdown]
# One more discovery. Byte-level BPE should have all 256 bytes, so that nothing is unknown. Does this one?

# %%
if smollm2 is not None:
    present = {smollm2.token_bytes(i) for i in range(smollm2.vocab_size)}
    missing = [byte for byte in range(256) if bytes([byte]) not in present]
    print(
        f"{len(missing)} bytes have no token:",
        " ".join(f"{byte:02X}" for byte in missing),
    )
    print("the byte 0x04 becomes", smollm2.encode("\x04"))

# %% [markdown]
# Twenty-one bytes are missing. Thirteen of them can never occur in valid UTF-8. Six are control characters, and two begin
# characters that Unicode has not assigned yet. A program that assumes all 256 crashes on them.
# Ours gives the **unknown** token, id 0 here, so the loss is visible.

# %% [markdown]
# ## 11 What can go wrong
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | decode each token alone | strange signs in other languages and emoji | a character cut in two (section 2) |
# | longest token instead of merge order | fluent text, slightly worse model | compare ids with another program |
# | forget the pattern, or take another model's | the same | a text with digits, spaces and apostrophes |
# | special tokens from user text | a user can fake a message | encode the name of a special token |
# | a tokenizer that is not the model's | nonsense | decode the ids you feed to the model |
#
# A frequent mistake in prompts is a space. Look:

# %%
if smollm2 is not None:
    for text in ("Hello world", "Hello  world", "Hello world "):
        print(repr(text), smollm2.encode(text))

# %% [markdown]
# If the weights are there, you see that a space at the end is a token of its own. A prompt that ends with a space asks
# the model to continue *after* that space. But it has mostly seen words that *begin* with a space. The result is worse
# text, without any error. So never end a prompt with a space.
#
# ## 12 Summary
#
# - A tokenizer turns text into ids. Byte-level pieces make every text possible.
# - BPE training merges the most frequent pair, again and again. Encoding replays the merges in order.
# - A pattern cuts words first, and decides about spaces and digits.
# - Counting again is slow. Updating the counts where a merge happened gives the same result much faster.
# - Special tokens never come from user text, and decoding joins bytes before it reads characters.

# %% tags=["nbval-ignore-output"]
board(chapter=1)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A byte-level vocabulary has 49,152 tokens, 17 of them special. How many merges made
# it?</summary>
#
# 49,152 - 17 - 256 = 48,879, if every byte has a token. SmolLM2 has 21 merges more, 48,900, because 21 bytes are
# missing.
# </details>
#
# <details><summary>2. How long can the longest token be after three merges?</summary>
#
# Eight bytes. A merge joins two existing tokens, so it can at most double the longest one, and at first there are only
# single bytes.
# </details>
#
# <details><summary>3. Two texts have the same ids. Are they equal?</summary>
#
# With byte-level BPE yes, as long as no byte is unknown: decoding gives the bytes back.
# </details>
#
# <details><summary>4. Two lists of ids decode to the same text. Are they equal?</summary>
#
# Not always. "low" can be the token "low" or the tokens "l", "o", "w". Encoding picks one, decoding accepts all.
# </details>
#
# <details><summary>5. Why does a larger vocabulary not always help?</summary>
#
# Every token needs a row in the embedding and in the output head, and rare tokens are seldom seen in training.
# </details>

# %% [markdown]
# ## Further reading
#
# - Sennrich, Haddow and Birch, 2016, [arXiv:1508.07909](https://arxiv.org/abs/1508.07909): BPE for language.
# - Kudo and Richardson, 2018, *SentencePiece*, [arXiv:1808.06226](https://arxiv.org/abs/1808.06226).
# - Radford et al., 2019, *Language Models are Unsupervised Multitask Learners*, section 2.2: byte-level BPE.
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971), section 2.1.
#
# Next: chapter 02, **RoPE**, which tells a token where it stands.
