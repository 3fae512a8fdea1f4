/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "query.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhQuery) query = oh_query_new (text);

  g_assert_true (g_utf8_validate (query->text, -1, NULL));
  g_assert_cmpuint (query->parts->len, <=, OH_QUERY_PARTS_MAX);
  for (guint i = 0; i < query->parts->len; i++)
    {
      const OhQueryPart *part = query->parts->pdata[i];

      if (part->digits == NULL)
        continue;
      g_assert_cmpuint (strlen (part->digits), <=, OH_QUERY_DIGITS_MAX);
      g_assert_cmpuint (strspn (part->digits, "+0123456789"), ==, strlen (part->digits));
    }
  return 0;
}
