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
    OhHttpQop qop;
    gboolean stale;
  } cases[] = {
    { "Digest realm=\"snom\", nonce=\"abc\", qop=\"auth\", algorithm=MD5", OH_HTTP_DIGEST_MD5,
      "snom", "abc", OH_HTTP_QOP_AUTH, FALSE },
    { "digest realm=\"snom\",nonce=\"abc\"", OH_HTTP_DIGEST_MD5, "snom", "abc", OH_HTTP_QOP_NONE,
      FALSE },
    { "Digest realm=\"a\", nonce=\"b\", stale=true", OH_HTTP_DIGEST_MD5, "a", "b", OH_HTTP_QOP_NONE,
      TRUE },
    { "Digest realm=\"a\", nonce=\"b\", stale=\"TRUE\"", OH_HTTP_DIGEST_MD5, "a", "b",
      OH_HTTP_QOP_NONE, TRUE },
    { "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int, auth\"", OH_HTTP_DIGEST_MD5, "a", "b",
      OH_HTTP_QOP_AUTH, FALSE },
    { "Digest realm=\"a \\\"b\\\"\", nonce=\"c\"", OH_HTTP_DIGEST_MD5, "a \"b\"", "c",
      OH_HTTP_QOP_NONE, FALSE },
    { "Digest nonce = abc , realm = x", OH_HTTP_DIGEST_MD5, "x", "abc", OH_HTTP_QOP_NONE, FALSE },
    { "Basic realm=\"snom\"", OH_HTTP_BASIC, "snom", "", OH_HTTP_QOP_NONE, FALSE },
    { "Basic", OH_HTTP_BASIC, "", "", OH_HTTP_QOP_NONE, FALSE },
    /* the best of several, in any order */
    { "Basic realm=\"x\", Digest realm=\"y\", nonce=\"n\"", OH_HTTP_DIGEST_MD5, "y", "n",
      OH_HTTP_QOP_NONE, FALSE },
    { "Digest realm=\"y\", nonce=\"n\", Basic realm=\"x\"", OH_HTTP_DIGEST_MD5, "y", "n",
      OH_HTTP_QOP_NONE, FALSE },
    { "Digest realm=y, nonce=m, algorithm=MD5, Digest realm=y, nonce=s, algorithm=SHA-256",
      OH_HTTP_DIGEST_SHA256, "y", "s", OH_HTTP_QOP_NONE, FALSE },
    { "Negotiate, NTLM, Basic realm=x", OH_HTTP_BASIC, "x", "", OH_HTTP_QOP_NONE, FALSE },
    { "Negotiate abcd==, Digest realm=\"y\", nonce=\"n\"", OH_HTTP_DIGEST_MD5, "y", "n",
      OH_HTTP_QOP_NONE, FALSE },
    { "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"", OH_HTTP_DIGEST_MD5, "a", "b",
      OH_HTTP_QOP_AUTH_INT, FALSE },
    { "Digest realm=y, nonce=s, algorithm=SHA-256-sess, Digest realm=y, nonce=m, algorithm=MD5",
      OH_HTTP_DIGEST_SHA256, "y", "s", OH_HTTP_QOP_NONE, FALSE },
    { "Digest realm=y, nonce=t, algorithm=SHA-512-256, Digest realm=y, nonce=m, algorithm=md5-SESS",
      OH_HTTP_DIGEST_MD5, "y", "m", OH_HTTP_QOP_NONE, FALSE },
    /* what cannot be answered */
    { "Digest realm=\"a\"", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"a\", nonce=\"\"", OH_HTTP_NO_SCHEME },
    { "Digest realm=\"a\", nonce=\"b\", qop=\"auth-conf\"", OH_HTTP_NO_SCHEME },
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
      g_assert_cmpint (challenge->qop, ==, cases[i].qop);
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
      g_autofree char *answer = oh_http_answer (
        challenge, cases[i].user, cases[i].password,
        &(OhHttpAsked){ .method = "GET", .target = cases[i].target }, cases[i].cnonce, 1);

      g_assert_nonnull (strstr (answer, cases[i].expected));
      g_assert_cmpint (strstr (answer, "nc=00000001") != NULL, ==,
                       challenge->qop != OH_HTTP_QOP_NONE);
      g_assert_null (strstr (answer, cases[i].password));
    }
}

