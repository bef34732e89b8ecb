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
    """Read all blocks of an element in one pass. Linear: hostile pages nest 25,000 deep (fault P05)."""
    layout = Layout(boxes=[Box(root, root.tag or "", -1)])
    boxes = layout.boxes
    places = {root.mem_id: (0, False)}  #: element -> its box, and whether it is within a link
    run: list[tuple[str, bool]] = []
    run_box = 0
    for node in root.traverse(include_text=True):
        place = places.get(node.parent.mem_id)  # type: ignore[union-attr]  # all but the document have one
        if place is None:
            continue  # the root itself, and what stands in silent elements
        tag = node.tag or ""  # a processing instruction has none
        box, linked = place
        if tag == "-text":
            if box != run_box:
                _end(run, run_box, layout)
                run_box = box
            text = node.text_content or ""
            if run or not text.isspace():
                run.append((text, linked))
        elif tag in _INLINE:
            places[node.mem_id] = (box, linked or tag == "a")
        elif tag not in _SILENT:
            _end(run, run_box, layout)
            if tag != "br" and not _is_frame(node, tag, box, boxes):
                places[node.mem_id] = (len(boxes), linked)
                boxes.append(Box(node, tag, box))
    _end(run, run_box, layout)
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


def _end(run: list[tuple[str, bool]], box: int, layout: Layout) -> None:
    """Make a block of the texts that ran on until here."""
    if not run:
        return
    raw = run[0][0] if len(run) == 1 else "".join([part for part, _ in run])
    if text := " ".join(raw.split()):
        linked = min(len(text), sum([len(part) for part, is_link in run if is_link]))
        own = len(text) - linked
        layout.blocks.append(Block(box, text, linked, own if own >= PROSE and own > linked else 0))
    run.clear()


def _add_up(layout: Layout) -> None:
    boxes = layout.boxes
    for block in layout.blocks:
        boxes[block.box].prose += block.prose
    for box in reversed(boxes):
        if box.parent >= 0:
            boxes[box.parent].prose += box.prose
