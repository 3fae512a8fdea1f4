/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm-crypto.h"

#include <string.h>

#include "error.h"
#include "ntlm-example.h"

static void
assert_hex (const guint8 *data, gsize len, const char *expected)
{
  g_autofree char *hex = oh_example_hex (data, len);

  g_assert_cmpstr (hex, ==, expected);
}

/* UTF-16LE of the repeated pattern "Zx9-": 27 to 31 and 63 characters meet the padding cases. */
static void
test_md4 (void)
{
  static const struct
  {
    guint characters;
    const char *md4;
  } cases[] = {
    { 1, "5d9ecaf62d6d99ddd95f0da0be245138" },  { 13, "3305c1de0df1c08ff88406efedc2a990" },
    { 27, "28904b333c466004fbd528dde0330094" }, { 28, "e16af73d114b0ea30fcaad38435778ea" },
    { 29, "1e64f138090239ab2e0424dc7219249a" }, { 31, "6f3acf5cb6a42b95389835e7e22a1eab" },
    { 32, "ada790909c127d2f38176f7a0a7677fd" }, { 33, "1a7594b9958db6ff9e5b680e43032b02" },
    { 63, "ce3ba1a384d6050872fa141c7cef62b7" }, { 64, "5876e174d95215f2cfbaa8ad112eea2d" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNtlmCrypto) crypto = oh_ntlm_crypto_new (&error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 text[128] = { 0 };
      guint8 out[OH_NTLM_KEY_LENGTH];

      for (gsize c = 0; c < cases[i].characters; c++)
        text[2 * c] = (guint8) "Zx9-"[c % 4];
      g_assert_true (crypto->md4 (crypto, text, (gsize) cases[i].characters * 2, out));
      assert_hex (out, sizeof out, cases[i].md4);
    }
}

/* RFC 1320 A.5, RFC 1321 A.5, RFC 2202 2 (first case) and the best known RC4 vector. */
static void
test_published (void)
{
  g_autoptr (OhNtlmCrypto) crypto = oh_ntlm_crypto_new (NULL);
  guint8 key[OH_NTLM_KEY_LENGTH];
  guint8 out[OH_NTLM_KEY_LENGTH];
  guint8 stream[10] = { 0 };
  static const guint8 zero[10] = { 0 };

  g_assert_nonnull (crypto);
  g_assert_true (crypto->md4 (crypto, NULL, 0, out));
  assert_hex (out, sizeof out, "31d6cfe0d16ae931b73c59d7e0c089c0");
  g_assert_true (crypto->md5 (crypto, (const guint8 *) "abc", 3, out));
  assert_hex (out, sizeof out, "900150983cd24fb0d6963f7d28e17f72");
  memset (key, 0x0b, sizeof key);
  g_assert_true (crypto->hmac_md5 (crypto, key, (const guint8 *) "Hi There", 8, out));
  assert_hex (out, sizeof out, "9294727a3638bb1c13f48ef8158bfc9d");
  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8) (i + 1);
  for (guint again = 0; again < 2; again++) /* each call has a fresh key stream */
    {
      g_assert_true (crypto->rc4 (crypto, key, zero, sizeof zero, stream)); /* RFC 6229 */
      assert_hex (stream, sizeof stream, "9ac7cc9a609d1ef7b293");
    }
}

static void
test_nowhere (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhNtlmCrypto) crypto = NULL;

      g_setenv ("OPENSSL_MODULES", "/nonexistent", TRUE);
      crypto = oh_ntlm_crypto_new (&error);
      g_assert_null (crypto);
      g_assert_error (error, OH_ERROR, OH_ERROR_MECHANISM);
      g_printerr ("%s\n", error->message);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*NTLM unavailable: OpenSSL has no*legacy*provider (error:*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ntlm-crypto/md4", test_md4);
  g_test_add_func ("/ntlm-crypto/published", test_published);
  g_test_add_func ("/ntlm-crypto/provider-missing", test_nowhere);
  return g_test_run ();
}
