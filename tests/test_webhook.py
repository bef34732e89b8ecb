"""The webhook: what arrives, how it is signed, and what each answer means. The server is a real one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import samples_alerts as samples
import trustme
from hook import Hook, serving
from jsonschema import Draft202012Validator

from monitor import sending, webhook
from monitor.alerts.context import DeliveryContext, VerdictLinks
from monitor.alerts.outcome import Sent
from monitor.config.values import Target
from monitor.notice import Facts, Notice
from monitor.secret import Secret
from monitor.types import Change
from monitor.vocabulary import Form, NoticeKind

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "webhook.md").read_text(encoding="utf-8")
SCHEMA: dict[str, Any] = json.loads((ROOT / "monitor" / "webhook" / "payload.schema.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 20, 9, 31, tzinfo=UTC)
SECRET = "a-long-random-text"


def post(
    hook: Hook | str, context: DeliveryContext | None = None, *, timeout: float = 10, secret: str = SECRET
) -> Sent:
    url = hook if isinstance(hook, str) else hook.url
    target = Target(name="hook", kind="webhook", url=Secret(url), secret=Secret(secret))
    return sending.send(context or samples.context(), target, timeout=timeout, now=NOW)


def a_digest() -> DeliveryContext:
    days = (date(2026, 11, 19), date(2026, 11, 20))
    return replace(samples.slate(), form=Form.DIGEST, days=days)


def a_notice() -> DeliveryContext:
    facts = Facts(name="Gazette", reason="it answers 503", since=NOW - timedelta(days=1))
    notice = Notice(id="n-1", kind=NoticeKind.SOURCE_BROKEN, subject="gazette", at=NOW, facts=facts)
    delivery = replace(samples.context().delivery, stories=(), article_url="")
    return DeliveryContext(delivery=delivery, form=Form.NOTICE, notice=notice)


def with_links() -> DeliveryContext:
    links = VerdictLinks(right="https://c.example/v/1", wrong="https://c.example/v/2")
    return samples.context(samples.told(samples.story(), links=links, matched='works: "Osmosis"'))


EVERY = {
    "story.new": samples.context,
    "story.updated": samples.update,
    "digest": a_digest,
    "notice": a_notice,
}


def test_a_message_arrives_signed_with_its_id_and_its_facts() -> None:
    with serving() as hook:
        assert post(hook) == Sent(result="sent", detail="target hook: accepted by the webhook")
    ((path, headers, body),) = hook.requests
    assert path == "/in?a=b"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["X-Cocorico-Event"] == "story.new"
    assert headers["X-Cocorico-Delivery"] == "d-5f2c1e77ab90"
    assert headers["X-Cocorico-Timestamp"] == "1795167060"
    assert headers["X-Cocorico-Signature"] == webhook.signature(SECRET, "1795167060", body)
    payload = json.loads(body)
    assert payload["id"] == headers["X-Cocorico-Delivery"]
    (told,) = payload["stories"]
    assert told["title"] == "Osmosis"
    assert told["fact"] == "Nouvelle série Netflix\u00a0: «\u00a0Osmosis\u00a0»"
    assert told["article"]["url"] == samples.URL


@pytest.mark.parametrize("event", EVERY)
def test_every_event_keeps_to_the_schema(event: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    context = EVERY[event]()
    payload = json.loads(webhook.body(context))
    Draft202012Validator(SCHEMA).validate(payload)
    assert payload["event"] == webhook.event_of(context) == event
    assert len(payload["stories"]) == len(context.stories)
    assert set(EVERY) == set(webhook.EVENTS)


def test_the_schema_refuses_what_is_wrong_and_says_what_every_vocabulary_holds() -> None:
    payload = json.loads(webhook.body(with_links()))
    Draft202012Validator(SCHEMA).validate(payload)
    assert payload["stories"][0]["links"] == {"right": "https://c.example/v/1", "wrong": "https://c.example/v/2"}
    for key, wrong in (("event", "story"), ("created_at", "2026-11-20"), ("stories", [{}]), ("days", ["2026-11-20"])):
        assert list(Draft202012Validator(SCHEMA).iter_errors({**payload, key: wrong}))


def test_the_documented_example_keeps_to_the_schema() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example
    Draft202012Validator(SCHEMA).validate(json.loads(example[1]))


def test_an_update_says_what_changed() -> None:
    payload = json.loads(webhook.body(samples.update()))
    (told,) = payload["stories"]
    assert told["event"] == "story.updated"
    assert told["changed"] == ["status", "platforms"]
    assert [step["field"] for step in told["history"]] == ["status", "platforms"]


def test_a_second_try_has_the_same_id_and_body_and_its_own_time() -> None:
    target = Target(name="hook", kind="webhook", url=Secret("x"), secret=Secret(SECRET))
    with serving(503) as hook:
        for later in (0, 60):
            at = NOW + timedelta(seconds=later)
            sending.send(samples.context(), replace(target, url=Secret(hook.url)), timeout=10, now=at)
    (_, first, body), (_, second, same) = hook.requests
    assert body == same
    assert first["X-Cocorico-Delivery"] == second["X-Cocorico-Delivery"]
    assert first["X-Cocorico-Signature"] != second["X-Cocorico-Signature"]


def test_without_a_secret_it_goes_unsigned() -> None:
    with serving() as hook:
        assert post(hook, secret="").result == "sent"
    assert "X-Cocorico-Signature" not in hook.requests[0][1]


@pytest.mark.parametrize(
    ("status", "result"),
    [
        *((200, "sent"), (202, "sent"), (204, "sent")),
        *((400, "refused"), (401, "refused"), (404, "refused"), (410, "refused"), (413, "refused")),
        *((408, "retry"), (425, "retry"), (429, "retry"), (500, "retry"), (503, "retry")),
    ],
)
def test_statuses(status: int, result: str) -> None:
    with serving(status) as hook:
        assert post(hook).result == result
    assert len(hook.requests) == 1


def test_retry_after_is_honoured() -> None:
    with serving(429, {"Retry-After": "120"}) as hook:
        assert post(hook).retry_after == 120
    with serving(503, {"Retry-After": format_datetime(NOW + timedelta(minutes=3), usegmt=True)}) as hook:
        assert post(hook).retry_after == 180


def test_redirects_are_not_followed() -> None:
    with serving() as elsewhere, serving(307, {"Location": elsewhere.url}) as hook:
        sent = post(hook)
    assert sent.result == "refused"
    assert "moved" in sent.detail
    assert elsewhere.requests == []


def test_nobody_there_is_tried_again_and_silence_may_have_been_taken() -> None:
    with serving() as hook:
        gone = hook.url
    assert post(gone).result == "retry"
    with serving(gate=threading.Event()) as hook:
        slow = post(hook, timeout=0.3)
        assert slow.result == "unknown"
        for each in threading.enumerate():
            if each.name == "send to hook":
                each.join(5)
                assert not each.is_alive(), "it waits for ever"
        assert "did not answer in time" in slow.detail


def test_a_certificate_that_nobody_vouches_for_is_not_talked_to() -> None:
    with serving(certified=trustme.CA().issue_cert("127.0.0.1")) as hook:
        sent = post(hook)
    assert sent.result == "retry"
    assert "certificate" in sent.detail
    assert hook.requests == []


def test_the_secret_and_the_address_are_in_no_detail() -> None:
    with serving() as hook:
        url = hook.url.replace("/in", "/token-0123456789")
    for sent in (post(url), post("http://[bad/token-0123456789")):
        assert sent.result in {"retry", "refused"}
        assert "token-0123456789" not in sent.detail
        assert SECRET not in sent.detail


@pytest.mark.parametrize("nasty", ["lone \ud800", "nul \x00 \r\nX-Evil: 1", "\u202e" + "é" * 500])
def test_whatever_an_outlet_wrote_is_one_json_document(nasty: str) -> None:
    step = Change(at=NOW, field="opened", before=None, after=nasty, outlet=nasty, url="javascript:x()", quote=nasty)
    context = samples.context(samples.told(samples.story(title=nasty, history=(step,), outlets=(nasty,)), nasty))
    with serving() as hook:
        assert post(hook, context).result == "sent"
    payload = json.loads(hook.requests[0][2])
    assert payload["stories"][0]["title"] == nasty
    assert payload["stories"][0]["history"][0]["url"] is None


def documented(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def a_request(at: datetime) -> tuple[dict[str, str], bytes]:
    body = webhook.body(samples.slate())
    sent_at = str(int(at.timestamp()))
    return {"X-Cocorico-Timestamp": sent_at, "X-Cocorico-Signature": webhook.signature(SECRET, sent_at, body)}, body


def test_the_documented_check_in_python_takes_ours_and_no_other() -> None:
    names: dict[str, Any] = {}
    exec(documented("python"), names)  # noqa: S102 -- the code of our own page
    names["time"] = SimpleNamespace(time=NOW.timestamp)
    genuine = names["is_genuine"]
    headers, body = a_request(NOW)
    assert genuine(SECRET, headers, body)
    assert not genuine("another secret", headers, body)
    assert not genuine(SECRET, headers, body + b" ")
    assert not genuine(SECRET, {**headers, "X-Cocorico-Timestamp": str(int(NOW.timestamp()) + 1)}, body)
    assert not genuine(SECRET, *a_request(NOW - timedelta(minutes=6)))


@pytest.mark.parametrize("node", [found] if (found := shutil.which("node")) else [])
def test_the_documented_check_in_node_takes_ours_and_no_other(node: str) -> None:
    headers, body = a_request(datetime.now(UTC))
    lower = {name.lower(): value for name, value in headers.items()}
    asked = f"""
        const body = Buffer.from({json.dumps(body.decode())});
        const headers = {json.dumps(lower)};
        console.log(isGenuine({json.dumps(SECRET)}, headers, body), isGenuine("other", headers, body),
                    isGenuine({json.dumps(SECRET)}, headers, Buffer.concat([body, Buffer.from(" ")])));
    """
    done = subprocess.run([node, "-e", documented("javascript") + asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["true", "false", "false"]
