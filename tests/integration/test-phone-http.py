#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a phone's web server answers, and what `offhook call` makes of it: exit status and words; and
the three logins of a phone, of which none is ever sent so often that the phone locks everybody out."""

import json
import sys

import harness

RINGS = "+493012345675"  # unheard, until somebody hangs up
PASSWORD = "telefon"


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


class Phone:
    """A desk with one phone that is ready, and its calls followed unless events are off."""

    def __init__(self, desk, *options, personality="d785", events=True):
        self.desk = desk
        self.peer = desk.start_phone(personality, "--password=" + PASSWORD, *options)
        desk.start_bus()
        self.id = desk.add_phone(self.peer, password=PASSWORD)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        if not events:
            desk.set("events", "'off'", phone=self.id)
            desk.stop_agent()
        self.ready(events)

    def ready(self, events=True):
        self.desk.wait_phone("ready", lambda p: p["state"] == "ready")
        if events:
            # the last thing that is written to have calls followed is stored; the next look says so
            self.desk.wait_phone("followed", lambda p: self.own_urls() > 0)

    def own_urls(self):
        settings = self.say("dump")["settings"]
        return len([k for k, v in settings.items() if k.startswith("action_") and v])

    def say(self, command):
        self.peer.send(command)
        reply = self.peer.wait("reply", command=command.split()[0])
        check(reply["ok"], command + ": " + reply.get("error", ""))
        return reply

    def call(self, status, *words):
        """Dials; the exit status has to be that, and the words on stderr or stdout."""
        done = self.desk.expect(status, "call", RINGS)
        told = done.stdout + done.stderr
        for word in words:
            check(word in told, "“%s” is not in: %s" % (word, told))
        return told

    def dials(self):
        """Dial requests that the phone has got so far."""
        requests = self.say("dump")["requests"]
        return len([r for r in requests if (r.get("query") or "").startswith("number=")])

    def end(self):
        self.peer.send("hangup")
        self.peer.wait("reply", command="hangup")
        self.desk.expect_any("hangup", "--yes")
        self.desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])

    def asked(self, path, user):
        """How often that page was asked for with that login."""
        return len([r for r in self.say("dump")["requests"] if r["path"] == path and r.get("user") == user])

    def refusals(self):
        return len([r for r in self.say("dump")["requests"] if r["status"] == 401])

    def lockouts(self):
        self.say("get mac")
        return len([line for line in self.peer.events if line["event"] == "lockout"])


def expect_any(desk, *arguments):
    desk.cli(*arguments)


harness.Desk.expect_any = expect_any


def test_dialled():
    """Whatever the phone answers: it told of the call, so it is dialled"""
    with harness.Desk() as desk:
        phone = Phone(desk)
        for number, answer in enumerate(("302", "302-absolute", "200", "204", "drop"), 1):
            phone.say("set dial-answer " + answer)
            phone.call(0)
            check(phone.dials() == number, "%s: %d dial requests" % (answer, phone.dials()))
            phone.end()


def test_not_told():
    """It took the request and told of no call: 8, look at the phone, and what may be the reason"""
    with harness.Desk() as desk:
        phone = Phone(desk)
        for number, answer in enumerate(("302", "drop"), 1):
            phone.say("set dial-answer " + answer)
            phone.say("fail-next missing-event")
            phone.call(8, "Look at")
            check(phone.dials() == number, "%s: %d dial requests" % (answer, phone.dials()))
            phone.end()
        phone.say("set dial-answer 302")
        phone.say("set keyboard_lock on")
        phone.call(8, "Look at", "locked")


def test_untold():
    """Events are off: an answer is all there is, and without one only the phone knows"""
    with harness.Desk() as desk:
        phone = Phone(desk, events=False)
        phone.call(0)
        phone.end()
        phone.say("set dial-answer drop")
        phone.call(8, "Look at")
        check(phone.dials() == 2, "%d dial requests" % phone.dials())


def refused(fault, status, *words):
    with harness.Desk() as desk:
        phone = Phone(desk)
        before = phone.dials()
        desk.expect(0, "number", RINGS)
        phone.say("fail-next " + fault)
        phone.call(status, *words)
        check(phone.dials() - before <= 1, "%d dial requests" % phone.dials())
        check(not phone.say("dump")["calls"], "it has dialled")


def test_refused():
    """401, blocked, 403, another generation: named, and nothing is dialled"""
    refused("401", 7, "password")
    refused("blocked", 7, "refuses everybody until")
    refused("403", 7, "127.0.0.1")
    refused("spa", 7, "D8xx")
    refused("404", 7, "remote control")


def test_not_sent():
    """No connection, or another certificate: nothing was sent, and that is said"""
    with harness.Desk() as desk:
        phone = Phone(desk)
        phone.say("certificate self-signed")
        phone.call(5, "Nothing was dialled")
        check(phone.dials() == 0, "dialled")
        phone.peer.stop()
        desk.stop_agent()
        phone.desk.wait_phone("away", lambda p: p["state"] == "unreachable")
        phone.call(4, "Nothing was dialled")


def test_service_login():
    """The user's login shows too little of the settings: the service login is used for them alone"""
    with harness.Desk() as desk:
        phone = Phone(desk, "--set=service_mode_login=fitter", "--set=service_mode_pass=spanner")
        phone.say("set admin_mode off")
        desk.stop_agent()
        desk.expect(2, "password", "phone", phone.id, "--level", "service", stdin="spanner\n")
        desk.expect(2, "password", "phone", phone.id, "--level", "boss", "--user", "x", stdin="spanner\n")
        desk.expect(0, "password", "phone", phone.id, "--level", "service", "--user", "fitter", stdin="spanner\n")
        phone.ready()
        check(phone.asked("/settings.htm", "fitter") > 0, "the settings were read by the user alone")
        phone.call(0)
        phone.end()
        check(phone.asked("/command.htm", "admin") > 0, "who has dialled?")
        check(phone.asked("/command.htm", "fitter") == 0, "dialled with more than it takes")
        check(phone.lockouts() == 0, "locked out")
        # it survives a restart of the agent, in the keyring
        desk.stop_agent()
        before = phone.asked("/settings.htm", "fitter")
        phone.ready()
        check(phone.asked("/settings.htm", "fitter") > before, "forgotten by the restart")


