"""The page archive on disk, kept within its bounds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.config.values import ArchiveConfig
from monitor.decide.keeping import Kept, outdated


def prune(settings: ArchiveConfig, now: datetime) -> int:
    """Delete what is too old or too much; how many files went. Other files in the folder stay.

    Raises:
        OSError: the folder can't be read, or a file can't be deleted.
    """
    if settings.folder is None or not settings.folder.is_dir():
        return 0
    files = [_kept(file) for file in settings.folder.glob("cocorico-*.warc.gz")]
    gone = outdated(files, keep=settings.keep, most=settings.most, now=now)
    for name in gone:
        (settings.folder / name).unlink(missing_ok=True)
    return len(gone)


def _kept(file: Path) -> Kept:
    about = file.stat()
    return Kept(name=file.name, size=about.st_size, written_at=datetime.fromtimestamp(about.st_mtime, UTC))
