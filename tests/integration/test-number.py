#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers from what somebody typed, pasted or linked to what the phone is told: the command line
shows the way, and the phone gets exactly what it showed."""

import json
import os
import sys
import urllib.parse

import harness

BERLIN = {"country-code": "'49'", "area-code": "'30'"}
BEHIND_EXCHANGE = dict(BERLIN, **{"outside-line-prefix": "'0'"})


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def desk_with(settings):
    desk = harness.Desk()
    for key, value in settings.items():
        desk.set(key, value)
    desk.start_bus()
    return desk


def number(desk, text):
    return json.loads(desk.expect(0, "number", "--json", "--", text).stdout)


def test_shown():
    """without a phone and without being signed in: typed, dialled, display, kind, rule, way"""
    with desk_with(BERLIN) as desk:
        for text, dialled, display, kind, rule in (
            ("030 / 39 83 30-12", "+493039833012", "030 39833012", "e164", "settings: national prefix"),
            ("+49 (0)30 39833012", "+493039833012", "030 39833012", "e164", "E.164 as typed"),
            ("+44 (0)20 7946 0123", "+442079460123", "+44 20 7946 0123", "e164", "E.164 as typed"),
            ("39833012", "+493039833012", "030 39833012", "e164", "settings: area code"),
            ("\u0660\u0663\u0660 39833012", "+493039833012", "030 39833012", "e164", "settings: national prefix"),
            ("tel:+49-30-39833012", "+493039833012", "030 39833012", "e164", "E.164 as typed"),
            ("4711", "4711", "4711", "extension", "settings: extension digits"),
            ("112", "112", "112", "emergency", "emergency number"),
            ("*21*4711#", "*21*4711#", "*21*4711#", "service", "feature code as typed"),
        ):
            seen = number(desk, text)
            wanted = {"typed": text, "dialled": dialled, "display": display, "kind": kind, "rule": rule}
            check({key: seen[key] for key in wanted} == wanted, "%s instead of %s" % (seen, wanted))
            check(seen["steps"][-1]["result"] == dialled, str(seen))
            again = number(desk, display)
            check(again["dialled"] == dialled, "what is shown dials %s" % again)
        lines = desk.expect(0, "number", "+49 (0)30 39833012").stdout
        for words in ("Dialled      +493039833012", "E.164 as typed", "(0) behind the country code left out"):
            check(words in lines, lines)


def test_refused():
    """what is no number, or could be two, is refused with the reason: 6"""
    with desk_with(BERLIN) as desk:
        for text, reason in (
            ("0800 FLOWERS", "type 3569377 instead"),
            ("030 398330 / 030 398331", "several numbers"),
            ("tel:398330;phone-context=+49", "area code is missing"),
            ("tel:*21*4711%23", "not taken from links"),
            ("tel:+4930398330,,1", "not taken from links"),
            ("sip:bob@fabrikam.test", "address of a person"),
            ("call me", "it contains letters"),
        ):
            for command in (("number", "--json"), ("number",), ("call", "--yes")):
                done = desk.expect(6, *command, "--", text)
                check(reason in done.stderr and done.stdout == "", done.stderr + done.stdout)


def dialled_by(phone):
    """What the phone was told since it was asked last."""
    event = phone.wait("call")
    requests = [e["query"] for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
    return event, urllib.parse.parse_qs(requests[-1])["number"][0]


def dials_what_it_shows(settings, texts):
    with desk_with(settings) as desk:
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready" and p["events"] == "yes")
        for text in texts:
            shown = number(desk, text)["dialled"]
            desk.expect(0, "call", "--yes", "--", text)
            _, told = dialled_by(phone)
            check(told == shown, "%s: shown %s, the phone was told %s" % (text, shown, told))
            desk.expect(0, "hangup")
            desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])


def test_dials_what_it_shows():
    """the phone is told what was shown, with "+" """
    dials_what_it_shows(BERLIN, ("030 398330", "tel:+44-20-7946-0123;ext=12", "4711", "112", "*21*4711#", "0900 1234567"))


def test_dials_behind_exchange():
    """the phone is told what was shown, behind an outside line"""
    dials_what_it_shows(BEHIND_EXCHANGE, ("030 398330", "+44 20 7946 0123", "0044 20 7946 0123", "0112", "4711"))


def test_tones():
    """tones behind a number reach the phone once the call is connected, and not before"""
    with desk_with(BERLIN) as desk:
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready" and p["events"] == "yes")
        check("waits for a word of yours" in desk.expect(6, "call", "030 398331w1").stderr, "no remedy")
        check(number(desk, "030 398330,12#")["tones"] == ",12#", "the tones are not kept apart")
        desk.expect(0, "call", "030 398330,12#", "--wait", "connected")
        while "key_dtmf=" not in (phone.wait("request").get("query") or ""):
            pass
        seen = [e["query"] for e in phone.events if e["event"] == "request" and (e.get("query") or "").startswith(("number=", "key"))]
        check([urllib.parse.unquote(q).split("&")[0] for q in seen] == ["number=+49" + "30398330", "key_dtmf=12#"], str(seen))


def test_home():
    """a number of a link that holds in another network is not dialled in ours"""
    with desk_with(dict(BERLIN, uri="'sip:alice@fabrikam.test'")) as desk:
        for link in ("sip:4711@fabrikam.test;user=phone", "tel:4711;phone-context=Leeds.fabrikam.test"):
            check(number(desk, link)["dialled"] == "4711", link)
        for link in ("sip:4711@example.org;user=phone", "tel:4711;phone-context=example.org"):
            check("holds only in the network of example.org" in desk.expect(6, "number", link).stderr, link)
        desk.set("uri", "'sip:alice@example.org'")
        desk.wait_status("another account", lambda s: s["endpoint"]["uri"] == "sip:alice@example.org")
        check(number(desk, "sip:4711@example.org;user=phone")["dialled"] == "4711", "the new account's domain")


def test_always_asks():
    """codes, emergency and premium numbers and what is in doubt ask, whatever the settings say: 1"""
    with desk_with(dict(BEHIND_EXCHANGE, **{"confirm-links": "'never'"})) as desk:
        for text in ("*21*4711#", "#31#030123456", "112", "0112", "tel:112", "110", "0900 1234567", "tel:+499001234567",
                     "11833", "0030 398330"):
            done = desk.expect(1, "call", "--", text)
            check("--yes" in done.stderr, done.stderr)
            check(number(desk, text)["confirm"], text)
        check(not number(desk, "tel:+4930398330")["confirm"], "a plain link asks although it is set not to")
        check("+49 30 398330" in number(desk, "0030 398330")["confirm-reason"], "the other number is not told")


def maps(desk):
    with open("/proc/%d/maps" % desk.agent_pid(), encoding="utf-8", errors="replace") as lines:
        return lines.read()


def test_lazy():
    """the numbering plans are loaded with the first number, not with the agent"""
    with desk_with(BERLIN) as desk:
        desk.status()
        check("libphonenumber" not in maps(desk), "loaded at the start")
        check(number(desk, "030 39833012")["region"] == "DE", "the country is not known")
        check("libphonenumber" in maps(desk), "not loaded")


def test_without_numbering_plans():
    """where they are missing everything is dialled as before, and shown plainly"""
    desk = harness.Desk()
    desk.env["OFFHOOK_MODULE_DIR"] = desk.path("nowhere")
    for key, value in BERLIN.items():
        desk.set(key, value)
    desk.start_bus()
    with desk:
        seen = number(desk, "030 39833012")
        check(seen["dialled"] == "+493039833012" and seen["display"] == "+49 30 39833012", str(seen))
        check(seen["region"] is None and seen["type"] is None, str(seen))
        check(number(desk, "112")["kind"] == "emergency", "an emergency number is not known any more")


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    chosen = [t for t in TESTS if not sys.argv[1:] or t.__name__[5:] in sys.argv[1:]]
    sys.exit(harness.run(chosen))
