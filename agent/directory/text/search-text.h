/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query.h"

G_BEGIN_DECLS

/* Numbers of one person that are looked at; a card has a handful. */
#define OH_SEARCH_NUMBERS_MAX 32u

/**
 * OhSearchRank:
 * @OH_SEARCH_NAME: the name begins so
 * @OH_SEARCH_WORD: words of the name begin so
 * @OH_SEARCH_MAIL: an address, or a part of it, begins so
 * @OH_SEARCH_NUMBER: it is part of a number
 * @OH_SEARCH_NONE: it does not fit
 *
 * How well somebody fits, best first.
 */
typedef enum
{
  OH_SEARCH_NAME,
  OH_SEARCH_WORD,
  OH_SEARCH_MAIL,
  OH_SEARCH_NUMBER,
  OH_SEARCH_NONE,
} OhSearchRank;

/**
 * OhSearchText:
 *
 * What can be found of one person, folded once, so that each letter that is typed only has to
 * compare octets.
 */
typedef struct _OhSearchText OhSearchText;

/**
 * OhSearchNeedle:
 *
 * A query made ready to be looked for in many.
 */
typedef struct _OhSearchNeedle OhSearchNeedle;

/**
 * oh_search_text_new:
 * @name: (nullable): the name
 * @addresses: (array zero-terminated=1) (nullable): SIP and mail addresses, with or without
 *   scheme; each of their parts before the "@" can be found, the domain only with the "@"
 * @numbers: (array zero-terminated=1) (nullable): RFC 3966 without the scheme,
 * "+4930398330;ext=12", or digits; at most OH_SEARCH_NUMBERS_MAX
 *
 * Returns: (transfer full): the text to search
 */
OhSearchText *oh_search_text_new (const char *name, const char *const *addresses,
                                  const char *const *numbers);

/**
 * oh_search_text_free:
 * @self: (nullable) (transfer full): a text
 */
void oh_search_text_free (OhSearchText *self);

/**
 * oh_search_text_compare:
 * @a: a text
 * @b: another
 *
 * Returns: their order by folded name, as strcmp()
 */
int oh_search_text_compare (const OhSearchText *a, const OhSearchText *b);

/**
 * oh_search_needle_new:
 * @query: what was typed
 *
 * Returns: (transfer full): the same, ready
 */
OhSearchNeedle *oh_search_needle_new (const OhQuery *query);

/**
 * oh_search_needle_free:
 * @self: (nullable) (transfer full): a needle
 */
void oh_search_needle_free (OhSearchNeedle *self);

/**
 * oh_search_text_match:
 * @self: a text
 * @needle: what was typed
 *
 * Every part has to fit something; the worst fit counts. A number fits in its international form
 * ("+49 30 398", "0049 30 398"), with the trunk zero instead of the country code ("030 398"), or
 * with any part of its digits ("4711").
 *
 * Returns: how well it fits
 */
OhSearchRank oh_search_text_match (const OhSearchText *self, const OhSearchNeedle *needle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSearchText, oh_search_text_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSearchNeedle, oh_search_needle_free)

G_END_DECLS
