#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contact list changed in its window, by keyboard, through the real agent to the front end:
groups that open and close, adding, renaming, moving, removing and undoing."""

import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import Session  # noqa: E402
from harness import ROOT, Failure  # noqa: E402

BOB = "sip:bob@fabrikam.test"
CAROL = "sip:carol@fabrikam.test"
DORA = "sip:dora@fabrikam.test"


def start(session, *options):
    for name in ("NO_AT_BRIDGE", "GTK_A11Y"):
        session.env.pop(name, None)
    front_end = session.start_front_end(*options)
    session.kinit()
    os.makedirs(session.path("services"), exist_ok=True)
    shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", session.path("services"))
    session.start_bus(real_agent=True)
    session.set_account(front_end)
    session.start_screen()
    session.start_window_manager()
    session.expect(0, "sign-in")
    session.tray()
    session.wait_window("^Offhook$")
    wait_row(session, "Team\n1 person")
    wait_row(session, "Bob Baker\nAvailable")
    session.wait_focus("^Offhook$")
    return front_end


def tree(session):
    done = subprocess.run(
        ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "accessible_tree.py"), "offhook-tray"],
        env=session.env, capture_output=True, text=True, timeout=harness.DEADLINE_S,
    )
    return json.loads(done.stdout) if done.returncode == 0 else []


def names(session):
    return [e["name"] for e in tree(session) if e["showing"]]


def rows(session):
    """What stands in the list: first lines of the cells with two."""
    return [n.split("\n")[0] for n in names(session) if "\n" in n]


def wait_row(session, name):
    session.wait_for("“%s” in the list" % name, lambda: any(n.startswith(name) for n in names(session)))


def wait_rows(session, *wanted):
    try:
        session.wait_for("the rows %s" % (wanted,), lambda: rows(session) == list(wanted))
    except Failure as problem:
        raise Failure("%s\nbut %s" % (problem, rows(session))) from None


def people(session):
    listed = json.loads(session.expect(0, "contacts", "--json").stdout)
    return {p["uri"]: (p["name"], p["groups"]) for p in listed}


def wait_people(session, what, test):
    session.wait_for(what, lambda: test(people(session)))


ALL = ("Team", "Bob Baker", "Friends", "Carol Cooper")


def test_groups():
    """groups open and close by keyboard, in the server's order; a search has no headings"""
    with Session() as s:
        front_end = start(s)
        wait_rows(s, *ALL)
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/contacts-groups.png")
        s.key("Home", "Left")  # the heading of the team
        wait_rows(s, "Team", "Friends", "Carol Cooper")
        s.key("Right")
        wait_rows(s, *ALL)
        s.key("Down", "Left")  # from Bob to his heading
        wait_rows(s, "Team", "Friends", "Carol Cooper")
        s.key("Return")
        wait_rows(s, *ALL)
        front_end.send("group alice rename Friends Freunde")
        front_end.send("group alice add Zuletzt")
        wait_rows(s, *ALL[:2], "Freunde", "Carol Cooper", "Zuletzt")
        s.type("ob")
        wait_rows(s, "Bob Baker")


def choose_bob(s):
    s.key("Home", "Down")


def test_edit():
    """added, renamed, removed and brought back from the keyboard"""
    with Session() as s:
        front_end = start(s)
        s.bus_call("org.offhook.Tray", "/org/offhook/Tray/window/1", "org.gtk.Actions.Activate", "add-contact", "[]", "{}")
        s.wait_focus("^Add Contact$")
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/contacts-add.png")
        s.type("dora@fabrikam.test")
        s.key("Tab")
        s.type("Dora")
        s.key("Return")
        s.wait_no_window("^Add Contact$")
        front_end.wait("roster", operation="setContact")
        wait_rows(s, "Other contacts", "Dora", *ALL)
        s.wait_focus("^Offhook$")
        s.key("Home", "Down", "Down", "Down", "F2")  # Bob
        s.wait_focus("^Rename Contact$")
        s.key("ctrl+a")
        s.type("Bobby")
        s.key("Return")
        wait_rows(s, "Other contacts", "Dora", "Team", "Bobby", *ALL[2:])
        s.wait_focus("^Offhook$")
        s.key("Delete")
        wait_rows(s, "Other contacts", "Dora", "Team", *ALL[2:])
        s.wait_for("the offer to undo", lambda: "Undo" in names(s))
        wait_people(s, "no bob", lambda p: BOB not in p)
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/contacts-undo.png")
        s.key("alt+u")
        wait_people(s, "bob as he was", lambda p: p.get(BOB) == ("Bobby", ["Team"]))
        wait_rows(s, "Other contacts", "Dora", "Team", "Bobby", *ALL[2:])
        s.wait_for("no offer any more", lambda: "Undo" not in names(s))


def test_menu():
    """the menu key moves somebody to another group, and removes a group"""
    with Session() as s:
        front_end = start(s)
        choose_bob(s)
        s.key("Menu")
        s.wait_for("the menu", lambda: "Move to Group" in names(s))
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/contacts-menu.png")
        s.key("m")
        s.wait_for("the groups", lambda: "Friends" in [n for n in names(s) if "\n" not in n])
        s.key("Down", "Down", "Return")
        wait_people(s, "bob with the friends", lambda p: p[BOB][1] == ["Friends"])
        wait_rows(s, "Team", "Friends", "Bob Baker", "Carol Cooper")
        s.key("Home", "Delete")  # the team's heading
        wait_rows(s, "Friends", "Bob Baker", "Carol Cooper")
        front_end.send("roster alice dora@fabrikam.test Dora")
        wait_rows(s, "Other contacts", "Dora", "Friends", "Bob Baker", "Carol Cooper")
        s.key("Home", "Delete")  # everybody else: stays
        s.key("Down", "Down", "F2")
        s.wait_focus("^Rename Group$")
        s.key("ctrl+a")
        s.type("Freunde")
        s.key("Return")
        wait_rows(s, "Other contacts", "Dora", "Freunde", "Bob Baker", "Carol Cooper")


def test_trouble():
    """a refusal is said in the window; an old list says its age"""
    with Session() as s:
        front_end = start(s)
        front_end.send("refuse SERVICE 403 - -1")
        front_end.wait("control", ok=True)
        choose_bob(s)
        s.key("Delete")
        s.wait_for("the refusal", lambda: [n for n in names(s) if "refused to change your contact list" in n])
        front_end.send("listen off")
        front_end.send("cut")
        s.wait_for("the age", lambda: [n for n in names(s) if n.startswith("As of ")])
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/contacts-stale.png")


if __name__ == "__main__":
    harness.run([test_groups, test_edit, test_menu, test_trouble])
