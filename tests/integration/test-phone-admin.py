#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords and accounts of a phone, changed from the desk: over the real bus, at simulated phones,
also where the phone, or the agent, is lost in the middle.

usage: test-phone-admin.py BUILD-DIR [TEST...]
"""

import json
import signal
import subprocess
import sys

import harness

BUILD = sys.argv[1]
ONLY = sys.argv[2:]


def check(truth, *what):
    if not truth:
        raise harness.Failure("not so: " + " ".join(str(w) for w in what))


class Office(harness.Desk):
    """A desk with one phone, which the agent is logged in to."""

    def __init__(self, personality, *options, user="admin", password="1234", wait_events=False, **settings):
        super().__init__(BUILD)
        self.personality, self.options, self.settings = personality, options, settings
        self.login = (user, password)
        self.wait_events = wait_events

    def __enter__(self):
        self.start_bus()
        self.peer = self.start_phone(self.personality, *self.options)
        for key, value in self.settings.items():
            self.set(key, value, phone="phone")  # that is what it is going to be called
            if value == "'http'":
                self.peer.https = 0
        self.phone = self.add_phone(self.peer, *self.login)
        self.wait_phone("in", lambda p: p["state"] in ("ready", "unsupported"))
        if self.wait_events:
            self.wait_phone("events", lambda p: p["events"] == "yes")
        self.peer.drain()
        self.start = len(self.peer.events)
        return self

    def say(self, command):
        self.peer.send(command)
        reply = self.peer.wait("reply", command=command.split()[0])
        check(reply["ok"], command, reply)
        return reply

    def has(self, name):
        return self.say("get " + name)["value"]

    def since(self):
        """What the phone said since the beginning, or since again()."""
        self.say("get mac")  # all that was on its way is here
        return self.peer.events[self.start :]

    def back(self):
        """A phone that is down, or about to be, is back."""
        while not [e for e in self.since() if e["event"] == "down"]:
            pass
        self.say("advance 6")
        while not [e for e in self.since() if e["event"] == "listening"]:
            pass

    def again(self):
        self.start = len(self.peer.events)

    def refusals(self):
        return [e for e in self.since() if e["event"] == "request" and e["status"] == 401]

    def never_locked(self):
        lines = self.since()
        check(not [e for e in lines if e["event"] == "lockout"], lines)
        check(len(self.refusals()) <= 2, self.refusals())

    def nothing_leaked(self, *secrets):
        log = self.agent_log(0)
        for secret in secrets:
            check(secret not in log, "the password is in the log")
            check(not [e for e in self.since() if secret in json.dumps(e) and e["event"] == "request"],
                  "the password is in a request line")

    def set_password(self, status, *arguments, stdin=""):
        """(report by code, stderr)"""
        done = self.expect(status, "phone", "set-password", self.phone, "--json", *arguments, stdin=stdin)
        report = json.loads(done.stdout)["report"] if status == 0 else []
        return {line["code"]: line for line in report}, done.stderr

    def set_account(self, status, *arguments, stdin=""):
        done = self.expect(status, "phone", "set-account", self.phone, "--json", *arguments, stdin=stdin)
        reply = json.loads(done.stdout) if done.stdout else {"registration": None, "report": []}
        return reply["registration"], {line["code"]: line for line in reply["report"]}, done.stderr

    def is_in(self, password):
        """The phone has that password, and the agent gets in, also when it starts anew."""
        check(self.has("http_pass") == password, self.has("http_pass"))
        self.wait_phone("in", lambda p: p["state"] == "ready")
        self.stop_agent()
        self.wait_phone("in again", lambda p: p["state"] == "ready")


def generated():
    """a password is made, written in one form, tried once, kept, and stored here"""
    for personality in ("d785", "d725", "s360-87"):
        with Office(personality) as desk:
            report, _ = desk.set_password(0, "--generate")
            check("login-changed" in report and "not-stored" not in report, report)
            password = desk.has("http_pass")
            check(len(password) == 20 and desk.has("http_user") == "admin", password)
            writes = [e for e in desk.since() if e["event"] == "request" and e["method"] == "POST"]
            check(len(writes) == 1 and writes[0]["secure"] and not writes[0]["query"], writes)
            desk.never_locked()
            desk.nothing_leaked(password)
            desk.say("power-cut")  # nothing is only in memory
            desk.back()
            desk.is_in(password)


def typed():
    """whatever is typed arrives as it is; another user name goes with it"""
    password = "ä b&c=d+e%20\"#?/"
    with Office("d785") as desk:
        desk.set_password(0, "carol", stdin=password + "\n")
        check(desk.has("http_user") == "carol", desk.has("http_user"))
        desk.is_in(password)
        check(desk.get("user", desk.phone) == "'carol'", desk.get("user", desk.phone))
        desk.never_locked()
        desk.expect(2, "phone", "set-password", desk.phone, stdin="\n")
        desk.expect(2, "phone", "set-password", desk.phone, stdin="x" * 65 + "\n")
        desk.expect(2, "phone", "set-password", desk.phone, "a:b", stdin="secret\n")
        done = desk.cli("phone", "set-password", "nobody", stdin="secret\n")
        check(done.returncode != 0 and "nobody" in done.stderr, done.stderr)
        desk.is_in(password)


def out_of_the_box():
    """a phone that lets everybody in gets its first password"""
    with Office("blank", user="", password="") as desk:
        report, _ = desk.set_password(0, "--generate")
        check("open" in report and "login-changed" in report, report)
        check(desk.has("http_user") == "admin", desk.has("http_user"))
        desk.never_locked()
        desk.is_in(desk.has("http_pass"))
        report, _ = desk.set_password(0, "--generate")
        check("open" not in report, report)


def hidden_tags():
    """forms that are protected are sent back whole; the setting that forbids commands is named"""
    with Office("d785-strict") as desk:
        report, _ = desk.set_password(0, "--generate")
        check("login-changed" in report and "no-commands" in report, report)
        check(len(desk.has("http_pass")) == 20, desk.has("http_pass"))
        desk.never_locked()
    with Office("d785", "--set=restrict_uri_queries=on") as desk:
        desk.set_password(0, "--generate")
        check(len(desk.has("http_pass")) == 20, desk.has("http_pass"))


def not_to_be_written():
    """what the phone would ignore is refused by name, before anything is sent or stored"""
    with Office("d785") as desk:
        desk.say("flag http_pass &")
        _, error = desk.set_password(7, "--generate")
        check("http_pass" in error, error)
        desk.say("flag http_pass $")
        desk.say("flag user_pass1 &")
        _, _, error = desk.set_account(7, "1", "display=Carol", "password=ask", stdin="geheim\n")
        check("user_pass1" in error, error)
        desk.say("set admin_mode off")
        _, error = desk.set_password(7, "--generate")
        check("admin_mode" in error, error)
        check(not [e for e in desk.since() if e["event"] == "request" and e["method"] == "POST"], "sent")
        check(not desk.refusals(), desk.refusals())
        desk.say("set admin_mode on")
        desk.is_in("1234")


def in_the_open():
    """no password goes to a phone in the open"""
    with Office("d725", trust="'none'", scheme="'http'") as desk:
        _, error = desk.set_password(7, "--generate")
        check("https" in error, error)
        check(not [e for e in desk.since() if e["event"] == "request" and e["method"] == "POST"], "sent")
        check(desk.has("http_pass") == "1234", "written")


def not_taken():
    """the phone answers well and does nothing: the old password counts, two failures at most"""
    with Office("d785") as desk:
        desk.say("set write-answer lost")
        _, error = desk.set_password(7, "--generate")
        check("old" in error, error)
        desk.never_locked()
        desk.is_in("1234")


def no_answer():
    """the answer is lost, or the phone restarts: the new password counts and is found out"""
    with Office("d785") as desk:
        for how in ("empty", "hang"):
            desk.again()
            desk.say("set write-answer " + how)
            desk.set_password(0, "--generate")
            password = desk.has("http_pass")
            check(len(password) == 20, password)
            desk.never_locked()
            desk.is_in(password)


def lost():
    """the phone is gone before it can be asked; when it is back, the new password is tried first"""
    with Office("d785") as desk:
        desk.say("set write-answer power-cut")
        _, error = desk.set_password(8, "--generate")
        check("keyring" in error, error)
        desk.back()
        password = desk.has("http_pass")
        check(len(password) == 20, password)
        desk.expect(0, "phone", "test", desk.phone)
        desk.wait_phone("in", lambda p: p["state"] == "ready")
        desk.never_locked()
        desk.is_in(password)


def killed():
    """the agent is killed while the phone has it, or has it not: the next one finds out which"""
    for how, taken in (("hang", True), ("lost", False)):
        with Office("d785") as desk:
            desk.say("set write-answer " + how)
            writer = subprocess.Popen(
                [BUILD + "/tray/cli/offhook", "phone", "set-password", desk.phone, "--generate"],
                env=desk.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            desk.peer.wait("request", method="POST")
            desk.stop_agent(signal.SIGKILL)
            writer.wait()
            password = desk.has("http_pass")
            check((password != "1234") == taken, how, password)
            desk.again()
            desk.wait_phone("in", lambda p: p["state"] == "ready")
            desk.never_locked()
            desk.is_in(password)
            desk.set_password(0, "--generate")  # nothing is pending any more
            desk.is_in(desk.has("http_pass"))


def provisioned():
    """who is provisioned is told that it will not last; and what does not last is seen"""
    with Office("d785", "--set=setting_server=https://provisioning.example/") as desk:
        report, _ = desk.set_password(0, "--generate")
        check("setting_server" in report["provisioned"]["title"], report)
        desk.say("set http_pass 1234")  # what the next resync does
        desk.expect(7, "phone", "test", desk.phone)
        desk.wait_phone("out", lambda p: p["state"] == "unauthorized")
        desk.expect(0, "password", "phone", desk.phone, stdin="1234\n")
        desk.is_in("1234")
        desk.say("flag http_pass !")
        report, _ = desk.set_password(0, "--generate")
        check("provisioned" not in report, report)
    with Office("d785", "--set=disable_storing_changes=on") as desk:
        report, _ = desk.set_password(0, "--generate")
        check("never-stored" in report, report)


def other_logins():
    """the administrator's password goes with its twin, or to its newer place; the service account"""
    with Office("d785") as desk:
        report, error = desk.set_password(0, "--admin", "--generate")
        check("login-unverified" in report, report)
        password = desk.has("admin_mode_password")
        check(len(password) == 12 and password.isdigit() and password in error, password)
        check(desk.has("admin_mode_password_confirm") == password, "the twin")
        desk.set_password(0, "--service", "robot", stdin="geheim-99\n")
        check((desk.has("service_mode_login"), desk.has("service_mode_pass")) == ("robot", "geheim-99"), "service")
        desk.is_in("1234")
    with Office("d785", "--set=webserver_admin_password=x", "--set=webserver_admin_name=root") as desk:
        desk.set_password(0, "--admin", stdin="geheim-99\n")
        check(desk.has("webserver_admin_password") == "geheim-99", "the newer place")
        check(desk.has("admin_mode_password") == "0000", "the older place")


