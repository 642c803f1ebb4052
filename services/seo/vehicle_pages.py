"""The texts of a gamme's page for a vehicle: everything they draw from is read in one query."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, ScalarSelect, Select, bindparam, select, text

from domain.errors import NotFound
from domain.page_subjects import Offered, PageTexts, Subject, Switch, Switches, SwitchKind, Template
from domain.page_texts import write_page
from models.catalog import Gamme
from models.database import session
from models.vehicles import VehicleType
from services.catalog import displayed_gammes
from services.seo.phrases import PHRASES_KEY, PhraseLists
from services.seo.words import words_of_gamme, words_of_vehicle

# Switches are read only for a gamme that has a template, and only those that its markers can name.
_SOURCES = r"""
WITH template AS ({template}), named AS (
    SELECT DISTINCT CAST((regexp_matches(
        concat_ws(' ', title, description, h1, preview, content),
        '#(CompSwitch(_\d+)?|LinkGammeCar)_(\d{{1,9}})#', 'g'
    ))[3] AS bigint) AS id
    FROM template
), switch AS (
    SELECT id, kind, slot, content, gamme_id, family_id FROM text_switch
    WHERE kind = 'gamme' AND gamme_id IN (SELECT CAST(:gamme_id AS bigint) UNION ALL SELECT id FROM named)
    UNION ALL
    SELECT id, kind, slot, content, gamme_id, family_id FROM text_switch
    WHERE kind = 'item' AND slot = 3 AND gamme_id IS NULL
    UNION ALL
    SELECT id, kind, slot, content, gamme_id, family_id FROM text_switch
    WHERE family_id = (SELECT family_id FROM gamme WHERE id = :gamme_id)
        AND (gamme_id IS NULL OR gamme_id IN (SELECT id FROM named))
)
SELECT json_build_object(
    'template', row_to_json(template),
    'switches', (SELECT json_agg(json_build_array(kind, slot, content, gamme_id, family_id) ORDER BY id) FROM switch),
    'other_gammes', (SELECT json_object_agg(id, plural_name) FROM gamme WHERE id IN (SELECT id FROM named)),
    'engine_codes', (SELECT json_agg(code ORDER BY code) FROM engine_code WHERE type_id = :type_id),
    'phrases', (SELECT value FROM shop_setting WHERE key = :phrases_key)
) AS sources
FROM template
"""
_STORED = _SOURCES.format(
    template="SELECT title, description, h1, preview, content FROM vehicle_gamme_template WHERE gamme_id = :gamme_id"
)
_GIVEN = _SOURCES.format(
    template="SELECT CAST(:title AS text) AS title, CAST(:description AS text) AS description,"
    " CAST(:h1 AS text) AS h1, CAST(:preview AS text) AS preview, CAST(:content AS text) AS content"
)
Sources = Mapping[str, Any]


@dataclass(frozen=True)
class VehiclePage:
    """A gamme, its family loaded, and what its texts for a vehicle draw from (None: it has no template)."""

    gamme: Gamme
    sources: Sources | None

    def write(self, vehicle: VehicleType, offered: Offered) -> PageTexts:
        """Return the texts for the vehicle that was asked about, whose model and make are loaded."""
        return _write(self.gamme, vehicle, offered, self.sources)


def get_vehicle_page(gamme_id: int, type_id: int) -> VehiclePage:
    """Return a displayed gamme with the sources of its texts for a vehicle type, in one query; raises NotFound."""
    asked = {"gamme_id": gamme_id, "type_id": type_id, "phrases_key": PHRASES_KEY}
    found = session.execute(_page(), asked).one_or_none()
    if found is None:
        raise NotFound("Cette gamme de pièces n'existe pas ou plus.")
    return VehiclePage(*found)


def preview_vehicle_page(template: Template, gamme: Gamme, vehicle: VehicleType, offered: Offered) -> PageTexts:
    """Return what the page would say once `template` were the gamme's, with the switches as they are kept."""
    asked = {"gamme_id": gamme.id, "type_id": vehicle.id, "phrases_key": PHRASES_KEY, **asdict(template)}
    return _write(gamme, vehicle, offered, session.scalar(select(_sources(_GIVEN)), asked))


@cache
def _page() -> Select[Gamme, Any]:
    return displayed_gammes().where(Gamme.id == bindparam("gamme_id")).add_columns(_sources(_STORED))


def _sources(statement: str) -> ScalarSelect[Any]:
    return text(statement).columns(sources=JSON).scalar_subquery()


def _write(gamme: Gamme, vehicle: VehicleType, offered: Offered, sources: Sources | None) -> PageTexts:
    if sources is None:
        return write_page(Template(), Subject(words_of_gamme(gamme), words_of_vehicle(vehicle), offered))
    subject = Subject(
        gamme=words_of_gamme(gamme),
        vehicle=words_of_vehicle(vehicle, sources["engine_codes"] or ()),
        offered=offered,
        switches=Switches(
            Switch(SwitchKind(kind), slot, content, gamme_id, family_id)
            for kind, slot, content, gamme_id, family_id in sources["switches"] or ()
        ),
        phrases=PhraseLists.model_validate(sources["phrases"] or {}).phrases(),
        other_gammes={int(number): name for number, name in (sources["other_gammes"] or {}).items()},
    )
    return write_page(Template(**sources["template"]), subject)
