// One section's tab: icon, name, how many, and a sign when something in it is late.
import QtQuick

Rectangle {
    id: key

    required property var vm
    required property var content
    readonly property color front: content.chosen ? "white" : Theme.ink

    objectName: content.key.name
    radius: Theme.radius
    color: content.chosen ? Theme.night : area.pressed ? Theme.mist : Theme.card
    border.width: content.chosen ? 0 : Math.max(1, 2 * Theme.u)
    border.color: Theme.line

    Glyph {
        id: icon
        x: Theme.wide ? 28 * Theme.u : (parent.width - width) / 2
        y: Theme.wide ? (parent.height - height) / 2 : 22 * Theme.u
        name: key.content.icon
        size: 48 * Theme.u
        colour: key.content.chosen ? Theme.sun : Theme.ink
    }
    Words {
        x: Theme.wide ? 100 * Theme.u : 10 * Theme.u
        width: Theme.wide ? implicitWidth : parent.width - 20 * Theme.u
        horizontalAlignment: Theme.wide ? Text.AlignLeft : Text.AlignHCenter
        fontSizeMode: Theme.wide ? Text.FixedSize : Text.HorizontalFit
        minimumPixelSize: 18 * Theme.u
        y: Theme.wide ? (parent.height - height) / 2 : parent.height - height - 18 * Theme.u
        text: key.content.label
        color: key.front
        font.pixelSize: (Theme.wide ? 30 : 23) * Theme.u
        font.weight: Font.DemiBold
        wrapMode: Text.NoWrap
        lineHeight: 1
    }
    Rectangle {
        visible: key.content.locked
        anchors.right: parent.right
        anchors.rightMargin: (Theme.wide ? 24 : -8) * Theme.u
        y: Theme.wide ? (parent.height - height) / 2 : -10 * Theme.u
        width: 44 * Theme.u
        height: width
        radius: width / 2
        color: "#cfd8e4"

        Glyph {
            anchors.centerIn: parent
            name: "lock"
            size: 30 * Theme.u
            weight: 2.2
            colour: Theme.night
        }
    }
    Rectangle {
        visible: key.content.count !== "" && !key.content.locked
        anchors.right: parent.right
        anchors.rightMargin: (Theme.wide ? 24 : -8) * Theme.u
        y: Theme.wide ? (parent.height - height) / 2 : -10 * Theme.u
        width: Math.max(height, count.implicitWidth + 18 * Theme.u)
        height: 40 * Theme.u
        radius: height / 2
        color: key.content.late ? Theme.coral : key.content.chosen ? Theme.sun : "#cfd8e4"

        Words {
            id: count
            anchors.centerIn: parent
            text: (key.content.late ? "! " : "") + key.content.count
            color: key.content.late ? "white" : Theme.night
            font.pixelSize: 23 * Theme.u
            font.weight: Font.Bold
            lineHeight: 1
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: key.vm.press(key.content.key.action, key.content.key.argument)
    }
}
