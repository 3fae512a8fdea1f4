#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the server is found: the registration against real DNS, web servers and front ends in a network
namespace. Needs root.

usage: test-finding-server.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import os
import sys

import harness
import test_realm
from named_network import DEAD, DEAD_V6, NamedNetwork, place, place_v6

BUILD, PROBE = sys.argv[1:3]
ONLY = sys.argv[3:]
INSIDE = "_sipinternaltls._tcp.fabrikam.test"
OUTSIDE = "_sip._tls.fabrikam.test"
XML = {"Content-Type": "application/vnd.microsoft.rtc.autodiscover+xml; v=1"}


def network():
    return NamedNetwork(BUILD, PROBE)


def srv(record, host, port, priority=0, weight=0):
    return "srv-host=%s,%s,%d,%d,%d" % (record, host, port, priority, weight)


def at(host, *addresses):
    """A name and what it means, and nothing else."""
    return ["address=/%s/%s" % (host, address) for address in addresses]


def online(probe, server):
    """It is signed in there, at the first attempt."""
    seen = probe.wait("state", state="online")
    assert seen["server"] == server, seen
    states = [e["state"] for e in probe.events if e["event"] == "state"]
    assert "waiting" not in states, states
    return seen


def connections(peer):
    return sum(1 for e in peer.drain() if e["event"] == "connected")


# ---------------------------------------------------------------- DNS

def lowest_priority_first():
    with network() as desk:
        desk.start_dns(srv(INSIDE, "fe2.fabrikam.test", 5061, 20), srv(INSIDE, "fe1.fabrikam.test", 5061, 10),
                       *at("fe1.fabrikam.test", place(1)), *at("fe2.fabrikam.test", place(2)))
        first = desk.server("fe1.fabrikam.test", 1)
        second = desk.server("fe2.fabrikam.test", 2)
        online(desk.probe(), "fe1.fabrikam.test:5061")
        assert connections(second) == 0
        # ... and the next one when that is gone
        first.stop()
        online(desk.probe(), "fe2.fabrikam.test:5061")


def inside_before_outside():
    with network() as desk:
        desk.start_dns(srv(OUTSIDE, "edge.fabrikam.test", 443), srv(INSIDE, "fe1.fabrikam.test", 5061),
                       *at("fe1.fabrikam.test", place(1)), *at("edge.fabrikam.test", place(2)))
        desk.server("fe1.fabrikam.test", 1)
        edge = desk.server("edge.fabrikam.test", 2, "--edge", port=443)
        assert online(desk.probe(), "fe1.fabrikam.test:5061")["remote"] is False
        assert connections(edge) == 0


def well_known_names_without_records():
    for host, port in (("sipinternal", 5061), ("sip", 5061), ("sip", 443), ("sipexternal", 443)):
        with network() as desk:
            name = host + ".fabrikam.test"
            desk.start_dns(*at(name, place(1)))
            desk.server(name, 1, port=port)
            online(desk.probe(), "%s:%d" % (name, port))


def domain_itself_comes_last():
    with network() as desk:
        desk.start_dns("host-record=fabrikam.test," + place(1))
        desk.server("fabrikam.test", 1)
        online(desk.probe(), "fabrikam.test:5061")


def no_name_at_all():
    with network() as desk:
        desk.start_dns()
        waiting = desk.probe().wait("state", state="waiting")
        assert waiting["code"] == "unreachable" and "fabrikam.test" in waiting["reason"], waiting


def service_decidedly_not_here():
    """a target of "." alone, which GLib answers with nothing at all"""
    with network() as desk:
        desk.start_dns("srv-host=" + INSIDE, srv(OUTSIDE, "edge.fabrikam.test", 443),
                       *at("edge.fabrikam.test", place(1)))
        desk.server("edge.fabrikam.test", 1, port=443)
        online(desk.probe(), "edge.fabrikam.test:443")
    with network() as desk:
        desk.start_dns("srv-host=" + INSIDE, "srv-host=" + OUTSIDE, *at("sip.fabrikam.test", place(1)))
        desk.server("sip.fabrikam.test", 1)
        online(desk.probe(), "sip.fabrikam.test:5061")


