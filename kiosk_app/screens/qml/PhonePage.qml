// The code for a phone: to scan, to compare, how long it holds, and how such a session ends.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Words {
        id: title
        x: Theme.margin
        y: (Theme.wide ? 32 : 48) * Theme.u
        width: page.width - 2 * Theme.margin
        text: page.content.title
        font.family: Theme.displayFace
        font.pixelSize: Theme.title
        font.weight: Font.Bold
    }
    Rectangle {
        id: code
        anchors.top: title.bottom
        anchors.topMargin: (Theme.wide ? 24 : 32) * Theme.u
        x: Theme.wide ? Theme.margin : (page.width - width) / 2
        width: Theme.wide ? page.height - y - 108 * Theme.u : 580 * Theme.u
        height: width
        radius: 30 * Theme.u
        color: "white"
        border.width: Math.max(1, 2 * Theme.u)
        border.color: Theme.line

        Image {
            objectName: "qr"
            anchors.centerIn: parent
            // The rounded corners cut nothing off, nor does the white square poke out of them.
            sourceSize: Qt.size(code.width - 24 * Theme.u, code.width - 24 * Theme.u)
            source: "image://qr/" + page.content.qr
            cache: false
            smooth: false
        }
    }
    Words {
        id: manual
        anchors.top: code.bottom
        anchors.topMargin: 16 * Theme.u
        x: Theme.wide ? code.x : Theme.margin
        width: Theme.wide ? code.width : page.width - 2 * Theme.margin
        horizontalAlignment: Text.AlignHCenter
        text: page.content.page
        color: Theme.soft
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }
    Column {
        id: side
        anchors.left: Theme.wide ? code.right : parent.left
        anchors.leftMargin: Theme.wide ? 72 * Theme.u : Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.top: Theme.wide ? code.top : manual.bottom
        anchors.topMargin: Theme.wide ? 0 : 24 * Theme.u
        spacing: (Theme.wide ? 20 : 24) * Theme.u

        Rectangle {
            width: parent.width
            height: compare.implicitHeight + 40 * Theme.u
            radius: Theme.radius
            color: Theme.sunSoft

            Column {
                id: compare
                anchors.centerIn: parent
                width: parent.width - 48 * Theme.u

                Words {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: page.content.code_label
                    color: Theme.sunInk
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                }
                Words {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: page.content.code
                    font.family: Theme.displayFace
                    font.pixelSize: (Theme.wide ? 76 : 84) * Theme.u
                    font.weight: Font.Bold
                    font.letterSpacing: 4 * Theme.u
                    lineHeight: 1
                }
            }
        }
        Column {
            width: parent.width
            spacing: 14 * Theme.u

            Repeater {
                model: page.content.steps

                Item {
                    id: step

                    required property string modelData
                    required property int index

                    width: side.width
                    height: Math.max(number.height, words.implicitHeight)

                    Rectangle {
                        id: number
                        width: 52 * Theme.u
                        height: width
                        radius: width / 2
                        color: Theme.night

                        Words {
                            anchors.centerIn: parent
                            text: step.index + 1
                            color: "white"
                            font.pixelSize: 28 * Theme.u
                            font.weight: Font.Bold
                            lineHeight: 1
                        }
                    }
                    Words {
                        id: words
                        anchors.left: number.right
                        anchors.leftMargin: 20 * Theme.u
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: step.modelData
                    }
                }
            }
        }
        WrongBar {
            width: parent.width
            text: page.content.state + "\n" + page.content.left
            icon: page.content.unreachable ? "offline" : "clock"
            tone: page.content.unreachable ? "attention" : "plain"
        }
        Words {
            width: parent.width
            text: page.content.privacy
            color: Theme.soft
            font.pixelSize: Theme.small
        }
    }
}
