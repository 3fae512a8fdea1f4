#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone simulator against clients written by others: urllib, http.client, curl.

What the product is tested with has to be right on its own. Each test starts a phone, acts, and
looks at what came back, what the phone says of itself and which action URLs arrived.

usage: test-phone-simulator.py PHONE-SIMULATOR TOPIC
"""

import contextlib
import hashlib
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as tree

import harness
from simulated_phone import Phone as AnyPhone
from simulated_phone import Receiver

PROGRAM = sys.argv[1]
CLASSIC = ("s360-87", "s360-drop", "d725", "d785", "blank")
EVENTS = ("incoming", "outgoing", "offhook", "onhook", "connected", "disconnected", "missed")
STARRED = ("hold", "unhold", "blind_transfer", "attended_transfer")


def Phone(personality, *options, **more):
    return AnyPhone(personality, *options, program=PROGRAM, **more)


def eq(seen, wanted, what=""):
    if seen != wanted:
        raise harness.Failure("%s: saw %r instead of %r" % (what, seen, wanted))


def true(condition, what):
    if not condition:
        raise harness.Failure(what)


def with_urls(base, query="c=$call-id", events=EVENTS + STARRED):
    """Options that provision an action URL for each event."""
    options = []
    for event in events:
        suffix = "" if event in STARRED else "_url"
        options += ["--set", "action_%s%s=%s/s/TOKEN/%s?%s" % (event, suffix, base, event, query)]
    return options


@contextlib.contextmanager
def desk(personality, *options, query="c=$call-id"):
    """A phone with a receiver of all its call events."""
    with Receiver() as receiver, Phone(personality, *with_urls(receiver.base, query), *options) as phone:
        yield phone, receiver


# --- web ---


def info_tells_model_mac_and_firmware():
    """info.htm tells model, MAC and firmware in the look of the generation"""
    for personality, hardware in (("s360-87", "snom360"), ("d725", "D725"), ("d785", "D785")):
        with Phone(personality, "--mac", "0004130DD7C9") as phone:
            status, headers, body = phone.get("/info.htm")
            eq(status, 200)
            eq(headers["Server"], "snom embedded")
            text = re.sub(r"<[^>]+>", " ", body)
            true(re.search(r"Mac:\s*0004130DD7C9", text), body)
            true(re.search(r"Hardware:\s*" + hardware, text), body)
            true(re.search(r"Firmware-Version:\s*snom\w+-SIP \d", text), body)
            true("<TITLE>" in body, "titles are upper case")


def a_dial_is_answered_in_four_ways():
    """number= is obeyed whether the answer is 302, 200, 204 or nothing"""
    for personality, status in (("s360-87", 302), ("d725", 302), ("d785", 200), ("blank", 302)):
        with Phone(personality) as phone:
            seen, headers, _ = phone.get("/command.htm?number=%2B4930123451&outgoing_uri=440@pbx.example")
            eq(seen, status, personality)
            eq(headers["Location"], "index.htm" if status == 302 else None, personality)
            eq(phone.calls(), [("+4930123451", "calling")], personality)
    with Phone("d725", "--set", "dial-answer=204") as phone:
        eq(phone.command("number=11"), 204)
        eq(phone.calls(), [("11", "calling")])
    with Phone("d725", "--set", "dial-answer=302-absolute") as phone:
        eq(phone.get("/command.htm?number=11")[1]["Location"], phone.url("/index.htm"))


def s360_drop_obeys_and_hangs_up():
    """s360-drop dials and closes without a byte (curl's error 52)"""
    with Phone("s360-drop") as phone:
        status, output = phone.curl("/command.htm?number=031", "--user", "admin:1234")
        eq((status, output), (52, ""))
        eq(phone.calls(), [("031", "calling")])
        eq(phone.wait_request("/command.htm")["fault"], "empty")
        eq(phone.curl("/command.htm?key=CANCEL", "--user", "admin:1234")[0], 0)
        eq(phone.calls(), [])


def http_leads_to_https_where_only_that_is_on():
    """a d785 answers 307 on http, with the whole target, before any login"""
    with Phone("d785") as phone:
        status, headers, _ = phone.bare("/command.htm?number=%2B49", secure=False)
        eq((status, headers["Location"]), (307, phone.url("/command.htm?number=%2B49", True)))
        eq(phone.calls(), [])
        eq(phone.say("dump")["failures"], 0)


def the_certificate_is_what_it_says():
    """the fingerprints printed are those of the certificate shown"""
    with Phone("s360-87", "--mac", "000413123456") as phone:
        address = (phone.about["address"], phone.about["https"])
        pem = ssl.get_server_certificate(address)
        der = ssl.PEM_cert_to_DER_cert(pem)
        eq(hashlib.sha256(der).hexdigest(), phone.about["certificate_sha256"])
        key = subprocess.run(["openssl", "x509", "-pubkey", "-noout"], input=pem, capture_output=True, text=True)
        spki = subprocess.run(
            ["openssl", "pkey", "-pubin", "-outform", "DER"], input=key.stdout.encode(), capture_output=True
        )
        eq(hashlib.sha256(spki.stdout).hexdigest(), phone.about["spki_sha256"])
        subject = subprocess.run(["openssl", "x509", "-subject", "-noout"], input=pem, capture_output=True, text=True)
        true("CN = 000413123456" in subject.stdout, subject.stdout)
        eq(phone.get("/info.htm", secure=True)[0], 200)
        new = phone.say("certificate self-signed")
        der = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(address))
        eq(hashlib.sha256(der).hexdigest(), new["certificate_sha256"])
        true(new["spki_sha256"] != phone.about["spki_sha256"], "a new key")


def certificates_have_the_fault_of_their_kind():
    """enterprise passes a check by name and authority; expired and wrong-name do not"""
    for kind, problem in (("enterprise", None), ("expired", "expired"), ("wrong-name", "mismatch")):
        with Phone("d785", "--certificate-kind", kind) as phone:
            context = ssl.create_default_context(cadata=phone.about["ca"])
            try:
                with context.wrap_socket(
                    connect(phone.about["https"]), server_hostname=phone.about["address"]
                ):
                    seen = None
            except ssl.SSLCertVerificationError as error:
                seen = error.verify_message
            true(seen is None if problem is None else problem in (seen or ""), "%s: %s" % (kind, seen))


def connect(port):
    return socket.create_connection(("127.0.0.1", port), harness.DEADLINE_S)


def a_certificate_can_be_given():
    """--certificate and --key are what the phone shows"""
    with tempfile.TemporaryDirectory() as folder:
        cert, key = os.path.join(folder, "c.pem"), os.path.join(folder, "k.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=desk", "-keyout", key, "-out", cert],
            check=True, capture_output=True,
        )  # fmt: skip
        with Phone("d785", "--certificate", cert, "--key", key) as phone, open(cert) as file:
            eq(phone.about["certificate"].split(), file.read().split())
            eq(phone.get("/info.htm")[0], 200)


def hidden_tags_make_commands_harmless():
    """d785-strict gives every command a 200 page, and nothing happens; or 403"""
    with Phone("d785-strict") as phone:
        eq(phone.command("number=11"), 200)
        eq(phone.command("key=DND"), 200)
        eq(phone.get("/dummy.htm?settings=save&dnd_mode=on")[0], 200)
        eq((phone.calls(), phone.say("get dnd_mode")["value"]), ([], "off"))
        eq(phone.wait_refusal(), "use_hidden_tags")
        phone.say("set refusal-page 403")
        status, _, body = phone.get("/command.htm?number=11")
        eq(status, 403)
        true("<TITLE>snom VoIP phone: Error</TITLE>" in body, body)
        phone.say("set use_hidden_tags off")
        phone.command("number=11")
        eq(phone.calls(), [("11", "calling")])


