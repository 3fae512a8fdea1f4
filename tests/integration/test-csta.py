#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones that are driven by uaCSTA over SIP, over the real bus against the simulator."""

import sys

import harness

BUILD = sys.argv[1] if len(sys.argv) > 1 else harness.BUILD
NUMBER = "12345678"  # ends in an even digit: it answers
SILENT = "12345677"  # rings unheard


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def csta_desk(desk, personality="d865", *options, **settings):
    """A desk whose settings have one such phone already; the phone's id and the phone."""
    phone = desk.start_phone(personality, "--password=telefon", "--set=answer-after=50", "--set=ring-after=20", *options)
    plain = settings.get("sip_transport") == "'tcp'"
    desk.set("phones", "['desk']")
    desk.set("host", "'127.0.0.1:%d'" % (phone.https or 1), phone="desk")
    desk.set("sip-port", str(phone.listening["sip_tcp" if plain else "sip_tls"]), phone="desk")
    for key, value in settings.items():
        desk.set(key.replace("_", "-"), value, phone="desk")
    desk.start_bus()
    return "desk", phone


def ready(desk, identity):
    return desk.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes", identity)


def call_states(desk):
    return sorted((c["direction"], c["state"]) for c in desk.status()["calls"] if c["state"] != "ended")


def wait_calls(desk, expected):
    desk.wait_status(str(expected), lambda s: sorted(c["state"] for c in s["calls"] if c["state"] != "ended") == expected)


def dials(phone):
    """How often the phone was made to dial, by whatever way."""
    return len([e for e in phone.drain() if e["event"] == "call" and e["move"] == "dial"])


def test_d865():
    """a D865 out of the box of settings: dialled, held, taken back, hung up"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        seen = ready(desk, identity)
        check(seen["model"] == "snomD865" and seen["firmware"] == "10.1.175.16", str(seen))
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        check(call_states(desk) == [("outgoing", "connected")], str(desk.status()["calls"]))
        desk.expect(0, "hold")
        wait_calls(desk, ["held"])
        desk.expect(0, "resume")
        wait_calls(desk, ["connected"])
        desk.expect(0, "dtmf", "12#")
        desk.expect(0, "hangup")
        wait_calls(desk, [])
        check(dials(phone) == 1, "not one dial")


def test_own_calls():
    """the phone's own calls: rings, answered from here; dialled there; a party's name"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        phone.send("ring 0301234567")
        wait_calls(desk, ["incoming"])
        check(desk.status()["calls"][0]["number"].endswith("301234567"), str(desk.status()["calls"]))
        desk.expect(0, "answer")
        wait_calls(desk, ["connected"])
        phone.send("remote-hangup")
        wait_calls(desk, [])
        phone.send("dial " + SILENT)
        wait_calls(desk, ["ringing"])
        phone.send("hangup")
        wait_calls(desk, [])
        phone.send("ring 0301234567")
        wait_calls(desk, ["incoming"])
        desk.expect(0, "reject")
        wait_calls(desk, [])


def test_dnd():
    """do not disturb, both ways"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        desk.expect(0, "dnd", "on")
        desk.wait_phone("quiet", lambda p: p["dnd"], identity)
        phone.send("set dnd_mode off")
        desk.wait_phone("loud", lambda p: not p["dnd"], identity)


def setting(phone, name):
    phone.send("dump")
    return phone.wait("reply", command="dump")["settings"].get(name)


def test_two_calls():
    """two calls: swapped, transferred into each other; one handed to a number"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        desk.expect(0, "hold")
        desk.expect(0, "call", "22222222", "--wait", "connected")
        wait_calls(desk, ["connected", "held"])
        up = [c["number"] for c in desk.status()["calls"] if c["state"] == "connected"]
        desk.expect(0, "swap")
        desk.wait_status("swapped", lambda s: [c["number"] for c in s["calls"] if c["state"] == "connected"] not in ([], up))
        desk.expect(0, "transfer", "--complete")
        wait_calls(desk, [])
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        desk.expect(0, "transfer", "17")
        check(phone.wait("transfer")["number"] == "17", "handed to somebody else")
        wait_calls(desk, [])


def test_forwarding_and_mute():
    """forwarding on and off, muted and not: absolute, and the phone has it so"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        desk.expect(0, "forward", "0301234567")
        check(setting(phone, "redirect_event") == "all", "not forwarded")
        desk.expect(0, "forward", "off")
        check(setting(phone, "redirect_event") == "none", "still forwarded")
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        desk.expect(0, "mute")
        phone.send("dump")
        check(phone.wait("reply", command="dump")["muted"], "not muted")
        desk.expect(0, "unmute")
        phone.send("dump")
        check(not phone.wait("reply", command="dump")["muted"], "still muted")


def test_plain_and_challenged():
    """plain TCP, every request challenged, every nonce good for one: the account's password"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(
            desk,
            "d865",
            "--set=csta_challenge=2",
            "--set=nonce-once=yes",
            "--set=user_pass1=sip-secret",
            sip_transport="'tcp'",
            identity="'440@pbx.example'",
            user="'440'",
        )
        desk.wait_phone("locked", lambda p: p["state"] == "unsupported", identity)
        desk.expect(0, "password", "phone", identity, stdin="sip-secret\n")
        ready(desk, identity)
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        desk.expect(0, "hangup")
        check(dials(phone) == 1, "not one dial")


