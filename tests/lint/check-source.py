#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clang-format and the compiler do not see: one function per rule, one failing sample each.

check-source.py [FILE...]      without arguments every C file that git knows

A line that must break a rule says so in the open: /* nocheck: RULE why */
"""

import os
import re
import subprocess
import sys

FILE_MAX = 800  # lines; 500 is the aim
FUNCTION_MAX = 100  # lines; 40 is the aim
NESTING_MAX = 4  # braces within a function's own

RULES = {}


def rule(function):
    """Registers a rule under its function's name."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


class Source:
    """One C file: its lines, the same with comments and strings blanked, its functions."""

    def __init__(self, path, text, place=None):
        self.path = path
        self.place = place or path  # where it would live: decides which rules hold
        self.text = text
        self.lines = text.split("\n")
        self.code = blank(text).split("\n")
        self.is_header = path.endswith(".h")
        self.is_test = self.place.startswith("tests/")

    def under(self, *folders):
        return any(self.place.startswith(folder + "/") for folder in folders)

    def find(self, pattern):
        """(line number, match) of a pattern in the code, comments and strings left out."""
        expression = re.compile(pattern)
        for number, line in enumerate(self.code, 1):
            match = expression.search(line)
            if match:
                yield number, match

    def functions(self):
        """(name, first line, last line) of each definition; GNU style puts '{' in column 1."""
        start = None
        for number, line in enumerate(self.code, 1):
            if line.startswith("{"):
                start = number
            elif line.startswith("}") and start is not None:
                yield self.name_before(start), start, number
                start = None

    def name_before(self, brace):
        for number in range(brace - 1, max(0, brace - 12), -1):
            line = self.code[number - 1]
            match = re.match(r"^([A-Za-z_]\w*) \(", line)
            if match:
                return match.group(1)
            if not line.strip() or line.rstrip().endswith(";"):
                return None  # a struct, an enum, a table
        return None


def blank(text):
    """Comments, strings and characters become blanks of the same length."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)


@rule
def licence(source):
    """The first line names the licence."""
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in source.lines[0]:
        yield 1, "no SPDX licence line"


@rule
def pragma_once(source):
    """A header guards itself with #pragma once."""
    if source.is_header and "#pragma once" not in source.text:
        yield 1, "no #pragma once"


@rule
def own_header_first(source):
    """thing.c includes "thing.h" before anything else: that proves the header self-contained."""
    own = os.path.splitext(source.path)[0] + ".h"
    if source.is_header or not os.path.exists(own):
        return
    for number, line in enumerate(source.lines, 1):
        match = re.match(r'#include ["<]([^">]+)', line)
        if match:
            if match.group(1) != os.path.basename(own):
                yield number, "include %s first" % os.path.basename(own)
            return


BANNED = {
    r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|strncpy|strncat)\b": "bounded GLib function",
    r"\b(atoi|atol|atof|sscanf)\b": "oh_slice_to_uint() or g_ascii_string_to_unsigned()",
    r"\b(malloc|calloc|realloc|strdup|strndup|asprintf)\b": "GLib's allocator",
    r"\b(rand|srand|random|drand48)\b": "GLib's or OpenSSL's generator",
    r"\b(system|popen|alloca|g_alloca|setjmp|longjmp)\b": "nothing: it is not needed",
    r"\b(sleep|usleep|nanosleep|g_usleep)\b": "an alarm of OhClock, or wait for the event",
    r"\bg_error\b": "an error that is returned",
    r"\b(gtk_dialog_run|gtk_main_iteration)\b": "a signal: no nested loops",
}


@rule
def banned_function(source):
    """Functions that overflow, block, nest loops or end the process."""
    for pattern, instead in BANNED.items():
        for number, match in source.find(pattern + r" ?\("):
            yield number, "%s: use %s" % (match.group(1) if match.lastindex else match.group(0), instead)


@rule
def no_goto(source):
    """g_autoptr cleans up; nothing needs to jump."""
    for number, _ in source.find(r"\bgoto\b"):
        yield number, "goto"


@rule
def no_blocking(source):
    """No blocking twin and no loop of one's own in agent, phone-api and tray, main.c aside."""
    if not source.under("agent", "phone-api", "tray") or os.path.basename(source.place) == "main.c":
        return
    for number, match in source.find(r"\b(\w+_sync|g_main_loop_run|g_main_context_iteration) \("):
        yield number, "%s blocks" % match.group(1)


