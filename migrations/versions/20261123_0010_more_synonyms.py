"""More words of the trade that names of gammes do not hold: what shoppers and mechanics call parts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

USUAL = {
    "5w30": ["huile moteur"],
    "5w40": ["huile moteur"],
    "10w40": ["huile moteur"],
    "adblue": ["uree"],
    "air filter": ["filtre a air"],
    "aire": ["air"],
    "antidevers": ["stabilisatrice"],
    "antigel": ["liquide de refroidissement"],
    "antiroulis": ["stabilisatrice"],
    "anti roulis": ["stabilisatrice"],
    "attache remorque": ["attelage"],
    "barillet": ["serrure", "contacteur de demarrage"],
    "biellette de direction": ["rotule de direction interieure"],
    "bimoteur": ["moteur"],
    "boitier papillon": ["corps papillon"],
    "boulon de roue": ["vis de roue"],
    "brake disc": ["disque de frein"],
    "brake discs": ["disque de frein"],
    "brake pad": ["plaquette de frein"],
    "brake pads": ["plaquette de frein"],
    "capteur pmh": ["capteur de vilebrequin"],
    "capteur usure": ["temoin d usure"],
    "charbon alternateur": ["regulateur d alternateur"],
    "courroie alternateur": ["courroie d accessoire"],
    "courroie clim": ["courroie d accessoire"],
    "crochet d attelage": ["attelage"],
    "cylindre recepteur": ["recepteur"],
    "delco": ["allumeur"],
    "deshydrateur": ["bouteille deshydratante"],
    "disc brake": ["disque de frein"],
    "dot4": ["liquide de frein"],
    "durite d eau": ["durite de refroidissement"],
    "durite de frein": ["flexible de frein"],
    "dynamo": ["alternateur"],
    "ecrou de roue": ["vis de roue"],
    "embraillage": ["embrayage"],
    "embreillage": ["embrayage"],
    "essence": ["carburant"],
    "feux": ["feu"],
    "feu de brouillard": ["feu antibrouillard"],
    "fil de bougie": ["faisceau d allumage"],
    "fils de bougie": ["faisceau d allumage"],
    "fils de bougies": ["faisceau d allumage"],
    "filtre clim": ["filtre d habitacle"],
    "filtre deshydrateur": ["bouteille deshydratante"],
    "filtration": ["filtre"],
    "flexible d echappement": ["tube d echappement"],
    "freinage": ["frein"],
    "gmv": ["ventilateur de refroidissement"],
    "goujon": ["vis de roue"],
    "groupe moto ventilateur": ["ventilateur de refroidissement"],
    "h1": ["ampoule feu avant"],
    "h4": ["ampoule feu avant"],
    "h7": ["ampoule feu avant"],
    "hayon": ["coffre"],
    "jambe de force": ["amortisseur"],
    "joint de collecteur": ["joint d echappement"],
    "joint homocinetique": ["tete de cardan"],
    "ligne d echappement": ["silencieux"],
    "mastervac": ["servo frein"],
    "miroir de retroviseur": ["glace de retroviseur"],
    "moto ventilateur": ["ventilateur de refroidissement"],
    "oil filter": ["filtre a huile"],
    "plakette": ["plaquette"],
    "plakettes": ["plaquette"],
    "point mort haut": ["vilebrequin"],
    "pompe d injection": ["pompe haute pression"],
    "pompe hp": ["pompe haute pression"],
    "pompe injection": ["pompe haute pression"],
    "pot d echappement": ["silencieux"],
    "radiateur de clim": ["condenseur"],
    "rotule axiale": ["rotule de direction interieure"],
    "rotule inferieure": ["rotule de suspension"],
    "shock absorber": ["amortisseur"],
    "silent bloc moteur": ["support moteur"],
    "silentbloc moteur": ["support moteur"],
    "solenoide": ["bobine"],
    "sonde de temperature": ["capteur de temperature"],
    "sonde pmh": ["capteur de vilebrequin"],
    "spark plug": ["bougie d allumage"],
    "spark plugs": ["bougie d allumage"],
    "tpms": ["capteur de pression des pneus"],
    "turbo": ["turbocompresseur"],
    "tuyau d eau": ["durite de refroidissement"],
    "tuyau de frein": ["flexible de frein"],
    "ventilo": ["ventilateur"],
    "ventilo habitacle": ["pulseur d air"],
    "w5w": ["ampoule de feux et clignotants", "ampoule d interieur"],
}


def upgrade() -> None:
    """Add them, but leave what staff wrote themselves."""
    synonym = sa.table(
        "synonym", sa.column("word", sa.String), sa.column("others", postgresql.ARRAY(sa.String(length=60)))
    )
    rows = [{"word": word, "others": others} for word, others in USUAL.items()]
    op.execute(postgresql.insert(synonym).values(rows).on_conflict_do_nothing(index_elements=["word"]))


def downgrade() -> None:
    """Take those away that are as they came."""
    synonym = sa.table(
        "synonym", sa.column("word", sa.String), sa.column("others", postgresql.ARRAY(sa.String(length=60)))
    )
    for word, others in USUAL.items():
        op.execute(sa.delete(synonym).where(synonym.c.word == word, synonym.c.others == others))
