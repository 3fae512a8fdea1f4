#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. The folders' include paths enforce the coarse walls at build time; this
checks every include line, down to single headers, and that no two headers share a name.

check-layers.py [ROOT]
"""

import os
import re
import sys

# folder: the folders or single headers it may include besides its own
MAY = {
    "agent/base": [],
    "agent/number/text": ["agent/base"],
    "agent/number": ["agent/base", "agent/number/text"],
    "agent/config": ["agent/base"],
    "agent/platform": ["agent/base"],
    "agent/sip/text": ["agent/base"],
    "agent/sip": ["agent/base", "agent/sip/text"],
    "agent/auth/text": ["agent/base", "agent/sip/text"],
    "agent/auth": ["agent/base", "agent/auth/text", "agent/sip/text", "agent/sip/sip-guard.h"],
    # Pure, too: a help desk reads traces where no agent runs, so tray and cli link it; its one header.
    "agent/explain": ["agent/base", "agent/explain/text", "agent/sip/text", "agent/auth/text"],
    "agent/explain/text": ["agent/base", "agent/sip/text", "agent/auth/text"],
    "agent/csta/text": ["agent/base", "agent/presence/text/xml-tree.h"],
    # The second body of a phone; the driver library knows no SIP, so it lives here.
    "agent/csta": [
        "agent/base",
        "agent/csta/text",
        "agent/sip",
        "agent/sip/text",
        "phone-api/phone.h",
        "phone-api/phone-body.h",
        "phone-api/phone-tls.h",
        "phone-api/text",
    ],
    "agent/discovery/text": ["agent/base", "agent/presence/text"],
    "agent/discovery": ["agent/base", "agent/discovery/text"],
    "agent/registration": ["agent/base", "agent/discovery", "agent/sip", "agent/sip/text", "agent/auth/security.h"],
    "agent/trace/text": ["agent/base"],
    "agent/trace": ["agent/base", "agent/trace/text", "agent/explain/text/trace-line.h"],
    "agent/presence/text": ["agent/base", "agent/sip/text"],
    "agent/presence": ["agent/base", "agent/presence/text", "agent/sip", "agent/sip/text"],
    "agent/directory/text": ["agent/base", "agent/presence/text/contact-number.h"],
    "agent/directory": ["agent/base", "agent/directory/text", "agent/presence/contacts.h", "agent/presence/contact.h"],
    "agent/provisioning/text": ["agent/base", "agent/number/text", "agent/presence/text/xml-tree.h"],
    "agent/provisioning": [
        "agent/base",
        "agent/number/text",
        "agent/provisioning/text",
        "agent/presence/event-policy.h",
        "agent/sip",
        "agent/sip/text",
    ],
    "agent/calls": ["agent/base", "agent/number/text", "phone-api/phone.h"],
    "agent/finding/text": ["agent/base", "phone-api/text"],
    "agent/finding": [
        "agent/base",
        "agent/finding/text",
        "phone-api/phone-tls.h",
        "phone-api/snom-exchange.h",
        "phone-api/snom-listener.h",
        "phone-api/text",
    ],
    "agent/history/text": ["agent/base", "agent/number/text"],
    "agent/history": ["agent/base", "agent/history/text", "agent/number/text", "agent/calls", "phone-api/phone.h"],
    "agent/bus": [
        "agent/base",
        "agent/bus/client",
        "agent/number/text",
        "agent/registration/registration.h",
        "agent/presence",
        "agent/calls",
        "agent/history",
        "agent/history/text",
        "agent/trace",
        "agent/doctor/doctor.h",
        "agent/finding",
        "agent/finding/text",
        "agent/directory/directory.h",
        "agent/directory/directory-link.h",
        "agent/directory/search-index.h",
        "agent/provisioning",
        "agent/provisioning/text",
        "phone-api/phone.h",
        "phone-api/text/phone-account.h",
    ],
    "agent/doctor/text": ["agent/base", "agent/auth/text"],
    "agent/doctor": [
        "agent/base",
        "agent/doctor/text",
        "agent/directory/directory.h",
        "agent/explain/text/diagnostic-code.h",
        "agent/config",
        "agent/platform",
        "agent/auth/text",
        "agent/sip",
        "agent/sip/text",
        "agent/discovery",
        "agent/registration",
        "agent/auth/security.h",
        "agent/auth/scheme-policy.h",
        "phone-api/phone.h",
    ],
    "agent/bus/client": ["agent/base"],
    "agent": ["*"],
    "phone-api/text": ["agent/base"],
    "phone-api/certificate": ["agent/base", "phone-api/text"],
    "phone-api": ["agent/base", "phone-api/text", "phone-api/certificate"],
    "tray": ["agent/base", "agent/bus/client", "agent/explain/explain.h", "agent/directory/text/fold.h"],
    "tray/cli": [
        "agent/base",
        "agent/bus/client",
        "agent/explain/explain.h",
        # who administers phones needs no agent: files alone
        "phone-api/certificate/certificate-fleet.h",
        "phone-api/certificate/certificate-folder.h",
        "phone-api/certificate/certificate-names.h",
        "tray/history-words.h",
        "tray/presence-words.h",
        "tray/text-for-eyes.h",
    ],
    "tray/plugins": ["agent/base", "agent/bus/client"],
    "tests/fake-front-end": [],
    "tests/phone-simulator": [],
}

# folder: system headers that it must not see, as regular expressions
NEVER = {
    "agent/number/text": r"gio/|glib-object",
    "agent/sip/text": r"gio/|glib-object|openssl",
    "agent/auth/text": r"gio/|glib-object",
    "agent/explain": r"openssl|gssapi|libsoup|libxml",
    "agent/explain/text": r"gio/|glib-object|openssl",
    "agent/csta/text": r"gio/|glib-object",
    "agent/csta": r"libsoup|libxml|openssl",
    "agent/discovery/text": r"gio/|glib-object|libsoup",
    "agent/discovery": r"libxml|gssapi|openssl",
    "agent/directory/text": r"gio/|glib-object|ldap|lber",
    "agent/presence/text": r"gio/|glib-object",
    "agent/provisioning/text": r"gio/|glib-object",
    "agent/provisioning": r"libxml|libsoup",
    "agent/trace/text": r"gio/|glib-object",
    "agent/doctor/text": r"gio/|glib-object",
    "phone-api/text": r"gio/|glib-object|libsoup|openssl",
    "phone-api/certificate": r"libsoup|libxml|gssapi",
    "agent/calls": r"libsoup",
    "agent/finding/text": r"gio/|glib-object|openssl",
    "agent/finding": r"libxml|gssapi",
    "agent/history/text": r"gio/|glib-object|sqlite",
    "agent/sip": r"libsoup|libxml|gssapi",
    "phone-api": r"gtk/|libxml|gssapi",
    "tray": r"libsoup|openssl|libxml|gssapi",
    "tray/cli": r"libsoup|openssl|libxml|gssapi|gtk/",
    "tests/fake-front-end": r"libsoup",
}

# System headers that only these folders see.
ONLY = {r"phonenumbers/": ["agent/number"]}

# Only these see the composition root.
ROOT_HEADERS = {"agent/agent.h": ["agent"], "agent/agent-private.h": ["agent"]}


def headers(root):
    """{name: [path]} of every header of the tree."""
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith((".", "_b", "build")) and f != "samples"]
        for name in names:
            if name.endswith(".h"):
                path = os.path.relpath(os.path.join(folder, name), root)
                found.setdefault(name, []).append(path)
    return found


def includes(path):
    with open(path, encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if match:
                yield number, match.group(1) == '"', match.group(2)


def allowed(folder, path):
    target = os.path.dirname(path)
    may = MAY[folder]
    return target == folder or "*" in may or target in may or path in may


def check_file(root, path, where):
    folder = os.path.dirname(path)
    for number, quoted, name in includes(os.path.join(root, path)):
        if not quoted:
            alone = [p for p, folders in ONLY.items() if re.match(p, name) and folder not in folders]
            if alone or re.search(NEVER.get(folder, r"(?!)"), name):
                yield path, number, "%s must not see <%s>" % (folder, name)
            continue
        targets = where.get(os.path.basename(name), [])
        if targets and not any(allowed(folder, target) for target in targets):
            yield path, number, "%s must not include %s" % (folder, targets[0])
        for target in targets:
            if target in ROOT_HEADERS and folder not in ROOT_HEADERS[target]:
                yield path, number, "nothing but agent/ may include %s" % target


def check(root):
    where = headers(root)
    for name, paths in sorted(where.items()):
        paths.sort()
        if len(paths) > 1:
            yield paths[1], 1, "there is a %s in %s already" % (name, os.path.dirname(paths[0]))
    for folder in sorted(MAY):
        full = os.path.join(root, folder)
        for name in sorted(os.listdir(full)) if os.path.isdir(full) else []:
            if name.endswith((".c", ".cc", ".h")):
                yield from check_file(root, os.path.join(folder, name), where)


def main(arguments):
    bad = list(check(arguments[0] if arguments else "."))
    for path, number, message in bad:
        print("%s:%d: %s" % (path, number, message))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
