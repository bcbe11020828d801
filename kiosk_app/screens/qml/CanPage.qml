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
        y: Theme.wide ? Math.max(32 * Theme.u, (page.height - height - ways.height - 40 * Theme.u) / 2) : 56 * Theme.u
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
        WrongBar {
            id: wrong
            width: parent.width
            text: page.content.problem
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
    SignPad {
        id: pad
        readonly property real below: Theme.wide || page.content.ways.length === 0 ? 0 : ways.height + 28 * Theme.u

        // The keys stand still whether or not something was wrong: the room of two lines is kept.
        readonly property real above: intro.y + intro.height + (wrong.visible ? -wrong.height : intro.spacing) + 104 * Theme.u

        vm: page.vm
        keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "ok"]
        columns: 3
        spacing: (Theme.wide ? 20 : 24) * Theme.u
        x: Theme.wide ? page.width - Theme.margin - width : (page.width - width) / 2
        y: Theme.wide ? (page.height - height) / 2 : page.height - height - below - 44 * Theme.u
        keyWidth: Theme.wide ? 236 * Theme.u : (page.width - 2 * Theme.margin - 2 * spacing) / 3
        keyHeight: Math.min(Theme.wide ? 176 * Theme.u : 190 * Theme.u, (page.height - (Theme.wide ? 64 * Theme.u : above + below + 76 * Theme.u)) / 4 - spacing)
        complete: page.content.complete
        ok: page.content.ok
        erase: page.content.erase
    }
    WayKeys {
        id: ways
        x: Theme.margin
        width: intro.width
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 40 * Theme.u
        vm: page.vm
        keys: page.content.ways
    }
}
