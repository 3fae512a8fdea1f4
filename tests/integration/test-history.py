#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call list, seen from the bus: what became of each call, which missed ones are settled, what is
private, how long it is kept, and what a kill leaves."""

import os
import signal
import sqlite3
import subprocess
import sys

import harness

BOB = "+493012345678"


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def with_phone(desk):
    """A desk whose phone tells of its calls."""
    desk.start_bus()
    desk.set("country-code", "'49'")
    desk.set("area-code", "'30'")
    phone = desk.start_phone("d785", "--password=telefon")
    phone.id = desk.add_phone(phone)
    desk.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes")
    return phone


def no_calls(desk):
    desk.wait_status("idle", lambda s: not s["calls"])


def outcomes(calls):
    return [(c["direction"], c["number"], c["outcome"]) for c in calls]


def ended(n):
    """Whether there are that many calls, and none goes on."""
    return lambda calls: len(calls) == n and all(c["outcome"] != "ongoing" for c in calls)


def miss(desk, phone, number):
    """A caller who gives up."""
    before = len(desk.history())
    phone.send("ring %s Caller" % number)
    desk.wait_status("ringing", lambda s: any(c["state"] == "incoming" for c in s["calls"]))
    phone.send("remote-hangup")
    return desk.wait_history("missed", ended(before + 1))


def talk(desk, number, *options):
    desk.expect(0, "call", number, "--wait", "connected", *options)
    desk.expect(0, "hangup")
    no_calls(desk)


def missed_count(desk):
    done = subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.offhook.Agent", "--object-path", "/org/offhook/Agent",
         "--method", "org.freedesktop.DBus.Properties.Get", "org.offhook.History1", "Missed"],
        env=desk.env, capture_output=True, text=True, check=True,
    )
    return int(done.stdout.split()[1].rstrip(">,)"))


def database(desk):
    return os.path.join(desk.env["XDG_STATE_HOME"], "offhook", "history.sqlite")


def test_courses():
    """outgoing, incoming, refused and missed calls stand there as they went"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        check(desk.history() == [], "calls before the first")
        talk(desk, BOB)
        calls = desk.wait_history("one", ended(1))
        check(outcomes(calls) == [("outgoing", BOB, "answered")], str(calls))
        check(calls[0]["phone"] == phone.id and calls[0]["display"].endswith("30 12345678"), str(calls))
        check(calls[0]["begun"] <= calls[0]["answered"] <= calls[0]["ended"], str(calls))
        check(calls[0]["duration"] >= 0 and calls[0]["missed"] is False and calls[0]["settled"] is None, str(calls))
        phone.send("ring 4711 Anna")
        desk.wait_status("ringing", lambda s: s["calls"] and s["calls"][0]["state"] == "incoming")
        check(desk.history()[0]["outcome"] == "ongoing", "it is not there while it rings")
        desk.expect(0, "answer")
        desk.wait_status("connected", lambda s: s["calls"][0]["state"] == "connected")
        desk.expect(0, "hangup")
        no_calls(desk)
        calls = desk.wait_history("two", ended(2))
        check(outcomes(calls)[0] == ("incoming", "4711", "answered") and calls[0]["name"] == "Anna", str(calls))
        phone.send("ring 4712 Eve")
        desk.wait_status("ringing", lambda s: s["calls"] and s["calls"][0]["state"] == "incoming")
        desk.expect(0, "reject")
        calls = desk.wait_history("three", ended(3))
        check(outcomes(calls)[0] == ("incoming", "4712", "refused"), str(calls))
        calls = miss(desk, phone, "4713")
        check(outcomes(calls)[0] == ("incoming", "4713", "missed") and calls[0]["missed"], str(calls))
        check([c["id"] for c in calls] == [4, 3, 2, 1], str(calls))
        desk.expect(1, "call", "4719", "--wait", "connected")  # ends in 9: the simulator's busy line
        calls = desk.wait_history("five", ended(5))
        check(calls[0]["direction"] == "outgoing" and calls[0]["outcome"] in ("busy", "cancelled"), str(calls))
        check(missed_count(desk) == 1, "%d missed" % missed_count(desk))
        check(os.stat(database(desk)).st_mode & 0o777 == 0o600, "others can read it")


def test_settled():
    """a missed call is settled by calling back, in whatever notation; others stay until seen"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        miss(desk, phone, "03012345678")
        miss(desk, phone, "4711")
        miss(desk, phone, "anonymous")
        check(missed_count(desk) == 3, "%d missed" % missed_count(desk))
        talk(desk, "+49 (0)30 123456-78")
        calls = desk.wait_history("settled", lambda c: len(c) == 4 and c[3]["settled"])
        check(calls[3]["settled"] == calls[0]["id"], str(calls))
        check(calls[1]["number"] is None and calls[1]["name"] is None, "withheld: %s" % calls[1])
        check([c["number"] for c in desk.history("--missed")] == [None, "4711", BOB], "missed")
        check(missed_count(desk) == 2, "%d missed" % missed_count(desk))
        text = desk.expect(0, "history").stdout
        check(text.count("!") == 2 and "number withheld" in text, text)
        desk.expect(0, "history", "--seen")
        check(missed_count(desk) == 0, "%d missed" % missed_count(desk))


def test_deleting():
    """single calls and all of them can be deleted; the file forgets them, too"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        for number in ("4711", "4712", "4713"):
            miss(desk, phone, number)
        desk.expect(0, "history", "--delete", "2")
        check([c["number"] for c in desk.history()] == ["4713", "4711"], str(desk.history()))
        check([c["number"] for c in desk.history("4713")] == ["4713"], "search")
        check([c["id"] for c in desk.history("--limit", "1")] == [3], "limit")
        with open(database(desk), "rb") as file:
            content = file.read()
        check(b"4712" not in content and b"4713" in content, "it is still in the file")
        desk.expect(2, "history", "--delete", "it")
        desk.expect(2, "history", "--limit", "0")
        desk.expect(0, "history", "--clear", "--yes")
        check(desk.history() == [] and missed_count(desk) == 0, "not empty")
        done = desk.cli("call", "--last")
        check(done.returncode == 6, "%d %s" % (done.returncode, done.stderr))


