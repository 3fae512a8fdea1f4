/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-view.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define TODAY (G_GINT64_CONSTANT (1769860800) * SECOND) /* 2026-01-31 12:00 UTC */

typedef struct
{
  const char *direction, *number, *display, *name, *outcome;
  gint64 answered_s, ended_s; /* after the beginning */
  gboolean seen;
  gint64 settled;
} Case;

static OhHistoryCall *
make (const Case *c, gint64 begun_us)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (
    g_variant_new ("(xssssssxxxsbx)", (gint64) 7, c->direction, c->number, c->display, c->name,
                   "sip:bob@fabrikam.test", "desk", begun_us,
                   c->answered_s != 0 ? begun_us + c->answered_s * SECOND : (gint64) 0,
                   c->ended_s != 0 ? begun_us + c->ended_s * SECOND : (gint64) 0, c->outcome,
                   c->seen, c->settled));

  return oh_history_call_new (variant);
}

static void
test_words (void)
{
  static const struct
  {
    Case call;
    const char *partner, *line, *icon;
    gboolean is_open;
  } cases[] = {
    { { "outgoing", "+491", "+49 1", "Bob", "answered", 5, 190, FALSE, 0 },
      "Bob",
      "Outgoing, 3:05 · +49 1",
      "call-outgoing-symbolic",
      FALSE },
    { { "incoming", "+491", "+49 1", "", "answered", 5, 10, FALSE, 0 },
      "+49 1",
      "Incoming, 0:05",
      "call-incoming-symbolic",
      FALSE },
    { { "incoming", "", "", "", "missed", 0, 10, FALSE, 0 },
      "Number withheld",
      "Incoming, missed",
      "call-missed-symbolic",
      TRUE },
    { { "incoming", "+491", "+49 1", "Bob", "missed", 0, 10, TRUE, 0 },
      "Bob",
      "Incoming, missed · +49 1",
      "call-missed-symbolic",
      FALSE },
    { { "incoming", "+491", "+49 1", "Bob", "missed", 0, 10, FALSE, 9 },
      "Bob",
      "Incoming, missed, settled since · +49 1",
      "call-missed-symbolic",
      FALSE },
    { { "incoming", "1", "1", "", "elsewhere", 0, 10, FALSE, 0 },
      "1",
      "Incoming, answered elsewhere",
      "call-incoming-symbolic",
      FALSE },
    { { "outgoing", "1", "1", "", "busy", 0, 10, FALSE, 0 },
      "1",
      "Outgoing, busy",
      "call-outgoing-symbolic",
      FALSE },
    { { "outgoing", "1", "1", "", "cancelled", 0, 10, FALSE, 0 },
      "1",
      "Outgoing, not answered",
      "call-outgoing-symbolic",
      FALSE },
    { { "outgoing", "1", "1", "", "ongoing", 5, 0, FALSE, 0 },
      "1",
      "Outgoing, going on",
      "call-outgoing-symbolic",
      FALSE },
    { { "unknown", "1", "1", "", "answered", 5, 0, FALSE, 0 },
      "1",
      "Call",
      "call-incoming-symbolic",
      FALSE },
    { { "outgoing", "1", "1", "", "unknown", 0, 0, FALSE, 0 },
      "1",
      "Outgoing, outcome unknown",
      "call-outgoing-symbolic",
      FALSE },
    { { "incoming", "1", "1",
        "Eve\nof \xe2\x80\xae"
        "all",
        "answered", 0, 0, FALSE, 0 },
      "Eve of  all",
      "Incoming · 1",
      "call-incoming-symbolic",
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHistoryCall) call = make (&cases[i].call, TODAY);
      g_autofree char *partner = oh_history_call_partner (call);
      g_autofree char *line = oh_history_call_line (call);

      g_assert_cmpstr (partner, ==, cases[i].partner);
      g_assert_cmpstr (line, ==, cases[i].line);
      g_assert_cmpstr (oh_history_call_icon (call), ==, cases[i].icon);
      g_assert_cmpint (oh_history_call_is_open (call), ==, cases[i].is_open);
    }
}

static void
test_when (void)
{
  static const struct
  {
    gint64 ago_s;
    const char *when;
  } cases[] = {
    { 0, "12:00" },
    { 2 * 3600, "10:00" },
    { 24 * 3600, "Fri 12:00" },
    { 5 * 24 * 3600, "Mon 12:00" },
    { 6 * 24 * 3600, "01/25/26" },
    { -24 * 3600, "02/01/26" }, /* a clock that was set back */
  };
  const Case c = { "outgoing", "1", "1", "", "answered", 0, 0, FALSE, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHistoryCall) call = make (&c, TODAY - cases[i].ago_s * SECOND);
      g_autofree char *when = oh_history_call_when (call, TODAY);

      g_assert_cmpstr (when, ==, cases[i].when);
    }
  {
    g_autoptr (OhHistoryCall) never = make (&c, G_MAXINT64);
    g_autofree char *when = oh_history_call_when (never, TODAY);

    g_assert_nonnull (when);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-view/words", test_words);
  g_test_add_func ("/history-view/when", test_when);
  return g_test_run ();
}
