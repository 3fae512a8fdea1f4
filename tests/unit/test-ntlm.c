/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm.h"

#include <string.h>

#include "error.h"
#include "ntlm-crypto.h"
#include "ntlm-example.h"

static OhNtlmCrypto *crypto; /* (owned) */

static const OhNtlmIdentity anna = { EXAMPLE_USER, EXAMPLE_DOMAIN, EXAMPLE_PASSWORD,
                                     EXAMPLE_WORKSTATION };

static GBytes *
authenticate (GBytes *challenge, OhNtlmOptions options, OhNtlmKeys *keys, GError **error)
{
  OhNtlmFresh fresh = oh_example_fresh ();

  return oh_ntlm_authenticate (crypto, challenge, &anna, &fresh, options, "sip/" EXAMPLE_TARGET,
                               keys, error);
}

/* The example's challenge with @n octets at @at replaced. */
static GBytes *
patched (gsize at, const char *octets, gsize n)
{
  g_autoptr (GBytes) whole = oh_example_octets (EXAMPLE_CHALLENGE);
  gsize len;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&whole), &len);

  memcpy (data + at, octets, n);
  return g_bytes_new_take (data, len);
}

static GBytes *
with_flags (guint32 flags)
{
  const guint32 le = GUINT32_TO_LE (flags);

  return patched (20, (const char *) &le, sizeof le);
}

