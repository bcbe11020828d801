// The city's mark: the tower on its mountain, drawn by us; no coat of arms.
import QtQuick

Glyph {
    name: "mark"
    size: 72 * Theme.u
}
