#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contact list over the real bus: changed from here, changed elsewhere at the same time, kept
from one sign-in to the next, and never anybody else's."""

import json
import os
import queue
import signal
import stat
import subprocess
import threading
import time

import harness


def front_end_desk(*options):
    desk = harness.Desk()
    desk.start_realm()
    desk.kinit()
    front_end = desk.start_front_end(*options)
    desk.start_bus()
    desk.set_account(front_end)
    return desk, front_end


def sign_in(desk, front_end):
    desk.expect(0, "sign-in")
    desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")
    desk.set_front_end = front_end


def people(desk):
    """Name and groups by address."""
    listed = json.loads(desk.expect(0, "contacts", "--json").stdout)
    return {p["uri"]: (p["name"], p["groups"]) for p in listed}


def groups(desk):
    return [g["name"] for g in json.loads(desk.expect(0, "group", "list", "--json").stdout)]


class Watch:
    """offhook contacts --watch: every change as it comes."""

    def __init__(self, desk):
        self.process = subprocess.Popen(
            [os.path.join(desk.build, "tray/cli/offhook"), "contacts", "--json", "--watch"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=desk.env,
            text=True,
        )
        self.lines = queue.Queue()
        self.people = {}
        threading.Thread(target=lambda: [self.lines.put(l) for l in self.process.stdout], daemon=True).start()

    def wait(self, what, test):
        """Until test(people) is true of what the changes add up to."""
        end = time.monotonic() + harness.DEADLINE_S
        while not test(self.people):
            try:
                self.take(self.lines.get(timeout=max(0.01, end - time.monotonic())))
            except queue.Empty:
                raise harness.Failure("never %s: %s" % (what, self.people)) from None

    def take(self, line):
        said = json.loads(line)
        if isinstance(said, dict):
            self.people.pop(said["removed"], None)
        else:
            self.people.update({p["uri"]: (p["name"], p["groups"]) for p in said})

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        if self.process.wait(harness.DEADLINE_S) != 0:
            raise harness.Failure("--watch ended with %d" % self.process.returncode)


def equal(seen, wanted):
    if seen != wanted:
        raise harness.Failure("%s, not %s" % (seen, wanted))


BOB = "sip:bob@fabrikam.test"
CAROL = "sip:carol@fabrikam.test"
DORA = "sip:dora@fabrikam.test"


def test_edit():
    """Each change is in the list when its command returns, and at the server."""
    desk, front_end = front_end_desk()
    with desk:
        sign_in(desk, front_end)
        watch = Watch(desk)
        watch.wait("the list", lambda p: len(p) == 2)
        equal(groups(desk), [None, "Team", "Friends"])
        desk.expect(0, "group", "add", "Neue & alte")
        front_end.wait("roster", operation="addGroup")
        equal(groups(desk), [None, "Team", "Friends", "Neue & alte"])
        desk.expect(0, "contact", "add", "dora@fabrikam.test", "Dora Ünlü", "--group", "neue & ALTE")
        equal(people(desk)[DORA], ("Dora Ünlü", ["Neue & alte"]))
        desk.expect(0, "contact", "rename", "BOB@fabrikam.test", "Bobby")
        equal(people(desk)[BOB], ("Bobby", ["Team"]))
        desk.expect(0, "contact", "copy", BOB, "Friends")
        equal(people(desk)[BOB][1], ["Team", "Friends"])
        desk.expect(0, "contact", "move", BOB, "Neue & alte", "Team")
        equal(sorted(people(desk)[BOB][1]), ["Friends", "Neue & alte"])
        desk.expect(0, "contact", "move", BOB, "")
        equal(people(desk)[BOB][1], [])
        desk.expect(0, "group", "rename", "Neue & alte", "Alle")
        equal(people(desk)[DORA][1], ["Alle"])
        desk.expect(0, "group", "remove", "Alle")
        equal(people(desk)[DORA][1], [])
        equal(groups(desk), [None, "Team", "Friends"])
        desk.expect(0, "contact", "remove", DORA)
        equal(DORA in people(desk), False)
        desk.expect(0, "contact", "rename", BOB, "")
        watch.wait("all of it", lambda p: DORA not in p and p[BOB][0] == "Bob Baker")
        watch.stop()


def bus_call(desk, method, *arguments):
    return subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.offhook.Agent", "--object-path", "/org/offhook/Agent",
         "--method", "org.offhook.Contacts1." + method, *arguments],
        env=desk.env, capture_output=True, text=True,
    )