def test_private():
    """a private call, and calls of private numbers, leave no trace; --last redials the last other"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        talk(desk, "4714")
        talk(desk, "4712", "--private")
        check([c["number"] for c in desk.history()] == ["4714"], str(desk.history()))
        desk.set("private-numbers", "['030 12345678', '47*']")
        desk.wait_history("gone", lambda calls: calls == [])
        phone.send("ring 03012345678 Bob")
        desk.wait_status("ringing", lambda s: s["calls"] and s["calls"][0]["state"] == "incoming")
        phone.send("remote-hangup")
        no_calls(desk)
        check(desk.history() == [] and missed_count(desk) == 0, str(desk.history()))
        talk(desk, "4812")
        no_calls(desk)
        desk.expect(0, "call", "--last", "--wait", "connected")
        desk.expect(0, "hangup")
        calls = desk.wait_history("redialled", ended(2))
        check([c["number"] for c in calls] == ["4812", "4812"], str(calls))
        desk.stop_agent()
        with open(database(desk), "rb") as file:
            content = file.read()
        check(b"4712" not in content and b"12345678" not in content, "the file has it")
        check("4712" not in "".join(l for l in open(desk.path("agent.log")) if "history" in l), "the log has it")


def test_killed():
    """an agent that is killed in mid-call leaves it; the next start closes it as unknown"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        phone.send("ring 4711 Anna")
        desk.wait_history("ringing", lambda calls: calls and calls[0]["number"] == "4711")
        desk.stop_agent(signal.SIGKILL)
        rows = sqlite3.connect("file:%s?mode=ro" % database(desk), uri=True).execute(
            "SELECT number, outcome FROM calls").fetchall()
        check(rows == [("4711", "ongoing")], str(rows))
        phone.send("remote-hangup")
        calls = desk.wait_history("closed", lambda c: c and c[-1]["outcome"] != "ongoing")
        check(calls[-1]["outcome"] == "unknown" and calls[-1]["ended"] is None, str(calls))


def test_off():
    """with history-days 0 what was there is removed and nothing is written, until it is on again"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        miss(desk, phone, "4711")
        check(os.path.exists(database(desk)), "no file")
        desk.set("history-days", "0")
        desk.wait_history("empty", lambda calls: calls == [])
        check("history-days" in desk.expect(0, "history").stdout, "it does not say why")
        talk(desk, "4712")
        check(desk.history() == [] and missed_count(desk) == 0, "it was written")
        check(not os.path.exists(database(desk)), "the file is there")
        desk.set("history-days", "30")
        talk(desk, "4714")
        calls = desk.wait_history("on again", ended(1))
        check(calls[0]["number"] == "4714", str(calls))


def test_bound():
    """calls that are older than history-days go at the start and when the setting changes"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        for number in ("4711", "4712", "4713"):
            miss(desk, phone, number)
        desk.stop_agent()
        day = 86400 * 1000000
        with sqlite3.connect(database(desk)) as file:
            file.execute("UPDATE calls SET begun = begun - 100 * ? WHERE id = 1", (day,))
            file.execute("UPDATE calls SET begun = begun - 20 * ? WHERE id = 2", (day,))
        file.close()
        check([c["number"] for c in desk.wait_history("two", ended(2))] == ["4713", "4712"], "90 days")
        desk.set("history-days", "10")
        check([c["number"] for c in desk.wait_history("one", ended(1))] == ["4713"], "10 days")


def test_damaged():
    """a damaged file is put aside and said, and a new one is begun"""
    with harness.Desk() as desk:
        phone = with_phone(desk)
        miss(desk, phone, "4711")
        desk.stop_agent()
        with open(database(desk), "r+b") as file:
            file.write(b"x" * 8192)
        talk(desk, "4712")
        calls = desk.wait_history("anew", ended(1))
        check(calls[0]["number"] == "4712", str(calls))
        check(os.path.exists(database(desk) + ".damaged-1"), "it is not kept")
        check("damaged-1" in desk.expect(0, "history").stderr, "it is not said")


def test_many():
    """ten thousand calls are listed in pages, whole and searched"""
    with harness.Desk() as desk:
        with_phone(desk)
        talk(desk, "4712")
        desk.wait_history("one", ended(1))
        with sqlite3.connect(database(desk)) as file:
            file.execute(
                "INSERT INTO calls (uid, keeper, direction, number, name, uri, phone, begun, answered, ended, outcome)"
                " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
                " SELECT 'u' || i, 'x', 'incoming', '+4930' || (1000000 + i), 'Name ' || i, '', 'desk', begun + i, 0,"
                " begun + i, 'refused' FROM n, (SELECT begun FROM calls)")
        file.close()
        calls = desk.history()
        check(len(calls) == 10001 and len({c["id"] for c in calls}) == 10001, "%d calls" % len(calls))
        check([c["id"] for c in calls] == sorted((c["id"] for c in calls), reverse=True), "order")
        check([c["name"] for c in desk.history("name 10000")] == ["Name 10000"], "search")
        check(len(desk.expect(0, "history").stdout.splitlines()) == 50, "lines")


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    chosen = [t for t in TESTS if not sys.argv[1:] or t.__name__[5:] in sys.argv[1:]]
    sys.exit(harness.run(chosen))
