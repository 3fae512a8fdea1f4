/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-challenge.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"

/* Absent means that of Live Communications Server 2005; above the last known one, that one. */
#define VERSION_ABSENT 2
#define VERSION_LAST 4

/* What a parameter's value is kept in, [MS-SIPAE] 2.2.1. */
typedef enum
{
  PARAM_REALM,
  PARAM_TARGET,
  PARAM_OPAQUE,
  PARAM_VERSION,
  PARAM_TOKEN,
  PARAM_SALT,
  PARAM_NUMBER,
  PARAM_SIGNATURE,
  N_PARAMS,
} Param;

static const struct
{
  const char *name;
  gsize max; /* octets of the value as it is written */
} params[N_PARAMS] = {
  [PARAM_REALM] = { "realm", OH_AUTH_TEXT_MAX },
  [PARAM_TARGET] = { "targetname", OH_AUTH_TEXT_MAX },
  [PARAM_OPAQUE] = { "opaque", OH_AUTH_TEXT_MAX },
  [PARAM_VERSION] = { "version", 10 }, /* digits of 32 bit */
  [PARAM_TOKEN] = { "gssapi-data", OH_AUTH_TOKEN_MAX / 3 * 4 },
  [PARAM_SALT] = { "srand", OH_AUTH_SALT_MAX },
  [PARAM_NUMBER] = { "snum", 10 },
  [PARAM_SIGNATURE] = { "rspauth", OH_AUTH_SIGNATURE_MAX * 2 },
};

static const char *const scheme_names[OH_AUTH_N_SCHEMES] = {
  [OH_AUTH_SCHEME_OTHER] = "?",           [OH_AUTH_SCHEME_NTLM] = "NTLM",
  [OH_AUTH_SCHEME_KERBEROS] = "Kerberos", [OH_AUTH_SCHEME_TLS_DSK] = "TLS-DSK",
  [OH_AUTH_SCHEME_DIGEST] = "Digest",
};

const char *
oh_auth_scheme_name (OhAuthScheme scheme)
{
  g_return_val_if_fail (scheme < OH_AUTH_N_SCHEMES, "?");
  return scheme_names[scheme];
}

void
oh_auth_challenge_free (OhAuthChallenge *self)
{
  if (self == NULL)
    return;
  g_free (self->scheme_text);
  g_free (self->realm);
  g_free (self->target);
  g_free (self->opaque);
  g_clear_pointer (&self->token, g_bytes_unref);
  g_free (self->salt);
  g_free (self->number);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("Broken authentication header: %s"), what);
  return FALSE;
}

static OhAuthScheme
scheme_of (OhSlice word)
{
  for (OhAuthScheme i = OH_AUTH_SCHEME_NTLM; i < OH_AUTH_N_SCHEMES; i++)
    if (oh_slice_equal_case (word, scheme_names[i]))
      return i;
  return OH_AUTH_SCHEME_OTHER;
}

