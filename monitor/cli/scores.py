"""An evaluation on the terminal: a table a question, then the errors for who asks."""

from __future__ import annotations

from rich.padding import Padding
from rich.text import Text

from monitor.alerts.phrases import kind_word
from monitor.alerts.text import COLON
from monitor.classifier.explain import Reason, verdict
from monitor.cli.cards import KIND_STYLES, quote_text
from monitor.cli.session import Session
from monitor.cli.tables import Rows, cell
from monitor.learning import told
from monitor.learning.evaluate import Evaluation, Mistake
from monitor.learning.measure import KINDS, Counts, Interval
from monitor.learning.words import interval, number, say
from monitor.vocabulary import Kind

#: Candidates that an error shows; the rest explain little.
_MOST_REASONS = 4
_MOST_TERMS = 8
#: Columns of a terminal from which on intervals fit into the table of groups.
_WIDE = 100


def show(session: Session, corpus: str, found: Evaluation, *, errors: bool) -> None:
    """Print everything that was measured, and the errors where they are asked for."""
    values = {"corpus": corpus, "articles": found.total.articles, "threshold": _number(session, found.threshold)}
    session.line(say("subtitle", session.language, **values), style="bold")
    for part in (_kinds, _groups, _facts, _calibration, _choices):
        session.line("")
        part(session, found)
    session.line("")
    _counted(session, found)
    for mistake in found.mistakes if errors else ():
        _mistake(session, mistake)


def _number(session: Session, value: float | None, places: int = 2) -> str:
    return number(value, session.language, places=places)


def _rows(session: Session, *names: str) -> Rows:
    return Rows(session, *(say(name, session.language) for name in names), right=range(1, len(names)))


def _measure(session: Session, value: float | None, between: Interval | None = None) -> Text:
    """Write a score, green where it is good, with its interval."""
    good = "" if value is None else "green" if value >= 0.9 else "yellow" if value >= 0.75 else "red"
    text = cell(_number(session, value), good)
    if between is not None:
        text.append(f" {interval(between, session.language)}", "dim")
    return text


def _head(session: Session, key: str) -> None:
    session.line(say(key, session.language), style="bold")


def _kinds(session: Session, found: Evaluation) -> None:
    _head(session, "kinds")
    scores = [found.total.kinds[kind] for kind in KINDS]
    rows = Rows(session, "", *(kind_word(kind, session.language) for kind in KINDS), right=range(1, 3))
    for key in ("announced", "right", "false", "missed"):
        rows.add(_named(session, key), *(cell(_counted_as(score.counts, key)) for score in scores))
    for key in ("precision", "recall", "f1"):
        cells = (_measure(session, getattr(score.counts, key), getattr(score, key)) for score in scores)
        rows.add(_named(session, key), *cells)
    if found.front:
        recalls = (found.front[kind].recall if kind in found.front else None for kind in KINDS)
        rows.add(_named(session, "front"), *(_measure(session, recall) for recall in recalls))
    rows.show()
    ordinary = found.total.ordinary
    alarms = say("ordinary_count", session.language, flagged=ordinary.flagged, articles=ordinary.articles)
    value = _number(session, ordinary.per_thousand, 1)
    session.line(f"{say('ordinary', session.language)}{COLON[session.language]} {value} ({alarms})")


def _named(session: Session, key: str) -> Text:
    return cell(say(key, session.language))


def _counted_as(counts: Counts, key: str) -> int:
    each = {"right": counts.right, "false": counts.false, "missed": counts.missed}
    return each.get(key, counts.right + counts.missed)


def _groups(session: Session, found: Evaluation) -> None:
    """Print the sorts of articles that tell something: not those that are all of one sort."""
    _head(session, "groups")
    sorts = [group.dimension for group in found.groups]
    names = [f"{kind_word(kind, session.language)} {say('f1', session.language)}" for kind in KINDS]
    heads = [say(key, session.language) for key in ("group", "how_many")]
    alarms = say("false_alarms", session.language)
    rows = Rows(session, *heads, *(_narrow(session, name) for name in (*names, alarms)), right=range(1, 5))
    wide = not session.rich or session.out.width >= _WIDE
    for group in (group for group in found.groups if sorts.count(group.dimension) > 1):
        name = Text.assemble((f"{say(f'dimension.{group.dimension}', session.language)} ", "dim"), group.value)
        scores = [group.scores.kinds[kind] for kind in KINDS]
        cells = (_measure(session, score.counts.f1, score.f1 if wide else None) for score in scores)
        false = cell(_number(session, group.scores.ordinary.per_thousand, 1))
        rows.add(name, cell(group.scores.articles), *cells, false)
    rows.show()


