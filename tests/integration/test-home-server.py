#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the Director to the home server: redirects, primary and backup registrar, with everything on
its usual name and port in a network namespace. Needs root.

usage: test-home-server.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import os
import sys

import test_realm
from named_network import NamedNetwork, place

BUILD, PROBE = sys.argv[1:3]
ONLY = sys.argv[3:]
HOSTS = ["dir.fabrikam.test", "pool1.fabrikam.test", "pool2.fabrikam.test", "pool.contoso.test"]


class Company(NamedNetwork):
    """A Director that DNS names, and pools. No front end may see a violation."""

    def __init__(self):
        super().__init__(BUILD, PROBE)
        self.front_ends = []

    def __enter__(self):
        super().__enter__()
        self.start_dns("srv-host=_sipinternaltls._tcp.fabrikam.test,dir.fabrikam.test,5061",
                       *("address=/%s/%s" % (host, place(i)) for i, host in enumerate(HOSTS, 1)))
        return self

    def open(self, host, *options):
        peer = self.server(host, HOSTS.index(host) + 1, *options)
        self.front_ends.append(peer)
        return peer

    def __exit__(self, kind, *rest):
        try:
            wrong = [e for peer in self.front_ends for e in peer.drain()
                     if e["event"] in ("violation", "bad-signature")]
        finally:
            super().__exit__(kind, *rest)
        assert kind is not None or not wrong, wrong


def order(peer, command):
    peer.send(command)
    peer.wait("control", ok=True)


def online(probe, server):
    seen = probe.wait("state", state="online")
    assert seen["server"] == server, seen
    return seen


def count(peer, event):
    return sum(1 for e in peer.settled() if e["event"] == event)


# ---------------------------------------------------------------- redirects

def director_to_pool():
    """each asks for itself, and what one knows of us means nothing to the other"""
    for version in (2, 4):
        with Company() as desk:
            director = desk.open("dir.fabrikam.test", "--version=%d" % version)
            pool = desk.open("pool1.fabrikam.test", "--version=%d" % (6 - version))
            order(director, "redirect pool1.fabrikam.test:5061")
            probe = desk.probe()
            online(probe, "pool1.fabrikam.test:5061")
            assert count(director, "authenticated") == 1 and count(director, "registered") == 0
            assert count(pool, "authenticated") == 1 and count(pool, "registered") == 1
            probe.send("send OPTIONS")
            assert probe.wait("answer", method="OPTIONS")["status"] == 200
            # one connection, and the Director is left alone
            assert count(director, "connection-lost") == 1 and count(pool, "connected") == 1


def highest_q_first():
    """the contacts stand in the wrong order; the next one when the best is not there"""
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        pool1 = desk.open("pool1.fabrikam.test")
        desk.open("pool2.fabrikam.test")
        order(director, "redirect pool1.fabrikam.test:5061,pool2.fabrikam.test:5061 2")
        online(desk.probe(), "pool1.fabrikam.test:5061")
        pool1.stop()
        online(desk.probe(), "pool2.fabrikam.test:5061")


def signed_redirect_leads_anywhere():
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        desk.open("pool.contoso.test")
        order(director, "redirect pool.contoso.test:5061")
        online(desk.probe(), "pool.contoso.test:5061")


def unsigned_redirect_stays_at_home():
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        foreign = desk.open("pool.contoso.test")
        desk.open("pool1.fabrikam.test")
        order(director, "redirect-early pool.contoso.test:5061")
        failed = desk.probe().wait("state", state="failed")
        assert failed["code"] == "certificate-untrusted", failed
        for text in ("dir.fabrikam.test:5061", "“pool.contoso.test”", "“trusted-domains”"):
            assert text in failed["reason"], failed
        assert count(foreign, "connected") == 0
        order(director, "redirect-early pool.contoso.test:5061")
        online(desk.probe("--trusted-domain=contoso.test"), "pool.contoso.test:5061")
        order(director, "redirect-early pool1.fabrikam.test:5061")
        online(desk.probe(), "pool1.fabrikam.test:5061")


def circle_is_shown():
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        pool = desk.open("pool1.fabrikam.test")
        order(director, "redirect pool1.fabrikam.test:5061 -1")
        order(pool, "redirect dir.fabrikam.test:5061 -1")
        failed = desk.probe().wait("state", state="failed")
        assert "dir.fabrikam.test:5061 → pool1.fabrikam.test:5061" in failed["reason"], failed
        assert count(director, "connected") == 1 and count(pool, "connected") == 1


def downgrade_is_refused():
    """also when it is signed: what is said there would be said to the whole network"""
    script = ("expect REGISTER\nreply\n301 Moved Permanently\n"
              "Contact: <sip:pool1.fabrikam.test:5061;transport=tcp>\nend\n")
    with Company() as desk:
        desk.open("dir.fabrikam.test", "--script=" + desk.write("script", script))
        pool = desk.open("pool1.fabrikam.test")
        failed = desk.probe().wait("state", state="failed")
        assert failed["code"] == "unsupported" and "without encryption" in failed["reason"], failed
        assert "pool1.fabrikam.test:5061" in failed["reason"], failed
        assert count(pool, "connected") == 0


