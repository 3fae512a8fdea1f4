#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Staying signed in, and leaving cleanly: sleep, servers that are busy or send everybody away, the
ends of the agent. What needs networks of its own is in test-lost-links.py."""

import datetime
import os
import signal
import subprocess
import sys

import harness

from gi.repository import Gio, GLib

ALICE = "sip:alice@fabrikam.test"
AGENT = ("org.offhook.Agent", "/org/offhook/Agent", "org.offhook.Agent1")
NUMBER = "+493012345678"


def check(condition, text):
    if not condition:
        raise harness.Failure(str(text))


class Stay(harness.Desk):
    """A desk that is signed in with Kerberos."""

    def __init__(self, *front_end, script=None):
        super().__init__()
        self.options = list(front_end)
        if script is not None:
            with open(self.path("script"), "w", encoding="utf-8") as out:
                out.write(script)
            self.options.append("--script=" + self.path("script"))
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + self.path("run", "bus")

    def __enter__(self):
        self.front_end = self.start_front_end(*self.options)
        self.kinit()
        self.start_bus()
        self.set_account(self.front_end, login="")
        return self

    def sign_in(self):
        self.expect(0, "sign-in")
        self.front_end.wait("published", user=ALICE)
        return self

    def wait_state(self, state):
        return self.wait_status(state, lambda s: s["endpoint"]["state"] == state)["endpoint"]

    def call(self):
        """On the phone, as the front end knows it."""
        phone = self.start_phone("d785", "--password=telefon")
        self.add_phone(phone)
        self.wait_phone("telling", lambda p: p["events"] == "yes")
        self.expect(0, "call", NUMBER, "--wait", "connected")
        self.front_end.wait("aggregate", user=ALICE, activity="on-the-phone")

    def check_nothing_left(self):
        self.front_end.send("left alice@fabrikam.test")
        left = self.front_end.wait("left")
        for what in ("endpoints", "subscriptions", "endpoint-bound", "user-bound", "lasting"):
            check(left[what] == 0, left)
        check(not [e for e in self.front_end.events if e["event"] in ("violation", "bad-signature")], "violation")

    def agent_by_hand(self):
        """One whose end we see; it has the name when this returns, so that the bus starts no other."""
        agent = subprocess.Popen(
            [os.path.join(self.build, "agent", "offhook-agent"), "--verbose"],
            env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "%d" % harness.DEADLINE_S, "org.offhook.Agent"],
                       env=self.env, check=True)
        return agent

    def connect(self):
        return Gio.DBusConnection.new_for_address_sync(
            self.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def logind(self, *sleeping):
        """logind on the private bus says that the computer goes to sleep (True), and that it is awake."""
        bus = self.connect()
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                      GLib.Variant("(su)", ("org.freedesktop.login1", 4)), None, 0, -1, None)
        for begins in sleeping:
            bus.emit_signal(None, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
                            GLib.Variant("(b)", (begins,)))
        bus.flush_sync(None)
        bus.close_sync(None)


def seconds_from_now(text):
    then = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (then - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


def nothing_left_after_sign_out():
    """signed out in a call: no endpoint, no subscription, no publication is left"""
    with Stay() as desk:
        desk.sign_in()
        desk.call()
        desk.expect(0, "sign-out")
        desk.front_end.wait("deregistered", user=ALICE, reason="client")
        desk.check_nothing_left()


def nothing_left_after_sigterm():
    """told to end in a call: the same, and the last request was signed"""
    with Stay() as desk:
        desk.sign_in()
        desk.call()
        desk.stop_agent(signal.SIGTERM)
        desk.front_end.wait("published", user=ALICE, category="state", deleted=True)
        desk.front_end.wait("deregistered", user=ALICE, reason="client")
        desk.check_nothing_left()


def end_of_the_session():
    """the session's bus goes away: the agent ends, and leaves as it does otherwise"""
    with Stay() as desk:
        agent = desk.agent_by_hand()
        desk.sign_in()
        desk.bus.kill()
        desk.front_end.wait("deregistered", user=ALICE, reason="client")
        agent.communicate(timeout=harness.DEADLINE_S)
        desk.check_nothing_left()


def end_with_a_deaf_server():
    """a server that answers nothing any more does not hold up the end"""
    with Stay() as desk:
        agent = desk.agent_by_hand()
        desk.sign_in()
        os.kill(desk.front_end.process.pid, signal.SIGSTOP)
        try:
            agent.send_signal(signal.SIGTERM)
            agent.communicate(timeout=harness.DEADLINE_S)
        finally:
            os.kill(desk.front_end.process.pid, signal.SIGCONT)
        check(agent.returncode == 0, agent.returncode)
        # what had been sent is there, and is done
        desk.front_end.wait("deregistered", user=ALICE)
        desk.check_nothing_left()


