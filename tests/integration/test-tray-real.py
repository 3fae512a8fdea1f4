#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tray with the real agent, the front end and a phone: what a user sees and clicks, from
sign-in to sign-out and back."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import Session  # noqa: E402
from harness import Failure  # noqa: E402

ASKS = "^Call on Your Desk Phone$"
BOB = "Bob Baker – Available"


def wait_icon(session, name):
    session.wait_for(name, lambda: session.icon_name() == name)


def wait_entry(session, label):
    return session.wait_for("“%s” in the menu" % label, lambda: session.find_entry(label))


def wait_signed_in(session):
    wait_icon(session, "offhook-signed-in")
    wait_entry(session, BOB)


def contact_call(session, phone):
    session.click("Work  +49 30 12345678")
    phone.wait("call")
    wait_icon(session, "offhook-on-the-phone")
    wait_entry(session, "Bob Baker – connected")
    wait_entry(session, "My Status: In a call")
    session.click("Hang Up")
    wait_icon(session, "offhook-signed-in")
    wait_entry(session, "My Status: Available")


def incoming_call(session, phone):
    phone.send("ring +493012345678")
    popup = session.wait_window("^Incoming call: Bob Baker$")
    wait_icon(session, "offhook-ringing")
    session.x("xdotool", "mousemove", "--window", popup, "250", "90", "click", "1")
    wait_entry(session, "Bob Baker – connected")
    session.wait_no_window("^Incoming call")
    phone.send("remote-hangup")
    wait_icon(session, "offhook-signed-in")


def link_call(session, phone):
    subprocess.run(["gio", "open", "tel:+49-30-12345678"], env=session.env, check=True, stdout=subprocess.DEVNULL)
    session.wait_window(ASKS)
    session.wait_focus(ASKS)
    session.wait_for("the question to take Enter", lambda: (session.key("Return"), not session.windows(ASKS))[1])
    wait_icon(session, "offhook-on-the-phone")
    session.click("Hang Up")
    wait_icon(session, "offhook-signed-in")


def refused_links(session, phone):
    before = len([e for e in phone.drain() if e["event"] == "call"])
    for link in ("tel:*21*0301234%23", "tel:030,,1", "callto:call%20me", "tel:%0a", "tel:*%2306%23"):
        subprocess.run(["gio", "open", link], env=session.env, check=True, stdout=subprocess.DEVNULL)
        session.wait_window(ASKS)
        session.wait_focus(ASKS)
        session.key("Return")
        session.key("Escape")
        session.wait_no_window(ASKS)
    if len([e for e in phone.drain() if e["event"] == "call"]) != before:
        raise Failure("a link that is no number made the phone do something")


def test_a_day():
    """signed in, contact called, call answered, links dialled and refused, signed out and in: all by the tray"""
    with Session() as s:
        phone = s.start_real_desk()
        wait_signed_in(s)  # the settings name an account: the agent begins by itself
        contact_call(s, phone)
        incoming_call(s, phone)
        link_call(s, phone)
        refused_links(s, phone)
        s.click("Sign Out")
        wait_icon(s, "offhook-signed-out")
        wait_entry(s, "Sign In")
        s.click("Sign In")
        wait_signed_in(s)


LIST = "^Call List$"


def missed_call(session, phone, number):
    phone.send("ring %s Anna" % number)
    wait_icon(session, "offhook-ringing")
    phone.send("remote-hangup")
    wait_icon(session, "offhook-signed-in")


def open_list(session, entry):
    session.click(entry)
    session.wait_window(LIST)
    session.wait_focus(LIST)


def close_list(session):
    session.key("ctrl+w")
    session.wait_no_window(LIST)


def private_call(session):
    session.click("Call…")
    session.wait_window("^Call$")
    session.wait_focus("^Call$")
    session.type("4712")
    session.key("alt+p", "shift+Tab", "Return")  # "Private", and back into the field
    wait_icon(session, "offhook-on-the-phone")
    session.click("Hang Up")
    wait_icon(session, "offhook-signed-in")


def test_call_list():
    """missed calls are counted in the menu; the list calls back, deletes, takes back, and counts as seen"""
    with Session() as s:
        phone = s.start_real_desk()
        wait_signed_in(s)
        s.wait_phone("telling", lambda p: p["events"] == "yes")  # what rings before is not told
        server = s.start_notification_server("actions")
        missed_call(s, phone, "4711")
        missed_call(s, phone, "+493012345678")
        server.wait("notify", summary="Missed call", body="Anna, 4711")
        told = server.wait("notify", summary="Missed call")
        if not (told["body"].startswith("Bob Baker, ") and told["body"].endswith("30 12345678")):
            raise Failure(str(told))
        if "Call Back" not in told["actions"] or told["hints"].get("category") != "call.unanswered":
            raise Failure(str(told))
        wait_entry(s, "2 missed calls…")
        open_list(s, "2 missed calls…")
        s.picture(os.environ.get("OH_PICTURE", s.path("list.png")), s.windows(LIST)[0])
        s.key("Home", "Return")  # the newest: Bob
        phone.wait("call")
        wait_entry(s, "Bob Baker – connected")
        s.click("Hang Up")
        wait_icon(s, "offhook-signed-in")
        wait_entry(s, "1 missed call…")  # Bob's is settled
        server.wait("close", id=told["id"])
        s.wait_focus(LIST)
        s.key("End", "Delete", "ctrl+z")  # Anna's: gone, and back
        s.key("ctrl+f")
        s.type("bob")
        close_list(s)
        wait_entry(s, "Call List…")  # seen
        if len(s.history()) != 3:
            raise Failure("not taken back: %s" % s.history())
        open_list(s, "Call List…")
        s.key("End", "Delete")
        close_list(s)
        s.wait_for("Anna's call to go", lambda: [c["number"] for c in s.history()] == ["+493012345678"] * 2)
        private_call(s)
        if len(s.history()) != 2:
            raise Failure("the private call is kept: %s" % s.history())


