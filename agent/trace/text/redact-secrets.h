/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Octets of a message that a trace keeps; the first notification of a long contact list has
 * megabytes, and its beginning tells enough. */
#define OH_REDACT_MESSAGE_MAX ((gsize) 256 * 1024)

/**
 * oh_redact_secrets:
 * @octets: a message as it is on the wire, SIP, whole or broken; what is beyond
 *   OH_REDACT_MESSAGE_MAX is only counted
 *
 * The first of two passes, before anything is kept: what lets somebody in is taken out. Tokens and
 * signatures (oh_redact_credentials()), headers and XML elements whose name speaks of a password,
 * secret, ticket, token, cookie or key, passwords in addresses, keys of media descriptions.
 *
 * What comes out is safe to print: UTF-8, lines end with LF, folded header lines are one, control
 * characters are written "\x1b".
 *
 * Returns: (transfer full): what may be kept
 */
GString *oh_redact_secrets (OhSlice octets);

/**
 * oh_redact_note:
 * @text: a note of the tap, "word: details"
 *
 * As oh_redact_secrets() for what is no message. Of a request to a phone the tones, the addresses
 * that it shall call and whatever speaks of a password are removed.
 *
 * Returns: (transfer full): what may be kept
 */
GString *oh_redact_note (OhSlice text);

/**
 * oh_redact_word_is_secret:
 * @name: of a header, an element, an attribute or a parameter
 *
 * Returns: whether what it names is nobody's business
 */
gboolean oh_redact_word_is_secret (OhSlice name);

G_END_DECLS
