/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-secrets.h"

#include <string.h>

#include "redact-token.h"

/* --- safe to print --- */

static gboolean
is_plain (gunichar c)
{
  return c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0));
}

/* Terminals obey control characters, and some files end at a NUL. */
static GString *
make_printable (OhSlice octets)
{
  GString *out = g_string_sized_new (octets.len + 64);
  gsize i = 0;

  while (i < octets.len)
    {
      const char *at = octets.data + i;
      gunichar c = g_utf8_get_char_validated (at, (gssize) MIN (octets.len - i, 6));
      gsize len = c < 0x110000 ? (gsize) g_unichar_to_utf8 (c, NULL) : 1;

      if (c == '\r' && i + 1 < octets.len && at[1] == '\n')
        ; /* line ends become LF */
      else if (c < 0x110000 && is_plain (c))
        g_string_append_len (out, at, (gssize) len);
      else
        for (gsize k = 0; k < len; k++)
          g_string_append_printf (out, "\\x%02x", (guint8) at[k]);
      i += len;
    }
  return out;
}

/* --- words --- */

static gboolean
contains_case (OhSlice text, const char *word)
{
  gsize len = strlen (word);

  for (gsize i = 0; i + len <= text.len; i++)
    if (g_ascii_strncasecmp (text.data + i, word, len) == 0)
      return TRUE;
  return FALSE;
}

