#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a password is not: in the agent's memory once it was used, in a core file, on the bus, in the
log, on the command line, on the terminal. Reads the memory of other processes, so it needs root.

Every search is first shown to find what is there. Scanned are all mappings of the agent, those of
its libraries included; only what libsecret's file backend leaves behind is not counted, see
of_libsecret(). MIT Kerberos leaves nothing."""

import base64
import hashlib
import os
import pty
import re
import resource
import select
import signal
import subprocess
import sys
import termios
import time

import harness

# Long: freeing memory overwrites the first sixteen octets of it, which would hide the copy.
PASSWORD = "correct-horse-battery-staple-und-noch-ein-Pferd-7Q"
PHONE_PASSWORD = "fernsprecher-mit-einem-langen-Kennwort-darin-8R"
TAIL = 24  # octets at the end that are looked for by themselves


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


class Desk(harness.Desk):
    """As every desk, but that what is freed keeps what is in it."""

    def __init__(self):
        super().__init__()
        self.env.pop("MALLOC_PERTURB_", None)

    def start_realm(self):
        os.environ["REALM_PASSWORD"] = PASSWORD  # not in self.env: the agent has that
        try:
            super().start_realm()
        finally:
            del os.environ["REALM_PASSWORD"]


# --- memory ---


def is_sanitized():
    """Whether the agent is built with AddressSanitizer: that keeps what is freed as it was, for a while,
    to find who still uses it, and has shadows of terabytes. Memory says nothing then; the other builds
    of the same test do."""
    with open(os.path.join(harness.BUILD, "agent", "offhook-agent"), "rb") as program:
        return b"__asan_init" in program.read()


def md4(octets):
    done = subprocess.run(
        ["openssl", "dgst", "-provider", "legacy", "-provider", "default", "-md4", "-binary"],
        input=octets, capture_output=True, check=True,
    )
    return done.stdout


def forms(password, user=None):
    """{what: octets} of everything that would serve in the place of the password."""
    wide = password.encode("utf-16-le")
    found = {"UTF-8": password[-TAIL:].encode(), "UTF-16": wide[-TAIL:], "NT hash": md4(wide)}
    if user:
        found["Basic"] = base64.b64encode(("%s:%s" % (user, password)).encode())[:-4][-TAIL:]
    return found


def scan(pid, needles, keyring=False):
    """[(what, mapping)] of all that is found in the memory of an agent or another process. @keyring: a real one keeps the
    passwords, so that libsecret's file backend is no excuse."""
    found = []
    with open("/proc/%d/maps" % pid, encoding="utf-8") as maps, open("/proc/%d/mem" % pid, "rb", 0) as memory:
        for line in maps:
            first, last, rights, name = re.match(r"(\w+)-(\w+) (\S+) \S+ \S+ \S+\s*(.*)", line).groups()
            if "r" not in rights or name.startswith("[v"):
                continue
            try:
                memory.seek(int(first, 16))
                octets = memory.read(int(last, 16) - int(first, 16))
            except OSError:
                continue  # a guard page, or unmapped since
            for what, needle in needles.items():
                found += [(what, name or "anonymous") for at in places(octets, needle) if keyring or not of_libsecret(octets, at)]
    return found


def places(octets, needle):
    at = octets.find(needle)
    while at >= 0:
        yield at
        at = octets.find(needle, at + 1)


def of_libsecret(octets, at):
    """Whether it is in an item of libsecret's file backend, which only tests use: that serialises an
    item with its label, times and secret in ordinary memory, and frees it as it is. What the agent
    itself does with a password has no label before it."""
    return b"Offhook: " in octets[max(0, at - 160) : at]


def check_memory(desk, when, needles):
    pid = desk.agent_pid()
    if is_sanitized():
        return
    check(scan(pid, {"address": b"sip:alice@fabrikam.test"}), "the scan does not find what must be there")
    found = scan(pid, needles)
    check(not found, "%s: the password is in the agent's memory: %s" % (when, found))


def memory(mechanism):
    with Desk() as desk:
        front_end = desk.start_front_end()
        desk.start_bus()
        desk.set_account(front_end, mechanism=mechanism, login="alice@FABRIKAM.TEST" if mechanism == "kerberos" else None)
        needles = forms(PASSWORD)
        desk.cli("password", "sign-in", stdin=PASSWORD + "\n")
        desk.expect(0, "sign-in")
        check_memory(desk, "signed in", needles)
        desk.expect(0, "sign-out")
        check_memory(desk, "signed out", needles)
        desk.expect(0, "password", "sign-in", stdin=PASSWORD + "-wr0ng" + "\n")
        desk.expect(3, "sign-in")
        check_memory(desk, "refused", forms(PASSWORD + "-wr0ng"))


