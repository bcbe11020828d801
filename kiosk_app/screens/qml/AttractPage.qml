// Nobody is here: the mountain at dusk, the time, and how to begin.
import QtQuick

Rectangle {
    id: page

    required property var vm
    required property var content

    // The picture's lowest colour goes on beneath it.
    color: "#081830"

    Image {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 0 : 130) * Theme.u
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.max(page.width, page.height)
        height: Theme.wide ? page.height : width
        sourceSize: Qt.size(width, height)
        source: Theme.wide ? "jested-wide.svg" : "jested.svg"
    }
    Column {
        x: Theme.margin + 8 * Theme.u
        y: (Theme.wide ? 190 : 260) * Theme.u

        Words {
            text: page.vm.frame.clock
            color: "white"
            font.family: Theme.displayFace
            font.pixelSize: (Theme.wide ? 190 : 220) * Theme.u
            font.weight: Font.Light
            font.features: ({ "tnum": 1 })
            lineHeight: 0.95
        }
        Words {
            leftPadding: 8 * Theme.u
            text: page.vm.frame.date
            color: "#dbe5f1"
            font.pixelSize: 40 * Theme.u
        }
    }
    Item {
        id: invitation
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 64 : 110) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        height: words.implicitHeight

        Item {
            id: ring
            width: 150 * Theme.u
            height: width
            anchors.verticalCenter: parent.verticalCenter

            Rectangle {
                id: wave
                anchors.centerIn: parent
                width: parent.width
                height: width
                radius: width / 2
                color: "transparent"
                border.width: 5 * Theme.u
                border.color: Theme.sun
                opacity: 0.35

                SequentialAnimation on scale {
                    running: Theme.moving
                    loops: Animation.Infinite
                    NumberAnimation { from: 0.62; to: 1; duration: 1100; easing.type: Easing.OutCubic }
                    PauseAnimation { duration: 1500 }
                }
            }
            Rectangle {
                anchors.centerIn: parent
                width: 84 * Theme.u
                height: width
                radius: width / 2
                color: Theme.sun
            }
        }
        Column {
            id: words
            anchors.left: ring.right
            anchors.leftMargin: 40 * Theme.u
            anchors.right: parent.right
            spacing: 10 * Theme.u

            Repeater {
                model: page.content.touch
                Words {
                    required property string modelData
                    required property int index
                    width: words.width
                    text: modelData
                    color: index === 0 ? "white" : "#c9d4e0"
                    font.family: Theme.displayFace
                    font.pixelSize: (index === 0 ? 66 : 44) * Theme.u
                    font.weight: index === 0 ? Font.Bold : Font.Medium
                    lineHeight: 1.05
                }
            }
            Words {
                topPadding: 18 * Theme.u
                width: parent.width
                text: page.content.detail
                color: "#c9d4e0"
                font.pixelSize: Theme.body
            }
            Row {
                topPadding: 10 * Theme.u
                spacing: 16 * Theme.u
                Glyph {
                    name: "card"
                    colour: Theme.sun
                    size: 42 * Theme.u
                }
                Words {
                    width: words.width - 60 * Theme.u
                    text: page.content.card_hint
                    color: "white"
                    font.pixelSize: Theme.body
                    font.weight: Font.Medium
                }
            }
        }
    }
    MouseArea {
        objectName: "touch"
        anchors.fill: parent
        anchors.topMargin: 140 * Theme.u
        onClicked: page.vm.press("touch", "")
    }
}