def nowhere_to_go():
    for contact in ("", "Contact: *\n", "Contact: <tel:+4930>\n", "Contact: <sip:>\n"):
        script = "expect REGISTER\nreply\n302 Moved Temporarily\n%send\n" % contact
        with Company() as desk:
            desk.open("dir.fabrikam.test", "--script=" + desk.write("script", script))
            failed = desk.probe().wait("state", state="failed")
            assert "dir.fabrikam.test:5061" in failed["reason"], failed


def certificate_of_the_target_counts():
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        desk.make_certificates("pool1.fabrikam.test=other.test")
        desk.open("pool1.fabrikam.test")
        order(director, "redirect pool1.fabrikam.test:5061")
        failed = desk.probe().wait("state", state="failed")
        assert failed["code"] == "certificate-untrusted" and "pool1.fabrikam.test" in failed["reason"], failed


# ---------------------------------------------------------------- primary and backup registrar

def fails_over_and_comes_back():
    """also while the Director is gone: where it sent us is remembered"""
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        primary = desk.open("pool1.fabrikam.test")
        desk.open("pool2.fabrikam.test")
        order(director, "redirect pool1.fabrikam.test:5061,pool2.fabrikam.test:5061 -1")
        probe = desk.probe()
        online(probe, "pool1.fabrikam.test:5061")
        director.stop()
        primary.stop()
        probe.wait("state", state="waiting")
        online(probe, "pool2.fabrikam.test:5061")
        primary = desk.open("pool1.fabrikam.test")
        probe.send("hurry 50")
        primary.wait("connected")
        probe.wait("state", state="connecting")
        probe.send("hurry 1")
        online(probe, "pool1.fabrikam.test:5061")


def broken_primary_does_not_draw_back():
    """it takes connections but serves nobody: back at the backup, and the next look is later"""
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        primary = desk.open("pool1.fabrikam.test")
        desk.open("pool2.fabrikam.test")
        order(primary, "refuse-early REGISTER 503 - -1")
        order(director, "redirect pool1.fabrikam.test:5061,pool2.fabrikam.test:5061 -1")
        probe = desk.probe()
        online(probe, "pool2.fabrikam.test:5061")
        probe.send("hurry 50")
        probe.wait("state", state="connecting")
        probe.send("hurry 1")
        online(probe, "pool2.fabrikam.test:5061")
        order(primary, "clear")
        probe.send("hurry 50")
        probe.wait("state", state="connecting")
        probe.send("hurry 1")
        online(probe, "pool1.fabrikam.test:5061")


def both_gone_and_back():
    with Company() as desk:
        director = desk.open("dir.fabrikam.test")
        pools = [desk.open("pool1.fabrikam.test"), desk.open("pool2.fabrikam.test")]
        order(director, "redirect pool1.fabrikam.test:5061,pool2.fabrikam.test:5061 -1")
        probe = desk.probe()
        online(probe, "pool1.fabrikam.test:5061")
        for pool in pools:
            pool.stop()
        probe.wait("state", state="waiting")  # lost
        waiting = probe.wait("state", state="waiting")  # none of the two, nor where the Director leads
        assert waiting["code"] == "unreachable" and "pool" in waiting["reason"], waiting
        desk.open("pool2.fabrikam.test")
        probe.send("check")
        online(probe, "pool2.fabrikam.test:5061")


def moved_for_good():
    """the home server itself sends us on: what was remembered is forgotten, on disk too"""
    with Company() as desk:
        state = desk.path("state")
        os.makedirs(state)
        director = desk.open("dir.fabrikam.test")
        pool1 = desk.open("pool1.fabrikam.test")
        pool2 = desk.open("pool2.fabrikam.test")
        order(director, "redirect pool1.fabrikam.test:5061")
        online(desk.probe("--state-dir=" + state), "pool1.fabrikam.test:5061")
        order(pool1, "redirect pool2.fabrikam.test:5061")
        online(desk.probe("--state-dir=" + state), "pool2.fabrikam.test:5061")
        assert count(director, "connected") == 1  # the second time the home server was asked first
        order(pool2, "redirect-early pool.contoso.test:5061")  # refused, and still no reason to stay
        desk.probe("--state-dir=" + state).wait("state", state="failed")
        online(desk.probe("--state-dir=" + state), "dir.fabrikam.test:5061")


TESTS = [
    director_to_pool,
    highest_q_first,
    signed_redirect_leads_anywhere,
    unsigned_redirect_stays_at_home,
    circle_is_shown,
    downgrade_is_refused,
    nowhere_to_go,
    certificate_of_the_target_counts,
    fails_over_and_comes_back,
    broken_primary_does_not_draw_back,
    both_gone_and_back,
    moved_for_good,
]

test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
