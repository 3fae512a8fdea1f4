/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dialler.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dialler-private.h"
#include "tone-sender.h"

G_DEFINE_FINAL_TYPE (OhDialler, oh_dialler, G_TYPE_OBJECT)

static void
leaving_free (gpointer data)
{
  OhLeaving *leaving = data;

  g_object_unref (leaving->withdraw);
  g_ptr_array_unref (leaving->hang_ups);
  g_free (leaving);
}

static void
oh_dialler_finalize (GObject *object)
{
  OhDialler *self = OH_DIALLER (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->clock);
  oh_dial_plan_free (self->plan);
  g_free (self->default_phone);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->tone_senders);
  g_hash_table_unref (self->leaving);
  G_OBJECT_CLASS (oh_dialler_parent_class)->finalize (object);
}

static void
oh_dialler_class_init (OhDiallerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_dialler_finalize;
}

static void
oh_dialler_init (OhDialler *self)
{
  self->leaving = g_hash_table_new_full (NULL, NULL, g_object_unref, leaving_free);
  self->plan = oh_dial_plan_new (NULL, NULL, NULL, NULL, NULL, 0);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->tone_senders = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tone_sender_free);
}

OhDialler *
oh_dialler_new (OhCallList *calls, OhClock *clock)
{
  OhDialler *self = g_object_new (OH_TYPE_DIALLER, NULL);

  self->calls = g_object_ref (calls);
  self->clock = g_object_ref (clock != NULL ? clock : oh_clock_system ());
  return self;
}

void
oh_dialler_set_plan (OhDialler *self, const OhDialPlan *plan)
{
  OhDialPlan *copy = oh_dial_plan_copy (plan);

  oh_dial_plan_free (self->plan);
  self->plan = copy;
  oh_call_list_set_plan (self->calls, copy);
  copy->facts = self->facts;
}

void
oh_dialler_set_facts (OhDialler *self, OhNumberFactsFunc facts)
{
  self->facts = facts;
  self->plan->facts = facts;
}

void
oh_dialler_set_confirm_links (OhDialler *self, OhConfirmLinks confirm)
{
  self->confirm_links = confirm;
}

void
oh_dialler_set_name_lookup (OhDialler *self, OhNameLookup lookup, gpointer user_data)
{
  self->lookup = lookup;
  self->lookup_data = user_data;
  oh_call_list_set_name_lookup (self->calls, lookup, user_data, NULL);
}

void
oh_dialler_set_denied (OhDialler *self, OhDialPolicy denied)
{
  self->denied = denied;
}

void
oh_dialler_set_screen_locked (OhDialler *self, gboolean locked)
{
  self->screen_locked = locked;
}

void
oh_dialler_set_choice (OhDialler *self, OhPhoneRule rule, const char *default_phone)
{
  self->phone_rule = rule;
  g_free (self->default_phone);
  self->default_phone = g_strdup (default_phone);
}

void
oh_dialler_add_phone (OhDialler *self, OhPhone *phone)
{
  if (g_ptr_array_find (self->phones, phone, NULL))
    return;
  g_ptr_array_add (self->phones, g_object_ref (phone));
  oh_call_list_add_phone (self->calls, phone);
}

void
oh_dialler_remove_phone (OhDialler *self, OhPhone *phone)
{
  oh_call_list_remove_phone (self->calls, phone);
  g_ptr_array_remove (self->phones, phone);
}

OhNumber *
oh_dialler_parse (OhDialler *self, const char *text, OhNumberSource source, GError **error)
{
  return oh_number_parse (text, source, self->plan, error);
}

gboolean
oh_dialler_must_confirm (OhDialler *self, const OhNumber *number, OhNumberSource source)
{
  g_autofree char *name = NULL;

  if (oh_number_always_asks (number) ||
      (number->tones != NULL && source != OH_NUMBER_FROM_USER)) /* somebody else's tones */
    return TRUE;
  if (source != OH_NUMBER_FROM_LINK)
    return FALSE;
  switch (self->confirm_links)
    {
    case OH_CONFIRM_LINKS_NEVER: return FALSE;
    case OH_CONFIRM_LINKS_UNKNOWN:
      name = self->lookup != NULL ? self->lookup (number->canonical, self->lookup_data) : NULL;
      return name == NULL;
    case OH_CONFIRM_LINKS_ALWAYS:
    default: return TRUE;
    }
}

/* -- dial ------------------------------------------------------------------------------------- */

