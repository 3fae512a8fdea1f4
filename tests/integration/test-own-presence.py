#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others see of the user: what was chosen here or elsewhere, the computer, the phone, and that
it goes away with us.

usage: test-own-presence.py BUILD-DIR [TOPIC or TEST...]
"""

import json
import os
import signal
import sys

import harness
import presence_desk
from presence_desk import ALICE, check

BUILD = sys.argv[1]
ONLY = sys.argv[2:]
HERE = os.path.dirname(os.path.abspath(__file__))


class Office(presence_desk.Office):
    """.shell is the desktop when it was asked for: it knows whether somebody sits there."""

    def __init__(self, *front_end, phone=False, shell=False, **settings):
        super().__init__(BUILD, *front_end, phone=phone)
        self.with_shell = shell
        self.settings = settings

    def start_bus(self):
        super().start_bus()
        for key, value in self.settings.items():
            self.set(key.replace("_", "-"), str(value))
        if self.with_shell:
            self.shell = self.start_peer("shell", ["/usr/bin/python3", os.path.join(HERE, "fake_desktop.py")])
            self.shell.wait("ready")

    def machine(self, since, availability):
        """Waits until the computer's own state is that one; returns what was published of it."""
        while True:
            for event in self.fe.drain()[since:]:
                if self.is_machine(event) and event["availability"] == availability:
                    return event
            self.fe.wait("published", category="state")

    @staticmethod
    def is_machine(event):
        return event["event"] == "published" and int(event["instance"]) >> 28 == 3 and event["container"] == 2

    def left(self):
        self.fe.send("left alice")
        return self.fe.wait("left")


# ---------------------------------------------------------------- chosen


def the_answer_is_the_new_state():
    """what the command prints is what the server has made of it, however the server tells"""
    for how in ("both", "body", "later"):
        with Office("--self-notify=" + how) as desk:
            for word in ("dnd", "brb", "available", "busy", "off-work", "away"):
                for _ in range(2):  # what is so already is answered, too
                    said = json.loads(desk.expect(0, "presence", word, "--json").stdout)
                    check(said["availability"] == word, (how, word, said))
            said = json.loads(desk.expect(0, "presence", "reset", "--note", "Back at 3", "--json").stdout)
            check((said["availability"], said["note"]) == ("available", "Back at 3"), (how, said))
            said = json.loads(desk.expect(0, "presence", "--note", "", "--json").stdout)
            check(said["note"] == "", (how, said))
            desk.no_violation()


def notes_have_a_limit():
    """500 characters pass, one more is refused and says so; empty removes"""
    with Office() as desk:
        desk.expect(0, "presence", "--note", "ü" * 500)
        desk.wait_presence("available", note="ü" * 500)
        done = desk.expect(2, "presence", "busy", "--note", "ü" * 501)
        check("500" in done.stderr, done.stderr)
        desk.wait_presence("available", note="ü" * 500)
        desk.expect(0, "presence", "--note", "")
        desk.wait_presence("available", note="")


def another_client_decides():
    """what another client sets is followed, and ours counts again when it is the newer one"""
    with Office() as desk:
        desk.tell("client alice other user 12500")
        desk.wait_presence("brb")
        desk.expect(0, "presence", "busy")
        desk.wait_presence("busy")
        desk.tell("client alice other user 15500")
        desk.wait_presence("away")
        said = json.loads(desk.expect(0, "presence", "busy", "--json").stdout)  # the same as before
        check(said["availability"] == "busy", said)
        desk.tell("client alice other user 0")
        desk.wait_presence("available")
        desk.tell("client alice other timed 9500")
        desk.wait_presence("dnd")
        desk.expect(0, "presence", "reset")
        desk.wait_presence("available")
        desk.no_violation()


def access_levels():
    """an account that has no rule for who sees what gets the usual ones; others keep theirs"""
    with Office("--no-levels") as desk:
        body = desk.fe.wait("members", user=ALICE)["body"]
        for level, who in ((200, "sameEnterprise"), (100, "federated")):
            rule = '<container id="%d" version="0"><member action="add" type="%s"/></container>' % (level, who)
            check(rule in body, body)
        desk.no_violation()
    with Office() as desk:
        desk.expect(0, "presence", "--note", "hello")
        check(not [e for e in desk.fe.drain() if e["event"] == "members"], "rules were changed")


# ---------------------------------------------------------------- the computer


def idle():
    """nobody touches it: idle after the limit, and back at once; the shell is not asked in between"""
    with Office(shell=True, idle_minutes=1, away_minutes=60) as desk:
        check(desk.shell.wait("watch")["ms"] == 60000, "wrong limit")
        desk.shell.send("idle")
        desk.wait_presence("idle")
        desk.shell.wait("active-watch")
        desk.expect(0, "presence", "busy")  # what was chosen shows whatever the computer does
        desk.shell.send("active")
        desk.wait_presence("busy")
        desk.expect(0, "presence", "reset")
        desk.wait_presence("available")
        asked = [e for e in desk.shell.drain() if e["event"] == "watch"]
        check(len(asked) == 1, asked)
        desk.set("idle-minutes", "0")
        desk.set("away-minutes", "2")
        desk.shell.wait("watch", ms=120000)
        desk.shell.send("idle")
        desk.wait_presence("away")
        desk.set("away-minutes", "0")
        desk.wait_presence("available")
        desk.no_violation()


