#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do not disturb at the phones and as presence: whichever is switched last decides.

usage: test-dnd.py BUILD-DIR [TEST...]
"""

import json
import signal
import sys

import harness
import presence_desk
from presence_desk import check

BUILD = sys.argv[1]
ONLY = sys.argv[2:]
TIMED = 0x24000000


class Office(presence_desk.Office):
    def __init__(self, *front_end, phone=True, **settings):
        super().__init__(BUILD, *front_end, phone=phone)
        self.settings = settings

    def start_bus(self):
        super().start_bus()
        for key, value in self.settings.items():
            self.set(key.replace("_", "-"), value)

    def __enter__(self):
        super().__enter__()
        if self.with_phone:
            self.wait_status("events", lambda s: s["phones"][0]["events"] == "yes")
        return self

    def second_phone(self):
        peer = self.start_phone("d785", "--user=admin", "--password=telefon", "--mac=000413AABBDD")
        identity = self.expect(0, "phone", "add", "127.0.0.1:%d" % peer.https).stdout.strip()
        self.wait_status("met", lambda s: s["phones"][1]["state"] == "unauthorized")
        self.set("user", "'admin'", phone=identity)
        self.expect(0, "password", "phone", identity, stdin="telefon\n")
        self.wait_status("both", lambda s: [p["events"] for p in s["phones"]] == ["yes", "yes"])
        return peer

    def wait_dnd(self, *switches):
        """Until the agent says that of the phones, in their order."""
        self.wait_status("dnd %s" % (switches,), lambda s: [p["dnd"] for p in s["phones"]] == list(switches))

    @staticmethod
    def is_on(phone):
        phone.send("get dnd_mode")
        return phone.wait("reply", command="get")["value"] == "on"

    def commands(self, phone, since=0):
        """What the phone was told of it, in order."""
        lines = [e.get("query") or "" for e in phone.drain()[since:] if e["event"] == "request"]
        return [q.split("dnd_mode=")[1] for q in lines if "dnd_mode=" in q]

    def choices(self, since):
        """What the front end was given of the user's own states in container 2, in order."""
        return [
            (int(e["instance"]) == TIMED, e["deleted"])
            for e in self.fe.drain()[since:]
            if e["event"] == "published" and int(e["instance"]) >> 28 == 2 and e["container"] == 2
        ]


def the_phones_key():
    """the key at the phone is seen by others for a day at most; released, what was before is back"""
    with Office() as desk:
        desk.expect(0, "presence", "brb")
        start = desk.mark()
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        desk.desk_phone.send("key DND")
        desk.wait_presence("brb")
        check(desk.choices(start) == [(True, False), (True, True)], desk.choices(start))
        check(not desk.commands(desk.desk_phone), "the phone was told what it had said")
        desk.no_violation()


def the_users_choice():
    """presence switches the phone, and what is chosen then switches it back"""
    with Office() as desk:
        desk.expect(0, "presence", "dnd")
        desk.wait_dnd(True)
        check(desk.is_on(desk.desk_phone), "the phone rings")
        desk.expect(0, "presence", "busy")
        desk.wait_dnd(False)
        desk.tell("client alice other timed 9500")  # chosen at another client
        desk.wait_dnd(True)
        desk.tell("client alice other timed 0")
        desk.wait_dnd(False)
        check(desk.commands(desk.desk_phone) == ["on", "off", "on", "off"], desk.commands(desk.desk_phone))
        desk.no_violation()


def the_last_word():
    """each can undo what the other has switched, and nothing goes round in circles"""
    with Office() as desk:
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        desk.expect(0, "presence", "available")
        desk.wait_dnd(False)
        desk.wait_presence("available")
        desk.expect(0, "presence", "dnd")
        desk.wait_dnd(True)
        start = desk.mark()
        desk.desk_phone.send("key DND")
        desk.wait_presence("available")
        desk.wait_dnd(False)
        check(desk.commands(desk.desk_phone) == ["off", "on"], desk.commands(desk.desk_phone))
        check(desk.choices(start) == [(False, True)], desk.choices(start))
        desk.no_violation()


