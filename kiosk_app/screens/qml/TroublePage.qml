// A card in trouble: its picture, what to do, what works instead, and the ways on.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    TroublePicture {
        id: picture
        name: page.content.picture
        x: Theme.wide ? Theme.margin + (page.width * 0.4 - width) / 2 - 20 * Theme.u : (page.width - width) / 2
        y: Theme.wide ? (page.height - height) / 2 : Math.max(40 * Theme.u, (page.height - height - 48 * Theme.u - words.implicitHeight) / 2 - 30 * Theme.u)
    }
    Column {
        id: words
        x: Theme.wide ? page.width * 0.43 : Theme.margin
        y: Theme.wide ? (page.height - implicitHeight) / 2 : picture.y + picture.height + 48 * Theme.u
        width: page.width - x - Theme.margin
        spacing: (Theme.wide ? 22 : 28) * Theme.u

        readonly property int side: Theme.wide ? Text.AlignLeft : Text.AlignHCenter

        Words {
            width: parent.width
            horizontalAlignment: words.side
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: (Theme.wide ? 60 : 68) * Theme.u
            font.weight: Font.Bold
            lineHeight: 1.05
        }
        Words {
            width: parent.width
            horizontalAlignment: words.side
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: (Theme.wide ? 32 : 34) * Theme.u
        }
        Rectangle {
            visible: page.content.works.length > 0
            width: parent.width
            height: works.implicitHeight + 56 * Theme.u
            radius: Theme.radius
            color: Theme.leafSoft

            Column {
                id: works
                x: 32 * Theme.u
                y: 28 * Theme.u
                width: parent.width - 64 * Theme.u
                spacing: 16 * Theme.u

                Words {
                    width: parent.width
                    text: page.content.works_title
                    color: Theme.leaf
                    font.pixelSize: Theme.small
                    font.weight: Font.Bold
                }
                Repeater {
                    model: page.content.works

                    Item {
                        id: work

                        required property var modelData

                        width: works.width
                        height: Math.max(icon.height, line.implicitHeight)

                        Glyph {
                            id: icon
                            anchors.verticalCenter: parent.verticalCenter
                            name: work.modelData.icon
                            colour: Theme.leaf
                            size: 48 * Theme.u
                        }
                        Words {
                            id: line
                            anchors.left: icon.right
                            anchors.leftMargin: 22 * Theme.u
                            anchors.right: parent.right
                            anchors.verticalCenter: parent.verticalCenter
                            text: work.modelData.text
                            font.weight: Font.Medium
                        }
                    }
                }
            }
        }
        Flow {
            topPadding: 12 * Theme.u
            visible: page.content.keys.length > 0
            width: parent.width
            spacing: Theme.gap

            Repeater {
                model: page.content.keys

                KeyButton {
                    required property var modelData
                    required property int index

                    objectName: modelData.name
                    vm: page.vm
                    width: Theme.wide ? implicitWidth + 40 * Theme.u : words.width
                    implicitHeight: 112 * Theme.u
                    textSize: 32 * Theme.u
                    label: modelData.label
                    icon: modelData.icon
                    action: modelData.action
                    argument: modelData.argument
                    kind: index === 0 ? "strong" : "quiet"
                }
            }
        }
    }
}
