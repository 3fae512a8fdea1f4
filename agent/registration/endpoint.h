/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/* Digits of an epid; servers answer 4012 to a longer one, [MS-SIPRE] 2.2. */
#define OH_ENDPOINT_EPID_MAX 16

/**
 * oh_endpoint_make_epid:
 * @uri: own address
 * @machine_id: what tells this installation from others, /etc/machine-id for example
 *
 * The caller keeps it: it must not change while address and installation stay the same.
 *
 * Returns: (transfer full): twelve hexadecimal digits
 */
char *oh_endpoint_make_epid (const char *uri, const char *machine_id);

/**
 * oh_endpoint_epid_is_valid:
 * @epid: (nullable): what was stored
 *
 * Returns: whether it is 1 to OH_ENDPOINT_EPID_MAX hexadecimal digits
 */
gboolean oh_endpoint_epid_is_valid (const char *epid);

/**
 * oh_endpoint_instance:
 * @epid: endpoint id
 *
 * The server derives it too and compares, [MS-SIPRE] 3.2.5.3.
 *
 * Returns: (transfer full): the UUID of +sip.instance, lower case, without "urn:uuid:"
 */
char *oh_endpoint_instance (const char *epid);

/**
 * oh_endpoint_register_contact:
 * @host: own address on the connection, IPv6 in brackets
 * @port: own port
 * @epid: endpoint id
 *
 * Returns: (transfer full): the Contact of REGISTER
 */
char *oh_endpoint_register_contact (const char *host, guint16 port, const char *epid);

/**
 * oh_endpoint_gruu:
 * @response: a 200 to REGISTER
 * @epid: endpoint id
 *
 * Of the Contacts in the answer ours is the one with our instance; the others belong to other
 * endpoints of the same person.
 *
 * Returns: (transfer full) (nullable): our GRUU, without brackets; NULL when the server gave none
 */
char *oh_endpoint_gruu (const OhSipMessage *response, const char *epid);

G_END_DECLS
