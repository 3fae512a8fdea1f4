/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two fakes as the two bodies of one phone: which one is asked, and how often a dial leaves. */

#include "phone-ways.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *web;
  OhFakePhone *csta;
  OhPhone *phone;
  GString *told;
} Fixture;

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, GString *told)
{
  g_string_append_printf (told, "%s;", oh_phone_event_kind_word (event->kind));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->web = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->csta = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->phone =
    oh_phone_ways_new (OH_PHONE (g_object_ref (f->web)), OH_PHONE (g_object_ref (f->csta)));
  f->told = g_string_new (NULL);
  g_signal_connect (f->phone, "event", G_CALLBACK (on_event), f->told);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->phone);
  g_assert_finalize_object (f->web);
  g_assert_finalize_object (f->csta);
  g_assert_finalize_object (f->clock);
  g_string_free (f->told, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static OhPhoneOutcome
dial (Fixture *f, GError **error)
{
  OhPhoneCommand command = { .verb = OH_PHONE_DIAL, .argument = "17", .call = "a web name" };
  g_autoptr (GAsyncResult) result = NULL;

  oh_phone_send_async (f->phone, &command, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return oh_phone_send_finish (f->phone, result, error);
}

#define REFUSED OH_ERROR_PHONE_REFUSED
#define NEVER OH_ERROR_UNSUPPORTED
#define FAILED OH_PHONE_OUTCOME_FAILED
#define SENT OH_PHONE_OUTCOME_SENT
#define DONE OH_PHONE_OUTCOME_CONFIRMED
#define LOST OH_PHONE_OUTCOME_UNKNOWN

/* Everything that two bodies can say to one dial. What is not a refusal ends it: no two bodies are
 * ever both asked when the first may have dialled. */
static void
test_dial_once (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhPhoneOutcome web;
    OhError web_code;
    OhPhoneOutcome csta;
    OhError csta_code;
    OhPhoneOutcome outcome;
    OhError code;
    gboolean both; /* the other one is asked, too */
  } cases[] = {
    { SENT, 0, DONE, 0, SENT, 0, FALSE },
    { DONE, 0, DONE, 0, DONE, 0, FALSE },
    { LOST, 0, DONE, 0, LOST, 0, FALSE },
    { FAILED, REFUSED, DONE, 0, DONE, 0, TRUE },
    { FAILED, NEVER, DONE, 0, DONE, 0, TRUE },
    { FAILED, REFUSED, LOST, 0, LOST, 0, TRUE },
    { FAILED, REFUSED, FAILED, REFUSED, FAILED, REFUSED, TRUE },
    { FAILED, NEVER, FAILED, OH_ERROR_UNREACHABLE, FAILED, NEVER, TRUE },
    { FAILED, OH_ERROR_UNREACHABLE, DONE, 0, FAILED, OH_ERROR_UNREACHABLE, FALSE },
    { FAILED, OH_ERROR_UNTRUSTED, DONE, 0, FAILED, OH_ERROR_UNTRUSTED, FALSE },
    { FAILED, OH_ERROR_PHONE_LOGIN, DONE, 0, FAILED, OH_ERROR_PHONE_LOGIN, FALSE },
    { FAILED, OH_ERROR_PHONE_LOCKED_OUT, DONE, 0, FAILED, OH_ERROR_PHONE_LOCKED_OUT, FALSE },
    { FAILED, OH_ERROR_CANCELLED, DONE, 0, FAILED, OH_ERROR_CANCELLED, FALSE },
  };
  g_autoptr (GString) web = g_string_new (NULL);
  g_autoptr (GString) csta = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      oh_fake_phone_set_outcome (f->web, cases[i].web, cases[i].web_code);
      oh_fake_phone_set_outcome (f->csta, cases[i].csta, cases[i].csta_code);
      g_assert_cmpint (dial (f, &error), ==, cases[i].outcome);
      g_assert_cmpint (error != NULL ? error->code : 0, ==, (int) cases[i].code);
      g_string_append (web, "dial 17;");
      if (cases[i].both)
        g_string_append (csta, "dial 17;");
      g_assert_cmpstr (oh_fake_phone_commands (f->web), ==, web->str);
      g_assert_cmpstr (oh_fake_phone_commands (f->csta), ==, csta->str);
    }
}

/* Events of both would be every call twice. */
static void
test_one_tells (Fixture *f, gconstpointer data)
{
  OhPhoneFacts facts;

  oh_fake_phone_tell (f->csta, OH_PHONE_EVENT_INCOMING, "1", NULL);
  g_assert_cmpstr (f->told->str, ==, "");
  oh_fake_phone_tell (f->web, OH_PHONE_EVENT_INCOMING, "1", NULL);
  g_assert_cmpstr (f->told->str, ==, "incoming;");
  oh_phone_get_facts (f->phone, &facts);
  g_assert_cmpstr (facts.driver, ==, "http");
}

static gboolean
probe (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;

  oh_phone_probe_async (f->phone, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return oh_phone_probe_finish (f->phone, result, NULL);
}

/* A web page that takes commands drives, and its state is the phone's. */
static void
test_mirror (Fixture *f, gconstpointer data)
{
  g_assert_true (probe (f));
  g_assert_cmpint (oh_phone_get_state (f->phone), ==, OH_PHONE_STATE_READY);
  g_assert_cmpuint (oh_phone_get_capabilities (f->phone), ==,
                    oh_phone_get_capabilities (OH_PHONE (f->web)));
  oh_phone_set_dnd (OH_PHONE (f->web), TRUE);
  g_assert_true (oh_phone_get_dnd (f->phone));
  oh_phone_set_dnd (OH_PHONE (f->csta), FALSE);
  g_assert_true (oh_phone_get_dnd (f->phone));
  oh_phone_move (OH_PHONE (f->web), OH_PHONE_STATE_UNREACHABLE,
                 g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, "gone"));
  g_assert_cmpint (oh_phone_get_state (f->phone), ==, OH_PHONE_STATE_UNREACHABLE);
  g_assert_cmpstr (oh_phone_get_reason (f->phone)->message, ==, "gone");
  oh_phone_move (OH_PHONE (f->web), OH_PHONE_STATE_READY, NULL);
  g_assert_cmpint (oh_phone_get_state (f->phone), ==, OH_PHONE_STATE_READY);
}

static void
test_nicks (void)
{
  g_assert_cmpint (oh_phone_drive_from_nick ("auto"), ==, OH_PHONE_DRIVE_AUTO);
  g_assert_cmpint (oh_phone_drive_from_nick ("http"), ==, OH_PHONE_DRIVE_HTTP);
  g_assert_cmpint (oh_phone_drive_from_nick ("csta"), ==, OH_PHONE_DRIVE_CSTA);
  g_assert_cmpint (oh_phone_drive_from_nick (NULL), ==, OH_PHONE_DRIVE_AUTO);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/phone-ways/dial-once", test_dial_once);
  ADD ("/phone-ways/one-tells", test_one_tells);
  ADD ("/phone-ways/mirror", test_mirror);
  g_test_add_func ("/phone-ways/nicks", test_nicks);
  return g_test_run ();
}
