// The design system: colours, sizes and type. It knows no page.
pragma Singleton
import QtQuick

QtObject {
    // One unit is a pixel on a 1080×1920 or 1920×1080 screen; Main sets it for others.
    property real u: 1
    property bool wide: false
    // Movements run only on the window that a citizen sees.
    property bool moving: false

    readonly property color night: "#0b1f3a"
    readonly property color ink: "#102a4c"
    readonly property color soft: "#4d5f7a"
    readonly property color paper: "#f4f2ec"
    readonly property color card: "#ffffff"
    readonly property color line: "#d9dde4"
    readonly property color mist: "#e6ebf2"
    readonly property color sun: "#f5b23d"
    readonly property color sunSoft: "#fdf1d8"
    readonly property color sunInk: "#6b4700"
    readonly property color leaf: "#14704f"
    readonly property color leafSoft: "#dff2ea"
    readonly property color coral: "#b3341d"
    readonly property color coralSoft: "#fbe5df"

    readonly property string face: "Inter"
    readonly property string displayFace: "Inter Display"
    readonly property real display: 76 * u
    readonly property real title: 54 * u
    readonly property real heading: 38 * u
    readonly property real body: 30 * u
    readonly property real small: 25 * u

    readonly property real margin: 64 * u
    readonly property real gap: 24 * u
    readonly property real radius: 22 * u
    // 15 mm on a 32-inch portrait screen are 41 pixels; every key is more than twice that.
    readonly property real target: 96 * u

    function ink_of(tone: string): color {
        return tone === "late" ? coral : tone === "good" ? leaf : tone === "attention" ? sunInk : ink
    }

    function soft_of(tone: string): color {
        return tone === "late" ? coralSoft : tone === "good" ? leafSoft : tone === "attention" ? sunSoft : mist
    }
}