def foreign_target_is_named_and_never_asked():
    with network() as desk:
        desk.start_dns(srv(INSIDE, "pool.contoso.test", 5061), *at("pool.contoso.test", place(1)))
        pool = desk.server("pool.contoso.test", 1)
        failed = desk.probe().wait("state", state="failed")
        assert failed["code"] == "certificate-untrusted", failed
        assert "“pool.contoso.test”" in failed["reason"] and "“trusted-domains”" in failed["reason"], failed
        assert failed["asked"] == 0 and connections(pool) == 0, failed
        online(desk.probe("--trusted-domain=example.test", "--trusted-domain=contoso.test"),
               "pool.contoso.test:5061")


def strict_names():
    with network() as desk:
        desk.start_dns(srv(INSIDE, "fe1.berlin.fabrikam.test", 5061), *at("fe1.berlin.fabrikam.test", place(1)))
        desk.server("fe1.berlin.fabrikam.test", 1)
        failed = desk.probe("--server-names=strict").wait("state", state="failed")
        assert "“fe1.berlin.fabrikam.test”" in failed["reason"], failed
        online(desk.probe(), "fe1.berlin.fabrikam.test:5061")


def records_of_tcp_are_reported_alone():
    with network() as desk:
        desk.start_dns(srv("_sipinternal._tcp.fabrikam.test", "fe1.fabrikam.test", 5061),
                       *at("fe1.fabrikam.test", place(1)))
        server = desk.server("fe1.fabrikam.test", 1)
        waiting = desk.probe().wait("state", state="waiting")
        assert "without encryption" in waiting["reason"] and "fe1.fabrikam.test" in waiting["reason"], waiting
        assert connections(server) == 0


# ---------------------------------------------------------------- addresses

def dead_address_before_a_live_one():
    """of one name: the dead one does not use up the candidate's time"""
    for family in (place(1), place_v6(1)):
        with network() as desk:
            desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061),
                           *at("fe1.fabrikam.test", DEAD, DEAD_V6, family))
            desk.server("fe1.fabrikam.test", 1, address=family)
            online(desk.probe(), "fe1.fabrikam.test:5061")


def ipv6_only():
    with network() as desk:
        desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061), *at("fe1.fabrikam.test", place_v6(1)))
        desk.server("fe1.fabrikam.test", 1, address=place_v6(1))
        online(desk.probe(), "fe1.fabrikam.test:5061")


# ---------------------------------------------------------------- who does not serve

def silent_server_is_passed_over():
    """whether it says nothing at all, or falls silent after the challenge"""
    first, later = "did not answer for 30 seconds", "is passed over"
    for event, options, why in (("scripted", "expect early always REGISTER\ndrop\n", first), ("fault", "", later)):
        with network() as desk:
            desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061, 1), srv(INSIDE, "fe2.fabrikam.test", 5061, 2),
                           *at("fe1.fabrikam.test", place(1)), *at("fe2.fabrikam.test", place(2)))
            silent = desk.server("fe1.fabrikam.test", 1, "--script=" + desk.write("script", options))
            silent.send("drop REGISTER -1")
            silent.wait("control", ok=True)
            desk.server("fe2.fabrikam.test", 2)
            probe = desk.probe()
            probe.wait("state", state="signing-in", server="fe1.fabrikam.test:5061")
            silent.wait(event)
            probe.send("hurry 10")
            probe.wait("state", state="connecting")
            probe.send("hurry 1")
            online(probe, "fe2.fabrikam.test:5061")
            probe.told(why)


def server_out_of_order_is_passed_over():
    for status in (503, 504):
        with network() as desk:
            desk.start_dns(srv(OUTSIDE, "e1.fabrikam.test", 443, 1), srv(OUTSIDE, "e2.fabrikam.test", 443, 2),
                           *at("e1.fabrikam.test", place(1)), *at("e2.fabrikam.test", place(2)))
            broken = desk.server("e1.fabrikam.test", 1, "--edge", port=443)
            broken.send("refuse-early REGISTER %d - -1" % status)
            broken.wait("control", ok=True)
            desk.server("e2.fabrikam.test", 2, "--edge", port=443)
            online(desk.probe(), "e2.fabrikam.test:443")


def refusal_is_an_answer():
    """403 would be the same at the next server, and a password is not carried from one to another"""
    with network() as desk:
        desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061, 1), srv(INSIDE, "fe2.fabrikam.test", 5061, 2),
                       *at("fe1.fabrikam.test", place(1)), *at("fe2.fabrikam.test", place(2)))
        first = desk.server("fe1.fabrikam.test", 1)
        first.send("refuse REGISTER 403")
        first.wait("control", ok=True)
        second = desk.server("fe2.fabrikam.test", 2)
        assert "403" in desk.probe().wait("state", state="failed")["reason"]
        assert connections(second) == 0


