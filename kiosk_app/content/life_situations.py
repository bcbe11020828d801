"""Life situations, the suite's own JSON form, read into the model; it fetches nothing."""

import re
from typing import Final

from kiosk_app.content.model import ContentRefused, LifeSituation
from kiosk_app.content.reading import Node, as_bilingual, read_document

MOST_SITUATIONS: Final = 2000
MOST_PAPERS: Final = 30
MOST_KEYWORDS: Final = 50
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse_life_situations(data: bytes, name: str = "life situations") -> tuple[LifeSituation, ...]:
    """All life situations of the document, in its order.

    Args:
        data: JSON `{"situations": [...]}`, at most 4 MiB; fields as in `LifeSituation`, texts as
            `{"cs": …, "en": …}`.
        name: What to call the document in a refusal.

    Raises:
        ContentRefused: A field is missing or impossible; says where and why.
    """
    root = read_document(data, name)
    situations = tuple(_situation(node) for node in root.nodes("situations", MOST_SITUATIONS))
    slugs = [situation.slug for situation in situations]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise ContentRefused(f"{name}.situations: {slug!r} stands there twice.")
    return situations


def _situation(node: Node) -> LifeSituation:
    slug = node.text("slug", limit=80)
    if not _SLUG.fullmatch(slug):
        raise ContentRefused(f"{node.where}.slug: not lower-case words joined by hyphens.")
    return LifeSituation(
        slug=slug,
        title=node.bilingual("title"),
        what=node.bilingual("what"),
        who=node.bilingual("who"),
        where=node.bilingual("where"),
        papers=tuple(as_bilingual(paper) for paper in node.nodes("papers", MOST_PAPERS)),
        fee=node.bilingual("fee"),
        duration=node.bilingual("duration"),
        keywords=node.texts("keywords", MOST_KEYWORDS),
    )
