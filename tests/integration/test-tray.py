#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""offhook-tray on a real panel, seen as the panel sees it: StatusNotifierItem, dbusmenu, windows.
The agent is a fake one that does what the test says; test-links.py has the links."""

import os
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, PEOPLE, READY_PHONE, Session  # noqa: E402
from harness import Failure  # noqa: E402

INCOMING = {
    "State": "incoming", "Direction": "incoming", "Phone": "desk", "Number": "+493012345678",
    "Display": "+49 30 12345678", "Name": "Bob Baker",
}
CALLS = "/org/offhook/Agent/calls/"


def expect(seen, wanted):
    if seen != wanted:
        raise Failure("saw %r instead of %r" % (seen, wanted))


def expect_in(part, whole):
    if part not in whole:
        raise Failure("%r is not in %r" % (part, whole))


def start(session, panel=True, tray=("--background",)):
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    if panel:
        session.start_panel()
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE})
    session.tray(*tray)
    if panel:
        session.wait_for("the icon", session.items)
        session.wait_for("contacts in the menu", lambda: session.find_entry("Bob Baker – Available"))


def test_icon_tells_the_state():
    """the icon tells five states apart, in its picture and in words"""
    with Session() as s:
        start(s)
        expect(s.icon_name(), "offhook-signed-in")
        steps = [
            ({"agent": {"EndpointState": "offline"}}, "offhook-signed-out", "Signed out", "Active"),
            ({"agent": {"EndpointState": "failed", "EndpointReason": "fe1 refused the password."}},
             "offhook-trouble", "Not signed in: fe1 refused the password.", "NeedsAttention"),
            ({"agent": {"EndpointState": "online"}}, "offhook-signed-in", "Signed in as alice@fabrikam.test", "Active"),
            ({"phone": "desk", "set": {"State": "unauthorized"}}, "offhook-trouble", "refuses the password", "NeedsAttention"),
            ({"call": "c1", "set": INCOMING}, "offhook-ringing", "Bob Baker – is calling", "NeedsAttention"),
            ({"call": "c1", "set": {"State": "connected"}}, "offhook-on-the-phone", "Bob Baker – connected", "Active"),
            ({"call": "c1", "set": None}, "offhook-trouble", "refuses the password", "NeedsAttention"),
            ({"phone": "desk", "set": {"State": "ready"}}, "offhook-signed-in", "Signed in", "Active"),
        ]
        for command, icon, words, status in steps:
            s.tell_agent(**command)
            s.wait_for(icon, lambda: s.icon_name() == icon)
            expect_in(words, s.item_property("ToolTip"))
            expect_in(words, s.item_property("IconAccessibleDesc"))
            expect_in(status, s.item_property("Status"))


def test_panel_restart():
    """the icon comes back when the panel is started again"""
    with Session() as s:
        start(s)
        panel = next(p for p in s.programs if p.name == "xfce4-panel")
        s.stop_program(panel, signal.SIGKILL)
        s.wait_for("no watcher", lambda: not s.has_owner("org.kde.StatusNotifierWatcher"))
        s.start_panel()
        s.wait_for("the icon again", s.items)
        expect(s.icon_name(), "offhook-signed-in")
        s.click("Call…")
        s.wait_window("^Call$")


def test_note():
    """the note is asked for in a window that the keyboard alone can use; the menu shows it"""
    with Session() as s:
        start(s)
        s.click("Add a Note…")
        s.wait_focus("^Note$")
        s.type("Back at 3")
        s.key("Return")
        expect(s.agent.wait("method", name="SetPresence")["arguments"], ["", {"note": "Back at 3"}])
        s.tell_agent(agent={"Note": "Back at 3"})
        s.wait_for("the note", lambda: s.find_entry("Note: Back at 3"))
        s.click("Note: Back at 3")
        s.wait_focus("^Note$")
        s.key("Escape")
        s.wait_no_window("^Note$")
        s.click("Note: Back at 3")
        s.wait_focus("^Note$")
        s.key("BackSpace")  # all of it is selected
        s.key("Return")
        expect(s.agent.wait("method", name="SetPresence")["arguments"], ["", {"note": ""}])


def test_menu_does_what_it_says():
    """every entry of the menu reaches the agent"""
    with Session() as s:
        start(s)
        expect(s.find_entry("Signed in as alice@fabrikam.test")["enabled"], False)
        expect_in("Dave_Dörfler – Away", s.menu_labels())  # no mnemonic in a name
        expect(s.find_entry("Bob Baker – Available")["icon"], "offhook-presence-available")
        expect([e["label"] for e in s.find_entry("Frank Fischer – Offline")["children"]], ["No telephone number known"])

        s.click("Busy")
        expect(s.agent.wait("method", name="SetPresence")["arguments"], ["busy", {}])
        s.wait_for("own presence", lambda: s.find_entry("My Status: Busy"))
        expect(s.find_entry("Busy")["checked"], True)

        s.click("Mobile  +49 171 1234567")
        dialled = s.agent.wait("method", name="Dial")["arguments"]
        expect(dialled[:2], ["+491711234567", "contact"])

        s.tell_agent(call="c1", set=INCOMING)
        s.wait_for("Answer", lambda: s.find_entry("Answer"))
        s.click("Answer")
        expect(s.agent.wait("method", name="Answer")["object"], CALLS + "c1")
        s.click("Reject")
        s.agent.wait("method", name="Reject")
        s.tell_agent(call="c1", set={"State": "connected"})
        s.wait_for("Hold", lambda: s.find_entry("Hold"))
        s.click("Hold")
        s.agent.wait("method", name="Hold")
        s.tell_agent(call="c1", set={"State": "held"})
        s.wait_for("Resume", lambda: s.find_entry("Resume"))
        s.click("Resume")
        s.agent.wait("method", name="Resume")
        s.click("Hang Up")
        s.agent.wait("method", name="HangUp")

        s.click("Sign Out")
        s.agent.wait("method", name="SignOut")
        s.tell_agent(agent={"EndpointState": "offline"})
        s.wait_for("Sign In", lambda: s.find_entry("Sign In"))
        s.click("Sign In")
        s.agent.wait("method", name="SignIn")

        s.click("Contacts")
        s.wait_window("^Offhook$")
        tray = next(p for p in s.programs if p.name == "tray")
        s.click("Quit")
        tray.wait(harness.DEADLINE_S)
        expect(tray.returncode, 0)


def test_phone_form():
    """a phone is added, its login stored and its certificate trusted by the form"""
    with Session() as s:
        start(s)
        s.tell_agent(phone="desk", set=None)
        s.wait_for("Add Phone…", lambda: s.find_entry("Add Phone…"))
        s.click("Add Phone…")
        s.wait_window("^Desk Phone$")
        s.wait_focus("^Desk Phone$")
        for text in ("192.0.2.11", "admin", "telefon"):
            s.type(text)
            s.key("Tab")
        s.key("alt+s")
        expect(s.agent.wait("method", name="AddPhone")["arguments"], ["192.0.2.11"])
        expect(s.agent.wait("method", name="StoreSecret")["arguments"], ["phone", "lab", "telefon"])
        s.wait_no_window("^Desk Phone$")
        expect(s.get("user", phone="lab"), "'admin'")

        s.tell_agent(phone="lab", set=dict(READY_PHONE, State="untrusted", PresentedFingerprint="ab" * 32))
        s.wait_for("the phone in the menu", lambda: s.find_entry("Set Up Phone “lab”…"))
        s.click("Set Up Phone “lab”…")
        s.wait_window("^Desk Phone$")
        s.wait_focus("^Desk Phone$")
        s.key("alt+s")  # not before the fingerprint was compared
        s.key("alt+i", "alt+s")
        expect(s.agent.wait("method", name="TrustCertificate")["arguments"], ["ab" * 32])
        s.wait_no_window("^Desk Phone$")


def test_change_at_the_start():
    """a phone that changes while the tray is still making its objects is shown as it is then"""
    with Session() as s:
        s.start_bus()
        s.start_screen()
        s.start_window_manager()
        s.start_panel()
        s.start_fake_agent(
            {"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE},
            {"behind": {"phone": "desk", "set": {"State": "unauthorized"}}},
        )
        s.tray("--background")
        s.wait_for("the icon", s.items)
        s.wait_for("what is wrong", lambda: s.icon_name() == "offhook-trouble")


def test_late_click():
    """a click that was on its way when the menu changed does nothing else"""
    with Session() as s:
        start(s)
        s.tell_agent(call="c1", set=INCOMING)
        answer = s.wait_for("Answer", lambda: s.find_entry("Answer"))
        contact = s.find_entry("Bob Baker – Available")
        s.tell_agent(call="c1", set={"State": "connected"})
        s.wait_for("Hang Up", lambda: s.find_entry("Hang Up"))
        try:
            s.click_id(answer["id"])
        except Failure:
            pass  # the host may hear that the entry is gone
        s.click("Sign Out")
        s.agent.wait("method", name="SignOut")
        expect([e for e in s.agent.events if e.get("name") == "Answer"], [])
        expect(s.find_entry("Bob Baker – Available")["id"], contact["id"])


def test_failure_is_told():
    """what fails is told with its remedy, and the program goes on"""
    with Session() as s:
        start(s)
        s.tell_agent(refuse={"SignOut": ["Unreachable", "fe1.fabrikam.test:5061 does not answer."]})
        s.click("Sign Out")
        s.wait_window("^Offhook$")
        s.wait_focus("^Offhook$")
        s.key("Escape")
        s.wait_no_window("^Offhook$")
        expect(s.icon_name(), "offhook-signed-in")


def test_notification():
    """an incoming call is a notification with Answer and Reject where the server takes buttons"""
    with Session() as s:
        start(s)
        server = s.start_notification_server("body", "actions")
        s.tell_agent(call="c1", set=INCOMING)
        shown = server.wait("notify")
        expect(shown["summary"], "Bob Baker")
        expect(shown["body"], "+49 30 12345678, on phone “desk”")
        expect(shown["hints"]["category"], "call.incoming")
        expect(shown["hints"]["urgency"], 2)
        actions = dict(zip(shown["actions"][1::2], shown["actions"][::2]))
        server.send('{"invoke": [%d, "%s"]}' % (shown["id"], actions["Answer"]))
        expect(s.agent.wait("method", name="Answer")["object"], CALLS + "c1")
        s.tell_agent(call="c1", set={"State": "connected"})
        s.tell_agent(call="c2", set=dict(INCOMING, Name="", Display="", Number=""))
        shown = server.wait("notify")
        expect((shown["summary"], shown["body"]), ("Unknown number", "Incoming call on phone “desk”"))
        s.tell_agent(call="c2", set={"State": "ended"})  # the caller gave up
        expect(server.wait("close")["id"], shown["id"])
        expect(s.windows("Incoming call"), [])


def test_popup():
    """without buttons in notifications a small window rings, and takes no focus"""
    with Session() as s:
        start(s, panel=False, tray=())
        s.wait_window("^Offhook$")
        s.wait_focus("^Offhook$")
        s.tell_agent(call="c1", set=INCOMING)
        popup = s.wait_window("^Incoming call: Bob Baker$")
        expect(s.focused(), "Offhook")
        s.x("xdotool", "mousemove", "--window", popup, "250", "90", "click", "1")
        s.agent.wait("method", name="Answer")
        s.tell_agent(call="c1", set={"State": "connected"})
        s.wait_no_window("^Incoming call")


def test_window_by_keyboard():
    """search, Enter, menu key, hang up: the window needs no mouse"""
    with Session() as s:
        start(s, tray=())
        s.wait_window("^Offhook$")
        s.wait_focus("^Offhook$")
        s.type("dorf")  # anywhere in the window, without the accent
        s.key("Return")
        expect(s.agent.wait("method", name="Dial")["arguments"][0], "+493012345680")
        s.key("Escape")
        s.type("bob")
        s.key("Tab", "Home")
        s.key("Menu")
        s.key("Right", "Down", "Return")
        expect(s.agent.wait("method", name="Dial")["arguments"][0], "+491711234567")
        s.tell_agent(call="c1", set=dict(INCOMING, State="connected"))
        s.wait_for("the call", lambda: s.find_entry("Hang Up"))
        s.key("ctrl+d")
        s.agent.wait("method", name="HangUp")
        s.key("ctrl+n")
        s.wait_focus("^Call$")
        s.type("carol")
        s.key("Return")
        expect(s.agent.wait("method", name="Dial")["arguments"][:2], ["+493012345679", "contact"])


def pressed(s, key, method):
    """The method that the key led to, once it does: a button waits for what is typed to be read."""
    s.key(key)
    return [e for e in s.agent.drain() if e["event"] == "method" and e["name"] == method]


def test_call_verbs():
    """a call is muted, handed on after asking there, swapped; what the phone cannot is not to be chosen"""
    with Session() as s:
        start(s, tray=())
        s.wait_window("^Offhook$")
        s.tell_agent(call="c1", set=dict(INCOMING, State="connected"))
        s.wait_for("the call", lambda: s.find_entry("Transfer…"))
        s.click("Mute or Unmute")
        expect(s.agent.wait("method", name="Mute")["arguments"], [True])
        s.click("Transfer…")
        s.wait_focus("^Transfer$")
        s.type("carol")
        s.key("Return")  # the only one: her number, which still can be changed
        asked = s.wait_for("the question", lambda: pressed(s, "alt+a", "Consult"))
        expect(asked[0]["arguments"][:2], ["+493012345679", "user"])
        s.tell_agent(call="c2", set=dict(INCOMING, State="held"))
        s.wait_for("the pair", lambda: s.find_entry("Swap"))
        expect(s.find_entry("Conference")["enabled"], False)
        s.click("Swap")
        expect(s.agent.wait("method", name="Swap")["object"], CALLS + "c1")
        s.click("Hand On")
        expect(s.agent.wait("method", name="CompleteTransfer")["object"], CALLS + "c1")
        s.click("Keep It from Ringing")
        expect(s.agent.wait("method", name="SetDnd")["arguments"], [True])
        s.click("Forward All Calls…")
        s.wait_focus("^Forward All Calls$")
        s.type("carol")
        s.key("Return")
        expect(s.agent.wait("method", name="SetForward")["arguments"][:3], ["all", "+493012345679", "contact"])


DORA = ["Dean, Dora", "sip:dora@fabrikam.test", "dora@fabrikam.test", "Buyer", "Purchase", "Fabrikam", "",
        [["work", "+493039847", "+49 30 398 47"]]]


def test_directory():
    """people of the directory below the contacts: searched as one types, called with Enter"""
    with Session() as s:
        start(s, tray=())
        s.wait_window("^Offhook$")
        s.wait_focus("^Offhook$")
        s.tell_agent(directory=True)
        s.type("dora")
        while s.agent.wait("method", name="Search")["arguments"][0] != "dora":
            pass
        s.tell_agent(found=[DORA])
        s.wait_for("Dora", lambda: dial_of(s, "Return") == "+493039847")
        s.key("Tab", "Home", "Menu", "a")  # Add to Contacts…, with what is known of her
        s.wait_focus("^Add Contact$")
        s.picture(os.environ.get("OH_PICTURES", s.dir) + "/add-person.png")
        s.key("Escape")
        s.wait_focus("^Offhook$")
        s.key("ctrl+f", "Escape")  # gives up what is under way
        s.type("bob")
        while s.agent.wait("method", name="Search")["arguments"][0] != "bob":
            pass
        s.tell_agent(found=[], failed=["unreachable", "The directory does not answer.", "Check the network."])
        s.key("Return")  # the contact comes first
        expect(s.agent.wait("method", name="Dial")["arguments"][0], "+493012345678")


def dial_of(s, key):
    """What the agent is told to dial by that key; the people may not stand there yet."""
    s.key(key)
    seen = [e for e in s.agent.drain() if e.get("event") == "method" and e.get("name") == "Dial"]
    return seen[-1]["arguments"][0] if seen else None


def test_agent_comes_and_goes():
    """the icon says when the agent is gone, and follows the next one"""
    with Session() as s:
        start(s)
        s.tell_agent(quit=True)
        # stopped; and after the first try to start it again, broken
        s.wait_for("the loss", lambda: s.icon_name() in ("offhook-signed-out", "offhook-trouble"))
        expect_in(s.menu_labels()[0], ("The Offhook service has stopped", "The Offhook service cannot be started"))
        expect(s.find_entry("Bob Baker – Available"), None)
        s.start_fake_agent({"agent": ONLINE}, {"contacts": PEOPLE[1:2]})
        s.wait_for("signed in", lambda: s.icon_name() == "offhook-signed-in")
        s.wait_for("Carol", lambda: s.find_entry("Carol Chen – In a call"))


def test_ten_thousand():
    """ten thousand contacts: the menu stays short and the icon quick"""
    with Session() as s:
        start(s)
        crowd = [
            ["sip:p%05d@fabrikam.test" % i, "Person %05d" % i, "offline/", "", [], [["work", "+4930%05d" % i, ""]]]
            for i in range(10000)
        ]
        s.tell_agent(contacts=crowd)
        s.wait_for("the crowd", lambda: s.find_entry("Person 00000 – Offline"))
        expect(len([e for e in s.layout() if e["label"].startswith("Person")]), 12)
        s.tell_agent(changed=[[*crowd[9999][:2], "available/", *crowd[9999][3:]]])
        s.wait_for("the change", lambda: s.find_entry("Person 09999 – Available"), deadline=2)
        s.click("Contacts")
        s.wait_window("^Offhook$")
        s.tell_agent(removed=["sip:p09999@fabrikam.test"])
        s.wait_for("the removal", lambda: not s.find_entry("Person 09999 – Available"), deadline=2)


def test_no_tray():
    """without a tray the window comes by itself, also after the panel has died"""
    with Session() as s:
        start(s)
        expect(s.windows("^Offhook$"), [])
        panel = next(p for p in s.programs if p.name == "xfce4-panel")
        s.stop_program(panel, signal.SIGKILL)
        s.wait_window("^Offhook$")


QUICK = [
    test_icon_tells_the_state,
    test_note,
    test_menu_does_what_it_says,
    test_phone_form,
    test_change_at_the_start,
    test_late_click,
    test_notification,
    test_popup,
    test_window_by_keyboard,
    test_call_verbs,
    test_directory,
]
FULL = [test_panel_restart, test_failure_is_told, test_agent_comes_and_goes, test_ten_thousand, test_no_tray]

if __name__ == "__main__":
    sys.exit(harness.run(FULL if "--full" in sys.argv else QUICK))
