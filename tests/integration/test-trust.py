#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom the agent believes to be the phone: old TLS for one phone alone, a certificate that changes,
certificates of the company's own. The other party is openssl.

test-trust.py legacy|changed|authority|expiry|fleet"""

import json
import os
import socket
import subprocess
import sys

import harness

NUMBER = "+493012345678"
MAC = "000413AABBCC"


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def openssl(desk, *arguments, **more):
    return subprocess.run(
        ["openssl", *arguments], cwd=desk.dir, check=True, capture_output=True, text=True, **more
    ).stdout


def shown(desk, phone="desk"):
    return json.loads(desk.expect(0, "phone", "show", phone, "--json").stdout)


def only_phone(desk):
    return desk.status()["phones"][0]


def dials(desk, phone):
    desk.expect(0, "call", NUMBER, "--yes")
    phone.wait("call", state="calling")
    desk.expect(0, "hangup", "--yes")


def requests(phone):
    """How many requests have reached the phone so far."""
    phone.send("get mac")  # whatever was on its way is told by then
    phone.wait("reply", command="get")
    return len([e for e in phone.events if e["event"] == "request"])


def add_phone(desk, phone):
    """A phone with login that the agent has met, whatever it thinks of its certificate."""
    return desk.add_phone(phone, password="1234")


# --- old TLS ---


def test_legacy():
    """TLS 1.0 and 1024 bits for the phone whose setting allows it, and for nobody else"""
    with harness.Desk() as desk:
        old = desk.start_phone("d785", "--tls=1.0", "--certificate-kind=weak")
        other = desk.start_phone("d785", "--tls=1.0", "--certificate-kind=weak", "--mac=000413AABBCD")
        desk.start_bus()
        first = add_phone(desk, old)
        second = add_phone(desk, other)
        for identity in (first, second):
            phone = desk.wait_phone("refused", lambda p: p["state"] == "untrusted", identity)
            check("legacy-tls" in phone["reason"], str(phone))
        desk.set("legacy-tls", "true", phone=first)
        desk.wait_phone("ready", lambda p: p["state"] == "ready", first)
        desk.expect(0, "call", NUMBER, "--yes", "--phone", first)
        old.wait("call", state="calling")
        desk.expect(0, "hangup", "--yes")
        desk.expect(5, "phone", "test", second)
        check(requests(other) == 0, "something was sent to the other")


def test_server_keeps_new_tls():
    """While a phone speaks TLS 1.0, a front end with TLS 1.1 is refused before anything is sent"""
    with harness.Desk() as desk:
        old = desk.start_phone("d785", "--tls=1.0", "--certificate-kind=weak")
        desk.make_certificates()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        front_end = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:%d" % port, "-cert", desk.path("certs", harness.SERVER + ".pem"),
             "-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0", "-quiet"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        try:
            desk.start_bus()
            identity = add_phone(desk, old)
            desk.set("legacy-tls", "true", phone=identity)
            desk.wait_phone("ready", lambda p: p["state"] == "ready", identity)
            front_end.port = port
            desk.set_account(front_end, mechanism="ntlm")
            desk.expect(0, "password", "sign-in", stdin=harness.PASSWORD + "\n")
            desk.wait_status("refused", lambda s: "TLS 1.1" in (s["endpoint"]["reason"] or ""))
            check(only_phone(desk)["state"] == "ready", "the phone suffers")
        finally:
            front_end.terminate()
            out = front_end.communicate()[0]
        check(b"REGISTER" not in out, "a request reached the front end")


# --- a key that changes ---


def test_changed():
    """Another key than the pinned one is a hard stop, told with both keys, until the user goes on"""
    with harness.Desk() as desk:
        phone = desk.start_phone("d785")
        desk.start_bus()
        identity = add_phone(desk, phone)
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        before = phone.listening["spki_sha256"]
        install(phone, "self-signed")
        desk.expect(5, "phone", "test", identity)
        seen = only_phone(desk)
        check(seen["state"] == "untrusted", str(seen))
        show = shown(desk, identity)
        check(before in seen["reason"], "the stored key is missing: %s" % seen)
        presented = [w for w in seen["reason"].replace(",", " ").split() if len(w) == 64 and w != before]
        check(len(presented) == 1, "the shown key is missing: %s" % seen)
        check(show["trust"] == "first-use", str(show))
        done = desk.expect(5, "call", NUMBER, "--yes")
        check(before in done.stderr and presented[0] in done.stderr, done.stderr)
        doctor = json.loads(desk.cli("doctor", "--json").stdout)
        changed = [f for f in doctor if f["code"] == "phone-certificate-changed"]
        check(changed and before in changed[0]["cause"] and presented[0] in changed[0]["cause"], str(doctor))
        desk.expect(0, "phone", "trust", identity, presented[0])
        desk.wait_phone("ready", lambda p: p["state"] == "ready")
        check(desk.get("fingerprint", phone=identity) == "'%s'" % presented[0], "another key is stored")
        dials(desk, phone)


# --- the company's own certificates ---


def make_authority(desk):
    openssl(desk, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
            "-subj", "/O=Fabrikam/CN=Fabrikam Phones", "-days", "3000")


def sign(desk, request, days):
    openssl(desk, "x509", "-req", "-in", request, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-copy_extensions", "copyall", "-out", "signed.pem", "-days", str(days))


def with_own_certificate(desk, days, personality="d785"):
    """A phone that was trusted by its key and shows a certificate of the company's from now on."""
    make_authority(desk)
    phone = desk.start_phone(personality)
    desk.start_bus()
    identity = add_phone(desk, phone)
    desk.wait_phone("ready", lambda p: p["state"] == "ready")
    request = desk.expect(0, "phone", "certificate", identity, "request").stdout.strip()
    openssl(desk, "req", "-in", request, "-verify", "-noout")
    folder = os.path.dirname(request)
    check(os.stat(os.path.join(folder, "key.pem")).st_mode & 0o777 == 0o600, "others can read the key")
    sign(desk, request, days)
    desk.expect(0, "phone", "certificate", identity, "import", desk.path("signed.pem"), desk.path("ca.pem"))
    desk.expect(5, "phone", "certificate", identity)  # it still shows the old one
    install(phone, os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem"))
    return identity, phone, folder


def install(phone, certificate, *key):
    """As the provisioning server would: the phone shows it from its next start on."""
    phone.send(" ".join(("certificate", certificate, *key)))
    check(phone.wait("reply", command="certificate")["ok"], "the phone does not take it")
    phone.send("reboot")
    phone.wait("listening")


def test_authority():
    """Request, signature, import, the phone shows it, trust by authority, dial"""
    with harness.Desk() as desk:
        identity, phone, folder = with_own_certificate(desk, 300)
        before = requests(phone)
        desk.expect(5, "phone", "test", identity)  # not the key that was trusted
        findings = json.loads(desk.expect(0, "phone", "certificate", identity, "--json").stdout)
        check({f["code"] for f in findings if f["severity"] == "ok"}
              == {"certificate-presented", "certificate-chain", "certificate-dates"}, str(findings))
        check(requests(phone) == before, "something was sent")
        desk.expect(0, "phone", "certificate", identity, "trust")
        desk.wait_phone("ready", lambda p: p["state"] == "ready" and p["trust"] == "ca")
        check(desk.get("ca-file", phone=identity) == "'%s'" % os.path.join(folder, "ca.pem"), "no CA file")
        dials(desk, phone)
        with open(desk.path("agent.log"), encoding="utf-8", errors="replace") as log:
            check("PRIVATE KEY" not in log.read(), "the key is in the log")


def test_authority_refused():
    """What the phone shows does not hold: nothing is changed"""
    with harness.Desk() as desk:
        identity, _, folder = with_own_certificate(desk, 300)
        openssl(desk, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "x.key",
                "-out", os.path.join(folder, "ca.pem"), "-subj", "/CN=Somebody", "-days", "30")
        desk.expect(5, "phone", "certificate", identity, "trust")
        check(desk.get("trust", phone=identity) == "'first-use'", "the trust was changed")


def test_expiry():
    """Less than thirty days: told on the bus and by the doctor, and nothing breaks"""
    with harness.Desk() as desk:
        identity, phone, _ = with_own_certificate(desk, 10)
        desk.expect(0, "phone", "certificate", identity, "trust")
        desk.wait_phone("ready", lambda p: p["state"] == "ready" and p["trust"] == "ca")
        seen = subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.offhook.Agent",
             "--object-path", "/org/offhook/Agent/phones/" + identity,
             "--method", "org.freedesktop.DBus.Properties.Get", "org.offhook.PhoneCertificate1", "Warning"],
            env=desk.env, capture_output=True, text=True, check=True,
        ).stdout
        check("expires in" in seen, seen)
        check("expires in" in desk.expect(0, "phone", "show", identity).stdout, "phone show does not tell")
        findings = json.loads(desk.cli("doctor", "--json").stdout)
        check([f for f in findings if f["code"] == "phone-certificate-ends-soon"], str(findings))
        dials(desk, phone)


