/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-door.h"
#include "fake-clock.h"
#include "snom-event.h"

#include <string.h>

#define LINE "GET /s/abc/incoming HTTP/1.1"
#define REQUEST LINE "\r\nHost: x\r\n\r\n"
#define ANSWER "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

typedef struct
{
  OhFakeClock *clock;
  OhEventDoor *door;
  gboolean phones;  /* who comes is a phone */
  gboolean counts;  /* what comes counts */
  GPtrArray *lines; /* what was brought */
  guint n_refused;
  guint n_unread;
} Desk;

static gboolean
is_phone (GInetAddress *peer, gpointer user_data)
{
  return ((Desk *) user_data)->phones;
}

static gboolean
take (OhSlice line, GInetAddress *peer, gpointer user_data)
{
  Desk *desk = user_data;

  g_assert_true (g_inet_address_get_is_loopback (peer));
  g_ptr_array_add (desk->lines, oh_slice_dup (line));
  return desk->counts;
}

static void
note (gboolean unread, gpointer user_data)
{
  Desk *desk = user_data;

  if (unread)
    desk->n_unread++;
  else
    desk->n_refused++;
}

static const OhEventDoorHost host = { is_phone, take, note };

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  desk->clock = oh_fake_clock_new ();
  desk->lines = g_ptr_array_new_with_free_func (g_free);
  desk->counts = TRUE;
  desk->door = oh_event_door_new (local, 0, OH_CLOCK (desk->clock), &host, desk, NULL);
  g_assert_nonnull (desk->door);
  g_assert_cmpuint (oh_event_door_port (desk->door), !=, 0);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  oh_event_door_free (desk->door);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* the visits given up end themselves */
  g_assert_cmpuint (oh_fake_clock_n_alarms (desk->clock), ==, 0);
  g_object_unref (desk->clock);
  g_ptr_array_unref (desk->lines);
}

/* A connection that has sent @text; the door has not looked yet. */
static GSocket *
knock (Desk *desk, const char *text)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) to =
    g_inet_socket_address_new (oh_event_door_local (desk->door), oh_event_door_port (desk->door));

  g_assert_true (g_socket_connect (socket, to, NULL, NULL));
  g_assert_cmpint (g_socket_send (socket, text, strlen (text), NULL, NULL), ==, strlen (text));
  g_socket_set_blocking (socket, FALSE);
  return g_steal_pointer (&socket);
}

/* Runs the loop until the other end has closed; what it said before, "" for nothing. */
static char *
hear_out (GSocket *socket)
{
  GString *heard = g_string_new (NULL);
  gboolean open = TRUE;

  while (open)
    {
      char buffer[512];
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, &error);

      if (n > 0)
        g_string_append_len (heard, buffer, n);
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        g_main_context_iteration (NULL, FALSE);
      else
        open = FALSE;
    }
  return g_string_free (heard, FALSE);
}