def _narrow(session: Session, name: str) -> str:
    """Put the words of a column's name below one another, where columns may have names of several lines."""
    return name.replace(" ", "\n") if session.rich else name


def _facts(session: Session, found: Evaluation) -> None:
    _head(session, "facts")
    both = found.facts["both"]
    for key, part, whole, value in (
        ("facts_found", both.found, both.announced, both.recall),
        ("facts_right", both.right, both.read, both.precision),
    ):
        of = say("of", session.language, part=part, whole=whole)
        session.line(f"{say(key, session.language)}{COLON[session.language]} {_number(session, value)} ({of})")
    rows = _rows(session, "field", "exact", "lenient")
    for name, field in both.fields.items():
        shares = (_measure(session, field.exact_share), _measure(session, field.lenient_share))
        rows.add(cell(say(f"field.{name}", session.language)), *shares)
    rows.show()


def _calibration(session: Session, found: Evaluation) -> None:
    _head(session, "calibration")
    error = _number(session, found.calibration.error, 3)
    session.line(f"{say('calibration_error', session.language)}{COLON[session.language]} {error}")
    rows = _rows(session, "confidence", "how_many", "share_right")
    for one in found.calibration.bins:
        edges = f"{_number(session, one.low, 1)} – {_number(session, one.high, 1)}"
        rows.add(cell(edges), cell(one.size), cell(_number(session, one.right), "" if one.size else "dim"))
    rows.show()


def _choices(session: Session, found: Evaluation) -> None:
    _head(session, "choices")
    rows = _rows(session, "threshold", "precision", "recall", "f1", "alerts", "false_alarms")
    for choice in found.choices:
        both, dim = choice.step.both, "dim" if choice.step.threshold < found.floor else ""
        style = "bold" if choice.step.threshold == found.threshold else dim
        shares = [_number(session, value) for value in (both.precision, both.recall, both.f1)]
        alerts = [_number(session, value, 1) for value in (choice.alerts, choice.ordinary.per_thousand)]
        rows.add(*(cell(text, style) for text in (_number(session, choice.step.threshold), *shares, *alerts)))
    rows.show()


def _counted(session: Session, found: Evaluation) -> None:
    _head(session, "mistakes")
    labels = sum(mistake.wrong_label for mistake in found.mistakes)
    details = len(found.mistakes) - labels
    session.line(say("mistakes_count", session.language, labels=labels, details=details))


def _mistake(session: Session, mistake: Mistake) -> None:
    article, language = mistake.article, session.language
    session.line("")
    sort = say("wrong_kind" if mistake.wrong_label else "wrong_detail", language)
    head = Text.assemble(cell(f"{article.id}  ", "dim"), cell(article.document.title, "bold"), (f"  {sort}", "red"))
    session.out.print(head, soft_wrap=not session.rich)
    for key, style, lines in (
        ("expected", "green", told.expected(mistake, language)),
        ("read", "yellow", told.read(mistake, language)),
    ):
        for line in lines:
            session.line(f"  {say(key, language)}{COLON[session.language]} {line}", style=style)
    reasons = mistake.explanation.reasons
    if not reasons:
        session.line(f"  {say('no_reasons', language)}", style="dim")
    for reason in reasons[:_MOST_REASONS]:
        _reason(session, reason)


def _reason(session: Session, reason: Reason) -> None:
    mark, style = ("✓", "green") if reason.kept else ("✗", "dim")
    kind, name = kind_word(Kind(reason.kind), session.language), reason.title or say("untitled", session.language)
    terms = ", ".join(f"{feature} {weight:+.1f}" for feature, weight in reason.terms[:_MOST_TERMS])
    for line in (
        Text.assemble((f"{mark} ", style), (kind, KIND_STYLES[Kind(reason.kind)]), cell(f" · {name}", "bold"))
        + cell(f" · {verdict(reason, session.language)}", style),
        quote_text(session, reason.sentence, reason.cues),
        cell(terms, "dim"),
    ):
        padded = Padding(line, (0, 0, 0, 2)) if session.rich else Text("  ") + line
        session.out.print(padded, soft_wrap=not session.rich)
