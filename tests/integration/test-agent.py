#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent between its peers, seen from the bus: the main way with both schemes, how it starts,
what it does with nothing set, and how it ends."""

import os
import signal
import subprocess
import sys
import time

import harness

from gi.repository import Gio, GLib

ALICE = "sip:alice@fabrikam.test"
NUMBER = "+493012345678"


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def start_by_hand(desk, *options):
    return subprocess.Popen(
        [os.path.join(desk.build, "agent", "offhook-agent"), "--verbose", *options],
        env=desk.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def serving_by_hand(desk, *options):
    """The same, and it has the name when this returns."""
    agent = start_by_hand(desk, *options)
    end = time.monotonic() + harness.DEADLINE_S
    while desk.agent_pid() != agent.pid:
        check(agent.poll() is None and time.monotonic() < end, "it never got the name")
    return agent


def connect(desk):
    """A connection to the desk's bus, for what the command line does not say."""
    return Gio.DBusConnection.new_for_address_sync(
        desk.env["DBUS_SESSION_BUS_ADDRESS"],
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
        None,
        None,
    )


def own_urls(phone):
    """How many of the phone's action URLs lead to the agent."""
    phone.send("dump")
    settings = phone.wait("reply", command="dump")["settings"]
    return len([v for k, v in settings.items() if k.startswith("action_") and v])


def signed_in(desk, mechanism):
    front_end = desk.start_front_end()
    desk.start_bus()
    if mechanism == "kerberos":
        desk.kinit()
        desk.set_account(front_end, login="", mechanism=mechanism)
    else:
        desk.set_account(front_end, mechanism=mechanism)
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
    desk.expect(0, "sign-in")
    front_end.wait("registered", user=ALICE, signed=True)
    return front_end


