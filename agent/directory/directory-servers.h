/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"

G_BEGIN_DECLS

/**
 * OhDirectoryPlace:
 *
 * OhDirectorySettings with strings of its own.
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean tls;
  char *domain;
  GStrv trusted;
  char *base;
  char *filter;
  char *ca_file;
} OhDirectoryPlace;

/**
 * OhDirectoryHost:
 * @name: (owned): name or address
 * @port: its port
 *
 * A server to try.
 */
typedef struct
{
  char *name;
  guint16 port;
} OhDirectoryHost;

/**
 * oh_directory_place_new:
 * @settings: copied
 *
 * Returns: (transfer full): the place
 */
OhDirectoryPlace *oh_directory_place_new (const OhDirectorySettings *settings);

/**
 * oh_directory_place_free:
 * @self: (nullable) (transfer full): a place
 */
void oh_directory_place_free (OhDirectoryPlace *self);

/**
 * oh_directory_place_is:
 * @self: (nullable): a place
 * @settings: what is wanted
 *
 * Returns: whether it is that
 */
gboolean oh_directory_place_is (const OhDirectoryPlace *self, const OhDirectorySettings *settings);

/**
 * oh_directory_find_servers_async:
 * @place: borrowed for the call
 * @cancellable: (nullable): to give up
 * @callback: called when they are known
 * @user_data: for @callback
 *
 * The server of the settings, or those that DNS names for the domain (RFC 2782, [MS-ADTS] 6.3.6).
 */
void oh_directory_find_servers_async (const OhDirectoryPlace *place, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_directory_find_servers_finish:
 * @result: of oh_directory_find_servers_async()
 * @error: OH_ERROR_UNREACHABLE when DNS names none; OH_ERROR_SETTINGS when there is no domain to
 *   ask for
 *
 * Returns: (transfer full) (nullable) (element-type OhDirectoryHost): one to
 *   OH_DIRECTORY_SERVERS_MAX; those outside the domain and the trusted
 *   ones are left out
 */
GPtrArray *oh_directory_find_servers_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDirectoryPlace, oh_directory_place_free)

G_END_DECLS
