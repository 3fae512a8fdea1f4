/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "directory-link.h"

G_BEGIN_DECLS

/* Servers that DNS names and that are tried, one after the other. */
#define OH_DIRECTORY_SERVERS_MAX 4u
/* Searches that wait for the link; a user has two clients, of which each waits for its last one. */
#define OH_DIRECTORY_WAITING_MAX 16u
/* From the search to its answer, with connecting and signing in; who waits longer types more. */
#define OH_DIRECTORY_LIMIT_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* After a failure the next letter that is typed does not try again. */
#define OH_DIRECTORY_RETRY_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* A link that nobody uses is given back; servers end them after some minutes themselves. */
#define OH_DIRECTORY_IDLE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * OhDirectorySettings:
 * @host: name or address; "" to ask DNS for _ldap._tcp of @domain
 * @port: its port
 * @tls: TLS from the first octet
 * @domain: of the user; "" when not known
 * @trusted: (array zero-terminated=1) (nullable): further domains in which a server that was found
 *   may live
 * @base: where to search; "" for the server's default
 * @filter: which everybody has to fit, too; ""
 * @ca_file: PEM file of authorities trusted beside those of the system; ""
 *
 * Which directory, and how. Strings are never NULL.
 */
typedef struct
{
  const char *host;
  guint16 port;
  gboolean tls;
  const char *domain;
  const char *const *trusted;
  const char *base;
  const char *filter;
  const char *ca_file;
} OhDirectorySettings;

/**
 * OhDirectory:
 *
 * The directory beyond the contact list. Keeps one link for all who search, opened by the first of
 * them and closed when nobody has searched for a minute. Searches wait for each other; whoever
 * types on cancels and makes room at once.
 */
#define OH_TYPE_DIRECTORY (oh_directory_get_type ())
G_DECLARE_FINAL_TYPE (OhDirectory, oh_directory, OH, DIRECTORY, GObject)

/**
 * oh_directory_new:
 * @clock: for limits and idle time
 *
 * Returns: (transfer full): a directory that is off
 */
OhDirectory *oh_directory_new (OhClock *clock);

/**
 * oh_directory_set:
 * @self: a directory
 * @settings: (nullable): copied; NULL turns it off
 *
 * Searches under way end with OH_ERROR_CANCELLED when it is another directory.
 */
void oh_directory_set (OhDirectory *self, const OhDirectorySettings *settings);

/**
 * oh_directory_hang_up:
 * @self: a directory
 *
 * The network is another one, or gone: a link on which nobody searches is given back. The next
 * search opens one.
 */
void oh_directory_hang_up (OhDirectory *self);

/**
 * oh_directory_is_on:
 * @self: a directory
 *
 * Returns: whether there is something to search
 */
gboolean oh_directory_is_on (OhDirectory *self);

/**
 * oh_directory_search_async:
 * @self: a directory
 * @text: what was typed
 * @cancellable: (nullable): to give it up: the server is told
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Looks for people. Less than OH_DIRECTORY_QUERY_MIN letters finds nobody without asking.
 */
void oh_directory_search_async (OhDirectory *self, const char *text, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_directory_find_own_async:
 * @self: a directory
 * @uri: a SIP address
 * @cancellable: (nullable): to give it up
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Looks for the one who has this address.
 */
void oh_directory_find_own_async (OhDirectory *self, const char *uri, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_directory_search_finish:
 * @self: a directory
 * @result: of oh_directory_search_async() or oh_directory_find_own_async()
 * @error: OH_ERROR_CANCELLED; OH_ERROR_UNREACHABLE also when it took longer than
 *   OH_DIRECTORY_LIMIT_US; OH_ERROR_BUSY when too many wait; else as
 *   oh_directory_link_open_finish() and oh_directory_link_search_finish()
 *
 * Returns: (transfer full) (nullable): who was found
 */
OhDirectoryAnswer *oh_directory_search_finish (OhDirectory *self, GAsyncResult *result,
                                               GError **error);

/**
 * oh_directory_describe:
 * @self: a directory
 *
 * Returns: (transfer full) (nullable): how the link stands, for people; NULL when there is none
 */
char *oh_directory_describe (OhDirectory *self);

G_END_DECLS
