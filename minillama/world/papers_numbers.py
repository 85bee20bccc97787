"""Papers about numbers: output, averages, remainders, common divisors, fractions, series, primes, prices."""

from math import gcd
from typing import cast

from .choices import Pen
from .common_words import DAYS
from .papers_words import HEAD
from .pattern import tell

Names = dict[str, object]
MOST_READINGS = 6
PRIMES = (2, 3, 5, 7)


def _numbers(names: Names, keys: str) -> list[int]:
    return [cast(int, names[key]) for key in keys.split()]


def write_yield(pen: Pen, names: Names) -> None:
    """What a workplace makes in some days, and how it is shared out."""
    tell(pen, "<w:@workplaces> on <w.street>", names)
    tell(pen, HEAD, names)
    tell(pen, "<Data|Facts|Known>. The <w> makes <w.goods>: ", names)
    tell(pen, "<a:@few> <box:crates|loads|lots|carts> an hour, <h:@hours> hours a day, on <d:@few> days.\n", names)
    tell(pen, "<Of these|Later> <k:@to20> <box> are <lost|broken|stolen|given away|sent back|kept>. ", names)
    tell(pen, "The rest goes to <m:@small> <shops|schools|families|ships|inns|farms|villages|stalls>.\n", names)
    a, h, d, k, m = _numbers(names, "a h d k m")
    made = a * h * d
    if made < k:
        k = made
    q, r = divmod(made - k, m)
    pen.say(f"Proof. $N = {a} \\cdot {h} \\cdot {d} = {a * h} \\cdot {d} = {made}$.\n")
    pen.say(f"$R = {made} - {k} = {made - k}$.\n")
    pen.say(f"${made - k} = {m} \\cdot {q} + {r}$.\n" if r else f"${made - k} = {m} \\cdot {q}$.\n")
    left = f"and {r} left over" if r else "and nothing left over"
    pen.say(f"Result. {q} {names['box']} for each, {left}.")


def write_average(pen: Pen, names: Names) -> None:
    """The average of a few counts, as a mixed number."""
    tell(pen, "<@things> <@verbs> a day", names)
    tell(pen, HEAD, names)
    tell(pen, "<Data|Counts|Readings|Table>. ", names)
    counts: list[int] = []
    for day in DAYS[:MOST_READINGS]:
        if len(counts) >= 2:
            more = pen.pick((True, False), lambda more, day=day: f", {day}: " if more else ".\n")
            if not more:
                break
        else:
            pen.say(f"{day}: " if not counts else f", {day}: ")
        tell(pen, "<n:@to40> (<@weather>)", names)
        counts.append(cast(int, names["n"]))
    else:
        pen.say(".\n")
    n = len(counts)
    letter = pen.pick(
        ("a", "m", "s", "v"), lambda letter: f"Definition. The average ${letter}$ is the sum by the number.\n"
    )
    total = counts[0]
    pen.say("Proof. ")
    steps = []
    for count in counts[1:]:
        steps.append(f"${total} + {count} = {total + count}$")
        total += count
    pen.say(", ".join(steps) + f", and ${total} / {n}")
    q, r = divmod(total, n)
    if r == 0:
        pen.say(f" = {q}$.\nResult. ${letter} = {q}$.")
        return
    pen.say(f"$ is {q} with {r} over.\nResult. ${letter} = {q} + {_fraction(r, n)}$.")