# ---------------------------------------------------------------- what is remembered, what is typed

def last_server_works_without_dns():
    with network() as desk:
        state = desk.path("state")
        os.makedirs(state)
        desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061), *at("fe1.fabrikam.test", place(1)),
                       *at("pool2.fabrikam.test", place(2)))
        first = desk.server("fe1.fabrikam.test", 1)
        online(desk.probe("--state-dir=" + state), "fe1.fabrikam.test:5061")
        # the records are gone, the name is not
        desk.start_dns(*at("fe1.fabrikam.test", place(1)), *at("pool2.fabrikam.test", place(2)))
        online(desk.probe("--state-dir=" + state), "fe1.fabrikam.test:5061")
        # moved: whoever sends us away is not asked first any more
        second = desk.server("pool2.fabrikam.test", 2)
        first.send("redirect pool2.fabrikam.test:5061")
        first.wait("control", ok=True)
        online(desk.probe("--state-dir=" + state), "pool2.fabrikam.test:5061")
        before = connections(first)
        online(desk.probe("--state-dir=" + state), "pool2.fabrikam.test:5061")
        assert connections(first) == before
        # gone for good: one attempt, then the search
        second.stop()
        desk.start_dns(srv(INSIDE, "fe1.fabrikam.test", 5061), *at("fe1.fabrikam.test", place(1)))
        online(desk.probe("--state-dir=" + state), "fe1.fabrikam.test:5061")


def typed_servers_inside_and_outside():
    with network() as desk:
        desk.start_dns(*at("in.example.test", place(1)), *at("out.example.test", place(2)),
                       srv(INSIDE, "fe3.fabrikam.test", 5061), *at("fe3.fabrikam.test", place(3)))
        inside = desk.server("in.example.test", 1, port=5062)
        outside = desk.server("out.example.test", 2, "--edge", port=443)
        found = desk.server("fe3.fabrikam.test", 3)
        typed = ("--server=in.example.test:5062", "--external-server=out.example.test:443")
        assert online(desk.probe(*typed), "in.example.test:5062")["remote"] is False
        assert connections(outside) == 0
        inside.stop()
        assert online(desk.probe(*typed), "out.example.test:443")["remote"] is True
        assert connections(found) == 0


# ---------------------------------------------------------------- outside

def edge_on_443_with_ntlm_alone():
    with network() as desk:
        state = desk.path("state")
        os.makedirs(state)
        desk.start_dns(srv(OUTSIDE, "edge.fabrikam.test", 443), *at("edge.fabrikam.test", place(1)))
        edge = desk.server("edge.fabrikam.test", 1, "--edge", port=443)
        seen = online(desk.probe("--state-dir=" + state), "edge.fabrikam.test:443")
        assert seen["remote"] is True and seen["mechanism"] == "ntlm", seen
        assert not [e for e in edge.drain() if e["event"] == "violation"], edge.events
        # back in the office: the Edge of last time stands behind what only those inside can find
        desk.start_dns(srv(OUTSIDE, "edge.fabrikam.test", 443), srv(INSIDE, "fe1.fabrikam.test", 5061),
                       *at("edge.fabrikam.test", place(1)), *at("fe1.fabrikam.test", place(2)))
        desk.server("fe1.fabrikam.test", 2)
        assert online(desk.probe("--state-dir=" + state), "fe1.fabrikam.test:5061")["remote"] is False


