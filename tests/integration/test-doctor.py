#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""offhook doctor: what it says of a way that is good, and of each fault on it.

usage: test-doctor.py TOPIC
"""

import base64
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import harness

from gi.repository import Gio, GLib
from named_network import NamedNetwork, place

ALICE = "sip:alice@fabrikam.test"
SEVERITIES = ("ok", "info", "warning", "error")


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def doctor(desk, status):
    """All findings; every promise about their form is looked at each time."""
    done = desk.expect(status, "doctor", "--json")
    findings = json.loads(done.stdout)
    for finding in findings:
        check(list(finding) == ["severity", "code", "title", "cause", "remedy", "line"], str(finding))
        check(finding["severity"] in SEVERITIES and re.fullmatch("[a-z0-9-]+", finding["code"]), str(finding))
        check(finding["title"] and finding["line"] is None, str(finding))
        check(finding["severity"] not in ("warning", "error") or finding["remedy"], str(finding))
    check(harness.PASSWORD not in done.stdout + done.stderr, "the password is in the output")
    return findings


def one(findings, code, severity):
    """The finding of that code."""
    found = [f for f in findings if f["code"] == code]
    check(found and found[0]["severity"] == severity, "no %s (%s) in\n%s" % (code, severity, json.dumps(findings, indent=1)))
    return found[0]


def errors(findings):
    return [f["code"] for f in findings if f["severity"] == "error"]


def certificates(desk, days, *names):
    subprocess.run(
        [os.path.join(harness.SUPPORT, "test-certs.sh"), desk.path("certs"), *(names or (harness.SERVER,))],
        check=True,
        env=dict(os.environ, CERT_DAYS=str(days)),
    )


def desk_with(*options, days=365, names=(), mechanism="auto", password=None, ticket=False, login=None):
    """A desk with an account in its settings; the agent is started by who asks it first."""
    desk = harness.Desk()
    try:
        certificates(desk, days, *names)
        desk.front_end = desk.start_front_end(*options)
        desk.start_bus()
        if ticket:
            desk.kinit()
        desk.set_account(desk.front_end, mechanism=mechanism, login=login)
        if password is not None:
            desk.expect(0, "password", "sign-in", stdin=password + "\n")
    except BaseException:
        desk.close()
        raise
    return desk


def authenticated(front_end):
    """How often somebody showed credentials."""
    return [e for e in front_end.drain() if e["event"] in ("authenticated", "refused")]


def test_all_good():
    """all good: every step says so, the endpoint that is signed in is not disturbed"""
    with desk_with("--schemes=kerberos,ntlm,tls-dsk", login="", ticket=True) as desk:
        desk.expect(0, "sign-in")
        first = desk.front_end.wait("registered", user=ALICE)
        phone = desk.start_phone("d785", "--password=telefon")
        desk.add_phone(phone)
        desk.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes")
        findings = doctor(desk, 0)
        check(not errors(findings), str(errors(findings)))
        for code in ("settings-read", "dns-found", "tcp-connected", "tls-established", "certificate-good",
                     "challenge-read", "clock-right", "ticket-good", "sign-in-good", "sign-out-good",
                     "phone-reached", "phone-certificate-good", "phone-login-good", "phone-model",
                     "phone-takes-commands"):
            one(findings, code, "ok")
        check(not [f for f in findings if f["severity"] == "warning"], "warnings: %s" % findings)
        certificate = one(findings, "certificate-good", "ok")["cause"]
        check(harness.SERVER in certificate and desk.path("certs", "ca.pem") in certificate, certificate)
        check("TLS-DSK" in one(findings, "scheme-ignored", "info")["title"], str(findings))
        ticket = one(findings, "ticket-good", "ok")
        check("sip/" + harness.SERVER in ticket["title"] and "alice@FABRIKAM.TEST" in ticket["cause"], str(ticket))
        check("aes256" in ticket["cause"], str(ticket))
        check("SIP Communications Service" in one(findings, "challenge-read", "ok")["cause"], str(findings))
        one(findings, "phone-events-set", "info")

        events = desk.front_end.drain()
        mine = [e for e in events if e["event"] == "registered" and e["epid"] == first["epid"]]
        check(len(mine) == 1, "the agent's own registration was touched: %s" % mine)
        others = {e["epid"] for e in events if e["event"] == "registered"} - {first["epid"]}
        gone = {e["epid"] for e in events if e["event"] == "deregistered" and e["reason"] == "client"}
        check(len(others) == 1 and gone == others, "left behind: %s, %s" % (others, gone))
        check(not [e for e in events if e["event"] in ("violation", "bad-signature")], str(events))
        check(desk.status()["endpoint"]["state"] == "online", str(desk.status()))

        phone.send("dial 12345678")
        desk.wait_status("a call", lambda s: s["calls"])
        phone.send("hangup")
        check("127.0.0.1" in one(doctor(desk, 0), "phone-events-arrive", "ok")["cause"], "where to?")


def test_text():
    """without --json: a line for each finding, progress on stderr, then a verdict"""
    with desk_with(login="", ticket=True) as desk:
        done = desk.expect(0, "doctor")
        check(re.search("^ok  Ticket: sip/", done.stdout, re.M), done.stdout)
        check(re.search("^--  Phone: none", done.stdout, re.M), done.stdout)
        check(done.stdout.rstrip().split("\n")[-1] == "Nothing stands in the way.", done.stdout)
        check(re.search(r"^\[1/10\] .*\(at most \d+ s\)$", done.stderr, re.M), done.stderr)
        check("[10/10]" in done.stderr, done.stderr)


def test_no_account():
    """nobody to sign in: a warning, and the phones are looked at"""
    with harness.Desk() as desk:
        desk.start_bus()
        findings = doctor(desk, 0)
        one(findings, "no-account", "warning")
        one(findings, "phone-none", "info")


def test_dns_gone():
    """a name that DNS does not know"""
    with desk_with() as desk:
        desk.set("server", "'fe9.nowhere.invalid:5061'")
        findings = doctor(desk, 4)
        check("fe9.nowhere.invalid" in one(findings, "dns-failed", "error")["title"], str(findings))
        one(findings, "dns-record-none", "warning")
        one(findings, "phone-none", "info")


def test_port_closed():
    """a port at which nobody listens"""
    with desk_with() as desk:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            desk.set("server", "'%s:%d'" % (harness.SERVER, closed.getsockname()[1]))
            findings = doctor(desk, 4)
        tried = [f["title"] for f in findings if f["code"] == "tcp-failed"]
        check([t for t in tried if "127.0.0.1" in t], str(tried))
        one(findings, "server-unreachable", "error")


def test_no_tls():
    """something answers that does not speak TLS"""

    def hang_up(listener):
        try:
            while True:
                connection = listener.accept()[0]
                connection.sendall(b"220 mail.fabrikam.test\r\n")
                connection.close()
        except OSError:
            pass

    with desk_with() as desk, socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=hang_up, args=(listener,), daemon=True).start()
        desk.set("server", "'%s:%d'" % (harness.SERVER, listener.getsockname()[1]))
        one(doctor(desk, 4), "tls-failed", "error")


def test_limit():
    """a server that takes the connection and says nothing: the step's own limit ends it"""
    with desk_with() as desk, socket.create_server(("127.0.0.1", 0)) as listener:
        desk.set("server", "'%s:%d'" % (harness.SERVER, listener.getsockname()[1]))
        findings = doctor(desk, 4)
        check("20 seconds" in one(findings, "step-timed-out", "error")["cause"], str(findings))
        one(findings, "phone-none", "info")


