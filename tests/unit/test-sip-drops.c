/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-drops.h"

#include <string.h>

static GPtrArray *lines; /* what the log was told */

static GLogWriterOutput
keep_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      g_ptr_array_add (lines, g_strdup (fields[i].value));
  return G_LOG_WRITER_HANDLED;
}

static void
assert_line (guint index, const char *text)
{
  g_assert_cmpuint (index, <, lines->len);
  g_assert_cmpstr (lines->pdata[index], ==, text);
}

static OhSipMessage *
notify (void)
{
  static const char text[] = "NOTIFY sip:a SIP/2.0\r\nCall-ID: 1\r\n\r\n";
  g_autoptr (GBytes) octets = g_bytes_new_static (text, strlen (text));

  return oh_sip_message_parse (octets, NULL);
}

/* Each kind has its lines; then the next window and the end of the connection say how many are
 * missing. */
static void
test_flood (void)
{
  OhSipDrops drops = { 0 };
  g_autoptr (OhSipMessage) message = notify ();
  guint n = 0;

  for (guint i = 0; i < OH_LOG_KIND_LINES + 1000; i++)
    oh_sip_drops_add (&drops, OH_SIP_DROP_UNVERIFIED, "c7", message, "no signature", 5);
  g_assert_cmpuint (lines->len, ==, OH_LOG_KIND_LINES);
  assert_line (0, "[c7 NOTIFY] dropped, unverified, number 1 (0 before it not told): no signature");
  n = lines->len;
  oh_sip_drops_add (&drops, OH_SIP_DROP_BROKEN, "c7", NULL, "no start line", 5);
  assert_line (n++, "[c7 message] dropped, broken, number 1 (0 before it not told): no start line");

  for (guint i = 0; i < OH_LOG_KIND_LINES + 3; i++)
    oh_sip_drops_add (&drops, OH_SIP_DROP_UNVERIFIED, "c7", message, "no signature",
                      5 + OH_LOG_WINDOW_US);
  assert_line (
    n, "[c7 NOTIFY] dropped, unverified, number 1006 (1000 before it not told): no signature");
  n += OH_LOG_KIND_LINES;
  oh_sip_drops_settle (&drops, "c7");
  oh_sip_drops_settle (&drops, "c7"); /* told once */
  assert_line (n++, "[c7] dropped, unverified: 3 more, 1013 in all");
  g_assert_cmpuint (lines->len, ==, n);
  g_assert_cmpuint (drops.count[OH_SIP_DROP_UNVERIFIED], ==, 1013);
  g_assert_cmpuint (drops.count[OH_SIP_DROP_BROKEN], ==, 1);
  g_assert_cmpuint (drops.count[OH_SIP_DROP_FORGED], ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  lines = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (keep_line, NULL, NULL);
  g_test_add_func ("/sip-drops/flood", test_flood);
  status = g_test_run ();
  g_ptr_array_unref (lines);
  return status;
}
