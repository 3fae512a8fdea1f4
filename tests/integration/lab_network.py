# SPDX-License-Identifier: GPL-3.0-or-later
"""Three network namespaces in a row: the desk, the way, and the hall with the front ends.

    desk 10.71.1.2 ── 10.71.1.1 way 10.71.2.1 ── 10.71.2.2, 10.71.2.3 hall

What happens on the way is unseen at both ends: packets vanish without a word, cables come out. Needs
root and `ip` of iproute2, and says so rather than passing by.
"""

import os
import shutil
import subprocess

import harness

DESK = "10.71.1.2"
GATE = "10.71.1.1"
HALL = ("10.71.2.2", "10.71.2.3")
# Where it is installed even for those whose PATH has no sbin; the bus wants it in full.
IP = shutil.which("ip", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "/usr/sbin/ip"
SERVER = "fe1.fabrikam.test"
PORT = 5061


def ip(*arguments, check=True):
    done = subprocess.run([IP, *arguments], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise harness.Failure("ip %s: %s" % (" ".join(arguments), done.stderr.strip()))
    return done.stdout


class Network:
    """The namespaces; they are gone again after the with block."""

    def __init__(self):
        self.names = {place: "oh-%d-%s" % (os.getpid(), place) for place in ("desk", "way", "hall")}
        self.address = DESK

    def __enter__(self):
        if os.geteuid() != 0:
            raise harness.Failure("network namespaces need root: run the suite as root, as packaging/check does")
        try:
            for place in self.names:
                ip("netns", "add", self.names[place])
                self.on(place, "link", "set", "lo", "up")
            self._join("desk", "lan", DESK + "/24", "door", GATE + "/24")
            self._join("hall", "lan", HALL[0] + "/24", "yard", "10.71.2.1/24")
            self.on("hall", "addr", "add", HALL[1] + "/24", "dev", "lan")
            self.on("desk", "route", "add", "default", "via", GATE)
            self.on("hall", "route", "add", "default", "via", "10.71.2.1")
            subprocess.run(
                self.inside("way") + ["sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"], check=True
            )
            self.name(*HALL[:1])
        except Exception:
            self.__exit__()
            raise
        return self

    def __exit__(self, *why):
        for name in self.names.values():
            ip("netns", "del", name, check=False)
        shutil.rmtree(self._etc(), ignore_errors=True)

    def _etc(self):
        return os.path.join("/etc/netns", self.names["desk"])

    def _join(self, place, here, address, there, gate):
        ip("-n", self.names[place], "link", "add", "name", here, "type", "veth",
           "peer", "name", there, "netns", self.names["way"])
        self.on(place, "addr", "add", address, "dev", here)
        self.on("way", "addr", "add", gate, "dev", there)
        self.on(place, "link", "set", here, "up")
        self.on("way", "link", "set", there, "up")

    def on(self, place, *arguments):
        """`ip` in one of the namespaces."""
        return ip("-n", self.names[place], *arguments)

    def inside(self, place):
        """What to put before a command that shall run there."""
        return [IP, "netns", "exec", self.names[place]]

    def name(self, *addresses):
        """What the server's name means at the desk, from the next start of a program on."""
        os.makedirs(self._etc(), exist_ok=True)
        with open(os.path.join(self._etc(), "hosts"), "w", encoding="utf-8") as hosts:
            hosts.write("127.0.0.1 localhost\n" + "".join("%s %s\n" % (a, SERVER) for a in addresses))
        with open(os.path.join(self._etc(), "resolv.conf"), "w", encoding="utf-8") as resolver:
            resolver.write("nameserver 127.0.0.1\noptions attempts:1 timeout:1\n")

    # --- what goes wrong ---

    def swallow(self, on=True):
        """Packets vanish on the way; nobody is told."""
        self.on("way", "rule", "add" if on else "del", "pref", "1", "blackhole")

    def swallow_for(self, address, on=True):
        """Only those to one address."""
        self.on("way", "route", "add" if on else "del", "blackhole", address + "/32")

    def unplug(self, out=True):
        """The cable: the desk's carrier goes, its address stays."""
        self.on("way", "link", "set", "door", "down" if out else "up")

    def take_network(self):
        """What a network manager does when there is none any more."""
        self.on("desk", "addr", "flush", "dev", "lan")
        self.on("desk", "link", "set", "lan", "down")

    def give_network(self, address=DESK):
        """... and when there is one again."""
        self.on("desk", "link", "set", "lan", "up")
        self.on("desk", "addr", "replace", address + "/24", "dev", "lan")
        self.on("desk", "route", "replace", "default", "via", GATE)

    def move(self, address):
        """Another address, as from another DHCP server: the old one is gone."""
        self.on("desk", "addr", "flush", "dev", "lan", "scope", "global")
        self.give_network(address)


class NetworkDesk(harness.Desk):
    """A desk in the network: agent and probe run at the desk, front ends in the hall. NTLM, since
    the KDC is in neither."""

    def __init__(self, network, build=harness.BUILD):
        super().__init__(build)
        self.network = network
        self.agent_prefix = network.inside("desk")

    def start_front_end(self, *options, address=HALL[0]):
        if not os.path.exists(self.path("certs", SERVER + ".pem")):
            self.make_certificates(SERVER)
        if not self.realm:
            self.start_realm()
        peer = self.start_peer(
            "front end " + address,
            self.network.inside("hall")
            + [
                os.path.join(self.build, "tests/fake-front-end/fake-front-end"),
                "--address=" + address,
                "--port=%d" % PORT,
                "--server=" + SERVER,
                "--schemes=ntlm",
                "--certificate=" + self.path("certs", SERVER + ".pem"),
                "--ntlm-users=" + self.path("realm", "ntlm-users"),
                *options,
            ],
        )
        peer.port = peer.wait("listening")["port"]
        return peer

    def sign_in(self):
        """Settings, password, agent; online when it returns."""
        self.start_bus()
        self.set("uri", "'sip:alice@%s'" % harness.DOMAIN)
        self.set("login", "'FABRIKAM\\\\alice'")
        self.set("server", "'%s:%d'" % (SERVER, PORT))
        self.set("ca-file", "'%s'" % self.path("certs", "ca.pem"))
        self.set("mechanism", "'ntlm'")
        self.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        self.expect(0, "sign-in")
        return self.wait_state("online")

    def wait_state(self, state, deadline=None, **fields):
        """Waits until the endpoint is in that state, and has those fields; returns it."""

        def there(status):
            endpoint = status["endpoint"]
            return endpoint["state"] == state and all(endpoint[k] == v for k, v in fields.items())

        return self.wait_status(state, there, deadline)["endpoint"]

    def start_probe(self, probe, *options):
        """The registration without bus and agent, at the desk."""
        peer = self.start_peer(
            "probe",
            self.network.inside("desk")
            + [
                probe,
                "--uri=sip:alice@" + harness.DOMAIN,
                "--login=FABRIKAM\\alice",
                "--password=" + harness.PASSWORD,
                "--server=%s:%d" % (SERVER, PORT),
                "--ca-file=" + self.path("certs", "ca.pem"),
                *options,
            ],
        )
        peer.send("sign-in")
        return peer
