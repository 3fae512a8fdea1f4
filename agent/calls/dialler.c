/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dialler.h"

#include <glib/gi18n-lib.h>

/* The phone's event follows a dial request within that time, or it is not known what happened. */
#define DIALLED_US (3 * G_USEC_PER_SEC)
/* The same for hang up, hold and the like. */
#define COMMANDED_US (2 * G_USEC_PER_SEC)

struct _OhDialler
{
  GObject parent_instance;

  OhCallList *calls; /* (owned) */
  OhClock *clock;    /* (owned) */
  OhDialPlan *plan;  /* (owned) */
  GPtrArray *phones; /* (owned) (element-type OhPhone), the default first */
  OhConfirmLinks confirm;
  gboolean locked;
  OhNameLookup lookup;
  gpointer lookup_data; /* borrowed */
};

G_DEFINE_FINAL_TYPE (OhDialler, oh_dialler, G_TYPE_OBJECT)

/* One request on its way, and the event that it waits for. */
typedef struct
{
  OhDialler *dialler; /* borrowed: the task holds it */
  OhCall *call;       /* (owned) */
  OhPhoneVerb verb;
  OhPhoneOutcome outcome;
  OhCallState before; /* what the call was when the command was sent */
  guint alarm;
  GTask *task; /* borrowed back from the wait: valid while it waits */
} Order;

static void
free_order (gpointer data)
{
  Order *order = data;

  oh_clock_clear_alarm (order->dialler->clock, &order->alarm);
  g_signal_handlers_disconnect_by_data (order->call, order);
  g_object_unref (order->call);
  g_free (order);
}

static Order *
new_order (OhDialler *self, GTask *task, OhCall *call, OhPhoneVerb verb)
{
  Order *order = g_new0 (Order, 1);

  order->dialler = self;
  order->call = g_object_ref (call);
  order->verb = verb;
  order->before = oh_call_get_state (call);
  g_task_set_task_data (task, order, free_order);
  return order;
}

/* --- the wait for the event --- */

static void
end_wait (Order *order)
{
  oh_clock_clear_alarm (order->dialler->clock, &order->alarm);
  g_signal_handlers_disconnect_by_data (order->call, order);
}

static gboolean
has_happened (Order *order)
{
  if (order->verb == OH_PHONE_DIAL)
    return oh_call_get_seen (order->call);
  return oh_call_get_state (order->call) != order->before &&
         oh_call_get_state (order->call) != OH_CALL_UNKNOWN; /* that is silence, not news */
}

static void
on_told (OhCall *call, GParamSpec *pspec, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (GTask) task = NULL;

  if (!has_happened (order))
    return;
  task = order->task; /* ours again */
  end_wait (order);
  g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
}

static void
return_unknown (GTask *task, Order *order)
{
  const char *host = oh_phone_get_host (oh_call_get_phone (order->call));

  if (order->outcome == OH_PHONE_OUTCOME_UNKNOWN)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                             _ ("The phone at %s closed the connection without an answer and "
                                "reported nothing."),
                             host);
  else
    g_task_return_new_error (
      task, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
      _ ("The phone at %s took the request but did not report that it acted. "
         "Is it locked, or its account not registered?"),
      host);
}

static gboolean
on_silence (gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (GTask) task = order->task; /* ours again */

  order->alarm = 0;
  end_wait (order);
  if (order->verb == OH_PHONE_DIAL)
    oh_call_set_state (order->call, OH_CALL_UNKNOWN);
  return_unknown (task, order);
  return G_SOURCE_REMOVE;
}

static void
wait_for_event (GTask *owned, gint64 patience_us)
{
  Order *order = g_task_get_task_data (owned);

  order->task = owned;
  order->alarm = oh_clock_add_alarm_in (order->dialler->clock, patience_us, on_silence, order);
  g_signal_connect (order->call, "notify", G_CALLBACK (on_told), order);
}

/* --- dial --- */

OhNumber *
oh_dialler_parse (OhDialler *self, const char *text, OhNumberSource source, GError **error)
{
  return oh_number_parse (text, source, self->plan, error);
}

gboolean
oh_dialler_must_confirm (OhDialler *self, const OhNumber *number, OhNumberSource source)
{
  g_autofree char *name = NULL;

  if (oh_number_always_asks (number))
    return TRUE;
  if (source != OH_NUMBER_FROM_LINK || self->confirm == OH_CONFIRM_LINKS_NEVER)
    return FALSE;
  if (self->confirm == OH_CONFIRM_LINKS_UNKNOWN && self->lookup != NULL)
    name = self->lookup (number->canonical, self->lookup_data);
  return name == NULL;
}

static OhPhone *
choose_phone (OhDialler *self, const char *id, GError **error)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      OhPhone *phone = g_ptr_array_index (self->phones, i);

      if (id != NULL ? g_str_equal (oh_phone_get_id (phone), id)
                     : oh_phone_get_state (phone) == OH_PHONE_STATE_READY)
        return phone;
    }
  if (id == NULL && self->phones->len > 0)
    return g_ptr_array_index (self->phones, 0); /* none is ready: the default says why */
  if (id != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%s”."), id);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("No phone is set up."));
  return NULL;
}

