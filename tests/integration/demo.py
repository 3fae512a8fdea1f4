#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from end to end, said aloud while it happens. packaging/demo is its front door."""

import argparse
import json
import os
import subprocess
import sys
import time

import harness

NUMBER = "+49 30 12345678"


class Story:
    """Prints what was seen, and never prints what was not."""

    def __init__(self):
        self.start = time.monotonic()
        self.colour = sys.stdout.isatty()

    def chapter(self, text):
        print("\n" + (("\033[1m%s\033[0m" if self.colour else "%s") % text), flush=True)

    def saw(self, text):
        mark = "\033[32m✓\033[0m" if self.colour else "✓"
        print("  %s %s" % (mark, text), flush=True)

    def verdict(self, good, text):
        print("\n%s (%.1f s)" % (text, time.monotonic() - self.start), flush=True)
        return 0 if good else 1


PLAIN = ("s190",)  # these have no https


def prepare(desk, story, personality):
    story.chapter("Around the desk")
    desk.start_realm()
    story.saw("a Kerberos realm FABRIKAM.TEST with Alice, Bob and Carol")
    front_end = desk.start_front_end()
    story.saw("a front end at %s:%d that challenges with Kerberos and NTLM" % (harness.SERVER, front_end.port))
    login = [] if personality == "blank" else ["--user=admin", "--password=telefon"]
    phone = desk.start_phone(personality, "--set=reboot-time=200", *login)
    phone.protected = bool(login)
    story.saw(
        "a %s at https://127.0.0.1:%d%s"
        % (phone.listening["model"], phone.https, " that wants a password" if login else " as it leaves the factory")
    )
    return front_end, phone


def sign_in(desk, story, front_end):
    story.chapter("Alice signs in")
    desk.start_bus()
    desk.kinit("alice")
    story.saw("she has a Kerberos ticket, as after logging in")
    desk.set_account(front_end, "alice", login="")
    desk.expect(0, "sign-in")
    seen = front_end.wait("registered", user="sip:alice@fabrikam.test")
    status = desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")
    story.saw("the front end has her: %s, every message signed" % seen["mechanism"])
    story.saw("offhook status: online at %s" % status["endpoint"]["server"])
    desk.wait_status("available", lambda s: s["presence"]["availability"] == "available")
    story.saw("others see her: available")
    people = json.loads(desk.expect(0, "contacts", "--json").stdout)
    for person in people:
        story.saw("contact %s: %s" % (person["name"], person["availability"]))


def connect_phone(desk, story, phone):
    """Whether it can be dialled on; if not, what is said of it."""
    story.chapter("Her phone")
    if phone.listening["personality"] in PLAIN:
        phone.https = 0
    identity = desk.add_phone(phone, password="telefon" if phone.protected else "")
    if phone.listening["personality"] in PLAIN:
        desk.set("trust", "'none'", phone=identity)
        desk.set("scheme", "'http'", phone=identity)
        story.saw("it has no https: she has said for this phone that plain http will do")
    seen = desk.wait_phone("known", lambda p: p["state"] not in ("unknown", "unauthorized"), identity)
    if seen["state"] != "ready":
        refuse_phone(desk, story, seen)
        return False
    story.saw("%s, firmware %s: ready; its certificate is remembered" % (seen["model"], seen["firmware"]))
    if phone.listening["personality"] == "yealink":
        enter_addresses(desk, story, phone, identity)
    return True


def refuse_phone(desk, story, seen):
    """A phone that takes no commands is named, with what to do, and nothing is dialled."""
    story.saw("%s: %s" % (seen["state"], seen["reason"]))
    done = desk.cli("call", NUMBER)
    if done.returncode == 0:
        raise harness.Failure("dialled on a phone that is %s" % seen["state"])
    story.saw("offhook call says the same, and nothing was dialled (exit status %d)" % done.returncode)


