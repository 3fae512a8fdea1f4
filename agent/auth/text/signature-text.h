/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-message.h"

G_BEGIN_DECLS

/* [MS-SIPAE] 3.2.4: servers below this sign neither the To address nor identities. */
#define OH_SIGNATURE_VERSION_FULL 3

/**
 * OhSignatureFields:
 * @scheme: the word of the credentials or of the Info header, as it stands there
 * @salt: crand or srand
 * @number: cnum or snum, its digits as they stand there
 * @realm: of the association, of an incoming message that of its Info header
 * @target: as @realm; "sip/" kept
 * @version: of the association
 *
 * What is signed beside the message's own headers. Borrowed.
 */
typedef struct
{
  const char *scheme;
  const char *salt;
  const char *number;
  const char *realm;
  const char *target;
  guint version;
} OhSignatureFields;

/**
 * oh_signature_text:
 * @message: what is signed, whichever direction it goes
 * @fields: the rest
 * @error: OH_ERROR_PROTOCOL when From, To, Call-ID or CSeq cannot be read
 *
 * The text that both ends sign: each value in angle brackets, verbatim as on the wire, nothing
 * between and no terminator; what is missing is an empty pair, but a request has no pair for the
 * status at all ([MS-SIPAE] 3.2.4.1).
 *
 * Returns: (transfer full): the text; NULL on error
 */
char *oh_signature_text (const OhSipMessage *message, const OhSignatureFields *fields,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