/* Strict: no white space, padding only at the end, nothing that would decode to less than it is. */
static GBytes *
decode_base64 (OhSlice text)
{
  g_autofree char *copy = oh_slice_dup (text);
  gsize letters = strspn (copy, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  gsize padding = strspn (copy + letters, "=");
  gsize len;
  guchar *data;

  if (letters + padding != text.len || text.len % 4 != 0 || padding > 2)
    return NULL;
  data = g_base64_decode (copy, &len);
  return g_bytes_new_take (data, len);
}

static GBytes *
decode_hex (OhSlice text)
{
  g_autofree guint8 *data = g_malloc (text.len / 2 + 1);

  if (text.len == 0 || text.len % 2 != 0)
    return NULL;
  for (gsize i = 0; i < text.len; i += 2)
    {
      int high = g_ascii_xdigit_value (text.data[i]);
      int low = g_ascii_xdigit_value (text.data[i + 1]);

      if (high < 0 || low < 0)
        return NULL;
      data[i / 2] = (guint8) (high << 4 | low);
    }
  return g_bytes_new_take (g_steal_pointer (&data), text.len / 2);
}

/* What is signed, echoed or compared must be text without control characters. */
static gboolean
keep_text (OhSlice value, char **out)
{
  for (gsize i = 0; i < value.len; i++)
    if (g_ascii_iscntrl (value.data[i]) || value.data[i] == '"')
      return FALSE;
  *out = oh_slice_dup (value);
  return g_utf8_validate (*out, -1, NULL);
}

static gboolean
keep_number (OhAuthChallenge *challenge, OhSlice value)
{
  guint64 count;

  if (!oh_slice_to_uint (value, G_MAXUINT32, &count))
    return FALSE;
  challenge->number = oh_slice_dup (value);
  challenge->count = (guint32) count;
  return TRUE;
}

static gboolean
keep_version (OhAuthChallenge *challenge, OhSlice value)
{
  guint64 version;

  if (!oh_slice_to_uint (value, G_MAXUINT32, &version))
    return FALSE;
  challenge->version = (guint) CLAMP (version, VERSION_ABSENT, VERSION_LAST);
  return TRUE;
}

static gboolean
keep (OhAuthChallenge *challenge, Param param, OhSlice value)
{
  switch (param)
    {
    case PARAM_REALM: return keep_text (value, &challenge->realm);
    case PARAM_TARGET: return keep_text (value, &challenge->target);
    case PARAM_OPAQUE: return keep_text (value, &challenge->opaque);
    case PARAM_VERSION: return keep_version (challenge, value);
    case PARAM_TOKEN: return (challenge->token = decode_base64 (value)) != NULL;
    case PARAM_SALT: return keep_text (value, &challenge->salt);
    case PARAM_NUMBER: return keep_number (challenge, value);
    case PARAM_SIGNATURE: return (challenge->signature = decode_hex (value)) != NULL;
    case N_PARAMS: break;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
store (OhAuthChallenge *challenge, OhSlice name, OhSlice value, guint *seen, GError **error)
{
  /* A Digest has an opaque and a realm of its own kind; of it only the name matters. */
  if (challenge->scheme == OH_AUTH_SCHEME_OTHER || challenge->scheme == OH_AUTH_SCHEME_DIGEST)
    return TRUE;
  for (Param i = 0; i < N_PARAMS; i++)
    {
      if (!oh_slice_equal_case (name, params[i].name))
        continue;
      if (*seen & 1u << i)
        return broken (error, _ ("a parameter comes twice"));
      *seen |= 1u << i;
      if (value.len > params[i].max)
        return broken (error, _ ("a value is too long"));
      return keep (challenge, i, value) || broken (error, _ ("a value cannot be read"));
    }
  return TRUE;
}

/* name "=" value; the name has been taken. */
static gboolean
eat_value (OhSlice *cursor, OhSlice *value, GError **error)
{
  oh_slice_eat_space (cursor);
  if (!oh_slice_eat (cursor, '='))
    return broken (error, _ ("a name without a value"));
  oh_slice_eat_space (cursor);
  if (!oh_slice_eat (cursor, '"'))
    {
      *value = oh_slice_eat_until (cursor, ", \t");
      return TRUE;
    }
  *value = oh_slice_eat_until (cursor, "\"");
  return oh_slice_eat (cursor, '"') || broken (error, _ ("a quote is not closed"));
}

/* Does a parameter's '=' follow? Otherwise the word that was taken begins a challenge. */
static gboolean
at_equals (OhSlice cursor)
{
  oh_slice_eat_space (&cursor);
  return oh_slice_eat (&cursor, '=');
}

static void
skip_commas (OhSlice *cursor)
{
  do
    oh_slice_eat_space (cursor);
  while (oh_slice_eat (cursor, ','));
}

/* The parameters of one challenge; stops before the word that begins the next one. */
static gboolean
eat_params (OhSlice *cursor, OhAuthChallenge *challenge, GError **error)
{
  guint seen = 0;

  for (guint n = 0; cursor->len > 0; n++)
    {
      OhSlice ahead = *cursor;
      OhSlice name = oh_slice_eat_token (&ahead);
      OhSlice value;

      if (name.len == 0)
        return broken (error, _ ("a name is missing"));
      if (!at_equals (ahead))
        return TRUE;
      if (n >= OH_AUTH_PARAMS_MAX)
        return broken (error, _ ("too many parameters"));
      *cursor = ahead;
      if (!eat_value (cursor, &value, error) || !store (challenge, name, value, &seen, error))
        return FALSE;
      oh_slice_eat_space (cursor);
      if (cursor->len > 0 && cursor->data[0] != ',')
        return broken (error, _ ("a comma is missing"));
      skip_commas (cursor);
    }
  return TRUE;
}

static OhAuthChallenge *
eat_challenge (OhSlice *cursor, GError **error)
{
  g_autoptr (OhAuthChallenge) challenge = g_new0 (OhAuthChallenge, 1);
  OhSlice word = oh_slice_eat_token (cursor);

  if (word.len == 0 || word.len > OH_AUTH_TEXT_MAX || at_equals (*cursor))
    return (void) broken (error, _ ("no scheme")), NULL;
  challenge->scheme = scheme_of (word);
  challenge->scheme_text = oh_slice_dup (word);
  challenge->version = VERSION_ABSENT;
  if (cursor->len > 0 && oh_slice_eat_space (cursor) == 0 && cursor->data[0] != ',')
    return (void) broken (error, _ ("no blank after the scheme")), NULL;
  skip_commas (cursor);
  if (!eat_params (cursor, challenge, error))
    return NULL;
  return g_steal_pointer (&challenge);
}

GPtrArray *
oh_auth_challenge_parse (OhSlice value, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);
  OhSlice cursor = oh_slice_trim (value);

  skip_commas (&cursor);
  do
    {
      OhAuthChallenge *challenge;

      if (list->len >= OH_AUTH_CHALLENGES_MAX)
        return (void) broken (error, _ ("too many challenges")), NULL;
      challenge = eat_challenge (&cursor, error);
      if (challenge == NULL)
        return NULL;
      g_ptr_array_add (list, challenge);
    }
  while (cursor.len > 0);
  return g_steal_pointer (&list);
}

static void
append_hex (GString *out, GBytes *octets)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (octets, &len);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (out, "%02x", data[i]);
}

char *
oh_auth_credentials_format (const OhAuthCredentials *credentials)
{
  GString *out = g_string_new (credentials->scheme);

  g_string_append (out, " qop=\"auth\"");
  if (credentials->opaque != NULL)
    g_string_append_printf (out, ", opaque=\"%s\"", credentials->opaque);
  g_string_append_printf (out, ", realm=\"%s\", targetname=\"%s\"", credentials->realm,
                          credentials->target);
  if (credentials->token != NULL)
    {
      gsize len;
      const guint8 *data = g_bytes_get_data (credentials->token, &len);
      g_autofree char *base64 = g_base64_encode (data, len);

      g_string_append_printf (out, ", gssapi-data=\"%s\"", base64);
      if (credentials->version > VERSION_ABSENT)
        g_string_append_printf (out, ", version=%u", credentials->version);
    }
  if (credentials->signature != NULL)
    {
      g_string_append_printf (out, ", crand=\"%s\", cnum=\"%u\", response=\"", credentials->salt,
                              credentials->count);
      append_hex (out, credentials->signature);
      g_string_append_c (out, '"');
    }
  return g_string_free (out, FALSE);
}
