/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* An address longer than this is no address; a route URI with signatures stays below 1 KiB. */
#define OH_SIP_URI_MAX 4096
/* Parameters of one URI; the longest seen on a front end has eleven. */
#define OH_SIP_URI_PARAMS_MAX 64

/**
 * OhSipScheme:
 * @OH_SIP_SCHEME_SIP: sip:
 * @OH_SIP_SCHEME_SIPS: sips:
 * @OH_SIP_SCHEME_TEL: tel: (RFC 3966); the number is in the user part, there is no host
 */
typedef enum
{
  OH_SIP_SCHEME_SIP,
  OH_SIP_SCHEME_SIPS,
  OH_SIP_SCHEME_TEL,
} OhSipScheme;

/**
 * OhSipUri:
 *
 * A sip:, sips: or tel: address, taken apart. Immutable. RFC 3261 19.1, RFC 3966.
 */
typedef struct _OhSipUri OhSipUri;

/**
 * oh_sip_uri_parse:
 * @text: one URI and nothing else: no angle brackets, no blanks
 * @error: OH_ERROR_PROTOCOL
 *
 * Returns: (transfer full): the address; NULL when it is malformed, of another scheme, or beyond
 *   OH_SIP_URI_MAX or OH_SIP_URI_PARAMS_MAX
 */
OhSipUri *oh_sip_uri_parse (OhSlice text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_uri_free:
 * @self: (transfer full) (nullable): an address
 */
void oh_sip_uri_free (OhSipUri *self);

/**
 * oh_sip_uri_scheme:
 * @self: an address
 *
 * Returns: its scheme
 */
OhSipScheme oh_sip_uri_scheme (const OhSipUri *self);

/**
 * oh_sip_uri_user:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): the user part with its escapes resolved, for tel: the
 *   number as written; NULL when there is none
 */
const char *oh_sip_uri_user (const OhSipUri *self);

/**
 * oh_sip_uri_host:
 * @self: an address
 *
 * Returns: (transfer none): host name or address as written, an IPv6 address without its
 *   brackets; "" for tel:
 */
const char *oh_sip_uri_host (const OhSipUri *self);

/**
 * oh_sip_uri_port:
 * @self: an address
 *
 * Returns: the port; 0 when none is written
 */
guint16 oh_sip_uri_port (const OhSipUri *self);

/**
 * oh_sip_uri_param:
 * @self: an address
 * @name: parameter name, any case
 *
 * Returns: (transfer none) (nullable): its value with escapes resolved, "" when it has none
 * (";lr"), NULL when the parameter is not there
 */
const char *oh_sip_uri_param (const OhSipUri *self, const char *name);

/**
 * oh_sip_uri_equal:
 * @a: an address
 * @b: another
 *
 * RFC 3261 19.1.4: user exactly, host and parameters in any case; user, ttl, method, maddr and
 * transport must stand in both or in none, other parameters only match where both have them. tel:
 * by RFC 3966 4: visual separators do not count.
 *
 * Returns: whether they are the same resource
 */
gboolean oh_sip_uri_equal (const OhSipUri *a, const OhSipUri *b);

/**
 * oh_sip_uri_to_string:
 * @self: an address
 *
 * Returns: (transfer full): the text, escaped where RFC 3261 25.1 demands it; parsing it gives an
 *   equal address
 */
char *oh_sip_uri_to_string (const OhSipUri *self);

/**
 * oh_sip_uri_aor:
 * @text: (nullable): an address as it came, "SIP:Anna.Berg@Fabrikam.test;opaque=…"
 *
 * The person behind it, as a key for tables: scheme sip, user and host in lower case, without
 * port, parameters and headers. Front ends vary the case of one and the same address, so user
 * parts are compared without it here, other than in RFC 3261 19.1.4.
 *
 * Returns: (transfer full) (nullable): "sip:anna.berg@fabrikam.test"; NULL when it is no sip: or
 *   sips: address with a user
 */
char *oh_sip_uri_aor (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipUri, oh_sip_uri_free)

G_END_DECLS
