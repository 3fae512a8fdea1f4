#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones of several makers and generations behind one interface, seen from the command line: who is
recognised, what can be dialled on, and what is said of the others; and the demo with any of them."""

import os
import subprocess
import sys

import harness

HERE = os.path.dirname(os.path.abspath(__file__))


def check(condition, text):
    if not condition:
        raise harness.Failure(str(text))


def requests(phone, path):
    phone.send("dump")
    phone.wait("reply", command="dump")
    return [e for e in phone.events if e["event"] == "request" and e["path"] == path]


def desk_with(personality, *options, password="telefon"):
    desk = harness.Desk()
    desk.start_bus()
    phone = desk.start_phone(personality, "--password=telefon", "--set=reboot-time=200", *options)
    return desk, phone, desk.add_phone(phone, password=password)


def addresses_of(desk, identity):
    path = os.path.join(desk.env["XDG_DATA_HOME"], "offhook", "phones", identity + "-events.cfg")
    check(os.stat(path).st_mode & 0o077 == 0, "others may read the addresses")
    with open(path) as lines:
        return [line.rstrip("\n").split(" = ", 1) for line in lines]


def test_yealink_is_recognised():
    """phone add: another maker's phone is driven without a word, and got no password before that"""
    desk, phone, identity = desk_with("yealink")
    with desk:
        seen = desk.wait_phone("ready", lambda p: p["state"] == "ready", identity)
        check((seen["model"], seen["firmware"]) == ("T46S", "66.86.0.15"), seen)
        first = requests(phone, "/info.htm")
        check(len(first) == 1 and first[0]["authorization"] is None, first)
        check(not [e for e in phone.events if e["event"] in ("call", "key")], "something was pressed")


def test_yealink_tells_and_obeys():
    """its calls are followed once its administrator has entered the addresses: dial, hold, hang up"""
    desk, phone, identity = desk_with("yealink", "--answer-after=100")
    with desk:
        desk.wait_phone("listening", lambda p: p["reason"] and identity + "-events.cfg" in p["reason"], identity)
        for setting, value in addresses_of(desk, identity):
            phone.send("set %s %s" % (setting, value))
        phone.send("reboot")
        desk.wait_phone("heard", lambda p: p["state"] == "ready" and not p["reason"], identity)
        desk.expect(0, "call", "030 12345678", "--yes", "--wait", "connected")
        dials = [e for e in requests(phone, "/servlet") if "key=number" in (e["query"] or "")]
        check(len(dials) == 1, dials)
        desk.expect(0, "hold")
        desk.wait_status("held", lambda s: [c for c in s["calls"] if c["state"] == "held"])
        desk.expect(0, "resume")
        desk.wait_status("taken back", lambda s: [c for c in s["calls"] if c["state"] == "connected"])
        desk.expect(0, "hangup")
        desk.wait_status("over", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])
        named = [e["query"] for e in requests(phone, "/servlet") if e["query"].startswith("key=CANCEL:")]
        check(len(named) == 1, "hung up without naming the call: %s" % named)
        log = open(desk.path("agent.log")).read()
        token = addresses_of(desk, identity)[0][1].split("/s/")[1].split("/")[0]
        check(token not in log, [line for line in log.split("\n") if token in line])


def test_yealink_forbids():
    """a phone that does not list this computer, or waits for its user, says which setting: 7"""
    for knob, word in (("features.action_uri_limit_ip=192.0.2.*", "features.action_uri_limit_ip"), ("consent=asked", "Allow remote control?")):
        desk, phone, identity = desk_with("yealink", "--set", knob)
        with desk:
            seen = desk.wait_phone("refused", lambda p: p["state"] == "unsupported" and p["reason"], identity)
            check(word in seen["reason"], seen)
            done = desk.expect(7, "call", "030 12345678", "--yes")
            check(word in done.stderr, done.stderr)
            check(not [e for e in requests(phone, "/servlet") if "key=" in (e["query"] or "")], "something was pressed")


def test_body_is_a_setting():
    """“body” overrules what answers, and says so"""
    desk, _, identity = desk_with("yealink")
    with desk:
        desk.wait_phone("ready", lambda p: p["state"] == "ready", identity)
        desk.set("body", "'snom'", phone=identity)
        seen = desk.wait_phone("wrong", lambda p: p["state"] == "unsupported", identity)
        check("Yealink" in seen["reason"], seen)
        desk.set("body", "'auto'", phone=identity)
        desk.wait_phone("ready again", lambda p: p["state"] == "ready", identity)


def demo(personality):
    return subprocess.run(
        [sys.executable, os.path.join(HERE, "demo.py"), "--headless", "--personality", personality],
        capture_output=True,
        text=True,
        check=False,
        timeout=harness.DEADLINE_S,
    )


def demo_dials(personality):
    done = demo(personality)
    check(done.returncode == 0 and "The main job works" in done.stdout, done.stdout + done.stderr)


def demo_is_honest(personality, word):
    done = demo(personality)
    check(done.returncode == 0 and word in done.stdout and "cannot be dialled on" in done.stdout, done.stdout + done.stderr)
    check(" dials " not in done.stdout, done.stdout)


def test_demo():
    """demo --personality: the main job on a Yealink, and a base of DECT handsets named as one"""
    demo_dials("yealink")
    demo_is_honest("m300", "DECT")


def test_demo_of_others():
    """demo --personality: what can be dialled on is, also by http, with every answer; the others are named"""
    for personality in ("s360-87", "s360-drop", "d725", "blank", "uc", "et635"):
        demo_dials(personality)
    for personality, word in (("d785-strict", "use_hidden_tags"), ("m100kle", "another maker"), ("dead", "reached"), ("s190", "http_scheme")):
        demo_is_honest(personality, word)


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]
LONG = [test_demo_of_others]

if __name__ == "__main__":
    long = sys.argv[1:] == ["long"]
    sys.exit(harness.run([test for test in TESTS if (test in LONG) == long]))
