/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hardware-address.h"

#include <string.h>

#define OUI_DIGITS 6

char *
oh_mac_from_octets (const guint8 *octets)
{
  return g_strdup_printf ("%02X%02X%02X%02X%02X%02X", octets[0], octets[1], octets[2], octets[3],
                          octets[4], octets[5]);
}

/* Bit 0 of the first octet, so of the second digit: sent to many, never somebody's own. */
static gboolean
is_a_device (const char *mac)
{
  return strcmp (mac, "000000000000") != 0 && (g_ascii_xdigit_value (mac[1]) & 1) == 0;
}

char *
oh_mac_parse (OhSlice text)
{
  char mac[OH_MAC_DIGITS + 1] = "";
  gsize n = 0;

  text = oh_slice_trim (text);
  for (gsize i = 0; i < text.len; i++)
    {
      char c = text.data[i];

      if (g_ascii_isxdigit (c) && n < OH_MAC_DIGITS)
        mac[n++] = g_ascii_toupper (c);
      else if (n == 0 || n == OH_MAC_DIGITS || n % 2 != 0 || (c != ':' && c != '-' && c != '.') ||
               !g_ascii_isxdigit (text.data[i - 1]))
        return NULL;
    }
  return n == OH_MAC_DIGITS && is_a_device (mac) ? g_strdup (mac) : NULL;
}

OhPhoneMaker
oh_mac_maker (const char *mac)
{
  /* The IEEE's registry of assignments (MA-L). */
  static const struct
  {
    const char *oui;
    OhPhoneMaker maker;
  } blocks[] = {
    { "000413", OH_PHONE_MAKER_SNOM },    { "1C7126", OH_PHONE_MAKER_SNOM },
    { "001565", OH_PHONE_MAKER_YEALINK }, { "249AD8", OH_PHONE_MAKER_YEALINK },
    { "44DBD2", OH_PHONE_MAKER_YEALINK }, { "805E0C", OH_PHONE_MAKER_YEALINK },
    { "805EC0", OH_PHONE_MAKER_YEALINK }, { "C4FC22", OH_PHONE_MAKER_YEALINK },
  };

  for (gsize i = 0; mac != NULL && i < G_N_ELEMENTS (blocks); i++)
    if (strncmp (mac, blocks[i].oui, OUI_DIGITS) == 0)
      return blocks[i].maker;
  return OH_PHONE_MAKER_NONE;
}

const char *
oh_phone_maker_name (OhPhoneMaker maker)
{
  static const char *const names[] = {
    [OH_PHONE_MAKER_NONE] = "",
    [OH_PHONE_MAKER_SNOM] = "snom",
    [OH_PHONE_MAKER_YEALINK] = "Yealink",
  };

  return maker < G_N_ELEMENTS (names) ? names[maker] : "";
}

char *
oh_mac_display (const char *mac)
{
  GString *text = g_string_sized_new (OH_MAC_DIGITS + OH_MAC_OCTETS);

  for (gsize i = 0; mac[i] != '\0'; i++)
    {
      if (i > 0 && i % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, mac[i]);
    }
  return g_string_free (text, FALSE);
}
