/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-message.h"

G_BEGIN_DECLS

/**
 * FeSignatureFacts:
 * @scheme: first word of the header that carries the signature
 * @salt: crand or srand, without quotes
 * @number: cnum or snum, without quotes
 * @realm: realm, without quotes
 * @target: targetname, without quotes; "sip/" kept with Kerberos
 *
 * What the signed text takes from the header of the signature rather than from the message.
 */
typedef struct
{
  const char *scheme;
  const char *salt;
  const char *number;
  const char *realm;
  const char *target;
} FeSignatureFacts;

/**
 * fe_signature_text:
 * @message: request or response as it is on the wire
 * @facts: the rest
 * @version: 2, 3 or 4 ([MS-SIPAE] 3.1.4.2 and 3.2.4.2); 3 and 4 sign the same text
 *
 * Returns: (transfer full): the text that is signed
 */
char *fe_signature_text (const FeMessage *message, const FeSignatureFacts *facts, guint version);

G_END_DECLS
