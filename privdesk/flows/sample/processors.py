"""Processors of the invented office: under contract, late, ended; inspected, trained, published."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from privdesk.core import periods
from privdesk.flows import publishing
from privdesk.flows.sample.papers import pdf
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, read
from privdesk.registers.desk import Desk
from privdesk.registers.processors.rules import CLAUSE_LABELS
from privdesk.registers.questions import read as read_questions

Refs = dict[str, str]
_DAYS = ("since", "until", "signed_on", "consent_on")
_FIRST = ("calls", "news", "install", "hosting")  # works of the list that was posted first
_KEPT = "hosting"  # the work that cannot do with less than the entire data
_NEW_VERSION_FROM = 2  # the place of the first inspection that asks with the newer checklist


@cache
def told() -> dict[str, Any]:
    """Return the invented processors, their works, inspections and trainings."""
    found: dict[str, Any] = read("processors")
    return found


def fill(desk: Desk, named: Named) -> None:
    """Enter processors with all that belongs to them, in the order of an office's life."""
    with tempfile.TemporaryDirectory() as folder, desk.change():
        at = Path(folder)
        known = _processors(desk)
        works = {key: _work(desk, named, known, key) for key in _FIRST}
        _contracts(desk, works, at)
        _publish(desk, at)
        works |= {one["key"]: _work(desk, named, known, one["key"]) for one in told()["works"]
                  if one["key"] not in works}  # fmt: skip
        _publish(desk, at)
        _notices(desk, works)
        _inspections(desk, known, at)
        _trainings(desk, known, at)
        _end(desk, known, at)
        desk.service("publications").create({})


def _processors(desk: Desk) -> Refs:
    known: Refs = {}
    for one in (*told()["processors"], *told()["subs"]):
        values = _dated(desk.today(), {k: v for k, v in one.items() if k != "key"})
        if "parent" in values:
            values["parent"] = known[values["parent"]]
        known[one["key"]] = str(desk.service("processors").create(values).ref)
    return known


def _work(desk: Desk, named: Named, known: Refs, key: str) -> str:
    one = next(work for work in told()["works"] if work["key"] == key)
    values = _dated(desk.today(), {k: v for k, v in one.items() if k not in ("key", "of")})
    items = desk.service("items")
    values["processor"] = known[one["of"]]
    values["items"] = tuple(desk.ref("items", items.by_key(name)) for name in one["items"])
    files = desk.service("files")
    names = [named.files[name] for name in one.get("files", ())]
    values["files"] = tuple(desk.ref("files", files.called(name)[0]) for name in names)
    return str(desk.service("consignments").create(values).ref)


def _contracts(desk: Desk, works: Refs, folder: Path) -> None:
    """Attach the contracts and tick what stands in each; one lacks a clause."""
    service, keys = desk.service("consignments"), tuple(CLAUSE_LABELS)
    for key, (count, name) in told()["contracts"].items():
        found = [n for n in range(len(keys)) if count == len(keys) or n != 3]
        body = [told()["clauses"][n] for n in found]
        path = pdf(desk, folder / name, told()["contract"], body)
        service.act("attach", [works[key]], {"what": "contract", "file": path})
        service.act("tick", [works[key]], {"clauses": tuple(keys[n] for n in found)})
    kept = {"result": "kept", "reason": told()["why_entire"]}
    service.act("question", [works[_KEPT]], kept)


def _notices(desk: Desk, works: Refs) -> None:
    for key, (way, text) in told()["notified"].items():
        on = ago(desk.today(), text)
        values = {"way": way, "on": on}
        desk.service("consignments").act("notified", [works[key]], values)


def _publish(desk: Desk, folder: Path) -> None:
    """Draw up the list of the moment and post it; the saved page proves it."""
    service = desk.service("publications")
    ref = str(service.create({"address": told()["address"]}).ref)
    page = folder / f"{ref}.html"
    page.write_text(publishing.html(desk, ref, "ko"), encoding="utf-8")
    service.act("posted", [ref], {"file": str(page)})


