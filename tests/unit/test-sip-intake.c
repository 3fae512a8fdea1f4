/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-intake.h"

#include <string.h>

#include "fake-clock.h"

#define MESSAGE "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r\nab"
#define HEAD "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 131072\r\n\r\n"

typedef struct
{
  OhFakeClock *clock;
  OhSipIntake intake;
  GString *seen; /* each message and a bar, "broken|", "endless|" */
  gboolean stops;
} Fixture;

static void
on_message (GBytes *message, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append_len (f->seen, g_bytes_get_data (message, NULL),
                       (gssize) g_bytes_get_size (message));
  g_string_append_c (f->seen, '|');
  if (f->stops)
    oh_sip_intake_stop (&f->intake);
}

static void
on_broken (gboolean endless, gpointer user_data)
{
  Fixture *f = user_data;

  g_string_append (f->seen, endless ? "endless|" : "broken|");
  oh_sip_intake_stop (&f->intake);
}

static const OhSipIntakeFuncs funcs = { on_message, on_broken };

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->seen = g_string_new (NULL);
  oh_sip_intake_init (&f->intake, OH_CLOCK (f->clock), &funcs, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_sip_intake_clear (&f->intake);
  oh_sip_intake_clear (&f->intake);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  g_string_free (f->seen, TRUE);
}

static void
feed (Fixture *f, const char *text)
{
  oh_sip_intake_feed (&f->intake, (const guint8 *) text, strlen (text));
}

static void
test_octet_by_octet (Fixture *f, gconstpointer data)
{
  const char *text = "\r\n\r\n" MESSAGE "\r\n" MESSAGE;

  for (gsize i = 0; text[i] != '\0'; i++)
    oh_sip_intake_feed (&f->intake, (const guint8 *) text + i, 1);
  g_assert_cmpstr (f->seen->str, ==, MESSAGE "|" MESSAGE "|");
}

/* Whoever stops in the middle hears of nothing behind it, then or later. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  f->stops = TRUE;
  feed (f, MESSAGE MESSAGE "OPT");
  feed (f, MESSAGE);
  g_assert_cmpstr (f->seen->str, ==, MESSAGE "|");
}

static void
test_broken (Fixture *f, gconstpointer data)
{
  feed (f, MESSAGE "X sip:a SIP/2.0\r\nl: x\r\n\r\n" MESSAGE);
  g_assert_cmpstr (f->seen->str, ==, MESSAGE "|broken|");
}

/* To the limit and one microsecond further; what comes meanwhile buys a second for each 64 KiB. */
static void
test_endless (Fixture *f, gconstpointer data)
{
  g_autofree char *half = g_strnfill (OH_SIP_MESSAGE_OCTETS_PER_S, 'x');

  feed (f, HEAD);
  feed (f, half);
  oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US + G_USEC_PER_SEC - 1);
  g_assert_cmpstr (f->seen->str, ==, "");
  oh_fake_clock_advance (f->clock, 1);
  g_assert_cmpstr (f->seen->str, ==, "endless|");
}

static void
test_patience (Fixture *f, gconstpointer data)
{
  feed (f, "OPTIONS");
  oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US - 1);
  feed (f, &MESSAGE[strlen ("OPTIONS")]);
  oh_fake_clock_advance (f->clock, 10 * OH_SIP_MESSAGE_LIMIT_US);
  g_assert_cmpstr (f->seen->str, ==, MESSAGE "|");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/sip-intake/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("octet-by-octet", test_octet_by_octet);
  ADD ("stopped", test_stopped);
  ADD ("broken", test_broken);
  ADD ("endless", test_endless);
  ADD ("patience", test_patience);
  return g_test_run ();
}
