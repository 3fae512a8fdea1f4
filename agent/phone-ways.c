/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-ways.h"

#include <glib/gi18n-lib.h>

#include "csta-phone.h"
#include "phone-body.h"

typedef enum
{
  WEB,
  CSTA,
  N_BODIES,
} Which;

struct _OhPhoneWays
{
  OhPhone parent_instance;

  OhPhone *bodies[N_BODIES]; /* (owned) (nullable) */
  Which active;
  gboolean watch_wanted;
  GQueue probes;  /* GTask: everybody who waits for the probe under way */
  GError *no_web; /* (owned) (nullable): why the web page does not do */
};

G_DEFINE_FINAL_TYPE (OhPhoneWays, oh_phone_ways, OH_TYPE_PHONE)

OhPhoneDrive
oh_phone_drive_from_nick (const char *nick)
{
  if (g_strcmp0 (nick, "http") == 0)
    return OH_PHONE_DRIVE_HTTP;
  return g_strcmp0 (nick, "csta") == 0 ? OH_PHONE_DRIVE_CSTA : OH_PHONE_DRIVE_AUTO;
}

static OhPhone *
active_body (OhPhoneWays *self)
{
  return self->bodies[self->active];
}

static OhPhone *
other_body (OhPhoneWays *self)
{
  return self->bodies[self->active == WEB ? CSTA : WEB];
}

/* --- what the active body shows ------------------------------------------------------------- */

/* The other body may stand where no move leads to from here: what was known is out of date then. */
static void
move (OhPhoneWays *self, OhPhoneState to, const GError *reason)
{
  OhPhone *phone = OH_PHONE (self);
  OhPhoneState from = oh_phone_get_state (phone);
  gboolean stuck = from == OH_PHONE_STATE_LOCKED_OUT || from == OH_PHONE_STATE_UNAUTHORIZED;

  if (from != to && stuck)
    oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
  oh_phone_move (phone, to, reason != NULL ? g_error_copy (reason) : NULL);
}

static const char *
why_this_one (OhPhoneWays *self)
{
  if (self->active == WEB)
    return self->bodies[CSTA] != NULL ? _ ("its web page takes commands")
                                      : _ ("it is set so, or nothing else is known");
  return self->no_web != NULL ? self->no_web->message : _ ("it is set so");
}

static void
mirror (OhPhoneWays *self)
{
  OhPhone *phone = OH_PHONE (self);
  OhPhone *body = active_body (self);
  OhPhoneFacts facts;

  g_object_freeze_notify (G_OBJECT (self));
  oh_phone_get_facts (body, &facts);
  oh_phone_set_description (phone, oh_phone_get_model (body), oh_phone_get_firmware (body),
                            oh_phone_get_mac (body));
  oh_phone_note_kind (phone, oh_phone_get_kind (body));
  oh_phone_set_capabilities (phone, oh_phone_get_capabilities (body));
  oh_phone_set_dnd (phone, oh_phone_get_dnd (body));
  oh_phone_set_watched (phone, oh_phone_get_watched (body));
  if (facts.certificate != NULL)
    oh_phone_show_certificate (phone, facts.certificate, oh_phone_get_fingerprint (body));
  oh_phone_note_blocking (phone, facts.blocking);
  oh_phone_note_listening (phone, facts.listening);
  oh_phone_note_habits (phone, facts.habits);
  oh_phone_note_partly (phone, facts.partly);
  oh_phone_note_holder (phone, facts.holder, facts.holder_host);
  oh_phone_set_condition (phone, oh_phone_get_condition (body));
  oh_phone_note_driver (phone, self->active == WEB ? "http" : "csta", why_this_one (self));
  move (self, oh_phone_get_state (body), oh_phone_get_reason (body));
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_probed_by_itself (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_phone_probe_finish (OH_PHONE (source), result, NULL); /* its state tells */
}

/* An INVITE goes to snom phones only, unless the user has said so: others might ring. */
static gboolean
may_speak_csta (OhPhone *web)
{
  OhPhoneKind kind = oh_phone_get_kind (web);

  return kind == OH_PHONE_KIND_SNOM || kind == OH_PHONE_KIND_SNOM_D8XX;
}

/* A web page that takes commands no more is what the other body is for. */
static void
on_notify (OhPhone *body, GParamSpec *pspec, OhPhoneWays *self)
{
  oh_phone_note_kind (OH_PHONE (self), oh_phone_get_kind (body)); /* at once: it changes the body */
  /* A probe tells at its end; but a new login makes it unknown at once, and it may be dialled with.
   */
  if (body != active_body (self) ||
      (!g_queue_is_empty (&self->probes) && oh_phone_get_state (body) != OH_PHONE_STATE_UNKNOWN))
    return;
  if (self->active == WEB && self->bodies[CSTA] != NULL && may_speak_csta (body) &&
      oh_phone_get_state (body) == OH_PHONE_STATE_UNSUPPORTED &&
      oh_phone_get_state (OH_PHONE (self)) != OH_PHONE_STATE_UNSUPPORTED)
    oh_phone_probe_async (OH_PHONE (self), NULL, on_probed_by_itself, NULL);
  else
    mirror (self);
}

/* Only one of both tells of a call, under one name. */
static void
on_event (OhPhone *body, const OhPhoneEvent *event, OhPhoneWays *self)
{
  if (body == active_body (self))
    oh_phone_emit_event (OH_PHONE (self), oh_phone_event_copy (event));
}

static void
on_certificate (OhPhone *body, const char *fingerprint, gboolean first_use, OhPhoneWays *self)
{
  oh_phone_emit_certificate (OH_PHONE (self), fingerprint, first_use);
}

/* --- probe ---------------------------------------------------------------------------------- */

static void
end_probe (OhPhoneWays *self, const GError *error)
{
  G_GNUC_UNUSED g_autoptr (OhPhoneWays) alive = g_object_ref (self);
  GQueue probes = self->probes;

  g_queue_init (&self->probes);
  mirror (self);
  for (GTask *task = g_queue_pop_head (&probes); task != NULL; task = g_queue_pop_head (&probes))
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
on_rewatched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] events: %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
activate (OhPhoneWays *self, Which which)
{
  if (self->active == which)
    return;
  g_message ("[%s] driven by %s from now on", oh_phone_get_id (OH_PHONE (self)),
             which == WEB ? "http" : "csta");
  self->active = which;
  if (which == WEB && self->bodies[CSTA] != NULL && OH_IS_CSTA_PHONE (self->bodies[CSTA]))
    oh_csta_phone_rest (OH_CSTA_PHONE (self->bodies[CSTA]));
  if (self->watch_wanted)
    oh_phone_watch_async (active_body (self), NULL, on_rewatched, NULL);
}

/* Neither does: what is wrong with the web page is what most users can mend, and both are said. */
static void
on_csta_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhPhoneWays) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) both = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    {
      activate (self, CSTA);
      end_probe (self, NULL);
      return;
    }
  if (self->bodies[WEB] == NULL || self->no_web == NULL ||
      (self->active == CSTA && g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE)))
    {
      end_probe (self, error); /* alone; or it starts again, most likely, and will be as it was */
      return;
    }
  if (OH_IS_CSTA_PHONE (source))
    oh_csta_phone_rest (OH_CSTA_PHONE (source));
  both = g_error_new (OH_ERROR, self->no_web->code, _ ("%s By uaCSTA: %s"), self->no_web->message,
                      error != NULL ? error->message : "");
  activate (self, WEB);
  end_probe (self, both);
  move (self, OH_PHONE_STATE_UNSUPPORTED, both);
}

