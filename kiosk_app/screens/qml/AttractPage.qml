// Nobody is here: the mountain at dusk, the time, and how to begin.
pragma ComponentBehavior: Bound
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
            font.features: ({
                    "tnum": 1
                })
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
        anchors.bottom: hint.top
        anchors.bottomMargin: (Theme.wide ? 40 : 56) * Theme.u
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
                    NumberAnimation {
                        from: 0.62
                        to: 1
                        duration: 1100
                        easing.type: Easing.OutCubic
                    }
                    PauseAnimation {
                        duration: 1500
                    }
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
        }
    }
    Rectangle {
        id: hint
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 48 : 72) * Theme.u
        x: Theme.margin
        width: Theme.wide ? card.width + advice.anchors.leftMargin + advice.implicitWidth + 88 * Theme.u : parent.width - 2 * Theme.margin
        height: advice.implicitHeight + 48 * Theme.u
        radius: 30 * Theme.u
        color: "#1fffffff"

        Glyph {
            id: card
            x: 40 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            name: "card"
            colour: Theme.sun
            weight: 1.6
            size: 84 * Theme.u
        }
        Column {
            id: advice
            anchors.left: card.right
            anchors.leftMargin: 32 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4 * Theme.u

            Words {
                text: page.content.card_title
                color: "white"
                font.pixelSize: 36 * Theme.u
                font.weight: Font.DemiBold
            }
            Words {
                text: page.content.card_detail
                color: "#dbe5f1"
                font.pixelSize: 32 * Theme.u
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
