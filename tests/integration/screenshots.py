#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the README: icon states in a light and a dark panel, the menu, the contact
menu, the question a link raises, the incoming call.

screenshots.py FOLDER

The programs are real, the panel is Xfce's; the agent tells what the pictures need.
"""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import ONLINE, READY_PHONE, Session  # noqa: E402

PEOPLE = [
    ["sip:bob@fabrikam.test", "Bob Baker", "available/", "", ["Pinned Contacts"],
     [["work", "+493012345678", "+49 30 12345678"], ["mobile", "+491711234567", "+49 171 1234567"]]],
    ["sip:carol@fabrikam.test", "Carol Chen", "busy/on-the-phone", "", ["Pinned Contacts"],
     [["work", "+493012345679", "+49 30 12345679"]]],
    ["sip:dave@fabrikam.test", "Dave Dörfler", "away/", "Back at three", [],
     [["work", "+493012345680", "+49 30 12345680"]]],
    ["sip:eve@fabrikam.test", "Eve Ekberg", "dnd/in-presentation", "", [],
     [["work", "+493012345681", "+49 30 12345681"]]],
    ["sip:frank@fabrikam.test", "Frank Fischer", "idle/", "", [], [["work", "+493012345682", "+49 30 12345682"]]],
    ["sip:gina@fabrikam.test", "Gina Gupta", "busy/in-a-meeting", "Room 4", [],
     [["work", "+493012345683", "+49 30 12345683"]]],
    ["sip:hugo@fabrikam.test", "Hugo Hall", "offline/", "", [], [["home", "+493098765432", "+49 30 98765432"]]],
]
CALL = {"Phone": "desk", "Number": "+493012345678", "Display": "+49 30 12345678", "Name": "Bob Baker"}
STATES = [
    ("offhook-signed-in", {"agent": ONLINE}),
    ("offhook-signed-out", {"agent": {"EndpointState": "offline"}}),
    ("offhook-trouble", {"agent": {"EndpointState": "failed", "EndpointReason": "The password was refused."}}),
    ("offhook-ringing", {"call": "c1", "set": dict(CALL, State="incoming")}),
    ("offhook-on-the-phone", {"call": "c1", "set": {"State": "connected"}}),
]
PANEL_HEIGHT = 28


def start(session, dark=False):
    session.env["GTK_THEME"] = "Adwaita:dark" if dark else "Adwaita"
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.x("display", "-window", "root", "-size", session.size.rsplit("x", 1)[0], "xc:#4a6984")
    session.start_panel(dark)
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE})
    session.tray("--background")
    session.wait_for("the icon", session.items)
    session.wait_for("contacts", lambda: session.find_entry("Bob Baker – Available"))


def settle(session, take):
    """The same picture twice in a row: whatever moved has stopped."""
    last = None

    def same():
        nonlocal last
        take(session.path("now.png"))
        with open(session.path("now.png"), "rb") as picture:
            pixels = subprocess.run(["convert", "-", "rgb:-"], stdin=picture, capture_output=True, check=True).stdout
        before, last = last, pixels
        return pixels == before

    session.wait_for("a quiet picture", same)
    return session.path("now.png")


def keep(session, folder, name, take, *options):
    subprocess.run(["convert", settle(session, take), *options, os.path.join(folder, name)], check=True)
    print(os.path.join(folder, name))


def icon_states(folder):
    """Five states in a light and a dark panel, three times as large as on the screen."""
    rows = []
    for dark in (False, True):
        with Session() as s:
            s.env["GTK_THEME"] = "Adwaita"
            start(s, dark)
            for number, (icon, command) in enumerate(STATES):
                s.tell_agent(**command)
                s.wait_for(icon, lambda: s.icon_name() == icon)
                crop = "%dx%d+%d+0" % (PANEL_HEIGHT + 4, PANEL_HEIGHT, 1024 - PANEL_HEIGHT - 4)
                shot = settle(s, lambda path: s.picture(path, crop=crop))
                rows.append(os.path.join(folder, ".icon-%d-%d.png" % (dark, number)))
                os.replace(shot, rows[-1])
    half = len(STATES)
    lines = ["(", *rows[:half], "+append", ")", "(", *rows[half:], "+append", ")"]
    subprocess.run(["convert", *lines, "-append", "-scale", "300%", os.path.join(folder, "icon-states.png")], check=True)
    for row in rows:
        os.remove(row)
    print(os.path.join(folder, "icon-states.png"))


def menu(s, folder):
    s.x("xdotool", "mousemove", "1010", "14", "click", "3")
    s.key("Down")
    keep(s, folder, "menu.png", lambda path: s.picture(path, crop="420x430+604+0"))
    s.key("Escape")


def contact_menu(s, folder):
    s.click("Contacts")
    s.wait_window("^Offhook$")
    s.wait_focus("^Offhook$")
    s.key("Home", "Menu", "Right")
    keep(s, folder, "contacts.png", lambda path: s.picture(path, crop="520x592+0+28"))
    s.key("Escape", "Escape", "ctrl+w")
    s.wait_no_window("^Offhook$")


def question(s, folder):
    s.tray("tel:+49-30-12345678", wait=False)
    window = s.wait_window("^Call on Your Desk Phone$")
    s.wait_focus("^Call on")
    keep(s, folder, "confirm.png", lambda path: s.picture(path, window), "-shave", "4x4")
    s.key("Escape")


def call(s, folder):
    s.x("xdotool", "mousemove", "100", "600")  # no tooltip
    s.tell_agent(call="c1", set=dict(CALL, State="incoming", Direction="incoming"))
    s.wait_window("^Incoming call")
    keep(s, folder, "call.png", lambda path: s.picture(path, crop="384x180+640+0"))
    s.tell_agent(call="c1", set=None)


def main():
    if len(sys.argv) != 2:
        print("usage: screenshots.py FOLDER", file=sys.stderr)
        return 2
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    icon_states(folder)
    with Session(size="1024x640x24") as s:
        start(s)
        for take in (menu, contact_menu, question, call):
            take(s, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
