/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mask.h"

#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6"
/* Octets from which on a word after "Basic" is no word of a sentence. */
#define WORD_MIN 8
/* Octets of a password's tag, and of a password. */
#define PASSWORD_MAX ((gsize) 1024)

/* Quotes of any kind before a value. */
static gsize
quote_length (OhSlice text)
{
  static const char *const quotes[] = { "\"",     "\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
                                        "&quot;", "&ldquo;",      "\xc2\xab",     "'" };

  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (text.len >= strlen (quotes[i]) && memcmp (text.data, quotes[i], strlen (quotes[i])) == 0)
      return strlen (quotes[i]);
  return 0;
}

/* How much of the text belongs to a value of base64 or hexadecimal digits; a mark of quotation
 * after a line end does, too. */
static gsize
value_length (OhSlice text, gboolean is_quoted)
{
  gsize n = 0;

  while (n < text.len &&
         (g_ascii_isalnum (text.data[n]) || strchr ("+/=", text.data[n]) != NULL ||
          (is_quoted && strchr (" \t\n>|", text.data[n]) != NULL)) &&
         text.data[n] != '\0')
    n++;
  return n;
}

static gsize
until (OhSlice text, char stop)
{
  gsize len = MIN (text.len, PASSWORD_MAX);
  const char *at = len > 0 ? memchr (text.data, stop, len) : NULL;

  return at != NULL ? (gsize) (at - text.data) : len;
}

/* How long the secret is that follows @word at the front of @text, and where it begins. */
static gsize
secret_after (OhSlice text, gsize *begin)
{
  static const char *const params[] = { "gssapi-data=", "response=", "Basic ", "Negotiate " };

  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    if (oh_slice_has_prefix_case (text, params[i]))
      {
        gsize quote, n;

        *begin = strlen (params[i]);
        quote = quote_length (oh_slice (text.data + *begin, text.len - *begin));
        *begin += quote;
        n = value_length (oh_slice (text.data + *begin, text.len - *begin), quote > 0);
        return params[i][strlen (params[i]) - 1] == '=' || n >= WORD_MIN ? n : 0;
      }
  if (oh_slice_has_prefix_case (text, "Password>") || oh_slice_has_prefix_case (text, "Password "))
    {
      *begin = until (text, '>') + 1;
      return *begin < text.len ? until (oh_slice (text.data + *begin, text.len - *begin), '<') : 0;
    }
  return 0;
}

char *
oh_trace_mask (OhSlice text)
{
  GString *out = g_string_sized_new (text.len + 1);
  gsize at = 0;

  while (at < text.len)
    {
      OhSlice here = oh_slice (text.data + at, text.len - at);
      gsize begin = 0;
      gsize n = strchr ("grbnpGRBNP", *here.data) != NULL ? secret_after (here, &begin) : 0;

      if (n == 0)
        {
          g_string_append_c (out, text.data[at++]);
          continue;
        }
      g_string_append_len (out, here.data, (gssize) begin);
      g_string_append (out, ELLIPSIS);
      at += begin + n;
    }
  return g_string_free (out, FALSE);
}
