"""The box that templates of messages run in: what they may reach, and how much they may make.

A template sees the fields of the values it is given and the functions below; no method, no Python, no file beside the
templates. Work and output are bounded: each round of a loop, each macro and each printed value counts against a budget.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

#: Characters that a message may have in any form, and rounds it may take; the longest of ours needs a tenth.
_MOST_TEXT, _MOST_ROUNDS = 1_000_000, 20_000
#: Characters or items of a value that a template builds.
_MOST_BUILT = 100_000
_WIDTH = 72
_FILTERS = (
    *("capitalize", "default", "e", "escape", "first", "groupby", "int", "last", "length", "list", "lower", "map"),
    *("reject", "rejectattr", "round", "select", "selectattr", "sort", "title", "trim", "truncate", "unique", "upper"),
)
#: A plain blank where French has one that doesn't break: many outlets write it so.
_CLINGING = re.compile(r"(?<=«) | (?=[»:;?!](?:\s|$))")
#: Stands for it while lines are made; cleaned text holds no such character.
_BOND = "\ue000"
_CODE = re.compile(r"`([^`]*)`")


@dataclass(slots=True)
class _Budget:
    """What one rendering may still use."""

    rounds: int = _MOST_ROUNDS
    text: int = _MOST_TEXT


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def bounded() -> Iterator[None]:
    """Give what is rendered within its budget."""
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


def _tick() -> str:
    """Count a round."""
    _spend(rounds=1)
    return ""


def _printed(value: Any) -> Any:
    """Count what is printed."""
    _spend(text=len(value) if isinstance(value, str) else 20)
    return value


def _spend(*, rounds: int = 0, text: int = 0) -> None:
    budget = _budget.get()
    if budget is None:  # a constant, printed while the template is compiled
        return
    budget.rounds -= rounds
    budget.text -= text
    if budget.rounds < 0 or budget.text < 0:
        raise SecurityError("it makes too much: a message is short")


def _built(value: Any) -> Any:
    """Let a value pass that is not too long."""
    if isinstance(value, str | list | tuple) and len(value) > _MOST_BUILT:
        raise SecurityError("it makes too much: a message is short")
    return value


class Box(SandboxedEnvironment):
    """The environment of one form and language."""

    intercepted_binops = frozenset({"+", "*", "%", "**"})

    def __init__(self, folders: Iterable[Path], offered: Mapping[str, Callable[..., Any]], *, html: bool) -> None:
        super().__init__(
            loader=ChoiceLoader([FileSystemLoader(path) for path in folders]),
            autoescape=html,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printed,
        )
        own = {name: self.filters[name] for name in _FILTERS}
        self.filters = {**own, "wrap": wrap, "code": code, "join": _join}
        self.globals = {**offered, "_tick": _tick, "_built": _built}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Fields of our values, what a loop tells, what a file of macros holds."""
        reachable = is_dataclass(obj) or isinstance(obj, LoopContext) or type(obj).__name__ == "TemplateModule"
        return reachable and not attr.startswith("_")

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, and the functions that are offered."""
        return isinstance(obj, Macro | BlockReference) or any(obj is each for each in self.globals.values())

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums, and products of numbers: of text and a number, or a power, memory could fill."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator != "+" and not (operator == "*" and numbers):
            raise SecurityError(f"{operator} is not for templates of messages")
        return _built(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        if next(parsed.find_all(nodes.ScopedEvalContextModifier), None) is not None:
            raise SecurityError("autoescape is not for templates of messages: all that is printed is escaped")
        bounded_: nodes.Template = _Bounds().visit(parsed)
        return bounded_.set_environment(self)  # type: ignore[return-value]


class _Bounds(NodeTransformer):
    """Puts a tick into every body that may run again, and a look at every value that is put together."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return nodes.Call(nodes.Name("_built", "load"), [node], [], None, None, lineno=node.lineno)

    def _again(self, node: Any) -> nodes.Node:
        self.generic_visit(node)
        tick = nodes.Call(nodes.Name("_tick", "load"), [], [], None, None, lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(tick, lineno=node.lineno))
        return node  # type: ignore[no-any-return]

    visit_For = visit_Macro = visit_Block = visit_CallBlock = _again  # noqa: N815


def _join(values: Iterable[Any], between: str = "") -> Any:
    """The items in one text; in HTML each is escaped when the text is printed."""
    return _built(between.join(str(value) for value in values))


def wrap(text: str, indent: str = "") -> str:
    """Lines of at most 72 characters; words and addresses stay whole, and French marks with what they belong to."""
    filled = textwrap.fill(
        _CLINGING.sub(_BOND, text),
        _WIDTH,
        initial_indent=indent[:8],
        subsequent_indent=indent[:8],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace(_BOND, " ")


def code(text: str) -> Markup:
    """HTML of a sentence with commands between back-ticks."""
    shown = (
        '<code class="code" style="background:#f4efe6;color:#201a16;padding:1px 5px;border-radius:4px;'
        'font-family:Menlo,Consolas,monospace;font-size:13px;word-break:break-word">'
    )
    return Markup(_CODE.sub(lambda found: f"{shown}{found[1]}</code>", str(escape(text))))  # noqa: S704 - escaped here
