/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-token.h"

#include <string.h>

static const char magic[8] = "NTLMSSP";

/* An AUTHENTICATE, [MS-NLMP] 2.2.1.3: where the descriptors (length, room, offset) stand. */
enum
{
  LM_RESPONSE = 12,
  NT_RESPONSE = 20,
  DOMAIN = 28,
  USER = 36,
  WORKSTATION = 44,
  SESSION_KEY = 52,
  FLAGS = 60,
  HEAD_MIN = 64,
  HEAD_WITH_VERSION = 72, /* a code over the messages may follow; it is not copied */
};

#define UNICODE 0x00000001U

static guint
read_16 (const guint8 *at)
{
  return at[0] | (guint) at[1] << 8;
}

static guint32
read_32 (const guint8 *at)
{
  return read_16 (at) | (guint32) read_16 (at + 2) << 16;
}

static void
write_16 (guint8 *at, guint value)
{
  at[0] = value & 0xff;
  at[1] = value >> 8 & 0xff;
}

typedef struct
{
  gsize offset;
  gsize len;
} Span;

/* FALSE when it does not lie behind the head and within the message. */
static gboolean
read_span (const guint8 *token, gsize len, guint at, Span *out)
{
  out->len = read_16 (token + at);
  out->offset = read_32 (token + at + 4);
  return out->len == 0 ||
         (out->offset >= HEAD_MIN && out->offset <= len && out->len <= len - out->offset);
}

static guint8 *
decode (OhSlice base64, gsize *len)
{
  g_autofree char *text = NULL;

  if (base64.len > OH_REDACT_TOKEN_MAX)
    return NULL;
  text = oh_slice_dup (base64);
  return g_base64_decode (text, len);
}

static void
append_base64 (GString *out, const guint8 *data, gsize len)
{
  g_autofree char *text = g_base64_encode (data, len);

  g_string_append (out, text);
}

/* 1, 2 or 3; 0 when it is none of NTLM. */
static guint
message_type (const guint8 *token, gsize len)
{
  guint32 type;

  if (token == NULL || len < 12 || memcmp (token, magic, sizeof magic) != 0)
    return 0;
  type = read_32 (token + 8);
  return type <= 3 ? (guint) type : 0;
}

/* Copies (or, with @zero, clears) what a descriptor points at; FALSE when it points elsewhere. */
static gboolean
take_span (const guint8 *token, gsize len, guint at, gboolean zero, guint8 *copy, gsize *first)
{
  Span span;

  if (!read_span (token, len, at, &span))
    return FALSE;
  if (span.len == 0)
    return TRUE;
  if (zero)
    memset (copy + span.offset, 0, span.len);
  else
    memcpy (copy + span.offset, token + span.offset, span.len);
  *first = MIN (*first, span.offset);
  return TRUE;
}

/* Only what is known to be harmless is copied; the rest is zero. The secrets come last: a name
 * that claims their octets does not get them. */
static guint8 *
without_responses (const guint8 *token, gsize len)
{
  static const struct
  {
    guint at;
    gboolean zero;
  } fields[] = { { DOMAIN, FALSE },     { USER, FALSE },       { WORKSTATION, FALSE },
                 { LM_RESPONSE, TRUE }, { NT_RESPONSE, TRUE }, { SESSION_KEY, TRUE } };
  g_autofree guint8 *copy = g_malloc0 (MAX (len, 1));
  gsize first = len; /* where the payload begins */

  if (len < HEAD_MIN)
    return NULL;
  memcpy (copy, token, HEAD_MIN);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!take_span (token, len, fields[i].at, fields[i].zero, copy, &first))
      return NULL;
  if (first >= HEAD_WITH_VERSION)
    memcpy (copy + HEAD_MIN, token + HEAD_MIN, HEAD_WITH_VERSION - HEAD_MIN);
  return g_steal_pointer (&copy);
}

