/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "bus-directory.h"

G_BEGIN_DECLS

/**
 * OhSearching:
 *
 * Finding people: joins the settings, the directory that they name, the contact list and the bus.
 * Reads the user's own entry of the directory after each sign-in.
 */
typedef struct _OhSearching OhSearching;

/**
 * oh_searching_new:
 * @config: where the directory is; referenced
 * @account: who signs in, and when; referenced
 * @contacts: the contact list; referenced
 * @clock: for the directory's limits
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhSearching *oh_searching_new (OhConfig *config, OhAccount *account, OhContacts *contacts,
                               OhClock *clock);

/**
 * oh_searching_free:
 * @self: (nullable) (transfer full): gives up what is under way
 */
void oh_searching_free (OhSearching *self);

/**
 * oh_searching_directory:
 * @self: it
 *
 * Returns: (transfer none): the directory beyond the contact list
 */
OhDirectory *oh_searching_directory (OhSearching *self);

/**
 * oh_searching_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_searching_export (OhSearching *self, GDBusConnection *connection, GError **error);

/**
 * oh_searching_get_own:
 * @self: it
 * @ip_phone: (out) (transfer none): the user's phone, as the directory has it; "" for not known
 * @line: (out) (transfer none): the same of the line
 */
void oh_searching_get_own (OhSearching *self, const char **ip_phone, const char **line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSearching, oh_searching_free)

G_END_DECLS
