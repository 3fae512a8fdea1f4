# SPDX-License-Identifier: GPL-3.0-or-later
"""One network namespace with a name server, web servers and front ends on addresses of their own, so
that all have the ports that they have in an office. Needs root, iproute2 and dnsmasq, and says so
rather than passing by.
"""

import json
import os
import shutil
import subprocess
import sys

import harness

IP = shutil.which("ip", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "/usr/sbin/ip"
DNSMASQ = shutil.which("dnsmasq", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "/usr/sbin/dnsmasq"
# Packets to these vanish on a cable that ends nowhere.
DEAD = "10.73.9.9"
DEAD_V6 = "2001:db8:73:9::9"
WEB_SERVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "web_server.py")


def place(number):
    """The address of the server with that number."""
    return "10.73.0.%d" % number


def place_v6(number):
    return "2001:db8:73::%x" % number


class NamedNetwork(harness.Desk):
    """A desk whose programs run in the namespace. NTLM, since the KDC is not in it."""

    def __init__(self, build, probe):
        super().__init__(build)
        self.name = "oh-%d-names" % os.getpid()
        self.probe_program = probe
        self.dns = None
        self.probes = []
        self.agent_prefix = self.inside()

    def __enter__(self):
        if os.geteuid() != 0:
            raise harness.Failure("network namespaces need root: run the suite as root, as packaging/check does")
        self._ip("netns", "add", self.name)
        try:
            self._set_up()
        except Exception:
            self.__exit__()
            raise
        return self

    def _set_up(self):
        self._on("link", "set", "lo", "up")
        for number in range(1, 10):
            self._on("addr", "add", place(number) + "/32", "dev", "lo")
            self._on("addr", "add", place_v6(number) + "/128", "dev", "lo", "nodad")
        self._on("link", "add", "void", "type", "veth", "peer", "name", "wall")
        self._on("link", "set", "void", "up")
        self._on("link", "set", "wall", "up")
        self._on("addr", "add", "10.73.9.1/24", "dev", "void")
        self._on("addr", "add", "2001:db8:73:9::1/64", "dev", "void", "nodad")
        for dead in (DEAD, DEAD_V6):  # nobody has this hardware address
            self._on("neigh", "add", dead, "lladdr", "02:00:00:00:00:99", "nud", "permanent", "dev", "void")
        etc = os.path.join("/etc/netns", self.name)
        os.makedirs(etc, exist_ok=True)
        with open(os.path.join(etc, "resolv.conf"), "w", encoding="utf-8") as out:
            out.write("nameserver 127.0.0.1\noptions attempts:1 timeout:2\n")
        with open(os.path.join(etc, "hosts"), "w", encoding="utf-8") as out:
            out.write("127.0.0.1 localhost\n")
        self.start_realm()

    def __exit__(self, *why):
        try:
            for probe in self.probes:
                if probe.process.poll() is None:
                    probe.send("quit")
                status = probe.process.wait(harness.DEADLINE_S)
                assert status == 0, (status, probe.errors[-30:])
        finally:
            self.stop_dns()
            try:
                super().__exit__(*why)
            finally:
                self._ip("netns", "del", self.name, check=False)
                shutil.rmtree(os.path.join("/etc/netns", self.name), ignore_errors=True)

    def _ip(self, *arguments, check=True):
        done = subprocess.run([IP, *arguments], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise harness.Failure("ip %s: %s" % (" ".join(arguments), done.stderr.strip()))

    def _on(self, *arguments):
        self._ip("-n", self.name, *arguments)

    def inside(self, *command):
        return [IP, "netns", "exec", self.name, *command]

    def write(self, name, text):
        """A file of that text; its path."""
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        return self.path(name)

    # --- what is in it ---

    def start_dns(self, *lines):
        """dnsmasq with these lines; it knows nothing else below .test. Answers when it returns."""
        self.stop_dns()
        with open(self.path("dnsmasq.conf"), "w", encoding="utf-8") as out:
            out.write("no-resolv\nno-hosts\nlisten-address=127.0.0.1\nbind-interfaces\nlocal=/test/\n")
            out.write("\n".join(lines) + "\n")
        self.dns = subprocess.Popen(
            self.inside(DNSMASQ, "-k", "-u", "root", "-C", self.path("dnsmasq.conf"), "--pid-file=",
                        "--log-facility=-"),
            stderr=subprocess.PIPE, text=True,
        )
        said = []
        for line in self.dns.stderr:
            said.append(line)
            if "started" in line:
                return
        raise harness.Failure("dnsmasq does not start: " + "".join(said))

    def stop_dns(self):
        if self.dns is not None:
            self.dns.terminate()
            self.dns.stderr.close()
            self.dns.wait()
            self.dns = None

    def server(self, host, number, *options, port=5061, address=None, certificate=None):
        """A front end of that name at that place."""
        certificate = certificate or host
        if not os.path.exists(self.path("certs", certificate + ".pem")):
            self.make_certificates(certificate)
        peer = self.start_peer(
            host,
            self.inside(
                os.path.join(self.build, "tests/fake-front-end/fake-front-end"),
                "--address=" + (address or place(number)),
                "--port=%d" % port,
                "--server=" + host,
                "--schemes=ntlm",
                "--certificate=" + self.path("certs", certificate + ".pem"),
                "--ntlm-users=" + self.path("realm", "ntlm-users"),
                *options,
            ),
        )
        peer.wait("listening")
        return peer

    def web(self, host, number, pages, port=80, tls=False, old=False):
        """A web server with these pages, {path: (status, headers, body)}; an old one has no TLS 1.2."""
        if not os.path.exists(self.path("certs", host + ".pem")):
            self.make_certificates(host)
        with open(self.path("pages-%d-%d" % (number, port)), "w", encoding="utf-8") as out:
            json.dump(pages, out)
        peer = self.start_peer(
            "web " + host,
            self.inside(sys.executable, WEB_SERVER, place(number), str(port),
                        self.path("pages-%d-%d" % (number, port)),
                        *([self.path("certs", host + ".pem")] if tls else []), *(["old"] if old else [])),
        )
        peer.wait("listening")
        return peer

    def probe(self, *options):
        """Signs in alice; nothing is typed but what is in the options."""
        self.make_certificates("any.test")  # that there is an authority
        peer = self.start_peer(
            "probe",
            self.inside(
                self.probe_program,
                "--uri=sip:alice@" + harness.DOMAIN,
                "--login=FABRIKAM\\alice",
                "--password=" + harness.PASSWORD,
                "--ca-file=" + self.path("certs", "ca.pem"),
                *options,
            ),
        )
        self.probes.append(peer)
        peer.send("sign-in")
        return peer
