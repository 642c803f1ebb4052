"""Writes the texts of pages: templates, the texts that take turns in them, advice and what is worth knowing."""

from collections.abc import Iterator

from sqlalchemy import select

from devstack.demo.catalog.gammes import FAMILIES
from devstack.demo.copying import copy_rows
from devstack.demo.texts.chassis import CHASSIS
from devstack.demo.texts.engine import ENGINE
from models import seo
from models.catalog import Brand
from models.database import session
from models.offers import BrandGamme

WRITINGS = (*CHASSIS, *ENGINE)
_GAMMES = {gamme.id: gamme for family in FAMILIES for gamme in family.gammes}
_MAKERS_SPOKEN_OF = 4

# Slots of a gamme's switches: 1 says how the part wears, 2 how it is fitted.
_TEMPLATE = (
    "#Gammes# #VMarque# #VModele# #VType# #MinPrice#",
    "#Gammes# pour #VMarque# #VModele# #VType# #VNbCh# ch (#VAnnee#) : #ArticlesCountFormatted# #MinPrice#."
    " #CompSwitch_1#",
    "#Gammes# pour #VMarque# #VModele# #VType# #VNbCh#",
    "<p>#CompSwitch_1# #CompSwitch#</p>",
    "<h2>#Gammes# : choisir pour votre #VMarque# #VModele#</h2>"
    "<p>#LinkCarAll# (#VAnnee#) : chaque référence de la liste dit si elle convient, de quel mois à quel mois, et sous "
    "quelle condition. #CompSwitch_3_{gamme_id}#</p>"
    "<h3>Au montage</h3><p>#CompSwitch_2# #CompSwitch_11_{gamme_id}#</p>",
)
# Any gamme's: whole sentences.
_GENERIC = (
    "Comparez la référence de la pièce déposée avec celle de la fiche.",
    "La date de première mise en circulation se lit case B de la carte grise.",
    "Lisez les restrictions de montage avant de commander.",
    "Vérifiez le côté de montage : gauche et droite s'entendent assis au volant.",
    "Un doute entre deux références : mesurez la pièce en place.",
    "Le code moteur est gravé sur le bloc et souvent rappelé dans le carnet.",
    "Gardez l'ancienne pièce jusqu'au montage de la neuve.",
)
# Any gamme of a family's, in slot 11.
_OF_FAMILIES = {
    1: ("Notez la date et le kilométrage dans le carnet.", "Jetez le filtre usé à la déchetterie."),
    2: (
        "Travaillez toujours sur les deux roues d'un essieu.",
        "Contrôlez le niveau du liquide de frein avant de reprendre la route.",
        "Le freinage engage la sécurité : en cas de doute, faites contrôler.",
    ),
    3: ("Notez le kilométrage du remplacement.", "Contrôlez l'alignement des poulies."),
    4: ("Travaillez moteur froid, contact coupé.", "Soufflez le logement avant de dévisser."),
    6: ("Calez la voiture sur des chandelles.", "Serrez au couple indiqué par le constructeur."),
    8: ("Réglez la course de la pédale après le montage.", "Ménagez l'embrayage les premiers kilomètres."),
    10: ("Débranchez la batterie avant d'intervenir.", "Nettoyez les masses pendant que vous y êtes."),
    12: ("Lisez les défauts avant et après.", "Travaillez dans un lieu aéré."),
    14: ("Ouvrez le circuit moteur froid seulement.", "Recueillez le liquide usé : il est toxique."),
    18: ("Essayez avant d'en avoir besoin.", "Vérifiez l'éclairage tant que vous y êtes."),
    19: ("Respectez la propreté : un grain suffit.", "Suivez l'ordre de serrage du constructeur."),
}
# They follow « pensez à » and « n'oubliez pas de ».
_CHECKS = (
    "vérifier avec soin",
    "comparer point par point",
    "bien identifier",
    "contrôler de près",
    "mesurer avec soin",
    "regarder à deux fois",
    "repérer sans hâte",
)


def write_texts() -> int:
    """Write the texts of the gammes that are asked for most; needs what brands offer counted; return the switches."""
    copy_rows(
        seo.VehicleGammeTemplate,
        ("gamme_id", "title", "description", "h1", "preview", "content"),
        (
            (writing.gamme_id, *(text.replace("{gamme_id}", str(writing.gamme_id)) for text in _TEMPLATE))
            for writing in WRITINGS
        ),
    )
    copy_rows(
        seo.GammeText,
        ("gamme_id", "title", "description"),
        (
            (
                writing.gamme_id,
                f"{_GAMMES[writing.gamme_id].plural} par véhicule",
                f"{_GAMMES[writing.gamme_id].plural} : prix, stock et montage par véhicule. {writing.signs[0]}",
            )
            for writing in WRITINGS
        ),
    )
    copy_rows(
        seo.GammeAdvice,
        ("gamme_id", "title", "content"),
        ((writing.gamme_id, title, f"<p>{text}</p>") for writing in WRITINGS for title, text in writing.advice),
    )
    copy_rows(
        seo.GammeInformation,
        ("gamme_id", "content"),
        ((writing.gamme_id, content) for writing in WRITINGS for content in writing.informations),
    )
    # Asked before the copy begins: the connection serves one at a time.
    copy_rows(seo.BrandGammeText, ("gamme_id", "brand_id", "content"), list(_of_makers()))
    return copy_rows(seo.TextSwitch, ("kind", "gamme_id", "family_id", "slot", "content"), _switches())


def _switches() -> Iterator[tuple[str, int | None, int | None, int, str]]:
    yield from (("item", None, None, 3, sentence) for sentence in _GENERIC)
    yield from (("family", None, family, 11, one) for family, sentences in _OF_FAMILIES.items() for one in sentences)
    for writing in WRITINGS:
        gamme_id = writing.gamme_id
        yield from (("gamme", gamme_id, None, 1, sentence) for sentence in writing.signs)
        yield from (("gamme", gamme_id, None, 2, sentence) for sentence in writing.fitting)
        yield from (("item", gamme_id, None, 1, hint) for hint in writing.hints)
        yield from (("item", gamme_id, None, 2, check) for check in _CHECKS)


def _of_makers() -> Iterator[tuple[int, int, str]]:
    """What can be said of the makers who offer most in a gamme: whether they also supply vehicle makers."""
    for writing in WRITINGS:
        gammes = _GAMMES[writing.gamme_id].plural
        makers = session.execute(
            select(Brand.id, Brand.is_oes)
            .join(BrandGamme, BrandGamme.brand_id == Brand.id)
            .where(BrandGamme.gamme_id == writing.gamme_id)
            .order_by(BrandGamme.product_count.desc(), Brand.id)
            .limit(_MAKERS_SPOKEN_OF)
        ).all()
        for brand_id, is_oes in makers:
            said = (
                "Fournisseur de première monte : cette marque équipe aussi des véhicules neufs."
                if is_oes
                else "Marque de la rechange, adaptable sur les véhicules indiqués."
            )
            yield writing.gamme_id, brand_id, f"<p>{said} {gammes}\xa0: dates de montage et stock sur chaque fiche.</p>"
