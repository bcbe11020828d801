// What stands above every page: whose infobox it is, the time, the languages.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: header

    required property var vm
    readonly property var frame: vm.frame
    property bool dark: false
    readonly property color front: dark ? "white" : Theme.ink

    height: (Theme.wide ? 112 : 136) * Theme.u

    Mark {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        colour: header.front
    }
    Column {
        anchors.left: mark.right
        anchors.leftMargin: 20 * Theme.u
        anchors.verticalCenter: parent.verticalCenter

        Words {
            text: header.frame.city
            color: header.front
            font.family: Theme.displayFace
            font.pixelSize: 38 * Theme.u
            font.weight: Font.Bold
            lineHeight: 1
        }
        Words {
            text: header.frame.project
            color: header.dark ? "#c9d4e0" : Theme.soft
            font.pixelSize: 24 * Theme.u
            font.weight: Font.Medium
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: 16 * Theme.u

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: !header.dark
            rightPadding: 16 * Theme.u
            text: header.frame.clock
            color: header.front
            font.pixelSize: 34 * Theme.u
            font.weight: Font.DemiBold
            font.features: ({
                    "tnum": 1
                })
        }
        Repeater {
            model: header.frame.languages

            Rectangle {
                id: choice

                required property var modelData

                objectName: "language." + modelData.code
                width: name.implicitWidth + 48 * Theme.u
                height: 80 * Theme.u
                radius: height / 2
                color: modelData.chosen ? (header.dark ? "white" : Theme.night) : "transparent"
                border.width: modelData.chosen ? 0 : Math.max(1, 2 * Theme.u)
                border.color: header.dark ? "#99ffffff" : "#8793a6"

                Words {
                    id: name
                    anchors.centerIn: parent
                    text: choice.modelData.name
                    color: choice.modelData.chosen === header.dark ? Theme.night : "white"
                    font.pixelSize: 26 * Theme.u
                    font.weight: Font.DemiBold
                }
                MouseArea {
                    anchors.fill: parent
                    onClicked: header.vm.press("language", choice.modelData.code)
                }
            }
        }
    }
}
