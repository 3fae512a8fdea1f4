/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-page.h"

#include <string.h>

static void
test_pages (void)
{
  static const struct
  {
    const char *body, *server;
    OhSnomLook look;
    const char *model, *firmware, *mac;
  } cases[] = {
    { "<HTML><HEAD><TITLE>snomD785-8325FE</TITLE></HEAD><BODY><PRE>\nMac:000413AABBCC\n"
      "Hardware: D785\nFirmware-Version: snomD785-SIP 10.1.54.13\n</PRE></BODY></HTML>",
      NULL, OH_SNOM_LOOK_CLASSIC, "snomD785", "10.1.54.13", "000413AABBCC" },
    { "<HTML><TITLE>reception</TITLE><TABLE><TR><TD>Mac:</TD><TD>00:04:13:aa:bb:cc</TD></TR>"
      "<TR><TD>Hardware:</TD><TD>snom360</TD></TR>"
      "<TR><TD>Firmware-Version:</TD><TD>snom360-SIP 8.7.5.17</TD></TR></TABLE>",
      NULL, OH_SNOM_LOOK_CLASSIC, "snom360", "8.7.5.17", "000413AABBCC" },
    { "<TITLE>x</TITLE>Firmware-Version: 10.1.1.1 Hardware:D735", "snom embedded",
      OH_SNOM_LOOK_CLASSIC, "snomD735", "10.1.1.1", NULL },
    { "<title>snom 300</title>", NULL, OH_SNOM_LOOK_CLASSIC, NULL, NULL, NULL },
    { "<!DOCTYPE html><html><head><title>Phone Manager</title></head><div id=app></div>", NULL,
      OH_SNOM_LOOK_MANAGER, NULL, NULL, NULL },
    { "<HTML><TITLE>snom360</TITLE><P>Access has been blocked.</P>", NULL, OH_SNOM_LOOK_BLOCKED,
      NULL, NULL, NULL },
    { "<TITLE>snom VoIP phone: Error</TITLE>", NULL, OH_SNOM_LOOK_ERROR, NULL, NULL, NULL },
    { "<title>FRITZ!Box</title>", "webserver", OH_SNOM_LOOK_OTHER, NULL, NULL, NULL },
    { "", NULL, OH_SNOM_LOOK_OTHER, NULL, NULL, NULL },
    { "", "snom embedded", OH_SNOM_LOOK_CLASSIC, NULL, NULL, NULL },
    { "<title", NULL, OH_SNOM_LOOK_OTHER, NULL, NULL, NULL },
    { "<title>snom never closed", NULL, OH_SNOM_LOOK_CLASSIC, NULL, NULL, NULL },
    /* no name that could not be a model's comes through */
    { "<title>snom</title>Hardware: <b>&lt;script&gt;</b> Mac:12 Firmware: ../../etc", NULL,
      OH_SNOM_LOOK_CLASSIC, NULL, NULL, NULL },
    { "<title>snom</title>Hardware: D785\001", NULL, OH_SNOM_LOOK_CLASSIC, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSnomPage) page =
        oh_snom_page_parse (oh_slice_str (cases[i].body), cases[i].server);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (page->look, ==, cases[i].look);
      g_assert_cmpstr (page->model, ==, cases[i].model);
      g_assert_cmpstr (page->firmware, ==, cases[i].firmware);
      g_assert_cmpstr (page->mac, ==, cases[i].mac);
    }
}

/* A short page with the word is a lock-out, a long one speaks of something else. */
static void
test_blocked_limit (void)
{
  static const char text[] = "<TITLE>snom</TITLE>blocked";
  g_autofree char *fits = g_strnfill (8192 - strlen (text), ' ');
  g_autofree char *page = g_strconcat (text, fits, NULL);
  g_autofree char *over = g_strconcat (page, " ", NULL);
  g_autoptr (OhSnomPage) locked = oh_snom_page_parse (oh_slice_str (page), NULL);
  g_autoptr (OhSnomPage) other = oh_snom_page_parse (oh_slice_str (over), NULL);

  g_assert_cmpint (locked->look, ==, OH_SNOM_LOOK_BLOCKED);
  g_assert_cmpint (other->look, ==, OH_SNOM_LOOK_CLASSIC);
}

static void
test_answers (void)
{
  static const struct
  {
    guint status;
    OhSnomLook look;
    gboolean acts;
    OhSnomAnswer answer;
  } cases[] = {
    { 200, OH_SNOM_LOOK_CLASSIC, TRUE, OH_SNOM_ANSWER_ACCEPTED },
    { 204, OH_SNOM_LOOK_OTHER, TRUE, OH_SNOM_ANSWER_ACCEPTED },
    { 302, OH_SNOM_LOOK_OTHER, TRUE, OH_SNOM_ANSWER_ACCEPTED },
    { 302, OH_SNOM_LOOK_OTHER, FALSE, OH_SNOM_ANSWER_MOVED },
    { 307, OH_SNOM_LOOK_OTHER, TRUE, OH_SNOM_ANSWER_MOVED },
    { 401, OH_SNOM_LOOK_CLASSIC, TRUE, OH_SNOM_ANSWER_LOGIN },
    { 401, OH_SNOM_LOOK_BLOCKED, FALSE, OH_SNOM_ANSWER_LOGIN },
    { 200, OH_SNOM_LOOK_BLOCKED, TRUE, OH_SNOM_ANSWER_LOCKED_OUT },
    { 403, OH_SNOM_LOOK_BLOCKED, TRUE, OH_SNOM_ANSWER_LOCKED_OUT },
    { 403, OH_SNOM_LOOK_ERROR, FALSE, OH_SNOM_ANSWER_LOCKED_OUT },
    { 403, OH_SNOM_LOOK_ERROR, TRUE, OH_SNOM_ANSWER_REFUSED },
    { 200, OH_SNOM_LOOK_MANAGER, TRUE, OH_SNOM_ANSWER_FOREIGN },
    { 404, OH_SNOM_LOOK_ERROR, TRUE, OH_SNOM_ANSWER_FOREIGN },
    { 500, OH_SNOM_LOOK_OTHER, TRUE, OH_SNOM_ANSWER_BROKEN },
    { 0, OH_SNOM_LOOK_OTHER, FALSE, OH_SNOM_ANSWER_BROKEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_snom_answer_judge (cases[i].status, cases[i].look, cases[i].acts), ==,
                     cases[i].answer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-page/pages", test_pages);
  g_test_add_func ("/snom-page/blocked-limit", test_blocked_limit);
  g_test_add_func ("/snom-page/answers", test_answers);
  return g_test_run ();
}
