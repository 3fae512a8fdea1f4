/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-family.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_letters (const char *word)
{
  for (const char *p = word; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || *p == '.');
}

/* Whatever a phone says it is: identifiers come out, and every model has traits. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhSnomIdentity) identity =
    oh_snom_identity_parse (oh_slice ((const char *) data, size));
  OhSnomTraits traits;

  assert_letters (identity->model);
  assert_letters (identity->firmware);
  assert_letters (identity->mac);
  g_assert_true (identity->mac == NULL || strlen (identity->mac) == 12);
  oh_snom_traits (identity->model, identity->firmware, &traits);
  oh_snom_traits (text, text, &traits);
  g_assert_cmpint (traits.family, <, OH_N_SNOM_FAMILIES);
  g_assert_true (traits.classic == (traits.hold_key != NULL));
  return 0;
}
