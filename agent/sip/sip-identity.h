/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OhSipIdentity:
 * @aor: own address, "sip:anna.berg@fabrikam.test"
 * @epid: (nullable): endpoint id for From, at most 16 characters
 * @contact: (nullable): own Contact as it stands in the header: "<gruu>" once it is known
 * @user_agent: product token for User-Agent, in requests and responses
 *
 * Who we are in the requests that the stack makes. Only borrowed for the call.
 */
typedef struct
{
  const char *aor;
  const char *epid;
  const char *contact;
  const char *user_agent;
} OhSipIdentity;

/**
 * oh_sip_identity_copy:
 * @self: who we are
 *
 * Returns: (transfer full): a copy that owns its strings
 */
OhSipIdentity *oh_sip_identity_copy (const OhSipIdentity *self);

/**
 * oh_sip_identity_free:
 * @self: (transfer full): a copy
 */
void oh_sip_identity_free (OhSipIdentity *self);

/**
 * oh_sip_identity_from:
 * @self: who we are
 * @tag: (nullable): the tag
 *
 * Returns: (transfer full): our From: "<sip:…>;tag=…;epid=…"
 */
char *oh_sip_identity_from (const OhSipIdentity *self, const char *tag);

/**
 * oh_sip_identity_new_request:
 * @self: who we are
 * @method: method, upper case
 * @uri: Request-URI and To
 *
 * Returns: (transfer full): a request outside any dialog, as oh_sip_stack_new_request()
 */
OhSipMessage *oh_sip_identity_new_request (const OhSipIdentity *self, const char *method,
                                           const char *uri);

G_END_DECLS
