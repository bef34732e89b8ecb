"""Notices: what Cocorico tells of itself, and what a delivery may carry."""

from __future__ import annotations

from datetime import datetime

import pytest
import samples_alerts as samples

from monitor.alerts.context import DeliveryContext
from monitor.notice import Facts, Notice
from monitor.vocabulary import Form, NoticeKind, Severity


def a_notice(kind: NoticeKind = NoticeKind.SOURCE_BROKEN) -> Notice:
    return Notice(id="n-1", kind=kind, subject="bfmtv", at=samples.NOW)


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_severity(kind: NoticeKind) -> None:
    assert a_notice(kind).severity in Severity


def test_times_are_aware() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Notice(id="n-1", kind=NoticeKind.PROOF_OF_LIFE, at=datetime(2026, 11, 20))  # noqa: DTZ001
    with pytest.raises(ValueError, match="UTC"):
        Facts(since=datetime(2026, 11, 20))  # noqa: DTZ001


def test_a_delivery_tells_stories_or_else_a_notice() -> None:
    told = samples.told(samples.story())
    owed = samples.delivery(told)
    assert DeliveryContext(delivery=owed, form=Form.NOTICE, notice=a_notice()).stories == ()
    for wrong in (
        {"stories": (told,), "notice": a_notice()},
        {},
        {"stories": (told,), "form": Form.NOTICE},
        {"notice": a_notice(), "form": Form.DIGEST},
    ):
        with pytest.raises(ValueError, match="d-5f2c1e77ab90"):
            DeliveryContext(delivery=owed, **wrong)
