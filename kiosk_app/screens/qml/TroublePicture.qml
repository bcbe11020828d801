// What is wrong with the card, drawn: card, reader, and a sign; one picture for each trouble.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: picture

    required property string name
    readonly property bool bare: name === "reader-missing"
    readonly property bool lifted: name === "moved" || name === "suspended"
    readonly property bool strange: name === "unsupported"

    width: 620 * Theme.u
    height: 400 * Theme.u

    Rectangle {
        id: reader
        visible: picture.bare || picture.lifted || picture.name === "turned-over"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        width: 480 * Theme.u
        height: 130 * Theme.u
        radius: 34 * Theme.u
        color: picture.bare ? "transparent" : Theme.night
        border.width: picture.bare ? 5 * Theme.u : 0
        border.color: "#8793a6"

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 24 * Theme.u
            width: 220 * Theme.u
            height: 10 * Theme.u
            radius: height / 2
            color: picture.bare ? "#b9c2cf" : "#35507a"
        }
    }
    CardPicture {
        id: card
        visible: !picture.bare && !picture.strange
        showsCan: picture.name === "suspended"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.horizontalCenterOffset: picture.name === "moved" ? 70 * Theme.u : 0
        width: (reader.visible ? 350 : 430) * Theme.u
        y: reader.visible ? (picture.lifted ? 16 : 40) * Theme.u : (picture.height - height) / 2
        rotation: picture.name === "moved" ? 14 : picture.name === "turned-over" ? 180 : 0
        opacity: picture.name === "expired" ? 0.55 : 1
    }
    // Foreign cards: one with a stripe, one with a bar code.
    Rectangle {
        visible: picture.strange
        x: 70 * Theme.u
        y: 40 * Theme.u
        width: 340 * Theme.u
        height: width * 0.63
        radius: width * 0.055
        rotation: -9
        color: "#cfdbea"
        border.width: Math.max(1, 3 * Theme.u)
        border.color: "#8793a6"

        Rectangle {
            y: parent.height * 0.16
            width: parent.width
            height: parent.height * 0.2
            color: "#4d5f7a"
        }
        Rectangle {
            x: parent.width * 0.08
            y: parent.height * 0.66
            width: parent.width * 0.5
            height: parent.height * 0.1
            radius: height / 2
            color: "#fbfcfe"
        }
    }
    Rectangle {
        id: library
        visible: picture.strange
        x: 220 * Theme.u
        y: 130 * Theme.u
        width: 340 * Theme.u
        height: width * 0.63
        radius: width * 0.055
        rotation: 7
        color: "#fbfcfe"
        border.width: Math.max(1, 3 * Theme.u)
        border.color: "#8793a6"

        Row {
            x: parent.width * 0.1
            y: parent.height * 0.52
            spacing: 7 * Theme.u

            Repeater {
                model: [10, 5, 14, 5, 8, 16, 5, 10, 6, 14, 5, 9, 12, 5]
                Rectangle {
                    required property int modelData
                    width: modelData * Theme.u
                    height: library.height * 0.34
                    color: "#4d5f7a"
                }
            }
        }
        Rectangle {
            x: parent.width * 0.1
            y: parent.height * 0.16
            width: parent.width * 0.6
            height: parent.height * 0.12
            radius: height / 2
            color: "#dfe6ef"
        }
    }
    // A crack through the chip's card.
    Glyph {
        visible: picture.name === "damaged"
        anchors.centerIn: card
        name: "crack"
        size: card.height * 1.12
        weight: 1.1
        colour: Theme.coral
    }
    Rectangle {
        id: badge
        readonly property var signs: ({
                "suspended": "up",
                "moved": "down",
                "turned-over": "flip",
                "unsupported": "cross",
                "expired": "clock",
                "reader-missing": "cross",
                "damaged": "warning",
                "not-accepted": "cross",
                "revoked": "warning",
                "unknown": "question"
            })
        readonly property bool asks: picture.lifted || picture.name === "turned-over"

        x: picture.name === "moved" ? 96 * Theme.u : picture.bare ? (picture.width - width) / 2 : picture.width - width - 40 * Theme.u
        y: picture.bare ? reader.y - height * 0.72 : picture.lifted || picture.name === "turned-over" ? 70 * Theme.u : picture.height - height - 20 * Theme.u
        width: 132 * Theme.u
        height: width
        radius: width / 2
        color: asks ? Theme.sun : Theme.coral
        border.width: 8 * Theme.u
        border.color: Theme.paper

        Glyph {
            anchors.centerIn: parent
            name: badge.signs[picture.name] ?? ""
            size: 72 * Theme.u
            weight: 2.4
            colour: badge.asks ? Theme.night : "white"
        }
    }
}
