#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom a phone tells of its calls, and what is known when somebody restarts in mid-call.

usage: test-events.py BUILD-DIR [TEST...]
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import harness
from harness import Failure

BUILD = sys.argv[1]
ONLY = sys.argv[2:]
CTI = "http://192.0.2.1/cti?call=$call-id"
LOGIN = ("--user=admin", "--password=telefon")


def check(what, true):
    if not true:
        raise Failure(what)


def setting(phone, name):
    phone.send("get " + name)
    return phone.wait("reply", command="get")["value"]


def command(phone, line):
    phone.send(line)
    reply = phone.wait("reply")
    check("%s: %s" % (line, reply), reply.get("ok"))
    return reply


class Office(harness.Desk):
    """A desktop with one phone and no server."""

    def __init__(self, *options, phone=None, build=BUILD):
        super().__init__(build)
        self.options = options
        self.given = phone

    def __enter__(self):
        super().__enter__()
        self.phone = self.given or self.start_phone("d785", *LOGIN, *self.options)
        self.start_bus()
        self.id = self.add_phone(self.phone)
        return self

    def wait_events(self, word):
        return self.wait_phone("events " + word, lambda p: p["events"] == word)

    def wait_call(self, what, test):
        return self.wait_status(what, lambda s: test(s["calls"]))["calls"]

    def restart(self, how):
        self.stop_agent(how)
        self.expect(0, "status")


def foreign():
    """another program's URLs are taken when the user says so, and are back whenever the agent ends"""
    with Office("--set", "action_connected_url=" + CTI) as desk:
        shown = desk.wait_events("no")
        check("the program is named: %s" % shown,
              (shown["events_holder_kind"], shown["events_holder"]) == ("program", "192.0.2.1"))
        check("the remedy is named: " + shown["reason"], "offhook phone events" in shown["reason"])
        check("untouched", setting(desk.phone, "action_incoming_url") == "")
        asked = desk.cli("phone", "events", desk.id, "take", stdin="n\n")
        check("asked: %s" % asked, asked.returncode != 0 and setting(desk.phone, "action_connected_url") == CTI)

        desk.expect(0, "phone", "events", desk.id, "take", "--yes")
        shown = desk.wait_events("yes")
        check("nobody else: %s" % shown, shown["events_holder"] is None and shown["events_address"])
        check("ours", "/offhook-" in setting(desk.phone, "action_connected_url"))
        check("kept: " + desk.get("previous-events", desk.id), CTI in desk.get("previous-events", desk.id))
        check("decided: " + desk.get("events", desk.id), desk.get("events", desk.id) == "'take'")

        desk.stop_agent(signal.SIGTERM)
        check("back at the end", setting(desk.phone, "action_connected_url") == CTI)
        desk.wait_events("yes")
        desk.restart(signal.SIGKILL)
        desk.wait_events("yes")
        desk.expect(0, "phone", "remove", desk.id)
        check("back after removal", setting(desk.phone, "action_connected_url") == CTI)
        check("free after removal", setting(desk.phone, "action_incoming_url") == "")


def give_back():
    """given back, the phone is left alone until it is taken again; hanging up asks first meanwhile"""
    with Office() as desk:
        desk.wait_events("yes")
        check("never: %s" % desk.status(), desk.status()["phones"][0]["last_event"] is None)
        command(desk.phone, "ring 0301234")
        desk.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])
        check("seen: %s" % desk.status(), desk.status()["phones"][0]["last_event"])
        command(desk.phone, "remote-hangup")
        desk.wait_call("gone", lambda c: not c)

        desk.expect(0, "phone", "events", desk.id, "give-back")
        desk.wait_events("off")
        check("free", setting(desk.phone, "action_incoming_url") == "")
        said = json.loads(desk.expect(0, "phone", "events", desk.id, "--json").stdout)
        check("said: %s" % said, said["events"] == "off" and said["events_address"] is None)
        desk.expect(0, "call", "0305678", "--yes")
        desk.wait_call("unknown", lambda c: [x["state"] for x in c] == ["unknown"])
        seen = len(desk.phone.drain())
        asked = desk.cli("hangup", stdin="n\n")
        check("asked: %s" % asked, asked.returncode != 0)
        desk.expect(0, "hangup", "--yes")
        sent = [e for e in desk.phone.drain()[seen:] if e["event"] == "request"]
        check("all of them, once: %s" % sent, ["RELEASE_ALL_CALLS" in e["query"] for e in sent if
                                               e["path"] == "/command.htm"] == [True])
        desk.expect(2, "phone", "events", desk.id, "keep")
        desk.expect(1, "phone", "events", "nobody")
        desk.expect(0, "phone", "events", desk.id, "take")
        desk.wait_events("yes")


