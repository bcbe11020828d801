// Three facts from a passport and a pad to type them; only the field being typed is readable.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content
    readonly property bool letters: content.signs.length > 10

    Column {
        id: intro
        x: Theme.margin
        y: (Theme.wide ? 32 : 40) * Theme.u
        width: Theme.wide ? page.width * 0.42 : page.width - 2 * Theme.margin
        spacing: (Theme.wide ? 20 : 22) * Theme.u

        Words {
            width: parent.width
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1.08
        }
        Words {
            visible: page.content.problem === ""
            width: parent.width
            text: page.content.detail
            color: Theme.soft
        }
        WrongBar {
            width: parent.width
            text: page.content.problem
        }
        Column {
            width: parent.width
            spacing: 16 * Theme.u

            Repeater {
                model: page.content.fields

                Rectangle {
                    id: field

                    required property var modelData
                    readonly property bool wrong: modelData.problem !== ""

                    objectName: modelData.key.name
                    width: intro.width
                    height: (Theme.wide ? 124 : 128) * Theme.u
                    radius: Theme.radius
                    color: Theme.card
                    border.width: (modelData.active ? 5 : 2) * Theme.u
                    border.color: wrong ? Theme.coral : modelData.active ? Theme.night : "#8793a6"

                    Words {
                        id: label
                        x: 28 * Theme.u
                        y: 14 * Theme.u
                        text: field.modelData.label
                        color: Theme.soft
                        font.pixelSize: Theme.small
                        font.weight: Font.DemiBold
                    }
                    Words {
                        anchors.right: parent.right
                        anchors.rightMargin: 28 * Theme.u
                        y: label.y
                        text: field.wrong ? field.modelData.problem : field.modelData.shape
                        color: field.wrong ? Theme.coral : Theme.soft
                        font.pixelSize: Theme.small
                        font.weight: field.wrong ? Font.DemiBold : Font.Normal
                    }
                    Words {
                        x: 28 * Theme.u
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: 14 * Theme.u
                        text: field.modelData.value
                        font.pixelSize: 50 * Theme.u
                        font.weight: Font.DemiBold
                        font.letterSpacing: 3 * Theme.u
                        lineHeight: 1
                    }
                    MouseArea {
                        anchors.fill: parent
                        onClicked: page.vm.press(field.modelData.key.action, field.modelData.key.argument)
                    }
                }
            }
        }
    }
    SignPad {
        id: pad
        readonly property int rows: page.letters ? 7 : 4
        // The keys stand still whatever stands above them.
        readonly property real room: page.height - (Theme.wide ? 64 : 872) * Theme.u

        vm: page.vm
        keys: page.letters ? page.content.signs.concat(["erase", "ok"]) : page.content.signs.slice(0, 9).concat(["erase", page.content.signs[9], "ok"])
        columns: page.letters ? 6 : 3
        wideEnds: page.letters
        spacing: (page.letters ? 14 : 20) * Theme.u
        x: Theme.wide ? page.width - Theme.margin - width : (page.width - width) / 2
        y: Theme.wide ? (page.height - height) / 2 : ways.y - height - 36 * Theme.u
        keyWidth: page.letters ? (Theme.wide ? 148 * Theme.u : (page.width - 2 * Theme.margin - 5 * spacing) / 6) : (Theme.wide ? 236 * Theme.u : (page.width - 2 * Theme.margin - 2 * spacing) / 3)
        keyHeight: Math.min((page.letters ? 124 : 176) * Theme.u, room / rows - spacing)
        signSize: (page.letters ? 50 : 76) * Theme.u
        complete: page.content.complete
        ok: page.content.ok
        erase: page.content.erase
    }
    WayKeys {
        id: ways
        x: Theme.margin
        width: intro.width
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 36 * Theme.u
        vm: page.vm
        keys: page.content.ways
    }
}
