/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-phone.h"
#include "phone-body.h"
#include "phone-tls.h"
#include "snom-command.h"
#include "snom-http.h"
#include "snom-watch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Harmless: what the phone is. Never a key press, which would act on a live call. */
#define INFO_PAGE "/info.htm"
#define SETTINGS_PAGE "/settings.htm"

#define CAPABILITIES                                                                               \
  (OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER | OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HANG_UP_ALL |     \
   OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DTMF | OH_PHONE_CAN_CHOOSE_IDENTITY | OH_PHONE_HOLD_TOGGLES)

/* An unreachable phone is mostly one that starts again, which takes a minute. */
static const guint8 retry_s[] = { 5, 10, 20, 40, 60 };

/* How often to look whether somebody has changed the phone's settings: provisioning does. */
#define LOOK_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)

typedef enum
{
  STEP_PROBE,    /* make it ready */
  STEP_SETTLE,   /* certificate and login good, on a harmless page */
  STEP_SEND,     /* the command, once */
  STEP_READ,     /* the settings */
  STEP_WRITE,    /* one of the requests of the plan */
  STEP_VERIFY,   /* the settings once more */
  STEP_FINISHED, /* returned */
} Step;

/* One send, watch or unwatch under way: the task's data. */
typedef struct
{
  Step step;
  char *target; /* of a command */
  gboolean unwatch;
  OhSnomWatchPlan *plan;
  guint n_written;
} Errand;

struct _OhSnomPhone
{
  OhPhone parent_instance;

  OhSnomHttp *http;
  OhSnomListener *listener;
  char *identity;
  char *base; /* where the listener takes this phone's events; NULL while it does not */
  GHashTable *settings;
  gboolean settings_closed; /* this login may not read them */
  GQueue probes;            /* GTask: everybody who waits for the probe under way */
  gboolean watch_wanted;
  guint alarm; /* next look, or retry */
  guint n_retries;
};

G_DEFINE_FINAL_TYPE (OhSnomPhone, oh_snom_phone, OH_TYPE_PHONE)

static void next_step (GTask *owned);
static void refresh (OhSnomPhone *self);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->target);
  oh_snom_watch_plan_free (errand->plan);
  g_free (errand);
}

static const char *
host_of (OhSnomPhone *self)
{
  return oh_phone_get_host (OH_PHONE (self));
}

