# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole desk for a test or for the demo: a Kerberos realm, the front end, phones, and a desktop
session with its own bus, settings and keyring, in which the real agent runs.

Everything is a program of its own on loopback. Nothing here waits by sleeping: a test waits for
the event that the other program prints, or for the property that changes on the bus.
"""

import json
import os
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("OH_BUILD_DIR", os.path.join(ROOT, "_b"))
SUPPORT = os.path.join(ROOT, "tests", "support")

# Any name below "localhost" is this machine to GLib's resolver: no server, no root, no preload.
SERVER = "fe1.fabrikam.localhost"
# A second server that asks who the client is; it has no address, only a name and a key.
PROXY = "edge.fabrikam.test"
# Where a Director sends alice; has a ticket name of its own.
POOL = "pool.fabrikam.localhost"
DOMAIN = "fabrikam.test"
PASSWORD = "Passw0rd!"

# How long the slowest thing may take, sanitizers and a busy machine included. A test never takes
# this long when it passes.
DEADLINE_S = float(os.environ.get("OH_TEST_DEADLINE", "60"))


COMPLAINT = re.compile(
    r"^[0-9:.]+ (critical|warning) |Sanitizer: (?!detected memory leaks|[0-9]+ byte)|runtime error:"
)
# A frame of the product's in a leak's stack; main() is in every stack.
OWN_FRAME = re.compile(r" in (?!main |run )\w+ \S*/(agent|phone-api)/\S+\.c:\d")


class Failure(Exception):
    """What a test did not see."""


class Peer:
    """A program that prints one JSON object per line and takes commands on stdin."""

    def __init__(self, name, command, env=None):
        self.name = name
        self.events = []
        self.fresh = queue.Queue()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.errors = []
        self.more_errors = threading.Condition()
        self.threads = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    def _read(self):
        for line in self.process.stdout:
            try:
                self.fresh.put(json.loads(line))
            except ValueError:
                self.errors.append("not JSON: " + line.rstrip())
        self.fresh.put(None)

    def _read_errors(self):
        for line in self.process.stderr:
            with self.more_errors:
                self.errors.append(line.rstrip())
                self.more_errors.notify_all()

    def told(self, *words):
        """A line of its log with these words in it. The log comes by another pipe than the events, and
        can be behind them."""
        with self.more_errors:
            said = self.more_errors.wait_for(
                lambda: [line for line in self.errors if all(word in line for word in words)], DEADLINE_S
            )
        if not said:
            raise Failure("%s never said %s:\n  %s" % (self.name, words, "\n  ".join(self.errors[-30:])))
        return said[0]

    def wait(self, event, deadline=None, **fields):
        """The next event of that name with those fields; earlier ones are passed over, and kept in
        self.events."""
        end = time.monotonic() + (deadline or DEADLINE_S)
        while True:
            try:
                seen = self.fresh.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                seen = None
            if seen is None:
                tail = [json.dumps(e) for e in self.events[-12:]] + self.errors[-12:]
                raise Failure(
                    "%s: no %s %s; the last it said:\n  %s" % (self.name, event, fields, "\n  ".join(tail))
                )
            self.events.append(seen)
            if seen.get("event") == event and all(seen.get(k) == v for k, v in fields.items()):
                return seen

    def drain(self):
        """Everything said so far."""
        while True:
            try:
                seen = self.fresh.get_nowait()
            except queue.Empty:
                return self.events
            if seen is not None:
                self.events.append(seen)

    def settled(self):
        """Everything that a front end or probe had said when it was asked, also what was still on its
        way to us: what others know can be ahead of that."""
        if self.process.poll() is None:
            self.send("mark")
            self.wait("control", command="mark")
            self.events.pop()
        return self.drain()

    def send(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for thread in self.threads:
            thread.join(5)
        return self.process.returncode


def clock_shift(build, seconds):
    """In front of a command: its wall clock is that far ahead; the monotonic one goes on."""
    return ["env", "LD_PRELOAD=" + os.path.join(build, "tests/support/clock-shift.so"), "OH_CLOCK_SHIFT_S=%d" % seconds]


class Desk:
    """One user's desktop with everything around it."""

    def __init__(self, build=BUILD, folder=None):
        self.build = build
        self.dir = folder or tempfile.mkdtemp(prefix="offhook-")
        self.peers = []
        self.bus = None
        self.realm = False
        self.agent_prefix = []  # what the bus runs the agent under
        self.agent_options = ["--verbose"]
        self.env = self._environment()

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        complaints = self.close()
        if kind is None and complaints:
            raise Failure("the agent complained:\n" + "".join(complaints))

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def _environment(self):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DBUS_", "KRB5"))}
        folders = {
            "HOME": "home",
            "XDG_CONFIG_HOME": "home/.config",
            "XDG_DATA_HOME": "home/.local/share",
            "XDG_STATE_HOME": "home/.local/state",
            "XDG_CACHE_HOME": "home/.cache",
            "XDG_RUNTIME_DIR": "run",
        }
        for name, place in folders.items():
            env[name] = self.path(place)
            os.makedirs(env[name], mode=0o700, exist_ok=True)
        os.chmod(env["XDG_RUNTIME_DIR"], 0o700)
        env.update(
            GSETTINGS_BACKEND="keyfile",
            GSETTINGS_SCHEMA_DIR=self.path("schemas"),
            SECRET_BACKEND="file",
            SECRET_FILE_TEST_PATH=self.path("secrets"),
            SECRET_FILE_TEST_PASSWORD="test",
            GIO_USE_VFS="local",
            GIO_USE_PROXY_RESOLVER="dummy",
            NO_AT_BRIDGE="1",
            OFFHOOK_MODULE_DIR=os.path.join(self.build, "agent", "number"),
            LC_ALL="C.UTF-8",
            # known before the realm is there: the bus hands its own environment to the agent
            KRB5_CONFIG=self.path("realm", "krb5.conf"),
            KRB5CCNAME="FILE:" + self.path("realm", "ccache"),
        )
        # Leaks are found in the log. Stacks are walked by frame pointers: with whole ones a TLS
        # handshake, which reads all authorities of the system, takes six seconds.
        env["LSAN_OPTIONS"] = ":".join(filter(None, (env.get("LSAN_OPTIONS"), "exitcode=0")))
        os.makedirs(self.path("schemas"), exist_ok=True)
        # a folder that comes later is not watched: settings would change unheard
        os.makedirs(self.path("home/.config/glib-2.0/settings"), mode=0o700, exist_ok=True)
        shutil.copy(
            os.path.join(ROOT, "packaging", "data", "org.offhook.Agent.gschema.xml"), self.path("schemas")
        )
        subprocess.run(["glib-compile-schemas", "--strict", self.path("schemas")], check=True)
        return env

    # --- around the desk ---

    def start_realm(self):
        """MIT's KDC with alice, bob, carol, and a keytab for the front end, the pool and the proxy."""
        subprocess.run(
            [os.path.join(SUPPORT, "mit-realm.sh"), "start", self.path("realm")],
            check=True,
            stdout=subprocess.DEVNULL,
            env=dict(os.environ, REALM_HOSTS=" ".join((SERVER, PROXY, POOL))),
        )
        self.realm = True

    def make_certificates(self, *names):
        subprocess.run(
            [os.path.join(SUPPORT, "test-certs.sh"), self.path("certs"), *(names or (SERVER,))], check=True
        )

    def kinit(self, user="alice"):
        subprocess.run(["kinit", user], input=PASSWORD + "\n", text=True, check=True, env=self.env, stdout=subprocess.DEVNULL)

    def start_front_end(self, *options, certificate=SERVER, wrap=()):
        """The fake front end; .port is set when it returns. wrap stands before the command."""
        if not os.path.exists(self.path("certs", certificate + ".pem")):
            self.make_certificates(certificate)
        if not self.realm:
            self.start_realm()
        peer = self.start_peer(
            "front end",
            [
                *wrap,
                os.path.join(self.build, "tests/fake-front-end/fake-front-end"),
                "--server=" + SERVER,
                "--domain=" + DOMAIN,
                "--certificate=" + self.path("certs", certificate + ".pem"),
                "--keytab=" + self.path("realm", "sip.keytab"),
                "--ntlm-users=" + self.path("realm", "ntlm-users"),
                *options,
            ],
        )
        peer.port = peer.wait("listening")["port"]
        return peer

    def start_phone(self, personality, *options):
        """The phone simulator; .https and .http are its ports (0: not open) when it returns."""
        peer = self.start_peer(
            "phone " + personality,
            [os.path.join(self.build, "tests/phone-simulator/phone-simulator"), "--personality=" + personality, *options],
        )
        listening = peer.wait("listening")
        peer.https = listening.get("https", 0) or 0
        peer.http = listening.get("http", 0) or 0
        peer.listening = listening
        return peer

    def start_peer(self, name, command):
        peer = Peer(name, command, self.env)
        self.peers.append(peer)
        return peer

    # --- the desktop ---

    def start_bus(self):
        """A session bus of our own that starts the agent on demand."""
        os.makedirs(self.path("services"), exist_ok=True)
        with open(self.path("services", "org.offhook.Agent.service"), "w") as out:
            out.write(
                "[D-BUS Service]\nName=org.offhook.Agent\nExec=%s\n"
                % " ".join([*self.agent_prefix, os.path.join(self.build, "agent", "offhook-agent"), *self.agent_options])
            )
        with open(self.path("bus.conf"), "w") as out:
            out.write(
                '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
                '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">\n'
                "<busconfig><type>session</type><listen>unix:path=%s</listen><servicedir>%s</servicedir>"
                '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n'
                % (self.path("run", "bus"), self.path("services"))
            )
        self.log = open(self.path("agent.log"), "ab")
        self.bus = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--config-file=" + self.path("bus.conf"), "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            # libsecret's file backend, which only tests use, forgets the etag of what it wrote
            env=dict(self.env, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"),
            text=True,
        )
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus.stdout.readline().strip()

    def set(self, key, value, phone=None):
        """One setting, value in GVariant text ("'x'" or a Python str, which is quoted)."""
        schema = "org.offhook.Phone:/org/offhook/phones/%s/" % phone if phone else "org.offhook.Agent"
        subprocess.run(["gsettings", "set", schema, key, value], check=True, env=self.env)

    def get(self, key, phone=None):
        schema = "org.offhook.Phone:/org/offhook/phones/%s/" % phone if phone else "org.offhook.Agent"
        done = subprocess.run(["gsettings", "get", schema, key], check=True, env=self.env, capture_output=True, text=True)
        return done.stdout.strip()

    def set_account(self, front_end, user="alice", login=None, mechanism="auto"):
        self.set("uri", "'sip:%s@%s'" % (user, DOMAIN))
        self.set("login", "'%s'" % (login if login is not None else "FABRIKAM\\\\" + user))
        self.set("server", "'%s:%d'" % (SERVER, front_end.port))
        self.set("ca-file", "'%s'" % self.path("certs", "ca.pem"))
        self.set("mechanism", "'%s'" % mechanism)

    def add_phone(self, phone, user="admin", password="telefon"):
        """Adds a simulated phone and its login; returns the new phone's id. The user name is set when
        the agent has met the phone: then it writes no settings of its own, and a key file, other than
        dconf, does not survive two writers at once."""
        address = "127.0.0.1:%d" % (phone.https or phone.http)
        identity = self.expect(0, "phone", "add", address).stdout.strip()
        self.wait_phone("met", lambda p: p["state"] != "unknown", identity)
        if user:
            self.set("user", "'%s'" % user, phone=identity)
        if password:
            self.expect(0, "password", "phone", identity, stdin=password + "\n")
        return identity

    def wait_phone(self, what, test, identity=None):
        """Waits until test(phone) is true; what the status says of that phone, or of the first."""

        def pick(status):
            wanted = [p for p in status["phones"] if identity in (None, p["id"])]
            return wanted[0] if wanted and test(wanted[0]) else None

        return pick(self.wait_status("phone " + what, pick))

    def cli(self, *arguments, stdin="", deadline=None):
        """The offhook command line in this desktop."""
        return subprocess.run(
            [os.path.join(self.build, "tray/cli/offhook"), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.env,
            timeout=deadline or DEADLINE_S,
        )

    def expect(self, status, *arguments, stdin=""):
        """As cli(), and the exit status has to be that one."""
        done = self.cli(*arguments, stdin=stdin)
        if done.returncode != status:
            raise Failure(
                "offhook %s: exit status %d instead of %d\n%s%s"
                % (" ".join(arguments), done.returncode, status, done.stdout, done.stderr)
            )
        return done

    def status(self):
        return json.loads(self.expect(0, "status", "--json").stdout)

    def history(self, *arguments):
        """The call list, newest first."""
        return json.loads(self.expect(0, "history", "--json", *arguments).stdout)

    def wait_status(self, what, test, deadline=None):
        """Waits until test(status) is true, looking again whenever anything changes on the bus."""
        return self.wait_seen(self.status, what, test, deadline)

    def wait_history(self, what, test, deadline=None):
        """The same for the call list."""
        return self.wait_seen(self.history, what, test, deadline)

    def wait_seen(self, look, what, test, deadline=None):
        """Waits until test(look()) is true, looking again whenever anything changes on the bus."""
        end = time.monotonic() + (deadline or DEADLINE_S)
        monitor = subprocess.Popen(
            ["gdbus", "monitor", "--session", "--dest", "org.offhook.Agent"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.env,
            text=True,
        )
        lines = queue.Queue()
        reader = threading.Thread(target=lambda: [lines.put(l) for l in monitor.stdout], daemon=True)
        reader.start()
        try:
            while True:
                status = look()
                if test(status):
                    return status
                try:
                    lines.get(timeout=min(1.0, max(0.01, end - time.monotonic())))
                except queue.Empty:
                    pass
                while not lines.empty():
                    lines.get_nowait()
                if time.monotonic() > end:
                    raise Failure("never %s: %s\n%s" % (what, json.dumps(status, indent=1), self.agent_log()))
        finally:
            monitor.terminate()
            monitor.wait()
            reader.join(5)

    def wait_property(self, name, value, deadline=None):
        """Waits until a boolean property of the agent has that value."""
        wanted = "(<%s>,)" % ("true" if value else "false")
        seen = None
        end = time.monotonic() + (deadline or DEADLINE_S)
        while seen != wanted and time.monotonic() < end:
            seen = subprocess.run(
                ["gdbus", "call", "--session", "--dest", "org.offhook.Agent", "--object-path", "/org/offhook/Agent",
                 "--method", "org.freedesktop.DBus.Properties.Get", "org.offhook.Agent1", name],
                env=self.env, capture_output=True, text=True,
            ).stdout.strip()
        if seen != wanted:
            raise Failure("%s is %s, not %s" % (name, seen, wanted))

    def agent_pid(self):
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
             "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", "org.offhook.Agent"],
            env=self.env, capture_output=True, text=True,
        )
        return int(done.stdout.strip("(),\n ").split()[-1]) if done.returncode == 0 else None

    def agent_log(self, lines=40):
        try:
            with open(self.path("agent.log"), encoding="utf-8", errors="replace") as log:
                return "".join(log.readlines()[-lines if lines else 0:])
        except FileNotFoundError:
            return ""

    def stop_agent(self, how=signal.SIGTERM):
        """Ends the agent and waits until it is gone."""
        pid = self.agent_pid()
        if pid is None:
            return
        gone = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        os.kill(pid, how)
        end = time.monotonic() + DEADLINE_S
        if gone is not None:
            import select

            poller = select.poll()
            poller.register(gone, select.POLLIN)
            poller.poll(DEADLINE_S * 1000)
            os.close(gone)
        while os.path.exists("/proc/%d" % pid) and time.monotonic() < end and gone is None:
            time.sleep(0.01)

    def complaints(self):
        """What no agent should ever have to log: broken promises inside, and what sanitizers see."""
        try:
            with open(self.path("agent.log"), encoding="utf-8", errors="replace") as log:
                text = log.read()
        except FileNotFoundError:
            return []
        found = [line + "\n" for line in text.split("\n") if COMPLAINT.search(line)]
        # libsecret's file backend keeps a string for each write; ours is what our code was part of
        leaks = [block for block in text.split("\n\n") if "leak of" in block]
        return found + [block + "\n" for block in leaks if OWN_FRAME.search(block)]

    def close(self):
        complaints = []
        if self.bus is not None:
            self.stop_agent()
            complaints = self.complaints()
            self.bus.terminate()
            self.bus.wait()
            self.bus.stdout.close()
            self.log.close()
        for peer in self.peers:
            peer.stop()
        if self.realm:
            subprocess.run([os.path.join(SUPPORT, "mit-realm.sh"), "stop", self.path("realm")], check=False)
        if os.environ.get("OH_KEEP"):
            print("# kept: " + self.dir)
        else:
            shutil.rmtree(self.dir, ignore_errors=True)
        return complaints


def run(tests):
    """Runs functions as a TAP producer; the exit status says whether all passed."""
    import traceback

    bad = 0
    print("1..%d" % len(tests), flush=True)
    for number, test in enumerate(tests, 1):
        start = time.monotonic()
        try:
            test()
            verdict = "ok"
        except Exception:  # whatever went wrong is the verdict
            verdict = "not ok"
            bad += 1
            for line in traceback.format_exc().rstrip().split("\n"):
                print("# " + line)
        name = (test.__doc__ or test.__name__).strip().split("\n")[0]
        print("%s %d - %s (%.1f s)" % (verdict, number, name, time.monotonic() - start), flush=True)
    return 1 if bad else 0
