#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A NetworkManager that only says how it stands, for what reads it: GIO's network monitor.

usage: fake_network_manager.py ADDRESS     of the bus that plays the system's

Prints {"event": "ready"} when it has its name. Takes "state STATE CONNECTIVITY" on stdin (NM's
numbers: 70 4 is online, 20 1 is without a network) and prints {"event": "said"} when that has left.
"""

import json
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.NetworkManager"
PATH = "/org/freedesktop/NetworkManager"
XML = """<node><interface name="org.freedesktop.NetworkManager">
<property name="State" type="u" access="read"/>
<property name="Connectivity" type="u" access="read"/>
<property name="Metered" type="u" access="read"/>
<property name="NetworkingEnabled" type="b" access="read"/>
</interface></node>"""


class Manager:
    def __init__(self, address):
        self.now = {"State": 70, "Connectivity": 4, "Metered": 2, "NetworkingEnabled": True}
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        info = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.bus.register_object(PATH, info, None, self.get, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, 0, lambda *_: say("ready"), None)

    def get(self, _bus, _sender, _path, _interface, name):
        return GLib.Variant("b" if name == "NetworkingEnabled" else "u", self.now[name])

    def change(self, state, connectivity):
        self.now.update(State=state, Connectivity=connectivity)
        changed = {name: GLib.Variant("u", self.now[name]) for name in ("State", "Connectivity")}
        self.bus.emit_signal(None, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                             GLib.Variant("(sa{sv}as)", (NAME, changed, [])))
        # and in the way from before D-Bus had a standard one, which is what GLib 2.74 listens to
        self.bus.emit_signal(None, PATH, NAME, "PropertiesChanged", GLib.Variant("(a{sv})", (changed,)))
        self.bus.flush_sync(None)
        say("said")


def say(event):
    print(json.dumps({"event": event}), flush=True)


def on_line(stream, result, manager):
    line, _length = stream.read_line_finish_utf8(result)
    if line is None:
        loop.quit()
        return
    words = line.split()
    if words[:1] == ["state"]:
        manager.change(int(words[1]), int(words[2]))
    stream.read_line_async(0, None, on_line, manager)


loop = GLib.MainLoop()
commands = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, False))
commands.read_line_async(0, None, on_line, Manager(sys.argv[1]))
loop.run()