# --- many phones, no agent ---


def test_fleet():
    """A list in, a folder of requests out, signed ones in again: without agent and bus"""
    with harness.Desk() as desk:
        make_authority(desk)
        desk.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
        with open(desk.path("phones.csv"), "w") as out:
            out.write("name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,\nhall,000413AABBCC,x,\n")
        done = desk.expect(2, "phone", "certificates", "request", desk.path("phones.csv"), desk.path("out"))
        check("line 3" in done.stderr and not os.path.exists(desk.path("out")), done.stderr)
        with open(desk.path("phones.csv"), "w") as out:
            out.write("name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,\nhall,000413AABBCD,,hall.fabrikam.test\n")
        fleet = ("phone", "certificates", "request", desk.path("phones.csv"), desk.path("out"), "ecdsa-p256")
        check(desk.expect(0, *fleet).stdout.count("new key") == 2, "two keys")
        check(desk.expect(0, *fleet).stdout.count("nothing to do") == 2, "done twice")
        os.mkdir(desk.path("signed"))
        for name in ("desk", "hall"):
            request = desk.path("out", "requests", name + ".csr")
            openssl(desk, "req", "-in", request, "-verify", "-noout")
            sign(desk, request, 300)
            os.rename(desk.path("signed.pem"), desk.path("signed", name + ".crt"))
        desk.expect(0, "phone", "certificates", "import", desk.path("out"), desk.path("signed"), desk.path("ca.pem"))
        openssl(desk, "verify", "-CAfile", "ca.pem", "out/hall/certificate.pem")
        findings = json.loads(desk.expect(0, "phone", "certificates", "check", desk.path("out"), "--json").stdout)
        check(len(findings) == 2 and all(f["severity"] == "ok" for f in findings), str(findings))


TOPICS = {
    "legacy": [test_legacy, test_server_keeps_new_tls],
    "changed": [test_changed],
    "authority": [test_authority, test_authority_refused],
    "expiry": [test_expiry],
    "fleet": [test_fleet],
}

if __name__ == "__main__":
    sys.exit(harness.run(TOPICS[sys.argv[1]] if len(sys.argv) > 1 else sum(TOPICS.values(), [])))
