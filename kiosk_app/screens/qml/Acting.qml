// Whose account is on the screen while it is not one's own: in the colour of nothing else.
import QtQuick

Rectangle {
    id: acting

    required property var vm
    readonly property var frame: vm.frame

    visible: frame.acting !== ""
    height: visible ? whose.implicitHeight + 28 * Theme.u : 0
    color: Theme.sun

    Glyph {
        id: sign
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        size: 48 * Theme.u
        name: acting.frame.acting_icon
        colour: Theme.night
    }
    Words {
        id: whose
        anchors.left: sign.right
        anchors.leftMargin: 20 * Theme.u
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        text: acting.frame.acting
        color: Theme.night
        font.pixelSize: 32 * Theme.u
        font.weight: Font.Bold
    }
}
