"""Four languages: short texts, written for this project, and the words that hold sentences together."""

ENGLISH = """
The market opens at six, when the first boats come back. The fishermen carry their boxes up the stairs, and by seven
there is hardly room to walk between the stalls. Most people buy what looks fresh and ask about the price afterwards.

If the soup is too thin, let it boil for another ten minutes without a lid. Add the herbs only at the end, because heat
takes away their smell. A little lemon juice makes it lighter, but do not add any cream after that.

Trains between the two cities used to take nine hours. Since the new bridge was finished, they need less than four, and
the number of passengers has doubled. The old line along the river is still used for timber and stone.

She had not written for almost a year, so the letter surprised him. There was nothing special in it: the weather, the
children, a neighbor who had bought a horse. He read it twice, put it in the drawer and went out to feed the hens.

A lever lets a small force move a heavy load. The further away from the pivot you push, the less strength you need, but
the longer the way your hand has to go. What you gain in force you lose in distance, so the work stays the same.

The committee decided on Thursday that the library should stay open in the evenings. Students had complained that they
could not study anywhere else. The costs will be shared by the council and the university for the next three years.

During the winter the lake freezes, and the villages on both shores become neighbors. Children skate to school, and
whoever owns a sledge can earn some money with it. Nobody trusts the ice after the middle of March, however thick it is.

Before you change the bulb, switch off the power and wait until the glass has cooled down. Turn it to the left while
pushing gently. If it is stuck, wear gloves, and never use a tool that could break it.

What do bees do when it rains? They stay inside and keep each other warm. Some of them fan the air with their wings so
that the hive does not become damp. As soon as the sun comes out, the first scouts fly off to look for flowers.

My grandfather never learned to swim, although he spent half his life on ships. He said that it would only make the
drowning longer. When we asked him whether he had ever been afraid, he laughed and told us about the cook's parrot.

The tower was built in the thirteenth century to warn the town of fires. Two watchmen lived there with their families.
One of them had to walk around the gallery every quarter of an hour and call out, so that everyone knew he was awake.

Many of these words came into the language with merchants, others with soldiers. Their spelling often shows where they
are from, even though they have been pronounced differently for hundreds of years. Such traces are what makes old
dictionaries worth reading.

The team played better in the second half, but it was too late. Their captain, who had been injured in May, missed a
penalty, and the crowd went silent. "We will be back next year," said the coach, and this time people believed him.

Patients who walked for half an hour each day slept longer and needed less medicine. The doctors do not know yet whether
the walking itself helped or the company. They would like to repeat the study with more people and over a longer time.
"""

GERMAN = """
Der Markt beginnt um sechs Uhr, wenn die ersten Boote zurückkommen. Die Fischer tragen ihre Kisten die Treppe hinauf,
und um sieben kann man zwischen den Ständen kaum noch gehen. Die meisten kaufen, was frisch aussieht, und fragen erst
danach nach dem Preis.

Wenn die Suppe zu dünn ist, lassen Sie sie noch zehn Minuten ohne Deckel kochen. Geben Sie die Kräuter erst am Schluss
dazu, weil die Hitze ihnen den Geruch nimmt. Ein wenig Zitronensaft macht sie leichter.

Früher brauchten die Züge zwischen den beiden Städten neun Stunden. Seit die neue Brücke fertig ist, sind es weniger als
vier, und die Zahl der Fahrgäste hat sich verdoppelt. Die alte Strecke am Fluss wird noch für Holz und Steine genutzt.

Sie hatte fast ein Jahr lang nicht geschrieben, deshalb überraschte ihn der Brief. Es stand nichts Besonderes darin: das
Wetter, die Kinder, ein Nachbar, der sich ein Pferd gekauft hatte. Er las ihn zweimal, legte ihn in die Schublade und
ging hinaus, um die Hühner zu füttern.

Mit einem Hebel bewegt eine kleine Kraft eine schwere Last. Je weiter man vom Drehpunkt entfernt drückt, desto weniger
Kraft braucht man, aber desto länger wird der Weg der Hand. Was man an Kraft gewinnt, verliert man an Weg.

Der Ausschuss beschloss am Donnerstag, dass die Bücherei auch abends geöffnet bleiben soll. Studenten hatten sich
beschwert, dass sie sonst nirgends lernen könnten. Die Kosten teilen sich die Stadt und die Universität.

Im Winter friert der See zu, und die Dörfer an beiden Ufern werden Nachbarn. Die Kinder laufen auf Schlittschuhen zur
Schule, und wer einen Schlitten besitzt, kann etwas Geld damit verdienen. Nach Mitte März traut niemand mehr dem Eis.

Bevor Sie die Lampe wechseln, schalten Sie den Strom ab und warten Sie, bis das Glas kalt ist. Drehen Sie es nach links
und drücken Sie dabei leicht. Wenn es klemmt, tragen Sie Handschuhe und benutzen Sie kein Werkzeug.

Was machen Bienen, wenn es regnet? Sie bleiben im Stock und wärmen einander. Einige fächeln mit den Flügeln frische Luft
herein, damit es nicht feucht wird. Sobald die Sonne scheint, fliegen die ersten los und suchen Blüten.

Mein Großvater hat nie schwimmen gelernt, obwohl er sein halbes Leben auf Schiffen war. Er meinte, das würde das
Ertrinken nur verlängern. Als wir ihn fragten, ob er jemals Angst gehabt habe, lachte er und erzählte vom Papagei des
Kochs.

Der Turm wurde im dreizehnten Jahrhundert gebaut, um die Stadt vor Bränden zu warnen. Zwei Wächter wohnten dort mit
ihren Familien. Einer von ihnen musste jede Viertelstunde um den Turm gehen und rufen, damit alle wussten, dass er wach
war.

Viele dieser Wörter kamen mit Kaufleuten in die Sprache, andere mit Soldaten. An ihrer Schreibung erkennt man oft noch,
woher sie stammen, obwohl man sie seit Jahrhunderten anders ausspricht. Solche Spuren machen alte Wörterbücher
lesenswert.

In der zweiten Hälfte spielte die Mannschaft besser, doch es war zu spät. Ihr Kapitän, der sich im Mai verletzt hatte,
verschoss einen Elfmeter, und auf den Rängen wurde es still. Nächstes Jahr kommen wir wieder, sagte der Trainer.

Patienten, die jeden Tag eine halbe Stunde spazieren gingen, schliefen länger und brauchten weniger Medikamente. Die
Ärzte wissen noch nicht, ob das Gehen selbst geholfen hat oder die Gesellschaft. Sie möchten die Untersuchung mit mehr
Menschen und über längere Zeit wiederholen.
"""

