// The window: frame, one page at a time, then countdown and alert over it. It binds and decides nothing.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: main

    required property var vm
    property string page
    readonly property bool dark: page === "attract"

    color: Theme.paper

    Binding {
        target: Theme
        property: "wide"
        value: main.width > main.height
    }
    Binding {
        target: Theme
        property: "u"
        value: main.width > main.height ? Math.min(main.width / 1920, main.height / 1080) : Math.min(main.width / 1080, main.height / 1920)
    }
    Binding {
        target: Theme
        property: "moving"
        value: main.vm.front
    }

    function turn(): void {
        const body = main.vm.body
        if (body.page === main.page && stage.item) {
            // Every page has a content; the loader knows no more than an object.
            // qmllint disable missing-property
            stage.item.content = body.content
            // qmllint enable missing-property
            return
        }
        main.page = body.page
        const file = body.page.charAt(0).toUpperCase() + body.page.slice(1) + "Page.qml"
        stage.setSource(file, {
            "vm": main.vm,
            "content": body.content
        })
    }

    Connections {
        target: main.vm
        function onBodyChanged(): void {
            main.turn()
        }
    }
    Component.onCompleted: main.turn()

    Loader {
        id: stage
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: main.dark ? parent.top : acting.bottom
        anchors.bottom: main.dark ? parent.bottom : footer.top
    }
    Header {
        id: header
        width: parent.width
        vm: main.vm
        dark: main.dark
    }
    Ribbon {
        id: ribbon
        width: parent.width
        y: header.height
        vm: main.vm
        dark: main.dark
    }
    Acting {
        id: acting
        width: parent.width
        anchors.top: ribbon.bottom
        vm: main.vm
    }
    Footer {
        id: footer
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !main.dark
        vm: main.vm
    }
    Loader {
        anchors.fill: parent
        active: !!main.vm.countdown
        sourceComponent: Component {
            Countdown {
                vm: main.vm
            }
        }
    }
    Loader {
        anchors.fill: parent
        active: !!main.vm.alert
        sourceComponent: Component {
            AlertCover {
                vm: main.vm
            }
        }
    }
}
