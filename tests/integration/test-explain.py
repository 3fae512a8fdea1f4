#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""offhook explain as a help desk uses it: no agent, no bus, a file or a pipe, a terminal or none.

test-explain.py OFFHOOK
"""

import glob
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import fcntl
import termios

import harness

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATA = os.path.join(ROOT, "tests", "data", "explain")
OFFHOOK = os.path.abspath(sys.argv[1])
REFUSED = os.path.join(DATA, "011-credentials-rejected.txt")


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def environment(**more):
    """A session without a bus: whoever asks for one gets an error."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "XDG_")) and k != "DISPLAY"}
    env.update({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "xterm"})
    env.update(more)
    return env


def run(*arguments, stdin=b"", **more):
    return subprocess.run(
        [OFFHOOK, "explain", *arguments], input=stdin, capture_output=True, env=environment(**more), timeout=60
    )


def on_terminal(*arguments, columns=100, **more):
    """What it writes to a terminal of that width."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    program = subprocess.Popen([OFFHOOK, "explain", *arguments], stdout=slave, stdin=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=environment(**more))
    os.close(slave)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end has closed
            break
        if not piece:
            break
        said += piece
    os.close(master)
    check(program.wait() == 0, "status %d" % program.returncode)
    return said.decode()


def test_samples():
    """every sample, read by the program: the findings beside it, in JSON and nothing else"""
    samples = sorted(glob.glob(os.path.join(DATA, "*.txt")))
    check(len(samples) > 125, "only %d samples" % len(samples))
    for sample in samples:
        done = run("--json", sample)
        check(done.returncode == 0 and done.stderr == b"", "%s: %s" % (sample, done.stderr))
        with open(sample[:-3] + "json", encoding="utf-8") as stream:
            expected = json.load(stream)
        found = json.loads(done.stdout)
        check([{k: f[k] for k in e} for f, e in zip(found, expected)] == expected and len(found) == len(expected),
              "%s: %s" % (sample, found))
        for finding in found:
            check(set(finding) == {"severity", "code", "title", "cause", "remedy", "line"}, str(finding))


def test_named():
    """what the final handshake's result codes must name"""
    words = {
        "012-ntlm-session-security-mismatch": ("Minimum session security for NTLM SSP", "secpol.msc", "servers", "clients"),
        "011-credentials-rejected": ("password", "LAN Manager authentication level", "0xC3E93EC3"),
        "013-ntlm-unsupported-function": ("0x80090302", "SSP", "128 bit"),
    }
    for name, expected in words.items():
        said = run("--json", os.path.join(DATA, name + ".txt")).stdout.decode()
        for word in expected:
            check(word in said, "%s: “%s” is missing in %s" % (name, word, said))


def test_stdin():
    """“-” reads standard input; the same comes out"""
    with open(REFUSED, "rb") as stream:
        text = stream.read()
    check(run("-", stdin=text).stdout == run(REFUSED).stdout, "file and pipe differ")
    wide = b"\xff\xfe" + text.decode().replace("\n", "\r\n").encode("utf-16-le")
    check(json.loads(run("--json", "-", stdin=wide).stdout) == json.loads(run("--json", REFUSED).stdout), "UTF-16")


def test_status():
    """0 read, whatever was found; 1 unreadable or no SIP in it; 2 usage"""
    check(run(REFUSED).returncode == 0, "with findings")
    done = run("-", stdin=b"Dear all,\n\nnothing here.\n")
    check(done.returncode == 1 and b"$$begin_record" in done.stderr and done.stdout == b"", str(done))
    done = run("/nonexistent/trace.txt")
    check(done.returncode == 1 and b"/nonexistent/trace.txt" in done.stderr, str(done))
    check(run().returncode == 2, "no file")
    check(run(REFUSED, "more").returncode == 2, "two files")
    check(run("--yes", REFUSED).returncode == 2, "an option of others")


def test_limit():
    """a trace of more than 64 MiB is refused, by name of the limit"""
    with tempfile.TemporaryFile() as large:
        large.truncate(64 * 1024 * 1024 + 1)
        done = subprocess.run([OFFHOOK, "explain", "-"], stdin=large, capture_output=True, env=environment(), timeout=60)
    check(done.returncode == 1 and b"64 MiB" in done.stderr, str(done.stderr))


def test_terminal():
    """colours on a terminal only, not with NO_COLOR; the ladder as wide as the terminal; ASCII in C"""
    check("\033[31" in on_terminal(REFUSED), "no red")
    check("\033[" not in on_terminal(REFUSED, NO_COLOR="1"), "coloured in spite of NO_COLOR")
    check(b"\033[" not in run(REFUSED).stdout, "coloured in a pipe")
    for columns in (70, 140):
        lines = on_terminal(REFUSED, columns=columns, NO_COLOR="1").replace("\r", "").split("\n")
        widest = max(len(line) for line in lines if "▶" in line or "◀" in line)
        check(columns - 12 <= widest <= columns, "%d columns: %d" % (columns, widest))
    plain = run(REFUSED, LC_ALL="C").stdout
    check(b"--- REGISTER ---" in plain and "─".encode() not in plain, "not ASCII")


def test_secrets():
    """neither tokens nor responses of the sample come out"""
    sample = os.path.join(DATA, "good-ntlm-own.txt")
    said = run(sample).stdout + run("--json", sample).stdout
    for secret in (b"TlRMTVNT", b"abcdef01", b"9C4186C6", b"9c4186c6", b"60f10847"):
        check(secret not in said, "%s came out" % secret)
    check(b"NTLMv2, domain FABRIKAM" in b" ".join(said.split()), "the token is not decoded")


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    sys.exit(harness.run(TESTS))
