/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "query.h"

G_BEGIN_DECLS

/* Letters or digits that somebody has to have typed before a directory is asked: one letter is
 * half of everybody. */
#define OH_DIRECTORY_QUERY_MIN 2u

/**
 * OhDirectoryKind:
 * @OH_DIRECTORY_PLAIN: by the book (RFC 4510 and following)
 * @OH_DIRECTORY_ACTIVE: Active Directory: resolves ambiguous names itself (anr), and compares
 *   numbers as they are written
 *
 * How a directory is asked.
 */
typedef enum
{
  OH_DIRECTORY_PLAIN,
  OH_DIRECTORY_ACTIVE,
} OhDirectoryKind;

/**
 * oh_directory_escape:
 * @text: (nullable): anything
 *
 * Returns: (transfer full): the same as the value of a filter (RFC 4515 3): "*", "(", ")", "\" and
 *   control characters as "\2a" and so on
 */
char *oh_directory_escape (const char *text);

/**
 * oh_directory_filter:
 * @kind: of the directory
 * @query: what was typed
 * @extra: (nullable): a filter that everybody has to fit, too; "" for none
 *
 * Who fits every part of what was typed, by name, mail or number.
 *
 * Returns: (transfer full) (nullable): the filter; NULL when too little was typed to ask for it
 */
char *oh_directory_filter (OhDirectoryKind kind, const OhQuery *query, const char *extra);

/**
 * oh_directory_filter_own:
 * @uri: a SIP address, "sip:alice@example.org"
 *
 * Returns: (transfer full): who has it as SIP address, mail or user principal name
 */
char *oh_directory_filter_own (const char *uri);

G_END_DECLS
