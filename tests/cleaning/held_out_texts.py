"""Texts that no classifier of the package was trained on, written for these tests."""

ENGLISH = """
Our neighbor keeps her bicycle in the kitchen. She says that a bicycle in the yard rusts, and a bicycle in the street is
gone before breakfast. When visitors come, she hangs it on the wall, where it looks rather like a painting.

Clouds are made of tiny drops, so light that rising air holds them up. When they meet dust or each other, they grow, and
at some point they become too heavy. What falls then is rain, or snow if the air below is cold enough.

The museum had bought the portrait for its frame. Only years later did someone clean the picture itself and find, under
a layer of brown varnish, the face of a woman whom every schoolbook shows as an old queen.

You will need two sheets of paper, a pair of scissors and some glue. Fold the first sheet in half, cut along the dotted
line, and slide one part into the other. If it does not hold, the fold was not sharp enough.

Because wages had not risen for ten years, the printers stopped work in April. The newspapers were empty for a week.
People later said that they had never talked so much with each other in the tram.

How far away is the thunderstorm? Count the seconds between lightning and thunder and divide them by three. That gives
you the distance in kilometers, since sound needs about three seconds for each of them.
"""

GERMAN = """
Unsere Nachbarin hat ihr Fahrrad in der Küche stehen. Im Hof, sagt sie, rostet es, und auf der Straße ist es vor dem
Frühstück verschwunden. Wenn Besuch kommt, hängt sie es an die Wand, wo es fast wie ein Gemälde aussieht.

Wolken bestehen aus winzigen Tropfen, die so leicht sind, dass aufsteigende Luft sie trägt. Treffen sie auf Staub oder
aufeinander, so wachsen sie und werden irgendwann zu schwer. Was dann fällt, ist Regen oder bei Kälte Schnee.

Das Museum hatte das Bildnis wegen seines Rahmens gekauft. Erst Jahre später reinigte jemand das Bild selbst und fand
unter einer Schicht aus braunem Firnis das Gesicht einer Frau, die jedes Schulbuch als alte Königin zeigt.

Man braucht zwei Blatt Papier, eine Schere und etwas Klebstoff. Falten Sie das erste Blatt in der Mitte, schneiden Sie
entlang der Linie und schieben Sie den einen Teil in den anderen. Hält es nicht, war der Falz nicht scharf genug.

Weil die Löhne seit zehn Jahren nicht gestiegen waren, legten die Drucker im April die Arbeit nieder. Eine Woche lang
blieben die Zeitungen leer. Später hieß es, man habe in der Straßenbahn noch nie so viel miteinander geredet.

Wie weit ist das Gewitter entfernt? Zählen Sie die Sekunden zwischen Blitz und Donner und teilen Sie durch drei. Das
ergibt die Entfernung in Kilometern, denn für jeden braucht der Schall ungefähr drei Sekunden.
"""

FRENCH = """
Notre voisine garde son vélo dans la cuisine. Dans la cour, dit-elle, il rouille, et dans la rue il disparaît avant le
petit déjeuner. Quand elle reçoit des invités, elle l'accroche au mur, où il ressemble presque à un tableau.

Les nuages sont faits de gouttes minuscules, si légères que l'air qui monte les porte. Quand elles rencontrent de la
poussière, elles grossissent et deviennent un jour trop lourdes. Ce qui tombe alors, c'est la pluie ou la neige.

Le musée avait acheté le portrait pour son cadre. Des années plus tard seulement, quelqu'un nettoya la peinture et
trouva, sous une couche de vernis brun, le visage d'une femme que tous les manuels montrent en vieille reine.

Il vous faut deux feuilles de papier, des ciseaux et un peu de colle. Pliez la première feuille en deux, coupez le long
de la ligne et glissez une partie dans l'autre. Si cela ne tient pas, le pli n'était pas assez net.

Comme les salaires n'avaient pas augmenté depuis dix ans, les imprimeurs cessèrent le travail en avril. Les journaux
restèrent vides une semaine. On raconta plus tard qu'on n'avait jamais autant parlé dans le tramway.

À quelle distance se trouve l'orage ? Comptez les secondes entre l'éclair et le tonnerre et divisez par trois. Vous
obtenez la distance en kilomètres, car le son met environ trois secondes pour chacun d'eux.
"""

SPANISH = """
Nuestra vecina guarda su bicicleta en la cocina. En el patio, dice, se oxida, y en la calle desaparece antes del
desayuno. Cuando tiene visita la cuelga en la pared, donde casi parece un cuadro.

Las nubes están hechas de gotas diminutas, tan ligeras que el aire que sube las sostiene. Cuando se encuentran con el
polvo o entre sí, crecen y en algún momento pesan demasiado. Lo que cae entonces es lluvia, o nieve si hace frío.

El museo había comprado el retrato por su marco. Solo años más tarde alguien limpió la pintura y encontró, bajo una capa
de barniz oscuro, el rostro de una mujer que todos los libros de escuela muestran como una reina anciana.

Se necesitan dos hojas de papel, unas tijeras y un poco de pegamento. Doble la primera hoja por la mitad, corte a lo
largo de la línea y meta una parte en la otra. Si no se sujeta, el doblez no era bastante firme.

Como los sueldos no habían subido en diez años, los impresores dejaron de trabajar en abril. Los periódicos salieron
vacíos durante una semana. Después se dijo que nunca se había hablado tanto en el tranvía.

¿A qué distancia está la tormenta? Cuente los segundos entre el relámpago y el trueno y divida por tres. Así obtiene la
distancia en kilómetros, porque el sonido tarda unos tres segundos en recorrer cada uno.
"""

BAD = """
Cheap laptops cheap tablets cheap phones! Lowest prices guaranteed!!! Buy two get one free. Order today, sale ends soon.
Click here for more deals. Click here for coupons.

Home News Sports Weather Video Photos Blogs Forum Shop Jobs Cars Login Sign up Help Contact Privacy Terms Cookies

This site uses cookies. Please accept our privacy policy to continue. Accept all cookies. Cookie settings. Close.

omg lol who cares. u guys r so dumb haha. +1 this. bump. does any1 have a link?? pls pm me thx

Download free full version crack serial key generator 2022 working 100% no virus download now mirror 1 mirror 2

Win a free vacation! You are visitor number 1000000! Claim your free prize now! Enter your email and credit card number!

In stock. Add to cart. Quantity 1 2 3. Color black white. Size M L XL. Free shipping over $50. Rating 4.7.

Copyright 2015 all rights reserved. Powered by blog software. Back to top. Subscribe to RSS. Previous post. Next post.

Best pills lose weight fast no diet no exercise. Doctors hate this trick. Order your free trial bottle now!!!

Page not found. Error 404. Go back to the home page. Search this site. Report a broken link. Contact the administrator.

online casino poker slots bonus free spins best casino sites play now win cash jackpot no deposit

Share this article: Facebook Twitter Email Print. Related articles. Most popular. Advertisement.
"""


def paragraphs(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


HELD_OUT = {code: paragraphs(text) for code, text in
            {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}.items()}  # fmt: skip
HELD_OUT_BAD = paragraphs(BAD)
