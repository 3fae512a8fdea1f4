#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server that shows nothing and tells everything: org.freedesktop.Notifications.

notification_server.py [CAPABILITY...]
One JSON object per line: {"event": "ready"}, {"event": "notify", "id", "summary", "body",
"actions", "hints"}, {"event": "close", "id"}. Takes {"invoke": [id, action]}.
"""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
XML = """<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""

CLOSED_BY_USER = 2
CLOSED_BY_CALL = 3


def say(**event):
    print(json.dumps(event, default=str), flush=True)


def main():
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    last = [0]

    def tell_closed(number, why):
        connection.emit_signal(None, PATH, NAME, "NotificationClosed", GLib.Variant("(uu)", (number, why)))

    def on_call(bus, sender, path, interface, method, parameters, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (sys.argv[1:],)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
        elif method == "Notify":
            _, replaces, icon, summary, body, actions, hints, _ = parameters.unpack()
            last[0] = replaces or last[0] + 1
            say(event="notify", id=last[0], icon=icon, summary=summary, body=body, actions=actions, hints=hints)
            invocation.return_value(GLib.Variant("(u)", (last[0],)))
        else:
            number = parameters.unpack()[0]
            say(event="close", id=number)
            tell_closed(number, CLOSED_BY_CALL)
            invocation.return_value(None)

    def on_line(channel, condition):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        number, action = json.loads(line)["invoke"]
        connection.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (number, action)))
        tell_closed(number, CLOSED_BY_USER)  # a press ends a notification
        return True

    connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
    Gio.bus_own_name_on_connection(
        connection, NAME, Gio.BusNameOwnerFlags.NONE, lambda *a: say(event="ready"), None
    )
    loop.run()


if __name__ == "__main__":
    main()
