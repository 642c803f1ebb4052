"""What a file of each kind can hold: one literal table of fields with the headers that suppliers give them."""

from domain import cells
from domain.slugs import slugify
from services.imports.fields import IDENTITY, MONEY, NEEDS_PRODUCT, PRODUCT_FIELDS, Field, Kind, key_of


def _alias_of(of: str) -> Field:
    """Return the field that holds what public addresses make of a name."""
    return Field(f"{of}_alias", "", "", slugify, source=of)


_STOCK_FIELDS = (
    *IDENTITY,
    Field(
        "quantity",
        "Quantité en rayon",
        "quantité; qté; qte; stock; stock disponible; quantité en stock; qté stock; quantity; qty; on hand; "
        "available; dispo; disponible; stock qty; stock level; inventory; en stock; bestand",
        cells.whole(0, 999_999),
        "integer",
    ),
    Field(
        "low_threshold",
        "Seuil d'alerte",
        "seuil; seuil d alerte; stock mini; stock minimum; min stock; reorder point; low threshold; minimum",
        cells.whole(0, 999_999),
        "integer",
    ),
    Field(
        "location",
        "Emplacement",
        "emplacement; casier; rayon; allée; location; bin; shelf; warehouse location; adresse de stock",
        cells.text(40),
    ),
    Field(
        "next_restock_on",
        "Réapprovisionnement prévu",
        "réappro; réapprovisionnement; date de réapprovisionnement; prochaine livraison; next restock; restock date; "
        "eta; date dispo; available from; date de disponibilité",
        cells.day,
        "date",
    ),
)

_REFERENCE_FIELDS = (
    *IDENTITY,
    Field(
        "number",
        "Autre numéro",
        "numéro oem; oem; oe; ref oem; référence oem; réf origine; référence origine; oe number; oem number; "
        "oenumber; numéro d origine; cross reference; cross; ref concurrente; correspondance; référence croisée; "
        "autre référence; other number; ref equivalente; oe nummer; oe nr; oem nummer; vergleichsnummer",
        cells.part_number,
        required=True,
    ),
    key_of("number"),
    Field(
        "number_kind",
        "Sorte de numéro",
        "type; sorte; type de référence; kind; reference type; number type; nature",
        cells.number_kind,
    ),
    Field(
        "maker",
        "Constructeur ou marque du numéro",
        "constructeur; marque oem; maker; oe brand; vehicle manufacturer; constructeur auto; marque concurrente; "
        "competitor; marque véhicule; vehicle make; hersteller; fahrzeughersteller",
        cells.text(100),
    ),
)

_CRITERION_FIELDS = (
    *IDENTITY,
    Field(
        "criterion",
        "Critère",
        "critère; caractéristique; attribut; criterion; criteria; attribute; property; nom critère; criteria name; "
        "criteria description",
        cells.text(100),
        required=True,
    ),
    Field(
        "value",
        "Valeur",
        "valeur; value; valeur critère; criteria value; attribute value",
        cells.text(100),
        required=True,
    ),
    Field("unit", "Unité", "unité; unit; uom; unité de mesure; criteria unit", cells.text(20)),
    Field("position", "Ordre", "ordre; rang; sort; position; sort order; tri", cells.whole(0, 32_000), "smallint"),
)

_FITMENT_FIELDS = (
    *IDENTITY,
    Field(
        "vehicle_type_id",
        "Type de véhicule (numéro)",
        "ktype; k type; ktypnr; ktypno; k type nr; type id; id type; vehicle id; vehicle type id; type véhicule; "
        "linking target id; id véhicule; numéro de type; linkagetargetid; carid; car id; typ id; type mine id",
        cells.identity,
        "bigint",
        required=True,
    ),
    Field(
        "fitted_from",
        "Monté à partir de",
        "de; depuis; à partir de; monté depuis; from; date from; year from; début; valid from; date début; du",
        cells.month,
        "date",
    ),
    Field(
        "fitted_to",
        "Monté jusqu'à",
        "à; jusqu à; jusque; to; date to; year to; fin; valid to; date fin; au; until",
        cells.month,
        "date",
    ),
    Field(
        "restriction",
        "Restriction",
        "restriction; condition; remarque; note; restrictions; info; limitation; commentaire; remark",
        cells.text(200),
    ),
)

