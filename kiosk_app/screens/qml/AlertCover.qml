// A crisis alert over everything, in every language it came in; the session goes on beneath it.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: cover

    required property var vm
    property var content: vm.alert
    readonly property color front: content.look.ink
    readonly property bool bright: front.hslLightness > 0.5
    readonly property int count: content.words.length
    // How large the words are, and whether the descriptions give way to what has to be done.
    property real scaling: 1
    property bool brief: false
    property bool stale: true

    color: content.look.ground

    function fits(size: real): bool {
        scaling = size
        for (let i = 0; i < each.count; ++i)
            (each.itemAt(i) as Column).forceLayout()
        words.forceLayout()
        return words.implicitHeight <= room.height
    }

    // The largest words that fit the room, whole; an overlong alert is cut with a sign.
    function fill(): void {
        if (!stale || room.height <= 0)
            return
        stale = false
        for (const shortened of [false, true]) {
            brief = shortened
            for (let size = 1.9; size > 0.65; size -= 0.1) {
                if (fits(size))
                    return
            }
        }
    }

    function fillSoon(): void {
        stale = true
        Qt.callLater(fill)
    }

    onContentChanged: fillSoon()
    onWidthChanged: fillSoon()
    onHeightChanged: fillSoon()
    Component.onCompleted: fill()

    MouseArea {
        anchors.fill: parent
    }
    Row {
        id: sign
        anchors.horizontalCenter: parent.horizontalCenter
        y: (Theme.wide ? 44 : 72) * Theme.u
        spacing: 36 * Theme.u

        Glyph {
            name: cover.content.look.sign
            colour: cover.front
            weight: 1.7
            size: (Theme.wide ? 130 : 190) * Theme.u
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter

            Repeater {
                model: cover.content.levels

                Words {
                    required property string modelData
                    required property int index
                    text: modelData
                    color: cover.front
                    opacity: index === 0 ? 1 : 0.9
                    font.pixelSize: (index === 0 ? 52 : 38) * Theme.u
                    font.weight: Font.Bold
                    lineHeight: 1.1
                }
            }
        }
    }
    Item {
        id: room
        objectName: "alert.room"
        anchors.top: sign.bottom
        anchors.topMargin: (Theme.wide ? 36 : 52) * Theme.u
        anchors.bottom: foot.top
        anchors.bottomMargin: (Theme.wide ? 32 : 48) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        clip: true

        Grid {
            id: words
            objectName: "alert.words"
            width: parent.width
            y: Math.max(0, (parent.height - height) / 2)
            columns: Theme.wide ? cover.count : 1
            spacing: 56 * Theme.u

            readonly property real part: (width - (columns - 1) * spacing) / Math.max(1, columns)

            Repeater {
                id: each
                model: cover.content.words

                Column {
                    id: one

                    required property var modelData
                    required property int index
                    readonly property real unit: Theme.u * cover.scaling

                    width: words.part
                    spacing: 16 * unit

                    Rectangle {
                        visible: !Theme.wide && one.index > 0
                        width: parent.width
                        height: 3 * Theme.u
                        color: cover.front
                        opacity: 0.4
                    }
                    Words {
                        topPadding: !Theme.wide && one.index > 0 ? 10 * one.unit : 0
                        width: parent.width
                        text: one.modelData.headline
                        color: cover.front
                        font.family: Theme.displayFace
                        font.pixelSize: 54 * one.unit
                        font.weight: Font.Bold
                        lineHeight: 1.06
                        maximumLineCount: 4
                        elide: Text.ElideRight
                    }
                    Words {
                        width: parent.width
                        visible: text !== ""
                        text: one.modelData.instruction
                        color: cover.front
                        font.pixelSize: 38 * one.unit
                        font.weight: Font.Bold
                        maximumLineCount: 8
                        elide: Text.ElideRight
                    }
                    Words {
                        width: parent.width
                        visible: text !== "" && !cover.brief
                        text: one.modelData.description
                        color: cover.front
                        font.pixelSize: 31 * one.unit
                        maximumLineCount: 10
                        elide: Text.ElideRight
                    }
                    Words {
                        width: parent.width
                        text: [one.modelData.area, one.modelData.until].filter(line => line !== "").join("\n")
                        color: cover.front
                        opacity: 0.9
                        font.pixelSize: 25 * one.unit
                        maximumLineCount: 4
                        elide: Text.ElideRight
                    }
                }
            }
        }
    }
    Item {
        id: foot
        anchors.bottom: parent.bottom
        anchors.bottomMargin: (Theme.wide ? 44 : 72) * Theme.u
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        height: stays.visible ? stays.implicitHeight : 124 * Theme.u

        KeyButton {
            objectName: "understood"
            anchors.centerIn: parent
            visible: cover.content.understood !== ""
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
            id: stays
            visible: text !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: cover.content.stays
            color: cover.front
            font.pixelSize: (Theme.wide ? 34 : 30) * Theme.u
            font.weight: Font.DemiBold
        }
    }
}
