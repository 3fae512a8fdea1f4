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


def record(desk, mechanism, password=harness.PASSWORD, status=0):
    """A sign-in with that password, and what the agent has recorded of it."""
    front_end = desk.start_front_end()
    desk.start_bus()
    if mechanism == "kerberos":
        desk.kinit("alice")
        desk.set_account(front_end, user="alice", login="", mechanism=mechanism)
        desk.expect(0, "trace", "on")
        desk.expect(status, "sign-in")
    else:
        desk.set_account(front_end, user="alice", mechanism=mechanism)
        desk.expect(0, "trace", "on")
        desk.expect(0, "password", "sign-in", stdin=password + "\n")
        desk.expect(status, "sign-in")
    return desk.expect(0, "trace").stdout


def explain(desk, trace):
    """The findings, and the ladder as one line."""
    found = json.loads(desk.cli("explain", "--json", "-", stdin=trace).stdout)
    return found, " ".join(desk.cli("explain", "-", stdin=trace).stdout.split())


def good(mechanism):
    with harness.Desk() as desk:
        trace = record(desk, mechanism)
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
        trace = record(desk, "ntlm", password="wrong", status=3)
        found, ladder = explain(desk, trace)
        errors = [f["code"] for f in found if f["severity"] == "error"]
        check(errors == ["credentials-rejected"], "%s\n%s" % (found, trace))


if __name__ == "__main__":
    sys.exit(harness.run([test_ntlm, test_kerberos, test_refused]))
