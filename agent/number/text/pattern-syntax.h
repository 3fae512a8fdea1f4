/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_pattern_syntax_check:
 * @text: a .NET regular expression
 * @plus: (out): whether it has a literal "+"
 * @error: (nullable): OH_ERROR_PROTOCOL; what cannot be used, one translated phrase
 *
 * Looks for what .NET and PCRE2 read differently or what only one of them has: verbs "(*…)", which
 * could also raise limits, recursion, call-outs, possessive quantifiers, \Q, \K, \R, POSIX classes
 * on the one side; balancing groups, class subtraction, \u, (?x), conditions on the other. Says
 * nothing about whether the rest compiles.
 *
 * Returns: whether both read it alike
 */
gboolean oh_pattern_syntax_check (const char *text, gboolean *plus, GError **error);

G_END_DECLS