static void
test_example (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) challenge = oh_example_octets (EXAMPLE_CHALLENGE);
  g_auto (OhNtlmKeys) keys = { 0 };
  g_autoptr (GBytes) answer = authenticate (challenge, OH_NTLM_STRICT, &keys, &error);
  g_autofree char *hex = NULL;
  g_autofree char *base64 = NULL;

  g_assert_no_error (error);
  hex = oh_example_hex (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_assert_cmpstr (hex, ==, EXAMPLE_AUTHENTICATE);
  base64 = g_base64_encode (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  g_assert_cmpstr (base64, ==, EXAMPLE_AUTHENTICATE_BASE64);
  g_assert_cmphex (keys.flags, ==, EXAMPLE_FLAGS);
}

/* Key exchange and proof by themselves: SBK = HMAC (NT key, proof), EncKey = RC4 (SBK, ESK). */
static void
test_ladder (void)
{
  OhNtlmFresh fresh = oh_example_fresh ();
  g_autoptr (GBytes) proof = oh_example_octets ("bf2428142d260f10847e462844121414");
  guint8 nt_key[OH_NTLM_KEY_LENGTH];
  guint8 base[OH_NTLM_KEY_LENGTH];
  guint8 wrapped[OH_NTLM_KEY_LENGTH];
  g_autofree char *base_hex = NULL;
  g_autofree char *wrapped_hex = NULL;

  g_assert_true (oh_ntlm_nt_key (crypto, &anna, nt_key, NULL));
  g_assert_true (crypto->hmac_md5 (crypto, nt_key, g_bytes_get_data (proof, NULL), 16, base));
  g_assert_true (crypto->rc4 (crypto, base, fresh.session_key, sizeof wrapped, wrapped));
  base_hex = oh_example_hex (base, sizeof base);
  wrapped_hex = oh_example_hex (wrapped, sizeof wrapped);
  g_assert_cmpstr (base_hex, ==, "7f05c1cb605ad4acc08df50e0b6b0ffc");
  g_assert_cmpstr (wrapped_hex, ==, "9c4186c626b2e899514bdd886a0b3e1f");
}

static void
test_names (void)
{
  static const struct
  {
    const char *user, *domain, *password, *key;
  } cases[] = {
    { "anna.berg", "FABRIKAM", EXAMPLE_PASSWORD, "cb413c09519ea9839f14b1c45a578e80" },
    { "ANNA.Berg", "FABRIKAM", EXAMPLE_PASSWORD, "cb413c09519ea9839f14b1c45a578e80" },
    { "anna.berg@fabrikam.test", "", EXAMPLE_PASSWORD, "3088165e49ca3887a7e382da3c6a552f" },
    { "anna.berg", "corp.fabrikam.test", EXAMPLE_PASSWORD, "445bb0f925f9eeddeccaf31efb42454e" },
    { "müller", "Fabrikam", "Grüße€7", "df7fdaca39cc6243f6b3865faf49ed32" },
    { "MÜLLER", "Fabrikam", "Grüße€7", "df7fdaca39cc6243f6b3865faf49ed32" },
    /* [MS-NLMP] 4.2.4.1.1 */
    { "User", "Domain", "Password", "0c868a403bfd7a93a3001ef22ef02e3f" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhNtlmIdentity who = { cases[i].user, cases[i].domain, cases[i].password, "" };
      guint8 key[OH_NTLM_KEY_LENGTH];
      g_autofree char *hex = NULL;

      g_assert_true (oh_ntlm_nt_key (crypto, &who, key, NULL));
      hex = oh_example_hex (key, sizeof key);
      g_assert_cmpstr (hex, ==, cases[i].key);
    }
}

static gboolean
same_key (const char *user_a, const char *user_b)
{
  const OhNtlmIdentity a = { user_a, "D", "p", "" };
  const OhNtlmIdentity b = { user_b, "D", "p", "" };
  guint8 key_a[OH_NTLM_KEY_LENGTH];
  guint8 key_b[OH_NTLM_KEY_LENGTH];

  g_assert_true (oh_ntlm_nt_key (crypto, &a, key_a, NULL));
  g_assert_true (oh_ntlm_nt_key (crypto, &b, key_b, NULL));
  return memcmp (key_a, key_b, sizeof key_a) == 0;
}

/* Upper case as the server makes it: letter by letter, no locale, nothing gets longer. */
static void
test_upper (void)
{
  g_assert_true (same_key ("könig", "KÖNIG"));
  g_assert_true (same_key ("ivan", "IVAN"));
  g_assert_false (same_key ("ivan", "İVAN"));
  g_assert_false (same_key ("strauß", "STRAUSS"));
  g_assert_true (same_key ("жук", "ЖУК"));
  g_assert_true (same_key ("a😀", "A😀"));
}

static void
test_name_limits (void)
{
  g_autofree char *limit = g_strnfill (OH_NTLM_NAME_MAX, 'x');
  g_autofree char *beyond = g_strnfill (OH_NTLM_NAME_MAX + 1, 'x');
  const struct
  {
    OhNtlmIdentity who;
    gboolean good;
  } cases[] = {
    { { limit, "", "p", "" }, TRUE },        { { beyond, "", "p", "" }, FALSE },
    { { "u", limit, "p", "" }, TRUE },       { { "u", beyond, "p", "" }, FALSE },
    { { "u", "", limit, "" }, TRUE },        { { "u", "", beyond, "" }, FALSE },
    { { "", "D", "p", "" }, FALSE },         { { "u", "D", "", "" }, FALSE },
    { { "u\xff", "D", "p", "" }, FALSE },    { { "u", "\xff", "p", "" }, FALSE },
    { { "u", "D", "\xc3\x28", "" }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 key[OH_NTLM_KEY_LENGTH];

      g_assert_cmpint (oh_ntlm_nt_key (crypto, &cases[i].who, key, &error), ==, cases[i].good);
      if (!cases[i].good)
        g_assert_error (error, OH_ERROR, OH_ERROR_SIGN_IN);
    }
}

static void
test_offers (void)
{
  static const guint32 offer = 0xe29882f3;
  static const struct
  {
    guint32 missing;
    OhNtlmOptions options;
    guint32 flags; /* 0: refused */
  } cases[] = {
    { 0, OH_NTLM_STRICT, EXAMPLE_FLAGS },
    { OH_NTLM_56, OH_NTLM_STRICT, EXAMPLE_FLAGS },
    { OH_NTLM_UNICODE, OH_NTLM_STRICT, 0 },
    { OH_NTLM_SIGN, OH_NTLM_STRICT, 0 },
    { OH_NTLM_DATAGRAM, OH_NTLM_STRICT, 0 },
    { OH_NTLM_NTLM, OH_NTLM_STRICT, 0 },
    { OH_NTLM_IDENTIFY, OH_NTLM_STRICT, 0 },
    { OH_NTLM_KEY_EXCH, OH_NTLM_STRICT, 0 },
    { OH_NTLM_TARGET_INFO, OH_NTLM_STRICT, 0 },
    { OH_NTLM_EXTENDED_SESSION_SECURITY, OH_NTLM_STRICT, 0 },
    { OH_NTLM_EXTENDED_SESSION_SECURITY, OH_NTLM_ALLOW_OLD_SIGNATURE, 0x62908255 },
    { OH_NTLM_128, OH_NTLM_STRICT, 0 },
    { OH_NTLM_128, OH_NTLM_ALLOW_56, 0xc2988255 },
    { OH_NTLM_128 | OH_NTLM_56, OH_NTLM_ALLOW_56, 0 },
    { OH_NTLM_ALWAYS_SIGN, OH_NTLM_STRICT, 0x62980255 },
    { OH_NTLM_VERSION, OH_NTLM_STRICT, 0x60988255 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) challenge = with_flags (offer & ~cases[i].missing);
      g_auto (OhNtlmKeys) keys = { 0 };
      g_autoptr (GBytes) answer = authenticate (challenge, cases[i].options, &keys, &error);

      if (cases[i].flags == 0)
        g_assert_error (error, OH_ERROR, OH_ERROR_MECHANISM);
      else
        g_assert_no_error (error);
      g_assert_cmpint (answer != NULL, ==, cases[i].flags != 0);
      g_assert_cmphex (keys.flags, ==, cases[i].flags);
    }
}

/* Time stamp in the challenge, MIC in the answer. */
static GBytes *
stamped_challenge (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) plain = oh_example_octets (EXAMPLE_CHALLENGE);
  g_autoptr (GBytes) version = oh_example_octets ("0601b01d0000000f");
  g_autoptr (GBytes) stamp = oh_example_octets ("07000800e0c7a1b5d2d1ca0100000000");

  g_byte_array_append (out, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain) - 4);
  g_byte_array_append (out, g_bytes_get_data (stamp, NULL), g_bytes_get_size (stamp));
  memcpy (out->data + 48, g_bytes_get_data (version, NULL), 8);
  out->data[40] = out->data[42] = 156 + 12;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static char *
piece (GBytes *message, gsize at, gsize len)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  g_assert_cmpuint (at + len, <=, size);
  return oh_example_hex (data + at, len);
}

static void
test_mic (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) challenge = stamped_challenge ();
  g_auto (OhNtlmKeys) keys = { 0 };
  g_autoptr (GBytes) answer = authenticate (challenge, OH_NTLM_WITH_MIC, &keys, &error);
  g_autofree char *mic = NULL;
  g_autofree char *lm = NULL;
  g_autofree char *proof = NULL;
  g_autofree char *key = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (answer), ==, 482);
  mic = piece (answer, 72, 16);
  g_assert_cmpstr (mic, ==, "3fb5978061a034fb64fcfd52a93b6a22");
  lm = piece (answer, 88 + 16 + 18 + 18, 24);
  g_assert_cmpstr (lm, ==, "000000000000000000000000000000000000000000000000");
  proof = piece (answer, 88 + 16 + 18 + 18 + 24, 16);
  g_assert_cmpstr (proof, ==, "5eef1afacfac2203932e301fe7fed4d5");
  key = piece (answer, 482 - 16, 16);
  g_assert_cmpstr (key, ==, "e151da7aaa26bd7af0323d0abb6c7794");
}

