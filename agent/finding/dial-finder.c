/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-finder.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "error.h"
#include "snom-event.h"

#define N_CODES 1000000u

struct _OhDialFinder
{
  GObject parent_instance;

  OhSnomListener *listener; /* (owned) */
  guint16 port;
  OhDialFinderLocals locals;
  OhClock *clock; /* (owned) */
  GTask *task;    /* (owned) (nullable): who waits */
  char code[sizeof OH_DIAL_FINDER_PREFIX + OH_DIAL_FINDER_DIGITS];
  guint n_wrong;
  guint alarm;
  gulong cancelled; /* handler */
};

G_DEFINE_FINAL_TYPE (OhDialFinder, oh_dial_finder, G_TYPE_OBJECT)

/* --- the end -------------------------------------------------------------------------------- */

/* Nothing is listened for any more. Returns: (transfer full): the task to answer */
static GTask *
stop (OhDialFinder *self)
{
  GTask *task = g_steal_pointer (&self->task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  /* Not g_cancellable_disconnect(): this may run inside its signal. */
  if (self->cancelled != 0)
    g_signal_handler_disconnect (cancellable, self->cancelled);
  self->cancelled = 0;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_snom_listener_expect_nothing (self->listener);
  OPENSSL_cleanse (self->code, sizeof self->code);
  return task;
}

static void
fail (OhDialFinder *self, OhError code, const char *message)
{
  g_autoptr (GTask) task = stop (self);

  g_task_return_new_error (task, OH_ERROR, code, "%s", message);
}

static gboolean
on_too_late (gpointer user_data)
{
  OhDialFinder *self = user_data;
  g_autofree char *message = NULL;

  self->alarm = 0;
  message = g_strdup_printf (
    _ ("No phone told that the code was dialled. The phone's administrator has to set its action "
       "URL for outgoing calls (action_outgoing_url) to http://COMPUTER:%u%s?r=$remote, and the "
       "firewall has to let TCP port %u pass. Or find the phone without: “offhook phone find”."),
    self->port, OH_SNOM_CALL_ME_PATH, self->port);
  fail (self, OH_ERROR_UNREACHABLE, message);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  fail (user_data, OH_ERROR_CANCELLED, _ ("The search was given up."));
}

static void
on_dialled (GInetAddress *phone, gpointer user_data)
{
  OhDialFinder *self = user_data;
  g_autoptr (GTask) task = NULL;

  if (phone != NULL)
    {
      task = stop (self);
      g_task_return_pointer (task, g_inet_address_to_string (phone), g_free);
    }
  else if (++self->n_wrong >= OH_DIAL_FINDER_WRONG_MAX)
    fail (self, OH_ERROR_FAILED,
          _ ("Too many other numbers were told while the code was waited for; somebody may be "
             "guessing it. Try again later, or find the phone without: “offhook phone find”."));
}

/* --- the start ------------------------------------------------------------------------------ */

static gboolean
draw_code (OhDialFinder *self, GError **error)
{
  guint32 number;

  do
    if (RAND_bytes ((guchar *) &number, sizeof number) != 1)
      {
        g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                             _ ("The computer has no random numbers for a code."));
        return FALSE;
      }
  while (number >= G_MAXUINT32 / N_CODES * N_CODES); /* no code is likelier than another */
  g_snprintf (self->code, sizeof self->code, OH_DIAL_FINDER_PREFIX "%06u", number % N_CODES);
  return TRUE;
}

static gboolean
start (OhDialFinder *self, GError **error)
{
  g_autoptr (GPtrArray) locals = NULL;

  if (self->port == 0)
    {
      g_set_error_literal (
        error, OH_ERROR, OH_ERROR_SETTINGS,
        _ ("Phones cannot know where to tell what is dialled: the administrator has to fix a port "
           "(setting event-port) and to provision the phones with it. Or find the phone without: "
           "“offhook phone find”."));
      return FALSE;
    }
  if (!draw_code (self, error))
    return FALSE;
  locals = self->locals ();
  return oh_snom_listener_expect (self->listener, self->code, locals, on_dialled, self, error);
}

void
oh_dial_finder_run_async (OhDialFinder *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, oh_dial_finder_run_async);
  g_task_set_check_cancellable (task, FALSE); /* our own error tells it */
  if (self->task != NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_BUSY,
                               _ ("Another search by a code is under way; try again after it."));
      return;
    }
  if (!start (self, &error))
    {
      OPENSSL_cleanse (self->code, sizeof self->code);
      g_task_return_error (task, error);
      return;
    }
  self->task = g_steal_pointer (&task);
  self->n_wrong = 0;
  self->alarm = oh_clock_add_alarm_in (
    self->clock, (gint64) OH_DIAL_FINDER_LIMIT_S * G_USEC_PER_SEC, on_too_late, self);
  self->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
}

char *
oh_dial_finder_run_finish (OhDialFinder *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
oh_dial_finder_get_code (OhDialFinder *self)
{
  return self->task != NULL ? self->code : NULL;
}

guint16
oh_dial_finder_get_port (OhDialFinder *self)
{
  return self->port;
}

/* --- life ----------------------------------------------------------------------------------- */

/* Not while it waits: then the task holds it. */
static void
oh_dial_finder_finalize (GObject *object)
{
  OhDialFinder *self = OH_DIAL_FINDER (object);

  g_object_unref (self->listener);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (oh_dial_finder_parent_class)->finalize (object);
}

static void
oh_dial_finder_class_init (OhDialFinderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_dial_finder_finalize;
}

static void
oh_dial_finder_init (OhDialFinder *self)
{
}

OhDialFinder *
oh_dial_finder_new (OhSnomListener *listener, guint16 port, OhDialFinderLocals locals,
                    OhClock *clock)
{
  OhDialFinder *self = g_object_new (OH_TYPE_DIAL_FINDER, NULL);

  self->listener = g_object_ref (listener);
  self->port = port;
  self->locals = locals;
  self->clock = g_object_ref (clock);
  return self;
}
