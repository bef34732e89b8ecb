"""A real chat server: Matrix's reference homeserver on loopback, with its own database, and people who read a room."""

from __future__ import annotations

import base64
import json
import secrets
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any, Self
from urllib.parse import quote

import httpx

from monitor.config.values import Target
from monitor.secret import Secret

ROOT = Path(__file__).resolve().parent.parent
#: Beside the environment that runs the tests, so that every checkout which shares the one shares the other.
HOME = Path(sys.prefix).parent / ".venv-chat"
NAME = "cocorico.invalid"
#: Seconds it may take to start on a busy machine; it takes about two on an idle one.
PATIENCE = 60.0
_UNLIMITED = {"per_second": 1_000, "burst_count": 1_000}


class MatrixServer:
    """A homeserver in a folder; use it in a `with` statement."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self._port}/_matrix/client/v3", trust_env=False)

    def __enter__(self) -> Self:
        install()
        python = HOME / "bin" / "python"
        command = [str(python), "-m", "synapse.app.homeserver", "--config-path", str(self._configure())]
        with (self._folder / "output").open("wb") as output:
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=output, stderr=output)
        self._await(self._process)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        end = monotonic() + PATIENCE
        while monotonic() < end and process.poll() is None:
            try:
                if self.client.get("../versions", timeout=PATIENCE).is_success:
                    return
            except httpx.ConnectError:
                _pause(process, 0.1)
        process.kill()
        process.wait()
        raise AssertionError(f"the chat server did not start:\n{(self._folder / 'output').read_text()}")

    def _configure(self) -> Path:
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (self._folder / "signing.key").write_text(f"ed25519 a_test {seed}\n")
        handler = {"class": "logging.FileHandler", "filename": str(self._folder / "log")}
        logs = {"version": 1, "handlers": {"file": handler}, "root": {"level": "WARNING", "handlers": ["file"]}}
        (self._folder / "log.json").write_text(json.dumps({**logs, "disable_existing_loggers": False}))
        resources = [{"names": ["client"]}]
        listener = {"port": self._port, "bind_addresses": ["127.0.0.1"], "type": "http", "resources": resources}
        config = {
            "server_name": NAME,
            "listeners": [listener],
            "database": {"name": "sqlite3", "args": {"database": str(self._folder / "homeserver.db")}},
            "media_store_path": str(self._folder / "media"),
            "signing_key_path": str(self._folder / "signing.key"),
            "log_config": str(self._folder / "log.json"),
            "trusted_key_servers": [],
            "report_stats": False,
            "enable_registration": True,
            "enable_registration_without_verification": True,
            "macaroon_secret_key": secrets.token_hex(),
            "form_secret": secrets.token_hex(),
            "bcrypt_rounds": 4,
            "rc_registration": _UNLIMITED,
            "rc_message": _UNLIMITED,
            "rc_login": {"address": _UNLIMITED, "account": _UNLIMITED},
        }
        (self._folder / "homeserver.json").write_text(json.dumps(config))  # it reads YAML, which JSON is
        return self._folder / "homeserver.json"

    def register(self, name: str) -> Person:
        """Make an account."""
        body = {"username": name, "password": secrets.token_hex(8), "auth": {"type": "m.login.dummy"}}
        answer = self.client.post("register", json=body).raise_for_status().json()
        return Person(self.client, self._port, name, body["password"], answer["access_token"])


class Person:
    """Somebody with an account on a homeserver."""

    def __init__(self, client: httpx.Client, port: int, name: str, password: object, token: str) -> None:
        self._client = client
        self._address = f"127.0.0.1:{port}"
        self._login = f"{name}:{password}"
        self._token = token

    def open_room(self) -> str:
        """Make a room that others can join; gives its id."""
        return str(self._ask("POST", "createRoom", {"preset": "public_chat"})["room_id"])

    def join(self, room: str) -> None:
        """Enter a room."""
        self._ask("POST", f"join/{quote(room)}", {})

    def read(self, room: str) -> list[dict[str, Any]]:
        """Everything that was said in a room, oldest first, as its events."""
        events = self._ask("GET", f"rooms/{quote(room)}/messages?dir=f&limit=100")["chunk"]
        return [event for event in events if event["type"] == "m.room.message"]

    def target(self, room: str, *, by: str = "token") -> Target:
        """Where Cocorico sends to when it is this person, known by an access token or by name and password."""
        who = {"token": self._token, "password": self._login}[by]
        url = f"matrix://{who}@{self._address}/{quote(room)}"
        return Target(name="room", kind="apprise", url=Secret(url))

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._client.request(method, path, json=body, headers=headers).raise_for_status().json()


def install() -> None:
    """Make the server's environment, from its lock with its hashes, unless it is there (`make` knows)."""
    command = ["make", "--silent", f"CHAT={HOME}", f"PYTHON={sys.executable}", f"{HOME}/.ready"]
    subprocess.run(command, cwd=ROOT, check=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _pause(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait, or until it ends."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