def forms_need_their_hidden_tag():
    """with tags on a form works with the tag of its page view, once, and not without"""
    with Phone("d785-strict") as phone:
        page = phone.get("/advanced_qos_security.htm")[2]
        name, value = re.search(r'type=hidden name="(\w+)" value="(\w+)"', page).groups()
        phone.post("/advanced_qos_security.htm", Settings="Apply", restrict_uri_queries="on")
        eq(phone.say("get restrict_uri_queries")["value"], "off", "without a tag")
        fields = {"Settings": "Apply", "restrict_uri_queries": "on", name: value}
        phone.post("/advanced_qos_security.htm", **fields)
        eq(phone.say("get restrict_uri_queries")["value"], "on", "with the tag")
        fields["restrict_uri_queries"] = "off"
        phone.post("/advanced_qos_security.htm", **fields)
        eq(phone.say("get restrict_uri_queries")["value"], "on", "with a used tag")
    with Phone("d785-strict") as other:
        true(name not in other.get("/advanced_qos_security.htm")[2], "another name in another run")


def restricted_queries_do_nothing():
    """restrict_uri_queries keeps queries from acting, not posted forms"""
    with Phone("d785", "--set", "restrict_uri_queries=on") as phone:
        eq(phone.command("number=11"), 200)
        eq(phone.calls(), [])
        eq(phone.post("/command.htm", number="11")[0], 200)
        eq(phone.calls(), [("11", "calling")])


def a_blank_phone_is_open():
    """blank lets everybody in and asks for passwords on its first page"""
    with Phone("blank") as phone:
        status, _, body = phone.bare("/")
        eq(status, 200)
        true('name="http_pass"' in body and 'action="security.htm"' in body, body)
        eq(phone.bare("/info.htm")[0], 200)
        eq(phone.bare("/command.htm?number=11")[0], 302)
        phone.post("/security.htm", Settings="Save", http_user="joe", http_pass="secret")
        eq(phone.bare("/info.htm")[0], 401)
        eq(phone.get("/info.htm", user="joe", password="secret")[0], 200)


def a_d865_is_one_page():
    """d865 gives the page Phone Manager to whatever is asked, dials nothing"""
    with Phone("d865") as phone:
        for target in ("/info.htm", "/command.htm?number=11", "/nothing"):
            status, _, body = phone.bare(target)
            eq(status, 200)
            true("<title>Phone Manager</title>" in body, body)
        eq(phone.calls(), [])
        phone.say("set spa-command 404")
        eq(phone.bare("/command.htm?number=11")[0], 404)


def dead_slow_and_half_are_just_that():
    """dead refuses, slow answers when its 8 s are pushed by, half closes in the header"""
    with Phone("dead") as phone:
        true(not phone.is_reachable(True) and not phone.is_reachable(False), "somebody listens")
    with Phone("half") as phone:
        status, output = phone.curl("/info.htm")
        true(status != 0 or "\r\n\r\n" not in output, output)
        true(output.startswith("HTTP/1.1 200") and "Content-Length" not in output, output)
    with Phone("slow") as phone:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(phone.bare("/info.htm")[0]))
        thread.start()
        phone.wait("request")
        eq(answers, [], "no answer before its time")
        phone.say("advance 9")
        thread.join(harness.DEADLINE_S)
        eq(answers, [401])


def unknown_pages_are_errors():
    """an unknown page is 404 with the error title; old reboot pages are gone on new firmware"""
    with Phone("d785") as phone:
        status, _, body = phone.get("/nothing.htm")
        eq(status, 404)
        true("<TITLE>snom VoIP phone: Error</TITLE>" in body, body)
        eq(phone.get("/confirm.htm?REBOOT=yes")[0], 404)


def one_request_at_a_time():
    """the old server answers a second request at the same time with half a header"""
    with Phone("s360-87", "--set", "http-delay=60000") as phone:
        first = []
        thread = threading.Thread(target=lambda: first.append(phone.bare("/info.htm")[0]))
        thread.start()
        phone.wait("request", fault=None)
        second = subprocess.Popen(
            ["curl", "-si", "--noproxy", "*", phone.url("/info.htm")], stdout=subprocess.PIPE, text=True
        )
        eq(phone.wait("request")["fault"], "truncate")
        phone.say("advance 61")
        output = second.communicate(timeout=harness.DEADLINE_S)[0]
        true("\r\n\r\n" not in output, output)
        thread.join(harness.DEADLINE_S)
        eq(first, [401])


def faults_come_when_asked_for():
    """each fault hits one request and no other; what spoils only the answer is still obeyed"""
    login = ("--digest", "--user", "admin:1234")
    with Phone("d785", "--auth", "none") as phone:
        for mode, status in (("empty", 52), ("truncate", 0), ("wrong-length", 18), ("reset", 56)):
            phone.say("fail-next " + mode)
            seen, output = phone.curl("/command.htm?key=5", *login)
            true(seen == status or (mode == "truncate" and "\r\n\r\n" not in output), "%s: %d" % (mode, seen))
            eq(phone.wait("request")["fault"], mode)
        eq(phone.say("dump")["buffer"], "5555", "obeyed each time")
        phone.say("fail-next no-length")
        status, headers, body = phone.bare("/info.htm")
        eq((status, headers["Content-Length"]), (200, None))
        true(body.rstrip().endswith("</HTML>"), body)
        for mode, status, text in (
            ("403", 403, "snom VoIP phone: Error"),
            ("404", 404, "snom VoIP phone: Error"),
            ("blocked", 200, "blocked"),
            ("spa", 200, "Phone Manager"),
        ):
            phone.say("fail-next " + mode)
            seen, _, body = phone.bare("/command.htm?key=5")
            eq(seen, status, mode)
            true(text in body, body)
        for mode, status in (("307", 307), ("401", 401)):
            phone.say("fail-next " + mode)
            eq(phone.bare("/command.htm?key=5")[0], status)
        eq(phone.say("dump")["buffer"], "5555", "not obeyed")
        eq(phone.bare("/command.htm?key=5")[0], 200)
        true(not phone.try_say("fail-next nonsense")["ok"], "an unknown fault is refused")


def old_quirks_of_keep_alive():
    """keep-alive=required answers nothing to a GET that does not ask for it"""
    with Phone("d725", "--auth", "none", "--set", "keep-alive=required") as phone:
        eq(phone.curl("/info.htm")[0], 52)
        eq(phone.curl("/info.htm", "-H", "Connection: keep-alive")[0], 0)
        phone.say("set keep-alive never")
        eq(phone.bare("/info.htm", headers={"Connection": "keep-alive"})[1]["Connection"], "close")


def the_minibrowser_hangs_with_keep_alive():
    """minibrowser.htm answers after 8 s when asked to keep the connection, at once otherwise"""
    with Phone("d785", "--auth", "none") as phone:
        eq(phone.bare("/minibrowser.htm?url=http%3A%2F%2F127.0.0.1%2F", headers={"Connection": "close"})[0], 200)
        phone.wait("request")
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(phone.bare("/minibrowser.htm", headers={"Connection": "keep-alive"})[0])
        )
        thread.start()
        phone.wait("request", path="/minibrowser.htm")
        eq(answers, [])
        phone.say("advance 9")
        thread.join(harness.DEADLINE_S)
        eq(answers, [200])


def the_screen_is_a_picture():
    """screen.bmp is a BMP whose size is right"""
    with Phone("d785", "--auth", "none") as phone:
        done = subprocess.run(
            ["curl", "-sk", "--noproxy", "*", phone.url("/screen.bmp?nocache=1")], capture_output=True, check=True
        ).stdout
        eq(done[:2], b"BM")
        eq(int.from_bytes(done[2:6], "little"), len(done))


def huge_requests_are_dropped():
    """a header or a form beyond its limit and what is no request get no answer, the next one does"""
    with Phone("s360-87", "--auth", "none") as phone:
        status, output = phone.curl("/info.htm?" + "a" * (15 * 1024))
        true(status == 0 and output.startswith("HTTP/1.1 200"), "below the limit: %d" % status)
        eq(phone.curl("/info.htm?" + "a" * (17 * 1024))[1], "")
        with tempfile.NamedTemporaryFile() as form:
            form.write(b"a" * (64 * 1024))
            form.flush()
            eq(phone.curl("/info.htm", "--data-binary", "@" + form.name, "-H", "Expect:")[0], 0)
            form.write(b"a")
            form.flush()
            eq(phone.curl("/info.htm", "--data-binary", "@" + form.name, "-H", "Expect:")[1], "")
        for garbage in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"G\0T / HTTP/1.1\r\n\r\n"):
            with connect(phone.about["http"]) as link:
                link.sendall(garbage)
                eq(link.recv(100), b"", str(garbage))
        eq(phone.curl("/info.htm")[0], 0)


