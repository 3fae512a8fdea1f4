#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A front end, or somebody between it and us, that means harm: the agent against everything that
must reach nothing. Each time: nobody's presence, no call and no state of ours changes, the memory
stays within bounds, the log says what was dropped, and what comes next is heard.

usage: test-hostile.py BUILD-DIR [TOPIC or TEST...]
"""

import json
import os
import re
import socket
import sys

import harness
from harness import Desk, Failure

from gi.repository import Gio, GLib

BUILD = sys.argv[1]
ONLY = sys.argv[2:]
ALICE = "sip:alice@fabrikam.test"
BOB = "bob@fabrikam.test"
CAROL = "carol@fabrikam.test"

# What the agent's resident memory may grow by, in KiB.
# A message that is dropped leaves nothing: what remains is what the allocator keeps of the largest
# one, its octets and a copy of its head. One read, 16 KiB, and one log line are lost in the noise;
# pages that were merely never touched before, GIO's and glibc's, are what this is for.
SMALL_KIB = 6 * 1024
# The largest message is a head of 64 KiB and a body of 4 MiB. While it arrives it is there as the
# read buffer, which grows by doubling (8 MiB), as the message cut off (4 MiB), and for XML as a tree
# with at most 400,000 nodes and attributes of about 100 octets (40 MiB); all of it is given back.
LARGE_KIB = 64 * 1024
# ... to the allocator, which keeps up to twice the largest block that it has seen: the buffer.
KEPT_KIB = 20 * 1024


def check(condition, text):
    if not condition:
        raise Failure(str(text))


class Office(Desk):
    """Alice is signed in and sees bob and carol; everything that stands is looked at."""

    def __init__(self, *front_end, login="kerberos"):
        super().__init__(BUILD)
        self.options = front_end
        self.login = login

    def __enter__(self):
        self.fe = self.start_front_end(*self.options)
        # whoever has the name org.freedesktop.login1 there tells of sleep: see resume()
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=" + self.path("run", "bus")
        self.start_bus()
        if self.login == "kerberos":
            self.kinit("alice")
            self.set_account(self.fe, "alice", login="")
        else:
            self.set_account(self.fe, "alice", mechanism="ntlm")
            self.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        self.expect(0, "sign-in")
        self.wait_status("available", lambda s: s["presence"]["availability"] == "available")
        self.wait_contact(BOB, lambda c: c and c["availability"] == "available")
        self.wait_contact(CAROL, lambda c: c and c["availability"] != "unknown")
        self.fresh_kib = self.memory()["VmRSS"]
        return self

    # --- what is seen ---

    def contacts(self):
        return {c["uri"].split(":")[-1].lower(): c for c in json.loads(self.expect(0, "contacts", "--json").stdout)}

    def wait_contact(self, uri, test):
        self.wait_status("contact " + uri, lambda s: test(self.contacts().get(uri)))
        return self.contacts()[uri]

    def model(self):
        """Everything that the user sees, carol's presence apart: she tells that we still listen."""
        contacts = self.contacts()
        contacts.pop(CAROL, None)
        return {"status": self.status(), "contacts": contacts}

    def told(self):
        with open(self.path("agent.log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def memory(self):
        """VmRSS, VmHWM and VmSize of the agent in KiB."""
        with open("/proc/%d/status" % self.agent_pid(), encoding="ascii") as status:
            text = status.read()
        return {key: int(re.search(key + r":\s+(\d+)", text)[1]) for key in ("VmRSS", "VmHWM", "VmSize")}

    # --- what is done ---

    def tell(self, command):
        self.fe.send(command)
        answer = self.fe.wait("control")
        if not answer["ok"]:
            raise Failure("%s: %s" % (command, answer))

    def file(self, name, octets):
        with open(self.path(name), "wb") as out:
            out.write(octets)
        return self.path(name)

    def still_listening(self):
        """What the server says after everything before it arrives: all that was read by then."""
        word = "busy" if self.contacts()[CAROL]["availability"] != "busy" else "dnd"
        self.tell("presence carol " + word)
        self.wait_contact(CAROL, lambda c: c["availability"] == word)

    def resume(self):
        """The night is over: what stands is refreshed at once, with a signed REGISTER."""
        login = Gio.DBusConnection.new_for_address_sync(
            self.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        login.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
            GLib.Variant("(su)", ("org.freedesktop.login1", 4)), None, 0, -1, None,
        )
        login.emit_signal(
            None, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
            GLib.Variant("(b)", (False,)),
        )
        login.flush_sync(None)
        login.close_sync(None)

    def harmless(self, attack, log=None, grows=SMALL_KIB):
        """attack() changes nothing, not even the connection, and is told in the log."""
        before, memory, start = self.model(), self.memory(), len(self.told())
        attack()
        self.still_listening()
        after = self.model()
        check(after == before, "the model changed:\n%s\n%s" % (before, after))
        self.within(memory, grows)
        said = self.told()[start:]
        check(log is None or re.search(log, said), "the log does not say “%s”:\n%s" % (log, said[-4000:]))

    def ends_connection(self, attack, log, grows=SMALL_KIB):
        """attack() may cost the connection; everything comes back by itself, and nothing else."""
        before, memory, start = self.model(), self.memory(), len(self.told())
        attack()
        self.fe.wait("connection-lost", deadline=2 * harness.DEADLINE_S)
        self.fe.wait("registered", user=ALICE, signed=True)
        online = lambda s: s["endpoint"]["state"] == "online" and s["presence"]["availability"] == "available"
        self.wait_status("online again", online)
        self.wait_contact(BOB, lambda c: c and c["availability"] == before["contacts"][BOB]["availability"])
        self.wait_contact(CAROL, lambda c: c and c["availability"] != "unknown")
        self.still_listening()
        after = self.model()
        for one in (before, after):
            del one["status"]["endpoint"]["since"]
            one["status"].get("server", {}).pop("at", None)  # when it told what it provisions
        check(after == before, "the model changed:\n%s\n%s" % (before, after))
        self.within(memory, grows)
        said = self.told()[start:]
        check(re.search(log, said), "the log does not say “%s”:\n%s" % (log, said[-4000:]))
        check(" -> failed" not in said, said[-4000:])

    def within(self, before, grows):
        """Not under a sanitizer, which keeps what was freed; its shadow alone is terabytes."""
        after = self.memory()
        print("# memory: %d KiB before, %d after, %d at most" % (before["VmRSS"], after["VmRSS"], after["VmHWM"]))
        if after["VmSize"] > 1 << 30:
            return
        kept = KEPT_KIB if grows > SMALL_KIB else SMALL_KIB
        check(after["VmRSS"] - self.fresh_kib <= kept, "it keeps memory: %s, then %s" % (before, after))
        # the peak is that of the whole life
        peak = max(before["VmHWM"], before["VmRSS"] + grows)
        check(after["VmHWM"] <= peak, "it took memory: %s, then %s" % (before, after))

    def count(self, event, since, **fields):
        return len(
            [e for e in self.fe.settled()[since:] if e["event"] == event and all(e.get(k) == v for k, v in fields.items())]
        )


# ---------------------------------------------------------------- signatures


def unsigned_notification():
    """a notification without a signature reaches nobody"""
    with Office() as desk:
        desk.harmless(
            lambda: (desk.tell("garble unsigned"), desk.tell("presence bob dnd")),
            log=r"\[c\d+ BENOTIFY\] dropped, unverified, number 1 ",
        )


def wrongly_signed():
    """one wrong signature reaches nobody; the third in a row ends the connection"""
    with Office() as desk:
        forged = lambda: (desk.tell("garble rspauth"), desk.tell("presence bob dnd"))
        desk.harmless(forged, log=r"\[c\d+ BENOTIFY\] dropped, forged, number 1 ")
    with Office() as desk:
        # one message for each: a request of the server's own
        attack = lambda: [desk.tell(c) for _ in range(3) for c in ("garble rspauth", "request alice OPTIONS")]
        desk.ends_connection(attack, log=r"signatures are not valid")


def altered_header():
    """a signed header that was altered on the way counts as forged"""
    with Office() as desk:
        desk.harmless(
            lambda: (desk.tell("garble header"), desk.tell("presence bob dnd")),
            log=r"\[c\d+ BENOTIFY\] dropped, forged",
        )


def replayed():
    """what was signed once is not heard twice"""
    with Office() as desk:
        desk.tell("presence bob dnd")
        desk.wait_contact(BOB, lambda c: c["availability"] == "dnd")
        desk.harmless(lambda: desk.tell("replay alice"), log=r"dropped, unverified.*received before")
        # an old state again, after a newer one: the octets that once said "away"
        desk.tell("presence bob away")
        desk.wait_contact(BOB, lambda c: c["availability"] == "away")
        desk.harmless(
            lambda: [desk.tell("replay alice") for _ in range(500)],
            log=r"dropped, unverified, number \d+ ",
        )
        lines = re.findall(r"dropped, unverified", desk.told())
        check(len(lines) <= 20, "%d lines for 500 messages" % len(lines))


def reordered():
    """an older notification that arrives after a newer one does not bring back what was"""
    with Office() as desk:
        desk.tell("garble hold")
        desk.tell("presence bob dnd")
        desk.tell("presence bob away")  # leaves first; then the one before it
        desk.wait_contact(BOB, lambda c: c["availability"] == "away")
        desk.harmless(lambda: None)
        check(desk.contacts()[BOB]["availability"] == "away", desk.contacts()[BOB])


def forged_requests():
    """unsigned BYE, registration-notify, INVITE and MESSAGE: nobody is signed out, nothing rings"""
    with Office() as desk:
        methods = ("BYE", "INVITE", "MESSAGE", "NOTIFY", "SUBSCRIBE", "CANCEL", "ACK")
        start = len(desk.fe.drain())
        for number, method in enumerate(methods):
            desk.harmless(
                lambda m=method: (desk.tell("garble unsigned"), desk.tell("request alice " + m)),
                log=r"\[c\d+ %s\] dropped, unverified" % method if number < 5 else None,
            )
        octets = (
            "NOTIFY sip:alice@fabrikam.test SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bKx\r\n"
            "From: <sip:fabrikam.test>;tag=1\r\nTo: <sip:alice@fabrikam.test>\r\nCall-ID: x\r\nCSeq: 1 NOTIFY\r\n"
            "Event: registration-notify\r\nSubscription-State: terminated;expires=0\r\n"
            "Content-Type: text/registration-event\r\nContent-Length: %d\r\n\r\n%s"
        )
        for word in ("rejected", "unregistered", "deactivated"):
            body = "deregistered;event=" + word
            file = desk.file(word, (octets % (len(body), body)).encode())
            desk.harmless(lambda f=file: desk.tell("raw alice " + f))
        check(desk.count("answered", start) == 0, "it answered what it cannot believe")
        desk.expect(0, "sign-out")
        check(re.search(r"dropped, unverified: 5 more, 10 in all", desk.told()), desk.told()[-3000:])


# ---------------------------------------------------------------- framing


def folded_and_compact():
    """folded headers and short names are read, and their signature fits"""
    with Office() as desk:
        for kind, word in (("fold", "dnd"), ("compact", "away"), ("drip", "busy")):
            desk.tell("garble " + kind)
            desk.tell("presence bob " + word)
            desk.wait_contact(BOB, lambda c, w=word: c["availability"] == w)
            desk.harmless(lambda: None)
        check("dropped" not in desk.told(), desk.told()[-3000:])


def two_lengths():
    """two lengths that differ end the connection: one message must not be read as two"""
    with Office() as desk:
        desk.ends_connection(
            lambda: (desk.tell("garble two-lengths"), desk.tell("presence carol brb")), log=r"cannot be read as SIP"
        )


def oversize():
    """a head or a body beyond the limits ends the connection, whatever is announced"""
    start = b"OPTIONS sip:alice@fabrikam.test SIP/2.0\r\n"
    for name, octets in (
        ("body", start + b"Content-Length: 4194305\r\n\r\n"),
        ("number", start + b"Content-Length: 99999999999999999999\r\n\r\n"),
        ("negative", start + b"Content-Length: -1\r\n\r\n"),
        ("endless", start + b"".join(b"X-%d: y\r\n" % n for n in range(200000))),
        ("line", start + b"X: " + b"y" * 20000000),
    ):
        with Office() as desk:
            file = desk.file(name, octets)
            desk.ends_connection(lambda: desk.tell("raw alice " + file), log=r"cannot be read as SIP")


def too_many_headers():
    """a message with more headers than are read is dropped, and the next is heard"""
    with Office() as desk:
        start = b"OPTIONS sip:alice@fabrikam.test SIP/2.0\r\n"
        octets = start + b"".join(b"X-%d: y\r\n" % n for n in range(257)) + b"\r\n"
        file = desk.file("headers", octets)
        desk.harmless(lambda: desk.tell("raw alice " + file), log=r"\[c\d+ message\] dropped, broken, number 1 ")


def tiny_messages():
    """a million tiny messages: counted, few lines, no memory, and the next is heard"""
    with Office() as desk:
        file = desk.file("flood", b"X x SIP/2.0\r\n\r\n" * 1000000)
        start = len(desk.told())
        desk.harmless(lambda: desk.tell("raw alice " + file), log=r"\[c\d+ message\] dropped, broken, number 1 ")
        told = desk.told()[start:]
        check(len(re.findall("dropped, broken", told)) <= 20, "the flood is in the log")
        desk.expect(0, "sign-out")
        check(re.search(r"dropped, broken: \d+ more, 1000000 in all", desk.told()), desk.told()[-3000:])


def known_bad_input():
    """what the fuzzers have found, on the wire: messages and documents"""
    corpus = os.path.join(harness.ROOT, "tests", "fuzz", "corpus")
    with Office() as desk:
        for folder, type_ in (
            ("category-xml", TYPE),
            ("xml-tree", TYPE),
            ("rlmi-xml", "application/rlmi+xml"),
            ("multipart", "multipart/related; boundary=b"),
            ("roaming-contacts-xml", "application/vnd-microsoft-roaming-contacts+xml"),
        ):
            for name in sorted(os.listdir(os.path.join(corpus, folder))):
                with open(os.path.join(corpus, folder, name), "rb") as file:
                    body = file.read()
                desk.harmless(lambda b=body, t=type_: notify_with(desk, b, t))
        for name in sorted(os.listdir(os.path.join(corpus, "sip-message"))):
            if name != "twice":  # two lengths: see two_lengths()
                file = os.path.join(corpus, "sip-message", name)
                desk.harmless(lambda f=file: desk.tell("raw alice " + f))


def cut_in_half():
    """half a message, and then what should not be in it"""
    with Office() as desk:
        attack = lambda: (
            desk.tell("garble half"),
            desk.tell("request alice OPTIONS"),
            *[desk.tell("request alice OPTIONS") for _ in range(3)],
        )
        before, start = desk.model(), len(desk.told())
        attack()
        # the head of the next one stands within the head of this one: one message, and not signed so
        desk.still_listening()
        check(desk.model() == before, desk.model())
        check(re.search(r"dropped, (forged|broken|unverified)", desk.told()[start:]), desk.told()[-3000:])


def body_never_comes():
    """a body that never comes: given up in time, and signed in again"""
    with Office() as desk:
        file = desk.file("head", b"OPTIONS sip:alice@fabrikam.test SIP/2.0\r\nContent-Length: 4194304\r\n\r\nx")
        desk.ends_connection(lambda: desk.tell("raw alice " + file), log=r"began a message and does not end it")


# ---------------------------------------------------------------- bodies


def categories(note, prolog="", inner=""):
    return (
        '<?xml version="1.0"?>%s<categories xmlns="http://schemas.microsoft.com/2006/09/sip/categories" '
        'uri="sip:bob@fabrikam.test"><category name="note" instance="0" publishTime="2036-01-01T00:00:00" '
        'container="200" version="99" expireType="static"><note xmlns="http://schemas.microsoft.com/2006/09/sip/note">'
        '<body type="personal" uri="">%s</body></note></category>%s</categories>' % (prolog, note, inner)
    ).encode()


TYPE = "application/msrtc-event-categories+xml"


def notify_with(desk, body, type_=TYPE):
    """The next notification about bob has that body."""
    desk.tell("other-body %s '%s'" % (desk.file("body", body), type_))
    desk.word = "away" if getattr(desk, "word", "") == "dnd" else "dnd"  # what is no change is not notified
    desk.tell("presence bob " + desk.word)


def entities():
    """documents with entities, ours to expand or a file's to fetch, are refused whole"""
    with Office() as desk:
        # that such a document is believed when it has none: else the rest proves nothing
        notify_with(desk, categories("plain"))
        desk.wait_contact(BOB, lambda c: c["note"] == "plain")
        laughs = "".join('<!ENTITY l%d "%s">' % (n, ("&l%d;" % (n - 1)) * 10) for n in range(1, 10))
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setblocking(False)
        port = listener.getsockname()[1]
        secret = desk.file("secret", b"the secret of the file")
        for note, prolog in (
            ("&l9;", '<!DOCTYPE c [<!ENTITY l0 "ha">%s]>' % laughs),
            ("&x;", '<!DOCTYPE c [<!ENTITY x SYSTEM "file://%s">]>' % secret),
            ("&x;", '<!DOCTYPE c [<!ENTITY x SYSTEM "http://127.0.0.1:%d/x">]>' % port),
            ("n", '<!DOCTYPE c SYSTEM "http://127.0.0.1:%d/x.dtd">' % port),
            ("n", '<!DOCTYPE c [<!ENTITY %% p SYSTEM "http://127.0.0.1:%d/p"> %%p;]>' % port),
            ("&nothing;", ""),
        ):
            desk.harmless(lambda n=note, p=prolog: notify_with(desk, categories(n, p)), log=r"XML refused")
        try:
            listener.accept()
            raise Failure("it asked the server that the document names")
        except BlockingIOError:
            pass
        listener.close()


def deep_xml():
    """deep, wide and broken documents are refused, within the memory of one message"""
    with Office() as desk:
        million = 1000000
        for inner in (
            "<a>" * 100 + "</a>" * 100,
            "<a>" * (million // 2),
            "<a b='c'/>" * 400000,
            "<a " + " ".join("b%d='c'" % n for n in range(300000)) + "/>",
            "<" + "a" * 4000000 + "/>",
            "\x00\x01",
            "</categories><categories>",
        ):
            desk.harmless(
                lambda i=inner: notify_with(desk, categories("n", "", i)), log=r"XML refused|dropped|document", grows=LARGE_KIB
            )


def huge_multipart():
    """a notification of four megabytes in a hundred thousand parts is refused, and the next heard"""
    with Office() as desk:
        part = b"--b\r\nContent-Type: application/msrtc-event-categories+xml\r\n\r\nx\r\n"
        many = part * 55000 + b"--b--"
        lines = b"--b\r\n" + b"X: y\r\n" * 500000 + b"\r\n--b--"
        for body in (many, lines, b"--b\r\n" * 700000, b"-" * 4000000):
            desk.harmless(
                lambda b=body: notify_with(desk, b, "multipart/related; boundary=b"),
                log=r"multipart refused|presence notification",
                grows=LARGE_KIB,
            )


def wrong_content():
    """signed nonsense: other people's presence, calls that nobody made, words that mean nothing"""
    with Office() as desk:
        for body, type_ in (
            (b"", "text/plain"),
            (b"\xff\xfe\x00", TYPE),
            (b"<categories uri='sip:mallory@evil.test'><category name='note'><note><body>x</body></note></category></categories>", TYPE),
            (b"deregistered;event=rejected", "text/registration-event"),
            (b"<list xmlns='urn:ietf:params:xml:ns:rlmi' version='99999999999' uri='x'/>", "application/rlmi+xml"),
            (b"x" * 4000000, "application/octet-stream"),
        ):
            desk.harmless(lambda b=body, t=type_: notify_with(desk, b, t), grows=LARGE_KIB)
    with Office() as desk:
        for method in ("INVITE", "MESSAGE", "REFER", "INFO", "UPDATE", "FROBNICATE", "BYE", "SUBSCRIBE"):
            desk.harmless(lambda m=method: desk.tell("request alice " + m))


# ---------------------------------------------------------------- answers


def forged_401():
    """a forged 401 costs one handshake: signed in all the while, nobody is asked for a password"""
    for login in ("kerberos", "ntlm"):
        with Office(login=login) as desk:
            start = len(desk.fe.drain())
            desk.tell("challenge SERVICE")
            since = desk.status()["endpoint"]["since"]
            desk.expect(0, "presence", "busy")
            desk.wait_status("busy", lambda s: s["presence"]["availability"] == "busy")
            check(desk.count("authenticated", start) == 1, desk.fe.events[start:])
            desk.tell("challenge REGISTER")
            desk.resume()
            desk.fe.wait("authenticated", user=ALICE)
            desk.fe.wait("registered", user=ALICE, signed=True)
            desk.still_listening()
            status = desk.status()["endpoint"]
            check(status["state"] == "online" and status["since"] == since, status)
            check(desk.count("refused", start) == 0 and desk.count("connection-lost", start) == 0, desk.fe.events)


def endless_401():
    """a 401 to everything: few handshakes, then requests fail alone; later nothing is missing"""
    with Office(login="ntlm") as desk:
        desk.fe.drain()
        start = len(desk.fe.events)
        since = desk.status()["endpoint"]["since"]
        for method in ("SERVICE", "SUBSCRIBE"):
            desk.tell("challenge %s -1" % method)
        for package in ("presence", "vnd-microsoft-roaming-contacts", "vnd-microsoft-roaming-self"):
            desk.tell("terminate alice " + package)
        done = desk.cli("presence", "busy")
        check(done.returncode != 0 and "again" in done.stderr, done)
        handshakes = desk.count("authenticated", start)
        check(1 <= handshakes <= 2, "%d handshakes" % handshakes)
        desk.tell("clear")
        desk.wait_status("busy", lambda s: s["presence"]["availability"] == "busy")
        desk.tell("presence bob dnd")
        desk.wait_contact(BOB, lambda c: c["availability"] == "dnd")
        status = desk.status()["endpoint"]
        check(status["state"] == "online" and status["since"] == since, status)
        check(desk.count("connection-lost", start) == 0, "the connection was given up")
        check(desk.count("refused", start) == 0, "a password was taken for wrong")


def forged_redirect():
    """an unsigned 301, 403 or 200 to what is signed: not followed, not believed, signed in again"""
    with Office() as desk:
        trap = socket.create_server(("127.0.0.1", 0))
        trap.setblocking(False)
        attack = lambda: (desk.tell("redirect-early 127.0.0.1:%d" % trap.getsockname()[1]), desk.resume())
        desk.ends_connection(attack, log=r"\[c\d+ REGISTER\] dropped, unverified")
        try:
            trap.accept()
            raise Failure("it followed a redirect that nobody signed")
        except BlockingIOError:
            pass
        trap.close()


def forged_refusal():
    """an unsigned 403 or 404 to a signed REGISTER does not sign anybody out for good"""
    for status in (403, 404, 480):
        with Office() as desk:
            attack = lambda s=status: (desk.tell("refuse-early REGISTER %d" % s), desk.resume())
            desk.ends_connection(attack, log=r"\[c\d+ REGISTER\] dropped, unverified")


def forged_success():
    """an unsigned 200 is no success: not for a publication, not for a registration"""
    with Office() as desk:
        desk.tell("garble unsigned")
        desk.cli("presence", "dnd")
        desk.still_listening()
        check(re.search(r"\[c\d+ SERVICE\] dropped, unverified", desk.told()), desk.told()[-3000:])
        check(desk.status()["endpoint"]["state"] == "online", desk.status())


TOPICS = {
    "signatures": [unsigned_notification, wrongly_signed, altered_header, replayed, reordered, forged_requests],
    "framing": [folded_and_compact, two_lengths, too_many_headers, tiny_messages, cut_in_half, known_bad_input],
    "sizes": [oversize, body_never_comes],
    "bodies": [entities, deep_xml, huge_multipart, wrong_content],
    "answers": [forged_401, endless_401, forged_redirect, forged_refusal, forged_success],
}

if __name__ == "__main__":
    sys.exit(
        harness.run(
            [t for topic, tests in TOPICS.items() for t in tests if not ONLY or {topic, t.__name__} & set(ONLY)]
        )
    )
