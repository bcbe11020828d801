// The key to print, or why there is none.
import QtQuick

KeyButton {
    required property var content

    objectName: "print"
    icon: "print"
    label: content.print ? content.print.label : content.no_print
    action: "print"
    live: !!content.print
}
