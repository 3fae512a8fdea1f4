/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names in DNS end at 253 octets; a port and brackets add some. */
#define OH_CONFIG_ADDRESS_MAX 272
/* A SIP address in a setting; RFC 3696 stops mail addresses at 254. */
#define OH_CONFIG_URI_MAX 256

/**
 * oh_config_value_uri:
 * @text: what stands in "uri"
 *
 * Returns: (transfer full) (nullable): "sip:user@host" in its one spelling: scheme there, host in
 *   lower case; NULL when @text is no address of a person
 */
char *oh_config_value_uri (const char *text);

/**
 * oh_config_value_address:
 * @text: "host", "host:port", "[IPv6]:port" or a bare IPv6 address
 * @out_host: (out) (transfer full): the host, an IPv6 address without brackets; untouched on
 * failure
 * @out_port: (out): the port, 0 when none is written; untouched on failure
 *
 * Returns: FALSE when it is none
 */
gboolean oh_config_value_address (const char *text, char **out_host, guint16 *out_port);

/**
 * oh_config_value_phone_address:
 * @text: as oh_config_value_address(), also "https://host[:port]" and "http://…", with blanks
 * around it and a path that is only "/"
 * @out_scheme: (out) (transfer none): "https" or "http", NULL when none is written
 *
 * Returns: (transfer full) (nullable): "host[:port]", an IPv6 address in brackets; NULL when it is
 *   none
 */
char *oh_config_value_phone_address (const char *text, const char **out_scheme);

/**
 * oh_config_value_phone_id:
 * @host: "host[:port]"
 * @taken: (nullable) (array zero-terminated=1): ids that are in use
 *
 * Returns: (transfer full): an id from the first part of the host's name ("desk.example.org" gives
 *   "desk", an address gives "phone"), with a number behind it where it is taken
 */
char *oh_config_value_phone_id (const char *host, const char *const *taken);

/**
 * oh_config_value_is_phone_id:
 * @id: an id
 *
 * Returns: whether it has 1 to OH_CONFIG_PHONE_ID_MAX letters, digits, "-" and "_"
 */
gboolean oh_config_value_is_phone_id (const char *id);

/**
 * oh_config_value_fingerprint:
 * @text: hexadecimal digits in any case, colons and blanks between them
 *
 * Returns: (transfer full) (nullable): 64 lower-case digits; NULL when it is not that many, or has
 *   anything else
 */
char *oh_config_value_fingerprint (const char *text);

/**
 * oh_config_value_is_dialable:
 * @text: a text
 * @extra: (nullable): octets allowed beside digits
 *
 * Returns: whether it has nothing but those, and at most eight
 */
gboolean oh_config_value_is_dialable (const char *text, const char *extra);

G_END_DECLS
