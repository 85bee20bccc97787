"""Papers about what can be measured in the town: distances, ages, areas, what a workplace makes, prices."""

from typing import cast

from .choices import Pen
from .facts import NOW, TOWN, Person, Village, World
from .papers_words import HEAD
from .pattern import tell, text_of

Names = dict[str, object]
OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
MINUTES = {2: 30, 3: 20, 4: 15, 5: 12, 6: 10}  # to walk a kilometer, at so many kilometers an hour
HOUR = 60
# The three letters in the order in which the lemma takes them; a question about the ages and what it asks.
ORDERS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
AGE_QUESTIONS = (
    ("Question. How old are they together?\n", "sum"),
    ("Question. How old were the parents at the birth?\n", "gap"),
    ("Question. How old will they be after ", "later"),
)


def write_distance(pen: Pen, names: Names) -> None:
    """How far it is between two villages, by the directions in which they lie."""
    tell(pen, "<a:@villages>", names)
    tell(pen, " and <b:@villages-a>", names)
    names["town"] = TOWN
    tell(pen, HEAD, names)
    a, b = cast(Village, names["a"]), cast(Village, names["b"])
    tell(
        pen,
        "Definition. Let $<x:x|p|u|m|r>$ be the way from <town> to <a> and $<y:y|q|v|n|s>$ the way to <b>, "
        "in <kilometers|km>.\n"
        "<Data|Facts|Known|On the map>. <a> lies <a.kilometers> km to the <a.direction>, "
        "<b> <b.kilometers> km to the <b.direction>.\n",
        names,
    )
    x, y, first, second = a.kilometers, b.kilometers, names["x"], names["y"]
    if a.direction == b.direction:
        d = abs(x - y)
        tell(
            pen,
            "Lemma. On one straight road the way between them is the <larger|longer> less the <smaller|shorter>.\n",
            names,
        )
        pen.say(f"Proof. $d = |{first} - {second}| = {max(x, y)} - {min(x, y)} = {d}$.\n")
    elif b.direction == OPPOSITE[a.direction]:
        d = x + y
        tell(pen, "Lemma. The <town|market|bridge> lies between them, so the two ways <add up|are added>.\n", names)
        pen.say(f"Proof. $d = {first} + {second} = {x} + {y} = {d}$.\n")
    else:
        _right_angle(pen, names, x, y)
        return
    _walk(pen, names, d)


def _right_angle(pen: Pen, names: Names, x: int, y: int) -> None:
    square, root = x * x + y * y, 0
    while (root + 1) ** 2 <= square:
        root += 1
    first, second = names["x"], names["y"]
    tell(pen, "Lemma. The two roads <meet|stand> at a right angle, so <Pythagoras helps|squares are added>.\n", names)
    pen.say(f"Proof. $d^2 = {first}^2 + {second}^2 = {x}^2 + {y}^2 = {x * x} + {y * y} = {square}$.\n")
    if root * root == square:
        pen.say(f"As ${root}^2 = {square}$, $d = {root}$.\nResult. The villages are {root} km apart.")
        return
    pen.say(f"As ${root}^2 = {root**2} < {square} < {(root + 1) ** 2} = {root + 1}^2$, $d$ lies between the two.\n")
    tell(pen, "Result. The villages are ", names)
    pen.say(f"more than {root} and less than {root + 1} km apart.")


def _walk(pen: Pen, names: Names, d: int) -> None:
    tell(pen, "<Corollary|Use|Example>. Let <a walker|a goat|a child|a cart|a nurse|a smith|a poet> make ", names)
    speed = pen.pick(tuple(MINUTES), lambda speed: f"{speed} km an hour.\n")
    minutes = d * MINUTES[speed]
    pen.say(
        f"Then 1 km takes $60 / {speed} = {MINUTES[speed]}$ minutes, and ${d} \\cdot {MINUTES[speed]} = {minutes}$.\n"
    )
    pen.say(f"Result. As ${minutes} = {minutes // HOUR} \\cdot 60 + {minutes % HOUR}$, the way takes ")
    pen.say(f"{minutes // HOUR} h {minutes % HOUR} min.")


