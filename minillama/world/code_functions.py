"""A shelf of small functions as patterns: names, what the arguments are, and the source from the first bracket on."""

from dataclasses import dataclass

from .pattern import Pattern


@dataclass(frozen=True, kw_only=True, eq=False)
class Recipe:
    """A function with choices in it, under one of its names.

    Args:
        start: how its source begins: ``def``, name and bracket.
        arguments: kinds of its arguments, such as ``("word", "n")``.
        pattern: the rest of its source, without a last line break.
    """

    start: str
    arguments: tuple[str, ...]
    pattern: Pattern


def _recipe(arguments: str, functions: str, source: str) -> list[Recipe]:
    pattern, kinds = Pattern(source), tuple(arguments.split())
    return [Recipe(start=f"def {name}(", arguments=kinds, pattern=pattern) for name in functions.split()]


NUMBERS = [
    *_recipe("n", "double twice two_of", '''<x:@items>):
    """<Return|Give|Compute> <twice|two times|the double of> a <number|value|price|length|count>."""
    return 2 * <x>'''),
    *_recipe("small small", "bill amount charge",
             '''<n:jars|eggs|loaves|boots|bowls|cakes|bells>, <x:coins|each|rate|fee>):
    """<What|How much> <n> cost<, and|, plus|, with> <k:@to20> for the <way|bag|stamp|cook|boy|cart|box>."""
    return <n> * <x> + <k>'''),
    *_recipe("n n", "change coins_back money_back", '''<x:paid|given|coins|purse>, <y:price|cost|bill|due>):
    """<Coins to give back|The change|What comes back>, or <0|nothing> if <x> <is not enough|does not do|is less>."""
    if <x> < <y>:
        return 0
    return <x> - <y>'''),
    *_recipe("n", "fare ticket entry toll", '''<x:age|years|old|size>):
    """<Coins for|Price of> a <ride|boat trip|concert|swim|show>: <a:@to9> <below|under> <k:@to30>, <b:@to20> else."""
    if <x> < <k>:
        return <a>
    return <b>'''),
    *_recipe("n", "size label kind_of word_for", '''<x:@items>):
    """<Name|Say|Tell> it: "<a:small|low|short|light|cheap>" below <k:@to30>, else "<b:large|high|long|dear>"."""
    if <x> < <k>:
        return "<a>"
    return "<b>"'''),
    *_recipe("n n", "larger bigger best top winner", '''<a:a|x|left|first|mine>, <b:b|y|right|second|yours>):
    """<Return|Give|Pick|Choose> the <larger|bigger|greater> <one|number|of the two|of both>."""
    if <a> > <b>:
        return <a>
    return <b>'''),
    *_recipe("n n", "gap distance difference apart", '''<a:a|x|here|start|home>, <b:b|y|there|stop|town>):
    """<How far apart are|The gap between|From one to the other of> two <houses|numbers|miles|days|trees|doors>."""
    return abs(<a> - <b>)'''),
    *_recipe("n n", "boxes bags trips carts", '''<x:eggs|jars|loaves|guests|books|goats>, <k:size|room|places|each>):
    """How many <of them|there must be> for all <x>; the last may <be half empty|stay open|not be full>."""
    <k> += 1  # <never|not> <zero|nothing>
    return -(-<x> // <k>)'''),
    *_recipe("n", "hour clock time_after hand", '''<x:hours|steps|ticks|turns>):
    """<Where|On what number> the <small|short> hand <stands|points|rests> <x> after <k:@to9>."""
    return (<k> + <x>) % 12'''),
    *_recipe("n", "is_even even pairs_up in_pairs", '''<x:@items>):
    """<Tell|Say|Return> whether <x> <is even|can be halved|makes pairs>."""
    return <x> % 2 == 0'''),
    *_recipe("n", "climb_down jumps sips drips", '''<x:height|water|left|rest|level>):
    """<Count|Return> how <many times|often> <k:@two9> can be <taken|drawn|lifted> from <x>."""
    <c:@counts> = 0
    while <x> >= <k>:
        <x> -= <k>
        <c> += 1
    return <c>'''),
    *_recipe("n", "halvings folds cuts splits", '''<x:@items>):
    """<Count|Tell|Return> how often <x> can be halved<| until 1 is left| down to 1>."""
    <c:@counts> = 0
    while <x> > 1:
        <x> //= 2
        <c> += 1
    return <c>'''),
    *_recipe("n", "digits digit_sum cross_sum", '''<x:@items>):
    """<Add up|Sum|Add> the digits of <a number|an age|a price|a date|a page>."""
    return sum(int(<d:d|digit|char>) for <d> in str(<x>))'''),
    *_recipe("small", "savings pot barrel meter", '''<x:n|times|rounds|turns>):
    """<Start with|Begin with> <k:@to9> and <add|put in|pour in> <a:@two9> <x> times."""
    <t:@sums> = <k>
    for <i:_|i|turn|day|week> in range(<x>):
        <t> += <a>
    return <t>'''),
    *_recipe("small small", "area yard field carpet roof", '''<a:width|w|long|side>, <b:height|h|deep|other>):
    """Area of a <meadow|garden|floor|pond>, <less|without|minus> <k:@to9> for the <tree|well|path|gate|shed>."""
    return max(0, <a> * <b> - <k>)'''),
    *_recipe("small", "multiples row_of times_table", '''<x:@items>):
    """<List|Return> the first <k:@three6> multiples of <x>."""
    return [<i:i|m|step|times> * <x> for <i> in range(1, <k> + 1)]'''),
    *_recipe("n n", "common divisor gcd shared", '''<a:a|m|x|big>, <b:b|n|y|tiny>):
    """Return the <largest|greatest> number that divides <both|the two>."""
    while <b>:
        <a>, <b> = <b>, <a> % <b>
    return <a>'''),
]  # fmt: skip
WORDS = [
    *_recipe("word", "backwards reverse mirror turned", '''<w:word|text|name|line>):
    """<Return|Write|Read> a <w> <from its end|right to left|back to front>."""
    return <w>[::-1]'''),
    *_recipe("word", "shout loud upper call_out", '''<w:word|text|name|line>):
    """<Write|Return|Say> a <w> in capitals<|, as on a sign|, as on a ship|, as a crier would>."""
    return <w>.upper() + "<end:!|?|.|...>"'''),
    *_recipe("word", "how_often letters hits", '''<w:word|text|name|line>):
    """<Count|Tell|Return> how often '<c:@letters>' <is|stands|occurs> in a <w>."""
    <n:@counts> = 0
    for <x:letter|one|sign|it> in <w>:
        if <x> == "<c>":
            <n> += 1
    return <n>'''),
    *_recipe("word", "short start head front", '''<w:word|text|name|line>):
    """<Keep|Return|Give|Take> the first <k:@two5> letters<| of it| and no more>."""
    return <w>[:<k>]'''),
    *_recipe("word", "swap trade put_for fix", '''<w:word|text|name|line>):
    """<Write|Put> '<b:@letters>' <for|instead of|in place of> every '<a:@letters-b>'."""
    return <w>.replace("<a>", "<b>")'''),
    *_recipe("word small", "echo repeat chant again", '''<w:word|text|name|line>, <n:times|n|often>):
    """<Say|Write|Sing> a <w> <k:@two5> times at most, with '<s:-|/|+|.|,>' between."""
    return "<s>".join([<w>] * min(<n>, <k>))'''),
    *_recipe("words", "longest long_one widest", '''<w:words|names|goods|things>):
    """<Find|Return|Pick> the longest of the <w><|, the first if there are several|, the earliest if two tie>."""
    <b:@bests> = ""
    for <x:word|one|w|item|it> in <w>:
        if len(<x>) > len(<b>):
            <b> = <x>
    return <b>'''),
    *_recipe("words", "initials first_letters heads", '''<w:words|names|goods|things>):
    """<Join|Return|Give|Put together> the first letters of the <w>."""
    return "".join(<x:word|one|w|item|it>[0] for <x> in <w>)'''),
    *_recipe("words", "lengths sizes measure", '''<w:words|names|goods|things>):
    """<List|Return|Tell> how many letters the <w> have."""
    return [len(<x:word|one|w|item|it>) for <x> in <w>]'''),
    *_recipe("words", "in_order ranked shelf line_up", '''<w:words|names|goods|things>):
    """<Put|Set|Bring> the <w> in <order|the order of letters|the order of a lexicon>."""
    return sorted(<w>)'''),
    *_recipe("words", "some with_letter having", '''<w:words|names|goods|things>):
    """<Keep|List|Return|Choose> the <w> with <a letter|the letter> '<c:@letters>'<| in them| somewhere>."""
    return [<x:word|one|it|item> for <x> in <w> if "<c>" in <x>]'''),
    *_recipe("words", "by_letter index phone_book", '''<w:words|names|goods|things>):
    """<Map|Send|Lead> each first letter to the last of the <w> that <has it|starts so|begins with it>."""
    return {<x:word|one|it|item>[0]: <x> for <x> in <w>}'''),
    *_recipe("words", "sentence sign show", '''<w:words|names|goods|things>):
    """<Join|Write|Put> the <w> <in one line|on a sign|in a row>, '<s:and|or|then|with|before|after>' between them."""
    return " <s> ".join(<w>)'''),
]  # fmt: skip
