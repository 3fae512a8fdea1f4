#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and presence documents that are wrong in every way, signed by the server that sends them:
nobody's presence and nothing of the list is lost, memory stays within bounds, the log says so in a
line without names, and what comes next is heard.

usage: test-bad-presence.py BUILD-DIR [TEST...]
"""

import re
import sys

from watching_desk import ALICE, BOB, CAROL, CATEGORIES, WatchingDesk, categories, check, main

BUILD = sys.argv[1]
LIST = "application/vnd-microsoft-roaming-contacts+xml"
MULTIPART = "multipart/related; type=application/rlmi+xml; boundary=b"
# The largest body is 4 MiB; its tree has at most 400,000 nodes and attributes of some 100 octets.
LARGE_KIB = 64 * 1024
SMALL_KIB = 6 * 1024
TOLD = r"presence notification: passed over "


class Office(WatchingDesk):
    """bob is in a call, so that there is something to lose."""

    def __init__(self, *front_end):
        super().__init__(BUILD, *front_end, before=("presence bob busy on-the-phone", "note bob Here"))

    def __enter__(self):
        super().__enter__()
        self.wait_contact(BOB, lambda c: c and c["activity"] == "on-the-phone")
        self.wait_contact(CAROL, lambda c: c and c["availability"] != "unknown")
        self.wait_status("available", lambda s: s["presence"]["availability"] == "available")
        return self

    def bad(self, body, type_=CATEGORIES, log=TOLD, grows=SMALL_KIB):
        self.harmless(lambda: self.notify_with(body, type_), log, grows)


def part(type_, body, extra=b""):
    return b"--b\r\nContent-Type: " + type_.encode() + b"\r\n" + extra + b"\r\n" + body + b"\r\n"


def rlmi(inner, version=None):
    number = "" if version is None else " version='%d'" % version
    return ("<list xmlns='urn:ietf:params:xml:ns:rlmi' uri='%s'%s>%s</list>" % (ALICE, number, inner)).encode()


def resource(uri, attributes):
    return "<resource uri='sip:%s'><instance id='0' %s/></resource>" % (uri, attributes)


STATE = "<category name='state' instance='1' publishTime='2036-01-01T00:%02d:00'><state><availability>%d</availability>%s</state></category>"


def entities():
    """entities and depth in every kind of document: refused, and nothing is asked for"""
    laughs = "".join('<!ENTITY l%d "%s">' % (n, ("&l%d;" % (n - 1)) * 10) for n in range(1, 10))
    prologs = (
        '<!DOCTYPE x [<!ENTITY l0 "ha">%s]>' % laughs,
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    )
    forms = (
        (CATEGORIES, "<categories uri='sip:bob@fabrikam.test'>%s<category name='note'/></categories>"),
        ("text/xml+msrtc.pidf", "<presentity uri='sip:bob@fabrikam.test'>%s</presentity>"),
        ("application/pidf+xml", "<presence entity='pres:bob@fabrikam.test'>%s</presence>"),
        ("application/xpidf+xml", "<presence><presentity uri='sip:bob@fabrikam.test'/>%s</presence>"),
        ("application/rlmi+xml", "<list>" + resource(BOB, "state='terminated'") + "%s</list>"),
    )
    for type_, document in forms:  # each is told: after five lines of a kind in a minute the log waits
        with Office() as desk:
            for prolog in prologs:
                desk.bad((prolog + document % "<n>&l9;</n>").encode(), type_, log=TOLD + ".*XML refused")
            desk.bad((document % ("<n>" * 32 + "</n>" * 32)).encode(), type_, log=TOLD + ".*too deep")
            desk.bad((document % "<n").encode(), type_, log=TOLD + ".*XML refused", grows=LARGE_KIB)


def strangers():
    """people whom we never asked for, one, a thousand, and as an order to ask elsewhere"""
    with Office() as desk:
        desk.bad(categories("<category name='state'/>", "mallory@evil.test"), log=TOLD + ".* 1 of people who")
        many = "".join(resource("x%d@evil.test" % n, "state='resubscribe' poolFqdn='p%d.evil.test'" % n) for n in range(1000))
        start = desk.mark()
        desk.bad(rlmi(many), "application/rlmi+xml", log=TOLD + ".* 1000 of people who")
        documents = b"".join(part(CATEGORIES, categories("<category name='state'/>", "x%d@evil.test" % n)) for n in range(1000))
        desk.bad(documents + b"--b--", MULTIPART, log=TOLD + ".* 1000 of people who", grows=LARGE_KIB)
        check(not desk.subscribed(start), "it asked for them")
        check("evil" not in desk.told() and "mallory" not in desk.told(), "a name in the log")


def backwards():
    """versions and times that go backwards: the newer stays"""
    with Office() as desk:
        newer = part("application/rlmi+xml", rlmi("", 1000)) + part(CATEGORIES, categories(STATE % (20, 9500, ""))) + b"--b--"
        desk.notify_with(newer, MULTIPART)
        desk.wait_availability("dnd", BOB)
        older = part("application/rlmi+xml", rlmi(resource(BOB, "state='terminated'"), 999)) + part(
            CATEGORIES, categories(STATE % (30, 3500, ""))) + b"--b--"
        desk.bad(older, MULTIPART, log=TOLD + ".* 1 old lists")
        desk.bad(categories(STATE % (10, 3500, "")), log=None)


def multiparts():
    """wrong boundaries, missing parts, ids that fit nothing, parts in parts, a part of nobody"""
    document = categories("<category name='state'/>")
    nobody = b"<categories><category name='state'/></categories>"
    one = part("application/rlmi+xml", rlmi(resource(BOB, "state='active' cid='1@x'")))
    bad = (
        (part(CATEGORIES, document), "multipart/related"),
        (part(CATEGORIES, document), "multipart/related; boundary=c"),
        (part(CATEGORIES, document), "multipart/related; boundary=" + "b" * 71),
        (b"--b--", MULTIPART),
        (b"--b", MULTIPART),
        (one + part(CATEGORIES, nobody, b"Content-ID: <2@x>\r\n") + b"--b--", MULTIPART),
        (one + part("image/png", document) + b"--b--", MULTIPART),
        (part("multipart/related; boundary=c", part(CATEGORIES, document).replace(b"--b", b"--c")) + b"--b--", MULTIPART),
    )
    for some in (bad[:4], bad[4:]):  # each is told: after five lines in a minute the log waits
        with Office() as desk:
            for body, type_ in some:
                desk.bad(body, type_)
            desk.bad(one, MULTIPART, log=None)  # its part is missing: what is known stays
            desk.bad(b"", MULTIPART, log=None)


def unknown_words():
    """unknown activities, types, states, categories and namespaces; the same person many times"""
    with Office() as desk:
        same = "".join(resource(BOB, "state='active'") for _ in range(1000))
        desk.bad(rlmi(same), "application/rlmi+xml", log=None)
        desk.bad(b"x", "application/vnd-unheard-of", log=TOLD + ".* 1 in unknown forms")
        desk.bad(categories("<category name='mood' instance='1'><mood>high</mood></category>"), log=None)
        desk.bad(categories("<category><state><availability>3500</availability></state></category>"), log=None)
        desk.bad(categories("<category name='state' instance='7'><state xmlns:y='u' y:type='moodState'>"
                            "<availability/></state></category>".replace("moodState", "machineState")), log=None)
        # an activity that nobody knows is shown as it is; a namespace that is wrong is passed over
        desk.notify_with(categories(
            "<q:category xmlns:q='urn:x' name='state' instance='1' publishTime='2036-01-01T00:00:00'><q:state>"
            "<q:availability>6500</q:availability><q:activity token='juggling'/></q:state></q:category>"))
        desk.wait_contact(BOB, lambda c: c["activity"] == "juggling")


def long_texts():
    """names, notes and words of any length: cut at their limits"""
    with Office() as desk:
        long = "x" * 1000000
        desk.notify_with(categories(
            "<category name='note' instance='0' publishTime='2036-01-01T00:00:00'><note><body>%s</body></note></category>" % long
            + STATE % (0, 6500, "<activity><custom>%s</custom></activity>" % long)))
        bob = desk.wait_contact(BOB, lambda c: c["note"].startswith("x"))
        check(len(bob["note"]) == 4096 and len(bob["activity"]) == 1024, (len(bob["note"]), len(bob["activity"])))


def flood():
    """a thousand bad notifications are some lines in the log"""
    with Office() as desk:
        start = len(desk.told())
        path = desk.file("stranger", categories("<category name='state'/>", "mallory@evil.test"))
        desk.tell('other-body %s "%s" 1000' % (path, CATEGORIES))
        for number in range(1000):
            desk.fe.send("presence carol " + ("busy" if number % 2 else "dnd"))
        for _ in range(1000):
            desk.fe.wait("control", ok=True)
        desk.still_listening()
        lines = re.findall(TOLD, desk.told()[start:])
        check(0 < len(lines) <= 60, "%d lines for 1000 notifications" % len(lines))
        check(desk.contacts()[BOB]["activity"] == "on-the-phone", desk.contacts()[BOB])


def contact_lists():
    """contact lists that cannot be read, and one of a hundred thousand: ours stays, or is bounded"""

    def send(desk, body):
        desk.tell("other-body %s %s" % (desk.file("list", body), LIST))
        desk.tell("contact alice add sip:dan@fabrikam.test")
        desk.tell("contact alice remove sip:dan@fabrikam.test")

    known = "<contact uri='bob@fabrikam.test' name='' groups='2' subscribed='true'/>" \
            "<contact uri='carol@fabrikam.test' name='' groups='1' subscribed='true'/>"
    groups = "<group id='1' name='~'/><group id='2' name='Team'/>"
    for body in (
            b"<contactList",
            b"<!DOCTYPE c [<!ENTITY a 'b'>]><contactList deltaNum='1'>&a;</contactList>",
            b"<contactDelta prevDeltaNum='4000' deltaNum='4001'><deletedContact uri='bob@fabrikam.test'/></contactDelta>",
            b"<contactList deltaNum='1'>" + b"<contact uri='a'/>" * 210000 + b"</contactList>",
            # the same people many times are the same people
            ("<contactList deltaNum='2'>%s%s</contactList>" % (groups, known * 100)).encode(),
    ):
        with Office() as desk:
            desk.harmless(lambda b=body: send(desk, b), None, LARGE_KIB)
    with Office() as desk:
        before = desk.memory()
        crowd = "".join("<contact uri='p%d@x.y'/>" % n for n in range(100000))
        desk.tell("other-body %s %s" % (
            desk.file("list", ("<contactList deltaNum='3'>%s%s%s</contactList>" % (groups, known, crowd)).encode()), LIST))
        desk.tell("contact alice add sip:dan@fabrikam.test")
        desk.wait_status("the crowd", lambda s: len(desk.contacts()) > 1000)
        check(len(desk.contacts()) <= 20000, len(desk.contacts()))
        check(desk.contacts()[BOB]["activity"] == "on-the-phone", desk.contacts()[BOB])
        after = desk.memory()
        check(after["VmSize"] > 1 << 30 or after["VmHWM"] - before["VmRSS"] < 4 * LARGE_KIB, (before, after))


TESTS = (entities, strangers, backwards, multiparts, unknown_words, long_texts, flood, contact_lists)

if __name__ == "__main__":
    sys.exit(main(TESTS, sys.argv[2:]))
