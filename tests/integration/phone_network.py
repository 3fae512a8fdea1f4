# SPDX-License-Identifier: GPL-3.0-or-later
"""An office of namespaces on one switch: the desk, and phones with hardware addresses of their own.

    desk 10.74.0.2 ──┐
    phone 10.74.0.10 ┼── switch
    phone 10.74.0.11 ┘

A network of fourteen addresses: asking each of them takes a second.

What a computer sees of its neighbours is real here: ARP, multicast, and addresses that change. Needs
root and `ip` of iproute2, and says so rather than passing by.
"""

import os
import shutil
import subprocess

import harness

IP = shutil.which("ip", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "/usr/sbin/ip"
DESK = "10.74.0.2"


def ip(*arguments, check=True):
    done = subprocess.run([IP, *arguments], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise harness.Failure("ip %s: %s" % (" ".join(arguments), done.stderr.strip()))
    return done.stdout


class PhoneNetwork(harness.Desk):
    """A desk whose agent runs in the office."""

    def __init__(self, build=harness.BUILD):
        super().__init__(build)
        self.spaces = []
        self.agent_prefix = []

    def __enter__(self):
        if os.geteuid() != 0:
            raise harness.Failure("network namespaces need root: run the suite as root, as packaging/check does")
        try:
            self.switch = self._space("switch")
            ip("-n", self.switch, "link", "add", "name", "hub", "type", "bridge")
            ip("-n", self.switch, "link", "set", "hub", "up")
            self.desk = self.plug("desk", DESK, "02:00:00:00:00:02")
            self.agent_prefix = self.inside("desk")
            self._name_nothing()
        except Exception:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *why):
        try:
            super().__exit__(*why)
        finally:
            for name in self.spaces:
                ip("netns", "del", name, check=False)
            shutil.rmtree(os.path.join("/etc/netns", self._name("desk")), ignore_errors=True)

    def _name(self, place):
        return "oh-%d-%s" % (os.getpid(), place)

    def _space(self, place):
        name = self._name(place)
        ip("netns", "add", name)
        self.spaces.append(name)
        ip("-n", name, "link", "set", "lo", "up")
        return name

    def _name_nothing(self):
        """No name server, at once: guesses fail without waiting."""
        etc = os.path.join("/etc/netns", self.desk)
        os.makedirs(etc, exist_ok=True)
        with open(os.path.join(etc, "hosts"), "w", encoding="utf-8") as hosts:
            hosts.write("127.0.0.1 localhost\n")
        with open(os.path.join(etc, "resolv.conf"), "w", encoding="utf-8") as resolver:
            resolver.write("nameserver 127.0.0.1\noptions attempts:1 timeout:1\n")

    def plug(self, place, address, mac):
        """A device on the switch; its namespace."""
        name = self._space(place)
        ip("-n", name, "link", "add", "name", "lan", "address", mac, "type", "veth",
           "peer", "name", place, "netns", self.switch)
        ip("-n", self.switch, "link", "set", place, "master", "hub", "up")
        ip("-n", name, "link", "set", "lan", "up")
        self.give(place, address)
        return name

    def give(self, place, address):
        """An address, as a DHCP server does; the one before is gone."""
        ip("-n", self._name(place), "addr", "flush", "dev", "lan", "scope", "global")
        ip("-n", self._name(place), "addr", "add", address + "/28", "dev", "lan")
        ip("-n", self._name(place), "route", "replace", "224.0.0.0/4", "dev", "lan")

    def forget_neighbours(self):
        """What the desk knows of who has which address is as old as that."""
        ip("-n", self.desk, "neigh", "flush", "dev", "lan")

    def inside(self, place):
        """What to put before a command that shall run there."""
        return [IP, "netns", "exec", self._name(place)]

    def start_phone_at(self, place, address, mac, personality, *options):
        """A phone with the ports that phones have."""
        peer = self.start_peer(
            place,
            self.inside(place)
            + [
                os.path.join(self.build, "tests/phone-simulator/phone-simulator"),
                "--personality=" + personality,
                "--address=" + address,
                "--http-port=80",
                "--https-port=443",
                "--mac=" + mac,
                *options,
            ],
        )
        peer.listening = peer.wait("listening")
        return peer

    def meet(self, address):
        """Something at the desk speaks to that address: from then on it is a neighbour."""
        subprocess.run(
            self.inside("desk")
            + ["python3", "-c", "import socket; socket.create_connection(('%s', 80), 10).close()" % address],
            check=True,
        )
