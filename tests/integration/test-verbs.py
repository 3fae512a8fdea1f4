#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that a phone can be asked to do, from the command line over the real bus to the phone's
socket: every verb at each kind of phone, and what the phone and the agent say of it afterwards.

usage: test-verbs.py [--full | TEST...]; --full runs the rest of the matrix of phones
"""

import sys

import harness

ONLY = sys.argv[1:]
ALICE = "sip:alice@fabrikam.test"
BOB = "493012345678"
CAROL = "493055500012"
# Quick: nobody listens to the ringing.
SWIFT = ("--set", "ring-after=20", "--set", "answer-after=20", "--set", "decline-again=50")


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


class Office(harness.Desk):
    """An agent with one phone, ready."""

    def __init__(self, personality="d785", *options):
        super().__init__()
        self.personality = personality
        self.options = options

    def __enter__(self):
        super().__enter__()
        self.start_bus()
        self.peer = self.start_phone(self.personality, "--password=telefon", *SWIFT, *self.options)
        self.phone = self.add_phone(self.peer)
        self.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes")
        return self

    def calls(self):
        return [c for c in self.status()["calls"] if c["state"] != "ended"]

    def wait_calls(self, *states):
        """Until the calls that have not ended are in those states, oldest first."""
        self.wait_status(
            "calls %s" % (states,),
            lambda s: [c["state"] for c in s["calls"] if c["state"] != "ended"] == list(states),
        )

    def ring(self, number=BOB, name="Bob"):
        self.peer.send("ring %s %s" % (number, name))

    def incoming(self):
        """A call that was answered here; what follows is told from now on."""
        self.ring()
        self.wait_calls("incoming")
        self.expect(0, "answer")
        self.wait_calls("connected")

    def shown(self):
        return [p for p in self.status()["phones"] if p["id"] == self.phone][0]

    def setting(self, name):
        self.peer.send("get " + name)
        return self.peer.wait("reply", command="get")["value"]

    def requests(self, part):
        """The requests so far with that in path or query."""
        self.peer.send("get mac")
        self.peer.wait("reply", command="get")
        seen = [e for e in self.peer.drain() if e["event"] == "request"]
        lines = ["%s?%s" % (e.get("path"), e.get("query") or "") for e in seen]
        return [line for line in lines if part in line]


def each(personality):
    """dial, hang up, answer, reject, hold, resume, tones, both transfers"""
    with Office(personality) as desk:
        # dialled: the answer to the request may be lost, the event is not
        desk.expect(0, "call", BOB, "--wait", "connected")
        desk.wait_calls("connected")
        desk.expect(0, "dtmf", "12#")
        check(desk.peer.wait("dtmf")["digits"] == "12#", "other tones")
        desk.expect(0, "hold")
        desk.wait_calls("held")
        desk.expect(0, "resume")
        desk.wait_calls("connected")
        desk.expect(0, "hangup")
        desk.wait_calls()
        # rejected
        desk.ring()
        desk.wait_calls("incoming")
        desk.expect(0, "reject")
        desk.wait_calls()
        # handed on at once
        desk.incoming()
        desk.expect(0, "transfer", CAROL)
        desk.wait_calls()
        check(desk.peer.wait("transfer", why="blind")["number"] == CAROL, "to somebody else")
        # handed on after asking there
        desk.incoming()
        desk.expect(0, "transfer", CAROL, "--attended")
        desk.wait_calls("held", "connected")
        desk.expect(0, "transfer", "--complete")
        desk.wait_calls()
        check(len(desk.requests("number=")) == 2, "dialled otherwise than twice")


def test_each_s360():
    """every verb for calls at a snom 360"""
    each("s360-87")


def test_each_drop():
    """every verb for calls at a snom 360 that never answers a dial request"""
    each("s360-drop")


def test_each_d725():
    """every verb for calls at a snom D725"""
    each("d725")


def test_each_d785():
    """every verb for calls at a snom D785"""
    each("d785")


def test_pair():
    """two calls: swapped, joined, and nothing of it with one"""
    with Office("d785", "--set", "fkey3=keyevent F_CONFERENCE") as desk:
        desk.incoming()
        for verb in ("swap", "conference"):
            desk.expect(1, verb)
        desk.expect(1, "transfer", "--complete")
        desk.expect(0, "transfer", CAROL, "--attended")
        desk.wait_calls("held", "connected")
        desk.expect(0, "swap")
        desk.wait_calls("connected", "held")
        desk.expect(0, "conference")
        desk.wait_calls("connected", "connected")
        check(desk.requests("key=P4"), "another key")


def test_all():
    """every call of the phone ends at once"""
    with Office() as desk:
        desk.incoming()
        desk.expect(0, "transfer", CAROL, "--attended")
        desk.wait_calls("held", "connected")
        desk.expect(0, "hangup-all")
        desk.wait_calls()
        check(len(desk.requests("RELEASE_ALL_CALLS")) == 1, "not in one request")
        check(desk.cli("hangup-all").returncode != 0, "there was none")


def test_not_offered():
    """a phone without a conference key, and the oldest one without a transfer key, say so"""
    with Office() as desk:
        check("conference" not in desk.shown()["can"] and "transfer" in desk.shown()["can"], str(desk.shown()["can"]))
        desk.incoming()
        desk.expect(0, "transfer", CAROL, "--attended")
        desk.wait_calls("held", "connected")
        before = len(desk.requests("key="))
        done = desk.cli("conference")
        check(done.returncode != 0 and "cannot" in done.stderr, done.stderr)
        check(len(desk.requests("key=")) == before, "a key was pressed")


def test_oldest():
    """a snom 190: no key to transfer or mute, and no events to wait for: hanging up ends every call"""
    with harness.Desk() as desk:
        desk.start_bus()
        peer = desk.start_phone("s190", "--auth", "none", *SWIFT)
        phone = desk.expect(0, "phone", "add", "http://127.0.0.1:%d" % peer.http).stdout.strip()
        desk.set("trust", "'none'", phone=phone)
        shown = desk.wait_phone("ready", lambda p: p["state"] == "ready")
        can = [p for p in desk.status()["phones"] if p["id"] == phone][0]["can"]
        check("transfer" not in can and "mute" not in can and "hold" in can, str(can))
        desk.expect(0, "call", BOB)
        check(desk.cli("hangup").returncode != 0, "not asked whether every call is to end")
        desk.expect(0, "hangup", "--yes")
        peer.wait("call", state="closed")


def test_device():
    """answered on what the user wants to talk on"""
    with Office() as desk:
        for device, key in (("speaker", "SPEAKER"), ("headset", "HEADSET"), ("handset", "OFFHOOK")):
            desk.ring()
            desk.wait_calls("incoming")
            desk.expect(0, "answer", "--device", device)
            desk.wait_calls("connected")
            check(len(desk.requests("key=" + key)) == 1, "no key " + key)
            desk.peer.send("remote-hangup")
            desk.wait_calls()
        desk.expect(2, "answer", "--device", "tin-can")


def test_mute():
    """the microphone: one key, whose state nobody tells, is unknown and never "no\""""
    with Office() as desk:
        desk.incoming()
        for verb in ("mute", "unmute"):
            desk.expect(0, verb)
            check(desk.shown()["muted"] == "unknown", str(desk.shown()))
        check(len(desk.requests("key=MUTE")) == 2, "other keys")
        check("mute-toggles" in desk.shown()["can"], str(desk.shown()["can"]))


