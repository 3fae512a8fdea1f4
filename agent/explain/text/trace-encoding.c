/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-encoding.h"

#include <string.h>

#define REPLACEMENT 0xfffd

/* Windows-1252, 0x80 to 0x9f; the rest is Latin-1. */
static const guint16 windows[32] = {
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

static gunichar
unit_at (const guint8 *data, gboolean is_big)
{
  return is_big ? (gunichar) (data[0] << 8 | data[1]) : (gunichar) (data[1] << 8 | data[0]);
}

static GString *
from_utf16 (const guint8 *data, gsize len, gboolean is_big)
{
  GString *out = g_string_sized_new (len / 2 + 1);

  for (gsize i = 0; i + 2 <= len; i += 2)
    {
      gunichar unit = unit_at (data + i, is_big);
      gunichar next = i + 4 <= len ? unit_at (data + i + 2, is_big) : 0;

      if ((unit & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00)
        {
          unit = 0x10000 + ((unit & 0x3ff) << 10 | (next & 0x3ff));
          i += 2;
        }
      else if (unit == 0 || (unit & 0xf800) == 0xd800)
        unit = REPLACEMENT;
      g_string_append_unichar (out, unit);
    }
  return out;
}

static GString *
from_octets (OhSlice octets)
{
  GString *out = g_string_sized_new (octets.len + 1);
  const char *at = octets.data;
  const char *end = octets.data + octets.len;

  while (at < end)
    {
      const char *bad;
      guint8 octet;

      (void) g_utf8_validate_len (at, (gsize) (end - at), &bad);
      g_string_append_len (out, at, bad - at);
      if (bad == end)
        break;
      octet = (guint8) *bad;
      if (octet == 0)
        g_string_append_unichar (out, REPLACEMENT);
      else
        g_string_append_unichar (out,
                                 octet >= 0x80 && octet < 0xa0 ? windows[octet - 0x80] : octet);
      at = bad + 1;
    }
  return out;
}

/* CR LF, CR, and CR CR LF, which editors make of CR LF, become LF; in place. */
static void
mend_line_ends (GString *text)
{
  char *to = memchr (text->str, '\r', text->len);
  const char *from = to;
  const char *end = text->str + text->len;

  if (to == NULL)
    return;
  while (from < end)
    {
      if (*from != '\r')
        {
          *to++ = *from++;
          continue;
        }
      from += from[1] == '\r' && from[2] == '\n' ? 3 : from[1] == '\n' ? 2 : 1; /* ends with NUL */
      *to++ = '\n';
    }
  g_string_truncate (text, (gsize) (to - text->str));
}

GString *
oh_trace_decode (OhSlice octets)
{
  const guint8 *data = (const guint8 *) octets.data;
  GString *text;

  if (octets.len == 0)
    return g_string_new (NULL);
  if (octets.len >= 2 && data[0] == 0xff && data[1] == 0xfe)
    text = from_utf16 (data + 2, octets.len - 2, FALSE);
  else if (octets.len >= 2 && data[0] == 0xfe && data[1] == 0xff)
    text = from_utf16 (data + 2, octets.len - 2, TRUE);
  else if (octets.len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    text = from_octets (oh_slice (octets.data + 3, octets.len - 3));
  else
    text = from_octets (octets);
  mend_line_ends (text);
  return text;
}
