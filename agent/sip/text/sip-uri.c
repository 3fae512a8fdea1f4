/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-uri.h"

#include <string.h>

#include "error.h"

typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned): escapes resolved, "" when there is none */
} Param;

struct _OhSipUri
{
  OhSipScheme scheme;
  char *userinfo; /* (owned) (nullable): user[:password] or the number, as written */
  char *user;     /* (owned) (nullable): escapes resolved, without password */
  char *host;     /* (owned): without brackets */
  guint16 port;
  gboolean is_ipv6;
  char *tail;      /* (owned): ";parameters?headers" as written */
  gsize headers;   /* where in tail the '?' stands; its length when there is none */
  GPtrArray *list; /* (owned) (element-type Param) */
};

static const char *const scheme_words[] = {
  [OH_SIP_SCHEME_SIP] = "sip:",
  [OH_SIP_SCHEME_SIPS] = "sips:",
  [OH_SIP_SCHEME_TEL] = "tel:",
};

static void
param_free (Param *param)
{
  g_free (param->name);
  g_free (param->value);
  g_free (param);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Param, param_free)

void
oh_sip_uri_free (OhSipUri *self)
{
  if (self == NULL)
    return;
  g_free (self->userinfo);
  g_free (self->user);
  g_free (self->host);
  g_free (self->tail);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "malformed address: %s", what);
  return FALSE;
}