void
oh_redact_token (OhSlice base64, GString *out)
{
  gsize len = 0;
  g_autofree guint8 *token = decode (base64, &len);
  g_autofree guint8 *safe = NULL;

  switch (message_type (token, len))
    {
    case 1:
    case 2: append_base64 (out, token, len); return;
    case 3: safe = without_responses (token, len); break;
    default: break;
    }
  if (safe != NULL)
    append_base64 (out, safe, len);
  else if (base64.len > 0) /* empty asks for the first token, and is worth seeing */
    g_string_append (out, OH_REDACTED);
}

/* --- names --- */

static char *
read_name (const guint8 *token, const Span *span, gboolean unicode)
{
  g_autofree gunichar2 *units = NULL;

  if (!unicode)
    return g_utf8_make_valid ((const char *) token + span->offset, (gssize) span->len);
  units = g_new0 (gunichar2, span->len / 2 + 1);
  for (gsize i = 0; i < span->len / 2; i++)
    units[i] = (gunichar2) read_16 (token + span->offset + 2 * i);
  return g_utf16_to_utf8 (units, (glong) (span->len / 2), NULL, NULL, NULL);
}

/* "alice", "alice@fabrikam.test": the suffix is a domain and stays. */
static char *
rename (OhPseudonyms *names, OhPseudonymKind kind, const char *name)
{
  OhSlice rest = oh_slice_str (name);
  OhSlice local = oh_slice_eat_until (&rest, "@");
  g_autofree char *suffix = oh_slice_dup (rest);

  return g_strconcat (oh_pseudonyms_get (names, kind, local), suffix, NULL);
}

/* Writes ASCII @text behind the message and lets the descriptor point there. */
static void
append_name (GByteArray *message, guint at, const char *text, gboolean unicode)
{
  gsize offset = message->len;

  for (const char *p = text; *p != '\0'; p++)
    g_byte_array_append (message, (const guint8[]){ (guint8) *p, 0 }, unicode ? 2 : 1);
  write_16 (message->data + at, (guint) (message->len - offset));
  write_16 (message->data + at + 2, (guint) (message->len - offset));
  write_16 (message->data + at + 4, (guint) (offset & 0xffff));
  write_16 (message->data + at + 6, (guint) (offset >> 16));
}

void
oh_redact_token_names (OhSlice base64, OhPseudonyms *names, GString *out)
{
  static const struct
  {
    guint at;
    OhPseudonymKind kind;
  } people[] = { { USER, OH_PSEUDONYM_PERSON }, { WORKSTATION, OH_PSEUDONYM_HOST } };
  gsize len = 0;
  g_autofree guint8 *token = decode (base64, &len);
  g_autoptr (GByteArray) message = g_byte_array_new ();

  if (message_type (token, len) != 3 || len < HEAD_MIN)
    {
      g_string_append_len (out, base64.len > 0 ? base64.data : "", (gssize) base64.len);
      return;
    }
  g_byte_array_append (message, token, (guint) len);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      gboolean unicode = read_32 (token + FLAGS) & UNICODE;
      g_autofree char *name = NULL;
      g_autofree char *other = NULL;
      Span span;

      if (!read_span (token, len, people[i].at, &span) || span.len == 0)
        continue;
      name = read_name (token, &span, unicode);
      other = rename (names, people[i].kind, name != NULL ? name : "?");
      memset (message->data + span.offset, 0, span.len);
      append_name (message, people[i].at, other, unicode);
    }
  append_base64 (out, message->data, message->len);
}

/* --- the header around it --- */

typedef enum
{
  PARAM_REMOVED,
  PARAM_KEPT,
  PARAM_TOKEN,
  PARAM_LOGIN,
} ParamFate;

static ParamFate
fate_of (OhSlice name)
{
  static const char *const kept[] = { "realm", "targetname", "version", "qop",       "crand",
                                      "cnum",  "srand",      "snum",    "algorithm", "stale" };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (oh_slice_equal_case (name, kept[i]))
      return PARAM_KEPT;
  if (oh_slice_equal_case (name, "gssapi-data"))
    return PARAM_TOKEN;
  return oh_slice_equal_case (name, "username") ? PARAM_LOGIN : PARAM_REMOVED;
}

/* Names of parameters that are shown though their values are not. Of others not even the name: in
 * a scheme that is not known it may be the secret itself. */
