"""More choices in the templates of stories: synonyms for common words, and adjectives for chosen nouns."""

import re

# Nouns that get an adjective, wherever they are chosen.
DESCRIBED = {"PASSER": "MANNER", "CRITTER": "SORT", "CRITTERS": "SORT", "BITS": "KIND", "TREAT": "TASTE"}
# Words of templates that are replaced by a choice, wherever they stand after the beginning of a template.
SYNONYMS = {
    r"at once": "at once|right away|immediately|without delay",
    r"laughed": "laughed|chuckled|giggled|grinned",
    r"looked at": "looked at|stared at|gazed at|studied",
    r"beside (?!\{h.mother)": "beside |next to |near |behind |in front of ",
    r"nobody": "nobody|no one",
    r"because": "because|since",
    r"felt(?= \{)": "felt|was|looked|seemed",
    r"put(?= (it|them|the \{)\b)": "put|laid|placed|set",
    r"took(?= the (plane|blowpipe|awl|loupe|spade|net))": "took|grabbed|fetched|picked up",
    r"wanted to": "wanted to|hoped to|meant to",
    r"(?<!no )small": "small|tiny|little",
    r"full of": "full of|filled with",
    r"every(?= \{DAY)": "every|each",
    r"(?<!long )(?<!A )saw": "saw|spotted|noticed",
    r"shared": "shared|ate|enjoyed",
    r"listened": "listened|nodded|waited",
    r"came back": "came back|returned",
    r"always": "always|usually|often",
    r"hit": "hit|struck|touched",
    r"ran": "ran|rushed|dashed|raced",
    r"pulled": "pulled|tugged",
    r"pointed": "pointed|nodded",
    r"quiet": "quiet|silent|still",
    r"broke": "broke|snapped|cracked",
}
_SYNONYM = re.compile(r"\b(?:" + "|".join(SYNONYMS) + r")(?!\w)")
_SYNONYMS = [(re.compile(word), ways) for word, ways in SYNONYMS.items()]
_NOUN = re.compile(
    r"\{(?P<name>[a-z]=)?(?P<article>\^?a |\^)?(?P<noun>"
    + "|".join(DESCRIBED)
    + r")(?P<rest>-[a-z])?\}(?! in \{a WOOL)(?!')"
)
UNCHANGED = 20  # characters at the beginning of a template, where a reader must tell it from the others


def varied(template: str) -> str:
    """Replace words that have synonyms by a choice between them, except at the beginning and inside of choices.

    Nouns that somebody chooses get an adjective, which takes over the article.

    Example:
        >>> varied("They [sat and|stood and] came back at once.")
        'They [sat and|stood and] [came back|returned] [at once|right away|immediately|without delay].'
    """
    template = _NOUN.sub(_described, template)
    parts, start = [], 0
    for found in _SYNONYM.finditer(template):
        before = template[: found.start()]
        if found.start() > UNCHANGED and not _inside(before, "[", "]") and not _inside(before, "{", "}"):
            parts += [template[start : found.start()], _options(template, found)]
            start = found.end()
    return "".join(parts) + template[start:]


def _inside(before: str, opening: str, closing: str) -> bool:
    return before.count(opening) > before.count(closing)


def _options(template: str, found: re.Match) -> str:
    options = next(ways for word, ways in _SYNONYMS if word.match(template, found.start()))
    return f"[{options}]"


def _described(found: re.Match) -> str:
    """An adjective, which takes over the article, before a noun that somebody chooses."""
    name, article, noun, rest = (part or "" for part in found.group("name", "article", "noun", "rest"))
    return "{" + article + DESCRIBED[noun] + "} {" + name + noun + rest + "}"
