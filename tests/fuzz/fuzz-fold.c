/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fold.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A folded word folds to itself; nothing of it is a boundary. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) words = oh_fold_words (text);
  g_autofree char *line = oh_fold_line (text);

  g_assert_cmpuint (words->len, <=, OH_FOLD_WORDS_MAX);
  g_assert_true (g_utf8_validate (line, -1, NULL));
  for (guint i = 0; i < words->len; i++)
    {
      const OhFoldedWord *word = words->pdata[i];

      g_assert_true (g_utf8_validate (word->base, -1, NULL));
      g_assert_true (word->base[0] != '\0');
      g_assert_cmpstr (word->spelt, !=, word->base);
      for (const char *p = word->base; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (g_unichar_isalnum (g_utf8_get_char (p)));
    }
  return 0;
}
