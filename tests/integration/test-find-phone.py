#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding phones in an office of network namespaces: neighbours, phones that start, hosts that are
asked once, a code that is dialled.

usage: test-find-phone.py BUILD-DIR [TEST...]
"""

import json
import os
import signal
import subprocess
import sys

import harness
import phone_network

BUILD = sys.argv[1]
ONLY = sys.argv[2:]

D785 = ("desk785", "10.74.0.10", "00:04:13:00:00:10", "d785")
BASE = ("base", "10.74.0.11", "00:04:13:00:00:11", "m300")
D725 = ("desk725", "10.74.0.12", "1c:71:26:00:00:12", "d725")
PC = ("pc", "10.74.0.13", "02:00:00:00:00:20")


def check(truth, what=None):
    if not truth:
        raise harness.Failure(what)


def plain(mac):
    return mac.replace(":", "").upper()


def found(done):
    return {phone["address"]: phone for phone in json.loads(done)}


def plug_phone(office, place, address, mac, personality, *options):
    office.plug(place, address, mac)
    return office.start_phone_at(place, address, plain(mac), personality, *options)


def requests(phone):
    return [e for e in phone.drain() if e.get("event") == "request"]


OTHER = "10.74.0.3"  # of the desk, later


def test_neighbours():
    """What the computer has spoken to, and nothing else: no host is asked."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phone = plug_phone(office, *D785)
        office.plug(*PC)
        office.start_bus()
        check(found(office.expect(0, "phone", "find", "--wait", "0", "--json").stdout) == {})
        office.meet(D785[1])
        seen = found(office.expect(0, "phone", "find", "--wait", "0", "--json").stdout)
        check(list(seen) == [D785[1]], seen)
        check(seen[D785[1]]["mac"] == plain(D785[2]), seen)
        check(seen[D785[1]]["maker"] == "snom", seen)
        check(seen[D785[1]]["how"] == ["neighbour"], seen)
        check(requests(phone) == [], phone.events)


