"""A page's tree -> its blocks of text in order, and the boxes around them: what the cheap ways of extraction read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

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
_FRAMES = frozenset({"header", "footer"})
_MAX_DEPTH = 100  #: boxes that a header or footer is looked for an article around it (fault P05)
PROSE = 80  #: characters, links not counted, from which a block reads like sentences


class Box(NamedTuple):
    """An element that begins a block, or holds some. A tuple, because there are hundreds on a page."""

    node: Node
    tag: str
    parent: int  #: its place among the boxes; -1 for the root


class Block(NamedTuple):
    """A run of text with no block in it."""

    box: int  #: the place of the box it stands in
    text: str  #: one line
    linked: int  #: of its characters, those within links
    prose: int  #: characters, when it reads like sentences; else 0


_MADE = tuple.__new__  #: makes either in half the time that its class takes


@dataclass(slots=True)
class Layout:
    """Boxes, parents before their children, and blocks, both in the page's order."""

    boxes: list[Box] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)  #: for each box the characters of prose in it and below


def read_layout(root: Node) -> Layout:
    """Read all blocks of an element in one pass. Linear and without recursion: hostile pages nest 25,000 deep (P05)."""
    boxes = [Box(node=root, tag=root.tag or "", parent=-1)]
    run = _Run(layout := Layout(boxes=boxes))
    texts = run.texts  # a call for each text would take a third of the time
    above: list[tuple[Node | None, int, bool]] = []  #: where to go on, in which box, and whether that is within a link
    node, box, linked = root.first_child, 0, False
    while node is not None or above:
        if node is None:
            node, box, linked = above.pop()
            continue
        tag = node.tag or ""  # a processing instruction has none
        if tag == "-text":
            text = node.text_content or ""
            if box != run.box:
                run.end(box)
            if texts or not text.isspace():
                texts.append(text)
                run.linked += linked * len(text)
        elif tag == "br":
            run.end(box)
        elif (inline := tag in _INLINE) or not (
            tag in _SILENT or (tag in _FRAMES and _is_frame(node, tag, box, boxes))
        ):
            above.append((node.next, box, linked))
            if inline:
                linked = linked or tag == "a"
            else:
                boxes.append(_MADE(Box, (node, tag, box)))
                run.end(box := len(boxes) - 1)
            node = node.first_child
            continue
        node = node.next
    run.end(0)
    _add_up(layout)
    return layout


def _is_frame(node: Node, tag: str, box: int, boxes: Sequence[Box]) -> bool:
    """Whether a header or footer is the page's, not the article's; a header with the headline is none."""
    for _ in range(_MAX_DEPTH):
        if box < 0 or boxes[box].tag == "article":
            break
        box = boxes[box].parent
    return (box < 0 or boxes[box].tag != "article") and (tag == "footer" or node.css_first("h1") is None)


class _Run:
    """Texts that stand in one line, until something begins or ends a block."""

    __slots__ = ("box", "layout", "linked", "texts")

    def __init__(self, layout: Layout) -> None:
        self.layout, self.box, self.linked = layout, 0, 0
        self.texts: list[str] = []  #: the first of them has letters

    def end(self, box: int) -> None:
        """End the block; the next one stands in this box."""
        if texts := self.texts:
            raw = texts[0] if len(texts) == 1 else "".join(texts)
            if text := " ".join(raw.split()):
                linked = min(len(text), self.linked)
                own = len(text) - linked
                prose = own if own >= PROSE and own > linked else 0
                self.layout.blocks.append(_MADE(Block, (self.box, text, linked, prose)))
            texts.clear()
            self.linked = 0
        self.box = box


def _add_up(layout: Layout) -> None:
    layout.prose = prose = [0] * len(layout.boxes)
    for block in layout.blocks:
        prose[block.box] += block.prose
    for at in range(len(prose) - 1, 0, -1):
        prose[layout.boxes[at].parent] += prose[at]
