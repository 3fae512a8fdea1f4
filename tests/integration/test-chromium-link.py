#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A click on a tel: link in Chromium: the browser asks nobody (its policy says so), the desktop
starts Offhook, Offhook asks, Enter dials. With the tray running and from cold."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, PEOPLE, READY_PHONE, Session  # noqa: E402
from harness import Failure  # noqa: E402

ASKS = "^Call on Your Desk Phone$"
TITLE = "Telephone list of the test"
PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>%s</title>
<style>body { margin: 0 } a { display: block; height: 100vh; font-size: 40px }</style>
<a href="tel:+49-30-12345678">Call Bob</a>""" % TITLE


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE.encode()
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def start(session, tray):
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.start_panel()
    session.start_fake_agent({"agent": ONLINE}, {"phone": "desk", "set": READY_PHONE}, {"contacts": PEOPLE})
    session.handle_links()
    if tray:
        session.tray("--background")
        session.wait_for("the icon", session.items)


def open_browser(session, port):
    """Chromium with a policy that holds for this process alone: /etc/chromium is covered in a mount
    namespace of its own, so that the machine's is never touched."""
    origin = "http://127.0.0.1:%d" % port
    policy = {"AutoLaunchProtocolsFromOrigins": [{"protocol": "tel", "allowed_origins": [origin]}]}
    with open(session.path("policy.json"), "w", encoding="utf-8") as out:
        json.dump(policy, out)
    inner = (
        "mount -t tmpfs none /etc/chromium && mkdir -p /etc/chromium/policies/managed && "
        'cp "$1" /etc/chromium/policies/managed/ && shift && exec "$@"'
    )
    unshare = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    return session.start(
        "chromium",
        [*unshare, "sh", "-c", inner, "sh", session.path("policy.json"),
         "chromium", "--no-sandbox", "--no-first-run", "--no-default-browser-check", "--password-store=basic",
         "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + session.path("chromium"),
         "--window-size=700,500", "--window-position=20,60", "--new-window", origin + "/"],
    )


def click_link(session):
    window = session.wait_window(TITLE)
    session.wait_for("Chromium to answer the click", lambda: clicked(session, window))


def clicked(session, window):
    """The title comes before the page can be clicked: again until the agent hears of it."""
    session.x("xdotool", "mousemove", "--window", window, "350", "300", "click", "1")
    try:
        session.agent.wait("method", name="ParseNumber", deadline=2)
        return True
    except Failure:
        return False


def run(tray):
    if not shutil.which("chromium"):
        raise Failure("Chromium is not installed: packaging/install full")
    pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    try:
        with Session() as s:
            start(s, tray)
            open_browser(s, pages.server_address[1])
            click_link(s)
            s.wait_window(ASKS)
            s.wait_focus(ASKS)
            s.wait_for("the question to take Enter", lambda: (s.key("Return"), not s.windows(ASKS))[1])
            dialled = s.agent.wait("method", name="Dial")["arguments"]
            if dialled != ["tel:+49-30-12345678", "link", {"confirmed": True}]:
                raise Failure("dialled %r" % (dialled,))
    finally:
        pages.shutdown()
        pages.server_close()


def test_running():
    """a click in Chromium asks and dials, with the tray running"""
    run(tray=True)


def test_cold():
    """a click in Chromium starts the tray, asks and dials"""
    run(tray=False)


if __name__ == "__main__":
    sys.exit(harness.run([test_running, test_cold]))
