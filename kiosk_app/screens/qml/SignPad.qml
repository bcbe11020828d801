// Keys to type with: the signs in their order, correction before the last row's last, OK at the end.
pragma ComponentBehavior: Bound
import QtQuick

Flow {
    id: pad

    required property var vm
    required property var keys
    property bool complete: false
    // Whether signs may be typed now.
    property bool live: true
    property string ok
    property string erase
    property int columns: 3
    property real keyWidth
    property real keyHeight
    // Correction and OK share a row of their own.
    property bool wideEnds: false
    property real signSize: 76 * Theme.u

    // A hair wider than its keys, so that no rounding pushes one into the next row.
    width: columns * (keyWidth + spacing) - spacing + 0.5

    Repeater {
        model: pad.keys

        Rectangle {
            id: key

            required property string modelData
            readonly property bool sign: modelData.length === 1
            readonly property bool live: modelData === "ok" ? pad.complete : pad.live

            objectName: "key." + modelData
            width: pad.wideEnds && !sign ? (pad.columns * (pad.keyWidth + pad.spacing)) / 2 - pad.spacing : pad.keyWidth
            height: pad.keyHeight
            radius: Theme.radius
            color: {
                if (modelData === "ok")
                    return live ? (area.pressed ? "#0e5a3f" : Theme.leaf) : "#e3e6eb"
                if (!live)
                    return "#e3e6eb"
                return area.pressed ? Theme.sun : sign ? Theme.card : Theme.mist
            }
            border.width: sign ? Math.max(1, 2 * Theme.u) : 0
            border.color: live ? "#8793a6" : Theme.line

            Words {
                anchors.centerIn: parent
                visible: key.sign
                text: key.sign ? key.modelData : ""
                color: key.live ? Theme.ink : "#7a879b"
                font.pixelSize: pad.signSize
                font.weight: Font.DemiBold
                lineHeight: 1
            }
            Column {
                anchors.centerIn: parent
                visible: !key.sign
                spacing: 6 * Theme.u

                Glyph {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: key.modelData === "ok" ? "check" : "erase"
                    size: Math.min(56 * Theme.u, key.height * 0.4)
                    weight: key.modelData === "ok" ? 2.6 : 1.9
                    colour: label.color
                }
                Words {
                    id: label
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: key.modelData === "ok" ? pad.ok : pad.erase
                    color: key.modelData !== "ok" ? Theme.ink : key.live ? "white" : "#66738a"
                    font.pixelSize: Math.min(Theme.body, key.height * 0.24)
                    font.weight: Font.DemiBold
                    wrapMode: Text.NoWrap
                }
            }
            MouseArea {
                id: area
                anchors.fill: parent
                enabled: key.live
                onClicked: {
                    if (!key.sign)
                        pad.vm.press(key.modelData, "")
                    else
                        pad.vm.press(key.modelData >= "0" && key.modelData <= "9" ? "digit" : "letter", key.modelData)
                }
            }
        }
    }
}