@rule
def time_is_given(source):
    """agent and phone-api take the time from OhClock."""
    if not source.under("agent", "phone-api"):
        return
    pattern = r"\b(g_get_monotonic_time|g_get_real_time|g_timeout_add\w*|g_date_time_new_now\w*|time|gettimeofday|clock_gettime) \("
    for number, match in source.find(pattern):
        yield number, "%s: take the time from OhClock" % match.group(1)


@rule
def threads_are_counted(source):
    """Threads of the agent go through oh_worker_run(), so that its end can wait for them."""
    if not source.under("agent", "phone-api") or source.place.endswith("base/worker.c"):
        return
    for number, match in source.find(r"\b(g_task_run_in_thread(_sync)?|g_thread_(try_)?new) \("):
        yield number, "%s: use oh_worker_run()" % match.group(1)


@rule
def bare_assert(source):
    """g_assert() says nothing when it fails and may be compiled out."""
    for number, _ in source.find(r"(?<![\w])(g_assert|assert) \("):
        yield number, "use g_assert_cmp…(), g_assert_true() in tests, g_return_if_fail() elsewhere"


@rule
def platform_is_a_file(source):
    """A platform is a file chosen by meson, not an #ifdef; main.c may."""
    if os.path.basename(source.place) == "main.c":
        return
    for number, _ in source.find(r"^#\s*if.*\b(G_OS_WIN32|_WIN32|G_OS_UNIX|__linux__)\b"):
        yield number, "move it to a file of that platform"


@rule
def file_length(source):
    """A file that long holds two things."""
    if len(source.lines) > FILE_MAX:
        yield FILE_MAX, "%d lines, %d allowed" % (len(source.lines), FILE_MAX)


@rule
def function_length(source):
    """A function that long holds two things."""
    for name, first, last in source.functions():
        if last - first - 1 > FUNCTION_MAX:
            yield first, "%s has %d lines, %d allowed" % (name, last - first - 1, FUNCTION_MAX)


@rule
def nesting(source):
    """Deep nesting hides the way through."""
    for name, first, last in source.functions():
        depth = 0
        for number in range(first, last + 1):
            line = source.code[number - 1]
            for char in line:
                depth += {"{": 1, "}": -1}.get(char, 0)
                if depth > NESTING_MAX + 1:
                    yield number, "%s nests deeper than %d" % (name, NESTING_MAX)
                    break
            if depth > NESTING_MAX + 1:
                break


@rule
def prefix(source):
    """What other files can see is called oh_…."""
    if source.is_header or source.is_test:
        return
    for name, first, _ in source.functions():
        if name is None or name == "main" or name.startswith("oh_"):
            continue
        head = "\n".join(source.code[max(0, first - 12) : first - 1]).rsplit("\n\n", 1)[-1]
        if "static" not in head and "G_DEFINE" not in head:
            yield first, "%s is visible without the prefix oh_" % name


@rule
def doc_block(source):
    """Every function in a header has a doc block that names it."""
    if not source.is_header or not source.under("agent", "phone-api", "tray", "tests/support"):
        return
    documented = set(re.findall(r"^ \* (\w+):", source.text, re.M))
    for number, match in source.find(r"^(?!static|typedef|#|G_DE)[\w].*?\b(oh_\w+) \("):
        name = match.group(1)
        if name not in documented and not name.endswith("_get_type"):
            yield number, "%s has no doc block" % name


def check(source):
    for name, function in RULES.items():
        for number, message in function(source):
            line = source.lines[number - 1] if number <= len(source.lines) else ""
            if "nocheck: " + name in line:
                continue
            yield number, name, message


def known_files():
    out = subprocess.run(
        ["git", "ls-files", "*.c", "*.cc", "*.h"], check=True, capture_output=True, text=True
    ).stdout.split()
    return [path for path in out if not path.startswith("tests/lint/samples/")]


def main(arguments):
    bad = 0
    for path in arguments or known_files():
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        place = re.search(r"^/\* place: (\S+) \*/$", text, re.M)
        for number, name, message in check(Source(path, text, place and place.group(1))):
            print("%s:%d: %s [%s]" % (path, number, message, name))
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
