/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names asked of the name server for one phone: every model once, and two spellings of a line. */
#define OH_NAME_GUESSES_MAX 48u

/**
 * oh_name_guesses:
 * @mac: (nullable): twelve upper-case hex digits
 * @model: (nullable): "snomD785" where it is known: then the others are not tried
 * @line: (nullable): the user's extension or number, digits taken out of whatever it is
 *
 * What phones call themselves to the DHCP server, which often tells the name server: model and the
 * second half of the MAC ("snomD785-AABBCC"); some sites name them by the line ("snom-330").
 *
 * Returns: (transfer full): at most OH_NAME_GUESSES_MAX names
 */
GStrv oh_name_guesses (const char *mac, const char *model, const char *line);

/**
 * oh_name_is_plain:
 * @name: a name
 *
 * Returns: whether it is a host name of one label or more, of letters, digits, "-" and "." (RFC
 *   1123 2.1)
 */
gboolean oh_name_is_plain (const char *name);

G_END_DECLS