def main_way(mechanism):
    """Sign-in, dial, on the phone as the front end has it, hang up, as before."""
    with harness.Desk() as desk:
        front_end = signed_in(desk, mechanism)
        status = desk.wait_status("available", lambda s: s["presence"]["availability"] == "available")
        check(status["endpoint"]["mechanism"] == mechanism, str(status["endpoint"]))
        check(status["endpoint"]["server"] == "%s:%d" % (harness.SERVER, front_end.port), str(status["endpoint"]))
        phone = desk.start_phone("d785", "--password=telefon")
        identity = desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes")

        desk.expect(0, "call", NUMBER, "--wait", "connected")
        front_end.wait("aggregate", user=ALICE, activity="on-the-phone")
        status = desk.wait_status("on the phone", lambda s: s["presence"]["activity"] == "on-the-phone")
        call = status["calls"][0]
        check(call["phone"] == identity and call["state"] == "connected", str(call))
        check(call["number"] == NUMBER and call["name"] == "Bob Baker", str(call))
        dials = [e for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
        check(len(dials) == 1 and dials[0]["secure"] and dials[0]["user"] == "admin", str(dials))

        desk.expect(0, "hangup")
        front_end.wait("aggregate", user=ALICE, activity="")
        desk.wait_status("as before", lambda s: s["presence"] == {"availability": "available", "activity": None, "note": ""})
        desk.expect(0, "sign-out")
        front_end.wait("deregistered", user=ALICE, reason="client")
        bad = [e for e in front_end.drain() if e["event"] in ("violation", "bad-signature")]
        check(not bad, str(bad))


def test_main_way_kerberos():
    """the main way with Kerberos: signed in, dialled, on the phone, available"""
    main_way("kerberos")


def test_main_way_ntlm():
    """the main way with NTLM"""
    main_way("ntlm")


def test_nothing_set():
    """with nothing set it is offline and says what to do"""
    with harness.Desk() as desk:
        desk.start_bus()
        status = desk.status()
        check(status["endpoint"]["state"] == "offline", str(status))
        check(status["endpoint"]["code"] == "no-account" and "uri" in status["endpoint"]["advice"], str(status))
        check(status["phones"] == [] and status["calls"] == [], str(status))
        check(desk.agent_pid() is not None, "the bus did not start it")


def test_phone_alone():
    """with a phone and no account it dials"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("s360-87", "--password=telefon")
        desk.add_phone(phone)
        desk.expect(0, "call", "12345678", "--wait", "connected")
        desk.expect(0, "hangup")
        desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])


def test_account_alone():
    """with an account and no phone it signs in by itself as soon as it is started"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        desk.kinit()
        desk.start_bus()
        desk.set_account(front_end, login="")
        desk.status()
        front_end.wait("registered", user=ALICE)
        desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online" and not s["phones"])


def test_settings_change():
    """another account in the settings: signed out here, signed in there, without a restart"""
    with harness.Desk() as desk:
        front_end = signed_in(desk, "kerberos")
        desk.kinit("bob")
        desk.set("uri", "'sip:bob@fabrikam.test'")
        front_end.wait("registered", user="sip:bob@fabrikam.test")
        desk.wait_status("bob", lambda s: s["endpoint"]["uri"] == "sip:bob@fabrikam.test" and s["endpoint"]["state"] == "online")
        desk.set("uri", "'call me'")
        status = desk.wait_status("offline", lambda s: s["endpoint"]["state"] == "offline" and s["endpoint"]["reason"])
        check("“uri”" in status["endpoint"]["reason"] and status["endpoint"]["code"] == "settings", str(status["endpoint"]))


def test_incoming():
    """a call that rings here: answered, held, taken back, tones, ended"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        phone.send("ring 493012345678 Bob")
        status = desk.wait_status("ringing", lambda s: s["calls"] and s["calls"][0]["state"] == "incoming")
        check(status["calls"][0]["direction"] == "incoming", str(status["calls"]))
        for verb, state in (("answer", "connected"), ("hold", "held"), ("resume", "connected")):
            desk.expect(0, verb)
            desk.wait_status(state, lambda s: s["calls"][0]["state"] == state)
        desk.expect(0, "dtmf", "12#")
        phone.wait("dtmf")
        desk.expect(0, "hangup")
        desk.wait_status("ended", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])


def test_screen_locked():
    """nothing dials while the screen is locked"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        bus = connect(desk)
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                      GLib.Variant("(su)", ("org.gnome.ScreenSaver", 4)), None, 0, -1, None)
        for locked in (True, False):
            bus.emit_signal(None, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged",
                            GLib.Variant("(b)", (locked,)))
            bus.flush_sync(None)
            desk.wait_property("ScreenLocked", locked)
            done = desk.cli("call", "12345678", "--yes")
            check((done.returncode == 0) != locked, "%s: %d %s" % (locked, done.returncode, done.stderr))
            check(not locked or "nlock" in done.stderr, done.stderr)
        dials = [e for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
        check(len(dials) == 1, "%d dial requests" % len(dials))


def test_clean_end():
    """told to stop it gives the phone its URLs back, de-registers and ends with 0"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        desk.kinit()
        desk.start_bus()
        desk.set_account(front_end, login="")
        agent = serving_by_hand(desk)
        desk.expect(0, "sign-in")
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        check(own_urls(phone) > 0, "the phone has no address of ours")
        agent.send_signal(signal.SIGTERM)
        out, log = agent.communicate(timeout=harness.DEADLINE_S)
        check(agent.returncode == 0, "exit status %d\n%s" % (agent.returncode, log))
        check(own_urls(phone) == 0, "addresses are left in the phone")
        front_end.wait("deregistered", user=ALICE, reason="client")
        for secret in ("telefon", harness.PASSWORD):
            check(secret not in log, "a password is in the log")
        check("alice@" not in log and NUMBER not in log, "people are in the log")


def test_end_with_dead_phone():
    """a phone that is off does not hold up the end"""
    with harness.Desk() as desk:
        desk.start_bus()
        agent = serving_by_hand(desk)
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        os.kill(phone.process.pid, signal.SIGSTOP)  # takes connections, never answers
        agent.send_signal(signal.SIGTERM)
        try:
            agent.communicate(timeout=10)
        finally:
            os.kill(phone.process.pid, signal.SIGCONT)
        check(agent.returncode == 0, "exit status %d" % agent.returncode)


def test_cold_start():
    """a click that starts the agent: dialled, and what becomes of the call is known"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        for end in (signal.SIGTERM, signal.SIGKILL):
            desk.stop_agent(end)
            desk.expect(0, "call", "12345678", "--wait", "connected")
            desk.expect(0, "hangup")
            desk.wait_status("ended", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])


