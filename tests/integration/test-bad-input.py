#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong in offices, each with the exit status that is promised, a message with the
remedy, and nothing lost that was stored."""

import json
import os
import signal
import sys

import harness

HERE = os.path.dirname(os.path.abspath(__file__))


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def says(done, *words):
    """The message on stderr has all these words; stdout stays clean."""
    for word in words:
        check(word.lower() in done.stderr.lower(), "“%s” is missing in: %s" % (word, done.stderr))


def desk_with_account(*options, **account):
    desk = harness.Desk()
    desk.start_bus()
    certificate = account.pop("certificate", harness.SERVER)
    front_end = desk.start_front_end(*options, certificate=certificate)
    desk.set_account(front_end, **account)
    return desk, front_end


def desk_with_phone(personality, *options, user="admin", password="telefon"):
    desk = harness.Desk()
    desk.start_bus()
    phone = desk.start_phone(personality, "--password=telefon", *options)
    return desk, phone, desk.add_phone(phone, user, password)


def phone_state(desk, state):
    return desk.wait_phone(state, lambda p: p["state"] == state)


# --- the account ---


def test_wrong_password():
    """a wrong password is sent once, then the user is asked: 3"""
    desk, front_end = desk_with_account(mechanism="ntlm")
    with desk:
        desk.expect(0, "password", "sign-in", stdin="wrong\n")
        done = desk.expect(3, "sign-in")
        says(done, "password")
        desk.expect(3, "sign-in")  # asked again: nothing has changed, so nothing is sent
        status = desk.status()["endpoint"]
        check(status["state"] == "failed" and status["code"] == "credentials-rejected", json.dumps(status))
        check(status["advice"], "no advice")
        refused = [e for e in front_end.drain() if e["event"] == "refused"]
        check(len(refused) == 1, "sent %d times: %s" % (len(refused), refused))
        # the right one then gets in: nothing is left of the wrong one
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        desk.expect(0, "sign-in")


def test_not_signed_in():
    """own presence cannot be set while signed out: 3"""
    with harness.Desk() as desk:
        desk.start_bus()
        says(desk.expect(3, "presence", "busy"), "sign in")


def test_no_account():
    """signing in without an address names the setting: 1"""
    with harness.Desk() as desk:
        desk.start_bus()
        says(desk.expect(1, "sign-in"), "uri")


def test_unknown_host():
    """a server that does not exist: 4"""
    desk, front_end = desk_with_account()
    with desk:
        desk.kinit()
        desk.set("server", "'no-such-host.invalid:5061'")
        says(desk.expect(4, "sign-in"), "no-such-host.invalid")


def test_nothing_listens():
    """a server that refuses the connection: 4, and it comes back by itself"""
    desk, front_end = desk_with_account()
    with desk:
        desk.kinit()
        front_end.send("listen off")
        front_end.wait("control", ok=True)
        says(desk.expect(4, "sign-in"), harness.SERVER)
        front_end.send("listen on")
        front_end.wait("control", ok=True)
        front_end.wait("registered", user="sip:alice@fabrikam.test")
        desk.wait_status("online", lambda s: s["endpoint"]["state"] == "online")


def test_certificate_of_another_name():
    """a server with the certificate of another: 5, and no credential leaves"""
    desk, front_end = desk_with_account(certificate="other.fabrikam.test")
    with desk:
        desk.kinit()
        says(desk.expect(5, "sign-in"), harness.SERVER, "certificate")
        check(not [e for e in front_end.drain() if e["event"] == "challenge"], "it was talked to")


def test_unknown_authority():
    """a server whose authority is not trusted: 5"""
    desk, front_end = desk_with_account()
    with desk:
        desk.kinit()
        desk.set("ca-file", "''")
        says(desk.expect(5, "sign-in"), "certificate")


def test_no_common_scheme():
    """a server that offers nothing that the settings allow: 3"""
    desk, front_end = desk_with_account("--schemes=kerberos", mechanism="ntlm")
    with desk:
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        says(desk.expect(3, "sign-in"), "kerberos")


# --- the phone ---


def test_phone_wrong_password():
    """a phone that refuses the login: 7, tried once"""
    desk, phone, identity = desk_with_phone("d785", password="wrong")
    with desk:
        seen = phone_state(desk, "unauthorized")
        check(seen["code"] == "phone-login-refused", json.dumps(seen))
        for _ in range(3):
            says(desk.expect(7, "call", "12345678"), "password")
        says(desk.expect(7, "phone", "test", identity), "password")
        tries = [e for e in phone.drain() if e["event"] == "request" and e.get("scheme") and not e.get("user")]
        check(len(tries) <= 2, "a refused login was sent %d times" % len(tries))


def test_phone_without_password():
    """a phone that wants a login and has none stored: 7"""
    desk, phone, identity = desk_with_phone("d785", user="", password="")
    with desk:
        phone_state(desk, "unauthorized")
        says(desk.expect(7, "call", "12345678"), "offhook password phone")


def test_phone_locked_out():
    """a phone that has locked everybody out: 7, with the wait"""
    desk, phone, identity = desk_with_phone("s360-87", password="")
    with desk:
        import base64
        import ssl
        import urllib.request

        for _ in range(5):
            request = urllib.request.Request("http://127.0.0.1:%d/info.htm" % phone.http)
            request.add_header("Authorization", "Basic " + base64.b64encode(b"admin:bad").decode())
            try:
                urllib.request.urlopen(request, context=ssl._create_unverified_context()).read()
            except urllib.error.HTTPError:
                pass
        phone.wait("lockout")
        desk.expect(0, "password", "phone", identity, stdin="telefon\n")
        seen = phone_state(desk, "locked-out")
        check(seen["reason"], "no reason")
        says(desk.expect(7, "call", "12345678"), "wait")


def test_phone_hidden_tags():
    """a phone with hidden tags on: 7, the setting named"""
    desk, phone, identity = desk_with_phone("d785-strict")
    with desk:
        seen = phone_state(desk, "unsupported")
        check("use_hidden_tags" in seen["reason"], seen["reason"])
        says(desk.expect(7, "call", "12345678"), "use_hidden_tags")


def test_phone_d8xx():
    """a phone of a generation without remote control: 7, by name"""
    desk, phone, identity = desk_with_phone("d865")
    with desk:
        phone_state(desk, "unsupported")
        says(desk.expect(7, "call", "12345678"), "D8")


def test_phone_gone():
    """nothing answers at the phone's address: 4"""
    desk, phone, identity = desk_with_phone("d785")
    with desk:
        phone_state(desk, "ready")
        phone.stop()
        says(desk.expect(4, "call", "12345678"), "127.0.0.1")
        phone_state(desk, "unreachable")


