/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-message.h"

G_BEGIN_DECLS

/* A desktop client's head never comes near it; a Kerberos ticket with many groups is some
 * 24 KiB in base64. */
#define FE_READER_HEAD_MAX (64 * 1024)
/* 4 MiB; a batch of 1,000 resources is about 100 KiB. */
#define FE_READER_BODY_MAX 4194304u

/**
 * fe_reader_take:
 * @stream: what came so far and was not taken yet; the octets used are removed
 * @out_blank_lines: (out): CRLFs that stood before the message (keep-alive), also when no message
 *   is there yet
 * @error: return location: the stream cannot be read any further
 *
 * Cuts one message off a byte stream (RFC 3261 18.3). A request without Content-Length is an
 * error: a client on a stream must send it.
 *
 * Returns: (transfer full) (nullable): the message; NULL without an error means "not yet"
 */
FeMessage *fe_reader_take (GByteArray *stream, guint *out_blank_lines, GError **error);

G_END_DECLS
