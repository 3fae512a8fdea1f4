#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program of the desktop that has a trace: its text is on the clipboard, and its window, in
the corner at the upper left, can be dragged as a file.

trace_source.py FILE
"""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        text = stream.read()
    uri = Gio.File.new_for_path(sys.argv[1]).get_uri()
    window = Gtk.Window(type=Gtk.WindowType.POPUP)
    box = Gtk.EventBox()
    window.add(box)
    window.set_default_size(60, 60)
    window.move(0, 0)
    box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    box.drag_source_add_uri_targets()
    box.connect("drag-data-get", lambda widget, context, data, info, time: data.set_uris([uri]))
    window.show_all()
    clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
    clipboard.set_text(text, -1)
    print('{"event": "ready"}', flush=True)
    Gtk.main()


if __name__ == "__main__":
    main()
