/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-kind.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever answers: it is of one kind, and a mark in a header is stronger than any page. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhPhoneAnswer answer = { .body = oh_slice ((const char *) data, size) };

  g_assert_cmpint (oh_phone_kind_of (&answer), <, OH_N_PHONE_KINDS);
  answer.server = "yealink embed httpd";
  g_assert_cmpint (oh_phone_kind_of (&answer), ==, OH_PHONE_KIND_YEALINK);
  return 0;
}
