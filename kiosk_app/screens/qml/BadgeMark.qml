// A state as sign, word and colour together.
import QtQuick

Rectangle {
    id: mark

    required property var badge

    visible: !!badge
    width: row.implicitWidth + 40 * Theme.u
    height: 54 * Theme.u
    radius: height / 2
    color: badge ? Theme.soft_of(badge.tone) : "transparent"

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 12 * Theme.u

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: !!mark.badge && mark.badge.sign !== "•"
            width: 34 * Theme.u
            height: width
            radius: width / 2
            color: mark.badge ? Theme.ink_of(mark.badge.tone) : "transparent"

            Words {
                anchors.centerIn: parent
                text: mark.badge ? mark.badge.sign : ""
                color: "white"
                font.pixelSize: 23 * Theme.u
                font.weight: Font.Bold
                lineHeight: 1
            }
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: mark.badge ? mark.badge.text : ""
            color: mark.badge ? Theme.ink_of(mark.badge.tone) : Theme.ink
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            wrapMode: Text.NoWrap
        }
    }
}
