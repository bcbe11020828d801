// A line under the header: an alert that was put aside, or that the infobox is offline.
import QtQuick

Rectangle {
    id: ribbon

    required property var vm
    property bool dark: false
    readonly property var frame: vm.frame
    readonly property bool warns: frame.banner !== ""
    readonly property string words: warns ? frame.banner : frame.offline

    visible: words !== ""
    height: visible ? Math.max(72 * Theme.u, line.implicitHeight + 24 * Theme.u) : 0
    color: warns ? frame.banner_look.ground : (dark ? "#1affffff" : Theme.mist)

    readonly property color front: warns ? frame.banner_look.ink : (dark ? "white" : Theme.ink)

    Glyph {
        id: sign
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        size: 36 * Theme.u
        name: ribbon.warns ? ribbon.frame.banner_look.sign : "offline"
        colour: ribbon.front
    }
    Words {
        id: line
        anchors.left: sign.right
        anchors.leftMargin: 18 * Theme.u
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        text: ribbon.words
        color: ribbon.front
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        maximumLineCount: 2
        elide: Text.ElideRight
    }
}
