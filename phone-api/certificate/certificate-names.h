/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhPhoneKeyKind:
 * @OH_PHONE_KEY_RSA_2048: what every firmware with TLS takes
 * @OH_PHONE_KEY_RSA_3072: the same, longer (NIST SP 800-57: 128 bits)
 * @OH_PHONE_KEY_P256: ECDSA on P-256, quicker at the phone where its firmware has it
 */
typedef enum
{
  OH_PHONE_KEY_RSA_2048,
  OH_PHONE_KEY_RSA_3072,
  OH_PHONE_KEY_P256,
  OH_PHONE_N_KEY_KINDS,
} OhPhoneKeyKind;

/**
 * oh_phone_key_kind_parse:
 * @word: "rsa-2048", "rsa-3072" or "ecdsa-p256"
 * @out: (out): set when it is one
 *
 * Returns: whether it is
 */
gboolean oh_phone_key_kind_parse (const char *word, OhPhoneKeyKind *out);

/**
 * OhPhoneNames:
 * @mac: twelve hexadecimal digits: the common name, and a DNS name
 * @address: (nullable): numeric
 * @dns: (nullable): DNS name
 *
 * Under which names a phone's certificate has to hold.
 */
typedef struct
{
  const char *mac;
  const char *address;
  const char *dns;
} OhPhoneNames;

G_END_DECLS
