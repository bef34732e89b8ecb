"""What a database's error means, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import DatabaseError as SqliteError
from sqlite3 import InternalError as SqliteInternalError
from sqlite3 import OperationalError as SqliteOperationalError

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from monitor.store.errors import DiskFullError, StoreError

#: What SQLite says -> what is wrong, and what to do. Looked up in its message, which is stable.
_SQLITE = {
    "database is locked": "another process has been writing for more than 10 s; see which with `cocorico doctor`",
    "malformed": "the file is damaged; restore a backup with `cocorico db restore FILE`",
    "not a database": "the file is no database; choose another path, or restore a backup",
    "readonly": "it can't be written to; check the owner and rights of the file and of its folder",
    "unable to open": "it can't be opened; check that the folder exists and may be written to",
    "disk I/O error": "the disk reports an error; check its health, then restore a backup if the store is damaged",
}
#: What the world around causes; DatabaseError itself, not its other kinds, is how SQLite reports damage.
_ENVIRONMENT = (OperationalError, InterfaceError, InternalError)
_SQLITE_ENVIRONMENT = (
    SqliteOperationalError,
    SqliteInternalError,
)  #: of what `store.hot` runs, which goes past SQLAlchemy


@contextmanager
def explain(shown: str) -> Iterator[None]:
    """Turn what a database reports about itself into a StoreError; mistakes in statements stay what they are."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreError(
            f"{shown}: all connections have been busy for 30 s; restart Cocorico and report this"
        ) from error
    except DBAPIError as error:
        if not isinstance(error, _ENVIRONMENT) and type(error) is not DatabaseError:
            raise
        raise _meaning(str(error.orig), shown) from error
    except SqliteError as error:
        if not isinstance(error, _SQLITE_ENVIRONMENT) and type(error) is not SqliteError:
            raise
        raise _meaning(str(error), shown) from error


def _meaning(said: str, shown: str) -> StoreError:
    first_line = said.strip().partition("\n")[0]
    if "disk is full" in said or "No space left" in said:
        return DiskFullError(f"{shown}: the disk is full and nothing of this step was kept; free some space")
    for words, meaning in _SQLITE.items():
        if words in said:
            return StoreError(f"{shown}: {meaning} ({first_line})")
    return StoreError(
        f"{shown}: the database can't be used: {first_line}; check that it runs and that the address is right"
    )
