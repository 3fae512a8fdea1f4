/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-policy.h"

#define S G_GINT64_CONSTANT (1000000)

static void
test_granted (void)
{
  static const struct
  {
    const char *expires; /* NULL for no header */
    guint64 seconds;
  } cases[] = {
    { "3600", 3600 },
    { "0", 0 },
    { "86400", OH_EVENT_EXPIRES_MAX_S },
    { "86401", OH_EVENT_EXPIRES_MAX_S },
    { "99999999999999999999", OH_EVENT_EXPIRES_MAX_S },
    { "soon", OH_EVENT_EXPIRES_MAX_S },
    { NULL, OH_EVENT_EXPIRES_DEFAULT_S },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) message = oh_sip_message_new_request ("SUBSCRIBE", "sip:a@b.test");

      if (cases[i].expires != NULL)
        oh_sip_message_add (message, "Expires", cases[i].expires);
      g_test_message ("%s", cases[i].expires);
      g_assert_cmpuint (oh_event_granted_s (message), ==, cases[i].seconds);
    }
}

static void
test_refresh_delay (void)
{
  static const struct
  {
    guint64 expires_s;
    gint64 delay_s;
  } cases[] = {
    { 0, 1 }, { 1, 1 }, { 3, 1 }, { 4, 2 }, { 240, 120 }, { 241, 121 }, { 28800, 28680 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_event_refresh_delay_us (cases[i].expires_s), ==, cases[i].delay_s * S);
}

static void
test_end (void)
{
  static const struct
  {
    const char *state; /* NULL for no header */
    OhEventEnd end;
    gint64 retry_s;
  } cases[] = {
    { NULL, OH_EVENT_GOES_ON, 0 },
    { "", OH_EVENT_GOES_ON, 0 },
    { "active;expires=60;reason=rejected", OH_EVENT_GOES_ON, 0 },
    { "pending", OH_EVENT_GOES_ON, 0 },
    { "terminated", OH_EVENT_ENDED, 0 },
    { "TERMINATED;reason=probation;retry-after=30", OH_EVENT_ENDED, 30 },
    { "terminated;retry-after=86401", OH_EVENT_ENDED, 0 },
    { "terminated;retry-after=-1", OH_EVENT_ENDED, 0 },
    { "terminated;Reason=Rejected;retry-after=30", OH_EVENT_ENDED_FOR_GOOD, 0 },
    { "terminated;reason=noresource", OH_EVENT_ENDED_FOR_GOOD, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) notify = oh_sip_message_new_request ("NOTIFY", "sip:a@b.test");
      gint64 retry_us = 77;

      if (cases[i].state != NULL)
        oh_sip_message_add (notify, "Subscription-State", cases[i].state);
      g_test_message ("%s", cases[i].state);
      g_assert_cmpint (oh_event_end (notify, &retry_us), ==, cases[i].end);
      g_assert_cmpint (retry_us, ==, cases[i].retry_s * S);
    }
}

static void
test_passing (void)
{
  static const guint passing[] = { 401, 407, 408, 481, 491, 500, 503, 504, 600 };
  static const guint final[] = { 400, 403, 404, 405, 413, 415, 480, 488, 489, 513 };

  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    g_assert_true (oh_event_is_passing (passing[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (final); i++)
    g_assert_false (oh_event_is_passing (final[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-policy/granted", test_granted);
  g_test_add_func ("/event-policy/refresh-delay", test_refresh_delay);
  g_test_add_func ("/event-policy/end", test_end);
  g_test_add_func ("/event-policy/passing", test_passing);
  return g_test_run ();
}