# --- login ---


def basic_and_digest_as_set():
    """http_scheme decides the challenge, and each takes only its own"""
    with Phone("s360-87") as phone:
        eq(phone.bare("/info.htm")[1]["WWW-Authenticate"], 'Basic realm="snom"')
        eq(phone.get("/info.htm")[0], 200)
        eq(phone.wait("request", status=200)["authorization"], "Basic")
    for qop, offered in (("auth", True), ("none", False)):
        with Phone("d785", "--set", "qop=" + qop) as phone:
            challenge = phone.bare("/info.htm")[1]["WWW-Authenticate"]
            true(challenge.startswith('Digest realm="snom", nonce="'), challenge)
            eq('qop="auth"' in challenge, offered)
            eq(phone.get("/info.htm")[0], 200, "urllib, qop " + qop)
            seen = phone.wait("request", status=200)
            eq((seen["user"], seen["authorization"]), ("admin", "Digest"))
            status, output = phone.curl("/command.htm?number=%2B49;1#x", "--digest", "--user", "admin:1234")
            true(status == 0 and output.rstrip().endswith("</HTML>"), output)
            phone.wait("call", state="calling", number="+49;1")
    with Phone("d785") as phone:
        status, output = phone.curl("/info.htm", "--basic", "--user", "admin:1234")
        true(output.startswith("HTTP/1.1 401"), "Basic is not taken where Digest is asked for")


def passwords_are_never_printed():
    """no line shows a password, whether in a login, a query or the settings"""
    with Phone("s360-87", "--password", "Geheim77") as phone:
        phone.password = "Geheim77"
        phone.get("/dummy.htm?settings=save&user_pass1=Geheim78&http_pass=Geheim79&http_user=admin")
        phone.get("/info.htm", password="Geheim79")
        phone.say("dump")
        true("Geheim" not in str(phone.drain()), "a password was printed")
        eq(phone.say("get user_pass1")["value"], "Geheim78")


def too_many_failures_lock_the_phone():
    """the fourth failure locks for 60 s, three more for 120 s, and so on; even the right password"""
    with Phone("d785") as phone:
        for _ in range(3):
            eq(phone.bare("/info.htm")[0], 401)
        status, _, body = phone.bare("/info.htm")
        eq(status, 200)
        true("blocked" in body and "<TITLE>snomD785</TITLE>" in body, body)
        eq(phone.wait("lockout")["seconds"], 60)
        true("blocked" in phone.get("/info.htm")[2], "the right password does not help")
        phone.say("advance 58")
        true("blocked" in phone.get("/info.htm")[2], "still blocked")
        phone.say("advance 2.1")
        for _ in range(3):
            phone.bare("/info.htm")
        eq(phone.wait("lockout")["seconds"], 120)
        phone.say("advance 120.1")
        for _ in range(3):
            phone.bare("/info.htm")
        eq(phone.wait("lockout")["seconds"], 240)
        phone.say("lockout clear")
        eq(phone.get("/info.htm")[0], 200)
        eq(phone.say("dump")["failures"], 0)


def a_good_login_resets_the_count():
    """three failures and a success may be repeated for ever, unless success does not reset"""
    with Phone("s360-87") as phone:
        for _ in range(3):
            for _ in range(2):
                phone.bare("/info.htm")
            eq(phone.get("/info.htm")[0], 200)
        phone.say("set success-resets no")
        for _ in range(3):
            phone.bare("/info.htm")
        true("blocked" in phone.get("/info.htm")[2], "the count goes on")


def a_lenient_phone_counts_only_wrong_passwords():
    """count-bare=no does not count requests without a login, but wrong ones"""
    with Phone("d785", "--set", "count-bare=no", "--set", "lockout-page=403") as phone:
        for _ in range(10):
            eq(phone.bare("/info.htm")[0], 401)
        for _ in range(3):
            eq(phone.get("/info.htm", password="wrong")[0], 401)
        status, _, body = phone.get("/info.htm", password="wrong")
        eq(status, 403)
        true("<TITLE>snom VoIP phone: Error</TITLE>" in body, body)


def lockout_can_be_by_address():
    """with lockout-by=address the neighbour still gets in"""
    with Phone("s360-87", "--set", "lockout-by=address") as phone:
        for _ in range(4):
            phone.curl("/info.htm", "--interface", "127.0.0.2")
        true("blocked" in phone.curl("/info.htm", "--interface", "127.0.0.2", "--user", "admin:1234")[1], "locked")
        true("snom360" in phone.curl("/info.htm", "--user", "admin:1234")[1], "the other one is not")


def nonces_age():
    """a nonce is stale after a minute, and after one use where it is good for one only"""
    with Phone("d785") as phone:
        opener = phone.opener()
        eq(opener.open(phone.url("/info.htm")).status, 200)
        challenge = phone.bare("/info.htm")[1]["WWW-Authenticate"]
        nonce = re.search(r'nonce="(\w+)"', challenge).group(1)
        eq(digest_status(phone, nonce, 1), (200, False))
        eq(digest_status(phone, nonce, 1), (401, True), "a replay")
        eq(digest_status(phone, nonce, 2), (200, False))
        phone.say("advance 61")
        eq(digest_status(phone, nonce, 3), (401, True), "too old")
        eq(phone.say("dump")["failures"], 0, "a stale nonce is no wrong password")
        phone.say("set nonce-once yes")
        nonce = re.search(r'nonce="(\w+)"', phone.bare("/info.htm")[1]["WWW-Authenticate"]).group(1)
        eq(digest_status(phone, nonce, 1), (200, False))
        eq(digest_status(phone, nonce, 2), (401, True), "used before")
        eq(digest_status(phone, "made-up", 1), (401, True), "never given out")


def digest_status(phone, nonce, count, target="/info.htm"):
    """(status, stale) of a login computed here: MD5, qop auth."""

    def md5(*parts):
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    nc = "%08x" % count
    response = md5(md5("admin", "snom", "1234"), nonce, nc, "c0", "auth", md5("GET", target))
    header = (
        'Digest username="admin", realm="snom", nonce="%s", uri="%s", qop=auth, nc=%s, cnonce="c0", response="%s"'
        % (nonce, target, nc, response)
    )
    status, headers, _ = phone.bare(target, headers={"Authorization": header})
    return status, "stale=true" in (headers["WWW-Authenticate"] or "")


def digest_signs_the_exact_target():
    """a login for another target, method or realm is a failure"""
    with Phone("d785", "--set", "count-bare=no") as phone:
        nonce = re.search(r'nonce="(\w+)"', phone.bare("/info.htm")[1]["WWW-Authenticate"]).group(1)

        def md5(*parts):
            return hashlib.md5(":".join(parts).encode()).hexdigest()

        for realm, method, uri in (("snom", "GET", "/"), ("snom", "POST", "/info.htm"), ("other", "GET", "/info.htm")):
            response = md5(md5("admin", realm, "1234"), nonce, md5(method, uri))
            header = 'Digest username="admin", realm="%s", nonce="%s", uri="%s", response="%s"' % (
                realm, nonce, uri, response,
            )  # fmt: skip
            eq(phone.bare("/info.htm", headers={"Authorization": header})[0], 401)
        eq(phone.say("dump")["failures"], 3)


def stale_can_be_forced():
    """fail-next stale and expire make the next login stale, once"""
    with Phone("d785") as phone:
        phone.say("fail-next stale")
        true("stale=true" in phone.bare("/info.htm")[1]["WWW-Authenticate"], "stale on demand")
        nonce = re.search(r'nonce="(\w+)"', phone.bare("/info.htm")[1]["WWW-Authenticate"]).group(1)
        phone.say("expire")
        eq(digest_status(phone, nonce, 1), (401, True))


