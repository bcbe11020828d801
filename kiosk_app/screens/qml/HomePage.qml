// What this infobox offers: the account first and largest, then what anybody may open.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content
    readonly property int others: content.tiles.length - 1

    Column {
        id: head
        x: Theme.margin
        y: (Theme.wide ? 44 : 90) * Theme.u
        width: parent.width - 2 * Theme.margin
        spacing: 8 * Theme.u

        Words {
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.display
            font.weight: Font.Bold
            lineHeight: 1.05
        }
        Words {
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: Theme.heading
        }
    }
    Item {
        id: tiles
        anchors.top: head.bottom
        anchors.topMargin: (Theme.wide ? 44 : 72) * Theme.u
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 48 : 88) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin

        readonly property real gap: 32 * Theme.u
        readonly property real tall: Math.min(height, Theme.wide ? height : 1180 * Theme.u)
        readonly property real firstHeight: Theme.wide ? tall : page.others > 0 ? tall * 0.42 : Math.min(tall, 560 * Theme.u)
        readonly property real firstWidth: Theme.wide && page.others > 0 ? width * 0.5 - gap / 2 : width
        readonly property real otherHeight: page.others > 0 ? ((Theme.wide ? tall : tall - firstHeight - gap) - (page.others - 1) * gap) / page.others : 0

        Repeater {
            model: page.content.tiles

            Rectangle {
                id: tile

                required property var modelData
                required property int index
                readonly property bool first: index === 0

                objectName: modelData.key.name
                x: !first && Theme.wide ? tiles.firstWidth + tiles.gap : 0
                y: first ? 0 : (Theme.wide ? 0 : tiles.firstHeight + tiles.gap) + (index - 1) * (tiles.otherHeight + tiles.gap)
                width: first ? tiles.firstWidth : tiles.width - (Theme.wide ? tiles.firstWidth + tiles.gap : 0)
                height: first ? tiles.firstHeight : tiles.otherHeight
                radius: 30 * Theme.u
                color: first ? (area.pressed ? Theme.ink : Theme.night) : (area.pressed ? Theme.mist : Theme.card)
                border.width: first ? 0 : Math.max(1, 2 * Theme.u)
                border.color: Theme.line

                Rectangle {
                    id: bubble
                    x: 48 * Theme.u
                    y: tile.first ? 48 * Theme.u : (parent.height - height) / 2
                    width: 128 * Theme.u
                    height: width
                    radius: 34 * Theme.u
                    color: tile.first ? Theme.sun : Theme.sunSoft

                    Glyph {
                        anchors.centerIn: parent
                        name: tile.modelData.icon
                        size: 76 * Theme.u
                        colour: Theme.night
                    }
                }
                Column {
                    anchors.left: tile.first ? parent.left : bubble.right
                    anchors.leftMargin: (tile.first ? 48 : 36) * Theme.u
                    anchors.right: arrow.left
                    anchors.rightMargin: 24 * Theme.u
                    anchors.bottom: tile.first ? parent.bottom : undefined
                    anchors.bottomMargin: 44 * Theme.u
                    anchors.verticalCenter: tile.first ? undefined : parent.verticalCenter
                    spacing: 10 * Theme.u

                    Words {
                        width: parent.width
                        text: tile.modelData.title
                        color: tile.first ? "white" : Theme.ink
                        font.family: Theme.displayFace
                        font.pixelSize: (tile.first ? 62 : 44) * Theme.u
                        font.weight: Font.Bold
                        lineHeight: 1.05
                    }
                    Words {
                        width: parent.width
                        text: tile.modelData.detail
                        color: tile.first ? "#c9d4e0" : Theme.soft
                        font.pixelSize: Theme.body
                    }
                }
                Glyph {
                    id: arrow
                    anchors.right: parent.right
                    anchors.rightMargin: 40 * Theme.u
                    y: tile.first ? 88 * Theme.u : (parent.height - height) / 2
                    name: "chevron"
                    size: 52 * Theme.u
                    colour: tile.first ? Theme.sun : Theme.soft
                }
                MouseArea {
                    id: area
                    anchors.fill: parent
                    onClicked: page.vm.press(tile.modelData.key.action, tile.modelData.key.argument)
                }
            }
        }
    }
}
