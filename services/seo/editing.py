"""Staff write what pages say: templates, the texts that take turns in them, and a gamme's own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import func, select

from domain.errors import Conflict
from domain.orders import Actor
from domain.page_subjects import Template
from domain.page_texts import clean_html, unknown_markers
from domain.search import plain_words
from models.catalog import Gamme
from models.database import session
from models.offers import VehicleGamme
from models.seo import GammeText, TextSwitch, VehicleGammeTemplate
from models.vehicles import VehicleType
from services.catalog import displayed_gammes
from services.staff import record_change
from services.vehicles import find_vehicle_type

MOST_TEXTS = 200


def _known(text: str) -> str:
    """Refuse a marker that no rule knows: it would be deleted from the page, and nobody would know why."""
    if unknown := unknown_markers(text):
        raise PydanticCustomError("shop", f"Marqueur inconnu : {', '.join(unknown)}. Corrigez-le ou retirez-le.")
    return text


def _lines(text: str) -> str:
    """One text a line, empty lines left out."""
    lines = [clean for line in text.splitlines() if (clean := clean_html(line.strip()))]
    if len(lines) > MOST_TEXTS:
        raise PydanticCustomError("shop", f"Gardez au plus {MOST_TEXTS} textes par emplacement.")
    return "\n".join(lines)


_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400), AfterValidator(_known)]
_Html = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=20_000), AfterValidator(_known), AfterValidator(clean_html)
]
_Turns = Annotated[str, StringConstraints(max_length=40_000), AfterValidator(_known), AfterValidator(_lines)]


class TemplateInput(BaseModel):
    """The template of a gamme's pages for a vehicle; an empty part is made from what is known."""

    title: _Line = ""
    description: _Line = ""
    h1: _Line = ""
    preview: _Html = ""
    content: _Html = ""

    def template(self) -> Template:
        """Return it as the text engine takes it."""
        return Template(**self.model_dump())


class PageInput(BaseModel):
    """What a gamme's own page says."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] = ""
    h1: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    content: _Html = ""


class GammeTextsInput(BaseModel):
    """All that staff write of a gamme; `seen` is what the form showed as its state, `switches` one text a line."""

    template: TemplateInput = TemplateInput()
    page: PageInput = PageInput()
    switches: dict[Annotated[int, Field(ge=1, le=9999)], _Turns] = Field(default={}, max_length=20)
    seen: str = Field(default="", max_length=80)


@dataclass(frozen=True)
class WrittenGamme:
    """A gamme in the list of texts: whether its pages have a template, and how many texts take turns in it."""

    id: int
    name: str
    family: str
    has_template: bool
    switches: int


def list_written_gammes(search: str = "", *, limit: int = 60) -> list[WrittenGamme]:
    """List displayed gammes whose name has every word of `search`, those with a template first, at most `limit`."""
    counted = (
        select(TextSwitch.gamme_id, func.count().label("switches"))
        .where(TextSwitch.kind == "gamme")
        .group_by(TextSwitch.gamme_id)
        .subquery()
    )
    rows = session.execute(
        displayed_gammes()
        .outerjoin(VehicleGammeTemplate, VehicleGammeTemplate.gamme_id == Gamme.id)
        .outerjoin(counted, counted.c.gamme_id == Gamme.id)
        .where(*(Gamme.alias.contains(word, autoescape=True) for word in plain_words(search).split()))
        .add_columns(VehicleGammeTemplate.gamme_id.is_not(None), func.coalesce(counted.c.switches, 0))
        .order_by(VehicleGammeTemplate.gamme_id.is_(None), Gamme.name, Gamme.id)
        .limit(limit)
    )
    return [WrittenGamme(gamme.id, gamme.name, gamme.family.name, has, count) for gamme, has, count in rows]


def read_gamme_texts(gamme_id: int) -> GammeTextsInput:
    """Return what is written of a gamme, as a form shows it; empty where nothing is."""
    template, page = session.get(VehicleGammeTemplate, gamme_id), session.get(GammeText, gamme_id)
    turns: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for switch in _switches(gamme_id):
        turns.setdefault(switch.slot, []).append(switch.content)
    # As it is kept: an import may have brought markers that a form would refuse.
    return GammeTextsInput.model_construct(
        template=TemplateInput.model_construct(**_values(template, TemplateInput)),
        page=PageInput.model_construct(**_values(page, PageInput)),
        switches={slot: "\n".join(texts) for slot, texts in sorted(turns.items())},
        seen="/".join(str(row.updated_at.timestamp()) if row else "" for row in (template, page)),
    )


def save_gamme_texts(gamme_id: int, new: GammeTextsInput, *, by: Actor, at: datetime) -> None:
    """Keep what staff wrote of a gamme, and note it in the audit log; raises Conflict when others were first."""
    session.execute(select(Gamme.id).where(Gamme.id == gamme_id).with_for_update())
    old = read_gamme_texts(gamme_id)
    if old.seen != new.seen:
        raise Conflict(
            "Quelqu'un a enregistré ces textes pendant que vous écriviez. Rien n'a été enregistré : rechargez la page."
        )
    template = session.get(VehicleGammeTemplate, gamme_id) or VehicleGammeTemplate(gamme_id=gamme_id)
    page = session.get(GammeText, gamme_id) or GammeText(gamme_id=gamme_id)
    _write(template, new.template, at)
    _write(page, new.page, at)
    for slot, lines in new.switches.items():
        if lines != old.switches.get(slot, ""):
            _replace_turns(gamme_id, slot, lines.splitlines())
    session.flush()
    record_change(
        by=by,
        action="texts.change",
        subject_kind="gamme",
        subject_id=gamme_id,
        before=old.model_dump(mode="json", exclude={"seen"}),
        after=new.model_dump(mode="json", exclude={"seen"}),
    )


def find_sample_vehicle(gamme_id: int) -> tuple[VehicleType, int, int | None] | None:
    """Return a vehicle to try a gamme's template on: the best served, its references and lowest price in cents."""
    best = session.scalar(
        select(VehicleGamme)
        .where(VehicleGamme.gamme_id == gamme_id)
        .order_by(VehicleGamme.product_count.desc(), VehicleGamme.vehicle_type_id)
        .limit(1)
    )
    number = best.vehicle_type_id if best else session.scalar(select(VehicleType.id).order_by(VehicleType.id).limit(1))
    vehicle = None if number is None else find_vehicle_type(number)
    if vehicle is None:
        return None
    return vehicle, best.product_count if best else 0, best.min_price_cents if best else None


def _switches(gamme_id: int, slot: int | None = None) -> list[TextSwitch]:
    query = select(TextSwitch).where(TextSwitch.kind == "gamme", TextSwitch.gamme_id == gamme_id)
    if slot is not None:
        query = query.where(TextSwitch.slot == slot)
    return list(session.scalars(query.order_by(TextSwitch.id).limit(5_000)))


def _replace_turns(gamme_id: int, slot: int, lines: list[str]) -> None:
    for switch in _switches(gamme_id, slot):
        session.delete(switch)
    session.flush()
    session.add_all(TextSwitch(kind="gamme", gamme_id=gamme_id, slot=slot, content=line) for line in lines)


def _write(row: VehicleGammeTemplate | GammeText, part: BaseModel, at: datetime) -> None:
    for name, value in part.model_dump().items():
        setattr(row, name, value)
    row.updated_at = at
    session.add(row)


def _values(row: VehicleGammeTemplate | GammeText | None, part: type[BaseModel]) -> dict[str, Any]:
    return {name: getattr(row, name) if row else "" for name in part.model_fields}