def memory_ntlm():
    """memory after sign-in, sign-out and refusal with NTLM: no password, no hash of it"""
    memory("ntlm")


def memory_kerberos():
    """memory after the same with Kerberos by password"""
    memory("kerberos")


def control_of_the_scan():
    """the scan finds a password in a process that has one, in both forms"""
    code = "import sys; p=%r; u=p.encode('utf-16-le'); print('ready', flush=True); sys.stdin.read()" % PASSWORD
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdout.readline()
    found = {what for what, _ in scan(process.pid, forms(PASSWORD))}
    process.communicate(b"")
    check({"UTF-8", "UTF-16"} <= found, str(found))


# --- core files ---


def allow_cores():
    """Also gives back the signals that a shell takes from what it runs in the background."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def dumps_core(process, how=signal.SIGQUIT):
    os.kill(process.pid, how)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = 0
    check(os.WIFSIGNALED(status), "it did not die of the signal")
    return os.WCOREDUMP(status)


def cores():
    """no core file of the agent, and none of the command line while it holds a password"""
    with Desk() as desk:
        here = desk.path("cores")
        os.makedirs(here)
        control = subprocess.Popen(["sleep", "1000"], preexec_fn=allow_cores, cwd=here)
        can_show = dumps_core(control)
        print("# cores can%s be shown here: core_pattern %s" % ("" if can_show else "not", open("/proc/sys/kernel/core_pattern").read().strip()))
        desk.start_bus()
        agent = subprocess.Popen(
            [os.path.join(desk.build, "agent", "offhook-agent")], env=desk.env, preexec_fn=allow_cores, cwd=here,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + harness.DEADLINE_S
        while desk.agent_pid() != agent.pid:
            check(agent.poll() is None and time.monotonic() < end, "it never got the name")
        with open("/proc/%d/limits" % agent.pid, encoding="utf-8") as limits:
            core = [line for line in limits if line.startswith("Max core file size")][0].split()
        check(core[4:6] == ["0", "0"], str(core))
        terminal = Terminal(desk, here)
        terminal.until(": ")
        check(not dumps_core(terminal.process), "the command line made a core file at the prompt")
        terminal.close()
        check(not dumps_core(agent), "the agent made a core file")
        made = [name for name in os.listdir(here) if not name.endswith("." + str(control.pid)) and name != "core"]
        check(not made, str(made))


# --- the terminal ---


class Terminal:
    """offhook password sign-in on a terminal of its own."""

    def __init__(self, desk, here=None):
        self.master, slave = pty.openpty()
        self.slave = slave
        self.process = subprocess.Popen(
            [os.path.join(desk.build, "tray/cli/offhook"), "password", "sign-in"],
            env=desk.env, stdin=slave, stdout=slave, stderr=slave, cwd=here, preexec_fn=allow_cores,
        )
        self.seen = ""

    def until(self, text):
        end = time.monotonic() + harness.DEADLINE_S
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            check(ready, "never %r: %r" % (text, self.seen))
            self.seen += os.read(self.master, 4096).decode()

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def type(self, text):
        os.write(self.master, text.encode())

    def close(self):
        os.close(self.master)
        os.close(self.slave)


def terminal():
    """the prompt does not echo, and gives the terminal back, also after Ctrl-C"""
    with Desk() as desk:
        desk.start_bus()
        typed = Terminal(desk)
        typed.until(": ")
        wait_for(lambda: not typed.echoes(), "the terminal echoes")
        typed.type(PASSWORD + "\n")
        typed.until("stored")
        check(typed.process.wait(harness.DEADLINE_S) == 0, typed.seen)
        check(PASSWORD not in typed.seen and typed.echoes(), typed.seen)
        typed.close()
        given_up = Terminal(desk)
        given_up.until(": ")
        wait_for(lambda: not given_up.echoes(), "the terminal echoes")
        given_up.type("half a pass")
        given_up.process.send_signal(signal.SIGINT)
        check(given_up.process.wait(harness.DEADLINE_S) == 130, given_up.seen)
        check(given_up.echoes(), "Ctrl-C leaves the terminal without echo")
        given_up.close()


def wait_for(test, text):
    end = time.monotonic() + harness.DEADLINE_S
    while not test():
        check(time.monotonic() < end, text)


def command_line():
    """a password on the command line is refused, and why is said, and how it is done"""
    with Desk() as desk:
        desk.start_bus()
        for arguments in (("sign-in", PASSWORD), ("phone", "desk", PASSWORD)):
            done = desk.expect(2, "password", *arguments)
            check("command line" in done.stderr and "standard input" in done.stderr, done.stderr)
            check(PASSWORD not in done.stderr + done.stdout, "it repeats it")
        check(desk.agent_pid() is None, "the agent was asked")


# --- the bus and the log ---


def bus_and_log():
    """sign-in with both schemes and a phone's login: nothing on the bus, nothing in a log with everything in it"""
    secrets = {"sign-in": PASSWORD[-TAIL:].encode(), "sign-in, UTF-16": PASSWORD.encode("utf-16-le")[-TAIL:],
               "phone": PHONE_PASSWORD[-TAIL:].encode(), "NT hash": md4(PASSWORD.encode("utf-16-le")).hex().encode(),
               "phone, HA1": hashlib.md5(("admin:%s:%s" % ("snom", PHONE_PASSWORD)).encode()).hexdigest().encode(),
               "token": b"TlRMTVNTUAAD", "data": b"gssapi-data=", "signature": b"response="}
    with Desk() as desk:
        front_end = desk.start_front_end()
        desk.env["G_MESSAGES_DEBUG"] = "all"
        desk.start_bus()  # whose environment the agent gets
        del desk.env["G_MESSAGES_DEBUG"]
        monitor = watch_bus(desk)
        for mechanism, login in (("ntlm", None), ("kerberos", "alice@FABRIKAM.TEST")):
            desk.set_account(front_end, mechanism=mechanism, login=login)
            desk.expect(0, "password", "sign-in", stdin=PASSWORD + "\n")
            desk.expect(0, "sign-in")
            desk.wait_status(mechanism, lambda s: s["endpoint"]["mechanism"] == mechanism)
            desk.expect(0, "sign-out")
        phone = desk.start_phone("d785", "--password=" + PHONE_PASSWORD)
        identity = desk.add_phone(phone, password=PHONE_PASSWORD)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        check_memory(desk, "phone ready", forms(PASSWORD))
        desk.expect(0, "phone", "remove", identity)
        found = [] if is_sanitized() else scan(desk.agent_pid(), forms(PHONE_PASSWORD, "admin"))
        check(not found, "the phone is gone, its password is not: %s" % found)
        desk.stop_agent()
        monitor.terminate()
        monitor.wait()
        for name, control in (("bus.pcap", b"StoreSecret"), ("agent.log", b"REGISTER")):
            with open(desk.path(name), "rb") as stream:
                octets = stream.read()
            check(control in octets, "%s does not even have %s" % (name, control))
            found = [what for what, secret in secrets.items() if secret in octets]
            check(not found, "%s: %s" % (name, found))


