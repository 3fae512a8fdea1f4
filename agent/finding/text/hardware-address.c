/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hardware-address.h"

#include <string.h>

#define OUI_DIGITS 6
/* "00:04:13:AA:BB:CC" */
#define LONGEST_SPELLING 17

char *
oh_mac_from_octets (const guint8 *octets)
{
  return g_strdup_printf ("%02X%02X%02X%02X%02X%02X", octets[0], octets[1], octets[2], octets[3],
                          octets[4], octets[5]);
}

char *
oh_hardware_address_parse (OhSlice text)
{
  g_autofree char *digits = NULL;
  g_autofree char *spelled = NULL;

  text = oh_slice_trim (text);
  if (text.len == 0 || text.len > LONGEST_SPELLING || memchr (text.data, '\0', text.len) != NULL)
    return NULL;
  spelled = oh_slice_dup (text);
  digits = oh_mac_parse (spelled);
  if (digits == NULL || strspn (digits, "0") == OH_MAC_DIGITS) /* not set, nobody's */
    return NULL;
  return g_ascii_strup (digits, -1);
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
