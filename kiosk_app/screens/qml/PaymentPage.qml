// How to pay one receivable: the code to scan, what it says, and the same on paper.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: page

    required property var vm
    required property var content

    Column {
        id: head
        x: Theme.margin
        y: (Theme.wide ? 28 : 40) * Theme.u
        width: parent.width - 2 * Theme.margin
        spacing: 6 * Theme.u

        Words {
            text: page.content.title
            color: Theme.soft
            font.pixelSize: Theme.heading
        }
        Words {
            width: parent.width
            text: page.content.subject
            font.family: Theme.displayFace
            font.pixelSize: Theme.title
            font.weight: Font.Bold
            lineHeight: 1.08
        }
    }
    Rectangle {
        id: code
        anchors.top: head.bottom
        anchors.topMargin: (Theme.wide ? 28 : 40) * Theme.u
        x: Theme.wide ? Theme.margin : (page.width - width) / 2
        width: page.content.qr === "" ? 0 : Theme.wide ? page.height - y - 100 * Theme.u : Math.min(620 * Theme.u, page.height * 0.375)
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
            source: page.content.qr === "" ? "" : "image://qr/" + page.content.qr
            cache: false
            smooth: false
        }
    }
    Row {
        id: how
        anchors.top: code.bottom
        anchors.topMargin: 20 * Theme.u
        anchors.horizontalCenter: code.horizontalCenter
        spacing: 14 * Theme.u

        Words {
            text: page.content.how
            width: Math.min(implicitWidth, page.width - 2 * Theme.margin)
            font.weight: Font.DemiBold
            font.pixelSize: (Theme.wide ? 28 : 34) * Theme.u
            horizontalAlignment: Text.AlignHCenter
        }
    }
    Column {
        id: side
        anchors.left: Theme.wide ? code.right : parent.left
        anchors.leftMargin: Theme.wide && code.width > 0 ? 72 * Theme.u : Theme.margin
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        anchors.top: Theme.wide ? code.top : how.bottom
        anchors.topMargin: Theme.wide ? 0 : 28 * Theme.u
        spacing: (Theme.wide ? 14 : 18) * Theme.u

        Words {
            width: parent.width
            horizontalAlignment: Theme.wide ? Text.AlignLeft : Text.AlignHCenter
            text: page.content.amount
            font.family: Theme.displayFace
            font.pixelSize: (Theme.wide ? 84 : 92) * Theme.u
            font.weight: Font.Bold
            font.features: ({
                    "tnum": 1
                })
            lineHeight: 1
        }
        Rectangle {
            width: parent.width
            height: facts.implicitHeight + 36 * Theme.u
            radius: Theme.radius
            color: Theme.card
            border.width: Math.max(1, 2 * Theme.u)
            border.color: Theme.line

            Column {
                id: facts
                x: 32 * Theme.u
                y: 18 * Theme.u
                width: parent.width - 64 * Theme.u

                Repeater {
                    model: page.content.facts

                    Item {
                        id: fact

                        required property var modelData

                        width: facts.width
                        height: Math.max(label.implicitHeight, value.implicitHeight) + (Theme.wide ? 14 : 20) * Theme.u

                        Words {
                            id: label
                            width: fact.width * 0.4
                            anchors.verticalCenter: parent.verticalCenter
                            text: fact.modelData.label
                            color: Theme.soft
                            font.pixelSize: Theme.small
                        }
                        Words {
                            id: value
                            anchors.right: parent.right
                            anchors.verticalCenter: parent.verticalCenter
                            width: fact.width * 0.6
                            horizontalAlignment: Text.AlignRight
                            text: fact.modelData.value
                            font.pixelSize: 28 * Theme.u
                            font.weight: Font.DemiBold
                            font.features: ({
                                    "tnum": 1
                                })
                        }
                    }
                }
            }
        }
        Words {
            width: parent.width
            text: page.content.note
            color: Theme.soft
            font.pixelSize: Theme.small
        }
        PrintKey {
            vm: page.vm
            content: page.content
            width: Theme.wide ? 480 * Theme.u : parent.width
            implicitHeight: (Theme.wide ? 96 : 116) * Theme.u
            textSize: 34 * Theme.u
            kind: live ? "strong" : "quiet"
        }
    }
}