_VEHICLE_FIELDS = (
    Field(
        "type_id",
        "Type (numéro)",
        "type id; ktype; k type; ktypnr; id type; numéro de type; typ id; car id; carid",
        cells.identity,
        "bigint",
    ),
    Field(
        "make",
        "Marque du véhicule",
        "marque; constructeur; make; manufacturer; brand; car make",
        cells.text(100),
        required=True,
    ),
    Field(
        "model", "Modèle", "modèle; model; gamme; model name; série; series; nom modèle", cells.text(120), required=True
    ),
    Field(
        "model_id",
        "Modèle (numéro)",
        "model id; id modèle; numéro de modèle; kmodnr; modele id",
        cells.identity,
        "bigint",
    ),
    Field(
        "name",
        "Motorisation",
        "motorisation; type; version; engine; type name; nom type; variante; variant; désignation; libellé",
        cells.text(120),
        required=True,
    ),
    Field("fuel", "Carburant", "carburant; énergie; fuel; fuel type; essence diesel", cells.text(40), required=True),
    Field(
        "power_hp",
        "Puissance (ch)",
        "puissance ch; ch; cv; hp; ps; puissance; power hp; horsepower; puissance din; bhp",
        cells.whole(1, 3000),
        "smallint",
    ),
    Field("power_kw", "Puissance (kW)", "puissance kw; kw; power kw; kilowatts", cells.whole(1, 2300), "smallint"),
    Field(
        "displacement_cc",
        "Cylindrée (cm³)",
        "cylindrée; ccm; cc; cm3; displacement; engine capacity; cylindrée cc; capacity; cylindree cm3",
        cells.whole(1, 20_000),
        "integer",
    ),
    Field("body", "Carrosserie", "carrosserie; body; body type; body style; type de carrosserie", cells.text(60)),
    Field(
        "produced_from",
        "Produit à partir de",
        "de; depuis; début; from; date début; production de; année début; year from; construction from; du; "
        "début production; built from",
        cells.month,
        "date",
        required=True,
    ),
    Field(
        "produced_to",
        "Produit jusqu'à",
        "à; jusqu à; fin; to; date fin; production à; année fin; year to; construction to; au; fin production; "
        "built to",
        cells.month,
        "date",
    ),
    Field(
        "engine_codes",
        "Codes moteur",
        "code moteur; codes moteur; engine code; engine codes; moteur; motorcode; motor code",
        cells.codes(40),
    ),
    Field(
        "mines",
        "Types mines",
        "type mine; types mines; mine; code mine; type mines",
        cells.codes(20),
    ),
    Field("cnits", "CNIT", "cnit; code cnit; cnits; d 2 1; d21", cells.codes(20)),
    _alias_of("make"),
    _alias_of("model"),
    _alias_of("name"),
)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("products", "Articles", PRODUCT_FIELDS, ("keep", "hide"), True, (("product_id",), ("reference",))),
        Kind("prices", "Prix", (*IDENTITY, *MONEY), ("keep", "hide"), False, NEEDS_PRODUCT),
        Kind("stock", "Stock", _STOCK_FIELDS, ("keep", "hide", "zero"), False, NEEDS_PRODUCT),
        Kind("references", "Références croisées", _REFERENCE_FIELDS, ("keep", "remove"), False, NEEDS_PRODUCT),
        Kind("criteria", "Critères", _CRITERION_FIELDS, ("keep", "remove"), True, NEEDS_PRODUCT),
        Kind("fitment", "Affectations véhicules", _FITMENT_FIELDS, ("keep", "remove"), False, NEEDS_PRODUCT),
        Kind("vehicles", "Véhicules", _VEHICLE_FIELDS, ("keep",), True),
    )
}
