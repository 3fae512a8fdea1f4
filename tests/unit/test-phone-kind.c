/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-kind.h"

#include <string.h>

/* Answers to the first request, with and without a login, of everything that stands on desks. */
static void
test_answers (void)
{
  static const struct
  {
    const char *server, *challenge, *location, *body;
    OhPhoneKind kind;
  } cases[] = {
    { "snom embedded", NULL, NULL, "<HTML><TITLE>reception</TITLE>", OH_PHONE_KIND_SNOM },
    { "snom embedded", "Digest realm=\"x\", nonce=\"1\"", NULL, "", OH_PHONE_KIND_SNOM },
    { NULL, "Basic realm=\"snom\"", NULL, "<TITLE>Unauthorized</TITLE>", OH_PHONE_KIND_SNOM },
    { NULL, NULL, NULL, "<TITLE>snom 320</TITLE>", OH_PHONE_KIND_SNOM },
    { NULL, NULL, NULL, "<TITLE>snomD305-8325FE</TITLE>", OH_PHONE_KIND_SNOM },
    { NULL, NULL, NULL, "<TITLE>snom VoIP phone: Error</TITLE>", OH_PHONE_KIND_SNOM },
    { NULL, NULL, NULL, "<!DOCTYPE html><title>Phone Manager</title>", OH_PHONE_KIND_SNOM_D8XX },
    { "snom embedded", NULL, NULL, "<title> phone manager </title>", OH_PHONE_KIND_SNOM_D8XX },
    { NULL, NULL, NULL, "<title>M700</title>", OH_PHONE_KIND_SNOM_DECT },
    { NULL, NULL, NULL, "<html><head><title>M300</title>", OH_PHONE_KIND_SNOM_DECT },
    { NULL, NULL, NULL, "<title>snom m9</title>", OH_PHONE_KIND_SNOM_DECT },
    { NULL, NULL, NULL, "<title>M100 KLE</title>", OH_PHONE_KIND_SNOM_OTHER },
    { "yealink embed httpd", NULL, NULL, "", OH_PHONE_KIND_YEALINK },
    { NULL, "Basic realm=\"Yealink SIP-T46U\"", NULL, "", OH_PHONE_KIND_YEALINK },
    { NULL, NULL, "/servlet?m=mod_listener&p=login&q=loginForm", "", OH_PHONE_KIND_YEALINK },
    { NULL, NULL, NULL, "<title>Yealink T54W Phone</title>", OH_PHONE_KIND_YEALINK },
    { NULL, NULL, NULL, "<a href='/servlet?m=mod_listener&p=login'>", OH_PHONE_KIND_YEALINK },
    { NULL, NULL, NULL, "<form action=/cgi-bin/ConfigManApp.com>", OH_PHONE_KIND_YEALINK },
    /* what a user types into the title of a snom does not make it a Yealink's, nor the reverse */
    { "snom embedded", NULL, NULL, "<TITLE>next to the Yealink</TITLE>", OH_PHONE_KIND_SNOM },
    { "yealink embed httpd", NULL, NULL, "<title>snom</title>", OH_PHONE_KIND_YEALINK },
    { "snom embedded", NULL, NULL,
      "<TITLE>x</TITLE> http://192.0.2.7/cgi-bin/ConfigManApp.com?key=1", OH_PHONE_KIND_SNOM },
    { "nginx", "Basic realm=\"router\"", "/login", "<title>FRITZ!Box</title>",
      OH_PHONE_KIND_UNKNOWN },
    { NULL, NULL, NULL, "", OH_PHONE_KIND_UNKNOWN },
    { NULL, NULL, NULL, "<title>", OH_PHONE_KIND_UNKNOWN },
    { NULL, NULL, NULL, "<title></title>", OH_PHONE_KIND_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhPhoneAnswer answer = { cases[i].server, cases[i].challenge, cases[i].location,
                                     oh_slice_str (cases[i].body) };

      g_test_message ("%" G_GSIZE_FORMAT " %s", i, cases[i].body);
      g_assert_cmpstr (oh_phone_kind_word (oh_phone_kind_of (&answer)), ==,
                       oh_phone_kind_word (cases[i].kind));
    }
}

static void
test_models (void)
{
  static const struct
  {
    const char *model;
    OhPhoneKind kind;
  } cases[] = {
    { "snom360", OH_PHONE_KIND_SNOM },         { "snomD785", OH_PHONE_KIND_SNOM },
    { "ET635", OH_PHONE_KIND_SNOM },           { "snomD865", OH_PHONE_KIND_SNOM_D8XX },
    { "snomM900", OH_PHONE_KIND_SNOM_DECT },   { "snomm9", OH_PHONE_KIND_SNOM_DECT },
    { "M100KLE", OH_PHONE_KIND_SNOM_OTHER },   { "SIP-T46S", OH_PHONE_KIND_YEALINK },
    { "Yealink T54W", OH_PHONE_KIND_YEALINK }, { "T54W", OH_PHONE_KIND_YEALINK },
    { "Polycom", OH_PHONE_KIND_UNKNOWN },      { NULL, OH_PHONE_KIND_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_phone_kind_word (oh_phone_kind_of_model (cases[i].model)), ==,
                     oh_phone_kind_word (cases[i].kind));
}

/* A title behind the head of the page is text of the page. */
static void
test_limit (void)
{
  g_autofree char *fill = g_strnfill (16384 - strlen ("<title>snom</title>"), ' ');
  g_autofree char *in = g_strconcat (fill, "<title>snom</title>", NULL);
  g_autofree char *out = g_strconcat (fill, "              <title>snom</title>", NULL);
  const OhPhoneAnswer near = { .body = oh_slice_str (in) };
  const OhPhoneAnswer far = { .body = oh_slice_str (out) };

  g_assert_cmpint (oh_phone_kind_of (&near), ==, OH_PHONE_KIND_SNOM);
  g_assert_cmpint (oh_phone_kind_of (&far), ==, OH_PHONE_KIND_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-kind/answers", test_answers);
  g_test_add_func ("/phone-kind/models", test_models);
  g_test_add_func ("/phone-kind/limit", test_limit);
  return g_test_run ();
}