def locked():
    """a locked screen is away at once; what was chosen stays"""
    with Office(shell=True) as desk:
        desk.shell.send("lock")
        desk.wait_presence("away")
        desk.expect(0, "presence", "dnd")
        desk.wait_presence("dnd")
        desk.shell.send("unlock")
        desk.wait_property("ScreenLocked", False)
        desk.wait_presence("dnd")
        desk.expect(0, "presence", "reset")
        desk.wait_presence("available")


def beside_another_client():
    """beside another client this computer never makes the user look available"""
    with Office() as desk:
        start = desk.mark()
        desk.tell("client alice other machine 5000")
        desk.tell("client alice other device")
        desk.machine(start, 15500)
        desk.wait_presence("idle")
        start = desk.mark()
        desk.tell("client alice other gone")
        desk.machine(start, 3500)
        desk.wait_presence("available")
        desk.no_violation()


# ---------------------------------------------------------------- the phone


def conference():
    """two parties at once are a conference, one of them is a call"""
    with Office(phone=True) as desk:
        desk.wait_status("events", lambda s: s["phones"][0]["events"] == "yes")
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        desk.desk_phone.send("fail-next missing-event")  # that the first one is held: so both are up
        desk.desk_phone.send("dial 4711")
        desk.desk_phone.send("remote-answer")
        desk.fe.wait("aggregate", user=ALICE, activity="in-a-conference")
        desk.wait_presence("busy", "in-a-conference")
        desk.desk_phone.send("hangup")
        desk.fe.wait("aggregate", user=ALICE, activity="on-the-phone")
        desk.wait_presence("busy", "on-the-phone")
        desk.no_violation()


def said_once():
    """a call that another client shows is not shown twice; when that ends, ours is"""
    with Office(phone=True) as desk:
        desk.tell("client alice other phone 6500 on-the-phone")
        desk.wait_presence("busy", "on-the-phone")
        start = desk.mark()
        desk.call()
        desk.tell("note alice seen")  # told after the call: what it led to is there
        desk.wait_presence("busy", "on-the-phone", "seen")
        check(not desk.published(start), desk.published(start))
        desk.tell("client alice other phone 0")
        desk.fe.wait("published", activity="on-the-phone")
        desk.wait_presence("busy", "on-the-phone")
        start = desk.mark()
        desk.tell("client alice other phone 6500 on-the-phone")  # and the other way round
        desk.fe.wait("published", deleted=True, container=3)
        desk.wait_presence("busy", "on-the-phone")
        desk.hang_up()
        desk.tell("client alice other phone 0")
        desk.wait_presence("available", "")
        check(not desk.published(start, deleted=False), desk.published(start))
        desk.no_violation()


# ---------------------------------------------------------------- the end


def signed_out():
    """nothing bound to us is left after signing out; what the user has chosen is"""
    with Office(phone=True) as desk:
        desk.expect(0, "presence", "brb", "--note", "soon")
        desk.call()
        desk.fe.wait("published", activity="on-the-phone")
        check(desk.left()["endpoint-bound"] >= 5, "nothing was published")
        desk.expect(0, "sign-out")
        left = desk.left()
        check((left["endpoints"], left["endpoint-bound"]) == (0, 0), left)
        check(left["lasting"] >= 2, left)
        desk.no_violation()


def killed():
    """an agent that is killed in a call: the registration's expiry takes along what it published"""
    with Office("--linger", "--expires=12", "--keep-alive=0", phone=True) as desk:
        desk.expect(0, "presence", "--note", "soon")
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        desk.stop_agent(signal.SIGKILL)
        check(desk.left()["endpoint-bound"] >= 5, "went too early")  # device, machine and phone
        desk.fe.wait("deregistered", reason="expired")
        left = desk.left()
        check((left["endpoints"], left["endpoint-bound"], left["user-bound"]) == (0, 0, 0), left)
        check(left["lasting"] >= 3, left)  # the note stays
        last = [e for e in desk.fe.drain() if e["event"] == "aggregate" and e["user"] == ALICE][-1]
        check(last["availability"] >= 18000, last)


TOPICS = {
    "chosen": [the_answer_is_the_new_state, notes_have_a_limit, access_levels, another_client_decides],
    "desk": [idle, locked, beside_another_client, conference, said_once],
    "end": [signed_out, killed],
}

if __name__ == "__main__":
    sys.exit(
        harness.run(
            [t for topic, tests in TOPICS.items() for t in tests if not ONLY or {topic, t.__name__} & set(ONLY)]
        )
    )
