// One thing in a list: what it is, its state, its amount, and what may be done with it.
import QtQuick

Rectangle {
    id: entry

    required property var vm
    required property var content
    // The whole card is the key where the key has no words of its own.
    readonly property bool opens: !!content.key && content.key.label === ""
    readonly property real pad: 32 * Theme.u
    readonly property bool late: !!content.badge && content.badge.tone === "late"

    objectName: opens ? content.key.name : ""
    implicitHeight: body.implicitHeight + 2 * pad
    radius: Theme.radius
    color: area.pressed ? Theme.mist : Theme.card
    border.width: (late ? 4 : 2) * Theme.u
    border.color: late ? Theme.coral : Theme.line

    Rectangle {
        id: bubble
        x: entry.pad
        y: entry.pad
        width: 84 * Theme.u
        height: width
        radius: Theme.radius
        color: entry.late ? Theme.coralSoft : Theme.mist

        Glyph {
            anchors.centerIn: parent
            name: entry.content.icon
            size: 50 * Theme.u
            colour: entry.late ? Theme.coral : Theme.ink
        }
    }
    Column {
        id: body
        anchors.left: bubble.right
        anchors.leftMargin: 28 * Theme.u
        anchors.right: parent.right
        anchors.rightMargin: entry.pad
        y: entry.pad
        spacing: 12 * Theme.u

        Item {
            width: parent.width
            height: Math.max(title.implicitHeight, amount.implicitHeight, arrow.visible ? arrow.height : 0)

            Words {
                id: title
                width: parent.width - (amount.visible ? amount.implicitWidth + 24 * Theme.u : 0) - (arrow.visible ? 64 * Theme.u : 0)
                text: entry.content.title
                font.pixelSize: 33 * Theme.u
                font.weight: Font.DemiBold
            }
            Words {
                id: amount
                anchors.right: parent.right
                visible: text !== ""
                text: entry.content.amount
                color: entry.late ? Theme.coral : Theme.ink
                font.pixelSize: 38 * Theme.u
                font.weight: Font.Bold
                font.features: ({
                        "tnum": 1
                    })
                wrapMode: Text.NoWrap
                lineHeight: 1
            }
            Glyph {
                id: arrow
                anchors.right: parent.right
                visible: entry.opens
                name: "chevron"
                size: 40 * Theme.u
                colour: Theme.soft
            }
        }
        Words {
            visible: text !== ""
            width: parent.width
            text: entry.content.detail
            color: Theme.ink
            font.pixelSize: 28 * Theme.u
        }
        Words {
            visible: text !== ""
            width: parent.width
            text: entry.content.meta
            color: Theme.soft
            font.pixelSize: Theme.small
        }
        Words {
            visible: entry.content.steps.length > 0
            width: parent.width
            text: entry.content.progress
            color: Theme.leaf
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
        }
        StepTrack {
            visible: entry.content.steps.length > 0
            topPadding: 8 * Theme.u
            x: -bubble.width - 28 * Theme.u
            width: entry.width - 2 * entry.pad
            steps: entry.content.steps
        }
        Item {
            visible: !!entry.content.badge || button.visible
            width: parent.width
            // Where both do not fit beside each other, the key stands below.
            readonly property bool stacked: badge.visible && button.visible && badge.width + button.width + 24 * Theme.u > width
            readonly property real badgeHeight: badge.visible ? badge.height : 0
            readonly property real buttonHeight: button.visible ? button.height : 0
            height: stacked ? badgeHeight + 16 * Theme.u + buttonHeight : Math.max(badgeHeight, buttonHeight)

            BadgeMark {
                id: badge
                y: parent.stacked ? 0 : (parent.height - height) / 2
                badge: entry.content.badge
            }
            KeyButton {
                id: button
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                visible: !!entry.content.key && !entry.opens
                objectName: visible ? entry.content.key.name : ""
                vm: entry.vm
                implicitHeight: 92 * Theme.u
                label: entry.content.key ? entry.content.key.label : ""
                action: entry.content.key ? entry.content.key.action : ""
                argument: entry.content.key ? entry.content.key.argument : ""
                kind: action === "pay" ? "go" : "quiet"
            }
        }
    }
    MouseArea {
        id: area
        anchors.fill: parent
        enabled: entry.opens
        onClicked: entry.vm.press(entry.content.key.action, entry.content.key.argument)
    }
}
