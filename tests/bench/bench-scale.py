#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the product grows with the contact list, and what a change of presence costs: one table.

    bench-scale.py BUILD [--short] [--only=growth|instructions]

Growth: from nothing to everybody's presence, at an empty list and at 100, 1,000 and 10,000
contacts, by the agent alone (until the bus has told it) and to the full window (agent, tray and
the library that draws). Processor time is of all threads, kernel included, and of these processes
only; what the clock on the wall says includes the front end, the bus and whatever else the machine
does. The exponent is fitted by least squares in log-log to what a list costs beyond the empty one:
the start of a program would make any growth look flat. --short takes each once; else the best of
three.

Instructions (callgrind): what a presence NOTIFY costs more when there are more of them, the
difference of two runs with N and 2N divided by N. First whole programs at the same storm of the
same front end, NTLM for both: reading TLS, framing, parsing SIP, checking the signature, the
document, the model, and telling. The agent tells the bus ten times a second, pidgin-sipe tells
libpurple and the little client around it prints a line. Then the document alone, in one process: to
the contact list of the product; to its tree of XML; and libxml2 alone, as tree and as events with
nothing behind them. The documents are the front end's, taken from its trace. pidgin-sipe has no
such part of its own to be called from outside, so that it stands in the first half only.

Ends with 1 when the exponent of processor time is beyond the aim."""

import math
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "integration"))
os.environ.setdefault("OH_TEST_DEADLINE", "300")
from harness import PASSWORD, Failure  # noqa: E402
from scale_desk import ScaleDesk, anonymous_kb  # noqa: E402

SIZES = (100, 1000, 10000)
AIM = 1.10
SHORT = "--short" in sys.argv
BUILD = os.path.abspath(sys.argv[1])
ROUNDS = 1 if SHORT else 3
# Changes in the shorter of two runs; instructions are counted, not timed: a few hundred will do.
N_PROGRAM = 500 if SHORT else 2000
N_DOCUMENT = 1000 if SHORT else 5000
# A program under callgrind takes some fifty times as long.
SLOW_PER_SECOND = 100
# pidgin-sipe asks for all in one batch, of which the server takes a hundred.
SLOW_CROWD = 50


# ---------------------------------------------------------------- growth


def processor_ms(*pids):
    """Of all threads of these processes; those that have ended count for nothing, and are few."""
    total = 0
    for pid in pids:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/schedstat" % (pid, task), encoding="ascii") as stat:
                total += int(stat.read().split()[0])
    return total / 1e6


def agent_alone(crowd):
    with ScaleDesk(crowd, build=BUILD) as desk:
        desk.start_server()
        begin = time.monotonic()
        pid = desk.start_agent()
        desk.wait_watched()
        desk.mark()
        return {
            "agent: processor, ms": processor_ms(pid),
            "agent: until on the bus, ms": (time.monotonic() - begin) * 1e3,
            "agent: memory, MiB": anonymous_kb(pid) / 1024,
        }


def whole_window(crowd):
    with ScaleDesk(crowd, build=BUILD) as desk:
        desk.start_server()
        begin = time.monotonic()
        tray = desk.start_window()
        agent = desk.start_agent()
        desk.wait_watched()
        desk.mark()
        desk.wait_shown()
        return {
            "window: processor of both, ms": processor_ms(agent, tray),
            "window: until shown, ms": (time.monotonic() - begin) * 1e3,
            "tray: memory, MiB": anonymous_kb(tray) / 1024,
        }


def exponent(sizes, costs):
    """Slope of the line through (log size, log cost), least squares."""
    points = [(math.log(n), math.log(c)) for n, c in zip(sizes, costs) if c > 0]
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def measure_growth():
    """{what: [cost at 0, at 100 …]}, the best of the rounds each."""
    columns = []
    for crowd in (0, *SIZES):
        best = {}
        for _ in range(ROUNDS):
            for way in (agent_alone, whole_window):
                for what, cost in way(crowd).items():
                    best[what] = min(best.get(what, cost), cost)
        columns.append(best)
    return {what: [column[what] for column in columns] for what in columns[0]}


def print_growth(rows):
    print("From sign-in to the full list")
    print("%-32s" % "contacts" + "".join("%10s" % format(n, ",") for n in (0, *SIZES)) + "%10s" % "growth")
    good = True
    for what, costs in rows.items():
        growth = exponent(SIZES, [cost - costs[0] for cost in costs[1:]])
        judged = "processor" in what
        timed = "until" in what  # too much of others' work in it
        good = good and (not judged or growth <= AIM)
        print("%-32s" % what + "".join("%10.1f" % cost for cost in costs)
              + ("%10s" % "–" if timed else "%10.2f" % growth) + (" (aim: %.2f)" % AIM if judged else ""))
    return good


# ---------------------------------------------------------------- instructions


class Callgrind:
    """A command under callgrind, and what it counted when it has ended."""

    def __init__(self, folder):
        self.out = os.path.join(folder, "callgrind.out")

    def before(self, *command):
        return ["valgrind", "--tool=callgrind", "--quiet", "--callgrind-out-file=" + self.out, *command]

    def instructions(self):
        with open(self.out, encoding="ascii", errors="replace") as out:
            return int(re.search(r"^(?:summary|totals): (\d+)", out.read(), re.M).group(1))


def storm_under_callgrind(desk, changes):
    desk.front_end.send("storm alice %d %d" % (SLOW_PER_SECOND, changes // SLOW_PER_SECOND))
    desk.front_end.wait("storm")


def agent_run(changes):
    with ScaleDesk(SLOW_CROWD, build=BUILD) as desk:
        callgrind = Callgrind(desk.dir)
        desk.start_server("--lenient-mime")
        program = desk.start("agent", callgrind.before(os.path.join(BUILD, "agent", "offhook-agent")))
        desk.wait_for("the agent", lambda: desk.has_owner("org.offhook.Agent"))
        desk.wait_watched()
        desk.mark()
        storm_under_callgrind(desk, changes)
        desk.mark()
        desk.stop_program(program)
        return callgrind.instructions()


class Sipe:
    """tests/fake-front-end/sipe-client, under callgrind."""

    def __init__(self, desk, callgrind):
        peers = os.path.join(BUILD, "tests", "fake-front-end", "sipe-client")
        home = desk.path("sipe")
        os.mkdir(home)
        env = dict(desk.env, LD_PRELOAD=os.path.join(peers, "libsax1.so"), HOME=home)
        env.pop("G_DEBUG", None)
        self.process = subprocess.Popen(
            callgrind.before(os.path.join(peers, "sipe-client"), home, "127.0.0.1:%d" % desk.front_end.port, "ntlm",
                             "alice@fabrikam.test", "FABRIKAM\\alice", PASSWORD),
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.lines = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def wait(self, wanted):
        line = ""
        while line != wanted:
            line = self.lines.get(timeout=300)
            if line is None:
                raise Failure("sipe-client ended before " + wanted)

    def end(self):
        self.process.stdin.close()
        self.process.wait(300)
        self.thread.join(5)


def sipe_run(changes):
    with ScaleDesk(SLOW_CROWD, build=BUILD) as desk:
        callgrind = Callgrind(desk.dir)
        desk.start_server("--lenient-mime")
        sipe = Sipe(desk, callgrind)
        sipe.wait("status sip:bob@fabrikam.test available")
        storm_under_callgrind(desk, changes)
        desk.front_end.send("presence bob offline")  # which the storm makes of nobody: the last one
        sipe.wait("status sip:bob@fabrikam.test offline")
        sipe.end()
        return callgrind.instructions()


def per_notify(run, n):
    return (run(2 * n) - run(n)) / n


def take_documents(folder):
    """Two states of one person, as the front end sends them."""
    with ScaleDesk(2, build=BUILD) as desk:
        desk.start_server("--trace")
        desk.start_agent()
        desk.wait_watched()
        desk.mark()
        paths = []
        for command in ("busy on-the-phone", "away"):
            before = len(desk.front_end.errors)
            desk.front_end.send("presence user00001 " + command)
            desk.mark()
            sent = "\n".join(desk.front_end.errors[before:])
            document = re.search(r'<categories [^\n]*uri="sip:user00001@.*?</categories>', sent, re.S)
            if document is None:
                raise Failure("no document in the trace:\n" + sent[-2000:])
            paths.append(os.path.join(folder, "document-%d.xml" % len(paths)))
            with open(paths[-1], "w", encoding="utf-8") as out:
                text = re.sub(r' version="\d+"', ' version="@@@@@@@@"', document.group(0), count=1)
                # times decide before versions do
                out.write(re.sub(r'publishTime="[^"]*"', 'publishTime="2026-01-31T09:00:00.000"', text))
        return paths


def document_run(way, documents, folder):
    def run(count):
        callgrind = Callgrind(folder)
        subprocess.run(callgrind.before(os.path.join(BUILD, "tests", "bench", "bench-document"), way, str(count),
                                        *documents), check=True)
        return callgrind.instructions()

    return run


def print_costs(title, costs):
    """One line each, with the ratio to the first and to the last."""
    first, last = costs[0][1], costs[-1][1]
    print("%-46s%14s%14s%14s" % (title, "instructions", "to the first", "to the last"))
    for what, cost in costs:
        print("%-46s%14s%14.2f%14.2f" % ("  " + what, format(round(cost), ","), cost / first, cost / last), flush=True)


def measure_programs():
    costs = [("offhook-agent", per_notify(agent_run, N_PROGRAM))]
    if os.path.exists(os.path.join(BUILD, "tests", "fake-front-end", "sipe-client", "sipe-client")):
        costs.append(("pidgin-sipe", per_notify(sipe_run, N_PROGRAM)))
    return costs


def measure_parts():
    ways = {
        "model": "octets to a changed contact (ours)",
        "values": "octets to values (ours)",
        "tree": "octets to a checked tree (ours)",
        "dom": "libxml2 alone: its tree",
        "sax": "libxml2 alone: events that nobody hears",
    }
    with tempfile.TemporaryDirectory(prefix="offhook-bench-") as folder:
        documents = take_documents(folder)
        return os.path.getsize(documents[0]), [
            (what, per_notify(document_run(way, documents, folder), N_DOCUMENT)) for way, what in ways.items()
        ]


def main():
    good = True
    if "--only=instructions" not in sys.argv:
        good = print_growth(measure_growth())
        print(flush=True)
    if "--only=growth" not in sys.argv:
        print("One presence NOTIFY")
        print_costs("from TLS to the model, and told", measure_programs())
        octets, parts = measure_parts()
        print_costs("the document alone, %d octets" % octets, parts)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
