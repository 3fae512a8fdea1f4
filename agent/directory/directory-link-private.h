/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <ldap.h>

#include "directory-link.h"

G_BEGIN_DECLS

/* What a thread works on. Only the descriptor is touched from elsewhere, to cut it. */
struct _OhDirectoryLink
{
  char *host;  /* (owned) */
  char *shown; /* (owned): "host:port" */
  guint16 port;
  gboolean tls;  /* from the first octet */
  char *base;    /* (owned): "" until the server has named its own */
  char *ca_file; /* (owned) */
  int fd;        /* (owned): to cut the socket, whatever libldap does with its own; -1 for none */
  LDAP *ld;      /* (owned) (nullable) */
  OhDirectoryKind kind;
  gboolean secure; /* under TLS, whether from the beginning or since StartTLS */
  gboolean known;  /* signed in with the ticket */
};

/**
 * oh_directory_link_establish:
 * @self: a link with a connected descriptor
 * @error: as oh_directory_link_open_finish()
 *
 * TLS, rootDSE, sign-in. Waits: only for a worker thread.
 *
 * Returns: whether it stands
 */
gboolean oh_directory_link_establish (OhDirectoryLink *self, GError **error);

/**
 * oh_directory_link_fail:
 * @self: a link
 * @rc: a result code of libldap
 * @error: what it stands for, as the remedy
 */
void oh_directory_link_fail (OhDirectoryLink *self, int rc, GError **error);

/**
 * oh_directory_ticket_get:
 * @host: the server
 * @error: OH_ERROR_TICKET, OH_ERROR_CLOCK, OH_ERROR_MECHANISM when the KDC does not know such a
 *   service, OH_ERROR_UNREACHABLE when no KDC answers
 *
 * Has the user's ticket for ldap/@host put into their cache. Waits for a KDC: only for a worker
 * thread.
 *
 * Returns: whether it is there
 */
gboolean oh_directory_ticket_get (const char *host, GError **error);

G_END_DECLS
