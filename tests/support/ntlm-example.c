/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm-example.h"

#include <string.h>

static guint8
octet (const char *hex)
{
  return (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
}

GBytes *
oh_example_octets (const char *hex)
{
  gsize len = strlen (hex) / 2;
  guint8 *data = g_malloc (len);

  for (gsize i = 0; i < len; i++)
    data[i] = octet (hex + 2 * i);
  return g_bytes_new_take (data, len);
}

char *
oh_example_hex (const guint8 *data, gsize len)
{
  GString *text = g_string_sized_new (2 * len);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free (text, FALSE);
}

OhNtlmFresh
oh_example_fresh (void)
{
  OhNtlmFresh fresh = {
    .client_challenge = { 0xc3, 0xd0, 0x7e, 0x11, 0x95, 0xab, 0x6c, 0x20 },
    .filetime = G_GUINT64_CONSTANT (0x01cad1d1f45fb500),
  };
  g_autoptr (GBytes) key = oh_example_octets (EXAMPLE_SESSION_KEY);

  memcpy (fresh.session_key, g_bytes_get_data (key, NULL), sizeof fresh.session_key);
  return fresh;
}
