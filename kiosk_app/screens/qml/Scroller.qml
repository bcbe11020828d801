// A column of cards that is moved by the finger, with signs that there is more of it.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: scroller

    required property var vm
    required property var entries

    onEntriesChanged: list.contentY = 0

    Flickable {
        id: list
        anchors.fill: parent
        clip: true
        contentHeight: column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick

        Column {
            id: column
            width: list.width
            spacing: Theme.gap

            Repeater {
                model: scroller.entries
                EntryCard {
                    required property var modelData
                    width: column.width
                    vm: scroller.vm
                    content: modelData
                }
            }
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 72 * Theme.u
        visible: list.contentHeight - list.contentY > list.height + 4
        gradient: Gradient {
            GradientStop {
                position: 0
                color: "#00f4f2ec"
            }
            GradientStop {
                position: 1
                color: Theme.paper
            }
        }
    }
    Rectangle {
        readonly property real part: list.height / Math.max(1, list.contentHeight)
        visible: part < 1
        x: parent.width + 14 * Theme.u
        y: list.height * (list.contentY / Math.max(1, list.contentHeight))
        width: 12 * Theme.u
        height: list.height * part
        radius: width / 2
        color: "#8793a6"
    }
}
