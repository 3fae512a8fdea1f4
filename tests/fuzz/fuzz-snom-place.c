/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-place.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever stands in a phone's action URL: what is shown of it is a host and nothing else, and what
   we would write there is always known again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char mark[] = "0123456789abcdef";
  static const char token[] = "00112233445566778899aabbccddeeff";
  g_autofree char *value = g_strndup ((const char *) data, size);
  g_autofree char *host = oh_snom_place_host (value);
  g_autofree char *path = oh_snom_place_path (mark, token);
  g_autofree char *ours = g_strconcat (value, path, NULL);

  g_assert_cmpuint (strlen (host), <=, OH_SNOM_PLACE_HOST_MAX + 2);
  for (const char *p = host; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr (".-_:[]", *p) != NULL);
  g_assert_cmpint (oh_snom_place_judge (ours, mark, token), ==, OH_SNOM_PLACE_OURS);
  if (*value == '\0')
    g_assert_cmpint (oh_snom_place_judge (value, mark, token), ==, OH_SNOM_PLACE_FREE);
  else
    g_assert_cmpint (oh_snom_place_judge (value, mark, token), !=, OH_SNOM_PLACE_FREE);
  return 0;
}