def _inspections(desk: Desk, known: Refs, folder: Path) -> None:
    made: dict[str, str] = {}
    for at, one in enumerate(told()["inspections"]):
        if at == _NEW_VERSION_FROM:
            _newer_checklist(desk)
        made[one["of"]] = _inspected(desk, known, one)
    path = pdf(desk, folder / told()["evidence"]["file"], told()["evidence"]["title"],
                [told()["evidence"]["text"]])  # fmt: skip
    centre = made[told()["again"]["of"]]
    service = desk.service("inspections")
    service.act("attach", [centre], {"what": "evidence", "file": path})
    on = desk.today() + timedelta(days=told()["again"]["plus"])
    service.act("reinspect", [centre], {"on": on})
    for one in told()["planned"]:
        on = desk.today() + timedelta(days=one["plus"])
        service.create({"processor": known[one["of"]], "planned_on": on})


def _inspected(desk: Desk, known: Refs, one: Mapping[str, Any]) -> str:
    """Hold an inspection: what is lacking, the rest in order, some of it put right since."""
    service, answers = desk.service("inspections"), desk.service("inspection-answers")
    held = ago(desk.today(), one["on"])
    values = {n: one[n] for n in ("way", "manager")} | {"held_on": held}
    ref = str(service.create({**values, "processor": known[one["of"]]}).ref)
    asked = {row.values["no"]: row.ref for row in answers.of_inspection(service.number(ref))}
    for no, (finding, due, _remedy) in one["no"].items():
        lacking = {"finding": finding, "due": ago(desk.today(), due)}
        answers.act("no", [asked[int(no)]], lacking)
    service.act("all-yes", [ref], {"evidence": told()["evidence"]["seen"]})
    service.act("finish", [ref], {"on": held, "summary": one["summary"]})
    for no, (_finding, due, remedy) in one["no"].items():
        if remedy:
            on = min(ago(desk.today(), due), desk.today())
            answers.act("fixed", [asked[int(no)]], {"remedy": remedy, "on": on})
    return ref


def _newer_checklist(desk: Desk) -> None:
    """Ask one question more from now on, and leave a draft of the version after that."""
    service = desk.service("checklists")
    before = service.in_force()
    (ref,) = service.act("new-version", [before.ref], {}).refs
    texts = {
        "text_ko": f"{before.values['text_ko'].rstrip()}\n{told()['question']}\n",
        "text_en": f"{before.values['text_en'].rstrip()}\n{told()['question_en']}\n",
    }
    read_questions(texts["text_ko"], texts["text_en"])
    service.update(ref, texts)
    service.act("use", [ref], {})
    service.act("new-version", [ref], {})


def _trainings(desk: Desk, known: Refs, folder: Path) -> None:
    service, roll = desk.service("inspections"), told()["roll"]
    for at, one in enumerate(told()["trainings"]):
        values = {k: v for k, v in one.items() if k not in ("of", "on")}
        held = ago(desk.today(), one["on"])
        whole = {**values, "processor": known[one["of"]], "kind": "training", "held_on": held}
        ref = str(service.create(whole).ref)
        if not at:
            path = pdf(desk, folder / roll["file"], roll["title"], [roll["text"]])
            service.act("attach", [ref], {"what": "roll", "file": path})
            service.act("finish", [ref], {})


def _end(desk: Desk, known: Refs, folder: Path) -> None:
    """End contracts: one with its confirmation, one whose processor answers no more."""
    service = desk.service("processors")
    for key, text in told()["ended"].items():
        on = ago(desk.today(), text)
        service.act("end", [known[key]], {"on": on, "reason": told()["why_ended"]})
    for key, values in told()["confirmed"].items():
        title = told()["confirmation"]
        path = pdf(desk, folder / f"{title}.pdf", title, [str(values["by"])])
        whole = {**values, "on": ago(desk.today(), values["on"]), "file": path}
        service.act("confirm", [known[key]], whole)


def _dated(today: date, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with their periods as days: ``3m`` ago, ``+4m`` from now on."""
    return {**values, **{n: _day(today, values[n]) for n in _DAYS if n in values}}


def _day(today: date, text: str) -> date:
    if not text.startswith("+"):
        return ago(today, text)
    count, unit = int(text[1:-1]), text[-1]
    ahead = periods.days(count) if unit == "d" else periods.months(count)
    return periods.add(today, ahead)