def _fraction(top: int, bottom: int) -> str:
    """In lowest terms."""
    shared = gcd(top, bottom)
    return str(top // bottom) if shared == bottom else f"\\frac{{{top // shared}}}{{{bottom // shared}}}"


def write_weekday(pen: Pen, names: Names) -> None:
    """Which day of the week comes after a number of days."""
    tell(pen, "<calendars|weekdays|waiting|remainders by seven|market days|long weeks>", names)
    tell(pen, HEAD, names)
    tell(
        pen,
        "<Given|Suppose|Let it be so>. <We begin on|Two friends begin on> <d:@days> and wait <n:@to99> days ",
        names,
    )
    tell(pen, "for <@things>.\nLemma. <Seven days change nothing|After seven days all is as before>.\n", names)
    n, start = cast(int, names["n"]), DAYS.index(str(names["d"]))
    pen.say(f"Proof. ${n} = 7 \\cdot {n // 7} + {n % 7}$, so ${n} \\equiv {n % 7} \\pmod 7$.\n")
    walk = [DAYS[(start + i) % 7] for i in range(n % 7 + 1)]
    pen.say("Result. " + (", ".join(walk) if len(walk) > 1 else f"{walk[0]} again") + ".")


def write_divisor(pen: Pen, names: Names) -> None:
    """The greatest common divisor by the method of Euclid."""
    tell(pen, "<common divisors|tiles for a floor|equal heaps|Euclid|the same measure|square cakes>", names)
    tell(pen, HEAD, names)
    tell(
        pen,
        "<Problem|Task|Question>. <a:@to99> <x:@things> and <b:@to99> <@things-x> go into equal <heaps|boxes|rows>.\n",
        names,
    )
    tell(
        pen, "Lemma. <A|Every> common divisor of $x$ and $y$ divides <the remainder|what is left> too.\nProof. ", names
    )
    x, y = sorted(_numbers(names, "a b"), reverse=True)
    while y:
        pen.say(f"${x} = {x // y} \\cdot {y} + {x % y}$" + (", " if x % y else ".\n"))
        x, y = y, x % y
    a, b = _numbers(names, "a b")
    pen.say(f"Result. $\\gcd({a}, {b}) = {x}$, as ${a} = {x} \\cdot {a // x}$ and ${b} = {x} \\cdot {b // x}$.")


def write_fractions(pen: Pen, names: Names) -> None:
    """The sum of two parts of a whole."""
    tell(pen, "<parts of a harvest|two shares|fractions|an inheritance|halves and thirds|a divided cake>", names)
    tell(pen, HEAD, names)
    tell(pen, "<Given|Data|Known>. <u:@adults>, <u.work.trade>, <takes|gets|owns|brings> ", names)
    tops, bottoms = tuple(range(1, 6)), tuple(range(2, 13))
    a = pen.pick(tops, lambda n: f"$\\frac{{{n}}}{{")
    b = pen.pick(bottoms, lambda n: f"{n}}}$ of the ")
    tell(pen, "<@things>, <v:@adults-u>, <v.work.trade>, ", names)
    c = pen.pick(tops, lambda n: f"$\\frac{{{n}}}{{")
    d = pen.pick(bottoms, lambda n: f"{n}}}$")
    tell(pen, "<| as agreed| of the same| by law| at least>.\n", names)
    tell(pen, "Lemma. <Parts|Fractions> are <added|summed> over a common <bottom|denominator>.\n", names)
    low = b * d // gcd(b, d)
    p, q = a * (low // b), c * (low // d)
    pen.say(f"Proof. $\\frac{{{a}}}{{{b}}} + \\frac{{{c}}}{{{d}}} = ")
    pen.say(f"\\frac{{{p}}}{{{low}}} + \\frac{{{q}}}{{{low}}} = \\frac{{{p + q}}}{{{low}}}$.\n")
    compared = "more than" if p + q > low else "less than" if p + q < low else "just"
    lowest = f"The sum is ${_fraction(p + q, low)}$, " if gcd(p + q, low) > 1 else "It is "
    pen.say(f"Result. {lowest}{compared} the whole.")


def write_series(pen: Pen, names: Names) -> None:
    """The sum of a row of numbers with equal steps, by pairs."""
    tell(pen, "<rows of|stairs of|heaps of|a wall of|towers of> <t:@things>", names)
    tell(pen, HEAD, names)
    tell(
        pen,
        "Definition. The first <row|layer|line> has <a:@to20> <t>, each <next|further> one <s:@small> more; ",
        names,
    )
    tell(
        pen, "there are <n:@small>.\nLemma. First and last <make|give> the same as <any|each> pair in between.\n", names
    )
    a, s, n = _numbers(names, "a s n")
    last = a + s * (n - 1)
    pen.say(f"Proof. The last has ${a} + {n - 1} \\cdot {s} = {last}$. First and last: ${a} + {last} = {a + last}$.\n")
    pen.say(f"Twice the sum is ${n} \\cdot {a + last} = {n * (a + last)}$.\n")
    pen.say(f"Result. ${n * (a + last)} / 2 = {n * (a + last) // 2}$ {names['t']} in all.")


def write_prime(pen: Pen, names: Names) -> None:
    """Whether a number below 100 is prime, by trial."""
    tell(pen, "<primes|indivisible numbers|rows that fail|lonely numbers|a sieve>", names)
    tell(pen, HEAD, names)
    tell(
        pen, "<Problem|Task|Question>. Can <n:@to99> <t:@things> stand in <equal|full> rows<| of two or more>?\n", names
    )
    tell(
        pen,
        "Lemma. We <need only|have only to> try primes <whose squares are not larger|up to the root>.\nProof. ",
        names,
    )
    n = cast(int, names["n"])
    for prime in PRIMES:
        if prime * prime > n:
            break
        pen.say(f"${n} = {prime} \\cdot {n // prime}" + (f" + {n % prime}$. " if n % prime else "$.\n"))
        if n % prime == 0:
            pen.say(f"Result. Yes, in {prime} rows of {n // prime}.")
            return
    pen.say(f"No other prime has a square up to {n}.\nResult. No, {n} is prime.")


def write_prices(pen: Pen, names: Names) -> None:
    """What two kinds of goods cost together, and the change."""
    tell(pen, "the price of <x:@things> and <y:@things-x>", names)
    tell(pen, HEAD, names)
    tell(
        pen,
        "<Given|Data|Known>. <u:@adults> of <u.street> <buys|orders|takes> <a:@to20> <x> "
        "at <p:@small> <c:coins|cents> ",
        names,
    )
    tell(pen, "and <b:@to20> <y> at <q:@small>.\nDefinition. Let $T$ be the <total|bill|sum> in <c>.\n", names)
    a, p, b, q = _numbers(names, "a p b q")
    total = a * p + b * q
    pen.say(f"Proof. $T = {a} \\cdot {p} + {b} \\cdot {q} = {a * p} + {b * q} = {total}$.\n")
    if a * p == b * q:
        pen.say("Both kinds cost the same.\n")
    else:
        more, less = max(a * p, b * q), min(a * p, b * q)
        dear = names["x"] if a * p > b * q else names["y"]
        pen.say(f"The {dear} cost ${more} - {less} = {more - less}$ {names['c']} more.\n")
    pen.say(f"Result. {total} {names['c']}; from {100 * (total // 100 + 1)}, ")
    pen.say(f"${100 * (total // 100 + 1)} - {total} = {100 * (total // 100 + 1) - total}$ come back.")
