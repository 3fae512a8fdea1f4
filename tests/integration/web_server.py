# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server with a handful of pages, for tests: says on stdout, one JSON object per line, what it
was asked for.

usage: web_server.py ADDRESS PORT PAGES.json [CERTIFICATE [old]]   {path: [status, {header: value}, body]}
"old" speaks TLS 1.0 and 1.1 only.
"""

import http.server
import json
import ssl
import sys


def say(event, **fields):
    print(json.dumps(dict(event=event, **fields)), flush=True)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # the name is http.server's
        path = self.path.split("?")[0]
        say("asked", path=self.path, accept=self.headers.get("Accept", ""))
        status, headers, body = pages.get(path, (404, {}, ""))
        octets = body.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets)

    def log_message(self, *_):
        pass


with open(sys.argv[3], encoding="utf-8") as stream:
    pages = json.load(stream)
server = http.server.ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler)
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if sys.argv[5:] == ["old"]:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.load_cert_chain(sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
say("listening")
server.serve_forever()
