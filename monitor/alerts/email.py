"""Mail: one SMTP transaction a message, every reply code seen, exactly one Message-ID.

Apprise's plugin reads the target's address (providers' defaults, TLS mode, recipients, credentials); the letter and the
transaction are ours, since the plugin makes up a new Message-ID each time, derives the
plain text from the HTML, and reports every failure as False.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import warnings
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Final

from monitor.alerts.clean import clean
from monitor.alerts.outcome import Progress, Sent, scrub
from monitor.alerts.render import Message

with warnings.catch_warnings():
    # Apprise imports imghdr for PGP, which Python 3.11 announces the end of.
    warnings.simplefilter("ignore", DeprecationWarning)
    from apprise.plugins.email import NotifyEmail

__all__ = ["POLICY", "NotifyEmail", "compose", "recipients", "send_mail"]

#: Headers that are ours: an address like mailto://…?+Message-ID=… cannot add a second one.
_OURS = frozenset(
    (
        *("from", "to", "cc", "bcc", "reply-to", "subject", "date", "mime-version", "auto-submitted"),
        *("message-id", "list-id", "references", "in-reply-to"),
    )
)
_PORTS = {"ssl": 465, "starttls": 587}


class _Policy(EmailPolicy):
    """SMTP's policy, but for the subject: Python 3.11 loses or adds blanks where it breaks a line between words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Encode a header; a subject as encoded words that hold their blanks."""
        if name.lower() != "subject" or value.isascii():
            return super().fold_binary(name, value)
        encoded = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
        return f"{name}: {encoded}\r\n".encode("ascii")


POLICY: Final = _Policy(linesep="\r\n")


class _RecipientError(Exception):
    """A recipient's address was answered with this code."""

    def __init__(self, code: int, text: bytes) -> None:
        super().__init__(code)
        self.code, self.text = code, text


def send_mail(plugin: NotifyEmail, message: Message, *, timeout: float, progress: Progress, url: str) -> None:
    """Send through the server the plugin names, and settle `progress` as soon as the verdict is known.

    `timeout` is in seconds, for each answer of the server.
    """
    try:
        letter = compose(plugin, message, now=datetime.now(UTC)).as_bytes(policy=POLICY)
    except (ValueError, IndexError) as error:  # the header registry's ways to say that an address is no address
        problem = f"an address is not valid ({type(error).__name__}); correct the target's address"
        progress.settle(Sent(result="refused", detail=problem))
        return
    server = f"the mail server {plugin.smtp_host}"
    try:
        with _session(plugin, timeout) as session:
            refused = _post(session, str(plugin.from_addr[1]), recipients(plugin), letter, progress)
            some = f", which refused {refused} of {len(recipients(plugin))} recipients" if refused else ""
            progress.settle(Sent(result="sent", detail=f"accepted by {server}{some}"))
    except (smtplib.SMTPException, OSError, _RecipientError) as error:
        progress.settle(_judge(error, server, handed_over=progress.handed_over, url=url))


def _session(plugin: NotifyEmail, timeout: float) -> smtplib.SMTP:
    """A greeted, encrypted and authenticated session; STARTTLS that is refused is an error, never done without."""
    context = ssl.create_default_context()
    if not plugin.verify_certificate:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    host, port = plugin.smtp_host, plugin.port or _PORTS.get(plugin.secure_mode or "", 25)
    if plugin.secure_mode == "ssl":
        session: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
    else:
        session = smtplib.SMTP(host, port, timeout=timeout)
    try:
        if plugin.secure_mode == "starttls":
            session.starttls(context=context)
        if plugin.user and plugin.password:
            session.login(plugin.user, plugin.password)
    except BaseException:
        session.close()
        raise
    return session


def _post(smtp: smtplib.SMTP, sender: str, to: list[str], letter: bytes, progress: Progress) -> int:
    """One transaction for all recipients; returns how many of them were refused for good.

    Raises:
        smtplib.SMTPException, OSError: the server refused, or the connection broke.
        _RecipientError: no recipient was accepted, or one may be accepted later: then nothing is sent to anyone,
            so that the next try reaches all of them once.
    """
    smtp.ehlo_or_helo_if_needed()
    code, text = smtp.mail(sender)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, text, sender)
    refused = _name_recipients(smtp, to)
    code, text = smtp.docmd("DATA")
    if code != 354:
        raise smtplib.SMTPDataError(code, text)
    smtp.send(re.sub(rb"(?m)^\.", b"..", letter).rstrip(b"\r\n") + b"\r\n.\r\n")
    progress.handed_over = True
    code, text = smtp.getreply()
    if code != 250:
        raise smtplib.SMTPDataError(code, text)
    return refused


