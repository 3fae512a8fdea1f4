/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Octets of a trace. A front end writes logs of 20 to 50 MiB before it begins a new file; what
 * is larger was cut together and can be cut again. */
#define OH_TRACE_SIZE_MAX ((gsize) 64 * 1024 * 1024)

/**
 * oh_trace_decode:
 * @octets: a file as it is, at most %OH_TRACE_SIZE_MAX
 *
 * Makes it UTF-8: UTF-16 by its mark, UTF-8 with or without one; each octet that is no UTF-8 is
 * taken from Windows-1252, so that one Latin-1 name does not spoil the rest. NUL becomes U+FFFD,
 * and every kind of line end LF.
 *
 * Returns: (transfer full): the text
 */
GString *oh_trace_decode (OhSlice octets);

G_END_DECLS
