#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers on the network send to where a phone's events are waited for.

usage: test-hostile-events.py BUILD-DIR [TEST...]
"""

import importlib
import os
import re
import socket
import sys
import threading
from urllib.parse import urlsplit

import harness
from harness import Failure

events = importlib.import_module("test-events")
check, command, setting = events.check, events.command, events.setting

BUILD = sys.argv[1]
ONLY = sys.argv[2:]
FLOOD = 10000
# A megabyte of what ten thousand requests left behind would be a leak of 100 octets each.
GROWTH_KIB = 4096


class Office(events.Office):
    def __enter__(self):
        super().__enter__()
        self.wait_events("yes")
        self.url = urlsplit(setting(self.phone, "action_incoming_url"))
        self.token = re.search("/s/([0-9a-f]{32})/", self.url.path).group(1)
        return self

    def connect(self, source="127.0.0.1"):
        return socket.create_connection((self.url.hostname, self.url.port), 10, (source, 0))

    def fetch(self, target, source="127.0.0.1", method="GET"):
        """The whole answer; empty when the connection was closed unread."""
        with self.connect(source) as connection:
            answer = b""
            try:
                connection.sendall(("%s %s HTTP/1.1\r\nHost: x\r\n\r\n" % (method, target)).encode())
                while part := connection.recv(4096):
                    answer += part
            except ConnectionError:
                pass
            return answer

    def event(self, name, call="forged@phone", **how):
        path = self.url.path.rsplit("/", 1)[0]
        return self.fetch("%s/%s?c=%s&n=1&r=0301234@pbx&l=440@pbx&d=x" % (path, name, call), **how)

    def calls(self):
        return [c["state"] for c in self.status()["calls"]]

    def resident_kib(self):
        with open("/proc/%d/status" % self.agent_pid()) as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def forged():
    """from elsewhere, without the token, with another's: the same answer, and nothing moves"""
    with Office() as desk:
        good = desk.event("off-hook")
        check("answer: %r" % good, good.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"))
        wrong = desk.url.path.replace(desk.token, "0" * 32)
        strange = [
            desk.event("incoming", source="127.0.0.9"),
            desk.fetch(wrong + "?c=x&r=0301234@pbx"),
            desk.fetch(wrong.replace("0" * 32, desk.token[:-1] + "x") + "?c=x&r=0301234@pbx"),
            desk.fetch("/"),
            desk.fetch("/robots.txt", source="127.0.0.9"),
            desk.event("incoming", method="POST"),
            desk.event("incoming", method="DELETE"),
            desk.event("no-such-event"),
            desk.fetch(desk.url.path + "?d=" + "x" * 9000),
        ]
        check("one answer for all: %r" % set(strange), set(strange) == {good})
        check("no call: %s" % desk.calls(), desk.calls() == [])
        log = desk.agent_log(0)
        check("no token in the log", desk.token not in log)
        command(desk.phone, "ring 0301234")
        desk.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])


def replayed():
    """what was recorded of a call that is over brings it back to nobody"""
    with Office() as desk:
        for name in ("incoming", "connected"):
            desk.event(name)
        desk.wait_call("up", lambda c: [x["state"] for x in c] == ["connected"])
        desk.event("disconnected")
        desk.wait_call("over", lambda c: not c)
        for name in ("connected", "held", "resumed", "incoming", "connected", "disconnected", "missed"):
            desk.event(name)
        desk.event("incoming", call="next@phone")  # comes after all of them
        calls = desk.wait_call("the next one", lambda c: c)
        check("only the next one: %s" % calls, [c["state"] for c in calls] == ["incoming"])


def flooded():
    """ten thousand requests as fast as they go: agent and bus answer, memory stays, the log is short"""
    with Office() as desk:
        lines = desk.agent_log(0).count("\n")

        def flood(count, source):
            for number in range(count):
                try:
                    desk.event("incoming", call="%s-%d" % (source, number), source=source)
                except OSError:
                    pass

        flood(FLOOD // 10, "127.0.0.1")  # as many calls as may be, so that only what leaks grows
        desk.status()
        before = desk.resident_kib()
        threads = [threading.Thread(target=flood, args=(FLOOD // 4, "127.0.0.%d" % (n // 2 + 1))) for n in range(4)]
        for thread in threads:
            thread.start()
        answered = 0
        while any(thread.is_alive() for thread in threads):
            desk.status()
            answered += 1
        for thread in threads:
            thread.join()
        check("the bus answered", answered > 0)
        check("calls are bounded: %d" % len(desk.calls()), len(desk.calls()) <= 64)
        grown = desk.resident_kib() - before
        check("grown by %d KiB" % grown, sanitized() or grown < GROWTH_KIB)
        told = [l for l in desk.agent_log(0).split("\n")[lines:] if "refused" in l]
        check("told in %d lines" % len(told), len(told) <= 2)
        desk.expect(0, "phone", "remove", desk.id)  # and with it, its calls
        desk.wait_call("gone", lambda c: not c)


def sanitized():
    """Sanitizers keep what was freed."""
    return "ASAN_OPTIONS" in os.environ


def slow():
    """who keeps every place without saying anything keeps no phone out"""
    with Office() as desk:
        held = [desk.connect("127.0.0.9") for _ in range(16)]
        for connection in held:
            connection.sendall(b"GET /")
        command(desk.phone, "ring 0301234")
        desk.wait_call("rings", lambda c: [x["state"] for x in c] == ["incoming"])
        for connection in held:
            connection.settimeout(harness.DEADLINE_S)
            try:
                left = connection.recv(100)
            except ConnectionError:
                left = b""
            check("closed: %r" % left, left == b"")
            connection.close()


def moved():
    """a token that comes from another address has the phone looked for, once, and moves nothing"""
    with Office() as desk:
        seen = len([e for e in desk.phone.drain() if e["event"] == "request"])
        for _ in range(3):
            desk.event("incoming", source="127.0.0.9")
        desk.phone.wait("request", path="/info.htm")
        desk.wait_events("yes")
        check("no call: %s" % desk.calls(), desk.calls() == [])
        looks = [e for e in desk.phone.drain() if e["event"] == "request"][seen:]
        check("looked once: %s" % looks, len([e for e in looks if e["path"] == "/info.htm"]) == 1)


TESTS = [forged, replayed, flooded, slow, moved]

if __name__ == "__main__":
    sys.exit(harness.run([t for t in TESTS if not ONLY or t.__name__ in ONLY]))
