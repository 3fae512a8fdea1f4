/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "mac-address.h"

#include <string.h>

/* The bit of the first octet that makes an address one of a group (IEEE 802, 8.2). */
#define GROUP_BIT 1

/* How addresses are written: digits between two separators. */
static const struct
{
  char separator; /* '\0' for none */
  guint run;      /* digits between two of them */
} forms[] = {
  { ':', 2 },
  { '-', 2 },
  { '.', 4 },
  { '\0', OH_MAC_DIGITS },
};

/* Octets of an address written that way at the start of @text, its digits in @digits; 0 for none.
 */
static gsize
read_form (OhSlice text, gsize form, char digits[OH_MAC_DIGITS + 1])
{
  gsize used = 0;

  for (guint n = 0; n < OH_MAC_DIGITS; n++)
    {
      if (n > 0 && n % forms[form].run == 0)
        {
          if (used >= text.len || text.data[used] != forms[form].separator)
            return 0;
          used++;
        }
      if (used >= text.len || !g_ascii_isxdigit (text.data[used]))
        return 0;
      digits[n] = g_ascii_tolower (text.data[used++]);
    }
  digits[OH_MAC_DIGITS] = '\0';
  return used;
}

static gsize
read_any (OhSlice text, gsize *form, char digits[OH_MAC_DIGITS + 1])
{
  for (*form = 0; *form < G_N_ELEMENTS (forms); (*form)++)
    {
      gsize used = read_form (text, *form, digits);

      if (used > 0)
        return used;
    }
  return 0;
}

char *
oh_mac_parse (const char *text)
{
  OhSlice slice = oh_slice_str (text);
  char digits[OH_MAC_DIGITS + 1];
  gsize form;

  if (slice.len == 0 || read_any (slice, &form, digits) != slice.len)
    return NULL;
  return g_ascii_xdigit_value (digits[1]) & GROUP_BIT ? NULL : g_strdup (digits);
}

static gboolean
is_pair (OhSlice text, gsize at)
{
  return at + 2 <= text.len && g_ascii_isxdigit (text.data[at]) &&
         g_ascii_isxdigit (text.data[at + 1]) &&
         (at + 2 == text.len || !g_ascii_isalnum (text.data[at + 2]));
}

/* Whether what is in front of @at belongs to it: a letter or digit, or one more pair of digits. */
static gboolean
goes_on_before (OhSlice text, gsize at, char separator)
{
  if (at == 0)
    return FALSE;
  if (g_ascii_isalnum (text.data[at - 1]))
    return TRUE;
  return separator != '\0' && text.data[at - 1] == separator && at >= 3 && is_pair (text, at - 3) &&
         (at == 3 || !g_ascii_isalnum (text.data[at - 4]));
}

static gboolean
goes_on_behind (OhSlice text, gsize end, char separator)
{
  if (end == text.len)
    return FALSE;
  if (g_ascii_isalnum (text.data[end]))
    return TRUE;
  return separator != '\0' && text.data[end] == separator && is_pair (text, end + 1);
}

gboolean
oh_mac_stands_in (OhSlice text, const char *mac)
{
  for (gsize at = 0; at < text.len; at++)
    {
      char digits[OH_MAC_DIGITS + 1];
      gsize form;
      gsize used = read_any (oh_slice (text.data + at, text.len - at), &form, digits);

      if (used > 0 && !goes_on_before (text, at, forms[form].separator) &&
          !goes_on_behind (text, at + used, forms[form].separator) &&
          (mac == NULL || strcmp (digits, mac) == 0))
        return TRUE;
    }
  return FALSE;
}
