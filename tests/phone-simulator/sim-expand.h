/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SIM_EXPAND_ENCODED,    /* values percent-encoded */
  SIM_EXPAND_RAW,        /* as they are, but for spaces and control characters */
  SIM_EXPAND_RAW_SPACES, /* as they are, control characters aside */
  SIM_EXPAND_NONE,       /* the old firmware: variables stay */
} SimExpandMode;

/**
 * SimLookup:
 *
 * Returns: (nullable): the variable's value, "" for a known one without; NULL for one that this
 *   phone has never heard of
 */
typedef const char *(*SimLookup) (const char *name, gpointer user_data);

/**
 * sim_expand:
 * @text: an action URL with "$name" in it. The longest known name wins; "name[1]" is "name1";
 *   before the question mark a '&' may end a name and goes with it; unknown names stay.
 *
 * Returns: (transfer full): the URL to fetch
 */
char *sim_expand (const char *text, SimExpandMode mode, SimLookup lookup, gpointer user_data);

G_END_DECLS
