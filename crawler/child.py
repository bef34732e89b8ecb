"""One child process and the pipes to it: nothing here decides, and nothing here blocks."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from crawler.note import NOTE, Note
from crawler.types import Limits
from crawler.wire import Value, encode

#: All of the environment that a child sees: no secret, no proxy.
_PASSED = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "LD_LIBRARY_PATH"),
)
_CHUNK = 256 * 1024
_LONGEST_LOG_LINE = 2_000


class Child:
    """A running child: its pipes are watched by a selector, its lines given to callbacks.

    Args:
        limits: Told to the child first of all.
        watch: Calls back what is registered on it, in one thread only.
        on_line: Gets each line of the child's standard output.
        on_log: Gets each line of its standard error, shortened.
        on_end: Called once, when its output has ended and the process is gone.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        watch: selectors.BaseSelector,
        on_line: Callable[[bytes], None],
        on_log: Callable[[str], None],
        on_end: Callable[[], None],
    ) -> None:
        self._watch, self._on_line, self._on_log, self._on_end = watch, on_line, on_log, on_end
        self._note = Note()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "crawler"],  # -P: not what lies in the current folder
            pass_fds=(self._note.descriptor,),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            process_group=0,  # Ctrl-C in a terminal is the parent's to handle
            env=_environment() | {NOTE: str(self._note.descriptor)},
        )
        if not (self._process.stdin and self._process.stdout and self._process.stderr):
            raise AssertionError("Popen was asked for pipes")
        self._input, self._output, self._errors = self._process.stdin, self._process.stdout, self._process.stderr
        for pipe in (self._input, self._output, self._errors):
            os.set_blocking(pipe.fileno(), False)
        self._unsent, self._unread, self._unlogged = bytearray(), bytearray(), bytearray()
        self._ending = False
        watch.register(self._output, selectors.EVENT_READ, self._read)
        watch.register(self._errors, selectors.EVENT_READ, self._read_errors)
        self.send(limits)

    @property
    def pid(self) -> int:
        """The process's id, which is its group's as well."""
        return self._process.pid

    @property
    def memory(self) -> int:
        """Resident bytes; 0 where the system does not say."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):  # no such file on macOS, nor for a process that is gone
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    @property
    def parsing(self) -> str:
        """The order in code that nothing can interrupt, as the child noted last; its record may have come since."""
        return self._note.read()

    def send(self, *values: Value) -> None:
        """Put values in the child's input, as soon as there is room: together, since each write wakes the child."""
        self._unsent += b"".join(encode(value).encode() + b"\n" for value in values)
        self._flush()

    def end_input(self) -> None:
        """Let the child finish what it has begun and go."""
        self._ending = True
        self._flush()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the child and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):  # gone already
            os.killpg(self.pid, number)

    def _flush(self) -> None:
        try:
            while self._unsent:
                written = self._input.write(self._unsent[:_CHUNK])
                if not written:
                    break  # the pipe is full
                del self._unsent[:written]
        except OSError:  # it died; its end is noticed on its output
            self._unsent.clear()
        self._watch_input()

    def _watch_input(self) -> None:
        if self._input.closed:
            return
        watched = self._input in self._watch.get_map()
        if self._unsent and not watched:
            self._watch.register(self._input, selectors.EVENT_WRITE, self._flush)
        elif not self._unsent and watched:
            self._watch.unregister(self._input)
        if self._ending and not self._unsent:
            self._input.close()

    def _read(self) -> None:
        data = _available(self._output)
        if data == b"":
            self._finish()
            return
        *lines, rest = (self._unread + (data or b"")).split(b"\n")
        self._unread = bytearray(rest)
        for line in lines:
            self._on_line(bytes(line))

    def _read_errors(self) -> None:
        if not self._log_some():
            self._watch.unregister(self._errors)

    def _log_some(self) -> bool:
        """Log what has come on standard error; False at its end."""
        data = _available(self._errors)
        *lines, rest = (self._unlogged + (data or b"")).split(b"\n")
        self._unlogged = bytearray(rest[-_LONGEST_LOG_LINE:])
        for line in lines:
            self._on_log(line.decode("utf-8", "replace")[:_LONGEST_LOG_LINE])
        return data != b""

    def _finish(self) -> None:
        """Its output has ended: see it off, leave no pipe open."""
        try:
            self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        if self._errors in self._watch.get_map():
            self._log_some()  # its last words
        for pipe in (self._input, self._output, self._errors):
            if not pipe.closed and pipe in self._watch.get_map():
                self._watch.unregister(pipe)
            with contextlib.suppress(OSError):
                pipe.close()
        self._on_end()
        self._note.close()


def _available(pipe: object) -> bytes | None:
    """What can be read now: None when nothing, empty at the end."""
    data: bytes | None = pipe.read(_CHUNK)  # type: ignore[attr-defined]
    return data


def _environment() -> dict[str, str]:
    own = str(Path(__file__).resolve().parent.parent)
    kept = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, (own, kept.get("PYTHONPATH"))))}
