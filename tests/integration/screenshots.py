#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the README: icon states in a light and a dark panel, the menu, the contact
menu, the question a link raises, the incoming call, the check of sign-in and phones, an explained
trace.

screenshots.py FOLDER

Agent, front end, phone and panel are real programs; only for the sheet of icons, which needs
states that never follow each other, a fake agent says what it is told.
"""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import ONLINE, READY_PHONE, Session  # noqa: E402
from harness import ROOT  # noqa: E402

PEOPLE = """[alice@fabrikam.test]
name=Alice Adams
logins=FABRIKAM\\\\alice;alice@FABRIKAM.TEST;
contacts=bob@fabrikam.test|Pinned Contacts;carol@fabrikam.test|Pinned Contacts;dave@fabrikam.test|Team;eve@fabrikam.test|Team;frank@fabrikam.test|Team;gina@fabrikam.test|Team;hugo@fabrikam.test|Team;
[bob@fabrikam.test]
name=Bob Baker
work=+49 30 12345678|tel:+493012345678
mobile=+49 171 1234567|tel:+491711234567
presence=available
[carol@fabrikam.test]
name=Carol Cooper
work=+49 30 12345679|tel:+493012345679
presence=busy
activity=on-the-phone
[dave@fabrikam.test]
name=Dave Dörfler
work=+49 30 12345680|tel:+493012345680
presence=away
note=Back at three
[eve@fabrikam.test]
name=Eve Ekberg
work=+49 30 12345681|tel:+493012345681
presence=dnd
[frank@fabrikam.test]
name=Frank Fischer
work=+49 30 12345682|tel:+493012345682
presence=idle
[gina@fabrikam.test]
name=Gina Gupta
work=+49 30 12345683|tel:+493012345683
presence=busy
activity=in-a-meeting
note=Room 4
[hugo@fabrikam.test]
name=Hugo Hall
home=+49 30 98765432|tel:+493098765432
presence=offline
"""
CALL = {"Phone": "desk", "Number": "+493012345678", "Display": "+49 30 12345678", "Name": "Bob Baker"}
STATES = [
    ("offhook-signed-in", {"agent": ONLINE}),
    ("offhook-signed-out", {"agent": {"EndpointState": "offline"}}),
    ("offhook-trouble", {"agent": {"EndpointState": "failed", "EndpointReason": "The password was refused."}}),
    ("offhook-ringing", {"call": "c1", "set": dict(CALL, State="incoming")}),
    ("offhook-on-the-phone", {"call": "c1", "set": {"State": "connected"}}),
]
PANEL_HEIGHT = 28
QUIET_S = 0.6  # longer than any fade, and than a button that waits before it can be pressed


def start(session, dark=False):
    session.env["GTK_THEME"] = "Adwaita:dark" if dark else "Adwaita"
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.start_panel(dark)
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE})
    session.tray("--background")
    session.wait_for("the icon", session.items)


def settle(session, take):
    """A picture that has not changed for some time: whatever moved has stopped."""
    last, since = None, time.monotonic()

    def is_quiet():
        nonlocal last, since
        take(session.path("now.png"))
        with open(session.path("now.png"), "rb") as picture:
            pixels = subprocess.run(["convert", "-", "rgb:-"], stdin=picture, capture_output=True, check=True).stdout
        if pixels != last:
            last, since = pixels, time.monotonic()
        return time.monotonic() - since > QUIET_S

    session.wait_for("a quiet picture", is_quiet)
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
    s.key("Home", "Down", "Menu", "Right")  # below the heading
    keep(s, folder, "contacts.png", lambda path: s.picture(path, crop="470x420+0+28"))
    s.key("Escape", "Escape", "ctrl+w")
    s.wait_no_window("^Offhook$")


def question(s, folder):
    s.tray("tel:+49-30-12345678", wait=False)
    window = s.wait_window("^Call on Your Desk Phone$")
    s.wait_focus("^Call on")
    keep(s, folder, "confirm.png", lambda path: s.picture(path, window), "-shave", "4x4")
    s.key("Escape")


def explain(folder):
    """What a trace says, with the message that went wrong."""
    trace = os.path.join(ROOT, "tests/data/explain/012-ntlm-session-security-mismatch.txt")
    with Session(size="1024x700x24") as s:
        s.start_bus()
        s.start_screen()
        s.start_window_manager()
        s.start_fake_agent({"agent": ONLINE})
        s.tray("--explain", trace)
        window = s.wait_window("^Explain a Trace$")
        s.wait_focus("^Explain a Trace$")
        settle(s, lambda path: s.picture(path, window))
        s.key("End", "Up")
        keep(s, folder, "explain.png", lambda path: s.picture(path, window), "-shave", "4x4")


def call(s, folder, phone):
    s.x("xdotool", "mousemove", "100", "600")  # no tooltip
    phone.send("ring +493012345678")
    s.wait_window("^Incoming call: Bob Baker$")
    keep(s, folder, "call.png", lambda path: s.picture(path, crop="404x192+620+0"))
    phone.send("remote-hangup")


def doctor(folder):
    """A certificate that ends soon, and a phone whose hidden tags are on."""
    with Session(size="1024x700x24") as s:
        s.make_certificates()
        phone = s.start_real_desk()
        phone.send("set use_hidden_tags on")
        phone.wait("reply", command="set")
        s.click("Check Sign-In and Phones…")
        window = s.wait_window("^Check Sign-In and Phones$")
        s.wait_focus("^Check Sign-In")
        keep(s, folder, "doctor.png", lambda path: s.picture(path, window), "-shave", "4x4")


def main():
    if len(sys.argv) < 2:
        print("usage: screenshots.py FOLDER [doctor]", file=sys.stderr)
        return 2
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    doctor(folder)
    if sys.argv[2:] == ["doctor"]:
        return 0
    icon_states(folder)
    explain(folder)
    with Session(size="1024x640x24") as s:
        with open(s.path("people"), "w", encoding="utf-8") as out:
            out.write(PEOPLE)
        phone = s.start_real_desk("--people=" + s.path("people"))
        s.x("display", "-window", "root", "-size", "1024x640", "xc:#4a6984")
        s.wait_for("contacts", lambda: s.find_entry("Bob Baker – Available"))
        for take in (menu, contact_menu, question):
            take(s, folder)
        call(s, folder, phone)
    return 0


if __name__ == "__main__":
    sys.exit(main())