static gboolean
may_dial (OhDialler *self, const OhNumber *number, OhNumberSource source, gboolean confirmed,
          GError **error)
{
  if (self->screen_locked)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_LOCKED,
                           _ ("Nothing is dialled while the screen is locked."));
      return FALSE;
    }
  if (confirmed || !oh_dialler_must_confirm (self, number, source))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_CONFIRM, _ ("Really dial %s?"), number->display);
  return FALSE;
}

/* Tones go out when the phone tells that the call is connected, never earlier or by the clock. */
static gboolean
can_send_tones (OhPhone *phone, const OhNumber *number, GError **error)
{
  if (number->tones == NULL)
    return TRUE;
  if (strchr (number->tones, 'w') != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                 _ ("Before its tones the number waits for a word of yours. Dial %s, and send the "
                    "tones when it is time."),
                 number->display);
  else if (!oh_phone_get_watched (phone) ||
           (oh_phone_get_capabilities (phone) & OH_PHONE_CAN_DTMF) == 0)
    g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                 _ ("The phone “%s” does not tell when a call is connected, or cannot send tones. "
                    "Dial %s, and send the tones by hand."),
                 oh_phone_get_id (phone), number->display);
  else
    return TRUE;
  return FALSE;
}

void
oh_dialler_expect (OhDialler *self)
{
  OhPhone *phone =
    oh_phone_choice (self->phones, self->phone_rule, self->default_phone, NULL, NULL);

  if (phone != NULL)
    oh_phone_expect (phone);
}

/* A phone that waits for its user is not asked again and again: each try may count as a failed
   login. One that is only out of reach, or not looked at yet, is worth a try. */
gboolean
oh_dialler_may_ask (OhPhone *phone, GError **error)
{
  OhPhoneState state = oh_phone_get_state (phone);
  const GError *reason = oh_phone_get_reason (phone);

  if ((state != OH_PHONE_STATE_UNAUTHORIZED && state != OH_PHONE_STATE_UNTRUSTED &&
       state != OH_PHONE_STATE_LOCKED_OUT) ||
      reason == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (reason));
  return FALSE;
}

const char *
oh_dialler_party (OhCall *call)
{
  if (oh_call_get_name (call) != NULL)
    return oh_call_get_name (call);
  return oh_call_get_number (call) != NULL ? oh_call_get_number (call) : _ ("unknown caller");
}

OhCall *
oh_dialler_find_front (OhDialler *self, OhPhone *phone)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);

  for (guint i = 0; i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);
      OhCallState state = oh_call_get_state (call);

      if (oh_call_get_phone (call) == phone && state != OH_CALL_HELD && state != OH_CALL_UNKNOWN &&
          state != OH_CALL_ENDED)
        return call; /* the list holds it */
    }
  return NULL;
}

/* A second call needs the first one out of the way: what the phone does otherwise, nobody knows. */
static gboolean
is_free (OhDialler *self, OhPhone *phone, GError **error)
{
  OhCall *front = oh_dialler_find_front (self, phone);

  if (front == NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BUSY,
               _ ("The phone “%s” is in a call with %s. Hang up or hold that call first."),
               oh_phone_get_id (phone), oh_dialler_party (front));
  return FALSE;
}

static void
on_errand_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_call_errand_run_finish (result, &error);

  if (outcome == OH_PHONE_OUTCOME_FAILED)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) outcome);
}

void
oh_dialler_run_errand (OhDialler *self, OhCallErrand *errand, GTask *task)
{
  errand->calls = self->calls;
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  oh_call_errand_run_async (errand, self->clock, g_task_get_cancellable (task), on_errand_done,
                            task);
}

static void
on_tones_done (OhToneSender *sender, gpointer user_data)
{
  OhDialler *self = user_data;

  g_ptr_array_remove_fast (self->tone_senders, sender); /* frees it */
}

/* -- a request that may still be taken back ---------------------------------------------------- */

/* The hang-ups that came while it was not known whether anything had left go on, or are done. */
static void
settle (OhDialler *self, OhCall *call, gboolean left)
{
  g_autoptr (GPtrArray) hang_ups = NULL;
  OhLeaving *leaving = g_hash_table_lookup (self->leaving, call);

  if (leaving == NULL)
    return;
  hang_ups = g_ptr_array_ref (leaving->hang_ups);
  g_hash_table_remove (self->leaving, call); /* frees it */
  for (guint i = 0; i < hang_ups->len; i++)
    oh_dialler_hang_up_later (self, call, left, g_object_ref (g_ptr_array_index (hang_ups, i)));
}

