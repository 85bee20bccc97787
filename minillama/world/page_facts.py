"""Sentences that state what is true of a person: forced words, with choices of how to say it and of a small event.

They speak of the person whom a template calls ``h``; ``about`` rewrites them for another letter.
"""

_WORK = (  # for an adult
    "{h.She} works at the {h.work} on {h.work.street}, where {PAST} {@EVENT}.",
    "{h.She} is {a h.trade} and makes {h.work.goods}, mostly for {TRAIT} {CROWD} and {a TRAIT} {OFFICIAL}.",
    "{h.She} came straight from the {h.work} with {h.hers} {h.work.tool} and {NUMBER} {QUALITY} {ODDS} in {a COLOR} bag.",
    "{h.Hers} place of work is the {h.work}, built in {h.work.built}, where {@EVENT} {PAST}.",
    "People know {h.her} as the {h.trade} from the {h.work}, {MOOD} {WHEN} and {MOOD} {WHEN}.",
    "As {a h.trade}, {h.she} {MADE/h.trade} {NUMBER} {QUALITY} {COLOR} {WARE/h.trade} {PAST}.",
    "At the {h.work}, {h.she} {MADE/h.trade} {NUMBER} {QUALITY} {WARE/h.trade} with {a TRAIT} {OFFICIAL} {PAST}.",
    "There was a {BAD} day at the {h.work} {PAST}: the {MACHINE/h.trade} stood still {UNTIL}, and {@EVENT}.",
    "Like every {h.trade}, {h.she} has {a h.work.tool}, but {PAST} it lay {ON} {a QUALITY} {COLOR} {FURNITURE}.",
)
_HOME = (
    "{h.She} lives on {h.street}, where {PAST} {@EVENT}.",
    "{h.Hers} home is on {h.street}, where the {TRAIT} {CROWD} were {MOOD} {PAST}, because {@EVENT}.",
    "On {h.street}, where {h.she} lives, {a BEAST} {WILD} slept {ON} {a QUALITY} {COLOR} {FURNITURE} {PAST}.",
    "Born in {h.village}, {h.she} now lives on {h.street}, between {a TRAIT} {OFFICIAL} and {NUMBER} {TRAIT} {CROWD}.",
    "{h.She} comes from {h.village} beside {h.village.beside}, and {PAST} {@EVENT} there.",
    "In {h.village}, where {h.she} was born, {a TRAIT} {OFFICIAL} asked {MANNER} about {h.her} {PAST}.",
    "The {h.family} family lives on {h.street} and was {MOOD} {PAST}, when {@EVENT}.",
    "From {h.hers} window on {h.street}, {h.she} saw {a QUALITY} {COLOR} {THING} {BY} the {ASPECT} {LANDMARK} {PAST}.",
)
_FREE = (
    "In {h.hers} free time {h.she} likes {h.hobby}, {GLAD} {WHEN} and {MOOD} {WHEN}.",
    "{h.Hers} great love is {h.hobby}, but {PAST} {a BEAST} {WILD} sat on {h.hers} {GEAR/h.hobby} {UNTIL}.",
    "When nobody needs {h.her}, {h.she} is [happiest|busy|usually found|secretly|always] {h.hobby}.",
    "{h.She} spent {SPAN} {h.hobby} {PAST}, while {@EVENT}.",
    "Nothing makes {h.her} so {GLAD} as {h.hobby}, not even {a QUALITY} {COLOR} {THING}.",
    "{h.She} likes {h.hobby}, but {PAST} the {GEAR/h.hobby} lay {ON} {a QUALITY} {COLOR} {FURNITURE}.",
)
_KIN = (  # for an adult
    "{h.Hers} {h.spouse.spouse_word} {h.spouse} is {a h.spouse.trade} and {MADE/h.spouse.trade} {NUMBER} {QUALITY} "
    "{WARE/h.spouse.trade} {PAST}.",
    "{h.She} and {h.hers} {h.spouse.spouse_word} {h.spouse} have two children, {h.elder} and {h.younger}, who were {MOOD} "
    "and {MOOD} {PAST}.",
    "{h.Hers} {h.elder.son} {h.elder} has {a h.elder.pet.color} {h.elder.pet.species} called {h.elder.pet}, which "
    "{ACT/h.elder.pet.species} {a QUALITY} {COLOR} {THING} {PAST}.",
    "{h.Hers} {h.younger.son} {h.younger} is {h.younger.years} years old and {FOUND} {NUMBER} {QUALITY} {ODDS} {PAST}.",
    "{h.Hers} {h.spouse.spouse_word} {h.spouse}, who likes {h.spouse.hobby}, was {MOOD} {WHEN} and {MOOD} {WHEN}.",
    "{h.Hers} {h.elder.son} {h.elder}, who likes {h.elder.hobby}, {CARRIED} {a QUALITY} {COLOR} {THING} home {PAST}.",
    "At home, {h.spouse} and the children {h.elder} and {h.younger} waited {UNTIL} with {TASTE} {DISH} and {DRINK}.",
)
_PARENTS = (  # for a child
    "{h.Hers} mother {h.mother} is {a h.mother.trade} and {MADE/h.mother.trade} {NUMBER} {QUALITY} {WARE/h.mother.trade} "
    "{PAST}.",
    "{h.Hers} father {h.father} is {a h.father.trade} and {MADE/h.father.trade} {NUMBER} {QUALITY} {WARE/h.father.trade} "
    "{PAST}.",
    "{h.Hers} father {h.father} works at the {h.father.work}, where {PAST} {@EVENT}.",
    "{h.Hers} mother {h.mother} works at the {h.mother.work}, where {PAST} {@EVENT}.",
    "{h.Hers} {h.sibling.brother} {h.sibling} likes {h.sibling.hobby}, {GLAD} {WHEN} and {MOOD} {WHEN}.",
    "{h.Hers} parents, {h.mother} and {h.father}, were {MOOD} {PAST}, when {h.she} {FOUND} {a QUALITY} {COLOR} {THING}.",
    "{h.She} is {h.years} years old, and {PAST} {h.hers} {h.sibling.brother} {h.sibling} gave {h.her} {NUMBER} {QUALITY} "
    "{ODDS}.",
)


def about(letter: str) -> dict[str, tuple[str, ...]]:
    """Return the rules for a person who is remembered under a letter.

    Example:
        >>> about("c")["HOME_c"][0]
        '{c.She} lives on {c.street}.'
    """
    facts = {"WORK": _WORK, "HOME": _HOME, "FREE": _FREE, "KIN": _KIN, "PARENTS": _PARENTS}
    return {
        f"{name}_{letter}": tuple(text.replace("{h.", "{%s." % letter).replace("/h.", f"/{letter}.").replace("{a h.", "{a %s." % letter) for text in texts) for name, texts in facts.items()
    }


RULES = {name: texts for letter in "hcso" for name, texts in about(letter).items()}