def write_ages(pen: Pen, names: Names) -> None:
    """The ages of a child and its parents, from the years in which they were born."""
    child = pen.pick(cast(World, names["world"]).children, text_of)
    names["a"] = child
    tell(pen, HEAD, names)
    mother, father = (cast(World, names["world"]).person(name) for name in child.kin)
    people: list[tuple[str, Person]] = [("x", child), ("y", mother), ("z", father)]
    born = ", ".join(f"{person.name} in {person.born}" for _, person in people)
    tell(pen, "<Data|Facts|Known|Given>. <Born were|The births are>: ", names)
    pen.say(f"{born}.\nDefinition. Let $x$, $y$ and $z$ be their ages in {NOW}.\n")
    order = pen.pick(ORDERS, lambda order: f"Lemma. ${people[order[0]][0]} = {NOW} - ")
    for i, place in enumerate(order):
        letter, person = people[place]
        pen.say(("" if i == 0 else f"${letter} = {NOW} - ") + f"{person.born} = {person.age}$")
        pen.say(", " if i < 2 else ".\n")
    ages = [person.age for _, person in people]
    pair = ages[0] + ages[1]
    question = pen.pick(AGE_QUESTIONS, lambda question: question[0])[1]
    if question == "sum":
        pen.say(f"Proof. $x + y = {ages[0]} + {ages[1]} = {pair}$ and ${pair} + {ages[2]} = {sum(ages)}$.\n")
        pen.say(f"Result. Together they are {sum(ages)} years old.")
    elif question == "gap":
        pen.say(f"Proof. $y - x = {ages[1]} - {ages[0]} = {ages[1] - ages[0]}$, ")
        pen.say(f"$z - x = {ages[2]} - {ages[0]} = {ages[2] - ages[0]}$.\n")
        pen.say(f"Result. {mother.name} was {ages[1] - ages[0]} and {father.name} {ages[2] - ages[0]} years old.")
    else:
        years = pen.pick(tuple(range(2, 20)), lambda years: f"{years} years?\n")
        pen.say(f"Proof. $x + {years} = {ages[0]} + {years} = {ages[0] + years}$, ")
        pen.say(f"$y + {years} = {ages[1] + years}$, $z + {years} = {ages[2] + years}$.\n")
        pen.say(f"Result. {child.name} will be {ages[0] + years}.")


def write_area(pen: Pen, names: Names) -> None:
    """A field without a pond: areas, a fence, and what grows there."""
    tell(pen, "<a:field|garden|meadow|park|yard|lawn|vineyard|farm> with a ", names)
    tell(pen, "<b:pond|well|barn|shed|hut|pool|tower|stable>", names)
    tell(pen, HEAD, names)
    tell(pen, "Definition. The <a> of <o:@adults> <o.family> on <o.street> is <w:@sides> meters long and ", names)
    tell(pen, "<h:@sides> wide; the <b> <inside|in it|within> measures <c:@few> by <d:@few>.\n", names)
    tell(
        pen,
        "Lemma. Each square meter <bears|gives|yields> <e:@few> <t:@crops>, <but none in|except in> the <b>.\n",
        names,
    )
    w, h, c, d, e = (int(str(names[key])) for key in "whcde")
    left = w * h - c * d
    pen.say(f"Proof. $A = {w} \\cdot {h} = {w * h}$ and $B = {c} \\cdot {d} = {c * d}$, ")
    pen.say(f"so $A - B = {w * h} - {c * d} = {left}$.\n")
    pen.say(f"The fence is $2 \\cdot ({w} + {h}) = 2 \\cdot {w + h} = {2 * (w + h)}$ meters long.\n")
    pen.say(f"Result. The {names['a']} has ${e} \\cdot {left} = {e * left}$ {names['t']}.")
