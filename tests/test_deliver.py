"""Sending to chat services and webhooks: verdicts, deadlines, secrets, and addresses that are wrong."""

from __future__ import annotations

import json
import logging
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
import samples_alerts as samples
from hook import sends_end, serving
from smtp_server import ScriptedPeer

from monitor.alerts import deliver
from monitor.alerts.deliver import Sent
from monitor.alerts.outcome import Exchange, Progress, scrub
from monitor.alerts.render import render
from monitor.alerts.replies import judge
from monitor.config.values import Target
from monitor.secret import Secret

MESSAGE = render(samples.context(), language="fr")


def target(url: str, name: str = "hook") -> Target:
    return Target(name=name, kind="apprise", url=Secret(url))


def send(url: str, *, timeout: float = 10, name: str = "hook") -> Sent:
    return deliver.send(MESSAGE, target(url, name), timeout=timeout)


def test_a_webhook_gets_the_subject_the_plain_text_and_an_idempotency_key() -> None:
    with serving() as hook:
        assert send(f"json://127.0.0.1:{hook.port}/in") == Sent(result="sent", detail="target hook: accepted by JSON")
    ((path, headers, body),) = hook.requests
    payload = json.loads(body)
    assert path == "/in"
    assert payload["title"] == MESSAGE.subject
    assert payload["message"].startswith("Type\u00a0: série")
    assert samples.URL in payload["message"]
    assert headers["Idempotency-Key"] == "d-5f2c1e77ab90@cocorico.invalid"


@pytest.mark.parametrize(
    ("status", "result"),
    [
        *((400, "refused"), (401, "refused"), (403, "refused"), (404, "refused"), (410, "refused"), (413, "refused")),
        *((408, "retry"), (425, "retry"), (429, "retry"), (500, "retry"), (502, "retry"), (503, "retry")),
    ],
)
@pytest.mark.parametrize("kind", ["json", "xml", "form"])
def test_http_statuses(kind: str, status: int, result: str) -> None:
    with serving(status) as hook:
        sent = send(f"{kind}://127.0.0.1:{hook.port}/")
        assert len(hook.requests) == 1, "Apprise retried by itself"
    assert sent.result == result
    assert str(status) in sent.detail
    assert sent.retry_after is None


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_honoured(status: int) -> None:
    with serving(status, {"Retry-After": "120"}) as hook:
        assert send(f"json://127.0.0.1:{hook.port}/").retry_after == 120


def test_retry_after_as_a_date_nonsense_and_a_year() -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    in_a_minute = format_datetime(now + timedelta(minutes=1), usegmt=True)
    assert judge(Exchange(status=429, retry_after=in_a_minute), "x", now=now).retry_after == 60
    assert judge(Exchange(status=429, retry_after="soon"), "x", now=now).retry_after is None
    assert judge(Exchange(status=429, retry_after="31536000"), "x", now=now).retry_after == 86_400


def test_redirects_are_not_followed() -> None:
    with serving() as elsewhere, serving(302, {"Location": f"http://127.0.0.1:{elsewhere.port}/"}) as hook:
        sent = send(f"json://127.0.0.1:{hook.port}/?redirect=yes")
    assert sent.result == "refused"
    assert "moved" in sent.detail
    assert elsewhere.requests == []


def test_nobody_listening_is_tried_again() -> None:
    with serving() as hook:
        port = hook.port
    sent = send(f"json://127.0.0.1:{port}/")
    assert sent.result == "retry"
    assert "could not be reached" in sent.detail


def test_a_connection_broken_after_the_request_is_unknown() -> None:
    with ScriptedPeer({"greeting": "drop"}) as peer:
        assert send(f"json://127.0.0.1:{peer.port}/").result == "unknown"


def test_a_service_that_takes_the_request_and_is_silent_is_unknown() -> None:
    with serving(gate=threading.Event()) as hook:
        started = monotonic()
        sent = send(f"json://127.0.0.1:{hook.port}/", timeout=0.5)
        assert monotonic() - started < 1.5
    assert sent.result == "unknown"


def test_a_tarpit_costs_one_thread_and_answers_at_once_from_then_on() -> None:
    with ScriptedPeer({"greeting": "drip"}) as peer:
        url = f"json://127.0.0.1:{peer.port}/"
        assert send(url, timeout=0.3, name="tarpit").result == "unknown"
        before = threading.active_count()
        started = monotonic()
        again = [send(url, timeout=5, name="tarpit") for _ in range(20)]
        assert monotonic() - started < 1
        assert {sent.result for sent in again} == {"retry"}
        assert "still under way" in again[0].detail
        assert threading.active_count() <= before
        assert peer.connections == 1
    sends_end()
    with serving() as hook:
        assert send(f"json://127.0.0.1:{hook.port}/", name="tarpit").result == "sent"


