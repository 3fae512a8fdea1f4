/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "directory-entry.h"
#include "directory-filter.h"

G_BEGIN_DECLS

/* People shown of one search; who wants more types more. */
#define OH_DIRECTORY_RESULTS_MAX 50u
/* Of them in one page (RFC 2696): the first ones come soon, and no server is asked for more than
 * one page that nobody looks at. */
#define OH_DIRECTORY_PAGE_SIZE 25
/* Messages of one search that are read: people and references to other servers. */
#define OH_DIRECTORY_MESSAGES_MAX 500u
/* Seconds that the server may search (RFC 4511 4.5.1.5). */
#define OH_DIRECTORY_SERVER_LIMIT_S 5
/* Seconds that connecting, the handshake, and each answer before the search may take. */
#define OH_DIRECTORY_STEP_LIMIT_S 5
/* One answer of the server: a person with all attributes that are asked for has some hundred
 * octets, a rootDSE of Active Directory four thousand. */
#define OH_DIRECTORY_PDU_MAX (1024ul * 1024ul)

/**
 * OhDirectoryTarget:
 * @host: name or address of the server
 * @port: its port
 * @tls: TLS from the first octet ("ldaps")
 * @base: where to search; "" for what the server calls its default
 * @ca_file: PEM file of authorities trusted beside those of the system; ""
 *
 * A server and how to talk to it. Strings are never NULL.
 */
typedef struct
{
  const char *host;
  guint16 port;
  gboolean tls;
  const char *base;
  const char *ca_file;
} OhDirectoryTarget;

/**
 * OhDirectoryAnswer:
 * @entries: (owned) (element-type OhDirectoryEntry): at most OH_DIRECTORY_RESULTS_MAX, by the
 *   server's order
 * @more: there are more than these
 */
typedef struct
{
  GPtrArray *entries;
  gboolean more;
} OhDirectoryAnswer;

/**
 * oh_directory_answer_free:
 * @self: (nullable) (transfer full): an answer
 */
void oh_directory_answer_free (OhDirectoryAnswer *self);

/**
 * OhDirectoryLink:
 *
 * One connection to a directory on which we are known: encrypted or sealed wherever the server can,
 * as the owner of the Kerberos ticket, else as nobody. No password is ever sent. libldap waits, so
 * every step is done in a worker thread, one at a time; the link belongs to whoever does the step.
 */
typedef struct _OhDirectoryLink OhDirectoryLink;

/**
 * oh_directory_link_open_async:
 * @target: copied
 * @cancellable: (nullable): to give up
 * @callback: called when it stands, or nothing came of it
 * @user_data: for @callback
 *
 * Connects, secures, asks the server what it is, and signs in.
 */
void oh_directory_link_open_async (const OhDirectoryTarget *target, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_directory_link_open_finish:
 * @result: of oh_directory_link_open_async()
 * @error: OH_ERROR_UNREACHABLE, OH_ERROR_UNTRUSTED, OH_ERROR_TICKET, OH_ERROR_CLOCK,
 *   OH_ERROR_MECHANISM, OH_ERROR_SETTINGS, OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the link
 */
OhDirectoryLink *oh_directory_link_open_finish (GAsyncResult *result, GError **error);

/**
 * oh_directory_link_search_async:
 * @self: a link on which nothing else is done until @callback is called; must live as long
 * @filter: as of oh_directory_filter()
 * @cancellable: (nullable): tells the server to stop (Abandon, RFC 4511 4.11); the link can still
 *   be used after that
 * @callback: called when it is over
 * @user_data: for @callback
 */
void oh_directory_link_search_async (OhDirectoryLink *self, const char *filter,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * oh_directory_link_search_finish:
 * @result: of oh_directory_link_search_async()
 * @error: G_IO_ERROR_CANCELLED; OH_ERROR_UNREACHABLE, after which the link is of no use any more;
 *   OH_ERROR_SETTINGS for a base or filter that the server does not take; OH_ERROR_TICKET or
 *   OH_ERROR_ACCOUNT where it wants to know us, or does and refuses
 *
 * Returns: (transfer full) (nullable): who was found
 */
OhDirectoryAnswer *oh_directory_link_search_finish (GAsyncResult *result, GError **error);

/**
 * oh_directory_link_kind:
 * @self: a link
 *
 * Returns: how it is to be asked
 */
OhDirectoryKind oh_directory_link_kind (const OhDirectoryLink *self);

/**
 * oh_directory_link_describe:
 * @self: a link
 *
 * Returns: (transfer full): how it stands, for people: "dc1.example.org:389, Active Directory, with
 *   the Kerberos ticket, sealed"
 */
char *oh_directory_link_describe (const OhDirectoryLink *self);

/**
 * oh_directory_link_cut:
 * @self: a link, also one on which a thread waits
 *
 * Cuts the connection, so that whoever waits on it stops waiting.
 */
void oh_directory_link_cut (OhDirectoryLink *self);

/**
 * oh_directory_link_free:
 * @self: (nullable) (transfer full): a link on which nothing is done
 */
void oh_directory_link_free (OhDirectoryLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDirectoryAnswer, oh_directory_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDirectoryLink, oh_directory_link_free)

G_END_DECLS
