#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Telephone links on their whole way through the desktop: gio open, xdg-open, the desktop file, the
question, the agent. The agent is a fake one, so that a test can see that nothing was dialled."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, PEOPLE, READY_PHONE, Session  # noqa: E402
from harness import Failure  # noqa: E402

ASKS = "^Call on Your Desk Phone$"
LINK = "tel:+493012345678"
SLOW_MS = 1500  # the window shows itself after a second without an answer
ARMED_S = 0.35  # the question takes an Enter after 0.4 s


def expect(seen, wanted):
    if seen != wanted:
        raise Failure("saw %r instead of %r" % (seen, wanted))


def start(session, panel=False, agent=True, running=False):
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    if panel:
        session.start_panel()
    if agent:
        session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE})
    session.handle_links()
    if running:
        session.tray("--background")
        if panel:
            session.wait_for("the icon", session.items)
        if panel and agent:  # what changes from now on, changes
            session.wait_for("contacts in the menu", lambda: session.find_entry("Bob Baker – Available"))


def open_link(session, link=LINK, command=("gio", "open")):
    with open(session.path("tray.log"), "ab") as log:  # not a pipe: the tray inherits it and stays
        done = subprocess.run(
            [*command, link], env=session.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=harness.DEADLINE_S
        )
    if done.returncode != 0:
        raise Failure("%s %s: %s" % (" ".join(command), link[:60], session.tray_log()))


def answer(session, key):
    """Presses a key in the question, once it takes keys."""
    session.wait_window(ASKS)
    session.wait_focus(ASKS)
    if key == "Return":  # armed only after a moment: pressed until it is taken
        session.wait_for("the question to take Enter", lambda: (session.key(key), not session.windows(ASKS))[1])
    else:
        session.key(key)
        session.wait_no_window(ASKS)


def taken(session, method):
    """The agent has answered, and the tray has taken the answer: what it is asked after that, on the
    same connection, comes behind it. On a slow machine the window stands before."""
    session.agent.wait("answered", name=method)
    session.bus_call("org.offhook.Tray", "/org/offhook/Tray", "org.gtk.Actions.List")


def dials(session):
    session.agent.drain()
    return [e["arguments"] for e in session.agent.events if e["event"] == "method" and e["name"] == "Dial"]


def refused(session):
    """The question tells that it does not call: Enter closes nothing that dials."""
    session.wait_window(ASKS)
    session.wait_focus(ASKS)
    session.key("Return")
    session.key("Escape")
    session.wait_no_window(ASKS)
    expect(dials(session), [])


def test_every_way_in():
    """gio open and xdg-open, tel and callto and sip: each asks with the number, Enter dials once"""
    ways = [
        (("gio", "open"), "tel:+493012345678"),
        (("xdg-open",), "tel:+49-30-12345678"),
        (("gio", "open"), "callto:+493012345678"),
        (("gio", "open"), "sip:+493012345678"),
        (("gio", "open"), "sips:+493012345678"),
    ]
    with Session() as s:
        start(s, panel=True, running=True)
        for command, link in ways:
            open_link(s, link, command)
            expect(s.agent.wait("method", name="ParseNumber")["arguments"], [link, "link"])
            answer(s, "Return")
            dialled = s.agent.wait("method", name="Dial")["arguments"]
            expect(dialled, [link, "link", {"confirmed": True}])
        expect(len(dials(s)), len(ways))


def test_not_running_no_tray():
    """a link starts the tray, without any panel; afterwards nothing is left running"""
    with Session() as s:
        start(s)
        open_link(s)
        answer(s, "Return")
        s.agent.wait("method", name="Dial")
        s.wait_for("the tray to end", lambda: not s.has_owner("org.offhook.Tray"))


def test_not_running_with_tray():
    """with a panel the tray stays after the link"""
    with Session() as s:
        start(s, panel=True)
        open_link(s)
        answer(s, "Return")
        s.agent.wait("method", name="Dial")
        s.wait_for("the icon", s.items)
        expect(s.windows("^Offhook$"), [])


def test_escape():
    """Escape does not dial"""
    with Session() as s:
        start(s)
        open_link(s)
        answer(s, "Escape")
        s.wait_for("the tray to end", lambda: not s.has_owner("org.offhook.Tray"))
        expect(dials(s), [])


def hurry(session):
    """Opens a link and presses Enter as soon as the question is there. Whether it was still there
    afterwards; None when this machine took so long that the answer may have been armed."""
    session.tray(LINK, wait=False)
    absent = time.monotonic()
    while not session.windows(ASKS):
        absent = time.monotonic()
    session.key("Return")
    took = time.monotonic() - absent
    if took > ARMED_S:
        if session.windows(ASKS):
            answer(session, "Escape")
        session.wait_no_window(ASKS)
        return None
    kept = bool(session.windows(ASKS))
    if kept:
        answer(session, "Escape")
    return kept


def test_hurried_enter():
    """an Enter that was meant for another window does not dial"""
    with Session() as s:
        start(s, running=True)
        for _ in range(20):
            before = len(dials(s))
            kept = hurry(s)
            if kept is not None:
                expect((kept, len(dials(s))), (True, before))
                return
        raise Failure("this machine is too slow to press a key within %.1f s" % ARMED_S)


