"""Freinage : ce qui commande et transmet."""

from devstack.demo.catalog.kind import AXLES, REAR, Basis, Gamme, by_maker, either, ladder, ranged

SAFETY = (
    "Organe de sécurité : le montage doit être fait par une personne qualifiée, par essieu complet, avec rodage "
    "sur les 200 premiers kilomètres."
)

BRAKE_CONTROL = (
    Gamme(
        83,
        "Flexible de frein",
        "Flexibles de frein",
        "brake-hose",
        "bosch brembo trw ate ferodo febi meyle corteco sasic",
        (9, 29),
        (110, 320),
        "Le flexible relie la conduite rigide à l'étrier et suit les mouvements de la roue. Il se remplace dès "
        "qu'il craquelle ou gonfle, de préférence par paire, avec une purge du circuit.",
        Basis.PLATFORM,
        (
            ranged("longueur", "215", "560", "5"),
            either("filetage", "M10 x 1", "F10 x 1"),
        ),
        sides=AXLES,
        safety=SAFETY,
    ),
    Gamme(
        277,
        "Cylindre de roue",
        "Cylindres de roue",
        "wheel-cylinder",
        "bosch trw ate delphi lucas metelli nk febi",
        (9, 31),
        (280, 620),
        "Le cylindre de roue écarte les mâchoires d'un frein à tambour. Une trace de liquide sous le "
        "cache-poussière annonce son remplacement, des deux côtés à la fois.",
        Basis.BRAKES,
        (
            ladder("diametre", "17,46", "19,05", "20,64", "22,2", "23,81"),
            either("filetage", "M10 x 1", '3/8" UNF'),
        ),
        sides=REAR,
        segments="ABC",
        safety=SAFETY,
    ),
    Gamme(
        258,
        "Maître-cylindre de frein",
        "Maîtres-cylindres de frein",
        "master-cylinder",
        "bosch trw ate delphi lucas metelli nk",
        (42, 138),
        (700, 1900),
        "Il transforme l'appui sur la pédale en pression dans les deux circuits de freinage. Une pédale qui "
        "s'enfonce lentement sous le pied en est le signe : ne roulez pas et faites contrôler le circuit.",
        Basis.PLATFORM,
        (
            ladder("diametre", "19,05", "20,64", "22,2", "23,81", "25,4"),
            either("filetage", "M10 x 1", "M12 x 1"),
        ),
        options=("Avec ABS", "Avec contrôle de stabilité (ESP)"),
        safety=SAFETY,
    ),
    Gamme(
        124,
        "Câble de frein à main",
        "Câbles de frein à main",
        "handbrake-cable",
        "bosch trw ate febi cofle sasic metzger topran triscan",
        (11, 42),
        (450, 1600),
        "Le câble relie le levier aux freins arrière. Il s'étire et s'oxyde dans sa gaine : remplacez-le quand le "
        "levier monte trop haut malgré le réglage.",
        Basis.PLATFORM,
        (ranged("longueur", "890", "2140", "10"),),
        sides=("Arrière gauche", "Arrière droite"),
        options=("Pour véhicules avec freins à disque", "Pour véhicules avec freins à tambour"),
        safety=SAFETY,
    ),
    Gamme(
        387,
        "Servo-frein",
        "Servo-freins",
        "brake-servo",
        "bosch ate trw metelli lucas nk",
        (112, 290),
        (2600, 5200),
        "Il multiplie l'effort du pied grâce à la dépression du moteur. Une pédale dure moteur tournant, ou un "
        "sifflement, le désignent ; contrôlez d'abord la durite et la pompe à vide.",
        Basis.PLATFORM,
        (ladder("diametre", "203", "228", "254", "280"),),
        safety=SAFETY,
        level=2,
    ),
    Gamme(
        388,
        "Pompe à vide",
        "Pompes à vide",
        "part",
        "pierburg bosch febi meyle vaico hitachi metzger",
        (64, 260),
        (700, 2400),
        "Sur un diesel et certains moteurs à essence, elle fournit la dépression de l'assistance de freinage. Une "
        "pédale qui durcit après plusieurs appuis ou une fuite d'huile à son joint annoncent son remplacement.",
        Basis.ENGINE,
        (either("montage", "Sur la culasse", "Sur l'arbre à cames"),),
        engines="DT",
        level=2,
    ),
    Gamme(
        389,
        "Kit de réparation d'étrier",
        "Kits de réparation d'étrier",
        "part",
        "ate trw budweg febi metzger metelli",
        (7, 28),
        (60, 240),
        "Joints et soufflets pour remettre en état un étrier dont le piston est encore lisse. Mesurez le diamètre "
        "du piston avant de commander.",
        Basis.BRAKES,
        (ladder("diametre", "34", "38", "48", "54", "57", "60"),),
        sides=AXLES,
        safety=SAFETY,
        level=2,
    ),
    Gamme(
        391,
        "Liquide de frein",
        "Liquides de frein",
        "fluid",
        "bosch ate trw castrol motul liquimoly textar",
        (6, 24),
        (560, 5600),
        "Le liquide de frein absorbe l'humidité de l'air et perd son point d'ébullition : on le change tous les "
        "deux ans. Ne mélangez pas les spécifications et reportez-vous au bouchon du bocal.",
        Basis.UNIVERSAL,
        (
            by_maker("norme-huile", "DOT 4", "DOT 4 LV", "DOT 5.1"),
            by_maker("contenance", "0,5", "1", "5"),
            by_maker("point-ebullition", "250", "260", "265", "270"),
        ),
        safety="Irritant et corrosif pour la peinture : gants et lunettes, rincez à l'eau toute projection.",
    ),
)
