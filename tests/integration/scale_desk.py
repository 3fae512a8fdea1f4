# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk with very many contacts, and instruments: how long main loops are away from their poll(),
what goes over the bus, and what memory is used. For test-scale.py and for tests/bench."""

import mmap
import os
import re
import struct
import subprocess
import threading

from desktop import Session
from harness import DEADLINE_S, SERVER, Failure

CLK_TCK = os.sysconf("SC_CLK_TCK")
SIGNED_FOR = 2  # bob and carol are contacts of alice besides the crowd


class Probe:
    """What tests/support/loop-probe.c counts in a program."""

    FIELDS = ("wanted", "epoch", "turns", "cpu_ns", "longest_cpu_ns", "longest_wall_ns", "heap")
    N_CLASSES = 10

    def __init__(self, path):
        size = 8 * (len(self.FIELDS) + self.N_CLASSES)
        with open(path, "r+b") as file:
            self.map = mmap.mmap(file.fileno(), size)

    def read(self):
        values = struct.unpack_from("=%dQ" % (len(self.FIELDS) + self.N_CLASSES), self.map)
        numbers = dict(zip(self.FIELDS, values))
        numbers["classes"] = values[len(self.FIELDS):]
        return numbers

    def restart(self):
        """Counts from here on; returns when the program has begun to, with its heap in octets."""
        wanted = self.read()["wanted"] + 1
        struct.pack_into("=Q", self.map, 0, wanted)
        pause = threading.Event()
        for _ in range(int(DEADLINE_S * 50)):
            if self.read()["epoch"] == wanted:
                return self.read()["heap"]
            pause.wait(0.02)  # the loop looks ten times a second
        raise Failure("the main loop never came back to its poll()")


class BusMeter:
    """Every message on the private bus, as a monitor sees it: how many, how long."""

    TYPES = {1: "call", 2: "return", 3: "error", 4: "signal"}

    def __init__(self, env):
        self.process = subprocess.Popen(
            ["dbus-monitor", "--binary"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env
        )
        self.lock = threading.Condition()
        self.marks = []
        self.restart()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def restart(self):
        with self.lock:
            self.kinds = {}  # "signal ContactsChanged": [messages, octets, longest]
            self.seen = {}

    def expect(self, *marks):
        """Octets to be looked for in ContactsChanged."""
        with self.lock:
            self.marks = [mark.encode() for mark in marks]
            self.seen = {}

    def wait(self, mark, deadline=None):
        """The revision of the contact list whose delta had that mark in it."""
        mark = mark.encode()
        with self.lock:
            if not self.lock.wait_for(lambda: mark in self.seen, deadline or DEADLINE_S):
                raise Failure("no delta with %r: %r" % (mark, self.kinds))
            return self.seen[mark]

    def total(self, kind=""):
        """(messages, octets, longest) of those kinds that begin so."""
        with self.lock:
            chosen = [v for k, v in self.kinds.items() if k.startswith(kind)]
        return sum(v[0] for v in chosen), sum(v[1] for v in chosen), max([v[2] for v in chosen], default=0)

    def _read(self):
        stream = self.process.stdout
        while True:
            head = stream.read(16)
            if len(head) < 16:
                return
            order = "<" if head[:1] == b"l" else ">"
            body, _, fields = struct.unpack_from(order + "III", head, 4)
            rest = stream.read((fields + 7) // 8 * 8)
            self._count(head[1], rest, order, stream.read(body), 16 + len(rest) + body)

    def _count(self, kind, fields, order, body, length):
        member = self._member(fields)
        with self.lock:
            entry = self.kinds.setdefault("%s %s" % (self.TYPES.get(kind, "?"), member), [0, 0, 0])
            entry[0] += 1
            entry[1] += length
            entry[2] = max(entry[2], length)
            if member == "ContactsChanged":
                for mark in self.marks:
                    if mark not in self.seen and mark in body:
                        self.seen[mark] = struct.unpack_from(order + "Q", body)[0]
                        self.lock.notify_all()

    @staticmethod
    def _member(fields):
        """Header field 3 is a string: code, signature "s", length, text."""
        found = re.search(rb"\x03\x01s\x00(....)([A-Za-z0-9_]+)\x00", fields, re.S)
        return found.group(2).decode() if found else ""

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.thread.join(5)


def anonymous_kb(pid):
    """Memory of the process that is no file's: heap, stacks."""
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return int(re.search(r"RssAnon:\s+(\d+)", status.read()).group(1))