def account():
    """an account is set, read back and registered; the phone's events tell what became of it"""
    with Office("d785", "--set=sip-password=geheim", wait_events=True) as desk:
        registration, report, _ = desk.set_account(
            0, "1", "name=carol", "host=fabrikam.test", "login=FABRIKAM\\carol", "display=Carol Cole",
            "outbound=sip.fabrikam.test:5061;transport=tls", "srtp=mandatory", "password=ask", stdin="geheim\n"
        )
        check(registration == "registered" and "account-registered" in report, report)
        wanted = {
            "user_name1": "carol", "user_host1": "fabrikam.test", "user_pname1": "FABRIKAM\\carol",
            "user_realname1": "Carol Cole", "user_outbound1": "sip.fabrikam.test:5061;transport=tls",
            "user_srtp1": "on", "user_savp1": "mandatory", "user_pass1": "geheim", "user_active1": "on",
        }
        for name, value in wanted.items():
            check(desk.has(name) == value, name, desk.has(name))
        registration, report, _ = desk.set_account(7, "1", "password=ask", stdin="falsch\n")
        check(registration == "refused" and "account-refused" in report, report)
        check(desk.has("user_name1") == "carol", "what was not named stays")
        desk.nothing_leaked("geheim", "falsch")
        _, _, error = desk.set_account(2, "3", "display=Nobody")
        check("3" in error, error)
        desk.set_account(2, "1", "host=a b")
        desk.set_account(2, "13", "name=x")
        desk.set_account(2, "1", "password=geheim")