FRENCH = """
Le marché ouvre à six heures, quand les premiers bateaux rentrent. Les pêcheurs montent leurs caisses par l'escalier, et
à sept heures on peut à peine passer entre les étals. La plupart des gens achètent ce qui a l'air frais et demandent le
prix ensuite.

Si la soupe est trop claire, laissez-la bouillir encore dix minutes sans couvercle. N'ajoutez les herbes qu'à la fin,
car la chaleur leur enlève leur parfum. Un peu de jus de citron la rend plus légère.

Autrefois, les trains mettaient neuf heures pour aller d'une ville à l'autre. Depuis que le nouveau pont est terminé, il
leur en faut moins de quatre, et le nombre des voyageurs a doublé. L'ancienne ligne le long du fleuve sert encore au
bois et à la pierre.

Elle n'avait pas écrit depuis presque un an, et la lettre le surprit. Il n'y avait rien de particulier : le temps, les
enfants, un voisin qui avait acheté un cheval. Il la lut deux fois, la mit dans le tiroir et sortit nourrir les poules.

Un levier permet à une petite force de soulever une lourde charge. Plus on pousse loin du point d'appui, moins il faut
de force, mais plus le chemin de la main est long. Ce que l'on gagne en force, on le perd en distance.

Le comité a décidé jeudi que la bibliothèque resterait ouverte le soir. Des étudiants s'étaient plaints de ne pouvoir
travailler nulle part ailleurs. Les frais seront partagés entre la mairie et l'université pendant trois ans.

En hiver, le lac gèle et les villages des deux rives deviennent voisins. Les enfants vont à l'école en patins, et celui
qui possède un traîneau peut gagner un peu d'argent. Après la mi-mars, personne ne se fie plus à la glace.

Avant de changer l'ampoule, coupez le courant et attendez que le verre soit froid. Tournez-la vers la gauche en appuyant
doucement. Si elle est bloquée, mettez des gants et n'utilisez jamais un outil qui pourrait la casser.

Que font les abeilles quand il pleut ? Elles restent dans la ruche et se tiennent chaud. Quelques-unes battent des ailes
pour que l'air ne devienne pas humide. Dès que le soleil revient, les premières partent chercher des fleurs.

Mon grand-père n'a jamais appris à nager, bien qu'il ait passé la moitié de sa vie sur des navires. Il disait que cela
ne ferait que prolonger la noyade. Quand nous lui demandions s'il avait déjà eu peur, il riait et nous parlait du
perroquet du cuisinier.

La tour fut construite au treizième siècle pour avertir la ville des incendies. Deux gardiens y habitaient avec leurs
familles. L'un d'eux devait faire le tour de la galerie tous les quarts d'heure et crier, afin que chacun sache qu'il
était éveillé.

Beaucoup de ces mots sont entrés dans la langue avec les marchands, d'autres avec les soldats. Leur orthographe montre
souvent d'où ils viennent, même si on les prononce autrement depuis des siècles. C'est ce qui rend les vieux
dictionnaires si agréables à lire.

L'équipe a mieux joué en deuxième mi-temps, mais il était trop tard. Son capitaine, blessé au mois de mai, a manqué un
penalty, et le public s'est tu. Nous reviendrons l'année prochaine, a dit l'entraîneur, et cette fois on l'a cru.

Les malades qui marchaient une demi-heure chaque jour dormaient plus longtemps et prenaient moins de médicaments. Les
médecins ne savent pas encore si c'est la marche elle-même qui les a aidés ou la compagnie. Ils voudraient refaire
l'étude avec plus de personnes.
"""