static gboolean
is_open (GSocket *socket)
{
  char octet;
  g_autoptr (GError) error = NULL;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  return g_socket_receive (socket, &octet, 1, NULL, &error) < 0 &&
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static char *
visit (Desk *desk, const char *text)
{
  g_autoptr (GSocket) socket = knock (desk, text);

  return hear_out (socket);
}

/* The same answer, whether it counted or not. */
static void
test_answer (Desk *desk, gconstpointer data)
{
  g_autofree char *counted = visit (desk, REQUEST);
  g_autofree char *head = visit (desk, "HEAD /x HTTP/1.0\n\n");
  g_autofree char *refused = NULL;

  desk->counts = FALSE;
  refused = visit (desk, "POST / HTTP/1.1\r\n\r\n");
  g_assert_true (g_str_has_prefix (counted, ANSWER));
  g_assert_true (g_str_has_suffix (counted, "\r\n\r\nok\n"));
  g_assert_cmpstr (counted, ==, refused);
  g_assert_true (g_str_has_prefix (counted, head));
  g_assert_true (g_str_has_suffix (head, "\r\n\r\n"));
  g_assert_cmpstr (g_ptr_array_index (desk->lines, 0), ==, LINE);
  g_assert_cmpuint (desk->n_refused, ==, 1);
  g_assert_cmpuint (desk->n_unread, ==, 0);
}

/* A line as long as it may be is brought, one octet more is answered and brought as nothing. */
static void
test_oversize (Desk *desk, gconstpointer data)
{
  g_autofree char *most = g_strnfill (OH_SNOM_REQUEST_MAX - 4, 'x');
  g_autofree char *fits = g_strconcat (most, "\r\n\r\n", NULL);
  g_autofree char *over = g_strconcat (most, "x\r\n\r\n", NULL);
  g_autofree char *first = visit (desk, fits);
  g_autofree char *second = visit (desk, over);

  g_assert_cmpstr (g_ptr_array_index (desk->lines, 0), ==, most);
  g_assert_cmpstr (g_ptr_array_index (desk->lines, 1), ==, "");
  g_assert_cmpstr (first, ==, second);
}

/* Whoever sends octet by octet has no more time than who sends nothing. */
static void
test_slow (Desk *desk, gconstpointer data)
{
  g_autoptr (GSocket) socket = knock (desk, "G");
  g_autofree char *heard = NULL;

  g_assert_true (is_open (socket));
  oh_fake_clock_advance (desk->clock, OH_EVENT_DOOR_VISIT_US - 1);
  g_assert_cmpint (g_socket_send (socket, "E", 1, NULL, NULL), ==, 1);
  g_assert_true (is_open (socket));
  oh_fake_clock_advance (desk->clock, 1);
  heard = hear_out (socket);
  g_assert_cmpstr (heard, ==, "");
  g_assert_cmpuint (desk->n_unread, ==, 1);
  g_assert_cmpuint (desk->lines->len, ==, 0);
}

static void
assert_rate (Desk *desk, guint most)
{
  for (guint i = 0; i <= most; i++)
    {
      g_autofree char *heard = visit (desk, REQUEST);

      g_assert_cmpint (*heard != '\0', ==, i < most);
    }
  g_assert_cmpuint (desk->lines->len, ==, most);
  g_assert_cmpuint (desk->n_unread, ==, 1);
}

static void
test_rate (Desk *desk, gconstpointer data)
{
  g_autofree char *phone = NULL;
  g_autofree char *later = NULL;

  assert_rate (desk, OH_EVENT_DOOR_STRANGER_RATE);
  desk->phones = TRUE; /* who does not suffer from the strangers */
  phone = visit (desk, REQUEST);
  g_assert_true (g_str_has_prefix (phone, ANSWER));
  desk->phones = FALSE;
  oh_fake_clock_advance (desk->clock, G_USEC_PER_SEC);
  later = visit (desk, REQUEST);
  g_assert_true (g_str_has_prefix (later, ANSWER));
}

static void
test_phone_rate (Desk *desk, gconstpointer data)
{
  desk->phones = TRUE;
  assert_rate (desk, OH_EVENT_DOOR_PHONE_RATE);
}

/* All places are taken by who says nothing: the oldest stranger makes room for a phone; among
   phones the oldest for the next; a stranger is not let in by a phone's leave. */
static void
test_places (void)
{
  for (guint phones = 0; phones < 2; phones++)
    {
      Desk desk = { .phones = phones };
      g_autoptr (GPtrArray) slow = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *heard = NULL;
      g_autofree char *stranger = NULL;

      set_up (&desk, NULL);
      for (guint i = 0; i < OH_EVENT_DOOR_VISITS_MAX; i++)
        {
          g_ptr_array_add (slow, knock (&desk, "G"));
          g_assert_true (is_open (g_ptr_array_index (slow, i)));
        }
      desk.phones = FALSE;
      if (phones)
        {
          stranger = visit (&desk, REQUEST);
          g_assert_cmpstr (stranger, ==, "");
          g_assert_true (is_open (g_ptr_array_index (slow, 0)));
        }
      desk.phones = TRUE;
      heard = visit (&desk, REQUEST);
      g_assert_true (g_str_has_prefix (heard, ANSWER));
      g_assert_false (is_open (g_ptr_array_index (slow, 0)));
      g_assert_true (is_open (g_ptr_array_index (slow, 1)));
      tear_down (&desk, NULL);
    }
}

#define ADD(name, func) g_test_add ("/event-door/" name, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answer", test_answer);
  ADD ("oversize", test_oversize);
  ADD ("slow", test_slow);
  ADD ("rate", test_rate);
  ADD ("phone-rate", test_phone_rate);
  g_test_add_func ("/event-door/places", test_places);
  return g_test_run ();
}