def test_refused():
    """codes, pauses, control characters, no number, 100 kB: refused with the reason"""
    with Session() as s:
        start(s, running=True)
        for link in ("tel:*21*0301234%23", "tel:030,,1234", "tel:030%0a123", "callto:call me", "tel:"):
            open_link(s, link)
            refused(s)
        s.tray("tel:" + "1" * 102400, wait=False)
        refused(s)
        s.tray("tel:030\n1", wait=False)
        refused(s)
        s.tray(b"tel:\xff\xfe", wait=False)
        refused(s)


def test_policy():
    """never asked where the user chose so, but always for premium numbers; the agent has the last word"""
    with Session() as s:
        start(s, running=True)
        s.tell_agent(agent={"ConfirmLinks": "never"})
        open_link(s)
        expect(s.agent.wait("method", name="Dial")["arguments"], [LINK, "link", {"confirmed": False}])
        open_link(s, "tel:+4990012345678")
        answer(s, "Escape")
        s.tell_agent(refuse={"Dial": ["Confirm", "Ask first."]}, delay={"Dial": SLOW_MS})
        open_link(s)
        taken(s, "Dial")
        s.wait_window(ASKS)
        s.tell_agent(allow=["Dial"])
        answer(s, "Return")
        expect(s.agent.wait("method", name="Dial", arguments=[LINK, "link", {"confirmed": True}])["arguments"][0], LINK)


def test_locked():
    """nothing dials while the screen is locked"""
    with Session() as s:
        start(s, panel=True, running=True)
        s.tell_agent(agent={"ScreenLocked": True, "ConfirmLinks": "never"})
        s.tell_agent(phone="desk", set={"State": "unauthorized"})  # comes later: the lock is known then
        s.wait_for("the lock to be known", lambda: s.icon_name() == "offhook-trouble")
        open_link(s)
        refused(s)


def test_phone_refuses():
    """what the phone says is told, and nothing is repeated"""
    with Session() as s:
        start(s, running=True)
        s.tell_agent(refuse={"Dial": ["PhoneLogin", "The phone at 192.0.2.10 refused the password."]})
        open_link(s)
        s.wait_window(ASKS)
        s.wait_focus(ASKS)
        s.wait_for("the dial", lambda: (s.key("Return"), dials(s))[1])
        s.wait_window(ASKS)
        s.key("Escape")
        s.wait_no_window(ASKS)
        expect(len(dials(s)), 1)


def test_no_agent():
    """without an agent the window says so, and what to do"""
    with Session() as s:
        start(s, agent=False)
        open_link(s)
        s.wait_window(ASKS)
        s.wait_focus(ASKS)
        s.key("Escape")
        s.wait_no_window(ASKS)


def test_slow_agent():
    """a spinner shows while the agent takes its time, and closing it dials nothing"""
    with Session() as s:
        start(s, running=True)
        s.tell_agent(delay={"ParseNumber": 4000})
        open_link(s)
        s.agent.wait("method", name="ParseNumber")
        answer(s, "Escape")
        expect(dials(s), [])


def test_many_links():
    """a page that opens twenty links gets one question, for the last"""
    with Session() as s:
        start(s, running=True)
        for number in range(20):
            open_link(s, "tel:+4930123456%02d" % number)
        s.agent.wait("method", name="ParseNumber", arguments=["tel:+493012345619", "link"])
        s.wait_for("one question", lambda: len(s.windows(ASKS)) == 1)
        answer(s, "Return")
        expect(s.agent.wait("method", name="Dial")["arguments"][0], "tel:+493012345619")
        expect(len(dials(s)), 1)


def height(session):
    window = session.wait_window(ASKS)
    lines = session.x("xdotool", "getwindowgeometry", "--shell", window)
    return int(dict(line.split("=") for line in lines.split())["HEIGHT"])


def test_details():
    """the way to what is dialled opens by the keyboard, and Enter still dials"""
    with Session() as s:
        start(s, running=True)
        s.tell_agent(delay={"ParseNumber": SLOW_MS})
        open_link(s)
        taken(s, "ParseNumber")
        s.wait_window(ASKS)
        s.wait_focus(ASKS)
        closed = height(s)
        s.key("alt+d")
        s.wait_for("the details", lambda: height(s) > closed + 60)
        answer(s, "Return")
        expect(s.agent.wait("method", name="Dial")["arguments"], [LINK, "link", {"confirmed": True}])


def test_typed_asks():
    """a premium number that the user types is asked about once, and dialled as confirmed"""
    with Session() as s:
        start(s, panel=True, running=True)
        s.click("Call…")
        s.wait_focus("^Call$")
        s.type("+4990012345678")
        s.key("Return")
        answer(s, "Return")
        expect(s.agent.wait("method", name="Dial")["arguments"], ["+4990012345678", "user", {"confirmed": True}])
        expect(len(dials(s)), 1)


QUICK = [
    test_every_way_in,
    test_not_running_no_tray,
    test_not_running_with_tray,
    test_escape,
    test_refused,
    test_policy,
    test_locked,
    test_phone_refuses,
    test_no_agent,
    test_details,
    test_typed_asks,
]
# A hurry is a matter of real time: not where sanitizers slow everything down.
FULL = [test_hurried_enter, test_slow_agent, test_many_links]

if __name__ == "__main__":
    sys.exit(harness.run(FULL if "--full" in sys.argv else QUICK))
