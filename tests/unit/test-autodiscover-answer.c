/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "autodiscover-answer.h"

#include <string.h>

#include "error.h"

#define DOC(location, inner)                                                                       \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?><AutodiscoverResponse "                               \
  "xmlns=\"http://schemas.microsoft.com/rtc/2010/03/autodiscover\"" location ">" inner             \
  "</AutodiscoverResponse>"

#define ACCESS                                                                                     \
  "<User><SipServerInternalAccess fqdn=\"no.test\" port=\"5061\"/>"                                \
  "<SipClientInternalAccess fqdn=\"pool1.fabrikam.test\" port=\"5061\"/>"                          \
  "<SipClientExternalAccess fqdn=\"edge.fabrikam.test\" port=\"443\"/></User>"

static void
test_documents (void)
{
  static const struct
  {
    const char *text;
    gboolean external;
    const char *user, *redirect, *inside, *outside;
  } cases[] = {
    { DOC (" AccessLocation=\"External\"", ACCESS), TRUE, NULL, NULL, "pool1.fabrikam.test:5061",
      "edge.fabrikam.test:443" },
    { DOC (" AccessLocation=\"Internal\"", ACCESS), FALSE, NULL, NULL, "pool1.fabrikam.test:5061",
      "edge.fabrikam.test:443" },
    { DOC ("", ACCESS), FALSE, NULL, NULL, "pool1.fabrikam.test:5061", "edge.fabrikam.test:443" },
    { DOC ("", "<Root><Link token=\"Domain\" href=\"https://a/d\"/>"
               "<Link token=\"User\" href=\"https://a/u\"/></Root>"),
      FALSE, "https://a/u", NULL, NULL, NULL },
    { DOC ("", "<Root><Link token=\"Redirect\" href=\"https://b/\"/></Root>"), FALSE, NULL,
      "https://b/", NULL, NULL },
    { DOC ("", "<User><Link token=\"redirect\" href=\"https://c/\"/></User>"), FALSE, NULL,
      "https://c/", NULL, NULL },
    { DOC ("", "<User><SipClientExternalAccess fqdn=\"e\" port=\"1\"/></User>"), FALSE, NULL, NULL,
      NULL, "e:1" },
    { DOC ("", "<User><SipClientExternalAccess fqdn=\"e\" port=\"65535\"/></User>"), FALSE, NULL,
      NULL, NULL, "e:65535" },
    /* nothing that leads anywhere */
    { DOC ("", ""), FALSE, NULL, NULL, NULL, NULL },
    { DOC ("", "<Root/>"), FALSE, NULL, NULL, NULL, NULL },
    { DOC ("", "<Root><Link token=\"User\"/><Link href=\"https://a/\"/></Root>"), FALSE, NULL, NULL,
      NULL, NULL },
    { DOC ("", "<User><SipClientInternalAccess fqdn=\"a\"/></User>"), FALSE, NULL, NULL, NULL,
      NULL },
    { DOC ("", "<User><SipClientInternalAccess fqdn=\"a\" port=\"0\"/></User>"), FALSE, NULL, NULL,
      NULL, NULL },
    { DOC ("", "<User><SipClientInternalAccess fqdn=\"a\" port=\"65536\"/></User>"), FALSE, NULL,
      NULL, NULL, NULL },
    { DOC ("", "<User><SipClientInternalAccess fqdn=\"\" port=\"5061\"/></User>"), FALSE, NULL,
      NULL, NULL, NULL },
    { "<Other>" ACCESS "</Other>", FALSE, NULL, NULL, NULL, NULL },
    { "<!DOCTYPE a [<!ENTITY e \"x\">]>" DOC ("", ACCESS), FALSE, NULL, NULL, NULL, NULL },
    { "<html>", FALSE, NULL, NULL, NULL, NULL },
    { "", FALSE, NULL, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhAutodiscoverAnswer) answer =
        oh_autodiscover_answer_parse (oh_slice_str (cases[i].text), &error);
      g_autofree char *inside = NULL;
      g_autofree char *outside = NULL;

      g_test_message ("%s", cases[i].text);
      if (cases[i].user == NULL && cases[i].redirect == NULL && cases[i].inside == NULL &&
          cases[i].outside == NULL)
        {
          g_assert_null (answer);
          g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
          continue;
        }
      g_assert_no_error (error);
      if (answer->inside_host != NULL)
        inside = g_strdup_printf ("%s:%u", answer->inside_host, answer->inside_port);
      if (answer->outside_host != NULL)
        outside = g_strdup_printf ("%s:%u", answer->outside_host, answer->outside_port);
      g_assert_cmpint (answer->external, ==, cases[i].external);
      g_assert_cmpstr (answer->user, ==, cases[i].user);
      g_assert_cmpstr (answer->redirect, ==, cases[i].redirect);
      g_assert_cmpstr (inside, ==, cases[i].inside);
      g_assert_cmpstr (outside, ==, cases[i].outside);
    }
}

/* The longest document, and one octet more. */
static void
test_size (void)
{
  g_autofree char *blanks = g_strnfill (OH_AUTODISCOVER_SIZE_MAX, ' ');
  const char *text = DOC ("", ACCESS);
  gsize len = strlen (text);

  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *whole =
        g_strdup_printf ("%s%.*s", text, (int) (OH_AUTODISCOVER_SIZE_MAX - len + extra), blanks);
      g_autoptr (OhAutodiscoverAnswer) answer =
        oh_autodiscover_answer_parse (oh_slice_str (whole), NULL);

      g_assert_cmpint (answer != NULL, ==, extra == 0);
    }
}

static void
test_next (void)
{
  static const struct
  {
    const char *from, *href, *next;
  } cases[] = {
    { "http://a.test/", "http://b.test/x?y=z", "http://b.test/x?y=z" },
    { "http://a.test/", "https://b.test/", "https://b.test/" },
    { "https://a.test/", "https://b.test/", "https://b.test/" },
    { "https://a.test/", "http://b.test/", NULL }, /* never back */
    { "https://a.test/", "http://a.test/", NULL },
    { "https://a.test/p/q", "r", "https://a.test/p/r" },
    { "https://a.test/p", "/r?s", "https://a.test/r?s" },
    { "https://a.test/p", "//b.test/r", "https://b.test/r" },
    { "http://a.test/", "file:///etc/passwd", NULL },
    { "http://a.test/", "ftp://b.test/", NULL },
    { "http://a.test/", "data:text/xml,x", NULL },
    { "http://a.test/", "https://user:secret@b.test/", NULL },
    { "http://a.test/", "https:///x", NULL },
    { "http://a.test/", "https://b.test:99999/", NULL },
    { "http://a.test/", "https://[b/", NULL },
    { "nothing", "https://b.test/", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *next = oh_autodiscover_next_url (cases[i].from, cases[i].href, &error);

      g_assert_cmpstr (next, ==, cases[i].next);
      if (next == NULL)
        g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

static void
test_next_size (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *tail =
        g_strnfill (OH_AUTODISCOVER_URL_MAX - strlen ("https://b/") + extra, 'x');
      g_autofree char *href = g_strconcat ("https://b/", tail, NULL);
      g_autofree char *next = oh_autodiscover_next_url ("http://a/", href, NULL);

      g_assert_cmpint (next != NULL, ==, extra == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/autodiscover-answer/documents", test_documents);
  g_test_add_func ("/autodiscover-answer/size", test_size);
  g_test_add_func ("/autodiscover-answer/next", test_next);
  g_test_add_func ("/autodiscover-answer/next-size", test_next_size);
  return g_test_run ();
}