def test_resume():
    """after a night's sleep the registration is refreshed and the phone looked at, at once"""
    with harness.Desk() as desk:
        desk.env["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + desk.path("run", "bus")
        front_end = signed_in(desk, "kerberos")
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        phone.drain()
        front_end.drain()
        login = connect(desk)
        login.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                        GLib.Variant("(su)", ("org.freedesktop.login1", 4)), None, 0, -1, None)
        login.emit_signal(None, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
                          GLib.Variant("(b)", (False,)))
        login.flush_sync(None)
        front_end.wait("registered", user=ALICE, refresh=True, deadline=20)
        phone.wait("request", path="/settings.htm", status=200, deadline=20)


def test_second_agent():
    """a second agent ends with 1 and leaves the first at work; --replace takes over"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        first = desk.agent_pid()
        before = own_urls(phone)
        second = start_by_hand(desk)
        out, log = second.communicate(timeout=harness.DEADLINE_S)
        check(second.returncode == 1 and "--replace" in log, "%d %s" % (second.returncode, log))
        check(desk.agent_pid() == first and own_urls(phone) == before, "the first was disturbed")
        third = serving_by_hand(desk, "--replace")
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        desk.expect(0, "call", "12345678", "--wait", "connected")
        third.send_signal(signal.SIGTERM)
        third.communicate(timeout=harness.DEADLINE_S)
        check(third.returncode == 0, "exit status %d" % third.returncode)


def test_version_and_usage():
    """--version prints it; an unknown option is refused with 2"""
    with harness.Desk() as desk:
        done = start_by_hand(desk, "--version")
        out, _ = done.communicate(timeout=10)
        check(done.returncode == 0 and out.startswith("offhook-agent "), out)
        done = start_by_hand(desk, "--no-such-option")
        _, log = done.communicate(timeout=10)
        check(done.returncode == 2 and "--no-such-option" in log, log)


def test_no_bus():
    """without a session bus it ends with 1 and says what is missing"""
    with harness.Desk() as desk:
        desk.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        done = start_by_hand(desk)
        _, log = done.communicate(timeout=10)
        check(done.returncode == 1 and "dbus-run-session" in log, log)


def test_no_schema():
    """without its settings schema it ends with 1 and names it"""
    with harness.Desk() as desk:
        desk.start_bus()
        desk.env["GSETTINGS_SCHEMA_DIR"] = "/nonexistent"
        desk.env["XDG_DATA_DIRS"] = "/nonexistent"
        done = start_by_hand(desk)
        _, log = done.communicate(timeout=10)
        check(done.returncode == 1 and "org.offhook.Agent" in log, log)


def test_phone_removed():
    """a phone that is removed gets its URLs back; its password and settings are forgotten"""
    with harness.Desk() as desk:
        desk.start_bus()
        phone = desk.start_phone("d785", "--password=telefon")
        identity = desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        desk.expect(0, "phone", "remove", identity)
        check(own_urls(phone) == 0, "addresses are left in the phone")
        check(desk.get("phones") == "@as []" and desk.get("host", phone=identity) == "''", "settings are left")
        check(desk.status()["phones"] == [], "it is still shown")
        desk.expect(0, "phone", "add", "127.0.0.1:%d" % phone.https)
        desk.set("user", "'admin'", phone=identity)
        desk.wait_phone("unauthorized", lambda p: p["state"] == "unauthorized")


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    chosen = [t for t in TESTS if not sys.argv[1:] or t.__name__[5:] in sys.argv[1:]]
    sys.exit(harness.run(chosen))
