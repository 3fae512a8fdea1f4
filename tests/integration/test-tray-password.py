#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window that changes a phone's password, by keyboard and as a screen reader sees it. The agent
is a fake one; test-phone-admin.py has the real one, with a phone behind it."""

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, READY_PHONE, Session  # noqa: E402
from harness import ROOT, Failure  # noqa: E402

TITLE = "^Change Password$"
ENTRY = "Change the Phone's Password…"
PROVISIONED = ["warning", "provisioned", "The phone is provisioned.", "Have the same set there."]
CHANGED = ["ok", "login-changed", "The phone has let us in with the new password.", ""]
UNSTORED = ["warning", "not-stored", "The phone was not told to keep it.", "Press “Save” on its web page."]
CLIPBOARD = """
import gi
gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or "")
"""


def start(session, blocked=""):
    for name in ("NO_AT_BRIDGE", "GTK_A11Y"):
        session.env.pop(name, None)
    os.makedirs(session.path("services"), exist_ok=True)
    shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", session.path("services"))
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.start_panel()
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE})
    session.tray("--background")
    session.wait_for("the icon", session.items)
    session.wait_for("the phone", lambda: session.find_entry("Phone “desk”"))
    if session.find_entry(ENTRY):
        raise Failure("a phone whose password cannot be set is offered")
    about = {"user": "admin", "digest": True, "user-blocked": blocked}
    session.tell_agent(admin="desk", look=[about, [PROVISIONED]], set=None)
    open_dialog(session)


def open_dialog(session):
    session.wait_for("the entry", lambda: session.find_entry(ENTRY))
    session.click(ENTRY)
    session.agent.wait("method", name="Look")
    session.wait_window(TITLE)
    session.wait_focus(TITLE)
    wait_name(session, "User name: admin")
    wait_name(session, "Warning: The phone is provisioned..  Have the same set there.")


def tree(session):
    done = subprocess.run(
        ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "accessible_tree.py"), "offhook-tray"],
        env=session.env, capture_output=True, text=True, timeout=harness.DEADLINE_S,
    )
    return json.loads(done.stdout) if done.returncode == 0 else []


def names(session):
    return [e["name"] for e in tree(session) if e["showing"]]


def wait_name(session, name):
    session.wait_for("“%s” for a screen reader" % name, lambda: name in names(session))


def clipboard(session):
    done = subprocess.run(
        ["/usr/bin/python3", "-c", CLIPBOARD], env=session.env, capture_output=True, text=True,
        timeout=harness.DEADLINE_S,
    )
    return done.stdout.strip()


def picture(session, name):
    session.picture(os.environ.get("OH_PICTURES", session.dir) + "/phone-password-%s.png" % name)


def test_generated():
    """a strong password is made, copied and set; warnings, steps and result are told"""
    with Session() as s:
        start(s)
        nameless = [e for e in tree(s) if e["showing"] and e["focusable"] and not e["name"]
                    and e["role"] not in ("panel", "filler")]
        if nameless:
            raise Failure("without a name: %s" % nameless)
        s.key("alt+y")
        s.wait_for("a password on the clipboard", lambda: re.fullmatch("[a-z0-9]{20}", clipboard(s)))
        copied = clipboard(s)
        s.key("alt+w")
        picture(s, "offered")
        s.key("alt+h")
        seen = s.agent.wait("method", name="SetLogin")["arguments"]
        if seen != ["user", "", copied]:
            raise Failure("set %r, copied %r" % (seen, copied))
        s.tell_agent(progress=["desk", "try-new", "The phone is asked with the new password"])
        wait_name(s, "The phone is asked with the new password")
        picture(s, "running")
        s.key("Escape")  # not before it is known which password counts
        s.tell_agent(**{"set-done": ["desk", [CHANGED, UNSTORED]]})
        wait_name(s, "Good: The phone has let us in with the new password..  ")
        wait_name(s, "Warning: The phone was not told to keep it..  Press “Save” on its web page.")
        picture(s, "done")
        s.key("Return")
        s.wait_no_window(TITLE)
        s.wait_for("an empty clipboard", lambda: clipboard(s) == "")


def test_own():
    """the user's own has to be typed twice; a refusal is said, and Enter tries again"""
    with Session() as s:
        start(s)
        s.key("alt+o")
        s.type("Apfel")
        s.key("Tab")
        s.type("Apfe")
        wait_name(s, "Both are not the same yet.")
        s.key("Return")  # does nothing
        s.tell_agent(refuse={"SetLogin": ["PhoneRefused", "The phone refused it."]})
        s.type("l")
        s.key("Return")
        if s.agent.wait("method", name="SetLogin")["arguments"] != ["user", "", "Apfel"]:
            raise Failure("something else was set")
        s.wait_for("the refusal", lambda: [n for n in names(s) if n.startswith("The phone refused it.")])
        picture(s, "refused")
        s.tell_agent(allow=["SetLogin"])
        s.key("alt+h")
        s.agent.wait("method", name="SetLogin")
        s.tell_agent(**{"set-done": ["desk", [CHANGED]]})
        wait_name(s, "Good: The phone has let us in with the new password..  ")
        s.key("Escape")
        s.wait_no_window(TITLE)


def test_blocked():
    """a phone that lets nobody write its login is named before anything is sent"""
    with Session() as s:
        start(s, blocked="http_pass")
        s.wait_for("the setting", lambda: [n for n in names(s) if "“http_pass”" in n])
        picture(s, "blocked")
        s.key("alt+h", "Return")
        s.wait_no_window(TITLE)
        if [e for e in s.agent.events if e.get("name") == "SetLogin"]:
            raise Failure("it was set all the same")


if __name__ == "__main__":
    sys.exit(harness.run([test_generated, test_own, test_blocked]))
