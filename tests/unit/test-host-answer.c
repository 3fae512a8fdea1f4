/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-answer.h"

static void
test_answers (void)
{
  static const struct
  {
    const char *body, *server, *challenge;
    OhFoundKind kind;
    const char *maker, *model, *mac;
  } cases[] = {
    { "<HTML><TITLE>snom 360</TITLE>Mac: 000413AABBCC<br>Firmware-Version: snom360-SIP 8.7.5.17",
      "snom embedded", NULL, OH_FOUND_DESK, "snom", "snom360", "000413AABBCC" },
    { "<HTML><TITLE>Unauthorized</TITLE>", NULL, "Digest realm=\"snom D785\", nonce=\"1\"",
      OH_FOUND_DESK, "snom", NULL, NULL },
    { "<html><title>Phone Manager</title>", NULL, NULL, OH_FOUND_DESK, "snom", NULL, NULL },
    { "<html><head><title>M700</title>", NULL, NULL, OH_FOUND_DECT, "snom", "snomM700", NULL },
    { "<html><head><title>Snom M300 base</title>", NULL, NULL, OH_FOUND_DECT, "snom", "snomM300",
      NULL },
    { "<html><title>Yealink T46S</title>", NULL, NULL, OH_FOUND_DESK, "Yealink", NULL, NULL },
    { "", NULL, "Digest realm=\"Yealink SIP-T46S\"", OH_FOUND_DESK, "Yealink", NULL, NULL },
    { "<html><title>Router</title>", "nginx", "Basic realm=\"admin\"", OH_FOUND_NONE, "", NULL,
      NULL },
    { "", NULL, NULL, OH_FOUND_NONE, "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHostAnswer) answer =
        oh_host_answer_read (oh_slice_str (cases[i].body), cases[i].server, cases[i].challenge);

      g_assert_cmpint (answer->kind, ==, cases[i].kind);
      g_assert_cmpstr (oh_phone_maker_name (answer->maker), ==, cases[i].maker);
      g_assert_cmpstr (answer->model, ==, cases[i].model);
      g_assert_cmpstr (answer->mac, ==, cases[i].mac);
    }
}

static void
test_dect (void)
{
  static const struct
  {
    const char *text, *name;
  } cases[] = {
    { "M300", "M300" },   { "snomM700", "M700" }, { "Snom M900 Multicell", "M900" },
    { "snom-m9", "M9" },  { "M400", "M400" },     { "snom m3", "M3" },
    { "snom 300", NULL }, { "M305", NULL },       { "snomD305", NULL },
    { "Media", NULL },    { "", NULL },           { NULL, NULL },
    { "M9000", NULL },    { "snom 370", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_host_answer_dect (cases[i].text), ==, cases[i].name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-answer/answers", test_answers);
  g_test_add_func ("/host-answer/dect", test_dect);
  return g_test_run ();
}
