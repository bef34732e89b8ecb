"""The words of a message, in English: data, no logic. `catalogue` says them in the reader's language.

Placeholders of `FACTS`: {thing} "New Netflix series", {noun} "Netflix series", {title} the quoted title or "untitled
project by …", {season} "season 2", {where} " (OCS, AMC)" or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from crawler import RejectReason, Tier
from monitor.vocabulary import Kind, NoticeKind, Origin, Prominence, Severity, Status, WorkType

Language = Literal["fr", "en"]


def mark(message: str) -> str:
    """Mark a text for the catalogues; it is said elsewhere."""
    return message


QUOTES: Final[Mapping[Language, str]] = {"fr": "«\u00a0{}\u00a0»", "en": "“{}”"}

#: What separates a label from its value: French puts a no-break space before colons and semicolons.
COLON: Final[Mapping[Language, str]] = {"fr": "\u00a0:", "en": ":"}

SEMICOLON: Final[Mapping[Language, str]] = {"fr": "\u00a0;", "en": ";"}

NOUNS: Final[Mapping[WorkType, str]] = {
    WorkType.SERIES: mark("series"),
    WorkType.FILM: mark("film"),
    WorkType.DOCUMENTARY: mark("documentary"),
    WorkType.ANIMATION: mark("animated title"),
    WorkType.REALITY: mark("reality show"),
    WorkType.UNKNOWN: mark("original"),
}

#: The noun as something new; blanks around an empty place are closed.
NEW: Final[Mapping[WorkType, str]] = {
    WorkType.SERIES: mark("New {place} series"),
    WorkType.FILM: mark("New {place} film"),
    WorkType.DOCUMENTARY: mark("New {place} documentary"),
    WorkType.ANIMATION: mark("New {place} animated title"),
    WorkType.REALITY: mark("New {place} reality show"),
    WorkType.UNKNOWN: mark("New {place} original"),
}

#: The fact in one line: it is the subject of the mail and the headline of the story.
FACTS: Final[Mapping[Kind, Mapping[Status, str]]] = {
    Kind.NEW_ORIGINAL: {
        Status.CONFIRMED: mark("{thing}: {title}"),
        Status.IN_DEVELOPMENT: mark("{thing} in development: {title}"),
        Status.RUMOURED: mark("{thing}, rumour has it: {title}"),
        Status.DENIED: mark("Denied: {title}, {noun}"),
    },
    Kind.RENEWAL: {
        Status.CONFIRMED: mark("{title} gets {season}{where}"),
        Status.IN_DEVELOPMENT: mark("{title}: {season}, in development{where}"),
        Status.RUMOURED: mark("{title} may get {season}{where}"),
        Status.DENIED: mark("{title}: {season} denied{where}"),
    },
    Kind.CANCELLATION: {
        Status.CONFIRMED: mark("{title} is cancelled{where}"),
        Status.IN_DEVELOPMENT: mark("{title} is set to end{where}"),
        Status.RUMOURED: mark("{title} may be cancelled{where}"),
        Status.DENIED: mark("{title}: cancellation denied{where}"),
    },
    Kind.ACQUISITION: {
        Status.CONFIRMED: mark("{title}: rights acquired{where}"),
        Status.IN_DEVELOPMENT: mark("{title}: rights under negotiation{where}"),
        Status.RUMOURED: mark("{title}: rights acquired, rumour has it{where}"),
        Status.DENIED: mark("{title}: acquisition denied{where}"),
    },
    Kind.RELEASE_DATE: {
        Status.CONFIRMED: mark("{title} has a release date{where}"),
        Status.IN_DEVELOPMENT: mark("{title}: release in preparation{where}"),
        Status.RUMOURED: mark("{title}: rumoured release date{where}"),
        Status.DENIED: mark("{title}: release date denied{where}"),
    },
}

#: The fact of a release date whose day is known: {day} "12 March 2027", {which} ", season 2" or nothing.
DAYS: Final[Mapping[Status, str]] = {
    Status.CONFIRMED: mark("{title}{which}: out on {day}{where}"),
    Status.IN_DEVELOPMENT: mark("{title}{which}: planned for {day}{where}"),
    Status.RUMOURED: mark("{title}{which}: out on {day}, rumour has it{where}"),
    Status.DENIED: mark("{title}{which}: release on {day} denied{where}"),
}

#: What another story of the same work makes of one: it stands for the fact, which no longer holds.
TURNS: Final[Mapping[str, str]] = {
    "cancelled": mark("{title} is cancelled{where}"),
    "rescued": mark("{title} goes on after all{where}"),
}

KINDS: Final[Mapping[Kind, str]] = {
    Kind.NEW_ORIGINAL: mark("New original"),
    Kind.RENEWAL: mark("Renewal"),
    Kind.CANCELLATION: mark("Cancellation"),
    Kind.ACQUISITION: mark("Acquisition"),
    Kind.RELEASE_DATE: mark("Release date"),
}

#: What a digest is grouped by; updates to stories the reader knows come last, whatever their kind.
GROUPS: Final[Mapping[Kind, str]] = {
    Kind.NEW_ORIGINAL: mark("New originals"),
    Kind.RENEWAL: mark("Renewals"),
    Kind.CANCELLATION: mark("Cancellations"),
    Kind.ACQUISITION: mark("Acquisitions"),
    Kind.RELEASE_DATE: mark("Release dates"),
}
UPDATES: Final = mark("News of what you know")

STATUSES: Final[Mapping[Status, str]] = {
    Status.CONFIRMED: mark("confirmed"),
    Status.IN_DEVELOPMENT: mark("in development"),
    Status.RUMOURED: mark("rumoured"),
    Status.DENIED: mark("denied"),
}

#: Names of the fields of a story that can change (`Change.field`).
FIELDS: Final[Mapping[str, str]] = {
    "status": mark("Certainty"),
    "season": mark("Season"),
    "platforms": mark("Platforms"),
    "title": mark("Title"),
    "date": mark("Date"),
    "kind": mark("Kind"),
    "final": mark("Last season"),
    "cancelled": mark("Cancelled"),
    "rescued": mark("Rescued"),
    "corrected": mark("Corrected"),
}

#: What of a subscription a story met; others are shown as they are written.
RULES: Final[Mapping[str, str]] = {
    "kinds": mark("kind"),
    "statuses": mark("certainty"),
    "work_types": mark("type of work"),
    "platforms": mark("platform"),
    "origins": mark("origin"),
    "languages": mark("language"),
    "works": mark("work"),
    "people": mark("person"),
    "producers": mark("producer"),
    "outlets": mark("outlet"),
    "words": mark("words"),
    "watchlist": mark("your watchlist"),
    "prominences": mark("place"),
    "min_confidence": mark("confidence"),
}

#: Values of closed vocabularies that a rule may name, and nothing else of ours says.
VALUES: Final[Mapping[str, str]] = {
    Origin.FRENCH: mark("French"),
    Origin.FOREIGN: mark("foreign"),
    Origin.UNKNOWN: mark("unknown"),
    Prominence.HEADLINE: mark("in the headline"),
    Prominence.BODY: mark("in the text"),
}

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.GOOD: mark("All is well again"),
    Severity.INFO: mark("For your information"),
    Severity.WARNING: mark("To be looked at"),
    Severity.URGENT: mark("Urgent"),
}

#: The line that a notice is.
NOTICES: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.SOURCE_BROKEN: mark("{name} can no longer be read"),
    NoticeKind.SOURCE_RECOVERED: mark("{name} can be read again"),
    NoticeKind.SOURCE_GONE: mark("{name} is gone for good, says its server: keep it?"),
    NoticeKind.SOURCE_SILENT: mark("{name} has fallen silent"),
    NoticeKind.SOURCE_SPEAKS: mark("{name} publishes again"),
    NoticeKind.SOURCE_BLIND: mark("The pages of {name} no longer yield their text"),
    NoticeKind.SOURCE_SEES: mark("The pages of {name} yield their text again"),
    NoticeKind.SOURCE_REBUILT: mark("The pages of {name} are no longer made as before"),
    NoticeKind.SOURCE_RELEARNED: mark("The make of the pages of {name} is known again"),
    NoticeKind.SOURCE_MOVED: mark("{name} has moved"),
    NoticeKind.SOURCE_STORMS: mark("{name} lists far more at once than it ever does"),
    NoticeKind.SOURCE_EXPIRES: mark("The certificate of {name} is about to run out"),
    NoticeKind.SOURCE_REFUSES: mark("{name} does not want its pages read"),
    NoticeKind.SOURCE_ADMITS: mark("The pages of {name} may be read again"),
    NoticeKind.DELIVERIES_FAILING: mark("Messages no longer reach {name}"),
    NoticeKind.DELIVERIES_RECOVERED: mark("Messages reach {name} again"),
    NoticeKind.DISK_FILLING: mark("The disk is filling up: {free} left"),
    NoticeKind.PROOF_OF_LIFE: mark("Cocorico is well"),
}

#: What is known besides, when a notice knows since when.
SINCE: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.SOURCE_BROKEN: mark("Since {moment}."),
    NoticeKind.SOURCE_RECOVERED: mark("It had failed since {moment}."),
    NoticeKind.SOURCE_GONE: mark("It last answered on {moment}."),
    NoticeKind.SOURCE_SILENT: mark("Its last article is of {moment}."),
    NoticeKind.SOURCE_SPEAKS: mark("It had been silent since {moment}."),
    NoticeKind.SOURCE_REBUILT: mark("Since {moment}."),
    NoticeKind.SOURCE_STORMS: mark("Since {moment}."),
    NoticeKind.SOURCE_EXPIRES: mark("It is valid until {moment}."),
    NoticeKind.DELIVERIES_FAILING: mark("Since {moment}."),
    NoticeKind.DELIVERIES_RECOVERED: mark("They had failed since {moment}."),
}

#: Why pages give no text, where a notice says so; others are said as they are.
BLINDNESS: Final[Mapping[str, str]] = {
    RejectReason.TOO_SHORT: mark("Most have no text any more."),
    RejectReason.CONSENT_WALL: mark("Most only ask for consent."),
    RejectReason.PAYWALL: mark("Most are for subscribers."),
    RejectReason.CHALLENGE: mark("Most ask for proof of being human."),
    RejectReason.GATED: mark("Most are for some readers only."),
    RejectReason.SOFT_404: mark("Most say that there is no such page."),
    RejectReason.NOT_AN_ARTICLE: mark("Most are mere lists of links."),
    RejectReason.NOT_HTML: mark("Most are no web pages."),
    Tier.LISTING: mark("Most are for subscribers."),
}

#: What to do; commands stand between back-ticks.
ADVICE: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.SOURCE_BROKEN: mark(
        "It is asked again less and less often, until it answers. See what it says with `cocorico sources check "
        "{subject}`; if its address has changed, correct it, or switch the source off."
    ),
    NoticeKind.SOURCE_RECOVERED: mark("Nothing to do: what its listing still shows has been read."),
    NoticeKind.SOURCE_GONE: mark(
        "Yes: `cocorico sources keep {subject}` goes on asking once a day, and its return is told. No: `cocorico "
        "sources remove {subject}`, or its name under `[sources] disable` where the configuration has it. Until you "
        "say so, it is asked once a day."
    ),
    NoticeKind.SOURCE_SILENT: mark(
        "It answers, and lists nothing new. See whether it has moved with `cocorico sources check {subject}`."
    ),
    NoticeKind.SOURCE_SPEAKS: mark("Nothing to do."),
    NoticeKind.SOURCE_BLIND: mark(
        "Its site was probably rebuilt, or shows a wall. See what its pages give with `cocorico sources check "
        "{subject}`; until then only titles and summaries of its feed can be read."
    ),
    NoticeKind.SOURCE_SEES: mark("Nothing to do."),
    NoticeKind.SOURCE_REBUILT: mark(
        "Its site was probably rebuilt. Its pages are read like unknown ones until they are learned anew; see what "
        "they give with `cocorico sources check {subject}`."
    ),
    NoticeKind.SOURCE_RELEARNED: mark("Nothing to do."),
    NoticeKind.SOURCE_MOVED: mark(
        "It is read there already. Keep the new address with `cocorico sources move {subject}`, before the old one "
        "goes."
    ),
    NoticeKind.SOURCE_STORMS: mark(
        "Its site was probably rebuilt, or somebody else writes there: look at it. `cocorico sources release "
        "{subject}` has what is held read, `cocorico sources release {subject} --skip` passes over it."
    ),
    NoticeKind.SOURCE_EXPIRES: mark(
        "Its publisher has to renew it: afterwards {subject} is no longer read, since anybody could answer in its "
        "place."
    ),
    NoticeKind.SOURCE_REFUSES: mark(
        "Titles and summaries of its feed are read instead, and its pages are asked for again ever more rarely. Ask "
        "the publisher for a licence, and state it with `licence = true`; or switch {subject} off."
    ),
    NoticeKind.SOURCE_ADMITS: mark("Nothing to do."),
    NoticeKind.DELIVERIES_FAILING: mark(
        "Nothing is lost: they are tried again, and `cocorico alerts list` shows them. Try the target with "
        "`cocorico alerts test {subject}`, and correct its address if it has changed."
    ),
    NoticeKind.DELIVERIES_RECOVERED: mark("Nothing to do: what was waiting has been sent."),
    NoticeKind.DISK_FILLING: mark(
        "Make room on the disk of {path}: when it is full, nothing new can be stored, and so nothing is read."
    ),
    NoticeKind.PROOF_OF_LIFE: mark("Nothing to do; `cocorico doctor` says more."),
}