static gboolean
takes_no_commands (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_REFUSED);
}

static void
on_web_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhPhoneWays) self = user_data;
  OhPhone *csta = self->bodies[CSTA];
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error) && takes_no_commands (error) &&
      csta != NULL && may_speak_csta (OH_PHONE (source)))
    {
      g_clear_error (&self->no_web);
      self->no_web = g_error_copy (error);
      oh_phone_probe_async (csta, NULL, on_csta_probed, g_steal_pointer (&self));
      return;
    }
  if (error == NULL || self->active == WEB)
    {
      activate (self, WEB);
      end_probe (self, error);
    }
  else /* it cannot be asked now; the other one went well before */
    oh_phone_probe_async (csta, NULL, on_csta_probed, g_steal_pointer (&self));
}

static void
probe_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, probe_async);
  g_queue_push_tail (&self->probes, task);
  if (g_queue_get_length (&self->probes) > 1)
    return;
  if (self->bodies[WEB] != NULL)
    oh_phone_probe_async (self->bodies[WEB], NULL, on_web_probed, g_object_ref (self));
  else
    oh_phone_probe_async (self->bodies[CSTA], NULL, on_csta_probed, g_object_ref (self));
}

static gboolean
boolean_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- commands ------------------------------------------------------------------------------- */

/* The task's data: the command once more, for the other body. */
typedef struct
{
  OhPhoneCommand command;
  char *argument;
  char *identity;
  GError *first; /* (owned) (nullable): what the first body said */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->argument);
  g_free (errand->identity);
  g_clear_error (&errand->first);
  g_free (errand);
}

/* Of two refusals the one that was asked for second only adds to the first. */
static void
on_sent_by_other (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  OhPhoneOutcome outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);

  if (outcome != OH_PHONE_OUTCOME_FAILED)
    g_task_return_int (task, (gssize) outcome);
  else
    g_task_return_new_error (task, OH_ERROR, errand->first->code, "%s %s", errand->first->message,
                             error->message);
}

/* Only what certainly was not done is asked for once more, of the other. */
static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhPhoneWays *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);
  OhPhone *other = OH_PHONE (source) == active_body (self) ? other_body (self) : active_body (self);

  if (outcome != OH_PHONE_OUTCOME_FAILED)
    g_task_return_int (task, (gssize) outcome);
  else if (other == NULL || !takes_no_commands (error))
    g_task_return_error (task, error);
  else
    {
      g_message ("[%s] %s: refused, tried in the other way: %s", oh_phone_get_id (OH_PHONE (self)),
                 oh_phone_verb_word (errand->command.verb), error->message);
      errand->first = error;
      errand->command.call = NULL; /* the name was the other body's */
      oh_phone_send_async (other, &errand->command, cancellable, on_sent_by_other,
                           g_steal_pointer (&task));
    }
}

