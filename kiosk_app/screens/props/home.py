"""The invitation and the offers; what they lead to stands elsewhere."""

from kiosk_app.screens.props.key import Key
from kiosk_app.screens.props.model.public import AttractProps, HomeProps, Tile
from kiosk_app.screens.props.scene import TEXTS, Scene
from kiosk_app.screens.props.texts import Advice
from kiosk_app.session.model import Offer


def attract_props(scene: Scene) -> AttractProps:
    """The invitation, in every language at once."""
    touch = tuple(texts.touch for texts in TEXTS.values())
    hint = scene.texts.card_hint
    return AttractProps(touch, scene.texts.touch_detail, hint.title, hint.detail)


def home_props(scene: Scene) -> HomeProps:
    """The account, and of the public offers those that this infobox has."""
    texts, offers = scene.texts, scene.session.offers
    tiles = [_tile("person", texts.account_tile, Key("", "account", name="tile.account"))]
    if Offer.NOTICE_BOARD in offers:
        key = Key("", "open", Offer.NOTICE_BOARD, "tile.board")
        tiles.append(_tile("board", texts.board_tile, key))
    if Offer.LIFE_SITUATIONS in offers:
        key = Key("", "open", Offer.LIFE_SITUATIONS, "tile.situations")
        tiles.append(_tile("guide", texts.situations_tile, key))
    return HomeProps(texts.welcome, texts.welcome_detail, tuple(tiles))


def _tile(icon: str, advice: Advice, key: Key) -> Tile:
    return Tile(icon, advice.title, advice.detail, key)