def _name_recipients(smtp: smtplib.SMTP, to: list[str]) -> int:
    replies = [smtp.rcpt(recipient) for recipient in to]
    bad = [reply for reply in replies if reply[0] not in {250, 251}]
    later = [reply for reply in bad if reply[0] < 500]
    if later or len(bad) == len(replies):
        raise _RecipientError(*(later or bad)[0])
    return len(bad)


def recipients(plugin: NotifyEmail) -> list[str]:
    """Everybody who gets the mail, nobody twice."""
    return list(dict.fromkeys([*(address for _, address in plugin.targets), *sorted(plugin.cc), *sorted(plugin.bcc)]))


def compose(plugin: NotifyEmail, message: Message, *, now: datetime) -> EmailMessage:
    """The letter: plain text and HTML, threaded under the story's first message.

    Raises:
        ValueError, IndexError: an address of the target is none.
    """
    letter = EmailMessage(policy=POLICY)
    name, sender = plugin.from_addr
    letter["From"] = Address(clean(str(name or "Cocorico")), addr_spec=str(sender))
    letter["To"] = [Address(clean(str(name or "")), addr_spec=address) for name, address in plugin.targets]
    if plugin.cc:
        letter["Cc"] = [Address(addr_spec=address) for address in sorted(plugin.cc)]
    if plugin.reply_to:
        letter["Reply-To"] = [Address(addr_spec=address) for address in sorted(plugin.reply_to)]
    letter["Subject"] = message.subject
    letter["Date"] = now
    letter["Message-ID"] = message.message_id
    letter["List-Id"] = message.list_id
    if message.references:
        letter["In-Reply-To"] = message.references[-1]
        letter["References"] = " ".join(message.references)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office robots quiet
    for name, value in plugin.headers.items():
        if re.fullmatch(r"[A-Za-z0-9-]+", name) and name.lower() not in _OURS:
            letter[name] = clean(value)
    letter.set_content(message.text, cte="quoted-printable")
    letter.add_alternative(message.html, subtype="html", cte="quoted-printable")
    return letter


def _judge(error: Exception, server: str, *, handed_over: bool, url: str) -> Sent:
    if isinstance(error, _RecipientError):
        return _coded(error.code, error.text, f"{server} answered the recipient with", url)
    if isinstance(error, smtplib.SMTPResponseException):
        return _coded(error.smtp_code, error.smtp_error, f"{server} answered {_stage(error)} with", url)
    if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
        said = f"{server} cannot do what the target asks: {scrub(str(error), url)}"
        return Sent(result="refused", detail=f"{said}; correct the target's address (mode, user, password)")
    if handed_over:
        return Sent(result="unknown", detail=f"{server} got the whole message and did not say whether it took it")
    return Sent(result="retry", detail=f"{server} {_trouble(error)}")


def _trouble(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "made no TLS connection; check its certificate and the target's mode"
    if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib turns a timeout into a disconnection
        return "did not answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "broke off the conversation"
    return f"could not be reached ({type(error).__name__})"


def _stage(error: smtplib.SMTPResponseException) -> str:
    named = {
        smtplib.SMTPConnectError: "the connection",
        smtplib.SMTPHeloError: "the greeting",
        smtplib.SMTPAuthenticationError: "the log-in",
        smtplib.SMTPSenderRefused: "the sender",
        smtplib.SMTPDataError: "the message",
    }
    return named.get(type(error), "the command")


def _coded(code: int, text: bytes | str, what: str, url: str) -> Sent:
    said = scrub(text.decode("utf-8", "replace") if isinstance(text, bytes) else text, url)
    line = f"{what} {code}" + (f" ({said})" if said else "")
    if code >= 500:
        return Sent(result="refused", detail=f"{line}; correct the target or ask the server's operator")
    return Sent(result="retry", detail=line)
