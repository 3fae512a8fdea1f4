/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "slice.h"

#include <string.h>

OhSlice
oh_slice (const char *data, gsize len)
{
  return (OhSlice){ data, len };
}

OhSlice
oh_slice_str (const char *text)
{
  return (OhSlice){ text, text != NULL ? strlen (text) : 0 };
}

char *
oh_slice_dup (OhSlice slice)
{
  return slice.len > 0 ? g_strndup (slice.data, slice.len) : g_strdup ("");
}

gboolean
oh_slice_equal (OhSlice slice, const char *text)
{
  gsize len = strlen (text);

  return slice.len == len && (len == 0 || memcmp (slice.data, text, len) == 0);
}

gboolean
oh_slice_has_prefix_case (OhSlice slice, const char *prefix)
{
  gsize len = strlen (prefix);

  return slice.len >= len && (len == 0 || g_ascii_strncasecmp (slice.data, prefix, len) == 0);
}

gboolean
oh_slice_equal_case (OhSlice slice, const char *text)
{
  return slice.len == strlen (text) && oh_slice_has_prefix_case (slice, text);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

OhSlice
oh_slice_trim (OhSlice slice)
{
  while (slice.len > 0 && is_space (slice.data[0]))
    slice.data++, slice.len--;
  while (slice.len > 0 && is_space (slice.data[slice.len - 1]))
    slice.len--;
  return slice;
}

gssize
oh_slice_find (OhSlice slice, char octet)
{
  const char *at = slice.len > 0 ? memchr (slice.data, octet, slice.len) : NULL;

  return at != NULL ? at - slice.data : -1;
}

gboolean
oh_slice_to_uint (OhSlice slice, guint64 max, guint64 *out)
{
  guint64 value = 0;

  if (slice.len == 0)
    return FALSE;
  for (gsize i = 0; i < slice.len; i++)
    {
      guint digit = (guint) (guchar) slice.data[i] - '0';

      if (digit > 9 || digit > max || value > (max - digit) / 10)
        return FALSE;
      value = value * 10 + digit;
    }
  *out = value;
  return TRUE;
}

/* Moves the cursor by n octets and returns them. */
static OhSlice
take (OhSlice *cursor, gsize n)
{
  OhSlice taken = { cursor->data, n };

  if (n > 0)
    {
      cursor->data += n;
      cursor->len -= n;
    }
  return taken;
}

gboolean
oh_slice_eat (OhSlice *cursor, char octet)
{
  if (cursor->len == 0 || cursor->data[0] != octet)
    return FALSE;
  take (cursor, 1);
  return TRUE;
}

gsize
oh_slice_eat_space (OhSlice *cursor)
{
  gsize n = 0;

  while (n < cursor->len && (cursor->data[n] == ' ' || cursor->data[n] == '\t'))
    n++;
  take (cursor, n);
  return n;
}

OhSlice
oh_slice_eat_token (OhSlice *cursor)
{
  gsize n = 0;

  /* RFC 3261 25.1: token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
   */
  while (n < cursor->len && cursor->data[n] != '\0' &&
         (g_ascii_isalnum (cursor->data[n]) || strchr ("-.!%*_+`'~", cursor->data[n]) != NULL))
    n++;
  return take (cursor, n);
}

OhSlice
oh_slice_eat_until (OhSlice *cursor, const char *stops)
{
  guint8 is_stop[G_MAXUINT8 + 1] = { 0 };
  gsize n = 0;

  for (const char *p = stops; *p != '\0'; p++)
    is_stop[(guint8) *p] = TRUE;
  while (n < cursor->len && !is_stop[(guint8) cursor->data[n]])
    n++;
  return take (cursor, n);
}

gboolean
oh_slice_eat_quoted (OhSlice *cursor, OhSlice *out)
{
  gsize n = 1;

  if (cursor->len == 0 || cursor->data[0] != '"')
    return FALSE;
  while (n < cursor->len && cursor->data[n] != '"')
    n += cursor->data[n] == '\\' ? 2 : 1;
  if (n >= cursor->len)
    return FALSE;
  *out = oh_slice (cursor->data + 1, n - 1);
  take (cursor, n + 1);
  return TRUE;
}
