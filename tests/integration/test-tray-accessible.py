#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray's windows as a screen reader gets them, through AT-SPI: everything that takes the focus
has a name, a call says its state in words and is answered without seeing it."""

import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, PEOPLE, READY_PHONE, Session  # noqa: E402
from harness import ROOT, Failure  # noqa: E402

CALL = {"Phone": "desk", "Number": "+493012345678", "Display": "+49 30 12345678", "Name": "Bob Baker"}


def start(session):
    for name in ("NO_AT_BRIDGE", "GTK_A11Y"):
        session.env.pop(name, None)
    os.makedirs(session.path("services"), exist_ok=True)
    shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", session.path("services"))
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE})
    session.tray()
    session.wait_window("^Offhook$")


def ask(session, *what):
    return subprocess.run(
        ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "accessible_tree.py"), "offhook-tray", *what],
        env=session.env, capture_output=True, text=True, timeout=harness.DEADLINE_S,
    )


def tree(session):
    done = ask(session)
    return json.loads(done.stdout) if done.returncode == 0 else []


def names(session):
    return [e["name"] for e in tree(session) if e["showing"]]


def wait_name(session, name):
    session.wait_for("“%s” for a screen reader" % name, lambda: name in names(session))


# What GTK puts around things that have a name: a row has one in its text, not in its dot.
AROUND = ("scroll pane", "viewport", "panel", "filler", "table cell")


def all_named(session, where):
    seen = [e for e in tree(session) if e["showing"] and e["focusable"]]
    nameless = [e for e in seen if not e["name"] and e["role"] not in AROUND]
    if nameless:
        raise Failure("%s: without a name: %s" % (where, nameless))


def test_windows():
    """whatever takes the focus has a name, in every window"""
    with Session() as s:
        start(s)
        wait_name(s, "Bob Baker\nAvailable")
        for name in ("My status: Available", "Menu", "Call a number", "Search names and numbers", "Contacts"):
            wait_name(s, name)
        all_named(s, "the main window")
        s.key("ctrl+n")
        s.wait_window("^Call$")
        wait_name(s, "Name or number to call")
        s.type("carol")
        wait_name(s, "Carol Chen, In a call, Work  +49 30 12345679")
        all_named(s, "the dial window")
        s.key("Escape")
        s.wait_no_window("^Call$")
        s.tray("tel:+493012345678", wait=False)
        wait_name(s, "Call Bob Baker +49 30 12345678?")
        all_named(s, "the question")


def test_doctor():
    """the check says its progress and every finding in words"""
    with Session() as s:
        for name in ("NO_AT_BRIDGE", "GTK_A11Y"):
            s.env.pop(name, None)
        os.makedirs(s.path("services"), exist_ok=True)
        shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", s.path("services"))
        s.start_bus(real_agent=True)
        s.start_screen()
        s.start_window_manager()
        s.tray()
        s.wait_window("^Offhook$")
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.offhook.Tray", "--object-path", "/org/offhook/Tray",
             "--method", "org.gtk.Actions.Activate", "doctor", "[]", "{}"],
            env=s.env, check=True, stdout=subprocess.DEVNULL,
        )
        s.wait_window("^Check Sign-In and Phones$")
        wait_name(s, "What was found")
        s.wait_for("a warning in words", lambda: [n for n in names(s) if n.startswith("Warning: Settings: nobody to sign in. ")])
        wait_name(s, "Copy for the Help Desk")
        all_named(s, "the check")


def test_call():
    """a call says who and in which state, and is answered and ended without seeing it"""
    with Session() as s:
        start(s)
        wait_name(s, "Contacts")
        s.tell_agent(call="c1", set=dict(CALL, State="incoming"))
        wait_name(s, "Incoming call: Bob Baker")
        wait_name(s, "Bob Baker – is calling")
        all_named(s, "the popup")
        if ask(s, "press", "Answer").returncode != 0:
            raise Failure("Answer cannot be pressed")
        s.agent.wait("method", name="Answer")
        s.tell_agent(call="c1", set={"State": "connected"})
        wait_name(s, "Bob Baker – connected")
        if ask(s, "press", "Hang Up").returncode != 0:
            raise Failure("Hang Up cannot be pressed")
        s.agent.wait("method", name="HangUp")


DORA = ["Dean, Dora", "sip:dora@fabrikam.test", "", "Buyer", "Purchase", "Fabrikam", "", [["work", "+493039847", ""]]]


def search(session, typed, **answer):
    """Types into the search field; the directory answers that."""
    session.type(typed)
    while session.agent.wait("method", name="Search")["arguments"][0] != typed:
        pass
    session.tell_agent(**answer)


def test_directory():
    """people of the directory, that there are more, and what went wrong are read out"""
    with Session() as s:
        start(s)
        wait_name(s, "Contacts")
        if "Directory" in names(s):
            raise Failure("a directory before anybody has searched")
        s.tell_agent(directory=True)
        search(s, "dora", found=[DORA], more=True)
        for name in ("Directory", "Dean, Dora\nBuyer, Purchase, Fabrikam", "There are more people; type more."):
            wait_name(s, name)
        all_named(s, "the directory")
        s.key("Escape")
        s.wait_for("nothing left of it", lambda: "Directory" not in names(s))
        search(s, "bob", found=[], failed=["unreachable", "The directory does not answer.", "Check the network."])
        wait_name(s, "The directory does not answer. Check the network.")
        wait_name(s, "Bob Baker\nAvailable")


if __name__ == "__main__":
    sys.exit(harness.run([test_windows, test_doctor, test_call, test_directory]))
