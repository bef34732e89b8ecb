"""A page's tree -> its blocks of text in order, and the boxes around them: what the cheap ways of extraction read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.dom import Node

#: Elements that stand within a line of text; all others begin a block of their own.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp small span strike strong"  # noqa: SIM905
    " sub sup time tt u var wbr ruby rt rp".split()
)
#: Elements that never hold an article's text, and what is no element at all.
_SILENT = frozenset(
    {
        *(
            "noscript",
            "button",
            "select",
            "input",
            "textarea",
            "label",
            "canvas",
            "video",
            "audio",
            "nav",
            "figcaption",
        ),
        *("aside", "dialog", "img", "picture", "source", "option", "embed", "area", "map", "wbr", "link", "meta"),
        *("script", "style", "svg", "template", "iframe", "object", "math", "-comment", None),
    }
)
_MAX_DEPTH = 100  #: boxes that a header or footer is looked for an article around it (fault P05)
PROSE = 80  #: characters, links not counted, from which a block reads like sentences


@dataclass(slots=True)
class Box:
    """An element that begins a block, or holds some."""

    node: Node
    tag: str
    parent: int  #: its place among the boxes; -1 for the root
    prose: int = 0  #: characters in blocks that read like sentences, in it and below


@dataclass(slots=True)
class Block:
    """A run of text with no block in it."""

    box: int  #: the place of the box it stands in
    text: str  #: one line
    linked: int  #: of its characters, those within links
    prose: int  #: characters, when it reads like sentences; else 0


@dataclass(slots=True)
class Layout:
    """Boxes, parents before their children, and blocks, both in the page's order."""

    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def read_layout(root: Node) -> Layout:
    """Read all blocks of an element in one pass. Linear and without recursion: hostile pages nest 25,000 deep (P05)."""
    boxes = [Box(root, root.tag or "", -1)]
    layout = Layout(boxes=boxes)
    run = _Run(layout)
    above: list[tuple[Node | None, int, bool]] = []  #: where to go on, in which box, and whether that is within a link
    node, box, linked = root.first_child, 0, False
    while node is not None or above:
        if node is None:
            node, box, linked = above.pop()
            continue
        tag = node.tag or ""  # a processing instruction has none
        if tag == "-text":
            run.add(node.text_content or "", box, linked)
        elif tag in _INLINE:
            above.append((node.next, box, linked))
            node, linked = node.first_child, linked or tag == "a"
            continue
        elif tag == "br":
            run.end()
        elif tag not in _SILENT and not _is_frame(node, tag, box, boxes):
            run.end()
            above.append((node.next, box, linked))
            boxes.append(Box(node, tag, box))
            node, box = node.first_child, len(boxes) - 1
            continue
        node = node.next
    run.end()
    _add_up(layout)
    return layout


def _is_frame(node: Node, tag: str, box: int, boxes: Sequence[Box]) -> bool:
    """Whether an element is the page's header or footer, not the article's; a header with the headline is none."""
    if tag not in {"header", "footer"}:
        return False
    for _ in range(_MAX_DEPTH):
        if box < 0 or boxes[box].tag == "article":
            break
        box = boxes[box].parent
    return (box < 0 or boxes[box].tag != "article") and (tag == "footer" or node.css_first("h1") is None)


class _Run:
    """Texts that stand in one line, until something begins or ends a block."""

    __slots__ = ("_box", "_layout", "_linked", "_texts")

    def __init__(self, layout: Layout) -> None:
        self._layout, self._box, self._linked = layout, 0, 0
        self._texts: list[str] = []

    def add(self, text: str, box: int, linked: bool) -> None:
        if box != self._box:
            self.end()
            self._box = box
        if self._texts or not text.isspace():
            self._texts.append(text)
            self._linked += linked * len(text)

    def end(self) -> None:
        if not self._texts:
            return
        raw = self._texts[0] if len(self._texts) == 1 else "".join(self._texts)
        if text := " ".join(raw.split()):
            linked = min(len(text), self._linked)
            own = len(text) - linked
            self._layout.blocks.append(Block(self._box, text, linked, own if own >= PROSE and own > linked else 0))
        self._texts.clear()
        self._linked = 0


def _add_up(layout: Layout) -> None:
    boxes = layout.boxes
    for block in layout.blocks:
        boxes[block.box].prose += block.prose
    for box in reversed(boxes):
        if box.parent >= 0:
            boxes[box.parent].prose += box.prose