def test_certificate_other_name():
    """a certificate for another name: both are named"""
    with desk_with(names=(harness.SERVER + "=other.fabrikam.test",)) as desk:
        finding = one(doctor(desk, 5), "certificate-name", "error")
        check("other.fabrikam.test" in finding["cause"] and harness.SERVER in finding["cause"], str(finding))


def test_certificate_expired():
    """a certificate that has expired: dates and our clock"""
    with desk_with(days=-1) as desk:
        finding = one(doctor(desk, 5), "certificate-expired", "error")
        check("clock" in finding["cause"] and "until" in finding["cause"], str(finding))


def test_certificate_unknown():
    """an authority that nobody knows, and a file of authorities that cannot be read"""
    with desk_with() as desk:
        desk.set("ca-file", "''")
        finding = one(doctor(desk, 5), "certificate-untrusted", "error")
        check("ca-file" in finding["remedy"] and "Offhook Test CA" in finding["cause"], str(finding))
        desk.set("ca-file", "'%s'" % desk.path("nothing.pem"))
        one(doctor(desk, 1), "ca-file-unusable", "error")


def test_certificate_ends():
    """a certificate that ends soon is a warning"""
    with desk_with(days=20, login="", ticket=True) as desk:
        check("days" in one(doctor(desk, 0), "certificate-ends-soon", "warning")["title"], "which days?")


