"""A notice as it is shown: one line that says what is the matter, what is known, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.alerts import stored, together
from monitor.alerts.catalogue import Voice, voice
from monitor.alerts.clean import clean
from monitor.alerts.phrases import quoted
from monitor.alerts.text import ADVICE, BLINDNESS, NOTICES, SEVERITIES, SINCE, Language
from monitor.notice import Facts, Notice
from monitor.vocabulary import NoticeKind, Severity

#: Where a reason names the address that was asked: "HTTP 403 from URL: ...", "URL: larger than ...".
_FROM = re.compile(r" (?:from|de) https?://\S+?(?=[:;,.]?(?:\s|$))")
_ABOUT = re.compile(r"^https?://\S+?\s?: ")
_ASKED = re.compile(r"^https?://\S+(?=\s)")
#: What the names of sources and targets don't hold.
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeView:
    """One notice as it is shown."""

    line: str  #: "BFMTV ne se lit plus"
    details: tuple[str, ...]  #: sentences
    advice: str  #: what to do; commands between back-ticks
    severity: str  #: in words
    tone: str  #: the severity as a style name
    moment: str  #: when it was noticed


def notice_view(notice: Notice, language: Language, zone: str) -> NoticeView:
    """Turn a notice into what is shown."""
    speech = voice(language)
    return NoticeView(
        line=_line(notice, speech),
        details=tuple(part for part in _details(notice, speech, zone) if part),
        advice=_advice(notice, speech),
        severity=speech.say(SEVERITIES[notice.severity]),
        tone=_TONES[notice.severity],
        moment=speech.moment(notice.at, zone),
    )


#: A severity looks like the certainty that has its colour.
_TONES = {
    Severity.GOOD: "confirmed",
    Severity.INFO: "rumoured",
    Severity.WARNING: "in_development",
    Severity.URGENT: "denied",
}


def _plain(name: str) -> str:
    """A name inside a command, where nothing is escaped: letters, digits, underscores and hyphens."""
    return _NO_NAME.sub("", name)[:60]


def _advice(notice: Notice, speech: Voice) -> str:
    advice = ADVICE[notice.kind]
    if notice.facts.together and "{subject}" in advice:
        return speech.say(together.ADVICE)
    return speech.say(advice, subject=_plain(notice.subject), path=clean(notice.facts.path).replace("`", "ʼ"))


def _line(notice: Notice, speech: Voice) -> str:
    facts = notice.facts
    if notice.kind is NoticeKind.PROOF_OF_LIFE:
        return _alive(notice, speech)
    many = together.TOGETHER.get(notice.kind) if facts.together else None
    if many:
        return speech.say(many, n=speech.number(facts.together), name=clean(facts.name, limit=120))
    name = clean(facts.name or notice.subject, limit=60)
    if notice.kind in {NoticeKind.DELIVERIES_FAILING, NoticeKind.DELIVERIES_RECOVERED}:
        name = quoted(name, speech.language)  # as the configuration calls it: "mail", "phone"
    return speech.say(NOTICES[notice.kind], name=name, free=speech.size(facts.free))


def _alive(notice: Notice, speech: Voice) -> str:
    """ "Rien de neuf ; 41 sources sur 43 en bonne santé"."""
    facts = notice.facts
    news = (
        speech.count("{n} message sent", "{n} messages sent", facts.told) if facts.told else speech.say("Nothing new")
    )
    if facts.sources == 1:
        if facts.healthy:
            return speech.say("{news}; the only source is healthy", news=news)
        return speech.say("{news}; the only source is not healthy", news=news)
    return speech.count(
        "{news}; {n} of {sources} sources healthy",
        "{news}; {n} of {sources} sources healthy",
        facts.healthy,
        news=news,
        sources=speech.number(facts.sources),
    )


def _details(notice: Notice, speech: Voice, zone: str) -> tuple[str, ...]:
    facts = notice.facts
    since = SINCE.get(notice.kind)
    moment = speech.say(since, moment=speech.moment(facts.since, zone)) if since and facts.since else ""
    said = clean(_unaddressed(stored.reason(facts.reason, speech), speech), limit=200)
    cause = f"{said.rstrip('.')}." if said else ""
    if facts.address:
        plain = facts.address.partition("://")[2].removeprefix("www.")  # an outlet's word: no program's link
        cause = speech.say("Its new address: {address}", address=clean(plain, limit=200))
    waiting = ""
    if notice.kind is NoticeKind.DELIVERIES_FAILING and facts.waiting:
        waiting = speech.count("{n} message is waiting.", "{n} messages are waiting.", facts.waiting)
    if notice.kind is NoticeKind.SOURCE_STORMS:
        waiting = speech.count("{n} entry is held back.", "{n} entries are held back.", facts.waiting)
    if notice.kind is NoticeKind.DELIVERIES_RECOVERED and facts.waiting:
        waiting = speech.count("{n} message was sent late.", "{n} messages were sent late.", facts.waiting)
    if notice.kind is NoticeKind.SOURCE_BLIND:
        return _blindness(facts, speech)
    return (moment, _habit(notice, speech), cause[:1].upper() + cause[1:], waiting)


def _unaddressed(reason: str, speech: Voice) -> str:
    """Leave out of a reason the address that it is about: the source's own, which `clean` would blot out."""
    return _ASKED.sub(speech.say("its address"), _ABOUT.sub("", _FROM.sub("", reason)))


def _habit(notice: Notice, speech: Voice) -> str:
    """ "D'habitude 14 par jour.": what a silence is measured by, where it can be said in whole numbers."""
    a_day = round(notice.facts.usually)
    if notice.kind is not NoticeKind.SOURCE_SILENT or a_day < 1:
        return ""
    return speech.count("Usually {n} a day.", "Usually {n} a day.", a_day)


def _blindness(facts: Facts, speech: Voice) -> tuple[str, ...]:
    lately, usually = (
        round(value * (100 if facts.measure == "share" else 1)) for value in (facts.lately, facts.usually)
    )
    if facts.measure == "length":
        numbers = {"lately": speech.number(lately), "usually": speech.number(usually)}
        return (speech.say("Its articles have {lately} characters now, {usually} before.", **numbers),)
    said = speech.say(
        "{lately} % of its last pages gave an article, {usually} % before.", lately=lately, usually=usually
    )
    return (said, speech.say(BLINDNESS[facts.reason]) if facts.reason in BLINDNESS else "")
