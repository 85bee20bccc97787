"""The first answer is the best and is right; what other answers get wrong is corrected at once."""

import re

from minillama.world.questions import write_question
from minillama.world.town import build_world

from .kinds import check_audit, check_names, check_reading, drawn, repeated, slips, texts

WORLD = build_world()
ANSWER = re.compile(r"^A \((-?\d+) points?, (\w+)\): (.*)$", re.MULTILINE)


def parts(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The title, and score and text of each answer."""
    return text.splitlines()[0][3:], [(int(score), answer) for score, _, answer in ANSWER.findall(text)]


def truths(title: str) -> list[str]:
    """What the best answer to a title must contain, found in the world without the writer; any of them will do."""
    name = title.removesuffix(" live?").removesuffix(" at work?").removesuffix(" like to do?").rstrip("?")
    first = name.split()[-2] if len(name.split()) > 1 else ""
    who = next((person for person in WORLD.people if person.name == first), None)
    places = {work.place: work for work in WORLD.workplaces}
    last = title.split(" the ")[-1].rstrip("?")
    village = next((village for village in WORLD.villages if village.name in title), None)
    looks = {
        "Where does": lambda: [who.street],
        "What is the trade": lambda: [who.work.trade],
        "Where can I meet": lambda: [who.work.place],
        "What does": lambda: [who.hobby],
        "What animal": lambda: [who.pet.species],
        "What is the name of the animal": lambda: [who.pet.name],
        "Who is married": lambda: [who.kin[0]],
        "Who is the mother": lambda: [who.kin[0]],
        "From which village": lambda: [who.village.name],
        "On which street": lambda: [places[last].street],
        "What do they make": lambda: [places[last].goods],
        "How far": lambda: [f" {village.kilometers} km"],
        "What is special": lambda: [village.known_for],
    }
    start = max((start for start in looks if title.startswith(start)), key=len, default=None)
    return looks[start]() if start else []


def test_the_best_answer_is_right() -> None:
    n_checked = 0
    for text in texts(write_question):
        title, answers = parts(text)
        wanted = truths(title)
        n_checked += len(wanted)
        assert not wanted or any(word in answers[0][1] for word in wanted), text
    assert n_checked > 150


def test_sums_are_right() -> None:
    n_checked = 0
    for text in texts(write_question):
        title, answers = parts(text)
        if match := re.search(r"are (\d+) \w+ of (\d+) \w+ and (\d+) more", title):
            a, b, c = map(int, match.groups())
            result = a * b + c
        elif match := re.search(r"left of (\d+) \w+ for (\d+)", title):
            result = int(match.group(1)) % int(match.group(2))
        elif match := re.search(r"what does (.+) give", title):
            result = eval(match.group(1))  # sum, max, min or len of a list of numbers
        else:
            continue
        n_checked += 1
        assert re.search(rf"\b{result}\b", answers[0][1]), text
        for a, b, c in re.findall(r"(\d+) times (\d+) is (\d+)", text):
            assert int(a) * int(b) == int(c)
        for guess in re.findall(r"(?:would say|Maybe|guess:|remember,|Surely|was once) (\d+)", text):
            assert int(guess) != result
    assert n_checked > 30


def test_scores_fall_and_there_are_two_to_four_answers() -> None:
    for text in texts(write_question):
        scores = [score for score, _ in parts(text)[1]]
        assert 2 <= len(scores) <= 4
        assert all(first > second for first, second in zip(scores, scores[1:], strict=False)), text


def test_every_guess_is_corrected() -> None:
    guess = re.compile(r"\): (I would say|Maybe|My guess|As far as|Surely|It was once)")
    n_guesses = 0
    for text in texts(write_question):
        lines = text.splitlines()
        for i, line in enumerate(lines):
            if guess.search(line):
                n_guesses += 1
                assert lines[i + 1].startswith("- "), text
    assert n_guesses > 100


def test_half_answers_are_true() -> None:
    n_checked = 0
    for text in texts(write_question):
        title, _ = parts(text)
        who = next((person for person in WORLD.people if person.full_name in title), None)
        if who is None:
            continue
        for pattern, truth in (
            (r"where (she|he) lives, on (.+)\.", who.street), (r"but (she|he) likes (.+)\.", who.hobby),
            (r"(she|he) was born in (\d+)", str(who.born)),
        ):  # fmt: skip
            for found in re.findall(pattern, text):
                assert found == (who.she, truth)
                n_checked += 1
    assert n_checked > 20


def test_reading_recovers_the_bits_and_options_are_distinct() -> None:
    check_reading(write_question)
    check_audit(write_question)


def test_questions_are_well_written() -> None:
    for text in texts(write_question):
        assert not slips(text), (slips(text), text)
        assert not repeated(re.findall(r"(?:^|(?<=: )|(?<=\. ))[A-Z][^.?\n]{12,}[.?]", text, re.MULTILINE)), text
        assert 180 <= len(text) <= 1000


def test_no_strangers() -> None:
    check_names(write_question)


def test_information_stays_near_the_measured_figure() -> None:
    bits, size = (sum(values) for values in zip(*((b, len(t)) for t, b in drawn(write_question)), strict=True))
    assert 0.27 < bits / size < 0.33
