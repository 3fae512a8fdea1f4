/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-noise.h"

#include <string.h>

/* Shorter ones are not dialled with an area code. */
#define NUMBER_DIGITS 7

gsize
oh_number_noise_counts_digits (const char *text)
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    n += g_ascii_isdigit (*text) ? 1 : 0;
  return n;
}

/* --- around one number --- */

void
oh_number_noise_cut_end (char *text)
{
  static const char *const ends[] = { ".", ",", ";", ":", "!", "?", " ", "\"",
                                      "'", ">", "”", "“", "’", "»", "«" };
  gboolean cut = TRUE;

  while (cut)
    {
      cut = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
        if (g_str_has_suffix (text, ends[i]))
          {
            text[strlen (text) - strlen (ends[i])] = '\0';
            cut = TRUE;
          }
    }
}

const char *
oh_number_noise_skip_front (const char *text)
{
  static const char *const fronts[] = { " ", "\"", "'", "<", "“", "„", "‘", "‚", "«", "»" };
  gboolean skipped = TRUE;

  while (skipped)
    {
      skipped = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (fronts); i++)
        if (g_str_has_prefix (text, fronts[i]))
          {
            text += strlen (fronts[i]);
            skipped = TRUE;
          }
    }
  return text;
}

/* "030 1234 (Büro)" */
static void
cut_remark (char *text)
{
  char *open = strrchr (text, '(');
  char *close = open != NULL ? strchr (open, ')') : NULL;

  if (close != NULL && close[1] == '\0' && close > open + 1 &&
      strpbrk (open, "0123456789+*#") == NULL)
    {
      *open = '\0';
      oh_number_noise_cut_end (text);
    }
}

static gboolean
is_label_word (const char *word, gsize len)
{
  static const char *const words[] = {
    "tel",   "telefon",   "telephone", "tél",    "téléphone", "teléfono", "telefono",
    "phone", "fon",       "ph",        "mobil",  "mobile",    "handy",    "cell",
    "call",  "rufnummer", "nummer",    "number", "office",    "büro",     "work",
    "home",  "direct",    "t",         "m",      "p",
  };
  g_autofree char *lower = g_utf8_strdown (word, (gssize) len);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (lower, words[i]))
      return TRUE;
  return FALSE;
}

/* "Tel. 030 1234", "Phone 030 1234": words that are put in front of numbers, all of them known. */
static gboolean
is_known_label (const char *text, gsize len)
{
  while (len > 0)
    {
      gsize word = strcspn (text, " .");

      word = MIN (word, len);
      if (word > 0 && !is_label_word (text, word))
        return FALSE;
      text += MIN (word + 1, len);
      len -= MIN (word + 1, len);
    }
  return TRUE;
}

static const char *
skip_label (const char *text)
{
  gsize front = strcspn (text, "+0123456789*#(");
  gsize end = front;

  if (text[front] == '\0' || front == 0)
    return text;
  while (end > 0 && text[end - 1] == ' ')
    end--;
  if (end > 0 && text[end - 1] == ':' && memchr (text, '\n', end) == NULL)
    return text + front;
  return is_known_label (text, front) ? text + front : text;
}

const char *
oh_number_noise_strip (char *folded)
{
  oh_number_noise_cut_end (folded);
  cut_remark (folded);
  return skip_label (oh_number_noise_skip_front (folded));
}

/* --- more than one number --- */

gboolean
oh_number_noise_is_list (const char *rest)
{
  gsize gap = strspn (rest, ",; ");
  const char *next = rest + gap;

  if (*next == '+')
    return TRUE;
  return memchr (rest, ' ', gap) != NULL && strpbrk (next, "#*,;") == NULL &&
         oh_number_noise_counts_digits (next) >= NUMBER_DIGITS;
}

gboolean
oh_number_noise_is_second (const char *digits, const char *rest)
{
  rest += strspn (rest, " (/");
  return (*rest == '0' || *rest == '+') && strlen (digits) >= NUMBER_DIGITS &&
         oh_number_noise_counts_digits (rest) >= NUMBER_DIGITS;
}
