"""What a user's verdicts teach: the same for `cocorico verdicts export` and `cocorico train --with-verdicts`."""

# ruff: noqa: PLC0415 - imported when the command runs, so that `cocorico --help` is quick
from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.session import Session

if TYPE_CHECKING:
    from monitor.learning.taught import Taught


def lessons(session: Session) -> Taught:
    """Gather all that was judged, as labelled articles."""
    from monitor import buyers
    from monitor.data import folder
    from monitor.learning.taught import taught
    from monitor.store import Store, examples

    with Store.open(session.config(sends=False).store.url, check=False) as store, store.read() as tx:
        found = examples.all(tx)
    return taught(found, platforms=buyers.platforms(folder("config")))