def keyring():
    """with a real keyring: nothing in the memory of the agent or its libraries, nothing on the way to the keyring"""
    with Desk() as desk:
        for name in ("SECRET_BACKEND", "SECRET_FILE_TEST_PATH", "SECRET_FILE_TEST_PASSWORD"):
            desk.env.pop(name, None)
        front_end = desk.start_front_end()
        desk.start_bus()
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=desk.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        desk.peers.append(Process(daemon))
        daemon.stdin.write(b"login")
        daemon.stdin.close()
        subprocess.run(["gdbus", "wait", "--session", "--timeout", "60", "org.freedesktop.secrets"], env=desk.env, check=True)
        monitor = watch_bus(desk)
        desk.set_account(front_end, mechanism="ntlm")
        desk.expect(0, "password", "sign-in", stdin=PASSWORD + "\n")
        desk.expect(0, "sign-in")
        found = [] if is_sanitized() else scan(desk.agent_pid(), forms(PASSWORD), keyring=True)
        check(not found, "the password is in the agent's memory: %s" % found)
        monitor.terminate()
        monitor.wait()
        with open(desk.path("bus.pcap"), "rb") as stream:
            octets = stream.read()
        check(b"CreateItem" in octets, "the keyring was not used")
        check(PASSWORD[-TAIL:].encode() not in octets, "the password is on the bus")


def watch_bus(desk):
    """dbus-monitor, writing all that passes to bus.pcap."""
    with open(desk.path("bus.pcap"), "wb") as out:
        monitor = subprocess.Popen(["dbus-monitor", "--pcap", "--address", desk.env["DBUS_SESSION_BUS_ADDRESS"]], stdout=out)
    desk.peers.append(Process(monitor))
    wait_for(lambda: os.path.getsize(desk.path("bus.pcap")) > 0, "dbus-monitor says nothing")
    return monitor


class Process:
    """Something that the desk stops at its end."""

    def __init__(self, process):
        self.process = process

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def main():
    if os.geteuid() != 0:
        print("1..1\nnot ok 1 - needs root: it reads the memory of another process")
        return 1
    return harness.run([control_of_the_scan, memory_ntlm, memory_kerberos, cores, terminal, command_line, bus_and_log, keyring])


if __name__ == "__main__":
    sys.exit(main())
