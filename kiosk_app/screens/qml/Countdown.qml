// Is somebody here? A touch anywhere says yes.
import QtQuick

Rectangle {
    id: cover

    required property var vm
    readonly property var content: vm.countdown

    color: "#cc0b1f3a"

    MouseArea {
        objectName: "stay.anywhere"
        anchors.fill: parent
        onClicked: cover.vm.press("touch", "")
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.margin, 940 * Theme.u)
        height: column.implicitHeight + 128 * Theme.u
        radius: 36 * Theme.u
        color: Theme.card

        Column {
            id: column
            anchors.centerIn: parent
            width: parent.width - 112 * Theme.u
            spacing: 28 * Theme.u

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: cover.content ? cover.content.seconds : ""
                font.family: Theme.displayFace
                font.pixelSize: 190 * Theme.u
                font.weight: Font.Light
                font.features: ({
                        "tnum": 1
                    })
                lineHeight: 0.9
            }
            Rectangle {
                width: parent.width
                height: 14 * Theme.u
                radius: height / 2
                color: Theme.mist

                Rectangle {
                    width: parent.width * (cover.content ? cover.content.share : 0)
                    height: parent.height
                    radius: height / 2
                    color: Theme.sun
                }
            }
            Words {
                topPadding: 16 * Theme.u
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: cover.content ? cover.content.title : ""
                font.family: Theme.displayFace
                font.pixelSize: Theme.title
                font.weight: Font.Bold
            }
            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: cover.content ? cover.content.detail : ""
                color: Theme.soft
                font.pixelSize: Theme.body
            }
            KeyButton {
                objectName: "stay"
                width: parent.width
                implicitHeight: 124 * Theme.u
                textSize: 36 * Theme.u
                vm: cover.vm
                label: cover.content ? cover.content.stay : ""
                action: "touch"
                kind: "go"
            }
            KeyButton {
                objectName: "countdown.finish"
                width: parent.width
                vm: cover.vm
                label: cover.content ? cover.content.finish : ""
                icon: "wave"
                action: "finish"
            }
        }
    }
}