static gboolean
setting_is_on (OhSnomPhone *self, const char *name)
{
  const char *value = self->settings != NULL ? g_hash_table_lookup (self->settings, name) : NULL;

  return value != NULL && (g_ascii_strcasecmp (value, "on") == 0 ||
                           g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
}

/* -- state ------------------------------------------------------------------------------------ */

static gboolean
on_alarm (gpointer data)
{
  OhSnomPhone *self = data;

  self->alarm = 0;
  if (oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_UNKNOWN, NULL);
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* A phone in any of these states is not helped by asking again without the user. */
static gboolean
waits_for_user (OhPhoneState state)
{
  return state == OH_PHONE_STATE_UNAUTHORIZED || state == OH_PHONE_STATE_UNTRUSTED;
}

static void
set_alarm (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);
  OhPhoneState state = oh_phone_get_state (phone);
  gint64 delay_us = LOOK_US;

  oh_clock_clear_alarm (oh_phone_get_clock (phone), &self->alarm);
  if (waits_for_user (state))
    return;
  if (state == OH_PHONE_STATE_UNREACHABLE)
    {
      guint i = MIN (self->n_retries, G_N_ELEMENTS (retry_s) - 1);

      delay_us = (gint64) retry_s[i] * G_USEC_PER_SEC;
      self->n_retries++;
    }
  else if (state == OH_PHONE_STATE_LOCKED_OUT)
    delay_us = oh_snom_http_locked_us (self->http);
  self->alarm = oh_clock_add_alarm_in (oh_phone_get_clock (phone), delay_us, on_alarm, self);
}

static gboolean
state_for_error (const GError *error, OhPhoneState *out)
{
  static const struct
  {
    OhError code;
    OhPhoneState state;
  } known[] = {
    { OH_ERROR_UNREACHABLE, OH_PHONE_STATE_UNREACHABLE },
    { OH_ERROR_UNTRUSTED, OH_PHONE_STATE_UNTRUSTED },
    { OH_ERROR_PHONE_LOGIN, OH_PHONE_STATE_UNAUTHORIZED },
    { OH_ERROR_PHONE_LOCKED_OUT, OH_PHONE_STATE_LOCKED_OUT },
    { OH_ERROR_PHONE_REFUSED, OH_PHONE_STATE_UNSUPPORTED },
    { OH_ERROR_UNSUPPORTED, OH_PHONE_STATE_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (error->code == (int) known[i].code)
      {
        *out = known[i].state;
        return TRUE;
      }
  return FALSE;
}

/* What an error says about the phone itself, if anything. */
static void
note_error (OhSnomPhone *self, const GError *error)
{
  OhPhoneState present = oh_phone_get_state (OH_PHONE (self));
  OhPhoneState state;

  if (!state_for_error (error, &state))
    return;
  if (present == OH_PHONE_STATE_LOCKED_OUT && state != present)
    oh_phone_move (OH_PHONE (self), OH_PHONE_STATE_UNKNOWN, NULL);
  if (state == OH_PHONE_STATE_UNSUPPORTED)
    oh_phone_set_capabilities (OH_PHONE (self), 0);
  oh_phone_move (OH_PHONE (self), state, g_error_copy (error));
  set_alarm (self);
}

/* -- probe ------------------------------------------------------------------------------------ */

static void
end_probe (OhSnomPhone *self, const GError *error)
{
  GQueue probes = self->probes;

  g_queue_init (&self->probes);
  if (error != NULL)
    note_error (self, error);
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
become_ready (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);
  OhPhoneCapabilities capabilities = CAPABILITIES;

  if (self->listener != NULL && self->settings != NULL)
    capabilities |= OH_PHONE_CAN_TELL_EVENTS;
  if (self->settings != NULL && g_hash_table_contains (self->settings, "dnd_mode"))
    oh_phone_set_dnd (phone, setting_is_on (self, "dnd_mode"));
  oh_phone_set_capabilities (phone, capabilities);
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_UNAUTHORIZED ||
      oh_phone_get_state (phone) == OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
  oh_phone_move (phone, OH_PHONE_STATE_READY, NULL);
  self->n_retries = 0;
  set_alarm (self);
  end_probe (self, NULL);
}

/* The name of a switch that is on and keeps every command from having an effect. */
static const char *
blocking_switch (OhSnomPhone *self)
{
  static const char *const names[] = { "use_hidden_tags", "restrict_uri_queries" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (setting_is_on (self, names[i]))
      return names[i];
  return NULL;
}

static void
take_settings (OhSnomPhone *self, GBytes *body)
{
  gsize len;
  const char *data = g_bytes_get_data (body, &len);
  g_autoptr (GHashTable) settings = oh_snom_settings_parse (oh_slice (data, len));

  g_clear_pointer (&self->settings, g_hash_table_unref);
  if (g_hash_table_size (settings) > 0)
    self->settings = g_steal_pointer (&settings);
}

static void
on_settings_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, &error);
  const char *blocking;

  if (body != NULL)
    take_settings (self, body);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_REFUSED) ||
           g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED))
    self->settings_closed = TRUE; /* commands may work all the same */
  else
    {
      end_probe (self, error);
      return;
    }
  blocking = blocking_switch (self);
  if (blocking == NULL)
    {
      become_ready (self);
      return;
    }
  g_clear_error (&error);
  error = g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                       _ ("The phone at %s takes no remote control while its setting “%s” is on. "
                          "Switch it off (Advanced, QoS/Security)."),
                       host_of (self), blocking);
  end_probe (self, error);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = user_data;
  g_autoptr (OhSnomPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, &page, &error);

  if (body != NULL && page->look != OH_SNOM_LOOK_CLASSIC)
    error = g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED, _ ("What answers at %s is no snom phone."),
                         host_of (self));
  if (error != NULL)
    {
      end_probe (self, error);
      return;
    }
  oh_phone_set_description (OH_PHONE (self), page->model, page->firmware, page->mac);
  oh_snom_http_set_mac (self->http, oh_phone_get_mac (OH_PHONE (self)));
  if (self->settings_closed)
    become_ready (self);
  else
    oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, SETTINGS_PAGE, NULL,
                            on_settings_probed, g_object_ref (self));
}