/* Session, hidden name and signed body, computed by another program (hashlib of Python). */
static void
test_forms (void)
{
  static const struct
  {
    const char *params, *body;
    const char *expected[4];
  } cases[] = {
    { "", NULL, { "response=\"a77e9b95199b7809159532802dd6ee23\"", "algorithm=MD5" } },
    { ", qop=\"auth\"",
      NULL,
      { "response=\"48d12e4c15c9adec82c26b5b5b6955f0\"", "algorithm=MD5",
        "qop=auth, nc=00000001, cnonce=\"c0\"" } },
    { ", qop=\"auth-int\"",
      "x=y",
      { "response=\"c83ddcbd5c05ec3020796561cfcdd523\"", "algorithm=MD5",
        "qop=auth-int, nc=00000001, cnonce=\"c0\"" } },
    { ", qop=\"auth-int\", userhash=true",
      "x=y",
      { "response=\"c83ddcbd5c05ec3020796561cfcdd523\"", "algorithm=MD5",
        "qop=auth-int, nc=00000001, cnonce=\"c0\"",
        "username=\"a6c71fae9bfe127681249370894f25e6\", userhash=true" } },
    { ", algorithm=MD5, qop=\"auth\"",
      NULL,
      { "response=\"48d12e4c15c9adec82c26b5b5b6955f0\"", "algorithm=MD5",
        "qop=auth, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=MD5-sess",
      NULL,
      { "response=\"cc4451c43a2bec72da80c2ee86eba33c\"", "algorithm=MD5-sess" } },
    { ", algorithm=MD5-sess, userhash=true",
      NULL,
      { "response=\"cc4451c43a2bec72da80c2ee86eba33c\"", "algorithm=MD5-sess",
        "username=\"a6c71fae9bfe127681249370894f25e6\", userhash=true" } },
    { ", algorithm=MD5-sess, qop=\"auth\"",
      NULL,
      { "response=\"ee73b0f227aaa15cef34bbba2496a734\"", "algorithm=MD5-sess",
        "qop=auth, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=MD5-sess, qop=\"auth-int\"",
      "x=y",
      { "response=\"b215ed0640ba8aaa5580764f28123399\"", "algorithm=MD5-sess",
        "qop=auth-int, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=SHA-256, qop=\"auth\"",
      NULL,
      { "response=\"a2eebf61ed88351eeb67ecd6f2bc022d3b4a01d2991423e582bdef82befb8361\"",
        "algorithm=SHA-256", "qop=auth, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=SHA-256, qop=\"auth-int\"",
      "x=y",
      { "response=\"bca88c9bc151a0150aed5153382e99268b1e6e2fae9c57715dc8de9e39b085e0\"",
        "algorithm=SHA-256", "qop=auth-int, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=SHA-256, qop=\"auth-int\", userhash=true",
      "x=y",
      { "response=\"bca88c9bc151a0150aed5153382e99268b1e6e2fae9c57715dc8de9e39b085e0\"",
        "algorithm=SHA-256", "qop=auth-int, nc=00000001, cnonce=\"c0\"",
        "username=\"a37ec61c2fea306490ee86888344331e9766f0b91b1103b428fccf3f7f363017\", "
        "userhash=true" } },
    { ", algorithm=SHA-256-sess",
      NULL,
      { "response=\"bd1e2adbe43b850f5f2a78093c4d6f6d2bb9a3bac170e15198bd18d9c4cb7ccd\"",
        "algorithm=SHA-256-sess" } },
    { ", algorithm=SHA-256-sess, qop=\"auth\"",
      NULL,
      { "response=\"06e8096343c6bfb47a96a2e195103047e8ce9c7df45df9228148ba651d505db7\"",
        "algorithm=SHA-256-sess", "qop=auth, nc=00000001, cnonce=\"c0\"" } },
    { ", algorithm=SHA-256-sess, qop=\"auth-int\", userhash=true",
      "x=y",
      { "response=\"6265c0bf8636239205f0be673f20bf2b92898c73ff975e8d31db829e1db8c8f7\"",
        "algorithm=SHA-256-sess", "qop=auth-int, nc=00000001, cnonce=\"c0\"",
        "username=\"a37ec61c2fea306490ee86888344331e9766f0b91b1103b428fccf3f7f363017\", "
        "userhash=true" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header =
        g_strconcat ("Digest realm=\"snom\", nonce=\"n0\"", cases[i].params, NULL);
      g_autoptr (OhHttpChallenge) challenge = oh_http_challenge_parse (header);
      const OhHttpAsked asked = { .method = cases[i].body != NULL ? "POST" : "GET",
                                  .target = "/dummy.htm?a=b",
                                  .body = cases[i].body };
      g_autofree char *answer = oh_http_answer (challenge, "admin", "1234", &asked, "c0", 1);

      g_test_message ("%s", answer);
      for (gsize k = 0; k < G_N_ELEMENTS (cases[i].expected) && cases[i].expected[k] != NULL; k++)
        g_assert_nonnull (strstr (answer, cases[i].expected[k]));
      g_assert_cmpint (strstr (answer, "username=\"admin\"") == NULL, ==, challenge->userhash);
    }
}

static void
test_quoting (void)
{
  g_autoptr (OhHttpChallenge) challenge =
    oh_http_challenge_parse ("Digest realm=\"a\\\"b\", nonce=\"n\"");
  g_autofree char *answer = oh_http_answer (
    challenge, "o\"neil\\", "p", &(OhHttpAsked){ .method = "GET", .target = "/x?a=b" }, "c", 1);

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
  g_test_add_func ("/http-login/forms", test_forms);
  g_test_add_func ("/http-login/quoting", test_quoting);
  g_test_add_func ("/http-login/next-nonce", test_next_nonce);
  return g_test_run ();
}