static void
on_left (OhCall *call, gpointer user_data)
{
  settle (user_data, call, TRUE);
}

/* A dial under way: the errand has a cancellable of its own, so that the call can be hung up before
   it was placed. */
typedef struct
{
  OhDialler *dialler; /* (owned) */
  OhCall *call;       /* (owned) */
  GTask *task;        /* (owned) */
  GCancellable *withdraw;
  gulong cancelled_id;
} Dialling;

static void
on_dial_errand_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Dialling *dialling = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_call_errand_run_finish (result, &error);

  g_cancellable_disconnect (g_task_get_cancellable (dialling->task), dialling->cancelled_id);
  settle (dialling->dialler, dialling->call, FALSE);
  if (outcome == OH_PHONE_OUTCOME_FAILED)
    g_task_return_error (dialling->task, error);
  else
    g_task_return_int (dialling->task, (gssize) outcome);
  g_object_unref (dialling->withdraw);
  g_object_unref (dialling->task);
  g_object_unref (dialling->call);
  g_object_unref (dialling->dialler);
  g_free (dialling);
}

static void
on_cancelled (GCancellable *cancellable, GCancellable *withdraw)
{
  g_cancellable_cancel (withdraw);
}

static Dialling *
new_dialling (OhDialler *self, OhCall *call, GTask *task)
{
  Dialling *dialling = g_new0 (Dialling, 1);
  OhLeaving *leaving = g_new0 (OhLeaving, 1);

  dialling->dialler = g_object_ref (self);
  dialling->call = g_object_ref (call);
  dialling->task = task;
  dialling->withdraw = g_cancellable_new ();
  if (g_task_get_cancellable (task) != NULL)
    dialling->cancelled_id = g_cancellable_connect (
      g_task_get_cancellable (task), G_CALLBACK (on_cancelled), dialling->withdraw, NULL);
  leaving->withdraw = g_object_ref (dialling->withdraw);
  leaving->hang_ups = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_insert (self->leaving, g_object_ref (call), leaving);
  return dialling;
}

void
oh_dialler_dial_with (OhDialler *self, OhPhone *phone, const OhNumber *number,
                      const OhDialRequest *request, GTask *task)
{
  const OhPhoneCommand command = {
    .verb = OH_PHONE_DIAL,
    .argument = number->dialled,
    .identity = request->identity,
  };
  OhCall *call = oh_call_list_expect (self->calls, phone, number, request->is_private);
  Dialling *dialling;
  OhCallErrand errand = {
    .calls = self->calls,
    .call = call,
    .command = &command,
    .wanted = OH_N_CALL_STATES,
    .left = on_left,
    .user_data = self,
  };

  g_task_set_task_data (task, g_object_ref (call), g_object_unref);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  if (number->tones != NULL)
    g_ptr_array_add (self->tone_senders, oh_tone_sender_new (self, call, number->tones, self->clock,
                                                             on_tones_done, self));
  dialling = new_dialling (self, call, task);
  oh_call_errand_run_async (&errand, self->clock, dialling->withdraw, on_dial_errand_done,
                            dialling);
}

OhNumber *
oh_dialler_parse_for (OhDialler *self, const OhDialRequest *request, GError **error)
{
  g_autoptr (OhNumber) number = oh_dialler_parse (self, request->text, request->source, error);

  if (number == NULL || !may_dial (self, number, request->source, request->confirmed, error))
    return NULL;
  return g_steal_pointer (&number);
}

void
oh_dialler_dial_async (OhDialler *self, const OhDialRequest *request, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (OhNumber) number = oh_dialler_parse_for (self, request, &error);
  OhPhone *phone = NULL;

  g_task_set_source_tag (task, oh_dialler_dial_async);
  if (number != NULL)
    phone = oh_phone_choice (self->phones, self->phone_rule, self->default_phone, request->phone_id,
                             &error);
  if (phone == NULL || !oh_dialler_may_ask (phone, &error) || !is_free (self, phone, &error) ||
      !can_send_tones (phone, number, &error))
    g_task_return_error (task, error);
  else
    oh_dialler_dial_with (self, phone, number, request, g_steal_pointer (&task));
}

OhCall *
oh_dialler_dial_finish (OhDialler *self, GAsyncResult *result, OhPhoneOutcome *out_outcome,
                        GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  if (outcome < 0)
    return NULL;
  if (out_outcome != NULL)
    *out_outcome = (OhPhoneOutcome) outcome;
  return g_object_ref (g_task_get_task_data (G_TASK (result)));
}