def account_without_events():
    """a phone that tells nothing: it is set, and more is not claimed"""
    with Office("d785", events="'off'") as desk:
        registration, report, _ = desk.set_account(8, "2", "name=441", "host=pbx.example")
        check(registration == "unknown" and "account-unknown" in report, report)
        check(desk.has("user_name2") == "441", desk.has("user_name2"))


def own_identity():
    """the account that this desk signs in with is offered, with its password from the keyring"""
    with Office("d785", "--set=sip-password=Passw0rd!", wait_events=True) as desk:
        desk.set("uri", "'sip:alice@fabrikam.test'")
        desk.set("login", "'FABRIKAM\\\\alice'")
        done = desk.cli("phone", "set-account", desk.phone, "password=own")
        check(done.returncode == 3 and "stored" in done.stderr, done.stderr)
        desk.cli("password", "sign-in", stdin="Passw0rd!\n")
        registration, _, _ = desk.set_account(0, "name=alice", "host=fabrikam.test", "login=FABRIKAM\\alice",
                                              "password=own")
        check(registration == "registered" and desk.has("user_pass1") == "Passw0rd!", registration)
        # asked on a terminal or not: an empty line takes what is offered
        desk.set_account(7, "5", stdin="\n\n\n\n\n\n")
        check(desk.has("user_name5") == "alice" and desk.has("user_pname5") == "FABRIKAM\\alice",
              desk.has("user_name5"))


def uc_edition():
    """before the first account the web page gets a password of its own, and the user is told why"""
    with Office("uc", user="", password="", wait_events=True) as desk:
        registration, report, _ = desk.set_account(
            0, "1", "name=carol", "host=fabrikam.test", "password=ask", stdin="geheim\n"
        )
        check("web-login-first" in report, report)
        check(desk.has("http_user") == "admin" and desk.has("http_pass") != "geheim", desk.has("http_user"))
        check(desk.has("user_pass1") == "geheim", "the account")
        desk.never_locked()
        desk.is_in(desk.has("http_pass"))
        _, report, _ = desk.set_account(0, "1", "display=Carol")
        check("web-login-first" not in report, report)


QUICK = [generated, hidden_tags, not_to_be_written, not_taken, killed, account]
FULL = [typed, out_of_the_box, in_the_open, no_answer, lost, provisioned, other_logins, account_without_events,
        own_identity, uc_edition]

if __name__ == "__main__":
    if ONLY == ["--full"]:
        sys.exit(harness.run(FULL))
    sys.exit(harness.run([t for t in QUICK + FULL if t.__name__ in ONLY] if ONLY else QUICK))
