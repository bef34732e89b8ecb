"""Mail as a mail server gets it, and what each of its answers means."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import replace
from email.message import EmailMessage
from time import monotonic

import pytest
import samples_alerts as samples
from smtp_server import Inbox, ScriptedPeer

from monitor.alerts import deliver
from monitor.alerts.deliver import Sent
from monitor.alerts.render import Message, render
from monitor.config.values import Target
from monitor.secret import Secret


def target(port: int, extra: str = "", *, user: str = "") -> Target:
    url = f"mailto://{user}127.0.0.1:{port}?from=coq@example.org&to=reader@example.net{extra}"
    return Target(name="me", kind="apprise", url=Secret(url))


def send(port: int, message: Message | None = None, extra: str = "", *, timeout: float = 10, user: str = "") -> Sent:
    return deliver.send(
        message or render(samples.context(), language="fr"), target(port, extra, user=user), timeout=timeout
    )


def sends_end() -> None:
    """Wait for hung sends, whose peer is gone now: they would hold up the next test's send to the same target."""
    for thread in threading.enumerate():
        if thread.name.startswith("send to "):
            thread.join(5)


def deliver_one(message: Message, extra: str = "") -> EmailMessage:
    with Inbox() as inbox:
        assert send(inbox.port, message, extra).result == "sent"
        (mail,) = inbox.messages
        return mail


def test_mail_has_text_and_html_and_each_header_once() -> None:
    message = render(samples.context(), language="fr")
    mail = deliver_one(message)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    for name in ("Message-ID", "Subject", "Date", "From", "To", "List-Id", "MIME-Version", "Auto-Submitted"):
        assert len(mail.get_all(name, [])) == 1, name
    assert mail["Subject"] == message.subject == "🐓 Nouvelle série Netflix\u00a0: «\u00a0Osmosis\u00a0»"
    assert mail["Message-ID"] == "<d-5f2c1e77ab90@cocorico.invalid>"
    assert mail["List-Id"] == "<french-originals.cocorico.invalid>"
    assert mail["From"] == "Cocorico <coq@example.org>"
    assert mail["In-Reply-To"] is mail["References"] is None


def test_both_bodies_arrive_as_rendered() -> None:
    message = render(samples.slate(), language="fr")
    mail = deliver_one(message)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == message.text
    assert html.get_content().replace("\r\n", "\n").strip() == message.html.strip()


def test_an_update_lands_under_the_first_message() -> None:
    mail = deliver_one(render(samples.update(), language="en"))
    assert mail["In-Reply-To"] == "<d-first0000001@cocorico.invalid>"
    assert mail["References"] == "<d-first0000001@cocorico.invalid>"
    assert mail["Message-ID"] == "<d-5f2c1e77ab90@cocorico.invalid>"


def test_a_resend_carries_the_same_message_id() -> None:
    message = render(samples.context(), language="fr")
    with Inbox() as inbox:
        send(inbox.port, message)
        send(inbox.port, message)
        assert [mail["Message-ID"] for mail in inbox.messages] == [message.message_id] * 2


def test_long_delivery_ids_stay_whole_in_the_headers() -> None:
    context = samples.context(delivery=samples.delivery(samples.told(samples.story()), id="f" * 64), thread="e" * 64)
    with Inbox() as inbox:
        send(inbox.port, render(context, language="fr"))
        raw = inbox.raw[0].decode()
    lines = [line for line in raw.splitlines() if line.startswith(("Message-ID:", "References:", "In-Reply-To:"))]
    assert len(lines) == 3
    assert all(line.endswith("@cocorico.invalid>") and "=?" not in line for line in lines)


def test_an_address_cannot_add_a_second_message_id() -> None:
    mail = deliver_one(render(samples.context(), language="fr"), "&+Message-ID=<mine@x>&+X-Team=press")
    assert mail.get_all("Message-ID") == ["<d-5f2c1e77ab90@cocorico.invalid>"]
    assert mail["X-Team"] == "press"


def test_lines_that_begin_with_a_dot_and_a_headline_full_of_line_breaks_do_no_harm() -> None:
    evil = samples.context(
        samples.told(samples.story(title="X\r\nBcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<a@b.c>")),
        article=replace(samples.ARTICLE, title=".\r\n.\r\nQUIT"),
    )
    with Inbox() as inbox:
        assert send(inbox.port, render(evil, language="fr")).result == "sent"
        assert inbox.envelopes == [("coq@example.org", ["reader@example.net"])]
        assert inbox.messages[0]["Bcc"] is None


def test_a_dot_alone_on_a_line_is_part_of_the_message() -> None:
    base = render(samples.context(), language="fr")
    message = Message(
        subject="s",
        text="a\n.\n..b\nc\n",
        html="<p>.</p>\n.\n",
        markdown=base.markdown,
        plain=base.plain,
        language="fr",
        message_id=base.message_id,
        list_id="<a.b>",
    )
    plain = deliver_one(message).get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == "a\n.\n..b\nc\n"