static void
oh_snom_phone_probe_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_snom_phone_probe_async);
  g_queue_push_tail (&self->probes, task);
  if (g_queue_get_length (&self->probes) == 1)
    oh_snom_http_get_async (self->http, OH_SNOM_READ, INFO_PAGE, NULL, on_info,
                            g_object_ref (self));
}

static gboolean
oh_snom_phone_probe_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- looking after it ------------------------------------------------------------------------- */

static void
on_watched_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] events: %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (source);

  if (oh_phone_probe_finish (OH_PHONE (self), result, NULL) && self->watch_wanted)
    oh_phone_watch_async (OH_PHONE (self), NULL, on_watched_again, NULL);
}

static void
refresh (OhSnomPhone *self)
{
  oh_phone_probe_async (OH_PHONE (self), NULL, on_refreshed, NULL);
}

static void
on_event (OhPhoneEvent *event, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = g_object_ref (OH_SNOM_PHONE (user_data));
  gboolean started = event->kind == OH_PHONE_EVENT_STARTED;

  oh_phone_emit_event (OH_PHONE (self), event);
  if (started)
    refresh (self); /* what was not stored in flash is gone */
}

/* -- send, watch, unwatch: errands of steps --------------------------------------------------- */

static void
fail_errand (GTask *task, GError *error)
{
  Errand *errand = g_task_get_task_data (task);

  errand->step = STEP_FINISHED;
  note_error (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

static void
finish_errand (GTask *task, gssize outcome)
{
  Errand *errand = g_task_get_task_data (task);

  errand->step = STEP_FINISHED;
  g_task_return_int (task, outcome);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    {
      fail_errand (task, error);
      return;
    }
  errand->step = errand->target != NULL ? STEP_SETTLE : STEP_READ;
  next_step (g_steal_pointer (&task));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail_errand (task, error);
      return;
    }
  errand->step = STEP_SEND;
  next_step (g_steal_pointer (&task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    finish_errand (task, OH_PHONE_OUTCOME_SENT);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_error_free (error);
      finish_errand (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else
    fail_errand (task, error);
}

static GError *
no_settings_error (OhSnomPhone *self)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                      _ ("The phone at %s does not show its settings to this login, so that its "
                         "calls cannot be followed. Allow “admin_mode”, or store its service "
                         "login."),
                      host_of (self));
}

/* Makes the plan from what the phone has now; sets *error when it cannot be. */
static OhSnomWatchPlan *
make_plan (OhSnomPhone *self, gboolean unwatch, GError **error)
{
  const char *id = oh_phone_get_id (OH_PHONE (self));
  g_autofree char *token = oh_snom_listener_dup_token (self->listener, id);
  OhSnomWatchPlan *plan;

  if (unwatch)
    return oh_snom_watch_plan (self->settings, token, NULL);
  g_free (self->base);
  self->base = oh_snom_listener_add (self->listener, id, oh_snom_http_get_local (self->http),
                                     oh_snom_http_get_remote (self->http), on_event, self, error);
  if (self->base == NULL)
    return NULL;
  plan = oh_snom_watch_plan (self->settings, token, self->base);
  if (plan->foreign == NULL)
    return plan;
  g_set_error (error, OH_ERROR, OH_ERROR_CONFLICT,
               _ ("The phone at %s tells another program of its calls (“%s” is taken), and has "
                  "only one place for that. Empty it there to follow calls here."),
               host_of (self), plan->foreign);
  oh_snom_watch_plan_free (plan);
  return NULL;
}

static void
stop_listening (OhSnomPhone *self)
{
  if (self->base != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (OH_PHONE (self)));
  g_clear_pointer (&self->base, g_free);
  oh_phone_set_watched (OH_PHONE (self), FALSE);
}

/* There is nothing left to write: either it is so, or the phone did not take it. */
static void
conclude_watch (OhSnomPhone *self, GTask *task, Errand *errand)
{
  if (errand->plan->targets->len > 0)
    {
      stop_listening (self);
      errand->step = STEP_FINISHED;
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_CONFLICT,
                               _ ("The phone at %s did not take the addresses for its events. "
                                  "Allow “admin_mode” and make the action URLs writable."),
                               host_of (self));
      return;
    }
  if (errand->unwatch)
    stop_listening (self);
  else
    oh_phone_set_watched (OH_PHONE (self), TRUE);
  finish_errand (task, TRUE);
}

static void
on_settings_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    take_settings (self, body);
  if (body != NULL && self->settings == NULL)
    error = no_settings_error (self);
  g_clear_pointer (&errand->plan, oh_snom_watch_plan_free);
  if (error == NULL)
    errand->plan = make_plan (self, errand->unwatch, &error);
  if (error != NULL)
    {
      stop_listening (self);
      errand->step = STEP_FINISHED;
      g_task_return_error (task, error);
      return;
    }
  if (errand->step == STEP_VERIFY || errand->plan->targets->len == 0)
    {
      conclude_watch (self, task, errand);
      return;
    }
  errand->step = STEP_WRITE;
  next_step (g_steal_pointer (&task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL)
    {
      fail_errand (task, error);
      return;
    }
  errand->n_written++;
  if (errand->n_written == errand->plan->targets->len)
    errand->step = STEP_VERIFY;
  next_step (g_steal_pointer (&task));
}

static void
next_step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhSnomPhone *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (errand->step)
    {
    case STEP_PROBE:
      oh_phone_probe_async (OH_PHONE (self), cancellable, on_probed, g_steal_pointer (&task));
      break;
    case STEP_SETTLE:
      oh_snom_http_get_async (self->http, OH_SNOM_SETTLE, INFO_PAGE, cancellable, on_settled,
                              g_steal_pointer (&task));
      break;
    case STEP_SEND:
      oh_snom_http_get_async (self->http, OH_SNOM_ONCE, errand->target, cancellable, on_sent,
                              g_steal_pointer (&task));
      break;
    case STEP_READ:
    case STEP_VERIFY:
      oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, SETTINGS_PAGE, cancellable,
                              on_settings_read, g_steal_pointer (&task));
      break;
    case STEP_WRITE:
      oh_snom_http_get_async (self->http, OH_SNOM_WRITE,
                              g_ptr_array_index (errand->plan->targets, errand->n_written),
                              cancellable, on_written, g_steal_pointer (&task));
      break;
    case STEP_FINISHED:
    default: g_return_if_reached ();
    }
}

