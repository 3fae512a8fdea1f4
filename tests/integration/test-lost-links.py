#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Staying signed in while links, addresses and front ends come and go: the agent in one network
namespace, the front ends in another. Needs root.

usage: test-lost-links.py BUILD-DIR REGISTRATION-PROBE quick|slow [TEST...]
"""

import sys
import time

import harness
from lab_network import HALL, PORT, SERVER, Network, NetworkDesk

BUILD, PROBE, TOPIC = sys.argv[1:4]
ONLY = sys.argv[4:]
ALICE = "sip:alice@fabrikam.test"
# What the product promises, and what this machine's load may add to what we see of it.
DEAD_PEER_S = 60
LOAD_S = 15


def check(condition, text):
    if not condition:
        raise harness.Failure(str(text))


def no_violation(front_end):
    check(not [e for e in front_end.drain() if e["event"] in ("violation", "bad-signature")], front_end.events)


def link_down_and_up():
    """the network goes: it says so and waits; it comes back: tried at once, all is made anew"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        front_end = desk.start_front_end()
        desk.sign_in()
        front_end.wait("published", user=ALICE)
        network.take_network()
        waiting = desk.wait_state("waiting", reason="This computer has no network connection.")
        check(waiting["lost"] and waiting["next-try"], waiting)
        shown = desk.expect(0, "status").stdout
        check("no network connection" in shown and "the next try is at" in shown, shown)
        front_end.drain()
        network.give_network()
        front_end.wait("registered", user=ALICE, refresh=False)
        front_end.wait("subscribed", user=ALICE)
        front_end.wait("published", user=ALICE)
        online = desk.wait_state("online")
        check(online["lost"] is None and online["next-try"] is None, online)
        no_violation(front_end)


def cable_out_and_in():
    """the cable is out for a moment: the connection stays and is looked at when it is in again"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        front_end = desk.start_front_end()
        desk.sign_in()
        front_end.wait("published", user=ALICE)
        front_end.drain()
        seen = len(front_end.events)
        network.unplug()
        network.unplug(False)
        front_end.wait("registered", user=ALICE, refresh=True)
        check(not [e for e in front_end.events[seen:] if e["event"] in ("connected", "deregistered")], front_end.events[seen:])
        no_violation(front_end)


def another_address():
    """another address: the old connection is given up at once, the new one comes from the new one"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        front_end = desk.start_front_end()
        desk.sign_in()
        network.move("10.71.1.77")
        seen = front_end.wait("registered", user=ALICE, refresh=False, deadline=DEAD_PEER_S)
        while not seen["peer"].startswith("10.71.1.77:"):
            seen = front_end.wait("registered", user=ALICE, refresh=False)
        desk.wait_state("online")
        no_violation(front_end)


def killed_and_restarted():
    """the front end is killed and started again: registration, subscriptions, presence come back"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        front_end = desk.start_front_end()
        desk.sign_in()
        front_end.process.kill()
        waiting = desk.wait_status("not online", lambda s: s["endpoint"]["state"] != "online")["endpoint"]
        check(waiting["lost"], waiting)
        again = desk.start_front_end()
        again.wait("registered", user=ALICE, refresh=False)
        again.wait("subscribed", user=ALICE)
        again.wait("published", user=ALICE)
        desk.wait_state("online")
        no_violation(again)


def first_address_dies():
    """a name with two addresses: the first is killed, the second takes over; it dies, the first again"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        network.name(*HALL)
        first = desk.start_front_end(address=HALL[0])
        second = desk.start_front_end(address=HALL[1])
        desk.sign_in()
        first.wait("registered", user=ALICE)
        first.process.kill()
        second.wait("registered", user=ALICE, refresh=False)
        desk.wait_state("online")
        first = desk.start_front_end(address=HALL[0])
        second.process.kill()
        first.wait("registered", user=ALICE, refresh=False)
        desk.wait_state("online")


def first_address_is_silent():
    """a name with two addresses: the first takes packets and says nothing, the second is used"""
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        network.name(*HALL)
        second = desk.start_front_end(address=HALL[1])
        network.swallow_for(HALL[0])
        desk.sign_in()
        second.wait("registered", user=ALICE)


def silence_with_a_short_limit():
    """packets vanish without a word: noticed on an idle line, and with something on its way"""
    for busy in (False, True):
        with Network() as network, NetworkDesk(network, BUILD) as desk:
            front_end = desk.start_front_end("--keep-alive=0")
            probe = desk.start_probe(PROBE, "--dead-peer=6")
            probe.wait("signed-in")
            front_end.wait("registered")
            network.swallow()
            if busy:
                probe.send("send OPTIONS")
            lost = probe.wait("state", state="waiting")
            check(lost["code"] == "unreachable" and SERVER in lost["reason"], lost)
            network.swallow(False)
            probe.wait("state", state="online")
            probe.send("quit")
            check(probe.process.wait(harness.DEADLINE_S) == 0, probe.errors[-20:])


def silence(busy):
    with Network() as network, NetworkDesk(network, BUILD) as desk:
        front_end = desk.start_front_end("--keep-alive=0")
        desk.sign_in()
        front_end.wait("published", user=ALICE)
        network.swallow()
        start = time.monotonic()
        if busy:
            desk.cli("presence", "busy")  # has no answer, and may say so
        desk.wait_state("waiting", deadline=DEAD_PEER_S + LOAD_S)
        took = time.monotonic() - start
        print("# noticed after %.0f s" % took)
        check(took <= DEAD_PEER_S + LOAD_S, took)
        network.swallow(False)
        desk.wait_state("online", deadline=2 * DEAD_PEER_S)


def silence_on_an_idle_line():
    """the agent's own limit: packets vanish, nothing is sent, no keep-alive negotiated: 60 s"""
    silence(False)


def silence_on_a_busy_line():
    """the agent's own limit, with a request on its way: 60 s"""
    silence(True)


QUICK = [
    link_down_and_up,
    cable_out_and_in,
    another_address,
    killed_and_restarted,
    first_address_dies,
    first_address_is_silent,
    silence_with_a_short_limit,
]
SLOW = [silence_on_an_idle_line, silence_on_a_busy_line]

chosen = [t for t in (QUICK if TOPIC == "quick" else SLOW) if not ONLY or t.__name__ in ONLY]
sys.exit(harness.run(chosen))
