# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 07 · Data: what a model may learn from
#
# A language model learns to predict what it reads, and nothing else. Feed it cookie notices, and it writes cookie
# notices. So before anyone trains, somebody has to decide what is worth reading, find it in a heap of rubbish, and
# bring it into a form that a training loop can eat.
#
# In this chapter you clean the raw crawl of a small town, mix it with six other sources as LLaMA did, and write it to
# disk as tokens, in the form that chapter 08 trains on. The town is simulated, so the truth about every page is known, and every filter
# can be graded.
#
# | | |
# |---|---|
# | You will write | `nats_per_letter`, `text_hash`, `minhash_signature`, `implied_epochs`, `pack_rows`, and one bug fix |
# | You need | Python, logarithms, and an idea of tokens (chapter 01) |
# | Time | about 90 minutes, 51 of them for the six exercises |
#
# ## 1 From the web to a batch

# %%
import hashlib
import json
import lzma
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from minillama.course import board, exercise, hint, show_solution
from minillama.course.plots import (
    COLORS,
    draw_diagram,
    plot_bars,
    plot_lines,
    use_course_style,
)
from minillama.course.show import Table
from minillama.course.widgets import explore

use_course_style()

# %%
steps = {
    "crawl": "raw\ncrawl", "lines": "repeated\nlines", "language": "language",
    "rules": "rules", "judge": "trained\njudge", "copies": "copies",
    "near": "near\ncopies", "mix": "mixture", "tokens": "tokens", "rows": "rows",
    "shards": "files", "loader": "batches",
}  # fmt: skip
place = {}  # from left to right above, and back below
for i, name in enumerate(steps):
    place[name] = (1.2 * i, 0) if i < 7 else (1.2 * (13 - i), -0.9)
draw_diagram(
    {name: (*place[name], label) for name, label in steps.items()},
    arrows=list(zip(steps, list(steps)[1:])),
    highlight=["lines", "language", "rules", "judge", "copies", "near"],
    title="Above: what is removed. Below: what becomes of the rest",
    figsize=(9, 2.4),
)
plt.show()

# %% [markdown]
# *Above, a raw crawl passes six filters, in color; each removes another kind of rubbish. Below, what is left is mixed
# with other sources, cut into tokens, packed into rows and written to files, from which a loader reads batches.*
#
# ### What LLaMA read
#
# LLaMA was trained on public data alone. Its Table 1 is the recipe (Touvron et al., 2023,
# [arXiv:2302.13971](https://arxiv.org/abs/2302.13971)). The package holds it as data.

# %% tags=["nbval-check-output"]
from minillama.cleaning.mixture import SHARES, TABLE_1

header = ("source", "share", "epochs", "disk (GB)", "tokens read (billions)")
Table(
    (*header, "different tokens (billions)", "bytes per token"),
    [
        (
            row.name, f"{row.share:.1%}", f"{row.epochs:.2f}",
            f"{row.disk_bytes / 1e9:,.0f}", f"{row.seen_tokens() / 1e9:.0f}",
            f"{row.unique_tokens / 1e9:.0f}", f"{row.bytes_per_token:.2f}",
        )
        for row in TABLE_1
    ],
)  # fmt: skip

# %% [markdown]
# The first three figures of each row are the paper's. The others follow from them for the run of 1.4 trillion tokens:
#
# - The **share** is the part of all tokens that the model reads. CommonCrawl: 67% of 1,400 billion is 938 billion.
# - An **epoch** is one pass over a source. Wikipedia was read 2.45 times, so it has 63 / 2.45 = 26 billion different
#   tokens.
# - Bytes on disk divided by different tokens gives the bytes per token.
#
# Sum up the last but one column: 1,263 billion. The paper speaks of "roughly 1.4T tokens", which fits what is read,
# repetitions included.


# %%
def draw_table_1() -> None:
    """Shares of what there is and of what is read, and the passes that follow."""
    rows = TABLE_1[::-1]  # barh draws from below
    y, whole = np.arange(7), sum(row.unique_tokens for row in rows)
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
    read = [100 * row.share for row in rows]
    there_is = [100 * row.unique_tokens / whole for row in rows]
    left.barh(y + 0.2, read, 0.4, label="read", color=COLORS[0])
    left.barh(y - 0.2, there_is, 0.4, label="there is", color=COLORS[4])
    left.set(title="Share of the tokens", xlabel="percent")
    left.set_yticks(y, [row.name for row in rows])
    left.legend(loc="center right")
    often = [COLORS[row.epochs > 1.5] for row in rows]
    bars = right.barh(y, [row.epochs for row in rows], 0.6, color=often)
    right.bar_label(bars, fmt=" {:.2f}")
    right.set(title="Epochs", xlabel="times that the source is read", xlim=(0, 3))


draw_table_1()
plt.show()

# %% [markdown]
# *Left: what is read (blue) is not what there is (yellow). Right: Wikipedia and books are read more than twice, code
# less than once, and the rest about once. Somebody decided that.*
#
# Two thirds of the diet is CommonCrawl: the raw web. How raw is that?
#
# ## 2 Fifty pages, as they come
#
# **Alderbrook** is the course's own town. Its people, streets, pets and feasts are made up, but consistent. The next
# cell "crawls" 3,000 pages of its web. It takes less than a second, and every machine gets the same pages.

# %% tags=["nbval-check-output"]
from minillama.world.noise import noisy_documents

RAW = list(islice(noisy_documents(seed=7), 3000))
N_BYTES = sum(len(page.text.encode()) for page in RAW)
print(f"{len(RAW)} pages, {N_BYTES:,} bytes")
Table(
    ("nr", "bytes", "begins with"),
    [
        (
            str(page.number),
            str(len(page.text.encode())),
            page.text[:90].replace("\n", " / "),
        )
        for page in RAW[:50]
    ],
)

# %% [markdown]
# Read a dozen lines. Which of these pages would you give to a child who learns to read? Here is one in full. A bar in
# front marks the lines that belong to the page.

# %% tags=["nbval-check-output"]
page = RAW[5]
for line in page.text.splitlines():
    print("|" if line in page.clean.splitlines() else " ", line)

# %% [markdown]
# The page sits between a menu and a footer, the **boilerplate**. Nobody wants a model to learn them by heart. Most web
# pages look like this, and many are worse. Since the town is simulated, each page comes with the truth.

# %% tags=["nbval-check-output"]
print(Counter(page.label for page in RAW).most_common())
TRUTH = [
    RAW[page.duplicate_of].label if page.duplicate_of is not None else page.label
    for page in RAW
]  # a copy of spam is spam
print(Counter(TRUTH).most_common())

# %% [markdown]
# | label | what it is | the filter that should find it |
# |---|---|---|
# | page | a page that somebody wrote, between boilerplate | none; only its boilerplate should go |
# | foreign | in German, French or Spanish | language |
# | debris | broken encodings, error messages, a cat on the keyboard | rules |
# | links | lists of links | rules |
# | spam | adverts and tricks, in good English | a trained judge |
# | duplicate | the same document again | copies |
# | near-duplicate | the same page between other lines, with a word or two changed | near copies |
#
# ### How good is a filter?
#
# A filter can fail in two ways: remove what is good, and keep what is bad. Two figures tell.
#
# - **Precision**: of what it removed, which share deserved it?
# - **Recall**: of what it should have found, which share did it find?
#
# By hand: there are 10 spam pages. A filter removes 8 pages, 6 of them spam. Its precision is 6/8 = 0.75 and its recall
# 6/10 = 0.6.

# %% tags=["nbval-check-output"]
RUBBISH = {number for number, truth in enumerate(TRUTH) if truth != "page"}


def grade(removed: set[int], wanted: set[int], deserved: set[int] = RUBBISH) -> None:
    """Print precision (against all that deserved it) and recall (of what was wanted)."""
    precision = len(removed & deserved) / max(1, len(removed))
    recall = len(removed & wanted) / max(1, len(wanted))
    print(f"removed {len(removed)}: precision {precision:.3f}, recall {recall:.3f}")


ten = set(range(10))
grade(removed={0, 1, 2, 3, 4, 5, 70, 71}, wanted=ten, deserved=ten)

# %% [markdown]
# On the real web nobody knows the truth. People read samples of a few hundred pages and estimate both figures from them.
#
# ## 3 Lines that stand everywhere
#
# How can a program know that "Back to top" is not part of a page? It need not understand the line. It is enough that the
# same line stands on many pages. That is the idea of **CCNet**, the pipeline that LLaMA used for CommonCrawl (Wenzek et
# al., 2020, [arXiv:1911.00359](https://arxiv.org/abs/1911.00359)).
#
# "23 comments" and "64 comments" should count as the same line. So compare a *key*: small letters, each number a 0,
# no punctuation.

# %% tags=["nbval-check-output"]
from minillama.cleaning.boilerplate import BoilerplateLines, LineCounts, line_key

on_pages = Counter()  # on how many pages does a line stand?
for page in RAW:
    on_pages.update({line_key(line) for line in page.text.splitlines()} - {""})
print(f"{len(on_pages)} different lines")
for line, count in on_pages.most_common(8):
    print(f"{count:5} {line}")

# %% [markdown]
# Which lines go? A limit must be chosen. The truth lets us grade each limit.

# %%
LINES = [
    (on_pages[line_key(line)], line not in page.clean.splitlines())
    for page in RAW
    if page.label == "page"
    for line in page.text.splitlines()
]
COUNTS, IS_BOILERPLATE = (np.array(column) for column in zip(*LINES))


