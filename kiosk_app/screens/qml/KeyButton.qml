// A large key: says its action to the view model when it is touched; decides nothing.
import QtQuick

Rectangle {
    id: key

    required property var vm
    property string label
    property string icon
    property string action
    property string argument
    // "strong" leads on, "go" pays, "quiet" is everything else, "dark" stands on a dark ground
    property string kind: "quiet"
    property real textSize: Theme.body
    property bool live: true
    readonly property bool filled: kind === "strong" || kind === "go"
    readonly property color front: !live ? "#7a879b" : filled ? "white" : kind === "dark" ? "white" : Theme.ink

    implicitHeight: Theme.target
    implicitWidth: row.implicitWidth + 56 * Theme.u
    radius: Theme.radius
    color: {
        if (!live)
            return "#e3e6eb"
        if (kind === "strong")
            return area.pressed ? Theme.ink : Theme.night
        if (kind === "go")
            return area.pressed ? "#0e5a3f" : Theme.leaf
        if (kind === "dark")
            return area.pressed ? "#33ffffff" : "#1affffff"
        return area.pressed ? Theme.mist : Theme.card
    }
    border.width: filled || !live ? 0 : Math.max(1, 2 * Theme.u)
    border.color: kind === "dark" ? "#66ffffff" : "#8793a6"

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 18 * Theme.u

        Glyph {
            visible: key.icon !== ""
            anchors.verticalCenter: parent.verticalCenter
            name: key.icon
            colour: key.front
            size: key.textSize * 1.3
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: key.label
            color: key.front
            font.pixelSize: key.textSize
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        enabled: key.live
        onClicked: key.vm.press(key.action, key.argument)
    }
}
