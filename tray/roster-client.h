/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhRosterClient:
 *
 * The contact list's groups, age and changes (org.offhook.Contacts1), seen from here. The agent may
 * come and go.
 *
 * Signals, without arguments: "groups-changed"; "freshness-changed".
 */
#define OH_TYPE_ROSTER_CLIENT (oh_roster_client_get_type ())
G_DECLARE_FINAL_TYPE (OhRosterClient, oh_roster_client, OH, ROSTER_CLIENT, GObject)

/**
 * oh_roster_client_new:
 *
 * Returns: (transfer full): it; looks for the agent, does not start it
 */
OhRosterClient *oh_roster_client_new (void);

/**
 * oh_roster_client_dup_groups:
 * @self: it
 *
 * Returns: (transfer full) (element-type utf8): names of the groups in the server's order, "~" for
 *   the default one; empty while the agent is away
 */
GPtrArray *oh_roster_client_dup_groups (OhRosterClient *self);

/**
 * oh_roster_client_dup_note:
 * @self: it
 *
 * Returns: (transfer full) (nullable): a sentence about the age of the list or where it is kept;
 *   NULL when there is nothing to say
 */
char *oh_roster_client_dup_note (OhRosterClient *self);

/**
 * oh_roster_client_call_async:
 * @self: it
 * @method: of org.offhook.Contacts1
 * @arguments: (transfer floating): its arguments
 * @callback: called when the server has told of the change, or it cannot be made
 * @user_data: for @callback
 */
void oh_roster_client_call_async (OhRosterClient *self, const char *method, GVariant *arguments,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_roster_client_call_finish:
 * @self: it
 * @result: of oh_roster_client_call_async()
 * @error: OH_ERROR
 *
 * Returns: (transfer full) (nullable): what the method returned
 */
GVariant *oh_roster_client_call_finish (OhRosterClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
