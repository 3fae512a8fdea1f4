# SPDX-License-Identifier: GPL-3.0-or-later
"""Alice at her desk, signed in at a front end, for the tests of presence."""

import json

from harness import Desk, Failure

ALICE = "sip:alice@fabrikam.test"


class Office(Desk):
    """Alice is signed in; .phone is the id of her phone when she has one."""

    def __init__(self, build, *front_end, phone=False):
        super().__init__(build)
        self.options = front_end
        self.with_phone = phone

    def __enter__(self):
        self.fe = self.start_front_end(*self.options)
        self.start_bus()
        self.kinit("alice")
        self.set_account(self.fe, "alice", login="")
        if self.with_phone:
            self.add_phone()
        self.expect(0, "sign-in")
        self.wait_presence("available")
        return self

    def add_phone(self):
        self.desk_phone = self.start_phone("d785", "--user=admin", "--password=telefon")
        self.phone = self.expect(0, "phone", "add", "127.0.0.1:%d" % self.desk_phone.https).stdout.strip()
        self.wait_phone("unauthorized")
        self.set("user", "'admin'", phone=self.phone)
        self.expect(0, "password", "phone", self.phone, stdin="telefon\n")
        self.wait_phone("ready")

    def wait_phone(self, state):
        self.wait_status("phone " + state, lambda s: s["phones"] and s["phones"][0]["state"] == state)

    def wait_presence(self, availability, activity=None, note=None):
        """Own presence as `offhook status` shows it: read back from the front end."""

        def seen(status):
            presence = status["presence"]
            return (
                presence["availability"] == availability
                and activity in (None, presence["activity"] or "")
                and note in (None, presence["note"])
            )

        return self.wait_status("%s %s" % (availability, activity), seen)["presence"]

    def contacts(self):
        return {c["uri"].split(":")[-1].lower(): c for c in json.loads(self.expect(0, "contacts", "--json").stdout)}

    def wait_contact(self, uri, test):
        self.wait_status("contact " + uri, lambda s: test(self.contacts().get(uri)))
        return self.contacts().get(uri)

    def tell(self, command):
        """A command to the front end."""
        self.fe.send(command)
        answer = self.fe.wait("control")
        if not answer["ok"]:
            raise Failure("%s: %s" % (command, answer))

    def call(self):
        self.expect(0, "call", "+493012345678", "--wait", "connected")

    def hang_up(self):
        self.expect(0, "hangup")

    def published(self, since, **fields):
        """The publications of phone states that the front end took after that event."""
        found = []
        for event in self.fe.drain()[since:]:
            is_phone = event["event"] == "published" and int(event.get("instance", 0)) >> 28 == 7
            if is_phone and all(event.get(k) == v for k, v in fields.items()):
                found.append(event)
        return found

    def mark(self):
        return len(self.fe.drain())

    def no_violation(self):
        bad = [e for e in self.fe.drain() if e["event"] in ("violation", "bad-signature")]
        if bad:
            raise Failure("the front end complains: %s" % bad)


def check(condition, text):
    if not condition:
        raise Failure(text)
