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
        anchors.centerIn: parent
        text: footer.frame.sample
        color: Theme.soft
        font.pixelSize: 24 * Theme.u
    }
    KeyButton {
        objectName: "finish"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        visible: footer.frame.finish !== ""
        vm: footer.vm
        label: footer.frame.finish
        icon: "wave"
        action: "finish"
        kind: "strong"
    }
}
