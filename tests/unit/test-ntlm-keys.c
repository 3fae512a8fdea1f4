/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm-keys.h"

#include <string.h>

#include "ntlm-crypto.h"
#include "ntlm-example.h"

static OhNtlmCrypto *crypto; /* (owned) */

static void
assert_hex (const guint8 *data, const char *expected)
{
  g_autofree char *hex = oh_example_hex (data, OH_NTLM_KEY_LENGTH);

  g_assert_cmpstr (hex, ==, expected);
}

static void
derive (guint32 flags, OhNtlmKeys *keys)
{
  g_autoptr (GBytes) session_key = oh_example_octets (EXAMPLE_SESSION_KEY);

  g_assert_true (oh_ntlm_keys_derive (crypto, g_bytes_get_data (session_key, NULL), flags, keys));
}

static gboolean
verifies (const OhNtlmKeys *keys, OhNtlmDirection direction, const char *text, const char *hex)
{
  g_autoptr (GBytes) signature = oh_example_octets (hex);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);

  return oh_ntlm_verify (crypto, keys, direction, text, strlen (text), data, len);
}

static void
test_keys (void)
{
  g_auto (OhNtlmKeys) keys = { 0 };

  derive (EXAMPLE_FLAGS, &keys);
  assert_hex (keys.sign[OH_NTLM_TO_SERVER], "702bcb55aa56a2662ebdd31a1b0a4211");
  assert_hex (keys.seal[OH_NTLM_TO_SERVER], "b18815d8fc84ddbbbb4853bcc3cfb420");
  assert_hex (keys.datagram[OH_NTLM_TO_SERVER], "834d44c4f260cf936b43e44d1997640b");
  assert_hex (keys.sign[OH_NTLM_TO_CLIENT], "f571dcdee65066c2f597289246db92ec");
  assert_hex (keys.seal[OH_NTLM_TO_CLIENT], "b090974b8b80276ca7b417e24082c9dd");
  assert_hex (keys.datagram[OH_NTLM_TO_CLIENT], "b1a0e80e216779df7afe9dffd1137bf9");
  oh_ntlm_keys_clear (&keys);
  assert_hex (keys.sign[OH_NTLM_TO_SERVER], "00000000000000000000000000000000");
}

static void
test_signatures (void)
{
  static const struct
  {
    OhNtlmDirection direction;
    const char *text, *signature;
  } cases[] = {
    { OH_NTLM_TO_SERVER, EXAMPLE_S1, EXAMPLE_S1_SIGNATURE },
    { OH_NTLM_TO_CLIENT, EXAMPLE_S2, EXAMPLE_S2_SIGNATURE },
    { OH_NTLM_TO_SERVER, EXAMPLE_S3, EXAMPLE_S3_SIGNATURE },
    { OH_NTLM_TO_CLIENT, EXAMPLE_S4, EXAMPLE_S4_SIGNATURE },
    { OH_NTLM_TO_CLIENT, EXAMPLE_S2_VERSION_2, EXAMPLE_S2_VERSION_2_SIGNATURE },
  };
  g_auto (OhNtlmKeys) keys = { 0 };

  derive (EXAMPLE_FLAGS, &keys);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 out[OH_NTLM_SIGNATURE_LENGTH];

      g_assert_true (oh_ntlm_sign (crypto, &keys, cases[i].direction, cases[i].text,
                                   strlen (cases[i].text), out));
      assert_hex (out, cases[i].signature);
      g_assert_true (verifies (&keys, cases[i].direction, cases[i].text, cases[i].signature));
    }
}

