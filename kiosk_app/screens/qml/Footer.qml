// What stands below every page: the way back, whether it is a sample, the way out.
import QtQuick

Rectangle {
    id: footer

    required property var vm
    readonly property var frame: vm.frame

    height: (Theme.wide ? 124 : 152) * Theme.u
    color: Theme.card

    Rectangle {
        width: parent.width
        height: Math.max(1, 2 * Theme.u)
        color: Theme.line
    }
    KeyButton {
        id: back
        objectName: "back"
        anchors.left: parent.left
        anchors.leftMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        visible: footer.frame.back !== ""
        vm: footer.vm
        label: footer.frame.back
        icon: "back"
        action: "back"
    }
    Words {
        readonly property real from: back.visible ? back.x + back.width : Theme.margin
        readonly property real to: finish.visible ? finish.x : footer.width - Theme.margin

        // In the middle of the footer, or of what the keys leave of it.
        x: Math.max(from + 16 * Theme.u, Math.min((footer.width - width) / 2, to - width - 32 * Theme.u))
        anchors.verticalCenter: parent.verticalCenter
        text: footer.frame.sample
        color: Theme.soft
        font.pixelSize: 24 * Theme.u
    }
    KeyButton {
        id: finish
        objectName: "finish"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        visible: footer.frame.finish !== ""
        vm: footer.vm
        label: footer.frame.finish
        icon: "wave"
        action: "finish"
        width: implicitWidth + (footer.frame.leaves ? 72 * Theme.u : 0)
        textSize: (footer.frame.leaves ? 36 : 30) * Theme.u
        kind: "strong"
    }
}
