/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-facts.h"

G_BEGIN_DECLS

/* The name of the one function that the module has, see oh_phone_metadata_facts(). */
#define OH_PHONE_METADATA_SYMBOL "oh_phone_metadata_describe"

/**
 * oh_phone_metadata_facts:
 * @number: as in OhNumberFactsFunc
 * @country_code: as in OhNumberFactsFunc
 * @facts: as in OhNumberFactsFunc
 *
 * What libphonenumber says. It and what it needs (ICU, protobuf) are in a module of their own that
 * is loaded with the first question and stays: they would make every start of the agent some ten
 * milliseconds longer, and its tables take as long again. Where the module is missing nothing is
 * known, and that is said once in the log.
 */
void oh_phone_metadata_facts (const char *number, const char *country_code, OhNumberFacts *facts);

/**
 * oh_phone_metadata_describe:
 * @number: as in OhNumberFactsFunc
 * @country_code: as in OhNumberFactsFunc
 * @facts: as in OhNumberFactsFunc
 *
 * The module's function; for oh_phone_metadata_facts() and tests. No C++ exception leaves it.
 */
void oh_phone_metadata_describe (const char *number, const char *country_code,
                                 OhNumberFacts *facts);

G_END_DECLS