CLIPBOARD = """import gi
gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or "")"""


def clipboard(session):
    done = subprocess.run(["/usr/bin/python3", "-c", CLIPBOARD], env=session.env, capture_output=True, text=True)
    return done.stdout


def copied(session, test):
    """The report as it is in the clipboard, once test(report) holds; a check may still be running."""
    text = []

    def is_there():
        session.key("ctrl+shift+c")
        text[:] = [clipboard(session)]
        return test(text[0])

    session.wait_for("the report", is_there)
    return text[0]


def test_doctor():
    """sign-in and phones are checked from the menu; the report names nobody unless that is ticked"""
    with Session() as s:
        phone = s.start_real_desk()
        wait_signed_in(s)
        s.click("Check Sign-In and Phones…")
        s.wait_window("^Check Sign-In and Phones$")
        s.wait_focus("^Check Sign-In")
        report = copied(s, lambda text: "[phone-takes-commands]" in text)
        for word in ("Offhook ", "[settings-read] Settings: sip:…@fabrikam.test", "[ticket-good]", "[sign-in-good]"):
            if word not in report:
                raise Failure("no “%s” in the report:\n%s" % (word, report))
        if "alice" in report or harness.PASSWORD in report or "telefon" in report:
            raise Failure("the report tells too much:\n" + report)
        phone.send("set use_hidden_tags on")
        phone.wait("reply", command="set")
        s.key("F5", "alt+n")
        report = copied(s, lambda text: "[phone-hidden-tags]" in text)
        if "sip:alice@fabrikam.test" not in report or "1 error" not in report:
            raise Failure("names were asked for:\n" + report)
        s.key("ctrl+w")
        s.wait_no_window("^Check Sign-In")


def test_agent_dies():
    """the agent is killed: the icon comes back to signed in by itself"""
    with Session() as s:
        s.start_real_desk()
        wait_signed_in(s)
        s.stop_agent(9)
        wait_icon(s, "offhook-signed-in")
        wait_entry(s, BOB)


def test_first_sign_in():
    """the first sign-in by the form: a wrong password is told in place, the right one signs in"""
    with Session() as s:
        front_end = s.start_front_end("--schemes=ntlm")
        s.start_bus(real_agent=True)
        s.start_screen()
        s.start_window_manager()
        s.start_panel()
        s.set("ca-file", "'%s'" % s.path("certs", "ca.pem"))
        s.tray("--background")
        s.wait_for("the icon", s.items)
        wait_entry(s, "Set Up Account…")
        s.click("Set Up Account…")
        s.wait_window("^Sign In$")
        s.wait_focus("^Sign In$")
        for text in ("alice@fabrikam.test", "wrong", "FABRIKAM\\alice", "%s:%d" % (harness.SERVER, front_end.port)):
            s.type(text)
            s.key("Tab")
        s.key("alt+s")
        front_end.wait("refused")
        wait_icon(s, "offhook-trouble")
        s.wait_focus("^Sign In$")
        s.wait_for("the password to be taken", lambda: (s.key("ctrl+a"), s.type(harness.PASSWORD), s.key("Return"),
                                                        not s.windows("^Sign In$"))[-1])
        wait_signed_in(s)


def test_trace():
    """a trace is recorded, the menu says so, and it is saved to a file without names"""
    with Session() as s:
        s.start_real_desk()
        wait_signed_in(s)
        s.click("Record a Trace…")
        s.wait_window("^Record a Trace$")
        s.wait_focus("^Record a Trace$")
        s.key("Return")
        wait_entry(s, "Stop and Save the Trace…")
        s.click("Sign Out")
        wait_icon(s, "offhook-signed-out")
        s.click("Stop and Save the Trace…")
        s.wait_window("^Save the Trace$")
        s.wait_focus("^Save the Trace$")
        place = s.path("saved.txt")
        s.key("ctrl+a")
        s.type(place)
        s.key("Return")
        s.wait_for("the file", lambda: os.path.exists(place) and os.path.getsize(place) > 0)
        with open(place, encoding="utf-8") as saved:
            text = saved.read()
        if "REGISTER" not in text or "sip:person1@" not in text or "alice" in text:
            raise Failure(text)
        wait_entry(s, "Record a Trace…")


if __name__ == "__main__":
    sys.exit(harness.run([test_a_day, test_call_list, test_doctor, test_agent_dies, test_first_sign_in, test_trace]))