def signed_out_while_signing_in():
    """signed out while the server makes up its mind: what it grants too late is given back"""
    with Stay() as desk:
        desk.expect(0, "status")  # it runs, and signs in by itself
        desk.front_end.wait("registered", user=ALICE)
        desk.expect(0, "sign-out")
        desk.front_end.wait("deregistered", user=ALICE)
        desk.front_end.send("delay REGISTER 400 1")
        desk.front_end.wait("control", ok=True)
        signing_in = subprocess.Popen([os.path.join(desk.build, "tray/cli/offhook"), "sign-in"], env=desk.env,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        desk.front_end.wait("authenticated", user=ALICE)
        desk.expect(0, "sign-out")
        signing_in.communicate(timeout=harness.DEADLINE_S)
        check(signing_in.returncode != 0, "signed in after all")
        desk.front_end.wait("deregistered", user=ALICE)
        desk.check_nothing_left()
        check(desk.status()["endpoint"]["state"] == "offline", desk.status())


def signed_in_while_signing_out():
    """signed in again before the server has answered the farewell: signed in it is"""
    with Stay() as desk:
        desk.sign_in()
        bus = desk.connect()
        farewell = Gio.DBusMessage.new_method_call(*AGENT, "SignOut")
        bus.send_message(farewell, Gio.DBusSendMessageFlags.NONE)
        bus.call_sync(*AGENT, "SignIn", None, None, 0, int(harness.DEADLINE_S * 1000), None)
        desk.front_end.wait("deregistered", user=ALICE, reason="client")
        desk.front_end.wait("registered", user=ALICE, refresh=False)
        check(desk.status()["endpoint"]["state"] == "online", desk.status())


def sleep():
    """asleep: what fails is not tried again, however often; awake: at once"""
    with Stay() as desk:
        desk.sign_in()
        desk.logind(True)
        desk.status()  # what the agent answers now it says after it has heard of the sleep
        desk.front_end.send("cut")
        waiting = desk.wait_state("waiting")
        check(seconds_from_now(waiting["next-try"]) > 60, waiting)  # the alarm of last resort
        desk.front_end.drain()
        desk.logind(False)
        desk.front_end.wait("registered", user=ALICE, refresh=False)
        desk.front_end.wait("published", user=ALICE)
        desk.wait_state("online")


def sleep_that_nothing_noticed():
    """asleep for a moment: nothing is taken back before, the registration is looked at after"""
    with Stay() as desk:
        desk.sign_in()
        desk.front_end.drain()
        seen = len(desk.front_end.events)
        desk.logind(True, False)
        desk.front_end.wait("registered", user=ALICE, refresh=True)
        bad = [e for e in desk.front_end.events[seen:] if e["event"] in ("deregistered", "connected") or e.get("deleted")]
        check(not bad, bad)


def network_manager():
    """NetworkManager says that it is another network: the registration is looked at, and stands"""
    with Stay() as desk:
        manager = desk.start_peer("NetworkManager", ["/usr/bin/python3",
                                  os.path.join(harness.SUPPORT, "fake_network_manager.py"),
                                  desk.env["DBUS_SYSTEM_BUS_ADDRESS"]])
        manager.wait("ready")
        desk.sign_in()
        desk.front_end.drain()
        for state in ("state 40 1", "state 70 4"):
            manager.send(state)
            manager.wait("said")
        desk.front_end.wait("registered", user=ALICE, refresh=True)
        check(desk.status()["endpoint"]["state"] == "online", desk.status())


def busy_server():
    """503 with Retry-After: it waits that long and says until when; a change of network is no reason"""
    script = "expect always REGISTER\nreply unsigned\n503 Service Unavailable\nRetry-After: 600\nend\n"
    with Stay(script=script) as desk:
        done = desk.cli("sign-in")
        check(done.returncode == 4, done)
        waiting = desk.wait_state("waiting")
        check(waiting["code"] == "unreachable" and "503" in waiting["reason"], waiting)
        check(540 < seconds_from_now(waiting["next-try"]) < 730, waiting)
        check(waiting["lost"] is not None, waiting)
        desk.front_end.drain()
        desk.logind(True, False)
        desk.status()
        shown = desk.expect(0, "status").stdout
        check("Not signed in since" in shown and "the next try is at" in shown, shown)
        check(desk.wait_state("waiting")["next-try"] == waiting["next-try"], "it did not keep to the time")
        # the user may
        desk.cli("sign-in")
        desk.front_end.wait("connected")


def signed_out_by_the_server():
    """registration-notify: disabled, signed in elsewhere, moved: reason, remedy, what comes by itself"""
    kinds = {
        "rejected": ("failed", "account-refused", "is disabled (4141: User disabled)"),
        "unregistered": ("failed", "not-signed-in", "signed in elsewhere"),
        "deactivated": ("waiting", "unreachable", "another server"),
    }
    for word, (state, code, text) in kinds.items():
        with Stay() as desk:
            desk.sign_in()
            desk.front_end.send("registration-notify alice@fabrikam.test %s '4141;reason=\"User disabled\"'" % word)
            endpoint = desk.wait_state(state)
            check(endpoint["code"] == code and text in endpoint["reason"], endpoint)
            check(harness.SERVER in endpoint["reason"] and endpoint["advice"], endpoint)
            check((endpoint["next-try"] is not None) == (state == "waiting"), endpoint)
            if state == "waiting":
                check(0 < seconds_from_now(endpoint["next-try"]) <= 72, endpoint)
            desk.expect(0, "sign-in")  # by hand, at once
            desk.wait_state("online")


TESTS = [
    nothing_left_after_sign_out,
    nothing_left_after_sigterm,
    end_of_the_session,
    end_with_a_deaf_server,
    signed_out_while_signing_in,
    signed_in_while_signing_out,
    sleep,
    sleep_that_nothing_noticed,
    network_manager,
    busy_server,
    signed_out_by_the_server,
]

sys.exit(harness.run([t for t in TESTS if not sys.argv[1:] or t.__name__ in sys.argv[1:]]))