def draw_limit(max_documents: int = 5) -> None:
    """Precision and recall of every limit; the one in use is marked."""
    limits = np.unique(np.geomspace(1, 300, 60).astype(int))
    goes = limits[:, None] < COUNTS  # (limits, lines)
    hits = (goes & IS_BOILERPLATE).sum(axis=1)
    lines = {
        "precision": hits / goes.sum(axis=1),
        "recall": hits / IS_BOILERPLATE.sum(),
    }
    title = f"Lines on more than {max_documents} pages are removed"
    xlabel = "limit: pages on which a line may stand"
    ax = plot_lines(limits, lines, title=title, xlabel=xlabel, ylabel="share")
    ax.axvline(max_documents, color="black", linewidth=1, linestyle=":")
    ax.set(xscale="log", ylim=(0, 1.03))


draw_limit()
plt.show()

# %% [markdown]
# *A strict limit (left) finds nearly all boilerplate, but also takes lines of real pages. A generous limit (right) is
# almost always right and misses most. No limit is right; there is only a choice.*
#
# We take 5. A `Counter` of all lines of the web would need more memory than any machine has. The package's `LineCounts`
# is a **count-min sketch**: 16 MB of counters, whatever the size of the crawl. Several lines may share a counter, so a
# count may come out too high, but never too low.

# %% tags=["nbval-check-output"]
counts = LineCounts()
for page in RAW:
    counts.add(page.text)
cut = BoilerplateLines(counts, max_documents=5)
TEXTS = {page.number: cut(page.text).text for page in RAW}  # what is left of each page
ALIVE = {
    number for number, text in TEXTS.items() if text.strip()
}  # pages that are left
n_left = sum(len(text.encode()) for text in TEXTS.values())
print(f"cut out: {N_BYTES - n_left:,} of {N_BYTES:,} bytes")
kept, gone = cut.split(RAW[5].text)
print("gone from page 5:", *gone, sep="\n   ")
print("still there:", *(line for line in kept if line not in RAW[5].clean), sep="\n   ")
wrong = Counter()
for page in RAW:
    if page.label == "page":
        wrong.update(set(cut.split(page.text)[1]) & set(page.clean.splitlines()))
print("should have stayed, on any page:", *wrong.most_common(3), sep="\n   ")

# %% [markdown]
# Two things to notice. Some lines vanish from real pages because many people write them: this filter cannot tell a
# greeting from a menu. And menus in a rare combination are still there. Section 5 has another idea for those.
#
# ## 4 Which language?
#
# LLaMA kept English pages of the crawl, and 20 languages of Wikipedia. To tell languages apart, letters are enough: "th"
# is common in English and rare in French, and after "sc" a German writes "h".
#
# A **letter model** of a language is a table. For each pair of letters it counts which letter followed, in a sample of
# that language.

# %% tags=["nbval-check-output"]
from minillama.cleaning.language_samples import SAMPLES


