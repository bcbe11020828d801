// The account PIN: how many digits were typed, never which, and a pad to type them.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Column {
        id: intro
        x: Theme.margin
        y: Theme.wide ? Math.max(32 * Theme.u, (page.height - height) / 2) : 72 * Theme.u
        width: Theme.wide ? page.width * 0.46 : page.width - 2 * Theme.margin
        spacing: (Theme.wide ? 28 : 36) * Theme.u

        Rectangle {
            width: 120 * Theme.u
            height: width
            radius: 34 * Theme.u
            color: Theme.sunSoft

            Glyph {
                anchors.centerIn: parent
                name: "lock"
                size: 72 * Theme.u
                colour: Theme.night
            }
        }
        Words {
            width: parent.width
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1.08
        }
        Words {
            width: parent.width
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: Theme.body
        }
        WrongBar {
            width: parent.width
            text: page.content.problem
        }
        WrongBar {
            width: parent.width
            text: page.content.wait
            icon: "clock"
            tone: "attention"
        }
        Row {
            spacing: 26 * Theme.u

            Repeater {
                model: page.content.most

                Rectangle {
                    required property int index
                    readonly property bool typed: index < page.content.typed

                    anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                    width: 52 * Theme.u
                    height: width
                    radius: width / 2
                    color: typed ? Theme.night : "transparent"
                    border.width: typed ? 0 : 3 * Theme.u
                    border.color: index === page.content.typed ? Theme.night : "#b9c2cf"
                }
            }
        }
    }
    SignPad {
        vm: page.vm
        keys: page.content.signs.slice(0, 9).concat(["erase", page.content.signs[9], "ok"])
        columns: 3
        spacing: (Theme.wide ? 20 : 24) * Theme.u
        x: Theme.wide ? page.width - Theme.margin - width : (page.width - width) / 2
        y: Theme.wide ? (page.height - height) / 2 : page.height - height - 72 * Theme.u
        keyWidth: Theme.wide ? 236 * Theme.u : (page.width - 2 * Theme.margin - 2 * spacing) / 3
        // The keys stand still whatever stands above them.
        keyHeight: Math.min(Theme.wide ? 176 * Theme.u : 190 * Theme.u, (page.height - (Theme.wide ? 64 * Theme.u : 860 * Theme.u)) / 4 - spacing)
        live: page.content.wait === ""
        complete: page.content.complete
        ok: page.content.ok
        erase: page.content.erase
    }
}
