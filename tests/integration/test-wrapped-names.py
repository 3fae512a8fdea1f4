#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the server is found, for whoever is not root: DNS answers come from a file through
libresolv_wrapper and libnss_wrapper, front ends are on loopback. What needs several records of a name
or the usual ports is in test-finding-server.py.

usage: test-wrapped-names.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import os

import harness
import test_realm
from sign_in_desk import BUILD, ONLY, PROBE

INSIDE = "_sipinternaltls._tcp.fabrikam.test"
OUTSIDE = "_sip._tls.fabrikam.test"
LIBRARIES = "libresolv_wrapper.so libnss_wrapper.so"


class Wrapped(harness.Desk):
    def __init__(self):
        super().__init__(BUILD)
        self.probes = []
        self.start_realm()

    def server(self, host, *options):
        if not os.path.exists(self.path("certs", host + ".pem")):
            self.make_certificates(host)
        peer = self.start_peer(host, [
            os.path.join(BUILD, "tests/fake-front-end/fake-front-end"), "--server=" + host,
            "--schemes=ntlm", "--certificate=" + self.path("certs", host + ".pem"),
            "--ntlm-users=" + self.path("realm", "ntlm-users"), *options,
        ])
        peer.port = peer.wait("listening")["port"]
        return peer

    def probe(self, records, names, *options):
        """Signs in; records: (SRV name, host, port), names: hosts that are this computer."""
        with open(self.path("records"), "w", encoding="utf-8") as out:
            for record, host, port in records:
                out.write("SRV %s %s %d 0 0\n" % (record, host, port))
        with open(self.path("names"), "w", encoding="utf-8") as out:
            for name in names:
                out.write("127.0.0.1 %s\n" % name)
        command = ["env", "LD_PRELOAD=" + LIBRARIES, "RESOLV_WRAPPER_HOSTS=" + self.path("records"),
                   "NSS_WRAPPER_HOSTS=" + self.path("names"),
                   # the sanitizer wants to find its own functions in all libraries
                   "RESOLV_WRAPPER_DISABLE_DEEPBIND=1", "NSS_WRAPPER_DISABLE_DEEPBIND=1",
                   PROBE, "--uri=sip:alice@" + harness.DOMAIN, "--login=FABRIKAM\\alice",
                   "--password=" + harness.PASSWORD, "--ca-file=" + self.path("certs", "ca.pem"), *options]
        peer = self.start_peer("probe", command)
        self.probes.append(peer)
        peer.send("sign-in")
        return peer

    def __exit__(self, *why):
        try:
            for probe in self.probes:
                probe.send("quit")
                status = probe.process.wait(harness.DEADLINE_S)
                assert status == 0, (status, probe.errors[-30:])
        finally:
            super().__exit__(*why)


def record_inside():
    with Wrapped() as desk:
        fe = desk.server("fe1.fabrikam.test")
        probe = desk.probe([(INSIDE, "fe1.fabrikam.test", fe.port)], ["fe1.fabrikam.test"])
        assert probe.wait("state", state="online")["server"] == "fe1.fabrikam.test:%d" % fe.port


def record_outside_when_the_one_inside_leads_nowhere():
    with Wrapped() as desk:
        edge = desk.server("edge.fabrikam.test", "--edge")
        probe = desk.probe([(INSIDE, "fe1.fabrikam.test", 5061), (OUTSIDE, "edge.fabrikam.test", edge.port)],
                           ["edge.fabrikam.test"])
        online = probe.wait("state", state="online")
        assert online["server"] == "edge.fabrikam.test:%d" % edge.port and online["remote"] is True, online


def foreign_target():
    with Wrapped() as desk:
        fe = desk.server("fe1.contoso.test")
        records = [(INSIDE, "fe1.contoso.test", fe.port)]
        failed = desk.probe(records, ["fe1.contoso.test"]).wait("state", state="failed")
        assert "“fe1.contoso.test”" in failed["reason"] and "“trusted-domains”" in failed["reason"], failed
        probe = desk.probe(records, ["fe1.contoso.test"], "--trusted-domain=contoso.test")
        probe.wait("state", state="online")


def certificate_names_the_target():
    """not the address, and not the domain"""
    with Wrapped() as desk:
        desk.make_certificates("fe1.fabrikam.test=fabrikam.test")
        fe = desk.server("fe1.fabrikam.test")
        probe = desk.probe([(INSIDE, "fe1.fabrikam.test", fe.port)], ["fe1.fabrikam.test"])
        failed = probe.wait("state", state="failed")
        assert failed["code"] == "certificate-untrusted" and "“fe1.fabrikam.test”" in failed["reason"], failed


TESTS = [record_inside, record_outside_when_the_one_inside_leads_nowhere, foreign_target,
         certificate_names_the_target]

test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
