/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhPasswordKind:
 * @OH_PASSWORD_TEXT: 20 of 31 small letters and digits, those left out that look like others; for
 *   what a program types, and a person reads out at worst
 * @OH_PASSWORD_DIGITS: 12 digits, for what has to be typed on a telephone
 *
 * What a new password is made of.
 */
typedef enum
{
  OH_PASSWORD_TEXT,
  OH_PASSWORD_DIGITS,
} OhPasswordKind;

/* Octets that oh_password_from() is given at a time: four times what it needs, so that more than a
 * row of them is hardly ever asked for. */
#define OH_PASSWORD_OCTETS 80

/**
 * oh_password_new:
 * @kind: what it is made of
 *
 * Returns: (transfer full): a password nobody knows, oh_secret_free() it
 */
char *oh_password_new (OhPasswordKind kind);

/**
 * oh_password_bits:
 * @kind: what it is made of
 *
 * Returns: the entropy of oh_password_new(), bits, rounded down: 99 for text (20 × log2 31), 39 for
 *   digits, which is enough where the third wrong one locks everybody out
 */
guint oh_password_bits (OhPasswordKind kind);

/**
 * oh_password_from:
 * @kind: what it is made of
 * @octets: (array fixed-size=80): random octets
 * @out: (array): room for oh_password_length() characters and a NUL
 *
 * The pure part: every octet that would make one character likelier than another is passed over.
 *
 * Returns: FALSE when so many were passed over that the rest does not do
 */
gboolean oh_password_from (OhPasswordKind kind, const guint8 *octets, char *out);

/**
 * oh_password_length:
 * @kind: what it is made of
 *
 * Returns: how many characters oh_password_new() gives
 */
guint oh_password_length (OhPasswordKind kind);

G_END_DECLS
