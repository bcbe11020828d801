// Card and reader as a picture, with what to do: put it, leave it, take it.
import QtQuick

Item {
    id: page

    required property var vm
    required property var content
    readonly property bool busy: content.stage === "reading" || content.stage === "asking"

    Item {
        id: picture
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(24 * Theme.u, (page.height - height - words.anchors.topMargin - words.implicitHeight) / 2 - 20 * Theme.u)
        width: 760 * Theme.u
        height: (Theme.wide ? 440 : 640) * Theme.u

        Rectangle {
            id: reader
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            width: 620 * Theme.u
            height: (Theme.wide ? 190 : 250) * Theme.u
            radius: 40 * Theme.u
            color: Theme.night

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 28 * Theme.u
                width: 320 * Theme.u
                height: 12 * Theme.u
                radius: height / 2
                color: page.busy ? Theme.sun : "#35507a"

                SequentialAnimation on opacity {
                    running: page.busy && Theme.moving
                    loops: Animation.Infinite
                    NumberAnimation {
                        from: 0.35
                        to: 1
                        duration: 500
                    }
                    NumberAnimation {
                        from: 1
                        to: 0.35
                        duration: 500
                    }
                }
            }
        }
        CardPicture {
            id: card
            readonly property real resting: reader.y - height * 0.52
            readonly property real away: Theme.wide ? -10 * Theme.u : 20 * Theme.u

            anchors.horizontalCenter: parent.horizontalCenter
            width: (Theme.wide ? 380 : 460) * Theme.u
            y: page.busy ? resting : (resting + away) / 2

            SequentialAnimation on y {
                running: !page.busy && Theme.moving
                loops: Animation.Infinite
                PauseAnimation {
                    duration: 500
                }
                NumberAnimation {
                    from: page.content.stage === "put" ? card.away : card.resting
                    to: page.content.stage === "put" ? card.resting : card.away
                    duration: 1000
                    easing.type: Easing.InOutCubic
                }
                PauseAnimation {
                    duration: 900
                }
            }
        }
    }
    Column {
        id: words
        anchors.top: picture.bottom
        anchors.topMargin: (Theme.wide ? 40 : 96) * Theme.u
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width - 2 * Theme.margin, 1300 * Theme.u)
        spacing: 20 * Theme.u

        Words {
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
        Rectangle {
            visible: page.content.note !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, note.implicitWidth + 80 * Theme.u)
            height: note.implicitHeight + 36 * Theme.u
            radius: height / 2
            color: Theme.sunSoft

            Words {
                id: note
                anchors.centerIn: parent
                text: page.content.note
                color: Theme.sunInk
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
            }
        }
    }
}
