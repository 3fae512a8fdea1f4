/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhNumberFacts:
 * @display: (nullable): as people of the user's country write it
 * @region: (nullable): ISO 3166 code of the country, for example "DE"; "001" for the world's
 * @type: (transfer none) (nullable): "fixed-line", "mobile", "fixed-line-or-mobile", "toll-free",
 *   "premium-rate", "shared-cost", "voip", "personal", "pager", "uan", "voicemail", "short"
 * @valid: whether the numbering plan knows such a number
 * @premium: whether calls there are charged above the ordinary rate
 * @emergency: whether it reaches police, fire brigade or ambulance
 *
 * What a collection of the world's numbering plans says about a number. Information: it adds to
 * what is shown and asked, and never changes what is dialled, because no such collection is
 * complete and up to date for every site.
 */
typedef struct
{
  char *display;
  char *region;
  const char *type;
  gboolean valid;
  gboolean premium;
  gboolean emergency;
} OhNumberFacts;

/**
 * OhNumberFactsFunc:
 * @number: "+" and digits, or digits as dialled at home
 * @country_code: of the desk, "" when not known
 * @facts: zeroed; filled with what is known, strings owned by the caller
 *
 * Who knows such facts.
 */
typedef void (*OhNumberFactsFunc) (const char *number, const char *country_code,
                                   OhNumberFacts *facts);

/**
 * oh_number_facts_clear:
 * @facts: facts; the strings are freed
 */
void oh_number_facts_clear (OhNumberFacts *facts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OhNumberFacts, oh_number_facts_clear)

G_END_DECLS