def test_volume():
    """louder and quieter, as many steps as asked for"""
    with Office() as desk:
        before = int(desk.setting("vol_ringer"))
        desk.expect(0, "volume", "up", "3")
        check(int(desk.setting("vol_ringer")) == before + 3, desk.setting("vol_ringer"))
        desk.expect(0, "volume", "down")
        check(int(desk.setting("vol_ringer")) == before + 2, desk.setting("vol_ringer"))
        desk.expect(2, "volume", "up", "99")


def test_forward():
    """calls sent on in each way, read back, and switched off"""
    with Office() as desk:
        check(desk.shown()["forward"]["active"] == "no", str(desk.shown()["forward"]))
        desk.expect(0, "forward", "0" + CAROL[2:])
        check(desk.shown()["forward"]["all"] == desk.setting("redirect_number"), str(desk.shown()["forward"]))
        check(desk.setting("redirect_event") == "all", desk.setting("redirect_event"))
        desk.expect(0, "forward", "12", "--busy")
        check(desk.shown()["forward"]["busy"] == "12" and not desk.shown()["forward"]["all"], str(desk.shown()["forward"]))
        desk.expect(0, "forward", "13", "--no-answer", "--after", "25")
        forward = desk.shown()["forward"]
        check(forward["no-answer"] == "13" and forward["after"] == 25, str(forward))
        desk.expect(0, "forward", "off")
        check(desk.setting("redirect_event") == "none", desk.setting("redirect_event"))
        check(desk.shown()["forward"]["active"] == "no", str(desk.shown()["forward"]))
        # somebody switches it at the phone
        desk.peer.send("set redirect_number 99")
        desk.peer.send("set redirect_event all")
        desk.wait_status("told", lambda s: s["phones"][0]["forward"]["all"] == "99")
        for wrong in (["forward", "call me"], ["forward", "12", "--after", "5"], ["forward", "off", "--busy"]):
            check(desk.cli(*wrong).returncode in (2, 6), str(wrong))