def the_service_account_is_an_administrator():
    """with admin_mode off only the service account's writes count"""
    with Phone(
        "d785", "--set", "admin_mode=off", "--set", "service_mode_login=cti", "--set", "service_mode_pass=x"
    ) as phone:
        write = "/dummy.htm?settings=save&redirect_number=%s"
        eq(phone.get(write % "1")[0], 200)
        eq(phone.say("get redirect_number")["value"], "", "the user's write is passed over")
        eq(phone.get(write % "2", user="cti", password="x")[0], 200)
        eq(phone.say("get redirect_number")["value"], "2")


def uc_takes_the_first_account_as_login():
    """uc: the first account's name and password become the web login"""
    with Phone("uc") as phone:
        eq(phone.bare("/info.htm")[0], 200)
        phone.get("/line_login.htm?l=1", data=b"Settings=Save&user_name1=alice&user_pass1=Lync-1")
        eq(phone.bare("/info.htm")[0], 401)
        eq(phone.get("/info.htm", user="alice", password="Lync-1")[0], 200)


# --- calls ---


def an_outgoing_call_lives_and_ends():
    """dial, ring, answer, hang up: states and action URLs in the documented order"""
    for personality in ("s360-87", "s360-drop", "d725", "d785"):
        with desk(personality) as (phone, receiver):
            phone.curl(
                "/command.htm?number=030122&outgoing_uri=440@pbx.example", "--anyauth", "--user", "admin:1234"
            )
            eq(receiver.names(1), ["outgoing"], personality)
            phone.say("advance 0.5")
            eq(phone.calls(), [("030122", "ringing")])
            phone.say("advance 2")
            eq(receiver.names(1), ["connected"])
            eq(phone.calls(), [("030122", "connected")])
            phone.command("key=CANCEL")
            eq(receiver.names(1), ["disconnected"])
            eq(phone.states(), ["calling", "ringing", "connected", "closed"])


def nobody_answers_and_busy():
    """odd numbers ring for 30 s, numbers in 9 are busy; both end with disconnected"""
    with desk("d785") as (phone, receiver):
        phone.command("number=031")
        phone.say("advance 29")
        eq(phone.calls(), [("031", "ringing")])
        phone.say("advance 2")
        eq(receiver.names(2), ["outgoing", "disconnected"])
        phone.command("number=039")
        phone.say("advance 0.5")
        eq(receiver.names(2), ["outgoing", "disconnected"])
        eq(phone.calls(), [])
        phone.say("set busy-event no")
        phone.command("number=049")
        phone.say("advance 0.5")
        eq(receiver.names(1), ["outgoing"])
        phone.say("set auto-answer never")
        phone.command("number=032")
        phone.say("advance 10")
        eq(phone.calls(), [("032", "ringing")])
        phone.say("remote-answer")
        eq(receiver.names(2), ["outgoing", "connected"])
        phone.say("remote-hangup")
        eq(receiver.names(1), ["disconnected"])


def incoming_calls_in_every_way():
    """not answered, on the speaker, on the handset: the orders that a D765 was seen to send"""
    with desk("d785") as (phone, receiver):
        phone.say("ring 0301 Bob Baker")
        phone.say("remote-hangup")
        eq(receiver.names(3), ["incoming", "disconnected", "missed"])
        for key in ("ENTER", "SPEAKER", "HEADSET", "P1"):
            phone.say("ring 0301")
            phone.command("key=" + key)
            phone.say("remote-hangup")
            eq(receiver.names(3), ["incoming", "connected", "disconnected"], key)
        phone.say("ring 0302")
        phone.command("key=OFFHOOK")
        phone.command("key=ONHOOK")
        eq(receiver.names(5), ["incoming", "offhook", "connected", "onhook", "disconnected"])
        phone.say("ring 0303")
        phone.say("answer")
        phone.command("key=OFFHOOK")
        phone.say("remote-hangup")
        phone.command("key=ONHOOK")
        eq(receiver.names(5), ["incoming", "connected", "offhook", "disconnected", "onhook"])


def outgoing_by_handset():
    """the handset, typed digits, ENTER: offhook, outgoing, connected, onhook, disconnected"""
    with desk("d785") as (phone, receiver):
        phone.command("key=OFFHOOK")
        phone.command("key=0,100,100;3;0;2;ENTER")
        phone.say("advance 3")
        phone.command("key=ONHOOK")
        eq(receiver.names(5), ["offhook", "outgoing", "connected", "onhook", "disconnected"])
        eq(phone.states(), ["offhook", "calling", "ringing", "connected", "closed"])


def a_declined_call_ends_none_once_or_twice():
    """decline: nothing on the 3xx, disconnected on others, twice two seconds apart on D7xx"""
    with desk("s360-87") as (phone, receiver):
        phone.say("ring 0301")
        phone.command("key=CANCEL")
        eq(phone.calls(), [])
        phone.say("ring 0302")
        eq(receiver.names(2), ["incoming", "incoming"], "and nothing between")
    with desk("d785") as (phone, receiver):
        phone.say("ring 0301")
        phone.command("key=CANCEL")
        eq(receiver.names(2), ["incoming", "disconnected"])
        phone.say("advance 1.5")
        phone.say("ring 0302")
        phone.say("advance 0.6")
        eq(receiver.names(2), ["incoming", "disconnected"], "the second one came after two seconds")
        phone.say("set decline once")
        phone.say("hangup")
        phone.say("advance 5")
        phone.say("ring 0303")
        eq(receiver.names(2), ["disconnected", "incoming"])


def hold_and_resume():
    """F_HOLD toggles; the 3xx has no action URL for it; the other end can hold, too"""
    with desk("d785") as (phone, receiver):
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("key=F_HOLD")
        eq(phone.calls(), [("02", "holding")])
        phone.command("key=F_HOLD")
        eq(receiver.names(4), ["outgoing", "connected", "hold", "unhold"])
        phone.say("remote-hold")
        eq(phone.calls(), [("02", "on_hold")])
        phone.say("remote-hold")
        eq(phone.calls(), [("02", "connected")])
        phone.say("hold")
        phone.say("hangup")
        eq(receiver.names(2), ["hold", "disconnected"])
    with desk("s360-87") as (phone, receiver):
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("key=F_HOLD")
        eq(phone.calls(), [("02", "holding")])
        phone.command("key=CANCEL")
        eq(receiver.names(3), ["outgoing", "connected", "disconnected"])


def a_second_call_and_swapping():
    """a second call puts the first on hold, F_HOLD swaps, RELEASE_ALL_CALLS ends both"""
    with desk("d785") as (phone, receiver):
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("number=04")
        phone.say("advance 3")
        eq(receiver.names(5), ["outgoing", "connected", "hold", "outgoing", "connected"])
        eq(phone.calls(), [("02", "holding"), ("04", "connected")])
        phone.command("key=F_HOLD")
        eq(phone.calls(), [("02", "connected"), ("04", "holding")])
        eq(receiver.names(2), ["hold", "unhold"])
        phone.command("RELEASE_ALL_CALLS")
        eq(receiver.names(2), ["disconnected", "disconnected"])
        eq(phone.calls(), [])


def transfers():
    """blind: TRANSFER, digits, ENTER; attended: TRANSFER with one held and one connected"""
    with desk("d785") as (phone, receiver):
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("key=TRANSFER;1;2;3;ENTER")
        eq(receiver.names(4), ["outgoing", "connected", "blind_transfer", "disconnected"])
        eq(phone.wait("transfer")["number"], "123")
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("number=04")
        phone.say("advance 3")
        receiver.names(5)
        phone.command("key=TRANSFER")
        eq(receiver.names(3), ["attended_transfer", "disconnected", "disconnected"])
        eq(phone.calls(), [])