def letters(text: str) -> str:
    """Small letters; whatever stands between words becomes one gap."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return f" {' '.join(words)} "


def letter_counts(text: str) -> dict[str, Counter]:
    """Pair of letters to a Counter of the letters that followed it."""
    after = defaultdict(Counter)
    for place in range(2, len(text)):
        after[text[place - 2 : place]][text[place]] += 1
    return dict(after)


MODELS = {
    code: letter_counts(letters(" ".join(texts))) for code, texts in SAMPLES.items()
}
for code, model in MODELS.items():
    print(code, *(f"ch{letter}:{n}" for letter, n in model["ch"].most_common(5)))

# %% [markdown]
# How surprising is the letter $c$ after a pair? If it followed the pair in 30 of 100 cases, its probability should be
# about 0.3. But a letter that was *never* seen there must not get the probability 0: one odd word would make a whole
# text impossible. So pretend that each of $N$ letters was seen once more:
#
# $$P(c \mid \text{pair}) = \frac{\text{count}(\text{pair}, c) + 1}{\text{count}(\text{pair}) + N}$$
#
# The surprise is $-\ln P$, in nats. A text belongs to the language whose model is least surprised. (Dunning, 1994;
# LLaMA used fastText, which is also linear in letter n-grams.)
#
# ### Exercise 1 · `nats_per_letter` (difficulty 3 of 5, 10 minutes)
#
# By hand: after "ab" the model saw "c" 3 times and "d" once, and $N = 6$. So $P(c) = (3 + 1) / (4 + 6) = 0.4$, and the
# surprise is 0.92 nats. A Counter answers 0 for what it has not seen.
#
# Replace the line that raises an error, then run the cell. `hint("nats_per_letter")` helps if you are stuck.


# %%
@exercise("cleaning.nats_per_letter")
def nats_per_letter(
    text: str, counts: dict[str, Counter], n_letters: int = 60
) -> float:
    """Say how surprising the letters of a text are to a model of one language.

    After two letters, a letter has the probability
    (times it followed them + 1) / (times anything followed them + n_letters).

    Args:
        text: small letters and single gaps.
        counts: two letters to a Counter of the letters that followed them; a pair that
            was never seen is missing.
        n_letters: how many different letters there may be.

    Returns:
        Mean of -ln(probability) over all letters after the second; 0 if there are none.

    Example:
        >>> round(nats_per_letter("abc", {"ab": Counter({"c": 3, "d": 1})}, n_letters=6), 2)
        0.92
    """
    ### BEGIN SOLUTION
    total = 0.0
    for place in range(2, len(text)):
        after = counts.get(text[place - 2 : place], Counter())
        total -= math.log((after[text[place]] + 1) / (after.total() + n_letters))
    return total / max(1, len(text) - 2)
    ### END SOLUTION


# %% tags=["nbval-check-output"]
def surprises(text: str) -> dict[str, float]:
    """Nats per letter of each language; the first 120 letters say enough."""
    beginning = letters(text)[:120]
    return {code: nats_per_letter(beginning, MODELS[code]) for code in MODELS}


for text in ("Where is the dog?", "Der Hund wartet.", "¿Dónde está?", "qx zv krr"):
    print(f"{text:18}", {code: round(n, 2) for code, n in surprises(text).items()})

# %% [markdown]
# The smallest figure tells the language. Even a few words are enough. The last text surprises all four: it is in no
# language. Now all pages.

# %%
SURPRISES = {number: surprises(TEXTS[number]) for number in ALIVE}
KIND_STYLE = {
    "page": (COLORS[0], "o"), "foreign": (COLORS[1], "^"), "spam": (COLORS[2], "s"),
    "links": (COLORS[3], "D"), "debris": (COLORS[6], "x"),
}  # fmt: skip
ax = plt.subplots(figsize=(6, 4))[1]
for kind, (color, marker) in KIND_STYLE.items():
    chosen = [SURPRISES[n] for n in sorted(ALIVE) if TRUTH[n] == kind][:300]
    english = [nats["en"] for nats in chosen]
    others = [min(nats[code] for code in ("de", "fr", "es")) for nats in chosen]
    ax.scatter(english, others, s=14, color=color, marker=marker, label=kind, alpha=0.7)
ax.axline((2.5, 2.5), slope=1, color="black", linewidth=1, linestyle=":")
ax.set_title("How surprised is each language?")
ax.set(xlabel="English model (nats per letter)", ylabel="best other model")
ax.legend()
plt.show()

# %% [markdown]
# *Each mark is a page. Above the dotted line English is the least surprised; below it, another language. Pages lie far
# above and foreign pages far below. Some debris lies far to the right: it surprises everybody.*


# %% tags=["nbval-check-output"]
def of_kind(*kinds: str) -> set[int]:
    """Pages that are still alive and of some kinds."""
    return {number for number in ALIVE if TRUTH[number] in kinds}


foreign = {n for n in ALIVE if min(SURPRISES[n], key=SURPRISES[n].get) != "en"}
grade(foreign, wanted=of_kind("foreign"))
print(Counter(TRUTH[n] for n in foreign).most_common())
ALIVE -= foreign

# %% [markdown]
# Everything foreign is found, and no page is lost. Some debris went too: keyboard noise "is German" as much as anything
# else. The package's `LanguageFilter` does the same work with tables of numbers, about twenty times as fast.
#
# ## 5 Rules of thumb
#
# Prose has a look. Its lines end with a full stop. A third of its words are small ones such as "the" and "of". Link lists
# and debris look different, and a few figures show it. C4 was cleaned by such rules (Raffel et al., 2020,
# [arXiv:1910.10683](https://arxiv.org/abs/1910.10683)), and more have been added since (Rae et al., 2021,
# [arXiv:2112.11446](https://arxiv.org/abs/2112.11446)).

# %% tags=["nbval-check-output"]
from minillama.cleaning.quality_rules import PROSE_RULES, Rule, RuleFilter, measure


def allowed(rule: Rule) -> str:
    """The bounds of a rule, in words."""
    least = [f"at least {rule.least:g}"] if math.isfinite(rule.least) else []
    most = [f"at most {rule.most:g}"] if math.isfinite(rule.most) else []
    return ", ".join(least + most)


examples = {kind: min(of_kind(kind)) for kind in ("page", "spam", "links", "debris")}
figures = {kind: measure(TEXTS[number]) for kind, number in examples.items()}
Table(
    ("figure", "allowed", *examples),
    [
        (
            rule.name, allowed(rule),
            *(f"{figures[kind][rule.name]:.3g}" for kind in examples),
        )
        for rule in PROSE_RULES
    ],
)  # fmt: skip

# %% [markdown]
# Compare each figure with what is allowed. The page keeps all nine rules, links and debris break several, and the spam
# of this example looks like prose to every rule. Where do the bounds come from? From looking at histograms.


# %%
def draw_rule(rule: str = "the share of stop words") -> None:
    """How a figure is distributed among pages of each truth."""
    chosen = next(known for known in PROSE_RULES if known.name == rule)
    ax = plt.subplots()[1]
    kinds = ("page", "spam", "links", "debris")
    values = [[chosen.measure(TEXTS[n]) for n in of_kind(kind)] for kind in kinds]
    bins = np.histogram_bin_edges(np.concatenate(values), 40)
    for kind, found in zip(kinds, values):
        color = KIND_STYLE[kind][0]
        ax.hist(found, bins, histtype="step", linewidth=2, label=kind, color=color)
    for bound in (chosen.least, chosen.most):
        if math.isfinite(bound) and bins[0] <= bound <= bins[-1]:
            ax.axvline(bound, color="black", linewidth=1, linestyle=":")
    ax.set(title="A figure and its bounds", xlabel=rule, ylabel="pages")
    ax.legend()


draw_rule()
plt.show()

# %% [markdown]
# *The dotted line is the bound. Real pages lie far to its right. Link lists and debris have hardly any stop words. Spam
# lies on both sides: part of it is written in sentences.*

# %% tags=["nbval-ignore-output"]
explore(draw_rule, rule=[rule.name for rule in PROSE_RULES])

# %%
obeys_rules = RuleFilter()
verdicts = {number: obeys_rules(TEXTS[number]) for number in sorted(ALIVE)}
ruled_out = {number for number in ALIVE if not verdicts[number].is_kept}
grade(ruled_out, wanted=of_kind("links", "debris"))
kinds = Counter((verdicts[n].kind, TRUTH[n]) for n in ruled_out)
Table(
    ("broken rule (the first one)", *KIND_STYLE),
    [
        (name, *(str(kinds[name, truth]) for truth in KIND_STYLE))
        for name in dict.fromkeys(kind for kind, _ in kinds)
    ],
)

# %% [markdown]
# All link lists and all debris are gone, and a part of the spam with them. No real page was lost. But a bound is a choice.
# What if 60% of the lines of a page had to end like a sentence?

# %% tags=["nbval-check-output"]
ALIVE -= ruled_out
ends = next(rule for rule in PROSE_RULES if "end a sentence" in rule.name)
stricter = RuleFilter([replace(ends, least=0.6)])
victims = [n for n in sorted(of_kind("page")) if not stricter(TEXTS[n]).is_kept]
n_pages = len(of_kind("page"))
print(f"a bound of 0.6 would remove {len(victims)} of {n_pages} real pages")
print("such as", victims[0], "because", stricter(TEXTS[victims[0]]).reason)
print("---", TEXTS[victims[0]][:400], sep="\n")

# %% [markdown]
# Here two filters meddle with each other. The limit of section 3 let rare menu lines pass, and a page of few paragraphs
# then looks like a menu. Always read what a filter removes before you trust its figures.
#
# C4 had a better use for the same observation: not the page goes, but each *line* that does not end like a sentence
# (Raffel et al., 2020, section 2.2).

# %% tags=["nbval-check-output"]
from minillama.cleaning.boilerplate import SentenceLines

sentence_lines = SentenceLines()
tally = Counter()
for number in of_kind("page"):
    own_lines = set(RAW[number].clean.splitlines())
    for line in TEXTS[number].splitlines():
        fate = "stays" if sentence_lines(line).is_kept else "goes"
        tally["line of the page" if line in own_lines else "boilerplate", fate] += 1
for (what, fate), n in sorted(tally.items()):
    print(f"{what:16} {fate:5} {n:5}")
TEXTS.update({number: sentence_lines(TEXTS[number]).text for number in ALIVE})
ALIVE = {number for number in ALIVE if TEXTS[number]}

# %% [markdown]
# Most of the boilerplate that was left goes. So do lines of real pages, such as titles, which do not end with a full stop.
# A model trained on such pages will not write headlines. Every filter leaves its mark on the model.
#
# ## 6 A judge that learns
#
# What is left of the spam is grammatical English. No rule of thumb catches it, but its words give it away. Which words?
# Let a classifier find out.
#
# LLaMA's authors trained a linear classifier to tell pages that Wikipedia *cites* from random pages, and dropped what
# looked random (section 2.1 of the paper). We do the same. The town's library keeps a list of 150 pages that it refers
# to. The other pile are 300 random pages, good and bad mixed, judged by nobody.

# %%
from minillama.cleaning.quality_classifier import QualityClassifier


def tidy(text: str) -> str:
    """What sections 3 and 5 leave of a text."""
    return sentence_lines(cut(text).text).text


cited = (page for page in noisy_documents(split="cited") if page.label == "page")
references = [tidy(page.text) for page in islice(cited, 150)]
anything = [tidy(page.text) for page in islice(noisy_documents(split="random"), 300)]
judge = QualityClassifier()
losses = judge.train(references, anything)
print(f"loss, first and last epoch: {losses[0]:.3f}, {losses[-1]:.3f} nats")

# %% [markdown]
# The classifier is as simple as can be: every word and every pair of neighboring words has a weight, and the sum of the
# weights decides. So it can say why. Which words speak against a page?


# %%
def draw_words(number: int) -> None:
    """The words of one text that weigh most, with their weights."""
    parts = {w: v for w, v in judge.contributions(TEXTS[number]) if w.isalpha()}
    chosen = sorted(parts, key=lambda word: -abs(parts[word]))[:12]
    values = [parts[word] for word in chosen]
    colors = [COLORS[0] if value > 0 else COLORS[1] for value in values]
    ax = plt.subplots(figsize=(7, 2.4))[1]
    ax.bar(chosen, values, color=colors)
    score = judge.probability(TEXTS[number])
    title = f"Page {number} ({TRUTH[number]}): score {score:.2f}"
    ax.set(title=title, ylabel="part of the log odds")
    ax.set_xticks(range(12), chosen, rotation=45, ha="right")


draw_words(min(of_kind("spam")))
plt.show()

# %% [markdown]
# *Each bar is a word of one spam page: below zero it speaks against the page. Nobody gave the judge a list of bad words.*
#
# The **score** is the judge's guess that a page is from the library's list. Here are the scores of all pages.


# %%
def draw_threshold(threshold: float = 0.14) -> None:
    """Histogram of the scores by truth, and what a threshold removes."""
    ax = plt.subplots()[1]
    for kind in ("page", "spam"):
        found = [SCORES[n] for n in SCORES if TRUTH[n] == kind]
        color = KIND_STYLE[kind][0]
        ax.hist(found, np.linspace(0, 1, 51), label=kind, color=color, alpha=0.7)
    spam = [SCORES[n] < threshold for n in SCORES if TRUTH[n] == "spam"]
    pages = [SCORES[n] < threshold for n in SCORES if TRUTH[n] != "spam"]
    ax.axvline(threshold, color="black", linewidth=1, linestyle=":")
    caught = f"{sum(spam)} of {len(spam)} spam, {sum(pages)} other pages"
    title = f"Below {threshold:.2f}: {caught}"
    ax.set(title=title, xlabel="score", ylabel="pages")
    ax.legend()


SCORES = {number: judge.probability(TEXTS[number]) for number in sorted(ALIVE)}
draw_threshold()
plt.show()
below = [SCORES[n] < 0.5 for n in SCORES if TRUTH[n] == "page"]
print(f"real pages with a score below 0.5: {sum(below) / len(below):.0%}")

# %% [markdown]
# *The two hills hardly overlap, so a threshold between them is nearly perfect.* But it is not 0.5, which would throw away
# a large part of the real pages.
#
# Why? The second pile was not *bad* pages but *random* ones, and half of those are good. So a good page could be from
# either pile, and its score stays in the middle. The score puts pages in order; where to cut is another decision. On the real web one
# reads pages near the cut.
#
# A judge prefers what resembles its first pile, and that is its danger. What if the library's list held nothing but
# articles of an encyclopedia? Train a second judge on those, and ask both what it costs to remove all spam.

# %%
from minillama.world.documents import documents, kind_menu

articles = documents(seed=3, kinds=kind_menu({"encyclopedia": 1}))
narrow = QualityClassifier()
narrow.train([article.text for article in islice(articles, 150)], anything)
for name, one in {"pages of all sorts": judge, "encyclopedia only": narrow}.items():
    worst = max(one.probability(TEXTS[n]) for n in of_kind("spam"))
    lost = [one.probability(TEXTS[n]) < worst for n in of_kind("page")]
    print(f"{name}: to lose all spam costs {sum(lost) / len(lost):.1%} of the pages")
THRESHOLD = 0.14
looks_random = {number for number in ALIVE if SCORES[number] < THRESHOLD}
grade(looks_random, wanted=of_kind("spam"))
ALIVE -= looks_random

# %% [markdown]
# The narrow judge finds some real pages as bad as spam, because they do not sound like an encyclopedia. This is no toy
# problem. The filter of GPT-3 was applied to the newspapers of American schools, and preferred those of large schools
# in rich and urban places (Gururangan et al., 2022, [arXiv:2201.10474](https://arxiv.org/abs/2201.10474)).
#
# ## 7 Exact copies
#
# The web is full of copies. A copied page wastes computation, and a page that stands there a hundred times is learned by
# heart. To compare each page with each other takes $n^2/2$ comparisons, which nobody can wait for. But equal texts have
# equal **hashes**. So keep a set of hashes, and drop a page whose hash is in it.
#
# How many bits must a hash have? With $b$ bits there are $2^b$ values, and among $n$ texts about
# $n^2 / 2^{b+1}$ pairs collide by chance. For a billion texts and 32 bits that is 116 million, for 64 bits 0.03. So 8
# bytes do.
#
# ### Exercise 2 · `text_hash` (difficulty 1 of 5, 5 minutes)
#
# Two texts that differ only in spaces and line breaks should count as equal. `text.split()` cuts at any of them.
# `hashlib.blake2b(data, digest_size=8).digest()` turns bytes into 8 bytes that look random.


# %%
@exercise("cleaning.text_hash")
def text_hash(text: str) -> int:
    """Return 64 bits that are the same for texts that differ only in spaces and line breaks.

    Put one space between the words, encode in UTF-8, take 8 bytes of BLAKE2b, and read
    them as a number, the least significant byte first ("little").

    Args:
        text: any text.

    Returns:
        An integer below 2**64.

    Example:
        >>> text_hash("two  words\\n") == text_hash("two words")
        True
    """
    ### BEGIN SOLUTION
    words = " ".join(text.split())
    return int.from_bytes(
        hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(),
        "little",
    )
    ### END SOLUTION


# %% [markdown]
# (The solution adds `"surrogatepass"`: some crawled texts hold broken characters that UTF-8 cannot encode, and one of
# them must not stop a run of days.)


# %% tags=["nbval-check-output"]
def copies_in(texts: Mapping[int, str]) -> set[int]:
    """Numbers of the texts that equal an earlier one."""
    seen, copies = set(), set()
    for number, text in sorted(texts.items()):
        key = text_hash(text)
        if key in seen:
            copies.add(number)
        seen.add(key)
    return copies


copies = copies_in({number: TEXTS[number] for number in ALIVE})
duplicates = {number for number in ALIVE if RAW[number].label == "duplicate"}
repeated = {number for number in ALIVE if RAW[number].duplicate_of is not None}
grade(copies, wanted=duplicates, deserved=repeated)
raw_copies = copies_in({page.number: page.text for page in RAW})
print("found among the raw pages:", len(raw_copies))
ALIVE -= copies

# %% [markdown]
# Every copy is found, even some near copies whose difference lay in a line that is gone. (The raw crawl holds more,
# because spam and debris were copied too.) The package's `ExactDuplicates` needs 16 bytes for each text: a hash and the number of the document.
#
# ## 8 Near copies
#
# Change one word, and the hash is a different one. That is what hashes are for, and here it is a nuisance. So we need a
# measure of *similarity*, and a way to find similar pages without comparing all pairs.
#
# **Shingles.** See a text as the set of its runs of three words. "the cat sat on the mat" has four: *the cat sat*,
# *cat sat on*, *sat on the*, *on the mat*.
#
# **Jaccard similarity.** Of all shingles that two texts have, which share do both have?
#
# $$J(A, B) = \frac{|A \cap B|}{|A \cup B|}$$

# %% tags=["nbval-check-output"]
from minillama.cleaning.minhash import estimate, jaccard, shingle_hashes, shingles

A, B = shingles("the cat sat on the mat"), shingles("the cat sat on the sofa")
print("both:  ", sorted(" ".join(words) for words in A & B))
print("either:", sorted(" ".join(words) for words in A | B))
print("J =", jaccard(A, B))
near = next(page for page in RAW if page.label == "near-duplicate")
first, second = RAW[near.duplicate_of].clean, near.clean
print(f"a near copy: J = {jaccard(shingles(first), shingles(second)):.2f}")
print(f"two pages:   J = {jaccard(shingles(first), shingles(RAW[5].clean)):.2f}")

# %% [markdown]
# ### A lottery that measures similarity
#
# Now the beautiful idea (Broder, 1997). Give every possible shingle a random number, as in a lottery. For each text,
# keep only the *smallest* number among its shingles. Look at two texts $A$ and $B$:
#
# 1. Among all shingles of $A \cup B$, one has the smallest number. By symmetry each is equally likely to be the one.
# 2. If that shingle lies in both texts, both keep its number, and their minima are **equal**.
# 3. If it lies in only one of them, the other text keeps a larger number, and the minima **differ**.
#
# So the minima are equal with the probability "shingles in both" out of "shingles in either", which is exactly $J$.
#
# One lottery answers only yes or no. Hold 128 independent lotteries: the **share of equal minima estimates** $J$, with
# a standard error of at most $0.5/\sqrt{128} = 0.04$. The 128 minima are the text's **signature**: half a kilobyte,
# however long the text.
#
# A hash function serves as a lottery: $h \mapsto ((a h + b) \bmod 2^{64}) \gg 32$ with random odd $a$ and random $b$. The
# remainder comes for free, because 64-bit numbers overflow, and `>> 32` keeps the upper half, which is mixed best.
#
# ### Exercise 3 · `minhash_signature` (difficulty 3 of 5, 10 minutes)
#
# NumPy computes with whole arrays as PyTorch does. `x[:, None]` turns shape (n,) into (n, 1), and `x.min(axis=1)` takes
# the minimum along the second axis.


# %%
@exercise("minhash.minhash_signature")
def minhash_signature(
    hashes: np.ndarray, factors: np.ndarray, offsets: np.ndarray
) -> np.ndarray:
    """Return the smallest number of a set of shingles under each of several hash functions.

    Function i turns h into ``(factors[i] * h + offsets[i]) >> 32``; all numbers are
    uint64, and overflow is wanted.

    Args:
        hashes: one number for each different shingle of a text, shape (n_shingles,).
        factors: shape (n_hashes,).
        offsets: shape (n_hashes,).

    Returns:
        Shape (n_hashes,).
    """
    ### BEGIN SOLUTION
    values = (factors[:, None] * hashes + offsets[:, None]) >> np.uint64(32)
    return values.min(axis=1)
    ### END SOLUTION


# %%
lots = np.random.default_rng(0).integers(0, 1 << 63, (2, 128), np.uint64)
FACTORS, OFFSETS = lots[0] * np.uint64(2) + np.uint64(1), lots[1]


def signature(text: str) -> np.ndarray:
    """128 minima of a text's shingles."""
    return minhash_signature(shingle_hashes(text, n_words=3), FACTORS, OFFSETS)


