/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/**
 * oh_sip_date_parse:
 * @value: a Date header: "Thu, 01 Apr 2010 19:31:41 GMT"
 * @out_s: (out): seconds since 1970-01-01 UTC; untouched on failure
 *
 * RFC 3261 20.17: RFC 1123 in GMT and nothing else. The day of the week is not compared.
 *
 * Returns: whether it is a date
 */
gboolean oh_sip_date_parse (OhSlice value, gint64 *out_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
