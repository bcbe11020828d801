// The six digits of the card and a pad to type them; only the one typed last is readable.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Column {
        id: intro
        x: Theme.margin
        y: Theme.wide ? Math.max(32 * Theme.u, (page.height - height) / 2) : 56 * Theme.u
        width: Theme.wide ? page.width * 0.46 : page.width - 2 * Theme.margin
        spacing: (Theme.wide ? 24 : 32) * Theme.u

        Words {
            width: parent.width
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1.08
        }
        Row {
            width: parent.width
            spacing: 36 * Theme.u

            CardPicture {
                id: picture
                width: (Theme.wide ? 300 : 380) * Theme.u
                showsCan: true
            }
            Column {
                width: parent.width - picture.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
                spacing: 16 * Theme.u

                Words {
                    width: parent.width
                    text: page.content.detail
                    color: Theme.soft
                    font.pixelSize: Theme.body
                }
            }
        }
        Rectangle {
            visible: page.content.problem !== ""
            width: parent.width
            height: wrong.implicitHeight + 32 * Theme.u
            radius: 16 * Theme.u
            color: Theme.coralSoft

            Glyph {
                id: sign
                x: 24 * Theme.u
                anchors.verticalCenter: parent.verticalCenter
                name: "warning"
                colour: Theme.coral
            }
            Words {
                id: wrong
                anchors.left: sign.right
                anchors.leftMargin: 20 * Theme.u
                anchors.right: parent.right
                anchors.rightMargin: 24 * Theme.u
                anchors.verticalCenter: parent.verticalCenter
                text: page.content.problem
                color: Theme.coral
                font.weight: Font.DemiBold
            }
        }
        Row {
            id: cells
            spacing: 20 * Theme.u
            readonly property real side: Math.min(150 * Theme.u, (intro.width - 5 * spacing) / 6)

            Repeater {
                model: page.content.cells

                Rectangle {
                    id: cell

                    required property string modelData
                    required property int index
                    readonly property bool next: modelData === "" && (index === 0 || page.content.cells[index - 1] !== "")

                    width: cells.side
                    height: 150 * Theme.u
                    radius: Theme.radius
                    color: Theme.card
                    border.width: (next ? 5 : 2) * Theme.u
                    border.color: next ? Theme.night : "#8793a6"

                    Words {
                        anchors.centerIn: parent
                        text: cell.modelData
                        font.pixelSize: 80 * Theme.u
                        font.weight: Font.DemiBold
                        lineHeight: 1
                    }
                }
            }
        }
    }
    Grid {
        id: pad
        columns: 3
        spacing: (Theme.wide ? 20 : 24) * Theme.u
        x: Theme.wide ? page.width - Theme.margin - width : (page.width - width) / 2
        y: Theme.wide ? (page.height - height) / 2 : page.height - height - 72 * Theme.u

        readonly property real keyWidth: Theme.wide ? 236 * Theme.u : (page.width - 2 * Theme.margin - 2 * spacing) / 3
        readonly property real keyHeight: Math.min(Theme.wide ? 176 * Theme.u : 190 * Theme.u, (page.height - (Theme.wide ? 64 * Theme.u : intro.y + intro.height + 130 * Theme.u)) / 4 - spacing)

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "ok"]

            Rectangle {
                id: key

                required property string modelData
                readonly property bool digit: modelData.length === 1
                readonly property bool live: modelData !== "ok" || page.content.complete

                objectName: "key." + modelData
                width: pad.keyWidth
                height: pad.keyHeight
                radius: Theme.radius
                color: {
                    if (modelData === "ok")
                        return live ? (area.pressed ? "#0e5a3f" : Theme.leaf) : "#e3e6eb"
                    return area.pressed ? Theme.sun : digit ? Theme.card : Theme.mist
                }
                border.width: digit ? Math.max(1, 2 * Theme.u) : 0
                border.color: "#8793a6"

                Words {
                    anchors.centerIn: parent
                    visible: key.digit
                    text: key.digit ? key.modelData : ""
                    font.pixelSize: 76 * Theme.u
                    font.weight: Font.DemiBold
                    lineHeight: 1
                }
                Column {
                    anchors.centerIn: parent
                    visible: !key.digit
                    spacing: 6 * Theme.u

                    Glyph {
                        anchors.horizontalCenter: parent.horizontalCenter
                        name: key.modelData === "ok" ? "check" : "erase"
                        size: 56 * Theme.u
                        weight: key.modelData === "ok" ? 2.6 : 1.9
                        colour: label.color
                    }
                    Words {
                        id: label
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: key.modelData === "ok" ? page.content.ok : page.content.erase
                        color: key.modelData !== "ok" ? Theme.ink : key.live ? "white" : "#66738a"
                        font.weight: Font.DemiBold
                    }
                }
                MouseArea {
                    id: area
                    anchors.fill: parent
                    enabled: key.live
                    onClicked: key.digit ? page.vm.press("digit", key.modelData) : page.vm.press(key.modelData, "")
                }
            }
        }
    }
}