words, rng = first.split(), random.Random(0)
exact, estimated = [], []
for n_changed in range(0, 60, 2):
    changed = list(words)
    for place in rng.sample(range(len(words)), n_changed):
        changed[place] = "llama"
    exact.append(jaccard(shingles(first), shingles(" ".join(changed))))
    estimated.append(estimate(signature(first), signature(" ".join(changed))))

# %%
ax = plt.subplots(figsize=(5, 3.4))[1]
x = np.linspace(0, 1, 50)
error = 2 * np.sqrt(x * (1 - x) / 128)
band = {"color": COLORS[5], "alpha": 0.3, "label": "two standard errors"}
ax.fill_between(x, x - error, x + error, **band)
ax.plot(exact, estimated, "o", color=COLORS[0], label="a page and changed copies")
ax.plot(x, x, color="black", linewidth=1, linestyle=":")
ax.set_title("128 minima estimate the similarity")
ax.set(xlabel="Jaccard similarity", ylabel="share of equal minima")
ax.legend()
plt.show()

# %% [markdown]
# *Each dot compares a page with a copy in which some words were replaced. The share of equal minima follows the true
# similarity within the error that the theory gives.*
#
# ### From similarity to a search
#
# Signatures make one comparison cheap. But 3,000 pages still have 4.5 million pairs, and a billion pages have $5 \cdot
# 10^{17}$. **Locality-sensitive hashing** avoids them. Cut the signature into $b$ **bands** of $r$ entries. Two pages become
# *candidates* if they agree in all entries of at least one band, and only candidates are compared. Equal bands are found
# with a dictionary, like equal texts.
#
# How likely is it that a pair of similarity $s$ becomes a candidate?
#
# - one entry agrees with probability $s$, all $r$ of a band with $s^r$;
# - a band fails with $1 - s^r$, all $b$ bands with $(1 - s^r)^b$;
# - so at least one agrees with probability $1 - (1 - s^r)^b$.

# %%
from minillama.cleaning.near_duplicates import candidate_pairs, candidate_probability


def draw_curve(n_bands: int = 16, n_rows: int = 8) -> None:
    """The S-curve of some bands and rows."""
    similarity = np.linspace(0, 1, 101)
    chance = candidate_probability(similarity, n_bands, n_rows)
    title = f"{n_bands} bands of {n_rows}: {n_bands * n_rows} minima"
    xlabel, ylabel = "Jaccard similarity of a pair", "chance to be compared"
    ax = plot_lines(similarity, {"": chance}, title=title, xlabel=xlabel, ylabel=ylabel)
    ax.axvspan(0, 0.15, color=COLORS[4], alpha=0.25)
    ax.axvspan(0.85, 1, color=COLORS[0], alpha=0.2)
    ax.text(0.01, 0.9, "different\npages", va="top")
    ax.text(0.86, 0.1, "near\ncopies")