@pytest.mark.parametrize("stage", ["greeting", "mail", "rcpt", "data", "sent"])
@pytest.mark.parametrize(
    ("code", "result"),
    [(421, "retry"), (450, "retry"), (452, "retry"), (535, "refused"), (550, "refused"), (554, "refused")],
)
def test_reply_codes(stage: str, code: int, result: str) -> None:
    with ScriptedPeer({stage: f"{code} because"}) as peer:
        sent = send(peer.port)
    assert sent.result == result
    assert f" {code} (because)" in sent.detail
    assert sent.detail.startswith("target me: the mail server 127.0.0.1 answered")


@pytest.mark.parametrize(("code", "result"), [(535, "refused"), (454, "retry")])
def test_a_refused_log_in(code: int, result: str) -> None:
    with ScriptedPeer({"auth": f"{code} hunter2-hunter2 is wrong"}, auth=True) as peer:
        sent = send(peer.port, user="reader:hunter2-hunter2@")
    assert sent.result == result
    assert "the log-in" in sent.detail
    assert "hunter2" not in sent.detail
    assert "*** is wrong" in sent.detail


def test_a_server_without_log_in_is_not_given_the_password() -> None:
    with ScriptedPeer() as peer:
        sent = send(peer.port, user="reader:hunter2-hunter2@")
        assert peer.accepted == []
    assert sent.result == "refused"
    assert "hunter2" not in sent.detail


def test_starttls_that_is_not_offered_is_never_done_without() -> None:
    with ScriptedPeer() as peer:
        url = Secret(f"mailtos://127.0.0.1:{peer.port}?from=coq@example.org&to=reader@example.net&mode=starttls")
        sent = deliver.send(
            render(samples.context(), language="fr"), Target(name="me", kind="apprise", url=url), timeout=10
        )
        assert peer.accepted == []
    assert sent.result == "refused"
    assert "mode" in sent.detail


@pytest.mark.parametrize("stage", ["greeting", "mail", "rcpt", "data"])
def test_a_connection_dropped_before_the_message_is_tried_again(stage: str) -> None:
    with ScriptedPeer({stage: "drop"}) as peer:
        assert send(peer.port).result == "retry"


def test_a_connection_dropped_after_the_message_is_unknown_and_has_its_id() -> None:
    message = render(samples.context(), language="fr")
    with ScriptedPeer({"sent": "drop"}) as peer:
        assert send(peer.port, message).result == "unknown"
        assert len(peer.accepted) == 1
        assert f"Message-ID: {message.message_id}".encode() in peer.accepted[0]


def test_nobody_listening_is_tried_again() -> None:
    with ScriptedPeer() as peer:
        port = peer.port
    sent = send(port)
    assert sent.result == "retry"
    assert "could not be reached" in sent.detail


@pytest.mark.parametrize(("stage", "result"), [("greeting", "retry"), ("rcpt", "retry"), ("sent", "unknown")])
@pytest.mark.parametrize("how", ["hang", "drip"])
def test_a_server_that_hangs_holds_nobody_beyond_the_deadline(stage: str, result: str, how: str) -> None:
    with ScriptedPeer({stage: how}) as peer:
        started = monotonic()
        sent = send(peer.port, timeout=0.6)
        assert monotonic() - started < 1.6
    sends_end()
    assert sent.result == result
    assert re.search("in time|not done within|did not say", sent.detail)


def test_a_server_that_hangs_up_slowly_after_accepting_has_accepted() -> None:
    with ScriptedPeer({"quit": "hang"}) as peer:
        started = monotonic()
        assert send(peer.port, timeout=5).result == "sent"
        assert monotonic() - started < 2


def test_one_refused_recipient_of_two_is_told_and_one_greylisted_waits_for_both() -> None:
    with ScriptedPeer({"rcpt": ("250 ok", "550 gone")}) as peer:
        sent = send(peer.port, extra="&cc=second@example.net")
        assert sent.result == "sent"
        assert "refused 1 of 2 recipients" in sent.detail
    with ScriptedPeer({"rcpt": ("250 ok", "450 later")}) as peer:
        assert send(peer.port, extra="&cc=second@example.net").result == "retry"
        assert peer.accepted == []


def test_secrets_stay_out_of_details_logs_and_exceptions_at_trace(caplog: pytest.LogCaptureFixture) -> None:
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3", "urllib3.connectionpool")]
    for logger in loggers:
        logger.setLevel(1)
    caplog.set_level(1)
    uncaught: list[threading.ExceptHookArgs] = []
    hook, threading.excepthook = threading.excepthook, uncaught.append
    try:
        with ScriptedPeer({"auth": "535 CANARYPASS"}, auth=True) as peer:
            sent = send(peer.port, user="CANARYUSER:CANARYPASS@", extra="&+X-Key=CANARYHEAD")
    finally:
        threading.excepthook = hook
        for logger in loggers:
            logger.setLevel(logging.NOTSET)
    assert sent.result == "refused"
    assert "CANARY" not in sent.detail + repr(sent) + caplog.text
    assert not uncaught