def test_clock_slow():
    """our clock ten minutes slow: an error with its direction"""
    with desk_with("--date-offset=600", mechanism="ntlm", password=harness.PASSWORD) as desk:
        check("10 minutes slow" in one(doctor(desk, 3), "clock-skew", "error")["title"], "direction")


def test_clock_fast():
    """our clock 100 seconds fast: a warning"""
    with desk_with("--date-offset=-100", mechanism="ntlm", password=harness.PASSWORD) as desk:
        check("seconds fast" in one(doctor(desk, 0), "clock-skew", "warning")["title"], "direction")


def test_ntlm_only():
    """only NTLM is offered: no ticket is looked for"""
    with desk_with("--schemes=ntlm", password=harness.PASSWORD) as desk:
        findings = doctor(desk, 0)
        one(findings, "ticket-not-needed", "info")
        check("ntlm" in one(findings, "sign-in-good", "ok")["cause"], str(findings))


def test_scheme_missing():
    """the settings want what the server does not have"""
    with desk_with("--schemes=ntlm", mechanism="kerberos") as desk:
        one(doctor(desk, 3), "scheme-missing", "error")


def test_spn_refused():
    """a challenge that names another service gets no ticket, and is named"""
    with desk_with("--kerberos-target=cifs/" + harness.SERVER, "--schemes=kerberos", ticket=True, login="") as desk:
        findings = doctor(desk, 3)
        check("cifs/" in one(findings, "spn-refused", "warning")["cause"], str(findings))
        one(findings, "scheme-missing", "error")


def test_no_ticket():
    """Kerberos alone, and no ticket"""
    with desk_with("--schemes=kerberos", login="") as desk:
        findings = doctor(desk, 3)
        one(findings, "ticket-missing", "error")
        one(findings, "password-missing", "error")


def test_wrong_password():
    """a wrong password is sent once, by whomever; from then on it is only named"""
    with desk_with("--schemes=ntlm", password="wrong") as desk:
        desk.wait_status("refused", lambda s: s["endpoint"]["state"] == "failed")
        before = len(authenticated(desk.front_end))
        check(before == 1, "%d attempts before the doctor" % before)
        for _ in range(2):
            findings = doctor(desk, 3)
            one(findings, "password-withheld", "error")
            check(len(errors(findings)) == 1, str(errors(findings)))
        check(len(authenticated(desk.front_end)) == before, "the doctor sent a refused password")


def test_wrong_password_of_the_doctor():
    """what was refused to the doctor alone is not sent again either, until it is another"""
    with desk_with("--schemes=ntlm", password=harness.PASSWORD) as desk:
        desk.expect(0, "sign-in")
        desk.expect(0, "sign-out")
        desk.expect(0, "password", "sign-in", stdin="wrong\n")
        before = len(authenticated(desk.front_end))
        one(doctor(desk, 3), "credentials-rejected", "error")
        check(len(authenticated(desk.front_end)) == before + 1, "not one attempt")
        one(doctor(desk, 3), "password-withheld", "error")
        check(len(authenticated(desk.front_end)) == before + 1, "it was sent again")
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        one(doctor(desk, 0), "sign-in-good", "ok")


def test_wrong_password_while_waiting():
    """what was refused to the doctor is not sent by an attempt that waits for the server"""
    with harness.Desk() as desk:
        with open(desk.path("busy"), "w", encoding="utf-8") as script:
            script.write("expect early REGISTER\nreply unsigned\n503 Service Unavailable\nRetry-After: 600\nend\n")
        desk.front_end = desk.start_front_end("--schemes=ntlm", "--script=" + desk.path("busy"))
        desk.start_bus()
        desk.expect(0, "password", "sign-in", stdin="wrong\n")  # before there is anything to sign in to
        desk.set_account(desk.front_end)
        desk.wait_status("waiting", lambda s: s["endpoint"]["state"] == "waiting")
        one(doctor(desk, 3), "credentials-rejected", "error")
        desk.wait_status("refused", lambda s: s["endpoint"]["state"] == "failed")
        desk.expect(3, "sign-in")
        check(len(authenticated(desk.front_end)) == 1, "not one attempt")


