#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What GNOME's shell tells of the user, on the session bus: how long nobody has touched anything, and
whether the screen is locked.

Commands, one a line on stdin: idle, active, lock, unlock. Events as JSON lines on stdout: ready, and
what the shell was asked: watch (ms), active-watch, remove.
"""

import json
import sys

from gi.repository import Gio, GLib

MUTTER = "org.gnome.Mutter.IdleMonitor"
SAVER = "org.gnome.ScreenSaver"
XML = """<node>
 <interface name="org.gnome.Mutter.IdleMonitor">
  <method name="AddIdleWatch"><arg type="t" direction="in"/><arg type="u" direction="out"/></method>
  <method name="AddUserActiveWatch"><arg type="u" direction="out"/></method>
  <method name="RemoveWatch"><arg type="u" direction="in"/></method>
  <signal name="WatchFired"><arg type="u"/></signal>
 </interface>
</node>"""


class Shell:
    def __init__(self):
        self.watches = {}  # number: milliseconds, or None for "active"
        self.last = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.bus.register_object("/org/gnome/Mutter/IdleMonitor/Core", interface, self.on_call, None, None)
        for name in (MUTTER, SAVER):
            self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                               "RequestName", GLib.Variant("(su)", (name, 4)), None, 0, -1, None)

    def say(self, event, **fields):
        print(json.dumps({"event": event, **fields}), flush=True)

    def add(self, limit):
        self.last += 1
        self.watches[self.last] = limit
        return GLib.Variant("(u)", (self.last,))

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        if method == "RemoveWatch":
            self.watches.pop(parameters.unpack()[0], None)
            invocation.return_value(None)
            self.say("remove")
            return
        limit = parameters.unpack()[0] if method == "AddIdleWatch" else None
        invocation.return_value(self.add(limit))
        self.say("watch" if limit is not None else "active-watch", ms=limit)

    def fire(self, active):
        for number, limit in list(self.watches.items()):
            if (limit is None) == active:
                if active:
                    del self.watches[number]
                self.bus.emit_signal(None, "/org/gnome/Mutter/IdleMonitor/Core", MUTTER, "WatchFired",
                                     GLib.Variant("(u)", (number,)))

    def on_line(self, stream, condition):
        line = stream.readline().strip()
        if not line:
            loop.quit()
            return False
        if line in ("idle", "active"):
            self.fire(line == "active")
        else:
            self.bus.emit_signal(None, "/org/gnome/ScreenSaver", SAVER, "ActiveChanged",
                                 GLib.Variant("(b)", (line == "lock",)))
        return True


loop = GLib.MainLoop()
shell = Shell()
GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, shell.on_line)
shell.say("ready")
loop.run()
