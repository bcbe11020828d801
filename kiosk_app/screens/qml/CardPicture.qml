// A drawn ID card: no state's design, a place for the photo, and where the CAN stands.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: card

    property bool showsCan: false

    width: 420 * Theme.u
    height: width * 0.63
    radius: width * 0.055
    color: "#fbfcfe"
    border.width: Math.max(1, 3 * Theme.u)
    border.color: "#8793a6"

    Rectangle {
        x: parent.width * 0.06
        y: parent.height * 0.09
        width: parent.width * 0.88
        height: parent.height * 0.12
        radius: height / 2
        color: "#cfdbea"
    }
    Rectangle {
        x: parent.width * 0.06
        y: parent.height * 0.3
        width: parent.width * 0.27
        height: parent.height * 0.56
        radius: 8 * Theme.u
        color: "#dfe6ef"

        Glyph {
            anchors.centerIn: parent
            name: "person"
            size: parent.width * 0.8
            colour: "#7f8ea5"
            weight: 1.5
        }
    }
    Repeater {
        model: [0.5, 0.36, 0.44]
        Rectangle {
            required property real modelData
            required property int index
            x: card.width * 0.39
            y: card.height * (0.33 + 0.13 * index)
            width: card.width * modelData
            height: card.height * 0.06
            radius: height / 2
            color: "#dfe6ef"
        }
    }
    Rectangle {
        x: parent.width * 0.66
        y: parent.height * 0.74
        width: parent.width * 0.28
        height: parent.height * 0.16
        radius: 8 * Theme.u
        color: card.showsCan ? Theme.sun : "#dfe6ef"

        Words {
            anchors.centerIn: parent
            visible: card.showsCan
            text: "123456"
            color: Theme.night
            font.pixelSize: parent.height * 0.66
            font.weight: Font.Bold
            font.letterSpacing: 1.5 * Theme.u
            lineHeight: 1
        }
    }
}