def agent_with_settings():
    """the agent itself: its settings, its status, its folder"""
    with network() as desk:
        desk.start_dns(srv(INSIDE, "fe1.contoso.test", 5061), srv(OUTSIDE, "edge.fabrikam.test", 443),
                       *at("fe1.contoso.test", place(1)), *at("edge.fabrikam.test", place(2)),
                       *at("out.example.test", place(3)))
        edge = desk.server("edge.fabrikam.test", 2, "--edge", port=443)
        desk.server("fe1.contoso.test", 1)
        desk.server("out.example.test", 3, "--edge", port=4443)
        desk.start_bus()
        desk.set("uri", "'sip:alice@%s'" % harness.DOMAIN)
        desk.set("login", "'FABRIKAM\\\\alice'")
        desk.set("ca-file", "'%s'" % desk.path("certs", "ca.pem"))
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")

        def signed_in(server, remote):
            def there(status):
                endpoint = status["endpoint"]
                return (endpoint["state"], endpoint["server"]) == ("online", server)

            assert desk.wait_status("at " + server, there)["endpoint"]["remote"] is remote

        desk.expect(0, "sign-in")
        signed_in("edge.fabrikam.test:443", True)
        assert "Edge" in desk.expect(0, "status").stdout
        edge.wait("registered")
        desk.set("trusted-domains", "['contoso.test']")
        signed_in("fe1.contoso.test:5061", False)
        assert "Edge" not in desk.expect(0, "status").stdout
        desk.set("external-server", "'out.example.test:4443'")
        signed_in("out.example.test:4443", True)
        with open(desk.path("home/.local/state/offhook/last-server"), encoding="utf-8") as stream:
            kept = stream.read()
        assert "server=fe1.contoso.test:5061" in kept and "uri=sip:alice@fabrikam.test" in kept, kept


# ---------------------------------------------------------------- autodiscover

def document(inner, location="Internal"):
    return (200, XML, '<?xml version="1.0"?><AutodiscoverResponse AccessLocation="%s" xmlns="http://schemas.microsoft.com/'
            'rtc/2010/03/autodiscover">%s</AutodiscoverResponse>' % (location, inner))


USER = ('<User><SipClientInternalAccess fqdn="pool1.fabrikam.test" port="5061"/>'
        '<SipClientExternalAccess fqdn="edge.fabrikam.test" port="443"/></User>')


def link(token, href):
    return '<Root><Link token="%s" href="%s"/></Root>' % (token, href)


POOLS = at("pool1.fabrikam.test", place(1)) + at("edge.fabrikam.test", place(2))


def autodiscover_over_http():
    with network() as desk:
        desk.start_dns(*POOLS, *at("lyncdiscoverinternal.fabrikam.test", place(3)))
        desk.server("pool1.fabrikam.test", 1)
        web = desk.web("lyncdiscoverinternal.fabrikam.test", 3, {"/": document(USER)})
        online(desk.probe(), "pool1.fabrikam.test:5061")
        asked = web.wait("asked")
        assert asked["path"] == "/?sipuri=alice@fabrikam.test", asked
        assert asked["accept"] == "application/vnd.microsoft.rtc.autodiscover+xml;v=1", asked


def autodiscover_over_https_with_links():
    """from the root over a link and a redirect within a document about the user"""
    with network() as desk:
        desk.start_dns(*POOLS, *at("lyncdiscover.fabrikam.test", place(3)), *at("web2.fabrikam.test", place(4)))
        desk.server("edge.fabrikam.test", 2, "--edge", port=443)
        desk.web("lyncdiscover.fabrikam.test", 3, {
            "/": document(link("User", "https://lyncdiscover.fabrikam.test/user")),
            "/user": document("<User>%s</User>" % link("Redirect", "https://web2.fabrikam.test/a")[6:-7]),
        }, port=443, tls=True)
        desk.web("web2.fabrikam.test", 4, {
            "/a": (302, {"Location": "/b"}, ""), "/b": document(USER, "External"),
        }, port=443, tls=True)
        seen = online(desk.probe(), "edge.fabrikam.test:443")
        assert seen["remote"] is True, seen


def autodiscover_never_back_to_http():
    with network() as desk:
        desk.start_dns(*POOLS, *at("lyncdiscover.fabrikam.test", place(3)), *at("web2.fabrikam.test", place(4)),
                       srv(OUTSIDE, "sip2.fabrikam.test", 443), *at("sip2.fabrikam.test", place(5)))
        pool = desk.server("pool1.fabrikam.test", 1)
        desk.server("sip2.fabrikam.test", 5, port=443)
        desk.web("lyncdiscover.fabrikam.test", 3, {
            "/": document(link("Redirect", "http://web2.fabrikam.test/a")),
        }, port=443, tls=True)
        plain = desk.web("web2.fabrikam.test", 4, {"/a": document(USER)})
        online(desk.probe(), "sip2.fabrikam.test:443")
        assert connections(pool) == 0 and not [e for e in plain.drain() if e["event"] == "asked"]


