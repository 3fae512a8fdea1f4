/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "autodiscover-answer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Wherever it leads, it never leads back to http. */
static void
follow (const char *href)
{
  g_autofree char *next = oh_autodiscover_next_url ("https://a.test/b", href, NULL);

  g_assert_true (next == NULL ||
                 (g_str_has_prefix (next, "https://") && strlen (next) <= OH_AUTODISCOVER_URL_MAX));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice text = oh_slice ((const char *) data, size);
  g_autoptr (OhAutodiscoverAnswer) answer = oh_autodiscover_answer_parse (text, NULL);
  g_autofree char *href = oh_slice_dup (text);

  follow (href);
  if (answer == NULL)
    return 0;
  if (answer->user != NULL)
    follow (answer->user);
  if (answer->redirect != NULL)
    follow (answer->redirect);
  g_assert_true (answer->inside_host == NULL || answer->inside_port > 0);
  g_assert_true (answer->outside_host == NULL || answer->outside_port > 0);
  return 0;
}
