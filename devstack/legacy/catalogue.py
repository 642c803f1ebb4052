"""Families to parts of the made-up old shop."""

from devstack.legacy.dump import Dump, mojibake

FAMILIES = ("Filtres", "Freinage", "&Eacute;clairage", "Électricité", "Suspension", "Refroidissement")
GAMMES = (
    *("Filtre à huile", "Filtre à air", "Disque de frein", "Plaquettes de frein", "Feu arrière", "Alternateur"),
    *("Démarreur", "Amortisseur", "Biellette", "Radiateur", "Thermostat", "Pompe à eau", "Rotule", "Câble de frein"),
)
BRANDS = ("BOSCH", "VALEO", "FEBI", "MANN-FILTER", "BREMBO", "TRW", "SKF", "MAHLE", "HENGST", "CHAMPION", "NRF", "SNR")
SIDES = ("", "Avant", "Arrière", "Gauche", "Droite")
CRITERIA = (("Diamètre", "mm"), ("Hauteur", "mm"), ("Système de freinage", ""), ("Épaisseur", "mm"), ("Filetage", ""))
FIRST_PART = 100_000


def add_shelves(dump: Dump) -> None:
    """Add families, gammes, brands, criteria and sides."""
    for number, name in enumerate(FAMILIES, 1):
        written, trait = name, ""
        if name == "Électricité":
            written, trait = mojibake(name), "family: mojibake"
        elif "&" in name:
            trait = "family: entity"
        dump.add(
            "catalog_family",
            "mf_",
            trait,
            id=number,
            name=written,
            name_system="",
            description=None,
            pic="x.webp",
            display="1" if number < 6 else "0",
            sort=f" {number} ",
        )
    for number, name in enumerate(GAMMES, 1):
        dump.add(
            "pieces_gamme",
            "pg_",
            id=number,
            alias="" if number == 3 else f"Gamme {number}",
            name=name,
            relfollow="1",
            level="1" if number < 10 else "2",
            display="1",
            top="1" if number < 5 else "0",
        )
        family = number % len(FAMILIES) + 1
        # « prime » names the primary family; where it is missing the plain one counts.
        dump.add(
            "catalog_gamme",
            "mc_",
            id=number,
            mf_id=family,
            mf_prime="" if number % 4 == 0 else family,
            pg_id=number,
            sort=number,
        )
    dump.add("pieces_gamme", "pg_", "gamme: displayed without family", id=90, name="Orpheline", level="1", display="1")
    dump.add("pieces_gamme", "pg_", "gamme: level 5 never shown", id=91, name="Technique", level="5", display="1")
    dump.add("catalog_gamme", "mc_", "link: unknown family", id=91, mf_id="777", mf_prime="777", pg_id=91, sort="1")
    dump.add("pieces_gamme", "pg_", "gamme: no name", id=92, name=" ", level="1", display="1")
    dump.add("pieces_gamme", "pg_", "gamme: id is no number", id="abc", name="Sans numéro", level="1", display="1")
    for number, name in enumerate(BRANDS, 1):
        dump.add(
            "pieces_marque",
            "pm_",
            id=number,
            alias=name.lower(),
            name=name,
            oes=("OES", "O", "A", "")[number % 4],
            nb_stars="9" if number == 1 else number % 7,
            display="1",
            top="1" if number < 4 else "0",
            sort=number,
        )
    dump.add("pieces_marque", "pm_", "brand: name twice", id=50, alias="bosch", name="BOSCH", display="0", sort="99")
    dump.add("pieces_marque", "pm_", "brand: control character", id=51, name="BAD\x02NAME", display="1", sort="99")
    _add_criteria(dump)
    for number, name in enumerate(SIDES):
        if name:
            dump.add("pieces_side_filtre", "psf_", id=number, side=name, sort=number, display="1")
    for number in range(1, 9):
        dump.add("pieces_ref_brand", "prb_", id=number, name=f"CONSTRUCTEUR {number}", display="1")