static GTask *
new_errand (OhSnomPhone *self, Step step, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->step = step;
  g_task_set_task_data (task, errand, errand_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  return task;
}

static Step
first_step (OhSnomPhone *self, Step when_ready)
{
  return oh_phone_get_state (OH_PHONE (self)) == OH_PHONE_STATE_READY ? when_ready : STEP_PROBE;
}

static void
oh_snom_phone_send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task =
    new_errand (self, first_step (self, STEP_SETTLE), cancellable, callback, user_data);
  Errand *errand = g_task_get_task_data (task);
  OhPhoneCommand complete = *command;

  g_task_set_source_tag (task, oh_snom_phone_send_async);
  if (complete.identity == NULL)
    complete.identity = self->identity;
  errand->target = oh_snom_command_target (&complete);
  if (errand->target == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("The phone at %s can be given digits, “*” and “#” only."),
                             host_of (self));
  else
    next_step (g_steal_pointer (&task));
}

static OhPhoneOutcome
oh_snom_phone_send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

static void
oh_snom_phone_watch_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task =
    new_errand (self, first_step (self, STEP_READ), cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_snom_phone_watch_async);
  if (self->listener == NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                               _ ("Events of the phone at %s are switched off in the settings."),
                               host_of (self));
      return;
    }
  self->watch_wanted = TRUE;
  next_step (g_steal_pointer (&task));
}

