"""Recipes: who cooks what, how much of it, step by step, and what may go wrong."""

RULES = {
    "recipe": (
        "Recipe: {TASTE} {c=CROP} {k=KIND/c} for {FEW} {CROWD}\n{@RECIPE}",
        "Cooking with {h=ADULT_EATER:full}: {TASTE} {c=CROP} {k=KIND/c}\n{@R_TELL} {@RECIPE}",
        "How they make {c=CROP} {k=KIND/c} in {v=VILLAGE}\n{@R_FROM} {@RECIPE}",
        "Kitchen notes, {DAY}: {TASTE} {c=CROP} {k=KIND/c}\n{@RECIPE}",
    ),
    "R_TELL": (
        "{h.She} is {a h.trade} on {h.work.street} and made it {PAST}, although {h.hers} favorite food is "
        "{h.food}{@TAIL_DO}",
        "{h.Hers} favorite food is {h.food}, but {PAST} {h.she} cooked this for {NUMBER} {MOOD} {CROWD}.",
        "Nothing tastes better to {h} than {h.food}, {h.hers} favorite food, but {h.spouse}, {h.hers} "
        "{h.spouse.spouse_word}, asked for this {PAST}{@TAIL_DO}",
    ),
    "R_FROM": (
        "In {v}, which is known for {v.known}, the {TRAIT} {CROWD} eat it {WHEN}.",
        "{v} lies beside {v.beside}, and {a TRAIT} {OFFICIAL} from there taught us {PAST}.",
        "People in {v} serve it with {DRINK} and {SOUVENIR/v}{@TAIL_DO}",
    ),
    "RECIPE": (
        "Take {AMOUNT} {FRESH} {p=CROPS/c}, {AMOUNT} {FRESH} {q=MATE/c-p}, {SPOONS} {s=STAPLE/c} and {SPOONS} "
        "{z=SPICE/c}. {@R_CUT} {@R_MIX} {@R_HEAT}\n{@R_WAIT} {@R_WARN} {@R_SERVE}",
        "You need {AMOUNT} {FRESH} {p=CROPS/c}, {SPOONS} {s=STAPLE/c}, {SPOONS} {z=SPICE/c} and {a QUALITY} {POT}. "
        "{@R_CUT} {@R_HEAT} {@R_WAIT}\n{@R_WARN} {@R_STORY} {@R_SERVE}",
        "First buy {AMOUNT} {p=CROPS/c}, {AMOUNT} {FRESH} {q=MATE/c-p} and {SPOONS} {s=STAPLE/c}. {@R_SHOP} {@R_CUT} "
        "{@R_MIX}\n{@R_HEAT} {@R_WARN} {@R_STORY}",
    ),
    "R_SHOP": (
        "The best {p} {PAST} came from {v2=VILLAGE}, {v2.kilometers} kilometers to the {v2.direction}{@TAIL_DO}",
        "At the market, {a TRAIT} {OFFICIAL} sold me {FRESH} {p} for {NUMBER} {QUALITY} {ODDS}.",
        "My {p} lay {ON} the {QUALITY} {FURNITURE} {UNTIL}, and {a BEAST} {WILD} looked at them {MANNER}.",
    ),
    "R_CUT": (
        "Wash the {p} {MANNER} and {CUT} them {STIR}.",
        "Then {CUT} the {p}, as {MANNER} as you can.",
        "Put the {p} into {a QUALITY} {COLOR} {POT} and {CUT} them {MANNER}.",
        "Let {a TRAIT} {OFFICIAL} {CUT} the {p}, if you are {GRUMPY}.",
        "Peel the {p} {ON} {a QUALITY} {FURNITURE} and {CUT} them {STIR}.",
    ),
    "R_MIX": (
        "Mix the {q} with the {s} {MANNER}, and do not be {GRUMPY}{@TAIL_DO}",
        "Add the {q}, the {s} and {SPOONS} {SPICE/c}{@TAIL_DO}",
        "Beat the {s} {STIR}, then add the {q} {MANNER}{@TAIL_DO}",
        "Hide the {q} under the {s} and sing {UNTIL}{@TAIL_DO}",
    ),
    "R_HEAT": ("{^HEAT/k} it {COOKED} in {a QUALITY} {POT}.",),
    "R_WAIT": (
        "While you wait, clean the {QUALITY} {FURNITURE} or feed the {BEAST} {WILD} {BY} the {LANDMARK}.",
        "Wait {UNTIL}; a song helps, or {FRESH} {PRODUCE}.",
        "Leave the kitchen {MANNER} and come back when it smells {TASTE}{@TAIL_DO}",
        "In the meantime, the {TRAIT} {CROWD} can set the table with {ODDS} and {FLOWER}.",
        "Read a book about {a BEAST} {WILD} or write to the {TRAIT} {OFFICIAL}.",
    ),
    "R_WARN": (
        "Do not lift the lid too early, or it turns {BAD} and {COLOR}{@TAIL_DO}",
        "If it is too {TASTE}, add {SPOONS} {STAPLE/c}.",
        "Too much {SPICE/c} makes {CROWD} {GRUMPY}.",
        "Should it burn, call it {TASTE} and smile {MANNER}.",
        "My first one was {COLOR} and so {BAD} that even {a BEAST} {WILD} ran away.",
        "Never use {a QUALITY} {THING} instead of a spoon, as I did {PAST}.",
    ),
    "R_STORY": (
        "Our neighbor {e=EATER:full}, whose favorite food is {e.food}, ate {NUMBER} plates of it {PAST}{@TAIL_DO}",
        "When {e=EATER:full} came {PAST}, {e.she} only wanted {e.food}, {e.hers} favorite food, and was {MOOD}{@TAIL_DO}",
        "It is {TASTE}, {SAID} {a TRAIT} {OFFICIAL} {MANNER} after {NUMBER} spoons.",
        "At {f=FEAST} in {f.month}, {CROWD} eat {f.dish} instead{@TAIL_DO}",
        "Once {a GRUMPY} {OFFICIAL} ate it {PAST} and became {GLAD}.",
    ),
    "R_SERVE": (
        "Serve it with {DRINK} and {TASTE} {PRODUCE}.",
        "Eat it {WHEN}, {BY} {a QUALITY} {FURNITURE}, with {DRINK}.",
        "With {DRINK} and {MOOD} {CROWD} it tastes best.",
        "Bring it to the {TRAIT} {CROWD} in {a COLOR} {POT} and wait for the applause.",
        "What is left is good {WHEN}, cold and {TASTE}.",
        "Give the rest to {o=OWNER:petname}, the {o.pet.color} {o.pet.species} of {o}, who prefers "
        "{FODDER/o.pet.species}{@TAIL_DO}",
    ),
}
