/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Octets of a login name; directories stop at 256 characters. */
#define OH_LOGIN_NAME_MAX 1024

/**
 * OhLoginName:
 * @user: (owned): for NTLM: the name without a domain, or a whole UPN
 * @domain: (owned): for NTLM: as typed, "" when there is none
 * @principal: (owned): for Kerberos: "name@REALM", or the name alone for the default realm
 * @enterprise: (owned) (nullable): for Kerberos: a whole UPN, for when its suffix is no realm and
 *   the default realm's KDC has to resolve it
 *
 * A login name, taken apart.
 */
typedef struct
{
  char *user;
  char *domain;
  char *principal;
  char *enterprise;
} OhLoginName;

/**
 * oh_login_name_parse:
 * @text: what was typed or configured: "DOMAIN\user", "domain/user", "user", "user@suffix", or a
 *   "sip:" address, which then is a UPN
 *
 * The SIP domain is never put in where no domain was typed: the server's domain controller
 * resolves a bare name.
 *
 * Returns: (transfer full) (nullable): the parts; NULL for an empty, overlong or malformed name
 */
OhLoginName *oh_login_name_parse (const char *text);

/**
 * oh_login_name_free:
 * @self: (nullable) (transfer full): a login name
 */
void oh_login_name_free (OhLoginName *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhLoginName, oh_login_name_free)

G_END_DECLS