def too_many_calls_are_refused_silently():
    """the third call of a 3xx and the fifth of a D7xx come to nothing, with the same answer"""
    for personality, room in (("s360-87", 2), ("d785", 4)):
        with Phone(personality) as phone:
            first = phone.command("number=02")
            for i in range(1, room):
                phone.command("number=%d2" % i)
            eq(phone.command("number=92"), first)
            eq(len(phone.calls()), room)
            true(not phone.try_say("ring 0301")["ok"], "there is no room")
    with Phone("d785") as phone:
        phone.say("ring 0301")
        eq(phone.command("number=02"), 200)
        eq(phone.calls(), [("0301", "offered")], "nothing is dialled while it rings")


def keys_in_the_wrong_moment_do_nothing():
    """keys that mean nothing now, and keys that do not exist, are answered 200"""
    with desk("d785") as (phone, receiver):
        for key in ("F_HOLD", "ENTER", "ONHOOK", "TRANSFER", "CANCEL", "NONSENSE", "P7", "F5", ""):
            eq(phone.command("key=" + key), 200, key)
        eq(phone.get("/command.htm")[0], 200)
        phone.command("key=1;2;3")
        eq(phone.say("dump")["buffer"], "123")
        phone.command("key=CANCEL")
        eq(phone.say("dump")["buffer"], "")
        eq(phone.say("dump")["calls"], [])
        phone.say("ring 0301")
        eq(receiver.names(1), ["incoming"], "the first event of all")


def keys_and_digits_end_somewhere():
    """256 keys of one command count and no more; so do 256 digits in the dial buffer"""
    with Phone("d785", "--auth", "none") as phone:
        phone.command("key=" + ";".join(["7"] * 255 + ["CANCEL", "1"]))
        eq(phone.say("dump")["buffer"], "", "the 256th counts, the 257th does not")
        phone.command("key=" + ";".join("1" * 256))
        phone.command("key=2")
        eq(phone.say("dump")["buffer"], "1" * 256)


def tones_reach_only_a_connected_call():
    """key_dtmf and digit keys are tones in a call; outside they are not"""
    with Phone("d785") as phone:
        phone.command("key_dtmf=99")
        phone.command("number=02")
        phone.say("advance 3")
        phone.command("key_dtmf=12%23")
        phone.command("key=4,100,100;*,100,100;%23,100,100")
        eq(phone.say("dump")["dtmf"], "12#4*#")


def numbers_arrive_as_they_were_encoded():
    """%2B is a plus, a bare plus becomes a space, %23 and ; stay"""
    with Phone("d785") as phone:
        for sent, number in (("%2B4930", "+4930"), ("+4930", " 4930"), ("*21%23", "*21#"), ("1;2", "1;2")):
            phone.command("number=" + sent)
            eq(phone.calls(), [(number, "calling")], sent)
            phone.command("RELEASE_ALL_CALLS")


def the_home_page_dials_too():
    """index.htm takes NUMBER with DIAL and active_line, number, and a posted form"""
    with Phone("s360-87", "--set", "user_active2=on", "--set", "user_name2=441") as phone:
        eq(phone.get("/index.htm?NUMBER=02&DIAL=Waehlen&active_line=2")[0], 302)
        eq(phone.say("dump")["calls"][0]["identity"], 2)
        phone.command("RELEASE_ALL_CALLS")
        phone.get("/index.htm?number=03")
        eq(phone.calls(), [("03", "calling")])
        phone.command("RELEASE_ALL_CALLS")
        phone.post("/index.htm", NUMBER="04")
        eq(phone.calls(), [("04", "calling")])


def identities_locks_and_dnd_decide():
    """outgoing_uri picks the line; a locked keyboard, a dead identity and DND are silent"""
    with Phone(
        "d785", "--identity", "440@pbx.example",
        "--set", "user_active2=on", "--set", "user_name2=7", "--set", "user_host2=other",
    ) as phone:  # fmt: skip
        phone.command("number=02&outgoing_uri=7@other")
        eq(phone.say("dump")["calls"][0]["identity"], 2)
        phone.command("RELEASE_ALL_CALLS")
        phone.say("set keyboard_lock on")
        eq(phone.command("number=02"), 200)
        eq(phone.calls(), [])
        phone.command("number=112")
        eq(phone.calls(), [("112", "calling")], "an emergency call")
        phone.command("RELEASE_ALL_CALLS")
        phone.say("set locked-dial allowed")
        phone.command("number=02")
        eq(phone.calls(), [("02", "calling")])
        phone.command("RELEASE_ALL_CALLS")
        phone.command("LOGOFFLINE=1")
        eq(phone.command("number=02"), 200)
        eq(phone.calls(), [])
    with Phone("d785", "--set", "dnd_mode=on") as phone:
        true(not phone.try_say("ring 0301")["ok"], "do not disturb")
        phone.command("key=DND")
        phone.say("ring 0301")


# --- events ---


def variables_are_expanded():
    """call variables, settings, indices and paths; secrets are empty, unknown ones stay"""
    query = (
        "c=$call-id&r=$remote&l=$local&u=$active_user&n=$user_name[1]&p=$http_pass&x=$cancel_reason"
        "&z=$no_such_thing&m=$mac&i=$active_line&d=$display_remote"
    )
    with desk("d785", query=query) as (phone, receiver):
        phone.say("ring +4930 Bob & Söhne")
        _, seen = receiver.next()
        call = phone.say("dump")["calls"][0]
        eq(
            {name: values[0] for name, values in seen.items()},
            {
                "c": call["call_id"], "r": "+4930@pbx.example", "l": "440@pbx.example", "u": "440", "n": "440",
                "p": "", "x": "", "z": "$no_such_thing", "m": "000413AABBCC", "i": "1", "d": "Bob & Söhne",
            },
        )  # fmt: skip
        true("r=%2B4930@pbx.example" in receiver.raw[0], receiver.raw[0])
        phone.say('remote-hangup SIP;cause=200;text="Call completed elsewhere"')
        _, seen = receiver.next()
        eq(seen["x"], ['SIP;cause=200;text="Call completed elsewhere"'])
        eq(seen["c"], [call["call_id"]], "still there when it has ended")
    with Receiver() as receiver:
        with Phone("d785", "--set", "action_incoming_url=%s/$mac&/x?r=$remote" % receiver.base) as phone:
            phone.say("ring 1")
            eq(receiver.next()[0], "/000413AABBCC/x")


def variables_that_firmware_differs_in():
    """raw values, unknown variables on a D765, none at all on the 190"""
    with desk("d785", "--set", "expand=raw", query="r=$remote&d=$display_remote") as (phone, receiver):
        phone.say("ring +4930 iPhone **621")
        receiver.next()
        true(receiver.raw[0].endswith("?r=+4930@pbx.example&d=iPhone%20**621"), receiver.raw[0])
    with desk("d785", "--set", "unknown-variables=nr_ongoing_calls", query="n=$nr_ongoing_calls") as (phone, receiver):
        phone.say("ring 1")
        eq(receiver.next()[1], {"n": ["$nr_ongoing_calls"]})
    with desk("s190", query="r=$remote") as (phone, receiver):
        phone.say("ring 1")
        phone.say("answer")
        phone.say("remote-hangup")
        phone.command("number=02")
        eq(receiver.names(2), ["incoming", "outgoing"], "no connected, no disconnected")
        true(receiver.raw[0].endswith("?r=$remote"), receiver.raw[0])
        phone.command("key=RECALL")


def onhook_after_the_end_has_no_call():
    """an onhook after the call has ended carries empty call variables"""
    with desk("d785") as (phone, receiver):
        phone.say("ring 1")
        phone.command("key=OFFHOOK")
        phone.say("remote-hangup")
        phone.command("key=ONHOOK")
        events = [receiver.next() for _ in range(5)]
        eq([e[0].rsplit("/", 1)[1] for e in events][3:], ["disconnected", "onhook"])
        true(events[3][1]["c"] != [""], "disconnected has the call")
        eq(events[4][1]["c"], [""])


