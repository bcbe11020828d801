// A crisis alert over everything, in every language it came in; the session goes on beneath it.
import QtQuick

Rectangle {
    id: cover

    required property var vm
    property var content: vm.alert
    readonly property color front: content.look.ink
    readonly property bool bright: front.hslLightness > 0.5
    readonly property int count: content.words.length

    color: content.look.ground

    MouseArea { anchors.fill: parent }

    Column {
        id: sign
        anchors.horizontalCenter: parent.horizontalCenter
        y: (Theme.wide ? 36 : 96) * Theme.u
        spacing: 16 * Theme.u

        Glyph {
            anchors.horizontalCenter: parent.horizontalCenter
            name: cover.content.look.sign
            colour: cover.front
            weight: 1.7
            size: (Theme.wide ? 110 : 220) * Theme.u
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 24 * Theme.u

            Repeater {
                model: cover.content.words
                Words {
                    required property var modelData
                    required property int index
                    text: (index > 0 ? "·  " : "") + modelData.level
                    color: cover.front
                    font.pixelSize: 36 * Theme.u
                    font.weight: Font.Bold
                }
            }
        }
    }
    Grid {
        id: words
        anchors.top: sign.bottom
        anchors.topMargin: (Theme.wide ? 28 : 64) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        columns: Theme.wide ? cover.count : 1
        spacing: (Theme.wide ? 56 : 52) * Theme.u

        readonly property real part: (width - (columns - 1) * spacing) / Math.max(1, columns)

        Repeater {
            model: cover.content.words

            Column {
                id: one

                required property var modelData
                required property int index

                width: words.part
                spacing: 18 * Theme.u

                Rectangle {
                    visible: !Theme.wide && one.index > 0
                    width: parent.width
                    height: 3 * Theme.u
                    color: cover.front
                    opacity: 0.4
                }
                Words {
                    width: parent.width
                    text: one.modelData.headline
                    color: cover.front
                    font.family: Theme.displayFace
                    font.pixelSize: (one.index === 0 && !Theme.wide ? 62 : 52) * Theme.u
                    font.weight: Font.Bold
                    lineHeight: 1.08
                    maximumLineCount: 4
                    elide: Text.ElideRight
                }
                Words {
                    visible: text !== ""
                    width: parent.width
                    text: one.modelData.description
                    color: cover.front
                    font.pixelSize: 32 * Theme.u
                    maximumLineCount: 7
                    elide: Text.ElideRight
                }
                Words {
                    visible: text !== ""
                    width: parent.width
                    text: one.modelData.instruction
                    color: cover.front
                    font.pixelSize: 36 * Theme.u
                    font.weight: Font.Bold
                    maximumLineCount: 6
                    elide: Text.ElideRight
                }
                Words {
                    width: parent.width
                    text: [one.modelData.area, one.modelData.until].filter(line => line !== "").join("\n")
                    color: cover.front
                    opacity: 0.9
                    font.pixelSize: Theme.small
                    maximumLineCount: 4
                    elide: Text.ElideRight
                }
            }
        }
    }
    KeyButton {
        objectName: "understood"
        visible: cover.content.understood !== ""
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 48 : 110) * Theme.u
        width: 560 * Theme.u
        implicitHeight: 124 * Theme.u
        textSize: 40 * Theme.u
        vm: cover.vm
        label: cover.content.understood
        action: "understood"
        argument: cover.content.identifier
        kind: cover.bright ? "quiet" : "strong"
    }
    Words {
        visible: text !== ""
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 56 : 110) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        horizontalAlignment: Text.AlignHCenter
        text: cover.content.stays
        color: cover.front
        font.pixelSize: Theme.body
        font.weight: Font.DemiBold
    }
}
