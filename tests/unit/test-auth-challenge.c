/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-challenge.h"

#include <string.h>

#include "error.h"
#include "ntlm-example.h"

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autofree char *exact = g_memdup2 (text, strlen (text)); /* no terminator: overreads show */

  return oh_auth_challenge_parse (oh_slice (exact, strlen (text)), error);
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) list =
    parse ("NTLM rspauth=\"0100000000000000A3CA349064000000\", srand=\"3C91D0E7\", snum=\"17\", "
           "opaque=\"7E4410C3\", qop=\"auth\", targetname=\"fe02.corp.fabrikam.test\", "
           "realm=\"SIP Communications Service\", version=4, gssapi-data=\"TlRM\"",
           NULL);
  const OhAuthChallenge *one;
  g_autofree char *hex = NULL;

  g_assert_cmpuint (list->len, ==, 1);
  one = g_ptr_array_index (list, 0);
  g_assert_cmpint (one->scheme, ==, OH_AUTH_SCHEME_NTLM);
  g_assert_cmpstr (one->scheme_text, ==, "NTLM");
  g_assert_cmpstr (one->realm, ==, EXAMPLE_REALM);
  g_assert_cmpstr (one->target, ==, EXAMPLE_TARGET);
  g_assert_cmpstr (one->opaque, ==, "7E4410C3");
  g_assert_cmpuint (one->version, ==, 4);
  g_assert_cmpstr (one->salt, ==, "3C91D0E7");
  g_assert_cmpstr (one->number, ==, "17");
  g_assert_cmpuint (one->count, ==, 17);
  g_assert_cmpmem (g_bytes_get_data (one->token, NULL), g_bytes_get_size (one->token), "NTL", 3);
  hex = oh_example_hex (g_bytes_get_data (one->signature, NULL), g_bytes_get_size (one->signature));
  g_assert_cmpstr (hex, ==, "0100000000000000a3ca349064000000");
}

/* "scheme|realm|target|version|srand" of each challenge, one after the other. */
static char *
summary (GPtrArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const OhAuthChallenge *one = g_ptr_array_index (list, i);

      g_string_append_printf (out, "%s%s|%s|%s|%u|%s", i > 0 ? " " : "",
                              oh_auth_scheme_name (one->scheme), one->realm ? one->realm : "-",
                              one->target ? one->target : "-", one->version,
                              one->salt ? one->salt : "-");
    }
  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *text, *summary;
  } cases[] = {
    { "NTLM realm=\"R\", targetname=\"fe\", version=3", "NTLM|R|fe|3|-" },
    { "ntlm REALM=\"R\",TargetName=\"fe\",VERSION=\"4\"", "NTLM|R|fe|4|-" },
    { "Kerberos realm=\"R\", targetname=\"sip/fe\"", "Kerberos|R|sip/fe|2|-" },
    { "Kerberos realm=\"R\", version=9", "Kerberos|R|-|4|-" },
    { "Kerberos realm=\"R\", version=1", "Kerberos|R|-|2|-" },
    /* two challenges in one line */
    { "Kerberos realm=\"R\", targetname=\"sip/fe\", version=4, NTLM realm=\"Q\", version=3",
      "Kerberos|R|sip/fe|4|- NTLM|Q|-|3|-" },
    { "Negotiate, NTLM realm=\"R\"", "?|-|-|2|- NTLM|R|-|2|-" },
    { "NTLM realm=\"R\", Negotiate", "NTLM|R|-|2|- ?|-|-|2|-" },
    /* a realm with commas, words and signs that look like other things */
    { "NTLM realm=\"a, Kerberos b=\\\", targetname=\"fe\"", "NTLM|a, Kerberos b=\\|fe|2|-" },
    /* rand= is inside crand= and srand= */
    { "NTLM crand=\"no\", srand=\"yes\", rand=\"neither\"", "NTLM|-|-|2|yes" },
    { "NTLM srand=5", "NTLM|-|-|2|5" },
    { "  NTLM   realm = \"R\" ,,  srand = \"x\" , ", "NTLM|R|-|2|x" },
    { "NTLM\trealm=\"\"", "NTLM||-|2|-" },
    /* what is not known is passed over, even where it is strange */
    { "Digest realm=\"x\", nonce=\"a\", realm=\"y\", stale=FALSE, NTLM realm=\"R\"",
      "Digest|-|-|2|- NTLM|R|-|2|-" },
    { "Weird version=abc, gssapi-data=\"%%\"", "?|-|-|2|-" },
    { "TLS-DSK realm=\"R\", sts-uri=\"https://web.fabrikam.test/x.svc\", version=4",
      "TLS-DSK|R|-|4|-" },
    { "NTLM", "NTLM|-|-|2|-" },
    /* broken */
    { "", NULL },
    { "   ", NULL },
    { "=\"x\"", NULL },
    { "realm=\"R\"", NULL },
    { "NTLM realm=\"R", NULL },
    { "NTLM realm=\"R\" targetname=\"fe\"", NULL },
    { "NTLM realm=\"R\", realm=\"S\"", NULL },
    { "NTLM \"R\"", NULL },
    { "NTLM/realm=\"R\"", NULL },
    { "NTLM realm=\"a\x01z\"", NULL },
    { "NTLM realm=\"\xff\"", NULL },
    { "NTLM version=abc", NULL },
    { "NTLM version=4294967296", NULL },
    { "NTLM snum=\"-1\"", NULL },
    { "NTLM snum=\"4294967296\"", NULL },
    { "NTLM snum=\"\"", NULL },
    { "NTLM rspauth=\"0\"", NULL },
    { "NTLM rspauth=\"0g\"", NULL },
    { "NTLM rspauth=\"\"", NULL },
    { "NTLM gssapi-data=\"TlR\"", NULL },
    { "NTLM gssapi-data=\"Tl RM\"", NULL },
    { "NTLM gssapi-data=\"====\"", NULL },
    { "NTLM gssapi-data=\"TQ==TQ==\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = parse (cases[i].text, &error);
      g_autofree char *text = summary (list);
      g_autofree char *shown = g_strescape (cases[i].text, NULL);

      g_test_message ("%s", shown);
      if (cases[i].summary == NULL)
        g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
      else
        g_assert_no_error (error);
      g_assert_cmpstr (text, ==, cases[i].summary != NULL ? cases[i].summary : "");
    }
}