static void
send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->command = *command;
  errand->command.argument = errand->argument = g_strdup (command->argument);
  errand->command.identity = errand->identity = g_strdup (command->identity);
  g_task_set_source_tag (task, send_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  g_task_set_task_data (task, errand, errand_free);
  oh_phone_send_async (active_body (self), &errand->command, cancellable, on_sent, task);
}

static OhPhoneOutcome
send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

static void
expect (OhPhone *phone)
{
  oh_phone_expect (active_body (OH_PHONE_WAYS (phone)));
}

/* --- events --------------------------------------------------------------------------------- */

static void
on_watched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
watch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, watch_async);
  self->watch_wanted = TRUE;
  oh_phone_watch_async (active_body (self), cancellable, on_watched, task);
}

static void
on_unwatched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_unwatch_finish (OH_PHONE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
unwatch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, unwatch_async);
  self->watch_wanted = FALSE;
  oh_phone_unwatch_async (active_body (self), cancellable, on_unwatched, task);
}

/* --- settings ------------------------------------------------------------------------------- */

static void
set_login (OhPhone *phone, const char *user, const char *password)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);

  for (guint i = 0; i < N_BODIES; i++)
    if (self->bodies[i] != NULL)
      oh_phone_set_login (self->bodies[i], user, password);
}

/* Levels are the web page's. */
static void
set_login_at (OhPhone *phone, OhPhoneLevel level, const char *user, const char *password)
{
  OhPhone *web = OH_PHONE_WAYS (phone)->bodies[WEB];

  if (web != NULL)
    oh_phone_set_login_at (web, level, user, password);
}

static void
set_trust (OhPhone *phone, const OhPhoneTrust *trust)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);

  for (guint i = 0; i < N_BODIES; i++)
    if (self->bodies[i] != NULL)
      oh_phone_set_trust (self->bodies[i], trust);
}

static void
set_address (OhPhone *phone, const char *address)
{
  OhPhoneWays *self = OH_PHONE_WAYS (phone);

  for (guint i = 0; i < N_BODIES; i++)
    if (self->bodies[i] != NULL)
      oh_phone_set_address (self->bodies[i], address);
}

/* --- object --------------------------------------------------------------------------------- */

OhPhone *
oh_phone_ways_web (OhPhone *phone)
{
  return OH_IS_PHONE_WAYS (phone) ? OH_PHONE_WAYS (phone)->bodies[WEB] : phone;
}

OhPhone *
oh_phone_ways_csta (OhPhone *phone)
{
  return OH_IS_PHONE_WAYS (phone) ? OH_PHONE_WAYS (phone)->bodies[CSTA] : NULL;
}

static void
take_body (OhPhoneWays *self, Which which, OhPhone *body)
{
  self->bodies[which] = body;
  if (body == NULL)
    return;
  g_signal_connect (body, "notify", G_CALLBACK (on_notify), self);
  g_signal_connect (body, "event", G_CALLBACK (on_event), self);
  g_signal_connect (body, "certificate", G_CALLBACK (on_certificate), self);
}

OhPhone *
oh_phone_ways_new (OhPhone *web, OhPhone *csta)
{
  OhPhone *any = web != NULL ? web : csta;
  OhPhoneWays *self =
    g_object_new (OH_TYPE_PHONE_WAYS, "id", oh_phone_get_id (any), "host", oh_phone_get_host (any),
                  "clock", oh_phone_get_clock (any), NULL);

  self->active = web != NULL ? WEB : CSTA;
  take_body (self, WEB, web);
  take_body (self, CSTA, csta);
  mirror (self);
  return OH_PHONE (self);
}

static void
oh_phone_ways_dispose (GObject *object)
{
  OhPhoneWays *self = OH_PHONE_WAYS (object);

  for (guint i = 0; i < N_BODIES; i++)
    {
      if (self->bodies[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->bodies[i], self);
      g_clear_object (&self->bodies[i]);
    }
  g_clear_error (&self->no_web);
  G_OBJECT_CLASS (oh_phone_ways_parent_class)->dispose (object);
}

static void
oh_phone_ways_class_init (OhPhoneWaysClass *class)
{
  OhPhoneClass *phone_class = OH_PHONE_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = oh_phone_ways_dispose;
  phone_class->probe_async = probe_async;
  phone_class->probe_finish = boolean_finish;
  phone_class->send_async = send_async;
  phone_class->send_finish = send_finish;
  phone_class->watch_async = watch_async;
  phone_class->watch_finish = boolean_finish;
  phone_class->unwatch_async = unwatch_async;
  phone_class->unwatch_finish = boolean_finish;
  phone_class->set_login = set_login;
  phone_class->set_login_at = set_login_at;
  phone_class->expect = expect;
  phone_class->set_trust = set_trust;
  phone_class->set_address = set_address;
}

static void
oh_phone_ways_init (OhPhoneWays *self)
{
  g_queue_init (&self->probes);
}
