// What the city hall has open with one person, a section at a time; to-dos come first.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Item {
        id: head
        x: Theme.margin
        y: (Theme.wide ? 24 : 28) * Theme.u
        width: parent.width - 2 * Theme.margin
        height: Theme.wide ? Math.max(who.implicitHeight, keys.visible ? keys.height : 0) : who.implicitHeight + (keys.visible ? keys.height + 20 * Theme.u : 0)

        Column {
            id: who
            width: parent.width - (Theme.wide && keys.visible ? keys.width + 40 * Theme.u : 0)

            Words {
                width: parent.width
                text: page.content.greeting
                font.family: Theme.displayFace
                font.pixelSize: Theme.title
                font.weight: Font.Bold
                lineHeight: 1.1
            }
            Words {
                width: parent.width
                text: page.content.as_of
                color: Theme.soft
                font.pixelSize: Theme.small
            }
            Item {
                visible: note.visible
                width: parent.width
                height: note.height + 16 * Theme.u

                WrongBar {
                    id: note
                    y: 16 * Theme.u
                    width: parent.width
                    text: page.content.note
                    icon: "phone"
                    tone: "attention"
                }
            }
        }
        Row {
            id: keys
            visible: page.content.keys.length > 0
            anchors.right: Theme.wide ? parent.right : undefined
            anchors.bottom: parent.bottom
            spacing: 16 * Theme.u

            Repeater {
                model: page.content.keys

                KeyButton {
                    required property var modelData

                    objectName: modelData.name
                    vm: page.vm
                    implicitHeight: 84 * Theme.u
                    textSize: 27 * Theme.u
                    label: modelData.label
                    icon: modelData.icon
                    action: modelData.action
                    argument: modelData.argument
                }
            }
        }
    }
    Rectangle {
        id: incomplete
        anchors.top: head.bottom
        anchors.topMargin: (Theme.wide ? 24 : 16) * Theme.u
        anchors.left: Theme.wide ? list.left : head.left
        anchors.right: head.right
        visible: page.content.warning !== ""
        height: warning.implicitHeight + 28 * Theme.u
        radius: 16 * Theme.u
        color: Theme.sunSoft

        Glyph {
            id: sign
            x: 22 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            name: "warning"
            size: 40 * Theme.u
            colour: Theme.sunInk
        }
        Words {
            id: warning
            anchors.left: sign.right
            anchors.leftMargin: 18 * Theme.u
            anchors.right: parent.right
            anchors.rightMargin: 22 * Theme.u
            anchors.verticalCenter: parent.verticalCenter
            text: page.content.warning
            color: Theme.sunInk
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
        }
    }
    Grid {
        id: tabs
        anchors.top: incomplete.visible && !Theme.wide ? incomplete.bottom : head.bottom
        anchors.topMargin: 24 * Theme.u
        x: Theme.margin
        columns: Theme.wide ? 1 : 6
        spacing: 14 * Theme.u

        // In the wide form the tabs end above the key to print, whatever stands over them.
        readonly property real room: page.height - y - 144 * Theme.u - 6 * spacing
        readonly property real tall: Theme.wide ? Math.min(84 * Theme.u, room / 6) : 136 * Theme.u

        Repeater {
            model: page.content.tabs
            TabKey {
                required property var modelData
                width: Theme.wide ? 376 * Theme.u : (page.width - 2 * Theme.margin - 5 * tabs.spacing) / 6
                height: tabs.tall
                vm: page.vm
                content: modelData
            }
        }
    }
    Scroller {
        id: list
        anchors.top: !Theme.wide ? tabs.bottom : incomplete.visible ? incomplete.bottom : tabs.top
        anchors.topMargin: Theme.wide && !incomplete.visible ? 0 : 24 * Theme.u
        anchors.bottom: bar.top
        anchors.bottomMargin: 20 * Theme.u
        anchors.left: Theme.wide ? tabs.right : parent.left
        anchors.leftMargin: Theme.wide ? 40 * Theme.u : Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        vm: page.vm
        entries: page.content.entries
    }
    Column {
        id: shut
        anchors.centerIn: list
        visible: !!page.content.locked
        spacing: 24 * Theme.u
        width: Math.min(list.width, 900 * Theme.u)

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 170 * Theme.u
            height: width
            radius: width / 2
            color: Theme.mist

            Glyph {
                anchors.centerIn: parent
                name: "lock"
                size: 96 * Theme.u
            }
        }
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.locked ? page.content.locked.title : ""
            font.family: Theme.displayFace
            font.pixelSize: 44 * Theme.u
            font.weight: Font.Bold
        }
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.locked ? page.content.locked.detail : ""
            color: Theme.soft
            font.pixelSize: 32 * Theme.u
        }
        KeyButton {
            readonly property var opens: page.content.locked ? page.content.locked.key : null

            objectName: opens ? opens.name : ""
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !!opens
            vm: page.vm
            implicitHeight: 112 * Theme.u
            textSize: 34 * Theme.u
            label: opens ? opens.label : ""
            icon: opens ? opens.icon : ""
            action: opens ? opens.action : ""
            argument: opens ? opens.argument : ""
            kind: "strong"
        }
    }
    Column {
        anchors.centerIn: list
        visible: page.content.entries.length === 0 && !page.content.locked
        spacing: 24 * Theme.u
        width: list.width

        Glyph {
            anchors.horizontalCenter: parent.horizontalCenter
            name: page.content.complete ? "check" : "warning"
            colour: page.content.complete ? Theme.leaf : Theme.sunInk
            size: 120 * Theme.u
        }
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.nothing
            color: Theme.soft
            font.pixelSize: Theme.heading
        }
    }
    Item {
        id: bar
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24 * Theme.u
        anchors.left: list.left
        anchors.right: list.right
        height: Theme.wide && page.content.total === "" ? 0 : Theme.target

        Row {
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: Theme.wide ? parent.right : undefined
            visible: page.content.total !== ""
            spacing: 20 * Theme.u

            Words {
                anchors.verticalCenter: total.verticalCenter
                text: page.content.total_label
                color: Theme.soft
                font.pixelSize: 28 * Theme.u
            }
            Words {
                id: total
                text: page.content.total
                font.family: Theme.displayFace
                font.pixelSize: 46 * Theme.u
                font.weight: Font.Bold
                font.features: ({
                        "tnum": 1
                    })
            }
        }
    }
    PrintKey {
        x: Theme.wide ? Theme.margin : parent.width - Theme.margin - width
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 24 * Theme.u
        width: Theme.wide ? 376 * Theme.u : implicitWidth
        textSize: (Theme.wide ? 26 : 30) * Theme.u
        vm: page.vm
        content: page.content
    }
}
