// A drawn icon by name; an unknown name draws nothing.
import QtQuick

Image {
    id: glyph

    property string name
    property color colour: Theme.ink
    property real weight: 1.9
    property real size: 44 * Theme.u

    width: Math.round(size)
    height: width
    sourceSize: Qt.size(width, width)
    // A colour reads as #rrggbb, or #aarrggbb where it is not opaque.
    source: name === "" ? "" : "image://icon/" + name + "/" + String(colour).slice(-6) + "/" + weight
}
