// A public list whose cards open.
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Column {
        id: head
        x: Theme.margin
        y: (Theme.wide ? 28 : 44) * Theme.u
        width: parent.width - 2 * Theme.margin

        Words {
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
        }
        Words {
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: Theme.body
        }
    }
    Scroller {
        anchors.top: head.bottom
        anchors.topMargin: 32 * Theme.u
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24 * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        vm: page.vm
        entries: page.content.entries
    }
}