def test_six_hung_targets_do_not_delay_a_healthy_one() -> None:
    with ExitStack() as stack:
        hook = stack.enter_context(serving())
        peers = [stack.enter_context(ScriptedPeer({"greeting": "drip"})) for _ in range(6)]
        urls = [f"mailto://127.0.0.1:{peer.port}?from=a@example.org&to=b@example.org" for peer in peers]
        sends = [
            threading.Thread(target=send, args=(url,), kwargs={"timeout": 3, "name": f"hung-{number}"})
            for number, url in enumerate(urls)
        ]
        for thread in sends:
            thread.start()
        started = monotonic()
        assert send(f"json://127.0.0.1:{hook.port}/", name="healthy").result == "sent"
        assert monotonic() - started < 1
        assert all(thread.is_alive() for thread in sends)
        stack.close()
        for thread in sends:
            thread.join(5)


def test_two_sends_in_a_row_are_not_throttled() -> None:
    with serving() as hook:
        started = monotonic()
        assert [send(f"json://127.0.0.1:{hook.port}/").result for _ in range(3)] == ["sent"] * 3
        assert monotonic() - started < 2


@pytest.mark.parametrize("scheme", ["json", "xml", "form"])
@pytest.mark.parametrize("status", [200, 401, 500])
def test_secrets_stay_out_of_details_and_logs_at_trace(
    scheme: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    loggers = [logging.getLogger(name) for name in ("apprise", "urllib3", "urllib3.connectionpool", "requests")]
    for logger in loggers:
        logger.setLevel(1)
    caplog.set_level(1)
    try:
        with serving(status) as hook:
            url = f"{scheme}://CANARYUSER:CANARYPASS@127.0.0.1:{hook.port}/CANARYPATH?+Authorization=CANARYHEAD"
            assert deliver.check_target(target(url)) is None
            sent = send(url)
            port = hook.port
        gone = send(url)
        wrong = send(f"{scheme}s://CANARYUSER:CANARYPASS@127.0.0.1:{port}/CANARYPATH?optional=yes")
        unknown = deliver.check_target(target("jsn://CANARYUSER:CANARYPASS@localhost/CANARYPATH"))
    finally:
        for logger in loggers:
            logger.setLevel(logging.NOTSET)
    seen = "".join([repr(sent), repr(gone), repr(wrong), unknown or "", caplog.text])
    assert "CANARY" not in seen
    assert wrong.result == "refused"


def test_the_first_verdict_counts() -> None:
    progress = Progress()
    progress.settle(Sent(result="sent", detail="accepted"))
    progress.settle(Sent(result="retry", detail="the server was rude when we left"))
    assert progress.verdict == Sent(result="sent", detail="accepted")


def test_scrub_hides_every_part_of_an_address() -> None:
    url = "mailto://reader:p%40ss@example.org/secretpath?key=abcdefgh"
    said = "bad p@ss p%40ss for READER at secretpath with abcdefgh\r\nand more"
    assert scrub(said, url) == "bad *** *** for *** at *** with *** and more"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "is empty"),
        ("CANARY-no-service", "no service"),
        ("mailt://CANARY:CANARY@example.org", 'did you mean "mailto://"'),
        ("slack://CANARY", 'begins with "slack://"'),
        ("discord://CANARY/CANARY?optional=yes", '"optional"'),
        ("json://CANARY/?tag=a", '"tag"'),
        ("mailto://CANARY:CANARY@example.org?pgp=sign", '"pgp"'),
        ("json://CANARY/\njson://CANARY/", "several lines"),
        ("tgram://123456789:CANARYabcdefgh_hijklmnop/1/2", "2 recipients"),
    ],
)
def test_check_target_says_what_is_wrong_without_the_secret(url: str, says: str) -> None:
    line = deliver.check_target(target(url, "press"))
    assert line is not None
    assert line.startswith("target press: ")
    assert says in line
    assert "CANARY" not in line
    assert "\n" not in line


@pytest.mark.parametrize(
    "url",
    [
        "mailto://user:pass@example.org",
        "mailto://user:pass@example.org?to=a@example.net,b@example.net",
        "json://localhost/in",
        "ntfy://topic",
        "discord://123456789012345678/abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_check_target_accepts_good_addresses_and_the_terminal(url: str) -> None:
    assert deliver.check_target(target(url)) is None
    assert deliver.check_target(Target(name="terminal", kind="terminal")) is None


@pytest.mark.parametrize("url", ["mailt://a:b@example.org", "", "json://localhost/?optional=yes"])
def test_sending_to_a_bad_address_is_refused(url: str) -> None:
    assert send(url).result == "refused"