def on_the_command_line():
    """offhook dnd switches the phones, and with them what others see"""
    with Office() as desk:
        desk.expect(0, "dnd", "on")
        check(desk.status()["phones"][0]["dnd"], desk.status())
        desk.wait_presence("dnd")
        desk.expect(0, "dnd", "on", "--phone", desk.phone)
        desk.expect(0, "dnd", "off")
        desk.wait_presence("available")
        desk.expect(2, "dnd", "perhaps")
        done = desk.cli("dnd", "on", "--phone", "nobody")
        check(done.returncode != 0 and "nobody" in done.stderr, done.stderr)
        desk.desk_phone.send("flag dnd_mode &")
        done = desk.cli("dnd", "on")
        check(done.returncode == 7 and "dnd_mode" in done.stderr, done.stderr)


def several_phones():
    """one phone's key is for all of them"""
    with Office() as desk:
        lab = desk.second_phone()
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        desk.wait_dnd(True, True)
        lab.send("key DND")
        desk.wait_presence("available")
        desk.wait_dnd(False, False)
        check(desk.commands(lab) == ["on"] and desk.commands(desk.desk_phone) == ["off"], "too many commands")
        desk.no_violation()


def ways():
    """each way alone, and off; the setting counts at once"""
    with Office(dnd_sync="'phone-to-presence'") as desk:
        desk.expect(0, "presence", "dnd")
        desk.wait_presence("dnd")
        desk.expect(0, "presence", "available")
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        check(not desk.commands(desk.desk_phone), desk.commands(desk.desk_phone))
        desk.desk_phone.send("key DND")
        desk.wait_presence("available")
        desk.set("dnd-sync", "'presence-to-phone'")
        desk.expect(0, "presence", "dnd")
        desk.wait_dnd(True)
        start = desk.mark()
        desk.desk_phone.send("key DND")
        desk.wait_dnd(False)
        desk.set("dnd-sync", "'off'")
        desk.expect(0, "presence", "busy")
        desk.expect(0, "presence", "dnd")
        desk.wait_presence("dnd")
        check(not desk.is_on(desk.desk_phone), "the phone was switched")
        check(all(not timed for timed, _ in desk.choices(start) if not _), desk.choices(start))


def a_phone_that_is_off():
    """a phone that cannot be reached is told when it is back"""
    with Office() as desk:
        desk.desk_phone.send("power-cut")
        desk.desk_phone.wait("down")
        desk.expect(0, "presence", "dnd")
        desk.wait_status("lost", lambda s: s["phones"][0]["state"] == "unreachable")
        check("switched on when it can be" in desk.agent_log(), desk.agent_log())
        desk.desk_phone.send("advance 5.1")
        desk.desk_phone.wait("listening")
        desk.cli("phone", "test", desk.phone)
        desk.wait_dnd(True)
        check(desk.is_on(desk.desk_phone), "it rings")


def restarts():
    """the agent is killed; what was switched meanwhile counts, what was not changes nothing"""
    with Office() as desk:
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        desk.stop_agent(signal.SIGKILL)
        start = desk.mark()
        desk.expect(0, "sign-in")
        desk.wait_presence("dnd")
        desk.wait_dnd(True)
        check(not desk.choices(start), desk.choices(start))
        desk.stop_agent(signal.SIGKILL)
        desk.desk_phone.send("key DND")  # released while nobody listens
        desk.expect(0, "sign-in")
        desk.wait_presence("available")
        desk.desk_phone.send("key DND")
        desk.wait_presence("dnd")
        desk.stop_agent()
        desk.tell("client alice other timed 0")  # taken back at another client
        desk.expect(0, "sign-in")
        desk.wait_dnd(False)
        desk.wait_presence("available")


TESTS = [the_phones_key, the_users_choice, the_last_word, on_the_command_line, several_phones, ways,
         a_phone_that_is_off, restarts]

if __name__ == "__main__":
    sys.exit(harness.run([t for t in TESTS if not ONLY or t.__name__ in ONLY]))
