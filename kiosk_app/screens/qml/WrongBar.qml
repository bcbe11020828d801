// What was wrong with what was typed, in a bar; without words it is not there.
import QtQuick

Rectangle {
    id: bar

    property string text
    property string icon: "warning"
    property string tone: "late"

    visible: text !== ""
    height: words.implicitHeight + 32 * Theme.u
    radius: 16 * Theme.u
    color: Theme.soft_of(tone)

    Glyph {
        id: sign
        x: 24 * Theme.u
        anchors.verticalCenter: parent.verticalCenter
        name: bar.icon
        colour: Theme.ink_of(bar.tone)
    }
    Words {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: 20 * Theme.u
        anchors.right: parent.right
        anchors.rightMargin: 24 * Theme.u
        anchors.verticalCenter: parent.verticalCenter
        text: bar.text
        color: Theme.ink_of(bar.tone)
        font.weight: Font.DemiBold
    }
}
