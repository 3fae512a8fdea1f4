/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Octets of one expression. The longest that administrators publish (a country's mobile ranges as
 * alternatives) have about 300. */
#define OH_NUMBER_PATTERN_MAX 512
/* Capturing groups of one expression; a translation names nine at most in the manuals. */
#define OH_NUMBER_PATTERN_GROUPS_MAX 32u
/* What one expression may take when it is compiled; a rule of the field takes less than 1 KiB.
 * Nested repetitions of a few octets otherwise grow to 64 KiB each. */
#define OH_NUMBER_PATTERN_MEMORY ((gsize) 16 * 1024)

/**
 * OhNumberPattern:
 *
 * A .NET regular expression over dialled digits, as the dial plans of OCS and Lync have them,
 * matched within a number of steps that the caller gives. It is matched by PCRE2, which reads the
 * same language for what dial plans use; where the two would read an expression differently it is
 * refused. Immutable once made.
 */
typedef struct _OhNumberPattern OhNumberPattern;

/**
 * OhPatternExtent:
 * @OH_PATTERN_ANYWHERE: it may match a part; its anchors say where
 * @OH_PATTERN_WHOLE: it must match the whole text, as if it stood between anchors
 *
 * How an expression is meant. Location profiles write their anchors; the address book's rules are
 * published without any and mean the whole number.
 */
typedef enum
{
  OH_PATTERN_ANYWHERE,
  OH_PATTERN_WHOLE,
} OhPatternExtent;

/**
 * OhPatternOutcome:
 * @OH_PATTERN_NO_MATCH: it does not match
 * @OH_PATTERN_MATCH: it does
 * @OH_PATTERN_TOO_COSTLY: the steps ran out before that was known
 *
 * What came of one attempt.
 */
typedef enum
{
  OH_PATTERN_NO_MATCH,
  OH_PATTERN_MATCH,
  OH_PATTERN_TOO_COSTLY,
} OhPatternOutcome;

/**
 * OhPatternGroup:
 * @from: offset of its first octet
 * @to: offset behind its last; both 0 for a group that took no part
 *
 * What a group matched; group 0 is the whole match.
 */
typedef struct
{
  gsize from;
  gsize to;
} OhPatternGroup;

/**
 * oh_number_pattern_new:
 * @text: the expression; at most %OH_NUMBER_PATTERN_MAX octets are accepted
 * @extent: how much of a text it has to match
 * @error: (nullable): OH_ERROR_PROTOCOL; why it cannot be used, one translated phrase
 *
 * Returns: (transfer full) (nullable): the compiled expression
 */
OhNumberPattern *oh_number_pattern_new (const char *text, OhPatternExtent extent, GError **error);

/**
 * oh_number_pattern_free:
 * @self: (nullable) (transfer full): an expression
 */
void oh_number_pattern_free (OhNumberPattern *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumberPattern, oh_number_pattern_free)

/**
 * oh_number_pattern_memory:
 * @self: an expression
 *
 * Returns: the octets that it takes compiled
 */
gsize oh_number_pattern_memory (const OhNumberPattern *self);

/**
 * oh_number_pattern_mentions_plus:
 * @self: an expression
 *
 * Returns: whether it has a literal "+", that is, was written with international numbers in mind
 */
gboolean oh_number_pattern_mentions_plus (const OhNumberPattern *self);

/**
 * oh_number_pattern_has_group:
 * @self: an expression
 * @group: a number; 0 is the whole match
 *
 * Returns: whether it has that group
 */
gboolean oh_number_pattern_has_group (const OhNumberPattern *self, guint64 group);

/**
 * oh_number_pattern_named_group:
 * @self: an expression
 * @name: a group's name
 *
 * Returns: the group's number, -1 when there is none of that name
 */
int oh_number_pattern_named_group (const OhNumberPattern *self, const char *name);

/**
 * oh_number_pattern_match:
 * @self: an expression
 * @subject: ASCII text
 * @from: where the search begins; what stands before is seen by look-behind only
 * @steps: (inout): how many items of the expression may be tried; lowered by what was
 * @groups: (out caller-allocates) (array fixed-size=33): filled on %OH_PATTERN_MATCH
 *
 * Searches once. Steps are counted, not time, so the same expression costs the same on every
 * machine.
 *
 * Returns: what came of it
 */
OhPatternOutcome oh_number_pattern_match (const OhNumberPattern *self, const char *subject,
                                          gsize from, guint *steps,
                                          OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1]);

G_END_DECLS