def events_are_reported_with_their_outcome():
    """a refusing, a deaf and a missing receiver, each as it was; nothing is repeated"""
    with Receiver(status=400) as receiver:
        with Phone("d785", *with_urls(receiver.base), "--set", "event-timeout=200") as phone:
            phone.say("ring 1")
            seen = phone.wait("action", name="incoming")
            eq((seen["status"], seen["error"]), (400, None))
            with silent_port() as port:
                phone.say("set action_disconnected_url http://127.0.0.1:%d/x" % port)
                phone.say("hangup")
                eq(phone.wait("action", name="disconnected")["error"], "timeout")
            phone.say("set action_incoming_url http://127.0.0.1:1/x")
            phone.say("ring 2")
            true("refused" in phone.wait("action", name="incoming")["error"], "nobody there")
            phone.say("set action_connected_url nonsense")
            phone.say("answer")
            eq(phone.wait("action", name="connected")["error"], "not a URL")
        eq(len(receiver.raw), 1)


@contextlib.contextmanager
def silent_port():
    """Accepts by its backlog and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def failed_events_can_be_repeated():
    """event-retry sends a failed one again after five seconds, once"""
    with Phone("d785", "--set", "event-retry=yes", "--set", "action_incoming_url=http://127.0.0.1:1/x") as phone:
        phone.say("ring 1")
        eq(phone.wait("action")["attempt"], 1)
        phone.say("advance 5.1")
        eq(phone.wait("action")["attempt"], 2)
        phone.say("advance 30")
        phone.say("set action_connected_url http://127.0.0.1:1/y")
        phone.say("answer")
        eq(phone.wait("action")["name"], "connected", "no third attempt")


def events_go_wrong_on_demand():
    """duplicate, missing, swapped, and before the answer"""
    with desk("d785") as (phone, receiver):
        phone.say("fail-next duplicate-event")
        phone.say("ring 1")
        eq(receiver.names(2), ["incoming", "incoming"])
        phone.say("fail-next missing-event")
        phone.say("answer")
        phone.say("remote-hangup")
        eq(receiver.names(1), ["disconnected"])
        phone.say("fail-next swap-events")
        phone.say("ring 2")
        phone.say("answer")
        eq(receiver.names(2), ["connected", "incoming"])
        phone.say("remote-hangup")
        eq(receiver.names(1), ["disconnected"])
    with desk("d785", "--auth", "none") as (phone, receiver):
        phone.say("fail-next event-first")
        answers = []
        thread = threading.Thread(target=lambda: answers.append(phone.command("number=02")))
        thread.start()
        eq(receiver.names(1), ["outgoing"])
        eq(answers, [], "the event overtook the answer")
        phone.say("advance 1")
        thread.join(harness.DEADLINE_S)
        eq(answers, [200])


def events_come_from_the_phones_address():
    """action URLs leave from the address that the phone has, and it can change"""
    with Receiver() as receiver:
        peers = []
        handler = receiver.server.RequestHandlerClass
        answer = handler.do_GET

        def do_GET(self):
            peers.append(self.client_address[0])
            answer(self)

        handler.do_GET = do_GET
        with Phone("d785", "--address", "127.0.0.3", *with_urls(receiver.base)) as phone:
            phone.say("ring 1")
            receiver.next()
            phone.say("source 127.0.0.4")
            phone.say("answer")
            receiver.next()
        eq(peers, ["127.0.0.3", "127.0.0.4"])


def dnd_forwarding_and_registration_tell():
    """DND by key and by setting, forwarding, log-off and log-on, a refused password"""
    events = ("dnd_on", "dnd_off", "redirection_on", "redirection_off", "log_on", "log_off")
    with Receiver() as receiver:
        options = with_urls(receiver.base, "u=$context_url&e=$redirect_event", events)
        options += ["--set", "action_reg_failed=%s/reg_failed?u=$context_url" % receiver.base]
        with Phone("d785", *options) as phone:
            eq(receiver.next()[1]["u"], ["sip:440@pbx.example"], "registered at boot")
            phone.command("key=DND")
            eq(phone.say("get dnd_mode")["value"], "on")
            phone.get("/dummy.htm?settings=save&dnd_mode=off")
            phone.get("/dummy.htm?settings=save&redirect_event=all&redirect_number=22")
            phone.get("/dummy.htm?settings=save&redirect_event=none")
            eq(receiver.names(4), ["dnd_on", "dnd_off", "redirection_on", "redirection_off"])
            phone.command("LOGOFFALL")
            phone.get("/line_login.htm?l=1&Settings=Save&user_active1=on")
            eq(receiver.names(2), ["log_off", "log_on"])
            phone.say("set sip-password right")
            phone.get("/dummy.htm?settings=save&user_pass1=wrong")
            phone.command("REREGISTER=1")
            phone.get("/dummy.htm?settings=save&user_pass1=right")
            phone.command("REREGISTER=1")
            eq(receiver.names(2), ["reg_failed", "log_on"])


def a_long_press_tells_its_key():
    """a line key held for more than two seconds"""
    with Receiver() as receiver:
        with Phone("d785", "--set", "action_longpress_url=%s/l?k=$longpress_key" % receiver.base) as phone:
            phone.command("key=P2,2500")
            eq(receiver.next()[1], {"k": ["P2"]})


def https_receivers_are_checked():
    """with --trust the receiver's certificate counts; the name only where the phone checks it"""
    with tempfile.TemporaryDirectory() as folder, Receiver() as receiver:
        cert, key = os.path.join(folder, "c.pem"), os.path.join(folder, "k.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=pc.example", "-addext", "subjectAltName=DNS:pc.example", "-keyout", key, "-out", cert],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
        base = receiver.base.replace("http:", "https:")
        with Phone("d785", *with_urls(base)) as phone:
            phone.say("ring 1")
            eq(phone.wait("action")["status"], 200, "without authorities everything is taken")
        with Phone("d785", "--trust", cert, *with_urls(base)) as phone:
            phone.say("ring 1")
            eq(phone.wait("action")["status"], 200, "known, and the name is not looked at")
        # Another process: a resumed TLS session is not checked again.
        with Phone("d785", "--trust", cert, "--set", "check_fqdn_against_server_cert=on", *with_urls(base)) as phone:
            phone.say("ring 1")
            eq(phone.wait("action")["status"], None, "an address that is not in the certificate")


# --- settings ---


def settings_are_written_and_read():
    """dummy.htm and settings.htm write, the page and its two exports read, secrets are masked"""
    with Phone("d785") as phone:
        phone.get("/dummy.htm?settings=save&action_hold=http://192.0.2.1/h?c=$call-id%26x=1&user_pass1=s3cret")
        phone.get("/settings.htm?settings=save&redirect_number=%2B49%3Cb%3E")
        page = phone.get("/settings.htm")[2]
        rows = dict(re.findall(r"<TR><TD>(\w+)</TD><TD>[^<]*</TD><TD>([^<]*)</TD></TR>", page))
        eq(rows["action_hold"], "http://192.0.2.1/h?c=$call-id&amp;x=1")
        eq(rows["redirect_number"], "+49&lt;b&gt;")
        eq(rows["user_pass1"], "*****")
        links = re.findall(r'HREF="([^"]+)"', page)
        eq(len(links), 2)
        xml, text = (phone.get("/" + link)[2] for link in links)
        root = tree.fromstring(xml.encode())
        eq(root.find("phone-settings/action_hold").text, "http://192.0.2.1/h?c=$call-id&x=1")
        eq(root.find("phone-settings/user_name[@idx='1']").text, "440")
        eq(root.find("phone-settings/mac").get("perm"), "R")
        eq(root.find("phone-settings/user_pass"), None)
        true("\naction_hold$: http://192.0.2.1/h?c=$call-id&x=1\n" in text, text)
        true("pass" not in re.sub(r"(?m)^\w+!?\$?&?:.*call-id.*$", "", text), "no password in the text")


