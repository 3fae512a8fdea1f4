#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The presence of other people, from every kind of server and through everything that happens to
a subscription, as the command line shows it.

usage: test-watching.py BUILD-DIR [TEST...]
"""

import re
import sys

from watching_desk import ALICE, BOB, CAROL, WatchingDesk, categories, check, main

BUILD = sys.argv[1]


def Office(*front_end, before=()):
    return WatchingDesk(BUILD, *front_end, before=before)


# ---------------------------------------------------------------- the list and its dialog


def one_dialog():
    """people are added to the running dialog and taken off it"""
    with Office() as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        start = desk.mark()
        desk.tell("contact alice remove sip:bob@fabrikam.test")
        check(desk.fe.wait("subscribed", package="presence")["watched"] == 1, desk.fe.events[start:])
        desk.wait_contact(BOB, lambda c: c is None)
        desk.tell("contact alice add sip:bob@fabrikam.test Team")
        check(desk.fe.wait("subscribed", package="presence")["watched"] == 2, desk.fe.events[start:])
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        check(all(e["batch"] and e["target"] == ALICE for e in desk.subscribed()), desk.subscribed())
        desk.no_violation()


def without_benotify():
    """a server that refuses BENOTIFY is asked without it"""
    with Office("--refuse-benotify") as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        desk.tell("presence bob dnd")
        desk.wait_availability("dnd", BOB)
        methods = {e["method"] for e in desk.fe.drain() if e["event"] == "notified" and e["package"] == "presence"}
        check(methods == {"NOTIFY"}, methods)
        desk.no_violation()


def bad_address():
    """an address that the server cannot stand costs nobody else"""
    with Office("--crowd=150", before=("watch user00042 bad",)) as desk:
        bad = "user00042@fabrikam.test"
        others = lambda s: all(c["availability"] != "unknown" for u, c in desk.contacts().items() if u != bad)
        desk.wait_status("the others", lambda s: len(desk.contacts()) > 150 and others(s))
        check(desk.contacts()[bad]["availability"] == "unknown", desk.contacts()[bad])
        check("user00042" not in desk.told(), "a name in the log")
        desk.tell("presence user00041 dnd")
        desk.wait_availability("dnd", "user00041@fabrikam.test")
        desk.no_violation()


# ---------------------------------------------------------------- alone


def no_lists():
    """a server without lists: everybody alone, and ended when they leave the list"""
    with Office("--no-adhoclist", "--crowd=30") as desk:
        desk.wait_status(
            "all of them",
            lambda s: len(desk.contacts()) > 30 and all(c["availability"] != "unknown" for c in desk.contacts().values()),
        )
        targets = [e["target"] for e in desk.subscribed()]
        check(len(set(targets)) == len(targets) == len(desk.contacts()), targets)
        check(not desk.subscribed(batch=True), desk.subscribed(batch=True))
        desk.tell("presence bob busy on-the-phone")
        desk.wait_contact(BOB, lambda c: c["activity"] == "on-the-phone")
        desk.tell("contact alice remove sip:bob@fabrikam.test")
        ended = desk.fe.wait("subscribed", package="presence", expires=0)
        check(ended["target"] == "sip:" + BOB, ended)
        desk.wait_contact(BOB, lambda c: c is None)
        desk.no_violation()


def lists_refused():
    """a server that offers lists and then refuses them: everybody alone"""
    for status in (415, 489):
        with Office(before=("refuse SUBSCRIBE/presence %d" % status,)) as desk:
            desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
            desk.wait_contact(CAROL, lambda c: c and c["availability"] != "unknown")
            check({e["target"] for e in desk.subscribed()} == {"sip:" + BOB, "sip:" + CAROL}, desk.subscribed())
            desk.no_violation()


def other_places():
    """people of another pool in one list there, one to be asked alone: never again where we asked"""
    pool = "pool2.fabrikam.test"
    before = ("watch bob pool " + pool, "watch carol alone", "watch user00001 pool " + pool)
    with Office("--crowd=2", before=before) as desk:
        everybody = (BOB, CAROL, "user00001@fabrikam.test", "user00002@fabrikam.test")
        for uri in everybody:
            desk.wait_contact(uri, lambda c: c and c["availability"] != "unknown")
        taken = [(e["target"], e["batch"], e["watched"]) for e in desk.subscribed()]
        check(sorted(taken) == [(ALICE, True, 1), ("sip:" + CAROL, False, 1), ("sip:" + pool, True, 2)], taken)
        for who in everybody:
            desk.tell("presence %s dnd" % who.split("@")[0])
        desk.wait_availability("dnd", *everybody)
        desk.no_violation()


def other_words():
    """pending and terminated, as a list says it of a person"""
    with Office(before=("watch bob state pending", "watch carol state terminated rejected")) as desk:
        desk.wait_availability("offline", CAROL)
        check(desk.contacts()[BOB]["availability"] == "unknown", desk.contacts()[BOB])
    with Office(before=("contact alice add sip:nobody@fabrikam.test",)) as desk:
        desk.wait_availability("offline", "nobody@fabrikam.test")  # noresource


# ---------------------------------------------------------------- time


def refreshed():
    """a subscription that ends soon is refreshed before, again and again, in its dialog"""
    with Office("--subscription-expires=4") as desk:
        for _ in range(3):
            desk.fe.wait("subscribed", package="presence")
        check(not [e for e in desk.fe.drain() if e["event"] == "subscription-expired"], desk.fe.events)
        desk.tell("presence bob dnd")
        desk.wait_availability("dnd", BOB)
        desk.no_violation()


def lost():
    """a dialog that the server has lost (481) is made anew, with everybody in it"""
    for options in ((), ("--no-adhoclist",), ("--lcs",)):
        with Office("--subscription-expires=4", *options) as desk:
            desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
            desk.tell("lose alice presence")
            desk.fe.wait("refused", method="SUBSCRIBE", status=481)
            desk.fe.wait("subscribed", package="presence")
            desk.tell("presence bob brb")
            desk.wait_availability("brb", BOB)
            desk.no_violation()


def ended():
    """what the server ends is begun anew: at once, after the time it names, and not after "rejected" """
    with Office() as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        desk.tell("terminate alice presence")
        desk.fe.wait("subscribed", package="presence")
        desk.tell("terminate alice presence retry-after=1")
        desk.fe.wait("subscribed", package="presence")
        desk.tell("presence bob dnd")
        desk.wait_availability("dnd", BOB)
        desk.tell("terminate alice presence reason=rejected")
        start = desk.mark()
        desk.tell("contact alice add sip:user@fabrikam.test")
        desk.wait_contact("user@fabrikam.test", lambda c: c is not None)
        check(not desk.subscribed(start), desk.subscribed(start))
        desk.no_violation()


def retry_after():
    """a server that is too busy is asked again when it said"""
    with Office(before=('refuse SUBSCRIBE/presence 503 "" 1',)) as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        desk.no_violation()


def registered_anew():
    """after a new registration everything is subscribed anew, wherever it was"""
    before = ("watch bob pool pool2.fabrikam.test", "watch carol alone")
    with Office(before=before) as desk:
        for uri in (BOB, CAROL):
            desk.wait_contact(uri, lambda c: c and c["availability"] != "unknown")
        start = desk.mark()
        desk.tell("cut")
        desk.fe.wait("registered", refresh=False)
        desk.fe.wait("subscribed", target="sip:pool2.fabrikam.test")
        desk.wait_contact(CAROL, lambda c: c and c["availability"] != "unknown")
        check(len(desk.subscribed(start)) == 3, desk.subscribed(start))
        desk.tell("presence bob dnd")
        desk.tell("presence carol brb")
        desk.wait_availability("dnd", BOB)
        desk.wait_availability("brb", CAROL)
        desk.no_violation()


# ---------------------------------------------------------------- documents


def old_documents():
    """LCS 2005, PIDF and XPIDF among the documents of OCS"""
    for form in ("presentity", "pidf", "xpidf"):
        for options in ((), ("--notify-multipart",), ("--no-adhoclist",)):
            with Office(*options, before=("watch bob form " + form, "presence bob busy")) as desk:
                desk.wait_availability("busy", BOB)
                desk.tell("presence bob busy on-the-phone")
                bob = desk.wait_contact(BOB, lambda c: c["activity"] == "on-the-phone")
                check(bob["availability"] == "busy", bob)
                for state, word in (("brb", "away" if form == "pidf" else "brb"), ("away", "away"), ("18500", "offline"), ("available", "available")):
                    desk.tell("presence bob " + state)
                    desk.wait_availability(word, BOB)
                if form != "xpidf":
                    desk.tell('note bob "Back & forth"')
                    desk.wait_contact(BOB, lambda c: c["note"] == "Back & forth")
                    desk.tell('note bob ""')
                    desk.wait_contact(BOB, lambda c: c["note"] == "")
                desk.no_violation()


def lcs_2005():
    """a server of 2005, with lists and without: names, numbers, notes and states"""
    for options in ((), ("--no-adhoclist",)):
        with Office("--lcs", *options) as desk:
            bob = desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown" and c["numbers"])
            check(bob["name"] == "Bob Baker", bob)
            check(bob["numbers"][0]["type"] == "work", bob)
            desk.tell("presence bob busy on-the-phone")
            desk.wait_contact(BOB, lambda c: c["activity"] == "on-the-phone")
            desk.tell("presence carol brb")
            desk.wait_availability("brb", CAROL)
            check({e["batch"] for e in desk.subscribed()} == {not options}, desk.subscribed())
            desk.no_violation()


STATE = (
    "<category name='state' instance='1' publishTime='2036-03-07T09:12:%02d' version='%d'>"
    "<state xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='aggregateState' %s>"
    "<availability>%d</availability>%s</state></category>"
)
NOTE = "<category name='note' instance='%d' publishTime='2036-03-07T09:%02d:00'><note><body type='%s'>%s</body></note></category>"


def words():
    """availabilities, activities and own words as people read them"""
    cases = (
        (3500, "", "available", False, "Available"),
        (4500, "", "idle", True, "Inactive"),
        (5999, "", "idle", True, "Inactive"),
        (6500, "", "busy", False, "Busy"),
        (7500, "", "busy", True, "Busy, inactive"),
        (8999, "", "busy", True, "Busy, inactive"),
        (9500, "", "dnd", False, "Do Not Disturb"),
        (12500, "", "brb", False, "Be Right Back"),
        (15500, "", "away", False, "Away"),
        (18500, "", "offline", False, "Offline"),
        (2999, "", "offline", False, "Offline"),
        (6500, "<activity token='on-the-phone' minAvailability='6500' maxAvailability='8999'/>", "busy", False, "In a call"),
        (15500, "<activity token='on-the-phone' minAvailability='6500' maxAvailability='8999'/>", "away", False, "Away"),
        (7000, "<activity token='in-a-conference'/>", "busy", False, "In a conference call"),
        (6500, "<activity token='in-a-meeting'/>", "busy", False, "In a meeting"),
        (9500, "<activity token='in-presentation'/>", "dnd", False, "Presenting"),
        (6900, "<activity token='urgent-interruptions-only'/>", "busy", False, "Urgent interruptions only"),
        (15500, "<activity token='off-work'/>", "off-work", False, "Off Work"),
        (15500, "<activity token='out-of-office'/>", "away", False, "Out of office"),
        (6500, "<activity token='juggling'/>", "busy", False, "juggling"),
        (6500, "<activity><custom LCID='1031'>Im Garten</custom><custom LCID='1033'>In the garden</custom></activity>",
         "busy", False, "In the garden"),
    )
    with Office() as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        for number, (availability, activity, word, inactive, text) in enumerate(cases):
            marker = "case %d" % number
            note = NOTE % (0, number, "personal", marker)
            desk.notify_with(categories(STATE % (number, number, "", availability, activity) + note))
            bob = desk.wait_contact(BOB, lambda c, m=marker: c["note"] == m)
            check((bob["availability"], bob["inactive"]) == (word, inactive), (bob, text))
            line = desk.expect(0, "contacts", "bob").stdout.split("\n")[0]
            check(re.match(r"Bob Baker +" + re.escape(text) + r"( since .*)? – " + marker + "$", line), line)


def since_when():
    """since when, inactive for how long, and out of office"""
    import datetime

    def ago(minutes):
        return (datetime.datetime.utcnow() - datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")

    with Office() as desk:
        desk.wait_contact(BOB, lambda c: c and c["availability"] != "unknown")
        active = ago(20)
        desk.notify_with(categories(STATE % (1, 1, "lastActive='%s' startTime='%s'" % (active, ago(5)), 5000, "")))
        bob = desk.wait_contact(BOB, lambda c: c["availability"] == "idle")
        check(bob["since"] == active and bob["inactive"] and not bob["out-of-office"], bob)
        line = desk.expect(0, "contacts", "bob").stdout.split("\n")[0]
        check(re.search(r"Inactive for 2[0-9] min$", line), line)
        start = ago(3)
        desk.notify_with(categories(STATE % (2, 2, "startTime='%s' lastActive='%s'" % (start, active), 12500, "")))
        bob = desk.wait_contact(BOB, lambda c: c["availability"] == "brb")
        check(bob["since"] == start and not bob["inactive"], bob)
        check(re.search(r"Be Right Back since .*\d\d:\d\d$", desk.expect(0, "contacts", "bob").stdout.split("\n")[0]), bob)
        # the note published last is shown; the absence goes on beside it
        desk.notify_with(categories(NOTE % (1 << 30, 10, "OOF", "Back on Monday")))
        bob = desk.wait_contact(BOB, lambda c: c["note"] == "Back on Monday")
        check(bob["out-of-office"], bob)
        check("out of office – Back on Monday" in desk.expect(0, "contacts", "bob").stdout, bob)
        desk.notify_with(categories(NOTE % (0, 20, "personal", "Reading mail")))
        bob = desk.wait_contact(BOB, lambda c: c["note"] == "Reading mail")
        check(bob["out-of-office"], bob)
        desk.notify_with(categories("<category name='note'/>"))
        bob = desk.wait_contact(BOB, lambda c: c["note"] == "")
        check(not bob["out-of-office"], bob)


TESTS = (
    one_dialog,
    without_benotify,
    bad_address,
    no_lists,
    lists_refused,
    other_places,
    other_words,
    refreshed,
    lost,
    ended,
    retry_after,
    registered_anew,
    old_documents,
    lcs_2005,
    words,
    since_when,
)

if __name__ == "__main__":
    sys.exit(main(TESTS, sys.argv[2:]))
