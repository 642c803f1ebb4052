"""Courroie, galet, poulie."""

from devstack.demo.catalog.kind import COMBUSTION, Basis, Family, Gamme, by_maker, either, ranged, sized

_MAKERS = "skf gates dayco contitech ina snr hutchinson bosch"
_SAFETY = (
    "Moteur calé avec l'outillage prévu : une distribution mal montée peut détruire le moteur dès le premier démarrage."
)

TIMING = Family(
    3,
    "courroie-galet-poulie",
    "Courroie, galet et poulie",
    "Distribution et accessoires : courroies, galets, poulies, kits complets.",
    (
        Gamme(
            307,
            "Kit de distribution",
            "Kits de distribution",
            "timing-kit",
            _MAKERS,
            (48, 168),
            (700, 2100),
            "Le kit réunit la courroie crantée et ses galets, qui se remplacent toujours ensemble, au kilométrage ou à "
            "l'âge indiqué par le constructeur. Une courroie rompue détruit souvent le moteur : ne dépassez pas "
            "l'échéance, même avec peu de kilomètres.",
            Basis.ENGINE,
            (
                sized("dents", "95", "216", "1"),
                sized("largeur", "17", "30", "1"),
                by_maker("contenu", "Courroie et galets", "Courroie, galets et visserie"),
            ),
            engines=COMBUSTION,
            cam_drive="belt",
            safety=_SAFETY,
            is_top=True,
            is_core=True,
        ),
        Gamme(
            308,
            "Kit de distribution avec pompe à eau",
            "Kits de distribution avec pompe à eau",
            "timing-kit",
            _MAKERS + " febi graf dolz",
            (74, 238),
            (1500, 3900),
            "Le même kit, avec la pompe à eau que la courroie entraîne. Quand la pompe est dans le circuit de la "
            "courroie, la remplacer en même temps évite de payer deux fois la main-d'œuvre.",
            Basis.ENGINE,
            (
                sized("dents", "95", "216", "1"),
                sized("largeur", "17", "30", "1"),
                by_maker("contenu", "Avec joint de pompe", "Avec visserie et joint de pompe"),
            ),
            engines=COMBUSTION,
            cam_drive="belt",
            safety=_SAFETY,
        ),
        Gamme(
            309,
            "Courroie de distribution",
            "Courroies de distribution",
            "timing-belt",
            "gates dayco contitech bosch skf hutchinson",
            (16, 52),
            (120, 380),
            "La courroie crantée synchronise le vilebrequin et l'arbre à cames. Seule, elle ne convient que si les "
            "galets viennent d'être changés ; dans les autres cas, préférez le kit.",
            Basis.ENGINE,
            (sized("dents", "95", "216", "1"), sized("largeur", "17", "30", "1")),
            engines=COMBUSTION,
            cam_drive="belt",
            safety=_SAFETY,
        ),
        Gamme(
            313,
            "Kit de chaîne de distribution",
            "Kits de chaîne de distribution",
            "timing-chain",
            "febi ina skf meyle vaico topran metzger ae",
            (82, 340),
            (1100, 3600),
            "Chaîne, guides, tendeur et pignons d'un moteur à chaîne. Un claquement à froid ou un défaut de calage "
            "signalent une chaîne détendue ; vérifiez d'abord le niveau et la qualité de l'huile.",
            Basis.ENGINE,
            (
                sized("dents", "96", "182", "2"),
                by_maker("contenu", "Chaîne, guides et tendeur", "Kit complet avec pignons et joints"),
            ),
            engines=COMBUSTION,
            cam_drive="chain",
            safety=_SAFETY,
            is_core=True,
        ),
        Gamme(
            10,
            "Courroie d'accessoire",
            "Courroies d'accessoire",
            "accessory-belt",
            "gates dayco contitech bosch skf hutchinson ina snr",
            (8, 34),
            (70, 320),
            "Elle entraîne l'alternateur, la direction assistée et le compresseur de climatisation. Craquelée ou "
            "brillante, elle siffle puis casse. Sa longueur et son nombre de nervures sont imprimés au dos.",
            Basis.ENGINE,
            (
                either("nervures", "4", "5", "6", "7"),
                sized("longueur", "698", "2310", "8"),
            ),
            engines="PTDS",
            options=("Pour véhicules avec climatisation", "Pour véhicules sans climatisation"),
            is_core=True,
        ),
        Gamme(
            311,
            "Kit de courroie d'accessoire",
            "Kits de courroie d'accessoire",
            "accessory-belt",
            _MAKERS,
            (38, 142),
            (500, 1700),
            "Courroie, galet tendeur et galet enrouleur remplacés ensemble : un galet bruyant use une courroie neuve "
            "en quelques milliers de kilomètres. Selon le moteur, elle s'approche de la distribution : ne tardez pas.",
            Basis.ENGINE,
            (either("nervures", "5", "6", "7"), sized("longueur", "698", "2310", "8")),
            engines="PTDS",
            options=("Pour véhicules avec climatisation", "Pour véhicules sans climatisation"),
        ),
        Gamme(
            310,
            "Galet tendeur de courroie d'accessoire",
            "Galets tendeurs de courroie d'accessoire",
            "tensioner-pulley",
            "skf ina gates dayco snr febi meyle contitech",
            (14, 88),
            (220, 1300),
            "Il maintient la courroie à la bonne tension. Un galet qui grogne ou un tendeur qui bat se remplacent avec "
            "la courroie.",
            Basis.ENGINE,
            (
                either("montage", "Automatique", "Manuel"),
                sized("diametre", "50", "76", "2"),
                sized("largeur", "20", "32", "1"),
            ),
            engines="PTDS",
        ),
        Gamme(
            312,
            "Galet enrouleur de courroie d'accessoire",
            "Galets enrouleurs de courroie d'accessoire",
            "tensioner-pulley",
            "skf ina gates dayco snr febi meyle",
            (9, 46),
            (120, 620),
            "Il guide la courroie d'accessoire entre deux poulies. Son roulement se remplace avec elle.",
            Basis.ENGINE,
            (sized("diametre", "50", "76", "2"), sized("largeur", "20", "32", "1")),
            engines="PTDS",
        ),
        Gamme(
            3213,
            "Poulie de vilebrequin",
            "Poulies de vilebrequin",
            "crankshaft-pulley",
            "skf gates dayco febi corteco metzger sasic topran meyle",
            (29, 158),
            (900, 3400),
            "La poulie « damper » amortit les vibrations du vilebrequin grâce à un anneau de caoutchouc. Décollée, "
            "elle bat, use la courroie d'accessoire et peut entraîner celle de distribution.",
            Basis.ENGINE,
            (
                sized("diametre", "132", "196", "2"),
                either("nervures", "5", "6", "7"),
                ranged("hauteur", "36", "68", "2"),
            ),
            engines="PTDS",
        ),
        Gamme(
            314,
            "Poulie d'alternateur",
            "Poulies d'alternateur",
            "alternator-pulley",
            "ina gates dayco skf febi meyle snr valeo",
            (14, 62),
            (180, 620),
            "Sur la plupart des diesels, c'est une poulie à roue libre : elle protège la courroie des à-coups. Si elle "
            "ne tourne librement que dans un sens, elle est bonne ; dans les deux sens ou aucun, remplacez-la.",
            Basis.ENGINE,
            (
                either("nervures", "5", "6", "7"),
                ranged("diametre", "49", "62", "1"),
                either("filetage", "M14 x 1,5", "M16 x 1,5"),
            ),
            engines="PTDS",
            options=("Pour alternateur Valeo", "Pour alternateur Bosch"),
        ),
    ),
)