def only_what_may_be_written_is():
    """read-only settings and an unconfirmed administrator's password stay, unknown ones depend"""
    with Phone("d785") as phone:
        phone.get("/dummy.htm?settings=save&mac=000000000000&brand_new=1&admin_mode_password=7")
        eq(phone.say("get mac")["value"], "000413AABBCC")
        eq(phone.say("get brand_new")["value"], "1")
        eq(phone.say("get admin_mode_password")["value"], "0000")
        phone.get("/dummy.htm?settings=save&admin_mode_password=7&admin_mode_password_confirm=7")
        eq(phone.say("get admin_mode_password")["value"], "7")
        phone.say("set unknown-settings ignore")
        phone.get("/dummy.htm?settings=save&brand_newer=1")
        eq(phone.say("get brand_newer")["value"], "")
        phone.say("flag redirect_number &")
        phone.get("/dummy.htm?settings=save&redirect_number=5")
        eq(phone.say("get redirect_number")["value"], "")
        phone.say("set admin_mode off")
        page = phone.get("/settings.htm")[2]
        true("dnd_mode" in page and "http_user" not in page, "the user sees less")
        eq(phone.get("/settings.xml")[0], 403)


def settings_end_somewhere():
    """a value of 4096 bytes and the 256th field of a form are taken, the next are not"""
    with Phone("d785", "--auth", "none") as phone:
        phone.post("/dummy.htm", settings="save", long1="x" * 4096, long2="x" * 4097)
        eq(len(phone.say("get long1")["value"]), 4096)
        eq(phone.say("get long2")["value"], "")
        phone.post("/dummy.htm", settings="save", **{"many%d" % i: "1" for i in range(256)})
        eq((phone.say("get many254")["value"], phone.say("get many255")["value"]), ("1", ""))


def ram_is_lost_and_flash_is_not():
    """a power cut loses what was not stored; store_settings, web Save and a web reboot store"""
    write = "/dummy.htm?settings=save&redirect_number=%s"
    with Phone("d785") as phone:
        phone.get(write % "1")
        cut(phone)
        eq(phone.say("get redirect_number")["value"], "", "it was in RAM only")
        phone.get(write % "2&store_settings=save")
        phone.get(write % "3")
        cut(phone)
        eq(phone.say("get redirect_number")["value"], "2")
        phone.post("/line_login.htm?l=1", Settings="Save", user_realname1="Alice")
        cut(phone)
        eq(phone.say("get user_realname1")["value"], "Alice")
        phone.post("/action.htm", Settings="Apply", action_hold="http://x/")
        cut(phone)
        eq(phone.say("get action_hold")["value"], "", "Apply reaches only RAM")
        phone.get(write % "4")
        phone.get("/advanced_update.htm?reboot=Reboot")
        back_again(phone)
        eq(phone.say("get redirect_number")["value"], "4")
    with Phone("s190") as phone:
        phone.get(write % "1")
        cut(phone)
        eq(phone.say("get redirect_number")["value"], "1", "the old one writes to flash at once")


def cut(phone):
    phone.do("power-cut", "down")
    phone.do("advance 5.1", "listening")


def back_again(phone):
    phone.do("advance 0.4", "down")
    phone.do("advance 5.1", "listening")


def a_reboot_takes_a_while():
    """300 ms later nobody listens, calls are lost, 5 s later it is back and says so"""
    with Receiver() as receiver:
        options = with_urls(receiver.base, "m=$mac", ("setup", "log_on", "outgoing", "disconnected"))
        with Phone("s360-87", *options) as phone:
            eq(receiver.names(2), ["setup", "log_on"])
            phone.command("number=031")
            eq(receiver.names(1), ["outgoing"])
            eq(phone.get("/confirm.htm?REBOOT=yes")[0], 200)
            true(phone.is_reachable(), "not yet")
            phone.do("advance 0.4", "down")
            true(not phone.is_reachable() and not phone.is_reachable(True), "down")
            eq(phone.calls(), [])
            back = phone.do("advance 5.1", "listening")
            eq((back["http"], back["https"]), (phone.about["http"], phone.about["https"]))
            eq(receiver.names(2), ["setup", "log_on"], "and no disconnected")
            eq(phone.get("/info.htm")[0], 200)


def the_web_server_changes_at_boot():
    """webserver_type counts after the reboot"""
    with Phone("s360-87") as phone:
        phone.get("/dummy.htm?settings=save&webserver_type=https&store_settings=save")
        eq(phone.bare("/info.htm")[0], 401, "not yet")
        cut(phone)
        eq(phone.bare("/info.htm")[0], 307)
        phone.say("set webserver_type off")
        cut(phone)
        true(not phone.is_reachable(), "off")


def a_new_password_counts_at_once():
    """the answer to the change still comes, the next request needs the new password"""
    with Phone("d785") as phone:
        eq(phone.get("/dummy.htm?settings=save&http_user=joe&http_pass=new&store_settings=save")[0], 200)
        eq(phone.get("/info.htm")[0], 401)
        eq(phone.get("/info.htm", user="joe", password="new")[0], 200)


def provisioning_wins():
    """at boot the file overwrites all but what is flagged ! and was changed by the user"""
    with tempfile.NamedTemporaryFile("w", suffix=".htm") as file:
        file.write("<html><pre>\n# comment\nlanguage!: Deutsch\nredirect_number$: 99\nuser_name1&: 500\n</pre>\n")
        file.flush()
        with Phone("d785", "--provisioning", file.name) as phone:
            eq(phone.say("get user_name1")["value"], "500")
            phone.get("/dummy.htm?settings=save&language=English&redirect_number=1&user_name1=1&store_settings=save")
            eq(phone.say("get user_name1")["value"], "500", "read-only")
            phone.say("reboot")
            back_again(phone)
            eq(phone.say("get language")["value"], "English", "the user's")
            eq(phone.say("get redirect_number")["value"], "99", "provisioning's")


def a_factory_reset_opens_the_phone():
    """after reset=Reset there is no password"""
    with Phone("d785") as phone:
        phone.get("/advanced_update.htm?reset=Reset")
        back_again(phone)
        eq(phone.bare("/info.htm", secure=True)[0], 200)


# --- sip ---


class Sip:
    """A PBX's side of UDP: sends requests to the phone, hands back its answers."""

    def __init__(self, phone):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(harness.DEADLINE_S)
        self.phone = (phone.about["address"], phone.about["sip"])
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, method, body="", **headers):
        """The headers of a request that was sent; a None removes a header."""
        self.count += 1
        lines = {
            "Via": "SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%d;rport" % (self.socket.getsockname()[1], self.count),
            "From": "<sip:pbx@pbx.example>;tag=1",
            "To": "<sip:440@pbx.example>",
            "Call-ID": "c%d@pbx.example" % self.count,
            "CSeq": "%d %s" % (self.count, method),
            "Content-Length": str(len(body.encode())),
        }
        lines.update({name.replace("_", "-"): value for name, value in headers.items()})
        head = "".join("%s: %s\r\n" % line for line in lines.items() if line[1] is not None)
        uri = "sip:440@127.0.0.1:%d" % self.phone[1]
        self.socket.sendto(("%s %s SIP/2.0\r\n%s\r\n%s" % (method, uri, head, body)).encode(), self.phone)
        return lines

    def request(self, method, body="", **headers):
        """(status, {header: value}) of the answer to a request."""
        lines = self.send(method, body, **headers)
        answer = self.socket.recv(65536).decode().split("\r\n")
        fields = dict(line.split(": ", 1) for line in answer[1:] if ": " in line)
        eq((fields["Via"], fields["CSeq"]), (lines["Via"], lines["CSeq"]))
        true(";tag=" in fields["To"], fields["To"])
        return int(answer[0].split()[1]), fields

    def xml(self, fragment, **headers):
        body = "<IPPhoneSilent document_id=\"x\"><fetch mil=\"100\">phone://mb_exit#%s</fetch></IPPhoneSilent>"
        fields = {"Event": "xml", "Subscription-State": "active", "Content-Type": "application/snomxml"}
        fields.update(headers)
        return self.request("NOTIFY", body % fragment, **fields)[0]


