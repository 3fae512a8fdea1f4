/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-number.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What was read reads as itself, and is the same number as itself. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *number = oh_contact_number_read (text);
  g_autofree char *again = NULL;
  g_autofree char *key = NULL;

  if (number == NULL)
    return 0;
  g_assert_cmpuint (strlen (number), <=, OH_CONTACT_NUMBER_MAX + strlen (";ext="));
  g_assert_cmpuint (strspn (number, "+0123456789*#;ext="), ==, strlen (number));
  again = oh_contact_number_read (number);
  g_assert_cmpstr (again, ==, number);
  g_assert_cmpint (oh_contact_number_match (number, again), ==, OH_NUMBER_SAME);
  key = oh_contact_number_key (number);
  g_assert_cmpuint (strlen (key), <=, OH_CONTACT_NUMBER_SUFFIX_MIN);
  return 0;
}