def killed_in_mid_call():
    """killed in mid-call: the next agent owns to knowing nothing, and the phone's next word settles it"""
    with Office() as desk:
        desk.wait_events("yes")
        command(desk.phone, "ring 0301234")
        desk.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])
        command(desk.phone, "answer")
        desk.wait_call("up", lambda c: [x["state"] for x in c] == ["connected"])
        desk.restart(signal.SIGKILL)
        desk.wait_events("yes")
        calls = desk.status()["calls"]
        check("unknown, and whose: %s" % calls,
              [(c["state"], c["direction"], c["number"]) for c in calls] == [("unknown", "incoming", "0301234")])
        check("once in the history: %s" % desk.history(), len(desk.history()) == 1)
        command(desk.phone, "key F_HOLD")
        desk.wait_call("held", lambda c: [x["state"] for x in c] == ["held"])
        command(desk.phone, "remote-hangup")
        desk.wait_call("over", lambda c: not c)


def phone_restarts():
    """a phone that restarts in mid-call ends its calls, and tells of the next one"""
    with Office("--set", "reboot-time=200") as desk:
        desk.wait_events("yes")
        command(desk.phone, "ring 0301234")
        desk.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])
        command(desk.phone, "answer")
        desk.wait_call("up", lambda c: [x["state"] for x in c] == ["connected"])
        command(desk.phone, "reboot")
        desk.phone.wait("listening")
        desk.wait_call("over", lambda c: not c)
        command(desk.phone, "ring 0305678")
        desk.wait_call("rings again", lambda c: [x["state"] for x in c] == ["incoming"])


def two_agents():
    """the second Offhook at a phone says whose it is, and takes over only when told to"""
    with Office() as first:
        first.wait_events("yes")
        ours = setting(first.phone, "action_incoming_url")
        with Office(phone=first.phone) as second:
            shown = second.wait_events("no")
            check("named: %s" % shown,
                  (shown["events_holder_kind"], shown["events_holder"]) == ("offhook", "127.0.0.1"))
            check("untouched", setting(first.phone, "action_incoming_url") == ours)
            second.expect(0, "phone", "events", second.id, "take", "--yes")
            second.wait_events("yes")
            check("taken", setting(first.phone, "action_incoming_url") != ours)
        check("given back to the first", setting(first.phone, "action_incoming_url") == ours)
        command(first.phone, "ring 0301234")
        first.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])


def package_removed():
    """when the package is removed, running agents end and their phones are as they were before"""
    with tempfile.TemporaryDirectory(prefix="offhook-root-") as root:
        root = os.path.realpath(root)
        program = os.path.join(root, "usr/bin/offhook-agent")
        os.makedirs(os.path.dirname(program))
        os.makedirs(os.path.join(root, "agent"))
        shutil.copy(os.path.join(BUILD, "agent/offhook-agent"), program)
        os.symlink(program, os.path.join(root, "agent/offhook-agent"))
        os.symlink(os.path.join(BUILD, "agent/number"), os.path.join(root, "agent/number"))
        for part in ("tray", "tests"):
            os.symlink(os.path.join(BUILD, part), os.path.join(root, part))
        script = os.path.join(harness.ROOT, "packaging/debian/postrm")
        with Office("--set", "action_connected_url=" + CTI, build=root) as desk:
            desk.wait_events("no")
            desk.expect(0, "phone", "events", desk.id, "take", "--yes")
            desk.wait_events("yes")
            env = dict(os.environ, DPKG_ROOT=root)
            subprocess.run(["sh", script, "upgrade", "9"], env=env, check=True)
            check("an upgrade leaves it alone", desk.agent_pid() is not None)
            os.unlink(program)
            subprocess.run(["sh", script, "remove"], env=env, check=True)
            check("the agent has ended", desk.agent_pid() is None)
            check("back", setting(desk.phone, "action_connected_url") == CTI)
            check("free", setting(desk.phone, "action_incoming_url") == "")


TESTS = [package_removed, foreign, give_back, killed_in_mid_call, phone_restarts, two_agents]

if __name__ == "__main__":
    sys.exit(harness.run([t for t in TESTS if not ONLY or t.__name__ in ONLY]))
