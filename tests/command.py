"""Running `cocorico`: in this process, where that tells enough, or as a command of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.cli import main

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "monitor.cli")


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def call(*arguments: object, stdin: bytes = b"") -> Done:
    """Run a command in this process; its output is no terminal."""
    out, err, former = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as exit_:
            main([str(one) for one in arguments])
    finally:
        sys.stdin = former
    return Done(int(exit_.value.code or 0), out.getvalue(), err.getvalue())


def environment(**more: str) -> dict[str, str]:
    """Give a child's environment: our code, no colours asked for, English."""
    others = ("LC_", "COCORICO", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **more}


def run(*arguments: object, stdin: str | None = None, timeout: float = 60.0, **env: str) -> Done:
    """Run a command as a process."""
    done = subprocess.run(
        [*COMMAND, *(str(one) for one in arguments)],
        env=environment(**env),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@contextmanager
def start(*arguments: object, patience: float = 60.0) -> Iterator[subprocess.Popen[str]]:
    """Start a command as a process, its input and outputs ours to use; it is killed after `patience` seconds."""
    process = subprocess.Popen(
        [*COMMAND, *(str(one) for one in arguments)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        bufsize=1,
    )
    guard = threading.Timer(patience, process.kill)
    guard.start()
    try:
        yield process
    finally:
        guard.cancel()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