def test_boot():
    """A phone that starts is heard, and not answered; Ctrl-C ends the search with what was found."""
    with phone_network.PhoneNetwork(BUILD) as office:
        office.plug(*D785[:3])
        office.plug(*BASE[:3])
        office.start_bus()
        office.status()
        search = subprocess.Popen(
            [os.path.join(office.build, "tray/cli/offhook"), "phone", "find", "--wait", "300", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=office.env, text=True,
        )
        check("Searching" in search.stderr.readline())  # from here on it hears
        phone = office.start_phone_at(D785[0], D785[1], plain(D785[2]), "d785", "--set=announce=yes")
        base = office.start_phone_at(BASE[0], BASE[1], plain(BASE[2]), "m300", "--set=announce=yes")
        told = [search.stderr.readline(), search.stderr.readline()]
        check(all("Found" in line for line in told), told)
        search.send_signal(signal.SIGINT)
        out, err = search.communicate(timeout=harness.DEADLINE_S)
        check(search.returncode == 0, err)
        seen = found(out)
        check(sorted(seen) == [D785[1], BASE[1]], seen)
        check(seen[D785[1]]["mac"] == plain(D785[2]) and seen[D785[1]]["how"] == ["boot"], seen)
        check(seen[BASE[1]]["kind"] == "dect" and seen[BASE[1]]["model"] == "snomM300", seen)
        for peer in (phone, base):
            check(not [e for e in peer.drain() if e.get("event") == "announce-answer"], peer.events)
            check(requests(peer) == [], peer.events)
        refused = office.cli("phone", "add", BASE[1])
        check(refused.returncode != 0 and "M300" in refused.stderr, refused.stderr)


def test_probe():
    """Each host is asked once, by one request without a login, however often the user searches."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phones = [plug_phone(office, *D785), plug_phone(office, *BASE), plug_phone(office, *D725)]
        office.plug(*PC)
        office.start_bus()
        for _ in range(2):
            seen = found(office.expect(0, "phone", "find", "--probe", "--wait", "0", "--json").stdout)
            check(sorted(seen) == [D785[1], BASE[1], D725[1]], seen)
        check("probe" in seen[D785[1]]["how"] and seen[D785[1]]["kind"] == "desk", seen)
        check(seen[BASE[1]]["kind"] == "dect", seen)
        check(seen[D785[1]]["fingerprint"] == phones[0].listening["spki_sha256"], seen)
        for phone in phones:
            asked = requests(phone)
            check(len(asked) == 1, asked)
            check(asked[0]["path"] == "/info.htm" and not asked[0].get("authorization"), asked)


def test_known():
    """A phone that is set up is named, and never asked without its login."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phone = plug_phone(office, *D785, "--password=telefon")
        office.start_bus()
        identity = office.expect(0, "phone", "add", D785[1]).stdout.strip()
        office.wait_phone("met", lambda p: p["state"] != "unknown", identity)
        before = len(requests(phone))
        seen = found(office.expect(0, "phone", "find", "--probe", "--wait", "0", "--json").stdout)
        check(seen[D785[1]]["phone"] == identity, seen)
        check(len(requests(phone)) == before, phone.events)


def test_choice():
    """Of two phones: the default if it is in reach, else the one that is, else the user is asked."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phones = [plug_phone(office, *p, "--auth=none") for p in (D785, D725)]
        office.set("phone-choice", "'ask'")
        office.start_bus()
        ids = [office.expect(0, "phone", "add", p[1]).stdout.strip() for p in (D785, D725)]
        for identity in ids:
            office.wait_phone("ready", lambda p: p["state"] == "ready", identity)
        asked = office.expect(2, "call", "0301234567", "--yes")
        check(", ".join(ids) in asked.stderr, asked.stderr)
        check(not [e for p in phones for e in p.drain() if e.get("event") == "call"])
        office.expect(0, "call", "0301234567", "--yes", "--phone", ids[1])
        phones[1].wait("call")


def test_pairing():
    """No address is typed: the phone shows a code, the user types it, and from then on the phone has
    to show the key that it showed then. Its login is asked for once."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phone = plug_phone(office, *D785, "--password=telefon", "--set=minibrowser=show")
        office.start_bus()
        office.meet(D785[1])
        pairing = subprocess.Popen(
            [os.path.join(office.build, "tray/cli/offhook"), "phone", "find", "--pair", "--wait", "0"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=office.env, text=True,
        )
        pairing.stdin.write("admin\ntelefon\n")
        pairing.stdin.flush()
        shown = phone.wait("display")
        check(len(shown["text"]) == 4 and shown["text"].isdigit(), shown)
        wrong = "%04d" % ((int(shown["text"]) + 1) % 10000)
        out, err = pairing.communicate("%s\n%s\n" % (wrong, shown["text"]), timeout=harness.DEADLINE_S)
        check(pairing.returncode == 0, err)
        check("another code" in err and "protected" in err, err)
        identity = out.strip()
        office.wait_phone("ready", lambda p: p["state"] == "ready", identity)
        check(office.get("trust", identity) == "'pin'", office.get("trust", identity))
        check(office.get("fingerprint", identity) == "'%s'" % phone.listening["spki_sha256"])
        check(office.get("user", identity) == "'admin'")
        failures = [r for r in requests(phone) if r["status"] == 401 and r.get("authorization")]
        check(not failures, failures)
        # the page is not there for anybody else, and not any more
        again = office.cli("phone", "find", "--pair", "--wait", "0")
        check(again.returncode != 0 and "No phone" in again.stderr, again.stderr)


def test_own_address():
    """A computer that gets another address tells its phones: the events come there from then on."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phone = plug_phone(office, *D785, "--auth=none")
        office.start_bus()
        identity = office.expect(0, "phone", "add", D785[1]).stdout.strip()
        office.wait_phone("followed", lambda p: p["events"] == "yes", identity)
        check([r for r in requests(phone) if phone_network.DESK in (r.get("query") or "")], phone.events)
        office.give("desk", OTHER)
        while OTHER not in (phone.wait("request").get("query") or ""):
            pass
        office.wait_phone("followed again", lambda p: p["events"] == "yes", identity)
        office.expect(0, "call", "0301234567", "--yes")  # told by the phone, or it would be 8


def begin_dial(office):
    """The command, once it has told the code; its process and the code."""
    search = subprocess.Popen(
        [os.path.join(office.build, "tray/cli/offhook"), "phone", "find", "--dial", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=office.env, text=True,
    )
    told = search.stderr.readline()
    check("Dial this code" in told, told)
    waits = search.stderr.readline()
    check("Ctrl-C" in waits, waits)
    return search, told.split()[-1]


def test_dial():
    """The phone on which the user dials a code is found, because its administrator has it tell this
    computer what is dialled; another number, another asker and another time find nothing, and
    nothing is sent to the phone."""
    with phone_network.PhoneNetwork(BUILD) as office:
        phone = plug_phone(office, *D785)
        phone.send("set action_outgoing_url http://%s:5071/offhook/find/outgoing?r=$remote" % phone_network.DESK)
        office.start_bus()
        asked = office.expect(1, "phone", "find", "--dial")
        check("event-port" in asked.stderr, asked.stderr)
        office.stop_agent()
        office.set("event-port", "5071")
        search, code = begin_dial(office)
        check(len(code) == 9 and code.startswith("*00") and code[1:].isdigit(), code)
        second = office.cli("phone", "find", "--dial")
        check(second.returncode != 0 and "under way" in second.stderr, second.stderr)
        phone.send("dial 0301234567")
        phone.wait("action")
        phone.send("hangup")
        phone.send("dial " + code)
        out, err = search.communicate(timeout=harness.DEADLINE_S)
        check(search.returncode == 0, err)
        seen = found(out)
        check(list(seen) == [D785[1]] and seen[D785[1]]["how"] == ["code"], seen)
        check(requests(phone) == [], phone.events)
        search, again = begin_dial(office)
        check(again != code, again)
        search.send_signal(signal.SIGINT)
        out, err = search.communicate(timeout=harness.DEADLINE_S)
        check(search.returncode == 1 and "given up" in err, err)


def test_new_address():
    """A phone that gets another address is followed by its MAC, after its key has proved that it is the
    same; who sits at the old address now gets no login, and neither does one that claims the MAC."""
    with phone_network.PhoneNetwork(BUILD) as office:
        office.make_certificates("desk")
        own = "--certificate=" + office.path("certs", "desk.pem")
        options = ("--user=admin", "--password=telefon", "--set=announce=yes")
        phone = plug_phone(office, *D785, own, *options)
        office.start_bus()
        identity = office.expect(0, "phone", "add", D785[1]).stdout.strip()
        office.wait_phone("met", lambda p: p["state"] != "unknown", identity)
        office.set("user", "'admin'", phone=identity)
        office.expect(0, "password", "phone", identity, stdin="telefon\n")
        office.wait_phone("ready", lambda p: p["state"] == "ready", identity)
        phone.stop()
        office.give(D785[0], "10.74.0.9")
        impostors = [plug_phone(office, "old", D785[1], "02:00:00:00:00:66", "d785", "--auth=basic"),
                     plug_phone(office, "liar", "10.74.0.8", "02:00:00:00:00:67", "d785", "--auth=basic")]
        office.forget_neighbours()
        office.cli("phone", "test", identity)
        office.wait_phone("lost", lambda p: p["state"] == "untrusted", identity)
        impostors[1].send("set mac " + plain(D785[2]))
        impostors[1].send("set announce yes")
        impostors[1].send("reboot")
        impostors[1].wait("announced")
        phone = office.start_phone_at(D785[0], "10.74.0.9", plain(D785[2]), "d785", own, *options)
        office.wait_phone("followed", lambda p: p["state"] == "ready", identity)
        office.expect(0, "call", "0301234567", "--yes")
        phone.wait("call")
        for impostor in impostors:
            check(not [r for r in requests(impostor) if r.get("authorization")], impostor.events)


TESTS = [test_neighbours, test_boot, test_probe, test_known, test_choice, test_pairing, test_own_address,
         test_dial, test_new_address]

if __name__ == "__main__":
    sys.exit(harness.run([t for t in TESTS if not ONLY or t.__name__ in ONLY]))
