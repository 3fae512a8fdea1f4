/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm.h"

#include <openssl/crypto.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"

/* Octets of the fixed part, [MS-NLMP] 2.2.1.2 and 2.2.1.3. */
#define CHALLENGE_HEAD 48
#define AUTHENTICATE_HEAD 72
#define MIC_LENGTH 16
#define PROOF_LENGTH 16
#define LM_LENGTH 24

/* [MS-NLMP] 2.2.2.1 */
enum
{
  AV_END = 0,
  AV_FLAGS = 6,
  AV_TIMESTAMP = 7,
  AV_TARGET_NAME = 9,
  AV_CHANNEL_BINDINGS = 10,
};
#define AV_FLAG_MIC 2

static const guint8 ntlmssp[8] = "NTLMSSP";
static const guint8 client_version[8] = { 5, 1, 0x28, 0x0a, 0, 0, 0, 15 }; /* any is accepted */

/* What we take over from an offer: no OEM names, no sealing, no LM key. */
#define KEEP                                                                                       \
  (OH_NTLM_UNICODE | OH_NTLM_SIGN | OH_NTLM_DATAGRAM | OH_NTLM_NTLM | OH_NTLM_ALWAYS_SIGN |        \
   OH_NTLM_EXTENDED_SESSION_SECURITY | OH_NTLM_IDENTIFY | OH_NTLM_TARGET_INFO | OH_NTLM_VERSION |  \
   OH_NTLM_128 | OH_NTLM_KEY_EXCH)

/* Heap memory with a secret in it. */
typedef struct
{
  guint8 *data;
  gsize len;
} Secret;

static void
secret_clear (Secret *secret)
{
  OPENSSL_cleanse (secret->data, secret->len);
  g_clear_pointer (&secret->data, g_free);
  secret->len = 0;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Secret, secret_clear)

/* The keys on the way from the password to the session key. */
typedef struct
{
  guint8 nt[OH_NTLM_KEY_LENGTH];
  guint8 base[OH_NTLM_KEY_LENGTH];
} Ladder;

static void
ladder_clear (Ladder *ladder)
{
  OPENSSL_cleanse (ladder, sizeof *ladder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ladder, ladder_clear)

/* The variable fields of an AUTHENTICATE. */
typedef struct
{
  guint32 flags;
  Secret domain, user, workstation; /* UTF-16LE; Secret for its clean-up */
  guint8 lm[LM_LENGTH];
  Secret nt;
  guint8 key[OH_NTLM_KEY_LENGTH];
  gboolean with_mic;
} Answer;

static void
answer_clear (Answer *answer)
{
  secret_clear (&answer->domain);
  secret_clear (&answer->user);
  secret_clear (&answer->workstation);
  secret_clear (&answer->nt);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static guint
get16 (const guint8 *at)
{
  return at[0] | at[1] << 8;
}

static guint32
get32 (const guint8 *at)
{
  return get16 (at) | (guint32) get16 (at + 2) << 16;
}

static void
put16 (GByteArray *out, guint value)
{
  const guint8 octets[2] = { value & 0xff, value >> 8 & 0xff };

  g_byte_array_append (out, octets, sizeof octets);
}

static void
put32 (GByteArray *out, guint32 value)
{
  put16 (out, value & 0xffff);
  put16 (out, value >> 16);
}

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("The server's NTLM challenge is broken: %s"),
               what);
  return FALSE;
}

static gboolean
primitive_failed (GError **error)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_MECHANISM,
                       _ ("NTLM unavailable: the cryptographic library refused an operation."));
  return FALSE;
}

/* --- the challenge ------------------------------------------------------------------------- */

/* A length, a maximum and an offset at @at: does the field lie within the message? */
static gboolean
field (const guint8 *data, gsize len, gsize at, const guint8 **out, gsize *out_len)
{
  gsize field_len = get16 (data + at);
  gsize offset = get32 (data + at + 4);

  *out = NULL;
  *out_len = 0;
  if (field_len == 0)
    return TRUE; /* the offset of an empty field means nothing */
  if (offset < CHALLENGE_HEAD || offset > len || field_len > len - offset)
    return FALSE;
  *out = data + offset;
  *out_len = field_len;
  return TRUE;
}

/* Walks the pairs; finds the time stamp and cuts the list after its end pair. */
static gboolean
walk_info (OhNtlmChallenge *challenge, GError **error)
{
  gsize at = 0;

  if (challenge->info_len > OH_NTLM_TARGET_INFO_MAX)
    return broken (error, "target information too long");
  while (challenge->info_len - at >= 4)
    {
      guint id = get16 (challenge->info + at);
      gsize len = get16 (challenge->info + at + 2);

      at += 4;
      if (len > challenge->info_len - at)
        return broken (error, "target information runs over its end");
      if (id == AV_END)
        {
          challenge->info_len = at;
          return len == 0 || broken (error, "end pair with a value");
        }
      if ((id == AV_TIMESTAMP && len != 8) || (id == AV_FLAGS && len != 4))
        return broken (error, "pair of wrong length");
      if (id == AV_TIMESTAMP && challenge->time == NULL)
        challenge->time = challenge->info + at;
      at += len;
    }
  return broken (error, "target information without end");
}

