/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the directory does without a server; with one: tests/integration/test-search.py. */

#include "directory.h"

#include "error.h"
#include "fake-clock.h"
#include "worker.h"

typedef struct
{
  OhFakeClock *clock;
  OhDirectory *directory;
  GSocketListener *silent; /* accepts, says nothing */
  guint16 port;
  GPtrArray *results; /* (element-type GAsyncResult) */
  guint asked;
} Fixture;

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (result));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  OhDirectorySettings settings = {
    .host = "127.0.0.1", .domain = "", .base = "", .filter = "", .ca_file = ""
  };

  self->clock = oh_fake_clock_new ();
  self->directory = oh_directory_new (OH_CLOCK (self->clock));
  self->silent = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->silent, NULL, NULL);
  self->results = g_ptr_array_new_with_free_func (g_object_unref);
  settings.port = self->port;
  oh_directory_set (self->directory, &settings);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  oh_directory_set (self->directory, NULL);
  while (self->results->len < self->asked)
    g_main_context_iteration (NULL, TRUE);
  g_socket_listener_close (self->silent);
  g_ptr_array_unref (self->results);
  g_object_unref (self->silent);
  g_object_unref (self->directory);
  g_object_unref (self->clock);
}

static void
search (Fixture *self, const char *text, GCancellable *cancellable)
{
  self->asked++;
  oh_directory_search_async (self->directory, text, cancellable, on_result, self->results);
}

/* The result number @n fails as @code. */
static void
wait_error (Fixture *self, guint n, OhError code)
{
  g_autoptr (GError) error = NULL;

  while (self->results->len <= n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (oh_directory_search_finish (self->directory, self->results->pdata[n], &error));
  g_assert_error (error, OH_ERROR, (int) code);
  g_assert_true (error->message[0] != '\0');
}

static void
test_off (Fixture *self, gconstpointer data)
{
  oh_directory_set (self->directory, NULL);
  g_assert_false (oh_directory_is_on (self->directory));
  search (self, "bob", NULL);
  wait_error (self, 0, OH_ERROR_SETTINGS);
}

static void
test_too_short (Fixture *self, gconstpointer data)
{
  g_autoptr (OhDirectoryAnswer) answer = NULL;

  search (self, "b", NULL);
  while (self->results->len == 0)
    g_main_context_iteration (NULL, TRUE);
  answer = oh_directory_search_finish (self->directory, self->results->pdata[0], NULL);
  g_assert_cmpuint (answer->entries->len, ==, 0);
  g_assert_false (answer->more);
  g_assert_null (oh_directory_describe (self->directory));
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  search (self, "bob", cancellable);
  g_cancellable_cancel (cancellable);
  wait_error (self, 0, OH_ERROR_CANCELLED);
}

static void
test_limit (Fixture *self, gconstpointer data)
{
  search (self, "bob", NULL);
  oh_fake_clock_advance (self->clock, OH_DIRECTORY_LIMIT_US - 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->results->len, ==, 0);
  oh_fake_clock_advance (self->clock, 1);
  wait_error (self, 0, OH_ERROR_UNREACHABLE);
}

static void
test_waiting_limit (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < OH_DIRECTORY_WAITING_MAX; i++)
    search (self, "bob", NULL);
  search (self, "one more", NULL);
  wait_error (self, 0, OH_ERROR_BUSY);
  oh_directory_set (self->directory, NULL);
  wait_error (self, OH_DIRECTORY_WAITING_MAX, OH_ERROR_CANCELLED);
}

/* A failure is remembered for a moment, so that typing does not knock at each letter. */
static void
test_failure (Fixture *self, gconstpointer data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();

  g_socket_listener_close (self->silent);
  search (self, "bob", NULL);
  wait_error (self, 0, OH_ERROR_UNREACHABLE);
  /* somebody listens now, but nobody looks */
  g_assert_true (g_socket_listener_add_inet_port (other, self->port, NULL, NULL));
  search (self, "bobb", NULL);
  wait_error (self, 1, OH_ERROR_UNREACHABLE);
  oh_fake_clock_advance (self->clock, OH_DIRECTORY_RETRY_US);
  search (self, "bobby", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->results->len, ==, 2); /* it waits for an answer again */
}

static void
test_no_domain (Fixture *self, gconstpointer data)
{
  const OhDirectorySettings settings = {
    .host = "", .domain = "", .base = "", .filter = "", .ca_file = ""
  };

  oh_directory_set (self->directory, &settings);
  search (self, "bob", NULL);
  wait_error (self, 0, OH_ERROR_SETTINGS);
}

#define ADD(name, func) g_test_add ("/directory/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ADD ("off", test_off);
  ADD ("too-short", test_too_short);
  ADD ("cancel", test_cancel);
  ADD ("limit", test_limit);
  ADD ("waiting-limit", test_waiting_limit);
  ADD ("failure", test_failure);
  ADD ("no-domain", test_no_domain);
  status = g_test_run ();
  /* nobody waits any more for what the threads do, but they may be deep in the Kerberos library */
  g_assert_true (oh_worker_wait (G_TIME_SPAN_MINUTE));
  return status;
}
