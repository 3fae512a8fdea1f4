/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-words.h"

#include <glib/gi18n-lib.h>

/* As in org.offhook.History1. */
static const struct
{
  const char *outcome, *text;
} words[] = {
  { "ongoing", N_ ("going on") },
  { "answered", N_ ("answered") },
  { "missed", N_ ("missed") },
  { "elsewhere", N_ ("answered elsewhere") },
  { "busy", N_ ("busy") },
  { "refused", N_ ("refused") },
  { "cancelled", N_ ("not answered") },
  { "failed", N_ ("failed") },
  { "unknown", N_ ("outcome unknown") },
};

const char *
oh_words_outcome (const char *outcome)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].outcome, outcome))
      return _ (words[i].text);
  return NULL;
}
