// The steps of a case on a line: done, under way, ahead; told by sign and weight too.
pragma ComponentBehavior: Bound
import QtQuick

Row {
    id: track

    required property var steps
    readonly property real part: steps.length > 0 ? width / steps.length : 0

    Repeater {
        model: track.steps

        Item {
            id: step

            required property var modelData
            required property int index
            readonly property bool done: modelData.state === "done"
            readonly property bool current: modelData.state === "current"

            width: track.part
            height: dot.height + 14 * Theme.u + words.height

            Rectangle {
                visible: step.index > 0
                x: 0
                width: step.width / 2
                height: 6 * Theme.u
                anchors.verticalCenter: dot.verticalCenter
                color: step.done || step.current ? Theme.leaf : Theme.line
            }
            Rectangle {
                visible: step.index < track.steps.length - 1
                x: step.width / 2
                width: step.width / 2
                height: 6 * Theme.u
                anchors.verticalCenter: dot.verticalCenter
                color: step.done ? Theme.leaf : Theme.line
            }
            Rectangle {
                id: dot
                anchors.horizontalCenter: parent.horizontalCenter
                width: 48 * Theme.u
                height: width
                radius: width / 2
                color: step.done ? Theme.leaf : Theme.card
                border.width: step.done ? 0 : (step.current ? 6 : 4) * Theme.u
                border.color: step.current ? Theme.leaf : "#b9c2cf"

                Glyph {
                    anchors.centerIn: parent
                    visible: step.done
                    name: "check"
                    colour: "white"
                    weight: 3
                    size: 30 * Theme.u
                }
                Rectangle {
                    anchors.centerIn: parent
                    visible: step.current
                    width: 18 * Theme.u
                    height: width
                    radius: width / 2
                    color: Theme.leaf
                }
            }
            Column {
                id: words
                anchors.top: dot.bottom
                anchors.topMargin: 14 * Theme.u
                x: 6 * Theme.u
                width: parent.width - 12 * Theme.u

                Words {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: step.modelData.title
                    color: step.done || step.current ? Theme.ink : Theme.soft
                    font.pixelSize: 23 * Theme.u
                    font.weight: step.current ? Font.Bold : Font.Medium
                    lineHeight: 1.05
                }
                Words {
                    visible: text !== ""
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: step.modelData.date
                    color: Theme.soft
                    font.pixelSize: 22 * Theme.u
                }
            }
        }
    }
}
