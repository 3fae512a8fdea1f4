/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-listener.h"
#include "fake-clock.h"

#include <string.h>

typedef struct
{
  OhFakeClock *clock;
  OhSnomListener *listener;
  char *base;
  guint n_events;
  guint n_strays;
} Desk;

static GPtrArray *log_lines; /* utf8 */

static GLogWriterOutput
keep_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && (level & G_LOG_LEVEL_DEBUG) == 0)
      g_ptr_array_add (log_lines, g_strdup (fields[i].value));
  return G_LOG_WRITER_HANDLED;
}

static void
on_event (OhPhoneEvent *event, gpointer user_data)
{
  ((Desk *) user_data)->n_events++;
  oh_phone_event_free (event);
}

static void
on_stray (gpointer user_data)
{
  ((Desk *) user_data)->n_strays++;
}

/* A phone at @remote that tells its events here. */
static void
desk_init (Desk *desk, const char *remote)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (remote);

  memset (desk, 0, sizeof *desk);
  g_ptr_array_set_size (log_lines, 0);
  desk->clock = oh_fake_clock_new ();
  desk->listener = oh_snom_listener_new ("a secret of sixteen octets", 0);
  oh_snom_listener_set_clock (desk->listener, OH_CLOCK (desk->clock));
  desk->base = oh_snom_listener_add (desk->listener, "desk", local, address, on_event, desk, NULL);
  g_assert_nonnull (desk->base);
  oh_snom_listener_set_stray (desk->listener, "desk", on_stray);
}

static void
desk_clear (Desk *desk)
{
  g_object_unref (desk->listener);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (oh_fake_clock_n_alarms (desk->clock), ==, 0);
  g_object_unref (desk->clock);
  g_free (desk->base);
}

static void
fetch (const char *base, const char *event)
{
  g_autofree char *url = g_strconcat (base, event, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\n\r\n", g_uri_get_path (uri));
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) to =
    g_inet_socket_address_new_from_string (g_uri_get_host (uri), (guint) g_uri_get_port (uri));
  char answer[512];

  g_assert_true (g_socket_connect (socket, to, NULL, NULL));
  g_socket_send (socket, request, strlen (request), NULL, NULL);
  g_socket_set_blocking (socket, FALSE);
  while (g_socket_receive (socket, answer, sizeof answer, NULL, NULL) < 0)
    g_main_context_iteration (NULL, FALSE);
}

/* Who may see the mark cannot make the token of it, and no phone's name makes the mark. */
static void
test_secrets (void)
{
  g_autoptr (OhSnomListener) listener = oh_snom_listener_new ("a secret of sixteen octets", 0);
  g_autoptr (OhSnomListener) again = oh_snom_listener_new ("a secret of sixteen octets", 0);
  g_autoptr (OhSnomListener) other = oh_snom_listener_new ("another secret of an installation", 0);
  g_autofree char *mark = oh_snom_listener_dup_mark (listener);
  g_autofree char *same = oh_snom_listener_dup_mark (again);
  g_autofree char *theirs = oh_snom_listener_dup_mark (other);
  g_autofree char *token = oh_snom_listener_dup_token (listener, "mark");

  g_assert_cmpuint (strlen (mark), ==, OH_SNOM_MARK_LENGTH);
  g_assert_cmpuint (strlen (token), ==, OH_SNOM_TOKEN_LENGTH);
  g_assert_cmpstr (mark, ==, same);
  g_assert_cmpstr (mark, !=, theirs);
  g_assert_false (g_str_has_prefix (token, mark));
}

static void
test_counts (void)
{
  Desk desk;

  desk_init (&desk, "127.0.0.1");
  fetch (desk.base, "incoming");
  g_assert_cmpuint (desk.n_events, ==, 1);
  fetch (desk.base, "format-disk");
  g_assert_cmpuint (desk.n_events, ==, 1);
  g_assert_cmpuint (oh_snom_listener_get_n_refused (desk.listener), ==, 1);
  desk_clear (&desk);
}

/* The right token from elsewhere: not believed, and the phone is looked for, once a minute. */
static void
test_stray (void)
{
  Desk desk;

  desk_init (&desk, "192.0.2.50");
  fetch (desk.base, "incoming");
  fetch (desk.base, "incoming");
  g_assert_cmpuint (desk.n_events, ==, 0);
  g_assert_cmpuint (desk.n_strays, ==, 1);
  oh_fake_clock_advance (desk.clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC);
  fetch (desk.base, "incoming");
  g_assert_cmpuint (desk.n_strays, ==, 2);
  desk_clear (&desk);
}

/* However many there were in a minute: one line that says how many. */
static void
test_report (void)
{
  Desk desk;

  desk_init (&desk, "127.0.0.1");
  for (guint i = 0; i < 50; i++)
    fetch (desk.base, "format-disk");
  g_assert_cmpuint (log_lines->len, ==, 0);
  oh_fake_clock_advance (desk.clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC);
  g_assert_cmpuint (log_lines->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (log_lines, 0), "50 requests"));
  oh_fake_clock_advance (desk.clock, G_GINT64_CONSTANT (600) * G_USEC_PER_SEC);
  g_assert_cmpuint (log_lines->len, ==, 1); /* and silence where nothing came */
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  log_lines = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (keep_line, NULL, NULL);
  g_test_add_func ("/snom-listener/secrets", test_secrets);
  g_test_add_func ("/snom-listener/counts", test_counts);
  g_test_add_func ("/snom-listener/stray", test_stray);
  g_test_add_func ("/snom-listener/report", test_report);
  status = g_test_run ();
  g_ptr_array_unref (log_lines);
  return status;
}
