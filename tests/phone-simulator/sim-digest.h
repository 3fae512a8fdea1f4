/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * sim_digest_parse:
 * @text: what follows "Digest " in an Authorization header, RFC 7616 3.4
 *
 * Returns: (transfer container) (element-type SimPair): names in lower case, quotes undone
 */
GPtrArray *sim_digest_parse (const char *text);

/**
 * sim_digest_field:
 *
 * Returns: (not nullable): "" when it is missing
 */
const char *sim_digest_field (GPtrArray *fields, const char *name);

/**
 * sim_digest_matches:
 * @fields: (element-type SimPair): user name, realm, nonce and uri are taken from here: comparing
 *   them with what was meant is the caller's
 *
 * Returns: whether the response was computed with @password; with qop and without
 */
gboolean sim_digest_matches (GPtrArray *fields, const char *method, const char *password);

G_END_DECLS
