/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pairing.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"

#define KEY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* --- a display that shows what the test lets it --------------------------------------------- */

static struct
{
  guint opened;
  char *code;
  char *user;
  GTask *task; /* of the page that is to be shown */
} display;

static GObject *
fake_open (const char *address, OhClock *clock)
{
  display.opened++;
  return g_object_new (G_TYPE_OBJECT, NULL);
}

static void
fake_show_async (GObject *self, const char *user, const char *password, const char *code,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_free (display.code);
  display.code = g_strdup (code);
  g_free (display.user);
  display.user = g_strdup (user);
  g_clear_object (&display.task);
  display.task = g_task_new (self, cancellable, callback, user_data);
}

static gboolean
fake_show_finish (GObject *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const char *
fake_fingerprint (GObject *self)
{
  return KEY;
}

static const char *
fake_mac (GObject *self)
{
  return "000413AABBCC";
}

static const OhPairingDisplay how = {
  fake_open, fake_show_async, fake_show_finish, fake_fingerprint, fake_mac,
};

/* --- fixture -------------------------------------------------------------------------------- */

typedef struct
{
  OhFakeClock *clock;
  OhPairing *pairing;
  OhPairingWay way;
  GError *error;
  guint n_results;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  memset (&display, 0, sizeof display);
  f->clock = oh_fake_clock_new ();
  f->pairing = oh_pairing_new (&how, OH_CLOCK (f->clock));
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (display.task != NULL && !g_task_get_completed (display.task))
    g_task_return_boolean (display.task, FALSE);
  settle ();
  g_clear_object (&display.task);
  g_clear_object (&f->pairing);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->clock);
  g_clear_error (&f->error);
  g_free (display.code);
  g_free (display.user);
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_clear_error (&f->error);
  f->n_results++;
  oh_pairing_begin_finish (f->pairing, result, &f->way, &f->error);
}

/* @error: 0: it is shown */
static void
begin (Fixture *f, const char *address, const char *user, OhError error)
{
  g_autoptr (GTask) task = NULL;

  oh_pairing_begin_async (f->pairing, address, user, user != NULL ? "telefon" : NULL, on_begun, f);
  task = g_steal_pointer (&display.task);
  if (error != 0)
    g_task_return_new_error (task, OH_ERROR, (int) error, "no");
  else
    g_task_return_boolean (task, TRUE);
  settle ();
}

static void
assert_refused (Fixture *f, const char *code, OhError why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (oh_pairing_confirm (f->pairing, code, &error));
  g_assert_error (error, OH_ERROR, (int) why);
}

/* Another code than the one shown. */
static char *
wrong_code (void)
{
  char *code = g_strdup (display.code);

  code[0] = code[0] == '9' ? '0' : (char) (code[0] + 1);
  return code;
}

/* --- tests ---------------------------------------------------------------------------------- */

static void
test_right (Fixture *f, gconstpointer data)
{
  g_autoptr (OhPaired) paired = NULL;
  g_autofree char *typed = NULL;

  begin (f, "192.0.2.10", NULL, 0);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->way, ==, OH_PAIRING_BY_CODE);
  g_assert_cmpuint (strlen (display.code), ==, OH_PAIRING_DIGITS);
  g_assert_cmpuint (strspn (display.code, "0123456789"), ==, OH_PAIRING_DIGITS);
  typed = g_strdup_printf (" %.2s %s ", display.code, display.code + 2);
  paired = oh_pairing_confirm (f->pairing, typed, NULL);
  g_assert_nonnull (paired);
  g_assert_cmpstr (paired->address, ==, "192.0.2.10");
  g_assert_cmpstr (paired->fingerprint, ==, KEY);
  g_assert_cmpstr (paired->mac, ==, "000413AABBCC");
  g_assert_null (paired->user);
  assert_refused (f, display.code, OH_ERROR_CANCELLED); /* once */
}

static void
test_attempts (Fixture *f, gconstpointer data)
{
  g_autofree char *wrong = NULL;

  begin (f, "192.0.2.10", NULL, 0);
  wrong = wrong_code ();
  assert_refused (f, wrong, OH_ERROR_USAGE);
  assert_refused (f, "", OH_ERROR_USAGE);
  assert_refused (f, wrong, OH_ERROR_UNTRUSTED); /* the third */
  assert_refused (f, display.code, OH_ERROR_CANCELLED);
}

static void
test_odd (Fixture *f, gconstpointer data)
{
  static const char *const typed[] = { "12345", "123", "12a4", "１２３４" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      begin (f, "192.0.2.10", NULL, 0);
      assert_refused (f, typed[i], OH_ERROR_USAGE);
    }
  oh_pairing_abandon (f->pairing);
}