def _add_criteria(dump: Dump) -> None:
    for number, (name, unit) in enumerate(CRITERIA, 1):
        dump.add("pieces_criteria_group", "cri_", id=number, criteria=name, unit=unit, display="1")
        for gamme in range(1, len(GAMMES) + 1):
            dump.add(
                "pieces_criteria_link",
                "pcl_",
                pg_id=gamme,
                cri_id=number,
                cri_criteria=name,
                cri_unit=unit,
                level="1",
                sort=10 - number,
                is_filter="1" if number < 3 else "0",
                display="0" if (gamme, number) == (1, 5) else "1",
            )
    dump.add(
        "pieces_criteria_link",
        "pcl_",
        "criterion: named by the link only",
        key="77",
        pg_id=1,
        cri_id=77,
        cri_criteria="Matière",
        cri_unit="",
        level="2",
        sort="1",
        is_filter="0",
        display="1",
    )


def add_parts(dump: Dump, count: int) -> list[int]:
    """Add so many sound parts with prices, pictures and the rest, and one of each fault; return the sound ones' ids."""
    sound = []
    for number in range(count):
        part = FIRST_PART + number
        sound.append(part)
        _add_part(dump, part, number)
        _add_prices(dump, part, number)
        _add_details(dump, part, number)
    _add_faulty_parts(dump, FIRST_PART + count)
    _add_orphans(dump)
    return sound


