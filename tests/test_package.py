"""What is installed is whole: code, default config, seeds, templates, migrations; and it runs from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the tracked files, as `pip install .` would."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)  # noqa: S607
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--no-index"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(out), str(copy)], check=True)
    (built,) = out.glob("cocorico-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel where nothing else of Cocorico is."""
    place = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def cocorico(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": str(cwd), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-m", "monitor.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_the_wheel_carries_what_the_checkout_has(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for folder in ("config", "seeds"):
        expected = {f"monitor/data/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert expected
        assert expected <= inside
    for package in ("crawler", "monitor"):
        code = {str(path.relative_to(ROOT)) for path in (ROOT / package).rglob("*.py")}
        assert code - inside == set()
    assert any(name.endswith(".html.j2") for name in inside)
    assert "monitor/py.typed" in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_an_installed_package_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    checked = cocorico(installed, "config", "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    seeds = installed / "monitor" / "data" / "seeds" / "articles" / "osmosis"
    replayed = cocorico(installed, "replay", str(seeds), "--json", cwd=tmp_path)
    assert replayed.returncode == 0, replayed.stderr
    assert "Osmosis" in replayed.stdout


def test_an_installed_package_finds_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = "import monitor.data; print(monitor.data.folder('config'), monitor.__file__)"
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert all(path.startswith(str(installed)) for path in found.stdout.split())