static void
test_last_attempt (Fixture *f, gconstpointer data)
{
  g_autoptr (OhPaired) paired = NULL;
  g_autofree char *wrong = NULL;

  begin (f, "192.0.2.10", NULL, 0);
  wrong = wrong_code ();
  assert_refused (f, wrong, OH_ERROR_USAGE);
  assert_refused (f, wrong, OH_ERROR_USAGE);
  paired = oh_pairing_confirm (f->pairing, display.code, NULL);
  g_assert_nonnull (paired);
}

static void
test_time (Fixture *f, gconstpointer data)
{
  g_autoptr (OhPaired) paired = NULL;
  gint64 limit_us = (gint64) OH_PAIRING_LIMIT_S * G_USEC_PER_SEC;

  begin (f, "192.0.2.10", NULL, 0);
  oh_fake_clock_advance (f->clock, limit_us);
  assert_refused (f, display.code, OH_ERROR_CANCELLED);
  begin (f, "192.0.2.10", NULL, 0);
  oh_fake_clock_advance (f->clock, limit_us - 1);
  paired = oh_pairing_confirm (f->pairing, display.code, NULL);
  g_assert_nonnull (paired);
}

/* The login goes to the display that was met, not to another one at the same address. */
static void
test_login (Fixture *f, gconstpointer data)
{
  g_autoptr (OhPaired) paired = NULL;

  begin (f, "192.0.2.10", NULL, OH_ERROR_PHONE_LOGIN);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  assert_refused (f, display.code, OH_ERROR_CANCELLED);
  begin (f, "192.0.2.10", "admin", 0);
  g_assert_no_error (f->error);
  g_assert_cmpuint (display.opened, ==, 1);
  g_assert_cmpstr (display.user, ==, "admin");
  paired = oh_pairing_confirm (f->pairing, display.code, NULL);
  g_assert_cmpstr (paired->user, ==, "admin");
  g_assert_cmpstr (paired->password, ==, "telefon");
}

static void
test_login_elsewhere (Fixture *f, gconstpointer data)
{
  begin (f, "192.0.2.10", NULL, OH_ERROR_PHONE_LOGIN);
  begin (f, "192.0.2.11", "admin", 0);
  g_assert_cmpuint (display.opened, ==, 2);
  oh_pairing_abandon (f->pairing);
}

/* One phone at a time: what the first one shows is worth nothing any more. */
static void
test_second (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autoptr (OhPaired) paired = NULL;

  do
    {
      begin (f, "192.0.2.10", NULL, 0);
      g_free (first);
      first = g_strdup (display.code);
      begin (f, "192.0.2.11", NULL, 0);
    }
  while (g_str_equal (first, display.code)); /* one time in ten thousand */
  assert_refused (f, first, OH_ERROR_USAGE);
  paired = oh_pairing_confirm (f->pairing, display.code, NULL);
  g_assert_cmpstr (paired->address, ==, "192.0.2.11");
}

static void
test_given_up (Fixture *f, gconstpointer data)
{
  oh_pairing_begin_async (f->pairing, "192.0.2.10", NULL, NULL, on_begun, f);
  oh_pairing_abandon (f->pairing);
  g_task_return_boolean (display.task, TRUE); /* too late */
  settle ();
  g_assert_error (f->error, OH_ERROR, OH_ERROR_CANCELLED);
  assert_refused (f, display.code, OH_ERROR_CANCELLED);
}

static void
test_compare (Fixture *f, gconstpointer data)
{
  g_autoptr (OhPaired) paired = NULL;
  g_autoptr (GError) error = NULL;

  begin (f, "192.0.2.10", NULL, OH_ERROR_UNSUPPORTED);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->way, ==, OH_PAIRING_BY_FINGERPRINT);
  g_assert_cmpstr (oh_pairing_get_fingerprint (f->pairing), ==, KEY);
  assert_refused (f, display.code, OH_ERROR_CANCELLED); /* no code was shown */
  paired = oh_pairing_accept (f->pairing, KEY, NULL);
  g_assert_cmpstr (paired->fingerprint, ==, KEY);
  begin (f, "192.0.2.10", NULL, OH_ERROR_UNSUPPORTED);
  g_assert_null (oh_pairing_accept (f->pairing, "bb", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_UNTRUSTED);
}

static void
test_unreachable (Fixture *f, gconstpointer data)
{
  begin (f, "192.0.2.10", NULL, OH_ERROR_UNREACHABLE);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_null (oh_pairing_get_fingerprint (f->pairing));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/pairing/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("right", test_right);
  ADD ("attempts", test_attempts);
  ADD ("odd", test_odd);
  ADD ("last-attempt", test_last_attempt);
  ADD ("time", test_time);
  ADD ("login", test_login);
  ADD ("login-elsewhere", test_login_elsewhere);
  ADD ("second", test_second);
  ADD ("given-up", test_given_up);
  ADD ("compare", test_compare);
  ADD ("unreachable", test_unreachable);
#undef ADD
  return g_test_run ();
}
