/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-value.h"

#include <string.h>

#include "config.h"
#include "slice.h"

#define FINGERPRINT_DIGITS 64
#define PREFIX_MAX 8

static gboolean
is_name_octet (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_';
}

static gboolean
is_host (const char *text, gsize len)
{
  if (len == 0 || len > 253 || text[0] == '-' || text[0] == '.')
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!is_name_octet (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_ipv6 (const char *text)
{
  return strchr (text, ':') != NULL && g_hostname_is_ip_address (text);
}

static gboolean
is_user_octet (char c)
{
  return g_ascii_isalnum (c) || strchr ("-_.!~*'()&=+$,%", c) != NULL;
}

/* RFC 3261 25.1, without what nobody signs in with: password, parameters, headers, port. */
char *
oh_config_value_uri (const char *text)
{
  const char *at;
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;

  if (strlen (text) > OH_CONFIG_URI_MAX)
    return NULL;
  if (g_ascii_strncasecmp (text, "sip:", 4) == 0)
    text += 4;
  at = strchr (text, '@');
  if (at == NULL || at == text || !is_host (at + 1, strlen (at + 1)))
    return NULL;
  for (const char *p = text; p < at; p++)
    if (*p == '\0' || !is_user_octet (*p))
      return NULL;
  user = g_strndup (text, (gsize) (at - text));
  host = g_ascii_strdown (at + 1, -1);
  return g_strdup_printf ("sip:%s@%s", user, host);
}

static gboolean
parse_port (const char *text, guint16 *out)
{
  guint64 port;

  if (!oh_slice_to_uint (oh_slice_str (text), G_MAXUINT16, &port) || port == 0)
    return FALSE;
  *out = (guint16) port;
  return TRUE;
}

static gboolean
parse_bracketed (const char *text, char **out_host, guint16 *out_port)
{
  const char *close = strchr (text, ']');
  g_autofree char *host = NULL;
  guint16 port = 0;

  if (close == NULL)
    return FALSE;
  host = g_strndup (text + 1, (gsize) (close - text - 1));
  if (!is_ipv6 (host))
    return FALSE;
  if (close[1] != '\0' && (close[1] != ':' || !parse_port (close + 2, &port)))
    return FALSE;
  *out_host = g_steal_pointer (&host);
  *out_port = port;
  return TRUE;
}

gboolean
oh_config_value_address (const char *text, char **out_host, guint16 *out_port)
{
  const char *colon;
  gsize len;
  guint16 port = 0;

  if (strlen (text) > OH_CONFIG_ADDRESS_MAX)
    return FALSE;
  if (text[0] == '[')
    return parse_bracketed (text, out_host, out_port);
  colon = strchr (text, ':');
  if (is_ipv6 (text))
    colon = NULL;
  else if (!is_host (text, colon != NULL ? (gsize) (colon - text) : strlen (text)))
    return FALSE;
  if (colon != NULL && !parse_port (colon + 1, &port))
    return FALSE;
  len = colon != NULL ? (gsize) (colon - text) : strlen (text);
  *out_host = g_strndup (text, len);
  *out_port = port;
  return TRUE;
}

static const char *
eat_scheme (const char *text, const char **out_scheme)
{
  *out_scheme = NULL;
  if (g_ascii_strncasecmp (text, "https://", 8) == 0)
    {
      *out_scheme = "https";
      return text + 8;
    }
  if (g_ascii_strncasecmp (text, "http://", 7) == 0)
    {
      *out_scheme = "http";
      return text + 7;
    }
  return text;
}

char *
oh_config_value_phone_address (const char *text, const char **out_scheme)
{
  g_autofree char *bare = NULL;
  g_autofree char *host = NULL;
  guint16 port = 0;
  gsize len = strlen (text);

  if (len > OH_CONFIG_ADDRESS_MAX)
    return NULL;
  bare = g_strstrip (g_strdup (text));
  text = eat_scheme (bare, out_scheme);
  if (*out_scheme != NULL && g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0'; /* as copied from a browser */
  if (!oh_config_value_address (text, &host, &port))
    return NULL;
  if (strchr (host, ':') != NULL)
    return port != 0 ? g_strdup_printf ("[%s]:%u", host, port) : g_strdup_printf ("[%s]", host);
  return port != 0 ? g_strdup_printf ("%s:%u", host, port) : g_strdup (host);
}

static char *
id_stem (const char *host)
{
  g_autofree char *name = NULL;
  g_autofree char *bare = NULL;
  guint16 port;

  if (!oh_config_value_address (host, &bare, &port) || g_hostname_is_ip_address (bare))
    return g_strdup ("phone");
  name = g_ascii_strdown (bare, (gssize) strcspn (bare, "."));
  if (strlen (name) > OH_CONFIG_PHONE_ID_MAX - 4) /* room for "-" and a number */
    name[OH_CONFIG_PHONE_ID_MAX - 4] = '\0';
  return g_steal_pointer (&name);
}

char *
oh_config_value_phone_id (const char *host, const char *const *taken)
{
  g_autofree char *stem = id_stem (host);
  char *id = g_strdup (stem);

  for (guint i = 2; taken != NULL && g_strv_contains (taken, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, i);
    }
  return id;
}

gboolean
oh_config_value_is_phone_id (const char *id)
{
  gsize len = strlen (id);

  if (len == 0 || len > OH_CONFIG_PHONE_ID_MAX)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (id[i]) && id[i] != '-' && id[i] != '_')
      return FALSE;
  return TRUE;
}

char *
oh_config_value_fingerprint (const char *text)
{
  g_autoptr (GString) digits = g_string_sized_new (FINGERPRINT_DIGITS);

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isxdigit (*text))
        g_string_append_c (digits, g_ascii_tolower (*text));
      else if (*text != ':' && *text != ' ')
        return NULL;
      if (digits->len > FINGERPRINT_DIGITS)
        return NULL;
    }
  if (digits->len != FINGERPRINT_DIGITS)
    return NULL;
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

gboolean
oh_config_value_is_dialable (const char *text, const char *extra)
{
  if (strlen (text) > PREFIX_MAX)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p) && (extra == NULL || strchr (extra, *p) == NULL))
      return FALSE;
  return TRUE;
}
