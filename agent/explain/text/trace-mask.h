/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/**
 * oh_trace_mask:
 * @text: a record's text
 *
 * For showing it: tokens (gssapi-data), answers (response), Basic credentials and passwords of web
 * tickets become "…", even where the value is wrapped.
 *
 * Returns: (transfer full): the text without secrets
 */
char *oh_trace_mask (OhSlice text);

G_END_DECLS
