#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a click takes to reach the phone: one table.

    bench-phone.py BUILD [--short]

The phone simulator, digest and TLS as phones have them, behind a relay that makes the way 1 ms longer
in each direction. In one run, by turns, on the same machine:

  dial    from `Dial` on the bus to the first octet of the dial request at the phone's socket, by an
          agent that was told a moment before that a number is looked at (ParseNumber, as the window
          that asks before it dials does);
  curl    `curl --digest` doing the same from cold: from its first packet, so without the start of
          the program, to the first octet of the request that carries the answer to the challenge;
  limit   one bare round trip on a TLS connection that is open, from write to the first octet back.

Medians; ends with 1 when dial / curl or dial / limit is beyond its aim."""

import os
import queue
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

from gi.repository import Gio, GLib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "integration"))
import harness  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
ROUNDS = 12 if "--short" in sys.argv else 40
DELAY_US = 1000
AIM_CURL = 0.3
AIM_LIMIT = 1.5
PASSWORD = "telefon"
NUMBER = "+493012345675"  # rings unheard
# The pause after an answer, the handshake, and more: what is prepared ahead is ready then.
PREPARE_S = 0.7
# Longer than a record of TLS with an alert, shorter than any request.
FAREWELL_OCTETS = 64


class Relay:
    """tests/bench/delay-relay, and when what passed it."""

    def __init__(self, port):
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "tests", "bench", "delay-relay"), str(port), str(DELAY_US)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.port = int(self.process.stdout.readline().split()[1])
        self.lines = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            what, when, octets = line.split()
            self.lines.put((what, int(when), int(octets)))

    def since(self, start_ns):
        """[(what, when, octets)] from then on, oldest first. What an octet caused comes after its line here."""
        seen = []
        try:
            while True:
                seen.append(self.lines.get(timeout=0.02))
        except queue.Empty:
            return [line for line in seen if line[1] >= start_ns]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.thread.join(5)


class Click:
    """The agent's side: a bus, the agent, and the simulator behind the relay as its phone."""

    def __init__(self, desk, phone, relay):
        self.desk, self.phone, self.relay = desk, phone, relay
        self.bus = Gio.DBusConnection.new_for_address_sync(
            desk.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None,
        )

    def call(self, method, arguments):
        return self.bus.call_sync("org.offhook.Agent", "/org/offhook/Agent", "org.offhook.Agent1", method, arguments,
                                  None, Gio.DBusCallFlags.NONE, -1, None)

    def dial_ms(self):
        self.call("ParseNumber", GLib.Variant("(ss)", (NUMBER, "user")))
        time.sleep(PREPARE_S)
        self.phone.drain()
        self.relay.since(0)
        start = time.monotonic_ns()
        self.bus.call("org.offhook.Agent", "/org/offhook/Agent", "org.offhook.Agent1", "Dial",
                      GLib.Variant("(ssa{sv})", (NUMBER, "user", {"confirmed": GLib.Variant("b", True)})),
                      None, Gio.DBusCallFlags.NONE, -1, None, None)
        self.bus.flush_sync(None)
        self.phone.wait("request", path="/command.htm")
        arrived = last_request(self.relay.since(start))
        self.end_call()
        return (arrived - start) / 1e6

    def end_call(self):
        self.desk.wait_status("a call", lambda s: [c for c in s["calls"] if c["state"] != "ended"] or None)
        self.phone.send("hangup")
        self.phone.wait("reply", command="hangup")
        self.desk.wait_status("no call", lambda s: not [c for c in s["calls"] if c["state"] != "ended"])


def last_request(seen):
    """When the last request of several passed: a farewell of TLS, which may follow it, is short."""
    return [when for what, when, octets in seen if what == "up" and octets > FAREWELL_OCTETS][-1]


def cold_ms(phone, relay):
    phone.drain()
    relay.since(0)
    done = subprocess.Popen(
        ["curl", "-sk", "--noproxy", "*", "--digest", "-u", "admin:" + PASSWORD, "-o", os.devnull,
         "https://127.0.0.1:%d/command.htm?number=%%2B493012345675" % relay.port],
    )
    while phone.wait("request", path="/command.htm")["status"] == 401:
        pass
    seen = relay.since(0)
    done.wait()
    phone.send("hangup")
    phone.wait("reply", command="hangup")
    accepted = [when for what, when, _ in seen if what == "accept"][0]
    return (last_request(seen) - accepted) / 1e6


class Limit:
    """One TLS connection that stays open."""

    def __init__(self, port):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.link = context.wrap_socket(plain)

    def round_ms(self):
        request = b"GET /info.htm HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n"
        start = time.monotonic_ns()
        self.link.sendall(request)
        answer = self.link.recv(65536)
        took = (time.monotonic_ns() - start) / 1e6
        while b"</HTML>" not in answer.upper():
            answer += self.link.recv(65536)
        return took


def measure():
    rows = {"dial": [], "curl": [], "limit": []}
    with harness.Desk(build=BUILD) as desk:
        desk.agent_options = []
        phone = desk.start_phone("d785", "--password=" + PASSWORD, "--set=http-delay=0", "--set=count-bare=no",
                                 "--set=event-delay=0")
        relay = Relay(phone.https)
        try:
            desk.start_bus()
            phone.http, phone.https = 0, relay.port
            desk.add_phone(phone, password=PASSWORD)
            desk.wait_phone("ready", lambda p: p["state"] == "ready")
            desk.wait_phone("followed", lambda p: p.get("watched", True))
            click, limit = Click(desk, phone, relay), Limit(relay.port)
            for number in range(ROUNDS + 1):
                took = {"dial": click.dial_ms(), "limit": limit.round_ms(), "curl": cold_ms(phone, relay)}
                if number > 0:  # the first one warms programs up, not connections
                    for what, ms in took.items():
                        rows[what].append(ms)
            limit.link.close()
        finally:
            relay.stop()
    return rows


def main():
    rows = measure()
    medians = {what: statistics.median(values) for what, values in rows.items()}
    words = {
        "dial": "Dial on the bus to the request at the phone, warm",
        "curl": "curl --digest, cold, without its start",
        "limit": "one round trip on an open TLS connection",
    }
    print("%-52s%10s%10s%10s" % ("1 ms of way in each direction, %d rounds" % ROUNDS, "median ms", "best", "worst"))
    for what, text in words.items():
        print("  %-50s%10.2f%10.2f%10.2f" % (text, medians[what], min(rows[what]), max(rows[what])))
    to_curl, to_limit = medians["dial"] / medians["curl"], medians["dial"] / medians["limit"]
    print("dial / curl   %.2f (aim: %.2f)" % (to_curl, AIM_CURL))
    print("dial / limit  %.2f (aim: %.2f)" % (to_limit, AIM_LIMIT))
    return 0 if to_curl <= AIM_CURL and to_limit <= AIM_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
