"""The daemon on somebody else's demo site, as a process of its own, for tests that kill it.

python tests/killable.py DATA_DIR MAILBOX_URL < sources.json
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from crawler import SourceKind
from monitor.app import Monitor
from monitor.classifier import Classifier
from monitor.cli.demo import KNOWN_UNTIL, demo_config
from monitor.config import load
from monitor.data import folder
from monitor.systemd import Notifier
from monitor.types import Source
from monitor.vocabulary import Pace


def sources_to_json(sources: tuple[Source, ...]) -> str:
    """Put the fields that differ between the demo's sources on one line."""
    fields = ("id", "name", "url", "kind", "language", "outlet", "allow", "deny")
    return json.dumps([{field: getattr(source, field) for field in fields} for source in sources])


def sources_from_json(text: str) -> tuple[Source, ...]:
    """Make the sources again, polled every second."""
    made = []
    for fields in json.loads(text):
        fields |= {"kind": SourceKind(fields["kind"]), "allow": tuple(fields["allow"]), "deny": tuple(fields["deny"])}
        made.append(Source(**fields, interval=timedelta(seconds=1), rhythm=Pace.FIXED, delay=0.0))
    return tuple(made)


def _ignore(*_args: object, **_keys: object) -> None:
    """Neither alerts nor logs are looked at here."""


def main() -> None:
    """Run until SIGTERM, or until killed."""
    data_dir, mailbox = Path(sys.argv[1]), sys.argv[2]
    own = load(None, env=os.environ, data_dir=data_dir)
    config = demo_config(own, sources_from_json(sys.stdin.readline()), mailbox, once=False)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    classifier = Classifier.load(folder("config"), known_until=KNOWN_UNTIL)
    with Monitor.open(config, terminal=_ignore, logger=_ignore, classifier=classifier) as monitor:
        sys.stdout.write("started\n")
        sys.stdout.flush()
        monitor.run(stop, notifier=Notifier.from_environment(os.environ))


if __name__ == "__main__":
    main()