def test_disabled():
    """an account that is not enabled: status and number stand in the cause"""
    with desk_with(login="", ticket=True) as desk:
        desk.expect(0, "sign-in")
        desk.front_end.send("refuse REGISTER 404 '4005;reason=\"Destination URI either not enabled for SIP or does not exist\"' -1")
        findings = doctor(desk, 3)
        bad = [f for f in findings if f["severity"] == "error"]
        check(len(bad) == 1 and "4005" in bad[0]["cause"], str(bad))


def test_refused_at_the_door():
    """refused before anybody is asked: the remedy is the one for that number"""
    with desk_with() as desk:
        desk.front_end.send("refuse-early REGISTER 403 '17001;reason=\"Cannot read the client version\"' -1")
        desk.front_end.wait("control", ok=True)
        bad = one(doctor(desk, 1), "server-refuses", "error")
        check("17001" in bad["cause"] and "client version policy" in bad["remedy"], str(bad))


def test_silent():
    """a server that does not answer: the step's limit ends it, the phones are still looked at"""
    with desk_with() as desk:
        desk.front_end.send("cut-on REGISTER -1")
        findings = doctor(desk, 4)
        one(findings, "server-silent", "error")
        one(findings, "phone-none", "info")


def test_agent_gone():
    """without an agent that is the first finding"""
    with harness.Desk() as desk:
        desk.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + desk.path("run", "nothing")
        findings = doctor(desk, 1)
        check([f["code"] for f in findings] == ["agent-unreachable"], str(findings))


