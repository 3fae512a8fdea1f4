/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <gssapi/gssapi.h>

#include "scheme-failure.h"

G_BEGIN_DECLS

/* A ticket of the user that ends sooner is left alone when there is a password. */
#define OH_KERBEROS_TICKET_LIFE_MIN_S (10 * 60)

/**
 * OhKerberosTicket:
 *
 * What tickets for services are got with: the user's own from their cache, or one fetched with a
 * password, which no cache ever sees. May wait for a KDC: only for a worker thread.
 */
typedef struct _OhKerberosTicket OhKerberosTicket;

/**
 * oh_kerberos_ticket_get:
 * @principal: "name@REALM", or a name of the default realm
 * @enterprise: (nullable): a whole UPN, for when its suffix is no realm or its user part no name
 * @password: for when the user has no ticket as that
 * @failure: (out): why there is none
 * @words: (out) (transfer full): the library's words for it; untouched when there is one
 *
 * A wrong password leaves this computer once: not to another KDC, not under another name.
 *
 * Returns: (transfer full) (nullable): a ticket; NULL with @failure
 */
OhKerberosTicket *oh_kerberos_ticket_get (const char *principal, const char *enterprise,
                                          const char *password, OhSchemeFailure *failure,
                                          char **words);

/**
 * oh_kerberos_ticket_credential:
 * @self: a ticket
 *
 * Returns: (transfer none): for gss_init_sec_context(), as long as the ticket lives
 */
gss_cred_id_t oh_kerberos_ticket_credential (const OhKerberosTicket *self);

/**
 * oh_kerberos_ticket_free:
 * @self: (transfer full) (nullable): a ticket; a fetched one is destroyed
 */
void oh_kerberos_ticket_free (OhKerberosTicket *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhKerberosTicket, oh_kerberos_ticket_free)

G_END_DECLS