def enter_addresses(desk, story, phone, identity):
    """What the administrator of such a phone does: no program can tell it where its events go."""
    desk.wait_phone("listening", lambda p: p["reason"] and "events.cfg" in p["reason"], identity)
    path = os.path.join(desk.env["XDG_DATA_HOME"], "offhook", "phones", identity + "-events.cfg")
    with open(path) as lines:
        for line in lines:
            phone.send("set %s %s" % tuple(line.rstrip("\n").split(" = ", 1)))
    phone.send("reboot")
    desk.wait_phone("heard", lambda p: p["state"] == "ready" and not p["reason"], identity)
    story.saw("its administrator imported the addresses for its events; it started anew and told so")


def call(desk, story, front_end, phone):
    story.chapter("One click: " + NUMBER)
    done = desk.expect(0, "call", NUMBER, "--wait", "connected")
    story.saw(done.stdout.strip().split("\n")[0])
    story.saw("the phone reports: connected")
    front_end.wait("aggregate", user="sip:alice@fabrikam.test", activity="on-the-phone")
    status = desk.wait_status("on the phone", lambda s: s["presence"]["activity"] == "on-the-phone")
    story.saw("others see her: %s, on the phone" % status["presence"]["availability"])
    desk.expect(0, "hangup")
    desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])
    story.saw("hung up from the desktop")
    desk.wait_status("available again", lambda s: s["presence"]["availability"] == "available")
    story.saw("others see her: available")


def sign_out(desk, story, front_end):
    story.chapter("The end of the day")
    desk.expect(0, "sign-out")
    front_end.wait("deregistered", user="sip:alice@fabrikam.test")
    story.saw("signed out; nothing of hers is left at the front end")
    violations = [e for e in front_end.drain() if e["event"] in ("violation", "bad-signature")]
    if violations:
        raise harness.Failure("the front end complains: %s" % violations)
    story.saw("the front end has no complaint about any message")


def stay(desk, story, tray):
    """Leaves everything running, with the tray where there is a display."""
    command = os.path.join(desk.build, "tray", "offhook-tray")
    running = None
    if tray:
        running = subprocess.Popen([command], env=desk.env)
        story.chapter("The tray is running against them.")
    print("  Talk to it from another terminal:")
    for name in ("DBUS_SESSION_BUS_ADDRESS", "GSETTINGS_BACKEND", "GSETTINGS_SCHEMA_DIR", "XDG_CONFIG_HOME"):
        print("    export %s='%s'" % (name, desk.env[name]))
    print("    %s status" % os.path.join(desk.build, "tray/cli/offhook"))
    print("  Ctrl+C ends everything.", flush=True)
    try:
        if running is not None:
            running.wait()
        else:
            desk.bus.wait()
    except KeyboardInterrupt:
        pass
    finally:
        if running is not None and running.poll() is None:
            running.terminate()
            running.wait()


def main():
    parser = argparse.ArgumentParser(description="The main job of Offhook, on this machine alone.")
    parser.add_argument("--headless", action="store_true", help="no window, end by itself")
    parser.add_argument("--keep", action="store_true", help="leave everything running")
    parser.add_argument("--personality", default="d785", help="which phone (d785)")
    options = parser.parse_args()
    display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    tray = display and not options.headless
    story = Story()
    try:
        with harness.Desk() as desk:
            front_end, phone = prepare(desk, story, options.personality)
            sign_in(desk, story, front_end)
            dialled = connect_phone(desk, story, phone)
            if dialled:
                call(desk, story, front_end, phone)
            if tray or options.keep:
                stay(desk, story, tray)
            else:
                sign_out(desk, story, front_end)
    except (harness.Failure, subprocess.SubprocessError) as problem:
        print("\n%s" % problem)
        return story.verdict(False, "The demo did not get through")
    if not dialled:
        return story.verdict(True, "Signed in; this phone cannot be dialled on, and that was said")
    return story.verdict(True, "The main job works: signed in, one click, the phone dialled, presence followed")


if __name__ == "__main__":
    sys.exit(main())