/* A phone that waits for its user is not asked again and again: each try may count as a failed
 * login. One that is only out of reach, or not looked at yet, is worth a try. */
static gboolean
check_phone (OhPhone *phone, GError **error)
{
  OhPhoneState state = oh_phone_get_state (phone);
  const GError *reason = oh_phone_get_reason (phone);

  if (state == OH_PHONE_STATE_READY || state == OH_PHONE_STATE_UNKNOWN ||
      state == OH_PHONE_STATE_UNREACHABLE || reason == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (reason));
  return FALSE;
}

static gboolean
check_free (OhDialler *self, OhPhone *phone, GError **error)
{
  OhCall *up = oh_call_list_find_up (self->calls, phone);

  if (up == NULL)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BUSY, _ ("The phone at %s has a call already (%s)."),
               oh_phone_get_host (phone), oh_call_get_id (up));
  return FALSE;
}

static gboolean
check_permission (OhDialler *self, const OhNumber *number, OhNumberSource source,
                  gboolean confirmed, GError **error)
{
  if (self->locked)
    g_set_error (error, OH_ERROR, OH_ERROR_LOCKED,
                 _ ("Nothing is dialled while the screen is locked."));
  else if (!confirmed && oh_dialler_must_confirm (self, number, source))
    g_set_error (error, OH_ERROR, OH_ERROR_CONFIRM, _ ("%s is dialled only after a question."),
                 number->display);
  else
    return TRUE;
  return FALSE;
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Order *order = g_task_get_task_data (task);
  OhPhone *phone = OH_PHONE (source);
  GError *error = NULL;

  order->outcome = oh_phone_send_finish (phone, result, &error);
  if (order->outcome == OH_PHONE_OUTCOME_FAILED)
    {
      oh_call_list_forget (order->dialler->calls, order->call);
      g_task_return_error (task, error);
    }
  else if (order->outcome == OH_PHONE_OUTCOME_CONFIRMED || has_happened (order))
    g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
  else if (oh_phone_get_watched (phone))
    wait_for_event (g_steal_pointer (&task), DIALLED_US);
  else
    {
      oh_call_set_state (order->call, OH_CALL_UNKNOWN); /* nobody will tell */
      if (order->outcome == OH_PHONE_OUTCOME_SENT)
        g_task_return_int (task, OH_PHONE_OUTCOME_SENT);
      else
        return_unknown (task, order);
    }
}

void
oh_dialler_dial_async (OhDialler *self, const char *text, OhNumberSource source, gboolean confirmed,
                       const char *phone_id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (OhNumber) number = oh_dialler_parse (self, text, source, &error);
  OhPhone *phone = NULL;
  OhPhoneCommand command = { .verb = OH_PHONE_DIAL };
  Order *order;

  g_task_set_source_tag (task, oh_dialler_dial_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left has left: its outcome is told */
  if (number != NULL && check_permission (self, number, source, confirmed, &error))
    phone = choose_phone (self, phone_id, &error);
  if (phone == NULL || !check_phone (phone, &error) || !check_free (self, phone, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  order = new_order (self, task, oh_call_list_expect (self->calls, phone, number), OH_PHONE_DIAL);
  command.argument = number->dialled;
  oh_phone_send_async (oh_call_get_phone (order->call), &command, cancellable, on_dialled,
                       g_steal_pointer (&task));
}

OhCall *
oh_dialler_dial_finish (OhDialler *self, GAsyncResult *result, OhPhoneOutcome *out_outcome,
                        GError **error)
{
  GTask *task = G_TASK (result);
  Order *order = g_task_get_task_data (task);
  GError *wrong = NULL;
  gssize outcome = g_task_propagate_int (task, &wrong);

  if (wrong != NULL)
    {
      g_propagate_error (error, wrong);
      return NULL;
    }
  if (out_outcome != NULL)
    *out_outcome = (OhPhoneOutcome) outcome;
  return g_object_ref (order->call);
}

/* --- commands for calls that are up --- */

static gboolean
applies (OhPhoneVerb verb, OhCallState state)
{
  switch (verb)
    {
    case OH_PHONE_ANSWER:
    case OH_PHONE_REJECT: return state == OH_CALL_INCOMING;
    case OH_PHONE_HANG_UP: return state != OH_CALL_ENDED;
    case OH_PHONE_HOLD: return state == OH_CALL_CONNECTED;
    case OH_PHONE_RESUME: return state == OH_CALL_HELD;
    case OH_PHONE_DTMF: return state == OH_CALL_CONNECTED;
    case OH_PHONE_DIAL:
    case OH_PHONE_HANG_UP_ALL:
    case OH_N_PHONE_VERBS:
    default: return FALSE;
    }
}

static OhCall *
find_named (OhDialler *self, OhPhoneVerb verb, const char *id, GError **error)
{
  OhCall *call = oh_call_list_find (self->calls, id);

  if (call == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call “%s” any more."), id);
  else if (applies (verb, oh_call_get_state (call)))
    return call;
  else
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL,
                 _ ("The call “%s” is not in a state for that (%s)."), id,
                 oh_call_state_nick (oh_call_get_state (call)));
  return NULL;
}

static OhCall *
find_meant (OhDialler *self, OhPhoneVerb verb, GError **error)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (self->calls);
  OhCall *found = NULL;

  for (guint i = 0; i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);

      if (!applies (verb, oh_call_get_state (call)))
        continue;
      if (found != NULL)
        {
          g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                       _ ("More than one call fits; name one of them."));
          return NULL;
        }
      found = call; /* the list holds it */
    }
  if (found == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call that this applies to."));
  return found;
}

static void
on_commanded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Order *order = g_task_get_task_data (task);
  OhPhone *phone = OH_PHONE (source);
  GError *error = NULL;

  order->outcome = oh_phone_send_finish (phone, result, &error);
  if (order->outcome == OH_PHONE_OUTCOME_FAILED)
    {
      g_task_return_error (task, error);
      return;
    }
  oh_call_list_commanded (order->dialler->calls, order->call, order->verb);
  if (order->outcome == OH_PHONE_OUTCOME_CONFIRMED || has_happened (order))
    g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
  else if (order->verb != OH_PHONE_DTMF && oh_phone_get_watched (phone))
    wait_for_event (g_steal_pointer (&task), COMMANDED_US);
  else if (order->outcome == OH_PHONE_OUTCOME_SENT)
    g_task_return_int (task, OH_PHONE_OUTCOME_SENT);
  else
    return_unknown (task, order);
}

