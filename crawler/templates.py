"""A site's template: where Trafilatura found the text on its pages, so that it need not be asked for each.

The pages of a site are made by one programme: the text stands in one box, what to leave out in boxes of their own. So
a page that Trafilatura has read teaches two things: which box holds nearly all of its text, and which kinds of blocks
in it were kept. The template is used once it has foretold `FORETELLS` pages in a row. From then on Trafilatura is asked
about a page in `SAMPLE`, and the template dropped at the first one that differs: that is how a redesign is noticed.

Pure: which page is a sample is a matter of its address, so the same page and template give the same text.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from crawler.blocks import Block, Box, Layout, read_layout
from crawler.boilerplate import clean_text
from crawler.column import SENTENCE_END, TEXT_TAGS
from crawler.dom import Node, Page
from crawler.taught import Lesson, SiteReport, Template, Trait

FORETELLS = 3  #: pages in a row that it must have foretold before it is used
#: How much of the words of a page it must share with Trafilatura's answer to have foretold it, or to agree.
LIKE, AGREES = 0.95, 0.9
#: Pages in a row that it does not fit: then it fits none. A site with two layouts, half of its pages in each, has five
#: in a row of the other one once in 60 pages, and ten once in 2,000: no redesign is to be told of then.
MISSES = 10
LESSONS = 12  #: pages learned from without success, then only those learned from that one page in `SAMPLE_YOUNG` is
YOUNG, SAMPLE_YOUNG, SAMPLE = 10, 20, 100  #: samples that agreed, and one page in so many is one, before and after
HOLDS = 0.95  #: share of the kept text that the box must hold
STEPS = 3  #: elements that name the box: itself and those around it
MOST_TRAITS, LONGEST_NAME = 80, 120  #: of a template; a name that is longer names nothing that comes again
MOST_BLOCKS = 2_000  #: of a page to learn from
LEAST_TEXT = 300  #: characters, of a page that teaches, and of one that a template may answer for
LESS = 0.5  #: of the least share of a page's paragraphs that the box held so far, what it must hold
MOST_BOXES = 20  #: looked at when the page has several such
UNKNOWN = 0.25  #: share of the text in blocks of kinds never seen, from which the page is made otherwise
KEY = 12  #: letters; what is shorter stands anywhere

_STABLE = re.compile(r"[A-Za-z_-][A-Za-z_:/-]{1,39}$")  # what comes again on each page has no number in it
_NO_LETTER = re.compile(r"\W+")
_WORD = re.compile(r"\w+")


def samples(template: Template, url: str) -> bool:
    """Whether Trafilatura is to be asked about this page as well."""
    rate = SAMPLE if template.agreed >= YOUNG else SAMPLE_YOUNG
    return zlib.crc32(url.encode()) % rate == 0


def is_used(template: Template) -> bool:
    """Whether pages may be read by it."""
    return template.foretold >= FORETELLS


def teaches(template: Template, url: str, *, sure: bool) -> bool:
    """Whether Trafilatura is to be asked about this page because the template is not known well enough to be used.

    Args:
        sure: The page can be read without Trafilatura, so each lesson costs six such pages: one in `SAMPLE_YOUNG` is
            a lesson then, and an outlet's template is known after some days instead of some hours. The others need
            Trafilatura anyway.
    """
    if is_used(template):
        return False
    return (not sure and template.taught < LESSONS) or zlib.crc32(url.encode()) % SAMPLE_YOUNG == 0


def find(template: Template, page: Page) -> Layout | None:
    """The blocks of the box that holds the text; None when the page has none such, or one with too little in it."""
    boxes = page.css(" > ".join(template.box)) if template.box else []
    if not boxes:
        return None
    box = boxes[0] if len(boxes) == 1 else max(boxes[:MOST_BOXES], key=lambda one: len(one.text()))
    return read_layout(box) if _share(box, page) >= template.share * LESS else None


def _share(box: Node, page: Page) -> float:
    """How much of a page's paragraphs stands in a box; all of it when there are next to none."""
    whole = _paragraphs(page.body)
    return _paragraphs(box) / whole if whole >= LEAST_TEXT else 1.0


def _paragraphs(node: Node) -> int:
    return sum([len(paragraph.text()) for paragraph in node.css("p")])


def read(template: Template, layout: Layout) -> str | None:
    """The text of a box's blocks; None when they are not as they use to be.

    Blocks go by what became of their kind; those of a kind never seen are kept when they are prose.
    """
    names = _names(layout)
    kinds = {trait.name: trait.kept >= trait.left for trait in template.traits}
    kept, unknown = [], 0
    for block, name in zip(layout.blocks, names, strict=True):
        if name not in kinds:
            unknown += block.prose
        if kinds.get(name, block.prose > 0):
            kept.append(block.text)
    text = "\n".join(kept)
    return text if len(text) >= LEAST_TEXT and unknown <= UNKNOWN * len(text) else None


def learn(template: Template, page: Page, layout: Layout, text: str, *, title: str = "") -> SiteReport:
    """What a page tells that Trafilatura has read.

    Args:
        page: As it came.
        layout: Of its body.
        text: Trafilatura's, cleaned.
        title: The headline.
    """
    flags = _kept(layout, text)
    at = _holder(layout, flags)
    taught = replace(template, taught=template.taught + 1, foretold=0)
    if len(text) < LEAST_TEXT or at is None:
        return SiteReport(lesson=Lesson.LEARNING, template=taught)
    found = find(template, page)
    said = read(template, found) if found else None
    foretold = said is not None and overlap(clean_text(said, title=title), text) >= LIKE
    steps = _steps(layout, at)
    box = _common(template.box, steps)
    traits = _traits(template.traits if box else (), layout, at, flags)
    if foretold and box:
        taught = replace(taught, foretold=template.foretold + 1)
    share = min(_share(layout.boxes[at].node, page), template.share if box else 1.0)
    taught = replace(taught, box=box or steps, traits=traits, share=share)  # of another sort: start again with it
    return SiteReport(lesson=Lesson.LEARNED if is_used(taught) else Lesson.LEARNING, template=taught)


