#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every rule must catch its own failing sample, and only that rule may speak; then the tree itself
must be clean. A rule without a sample is a failure."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
results = []


def verdict(ok, name, text=""):
    results.append(ok)
    print("%s %d %s" % ("ok" if ok else "not ok", len(results), name))
    for line in text.strip().split("\n") if text.strip() and not ok else []:
        print("# " + line)


def run(script, *arguments, cwd=ROOT):
    command = [sys.executable, os.path.join(HERE, script), *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def rule_names():
    with open(os.path.join(HERE, "check-source.py"), encoding="utf-8") as stream:
        found = re.findall(r"^@rule\ndef (\w+)", stream.read(), re.M)
    return [name.replace("_", "-") for name in found]


def check_source_samples():
    folder = os.path.join(HERE, "samples", "source")
    for name in rule_names():
        samples = [f for f in os.listdir(folder) if os.path.splitext(f)[0] == name]
        samples = [f for f in samples if not (f.endswith(".h") and f[:-1] + "c" in samples)]
        if len(samples) != 1:
            verdict(False, "sample of " + name, "no failing sample in " + folder)
            continue
        status, out = run("check-source.py", os.path.join(folder, samples[0]))
        rules = set(re.findall(r"\[([\w-]+)\]$", out, re.M))
        verdict(status == 1 and rules == {name}, "sample of " + name, out)


def check_layer_samples():
    folder = os.path.join(HERE, "samples", "layers")
    for name in sorted(os.listdir(folder)):
        sample = os.path.join(folder, name)
        with open(os.path.join(sample, "expected"), encoding="utf-8") as stream:
            expected = stream.read().strip()
        status, out = run("check-layers.py", sample)
        verdict(status == 1 and out.strip() == expected, "layers: " + name, out)


def main():
    check_source_samples()
    check_layer_samples()
    for script in ("check-source.py", "check-layers.py"):
        status, out = run(script)
        verdict(status == 0, script + " over the tree", out)
    print("1..%d" % len(results))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
