"""`cocorico feeds`: where to follow what Cocorico knows."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import Final

import typer

from monitor.cli.options import ConfigFile, Data, Json, Lang
from monitor.cli.session import Session, begin

EXAMPLES: Final = ("cocorico feeds", "cocorico feeds --json")


def feeds(
    ctx: typer.Context,
    *,
    as_json: Json = False,
    data: Data = None,
    config: ConfigFile = None,
    lang: Lang = None,
) -> None:
    """List the addresses of all feeds and calendars, to give to a feed reader."""
    session = begin(ctx, data=data, config=config, lang=lang, as_json=as_json)
    from monitor import links
    from monitor.config import ConfigError
    from monitor.feeds.addresses import ALL, FORMS, address, key_of

    settings = session.config(sends=False)
    web = settings.web
    if not web.base_url:
        raise ConfigError(("feeds are served nowhere: set [web] enabled, or a public_url for others to ask at",))
    key = "" if web.local else links.key(settings.data_dir).reveal()
    names = [ALL, *(one.name for one in settings.subscriptions if not one.operations)]
    found = {
        name: {form: address(web.base_url, name, form, key=key_of(key, name) if key else "") for form in FORMS}
        for name in names
    }
    if session.json:
        session.dump(found)
    else:
        _table(session, found)


def _table(session: Session, found: dict[str, dict[str, str]]) -> None:
    from monitor.cli.tables import Rows, cell, stack

    rows = Rows(session, session.word("name"), session.word("address"))
    for name, forms in found.items():
        rows.add(cell(name, "bold"), stack(session, *(cell(where) for where in forms.values())))
    rows.show()
