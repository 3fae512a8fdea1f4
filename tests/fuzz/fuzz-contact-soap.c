/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-soap.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhContactSoapAnswer) answer =
    oh_contact_soap_parse (oh_slice ((const char *) data, size), NULL);

  if (answer != NULL)
    {
      g_assert_true (answer->fault || (!answer->wrong_number && answer->code[0] == '\0'));
      g_assert_true (g_utf8_validate (answer->reason, -1, NULL));
    }
  return 0;
}