def test_undo():
    """What RemoveContact returns brings the person back with name and groups."""
    desk, front_end = front_end_desk()
    with desk:
        sign_in(desk, front_end)
        desk.expect(0, "contact", "rename", BOB, "Bobby")
        desk.expect(0, "contact", "copy", BOB, "Friends")
        gone = bus_call(desk, "RemoveContact", BOB)
        equal(gone.stdout.strip(), "('Bobby', ['Team', 'Friends'])")
        equal(BOB in people(desk), False)
        desk_answer = bus_call(desk, "AddContact", BOB, "Bobby", "['Team', 'Friends']")
        equal(desk_answer.stdout.strip(), "()")
        equal(people(desk)[BOB], ("Bobby", ["Team", "Friends"]))


def test_refusals():
    """Every refusal has its exit status and a remedy; nothing is sent that cannot be."""
    desk, front_end = front_end_desk()
    with desk:
        desk.expect(3, "contact", "remove", BOB)
        sign_in(desk, front_end)
        for usage in (
            ("contact", "add", "bob"),
            ("contact", "add", "erna@fabrikam.test", "--group", "Nowhere"),
            ("contact", "remove", "nobody@fabrikam.test"),
            ("group", "add", "team"),
            ("group", "add", "x" * 256),
            ("group", "remove", ""),
        ):
            done = desk.expect(2, *usage)
            if not done.stderr.startswith("offhook: "):
                raise harness.Failure("%s said %r" % (usage, done.stderr))
        front_end.send("roster-limit alice 2")
        front_end.wait("control", ok=True)
        done = desk.expect(1, "contact", "add", "erna@fabrikam.test")
        if "full" not in done.stderr:
            raise harness.Failure("the limit is not named: " + done.stderr)
        equal(len(people(desk)), 2)


def test_conflict():
    """Somebody else is quicker: the change is made for the list as it then is, once."""
    desk, front_end = front_end_desk()
    with desk:
        sign_in(desk, front_end)
        front_end.send("roster-conflict alice 1")
        front_end.wait("control", ok=True)
        desk.expect(0, "contact", "copy", BOB, "Friends")
        front_end.wait("roster-conflict", operation="setContact")
        equal(people(desk)[BOB][1], ["Team", "Friends"])
        front_end.send("roster-conflict alice 2")
        front_end.wait("control", ok=True)
        done = desk.expect(1, "group", "add", "Late")
        if "another program" not in done.stderr:
            raise harness.Failure("the conflict is not named: " + done.stderr)
        desk.expect(0, "group", "add", "Late")
        equal("Late" in groups(desk), True)


def test_pushed():
    """Changes by another program of the same user arrive, also when a number was missed or counts
    backwards: the list is asked for again in the same sign-in."""
    desk, front_end = front_end_desk()
    with desk:
        sign_in(desk, front_end)
        watch = Watch(desk)
        watch.wait("the list", lambda p: len(p) == 2)
        front_end.send('roster alice dora@fabrikam.test Dora "Team,Colleagues"')
        watch.wait("dora", lambda p: p.get(DORA) == ("Dora", ["Team", "Colleagues"]))
        front_end.send('group alice rename Colleagues "Old colleagues"')
        watch.wait("the new name", lambda p: p[DORA][1] == ["Team", "Old colleagues"])
        front_end.send("group alice remove Team")
        watch.wait("no team", lambda p: p[DORA][1] == ["Old colleagues"] and p[BOB][1] == [])
        front_end.send("contact alice remove bob@fabrikam.test")
        watch.wait("no bob", lambda p: BOB not in p)
        for number in ("900", "1"):
            front_end.send("roster-number alice " + number)
            front_end.send("roster alice bob@fabrikam.test Bob%s" % number)
            watch.wait("bob " + number, lambda p, n=number: p.get(BOB, ("",))[0] == "Bob" + n)
        watch.stop()
        signed_in = [e for e in front_end.drain() if e["event"] == "registered"]
        if len(signed_in) > 1:
            raise harness.Failure("signed in %d times" % len(signed_in))


def cache_files(desk):
    folder = desk.path("home/.cache/offhook")
    return [os.path.join(folder, f) for f in sorted(os.listdir(folder))] if os.path.isdir(folder) else []


def wait_cached(desk, count):
    """Until the file is there: it is written some seconds after the list."""
    end = time.monotonic() + harness.DEADLINE_S
    folder = desk.path("home/.cache")
    while len([f for f in cache_files(desk) if not f.endswith(".new")]) < count:
        if time.monotonic() > end:
            raise harness.Failure("nothing was kept: %s" % os.listdir(folder))
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.offhook.Agent", "--object-path",
                        "/org/offhook/Agent", "--method", "org.freedesktop.DBus.Peer.Ping"],
                       env=desk.env, stdout=subprocess.DEVNULL, check=False)


