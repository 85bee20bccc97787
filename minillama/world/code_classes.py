"""Small classes with a state, and the steps of a test that uses them."""

from dataclasses import dataclass

from .pattern import Pattern


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A class under one of its names.

    Args:
        start: how its source begins.
        pattern: the rest; it remembers two methods with one number as ``add`` and ``take``, the state as ``v``.
    """

    start: str
    pattern: Pattern


def _kinds(names: str, source: str) -> list[Kind]:
    pattern = Pattern(source)
    return [Kind(start=f"class {name}:", pattern=pattern) for name in names.split()]


CLASSES = [
    *_kinds("Shelf Barrel Cellar Basket Wagon Crate", '''
    """<Holds|Keeps|Has room for> <most:@two30> <v:jars|apples|bottles|eggs|boxes|books|loaves> at <most|the most>."""

    def __init__(self):
        self.<v> = <k:@to9>

    def <add:add|put|fill|load|store>(self, <n:n|more|count|new>):
        self.<v> = min(<most>, self.<v> + <n>)

    def <take:take|remove|sell|unload|use>(self, <m:n|some|count|few>):
        self.<v> = max(0, self.<v> - <m>)'''),
    *_kinds("Purse Account Cashbox Till Pocket", '''
    """<Counts|Keeps|Holds> <v:coins|money|cents|balance>, <and|but> <never lends any|gives only what it has>."""

    def __init__(self):
        self.<v> = <k:@to20>

    def <add:earn|put_in|pay_in|get>(self, <n:n|more|wage|amount>):
        self.<v> += <n>

    def <take:pay|spend|give|take_out>(self, <m:n|price|amount|cost>):
        if <m> <= self.<v>:
            self.<v> -= <m>'''),
    *_kinds("Clock Dial Wheel Tower", '''
    """<Shows|Tells> <v:hours|hour|marks|position>; <most:@two30> make a <round|turn|lap|circle>."""

    def __init__(self):
        self.<v> = 0

    def <add:turn|wind|tick|forward>(self, <n:n|steps|by|ticks>):
        self.<v> = (self.<v> + <n>) % <most>

    def <take:back|rewind|unwind|turn_back>(self, <m:n|steps|by|ticks>):
        self.<v> = (self.<v> - <m>) % <most>'''),
    *_kinds("Bus Train Ferry Boat Cart", '''
    """<Carries|Takes> <v:people|guests|riders|children|goats|sheep>, <at most|up to> <most:@two30>."""

    def __init__(self):
        self.<v> = 0

    def <add:board|enter|get_in|pick_up>(self, <n:n|waiting|group|more>):
        self.<v> += min(<n>, <most> - self.<v>)

    def <take:leave|exit|get_out|drop>(self, <m:n|group|some|off>):
        self.<v> -= min(<m>, self.<v>)'''),
]  # fmt: skip
