/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-page.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_word (const char *word)
{
  for (const char *p = word; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr ("._-", *p) != NULL);
}

/* Whatever the phone sends: words and accounts come out of it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  g_autoptr (OhYealinkConfig) config = oh_yealink_config_parse (body);
  g_autofree char *model = NULL;
  g_autofree char *firmware = NULL;

  oh_yealink_page_read (body, &model, &firmware);
  assert_word (model);
  assert_word (firmware);
  assert_word (config->firmware);
  g_assert_cmpuint (config->accounts->len, <=, OH_YEALINK_ACCOUNTS_MAX);
  for (guint i = 0; i < config->accounts->len; i++)
    g_assert_nonnull (strchr (g_ptr_array_index (config->accounts, i), '@'));
  return 0;
}