/* Without the option a time stamp only replaces LMv2 by zeros; nothing is added. */
static void
test_stamp_without_mic (void)
{
  g_autoptr (GBytes) challenge = stamped_challenge ();
  g_auto (OhNtlmKeys) keys = { 0 };
  g_autoptr (GBytes) answer = authenticate (challenge, OH_NTLM_STRICT, &keys, NULL);
  g_autofree char *lm = piece (answer, 124, 24);
  g_autofree char *stamp = piece (answer, 148 + 16 + 8, 8);

  g_assert_cmpuint (g_bytes_get_size (answer), ==, 368 + 12);
  g_assert_cmpstr (lm, ==, "000000000000000000000000000000000000000000000000");
  g_assert_cmpstr (stamp, ==, "e0c7a1b5d2d1ca01");
}

static void
test_broken (void)
{
  static const struct
  {
    const char *what;
    gsize at;
    const char *octets;
    gsize n;
  } cases[] = {
    { "signature", 0, "X", 1 },
    { "not a challenge", 8, "\x03", 1 },
    { "target name ends outside", 12, "\xff\xff", 2 },
    { "target name begins in the head", 12, "\x02\x00\x02\x00\x10\x00\x00\x00", 8 },
    { "target name begins outside", 12, "\x02\x00\x02\x00\xd5\x00\x00\x00", 8 },
    { "target name at the end of the address space", 12, "\x02\x00\x02\x00\xff\xff\xff\xff", 8 },
    { "target information one octet too long", 40, "\x9d\x00", 2 },
    { "target information begins outside", 44, "\xd5", 1 },
    { "target information without end", 40, "\x98\x00", 2 },
    { "a pair runs over the end", 58, "\xff\x00", 2 },
    { "end pair with a value", 210, "\x01\x00", 2 },
    { "time stamp of wrong length", 56, "\x07", 1 },
    { "flags of wrong length", 56, "\x06", 1 },
    { "no target information", 40, "\x00\x00", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) challenge = patched (cases[i].at, cases[i].octets, cases[i].n);
      g_auto (OhNtlmKeys) keys = { 0 };
      g_autoptr (GBytes) answer = authenticate (challenge, OH_NTLM_STRICT, &keys, &error);

      g_test_message ("%s", cases[i].what);
      g_assert_null (answer);
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
      g_assert_cmphex (keys.flags, ==, 0);
    }
}