gboolean
oh_ntlm_challenge_parse (const guint8 *data, gsize len, OhNtlmChallenge *out, GError **error)
{
  OhNtlmChallenge challenge = { 0 };
  const guint8 *name;
  gsize name_len;

  if (len > OH_NTLM_MESSAGE_MAX)
    return broken (error, "too long");
  if (len < CHALLENGE_HEAD || memcmp (data, ntlmssp, sizeof ntlmssp) != 0)
    return broken (error, "no NTLM message");
  if (get32 (data + 8) != 2)
    return broken (error, "not a challenge");
  if (!field (data, len, 12, &name, &name_len))
    return broken (error, "target name outside the message");
  if (!field (data, len, 40, &challenge.info, &challenge.info_len))
    return broken (error, "target information outside the message");
  challenge.flags = get32 (data + 20);
  memcpy (challenge.server_challenge, data + 24, sizeof challenge.server_challenge);
  if (challenge.info_len > 0 && !walk_info (&challenge, error))
    return FALSE;
  *out = challenge;
  return TRUE;
}

/* --- the answer ---------------------------------------------------------------------------- */

static gboolean
cannot_use (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_SIGN_IN, _ ("This cannot be used to sign in: %s"), what);
  return FALSE;
}

/* Letter by letter and without a locale, as the server does it: a Turkish desktop must not make
 * a dotted capital of "i", and "ß" stays one letter. */
static void
upper (gunichar2 *units, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      gunichar big = (units[i] & 0xf800) == 0xd800 ? units[i] : g_unichar_toupper (units[i]);

      units[i] = big <= 0xffff ? (gunichar2) big : units[i];
    }
}

static gboolean
to_utf16 (const char *utf8, gboolean in_upper_case, const char *what, Secret *out, GError **error)
{
  glong n = 0;
  gunichar2 *units = g_utf8_to_utf16 (utf8, -1, NULL, &n, NULL);

  if (units == NULL)
    return cannot_use (error, what);
  out->data = (guint8 *) units; /* in a Secret from here on, so that it is wiped on every way */
  out->len = (gsize) n * 2;
  if (n > OH_NTLM_NAME_MAX)
    return cannot_use (error, what);
  if (in_upper_case)
    upper (units, (gsize) n);
  for (gsize i = 0; i < (gsize) n; i++)
    units[i] = GUINT16_TO_LE (units[i]);
  return TRUE;
}

gboolean
oh_ntlm_nt_key (const OhNtlmCrypto *crypto, const OhNtlmIdentity *identity,
                guint8 out[OH_NTLM_KEY_LENGTH], GError **error)
{
  g_auto (Secret) password = { NULL, 0 };
  g_auto (Secret) user = { NULL, 0 };
  g_auto (Secret) domain = { NULL, 0 };
  g_auto (Ladder) hash = { { 0 } };
  g_autoptr (GByteArray) name = g_byte_array_new ();

  if (identity->user[0] == '\0' || identity->password[0] == '\0')
    return cannot_use (error, _ ("the user name or the password is empty."));
  if (!to_utf16 (identity->password, FALSE, _ ("the password is too long or not text."), &password,
                 error) ||
      !to_utf16 (identity->user, TRUE, _ ("the user name is too long or not text."), &user,
                 error) ||
      !to_utf16 (identity->domain, FALSE, _ ("the domain is too long or not text."), &domain,
                 error))
    return FALSE;
  g_byte_array_append (name, user.data, user.len);
  g_byte_array_append (name, domain.data, domain.len);
  if (!crypto->md4 (crypto, password.data, password.len, hash.nt) ||
      !crypto->hmac_md5 (crypto, hash.nt, name->data, name->len, out))
    return primitive_failed (error);
  return TRUE;
}

static gboolean
lacks (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_MECHANISM,
               _ ("NTLM cannot be used with this server: it does not offer %s."), what);
  return FALSE;
}