def test_phone_certificate_changed():
    """a phone that shows another key than the remembered one: 5, until it is trusted"""
    desk, phone, identity = desk_with_phone("d785", "--set=keep-alive=never")
    with desk:
        desk.wait_phone("telling", lambda p: p["events"] == "yes")
        pin = desk.get("fingerprint", phone=identity)
        phone.send("certificate self-signed")
        phone.wait("reply")
        desk.expect(5, "phone", "test", identity)
        seen = phone_state(desk, "untrusted")
        says(desk.expect(5, "call", "12345678"), "fingerprint")
        check(desk.get("fingerprint", phone=identity) == pin, "the pin was overwritten")
        desk.expect(1, "phone", "trust", identity)  # nobody to ask, no --yes
        desk.expect(0, "phone", "trust", identity, seen["presented"])
        phone_state(desk, "ready")


def test_no_phone():
    """dialling without a phone: 1, with the way to add one"""
    with harness.Desk() as desk:
        desk.start_bus()
        says(desk.expect(1, "call", "12345678"), "offhook phone add")


# --- the number ---


def test_no_number():
    """what is no number: 6, and the phone hears nothing of it"""
    desk, phone, identity = desk_with_phone("d785")
    with desk:
        phone_state(desk, "ready")
        for text in ("call me", "1" * 100000, "030\x0712", "tel:*%2306%23", "tel:*#06#", "tel:*21*0301234%23",
                     "tel:030,,12", "", "sip:bob@fabrikam.test", "+"):
            done = desk.expect(6, "call", text, "--yes")
            check(done.stderr.startswith("offhook: ") and len(done.stderr) < 600, done.stderr[:600])
            check(done.stdout == "", done.stdout)
        desk.expect(2, "call", "\udcff", "--yes")  # not even text
        dials = [e for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
        check(not dials, "it left: %s" % dials)


def test_codes_ask():
    """codes, emergency and premium numbers are dialled only after a question: 1"""
    desk, phone, identity = desk_with_phone("d785")
    with desk:
        phone_state(desk, "ready")
        desk.set("country-code", "'49'")
        for text in ("*21*0301234#", "112", "0900 123456", "tel:+493012345678"):
            says(desk.expect(1, "call", text), "--yes")


# --- calls ---


def test_second_call():
    """a second call while one is up: 7"""
    desk, phone, identity = desk_with_phone("d785")
    with desk:
        phone_state(desk, "ready")
        desk.expect(0, "call", "12345678", "--wait", "connected")
        says(desk.expect(7, "call", "12345670"), "call")
        desk.expect(0, "hangup")
        desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])
        desk.expect(0, "call", "12345670")


def test_dropped_answer():
    """a phone that closes without an answer has dialled all the same, once"""
    desk, phone, identity = desk_with_phone("s360-drop")
    with desk:
        phone_state(desk, "ready")
        desk.expect(0, "call", "12345678", "--wait", "connected")
        dials = [e for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
        check(len(dials) == 1, "%d dial requests" % len(dials))


def test_outcome_unknown():
    """a phone that takes the request and reports nothing: 8"""
    desk, phone, identity = desk_with_phone("d785", "--set=keyboard_lock=on")
    with desk:
        phone_state(desk, "ready")
        says(desk.expect(8, "call", "12345678"), "phone")


def test_agent_killed():
    """the agent is killed with a call up: presence ends, settings and passwords stay, it comes back"""
    desk, front_end = desk_with_account(mechanism="ntlm")
    with desk:
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        desk.expect(0, "sign-in")
        phone = desk.start_phone("d785", "--password=telefon")
        identity = desk.add_phone(phone)
        phone_state(desk, "ready")
        desk.expect(0, "call", "12345678", "--wait", "connected")
        front_end.wait("aggregate", user="sip:alice@fabrikam.test", activity="on-the-phone")
        pin = desk.get("fingerprint", phone=identity)
        desk.stop_agent(signal.SIGKILL)
        front_end.wait("connection-lost")
        status = desk.status()  # the bus starts a new one
        check(status["phones"][0]["id"] == identity, json.dumps(status))
        check(desk.get("fingerprint", phone=identity) == pin, "the pin is lost")
        phone_state(desk, "ready")
        desk.expect(0, "sign-in")
        phone.send("remote-hangup")
        desk.wait_status("available", lambda s: s["presence"]["availability"] == "available"
                         and not [c for c in s["calls"] if c["state"] not in ("ended", "unknown")])
        desk.expect(0, "call", "12345670", "--wait", "connected")


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    chosen = [t for t in TESTS if not sys.argv[1:] or t.__name__[5:] in sys.argv[1:]]
    sys.exit(harness.run(chosen))
