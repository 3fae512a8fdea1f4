/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-login.h"

#include <string.h>

#include "secret-text.h"

/* Octets that MD5 and SHA-256 take at a time. */
#define HASH_BLOCK 64

/* libsoup has these answers too, but sends them by itself, again when it likes, with a cnonce that
   can be guessed, and dies of a challenge without a nonce. A dial request may go out once, and what
   locks a phone is one answer too many: here each answer is asked for. */

typedef struct
{
  OhSlice realm;
  OhSlice nonce;
  OhSlice opaque;
  OhSlice algorithm;
  OhSlice qop;
  OhSlice stale;
  OhSlice userhash;
} Params;

static char *
unescape (OhSlice text)
{
  g_autoptr (GString) plain = g_string_sized_new (text.len);

  for (gsize i = 0; i < text.len; i++)
    {
      if (text.data[i] == '\\' && i + 1 < text.len)
        i++;
      g_string_append_c (plain, text.data[i]);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
keep_param (Params *params, OhSlice name, OhSlice value)
{
  const struct
  {
    const char *name;
    OhSlice *place;
  } known[] = {
    { "realm", &params->realm },         { "nonce", &params->nonce }, { "opaque", &params->opaque },
    { "algorithm", &params->algorithm }, { "qop", &params->qop },     { "stale", &params->stale },
    { "userhash", &params->userhash },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal_case (name, known[i].name) && known[i].place->data == NULL)
      *known[i].place = value; /* the first one counts */
}

static void
eat_commas (OhSlice *cursor)
{
  do
    oh_slice_eat_space (cursor);
  while (oh_slice_eat (cursor, ','));
}

/* One name=value; FALSE, and the cursor where it was, when a new challenge begins or text ends. */
static gboolean
eat_param (OhSlice *cursor, Params *params)
{
  OhSlice ahead = *cursor;
  OhSlice name, value;

  eat_commas (&ahead);
  name = oh_slice_eat_token (&ahead);
  oh_slice_eat_space (&ahead);
  if (name.len == 0 || !oh_slice_eat (&ahead, '='))
    return FALSE;
  oh_slice_eat_space (&ahead);
  if (!oh_slice_eat_quoted (&ahead, &value))
    value = oh_slice_trim (oh_slice_eat_until (&ahead, ","));
  keep_param (params, name, value);
  *cursor = ahead;
  return TRUE;
}

/* What of the offer is taken; FALSE when nothing of it can be. */
static gboolean
choose_qop (OhSlice qop, OhHttpQop *out)
{
  gboolean offered = qop.len > 0;

  *out = OH_HTTP_QOP_NONE;
  while (qop.len > 0)
    {
      OhSlice word = oh_slice_trim (oh_slice_eat_until (&qop, ","));

      oh_slice_eat (&qop, ',');
      if (oh_slice_equal_case (word, "auth"))
        *out = OH_HTTP_QOP_AUTH;
      else if (oh_slice_equal_case (word, "auth-int") && *out == OH_HTTP_QOP_NONE)
        *out = OH_HTTP_QOP_AUTH_INT;
    }
  return !offered || *out != OH_HTTP_QOP_NONE;
}

static OhHttpScheme
judge_algorithm (OhSlice name, gboolean *session)
{
  static const struct
  {
    const char *name;
    OhHttpScheme scheme;
    gboolean session;
  } known[] = {
    { "md5", OH_HTTP_DIGEST_MD5, FALSE },
    { "md5-sess", OH_HTTP_DIGEST_MD5, TRUE },
    { "sha-256", OH_HTTP_DIGEST_SHA256, FALSE },
    { "sha-256-sess", OH_HTTP_DIGEST_SHA256, TRUE },
  };

  *session = FALSE;
  if (name.len == 0)
    return OH_HTTP_DIGEST_MD5;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal_case (name, known[i].name))
      {
        *session = known[i].session;
        return known[i].scheme;
      }
  return OH_HTTP_NO_SCHEME;
}

static OhHttpScheme
judge (OhSlice scheme, const Params *params)
{
  OhHttpQop qop;
  gboolean session;

  if (oh_slice_equal_case (scheme, "basic"))
    return OH_HTTP_BASIC;
  if (!oh_slice_equal_case (scheme, "digest") || params->nonce.len == 0 ||
      !choose_qop (params->qop, &qop))
    return OH_HTTP_NO_SCHEME;
  return judge_algorithm (params->algorithm, &session);
}

static OhHttpChallenge *
new_challenge (OhHttpScheme scheme, const Params *params)
{
  OhHttpChallenge *challenge = g_new0 (OhHttpChallenge, 1);

  challenge->scheme = scheme;
  challenge->realm = unescape (params->realm);
  challenge->nonce = unescape (params->nonce);
  challenge->opaque = params->opaque.data != NULL ? unescape (params->opaque) : NULL;
  challenge->stale = oh_slice_equal_case (params->stale, "true");
  if (scheme == OH_HTTP_BASIC)
    return challenge;
  choose_qop (params->qop, &challenge->qop);
  judge_algorithm (params->algorithm, &challenge->session);
  challenge->userhash = oh_slice_equal_case (params->userhash, "true");
  return challenge;
}

OhHttpChallenge *
oh_http_challenge_parse (const char *header)
{
  g_autoptr (OhHttpChallenge) best = NULL;
  OhSlice cursor = oh_slice_str (header);

  if (cursor.len > OH_HTTP_CHALLENGE_MAX)
    return NULL;
  for (;;)
    {
      Params params = { 0 };
      OhHttpScheme scheme;
      OhSlice word;

      eat_commas (&cursor);
      word = oh_slice_eat_token (&cursor);
      if (word.len == 0)
        return g_steal_pointer (&best);
      while (eat_param (&cursor, &params))
        ;
      scheme = judge (word, &params);
      if (scheme > (best != NULL ? best->scheme : OH_HTTP_NO_SCHEME))
        {
          oh_http_challenge_free (best);
          best = new_challenge (scheme, &params);
        }
    }
}

void
oh_http_challenge_free (OhHttpChallenge *challenge)
{
  if (challenge == NULL)
    return;
  g_free (challenge->realm);
  g_free (challenge->nonce);
  g_free (challenge->opaque);
  g_free (challenge);
}

static void
append_quoted (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "%s=\"", name);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* Hash of the parts joined by ':', NULL last; nothing of them is left in memory afterwards. */
static char *hash_of (GChecksumType type, ...) G_GNUC_NULL_TERMINATED;

static char *
hash_of (GChecksumType type, ...)
{
  g_autoptr (GChecksum) sum = g_checksum_new (type);
  static const guchar zeros[HASH_BLOCK + 1];
  gboolean first = TRUE;
  const char *part;
  char *hash;
  va_list args;

  va_start (args, type);
  while ((part = va_arg (args, const char *)) != NULL)
    {
      if (!first)
        g_checksum_update (sum, (const guchar *) ":", 1);
      g_checksum_update (sum, (const guchar *) part, (gssize) strlen (part));
      first = FALSE;
    }
  va_end (args);
  hash = g_strdup (g_checksum_get_string (sum));
  g_checksum_reset (sum); /* its last block may hold the password: fill it with something else */
  g_checksum_update (sum, zeros, sizeof zeros);
  return hash;
}

static char *
basic_answer (const char *user, const char *password)
{
  gsize len = strlen (user) + 1 + strlen (password);
  char *plain = oh_secret_alloc (len + 1);
  char *token;
  char *answer;

  g_snprintf (plain, (gulong) len + 1, "%s:%s", user, password);
  token = g_base64_encode ((const guchar *) plain, len);
  answer = g_strconcat ("Basic ", token, NULL);
  explicit_bzero (token, strlen (token));
  g_free (token);
  oh_secret_free (plain);
  return answer;
}

static GChecksumType
hash_type (const OhHttpChallenge *challenge)
{
  return challenge->scheme == OH_HTTP_DIGEST_SHA256 ? G_CHECKSUM_SHA256 : G_CHECKSUM_MD5;
}

/* RFC 7616 3.4.2 */
static char *
secret_hash (const OhHttpChallenge *challenge, const char *user, const char *password,
             const char *cnonce)
{
  GChecksumType type = hash_type (challenge);
  char *plain = hash_of (type, user, challenge->realm, password, NULL);
  char *hash;

  if (!challenge->session)
    return plain;
  hash = hash_of (type, plain, challenge->nonce, cnonce, NULL);
  explicit_bzero (plain, strlen (plain));
  g_free (plain);
  return hash;
}

static const char *
qop_name (OhHttpQop qop)
{
  return qop == OH_HTTP_QOP_AUTH_INT ? "auth-int" : "auth";
}

/* RFC 7616 3.4.3 */
static char *
asked_hash (const OhHttpChallenge *challenge, const OhHttpAsked *asked)
{
  GChecksumType type = hash_type (challenge);
  g_autofree char *body = NULL;

  if (challenge->qop != OH_HTTP_QOP_AUTH_INT)
    return hash_of (type, asked->method, asked->target, NULL);
  body = hash_of (type, asked->body != NULL ? asked->body : "", NULL);
  return hash_of (type, asked->method, asked->target, body, NULL);
}

/* RFC 7616 3.4.1; without qop RFC 2069's form, which old firmware asks for. */
static char *
digest_response (const OhHttpChallenge *challenge, const char *user, const char *password,
                 const OhHttpAsked *asked, const char *cnonce, const char *nc)
{
  GChecksumType type = hash_type (challenge);
  g_autofree char *ha1 = secret_hash (challenge, user, password, cnonce);
  g_autofree char *ha2 = asked_hash (challenge, asked);

  if (challenge->qop == OH_HTTP_QOP_NONE)
    return hash_of (type, ha1, challenge->nonce, ha2, NULL);
  return hash_of (type, ha1, challenge->nonce, nc, cnonce, qop_name (challenge->qop), ha2, NULL);
}

static void
append_user (GString *out, const OhHttpChallenge *challenge, const char *user)
{
  g_autofree char *hash = NULL;

  if (challenge->userhash) /* RFC 7616 3.4.4 */
    hash = hash_of (hash_type (challenge), user, challenge->realm, NULL);
  append_quoted (out, "username", hash != NULL ? hash : user);
  if (hash != NULL)
    g_string_append (out, ", userhash=true");
}

char *
oh_http_answer (const OhHttpChallenge *challenge, const char *user, const char *password,
                const OhHttpAsked *asked, const char *cnonce, guint nc)
{
  g_autofree char *count = g_strdup_printf ("%08x", nc);
  g_autofree char *response = NULL;
  g_autoptr (GString) out = NULL;

  if (challenge->scheme == OH_HTTP_BASIC)
    return basic_answer (user, password);
  response = digest_response (challenge, user, password, asked, cnonce, count);
  out = g_string_new ("Digest ");
  append_user (out, challenge, user);
  append_quoted (out, ", realm", challenge->realm);
  append_quoted (out, ", nonce", challenge->nonce);
  append_quoted (out, ", uri", asked->target);
  append_quoted (out, ", response", response);
  g_string_append_printf (out, ", algorithm=%s%s",
                          challenge->scheme == OH_HTTP_DIGEST_SHA256 ? "SHA-256" : "MD5",
                          challenge->session ? "-sess" : "");
  if (challenge->opaque != NULL)
    append_quoted (out, ", opaque", challenge->opaque);
  if (challenge->qop != OH_HTTP_QOP_NONE)
    g_string_append_printf (out, ", qop=%s, nc=%s", qop_name (challenge->qop), count);
  if (challenge->qop != OH_HTTP_QOP_NONE || challenge->session)
    append_quoted (out, ", cnonce", cnonce);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
oh_http_next_nonce (const char *header)
{
  OhSlice cursor = oh_slice_str (header);

  if (cursor.len > OH_HTTP_CHALLENGE_MAX)
    return NULL;
  while (cursor.len > 0)
    {
      OhSlice name, value;

      eat_commas (&cursor);
      name = oh_slice_eat_token (&cursor);
      oh_slice_eat_space (&cursor);
      if (name.len == 0 || !oh_slice_eat (&cursor, '='))
        return NULL;
      oh_slice_eat_space (&cursor);
      if (!oh_slice_eat_quoted (&cursor, &value))
        value = oh_slice_trim (oh_slice_eat_until (&cursor, ","));
      if (oh_slice_equal_case (name, "nextnonce"))
        return value.len > 0 ? unescape (value) : NULL;
    }
  return NULL;
}
