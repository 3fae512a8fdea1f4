/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-finder.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"

/* Somebody waits for a code at the loopback address; a phone that is set up already shows the port,
   which is shared. */
typedef struct
{
  OhFakeClock *clock;
  OhSnomListener *listener;
  OhDialFinder *finder;
  GCancellable *cancellable;
  char *base; /* of the phone that is set up */
  char *code; /* as told to the user */
  char *address;
  GError *error;
  gboolean done;
  guint n_events;
} Fixture;

#define PORT_FIXED 5061 /* only told; the test listens on any */

static GPtrArray *
loopback (void)
{
  GPtrArray *locals = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (locals, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  return locals;
}

static void
on_event (OhPhoneEvent *event, gpointer user_data)
{
  ((Fixture *) user_data)->n_events++;
  oh_phone_event_free (event);
}

static void
set_up (Fixture *f, gconstpointer port)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  f->clock = oh_fake_clock_new ();
  f->listener = oh_snom_listener_new ("a secret of sixteen octets", 0);
  oh_snom_listener_set_clock (f->listener, OH_CLOCK (f->clock));
  f->base = oh_snom_listener_add (f->listener, "desk", local, local, on_event, f, NULL);
  f->finder = oh_dial_finder_new (f->listener, (guint16) GPOINTER_TO_UINT (port), loopback,
                                  OH_CLOCK (f->clock));
  f->cancellable = g_cancellable_new ();
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
  settle ();
  g_object_unref (f->finder);
  g_object_unref (f->listener);
  settle ();
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_object_unref (f->cancellable);
  g_object_unref (f->clock);
  g_free (f->base);
  g_free (f->code);
  g_free (f->address);
  g_clear_error (&f->error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->done = TRUE;
  f->address = oh_dial_finder_run_finish (f->finder, result, &f->error);
}

static void
ask (Fixture *f)
{
  oh_dial_finder_run_async (f->finder, f->cancellable, on_done, f);
  f->code = g_strdup (oh_dial_finder_get_code (f->finder));
}

/* One request, and the whole answer. */
static char *
request (Fixture *f, const char *method, const char *target)
{
  g_autoptr (GUri) uri = g_uri_parse (f->base, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *text = g_strdup_printf ("%s %s HTTP/1.1\r\n\r\n", method, target);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) to =
    g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_uri_get_port (uri));
  GString *answer = g_string_new (NULL);
  char octets[512];
  gssize n;

  g_assert_true (g_socket_connect (socket, to, NULL, NULL));
  g_socket_send (socket, text, strlen (text), NULL, NULL);
  g_socket_set_blocking (socket, FALSE);
  while ((n = g_socket_receive (socket, octets, sizeof octets, NULL, NULL)) != 0)
    {
      if (n > 0)
        g_string_append_len (answer, octets, n);
      else
        g_main_context_iteration (NULL, FALSE);
    }
  return g_string_free (answer, FALSE);
}

static void
tell (Fixture *f, const char *before, const char *dialled, const char *after)
{
  g_autofree char *target = g_strconcat (before, dialled, after, NULL);
  g_autofree char *answer = request (f, "GET", target);

  g_assert_cmpstr (strstr (answer, "\r\n\r\n"), ==, "\r\n\r\nok\n");
}

#define PATH "/offhook/find/outgoing?r="

static void
test_code (Fixture *f, gconstpointer data)
{
  ask (f);
  g_assert_nonnull (f->code);
  g_assert_cmpuint (strlen (f->code), ==, strlen (OH_DIAL_FINDER_PREFIX) + OH_DIAL_FINDER_DIGITS);
  g_assert_true (g_str_has_prefix (f->code, OH_DIAL_FINDER_PREFIX));
  g_assert_cmpuint (strspn (f->code + 1, "0123456789"), ==, strlen (f->code) - 1);
  tell (f, PATH, f->code, "");
  settle ();
  g_assert_no_error (f->error);
  g_assert_cmpstr (f->address, ==, "127.0.0.1");
  g_assert_null (oh_dial_finder_get_code (f->finder));
}

