"""Notice board and life situations as props; it searches nothing and fetches nothing."""

from kiosk_app.content.model import Bilingual, LifeSituation, Notice
from kiosk_app.screens.props import formats
from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.entries import Entry, ListProps
from kiosk_app.screens.props.model.public import PageProps, Paragraph
from kiosk_app.screens.props.scene import Scene
from kiosk_app.session.model import Language, Offer


def board_props(scene: Scene) -> ListProps:
    """The notices posted now, the newest first."""
    newest_first = sorted(
        scene.content.notices,
        key=lambda notice: notice.posted.toordinal() if notice.posted else 0,
        reverse=True,
    )
    return ListProps(
        scene.texts.board_tile.title,
        scene.texts.board_detail,
        tuple(
            Entry(
                icon="board",
                title=_say(scene, notice.title),
                meta=" · ".join(_facts(scene, notice)),
                key=Key("", "open", f"{Offer.NOTICE_BOARD}:{notice.iri}", f"notice.{index}"),
            )
            for index, notice in enumerate(newest_first)
        ),
    )


def notice_props(scene: Scene, notice: Notice) -> PageProps:
    """One notice with its attachments."""
    paragraphs: tuple[Paragraph, ...] = ()
    if notice.documents:
        titles = tuple(document.title for document in notice.documents)
        paragraphs = (Paragraph(scene.texts.documents, titles),)
    return PageProps(_say(scene, notice.title), "\n".join(_facts(scene, notice)), paragraphs)


def situations_props(scene: Scene) -> ListProps:
    """All life situations, by their names."""
    by_name = sorted(scene.content.situations, key=lambda each: _say(scene, each.title).casefold())
    return ListProps(
        scene.texts.situations_tile.title,
        scene.texts.situations_detail,
        tuple(
            Entry(
                icon="guide",
                title=_say(scene, each.title),
                detail=_say(scene, each.what),
                key=Key("", "open", f"{Offer.LIFE_SITUATIONS}:{each.slug}", f"situation.{index}"),
            )
            for index, each in enumerate(by_name)
        ),
    )


def situation_props(scene: Scene, situation: LifeSituation) -> PageProps:
    """One life situation: who, where, with what, how much, how long."""
    texts = scene.texts
    answers = (
        (texts.who, (situation.who,)),
        (texts.where, (situation.where,)),
        (texts.papers, situation.papers),
        (texts.fee, (situation.fee,)),
        (texts.duration, (situation.duration,)),
    )
    return PageProps(
        _say(scene, situation.title),
        _say(scene, situation.what),
        tuple(
            Paragraph(heading, tuple(_say(scene, line) for line in lines))
            for heading, lines in answers
            if any(_say(scene, line) for line in lines)
        ),
    )


def _facts(scene: Scene, notice: Notice) -> tuple[str, ...]:
    texts, language = scene.texts, scene.language
    facts = []
    if notice.posted is not None:
        facts.append(texts.posted.format(date=formats.day(notice.posted, language, texts)))
    if notice.relevant_until is not None:
        until = formats.day(notice.relevant_until, language, texts)
        facts.append(texts.relevant_until.format(date=until))
    if notice.reference:
        facts.append(texts.reference.format(reference=notice.reference))
    return tuple(facts)


def _say(scene: Scene, text: Bilingual) -> str:
    return text.en if scene.language is Language.EN else text.cs