static void
oh_snom_phone_unwatch_async (OhPhone *phone, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  g_autoptr (GTask) task =
    new_errand (self, first_step (self, STEP_READ), cancellable, callback, user_data);
  Errand *errand = g_task_get_task_data (task);

  g_task_set_source_tag (task, oh_snom_phone_unwatch_async);
  self->watch_wanted = FALSE;
  errand->unwatch = TRUE;
  if (self->base == NULL)
    finish_errand (task, TRUE);
  else
    next_step (g_steal_pointer (&task));
}

static gboolean
watch_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error) > 0;
}

/* -- settings --------------------------------------------------------------------------------- */

/* What was known hung on the login or on the rule that has just changed. */
static void
start_over (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  self->settings_closed = FALSE;
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_LOCKED_OUT)
    oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
}

static void
oh_snom_phone_set_login (OhPhone *phone, const char *user, const char *password)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  oh_snom_http_set_login (self->http, user, password);
  start_over (self);
}

static void
oh_snom_phone_set_trust (OhPhone *phone, const OhPhoneTrust *trust)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);

  if (oh_snom_http_set_trust (self->http, trust))
    start_over (self);
}

void
oh_snom_phone_set_identity (OhSnomPhone *self, const char *identity)
{
  g_free (self->identity);
  self->identity = identity != NULL && *identity != '\0' ? g_strdup (identity) : NULL;
}

/* -- object ----------------------------------------------------------------------------------- */

static void
on_certificate (OhSnomHttp *http, const char *fingerprint, guint verdict, OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  oh_phone_show_certificate (phone, fingerprint);
  if (verdict == OH_PHONE_VERDICT_FIRST || verdict == OH_PHONE_VERDICT_CHANGED)
    oh_phone_emit_certificate (phone, fingerprint, verdict == OH_PHONE_VERDICT_FIRST);
}

static void
oh_snom_phone_dispose (GObject *object)
{
  OhSnomPhone *self = OH_SNOM_PHONE (object);

  oh_clock_clear_alarm (oh_phone_get_clock (OH_PHONE (self)), &self->alarm);
  if (self->listener != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (OH_PHONE (self)));
  g_clear_object (&self->listener);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (oh_snom_phone_parent_class)->dispose (object);
}

static void
oh_snom_phone_finalize (GObject *object)
{
  OhSnomPhone *self = OH_SNOM_PHONE (object);

  g_free (self->identity);
  g_free (self->base);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  G_OBJECT_CLASS (oh_snom_phone_parent_class)->finalize (object);
}

static void
oh_snom_phone_class_init (OhSnomPhoneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  OhPhoneClass *phone_class = OH_PHONE_CLASS (class);

  object_class->dispose = oh_snom_phone_dispose;
  object_class->finalize = oh_snom_phone_finalize;
  phone_class->send_async = oh_snom_phone_send_async;
  phone_class->send_finish = oh_snom_phone_send_finish;
  phone_class->probe_async = oh_snom_phone_probe_async;
  phone_class->probe_finish = oh_snom_phone_probe_finish;
  phone_class->watch_async = oh_snom_phone_watch_async;
  phone_class->watch_finish = watch_finish;
  phone_class->unwatch_async = oh_snom_phone_unwatch_async;
  phone_class->unwatch_finish = watch_finish;
  phone_class->set_login = oh_snom_phone_set_login;
  phone_class->set_trust = oh_snom_phone_set_trust;
}

static void
oh_snom_phone_init (OhSnomPhone *self)
{
  g_queue_init (&self->probes);
}

OhPhone *
oh_snom_phone_new (const char *id, const char *host, const char *scheme, OhSnomListener *listener,
                   OhClock *clock)
{
  OhSnomPhone *self =
    g_object_new (OH_TYPE_SNOM_PHONE, "id", id, "host", host, "clock", clock, NULL);

  g_set_object (&self->listener, listener);
  self->http = oh_snom_http_new (host, scheme, oh_phone_get_clock (OH_PHONE (self)));
  g_signal_connect_object (self->http, "certificate", G_CALLBACK (on_certificate), self, 0);
  return OH_PHONE (self);
}
