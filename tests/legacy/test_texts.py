"""What became of the texts of pages."""

from tests.legacy.conftest import Shop


def test_texts_are_clean_and_templates_keep_their_markers(imported: Shop) -> None:
    title, content = imported.rows("SELECT title, content FROM gamme_text WHERE gamme_id = 1")[0]
    assert (title, content) == ("Filtre à huile à prix bas", "<p>Bien choisir</p>")
    assert imported.value("SELECT title FROM vehicle_gamme_template WHERE gamme_id = 1").endswith("#VMarque# #VModele#")


def test_switches_of_four_tables_stay_apart_and_in_order(imported: Shop) -> None:
    assert imported.rows("SELECT kind, count(*) FROM text_switch GROUP BY kind ORDER BY kind") == [
        ("family", 28),
        ("gamme", 14),
        ("item", 29),
        ("type", 1),
    ]
    assert imported.rows("SELECT gamme_id, slot FROM text_switch WHERE id = 3") == [(None, 3)]


def test_a_gamme_is_not_linked_to_itself(imported: Shop) -> None:
    assert imported.value("SELECT count(*) FROM gamme_link") == 14
