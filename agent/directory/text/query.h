/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fold.h"

G_BEGIN_DECLS

/* Nobody types more to find somebody; the rest is not looked at. Octets. */
#define OH_QUERY_TEXT_MAX 256u
/* Each one is looked for in everybody. */
#define OH_QUERY_PARTS_MAX 8u
/* Digits of a number that are looked at: E.164 has 15, an outside line and an extension come on
 * top. */
#define OH_QUERY_DIGITS_MAX 24u
/* Digits that have to follow a national or international prefix before the number is also looked
 * for without it: "030" alone would be "30" anywhere. */
#define OH_QUERY_NATIONAL_MIN 2u

/**
 * OhQueryPart:
 * @typed: (owned): as typed
 * @words: (owned) (element-type OhFoldedWord): each begins a word of the name
 * @line: (owned): the same as typed but for case and marks; may begin a part of an address
 * @digits: (owned) (nullable): with a "+" in front where one was typed; may be anywhere in a
 *   number; NULL where it is no part of one
 *
 * What stands between blanks; what is a number together is one part: "030 398 47".
 */
typedef struct
{
  char *typed;
  GPtrArray *words;
  char *line;
  char *digits;
} OhQueryPart;

/**
 * OhQuery:
 * @text: (owned): what was typed, valid, without blanks around it
 * @parts: (owned) (element-type OhQueryPart): all of them have to fit; none where nothing was typed
 *
 * What somebody typed to find somebody.
 */
typedef struct
{
  char *text;
  GPtrArray *parts;
} OhQuery;

/**
 * oh_query_new:
 * @text: (nullable): what was typed; bounded here
 *
 * Returns: (transfer full): what is looked for
 */
OhQuery *oh_query_new (const char *text);

/**
 * oh_query_free:
 * @self: (nullable) (transfer full): a query
 */
void oh_query_free (OhQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhQuery, oh_query_free)

G_END_DECLS