gboolean
oh_redact_word_is_secret (OhSlice name)
{
  static const char *const words[] = { "passw",  "pwd",   "secret", "credential",
                                       "ticket", "token", "cookie", "privatekey" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (contains_case (name, words[i]))
      return TRUE;
  return oh_slice_equal_case (name, "pin");
}

static void
append_slice (GString *out, OhSlice slice)
{
  if (slice.len > 0)
    g_string_append_len (out, slice.data, (gssize) slice.len);
}

/* --- head --- */

static gboolean
is_credentials (OhSlice name)
{
  static const char *const names[] = { "Authorization",          "Proxy-Authorization",
                                       "WWW-Authenticate",       "Proxy-Authenticate",
                                       "Authentication-Info",    "Proxy-Authentication-Info",
                                       "Proxy-Authenticate-Info" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (oh_slice_equal_case (name, names[i]))
      return TRUE;
  return FALSE;
}

/* "sip:alice:geheim@host" has a password in it (RFC 3261 19.1.1). */
static void
append_without_password (GString *out, OhSlice line)
{
  OhSlice cursor = line;

  while (cursor.len > 0)
    {
      OhSlice before = oh_slice_eat_until (&cursor, ":");
      gboolean address = contains_case (
        oh_slice (before.data + before.len - MIN (before.len, 4), MIN (before.len, 4)), "sip");
      OhSlice ahead;
      OhSlice user;

      append_slice (out, before);
      if (!oh_slice_eat (&cursor, ':'))
        return;
      g_string_append_c (out, ':');
      ahead = cursor;
      user = oh_slice_eat_until (&ahead, ":@<>\", \t");
      if (!address || !oh_slice_eat (&ahead, ':'))
        continue;
      oh_slice_eat_until (&ahead, "@<>\", \t");
      if (ahead.len == 0 || ahead.data[0] != '@')
        continue;
      append_slice (out, user);
      g_string_append (out, ":" OH_REDACTED);
      cursor = ahead;
    }
}

static void
append_header (GString *out, OhSlice line)
{
  OhSlice rest = line;
  OhSlice name = oh_slice_eat_until (&rest, ":");
  OhSlice bare = oh_slice_trim (name);

  if (rest.len == 0 || (!is_credentials (bare) && !oh_redact_word_is_secret (bare)))
    {
      append_without_password (out, line);
      return;
    }
  append_slice (out, name);
  g_string_append (out, ": ");
  rest = oh_slice_trim (oh_slice (rest.data + 1, rest.len - 1));
  if (is_credentials (bare))
    oh_redact_credentials (rest, out);
  else
    g_string_append (out, OH_REDACTED);
}

/* One header with the lines that belong to it, made one line. */
static OhSlice
eat_header (OhSlice *cursor, GString *unfolded)
{
  g_string_truncate (unfolded, 0);
  do
    {
      OhSlice line = oh_slice_eat_until (cursor, "\n");

      (void) oh_slice_eat (cursor, '\n');
      if (unfolded->len > 0)
        {
          line = oh_slice_trim (line);
          g_string_append_c (unfolded, ' ');
        }
      append_slice (unfolded, line);
    }
  while (unfolded->len > 0 && cursor->len > 0 &&
         (cursor->data[0] == ' ' || cursor->data[0] == '\t'));
  return oh_slice (unfolded->str, unfolded->len);
}

/* --- body --- */

/* The name of the element that a tag opens or closes, without its prefix. */
static OhSlice
tag_name (OhSlice tag)
{
  OhSlice cursor = tag;
  OhSlice name;

  (void) oh_slice_eat (&cursor, '/');
  name = oh_slice_eat_until (&cursor, " \t\n/>");
  while (oh_slice_find (name, ':') >= 0)
    {
      gsize colon = (gsize) oh_slice_find (name, ':');

      name = oh_slice (name.data + colon + 1, name.len - colon - 1);
    }
  return name;
}

static gboolean
same_name (OhSlice a, OhSlice b)
{
  return a.len == b.len && g_ascii_strncasecmp (a.data, b.data, a.len) == 0;
}

/* From "<" to ">", neither in it; quotes may hold a ">". What never ends goes to the end. */
static OhSlice
eat_tag (OhSlice *cursor)
{
  const char *begin;
  char quote = '\0';
  gsize n = 0;

  (void) oh_slice_eat (cursor, '<');
  begin = cursor->data;
  while (n < cursor->len && (quote != '\0' || begin[n] != '>'))
    {
      if (quote == '\0' && (begin[n] == '"' || begin[n] == '\''))
        quote = begin[n];
      else if (begin[n] == quote)
        quote = '\0';
      n++;
    }
  *cursor = oh_slice (begin + n, cursor->len - n);
  (void) oh_slice_eat (cursor, '>');
  return oh_slice (begin, n);
}

/* A tag with the values of attributes that speak of a secret taken out. */
static void
append_tag (GString *out, OhSlice tag)
{
  OhSlice cursor = tag;

  g_string_append_c (out, '<');
  while (cursor.len > 0)
    {
      OhSlice before = oh_slice_eat_until (&cursor, "=\"'");
      OhSlice value;
      gssize blank = -1;

      append_slice (out, before);
      if (!oh_slice_eat (&cursor, '='))
        {
          append_slice (out, cursor);
          break;
        }
      g_string_append_c (out, '=');
      for (gsize i = 0; i < before.len; i++)
        if (strchr (" \t\n:", before.data[i]) != NULL)
          blank = (gssize) i;
      if (cursor.len == 0 || (cursor.data[0] != '"' && cursor.data[0] != '\''))
        continue;
      value = cursor;
      cursor = oh_slice (cursor.data + 1, cursor.len - 1);
      oh_slice_eat_until (&cursor, value.data[0] == '"' ? "\"" : "'");
      if (cursor.len > 0)
        cursor = oh_slice (cursor.data + 1, cursor.len - 1);
      value.len -= cursor.len;
      before = oh_slice (before.data + blank + 1, before.len - (gsize) (blank + 1));
      /* an activity has a token that is a word of the protocol, [MS-PRES] 2.2 */
      if (oh_redact_word_is_secret (before) && !oh_slice_equal (before, "token"))
        g_string_append (out, "\"" OH_REDACTED "\"");
      else
        append_slice (out, value);
    }
  g_string_append_c (out, '>');
}

/* Behind the opening tag of a secret: to its end, whatever it nests. */
static void
skip_element (OhSlice *cursor, OhSlice name)
{
  guint depth = 1;

  while (cursor->len > 0 && depth > 0)
    {
      OhSlice tag;

      oh_slice_eat_until (cursor, "<");
      if (cursor->len == 0)
        return;
      tag = eat_tag (cursor);
      if (!same_name (tag_name (tag), name))
        continue;
      if (tag.len > 0 && tag.data[0] == '/')
        depth--;
      else if (tag.len > 0 && tag.data[tag.len - 1] != '/')
        depth++;
    }
}

static void
append_element (GString *out, OhSlice *cursor)
{
  OhSlice tag = eat_tag (cursor);
  OhSlice name = tag_name (tag);
  gboolean opens = tag.len > 0 && tag.data[0] != '/' && tag.data[0] != '?' && tag.data[0] != '!';

  append_tag (out, tag);
  if (!opens || tag.data[tag.len - 1] == '/' || !oh_redact_word_is_secret (name))
    return;
  skip_element (cursor, name);
  g_string_append (out, OH_REDACTED "</");
  append_slice (out, name);
  g_string_append_c (out, '>');
}

/* Keys of a media description: RFC 4568, RFC 8839 5.4, RFC 4566 5.12. */
static gboolean
is_media_key (OhSlice line)
{
  return oh_slice_has_prefix_case (line, "a=crypto:") ||
         oh_slice_has_prefix_case (line, "a=ice-pwd:") || oh_slice_has_prefix_case (line, "k=");
}

static void
append_text (GString *out, OhSlice text)
{
  while (text.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&text, "\n");

      if (is_media_key (line))
        g_string_append_printf (out, "%c=" OH_REDACTED, line.data[0]);
      else
        append_slice (out, line);
      if (oh_slice_eat (&text, '\n'))
        g_string_append_c (out, '\n');
    }
}

static void
append_body (GString *out, OhSlice body)
{
  OhSlice cursor = body;

  while (cursor.len > 0)
    {
      append_text (out, oh_slice_eat_until (&cursor, "<"));
      if (cursor.len > 0)
        append_element (out, &cursor);
    }
}

GString *
oh_redact_secrets (OhSlice octets)
{
  gsize whole = octets.len;
  OhSlice kept = oh_slice (octets.data, MIN (octets.len, OH_REDACT_MESSAGE_MAX));
  g_autoptr (GString) text = make_printable (kept);
  g_autoptr (GString) line = g_string_new (NULL);
  GString *out = g_string_sized_new (text->len);
  OhSlice cursor = oh_slice (text->str, text->len);

  while (cursor.len > 0)
    {
      OhSlice header = eat_header (&cursor, line);

      append_header (out, header);
      g_string_append_c (out, '\n');
      if (header.len == 0)
        break;
    }
  append_body (out, cursor);
  if (whole > kept.len)
    g_string_append_printf (out, "\n[%" G_GSIZE_FORMAT " octets more]\n", whole - kept.len);
  return out;
}

/* --- notes --- */

static gboolean
is_secret_query (OhSlice name, OhSlice value)
{
  return oh_redact_word_is_secret (name) || oh_slice_equal_case (name, "key_dtmf") ||
         contains_case (name, "_pass") || contains_case (name, "_user") ||
         contains_case (value, "://") || contains_case (value, "%3a%2f%2f");
}

static void
append_query (GString *out, OhSlice query)
{
  while (query.len > 0)
    {
      OhSlice pair = oh_slice_eat_until (&query, "&");
      OhSlice name = oh_slice_eat_until (&pair, "=");

      append_slice (out, name);
      if (pair.len > 0 && is_secret_query (name, pair))
        g_string_append (out, "=" OH_REDACTED);
      else
        append_slice (out, pair);
      if (oh_slice_eat (&query, '&'))
        g_string_append_c (out, '&');
    }
}

GString *
oh_redact_note (OhSlice text)
{
  OhSlice kept = oh_slice (text.data, MIN (text.len, OH_REDACT_MESSAGE_MAX));
  g_autoptr (GString) plain = make_printable (kept);
  GString *out = g_string_sized_new (plain->len);
  OhSlice cursor = oh_slice (plain->str, plain->len);

  if (!oh_slice_has_prefix_case (cursor, "phone-"))
    {
      append_without_password (out, cursor);
      return out;
    }
  append_slice (out, oh_slice_eat_until (&cursor, "?"));
  if (oh_slice_eat (&cursor, '?'))
    {
      g_string_append_c (out, '?');
      append_query (out, cursor);
    }
  return out;
}