def peak_kb(pid):
    """The most that was ever resident."""
    with open("/proc/%d/status" % pid, encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))


def cpu_s(pid):
    """Processor time of all threads of a process so far."""
    with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLK_TCK


class ScaleDesk(Session):
    """Alice with a crowd of contacts; agent and tray with a probe in their main loop."""

    def __init__(self, crowd, build=None):
        super().__init__(**({"build": build} if build else {}))
        self.crowd = crowd
        self.marks = 0
        os.makedirs(self.path("probes"))
        self.agent_options = []  # a line of log for each message is not what users have
        self.probed = {
            "LD_PRELOAD": os.path.join(self.build, "tests/support/loop-probe.so"),
            "OH_LOOP_PROBE": self.path("probes"),
        }
        self.agent_prefix = ["/usr/bin/env", *("%s=%s" % pair for pair in self.probed.items())]

    def start_server(self, *options):
        self.front_end = self.start_front_end("--schemes=ntlm,kerberos", "--crowd=%d" % self.crowd, *options)
        self.start_bus(real_agent=True)
        self.meter = BusMeter(self.env)
        self.kinit("alice")
        self.set_account(self.front_end, "alice", login="")
        return self.front_end

    def start_agent(self):
        """The agent signs in by itself; returns when it is on the bus."""
        self.bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus",
                      "org.freedesktop.DBus.StartServiceByName", "org.offhook.Agent", "0")
        self.agent = Probe(self.path("probes", "offhook-agent"))
        return self.agent_pid()

    def start_window(self):
        """The tray with its window open."""
        self.start_screen()
        self.start_window_manager()
        self.tray_program = self.start("tray", [os.path.join(self.build, "tray", "offhook-tray")],
                                       G_MESSAGES_DEBUG="oh-tray", **self.probed)
        self.wait_window("^Offhook$")
        self.tray_probe = Probe(self.path("probes", "offhook-tray"))
        return self.tray_program.pid

    def wait_watched(self, wanted=None):
        """Until the agent has asked for everybody's presence and got the first answer."""
        watched = 0
        while watched < (self.crowd + SIGNED_FOR if wanted is None else wanted):
            watched = self.front_end.wait("subscribed", package="presence")["watched"]

    def mark(self):
        """One contact more, behind everything that the server has sent so far; returns when the bus
        has it."""
        self.marks += 1
        address = "mark%d@fabrikam.test" % self.marks
        self.meter.expect(address)
        self.front_end.send("contact alice add " + address)
        self.meter.wait(address)

    def wait_shown(self):
        """Until the tray has taken over everything up to the last mark."""
        self.wait_for_contacts(self.crowd + SIGNED_FOR + self.marks)

    def wait_for_contacts(self, n):
        """Until the tray has so many."""
        wanted = ": %d contacts\n" % n
        self.wait_for(wanted, lambda: wanted in self.tray_log(None))

    def storm(self, per_second, seconds, *keys):
        """Until all of it has reached the bus; what the front end says of it. The keys are pressed
        meanwhile, as fast as people type."""
        self.front_end.send("storm alice %d %d" % (per_second, seconds))
        self.x("xdotool", "key", "--delay", "200", *keys)
        return self.front_end.wait("storm", deadline=seconds + DEADLINE_S)

    def close(self):
        if hasattr(self, "meter"):
            self.meter.stop()
        super().close()