def agreed(template: Template, said: str, text: str) -> SiteReport:
    """What a sample tells: the template's text next to Trafilatura's."""
    shared = overlap(said, text)
    if shared >= AGREES:
        return SiteReport(lesson=Lesson.AGREED, template=replace(template, agreed=template.agreed + 1, missed=0))
    reason = f"on a sample it gives {shared:.0%} of what Trafilatura does, after {template.agreed} that agreed"
    return SiteReport(lesson=Lesson.DROPPED, template=Template(), reason=reason)


def overlap(one: str, other: str) -> float:
    """How much two texts share: F1 of their shingles of 4 words, 0 to 1."""
    first, second = _shingles(one), _shingles(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def _kept(layout: Layout, text: str) -> list[bool]:
    """For each block whether Trafilatura kept it. Short ones stand anywhere: they go by the blocks around them."""
    whole = _NO_LETTER.sub("", text)
    keys = [_NO_LETTER.sub("", block.text) for block in layout.blocks[:MOST_BLOCKS]]
    kept = [len(key) >= KEY and key in whole for key in keys]
    return [*kept, *[False] * (len(layout.blocks) - len(kept))]


def _holder(layout: Layout, kept: Sequence[bool]) -> int | None:
    """The innermost box that holds nearly all of what was kept."""
    held = [0] * len(layout.boxes)
    for block, is_kept in zip(layout.blocks, kept, strict=True):
        held[block.box] += is_kept * len(block.text)
    for at in range(len(held) - 1, 0, -1):
        held[layout.boxes[at].parent] += held[at]
    holders = [at for at in range(1, len(held)) if held[at] >= HOLDS * held[0] > 0]
    return holders[-1] if holders else None  # they lie in one another, the innermost last


def _steps(layout: Layout, at: int) -> tuple[str, ...]:
    steps: list[str] = []
    while at > 0 and len(steps) < STEPS:
        steps.append(_step(layout.boxes[at].node))
        at = layout.boxes[at].parent
    return tuple(reversed(steps))


def _step(node: Node) -> str:
    """An element in CSS: its tag, its id and its classes, as far as they may come again."""
    said = node.attributes
    own = said.get("id") or ""
    ids = [f'[id="{own}"]'] if _STABLE.match(own) else []
    classes = sorted({name for name in (said.get("class") or "").split() if _STABLE.match(name)})
    return "".join([node.tag or "*", *ids, *(f'[class~="{name}"]' for name in classes[:6])])


def _common(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """What two boxes have in common; nothing when they are not of one sort."""
    if not one:
        return tuple(other)
    if len(one) != len(other):
        return ()
    steps = []
    for first, second in zip(one, other, strict=True):
        (tag, *marks), (other_tag, *others) = first.split("["), second.split("[")
        shared = [mark for mark in marks if mark in others]
        if tag != other_tag:
            return ()
        steps.append("[".join([tag, *shared]))
    return tuple(steps) if "[" in steps[-1] or one[-1] == other[-1] else ()


def _names(layout: Layout, top: int = 0) -> list[str]:
    """What kind each block is of: the elements around it up to the top, three at most, and whether it is links."""
    boxes = layout.boxes
    paths = [""] * len(boxes)
    for at in range(top + 1, len(boxes)):
        box = boxes[at]
        above = paths[box.parent] if box.parent > top else ""
        paths[at] = ">".join([*above.split(">")[-2:], _name(box.tag, box.node.attributes.get("class"))]).lstrip(">")
    return [_kind(boxes[block.box], block, paths[block.box]) for block in layout.blocks]


@lru_cache(4_096)
def _name(tag: str, classes: str | None) -> str:
    stable = sorted({name for name in (classes or "").split() if _STABLE.match(name)})
    return ".".join([tag, *stable[:2]])[:LONGEST_NAME]


def _kind(box: Box, block: Block, path: str) -> str:
    links = "~" if block.linked * 2 > len(block.text) else ""
    label = "?" if box.tag not in TEXT_TAGS and not block.prose and not SENTENCE_END.search(block.text) else ""
    return f"{path}{links}{label}"


def _traits(known: Sequence[Trait], layout: Layout, top: int, flags: Sequence[bool]) -> tuple[Trait, ...]:
    """What is known of kinds of blocks, with a page's added; of too many those that matter most."""
    kept, left = Counter({one.name: one.kept for one in known}), Counter({one.name: one.left for one in known})
    inside = _inside(layout, top)
    for block, name, is_kept in zip(layout.blocks, _names(layout, top), flags, strict=True):
        if inside[block.box] and (is_kept or len(block.text) >= KEY):
            (kept if is_kept else left)[name] += len(block.text)
    names = sorted(kept.keys() | left.keys(), key=lambda name: (-kept[name] - left[name], name))
    return tuple(Trait(name=name, kept=kept[name], left=left[name]) for name in names[:MOST_TRAITS])


def _inside(layout: Layout, top: int) -> list[bool]:
    inside = [at == top for at in range(len(layout.boxes))]
    for at in range(top + 1, len(inside)):
        inside[at] = inside[layout.boxes[at].parent]
    return inside
