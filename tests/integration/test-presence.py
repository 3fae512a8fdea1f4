#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Presence from end to end: the agent between a front end and a phone, seen through the command
line and through what the front end says.

usage: test-presence.py BUILD-DIR [TOPIC or TEST...]
"""

import signal
import sys

import harness
import presence_desk
from presence_desk import ALICE, check

BUILD = sys.argv[1]
ONLY = sys.argv[2:]


def Office(*front_end, phone=False):
    return presence_desk.Office(BUILD, *front_end, phone=phone)


# ---------------------------------------------------------------- people


def contact_list_and_changes():
    """the contact list arrives, and everything that changes in it"""
    with Office() as desk:
        bob = desk.wait_contact("bob@fabrikam.test", lambda c: c and c["availability"] != "unknown")
        check(bob["name"] == "Bob Baker", bob)
        check(bob["groups"] == ["Team"], bob)
        check(any(n["type"] == "work" and n["number"].startswith("+49") for n in bob["numbers"]), bob)
        desk.tell("presence bob busy on-the-phone")
        bob = desk.wait_contact("bob@fabrikam.test", lambda c: c["activity"] == "on-the-phone")
        check(bob["availability"] == "busy", bob)
        desk.tell('note bob "Back <at> 3 & well"')
        desk.wait_contact("bob@fabrikam.test", lambda c: c["note"] == "Back <at> 3 & well")
        for state, word in (("brb", "brb"), ("dnd", "dnd"), ("15500", "away"), ("18500", "offline")):
            desk.tell("presence carol " + state)
            desk.wait_contact("carol@fabrikam.test", lambda c, w=word: c["availability"] == w)
        desk.tell("contact alice remove sip:bob@fabrikam.test")
        desk.wait_contact("bob@fabrikam.test", lambda c: c is None)
        desk.tell("contact alice add sip:bob@fabrikam.test Board")
        bob = desk.wait_contact("bob@fabrikam.test", lambda c: c and c["availability"] == "busy")
        check(bob["groups"] == ["Board"], bob)
        desk.no_violation()


def forms_of_notifications():
    """the same with every form in which servers notify"""
    for options in (
        ("--no-benotify",),
        ("--no-piggyback",),
        ("--no-piggyback", "--no-benotify"),
        ("--lenient-mime", "--notify-multipart"),
        ("--self-notify=body",),
        ("--self-notify=later",),
    ):
        with Office(*options) as desk:
            desk.tell("presence bob dnd")
            desk.wait_contact("bob@fabrikam.test", lambda c: c and c["availability"] == "dnd")
            desk.expect(0, "presence", "brb", "--note", "tea")
            desk.wait_presence("brb", note="tea")
            desk.expect(0, "presence", "reset", "--note", "")
            desk.wait_presence("available", note="")
            desk.no_violation()


def subscriptions_come_back():
    """subscriptions that the server ends, or that run out, come back"""
    with Office("--subscription-expires=4") as desk:
        desk.tell("terminate alice presence")
        desk.fe.wait("subscribed", package="presence")
        desk.tell("terminate alice vnd-microsoft-roaming-contacts")
        desk.fe.wait("subscribed", package="vnd-microsoft-roaming-contacts")
        for package in ("presence", "vnd-microsoft-roaming-contacts", "vnd-microsoft-roaming-self"):
            desk.fe.wait("subscribed", package=package)  # refreshed in time
        desk.tell("presence bob dnd")
        desk.wait_contact("bob@fabrikam.test", lambda c: c["availability"] == "dnd")
        expired = [e for e in desk.fe.drain() if e["event"] == "subscription-expired"]
        check(not expired, expired)


def a_crowd():
    """a thousand contacts: a hundred at a time, all seen"""
    with Office("--crowd=1000") as desk:
        everybody = lambda s: sum(c["availability"] != "unknown" for c in desk.contacts().values()) >= 1002
        desk.wait_status("a thousand contacts", everybody)
        sizes = [e for e in desk.fe.drain() if e["event"] == "subscribed" and e["package"] == "presence"]
        check(11 <= len(sizes) <= 13, sizes)
        desk.no_violation()


# ---------------------------------------------------------------- the user


def choices():
    """what the user chooses is what others see, until taken back"""
    with Office() as desk:
        for word in ("busy", "dnd", "brb", "away", "off-work", "available"):
            desk.expect(0, "presence", word)
            desk.wait_presence(word)
        desk.expect(0, "presence", "busy", "--note", "In <town>")
        presence = desk.wait_presence("busy", note="In <town>")
        check(not presence["activity"], presence)
        desk.expect(0, "presence", "reset")
        desk.wait_presence("available", note="In <town>")
        desk.expect(2, "presence", "idle")
        desk.no_violation()


# ---------------------------------------------------------------- the phone


def on_the_phone():
    """on the phone shows, and afterwards the state before"""
    with Office(phone=True) as desk:
        start = desk.mark()
        desk.call()
        desk.fe.wait("aggregate", user=ALICE, activity="on-the-phone")
        desk.wait_presence("busy", "on-the-phone")
        check({e["container"] for e in desk.published(start, deleted=False)} == {2, 3}, desk.fe.events[start:])
        desk.hang_up()
        desk.fe.wait("aggregate", user=ALICE, availability=3500)
        desk.wait_presence("available", "")
        check({e["container"] for e in desk.published(start, deleted=True)} == {2, 3}, desk.fe.events[start:])
        desk.no_violation()


def the_state_before():
    """a choice outlives the call"""
    with Office(phone=True) as desk:
        desk.expect(0, "presence", "dnd")
        desk.wait_presence("dnd")
        start = desk.mark()
        desk.call()
        desk.fe.wait("published", activity="on-the-phone")
        desk.wait_presence("dnd")
        desk.hang_up()
        desk.fe.wait("published", deleted=True)
        desk.wait_presence("dnd")
        check(desk.published(start), "nothing published")


def conflicts():
    """publications get through one, two, three and four conflicts"""
    with Office(phone=True) as desk:
        for count in (1, 2, 3, 4):
            desk.tell("conflict alice %d" % count)
            start = desk.mark()
            desk.call()
            desk.wait_presence("busy", "on-the-phone")
            seen = [e["event"] for e in desk.fe.drain()[start:]]
            # after the third the versions are read anew, and may miss what was never published
            check(count <= seen.count("conflict") <= count + (count >= 3), seen)
            renewed = [
                e
                for e in desk.fe.events[start:]
                if e["event"] == "subscribed" and e["package"] == "vnd-microsoft-roaming-self"
            ]
            check(bool(renewed) == (count >= 3), (count, renewed))
            desk.hang_up()
            desk.wait_presence("available", "")
        desk.no_violation()


def reconnect():
    """a connection that is cut in a call: signed in again, on the phone again"""
    with Office(phone=True) as desk:
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        start = desk.mark()
        desk.tell("cut")
        desk.fe.wait("registered", refresh=False)
        desk.fe.wait("published", activity="on-the-phone")
        desk.wait_presence("busy", "on-the-phone")
        desk.wait_contact("bob@fabrikam.test", lambda c: c and c["availability"] != "unknown")
        desk.hang_up()
        desk.wait_presence("available", "")
        check(desk.published(start, deleted=True), "nothing deleted")
        desk.no_violation()


def association_lost():
    """an association that the server forgets in a call costs nothing"""
    with Office(phone=True) as desk:
        desk.tell("forget alice")
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        desk.hang_up()
        desk.wait_presence("available", "")
        desk.no_violation()


def associations_lost_in_a_call():
    """a proxy and the front end forget us in a call: the call, the registration and every subscription
    stay; before that nothing but the sign-in was ever challenged"""
    with Office("--proxy=" + harness.PROXY, "--proxy-schemes=kerberos", phone=True) as desk:
        desk.wait_contact("bob@fabrikam.test", lambda c: c and c["availability"] != "unknown")
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        desk.tell("clear")  # everything said before it has been read
        challenged = {e["method"] for e in desk.fe.drain() if e["event"] == "challenge"}
        check(challenged == {"REGISTER"}, challenged)
        call = desk.status()["calls"][0]
        start = desk.mark()
        desk.tell("forget alice")
        desk.tell("forget alice proxy")
        desk.expect(0, "presence", "--note", "In a minute")
        desk.wait_presence("busy", "on-the-phone", "In a minute")
        desk.tell("presence bob dnd")
        desk.wait_contact("bob@fabrikam.test", lambda c: c["availability"] == "dnd")
        check(desk.status()["calls"][0] == call, desk.status()["calls"])
        check(not desk.published(start, deleted=True), "the phone state was deleted")
        seen = [e for e in desk.fe.drain()[start:] if e["event"] in ("authenticated", "connected", "deregistered")]
        check([e["event"] for e in seen] == ["authenticated"] * 2, seen)
        desk.hang_up()
        desk.wait_presence("available", "")
        desk.no_violation()


def sign_out_in_a_call():
    """signing out in a call deletes the phone state first"""
    with Office(phone=True) as desk:
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        start = desk.mark()
        desk.expect(0, "sign-out")
        desk.fe.wait("deregistered", reason="client")
        order = [
            "deleted" if e["event"] == "published" else e["event"]
            for e in desk.fe.drain()[start:]
            if e["event"] == "deregistered" or (e["event"] == "published" and e["deleted"])
        ]
        check(order == ["deleted", "deleted", "deregistered"], order)
        check(desk.status()["presence"]["availability"] == "unknown", desk.status())
        desk.no_violation()


def killed_in_a_call():
    """an agent that was killed in a call leaves nobody on the phone"""
    with Office(phone=True) as desk:
        desk.call()
        desk.wait_presence("busy", "on-the-phone")
        desk.stop_agent(signal.SIGKILL)
        desk.desk_phone.send("hangup")
        desk.expect(0, "sign-in")
        desk.wait_presence("available", "")


TOPICS = {
    "people": [contact_list_and_changes, forms_of_notifications, subscriptions_come_back, a_crowd, choices],
    "calls": [on_the_phone, the_state_before, conflicts],
    "losses": [reconnect, association_lost, associations_lost_in_a_call, sign_out_in_a_call, killed_in_a_call],
}

if __name__ == "__main__":
    sys.exit(
        harness.run(
            [t for topic, tests in TOPICS.items() for t in tests if not ONLY or {topic, t.__name__} & set(ONLY)]
        )
    )
