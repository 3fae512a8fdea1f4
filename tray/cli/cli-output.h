/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * oh_cli_json_begin:
 *
 * Returns: (transfer full): a builder inside its first object
 */
JsonBuilder *oh_cli_json_begin (void);

/**
 * oh_cli_json_text:
 * @builder: inside an object
 * @name: of the member
 * @text: (nullable): its value; NULL and "" become null
 */
void oh_cli_json_text (JsonBuilder *builder, const char *name, const char *text);

/**
 * oh_cli_json_time:
 * @builder: inside an object
 * @name: of the member
 * @us: microseconds since 1970-01-01 UTC; 0 becomes null
 */
void oh_cli_json_time (JsonBuilder *builder, const char *name, gint64 us);

/**
 * oh_cli_json_print:
 * @builder: (transfer full): complete
 *
 * Writes the document and a line end to stdout.
 */
void oh_cli_json_print (JsonBuilder *builder);

/**
 * oh_cli_json_print_line:
 * @builder: (transfer full): complete
 *
 * Writes the document as one line to stdout, for one of many.
 */
void oh_cli_json_print_line (JsonBuilder *builder);

/**
 * oh_cli_time:
 * @us: microseconds since 1970-01-01 UTC
 *
 * Returns: (transfer full): for people, local: the time, with the date when it was not today
 */
char *oh_cli_time (gint64 us);

/**
 * oh_cli_fingerprint:
 * @hex: 64 hexadecimal digits
 *
 * Returns: (transfer full): in pairs, "3f:9a:…", as phones and browsers show it
 */
char *oh_cli_fingerprint (const char *hex);

G_END_DECLS
