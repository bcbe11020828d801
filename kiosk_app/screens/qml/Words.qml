// Text as this suite sets it: Inter, wrapped at words, never cut without a sign.
import QtQuick

Text {
    color: Theme.ink
    font.family: Theme.face
    font.pixelSize: Theme.body
    lineHeight: 1.15
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    renderType: Text.QtRendering
}
