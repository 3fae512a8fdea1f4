# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts phone-simulator and talks to it with clients that share nothing with the product: urllib,
http.client and curl. Used by the tests of the simulator itself and by those of the whole."""

import http.client
import http.server
import os
import queue
import socket
import ssl
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

import harness

PATIENCE_S = harness.DEADLINE_S


class Phone(harness.Peer):
    """One running phone-simulator. Use as a context manager."""

    def __init__(self, personality, *options, user="admin", password="1234", program=None):
        program = program or os.path.join(harness.BUILD, "tests/phone-simulator/phone-simulator")
        super().__init__("phone " + personality, [program, "--personality", personality, *options])
        self.user, self.password = user, password
        self.about = self.wait("listening")

    def __enter__(self):
        return self

    def __exit__(self, *why):
        status = self.stop()
        if status != 0 or self.errors:
            raise harness.Failure("%s ended with %s: %s" % (self.name, status, self.errors))

    def try_say(self, command):
        self.send(command)
        return self.wait("reply", command=command.split()[0])

    def say(self, command):
        reply = self.try_say(command)
        if not reply["ok"]:
            raise harness.Failure("%s: %s" % (command, reply["error"]))
        return reply

    def do(self, command, event):
        """Says it and returns the line of what came of it, which is before the reply."""
        start = len(self.events)
        self.say(command)
        for line in self.events[start:]:
            if line["event"] == event:
                return line
        raise harness.Failure("%s did not lead to %s" % (command, event))

    def wait_request(self, path):
        """The line of a request that was made already, or is on its way."""
        seen = [line for line in self.drain() if line["event"] == "request" and line["path"] == path]
        return seen[-1] if seen else self.wait("request", path=path)

    def wait_refusal(self):
        """Why the latest thing refused was refused."""
        return [line["why"] for line in self.drain() if line["event"] == "refused"][-1]

    def calls(self):
        return [(call["number"], call["state"]) for call in self.say("dump")["calls"]]

    def states(self):
        """States that calls went through so far, in order."""
        self.say("get mac")  # whatever was on its way is read by now
        return [line["state"] for line in self.events if line["event"] == "call"]

    # Requests

    def url(self, target, secure=None):
        secure = self.serves_https() if secure is None else secure
        port = self.about["https" if secure else "http"]
        return "%s://%s:%d%s" % ("https" if secure else "http", self.about["address"], port, target)

    def serves_https(self):
        return self.about["personality"] not in ("s360-87", "s360-drop", "s190")

    def opener(self, password=None, user=None):
        """urllib with both schemes; it follows no redirects and no second challenge."""
        keys = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        for secure in (False, True):
            keys.add_password(None, self.url("/", secure), user or self.user, password or self.password)
        return urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=self.trusting()),
            OneDigest(keys),
            OneBasic(keys),
            NoRedirect(),
        )

    def trusting(self):
        context = ssl.create_default_context(cadata=self.about["certificate"])
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        return context

    def get(self, target, data=None, password=None, user=None, secure=None):
        """(status, headers, body) of a request that logs in when asked to."""
        request = urllib.request.Request(self.url(target, secure), data=data)
        try:
            with self.opener(password, user).open(request, timeout=PATIENCE_S) as answer:
                return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode("utf-8", "replace")

    def post(self, target, **fields):
        return self.get(target, urllib.parse.urlencode(fields).encode())

    def command(self, query):
        return self.get("/command.htm?" + query)[0]

    def curl(self, target, *options):
        """(exit status, output) of curl; it shows headers and body."""
        done = subprocess.run(
            ["curl", "-sik", "--noproxy", "*", "-m", str(PATIENCE_S), *options, self.url(target)],
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def bare(self, target, secure=None, method="GET", headers=None):
        """(status, headers, body) of one request without a login, on a connection of its own."""
        secure = self.serves_https() if secure is None else secure
        host, port = self.about["address"], self.about["https" if secure else "http"]
        if secure:
            link = http.client.HTTPSConnection(host, port, timeout=PATIENCE_S, context=self.trusting())
        else:
            link = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
        try:
            link.request(method, target, headers=headers or {})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        finally:
            link.close()

    def is_reachable(self, secure=None):
        secure = self.serves_https() if secure is None else secure
        try:
            port = self.about["https" if secure else "http"]
            socket.create_connection((self.about["address"], port), PATIENCE_S).close()
            return True
        except ConnectionRefusedError:
            return False


class OneDigest(urllib.request.HTTPDigestAuthHandler):
    """Answers one challenge; by itself it would try a wrong password six times."""

    def http_error_401(self, req, *rest):
        return None if req.has_header(self.auth_header) else super().http_error_401(req, *rest)


class OneBasic(urllib.request.HTTPBasicAuthHandler):
    def http_error_401(self, req, *rest):
        return None if req.has_header(self.auth_header) else super().http_error_401(req, *rest)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Receiver:
    """Takes action URLs, answers 200 text/plain, remembers (path, {name: [value]}) in order."""

    def __init__(self, status=200):
        self.events = queue.Queue()
        self.raw = []
        self.status = status
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path, _, query = self.path.partition("?")
                receiver.raw.append(self.path)
                # first noted, then answered: the answer lets the phone send the next one
                receiver.events.put((path, urllib.parse.parse_qs(query, keep_blank_values=True)))
                self.send_response(receiver.status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def next(self):
        try:
            return self.events.get(timeout=PATIENCE_S)
        except queue.Empty:
            raise harness.Failure("no action URL came; so far: %s" % self.raw) from None

    def names(self, count):
        """The last path elements of the next action URLs."""
        return [self.next()[0].rsplit("/", 1)[-1] for _ in range(count)]