static void
test_cut (void)
{
  g_autoptr (GBytes) whole = oh_example_octets (EXAMPLE_CHALLENGE);

  for (gsize len = 0; len < g_bytes_get_size (whole); len++)
    {
      g_autofree guint8 *exact = g_memdup2 (g_bytes_get_data (whole, NULL), len);
      OhNtlmChallenge out;

      g_assert_false (oh_ntlm_challenge_parse (exact, len, &out, NULL));
    }
}

static void
test_message_limits (void)
{
  g_autofree guint8 *data = g_malloc0 (OH_NTLM_MESSAGE_MAX + 1);
  g_autoptr (GBytes) example = oh_example_octets (EXAMPLE_CHALLENGE);
  gsize info = OH_NTLM_TARGET_INFO_MAX;
  OhNtlmChallenge out;

  memcpy (data, g_bytes_get_data (example, NULL), g_bytes_get_size (example));
  g_assert_true (oh_ntlm_challenge_parse (data, OH_NTLM_MESSAGE_MAX, &out, NULL));
  g_assert_false (oh_ntlm_challenge_parse (data, OH_NTLM_MESSAGE_MAX + 1, &out, NULL));
  memset (data + 56, 0, info + 8);
  data[56] = 1; /* one pair fills it but for the end pair */
  data[58] = (info - 8) & 0xff;
  data[59] = (info - 8) >> 8;
  data[40] = info & 0xff;
  data[41] = info >> 8;
  g_assert_true (oh_ntlm_challenge_parse (data, 56 + info, &out, NULL));
  g_assert_cmpuint (out.info_len, ==, info);
  data[40]++;
  g_assert_false (oh_ntlm_challenge_parse (data, 56 + info + 1, &out, NULL));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  crypto = oh_ntlm_crypto_new (NULL);
  g_assert_nonnull (crypto);
  g_test_add_func ("/ntlm/example", test_example);
  g_test_add_func ("/ntlm/ladder", test_ladder);
  g_test_add_func ("/ntlm/names", test_names);
  g_test_add_func ("/ntlm/upper", test_upper);
  g_test_add_func ("/ntlm/name-limits", test_name_limits);
  g_test_add_func ("/ntlm/offers", test_offers);
  g_test_add_func ("/ntlm/mic", test_mic);
  g_test_add_func ("/ntlm/stamp-without-mic", test_stamp_without_mic);
  g_test_add_func ("/ntlm/broken", test_broken);
  g_test_add_func ("/ntlm/cut", test_cut);
  g_test_add_func ("/ntlm/message-limits", test_message_limits);
  status = g_test_run ();
  g_clear_pointer (&crypto, oh_ntlm_crypto_free);
  return status;
}
