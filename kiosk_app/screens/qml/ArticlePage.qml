// One opened public entry: headings with their lines.
pragma ComponentBehavior: Bound
import QtQuick

Flickable {
    id: page

    required property var vm
    required property var content

    clip: true
    contentHeight: column.implicitHeight + 100 * Theme.u
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column
        x: Theme.margin
        y: (Theme.wide ? 36 : 56) * Theme.u
        width: page.width - 2 * Theme.margin
        spacing: 28 * Theme.u

        Words {
            width: parent.width
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1.1
        }
        Words {
            width: parent.width
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: 34 * Theme.u
        }
        Grid {
            id: grid
            columns: Theme.wide ? 2 : 1
            width: parent.width
            spacing: Theme.gap

            Repeater {
                model: page.content.paragraphs

                Rectangle {
                    id: paragraph

                    required property var modelData

                    width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                    height: lines.implicitHeight + 64 * Theme.u
                    radius: Theme.radius
                    color: Theme.card
                    border.width: Math.max(1, 2 * Theme.u)
                    border.color: Theme.line

                    Column {
                        id: lines
                        x: 36 * Theme.u
                        y: 32 * Theme.u
                        width: parent.width - 72 * Theme.u
                        spacing: 12 * Theme.u

                        Words {
                            text: paragraph.modelData.heading
                            color: Theme.leaf
                            font.pixelSize: Theme.small
                            font.weight: Font.Bold
                        }
                        Repeater {
                            model: paragraph.modelData.lines
                            Words {
                                required property string modelData
                                width: lines.width
                                text: (paragraph.modelData.lines.length > 1 ? "•  " : "") + modelData
                                font.pixelSize: (Theme.wide ? 32 : 36) * Theme.u
                            }
                        }
                    }
                }
            }
        }
    }
}