static void
test_other_sizes (void)
{
  static const struct
  {
    guint32 strength;
    const char *seal, *s1;
  } cases[] = {
    { OH_NTLM_56, "5f303662f9f67bfa4188e0bdb8eadb7a", "0100000024c58d82f050d36e64000000" },
    { 0, "602f4f3fbd79fed8480d6d0e2eac0238", "010000008f2feb1a5400d9ab64000000" },
    { OH_NTLM_56 | OH_NTLM_128, "b18815d8fc84ddbbbb4853bcc3cfb420", EXAMPLE_S1_SIGNATURE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (OhNtlmKeys) keys = { 0 };

      derive ((EXAMPLE_FLAGS & ~OH_NTLM_128) | cases[i].strength, &keys);
      assert_hex (keys.seal[OH_NTLM_TO_SERVER], cases[i].seal);
      g_assert_true (verifies (&keys, OH_NTLM_TO_SERVER, EXAMPLE_S1, cases[i].s1));
    }
}

static void
test_old_signature (void)
{
  g_auto (OhNtlmKeys) keys = { 0 };
  guint8 out[OH_NTLM_SIGNATURE_LENGTH];

  derive (EXAMPLE_FLAGS & ~OH_NTLM_EXTENDED_SESSION_SECURITY, &keys);
  g_assert_true (oh_ntlm_sign (crypto, &keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2_VERSION_2,
                               strlen (EXAMPLE_S2_VERSION_2), out));
  assert_hex (out, "01000000000000007b3d4ccb9b2c8346");
  /* the pad is anything, the rest is not */
  g_assert_true (
    verifies (&keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2_VERSION_2, "01000000a1b2c3d47b3d4ccb9b2c8346"));
  g_assert_false (
    verifies (&keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2_VERSION_2, "01000000000000007b3d4ccb9b2c8347"));
  g_assert_false (
    verifies (&keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2_VERSION_2, "02000000000000007b3d4ccb9b2c8346"));
}

/* HMAC-MD5 and RC4 with another number, as a peer that counts would sign. */
static void
sign_numbered (const OhNtlmKeys *keys, const char *text, guint8 number,
               guint8 out[OH_NTLM_SIGNATURE_LENGTH])
{
  g_autoptr (GByteArray) both = g_byte_array_new ();
  const guint8 le32[4] = { number };
  guint8 key[OH_NTLM_KEY_LENGTH + 4];
  guint8 sum[16];

  memcpy (key, keys->seal[OH_NTLM_TO_CLIENT], OH_NTLM_KEY_LENGTH);
  memcpy (key + OH_NTLM_KEY_LENGTH, le32, 4);
  g_assert_true (crypto->md5 (crypto, key, sizeof key, key));
  g_byte_array_append (both, le32, 4);
  g_byte_array_append (both, (const guint8 *) text, strlen (text));
  g_assert_true (
    crypto->hmac_md5 (crypto, keys->sign[OH_NTLM_TO_CLIENT], both->data, both->len, sum));
  memset (out, 0, OH_NTLM_SIGNATURE_LENGTH);
  out[0] = 1;
  out[12] = number;
  g_assert_true (crypto->rc4 (crypto, key, sum, 8, out + 4));
}

static void
test_refused (void)
{
  g_auto (OhNtlmKeys) keys = { 0 };
  g_auto (GStrv) pieces = g_strsplit (EXAMPLE_S2, "<200>", 2);
  g_autofree char *status_202 = g_strconcat (pieces[0], "<202>", NULL);
  g_auto (GStrv) hosts = g_strsplit (EXAMPLE_S2, "anna.berg@fabrikam.test", 2);
  g_autofree char *host_case = g_strjoinv ("anna.berg@Fabrikam.test", hosts);
  g_autoptr (GBytes) good = oh_example_octets (EXAMPLE_S2_SIGNATURE);
  guint8 wrong[OH_NTLM_SIGNATURE_LENGTH + 1] = { 0 };

  derive (EXAMPLE_FLAGS, &keys);
  for (gsize i = 0; i < OH_NTLM_SIGNATURE_LENGTH; i++) /* one octet flipped, whichever */
    {
      memcpy (wrong, g_bytes_get_data (good, NULL), OH_NTLM_SIGNATURE_LENGTH);
      wrong[i] ^= 1;
      g_assert_false (oh_ntlm_verify (crypto, &keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2,
                                      strlen (EXAMPLE_S2), wrong, OH_NTLM_SIGNATURE_LENGTH));
    }
  g_assert_false (verifies (&keys, OH_NTLM_TO_CLIENT, status_202, EXAMPLE_S2_SIGNATURE));
  g_assert_false (verifies (&keys, OH_NTLM_TO_CLIENT, host_case, EXAMPLE_S2_SIGNATURE));
  g_assert_false (verifies (&keys, OH_NTLM_TO_SERVER, EXAMPLE_S2, EXAMPLE_S2_SIGNATURE));
  memcpy (wrong, g_bytes_get_data (good, NULL), OH_NTLM_SIGNATURE_LENGTH);
  for (gsize len = 0; len <= sizeof wrong; len++) /* cut, and one octet too long */
    g_assert_cmpint (oh_ntlm_verify (crypto, &keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2,
                                     strlen (EXAMPLE_S2), wrong, len),
                     ==, len == OH_NTLM_SIGNATURE_LENGTH);
}

static void
test_number (void)
{
  g_auto (OhNtlmKeys) keys = { 0 };
  guint8 out[OH_NTLM_SIGNATURE_LENGTH];

  derive (EXAMPLE_FLAGS, &keys);
  sign_numbered (&keys, EXAMPLE_S2, 100, out);
  assert_hex (out, EXAMPLE_S2_SIGNATURE);
  sign_numbered (&keys, EXAMPLE_S2, 0, out);
  g_assert_false (oh_ntlm_verify (crypto, &keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2, strlen (EXAMPLE_S2),
                                  out, sizeof out));
}

/* Signing keys of a constant without its terminator are other keys. */
static void
test_terminator (void)
{
  static const char magic[] = "session key to server-to-client signing key magic constant";
  g_autoptr (GBytes) session_key = oh_example_octets (EXAMPLE_SESSION_KEY);
  guint8 text[OH_NTLM_KEY_LENGTH + sizeof magic];
  guint8 with[OH_NTLM_KEY_LENGTH];
  g_auto (OhNtlmKeys) keys = { 0 };

  derive (EXAMPLE_FLAGS, &keys);
  memcpy (text, g_bytes_get_data (session_key, NULL), OH_NTLM_KEY_LENGTH);
  memcpy (text + OH_NTLM_KEY_LENGTH, magic, sizeof magic);
  g_assert_true (crypto->md5 (crypto, text, sizeof text, with));
  g_assert_cmpmem (keys.sign[OH_NTLM_TO_CLIENT], OH_NTLM_KEY_LENGTH, with, sizeof with);
  g_assert_true (crypto->md5 (crypto, text, sizeof text - 1, keys.sign[OH_NTLM_TO_CLIENT]));
  g_assert_false (verifies (&keys, OH_NTLM_TO_CLIENT, EXAMPLE_S2, EXAMPLE_S2_SIGNATURE));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  crypto = oh_ntlm_crypto_new (NULL);
  g_assert_nonnull (crypto);
  g_test_add_func ("/ntlm-keys/keys", test_keys);
  g_test_add_func ("/ntlm-keys/signatures", test_signatures);
  g_test_add_func ("/ntlm-keys/other-sizes", test_other_sizes);
  g_test_add_func ("/ntlm-keys/old-signature", test_old_signature);
  g_test_add_func ("/ntlm-keys/refused", test_refused);
  g_test_add_func ("/ntlm-keys/number", test_number);
  g_test_add_func ("/ntlm-keys/terminator", test_terminator);
  status = g_test_run ();
  g_clear_pointer (&crypto, oh_ntlm_crypto_free);
  return status;
}