def test_wrong_password():
    """a wrong SIP password is tried once, and the remedy named"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(
            desk, "d865", "--set=csta_challenge=1", "--set=user_pass1=right", drive="'csta'", identity="'440@pbx.example'", user="'440'"
        )
        desk.wait_phone("asking", lambda p: p["state"] == "unauthorized", identity)
        phone.drain()
        desk.expect(0, "password", "phone", identity, stdin="wrong\n")
        seen = desk.wait_phone("refused", lambda p: p["state"] == "unauthorized" and "refuses" in p["reason"], identity)
        check("password" in seen["reason"], str(seen))
        desk.expect(7, "call", NUMBER)
        asked = [e for e in phone.drain() if e["event"] == "csta" and e["status"] == "401"]
        check(len(asked) <= 4, "%d attempts" % len(asked))


def test_editions_and_answers():
    """ed3, ed4 and ed5; answers in an INFO of the phone's own; events in another order"""
    for setting in ("csta-edition=3", "csta-edition=4", "csta-fault=info", "csta-fault=shuffled"):
        with harness.Desk(BUILD) as desk:
            identity, phone = csta_desk(desk, "d865", "--set=" + setting)
            ready(desk, identity)
            desk.expect(0, "call", NUMBER, "--wait", "connected")
            desk.expect(0, "hangup")
            wait_calls(desk, [])
            check(dials(phone) == 1, "not one dial with " + setting)


def test_phone_restarts():
    """the phone starts again in mid-call: nothing stays up, and it is driven as before"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk, "d865", "--set=reboot-time=10")
        ready(desk, identity)
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        phone.send("power-cut")
        desk.wait_phone("gone", lambda p: p["state"] == "unreachable", identity)
        ready(desk, identity)
        wait_calls(desk, [])
        desk.expect(0, "call", NUMBER, "--wait", "connected")


def test_agent_restarts():
    """the agent starts again in mid-call: the call is seen, with its other party"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        desk.stop_agent()
        ready(desk, identity)
        wait_calls(desk, ["connected"])
        check(desk.status()["calls"][0]["number"].endswith(NUMBER), str(desk.status()["calls"]))
        desk.expect(0, "hangup")
        wait_calls(desk, [])


def test_dialog_lost():
    """the phone ends the dialog, or forgets it: a new one, and the calls as they are"""
    with harness.Desk(BUILD) as desk:
        identity, phone = csta_desk(desk)
        ready(desk, identity)
        desk.expect(0, "call", NUMBER, "--wait", "connected")
        phone.send("csta-bye")
        phone.wait("csta", service="MonitorStart")
        ready(desk, identity)
        wait_calls(desk, ["connected"])
        desk.expect(0, "hangup")
        wait_calls(desk, [])


def test_fallback():
    """what one way refuses the other does; what may have left is never sent again"""
    for personality, setting, status, expected in (
        ("d785", "csta-fault=none", 0, 1),  # the web page does it
        ("d785-strict", "csta-fault=none", 0, 1),  # the web page refuses: uaCSTA does it
        ("d785-strict", "csta-fault=refuse", 7, 0),  # both refuse
        ("d785-strict", "csta-fault=mute", 8, 1),  # obeyed without an answer
        ("d865", "csta-fault=mute", 8, 1),
        ("d865", "csta-fault=unknown-service", 7, 0),
        ("d865", "csta-fault=garbage", 7, 0),
        ("d865", "csta-fault=huge", 7, 0),
        ("d865", "csta-fault=wrong-namespace", 7, 0),
        ("d865", "csta-fault=silent", 7, 0),
    ):
        with harness.Desk(BUILD) as desk:
            identity, phone = csta_desk(desk, personality, "--set=csta_control=on", "--set=http_pass=", "--set=http_user=")
            first = setting.split("=")[1] in ("refuse", "mute", "unknown-service", "none")
            if first:
                desk.wait_phone("ready", lambda p: p["state"] == "ready", identity)
            phone.send("set " + setting.replace("=", " "))
            phone.wait("reply", command="set")
            if not first:
                desk.cli("phone", "test", identity)
            desk.expect(status, "call", NUMBER)
            check(dials(phone) == expected, "%s %s: another number of dials" % (personality, setting))


SLOW = [test_fallback]

if __name__ == "__main__":
    topic = sys.argv[2] if len(sys.argv) > 2 else "csta"
    every = [value for name, value in sorted(globals().items()) if name.startswith("test_")]
    sys.exit(harness.run(SLOW if topic == "csta-fallback" else [test for test in every if test not in SLOW]))
