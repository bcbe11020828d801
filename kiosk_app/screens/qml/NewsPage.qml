// One large sign, a heading, a sentence, and what may be done.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Column {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -40 * Theme.u
        width: Math.min(parent.width - 2 * Theme.margin, 1240 * Theme.u)
        spacing: 28 * Theme.u

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: (Theme.wide ? 200 : 260) * Theme.u
            height: width
            radius: width / 2
            color: Theme.soft_of(page.content.tone)

            Glyph {
                anchors.centerIn: parent
                name: page.content.icon
                size: parent.width * 0.56
                weight: 1.6
                colour: Theme.ink_of(page.content.tone)
            }
        }
        Words {
            topPadding: 24 * Theme.u
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.title
            font.family: Theme.displayFace
            font.pixelSize: Theme.display
            font.weight: Font.Bold
            lineHeight: 1.05
        }
        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.detail
            color: Theme.soft
            font.pixelSize: Theme.heading
        }
        Row {
            visible: page.content.busy
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 20 * Theme.u

            Repeater {
                model: 3
                Rectangle {
                    id: dot
                    required property int index
                    width: 24 * Theme.u
                    height: width
                    radius: width / 2
                    color: Theme.night

                    SequentialAnimation on opacity {
                        running: page.content.busy && Theme.moving
                        loops: Animation.Infinite
                        PauseAnimation {
                            duration: dot.index * 180
                        }
                        NumberAnimation {
                            from: 0.25
                            to: 1
                            duration: 300
                        }
                        NumberAnimation {
                            from: 1
                            to: 0.25
                            duration: 300
                        }
                        PauseAnimation {
                            duration: (2 - dot.index) * 180
                        }
                    }
                }
            }
        }
        Words {
            visible: text !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.content.note
            color: Theme.sunInk
            font.weight: Font.DemiBold
        }
        Column {
            topPadding: 32 * Theme.u
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: Theme.gap

            Repeater {
                model: page.content.keys
                KeyButton {
                    required property var modelData
                    required property int index
                    objectName: modelData.name
                    vm: page.vm
                    width: Math.max(implicitWidth, 420 * Theme.u)
                    implicitHeight: 116 * Theme.u
                    textSize: 34 * Theme.u
                    label: modelData.label
                    action: modelData.action
                    argument: modelData.argument
                    icon: modelData.icon
                    kind: index === 0 ? "strong" : "quiet"
                }
            }
        }
    }
}
