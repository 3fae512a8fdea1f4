/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-address.h"

#include <string.h>

/* What neither a user name nor a number reaches across. */
#define STOPS "<>\"' \t\n,&|\\"

typedef struct
{
  OhPseudonyms *names;
  GString *out;
  gsize user;        /* where in @out a user name may begin */
  const char *first; /* (nullable): the first pseudonym */
} Scan;

static gboolean
is_number_octet (char c)
{
  return g_ascii_isdigit (c) || (c != '\0' && strchr ("+-./()*# ", c) != NULL);
}

gboolean
oh_redact_is_number (OhSlice text)
{
  guint digits = 0;

  for (gsize i = 0; i < text.len; i++)
    {
      if (!is_number_octet (text.data[i]))
        return FALSE;
      digits += g_ascii_isdigit (text.data[i]) ? 1 : 0;
    }
  return digits >= 3;
}

static void
append_pseudonym (Scan *scan, OhPseudonymKind kind, OhSlice text)
{
  const char *pseudonym = oh_pseudonyms_get (scan->names, kind, text);

  g_string_append (scan->out, pseudonym);
  if (scan->first == NULL)
    scan->first = pseudonym;
}

/* At "@": what was written since the last stop was a user. A number has parameters before it. */
static void
replace_user (Scan *scan)
{
  g_autofree char *user = g_strdup (scan->out->str + scan->user);
  OhSlice rest = oh_slice_str (user);
  OhSlice bare = oh_slice_eat_until (&rest, ";");

  if (user[0] == '\0')
    return;
  g_string_truncate (scan->out, scan->user);
  if (oh_redact_is_number (bare))
    append_pseudonym (scan, OH_PSEUDONYM_NUMBER, bare);
  else
    append_pseudonym (scan, OH_PSEUDONYM_PERSON, oh_slice_str (user));
}

/* Whether @out ends with a scheme whose rest is a number. */
static gboolean
after_number_scheme (const GString *out)
{
  static const char *const schemes[] = { "tel:", "callto:", "fax:", "sms:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize len = strlen (schemes[i]);

      if (out->len >= len && g_ascii_strcasecmp (out->str + out->len - len, schemes[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_sip_scheme (const GString *out)
{
  return (out->len >= 4 && g_ascii_strcasecmp (out->str + out->len - 4, "sip:") == 0) ||
         (out->len >= 5 && g_ascii_strcasecmp (out->str + out->len - 5, "sips:") == 0);
}

/* "+49 30 1234-56" somewhere in a text: from "+" as far as a number goes, its blanks inside. */
static gsize
plus_number_length (OhSlice at)
{
  gsize n = 1;
  guint digits = 0;

  while (n < at.len && is_number_octet (at.data[n]))
    digits += g_ascii_isdigit (at.data[n++]) ? 1 : 0;
  while (n > 0 && !g_ascii_isdigit (at.data[n - 1]))
    n--;
  return digits >= 3 ? n : 0;
}

/* A number from here on, if there is one: after "tel:" up to a stop, parameters and all. */
static gsize
number_length (const Scan *scan, OhSlice at)
{
  OhSlice ahead = at;
  OhSlice number;

  if (!after_number_scheme (scan->out))
    return at.data[0] == '+' ? plus_number_length (at) : 0;
  number = oh_slice_eat_until (&ahead, STOPS "@");
  return ahead.len > 0 && ahead.data[0] == '@' ? 0 : number.len;
}

/* In "sip:+49301;ext=3@host" the user goes on behind the semicolon; "@" in sight decides. */
static gboolean
user_follows (OhSlice at)
{
  OhSlice ahead = at;

  oh_slice_eat_until (&ahead, STOPS "@?");
  return ahead.len > 0 && ahead.data[0] == '@';
}

const char *
oh_redact_addresses (OhSlice text, OhPseudonyms *names, GString *out)
{
  Scan scan = { names, out, out->len, NULL };
  gboolean in_user = FALSE; /* between "sip:" and its "@" */
  gsize i = 0;

  while (i < text.len)
    {
      OhSlice at = oh_slice (text.data + i, text.len - i);
      char c = at.data[0];
      gsize number = in_user ? 0 : number_length (&scan, at);

      if (number > 0 && !user_follows (at))
        {
          append_pseudonym (&scan, OH_PSEUDONYM_NUMBER, oh_slice (at.data, number));
          i += number;
          scan.user = out->len;
          continue;
        }
      if (c == '@')
        {
          replace_user (&scan);
          in_user = FALSE;
        }
      g_string_append_c (out, c);
      i++;
      if (c == ':' && is_sip_scheme (out))
        in_user = user_follows (oh_slice (at.data + 1, at.len - 1));
      if (c == '@' || strchr (STOPS, c) != NULL || (!in_user && strchr (":;=()[]?", c) != NULL) ||
          (c == ':' && is_sip_scheme (out)))
        scan.user = out->len;
    }
  return scan.first;
}

void
oh_redact_words (OhSlice text, OhPseudonyms *names, GString *out)
{
  OhSlice bare = oh_slice_trim (text);

  if (bare.len == 0)
    {
      if (text.len > 0)
        g_string_append_len (out, text.data, (gssize) text.len);
      return;
    }
  if (oh_redact_is_number (bare))
    g_string_append (out, oh_pseudonyms_get (names, OH_PSEUDONYM_NUMBER, bare));
  else if (oh_slice_find (bare, ' ') < 0 &&
           (oh_slice_find (bare, '@') >= 0 || oh_slice_has_prefix_case (bare, "tel:")))
    oh_redact_addresses (bare, names, out);
  else
    g_string_append (out, oh_pseudonyms_get (names, OH_PSEUDONYM_TEXT, bare));
}
