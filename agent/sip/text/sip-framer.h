/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhSipFrame:
 * @OH_SIP_FRAME_MORE: no whole message yet; read on
 * @OH_SIP_FRAME_READY: one whole message is there
 * @OH_SIP_FRAME_BROKEN: where the next message begins cannot be known any more; close
 */
typedef enum
{
  OH_SIP_FRAME_MORE,
  OH_SIP_FRAME_READY,
  OH_SIP_FRAME_BROKEN,
} OhSipFrame;

/**
 * oh_sip_frame:
 * @data: (nullable): what has been read and not used so far
 * @len: octets
 * @skip: (out): octets before the message that can be thrown away: keep-alive line breaks; set
 *   for MORE too
 * @size: (out): octets of the message after @skip; for MORE: as soon as they are known, 0 before,
 *   so that nobody has to look again until they are there
 *
 * Cuts a stream into messages (RFC 3261 18.3). Content-Length decides; without one the message has
 * no body, but one with a Content-Type and no Content-Length is broken, and so are two that differ,
 * one that is no number, a head beyond OH_SIP_HEAD_MAX and a body beyond OH_SIP_BODY_MAX.
 *
 * Returns: what was found at the front
 */
OhSipFrame oh_sip_frame (const char *data, gsize len, gsize *skip, gsize *size);

G_END_DECLS