draw_curve()
plt.show()

# %% [markdown]
# *The curve has the shape of an S. Different pages (left band) are practically never compared, near copies (right band)
# practically always. The steep part lies near $(1/b)^{1/r}$, here at 0.71.*
#
# More rows to a band move the steep part to the right, more bands move it to the left. Which choice would find pages that
# share only half of their shingles? What does it cost?

# %% tags=["nbval-ignore-output"]
explore(draw_curve, n_bands=(1, 64, 1), n_rows=(1, 16, 1))

# %%
numbers = sorted(ALIVE)
SIGNATURES = np.array([signature(TEXTS[number]) for number in numbers])
pairs = candidate_pairs(SIGNATURES.astype(np.uint32), n_bands=16)
n_pairs = len(numbers) * (len(numbers) - 1) // 2
print(f"{len(numbers)} pages have {n_pairs:,} pairs; {len(pairs)} of them are compared")
near_copies = set()
for i, j in sorted(pairs):
    if numbers[i] not in near_copies and estimate(SIGNATURES[i], SIGNATURES[j]) >= 0.7:
        near_copies.add(numbers[j])
wanted = {n for n in ALIVE if RAW[n].label == "near-duplicate"}
grade(near_copies, wanted, deserved=wanted)
ALIVE -= near_copies

# %% [markdown]
# A few hundred comparisons instead of more than a million, and (nearly) all near copies are found. Where one is missed, it
# is a short page: two changed words and another advert below it change a fifth of all shingles, and there the curve falls.
#
# ## 9 What is left
#
# The package's `clean` runs filters one after the other, and `account` adds up what each removed. Let us send three more
# sources through it, which nobody simulated: the sources of Python's standard library, its documentation strings, and a
# folder of your own.

# %% tags=["nbval-ignore-output"]
import minillama
from minillama.corpus import (
    docstrings,
    own_documents,
    standard_library_sources,
    take_bytes,
)

MY_FOLDER = Path(minillama.__file__).parent  # try Path.home() / "notes"

library = take_bytes(standard_library_sources(), 800_000)
SOURCES = {
    "town": [page.text for page in RAW],
    "library: code": library,
    "library: prose": [text for source in library for text in docstrings(source)],
    "my folder": take_bytes(own_documents(MY_FOLDER), 400_000),
}
for name, texts in SOURCES.items():
    print(f"{name:15} {len(texts):5} documents, {sum(map(len, texts)):,} characters")

# %% [markdown]
# Code is no prose, so it needs rules of its own. LLaMA kept GitHub files by the length of their lines and their share of
# letters and digits, and dropped exact copies (section 2.1). Lines of code that stand in many files, such as
# `import os`, are no boilerplate, so that filter stays away. So does the judge: it has only seen pages of the town.

# %%
from minillama.cleaning.duplicates import ExactDuplicates
from minillama.cleaning.language import LanguageFilter
from minillama.cleaning.near_duplicates import NearDuplicates
from minillama.cleaning.pipeline import account, clean
from minillama.cleaning.quality_classifier import ClassifierFilter
from minillama.cleaning.quality_rules import CODE_RULES


def filters_for(name: str, texts: list[str]) -> dict[str, Callable]:
    """The filters that fit a source, in order."""
    copies = {"copies": ExactDuplicates(), "near copies": NearDuplicates(0.7)}
    if name in ("library: code", "my folder"):
        return {"rules": RuleFilter(CODE_RULES), **copies}
    counts = LineCounts()
    for text in texts:
        counts.add(text)
    prose = {"lines": BoilerplateLines(counts), "language": LanguageFilter(["en"])}
    prose["rules"] = RuleFilter()
    if name == "town":
        prose["sentences"] = sentence_lines
        prose["judge"] = ClassifierFilter(judge, min_probability=THRESHOLD)
    return {**prose, **copies}


OUTCOMES = {}
for name, texts in SOURCES.items():
    OUTCOMES[name] = list(clean(texts, filters_for(name, texts)))

# %%
STAGES = ("lines", "language", "rules", "sentences", "judge", "copies", "near copies")


def left_after(outcomes: list) -> np.ndarray:
    """Bytes that are left after each stage; a filter that is not in use changes nothing."""
    accounts = account(outcomes)
    left = [sum(len(outcome.original.encode()) for outcome in outcomes)]
    for stage in STAGES:
        removed = accounts[stage].n_bytes_removed if stage in accounts else 0
        left.append(left[-1] - removed)
    return np.array(left)


_, (ax, right) = plt.subplots(1, 2, figsize=(10, 3.6))
town, bottom = OUTCOMES["town"], np.zeros(8)
what = [
    truth if RAW[n].duplicate_of is None else "copy" for n, truth in enumerate(TRUTH)
]
for color, kind in zip(COLORS, ("page", "copy", "spam", "foreign", "links", "debris")):
    of_kind_now = [outcome for outcome in town if what[outcome.number] == kind]
    megabytes = left_after(of_kind_now) / 1e6
    ax.bar(range(8), megabytes, bottom=bottom, color=color, label=kind)
    bottom += megabytes
ax.set(title="The town, by the truth", ylabel="megabytes left")
left = {name: left_after(outcomes) for name, outcomes in OUTCOMES.items()}
percent = {name: 100 * n_bytes / n_bytes[0] for name, n_bytes in left.items()}
labels = {"title": "All sources", "xlabel": "", "ylabel": "percent left"}
plot_lines(range(8), percent, **labels, ax=right)
right.set_ylim(0, 103)
for panel in (ax, right):
    panel.set_xticks(range(8), ["raw", *STAGES], rotation=45, ha="right")
ax.legend(ncols=3, loc="upper right")
ax.set_ylim(0, 2.4)
plt.show()

# %% [markdown]
# *Left: what the town's crawl is made of, after each filter. At the end nearly nothing is left but pages. Right: the same
# for all sources, in percent. Code loses hardly anything, because its authors have cleaned it. Of the prose in docstrings
# the rules take most: what is too short, and what is half code.* (The library differs from one Python version to the
# next, so yours will differ.)
#
# What did the filters remove from the real prose? One example for each reason:

# %%
examples = {}
for outcome in OUTCOMES["library: prose"]:
    if not outcome.is_kept:
        kind, reason = outcome.verdicts[outcome.removed_by].kind, outcome.reason
        beginning = outcome.original[:60].replace("\n", " ")
        examples.setdefault(kind, (reason.split(";")[0], beginning))
Table(("reason", "text"), list(examples.values()))

# %% [markdown]
# ### Does it matter?
#
# The quickest proof is a model that writes what it has read. It need not be a transformer: count which letter follows
# each run of nine, then write letter by letter. One such model reads raw pages, the other clean ones, both equally
# many bytes.

# %%
CLEAN = [outcome.text for outcome in OUTCOMES["town"] if outcome.is_kept]


def read_letters(texts: list[str], n_seen: int = 9) -> dict[str, list[str]]:
    """Run of letters to all letters that followed it."""
    after = defaultdict(list)
    for text in texts:
        text = "^" * n_seen + text + "$"
        for place in range(n_seen, len(text)):
            after[text[place - n_seen : place]].append(text[place])
    return after


def write_letters(after: dict[str, list[str]], seed: int, n_seen: int = 9) -> str:
    """Write a text, letter by letter."""
    lot, text = random.Random(seed), "^" * n_seen
    while not text.endswith("$") and len(text) < 260:
        text += lot.choice(after[text[-n_seen:]])
    return text.strip("^$")


n_clean = sum(map(len, CLEAN))
for name, texts in {"RAW": SOURCES["town"], "CLEAN": CLEAN}.items():
    model = read_letters(take_bytes(texts, n_clean))
    for seed in range(4):
        print(f"{name:5} {write_letters(model, seed)!r}\n")

# %% [markdown]
# Both wrote what they had read. What one of them had read was not worth repeating.
#
# ## 10 Set something aside
#
# Chapter 08 will measure a model on pages that it has never seen, the **validation** pages. They must be chosen *before*
# training, and a copy of them must not sit in the training pages. Else a model that learns by heart looks clever. This is
# called **contamination**.
#
# ### Exercise 4 · find the bug (difficulty 2 of 5, 6 minutes)
#
# This function puts every tenth document aside. It has one bug. Use your `text_hash`.


# %%
@exercise("cleaning.split_documents")
def split_documents(
    documents: list[str], one_in: int = 10
) -> tuple[list[str], list[str]]:
    """Divide documents into training and validation, about one in ``one_in`` to validation.

    Copies of a document land on the same side, and so does a document that comes again
    tomorrow, in another order, in a longer list.
    """
    training, validation = [], []
    ### BEGIN SOLUTION
    for text in documents:
        side = validation if text_hash(text) % one_in == 0 else training
        side.append(text)
    ### INSTEAD
    # for number, text in enumerate(documents):
    #     side = validation if number % one_in == 0 else training
    #     side.append(text)
    ### END SOLUTION
    return training, validation


# %% [markdown]
# How bad is contamination? A good compressor is a language model of a kind: what it has seen before costs few bytes. So
# ask `xz` how many bits each validation byte costs after it has read the training pages. We compare three ways: pages with
# copies, divided by their place in the list; the same pages, divided by your function; and clean pages without copies.

# %%
from minillama.world.contamination import overlaps

