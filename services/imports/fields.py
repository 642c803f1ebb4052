"""A column of a file: how people head it and how it is read; what says which product a row is about, and prices."""

from dataclasses import dataclass

from domain import cells


@dataclass(frozen=True)
class Field:
    """A column of a kind: how people name it, how its cells are read, and its type in PostgreSQL.

    `required`: a row without it is refused. `source`: computed from the cell of another field, never mapped itself.
    """

    name: str
    label: str
    synonyms: str
    read: cells.Reader
    sql: str = "text"
    required: bool = False
    source: str = ""
    # What the name in the cell is looked up in (services/imports/names.py): the staged cell then holds an id.
    names: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its fields and what may be decided about missing rows and unknown things."""

    name: str
    label: str
    fields: tuple[Field, ...]
    missing: tuple[str, ...] = ("keep",)
    may_create: bool = False
    # Sets of fields of which one whole set must be mapped.
    needs: tuple[tuple[str, ...], ...] = ()

    @property
    def mappable(self) -> tuple[Field, ...]:
        """The fields that a column may be read into."""
        return tuple(field for field in self.fields if not field.source)

    def field(self, name: str) -> Field:
        """Return the field of that name; raises KeyError."""
        return next(field for field in self.fields if field.name == name)


def key_of(of: str) -> Field:
    """Return the field that holds the comparable form of the part number in another one."""
    return Field(f"{of}_key", "", "", cells.part_key, source=of)


# How a file says which product a row is about: our number, brand and reference, or the EAN.
_REFERENCE = Field(
    "reference",
    "Référence",
    "référence; ref; réf; référence article; référence fournisseur; ref fournisseur; ref fourn; réf fabricant; "
    "code article; article; numéro article; n article; no article; sku; part number; part no; partno; mpn; "
    "item number; item; supplier reference; article number; articlenumber; artnr; art nr; artikelnummer; "
    "reference piece; référence produit; ref produit; code produit; product code; manufacturer part number",
    cells.part_number,
)
_BRAND = Field(
    "brand",
    "Marque",
    "marque; fabricant; équipementier; brand; manufacturer; marque article; supplier brand; brandname; brand name; "
    "data supplier; datasupplier; nom fabricant; marque equipementier",
    cells.text(100),
    "bigint",
    names="brand",
)
_PRODUCT_ID = Field(
    "product_id",
    "Numéro de l'article (boutique)",
    "id; product id; id article; id produit; piece id; numéro boutique; identifiant; id pièce",
    cells.identity,
    "bigint",
)
_EAN = Field(
    "ean", "EAN", "ean; ean13; ean 13; gtin; code barres; code barre; barcode; code ean; gencod; gtin13", cells.ean
)
IDENTITY = (_PRODUCT_ID, _BRAND, _REFERENCE, key_of("reference"), _EAN)
NEEDS_PRODUCT = (("product_id",), ("reference",), ("ean",))

MONEY = (
    Field(
        "price",
        "Prix de vente TTC",
        "prix ttc; prix; prix de vente; prix vente; prix vente ttc; prix de vente ttc; pv ttc; pvttc; price; "
        "sales price; selling price; retail price; tarif; tarif ttc; prix public ttc; prix public; price incl vat; "
        "gross price; vente ttc; pvp; montant ttc",
        cells.cents(),
        "bigint",
    ),
    Field(
        "price_ht",
        "Prix de vente HT",
        "prix ht; prix vente ht; prix de vente ht; pv ht; pvht; tarif ht; prix public ht; price excl vat; net price; "
        "vente ht; price net; prix net ht",
        cells.exact_euros,
        "numeric",
    ),
    Field(
        "prior_price",
        "Prix barré TTC",
        "prix barré; ancien prix; prix avant réduction; prior price; old price; was price; compare at price; "
        "prix de référence",
        cells.cents(),
        "bigint",
    ),
    Field(
        "deposit",
        "Consigne TTC",
        "consigne; consigne ttc; montant consigne; deposit; core deposit; core charge; caution; surcharge; core value",
        cells.cents(may_be_zero=True),
        "bigint",
    ),
    Field("vat", "TVA (%)", "tva; taux tva; taux de tva; vat; vat rate; tax rate; tva %; vat %", cells.vat, "smallint"),
)

PRODUCT_FIELDS = (
    *IDENTITY,
    Field(
        "gamme",
        "Gamme",
        "gamme; famille; famille produit; catégorie; sous famille; category; product group; generic article; "
        "genart; type de pièce; product type; designation generique; part type",
        cells.text(120),
        "bigint",
        names="gamme",
    ),
    Field(
        "name",
        "Désignation",
        "désignation; nom; libellé; name; title; titre; nom produit; product name; libelle article; designation "
        "article; article name; short description; intitulé",
        cells.text(200),
    ),
    Field("side", "Côté", "côté; position; montage; side; fitting position; côté de montage; sens", cells.text(60)),
    Field(
        "description",
        "Description",
        "description; descriptif; description longue; long description; texte; details",
        cells.prose(2000),
    ),
    Field(
        "safety_note",
        "Consigne de sécurité",
        "sécurité; consigne de sécurité; safety; safety note; mention de danger; avertissement",
        cells.prose(2000),
    ),
    Field(
        "sale_quantity",
        "Pièces par lot vendu",
        "quantité de vente; pièces par lot; lot; conditionnement; qte vente; pack size; sale quantity; pack; "
        "quantity per unit; unité de vente; qty per pack; uv",
        cells.whole(1, 100),
        "smallint",
    ),
    Field(
        "weight", "Poids (g)", "poids g; poids; weight g; weight; poids en grammes; masse", cells.grams(1), "integer"
    ),
    Field(
        "weight_kg",
        "Poids (kg)",
        "poids kg; weight kg; poids en kg; poids net kg; gross weight kg; poids brut kg; poids net; kgm",
        cells.grams(1000),
        "integer",
    ),
    *MONEY,
    Field(
        "is_displayed",
        "Affiché",
        "affiché; actif; visible; displayed; active; statut; status; en ligne; published; activ; display",
        cells.yes_no,
        "boolean",
    ),
    Field(
        "is_universal",
        "Universel",
        "universel; universal; tous véhicules; all vehicles; convient à tout",
        cells.yes_no,
        "boolean",
    ),
)
