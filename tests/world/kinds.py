"""What the tests of every kind share: documents, and the slips that no text may have."""

import re
from functools import lru_cache
from random import Random

from minillama.world.choices import DrawingPen, read
from minillama.world.proof import AuditingPen
from minillama.world.town import build_world

N_DOCUMENTS = 300
SLIPS = {
    "a before a vowel": re.compile(r"\ba (?=[aeiou])(?!one\b|use)"),
    "an before a consonant": re.compile(r"\ban (?![aeiou]|honest|hour)[a-z]|\ban use"),
    "two full stops": re.compile(r"(?<!\.)\.\.(?!\.)"),
    "a space before a stop": re.compile(r" [.,;?!]"),
    "a trailing space": re.compile(r" $", re.MULTILINE),
}


@lru_cache(maxsize=8)
def drawn(write) -> tuple[tuple[str, float], ...]:
    """Texts and bits of a writer's first documents."""
    documents = []
    for number in range(N_DOCUMENTS):
        pen = DrawingPen(Random(f"test {number}"))
        write(pen, build_world())
        documents.append((pen.text(), pen.bits))
    return tuple(documents)


def texts(write) -> list[str]:
    """Texts of a writer's first documents."""
    return [text for text, _ in drawn(write)]


def check_reading(write) -> None:
    """A reader recovers the bits of every document."""
    for text, bits in drawn(write):
        pen = read(lambda pen: write(pen, build_world()), text)
        assert abs(pen.bits - bits) < 1e-6, text


def check_audit(write) -> None:
    """At every choice the options can be told apart."""
    for number in range(N_DOCUMENTS):
        write(AuditingPen(Random(f"audit {number}")), build_world())


def check_names(write) -> None:
    """Nobody is named of whom no document may speak."""
    strangers = "|".join(person.name for person in build_world().strangers)
    families = "|".join({person.family for person in build_world().strangers})
    for text in texts(write):
        found = re.findall(rf"\b({strangers}|{families})\b", text)
        assert not found, (found, text)


def slips(text: str) -> list[str]:
    """Slips of grammar and typing in a text without code."""
    return [f"{name}: {match.group()!r}" for name, slip in SLIPS.items() for match in slip.finditer(text)]


def repeated(sentences: list[str]) -> set[str]:
    """Sentences that stand in the list twice."""
    return {sentence for sentence in sentences if sentences.count(sentence) > 1}
