#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent records and what “offhook explain” makes of it: one writes what the other reads."""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def record_good(desk, mechanism):
    """What the agent has recorded of a sign-in that works. The first one is not recorded: it may
    have begun before the password was there."""
    front_end = desk.start_front_end()
    desk.start_bus()
    if mechanism == "kerberos":
        desk.kinit("alice")
        desk.set_account(front_end, user="alice", login="", mechanism=mechanism)
    else:
        desk.set_account(front_end, user="alice", mechanism=mechanism)
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
    desk.expect(0, "sign-in")
    desk.expect(0, "sign-out")
    desk.expect(0, "trace", "on")
    desk.expect(0, "sign-in")
    return desk.expect(0, "trace").stdout


def record_refused(desk):
    """The same of one with a wrong password, which is sent once and never again."""
    front_end = desk.start_front_end()
    desk.start_bus()
    desk.set_account(front_end, user="alice", mechanism="ntlm")
    desk.expect(0, "trace", "on")
    desk.expect(0, "password", "sign-in", stdin="wrong\n")
    desk.expect(3, "sign-in")
    return desk.expect(0, "trace").stdout


def explain(desk, trace):
    """The findings, and the ladder as one line."""
    found = json.loads(desk.cli("explain", "--json", "-", stdin=trace).stdout)
    return found, " ".join(desk.cli("explain", "-", stdin=trace).stdout.split())


def good(mechanism):
    with harness.Desk() as desk:
        trace = record_good(desk, mechanism)
        found, ladder = explain(desk, trace)
        check({"severity": "ok", "code": "signed-in"} in [{k: f[k] for k in ("severity", "code")} for f in found], str(found))
        check(not [f for f in found if f["severity"] in ("warning", "error")], "%s\n%s" % (found, trace))
        return ladder


def test_ntlm():
    """a sign-in with NTLM: nothing is wrong, the tokens are decoded"""
    ladder = good("ntlm")
    for words in ("NTLM CHALLENGE", "NTLM AUTHENTICATE, NTLMv2", "128 bit keys"):
        check(words in ladder, "“%s” is missing in %s" % (words, ladder))


def test_kerberos():
    """a sign-in with Kerberos: nothing is wrong"""
    good("kerberos")


def test_refused():
    """a wrong password: one error, the right one"""
    with harness.Desk() as desk:
        trace = record_refused(desk)
        found, ladder = explain(desk, trace)
        errors = [f["code"] for f in found if f["severity"] == "error"]
        check(errors == ["credentials-rejected"], "%s\n%s" % (found, trace))


if __name__ == "__main__":
    sys.exit(harness.run([test_ntlm, test_kerberos, test_refused]))
