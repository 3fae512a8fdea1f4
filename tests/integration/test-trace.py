#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""offhook trace: what the agent and its peers say to each other, seen from the command line, and
what is never seen there."""

import json
import os
import re
import signal
import subprocess
import sys

import harness

from gi.repository import Gio, GLib

HEAD = re.compile(r"^-- \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z c(\d+) (in|out|note) (\S+) \[([^]]*)\]$")
ALICE = "sip:alice@fabrikam.test"
NUMBER = "+493012345678"
FOLLOWERS_MAX = 16  # as OH_BUS_FOLLOWERS_MAX


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def records(text):
    """[(connection, way, peer, verdict, lines)] of a trace; every line has to belong to one."""
    found, lines = [], None
    for line in text.split("\n")[:-1]:
        head = HEAD.match(line)
        if lines is None:
            check(head, "no head: " + line)
            lines = []
            found.append((*head.groups(), lines))
        elif line == "--":
            lines = None
        else:
            lines.append(line)
    check(lines is None, "the last record never ends")
    return found


def start(desk, mechanism, user="alice", password=harness.PASSWORD):
    front_end = desk.start_front_end()
    desk.start_bus()
    if mechanism == "kerberos":
        desk.kinit(user)
        desk.set_account(front_end, user=user, login="", mechanism=mechanism)
    else:
        desk.set_account(front_end, user=user, mechanism=mechanism)
        desk.expect(0, "password", "sign-in", stdin=password + "\n")
    # the agent has begun by itself, perhaps before it had the password: that is another story
    desk.expect(0, "sign-out")
    desk.expect(0, "trace", "clear")
    desk.expect(0, "trace", "on")
    return front_end


def messages(found, *, way=None, begins=""):
    return [r for r in found if (way is None or r[1] == way) and r[4] and r[4][0].startswith(begins)]


def explained(desk, trace):
    """The codes of the errors that offhook explain sees in a trace, and those of all findings."""
    found = json.loads(desk.expect(0, "explain", "-", "--json", stdin=trace).stdout)
    return {f["code"] for f in found if f["severity"] == "error"}, {f["code"] for f in found}


def sign_in_with(mechanism):
    with harness.Desk() as desk:
        start(desk, mechanism)
        desk.expect(0, "sign-in")
        desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")
        done = desk.expect(0, "trace")
        found = records(done.stdout)
        registers = messages(found, way="out", begins="REGISTER ")
        check(len(registers) >= 2, "no handshake:\n" + done.stdout)
        check(registers[0][3] == "unsigned" and registers[-1][3] == "pass", str([r[3] for r in registers]))
        check(messages(found, way="in", begins="SIP/2.0 401"), "no challenge")
        check(messages(found, way="in", begins="SIP/2.0 200")[0][3] == "pass", "the answer is not signed")
        check(any("state: online" in r[4][0] for r in found if r[1] == "note"), "no end")
        check(re.search(r"c\d+ out " + re.escape(harness.SERVER) + r":\d+ \[", done.stdout), "no peer")
        for secret in ("alice", "Alice", harness.PASSWORD):
            check(secret not in done.stdout, "%s is in the trace:\n%s" % (secret, done.stdout))
        check(not re.search(r'(response|rspauth|opaque)="(?!removed")', done.stdout), "a signature is in the trace")
        named = desk.expect(0, "trace", "--with-names").stdout
        check(ALICE in named, "no names though asked for")
        check(not re.search(r'(response|rspauth|opaque)="(?!removed")', named), "a signature is in the trace")
        for trace in (done.stdout, named):
            errors, codes = explained(desk, trace)
            check(not errors and "signed-in" in codes, "explained as %s" % codes)
        if mechanism == "ntlm":
            check('gssapi-data="TlRMTVNTUAAD' in done.stdout, "the token cannot be decoded any more")
        else:
            check(not re.search(r'gssapi-data="(?!removed"|")', done.stdout), "a ticket is in the trace")


def ntlm():
    """a sign-in with NTLM: every message with its verdict, no secret, no name unless asked for"""
    sign_in_with("ntlm")


def kerberos():
    """a sign-in with Kerberos: the same, and no ticket"""
    sign_in_with("kerberos")


def wrong_password():
    """a refused password: what is explained is that and nothing else"""
    with harness.Desk() as desk:
        start(desk, "ntlm", password="not the one")
        desk.expect(3, "sign-in")
        trace = desk.expect(0, "trace").stdout
        errors, codes = explained(desk, trace)
        check(errors == {"credentials-rejected"}, "explained as %s" % codes)
        sent = [r for r in messages(records(trace), way="out", begins="REGISTER ") if "TlRMTVNTUAAD" in "".join(r[4])]
        check(len(sent) == 1, "the wrong password was sent %d times" % len(sent))


def off_by_default():
    """off until asked for, and how to turn it on is said; on is seen in the status; off keeps, clear forgets"""
    with harness.Desk() as desk:
        desk.start_bus()
        check(desk.status()["traceUntil"] is None, "on by default")
        done = desk.expect(0, "trace")
        check(done.stdout == "" and "offhook trace on" in done.stderr, done.stdout + done.stderr)
        desk.expect(0, "trace", "on")
        check(desk.status()["traceUntil"] is not None, "not in the status")
        check("recording until" in desk.expect(0, "status").stdout, "not in the status for people")
        desk.cli("sign-in")
        desk.expect(0, "trace", "off")
        check(desk.status()["traceUntil"] is None, "still on")
        desk.expect(0, "trace", "clear")
        check(desk.expect(0, "trace").stdout == "", "it remembers")
        desk.expect(2, "trace", "sideways")


def phones():
    """what is said to a phone and what it tells, without its login, its secret path and the number"""
    with harness.Desk() as desk:
        desk.start_bus()
        desk.expect(0, "trace", "on")
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        desk.expect(0, "call", NUMBER, "--yes", "--wait", "connected")
        text = desk.expect(0, "trace").stdout
        found = records(text)
        requests = messages(found, way="note", begins="phone-request: GET /")
        check(any("command.htm?number=number" in r[4][0] for r in requests), "no dial request:\n" + text)
        check(messages(found, way="note", begins="phone-answer: 200"), "no answer")
        check(messages(found, way="note", begins="phone-event: "), "no event:\n" + text)
        for secret in ("telefon", "Digest", NUMBER[1:], "/s/"):
            check(secret not in text, "%s is in the trace:\n%s" % (secret, text))


def follow(desk, *options):
    return subprocess.Popen(
        [os.path.join(desk.build, "tray/cli/offhook"), "trace", "--follow", *options],
        env=desk.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def following():
    """--follow turns it on while it runs; two at once; Ctrl-C, a kill: it is off again"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        desk.start_bus()
        desk.kinit()
        first = follow(desk)
        second = follow(desk, "--with-names")
        for follower in (first, second):
            check("Ctrl-C" in follower.stderr.readline(), "it does not say how it ends")
        check(desk.status()["traceUntil"] is not None, "not in the status")
        desk.set_account(front_end, login="", mechanism="kerberos")
        desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")
        seen = {}
        for follower in (first, second):
            seen[follower] = ""
            while "state: online" not in seen[follower]:
                line = follower.stdout.readline()
                check(line, "it ended:\n" + seen[follower])
                seen[follower] += line
        check("sip:person1@" in seen[first] and ALICE not in seen[first], seen[first])
        check(ALICE in seen[second], seen[second])
        first.send_signal(signal.SIGINT)
        status = first.wait(harness.DEADLINE_S)
        check(status == 0, "status %d: %s" % (status, first.stderr.read()))
        check(desk.status()["traceUntil"] is not None, "the second is alone now, and nothing is recorded")
        second.kill()
        second.wait()
        desk.wait_status("off", lambda s: s["traceUntil"] is None)
        for follower in (first, second):
            follower.stdout.close()
            follower.stderr.close()


