/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scripted-stream.h"

#include <string.h>
#include <sys/socket.h>

/* Longer than any healthy machine needs; the tests wait for events, not for this. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)

struct _OhScriptedStream
{
  GSocket *far;    /* (owned) */
  GIOStream *near; /* (owned) */
  GString *heard;  /* (owned): written by the near end and not taken yet */
};

OhScriptedStream *
oh_scripted_stream_new (void)
{
  OhScriptedStream *self = g_new0 (OhScriptedStream, 1);
  g_autoptr (GSocket) socket = NULL;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  socket = g_socket_new_from_fd (pair[0], NULL);
  self->far = g_socket_new_from_fd (pair[1], NULL);
  g_socket_set_blocking (self->far, FALSE);
  self->near = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  self->heard = g_string_new (NULL);
  return self;
}

void
oh_scripted_stream_free (OhScriptedStream *self)
{
  g_object_unref (self->far);
  g_object_unref (self->near);
  g_string_free (self->heard, TRUE);
  g_free (self);
}

GIOStream *
oh_scripted_stream_near (OhScriptedStream *self)
{
  return self->near;
}

void
oh_scripted_stream_hang_up (OhScriptedStream *self)
{
  g_socket_close (self->far, NULL);
}

static void
hear (OhScriptedStream *self)
{
  char chunk[4096];
  gssize n;

  while ((n = g_socket_receive (self->far, chunk, sizeof chunk, NULL, NULL)) > 0)
    g_string_append_len (self->heard, chunk, n);
}

void
oh_scripted_stream_say (OhScriptedStream *self, const char *text, gssize len)
{
  gsize left = len >= 0 ? (gsize) len : strlen (text);

  while (left > 0) /* what does not fit is sent when the near end has read some */
    {
      gssize n = g_socket_send (self->far, text, left, NULL, NULL);

      if (n > 0)
        {
          text += n;
          left -= (gsize) n;
        }
      else
        g_main_context_iteration (NULL, FALSE);
    }
}

void
oh_scripted_stream_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static gsize
whole_message (const GString *heard)
{
  const char *end = strstr (heard->str, "\r\n\r\n");
  const char *length = strcasestr (heard->str, "\r\nContent-Length:");
  gsize head = end != NULL ? (gsize) (end - heard->str) + 4 : 0;
  guint64 body = 0;

  if (head == 0)
    return 0;
  if (length != NULL && length < end)
    body = g_ascii_strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10);
  return heard->len >= head + body ? head + body : 0;
}

static char *
take (OhScriptedStream *self, gsize len)
{
  char *text = g_strndup (self->heard->str, len);

  g_string_erase (self->heard, 0, (gssize) len);
  return text;
}

static void
wait_a_little (gint64 until_us)
{
  if (g_get_monotonic_time () > until_us)
    g_test_fail_printf ("the near end writes nothing");
  g_assert_cmpint (g_get_monotonic_time (), <=, until_us);
  g_main_context_iteration (NULL, FALSE);
}

char *
oh_scripted_stream_take (OhScriptedStream *self)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  for (hear (self); whole_message (self->heard) == 0; hear (self))
    wait_a_little (until_us);
  return take (self, whole_message (self->heard));
}

char *
oh_scripted_stream_take_octets (OhScriptedStream *self, gsize len)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  for (hear (self); self->heard->len < len; hear (self))
    wait_a_little (until_us);
  return take (self, len);
}

void
oh_scripted_stream_assert_silent (OhScriptedStream *self)
{
  oh_scripted_stream_settle ();
  hear (self);
  g_assert_cmpstr (self->heard->str, ==, "");
}
