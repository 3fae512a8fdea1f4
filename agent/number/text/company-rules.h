/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-rules.h"
#include "slice.h"

G_BEGIN_DECLS

/* Octets of a file: OH_NUMBER_RULES_MAX rules of the greatest length would have 700 KiB, the files
 * of the field have some ten. */
#define OH_COMPANY_RULES_SIZE_MAX ((gsize) 1024 * 1024)

/**
 * oh_company_rules_read:
 * @bytes: a Company_Phone_Number_Normalization_Rules.txt
 *
 * Reads the rules of the Address Book Server: lines "#…" are comments, all others go in pairs, the
 * expression and under it the translation. The text may be UTF-8, UTF-16 with a byte order mark,
 * or what old editors wrote (then letters beyond ASCII are taken for Latin-1: they stand in
 * comments only). A line that is no translation where one should stand is a new expression, so that
 * one line left out does not shift all behind it. Names are "company rule 1", counted in pairs;
 * problems are named with their line: "company rule 1 (line 12)".
 *
 * Returns: (transfer full): the rules; a file that cannot be read at all is a problem and no rules
 */
OhNumberRules *oh_company_rules_read (OhSlice bytes);

G_END_DECLS
