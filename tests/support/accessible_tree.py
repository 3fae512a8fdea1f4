#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader sees of one program, as JSON: accessible_tree.py PROGRAM [press NAME]

Prints [{"role", "name", "depth", "showing", "focusable"}] in reading order; with "press" does the
first action of the showing element of that name instead. Runs on the session's bus.
"""

import json
import sys

import pyatspi


def walk(node, depth=0):
    states = node.getState()
    yield node, {
        "role": node.getRoleName(),
        "name": node.name,
        "depth": depth,
        "showing": states.contains(pyatspi.STATE_SHOWING),
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
    }
    for index in range(min(node.childCount, 200)):  # a list of thousands reads the same
        child = node.getChildAtIndex(index)
        if child is not None:
            yield from walk(child, depth + 1)


def main():
    desktop = pyatspi.Registry.getDesktop(0)
    programs = [desktop.getChildAtIndex(i) for i in range(desktop.childCount)]
    elements = [e for p in programs if p is not None and p.name == sys.argv[1] for e in walk(p)]
    if len(sys.argv) < 4:
        print(json.dumps([about for _, about in elements]))
        return 0
    for node, about in elements:
        if about["name"] == sys.argv[3] and about["showing"] and node.queryAction().nActions:
            return 0 if node.queryAction().doAction(0) else 1
    return 1


if __name__ == "__main__":
    sys.exit(main())
