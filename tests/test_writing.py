"""From a delivery to the mailbox, with the templates that are configured; every form, through a real server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples_alerts as samples
from pages import Page
from smtp_server import Inbox

from monitor import sending
from monitor.alerts.context import DeliveryContext
from monitor.alerts.render import render
from monitor.config import load
from monitor.config.values import Config, Target
from monitor.secret import Secret
from monitor.writing import Writer, faults, templates

CONFIG = '[[subscriptions]]\nname = "french-originals"\ntargets = ["terminal"]\ntemplate = "mine"\n'


class Log(list[dict[str, Any]]):
    """Keeps events as they are."""

    def __call__(self, event: str, **keys: Any) -> None:
        self.append({"event": event, **keys})


def configured(folder: Path, **files: str) -> Config:
    (folder / "templates").mkdir()
    for paper, text in files.items():
        (folder / "templates" / f"mine.{paper}.j2").write_text(text, encoding="utf-8")
    (folder / "cocorico.toml").write_text(CONFIG, encoding="utf-8")
    return load(folder / "cocorico.toml", env={}, data_dir=folder / "data")


def test_a_subscriptions_template_writes_its_messages_and_no_others(tmp_path: Path) -> None:
    log = Log()
    writer = Writer(configured(tmp_path, md="Mine: {{ view.subject }}"), log)
    mine = writer.write(samples.slate())
    other = samples.context(delivery=samples.delivery(samples.told(samples.story()), subscription="other"))
    assert mine.markdown.whole.startswith("Mine: Nouvelle série")
    assert writer.write(other) == render(other, language="fr")
    assert log == []


def test_a_broken_template_is_logged_and_the_shipped_one_sent(tmp_path: Path) -> None:
    log = Log()
    config = configured(tmp_path, txt="{{ view.nosuch }}", html="{% if %}")
    with Inbox() as inbox:
        url = Secret(f"mailto://127.0.0.1:{inbox.port}?from=coq@example.org&to=reader@example.net")
        target = Target(name="me", kind="apprise", url=url)
        write = Writer(config, log).write
        sent = sending.send(samples.slate(), target, timeout=10, now=samples.NOW, write=write)
        assert sent.result == "sent"
        (mail,) = inbox.messages
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == render(samples.slate(), language="fr").text
    assert [(each["event"], each["delivery"]) for each in log] == [("template_failed", "d-5f2c1e77ab90")] * 2
    assert log[0]["reason"].startswith("template mine.txt.j2, line 1: ")
    assert log[1]["reason"].startswith("template mine.html.j2, line 1: ")
    assert len(faults(config)) == 2


def test_without_a_folder_the_shipped_templates_do(tmp_path: Path) -> None:
    config = load(None, env={}, data_dir=tmp_path)
    assert templates(config).names() == ("short",)
    assert faults(config) == ()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["slate", "update", "digest", "notice"])
def test_every_form_arrives_as_it_was_written(name: str, language: str, tmp_path: Path) -> None:
    made: DeliveryContext = getattr(samples, name)()
    context = replace(made, delivery=replace(made.delivery, language=language))
    with Inbox() as inbox:
        url = Secret(f"mailto://127.0.0.1:{inbox.port}?from=coq@example.org&to=reader@example.net")
        target = Target(name="me", kind="apprise", url=url)
        assert sending.send(context, target, timeout=10, now=samples.NOW).result == "sent"
        (mail,) = inbox.messages
    wanted = render(context, language="en" if language == "en" else "fr")
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert mail["Subject"] == wanted.subject
    assert plain.get_content().replace("\r\n", "\n") == wanted.text
    assert html.get_content().replace("\r\n", "\n").strip() == wanted.html.strip()
    assert Page(html.get_content()).attributes[0] == ("lang", language)
    assert not mail.defects
