/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done ahead of a click: certificate and login good, and a connection open on which nothing
   was sent. Then the click costs the request, and neither handshakes nor a challenge. The phone is
   asked for a harmless page only as often as it takes to learn how long its nonces live. */

#include "snom-http-private.h"

/* A page is read again that long before what it vouches for is over. */
#define MARGIN_US (G_GINT64_CONSTANT (500) * 1000)
/* Never more often than that, whatever the phone makes of its nonces. */
#define LOOK_MIN_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

static void warm_up (OhSnomHttp *self);

static gint64
left_us (OhSnomHttp *self)
{
  return self->warm_until_us - oh_clock_now_us (self->clock);
}

static gboolean
on_look_again (gpointer data)
{
  OhSnomHttp *self = data;

  self->warm_alarm = 0;
  if (oh_snom_queue_is_idle (self->queue)) /* else somebody is using it, and the next one hints */
    warm_up (self);
  return G_SOURCE_REMOVE;
}

static void
look_again (OhSnomHttp *self)
{
  gint64 now_us = oh_clock_now_us (self->clock);
  gint64 due_us = oh_snom_login_settled_until_us (self->login) - MARGIN_US;

  due_us = MAX (due_us, now_us + LOOK_MIN_US);
  oh_clock_clear_alarm (self->clock, &self->warm_alarm);
  if (due_us < self->warm_until_us)
    self->warm_alarm = oh_clock_add_alarm (self->clock, due_us, on_look_again, self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSnomHttp *self = OH_SNOM_HTTP (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = oh_snom_http_get_finish (self, result, NULL, &error);

  self->warming = FALSE;
  if (nothing != NULL)
    look_again (self);
  else
    g_debug ("[%s] not ready ahead: %s", self->host, error->message);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSnomHttp *self = OH_SNOM_HTTP (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) nothing = oh_snom_http_get_finish (self, result, NULL, &error);

  if (nothing != NULL && left_us (self) > 0)
    oh_snom_http_get_async (self, OH_SNOM_OPEN, "", NULL, on_opened, NULL);
  else
    self->warming = FALSE;
}

static void
warm_up (OhSnomHttp *self)
{
  if (self->warming || left_us (self) <= 0)
    return;
  self->warming = TRUE;
  oh_snom_http_get_async (self, OH_SNOM_REFRESH, OH_SNOM_HARMLESS_PAGE, NULL, on_settled, NULL);
}

void
oh_snom_http_expect (OhSnomHttp *self)
{
  self->warm_until_us = oh_clock_now_us (self->clock) + OH_SNOM_WARM_US;
  warm_up (self);
}

void
oh_snom_warm_stop (OhSnomHttp *self)
{
  self->warm_until_us = 0;
  oh_clock_clear_alarm (self->clock, &self->warm_alarm);
}

static void
on_line_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomHttp) self = user_data;
  GError *error = NULL;

  if (!oh_snom_line_open_finish (OH_SNOM_LINE (source), result, &error))
    {
      oh_snom_answer_fail (self, error);
      return;
    }
  oh_snom_line_rest (self->line, MAX (left_us (self), 1));
  oh_snom_answer_succeed (self, g_bytes_new (NULL, 0), NULL);
}

void
oh_snom_warm_open (OhSnomHttp *self, const OhSnomPlace *place, GCancellable *cancellable)
{
  if (oh_snom_line_is_open (self->line, place, TRUE))
    {
      oh_snom_line_rest (self->line, MAX (left_us (self), 1));
      oh_snom_answer_succeed (self, g_bytes_new (NULL, 0), NULL);
    }
  else
    oh_snom_line_open_async (self->line, place, cancellable, on_line_open, g_object_ref (self));
}
