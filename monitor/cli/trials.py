"""How tried rules look: what each would have sent, day by day, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monitor import rulebooks
from monitor.alerts.phrases import fact
from monitor.cli import shapes
from monitor.cli.session import Session, to_json
from monitor.cli.tables import Rows, cell, stack
from monitor.config import Config
from monitor.decide.soundness import Finding, World, findings
from monitor.decide.trying import Alert, Difference, Scene, alerts, misses, tried
from monitor.subscribing import Subscription
from monitor.vocabulary import Event
from monitor.watching import WatchItem

_BARS = "▁▂▃▄▅▆▇█"
_MOST_DAYS = 31  #: days that are drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What rules are tried on."""

    scenes: Sequence[Scene]
    watched: tuple[WatchItem, ...]
    outlets: frozenset[str]
    now: datetime

    @property
    def stories(self) -> int:
        """How many stories it tells."""
        return len({change.story.id for scene in self.scenes for change in scene.changes})


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """How one rule did."""

    subscription: Subscription
    alerts: tuple[Alert, ...]
    flaws: tuple[Finding, ...] = ()
    missed: tuple[tuple[str, int], ...] = ()  #: of a rule that sent nothing: the conditions that stories fail first

    @property
    def by_day(self) -> Counter[str]:
        """Alerts a local day, as ISO date: when each is told, or would be, were it not held."""
        zone = ZoneInfo(self.subscription.zone)
        return Counter(one.at.astimezone(zone).date().isoformat() for one in self.alerts)

    @property
    def messages(self) -> Counter[str]:
        """Messages that go out a local day: those of their own, and one for all that are held for one hour."""
        zone = ZoneInfo(self.subscription.zone)
        out = (*(one.at for one in self.alerts if not one.held), *self.digests)
        return Counter(at.astimezone(zone).date().isoformat() for at in out)

    @property
    def digests(self) -> Counter[datetime]:
        """Held messages by the moment that they would have gone out."""
        return Counter(one.due_at for one in self.alerts if one.held)


def try_all(settings: Config, past: Past, *, world: World | None = None) -> list[Trial]:
    """Try every subscription to stories on the past."""
    subscriptions = tried(settings.subscriptions)
    ready = rulebooks.ready(settings, subscriptions, past.watched)
    found = alerts(past.scenes, subscriptions, ready)
    trials = []
    for one in subscriptions:
        own = tuple(alert for alert in found if alert.subscription == one.name)
        rule = ready.named(one.name)
        missed = tuple(misses(past.scenes, rule, ready)) if rule and not own else ()
        flaws = findings(one, world) if world else ()
        trials.append(Trial(subscription=one, alerts=own, flaws=flaws, missed=missed))
    return trials


# ---- For people ----


def show(session: Session, found: Sequence[Trial], past: Past, *, days: int, samples: int) -> None:
    """Print each rule: its flaws, its messages day by day, and some of them."""
    session.line(session.word("rules.past", days=days, articles=len(past.scenes), stories=past.stories), style="dim")
    for one in found:
        session.line("")
        session.line(one.subscription.name, style="bold")
        for flaw in one.flaws:
            session.line("  " + flaw_line(session, flaw), style="red" if flaw.never else "yellow")
        if one.alerts:
            _show_alerts(session, one, days=days, samples=samples, now=past.now)
        else:
            _show_silence(session, one)


def _show_alerts(session: Session, one: Trial, *, days: int, samples: int, now: datetime) -> None:
    by_day = one.messages
    most, count = max(by_day.items(), key=lambda day: (day[1], day[0]))
    sent = by_day.total()
    a_day = session.decimal(sent / days)
    facts = session.word("rules.sent", alerts=sent, a_day=a_day, most=count, day=most)
    today = now.astimezone(ZoneInfo(one.subscription.zone)).date()
    session.line(f"  {_spark(by_day, today, days=days)}  {facts}", style="cyan")
    if one.digests:
        zone = ZoneInfo(one.subscription.zone)
        hours = sorted({at.astimezone(zone).strftime("%H:%M") for at in one.digests})
        held = sum(one.digests.values())
        said = session.word("rules.held", held=held, digests=len(one.digests), hours=", ".join(hours))
        session.line(f"  {said}")
    if samples:
        show_samples(session, one.alerts[-samples:], zone=one.subscription.zone)


def _show_silence(session: Session, one: Trial) -> None:
    session.line("  " + session.word("rules.nothing"), style="yellow")
    if one.missed:
        fields = ", ".join(f"{field} ({count})" for field, count in one.missed[:3])
        session.line("  " + session.word("rules.missed", fields=fields), style="dim")