SPANISH = """
El mercado abre a las seis, cuando vuelven los primeros barcos. Los pescadores suben sus cajas por la escalera, y a las
siete apenas se puede pasar entre los puestos. La mayoría de la gente compra lo que parece fresco y pregunta el precio
después.

Si la sopa queda demasiado clara, déjela hervir otros diez minutos sin tapa. Añada las hierbas solo al final, porque el
calor les quita el olor. Un poco de zumo de limón la hace más ligera, pero después no le eche nata.

Antes los trenes tardaban nueve horas entre las dos ciudades. Desde que se terminó el puente nuevo necesitan menos de
cuatro, y el número de viajeros se ha duplicado. La vieja línea junto al río todavía se usa para la madera y la piedra.

Ella no había escrito en casi un año, por eso la carta le sorprendió. No decía nada especial: el tiempo, los niños, un
vecino que había comprado un caballo. La leyó dos veces, la guardó en el cajón y salió a dar de comer a las gallinas.

Con una palanca, una fuerza pequeña mueve una carga pesada. Cuanto más lejos del punto de apoyo se empuja, menos fuerza
hace falta, pero más largo es el camino de la mano. Lo que se gana en fuerza se pierde en distancia.

El comité decidió el jueves que la biblioteca siguiera abierta por las noches. Los estudiantes se habían quejado de que
no podían estudiar en ningún otro sitio. El ayuntamiento y la universidad compartirán los gastos durante tres años.

En invierno el lago se hiela, y los pueblos de las dos orillas se vuelven vecinos. Los niños van a la escuela
patinando, y quien tiene un trineo puede ganar algo de dinero. Después de mediados de marzo nadie se fía del hielo.

Antes de cambiar la bombilla, corte la corriente y espere a que el vidrio se enfríe. Gírela hacia la izquierda mientras
aprieta con suavidad. Si está atascada, póngase guantes y no use nunca una herramienta que pueda romperla.

¿Qué hacen las abejas cuando llueve? Se quedan dentro y se dan calor unas a otras. Algunas mueven las alas para que el
aire no se vuelva húmedo. En cuanto sale el sol, las primeras vuelan a buscar flores.

Mi abuelo nunca aprendió a nadar, aunque pasó media vida en los barcos. Decía que eso solo haría más largo el ahogarse.
Cuando le preguntábamos si alguna vez había tenido miedo, se reía y nos hablaba del loro del cocinero.

La torre se construyó en el siglo trece para avisar a la ciudad de los incendios. Dos vigilantes vivían allí con sus
familias. Uno de ellos tenía que dar la vuelta a la galería cada cuarto de hora y gritar, para que todos supieran que
estaba despierto.

Muchas de estas palabras llegaron a la lengua con los comerciantes, otras con los soldados. Su ortografía muestra a
menudo de dónde vienen, aunque se pronuncian de otra manera desde hace siglos. Por eso vale la pena leer los
diccionarios viejos.

El equipo jugó mejor en la segunda parte, pero ya era tarde. Su capitán, que se había lesionado en mayo, falló un
penalti, y el público se quedó callado. Volveremos el año que viene, dijo el entrenador, y esta vez la gente le creyó.

Los enfermos que caminaban media hora cada día dormían más y necesitaban menos medicinas. Los médicos no saben todavía
si les ayudó el paseo mismo o la compañía. Quisieran repetir el estudio con más personas y durante más tiempo.
"""

SAMPLES: dict[str, list[str]] = {
    code: [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
    for code, text in {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}.items()
}

STOP_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the a an and or but of to in on at for with from by is was are were it he she they that this as not",
        "de": "der die das ein eine und oder aber von zu in im auf mit aus bei ist war sind es er sie dass als nicht",
        "fr": "le la les un une et ou mais de du des en dans sur avec par est il elle ils que qui ne pas au se",
        "es": "el la los las un una y o pero de del en con por para es era son se que no al lo su como",
    }.items()
}
