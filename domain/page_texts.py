"""The text of a gamme's page for a vehicle: a template, its markers, and switches that take turns (docs/page-texts.md).

Nothing unresolved ever leaves: what no rule knows is deleted, whatever the template says (spec/seo-system.md, 1–10).
"""

import re
from collections.abc import Callable
from enum import StrEnum
from html import escape, unescape

import nh3

from domain import rotation
from domain.page_heads import fit_description, fit_title
from domain.page_subjects import GENERIC_SLOT, PageTexts, Subject, Template

MARKER = re.compile(r"#([\w.-]+)#")
_SWITCH = re.compile(r"CompSwitch(?:_(\d{1,9})(?:_(\d{1,9}))?)?")
_LINK = re.compile(r"LinkGammeCar_(\d{1,9})")
_SPACES = re.compile(r"[ \t\r\n]+")
_BEFORE_STOP = re.compile(r"[ \t\r\n\xa0]+([.,])")
_EDGES = re.compile(r"(<(?:b|strong|p|li|h2|h3)>)\s+|\s+(</(?:b|strong|p|li|h2|h3)>)")
_EMPTY_BOLD = re.compile(r"<(b|strong)></\1>")
BODY_TAGS = {"a", "b", "br", "em", "h2", "h3", "i", "li", "ol", "p", "strong", "ul"}


class _Mode(StrEnum):
    TITLE = "title"
    DESCRIPTION = "description"
    BODY = "body"


def write_page(template: Template, subject: Subject) -> PageTexts:
    """Return the texts of a page: the template's, or what is known where it has none or says nothing in the end."""
    gammes, vehicle, offered = subject.gamme.plural_name, subject.vehicle, subject.offered
    known = f"{gammes} pour {vehicle.label} ({vehicle.years})"
    count = f"{offered.references} référence{'s' if offered.references > 1 else ''}" if offered.references else ""
    offer = " ".join(filter(None, (count, f"dès {offered.from_price}" if offered.from_price else "")))
    said = (
        f"{known} : {offer}." if offer else f"{known}.",
        "Dates de montage et stock affichés pour chaque référence.",
        "Choisissez selon le côté, la marque et le prix.",
    )
    written = _words(template.description, subject, _Mode.DESCRIPTION)
    return PageTexts(
        title=fit_title(_words(template.title, subject, _Mode.TITLE) or f"{gammes} {vehicle.label}"),
        description=fit_description(written or said[0], *(said[1:])),
        h1=_words(template.h1, subject, _Mode.BODY) or f"{gammes} pour {vehicle.label}",
        preview=_body(template.preview, subject),
        content=_body(template.content, subject),
    )


def unknown_markers(text: str) -> list[str]:
    """List the markers of a text that no rule knows, once each, as they are written."""
    found = dict.fromkeys(
        match[0]
        for match in MARKER.finditer(text)
        if match[1] not in MARKER_NAMES and not _SWITCH.fullmatch(match[1]) and not _LINK.fullmatch(match[1])
    )
    return list(found)


def named_gammes(*texts: str) -> set[int]:
    """Return the ids of the other gammes that the markers of some texts may name."""
    found = (_SWITCH.fullmatch(name) or _LINK.fullmatch(name) for text in texts for name in MARKER.findall(text))
    return {int(match[match.lastindex]) for match in found if match and match.lastindex}


def clean_html(text: str) -> str:
    """Return HTML with nothing but the tags of a text in it, balanced; links lead into the shop only."""
    return nh3.clean(
        text, tags=BODY_TAGS, attributes={"a": {"href"}}, url_schemes=set(), link_rel=None, strip_comments=True
    )


def plain_text(text: str) -> str:
    """Return the words of a text without its tags and entities."""
    return unescape(nh3.clean(text, tags=set())) if "<" in text or "&" in text else text


def settle(text: str) -> str:
    """Delete every marker left and mend the spaces around what is gone, until nothing changes any more."""
    while True:
        settled = _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", MARKER.sub("", text))).strip()
        settled = _EMPTY_BOLD.sub("", _EDGES.sub(r"\1\2", settled))
        if settled == text:
            return settled
        text = settled


def _words(text: str, subject: Subject, mode: _Mode) -> str:
    return settle(plain_text(_resolved(text, subject, mode))) if text else ""


def _body(text: str, subject: Subject) -> str:
    if not text:
        return ""
    html = settle(clean_html(_resolved(text, subject, _Mode.BODY)))
    words = plain_text(html)
    # A marker broken by a tag is none to the rules above, and still one to a reader.
    if MARKER.search(words):
        html, words = html.replace("#", ""), words.replace("#", "")
    return html if words.strip() else ""


def _resolved(text: str, subject: Subject, mode: _Mode) -> str:
    """Return a text with its markers replaced; a switch's own text knows the simple ones, not the switches."""

    def simple(match: re.Match[str]) -> str:
        return _simple(match[1], subject, mode) or ""

    def any_of_them(match: re.Match[str]) -> str:
        found = _simple(match[1], subject, mode)
        if found is None:
            found = MARKER.sub(simple, _switch(match[1], subject) or _link(match[1], subject, mode))
        return found

    return MARKER.sub(any_of_them, text)