kept_by = ("", "copies", "near copies")  # what the copy filters took is in again
WITH_COPIES = [outcome.text for outcome in town if outcome.removed_by in kept_by]


def bits_after_reading(training: list[str], validation: list[str]) -> float:
    """Bits that each byte of the validation pages costs xz after the training pages."""
    before = len(lzma.compress("\n".join(training).encode()))
    after = len(lzma.compress("\n".join(training + validation).encode()))
    return 8 * (after - before) / len("\n".join(validation).encode())


first_nine = [text for n, text in enumerate(WITH_COPIES) if n % 10]
ways = {
    "by place, with copies": (first_nine, WITH_COPIES[::10]),
    "by hash, with copies": split_documents(WITH_COPIES),
    "by hash, without copies": split_documents(CLEAN),
}

# %%
rows = []
for name, (training, validation) in ways.items():
    known = {text_hash(text) for text in training}
    copied = sum(text_hash(text) in known for text in validation)
    shared = len(list(overlaps(validation, training, n_words=13)))
    bits = bits_after_reading(training, validation)
    n = len(validation)
    rows.append((name, n, copied, f"{shared} ({shared / n:.0%})", f"{bits:.2f}"))
print("Equal words in the last way, for example:")
for found in islice(overlaps(validation, training), 3):
    print("...", found.words)
header = ("divided", "pages aside", "copies in training", "13 words", "bits per byte")
Table(header, [tuple(map(str, row)) for row in rows])

# %% [markdown]
# Compare the last column. The split by place looks best, and it is a lie: those pages were known already. The hash brings
# exact copies to one side, but near copies have another hash. So the order is: **first remove copies, then divide.**
#
# The last but one column is the test that GPT-3 was examined with: does a page share a run of 13 words with the training
# text (Brown et al., 2020, [arXiv:2005.14165](https://arxiv.org/abs/2005.14165), appendix C)? Without copies some pages
# still do. The examples above show why: some are facts of the town, which must stand in the same words on many pages, and
# others are turns of phrase that a small town repeats. Neither is a copied page. The test finds candidates; a person has
# to judge them.
#
# ## 11 The mixture
#
# Now the other sources join. Write $s$ for the share of a source, $N$ for its different tokens, and $T$ for all tokens of
# the run. It must deliver $s T$ tokens, so it is read $s T / N$ times.
#
# By hand: a run of 800 tokens takes 75% from the web, which has 600, and 25% from books, which have 100. So the web is
# read 600 / 600 = 1 time and the books 200 / 100 = 2 times.
#
# ### Exercise 5 · `implied_epochs` (difficulty 2 of 5, 6 minutes)
#
# The shares may be given in any unit, such as 3 to 1.


# %%
from minillama.cleaning.mixture import Mixture, check_shares


@exercise("mixture.implied_epochs")
def implied_epochs(
    shares: Mapping[str, float], unique_tokens: Mapping[str, float], total: float
) -> dict[str, float]:
    """Return how often each source is repeated if training sees a number of tokens.

    Args:
        shares: part of all tokens, by source; they need not sum to 1.
        unique_tokens: tokens that each source has.
        total: tokens in the whole run.

    Returns:
        Epochs by source: above 1 where it repeats, below 1 where some of it is never seen.

    Raises:
        ValueError: if a source has no size, or a share or size is not positive.

    Example:
        >>> implied_epochs({"web": 3, "books": 1}, {"web": 600, "books": 100}, total=800)
        {'web': 1.0, 'books': 2.0}
    """
    check_shares(shares)
    if missing := [name for name in shares if not unique_tokens.get(name, 0) > 0]:
        raise ValueError(f"unique_tokens must give a positive number for {missing}")
    ### BEGIN SOLUTION
    whole = sum(shares.values())
    return {
        name: total * share / whole / unique_tokens[name]
        for name, share in shares.items()
    }
    ### END SOLUTION


# %% [markdown]
# LLaMA-7B saw 1.0 trillion tokens instead of 1.4. What changes?

# %% tags=["nbval-check-output"]
different = {row.kind: row.unique_tokens for row in TABLE_1}
for total in (1.4e12, 1.0e12):
    epochs = implied_epochs(SHARES, different, total)
    print(f"{total:.1e}", {row.name: round(epochs[row.kind], 2) for row in TABLE_1})

# %% [markdown]
# With fewer tokens nothing is read twice except Wikipedia and books, and a fifth of the web is never seen at all.
#
# ### In miniature
#
# The town has all seven sources of Table 1: besides the web a second, cleaner crawl, code, an encyclopedia, books, papers
# and questions. We build the mixture of the paper at a scale of 1 to 5 million. First a tokenizer, as in chapter 01, then
# for each source as many tokens as the scale says. The web source is *our* clean pages.

# %%
from minillama.tokenizer_training import train_byte_level

SCALE = 5e6
streams = {
    row.kind: (page.text for page in documents(seed=1, kinds=kind_menu({row.kind: 1})))
    for row in TABLE_1
}
streams["web"] = iter(split_documents(CLEAN)[0])  # training pages only
sample = [next(stream) for stream in streams.values() for _ in range(60)]
tokenizer = train_byte_level(sample, vocab_size=2048)


def take_tokens(texts: Iterator[str], n_tokens: float) -> list[list[int]]:
    """Encode documents until they have so many tokens."""
    found, n = [], 0
    while n < n_tokens:
        found.append(tokenizer.encode(next(texts), bos=True, eos=True))
        n += len(found[-1])
    return found


LIBRARY = {
    row.kind: take_tokens(streams[row.kind], row.unique_tokens / SCALE)
    for row in TABLE_1
}
sizes = {kind: sum(map(len, found)) for kind, found in LIBRARY.items()}
for kind, found in LIBRARY.items():
    n, size = len(found), sizes[kind]
    print(f"{kind:13} {n:4} documents, {size:7,} tokens, {size / n:.0f} per document")

# %% [markdown]
# The package's `Mixture` hands out documents without end. It always takes the next one from the source that is furthest
# behind its share, so the shares hold at every moment. A source that ends begins again.

# %%
TOTAL = 1.4e12 / SCALE
mixture = Mixture(LIBRARY, SHARES)
MIXED = [document for _, document in mixture.until(TOTAL)]
planned = implied_epochs(SHARES, sizes, TOTAL)
ax = plt.subplots(figsize=(8, 3))[1]
x = np.arange(7)
for shift, (label, values) in enumerate(
    {
        "the paper": [row.epochs for row in TABLE_1],
        "your plan": [planned[row.kind] for row in TABLE_1],
        "counted": [mixture.taken[row.kind] / sizes[row.kind] for row in TABLE_1],
    }.items()
):
    ax.bar(x + 0.27 * (shift - 1), values, 0.25, label=label, color=COLORS[shift])
ax.set_xticks(x, [f"{row.name}\n{row.kind}" for row in TABLE_1], fontsize=8)
ax.set(title=f"Epochs in a run of {TOTAL:,.0f} tokens", ylabel="times read")
ax.legend()
plt.show()

# %% [markdown]
# *Three bars for each source: what the paper reports, what your function plans for the miniature, and what the sampler
# really read. They agree as closely as whole documents allow.*
#
# One trap. Shares are shares of **tokens**. Suppose you draw the source of each *document* with the probabilities of the
# table. A book is twice as long as a page, so books get not 4.5% of the tokens but about 10%. To be right, draw a source
# with a probability in proportion to its share *divided by* the mean length of its documents.
#
# ## 12 Rows
#
# A model is trained on rows of equal length: 2,048 tokens for LLaMA, 512 here. Documents are of any length. Each begins
# with the token **BOS** and ends with **EOS**. How do they get into rows?
#
# **One document per row**, filled up with something: most of the computation is wasted on filling.
#
# **Concatenate and cut**: write all documents one after the other and cut wherever a row is full. Nothing is wasted. But
# most rows now begin in the middle of a document, and a model must guess what it cannot know.
#
# **Pack whole documents**: like luggage into a car. Take the next document, then look for others that still fit, the
# longest first. A little room stays empty, and no document is broken.
#
# ### Exercise 6 · `pack_rows` (difficulty 3 of 5, 14 minutes)
#
# Here is the plan. As long as documents wait: begin a row with the *oldest* one. Then add the *longest* one that still
# fits, again and again. Fill what is left with BOS. Leave the caller's lists as they are.


# %%
@exercise("packing.pack_rows")
def pack_rows(
    documents: list[list[int]], row_length: int, bos_id: int
) -> list[list[int]]:
    """Put whole documents into rows: the oldest opens a row, then the longest that fits is added.

    Args:
        documents: token ids, each beginning with BOS.
        row_length: ids in a row.
        bos_id: fills up what is left of a row.

    Returns:
        Rows of exactly ``row_length`` ids; every document stands in one of them.

    Raises:
        ValueError: if a document is longer than a row.

    Example:
        >>> pack_rows([[0, 7, 9], [0, 5, 6, 7, 9], [0, 8]], row_length=6, bos_id=0)
        [[0, 7, 9, 0, 8, 0], [0, 5, 6, 7, 9, 0]]
    """
    if max(map(len, documents), default=0) > row_length:
        raise ValueError(
            f"a document is longer than a row of {row_length}: cut it first"
        )
    waiting, rows = list(documents), []
    ### BEGIN SOLUTION
    while waiting:
        row = list(waiting.pop(0))
        while fitting := [d for d in waiting if len(d) <= row_length - len(row)]:
            longest = max(fitting, key=len)
            waiting.remove(longest)
            row += longest
        rows.append(row + [bos_id] * (row_length - len(row)))
    return rows
    ### END SOLUTION


