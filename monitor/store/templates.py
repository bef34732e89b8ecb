"""Where the text stands on sites' pages, kept over restarts: what `crawler.SiteReport` tells, by host."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from crawler import Lesson, SiteReport, Template, Trait
from monitor.store.hot import Hot
from monitor.store.tables import Tx, insert_into, table
from monitor.store.template_tables import TemplateRow

_LONGEST_HOST = 200  #: characters; a longer one is asked about anew each time


def of_host(tx: Tx, host: str) -> Template | None:
    """Give what is known of how a host's pages are made; None when nothing is."""
    return of_hosts(tx, [host]).get(host)


def of_hosts(tx: Tx, hosts: Collection[str]) -> dict[str, Template]:
    """Give what is known of how the pages of some hosts are made, by host."""
    return {row.host: _template(row.template) for row in _OF_HOSTS.rows(tx, hosts=list(hosts))}


_TEMPLATES = table(TemplateRow).c
_OF_HOSTS = Hot(
    select(_TEMPLATES.host, _TEMPLATES.template).where(_TEMPLATES.host.in_(bindparam("hosts", expanding=True)))
)


def _template(stored: Mapping[str, Any]) -> Template:
    traits = tuple(Trait(**trait) for trait in stored["traits"])
    others = tuple(_template(one) for one in stored.get("others", ()))
    return Template(**{**stored, "box": tuple(stored["box"]), "traits": traits, "others": others})


def dropped(tx: Tx, host: str) -> datetime | None:
    """Tell when a host's template was dropped last; None: it never was."""
    row = tx.get(TemplateRow, host)
    return None if row is None else row.dropped_at


def lost(tx: Tx) -> dict[str, datetime]:
    """List the hosts whose template was dropped and that none is used of since, with when."""
    unused = TemplateRow.dropped_at.is_not(None) & TemplateRow.lesson.in_((Lesson.DROPPED, Lesson.LEARNING))
    rows = tx.execute(select(TemplateRow.host, TemplateRow.dropped_at).where(unused))
    return {row.host: row.dropped_at for row in rows if row.dropped_at}


def learned(tx: Tx, host: str, report: SiteReport, *, now: datetime) -> bool:
    """Keep what a page taught; True when the template was dropped."""
    if len(host) > _LONGEST_HOST:
        return False
    values = {
        "template": asdict(report.template),
        "lesson": report.lesson,
        "reason": report.reason,
        "changed_at": now,
    }
    dropped = {"dropped_at": now} if report.lesson is Lesson.DROPPED else {}
    statement = insert_into(tx, TemplateRow).values({"host": host, "dropped_at": None} | values | dropped)
    tx.execute(statement.on_conflict_do_update(index_elements=["host"], set_=values | dropped))
    return report.lesson is Lesson.DROPPED
