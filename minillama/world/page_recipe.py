"""Recipes that can be cooked: what one needs, the steps in their order, heat and time, a warning, how to serve it."""

RULES = {
    "recipe": (
        "Recipe: {@R_DISH} {@R_CLOSE}",
        "Cooking with {h=ADULT_EATER:full}: {@R_DISH} {@R_TELL}",
        "From a kitchen in {v=VILLAGE}: {@R_DISH} {@R_FROM}",
        "Kitchen notes, {DAY}: {@R_DISH} {@R_NOTE}",
    ),
    "R_DISH": (
        "sweet {c=FRUIT} {k=BAKED}\nYou need {POUNDS} of {p=CROPS/c}, {CUPS} of [flour|fine flour|wheat flour|rye "
        "flour|oat flour], {CUPS} of [sugar|brown sugar], {FEW} eggs, {SPOONFULS} of [soft butter|melted "
        "butter|lard|oil] and some {z=SWEET_SPICE}. {@R_EXTRA} {@R_FRUIT} {@R_BEAT} {@R_FOLD} {@R_BAKE}\n{@R_OVEN} "
        "{@R_SWEET}",
        "hot {c=GREEN} {k=POTTED}\nFor {FEW} [people|plates|guests|eaters] take {POUNDS} of {p=CROPS/c}, {HANDFULS} "
        "of {q=FILLING}, {SPOONFULS} of {r=RICH}, some {z=SPICE} and {FEW} cups of [water|broth|stock]. {@R_MORE} "
        "{@R_GREEN} {@R_SWEAT} {@R_BOIL}\n{@R_TASTE} {@R_HEARTY}",
        "golden {c=GREEN} {k=FRIED}\nTake {POUNDS} of {p=CROPS/c}, {FEW} eggs, {CUPS} of [flour|milk|bread "
        "crumbs|oats], {SPOONFULS} of {r=RICH} and [a pinch|a little|plenty|half a spoon] of {z=SPICE}. {@R_MORE} "
        "{@R_GREEN} {@R_MIX} {@R_FRY}\n{@R_PAN} {@R_HEARTY}",
        "baked {c=GREEN} {k=OVENED}\nYou need {POUNDS} of {p=CROPS/c}, {HANDFULS} of {q=FILLING}, {CUPS} of {r=RICH} "
        "and [a pinch|a little|plenty|half a spoon] of {z=SPICE}. {@R_MORE} {@R_GREEN} {@R_LAYER} "
        "{@R_BAKE}\n{@R_WAIT} {@R_HEARTY}",
        "fresh {c=GREEN} salad\nFor {FEW} [people|plates|guests|eaters] take {POUNDS} of {p=CROPS/c}, a handful of "
        "{q=FILLING}, {SPOONFULS} of [vinegar|lemon juice|apple vinegar], {SPOONFULS} of oil and some {z=SPICE}. "
        "{@R_MORE} {@R_GREEN} {@R_BLANCH} {@R_DRESS}\n{@R_REST} {@R_TASTE} {@R_HEARTY}",
        "homemade {c=FRUIT} {k=JARRED}\nTake {POUNDS} of {p=CROPS/c}, {CUPS} of sugar, {CUPS} of [water|apple "
        "juice|grape juice], the juice of [a|half a|one big|one small] lemon and some {z=SWEET_SPICE}. {@R_EXTRA} "
        "{@R_FRUIT} {@R_STEEP} {@R_COOK}\n{@R_SET} {@R_JARS} {@R_SWEET}",
    ),
    "R_EXTRA": (
        "If you like, add {SPOONFULS} of {TOPPING}, {POUNDS} of {FRUIT_TOO-p} and [a pinch|a little] of "
        "{SWEET_SPICE-z}.",
        "In {MONTH} I take {HANDFULS} of {FRUIT_TOO-p} as well, and {SPOONFULS} of {TOPPING}.",
        "Some add {SPOONFULS} of {TOPPING}, others {SWEET_SPICE-z}; in {VILLAGE} they use {FRUIT_TOO-p}, too.",
    ),
    "R_MORE": (
        "If you like, add {HANDFULS} of {GREEN_TOO-p}, {SPOONFULS} of {RICH} and [a pinch|a little] of {SPICE-z}.",
        "In {MONTH} I take {HANDFULS} of {GREEN_TOO-p} as well, and {SPOONFULS} of {RICH}.",
        "Some add {SPOONFULS} of {RICH}, others {SPICE-z}; in {VILLAGE} they use {GREEN_TOO-p}, too.",
    ),
    "R_FRUIT": (
        "First {PREPARE/c} the {p} and [set them aside|sprinkle them with sugar|keep them cool|cover them with a "
        "cloth|put them in a bowl].",
        "Begin {HOUR}: {PREPARE/c} the {p}, [but|and] [do not throw away the juice|leave out the bruised ones|save "
        "the best for the top|eat no more than two].",
        "Wash your hands, {PREPARE/c} the {p} and put them into a {BOWL} with [a little|some|plenty of] {z}.",
        "To start, {PREPARE/c} the {p}; {c2=CHILD:full} once did it in {MINUTES} minutes.",
    ),
    "R_BEAT": (
        "In a {BOWL}, [beat|whisk|stir] the eggs and the sugar [with a fork|with a wooden spoon|by hand] for {FEW} "
        "minutes until they are [pale|smooth|foamy|light|creamy|thick].",
        "Mix the [sugar|flour] with the {z} in a {BOWL}, [break in|add|stir in] the eggs one by one, and beat it all "
        "until [smooth|creamy|it drops slowly from the spoon|no lump is left].",
        "Rub the [fat|butter] into the flour [with your fingers|with two knives|with a fork] until it looks like "
        "[sand|crumbs|snow|oats]; then [add|work in|stir in] the eggs and the {z}.",
    ),
    "R_FOLD": (
        "Fold in the {p} [gently|last|with a big spoon|little by little] and fill a [greased|buttered|floured] {TIN}.",
        "Spread half of it in a {TIN}, [lay|put|scatter] the {p} on it, and cover them with the rest.",
        "Fill it into a [greased|buttered|floured] {TIN}, press the {p} [into the top|in rows|in a ring|close "
        "together], and sprinkle {TOPPING} over it.",
    ),
    "R_BAKE": (
        "Bake it in a [hot|moderate|medium|not too hot] oven for {BAKING}, until [the top is golden|the edge is "
        "brown|it smells done|a needle comes out clean].",
        "Put it into the [hot|preheated|moderate] oven {HOUR} and take it out after {BAKING}, when the top is "
        "[golden|brown|crisp|firm].",
        "It [needs|takes|wants] {BAKING} on the [middle|lowest|second|upper] shelf of a [hot|moderate|medium] oven; "
        "turn it [once|halfway|after {FEW} minutes].",
    ),
    "R_OVEN": (
        "Should the top get [dark|too brown|black] too early, [cover it with paper|move it down|lower the heat|open "
        "the door a little].",
        "Do not open the oven in the first {MINUTES} minutes; {h2=ADULT:full} did {AGO}, and it [fell "
        "flat|sank|cracked|came out like a brick].",
        "My own oven is [too hot|slow|moody|old], so I [look at it|check it|test it] every {FEW} minutes.",
    ),
    "R_GREEN": (
        "First {PREPARE/c} the {p}, and have the {z} [ready|at hand|chopped|washed].",
        "Begin {HOUR}: {PREPARE/c} the {p} [neatly|quickly|not too fine|as evenly as you can|on a wet board].",
        "To start, {PREPARE/c} the {p} and [rinse them|pat them dry|salt them|keep them] in a {BOWL}.",
        "Take a sharp knife, {PREPARE/c} the {p}, and [send the peel to the goat|mind your thumb|wipe the board|keep "
        "the best for the top].",
    ),
    "R_SWEAT": (
        "In {a PAN}, [soften|brown|fry] them in the {r} for {FEW} minutes, [stirring all the time|with the lid "
        "on|over a low fire|without letting them burn].",
        "Let them [sweat|simmer|soften] with a [chopped|sliced|small] onion in {a PAN} for {FEW} minutes, and "
        "[add|stir in|sprinkle in] the {z}.",
        "Put them into a large pot with a [chopped|sliced|small] onion and [turn|stir|shake] them over [a low|a "
        "medium|a good] fire for {FEW} minutes.",
    ),
    "R_BOIL": (
        "Pour on the [hot|cold|boiling] liquid, add the {q}, and [simmer|boil|cook] it [gently|slowly|with the lid "
        "on|without the lid] for {BAKING}.",
        "Then add the {q} and the liquid, bring it [slowly|quickly] to a boil, and let it [simmer|bubble|cook] for "
        "{BAKING} over [a low|a medium] fire.",
        "Cook the {q} in the liquid for {BAKING}, then [add|stir in] all the rest and [simmer|heat] it for {FEW} "
        "minutes more.",
    ),
    "R_TASTE": (
        "Taste it: if it is too [thin|mild|pale], [add|stir in] more {z}; if too [sharp|salty], a [boiled|raw] potato "
        "helps.",
        "Add the {z} [last|at the end|in small pinches|with care], for {h2=ADULT:full} once took {FEW} spoons, and "
        "[nobody spoke|everyone wept|the guests went home] {FOR_TIME}.",
        "Salt it only [at the end|once|after tasting], and do not forget the {z}, as I did {AGO}.",
        "No {z} in the house? Take {SPICE-z} instead; {f=FEAST} in {f.month} taught me that.",
    ),
    "R_MIX": (
        "Mix them with the eggs and the rest in a {BOWL} until the [batter|dough] is [smooth|thick|stiff|even], and "
        "let it rest for {MINUTES} minutes.",
        "Beat the eggs in a {BOWL}, [add|stir in] everything else, and [season|spice] it well with the {z}.",
        "Stir it all [well|together|by hand|with a fork] in a {BOWL}; if it [sticks|runs], add [flour|a little more "
        "flour|an egg].",
    ),
    "R_FRY": (
        "Heat {SPOONFULS} of [butter|oil|lard] in {a PAN} and [fry|brown] small spoonfuls for {FEW} minutes on each "
        "side.",
        "Drop them one by one into [hot fat|hot butter|hot oil] in {a PAN} and turn them when the edge is "
        "[brown|golden|crisp], after about {FEW} minutes.",
        "Fry them in {a PAN} over [a medium|a good|a lively] fire, {FEW} at a time, for {FEW} minutes on each side.",
    ),
    "R_PAN": (
        "The first one always [sticks|breaks|burns]; the cook eats it [standing up|in secret|with {SIDE}].",
        "Keep them warm [in the oven|under a cloth|over hot water] until the last one is [done|fried|ready].",
        "Drain them on [paper|a cloth|a rack], and [guard|count] them: {c2=CHILD:full} ate {SOME} before supper {AGO}.",
    ),
    "R_LAYER": (
        "Layer them with the {q} in a [greased|buttered] {TIN}, [season|sprinkle] each layer with {z}, and pour the "
        "{r} over it.",
        "Put half of them into a [greased|buttered] {TIN}, then the {q}, then the other half, and [finish with|cover "
        "it with] the {r}.",
        "Mix them with the {q}, fill a [greased|buttered] {TIN}, and [pour|spread] the {r} and the {z} on top.",
    ),
    "R_BLANCH": (
        "Put them into [boiling|hot|salted] water for {FEW} minutes, then into cold water, and [drain|dry] them well.",
        "Let them stand with [a pinch|a little|half a spoon] of salt for {MINUTES} minutes and [drain|press|dry] them.",
        "Cook them [until just soft|not too soft|until a fork goes in], drain them, and let them cool until "
        "[warm|cold].",
    ),
    "R_DRESS": (
        "Stir the [dressing|sauce] in a {BOWL}, taste it, and [turn|toss|mix] everything in it [twice|gently|with two "
        "spoons|with clean hands].",
        "Shake the [dressing|sauce] in a jar until it is [cloudy|smooth|thick], [pour|spoon] it over, and add the {q} "
        "[at the end|last|on top].",
        "Add the {q}, then the {z} and the [dressing|sauce], and [turn|toss|mix] it all in a {BOWL}.",
    ),
    "R_REST": (
        "Let it [rest|stand|wait] for {MINUTES} minutes [in a cool place|in the cellar|under a plate|by the window].",
        "It tastes best after {MINUTES} minutes, when the {p} have [softened|drunk the dressing|taken on the taste].",
        "Serve it [at once|within the hour], or the {p} will [lose their color|turn soft|give off water].",
    ),
    "R_STEEP": (
        "Cover them with the sugar and let them [stand|rest|draw juice] [overnight|for an hour|for three hours|until "
        "noon].",
        "Put them into [a wide|a heavy|a copper|a large] pot with the sugar and [stir|shake] until it "
        "[melts|dissolves].",
        "Mix them with the sugar and the {z} and leave them for {MINUTES} minutes, until there is [juice|syrup] in "
        "the bowl.",
    ),
    "R_COOK": (
        "Then [boil|cook|simmer] it all for {BAKING}, stir [often|all the time|with a long spoon], and [skim off|take "
        "off] the foam.",
        "Bring it [slowly|quickly|carefully] to a boil and let it [bubble|simmer|cook] for {BAKING}; it "
        "[splashes|spits], so wear an apron.",
        "Add the lemon and [boil|cook|simmer] it for {BAKING} over [a low|a medium|a steady] fire, [without a "
        "lid|stirring often].",
    ),
    "R_SET": (
        "Put a drop on a cold plate: if it [sets|holds its shape|wrinkles], it is done; if not, [boil|cook] it {FEW} "
        "minutes more.",
        "When it [coats the spoon|drops slowly from the spoon|looks like glass], take it [off the fire|from the "
        "stove] and [wait|let it stand] for {FEW} minutes.",
        "For a [clear|smooth|fine] result, [pour|press] it through a [cloth|sieve|clean towel]; the rest goes on "
        "[toast|bread|porridge].",
    ),
    "R_JARS": (
        "Fill it hot into {SOME} clean [jars|bottles|glasses], [close|seal] them, and [label|date] each one.",
        "Pour it into [hot|dry|clean] jars, close them, and keep them in the [cellar|pantry|dark]; it lasts [a "
        "year|all winter|until spring|until Easter].",
        "Fill the jars to the [rim|top|shoulder], and hide one, because {e2=PERSON:full} [comes|calls|visits] on "
        "{DAY}.",
    ),
    "R_WAIT": (
        "In the meantime, [set the table|wash the bowl|call the family|lay the cloth|clean the board] and "
        "[make|pour|drink] a cup of {DRINK}.",
        "Wash up while it [cooks|bakes|is hot], or [ask|call|bribe] a child to do it for {TREAT}.",
        "That leaves time for [a letter|a nap|the newspaper|a game of chess|the dishes] and {DRINK}.",
        "Do not [leave|forget] it: {h3=ADULT:full} went out to talk to {w=a OFFICIAL_Q} {OFFICIAL_BY/w} {AGO}, and "
        "the [kitchen|whole house|pot] was [black|full of smoke].",
    ),
    "R_SWEET": (
        "Serve it [warm|cold|fresh|lukewarm] with {WHIPPED} and {DRINK}.",
        "It is best [warm|cold|the next day|on Sundays|after a walk], with {WHIPPED}.",
        "Eat it {HOUR} with {WHIPPED}, and [share it|invite somebody|leave a piece for the cook|send a piece next "
        "door].",
        "Children like it with {WHIPPED}, grown-ups with {DRINK}.",
    ),
    "R_HEARTY": (
        "Serve it [hot|warm|at once|on warm plates] with {SIDE} and {DRINK}.",
        "With {SIDE} and a glass of {DRINK} it makes [a full meal|a good supper|a light lunch|a Sunday dinner].",
        "Bring it to the table {HOUR}, sprinkle it with {SPICE}, and serve {SIDE} with it.",
        "What is left tastes [good|even better|just as good] the next day, [cold|warmed up], with {SIDE}.",
    ),
    "R_TELL": (
        "{h.She} is {a h.trade} on {h.work.street} and [cooks|makes] it {EACH}, although {h.hers} favorite food is "
        "{h.food}.",
        "As {a h.trade}, {h.she} needs [a quick|a good|a cheap|a big] supper {EACH}; on {h.hers} birthday there is "
        "{h.food}, {h.hers} favorite food.",
        "Nothing tastes better to {h} than {h.food}, {h.hers} favorite food, but {h.spouse}, {h.hers} "
        "{h.spouse.spouse_word}, asks for this {EACH}.",
        "Though {h.food} is {h.hers} favorite food, {h} learned this from {s=ADULT-h-h.spouse:full}, the {s.trade}, "
        "{AGO}.",
    ),
    "R_FROM": (
        "In {v}, which is known for {v.known}, people eat it {EACH}.",
        "Cooks in {v}, beside {v.beside}, make it {EACH} and [argue about|swear by|are proud of] the {z}.",
        "Guests in {v}, {v.kilometers} kilometers to the {v.direction}, get it {EACH} and [ask for more|want the "
        "recipe|take some home].",
    ),
    "R_NOTE": (
        "Our neighbor {e=EATER:full}, whose favorite food is {e.food}, [ate|had|asked for] {FEW} plates of it {AGO}.",
        "When {e=EATER:full} came {AGO}, {e.she} wanted only {e.food}, {e.hers} favorite food, but "
        "[tried|tasted|praised] this.",
        "For {f=FEAST} in {f.month} I would still cook {f.dish}.",
    ),
    "R_CLOSE": (
        "The recipe [comes|is] from {s=ADULT:full}, {a s.trade}, who [cooks|makes|serves] it {EACH}.",
        "Send [your own recipe|questions|a taste] to {s=ADULT:full} at the {s.work} on {s.work.street}.",
        "Our tester {e=EATER:full}, whose favorite food is {e.food}, [liked|praised|finished|approved of] it {AGO}.",
    ),
}
