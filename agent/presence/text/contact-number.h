/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A longer "number" in a card is none: RFC 3966 and E.164 end at 15 digits, an extension and an
 * international prefix come on top. */
#define OH_CONTACT_NUMBER_MAX 64u
/* Digits that two numbers must share at their end when they are written differently. */
#define OH_CONTACT_NUMBER_SUFFIX_MIN 7u
/* More digits than these are not compared: what comes before is country, trunk and outside line. */
#define OH_CONTACT_NUMBER_SUFFIX_MAX 9u

/**
 * OhNumberMatch:
 * @OH_NUMBER_DIFFERENT: two numbers
 * @OH_NUMBER_SIMILAR: written differently, but probably one
 * @OH_NUMBER_SAME: one number
 */
typedef enum
{
  OH_NUMBER_DIFFERENT,
  OH_NUMBER_SIMILAR,
  OH_NUMBER_SAME,
} OhNumberMatch;

/**
 * oh_contact_number_read:
 * @text: (nullable): a TEL URI, a SIP URI with user=phone, or what people write
 *
 * Keeps a leading "+", digits, "*" and "#"; drops visual separators and parameters; cuts at "v:",
 * which old address books append; an extension ("x12", "ext. 12", ";ext=12", "#12" after seven
 * digits) becomes ";ext=12". Letters are no number.
 *
 * Returns: (transfer full) (nullable): RFC 3966 without the scheme, for example
 *   "+4930398330;ext=12"; NULL when it is no number
 */
char *oh_contact_number_read (const char *text);

/**
 * oh_contact_number_match:
 * @a: a number of oh_contact_number_read()
 * @b: another
 *
 * Equal digits are the same number. Where the lengths differ the last nine digits decide, or all
 * of the shorter one when it has seven or eight, leading zeros aside. Two complete numbers (with
 * "+") are never similar. Extensions count only where both have one.
 *
 * Returns: how well they match
 */
OhNumberMatch oh_contact_number_match (const char *a, const char *b);

/**
 * oh_contact_number_key:
 * @number: a number of oh_contact_number_read()
 *
 * Numbers that match have the same key; for a hash table.
 *
 * Returns: (transfer full): its last seven digits without extension; all where it has fewer
 */
char *oh_contact_number_key (const char *number);

G_END_DECLS