/* As firmware writes it, and as an earlier Offhook has left it in the phone. */
static void
test_spellings (Fixture *f, gconstpointer data)
{
  static const char *const ways[][2] = {
    { PATH, "@pbx.example" },
    { PATH "%3Csip:", "@192.0.2.1%3Buser=phone%3E" },
    { PATH, "&l=alice@pbx.example" },
    { "/offhook-0123456789abcdef/s/0123456789abcdef0123456789abcdef/outgoing?c=1&r=", "@pbx&l=2" },
    { "/s/0123456789abcdef0123456789abcdef/outgoing?r=", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_test_message ("%sCODE%s", ways[i][0], ways[i][1]);
      ask (f);
      tell (f, ways[i][0], f->code, ways[i][1]);
      settle ();
      g_assert_no_error (f->error);
      g_assert_cmpstr (f->address, ==, "127.0.0.1");
      g_clear_pointer (&f->address, g_free);
      g_clear_pointer (&f->code, g_free);
    }
}

/* What is not the code finds nothing, and is answered as the code is. */
static void
test_wrong (Fixture *f, gconstpointer data)
{
  g_autofree char *longer = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *head = NULL;
  g_autofree char *posted = NULL;
  g_autofree char *target = NULL;

  ask (f);
  longer = g_strconcat (f->code, "0", NULL);
  shorter = g_strndup (f->code, strlen (f->code) - 1);
  tell (f, PATH, longer, "");
  tell (f, PATH, shorter, "");
  tell (f, PATH, "", "");
  tell (f, PATH, "0301234567", "");
  tell (f, "/offhook/find/incoming?r=", f->code, "");
  tell (f, "/s/0123456789abcdef0123456789abcdef/incoming?r=", f->code, "");
  target = g_strconcat (PATH, f->code, NULL);
  head = request (f, "HEAD", target);
  posted = request (f, "POST", target);
  settle ();
  g_assert_false (f->done);
  tell (f, PATH, f->code, "");
  settle ();
  g_assert_cmpstr (f->address, ==, "127.0.0.1");
}

/* Before and after, the path is one of the many that are not ours. */
static void
test_closed (Fixture *f, gconstpointer data)
{
  guint refused;

  tell (f, PATH, "*00123456", "");
  g_assert_cmpuint (oh_snom_listener_get_n_refused (f->listener), ==, 1);
  ask (f);
  tell (f, PATH, f->code, "");
  settle ();
  refused = oh_snom_listener_get_n_refused (f->listener);
  tell (f, PATH, f->code, "");
  g_assert_cmpuint (oh_snom_listener_get_n_refused (f->listener), ==, refused + 1);
  g_assert_cmpuint (f->n_events, ==, 0);
}

/* The events of a phone that is set up come through, and tell the code as well. */
static void
test_known_phone (Fixture *f, gconstpointer data)
{
  const char *path = strstr (f->base, "/offhook-");

  ask (f);
  tell (f, path, "outgoing?r=0301234567", "");
  g_assert_cmpuint (f->n_events, ==, 1);
  g_assert_false (f->done);
  tell (f, path, "outgoing?r=", f->code);
  settle ();
  g_assert_cmpuint (f->n_events, ==, 2);
  g_assert_cmpstr (f->address, ==, "127.0.0.1");
}

static void
test_time (Fixture *f, gconstpointer data)
{
  ask (f);
  oh_fake_clock_advance (f->clock, (gint64) OH_DIAL_FINDER_LIMIT_S * G_USEC_PER_SEC - 1);
  settle ();
  g_assert_false (f->done);
  oh_fake_clock_advance (f->clock, 1);
  settle ();
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (f->error->message, "action_outgoing_url"));
  tell (f, PATH, f->code, "");
  g_assert_cmpuint (oh_snom_listener_get_n_refused (f->listener), ==, 1);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  ask (f);
  g_cancellable_cancel (f->cancellable);
  settle ();
  g_assert_error (f->error, OH_ERROR, OH_ERROR_CANCELLED);
  tell (f, PATH, f->code, "");
  g_assert_cmpuint (oh_snom_listener_get_n_refused (f->listener), ==, 1);
}

static void
on_second (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  g_assert_null (oh_dial_finder_run_finish (OH_DIAL_FINDER (source), result, error));
}

static void
test_second_asker (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) other = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  ask (f);
  oh_dial_finder_run_async (f->finder, other, on_second, &error);
  settle ();
  g_assert_error (error, OH_ERROR, OH_ERROR_BUSY);
  g_cancellable_cancel (other);
  tell (f, PATH, f->code, "");
  settle ();
  g_assert_cmpstr (f->address, ==, "127.0.0.1");
}

/* Who tries codes is stopped at the limit, not one before. */
static void
test_flood (Fixture *f, gconstpointer data)
{
  ask (f);
  for (guint i = 1; i < OH_DIAL_FINDER_WRONG_MAX; i++)
    tell (f, PATH, "*01000000", "");
  settle ();
  g_assert_false (f->done);
  tell (f, PATH, "*01000000", "");
  settle ();
  g_assert_error (f->error, OH_ERROR, OH_ERROR_FAILED);
  tell (f, PATH, f->code, "");
  g_assert_cmpuint (oh_snom_listener_get_n_refused (f->listener), ==, 1);
}

static void
test_no_port (Fixture *f, gconstpointer data)
{
  ask (f);
  g_assert_null (f->code);
  settle ();
  g_assert_error (f->error, OH_ERROR, OH_ERROR_SETTINGS);
  g_assert_nonnull (strstr (f->error->message, "event-port"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "/dial-finder/code", test_code },
    { "/dial-finder/spellings", test_spellings },
    { "/dial-finder/wrong", test_wrong },
    { "/dial-finder/closed", test_closed },
    { "/dial-finder/known-phone", test_known_phone },
    { "/dial-finder/time", test_time },
    { "/dial-finder/cancelled", test_cancelled },
    { "/dial-finder/second-asker", test_second_asker },
    { "/dial-finder/flood", test_flood },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, GUINT_TO_POINTER (PORT_FIXED), set_up, tests[i].func,
                tear_down);
  g_test_add ("/dial-finder/no-port", Fixture, GUINT_TO_POINTER (0), set_up, test_no_port,
              tear_down);
  return g_test_run ();
}