/* The final flags, or why there can be none. */
static gboolean
negotiate (guint32 offer, OhNtlmOptions options, guint32 *out, GError **error)
{
  static const struct
  {
    guint32 flag;
    const char *name;
  } required[] = {
    { OH_NTLM_UNICODE, N_ ("Unicode names") },
    { OH_NTLM_NTLM, "NTLM" },
    { OH_NTLM_SIGN, N_ ("signatures") },
    { OH_NTLM_DATAGRAM, N_ ("datagram mode") },
    { OH_NTLM_IDENTIFY, N_ ("identify level") },
    { OH_NTLM_KEY_EXCH, N_ ("key exchange") },
    { OH_NTLM_TARGET_INFO, N_ ("the target information that NTLMv2 needs") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (!(offer & required[i].flag))
      return lacks (error, _ (required[i].name));
  if (!(offer & OH_NTLM_EXTENDED_SESSION_SECURITY) && !(options & OH_NTLM_ALLOW_OLD_SIGNATURE))
    return lacks (error, _ ("extended session security"));
  if (!(offer & OH_NTLM_128) && !(options & OH_NTLM_ALLOW_56 && offer & OH_NTLM_56))
    return lacks (error, _ ("128-bit session security (the server's “Minimum session security "
                            "for NTLM SSP” policy decides this)"));
  *out = (offer & KEEP) | OH_NTLM_REQUEST_TARGET;
  if (!(offer & OH_NTLM_128))
    *out |= OH_NTLM_56;
  return TRUE;
}

static void
put_pair (GByteArray *out, guint id, const guint8 *value, gsize len)
{
  put16 (out, id);
  put16 (out, len);
  if (len > 0)
    g_byte_array_append (out, value, len);
}

/* The server's pairs, and with a MIC ours before the end pair; an existing flags pair keeps its
 * place. */
static gboolean
client_info (const OhNtlmChallenge *challenge, gboolean with_mic, const char *spn, GByteArray *out,
             GError **error)
{
  static const guint8 no_binding[MIC_LENGTH] = { 0 };
  g_auto (Secret) name = { NULL, 0 };
  gboolean has_flags = FALSE;

  if (!with_mic)
    {
      g_byte_array_append (out, challenge->info, challenge->info_len);
      return TRUE;
    }
  for (gsize at = 0; get16 (challenge->info + at) != AV_END;
       at += 4 + get16 (challenge->info + at + 2))
    {
      guint id = get16 (challenge->info + at);
      guint len = get16 (challenge->info + at + 2);

      put_pair (out, id, challenge->info + at + 4, len);
      if (id == AV_FLAGS)
        out->data[out->len - 4] |= AV_FLAG_MIC;
      has_flags = has_flags || id == AV_FLAGS;
    }
  if (!has_flags)
    put_pair (out, AV_FLAGS, (const guint8[4]){ AV_FLAG_MIC, 0, 0, 0 }, 4);
  if (!to_utf16 (spn != NULL ? spn : "", FALSE, _ ("the server's name is too long or not text."),
                 &name, error))
    return FALSE;
  put_pair (out, AV_CHANNEL_BINDINGS, no_binding, sizeof no_binding);
  put_pair (out, AV_TARGET_NAME, name.data, name.len);
  put_pair (out, AV_END, NULL, 0);
  return TRUE;
}

/* [MS-NLMP] 3.3.2: both responses and the key that comes out of them. */
static gboolean
respond (const OhNtlmCrypto *crypto, const OhNtlmChallenge *challenge, const OhNtlmFresh *fresh,
         const GByteArray *info, Ladder *ladder, Answer *answer)
{
  static const guint8 temp_head[8] = { 1, 1 };
  g_autoptr (GByteArray) temp = g_byte_array_new ();
  guint8 hashed[16];
  guint8 proof[PROOF_LENGTH];

  g_byte_array_append (temp, challenge->server_challenge, 8);
  g_byte_array_append (temp, temp_head, sizeof temp_head);
  if (challenge->time != NULL)
    g_byte_array_append (temp, challenge->time, 8);
  else
    {
      put32 (temp, fresh->filetime & 0xffffffffU);
      put32 (temp, fresh->filetime >> 32);
    }
  g_byte_array_append (temp, fresh->client_challenge, 8);
  put32 (temp, 0);
  g_byte_array_append (temp, info->data, info->len);
  put32 (temp, 0);
  if (!crypto->hmac_md5 (crypto, ladder->nt, temp->data, temp->len, proof) ||
      !crypto->hmac_md5 (crypto, ladder->nt, proof, sizeof proof, ladder->base))
    return FALSE;
  answer->nt.len = sizeof proof + temp->len - 8;
  answer->nt.data = g_malloc (answer->nt.len);
  memcpy (answer->nt.data, proof, sizeof proof);
  memcpy (answer->nt.data + sizeof proof, temp->data + 8, temp->len - 8);
  if (challenge->time != NULL)
    return TRUE; /* 24 zero octets instead of LMv2, [MS-NLMP] 3.1.5.1.2 */
  memcpy (hashed, challenge->server_challenge, 8);
  memcpy (hashed + 8, fresh->client_challenge, 8);
  memcpy (answer->lm + 16, fresh->client_challenge, 8);
  return crypto->hmac_md5 (crypto, ladder->nt, hashed, sizeof hashed, answer->lm);
}

static void
put_field (GByteArray *out, gsize len, gsize *offset)
{
  put16 (out, len);
  put16 (out, len);
  put32 (out, *offset);
  *offset += len;
}

/* Payload in the customary order domain, user, workstation, LM, NT, key; offsets decide. */
static GByteArray *
lay_out (const Answer *a)
{
  GByteArray *out = g_byte_array_new ();
  gsize head = AUTHENTICATE_HEAD + (a->with_mic ? MIC_LENGTH : 0);
  gsize names = head;
  gsize responses = head + a->domain.len + a->user.len + a->workstation.len;
  static const guint8 zero[MIC_LENGTH] = { 0 };

  g_byte_array_append (out, ntlmssp, sizeof ntlmssp);
  put32 (out, 3);
  put_field (out, sizeof a->lm, &responses);
  put_field (out, a->nt.len, &responses);
  put_field (out, a->domain.len, &names);
  put_field (out, a->user.len, &names);
  put_field (out, a->workstation.len, &names);
  put_field (out, sizeof a->key, &responses);
  put32 (out, a->flags);
  g_byte_array_append (out, a->flags & OH_NTLM_VERSION ? client_version : zero, 8);
  if (a->with_mic)
    g_byte_array_append (out, zero, MIC_LENGTH);
  g_byte_array_append (out, a->domain.data, a->domain.len);
  g_byte_array_append (out, a->user.data, a->user.len);
  g_byte_array_append (out, a->workstation.data, a->workstation.len);
  g_byte_array_append (out, a->lm, sizeof a->lm);
  g_byte_array_append (out, a->nt.data, a->nt.len);
  g_byte_array_append (out, a->key, sizeof a->key);
  return out;
}

/* Over CHALLENGE and AUTHENTICATE, there is no NEGOTIATE here; the field itself still zero. */
static gboolean
write_mic (const OhNtlmCrypto *crypto, GBytes *challenge, const guint8 *session_key,
           GByteArray *message)
{
  g_autoptr (GByteArray) both = g_byte_array_new ();
  gsize len;
  const guint8 *data = g_bytes_get_data (challenge, &len);

  g_byte_array_append (both, data, len);
  g_byte_array_append (both, message->data, message->len);
  return crypto->hmac_md5 (crypto, session_key, both->data, both->len,
                           message->data + AUTHENTICATE_HEAD);
}

static gboolean
name_fields (const OhNtlmIdentity *identity, Answer *answer, GError **error)
{
  return to_utf16 (identity->user, FALSE, _ ("the user name is too long or not text."),
                   &answer->user, error) &&
         to_utf16 (identity->domain, FALSE, _ ("the domain is too long or not text."),
                   &answer->domain, error) &&
         to_utf16 (identity->workstation, FALSE, _ ("the host name is too long or not text."),
                   &answer->workstation, error);
}

GBytes *
oh_ntlm_authenticate (const OhNtlmCrypto *crypto, GBytes *challenge, const OhNtlmIdentity *identity,
                      const OhNtlmFresh *fresh, OhNtlmOptions options, const char *spn,
                      OhNtlmKeys *keys, GError **error)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (challenge, &len);
  OhNtlmChallenge offer;
  g_auto (Answer) answer = { 0 };
  g_auto (Ladder) ladder = { { 0 } };
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_autoptr (GByteArray) message = NULL;

  if (!oh_ntlm_challenge_parse (data, len, &offer, error) ||
      !negotiate (offer.flags, options, &answer.flags, error))
    return NULL;
  if (offer.info_len == 0)
    return (void) broken (error, "no target information"), NULL;
  answer.with_mic = options & OH_NTLM_WITH_MIC && offer.time != NULL;
  if (!client_info (&offer, answer.with_mic, spn, info, error) ||
      !name_fields (identity, &answer, error) ||
      !oh_ntlm_nt_key (crypto, identity, ladder.nt, error))
    return NULL;
  if (!respond (crypto, &offer, fresh, info, &ladder, &answer) ||
      !crypto->rc4 (crypto, ladder.base, fresh->session_key, sizeof answer.key, answer.key))
    return (void) primitive_failed (error), NULL;
  message = lay_out (&answer);
  if ((answer.with_mic && !write_mic (crypto, challenge, fresh->session_key, message)) ||
      !oh_ntlm_keys_derive (crypto, fresh->session_key, answer.flags, keys))
    return (void) primitive_failed (error), NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&message));
}