def a_d865_dials_when_notified():
    """NOTIFY with XML dials when xml_notify is on and the sender trusted; 200 in any case"""
    with Phone("d865") as phone, Sip(phone) as sip:
        for setting in ("xml_notify on", "filter_registrar off", "mb_trusted_hosts 127.0.0.1"):
            eq(sip.xml("numberdial=%2B4930"), 200)
            eq(phone.calls(), [], "before " + setting)
            phone.say("set " + setting)
        eq(sip.xml("numberdial=%2B4930"), 200)
        eq(phone.calls(), [("+4930", "calling")])
        eq(sip.xml("key=CANCEL&amp;numberdial=11"), 200)
        eq(phone.calls(), [("11", "calling")], "two fragments")
        eq(sip.xml("numberdial=22", Content_Type="text/plain"), 415)
        eq(sip.xml("numberdial=22", Content_Length="5"), 400)
        eq(sip.xml("numberdial=22", Event=None, o="dialog"), 489)
        eq(phone.calls(), [("11", "calling")])


def check_sync_is_challenged_and_obeyed():
    """check-sync reads the provisioning again or reboots, after a challenge where that is on"""
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("redirect_number$: 1\n")
        file.flush()
        options = ("--provisioning", file.name, "--set", "user_pass1=sip", "--set", "challenge_checksync=on")
        with Phone("d785", *options) as phone, Sip(phone) as sip:
            phone.say("set redirect_number 2")
            status, fields = sip.request("NOTIFY", Event="check-sync;reboot=false")
            eq(status, 401)
            nonce = re.search('nonce="([^"]+)"', fields["WWW-Authenticate"]).group(1)
            uri = "sip:440@127.0.0.1:%d" % sip.phone[1]
            for password, status in (("wrong", 401), ("sip", 200)):
                md5 = lambda *parts: hashlib.md5(":".join(parts).encode()).hexdigest()  # noqa: E731
                response = md5(md5("440", "pbx.example", password), nonce, md5("NOTIFY", uri))
                login = 'Digest username="440", realm="pbx.example", nonce="%s", uri="%s", response="%s"'
                login %= (nonce, uri, response)
                eq(sip.request("NOTIFY", Event="check-sync;reboot=false", Authorization=login)[0], status)
            eq(phone.say("get redirect_number")["value"], "1")
            phone.say("set challenge_checksync off")
            eq(sip.request("NOTIFY", Event="check-sync;reboot=true")[0], 200)
            phone.do("advance 0.4", "down")


def options_are_answered():
    """OPTIONS 200, other methods 405, garbage nothing"""
    with Phone("d785") as phone, Sip(phone) as sip:
        sip.socket.sendto(b"nonsense", sip.phone)
        sip.socket.sendto(b"\r\n\r\n", sip.phone)
        eq(sip.request("OPTIONS")[0], 200)
        eq(sip.request("MESSAGE", "hello")[0], 405)
        more = {"X%d" % i: "1" for i in range(58)}  # with the six it has anyway, 64
        eq(sip.request("OPTIONS", **more)[0], 200)
        sip.send("OPTIONS", X100="1", **more)
        eq(sip.request("OPTIONS")[0], 200, "the first answer that comes is to this one")


# --- program ---


def it_is_driven_from_elsewhere_too():
    """commands by Unix socket and by TCP, replies the same way"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "control")
        with Phone("d785", "--control", path, "--control-port", "0") as phone:
            port = next(line["port"] for line in phone.events if line["event"] == "control")
            for family, address in ((socket.AF_UNIX, path), (socket.AF_INET, ("127.0.0.1", port))):
                with socket.socket(family) as link:
                    link.settimeout(harness.DEADLINE_S)
                    link.connect(address)
                    with link.makefile("rw") as lines:
                        lines.write("ring 0301\n")
                        lines.flush()
                        eq(json.loads(lines.readline()), {"event": "reply", "command": "ring", "ok": True})
                        lines.write("hangup\nnonsense\n")
                        lines.flush()
                        eq([json.loads(lines.readline())["ok"] for _ in range(2)], [True, False])
                phone.wait("call", state="closed")
        true(not os.path.exists(path), "the socket is gone")


def it_ends_when_told_and_when_left():
    """quit, SIGTERM and a closed pipe end it with 0"""
    for end in ("quit", "close", "terminate"):
        phone = Phone("d785")
        if end == "quit":
            phone.send("quit")
        elif end == "close":
            phone.process.stdin.close()
        else:
            phone.process.terminate()
        eq(phone.process.wait(harness.DEADLINE_S), 0, end)
        phone.stop()


def the_command_line_says_what_is_wrong():
    """bad options end with 2 or 1 and a sentence; --help has the whole manual"""
    for options, status, text in (
        (["-p", "s999"], 2, "no personality"),
        (["--nonsense"], 2, "nonsense"),
        (["--set", "qop=maybe"], 1, "auth|none"),
        (["--set", "no-such-knob=1"], 1, "no-such-knob"),
        (["--auth", "ntlm"], 1, "basic, digest or none"),
        (["--identity", "440"], 1, "USER@HOST"),
        (["--certificate-kind", "paper"], 1, "self-signed"),
        (["--certificate", "/nonexistent"], 1, "/nonexistent"),
        (["--address", "nowhere"], 1, "nowhere"),
    ):
        done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=harness.DEADLINE_S)
        eq(done.returncode, status, str(options))
        true(text in done.stderr, done.stderr)
    text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    for word in (*CLASSIC, "d785-strict", "remote-hangup", "lockout-time", "swap-events", "--certificate"):
        true(word in text, word)


TOPICS = {
    "web": [
        info_tells_model_mac_and_firmware, a_dial_is_answered_in_four_ways, s360_drop_obeys_and_hangs_up,
        http_leads_to_https_where_only_that_is_on, hidden_tags_make_commands_harmless,
        forms_need_their_hidden_tag, restricted_queries_do_nothing, a_blank_phone_is_open, a_d865_is_one_page,
        unknown_pages_are_errors, the_screen_is_a_picture,
    ],
    "faults": [
        dead_slow_and_half_are_just_that, one_request_at_a_time, faults_come_when_asked_for,
        old_quirks_of_keep_alive, the_minibrowser_hangs_with_keep_alive, huge_requests_are_dropped,
        the_certificate_is_what_it_says, certificates_have_the_fault_of_their_kind, a_certificate_can_be_given,
    ],
    "login": [
        basic_and_digest_as_set, passwords_are_never_printed, too_many_failures_lock_the_phone,
        a_good_login_resets_the_count, a_lenient_phone_counts_only_wrong_passwords, lockout_can_be_by_address,
        nonces_age, digest_signs_the_exact_target, stale_can_be_forced,
        the_service_account_is_an_administrator, uc_takes_the_first_account_as_login,
    ],
    "calls": [
        an_outgoing_call_lives_and_ends, nobody_answers_and_busy, incoming_calls_in_every_way, outgoing_by_handset,
        a_declined_call_ends_none_once_or_twice, hold_and_resume,
    ],
    "several-calls": [
        a_second_call_and_swapping, transfers, too_many_calls_are_refused_silently, the_home_page_dials_too,
        identities_locks_and_dnd_decide,
    ],
    "keys": [
        keys_in_the_wrong_moment_do_nothing, keys_and_digits_end_somewhere, tones_reach_only_a_connected_call,
        numbers_arrive_as_they_were_encoded,
    ],
    "events": [
        variables_are_expanded, variables_that_firmware_differs_in, onhook_after_the_end_has_no_call,
        events_are_reported_with_their_outcome, failed_events_can_be_repeated, events_go_wrong_on_demand,
        events_come_from_the_phones_address, dnd_forwarding_and_registration_tell, a_long_press_tells_its_key,
        https_receivers_are_checked,
    ],
    "settings": [
        settings_are_written_and_read, only_what_may_be_written_is, settings_end_somewhere, ram_is_lost_and_flash_is_not,
        a_reboot_takes_a_while, the_web_server_changes_at_boot, a_new_password_counts_at_once,
        provisioning_wins, a_factory_reset_opens_the_phone,
    ],
    "sip": [a_d865_dials_when_notified, check_sync_is_challenged_and_obeyed, options_are_answered],
    "program": [
        it_is_driven_from_elsewhere_too, it_ends_when_told_and_when_left, the_command_line_says_what_is_wrong,
    ],
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(harness.run(TOPICS[sys.argv[2]]))
