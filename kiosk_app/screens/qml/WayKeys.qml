// Quiet keys to the other ways, beside each other.
pragma ComponentBehavior: Bound
import QtQuick

Row {
    id: ways

    required property var vm
    required property var keys

    spacing: 20 * Theme.u

    Repeater {
        model: ways.keys

        KeyButton {
            required property var modelData

            objectName: modelData.name
            vm: ways.vm
            width: ways.keys.length > 1 ? (ways.width - ways.spacing) / 2 : implicitWidth
            textSize: (Theme.wide ? 26 : 28) * Theme.u
            label: modelData.label
            icon: modelData.icon
            action: modelData.action
            argument: modelData.argument
        }
    }
}
