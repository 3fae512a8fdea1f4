/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands inside header values. Pure functions. */

/**
 * fe_value_uri:
 * @value: value of From, To, Contact
 *
 * The URI: between angle brackets that stand outside the quoted display name, with its URI
 * parameters; without brackets the text up to the first ";". Case kept.
 *
 * Returns: (transfer full): the URI, "" when there is none
 */
char *fe_value_uri (const char *value);

/**
 * fe_value_parameter:
 * @value: value of From, To, Contact, Via
 * @name: name of a header parameter, any case
 *
 * Looks only behind the URI, never into it.
 *
 * Returns: (transfer full) (nullable): the value without quotes, "" for a parameter without one;
 *   NULL when it is not there
 */
char *fe_value_parameter (const char *value, const char *name);

/**
 * fe_value_split:
 * @value: a header value with a comma list
 *
 * Splits on commas outside quotes and angle brackets.
 *
 * Returns: (transfer full): the trimmed items
 */
GStrv fe_value_split (const char *value);

/**
 * fe_value_aor:
 * @uri: a SIP URI, with or without parameters, with or without "sip:"
 *
 * Returns: (transfer full): "user@host" in lower case: the key of a person here
 */
char *fe_value_aor (const char *uri);

/**
 * fe_value_credentials:
 * @value: value of Authorization or Proxy-Authorization
 * @out_scheme: (out) (transfer full): first word
 *
 * Reads `Scheme a="b", c=d` ([MS-SIPAE] 2.2): values are never escaped, order is free.
 *
 * Returns: (transfer full) (nullable): lower-case name to value without quotes; NULL when broken
 */
GHashTable *fe_value_credentials (const char *value, char **out_scheme);

G_END_DECLS