def test_never_locked():
    """Wrong logins of every level, stored again and again: the phone never locks anybody out"""
    with harness.Desk() as desk:
        phone = Phone(desk)
        desk.stop_agent()
        phone.say("expire")
        before = phone.refusals()
        desk.expect(0, "password", "phone", phone.id, stdin="wrong\n")
        for level in ("admin", "service"):
            desk.expect(0, "password", "phone", phone.id, "--level", level, "--user", "x", stdin="wrong\n")
        desk.wait_phone("refused", lambda p: p["state"] in ("unauthorized", "locked-out"))
        for _ in range(3):
            desk.expect(7, "call", RINGS)
            desk.cli("phone", "test", phone.id)
        check(phone.refusals() - before <= 3, "%d refusals" % (phone.refusals() - before))
        check(phone.lockouts() == 0, "locked out")


def test_unprotected():
    """A phone without a password is named as what it is: open to everybody"""
    with harness.Desk() as desk:
        peer = desk.start_phone("d785", "--auth=none")
        desk.start_bus()
        desk.add_phone(peer, user=None, password=None)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        report = json.loads(desk.cli("doctor", "--json").stdout)
        found = [f for f in report if f["severity"] != "ok" and "phone" in f["code"] and "password" in json.dumps(f)]
        check(found, json.dumps(report, indent=1))


def uc_phone(desk, password):
    """A phone of the UC edition whose web page has the login of alice, and a desk of hers."""
    peer = desk.start_phone("uc", "--set=http_user=alice", "--set=http_pass=" + password)
    desk.start_bus()
    desk.set("uri", "'sip:alice@fabrikam.test'")
    desk.set("login", "'FABRIKAM\\\\alice'")
    desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
    phone = desk.add_phone(peer, user=None, password=None)
    desk.wait_phone("asked", lambda p: p["state"] == "unauthorized")
    return peer, phone


def test_uc_login():
    """The UC edition: the account's login is offered with consent, once, and not without"""
    with harness.Desk() as desk:
        peer, phone = uc_phone(desk, harness.PASSWORD)
        desk.set("sign-in-login", "true", phone=phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        check(desk.get("sign-in-login", phone=phone) == "true", "the consent was taken back")
    with harness.Desk() as desk:
        peer, phone = uc_phone(desk, "another")
        desk.set("sign-in-login", "true", phone=phone)
        peer.wait("request", status=401, authorization="Digest")
        desk.wait_phone("refused", lambda p: p["state"] == "unauthorized")
        desk.expect(7, "call", RINGS)
        desk.stop_agent()
        check(desk.get("sign-in-login", phone=phone) == "false", "the consent still stands")
        desk.expect(7, "call", RINGS)
        peer.send("dump")
        requests = peer.wait("reply", command="dump")["requests"]
        answered = [r for r in requests if r.get("authorization")]
        check(len(answered) == 1, "%d answers" % len(answered))
        check(not [line for line in peer.events if line["event"] == "lockout"], "locked out")


TOPICS = {
    "dial": [test_dialled, test_not_told, test_untold],
    "refusal": [test_refused, test_not_sent],
    "login": [test_service_login, test_never_locked, test_unprotected, test_uc_login],
}

if __name__ == "__main__":
    sys.exit(harness.run(TOPICS[sys.argv[1]]))
