/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhSearchClient:
 *
 * The agent's search, seen from here: one query at a time, each of which gives the last one up.
 * Does not start an agent.
 *
 * Signals, of the last query only:
 *  - "started": the directory is asked
 *  - "found" (GVariant *people, const char *const *contacts): people as Found of
 *    org.offhook.Directory1 has them, and the contacts that the agent found for the same query;
 * both borrowed
 *  - "finished" (gboolean more, const char *message): nothing follows; @message says what went
 * wrong and what to do, "" when all went well
 */
#define OH_TYPE_SEARCH_CLIENT (oh_search_client_get_type ())
G_DECLARE_FINAL_TYPE (OhSearchClient, oh_search_client, OH, SEARCH_CLIENT, GObject)

/**
 * oh_search_client_new:
 *
 * Returns: (transfer full): a client that has asked for nothing
 */
OhSearchClient *oh_search_client_new (void);

/**
 * oh_search_client_set_query:
 * @self: a client
 * @typed: what stands in the search field; "" gives up
 */
void oh_search_client_set_query (OhSearchClient *self, const char *typed);

G_END_DECLS