def many_followers():
    """sixteen may follow, one more is told so, and when all are gone it is off"""
    with harness.Desk() as desk:
        desk.start_bus()
        flags = Gio.DBusConnectionFlags
        connections = [
            Gio.DBusConnection.new_for_address_sync(
                desk.env["DBUS_SESSION_BUS_ADDRESS"], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
            )
            for _ in range(FOLLOWERS_MAX + 1)
        ]

        def follow_on(connection):
            connection.call_sync(
                "org.offhook.Agent", "/org/offhook/Agent", "org.offhook.Trace1", "Follow",
                GLib.Variant("(b)", (False,)), None, Gio.DBusCallFlags.NONE, -1, None,
            )

        for connection in connections[:-1]:
            follow_on(connection)
        follow_on(connections[0])  # once more is not one more
        try:
            follow_on(connections[-1])
            raise harness.Failure("one too many may follow")
        except GLib.Error as error:
            check(Gio.DBusError.get_remote_error(error) == "org.offhook.Error.Busy", str(error))
        check(desk.status()["traceUntil"] is not None, "it is off")
        for connection in connections:
            connection.close_sync(None)
        desk.wait_status("off", lambda s: s["traceUntil"] is None)


if __name__ == "__main__":
    sys.exit(harness.run([ntlm, kerberos, wrong_password, off_by_default, phones, following, many_followers]))