def _spark(by_day: Mapping[str, int], today: date, *, days: int) -> str:
    """Draw the last days, oldest first: a bar for each that had messages, a dot for each that had none."""
    most = max(by_day.values())
    shown = [today - timedelta(days=back) for back in range(min(days, _MOST_DAYS), -1, -1)]
    counts = [by_day.get(day.isoformat(), 0) for day in shown]
    return "".join(_BARS[(count * (len(_BARS) - 1)) // most] if count else "·" for count in counts)


def show_samples(session: Session, found: Sequence[Alert], *, zone: str) -> None:
    """Print some messages: when, what, from whom, what of the rule it met."""
    names = ("when", "what", "rules.outlet", "rules.matched")
    rows = Rows(session, *(session.word(name) for name in names))
    for one in found:
        local = one.at.astimezone(ZoneInfo(zone))
        times = [cell(local.strftime("%Y-%m-%d %H:%M"), "dim")]
        if one.held:
            due = one.due_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
            times.append(cell("→ " + due, "yellow"))
        told = [cell(fact(story, session.language), "bold") for story in one.stories[:3]]
        if one.event is Event.UPDATE:
            told.append(cell(session.word("rules.update"), "cyan"))
        rows.add(stack(session, *times), stack(session, *told), cell(one.outlet, "dim"), cell(one.matched, "green"))
    rows.show()


def flaw_line(session: Session, flaw: Finding) -> str:
    """Say what is wrong with a rule."""
    near = session.word("rules.near", name=flaw.near) if flaw.near else ""
    return session.word(f"rules.flaw.{flaw.flaw}", field=flaw.field, values=", ".join(flaw.values)) + near


def show_differences(session: Session, found: Sequence[Difference], *, known: set[str], samples: int) -> None:
    """Print what each rule gains and loses."""
    names = ("rules.rule", "rules.gained", "rules.lost", "rules.moved", "rules.same")
    rows = Rows(session, *(session.word(name) for name in names), right=(1, 2, 3, 4))
    for one in found:
        rows.add(
            cell(one.subscription, "bold" if one.subscription in known else "bold green"),
            cell(f"+{len(one.gained)}" if one.gained else "0", "green" if one.gained else "dim"),
            cell(f"-{len(one.lost)}" if one.lost else "0", "red" if one.lost else "dim"),
            cell(len(one.moved), "yellow" if one.moved else "dim"),
            cell(one.same, "dim"),
        )
    rows.show()
    for one in found:
        for sign, style, some in (("+", "green", one.gained), ("-", "red", one.lost)):
            for alert in some[:samples]:
                said = f"{sign} {one.subscription}: {fact(alert.stories[0], session.language)} ({alert.outlet})"
                session.line(said, style=style)
            if len(some) > samples > 0:
                session.line(session.word("rules.more", count=len(some) - samples), style="dim")


def show_presets(session: Session, shipped: Mapping[str, Mapping[str, Any]]) -> None:
    """Print the ready-made subscriptions."""
    rows = Rows(session, session.word("rules.preset"), session.word("rules.sends"), session.word("rules.sets"))
    for name, keys in shipped.items():
        match = [f"{key} = {to_json(value)}" for key, value in keys.get("match", {}).items()]
        rest = [f"{key} = {to_json(value)}" for key, value in keys.items() if key in {"deliver", "quiet", "escalate"}]
        needs = [session.word("rules.needs", keys=" / ".join(keys["needs"]))] if keys.get("needs") else []
        lines = [*match, *rest, *needs]
        rows.add(
            cell(name, "bold green"),
            cell(keys["description"][session.language]),
            stack(session, *(cell(line, "dim") for line in lines)),
        )
    rows.show()


# ---- For programs ----


def shape(one: Trial, *, samples: int) -> shapes.Shape:
    """Give a tried rule as `--json` shows it."""
    return {
        "subscription": one.subscription.name,
        "deliver": str(one.subscription.deliver),
        "alerts": len(one.alerts),
        "days": [{"day": day, "alerts": count} for day, count in sorted(one.by_day.items())],
        "digests": [{"at": shapes.moment(at), "alerts": count} for at, count in sorted(one.digests.items())],
        "flaws": [_flaw_shape(flaw) for flaw in one.flaws],
        "missed": [{"field": field, "stories": count} for field, count in one.missed],
        "samples": [_alert(alert) for alert in (one.alerts[-samples:] if samples else ())],
    }


def _flaw_shape(flaw: Finding) -> shapes.Shape:
    return {
        "flaw": flaw.flaw.value,
        "never": flaw.never,
        "field": flaw.field,
        "values": list(flaw.values),
        "near": flaw.near or None,
    }


def difference(one: Difference, *, samples: int) -> shapes.Shape:
    """Give what a rule gains and loses as `--json` shows it."""
    return {
        "subscription": one.subscription,
        "gained": len(one.gained),
        "lost": len(one.lost),
        "moved": len(one.moved),
        "same": one.same,
        "samples": {
            "gained": [_alert(alert) for alert in one.gained[:samples]],
            "lost": [_alert(alert) for alert in one.lost[:samples]],
        },
    }


def _alert(alert: Alert) -> shapes.Shape:
    return {
        "at": shapes.moment(alert.at),
        "due_at": shapes.moment(alert.due_at),
        "timing": alert.timing.value,
        "event": alert.event.value,
        "article": alert.url,
        "title": alert.headline,
        "outlet": alert.outlet,
        "stories": [story.id for story in alert.stories],
        "matched": alert.matched,
    }