static OhCall *
check_command (OhDialler *self, OhPhoneVerb verb, const char *call_id, const char *digits,
               GError **error)
{
  if (self->locked && verb == OH_PHONE_ANSWER)
    g_set_error (error, OH_ERROR, OH_ERROR_LOCKED,
                 _ ("Nothing is answered from here while the screen is locked."));
  else if (verb == OH_PHONE_DTMF && (digits == NULL || digits[0] == '\0'))
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("There are no tones to send."));
  else
    return call_id != NULL ? find_named (self, verb, call_id, error)
                           : find_meant (self, verb, error);
  return NULL;
}

void
oh_dialler_command_async (OhDialler *self, OhPhoneVerb verb, const char *call_id,
                          const char *digits, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  OhCall *call = check_command (self, verb, call_id, digits, &error);
  OhPhoneCommand command = { .verb = verb, .argument = digits };

  g_task_set_source_tag (task, oh_dialler_command_async);
  g_task_set_check_cancellable (task, FALSE);
  if (call == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (verb == OH_PHONE_HANG_UP && oh_call_get_state (call) == OH_CALL_INCOMING)
    command.verb = OH_PHONE_REJECT;
  command.call = oh_call_get_handle (call);
  new_order (self, task, call, command.verb);
  oh_phone_send_async (oh_call_get_phone (call), &command, cancellable, on_commanded,
                       g_steal_pointer (&task));
}

OhPhoneOutcome
oh_dialler_command_finish (OhDialler *self, GAsyncResult *result, GError **error)
{
  GError *wrong = NULL;
  gssize outcome = g_task_propagate_int (G_TASK (result), &wrong);

  if (wrong == NULL)
    return (OhPhoneOutcome) outcome;
  g_propagate_error (error, wrong);
  return OH_PHONE_OUTCOME_FAILED;
}

/* --- settings --- */

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
  oh_call_list_set_plan (self->calls, plan);
}

void
oh_dialler_set_confirm_links (OhDialler *self, OhConfirmLinks confirm)
{
  self->confirm = confirm;
}

void
oh_dialler_set_name_lookup (OhDialler *self, OhNameLookup lookup, gpointer user_data)
{
  self->lookup = lookup;
  self->lookup_data = user_data;
  oh_call_list_set_name_lookup (self->calls, lookup, user_data, NULL);
}

void
oh_dialler_set_screen_locked (OhDialler *self, gboolean locked)
{
  self->locked = locked;
}

void
oh_dialler_add_phone (OhDialler *self, OhPhone *phone)
{
  g_ptr_array_add (self->phones, g_object_ref (phone));
  oh_call_list_add_phone (self->calls, phone);
}

void
oh_dialler_remove_phone (OhDialler *self, OhPhone *phone)
{
  oh_call_list_remove_phone (self->calls, phone);
  g_ptr_array_remove (self->phones, phone);
}

static void
oh_dialler_dispose (GObject *object)
{
  OhDialler *self = OH_DIALLER (object);

  g_ptr_array_set_size (self->phones, 0);
  g_clear_object (&self->calls);
  G_OBJECT_CLASS (oh_dialler_parent_class)->dispose (object);
}

static void
oh_dialler_finalize (GObject *object)
{
  OhDialler *self = OH_DIALLER (object);

  g_ptr_array_unref (self->phones);
  oh_dial_plan_free (self->plan);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (oh_dialler_parent_class)->finalize (object);
}

static void
oh_dialler_class_init (OhDiallerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_dialler_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_dialler_finalize;
}

static void
oh_dialler_init (OhDialler *self)
{
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->plan = oh_dial_plan_new (NULL, NULL, NULL, NULL, NULL, 0);
}