def wait_people(desk, what, test):
    end = time.monotonic() + harness.DEADLINE_S
    while True:
        done = desk.expect(0, "contacts", "--json")
        listed = {p["uri"]: p for p in json.loads(done.stdout)}
        if test(listed):
            return listed, done.stderr
        if time.monotonic() > end:
            raise harness.Failure("never %s: %s\n%s" % (what, listed, desk.agent_log()))


def test_kept():
    """Without a server the list of last time is there, said to be old, in a file of this user; one
    that was tampered with is not."""
    desk, front_end = front_end_desk()
    with desk:
        sign_in(desk, front_end)
        watch = Watch(desk)
        watch.wait("names of cards", lambda p: p.get(BOB, ("",))[0] == "Bob Baker")
        watch.stop()
        wait_cached(desk, 1)
        (path,) = [f for f in cache_files(desk) if not f.endswith(".new")]
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        equal(b"Passw0rd" in open(path, "rb").read(), False)
        front_end.send("listen off")
        front_end.send("cut")
        desk.wait_status("not online", lambda s: s["endpoint"]["state"] != "online")
        desk.stop_agent()
        listed, said = wait_people(desk, "kept", lambda p: len(p) == 2)
        equal(listed[BOB]["name"], "Bob Baker")
        equal(listed[BOB]["groups"], ["Team"])
        equal([n["number"] for n in listed[BOB]["numbers"]], ["+493012345678", "+4917212345678"])
        equal(listed[BOB]["availability"], "unknown")
        if "not signed in" not in said:
            raise harness.Failure("its age is not said: %r" % said)
        equal(groups(desk), [None, "Team", "Friends"])
        desk.expect(3, "contact", "remove", BOB)
        # another account of the same user sees nothing of it
        desk.set("uri", "'sip:bob@fabrikam.test'")
        wait_people(desk, "nobody", lambda p: not p)
        desk.set("uri", "'sip:alice@fabrikam.test'")
        wait_people(desk, "alice's again", lambda p: len(p) == 2)
        desk.stop_agent()
        content = bytearray(open(path, "rb").read())
        content[len(content) // 2] ^= 1
        open(path, "wb").write(content)
        before = desk.agent_log(1000).count("passed over")
        desk.expect(0, "status")
        wait_log(desk, "passed over", before + 1)
        equal(people(desk), {})
        front_end.send("listen on")
        listed, said = wait_people(desk, "from the server", lambda p: len(p) == 2)
        desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")


def wait_log(desk, text, count):
    end = time.monotonic() + harness.DEADLINE_S
    while desk.agent_log(2000).count(text) < count:
        if time.monotonic() > end:
            raise harness.Failure("never logged %r:\n%s" % (text, desk.agent_log()))
        desk.status()


def test_killed():
    """Whenever the agent is killed, the file is whole."""
    desk, front_end = front_end_desk("--crowd=300")
    with desk:
        for turn in range(3):
            sign_in(desk, front_end)
            wait_people(desk, "everybody", lambda p: len(p) >= 300)
            if turn == 0:
                wait_cached(desk, 1)
            desk.stop_agent(signal.SIGKILL)
        front_end.send("listen off")
        front_end.wait("control", ok=True)
        wait_people(desk, "kept", lambda p: len(p) >= 300)
        equal("passed over" in desk.agent_log(5000), False)


def test_elsewhere():
    """A list that is kept in Exchange is said to be, and is not changed here."""
    desk, front_end = front_end_desk()
    with desk:
        front_end.send("refuse SUBSCRIBE/vnd-microsoft-roaming-contacts 488 - -1")
        front_end.wait("control", ok=True)
        sign_in(desk, front_end)
        end = time.monotonic() + harness.DEADLINE_S
        while "Exchange" not in desk.expect(0, "contacts").stderr:
            if time.monotonic() > end:
                raise harness.Failure("Exchange is not named")
        if "Exchange" not in desk.expect(0, "status").stdout:
            raise harness.Failure("the status does not name Exchange")
        done = desk.expect(1, "contact", "add", DORA)
        if "Exchange" not in done.stderr:
            raise harness.Failure("Exchange is not named: " + done.stderr)


if __name__ == "__main__":
    harness.run([test_edit, test_undo, test_refusals, test_conflict, test_pushed, test_kept, test_killed, test_elsewhere])
