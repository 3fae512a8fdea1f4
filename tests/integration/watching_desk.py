# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of other people's presence share: alice is signed in and has contacts."""

import json
import re

import harness
from harness import Desk, Failure

ALICE = "sip:alice@fabrikam.test"
BOB = "bob@fabrikam.test"
CAROL = "carol@fabrikam.test"
CATEGORIES = "application/msrtc-event-categories+xml"


def check(condition, text):
    if not condition:
        raise Failure(str(text))


def categories(inner, uri=BOB):
    """A document of OCS about one person."""
    return (
        "<categories xmlns='http://schemas.microsoft.com/2006/09/sip/categories' uri='sip:%s'>%s</categories>"
        % (uri, inner)
    ).encode()


class WatchingDesk(Desk):
    """before: commands to the front end from before alice signs in."""

    def __init__(self, build, *front_end, before=()):
        super().__init__(build)
        self.options = front_end
        self.before = before

    def __enter__(self):
        self.fe = self.start_front_end(*self.options)
        for command in self.before:
            self.tell(command)
        self.start_bus()
        self.kinit("alice")
        self.set_account(self.fe, "alice", login="")
        self.expect(0, "sign-in")
        return self

    def contacts(self):
        return {c["uri"].split(":")[-1].lower(): c for c in json.loads(self.expect(0, "contacts", "--json").stdout)}

    def wait_contact(self, uri, test):
        """The contact when test() holds of it; None stands for one that is not in the list."""
        self.wait_status("contact " + uri, lambda s: test(self.contacts().get(uri)))
        return self.contacts().get(uri)

    def wait_availability(self, word, *uris):
        for uri in uris:
            self.wait_contact(uri, lambda c: c and c["availability"] == word)

    def tell(self, command):
        """A command to the front end."""
        self.fe.send(command)
        answer = self.fe.wait("control")
        if not answer["ok"]:
            raise Failure("%s: %s" % (command, answer))

    def file(self, name, octets):
        with open(self.path(name), "wb") as out:
            out.write(octets)
        return self.path(name)

    def notify_with(self, body, type_=CATEGORIES):
        """The next notification has this body; carol's presence is what makes the server send it."""
        self.tell("other-body %s %s" % (self.file("body", body), '"%s"' % type_))
        self.turn = not getattr(self, "turn", False)
        self.tell("presence carol " + ("dnd" if self.turn else "busy"))

    def mark(self):
        return len(self.fe.drain())

    def subscribed(self, since=0, **fields):
        """The presence subscriptions that the front end took."""
        return [
            e
            for e in self.fe.drain()[since:]
            if e["event"] == "subscribed" and e["package"] == "presence" and all(e.get(k) == v for k, v in fields.items())
        ]

    def told(self):
        with open(self.path("agent.log"), encoding="utf-8", errors="replace") as log:
            return log.read()

    def model(self):
        """Everything that the user sees, carol's presence apart: she tells that we still listen."""
        contacts = self.contacts()
        contacts.pop(CAROL, None)
        return {"status": self.status(), "contacts": contacts}

    def memory(self):
        """VmRSS, VmHWM and VmSize of the agent in KiB."""
        with open("/proc/%d/status" % self.agent_pid(), encoding="ascii") as status:
            text = status.read()
        return {key: int(re.search(key + r":\s+(\d+)", text)[1]) for key in ("VmRSS", "VmHWM", "VmSize")}

    def still_listening(self):
        """What the server says after everything before it arrives: all that was read by then."""
        word = "brb" if self.contacts()[CAROL]["availability"] != "brb" else "away"
        self.tell("presence carol " + word)
        self.wait_availability(word, CAROL)

    def harmless(self, attack, log, grows):
        """attack() changes nothing, is told in the log, and costs no more than that many KiB."""
        before, memory, start = self.model(), self.memory(), len(self.told())
        attack()
        self.still_listening()
        after, now, said = self.model(), self.memory(), self.told()[start:]
        check(after == before, "the model changed:\n%s\n%s" % (before, after))
        check(log is None or re.search(log, said), "the log does not say “%s”:\n%s" % (log, said[-4000:]))
        if now["VmSize"] < 1 << 30:  # not under a sanitizer, which keeps what was freed
            peak = max(memory["VmHWM"], memory["VmRSS"] + grows)
            check(now["VmHWM"] <= peak, "it took memory: %s, then %s" % (memory, now))

    def no_violation(self):
        bad = [e for e in self.fe.drain() if e["event"] in ("violation", "bad-signature")]
        if bad:
            raise Failure("the front end complains: %s" % bad)


def main(tests, argv):
    """Runs those that were named, or all."""
    chosen = [t for t in tests if not argv or t.__name__ in argv]
    return harness.run(chosen)