/* Resolves %xx. NULL for a '%' without two hex digits and for %00, which would end the string. */
static char *
unescape (OhSlice text)
{
  g_autoptr (GString) out = g_string_sized_new (text.len);

  for (gsize i = 0; i < text.len; i++)
    {
      int high, low;

      if (text.data[i] != '%')
        {
          g_string_append_c (out, text.data[i]);
          continue;
        }
      if (text.len - i < 3)
        return NULL;
      high = g_ascii_xdigit_value (text.data[i + 1]);
      low = g_ascii_xdigit_value (text.data[i + 2]);
      if (high < 0 || low < 0 || high + low == 0)
        return NULL;
      g_string_append_c (out, (char) (high * 16 + low));
      i += 2;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Controls, blanks and what delimits a URI elsewhere can stand in none, not even leniently. */
static gboolean
has_forbidden (OhSlice text)
{
  for (gsize i = 0; i < text.len; i++)
    {
      guchar c = (guchar) text.data[i];

      if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"')
        return TRUE;
    }
  return FALSE;
}

/* RFC 3261 19.1.1 has each name once. Of two the first counts, for everything that asks. */
static gboolean
parse_params (OhSipUri *self, OhSlice text, GError **error)
{
  for (guint written = 0; oh_slice_eat (&text, ';'); written++)
    {
      OhSlice name = oh_slice_eat_until (&text, ";=");
      OhSlice value = { 0 };
      g_autoptr (Param) param = g_new0 (Param, 1);

      if (oh_slice_eat (&text, '='))
        value = oh_slice_eat_until (&text, ";");
      if (name.len == 0)
        return broken (error, "parameter without name");
      if (written >= OH_SIP_URI_PARAMS_MAX)
        return broken (error, "too many parameters");
      param->name = unescape (name);
      param->value = unescape (value);
      if (param->name == NULL || param->value == NULL)
        return broken (error, "bad escape in a parameter");
      if (oh_sip_uri_param (self, param->name) == NULL)
        g_ptr_array_add (self->list, g_steal_pointer (&param));
    }
  return text.len == 0 || broken (error, "text behind the host");
}

static gboolean
parse_tail (OhSipUri *self, OhSlice text, GError **error)
{
  OhSlice cursor = text;
  OhSlice params = oh_slice_eat_until (&cursor, "?");

  self->tail = oh_slice_dup (text);
  self->headers = params.len;
  return parse_params (self, params, error);
}

static gboolean
is_host_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_';
}

/* host [":" port]; what follows stays in the cursor. */
static gboolean
parse_host (OhSipUri *self, OhSlice *cursor, GError **error)
{
  OhSlice host, port;
  guint64 number;

  self->is_ipv6 = oh_slice_eat (cursor, '[');
  host = oh_slice_eat_until (cursor, self->is_ipv6 ? "];?" : ":;?");
  if (self->is_ipv6 && !oh_slice_eat (cursor, ']'))
    return broken (error, "bracket not closed");
  if (host.len == 0)
    return broken (error, "no host");
  for (gsize i = 0; i < host.len; i++)
    if (self->is_ipv6 ? !g_ascii_isxdigit (host.data[i]) && strchr (":.", host.data[i]) == NULL
                      : !is_host_char (host.data[i]))
      return broken (error, "odd character in the host");
  self->host = oh_slice_dup (host);
  if (!oh_slice_eat (cursor, ':'))
    return TRUE;
  port = oh_slice_eat_until (cursor, ";?");
  if (!oh_slice_to_uint (port, G_MAXUINT16, &number) || number == 0)
    return broken (error, "bad port");
  self->port = (guint16) number;
  return TRUE;
}

static gboolean
parse_sip (OhSipUri *self, OhSlice text, GError **error)
{
  gssize at = oh_slice_find (text, '@');

  if (at >= 0)
    {
      OhSlice info = oh_slice (text.data, (gsize) at);
      OhSlice cursor = info;
      g_autofree char *whole = unescape (info); /* the password, too, must be readable */

      if (info.len == 0)
        return broken (error, "empty user");
      if (whole == NULL)
        return broken (error, "bad escape in the user");
      self->userinfo = oh_slice_dup (info);
      self->user = unescape (oh_slice_eat_until (&cursor, ":"));
      text = oh_slice (text.data + at + 1, text.len - (gsize) at - 1);
      if (oh_slice_find (text, '@') >= 0)
        return broken (error, "two @");
    }
  return parse_host (self, &text, error) && parse_tail (self, text, error);
}

static gboolean
is_visual_separator (char c)
{
  return c == '-' || c == '.' || c == '(' || c == ')';
}

static gboolean
parse_tel (OhSipUri *self, OhSlice text, GError **error)
{
  OhSlice number = oh_slice_eat_until (&text, ";");
  guint digits = 0;

  for (gsize i = 0; i < number.len; i++)
    {
      char c = number.data[i];

      if (g_ascii_isxdigit (c) || c == '*' || c == '#')
        digits++;
      else if (!is_visual_separator (c) && !(c == '+' && i == 0))
        return broken (error, "odd character in the number");
    }
  if (digits == 0)
    return broken (error, "no number");
  self->userinfo = oh_slice_dup (number);
  self->user = oh_slice_dup (number);
  self->host = g_strdup ("");
  return parse_tail (self, text, error);
}

/* The scheme, its colon taken off the text; FALSE for any other. */
static gboolean
eat_scheme (OhSlice *text, OhSipScheme *scheme)
{
  for (guint i = 0; i < G_N_ELEMENTS (scheme_words); i++)
    {
      gsize len = strlen (scheme_words[i]);

      if (!oh_slice_has_prefix_case (*text, scheme_words[i]))
        continue;
      *text = oh_slice (text->data + len, text->len - len);
      *scheme = (OhSipScheme) i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_rest (OhSipUri *self, OhSlice rest, GError **error)
{
  return self->scheme == OH_SIP_SCHEME_TEL ? parse_tel (self, rest, error)
                                           : parse_sip (self, rest, error);
}

OhSipUri *
oh_sip_uri_parse (OhSlice text, GError **error)
{
  g_autoptr (OhSipUri) self = NULL;
  OhSipScheme scheme;

  if (text.len > OH_SIP_URI_MAX)
    broken (error, "too long");
  else if (has_forbidden (text))
    broken (error, "blank or control character");
  else if (!eat_scheme (&text, &scheme))
    broken (error, "neither sip:, sips: nor tel:");
  else
    {
      self = g_new0 (OhSipUri, 1);
      self->scheme = scheme;
      self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) param_free);
      if (parse_rest (self, text, error))
        return g_steal_pointer (&self);
    }
  return NULL;
}

OhSipScheme
oh_sip_uri_scheme (const OhSipUri *self)
{
  return self->scheme;
}

const char *
oh_sip_uri_user (const OhSipUri *self)
{
  return self->user;
}

const char *
oh_sip_uri_host (const OhSipUri *self)
{
  return self->host;
}

guint16
oh_sip_uri_port (const OhSipUri *self)
{
  return self->port;
}

const char *
oh_sip_uri_param (const OhSipUri *self, const char *name)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Param *param = g_ptr_array_index (self->list, i);

      if (g_ascii_strcasecmp (param->name, name) == 0)
        return param->value;
    }
  return NULL;
}

/* One character of escaped text: its octet, plus 256 when it is reserved and was escaped, because
 * then it is not the same as the bare one (RFC 3261 19.1.4). 0 at the end. */
static guint
next_char (const char **p)
{
  char c = **p;

  if (c == '\0')
    return 0;
  if (c == '%') /* two hex digits follow: unescape() has looked */
    {
      int value = g_ascii_xdigit_value ((*p)[1]) * 16 + g_ascii_xdigit_value ((*p)[2]);

      *p += 3;
      return (guint) value + (strchr (";/?:@&=+$,", value) != NULL ? 256 : 0);
    }
  (*p)++;
  return (guchar) c;
}