def autodiscover_certificate_counts():
    with network() as desk:
        desk.start_dns(*POOLS, *at("lyncdiscover.fabrikam.test", place(3)), srv(OUTSIDE, "edge.fabrikam.test", 443))
        pool = desk.server("pool1.fabrikam.test", 1)
        desk.server("edge.fabrikam.test", 2, port=443)
        desk.make_certificates("lyncdiscover.fabrikam.test=other.test")
        web = desk.web("lyncdiscover.fabrikam.test", 3, {"/": document(USER)}, port=443, tls=True)
        online(desk.probe(), "edge.fabrikam.test:443")
        assert connections(pool) == 0 and not [e for e in web.drain() if e["event"] == "asked"]


def autodiscover_wants_new_tls():
    """what an old web server offers is not taken: it is not even asked"""
    with network() as desk:
        desk.start_dns(*POOLS, *at("lyncdiscover.fabrikam.test", place(3)), srv(OUTSIDE, "edge.fabrikam.test", 443))
        pool = desk.server("pool1.fabrikam.test", 1)
        desk.server("edge.fabrikam.test", 2, port=443)
        web = desk.web("lyncdiscover.fabrikam.test", 3, {"/": document(USER)}, port=443, tls=True, old=True)
        probe = desk.probe()
        online(probe, "edge.fabrikam.test:443")
        probe.told("does not offer TLS 1.2")
        assert connections(pool) == 0 and not [e for e in web.drain() if e["event"] == "asked"]


def autodiscover_wants_a_ticket():
    with network() as desk:
        desk.start_dns(*at("lyncdiscoverinternal.fabrikam.test", place(3)), srv(INSIDE, "fe1.fabrikam.test", 5061),
                       *at("fe1.fabrikam.test", place(1)))
        desk.server("fe1.fabrikam.test", 1)
        desk.web("lyncdiscoverinternal.fabrikam.test", 3, {
            "/": document(link("User", "/user")), "/user": (401, {"X-MS-WebTicketURL": "https://x.test/"}, ""),
        })
        probe = desk.probe()
        online(probe, "fe1.fabrikam.test:5061")
        probe.told("wants a web ticket")


def autodiscover_leads_astray():
    """a foreign server, a circle, a document without end: DNS it is"""
    circle = {"/": document(link("Redirect", "/b")), "/b": document(link("Redirect", "/"))}
    foreign = {"/": document('<User><SipClientInternalAccess fqdn="evil.test" port="5061"/></User>')}
    endless = {"/": (200, XML, "<AutodiscoverResponse>" + "<a/>" * 20000)}
    html = {"/": (200, {"Content-Type": "text/html"}, document(USER)[2])}
    for pages in (circle, foreign, endless, html):
        with network() as desk:
            desk.start_dns(*at("lyncdiscoverinternal.fabrikam.test", place(3)), *POOLS, *at("evil.test", place(4)),
                           srv(INSIDE, "fe1.fabrikam.test", 5061), *at("fe1.fabrikam.test", place(5)))
            desk.server("fe1.fabrikam.test", 5)
            wrong = [desk.server("evil.test", 4), desk.server("pool1.fabrikam.test", 1)]
            web = desk.web("lyncdiscoverinternal.fabrikam.test", 3, pages)
            online(desk.probe(), "fe1.fabrikam.test:5061")
            assert [connections(peer) for peer in wrong] == [0, 0]
            asked = sum(1 for e in web.drain() if e["event"] == "asked")
            assert asked == (11 if pages is circle else 1), asked


TESTS = [
    lowest_priority_first,
    inside_before_outside,
    well_known_names_without_records,
    domain_itself_comes_last,
    no_name_at_all,
    service_decidedly_not_here,
    foreign_target_is_named_and_never_asked,
    strict_names,
    records_of_tcp_are_reported_alone,
    dead_address_before_a_live_one,
    ipv6_only,
    silent_server_is_passed_over,
    server_out_of_order_is_passed_over,
    refusal_is_an_answer,
    last_server_works_without_dns,
    typed_servers_inside_and_outside,
    edge_on_443_with_ntlm_alone,
    agent_with_settings,
    autodiscover_over_http,
    autodiscover_over_https_with_links,
    autodiscover_never_back_to_http,
    autodiscover_certificate_counts,
    autodiscover_wants_new_tls,
    autodiscover_wants_a_ticket,
    autodiscover_leads_astray,
]

if __name__ == "__main__":
    test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