# %% [markdown]
# Now compare the three ways on the same documents.

# %%
from minillama.packing import cut_stream, pack_documents

BOS, EOS = tokenizer.bos_id, tokenizer.eos_id
ROW = 513  # 512 tokens to read, and each next one to predict
some = [document for document in MIXED[:400] if len(document) <= ROW]
WAYS = {
    "one per row": [document + [BOS] * (ROW - len(document)) for document in some],
    "cut": list(cut_stream(some, ROW, BOS)),
    "pack": pack_rows(some, ROW, BOS),
}


def used(row: list[int]) -> int:
    """Length of a row without the filling at its end."""
    return max(place + 1 for place, token in enumerate(row) if token != BOS)


def describe(rows: list[list[int]]) -> tuple[str, ...]:
    """How many rows, how much of them is filling, and how many tokens lost their beginning."""
    n_tokens = len(rows) * ROW
    filling = sum(ROW - used(row) for row in rows)
    broken = sum((row + [BOS]).index(BOS) for row in rows)
    return str(len(rows)), f"{filling / n_tokens:.1%}", f"{broken / n_tokens:.1%}"


def draw_rows(ax: plt.Axes, rows: list[list[int]], title: str) -> None:
    """Each row as a line of documents; what has no beginning in its row is orange."""
    for y, row in enumerate(rows[:12]):
        n_used = used(row)
        edges = sorted({0, n_used, *(x for x in range(n_used) if row[x] == BOS)})
        for n, (left, right) in enumerate(zip(edges, edges[1:])):
            color = COLORS[n % 2 * 5] if row[left] == BOS else COLORS[1]
            ax.barh(y, right - left, left=left, height=0.8, color=color)
    ax.set(title=title, xlabel="place in the row", xlim=(0, ROW), ylim=(11.6, -0.6))
    ax.set_yticks([])
    ax.grid(visible=False)


# %%
_, axes = plt.subplots(1, 3, figsize=(9, 3))
for ax, (name, rows) in zip(axes, WAYS.items()):
    draw_rows(ax, rows, name)
plt.show()
Table(
    ("way", "rows", "filling", "tokens without their beginning"),
    [(name, *describe(rows)) for name, rows in WAYS.items()],
)

# %% [markdown]
# *Twelve rows of each way. Blue: documents, dark and light in turn. White: filling. Orange: the rest of a document whose
# beginning is in another row.*
#
# Packing needs a few rows more than cutting, and breaks nothing. (The package's `pack_documents` does it for streams of
# any length: a thousand documents wait at a time, and documents longer than a row are cut. See Ding et al., 2024,
# [arXiv:2404.10830](https://arxiv.org/abs/2404.10830).)
#
# ### Why BOS is never a target
#
# A row of 513 ids gives 512 tokens to read and 512 *targets*: at each place the next token. Where the next token is a BOS,
# a new document begins, which does not follow from the old one. So the target there is the mark `IGNORE`, and the loss
# leaves it out. That is also why BOS may fill up a row: filling costs nothing and teaches nothing.

# %% tags=["nbval-check-output"]
from minillama.data import split_row

row = [0, 7, 9, 0, 5, 6, 9, 0, 0]  # BOS is 0, EOS is 9
tokens, targets = split_row(np.array([row]), bos_id=0)
print("tokens ", tokens.tolist()[0])
print("targets", targets.tolist()[0])

# %% [markdown]
# ### A leak of a few tenths of a bit
#
# Packing by best fit has a side effect. The second document of a row was chosen *because of its length*. A model that
# knows where in the row it stands can tell how long the document will be, which no reader of that document could know.
#
# How much does the place give away? Take the one-page language of chapter 08, whose scenes carry exactly 9.25 bits each.
# Measure the **mutual information** of place and length: how many bits the place saves when someone guesses the length.

# %%
from minillama.world.grammar import scene

SCENES = []  # only the lengths matter: 0 for BOS, 1 for a letter, 2 for EOS
for seed in range(8000):
    SCENES.append([0, *([1] * len(scene(seed))), 2])


def bits_given_away(rows: Iterator[list[int]]) -> float:
    """Mutual information of a document's place in its row and its length, in bits."""
    pairs = Counter()
    for row in rows:
        starts = [x for x, pair in enumerate(zip(row, row[1:])) if pair == (0, 1)]
        pairs.update((x, row.index(2, x) - x) for x in starts)
    places, lengths, total = Counter(), Counter(), pairs.total()
    for (x, length), n in pairs.items():
        places[x] += n
        lengths[length] += n
    ratios = {
        (x, y): n * total / (places[x] * lengths[y]) for (x, y), n in pairs.items()
    }
    return sum(n / total * math.log2(ratios[pair]) for pair, n in pairs.items())


# %%
batches = [SCENES[start : start + 500] for start in range(0, len(SCENES), 500)]
ROWS = {
    "best fit, in order of choice": [
        row for batch in batches for row in pack_rows(batch, 129, 0)
    ],
    "best fit, shuffled in the row": pack_documents(SCENES, 129, 0, look_ahead=500),
    "one document per row": pack_documents(SCENES, 129, 0, look_ahead=1),
}
given_away = {name: bits_given_away(rows) for name, rows in ROWS.items()}
title = "What the place tells about the length"
plot_bars(given_away, title=title, ylabel="bits per scene")
plt.show()

# %% [markdown]
# *Left: rows in the order in which documents were chosen. Middle: documents shuffled within their row, as the package
# does. Right: each document alone.*
#
# When chapter 08 was first tried with the left kind of rows, the model's loss fell *below* the lowest possible one. That
# is how the leak was found. Shuffling removes most of it; what is left is that the lengths in a row add up. For long
# documents the effect is small against hundreds of bits. But whoever holds a loss against an exact floor must use one
# document per row.
#
# ## 13 Files
#
# Where do the rows go? Into the simplest file there is: one small integer after the other. A vocabulary of up to 65,536
# tokens fits into 2 bytes an id (`uint16`), which 32,000 tokens of LLaMA do. An index beside the files says what they are.

# %% tags=["nbval-check-output"]
from minillama.shards import TokenShards, write_shards

FOLDER = Path(tempfile.mkdtemp()) / "shards"
rows = pack_documents(MIXED, ROW, BOS)
shards = write_shards(
    FOLDER, rows, ROW, tokenizer.vocab_size, bos_id=BOS, eos_id=EOS,
    shard_tokens=100_000, about={"mixture": "Table 1, 1 to 5 million"},
)  # fmt: skip
for path in sorted(FOLDER.glob("*.bin")):
    print(path.name, f"{path.stat().st_size:,} bytes")
index = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
print({name: index[name] for name in ("dtype", "row_length", "vocab_size", "n_rows")})
print(index["shards"][0])
print(tokenizer.decode(shards.row(0)[:40].tolist()))

# %% [markdown]
# The files are **memory-mapped**: the operating system loads the part that is read, when it is read, and forgets it when
# memory is short. A corpus of a terabyte opens in a moment.
#
# Files break. A copy stops half-way, a disk is full, a bit flips. What then?

# %%
target = FOLDER / "shard-00001.bin"
whole = target.read_bytes()


def attempt(what: str, data: bytes) -> None:
    """Damage a shard, open the folder and read all of it."""
    target.write_bytes(data)
    try:
        TokenShards(FOLDER).verify()
        print(f"{what}: all is well")
    except ValueError as error:
        print(f"{what}: {str(error).replace(str(FOLDER), '...')}")
    target.write_bytes(whole)


attempt("untouched", whole)
attempt("cut off", whole[:-1000])
attempt("one bit flipped", whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])

# %% [markdown]
# A shard that was cut off is noticed at once, by its size. A flipped bit changes no size, so it needs `verify`, which reads
# everything and compares checksums (`sha256`). Without the index a model would silently train on noise.
#
# ## 14 Batches
#
# The loader reads rows in shuffled order. The obvious way, a shuffled list of all row numbers, has two faults. For a
# trillion rows it takes 8 terabytes. And to continue after a crash one must draw the same list again and remember the
# place in it.
#
# The package *computes* the order instead: a function that maps 0, 1, 2, ... to row numbers, hits every row exactly once,
# and depends on a key (a Feistel network, the device inside many ciphers).

# %%
from minillama.permutation import Permutation

_, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
for epoch, ax in enumerate(axes):
    order = Permutation(400, key=(1, epoch))(np.arange(400))
    ax.plot(order, ".", color=COLORS[0])
    ax.set(title=f"Epoch {epoch}", xlabel="place in the epoch")
axes[0].set_ylabel("number of the row")
plt.show()
print("each row once:", sorted(order) == list(range(400)))

# %% [markdown]
# *Every column and every line of a picture holds exactly one dot, in no visible pattern, and each epoch has another one.
# For ten billion rows the function takes no more memory than for ten.*

# %% tags=["nbval-check-output"]
from minillama.data import Loader

loader = Loader(shards, batch_size=8, seed=1)
tokens, targets = next(loader)
print("a batch:", tuple(tokens.shape), "rows", loader.row_numbers(0).tolist())
for _ in range(3):
    next(loader)