static gboolean
same_escaped (const char *a, const char *b)
{
  guint ca, cb;

  if (a == NULL || b == NULL)
    return a == b;
  do
    {
      ca = next_char (&a);
      cb = next_char (&b);
      if (ca != cb)
        return FALSE;
    }
  while (ca != 0);
  return TRUE;
}

/* Telephone digits, RFC 3966 4: visual separators do not count, hex digits in any case. */
static gboolean
same_digits (const char *a, const char *b)
{
  for (;; a++, b++)
    {
      while (is_visual_separator (*a))
        a++;
      while (is_visual_separator (*b))
        b++;
      if (g_ascii_tolower (*a) != g_ascii_tolower (*b))
        return FALSE;
      if (*a == '\0')
        return TRUE;
    }
}

static gboolean
same_tel_params (const OhSipUri *a, const OhSipUri *b)
{
  if (a->list->len != b->list->len)
    return FALSE;
  for (guint i = 0; i < a->list->len; i++)
    {
      const Param *param = g_ptr_array_index (a->list, i);
      const char *other = oh_sip_uri_param (b, param->name);

      if (other == NULL || !same_digits (param->value, other))
        return FALSE;
    }
  return TRUE;
}

/* Those that change where a request goes must stand in both or in none. */
static gboolean
counts_when_missing (const char *name)
{
  static const char *const names[] = { "user", "ttl", "method", "maddr", "transport" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
params_fit (const OhSipUri *a, const OhSipUri *b)
{
  for (guint i = 0; i < a->list->len; i++)
    {
      const Param *param = g_ptr_array_index (a->list, i);
      const char *other = oh_sip_uri_param (b, param->name);

      if (other == NULL ? counts_when_missing (param->name)
                        : g_ascii_strcasecmp (param->value, other) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Each header of one stands in the other; order does not count. */
static gboolean
headers_fit (const OhSipUri *a, const OhSipUri *b)
{
  const char *text_a = a->tail + a->headers, *text_b = b->tail + b->headers;
  g_auto (GStrv) in_a = g_strsplit (*text_a == '?' ? text_a + 1 : "", "&", -1);
  g_auto (GStrv) in_b = g_strsplit (*text_b == '?' ? text_b + 1 : "", "&", -1);

  if (g_strv_length (in_a) != g_strv_length (in_b))
    return FALSE;
  for (guint i = 0; in_a[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; in_b[j] != NULL && !found; j++)
        found = g_ascii_strcasecmp (in_a[i], in_b[j]) == 0;
      if (!found)
        return FALSE;
    }
  return TRUE;
}

gboolean
oh_sip_uri_equal (const OhSipUri *a, const OhSipUri *b)
{
  if (a->scheme != b->scheme)
    return FALSE;
  if (a->scheme == OH_SIP_SCHEME_TEL)
    return same_digits (a->user, b->user) && same_tel_params (a, b);
  return same_escaped (a->userinfo, b->userinfo) && a->port == b->port &&
         g_ascii_strcasecmp (a->host, b->host) == 0 && params_fit (a, b) && params_fit (b, a) &&
         headers_fit (a, b);
}

char *
oh_sip_uri_to_string (const OhSipUri *self)
{
  g_autoptr (GString) out = g_string_new (scheme_words[self->scheme]);

  if (self->userinfo != NULL)
    g_string_append (out, self->userinfo);
  if (self->userinfo != NULL && self->scheme != OH_SIP_SCHEME_TEL)
    g_string_append_c (out, '@');
  if (self->is_ipv6)
    g_string_append_printf (out, "[%s]", self->host);
  else
    g_string_append (out, self->host);
  if (self->port != 0)
    g_string_append_printf (out, ":%u", self->port);
  g_string_append (out, self->tail);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
oh_sip_uri_aor (const char *text)
{
  g_autoptr (OhSipUri) uri = NULL;
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;

  if (text == NULL)
    return NULL;
  uri = oh_sip_uri_parse (oh_slice_str (text), NULL);
  if (uri == NULL || uri->scheme == OH_SIP_SCHEME_TEL || uri->userinfo == NULL)
    return NULL;
  user = g_ascii_strdown (uri->userinfo, -1);
  host = g_ascii_strdown (uri->host, -1);
  return g_strdup_printf (uri->is_ipv6 ? "sip:%s@[%s]" : "sip:%s@%s", user, host);
}
