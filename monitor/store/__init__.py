"""What is remembered: the only user of SQLAlchemy and Alembic.

One module a topic (`sources`, `entries`, `articles`, `stories`, `deliveries`, `runs`, `jobs`), whose functions take
a unit of work first: `with store.write() as tx: entries.add(tx, ...)`.
"""

from monitor.store import story_tables as _story_tables  # noqa: F401 -- the schema is what is imported
from monitor.store import template_tables as _template_tables  # noqa: F401
from monitor.store.backup import restore
from monitor.store.database import Store
from monitor.store.errors import AlreadySettledError, DiskFullError, StoreError
from monitor.store.lock import InstanceLock
from monitor.store.tables import Tx
from monitor.store.values import KnownEntry, Sighting, StoredEntry, Trace

__all__ = [
    "AlreadySettledError",
    "DiskFullError",
    "InstanceLock",
    "KnownEntry",
    "Sighting",
    "Store",
    "StoreError",
    "StoredEntry",
    "Trace",
    "Tx",
    "restore",
]
