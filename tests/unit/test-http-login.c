/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-login.h"

#include <string.h>

static void
test_challenge (void)
{
  static const struct
  {
    const char *header;
    OhHttpScheme scheme;
    const char *realm, *nonce;
    gboolean qop, stale;
  } cases[] = {
    { "Digest realm=\"snom\", nonce=\"abc\", qop=\"auth\", algorithm=MD5", OH_HTTP_DIGEST_MD5,
      "snom", "abc", TRUE, FALSE },
    { "digest realm=\"snom\",nonce=\"abc\"", OH_HTTP_DIGEST_MD5, "snom", "abc", FALSE, FALSE },
    { "Digest realm=\"a\", nonce=\"b\", stale=true", OH_HTTP_DIGEST_MD5, "a", "b", FALSE, TRUE },
    { "Digest realm=\"a\", nonce=\"b\", stale=\"TRUE\"", OH_HTTP_DIGEST_MD5, "a", "b", FALSE,
      TRUE },
    { "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int, auth\"", OH_HTTP_DIGEST_MD5, "a", "b", TRUE,
      FALSE },
    { "Digest realm=\"a \\\"b\\\"\", nonce=\"c\"", OH_HTTP_DIGEST_MD5, "a \"b\"", "c", FALSE,
      FALSE },
    { "Digest nonce = abc , realm = x", OH_HTTP_DIGEST_MD5, "x", "abc", FALSE, FALSE },
    { "Basic realm=\"snom\"", OH_HTTP_BASIC, "snom", "", FALSE, FALSE },
    { "Basic", OH_HTTP_BASIC, "", "", FALSE, FALSE },
    /* the best of several, in any order */
    { "Basic realm=\"x\", Digest realm=\"y\", nonce=\"n\"", OH_HTTP_DIGEST_MD5, "y", "n", FALSE,
      FALSE },
    { "Digest realm=\"y\", nonce=\"n\", Basic realm=\"x\"", OH_HTTP_DIGEST_MD5, "y", "n", FALSE,
      FALSE },
    { "Digest realm=y, nonce=m, algorithm=MD5, Digest realm=y, nonce=s, algorithm=SHA-256",
      OH_HTTP_DIGEST_SHA256, "y", "s", FALSE, FALSE },
    { "Negotiate, NTLM, Basic realm=x", OH_HTTP_BASIC, "x", "", FALSE, FALSE },
    { "Negotiate abcd==, Digest realm=\"y\", nonce=\"n\"", OH_HTTP_DIGEST_MD5, "y", "n", FALSE,
      FALSE },
    /* what cannot be answered */
    { "Digest realm=\"a\"", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"a\", nonce=\"\"", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256", OH_HTTP_NO_SCHEME },
    { "Negotiate", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"never closed", OH_HTTP_NO_SCHEME },
    { "=", OH_HTTP_NO_SCHEME },
    { ",,,", OH_HTTP_NO_SCHEME },
    { "", OH_HTTP_NO_SCHEME },
    { NULL, OH_HTTP_NO_SCHEME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHttpChallenge) challenge = oh_http_challenge_parse (cases[i].header);

      g_test_message ("%s", cases[i].header != NULL ? cases[i].header : "NULL");
      if (cases[i].scheme == OH_HTTP_NO_SCHEME)
        {
          g_assert_null (challenge);
          continue;
        }
      g_assert_nonnull (challenge);
      g_assert_cmpint (challenge->scheme, ==, cases[i].scheme);
      g_assert_cmpstr (challenge->realm, ==, cases[i].realm);
      g_assert_cmpstr (challenge->nonce, ==, cases[i].nonce);
      g_assert_cmpint (challenge->qop_auth, ==, cases[i].qop);
      g_assert_cmpint (challenge->stale, ==, cases[i].stale);
    }
}

static void
test_limit (void)
{
  static const char head[] = "Digest realm=\"a\", nonce=\"";
  g_autofree char *fits = g_strnfill (OH_HTTP_CHALLENGE_MAX - strlen (head) - 1, 'n');
  g_autofree char *last = g_strconcat (head, fits, "\"", NULL);
  g_autofree char *over = g_strconcat (head, fits, "n\"", NULL);
  g_autoptr (OhHttpChallenge) taken = oh_http_challenge_parse (last);

  g_assert_cmpuint (strlen (last), ==, OH_HTTP_CHALLENGE_MAX);
  g_assert_nonnull (taken);
  g_assert_null (oh_http_challenge_parse (over));
}

/* The worked examples of the specifications. */
static void
test_answers (void)
{
  static const struct
  {
    const char *header, *user, *password, *cnonce, *target, *expected;
  } cases[] = {
    /* RFC 7616 3.9.1 */
    { "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, "
      "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
      "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
      "Mufasa", "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "/dir/index.html",
      "response=\"8ca523f5e9506fed4657c9700eebdbec\"" },
    { "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, "
      "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
      "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"",
      "Mufasa", "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "/dir/index.html",
      "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"" },
    /* RFC 2617 3.5 */
    { "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
      "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
      "Mufasa", "Circle Of Life", "0a4f113b", "/dir/index.html",
      "response=\"6629fae49393a05397450978507c4ef1\"" },
    /* RFC 2069 2.4 as corrected: without qop */
    { "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"", "Mufasa",
      "CircleOfLife", "unused", "/dir/index.html",
      "response=\"1949323746fe6a43ef61f9606e7febea\"" },
    /* RFC 7617 2 */
    { "Basic realm=\"x\"", "Aladdin", "open sesame", "", "/",
      "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHttpChallenge) challenge = oh_http_challenge_parse (cases[i].header);
      g_autofree char *answer = oh_http_answer (challenge, cases[i].user, cases[i].password, "GET",
                                                cases[i].target, cases[i].cnonce, 1);

      g_assert_nonnull (strstr (answer, cases[i].expected));
      g_assert_cmpint (strstr (answer, "nc=00000001") != NULL, ==, challenge->qop_auth);
      g_assert_null (strstr (answer, cases[i].password));
    }
}

static void
test_quoting (void)
{
  g_autoptr (OhHttpChallenge) challenge =
    oh_http_challenge_parse ("Digest realm=\"a\\\"b\", nonce=\"n\"");
  g_autofree char *answer = oh_http_answer (challenge, "o\"neil\\", "p", "GET", "/x?a=b", "c", 1);

  g_assert_nonnull (strstr (answer, "username=\"o\\\"neil\\\\\", realm=\"a\\\"b\""));
  g_assert_nonnull (strstr (answer, "uri=\"/x?a=b\""));
}

static void
test_next_nonce (void)
{
  static const struct
  {
    const char *header, *nonce;
  } cases[] = {
    { "nextnonce=\"abc\"", "abc" },
    { "qop=auth, rspauth=\"x\", nextnonce=\"d e\", nc=00000001", "d e" },
    { "nextnonce=abc", "abc" },
    { "nextnonce=\"\"", NULL },
    { "rspauth=\"x\"", NULL },
    { "garbage", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *nonce = oh_http_next_nonce (cases[i].header);

      g_assert_cmpstr (nonce, ==, cases[i].nonce);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-login/challenge", test_challenge);
  g_test_add_func ("/http-login/limit", test_limit);
  g_test_add_func ("/http-login/answers", test_answers);
  g_test_add_func ("/http-login/quoting", test_quoting);
  g_test_add_func ("/http-login/next-nonce", test_next_nonce);
  return g_test_run ();
}