state = loader.state_dict()
print("state after 4 steps:", state)
resumed = Loader(shards, batch_size=8, seed=1)
resumed.load_state_dict(state)
same = bool((next(loader)[0] == next(resumed)[0]).all())
print("a loader that starts here reads the same:", same)

# %% [markdown]
# The whole state is a handful of numbers. A run that was killed goes on with exactly the batch that would have come next.
#
# The largest LLaMA was trained on 2,048 GPUs, each with a process of its own. How do they share the rows without talking to each other?
# With $n$ processes and $B$ rows each, step $s$ takes the rows number $snB$ to $(s+1)nB - 1$ of the shuffled order, and
# process $r$ takes the $r$-th part of them.

# %% tags=["nbval-check-output"]
three = [
    Loader(shards, batch_size=4, seed=1, rank=rank, n_ranks=3) for rank in range(3)
]
alone = Loader(shards, batch_size=12, seed=1)
for loader in three:
    print(f"process {loader.rank} reads", loader.row_numbers(0).tolist())
print("one alone reads ", alone.row_numbers(0).tolist())
careless = [Loader(shards, batch_size=4, seed=rank) for rank in range(3)]
for name, loaders in {"one seed": three, "a seed for each process": careless}.items():
    rows = [loader.row_numbers(step) for loader in loaders for step in range(20)]
    print(f"{name}: {len(set(np.concatenate(rows)))} different rows of 240")

# %% [markdown]
# Three processes read what one alone would, in parts. A common bug is to give every process a seed of its own. It looks
# reasonable, and no error shows. But the processes then read some rows twice and others not at all.
#
# ### Memory
#
# Documents are generated, packed and written as a stream, so nothing but a small waiting room is ever in memory. Is that
# so? Measure the largest amount that Python holds, for a corpus and for one four times as large.


# %%
def stream_of(n_documents: int) -> Iterator[list[int]]:
    """Documents that are made when they are asked for."""
    for number in range(n_documents):
        yield [BOS, *([100] * (60 + number * 37 % 300)), EOS]


def peak_megabytes(n_documents: int) -> float:
    """Largest memory while packing, writing and loading."""
    tracemalloc.start()
    rows = pack_documents(stream_of(n_documents), ROW, BOS, look_ahead=200)
    folder = FOLDER.parent / "big"
    written = write_shards(folder, rows, ROW, 2048, bos_id=BOS, eos_id=EOS)
    for _, _ in zip(range(50), Loader(written, batch_size=8, seed=0)):
        pass
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


for n_documents in (2000, 8000):
    n_tokens = sum(map(len, stream_of(n_documents)))
    print(f"{n_tokens:9,} tokens: {peak_megabytes(n_documents):.1f} MB at most")

# %% [markdown]
# Four times the corpus, the same memory. (The buffer for writing makes up most of it; yours will differ a little.)
#
# ## 15 What can go wrong
#
# These bugs are silent: the code runs, the files look fine, and the model is worse than it seems or than it could be.
#
# | mistake | what you see | the test that catches it |
# |---|---|---|
# | copies in training and validation | a validation loss too good to be true | count equal hashes and runs of 13 words (section 10) |
# | a judge trained on one kind of page | whole groups of writers vanish | read what was removed, by source (section 9) |
# | shares of documents taken for shares of tokens | too many books | count the tokens of each source (section 11) |
# | BOS as a target, or filling without `IGNORE` | a loss that is too low, or a model that writes filling | look at one batch, decoded |
# | a seed for each process | rows read twice, others never | count the rows of an epoch (section 14) |
# | `hash()` of a text in a split or a sampler | another split in every run | run it in two processes |
#
# The last row in action. Python's own `hash` of a text is salted anew in every process.

# %%
code = """
from minillama.cleaning.duplicates import text_hash
print(hash("a cat") % 10, text_hash("a cat") % 10)
"""
for salt in ("1", "2", "3"):
    environment = {**os.environ, "PYTHONHASHSEED": salt}
    call = [sys.executable, "-c", code]
    ran = subprocess.run(call, env=environment, capture_output=True, text=True)
    print("hash and text_hash, modulo 10:", ran.stdout.strip())

# %% [markdown]
# With `hash`, the page about a cat would be in training today and in validation tomorrow. After a few runs most validation
# pages have been trained on.
#
# ## 16 How much there is to know
#
# One thing is special about Alderbrook. Its documents are written by a program that makes random choices, one after the
# other: who appears, what happens, which word is used. The choices can be read back from the text, so each document
# carries an exact amount of **information**: the sum of $-\log_2 p$ over all its choices.

# %%
from minillama.world.documents import KINDS, parse

document = next(documents(seed=2, kinds=kind_menu({"web": 1})))
reading = parse(document)
for start, end, bits in reading.choices[:14]:
    print(f"{bits:5.2f} bits  {document.text[start:end]!r}")
print(f"... in all {document.bits:.0f} bits in {document.n_bytes} bytes")

# %% [markdown]
# Everything that is not on this list is *forced*: by grammar, by what stood before, or by the facts of the town. A reader
# who knows the town needs 0 bits for it. So nobody, human or model, can predict documents with fewer bits than they carry,
# on average. That is the **floor** of the loss.

# %%
floors, squeezed = {}, {}
for kind in KINDS:
    sample = list(islice(documents(seed=3, kinds=kind_menu({kind: 1})), 300))
    text = "\n".join(document.text for document in sample).encode()
    floors[kind] = sum(document.bits for document in sample) / len(text)
    squeezed[kind] = 8 * len(lzma.compress(text)) / len(text)
ax = plt.subplots(figsize=(8, 3))[1]
x = np.arange(7)
ax.bar(x - 0.2, squeezed.values(), 0.38, label="xz, 300 documents", color=COLORS[4])
ax.bar(x + 0.2, floors.values(), 0.38, label="floor", color=COLORS[0])
ax.set_xticks(x, KINDS)
ax.set(title="Information in the documents of the town", ylabel="bits per byte")
ax.legend()
plt.show()

# %% [markdown]
# *Blue: what the choices are worth. Yellow: what a good compressor needs for 300 documents of each kind. It finds repeated
# words, but does not know who is whose mother, and who owns the duck.*
#
# For real text nobody knows the floor, and a loss of 2 may be good or bad. Here it is known. In chapter 08 you train a
# model and watch how close it gets.
#
# ## 17 Summary
#
# - A model learns what it reads. LLaMA's recipe was public data: 82% of it web pages, filtered hard, and small, good
#   sources read more than once.
# - Filters: lines that stand everywhere, language by letters, rules of thumb, a trained judge, copies, near copies. Each
#   has a precision and a recall, and each bound is a choice. Read what you remove.
# - Equal minima of random hash functions estimate the share of common shingles. Bands turn that into a search.
# - Remove copies first, then divide into training and validation, by a hash of the text.
# - Share of the tokens times length of the run, divided by size, gives the epochs of a source.
# - Whole documents are packed into rows. BOS is never a target.
# - Rows lie in memory-mapped files with checksums. A loader whose order is computed can go on anywhere, in any number of
#   processes.

# %% tags=["nbval-ignore-output"]
board(chapter=7)

# %% [markdown]
# ## Test yourself
#
# <details><summary>1. A filter removes 200 pages, 150 of them spam. There are 300 spam pages. Precision and
# recall?</summary>
#
# 150 / 200 = 0.75 and 150 / 300 = 0.5.
# </details>
#
# <details><summary>2. A source has 5% of the tokens of a run of 2 trillion and 40 billion different tokens. How often is
# it read?</summary>
#
# 5% of 2,000 billion is 100 billion. 100 / 40 = 2.5 times.
# </details>
#
# <details><summary>3. Two texts have 90 shingles in common and 10 each of their own. What is J, and how many of 128 minima
# do you expect to be equal?</summary>
#
# 90 / 110 = 0.82, so about 105.
# </details>
#
# <details><summary>4. You double the rows of a band and keep the number of minima. Which pairs are found now?</summary>
#
# Fewer: the steep part of the curve moves to the right, so only more similar pairs are compared.
# </details>
#
# <details><summary>5. Why must copies be removed before the split, even if the split goes by hash?</summary>
#
# The hash brings *exact* copies to the same side. Near copies have another hash and land on both.
# </details>
#
# <details><summary>6. Why can a row be filled up with BOS at no cost?</summary>
#
# A BOS is never a target, so filling adds nothing to the loss, and no token is needed that exists for filling alone.
# </details>
#
# ## Further reading
#
# - Touvron et al., 2023, *LLaMA*, [arXiv:2302.13971](https://arxiv.org/abs/2302.13971): section 2.1 is this chapter.
# - Wenzek et al., 2020, *CCNet*, [arXiv:1911.00359](https://arxiv.org/abs/1911.00359): lines, languages and quality.
# - Raffel et al., 2020, *T5*, [arXiv:1910.10683](https://arxiv.org/abs/1910.10683), section 2.2: how C4 was cleaned.
# - Lee et al., 2021, *Deduplicating Training Data Makes Language Models Better*,
#   [arXiv:2107.06499](https://arxiv.org/abs/2107.06499).
# - Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3: MinHash and bands, free at
#   [mmds.org](http://www.mmds.org).
# - Dodge et al., 2021, *Documenting Large Webtext Corpora*, [arXiv:2104.08758](https://arxiv.org/abs/2104.08758): whom the
#   filters of C4 removed.
# - `minillama/cleaning/` and `minillama/data.py`: the same ideas, complete, for corpora larger than memory.