class Client:
    """Another client of the bus: what it hears of the doctor, and what its Run returns."""

    def __init__(self, desk, run=True):
        self.bus = Gio.DBusConnection.new_for_address_sync(
            desk.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        self.heard = []
        self.result = None
        self.bus.signal_subscribe(
            None, "org.offhook.Doctor1", None, None, None, Gio.DBusSignalFlags.NONE,
            lambda _bus, _sender, _path, _interface, name, values: self.heard.append((name, values.unpack())),
        )
        if run:
            self.call("Run", self.on_run)

    def call(self, method, callback):
        self.bus.call("org.offhook.Agent", "/org/offhook/Agent", "org.offhook.Doctor1", method, None, None,
                      Gio.DBusCallFlags.NONE, GLib.MAXINT32, None, callback)

    def on_run(self, bus, result):
        try:
            self.result = bus.call_finish(result).unpack()[0]
        except GLib.Error as error:
            self.result = Gio.DBusError.get_remote_error(error)

    def codes(self):
        return [values[0][1] for name, values in self.heard if name == "Finding"]


def until(what, test):
    """Runs the main loop until it is so."""
    over = []
    guard = GLib.timeout_add(int(harness.DEADLINE_S * 1000), lambda: over.append(1))
    while not test():
        check(not over, "never " + what)
        GLib.MainContext.default().iteration(True)
    GLib.source_remove(guard)


def connections(front_end):
    return len([e for e in front_end.drain() if e["event"] == "connected"])


def test_bus():
    """a run is joined, told only to those who wait, cancelled one by one, and given up with the last"""
    with desk_with() as desk, socket.create_server(("127.0.0.1", 0)) as silent:
        desk.set("server", "'%s:%d'" % (harness.SERVER, silent.getsockname()[1]))
        desk.expect(0, "status")
        stranger = Client(desk, run=False)
        first = Client(desk)
        until("hanging at TLS", lambda: "tcp-connected" in first.codes())
        second = Client(desk)
        until("joined", lambda: second.codes() == first.codes())
        check(stranger.heard == [], "told to who did not ask: %s" % stranger.heard)
        steps = [values for name, values in first.heard if name == "Progress"]
        check([s[1] for s in steps] == [1, 2, 3, 4] and all(s[2] == 10 and s[3] > 0 for s in steps), str(steps))

        first.call("Cancel", None)
        until("cancelled", lambda: first.result is not None)
        check(first.result == "org.offhook.Error.Cancelled", str(first.result))
        check(second.result is None, "the other one was cancelled too: %s" % second.result)
        second.bus.close_sync(None)

        # the run was given up with its last client: another one begins at once, from the beginning
        third = Client(desk)
        until("begun anew", lambda: "tcp-connected" in third.codes())
        check(third.codes().count("settings-read") == 1, str(third.codes()))
        third.call("Cancel", None)
        until("cancelled again", lambda: third.result is not None)


def test_cancel_while_signing_in():
    """given up in the middle of signing in: nothing is left at the server, and the agent goes on"""
    with desk_with(login="", ticket=True) as desk:
        desk.expect(0, "sign-in")
        first = desk.front_end.wait("registered", user=ALICE)
        desk.front_end.send("delay REGISTER 2000 9")
        desk.front_end.wait("control")
        client = Client(desk)
        until("signing in", lambda: "ticket-good" in client.codes())
        client.call("Cancel", None)
        until("cancelled", lambda: client.result is not None)
        desk.front_end.send("clear")
        one(doctor(desk, 0), "sign-in-good", "ok")
        desk.expect(0, "sign-out")
        desk.front_end.wait("deregistered", epid=first["epid"])
        desk.front_end.send("left alice@fabrikam.test")
        left = desk.front_end.wait("left")
        check(not left.get("endpoints"), "left behind: %s" % left)


def phone_desk(personality="d785", *options):
    desk = harness.Desk()
    desk.start_bus()
    desk.phone = desk.start_phone(personality, "--password=telefon", *options)
    return desk


def test_phone_unreachable():
    """a phone that is off"""
    with phone_desk() as desk:
        desk.add_phone(desk.phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        desk.phone.stop()
        one(doctor(desk, 4), "phone-unreachable", "error")


def test_phone_password():
    """a wrong password at the phone: it is not tried again by the doctor"""
    with phone_desk() as desk:
        desk.add_phone(desk.phone, password="wrong")
        desk.wait_phone("refusing", lambda p: p["state"] == "unauthorized")
        logins = [e for e in desk.phone.drain() if e["event"] == "login"]
        findings = doctor(desk, 7)
        one(findings, "phone-reached", "ok")
        one(findings, "phone-certificate-good", "ok")
        one(findings, "phone-login-refused", "error")
        check(len([e for e in desk.phone.drain() if e["event"] == "login"]) == len(logins), "it was tried again")


def test_phone_locked_out():
    """a phone that refuses everybody: until when"""
    with phone_desk("s360-87") as desk:
        identity = desk.add_phone(desk.phone, password="")
        for _ in range(5):
            request = urllib.request.Request("http://127.0.0.1:%d/info.htm" % desk.phone.http)
            request.add_header("Authorization", "Basic " + base64.b64encode(b"admin:bad").decode())
            try:
                urllib.request.urlopen(request).read()
            except urllib.error.HTTPError:
                pass
        desk.phone.wait("lockout")
        desk.expect(0, "password", "phone", identity, stdin="telefon\n")
        desk.wait_phone("locked out", lambda p: p["state"] == "locked-out")
        check("until" in one(doctor(desk, 7), "phone-locked-out", "error")["cause"], "until when?")


def test_phone_hidden_tags():
    """hidden tags: the setting is named"""
    with phone_desk() as desk:
        desk.phone.send("set use_hidden_tags on")
        desk.phone.wait("reply", command="set")
        desk.add_phone(desk.phone)
        desk.wait_phone("hidden", lambda p: p["state"] == "unsupported")
        finding = one(doctor(desk, 7), "phone-hidden-tags", "error")
        check("use_hidden_tags" in finding["cause"], str(finding))


def test_phone_changed():
    """another key than the trusted one"""
    with phone_desk() as desk:
        desk.phone.send("set keep-alive never")
        desk.phone.wait("reply", command="set")
        desk.add_phone(desk.phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        desk.phone.send("certificate self-signed")
        desk.phone.wait("reply", command="certificate")
        finding = one(doctor(desk, 5), "phone-certificate-changed", "error")
        check("Subject" in finding["cause"], str(finding))


def test_phone_events():
    """events: taken by another program; switched off"""
    with phone_desk() as desk:
        desk.phone.send("set action_incoming_url http://192.0.2.1/x")
        desk.phone.wait("reply", command="set")
        identity = desk.add_phone(desk.phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        finding = one(doctor(desk, 0), "phone-events-missing", "warning")
        check("action_incoming_url" in finding["cause"], str(finding))
        desk.set("events", "'off'", phone=identity)
        desk.wait_phone("ready again", lambda p: p["state"] == "ready")
        one(doctor(desk, 0), "phone-events-off", "info")


@contextlib.contextmanager
def found_desk(*dns):
    """A desk in a network with a name server and the front end fe1 on its proper port; nobody has
    typed a server. Needs root."""
    with NamedNetwork(harness.BUILD, None) as desk:
        certificates(desk, 365, "fe1.fabrikam.test")
        desk.front_end = desk.server("fe1.fabrikam.test", 1)
        desk.start_dns("address=/fe1.fabrikam.test/" + place(1), *dns)
        desk.agent_prefix = desk.inside()
        desk.start_bus()
        desk.set("uri", "'%s'" % ALICE)
        desk.set("login", "'FABRIKAM\\\\alice'")
        desk.set("ca-file", "'%s'" % desk.path("certs", "ca.pem"))
        desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
        yield desk


def test_found():
    """a server that DNS names: each record and address, and a foreign one that is passed over"""
    with found_desk(
        "srv-host=_sipinternaltls._tcp.fabrikam.test,fe1.fabrikam.test,5061,0,0",
        "srv-host=_sip._tls.fabrikam.test,sip.evil.test,443,0,0",
    ) as desk:
        findings = doctor(desk, 0)
        record = one(findings, "dns-found", "ok")
        check("SRV _sipinternaltls._tcp.fabrikam.test" in record["title"], str(record))
        check("fe1.fabrikam.test:5061" in record["cause"], str(record))
        check("sip.evil.test" in one(findings, "dns-name-outside", "warning")["cause"], str(findings))
        check(place(1) in one(findings, "tcp-connected", "ok")["title"], str(findings))
        check("fe1.fabrikam.test:5061" in one(findings, "sign-in-good", "ok")["title"], str(findings))


def test_not_found():
    """no record and no name at all: what could be published is named"""
    with found_desk() as desk:
        finding = one(doctor(desk, 4), "dns-failed", "error")
        check("fabrikam.test" in finding["title"] and "_sip._tls" in finding["remedy"], str(finding))


def test_next_server():
    """the first server has a bad certificate: a warning, and the next one is tried"""
    with found_desk(
        "address=/fe2.fabrikam.test/" + place(2),
        "srv-host=_sipinternaltls._tcp.fabrikam.test,fe2.fabrikam.test,5061,0,0",
        "srv-host=_sipinternaltls._tcp.fabrikam.test,fe1.fabrikam.test,5061,10,0",
    ) as desk:
        certificates(desk, 365, "fe2.fabrikam.test=other.fabrikam.test")
        desk.server("fe2.fabrikam.test", 2)
        findings = doctor(desk, 0)
        check("other.fabrikam.test" in one(findings, "certificate-name", "warning")["cause"], str(findings))
        check("fe1.fabrikam.test" in one(findings, "certificate-good", "ok")["title"], str(findings))
        one(findings, "sign-in-good", "ok")


TOPICS = {
    "way": [test_all_good, test_text, test_no_account, test_dns_gone, test_port_closed, test_no_tls, test_agent_gone],
    "bus": [test_bus, test_cancel_while_signing_in],
    "dns": [test_found, test_not_found, test_next_server],
    "limit": [test_limit],
    "certificate": [test_certificate_other_name, test_certificate_expired, test_certificate_unknown, test_certificate_ends],
    "sign-in": [test_clock_slow, test_clock_fast, test_ntlm_only, test_scheme_missing, test_spn_refused, test_no_ticket,
                test_wrong_password, test_wrong_password_of_the_doctor,
                test_wrong_password_while_waiting, test_disabled,
                test_refused_at_the_door, test_silent],
    "phone": [test_phone_unreachable, test_phone_password, test_phone_locked_out, test_phone_hidden_tags, test_phone_changed, test_phone_events],
}

if __name__ == "__main__":
    sys.exit(harness.run(TOPICS[sys.argv[1]]))