static void
test_empty_token (void)
{
  g_autoptr (GPtrArray) list = parse ("NTLM gssapi-data=\"\"", NULL);
  const OhAuthChallenge *one = g_ptr_array_index (list, 0);

  g_assert_nonnull (one->token);
  g_assert_cmpuint (g_bytes_get_size (one->token), ==, 0);
}

static void
assert_limit (const char *before, char fill, gsize limit, gsize beyond, const char *after)
{
  const gsize sizes[] = { limit, beyond };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *filling = g_strnfill (sizes[i], fill);
      g_autofree char *text = g_strconcat (before, filling, after, NULL);
      g_autoptr (GPtrArray) list = parse (text, NULL);

      g_assert_cmpint (list != NULL, ==, i == 0);
    }
}

static char *
repeated (guint n, const char *first, const char *format)
{
  GString *out = g_string_new (first);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%s%u=\"v\"", i > 0 ? ", " : "", format, i);
  return g_string_free (out, FALSE);
}

static void
test_limits (void)
{
  assert_limit ("NTLM realm=\"", 'r', OH_AUTH_TEXT_MAX, OH_AUTH_TEXT_MAX + 1, "\"");
  assert_limit ("NTLM targetname=\"", 'r', OH_AUTH_TEXT_MAX, OH_AUTH_TEXT_MAX + 1, "\"");
  assert_limit ("NTLM opaque=\"", 'r', OH_AUTH_TEXT_MAX, OH_AUTH_TEXT_MAX + 1, "\"");
  assert_limit ("", 'S', OH_AUTH_TEXT_MAX, OH_AUTH_TEXT_MAX + 1, " realm=\"x\"");
  assert_limit ("NTLM srand=\"", '0', OH_AUTH_SALT_MAX, OH_AUTH_SALT_MAX + 1, "\"");
  assert_limit ("NTLM rspauth=\"", '0', OH_AUTH_SIGNATURE_MAX * 2, OH_AUTH_SIGNATURE_MAX * 2 + 2,
                "\"");
  assert_limit ("NTLM gssapi-data=\"", 'A', OH_AUTH_TOKEN_MAX / 3 * 4,
                OH_AUTH_TOKEN_MAX / 3 * 4 + 4, "\"");
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *params = repeated (OH_AUTH_PARAMS_MAX + extra, "NTLM ", "p");
      g_autofree char *schemes = repeated (OH_AUTH_CHALLENGES_MAX + extra, "", "S x");
      g_autoptr (GPtrArray) a = parse (params, NULL);
      g_autoptr (GPtrArray) b = parse (schemes, NULL);

      g_assert_cmpint (a != NULL, ==, extra == 0);
      g_assert_cmpint (b != NULL, ==, extra == 0);
    }
}

static void
test_format (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) token = g_bytes_new_static ("NTL", 3);
  g_autoptr (GBytes) signature = g_bytes_new_static ("\x01\xab", 2);
  const struct
  {
    OhAuthCredentials credentials;
    const char *text;
  } cases[] = {
    { { "NTLM", "R", "fe", NULL, empty, 4 },
      "NTLM qop=\"auth\", realm=\"R\", targetname=\"fe\", gssapi-data=\"\", version=4" },
    { { "NTLM", "R", "fe", NULL, empty, 2 },
      "NTLM qop=\"auth\", realm=\"R\", targetname=\"fe\", gssapi-data=\"\"" },
    { { "NTLM", "R", "fe", "7E", token, 4, "a61f09d3", 1, signature },
      "NTLM qop=\"auth\", opaque=\"7E\", realm=\"R\", targetname=\"fe\", gssapi-data=\"TlRM\", "
      "version=4, crand=\"a61f09d3\", cnum=\"1\", response=\"01ab\"" },
    { { "Kerberos", "R", "sip/fe", "7E", NULL, 4, "0b7d42e8", 2, signature },
      "Kerberos qop=\"auth\", opaque=\"7E\", realm=\"R\", targetname=\"sip/fe\", "
      "crand=\"0b7d42e8\", cnum=\"2\", response=\"01ab\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = oh_auth_credentials_format (&cases[i].credentials);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth-challenge/fields", test_fields);
  g_test_add_func ("/auth-challenge/table", test_table);
  g_test_add_func ("/auth-challenge/empty-token", test_empty_token);
  g_test_add_func ("/auth-challenge/limits", test_limits);
  g_test_add_func ("/auth-challenge/format", test_format);
  return g_test_run ();
}