static gboolean
is_known_secret (OhSlice name)
{
  static const char *const known[] = { "response", "rspauth", "opaque",  "nonce", "cnonce",
                                       "nc",       "uri",     "sts-uri", "domain" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal_case (name, known[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_known_scheme (OhSlice word)
{
  static const char *const schemes[] = { "NTLM", "Kerberos", "TLS-DSK", "Digest", "Negotiate" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (oh_slice_equal_case (word, schemes[i]))
      return TRUE;
  return FALSE;
}

static void
append_slice (GString *out, OhSlice slice)
{
  if (slice.len > 0)
    g_string_append_len (out, slice.data, (gssize) slice.len);
}

/* What to do with one value; the quotes around it are not in it. */
typedef void (*ValueFunc) (ParamFate fate, OhSlice value, gpointer user_data, GString *out);

/* Values are never escaped: up to the next quote ([MS-SIPAE] 2.2). */
static OhSlice
eat_value (OhSlice *cursor, gboolean *quoted)
{
  OhSlice value;

  *quoted = oh_slice_eat (cursor, '"');
  value = oh_slice_eat_until (cursor, *quoted ? "\"" : ", \t");
  if (*quoted)
    (void) oh_slice_eat (cursor, '"');
  return value;
}

static void
append_param (OhSlice name, OhSlice value, gboolean quoted, ValueFunc func, gpointer user_data,
              GString *out)
{
  ParamFate fate = fate_of (name);

  if (fate == PARAM_REMOVED && !is_known_secret (name))
    {
      g_string_append (out, OH_REDACTED);
      return;
    }
  append_slice (out, name);
  g_string_append (out, quoted ? "=\"" : "=");
  func (fate, value, user_data, out);
  if (quoted)
    g_string_append_c (out, '"');
}

static void
walk_credentials (OhSlice value, ValueFunc func, gpointer user_data, GString *out)
{
  OhSlice cursor = value;

  while (cursor.len > 0)
    {
      OhSlice between = oh_slice (cursor.data, 0);
      OhSlice word;
      OhSlice ahead;
      OhSlice param;
      gboolean quoted;

      while (cursor.len > 0 && strchr (", \t", cursor.data[0]) != NULL)
        {
          between.len++;
          cursor = oh_slice (cursor.data + 1, cursor.len - 1);
        }
      append_slice (out, between);
      word = oh_slice_eat_token (&cursor);
      ahead = cursor;
      oh_slice_eat_space (&ahead);
      if (word.len > 0 && oh_slice_eat (&ahead, '='))
        {
          oh_slice_eat_space (&ahead);
          cursor = ahead;
          param = eat_value (&cursor, &quoted);
          append_param (word, param, quoted, func, user_data, out);
        }
      else if (is_known_scheme (word) || oh_slice_equal (word, OH_REDACTED))
        append_slice (out, word);
      else if (cursor.len > 0 || word.len > 0)
        {
          g_string_append (out, OH_REDACTED);
          return;
        }
    }
}

static void
hide_value (ParamFate fate, OhSlice value, gpointer user_data, GString *out)
{
  switch (fate)
    {
    case PARAM_KEPT:
    case PARAM_LOGIN: append_slice (out, value); break;
    case PARAM_TOKEN: oh_redact_token (value, out); break;
    case PARAM_REMOVED:
    default: g_string_append (out, value.len > 0 ? OH_REDACTED : ""); break;
    }
}

void
oh_redact_credentials (OhSlice value, GString *out)
{
  walk_credentials (value, hide_value, NULL, out);
}

static void
rename_value (ParamFate fate, OhSlice value, gpointer user_data, GString *out)
{
  OhPseudonyms *names = user_data;

  switch (fate)
    {
    case PARAM_LOGIN:
      if (value.len > 0)
        g_string_append (out, oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, value));
      break;
    case PARAM_TOKEN: oh_redact_token_names (value, names, out); break;
    case PARAM_KEPT:
    case PARAM_REMOVED:
    default: append_slice (out, value); break;
    }
}

void
oh_redact_credentials_names (OhSlice value, OhPseudonyms *names, GString *out)
{
  walk_credentials (value, rename_value, names, out);
}
