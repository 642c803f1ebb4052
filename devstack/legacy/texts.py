"""Texts of pages of the made-up old shop."""

from devstack.legacy.catalogue import GAMMES
from devstack.legacy.dump import Dump


def add_texts(dump: Dump) -> None:
    """Add texts, templates and switches for the gammes, and one of each fault."""
    for number, name in enumerate(GAMMES, 1):
        content = "<p>Bien choisir</p><script>alert(1)</script>" if number == 1 else "<p>Bien choisir</p>"
        dump.add(
            "__seo_gamme",
            "sg_",
            "text: script" if number == 1 else "",
            id=number,
            title=f"{name} &agrave; prix bas",
            descrip="Texte",
            keywords="",
            h1=name,
            content=content,
            pg_id=number,
        )
        dump.add(
            "__seo_gamme_car",
            "sgc_",
            id=number,
            title=f"{name} #VMarque# #VModele#",
            descrip="#CompSwitch#",
            h1="",
            preview="",
            content="",
            pg_id=number,
        )
        dump.add("__seo_gamme_conseil", "sgc_", id=number, title="Quand ?", content="Tous les ans.", pg_id=number)
        dump.add("__seo_gamme_info", "sgi_", id=number, content="pour assurer le freinage", pg_id=number)
        dump.add("__seo_equip_gamme", "seg_", id=number, content="Une marque d'origine", pm_id="1", pg_id=number)
        dump.add(
            "pieces_gamme_cross",
            "pgc_",
            id=number,
            pg_id=number,
            pg_cross=number % len(GAMMES) + 1,
            level="1",
            display="1",
            sort=number,
        )
        for slot in (1, 2):
            dump.add(
                "__seo_item_switch",
                "sis_",
                id=number * 10 + slot,
                content=f"Texte {slot} du lot",
                alias=slot,
                pg_id=number,
            )
            dump.add(
                "__seo_family_gamme_car_switch",
                "sfgcs_",
                id=number * 10 + slot,
                content="Autre texte",
                alias=slot,
                mf_id=number % 6 + 1,
                pg_id="0" if slot == 1 else number,
            )
        dump.add("__seo_gamme_car_switch", "sgcs_", id=number, content="Encore un", alias="11", pg_id=number)
    dump.add("__seo_item_switch", "sis_", "switch: for any gamme", id=3, content="Pour toutes", alias="3", pg_id="0")
    dump.add("__seo_type_switch", "sts_", id=1, content="Du type", alias="10")
    dump.add("__seo_item_switch", "sis_", "switch: unknown gamme", id=999, content="Perdu", alias="1", pg_id="4444")
    dump.add("pieces_gamme_cross", "pgc_", "link: to itself", id=99, pg_id=1, pg_cross=1, level="1", display="1")
