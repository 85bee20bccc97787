"""Tables of the town: prices, or facts such as who lives on which street, each with a function that reads it."""

from collections.abc import Callable
from dataclasses import dataclass

from .choices import Pen
from .code_arguments import source_of
from .code_words import GOODS
from .facts import NOW, Person, Village, World
from .pattern import Pattern


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """A dictionary and the functions that read it.

    Args:
        start: how its source begins.
        keys: what the keys are chosen from: "people", "villages" or "goods".
        value: a key to its value; None if the value is chosen.
        functions: a name of each to the kinds of its arguments and its pattern.
    """

    start: str
    keys: str
    value: Callable | None
    functions: tuple[tuple[str, str, Pattern], ...]

    @property
    def people(self) -> bool:
        """Whether the keys are people."""
        return self.keys not in ("goods", "villages")


def _function(arguments: str, names: str, source: str) -> list[tuple[str, str, Pattern]]:
    return [(f"\n\n\ndef {name}(", arguments, Pattern(source)) for name in names.split()]


def _lookup(names: str, what: str, table: str, keys: str = "name|who|person|one") -> list[tuple[str, str, Pattern]]:
    lower = what[0].lower() + what[1:]
    return _function("key", names, f'''<x:{keys}>):
    """<{what}|Look up {lower}>, or <nothing|None> if it is not <known|in the table|written down|on the list>."""
    return {table}.get(<x>)''')  # fmt: skip


def _where(names: str, what: str, table: str) -> list[tuple[str, str, Pattern]]:
    return _function("value", names, f'''<y:value|this|place|wanted|asked>):
    """<List|Return|Find> {what}."""
    return [<x:name|who|key|one|k> for <x> in {table} if {table}[<x>] == <y>]''')  # fmt: skip


TABLES = (
    Table(start="STREETS = {", keys="people", value=lambda person: person.street, functions=(
        *_lookup("street_of home_of address", "The street of a person", "STREETS"),
        *_where("who_lives_on on_street neighbors", "everyone on a street", "STREETS"),
    )),
    Table(start="TRADES = {", keys="adults", value=lambda person: person.work.trade, functions=(
        *_lookup("trade_of work_of job", "The trade of a person", "TRADES"),
        *_where("who_is all_who_are workers", "everyone of a trade", "TRADES"),
    )),
    Table(start="HOBBIES = {", keys="people", value=lambda person: person.hobby, functions=(
        *_lookup("hobby_of joy_of sunday_of", "The hobby of a person", "HOBBIES"),
        *_where("who_likes friends_of fans", "everyone with a hobby", "HOBBIES"),
    )),
    Table(start="PETS = {", keys="owners", value=lambda person: person.pet.species, functions=(
        *_lookup("pet_of animal_of", "The animal of a child", "PETS"),
        *_where("who_has owners_of keepers", "every child with such an animal", "PETS"),
    )),
    Table(start="BORN = {", keys="people", value=lambda person: person.born, functions=(
        *_lookup("birth_year year_of", "The year in which a person was born", "BORN"),
        *_function("known", "age_of years age_now", f'''<x:name|who|person|one>):
    """How <old|many years old> a person is <in {NOW}|this year, {NOW}|at the end of {NOW}>."""
    return {NOW} - BORN[<x>]'''),
    )),
    Table(start="KILOMETERS = {", keys="villages", value=lambda village: village.kilometers, functions=(
        *_lookup("distance_to how_far way_to", "The way to a village", "KILOMETERS", "name|village|place|goal"),
        *_function("known", "there_and_back round_trip", '''<x:village|name|place|goal>):
    """<Kilometers|How far it is> to a village and <back|home again>."""
    return 2 * KILOMETERS[<x>]'''),
        *_function("n30", "within near close_by reach", '''<k:most|limit|far|walk>):
    """<List|Return|Find> the villages <that are at most so far|not farther than this> from <town|here|Alderbrook>."""
    return [<x:name|village|v|one> for <x> in KILOMETERS if KILOMETERS[<x>] <= <k>]'''),
    )),
    Table(start="PRICES = {", keys="goods", value=None, functions=(
        *_lookup("price_of look_up cost_of", "The price of something", "PRICES", "name|goods|item|what"),
        *_function("known n30", "several many_of bulk", '''<x:name|goods|item|what>, <n:n|count|times>):
    """<What|How much> <n> of <something|one thing|the same> cost, <less|minus> a <rebate|discount> of <k:@to9>."""
    return max(0, <n> * PRICES[<x>] - <k>)'''),
        *_function("n30", "affordable cheap fits", '''<k:coins|purse|money|most>):
    """<List|Return|Find> what <k> can <buy|pay for>."""
    return [<x:name|thing|item|one> for <x> in PRICES if PRICES[<x>] <= <k>]'''),
    )),
    Table(start="STOCK = {", keys="goods", value=None, functions=(
        *_lookup("in_stock left_of pieces", "How many there are", "STOCK", "name|goods|item|what"),
        *_function("n30", "running_out scarce to_order", '''<k:limit|least|wanted|low>):
    """<List|Return|Find> what there are fewer of than <k>."""
    return [<x:name|thing|item|one> for <x> in STOCK if STOCK[<x>] < <k>]'''),
        *_function("known n30", "after_sale rest_of remains", '''<x:name|goods|item|what>, <n:n|sold|gone>):
    """What is left <when|after> <n> are <gone|sold|broken|taken>, but never less than 0."""
    return max(0, STOCK[<x>] - <n>)'''),
    )),
)  # fmt: skip


def keys_of(table: Table, world: World) -> tuple:
    """Return what the keys of a table are chosen from."""
    return GOODS if table.keys == "goods" else getattr(world, table.keys)


def write_table(pen: Pen, table: Table, keys: tuple, numbers: tuple[int, ...]) -> tuple[dict, str]:
    """Write the entries of a table of which the start is written.

    Args:
        pen: what to write with.
        table: which one.
        keys: people, villages or words.
        numbers: what chosen values are chosen from.

    Returns:
        The dictionary and its source.
    """
    entries: dict[str, object] = {}
    lines = [table.start]
    while len(entries) < 3 or (len(entries) < 8 and pen.pick(_ENDS, lambda more: more) == "\n    "):
        if len(entries) < 3:
            pen.say("\n    ")
        key = pen.pick([key for key in keys if _name(key) not in entries], lambda key: f'"{_name(key)}": ')
        if table.value is None:
            value = pen.pick(numbers, lambda value: f"{value},")
        else:
            value = table.value(key)
            pen.say(f"{source_of(value)},")
        entries[_name(key)] = value
        lines.append(f"    {source_of(_name(key))}: {source_of(value)},")
    if len(entries) == 8:
        pen.say("\n}")
    return entries, "\n".join([*lines, "}"])


_ENDS = ("\n    ", "\n}")


def _name(key: Person | Village | str) -> str:
    return key if isinstance(key, str) else key.name