def _add_part(dump: Dump, part: int, number: int) -> None:
    trait, name, weight, pack, shown = "", f"Pièce {number}", "1.250", "", "t"
    match number % 50:
        case 1:
            trait, name = "part: mojibake", mojibake("Câble de frein à main")
        case 2:
            trait, name = "part: entity", "Pi&egrave;ce d&#39;origine &amp;amp; co"
        case 3:
            trait, weight = "part: weight with comma", "2,750"
        case 4:
            trait, pack = "part: sold by two", "2"
        case 5:
            trait, shown = "part: hidden", ("0", "f", "false", "N")[number // 50 % 4]
        case 6:
            trait, pack = "part: impossible pack", "9999"
        case 7:
            trait, name = "part: no name", ""
        case 8:
            trait, name = "part: long name", "Très " * 60
    dump.add(
        "pieces",
        "piece_",
        trait,
        id=f" {part} " if number % 9 == 0 else part,
        ref=f"R-{number:05d} {number % 7}",
        pm_id=number % len(BRANDS) + 1,
        pg_id=number % len(GAMMES) + 1,
        des=None,
        name=name,
        name_comp="Pièce kit",
        name_side=SIDES[number % 5] if number % 10 < 5 else "",
        psf_id=number % 5 if number % 10 >= 5 else "",
        qty_sale=pack,
        weight_kgm=weight,
        display=shown,
        sort=number,
    )


def _add_prices(dump: Dump, part: int, number: int) -> None:
    euros = 5 + number % 200
    if number % 40 == 39:
        dump.add(
            "pieces_price",
            "pri_",
            "price: none to sell at",
            key=str(part),
            piece_id=part,
            dispo="0",
            type="3",
            vente_ttc=euros,
            tva="20",
        )
        dump.add("pieces_price", "pri_", piece_id=part, dispo="1", type="4", vente_ttc="0", tva="20")
        return
    written = {0: f"{euros},50", 1: f"{euros}.50", 2: f" {euros}.500000 "}[number % 3]
    deposit = "30,00" if number % 20 == 0 else ""
    # Not the first row, not the dearest: the highest type of those that can be sold.
    dump.add("pieces_price", "pri_", piece_id=part, dispo="1", type="1", vente_ttc=euros + 100, consigne_ttc="", tva="")
    dump.add(
        "pieces_price",
        "pri_",
        "price: chosen" if number % 100 == 0 else "",
        key=str(part),
        piece_id=part,
        dispo="1",
        type="2",
        vente_ttc=written,
        consigne_ttc=deposit,
        tva="20,00",
        ean=f"40{part:011d}" if number % 3 == 0 else "",
        date_from="2020-01-01",
    )
    dump.add("pieces_price", "pri_", piece_id=part, dispo="0", type="9", vente_ttc="1", consigne_ttc="", tva="20")
    if number % 100 == 50:
        dump.add(
            "pieces_price",
            "pri_",
            "price: not a number",
            key=str(part),
            piece_id=part,
            dispo="1",
            type="8",
            vente_ttc="sur devis",
            tva="20",
        )


def _add_details(dump: Dump, part: int, number: int) -> None:
    for place in range(number % 3):
        dump.add(
            "pieces_media_img",
            "pmi_",
            piece_id=part,
            pm_id="1",
            folder=f"{number % 9}",
            name=f"{part}_{place}.jpg",
            sort="1" if number % 2 else place,
            display="1",
        )
    if number % 30 == 0:
        dump.add(
            "pieces_media_img",
            "pmi_",
            "picture: hidden",
            key=str(part),
            piece_id=part,
            folder="1",
            name="secret.jpg",
            sort="0",
            display="0",
        )
    for criterion in range(1, 3 + number % 3):
        value = f"{100 + number % 90},{criterion}"
        dump.add(
            "pieces_criteria",
            "pc_",
            piece_id=part,
            pg_id="1",
            cri_id=criterion,
            cri_value=value,
            display="1",
            sort=criterion,
        )
    if number % 25 == 0:
        dump.add(
            "pieces_criteria",
            "pc_",
            "criterion: two values",
            key=str(part),
            piece_id=part,
            cri_id="3",
            cri_value="ATE",
            display="1",
            sort="3",
        )
        dump.add("pieces_criteria", "pc_", piece_id=part, cri_id="3", cri_value="BOSCH", display="1", sort="3")
    for maker in range(1, 2 + number % 3):
        dump.add(
            "pieces_ref_oem",
            "pro_",
            piece_id=part,
            prb_id=maker,
            oem=f"7700 {number:06d} {maker}",
            oem_serach=f"7700{number:06d}{maker}",
        )
    dump.add(
        "pieces_ref_search",
        "prs_",
        piece_id=part,
        search=f"R{number:05d}{number % 7}",
        kind="0",
        ref=f"R-{number:05d} {number % 7}",
        prb_id="",
    )
    dump.add("pieces_ref_search", "prs_", piece_id=part, search=f"X{number}", kind="2", ref=f"X-{number}", prb_id="5")
    if number % 3 == 1:
        dump.add("pieces_ref_ean", "pre_", piece_id=part, code_ean=f"50{part:011d}")
    if number % 60 == 0:
        dump.add("pieces_ref_ean", "pre_", "ean: nonsense", key=str(part), piece_id=part, code_ean="12AB")


def _add_faulty_parts(dump: Dump, first: int) -> None:
    good = {"pm_id": 1, "pg_id": 1, "name": "Fautive", "display": "1", "ref": "F-1"}
    for number, (trait, changes) in enumerate(
        (
            ("part: unknown gamme", {"pg_id": "5555"}),
            ("part: unknown brand", {"pm_id": "5555"}),
            ("part: same brand and reference", {"ref": "r 00000-0", "pm_id": 1}),
            ("part: reference without letters", {"ref": " --- "}),
            ("part: control character", {"name": "Bip\x07", "ref": "F-2"}),
            ("part: id too large", {"ref": "F-3", "id": "99999999999"}),
            ("part: flag unknown", {"ref": "F-4", "display": "peut-être"}),
        )
    ):
        fields: dict[str, object] = {"id": first + number, **good, **changes}
        dump.add("pieces", "piece_", trait, **fields)
    dump.broken_lines["pieces"].append("123456,seulement,trois")
    dump.traits["part: line cut short"].append("123456")


def _add_orphans(dump: Dump) -> None:
    for number in range(20):
        dump.add(
            "pieces_price",
            "pri_",
            "price: unknown part",
            key=f"9{number}",
            piece_id=900_000 + number,
            dispo="1",
            type="1",
            vente_ttc="10",
            tva="20",
        )
        dump.add(
            "pieces_criteria",
            "pc_",
            "criterion: unknown part",
            key=f"9{number}",
            piece_id=900_000 + number,
            cri_id="1",
            cri_value="10",
            display="1",
            sort="1",
        )
        dump.add(
            "pieces_list",
            "pli_",
            "kit: no noun yet",
            key=f"9{number}",
            piece_id=FIRST_PART + number,
            quantity="1",
            piece_component=FIRST_PART + number + 1,
            sort="1",
        )
