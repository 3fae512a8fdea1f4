/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redact-token.h"

#include <string.h>

#include "ntlm-example.h"

static char *
redact (const char *base64)
{
  GString *out = g_string_new (NULL);

  oh_redact_token (oh_slice_str (base64), out);
  return g_string_free (out, FALSE);
}

static char *
redact_hex (const char *hex)
{
  g_autoptr (GBytes) octets = oh_example_octets (hex);
  g_autofree char *base64 =
    g_base64_encode (g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));

  return redact (base64);
}

static char *
hex_of (const char *base64)
{
  gsize len;
  g_autofree guint8 *data = g_base64_decode (base64, &len);

  return oh_example_hex (data, len);
}

/* Head and names are those of the example, everything from the first response on is zero. */
static void
test_authenticate (void)
{
  g_autofree char *safe = redact (EXAMPLE_AUTHENTICATE_BASE64);
  g_autofree char *hex = hex_of (safe);

  g_assert_cmpuint (strlen (hex), ==, strlen (EXAMPLE_AUTHENTICATE));
  g_assert_cmpint (strncmp (hex, EXAMPLE_AUTHENTICATE, 2 * 0x7c), ==, 0);
  g_assert_cmpuint (strspn (hex + 2 * 0x7c, "0"), ==, strlen (hex) - 2 * 0x7c);
}

static void
test_names (void)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  g_autofree char *safe = redact (EXAMPLE_AUTHENTICATE_BASE64);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *hex = NULL;

  oh_redact_token_names (oh_slice_str (safe), names, out);
  hex = hex_of (out->str);
  g_assert_nonnull (strstr (hex, "46004100420052004900"));         /* FABRI…: the domain stays */
  g_assert_null (strstr (hex, "61006e006e0061002e00"));            /* anna. */
  g_assert_null (strstr (hex, "4400450053004b00"));                /* DESK */
  g_assert_nonnull (strstr (hex, "70006500720073006f006e003100")); /* person1 */
  g_assert_nonnull (strstr (hex, "48004f00530054003100"));         /* HOST1 */
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, oh_slice_str (EXAMPLE_USER)), ==,
                   "person1");
}

static void
test_others (void)
{
  static const struct
  {
    const char *token, *expected;
  } cases[] = {
    { EXAMPLE_CHALLENGE_BASE64, EXAMPLE_CHALLENGE_BASE64 },
    { "TlRMTVNTUAABAAAAB4IIAA==", "TlRMTVNTUAABAAAAB4IIAA==" }, /* NEGOTIATE */
    { "", "" },
    { "YIIEzAYJKoZIhvcSAQICAQBugg==", "removed" }, /* Kerberos */
    { "TlRMTVNTUAADAAAA", "removed" },             /* cut off */
    { "TlRMTVNTUAAEAAAA", "removed" },             /* no such type */
    { "!!!", "removed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = redact (cases[i].token);

      g_assert_cmpstr (safe, ==, cases[i].expected);
    }
}

/* A response that lies outside is not ours to guess; a name that claims the octets of a response
 * gets zeros. */
static void
test_lies (void)
{
  g_autofree char *outside = g_strdup (EXAMPLE_AUTHENTICATE);
  g_autofree char *claimed = g_strdup (EXAMPLE_AUTHENTICATE);
  g_autofree char *refused = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *hex = NULL;

  memcpy (outside + 2 * 24, "ffff0000", 8); /* the NT response begins there */
  refused = redact_hex (outside);
  g_assert_cmpstr (refused, ==, OH_REDACTED);
  memcpy (claimed + 2 * 36, "cc00cc0094000000", 16); /* the user is the NT response */
  safe = redact_hex (claimed);
  hex = hex_of (safe);
  g_assert_cmpuint (strspn (hex + 2 * 0x7c, "0"), ==, strlen (hex) - 2 * 0x7c);
}

static void
test_limit (void)
{
  g_autofree char *token = g_strnfill (OH_REDACT_TOKEN_MAX + 4, 'A');
  g_autofree char *beyond = NULL;
  g_autofree char *within = NULL;

  memcpy (token, "TlRMTVNTUAABAAAA", 16);
  beyond = redact (token);
  g_assert_cmpstr (beyond, ==, OH_REDACTED);
  token[OH_REDACT_TOKEN_MAX] = '\0';
  within = redact (token);
  g_assert_cmpstr (within, ==, token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact-token/authenticate", test_authenticate);
  g_test_add_func ("/redact-token/names", test_names);
  g_test_add_func ("/redact-token/others", test_others);
  g_test_add_func ("/redact-token/lies", test_lies);
  g_test_add_func ("/redact-token/limit", test_limit);
  return g_test_run ();
}