def test_forward_by_account():
    """newer firmware keeps it by account"""
    options = ("fwd_all_enabled1=off", "fwd_all_target1=", "fwd_busy_enabled1=off", "fwd_busy_target1=",
               "fwd_time_enabled1=off", "fwd_time_target1=", "fwd_time_secs1=20")
    with Office("d785", *[word for option in options for word in ("--set", option)]) as desk:
        desk.expect(0, "forward", "12")
        desk.expect(0, "forward", "13", "--no-answer")
        forward = desk.shown()["forward"]
        check(forward["all"] == "12" and forward["no-answer"] == "13" and forward["after"] == 20, str(forward))
        check(desk.setting("redirect_event") == "none", "the phone's own was written, too")
        desk.expect(0, "forward", "off")
        check(desk.setting("fwd_all_enabled1") == "off" and desk.setting("fwd_time_enabled1") == "off", "still on")


def test_read_only():
    """a setting that may not be written is refused by name, and the phone stays ready"""
    with Office() as desk:
        desk.peer.send("flag redirect_event &")
        desk.peer.wait("reply", command="flag")
        done = desk.cli("forward", "12")
        check(done.returncode == 7 and "redirect_event" in done.stderr, "%d %s" % (done.returncode, done.stderr))
        check(desk.shown()["state"] == "ready" and desk.shown()["forward"]["active"] == "no", str(desk.shown()))


def test_lock():
    """the keyboard lock is told, set and taken off; dialling says why nothing happened"""
    with Office() as desk:
        check(desk.shown()["locked"] == "no", str(desk.shown()))
        desk.expect(0, "phone", "lock", desk.phone)
        check(desk.shown()["locked"] == "yes" and desk.setting("keyboard_lock") == "on", str(desk.shown()))
        done = desk.cli("call", BOB)
        check(done.returncode == 8 and "locked" in done.stderr, "%d %s" % (done.returncode, done.stderr))
        desk.expect(0, "phone", "unlock", desk.phone)
        check(desk.shown()["locked"] == "no", str(desk.shown()))
        desk.expect(0, "call", BOB, "--wait", "connected")


def test_identity():
    """which account calls: listed, chosen for one call, chosen for all"""
    with Office("d785", "--set", "user_name2=441", "--set", "user_host2=pbx.example", "--set", "user_active2=on") as desk:
        accounts = desk.shown()["identities"]
        check(len(accounts) == 2 and desk.shown()["identity"] == accounts[0], str(desk.shown()))
        desk.expect(0, "call", BOB, "--identity", accounts[1])
        check(desk.requests("outgoing_uri=" + accounts[1]), "another account")
        desk.expect(0, "hangup")
        desk.expect(0, "phone", "identity", desk.phone, accounts[1])
        check(desk.setting("active_line") == "2" and desk.shown()["identity"] == accounts[1], str(desk.shown()))
        out = desk.expect(0, "phone", "identity", desk.phone).stdout
        check("* " + accounts[1] in out and "  " + accounts[0] in out, out)
        desk.expect(2, "phone", "identity", desk.phone, "nobody@nowhere")


def test_reboot():
    """started anew only when that was confirmed; found again by itself"""
    with Office("d785", "--set", "reboot-time=300") as desk:
        done = desk.cli("phone", "reboot", desk.phone)
        check(done.returncode != 0 and not desk.requests("reboot"), "%d %s" % (done.returncode, done.stderr))
        desk.expect(0, "phone", "reboot", desk.phone, "--yes")
        desk.peer.wait("down")
        check(len(desk.requests("reboot=Reboot")) == 1, "asked more than once")
        desk.wait_phone("back", lambda p: p["state"] == "ready" and p["events"] == "yes")


def test_policy():
    """what the server does not allow is refused here, by its name, and no key is pressed"""
    with Office() as desk:
        front_end = desk.start_front_end()
        front_end.send("provision deny")
        desk.kinit()
        desk.set_account(front_end, login="")
        desk.expect(0, "sign-in")
        desk.wait_status("told", lambda s: s["server"] is not None and s["server"]["may-transfer"] is False)
        desk.incoming()
        before = len(desk.requests("key="))
        for words in (["transfer", CAROL], ["transfer", CAROL, "--attended"], ["forward", "12"]):
            done = desk.cli(*words)
            check(done.returncode == 1 and "server does not let you" in done.stderr, "%s: %s" % (words, done.stderr))
        check(len(desk.requests("key=")) == before, "a key was pressed")
        desk.expect(0, "forward", "off")


def test_habits():
    """what the keys do is shown to who looks for a fault"""
    with Office("d785", "--set", "transfer_on_hangup=on") as desk:
        check("transfer_on_hangup=on" in desk.shown()["habits"], str(desk.shown()["habits"]))
        check("transfer_on_hangup=on" in desk.expect(0, "phone", "show", desk.phone).stdout, "not shown")


FULL = [test_each_drop, test_each_d725]
TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]


def chosen():
    if ONLY == ["--full"]:
        return FULL
    return [t for t in TESTS if (t.__name__[5:] in ONLY if ONLY else t not in FULL)]


if __name__ == "__main__":
    sys.exit(harness.run(chosen()))