def _simple(name: str, subject: Subject, mode: _Mode) -> str | None:
    """Return what a marker of the vehicle, the gamme or the prices stands for, None when it is no such marker."""
    if name == "VNbCh":
        power = str(subject.vehicle.power_hp)
        return f"<b>{power} ch</b>" if mode is _Mode.BODY else power
    if name in _SIMPLE:
        return _shown(_SIMPLE[name](subject), mode, bold=name in _BOLD)
    if name in _PRICES:
        return _shown(_PRICES[name](subject, mode), mode)
    return None


def _shown(value: str, mode: _Mode, *, bold: bool = False) -> str:
    if mode is not _Mode.BODY:
        return value
    return f"<b>{escape(value, quote=False)}</b>" if bold and value else escape(value, quote=False)


def _switch(name: str, subject: Subject) -> str:
    """Rotation rules 1 to 3 (and 6, which is rule 3 by another name)."""
    match = _SWITCH.fullmatch(name)
    if match is None:
        return ""
    type_id, gamme, switches = subject.vehicle.id, subject.gamme, subject.switches
    if match[1] is None:
        return rotation.rotated(switches.generic(), rotation.generic_index(type_id, gamme.id))
    slot = int(match[1])
    if match[2] is None:
        texts = switches.of_gamme(gamme.id, slot)
        if not texts:
            # The number is a gamme's: this one's own turn, or any text of another.
            texts = switches.generic() if slot == gamme.id else switches.all_of_gamme(slot)
        return rotation.rotated(texts, rotation.slot_index(type_id, slot))
    other = int(match[2])
    index = rotation.other_gamme_index(type_id, other, slot)
    if slot in rotation.FAMILY_SLOTS:
        texts = switches.of_family(gamme.family_id, other, slot)
    else:
        texts = switches.of_gamme(other, slot)
        if not texts and slot == GENERIC_SLOT:
            texts = switches.generic()
    return rotation.rotated(texts, index)


def _link(name: str, subject: Subject, mode: _Mode) -> str:
    """Rotation rule 4."""
    match = _LINK.fullmatch(name)
    other = int(match[1]) if match else 0
    if other not in subject.other_gammes:
        return ""
    turns = rotation.link_indexes(subject.vehicle.id, other)
    first, second = (
        rotation.rotated(subject.switches.of_gamme(other, slot), turn) for slot, turn in zip((1, 2), turns, strict=True)
    )
    named = _shown(f"{_lowered(subject.other_gammes[other])} {subject.vehicle.label}", mode)
    return f"{first} les {named} et {second}" if first and second else ""


def _lowered(text: str) -> str:
    """Lower the first letter, unless the word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _cheap(subject: Subject, mode: _Mode) -> str:
    index = {_Mode.TITLE: rotation.title_phrase_index, _Mode.DESCRIPTION: rotation.description_phrase_index}.get(mode)
    type_id = subject.vehicle.id
    return rotation.rotated(subject.phrases.cheap, index(type_id, subject.gamme.id) if index else type_id)


def _from_price(subject: Subject, mode: _Mode) -> str:
    if not subject.offered.from_price:
        return ""
    return f"{'dès' if mode is _Mode.TITLE else 'à partir de'} {subject.offered.from_price}"


def _count_words(subject: Subject) -> str:
    count = subject.offered.references
    if count < 10:
        return f"{count} référence{'s' if count > 1 else ''}" if count else ""
    return f"plus de {count - 1} références"


# What each marker stands for, but the switches.
_SIMPLE: dict[str, Callable[[Subject], str]] = {
    "Gamme": lambda s: s.gamme.name,
    "Gammes": lambda s: s.gamme.plural_name,
    "GammeAlias": lambda s: s.gamme.alias,
    "VMarque": lambda s: s.vehicle.make,
    "VModele": lambda s: s.vehicle.model,
    "VType": lambda s: s.vehicle.name,
    "VAnnee": lambda s: s.vehicle.years,
    "VNbCh": lambda s: str(s.vehicle.power_hp),
    "VCarosserie": lambda s: s.vehicle.body,
    "VMotorisation": lambda s: s.vehicle.fuel,
    "VCodeMoteur": lambda s: ", ".join(s.vehicle.engine_codes),
    "LinkCar": lambda s: s.vehicle.described(),
    "LinkCarAll": lambda s: s.vehicle.described(with_body=True),
    "FamilyContext": lambda s: f"dans la catégorie {s.gamme.family_name}",
    "GammeLevel": lambda s: f"niveau {s.gamme.level}",
    # Markers of the source that stand for nothing we know: no score is kept, and « top » is no word for a page.
    "QualityBadge": lambda s: "",
    "IsTop": lambda s: "",
    "ArticlesCount": lambda s: str(s.offered.references),
    "ArticlesCountFormatted": _count_words,
    "VousPropose": lambda s: rotation.rotated(s.phrases.offers, s.vehicle.id),
}
_BOLD = {"Gamme", "Gammes", "VMarque", "VModele", "VType", "VAnnee", "VCarosserie", "VMotorisation", "VCodeMoteur"}
_PRICES: dict[str, Callable[[Subject, _Mode], str]] = {
    "MinPrice": _from_price,
    "MinPriceFormatted": lambda s, _mode: s.offered.from_price,
    "PrixPasCher": _cheap,
}
MARKER_NAMES = (*_SIMPLE, *_PRICES)
