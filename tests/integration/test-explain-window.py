#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window that explains a trace: opened from the command line, dropped, pasted; used with the
keyboard and by a screen reader."""

import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import harness  # noqa: E402
from desktop import ONLINE, Session  # noqa: E402
from harness import ROOT, Failure, Peer  # noqa: E402

DATA = os.path.join(ROOT, "tests", "data", "explain")
REFUSED = os.path.join(DATA, "011-credentials-rejected.txt")
MISMATCH = os.path.join(DATA, "012-ntlm-session-security-mismatch.txt")
TITLE = "^Explain a Trace$"
# What GTK puts around things that have a name.
AROUND = ("scroll pane", "viewport", "panel", "filler", "table cell", "split pane", "separator")


def start(session, *arguments):
    for name in ("NO_AT_BRIDGE", "GTK_A11Y"):
        session.env.pop(name, None)
    os.makedirs(session.path("services"), exist_ok=True)
    shutil.copy("/usr/share/dbus-1/services/org.a11y.Bus.service", session.path("services"))
    session.start_bus()
    session.start_screen()
    session.start_window_manager()
    session.start_fake_agent({"agent": ONLINE})
    session.tray(*arguments)


def tree(session):
    done = subprocess.run(
        ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "accessible_tree.py"), "offhook-tray"],
        env=session.env, capture_output=True, text=True, timeout=harness.DEADLINE_S,
    )
    return json.loads(done.stdout) if done.returncode == 0 else []


def showing(session, part):
    return [e for e in tree(session) if e["showing"] and part in e["name"]]


def wait_shown(session, part):
    session.wait_for("“%s” for a screen reader" % part, lambda: showing(session, part))


def source(session, path):
    """Another program with a trace to drag and on the clipboard."""
    peer = Peer("trace source", ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "trace_source.py"), path],
                session.env)
    session.peers.append(peer)
    peer.wait("ready")


def test_command_line():
    """--explain shows the ladder in words, the findings, and the text of the chosen message"""
    with Session() as s:
        start(s, "--explain", os.path.relpath(REFUSED))
        s.wait_window(TITLE)
        wait_shown(s, "401 Unauthorized, from server to client")
        wait_shown(s, "REGISTER, from client to server")
        wait_shown(s, "Error: User name or password not accepted.")
        nameless = [e for e in tree(s) if e["showing"] and e["focusable"] and not e["name"] and e["role"] not in AROUND]
        if nameless:
            raise Failure("without a name: %s" % nameless)
        s.wait_focus(TITLE)
        s.key("End")
        wait_shown(s, "The answer to the challenge was refused.")
        s.key("Home")
        wait_shown(s, "Part of the sign-in.")


def test_second():
    """a running tray takes the file; one that cannot be read is told in the window"""
    with Session() as s:
        start(s, "--background")
        s.tray("--explain", "/etc/hostname", wait=False)
        wait_shown(s, "There is no SIP in it.")
        s.tray("--explain", "/nonexistent/trace", wait=False)
        wait_shown(s, "/nonexistent/trace cannot be read")
        s.tray("--explain", MISMATCH, wait=False)
        wait_shown(s, "Error: Client and server demand different NTLM key strengths.")
        # The accessibility bridge keeps what a closed window had and stumbles over it when it is
        # asked again: nobody asks after this.
        windows = len(s.windows(TITLE))
        s.wait_focus(TITLE)
        s.key("ctrl+w")
        s.wait_for("a window less", lambda: len(s.windows(TITLE)) == windows - 1)


def test_paste_and_drop():
    """a trace comes in by clipboard and by drag and drop"""
    with Session() as s:
        start(s, "--explain", "/etc/hostname")
        window = s.wait_window(TITLE)
        wait_shown(s, "There is no SIP in it.")
        source(s, REFUSED)
        s.x("xdotool", "windowmove", window, "100", "100")
        s.wait_focus(TITLE)
        s.key("ctrl+v")
        wait_shown(s, "Error: User name or password not accepted.")
        source(s, MISMATCH)
        s.x("xdotool", "mousemove", "30", "30", "mousedown", "1")
        for x in range(40, 400, 20):  # a drag begins after some way, and each window under it is asked
            s.x("xdotool", "mousemove", str(x), str(x))
        s.x("xdotool", "mouseup", "1")
        wait_shown(s, "Error: Client and server demand different NTLM key strengths.")


if __name__ == "__main__":
    sys.exit(harness.run([test_command_line, test_second, test_paste_and_drop]))
