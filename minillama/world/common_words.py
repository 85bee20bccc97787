"""Words that code, papers and questions share, and how a list of words is written in one string."""


def split(words: str) -> tuple[str, ...]:
    """Return the words of a list, set apart by commas, or by spaces where it has no comma.

    Example:
        >>> split("tea,cold milk"), split("tea milk")
        (('tea', 'cold milk'), ('tea', 'milk'))
    """
    return tuple(words.split("," if "," in words else None))


DAYS = split("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = split("January February March April May June July August September October November December")
DATES = tuple(range(1, 29))  # days of a month that every month has
