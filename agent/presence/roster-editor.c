/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-editor.h"

#include <glib/gi18n-lib.h>

#include "contact-soap.h"
#include "error.h"
#include "roster-answer.h"
#include "sip-inquiry.h"

#define BIT(state) (1u << (state))

struct _OhRosterEditor
{
  GObject parent_instance;

  OhClock *clock;       /* (owned) */
  OhContacts *contacts; /* (owned) */
  OhRosterRenewFunc renew;
  gpointer user_data;

  OhSipStack *stack; /* (owned) (nullable): NULL while off */
  char *uri;         /* (owned) (nullable) */
  OhRosterState state;
  gboolean elsewhere;
  GQueue waiting;        /* (element-type GTask), owned; the first one is under way */
  OhSipInquiry *inquiry; /* (nullable): the request under way */
  guint32 sent;          /* the number that the request named */
  guint alarm;
};

/* What a task waits for. */
typedef struct
{
  OhRosterEdit *edit;       /* (owned) */
  OhRosterOutcome *outcome; /* (owned) (nullable): taken when the task returns */
  guint tries;
  gboolean made; /* the server has said so */
} Job;

static const guint may_follow[OH_ROSTER_N_STATES] = {
  [OH_ROSTER_OFF] = BIT (OH_ROSTER_LISTING),
  [OH_ROSTER_LISTING] = BIT (OH_ROSTER_IDLE) | BIT (OH_ROSTER_OFF),
  [OH_ROSTER_IDLE] = BIT (OH_ROSTER_SENDING) | BIT (OH_ROSTER_OFF),
  [OH_ROSTER_SENDING] =
    BIT (OH_ROSTER_TELLING) | BIT (OH_ROSTER_IDLE) | BIT (OH_ROSTER_LISTING) | BIT (OH_ROSTER_OFF),
  [OH_ROSTER_TELLING] = BIT (OH_ROSTER_IDLE) | BIT (OH_ROSTER_LISTING) | BIT (OH_ROSTER_OFF),
};

static const char *const state_names[OH_ROSTER_N_STATES] = { "off", "listing", "idle", "sending",
                                                             "telling" };

G_DEFINE_FINAL_TYPE (OhRosterEditor, oh_roster_editor, G_TYPE_OBJECT)

static void proceed (OhRosterEditor *self);

void
oh_roster_outcome_free (OhRosterOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_strfreev (self->groups);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  oh_roster_edit_free (job->edit);
  oh_roster_outcome_free (job->outcome);
  g_free (job);
}

static void
set_state (OhRosterEditor *self, OhRosterState to, const char *why)
{
  if (self->state == to)
    return;
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("contact list: %s -> %s (%s)", state_names[self->state], state_names[to], why);
  self->state = to;
  oh_clock_clear_alarm (self->clock, &self->alarm);
}

/* --- the end of an edit --------------------------------------------------------------------- */

/* There must be one. */
static Job *
first_job (OhRosterEditor *self)
{
  return g_task_get_task_data (g_queue_peek_head (&self->waiting));
}

static gboolean
is_first_made (OhRosterEditor *self)
{
  return !g_queue_is_empty (&self->waiting) && first_job (self)->made;
}

/* Who waited may call us from there: what belongs to the edit is put away before. */
static void
finish_first (OhRosterEditor *self)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);
  Job *job = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&job->outcome),
                         (GDestroyNotify) oh_roster_outcome_free);
}

/* @error: (transfer full) */
static void
fail_first (OhRosterEditor *self, GError *error)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

  g_task_return_error (task, error);
}

static void
fail_all (OhRosterEditor *self, OhError code, const char *why)
{
  GQueue waiting = self->waiting;

  g_queue_init (&self->waiting);
  for (GTask *task = g_queue_pop_head (&waiting); task != NULL; task = g_queue_pop_head (&waiting))
    {
      g_task_return_new_error (task, OH_ERROR, (gint) code, "%s", why);
      g_object_unref (task);
    }
}

/* --- the list ------------------------------------------------------------------------------- */

static gboolean
on_list_late (gpointer user_data)
{
  OhRosterEditor *self = user_data;

  self->alarm = 0;
  if (is_first_made (self))
    finish_first (self); /* done, though nobody can see it */
  fail_all (self, OH_ERROR_UNREACHABLE,
            _ ("The server does not send your contact list, so it cannot be changed. Sign out and "
               "in again."));
  return G_SOURCE_REMOVE;
}

static void
watch_list (OhRosterEditor *self)
{
  if (self->state == OH_ROSTER_LISTING && self->alarm == 0 && !g_queue_is_empty (&self->waiting))
    self->alarm = oh_clock_add_alarm_in (self->clock, OH_ROSTER_LIST_LIMIT_US, on_list_late, self);
}

static void
list_again (OhRosterEditor *self, const char *why)
{
  set_state (self, OH_ROSTER_LISTING, why);
  watch_list (self);
  self->renew (self->user_data);
}

static gboolean
on_not_told (gpointer user_data)
{
  OhRosterEditor *self = user_data;

  self->alarm = 0;
  list_again (self, "the server made the change and does not tell");
  return G_SOURCE_REMOVE;
}

static void
on_list_applied (OhContacts *contacts, gboolean complete, OhRosterEditor *self)
{
  gboolean told =
    self->state == OH_ROSTER_TELLING && (complete || oh_contacts_number (contacts) != self->sent);

  if (!told && !(self->state == OH_ROSTER_LISTING && complete))
    return;
  set_state (self, OH_ROSTER_IDLE, "the server told how the list is");
  if (is_first_made (self))
    finish_first (self);
  proceed (self);
}

/* --- the answer ----------------------------------------------------------------------------- */

static void
take_success (OhRosterEditor *self, guint32 group)
{
  Job *job = first_job (self);

  job->made = TRUE;
  job->outcome->group = group;
  if (oh_contacts_number (self->contacts) != self->sent)
    {
      set_state (self, OH_ROSTER_IDLE, "made and told");
      finish_first (self);
      proceed (self);
      return;
    }
  set_state (self, OH_ROSTER_TELLING, "made");
  self->alarm = oh_clock_add_alarm_in (self->clock, OH_ROSTER_TOLD_LIMIT_US, on_not_told, self);
}

static void
take_conflict (OhRosterEditor *self)
{
  Job *job = first_job (self);

  if (job->tries >= OH_ROSTER_TRIES_MAX)
    fail_first (self, g_error_new (OH_ERROR, OH_ERROR_CONFLICT,
                                   _ ("Your contact list was changed by another program at the "
                                      "same time, twice. Look at the list and try again.")));
  if (self->state == OH_ROSTER_SENDING) /* who was told may have stopped us */
    list_again (self, "conflict");
}

/* @error: (transfer full) */
static void
take_refusal (OhRosterEditor *self, GError *error)
{
  set_state (self, OH_ROSTER_IDLE, "refused");
  fail_first (self, error);
  proceed (self);
}

/* Whether it was made is not known: the list tells. */
static void
take_silence (OhRosterEditor *self)
{
  fail_first (self, g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                                 _ ("The server did not answer. Whether the change was made shows "
                                    "in the list once it has been read again.")));
  if (self->state == OH_ROSTER_SENDING)
    list_again (self, "no answer");
}

/* --- the request ---------------------------------------------------------------------------- */

static void
take_answer (OhRosterEditor *self, OhSipMessage *response)
{
  GError *error = NULL;
  guint32 group = 0;

  switch (oh_roster_answer_judge (response, &group, &error))
    {
    case OH_ROSTER_MADE: take_success (self, group); break;
    case OH_ROSTER_CONFLICTS: take_conflict (self); break;
    case OH_ROSTER_REFUSED:
    default: take_refusal (self, error);
    }
}

static void
on_answered (OhSipMessage *response, const GError *error, gpointer user_data)
{
  OhRosterEditor *self = user_data;

  if (response != NULL)
    take_answer (self, response);
  else
    take_silence (self);
}

static void
send_plan (OhRosterEditor *self, OhRosterPlan *plan)
{
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (self->stack, "SERVICE", self->uri);
  Job *job = first_job (self);

  oh_sip_message_set_body_text (request, OH_CONTACT_SOAP_TYPE, plan->request);
  set_state (self, OH_ROSTER_SENDING, "edit");
  job->tries++;
  self->sent = oh_contacts_number (self->contacts);
  oh_sip_inquiry_send (&self->inquiry, self->stack, request, G_OBJECT (self), on_answered, self);
}

static void
put_aside (Job *job, OhRosterPlan *plan)
{
  oh_roster_outcome_free (job->outcome);
  job->outcome = g_new0 (OhRosterOutcome, 1);
  job->outcome->name = g_steal_pointer (&plan->name);
  job->outcome->groups = g_steal_pointer (&plan->groups);
}

static void
proceed (OhRosterEditor *self)
{
  while (self->state == OH_ROSTER_IDLE && !g_queue_is_empty (&self->waiting))
    {
      Job *job = first_job (self);
      g_autoptr (GError) error = NULL;
      g_autoptr (OhRosterPlan) plan = oh_roster_plan_new (job->edit, self->contacts, &error);

      if (plan == NULL)
        {
          fail_first (self, g_steal_pointer (&error));
          continue;
        }
      put_aside (job, plan);
      if (plan->request == NULL)
        finish_first (self); /* it is so already */
      else
        send_plan (self, plan);
    }
}

/* --- for the owner -------------------------------------------------------------------------- */

static GError *
cannot_now (OhRosterEditor *self)
{
  if (self->elsewhere)
    return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                        _ ("Your contact list is kept in Exchange; change it in Outlook."));
  if (self->state == OH_ROSTER_OFF)
    return g_error_new (OH_ERROR, OH_ERROR_NOT_SIGNED_IN,
                        _ ("You are not signed in; the contact list is changed at the server."));
  if (self->waiting.length >= OH_ROSTER_QUEUE_MAX)
    return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                        _ ("Too many changes of the contact list wait; try again in a moment."));
  return NULL;
}

void
oh_roster_editor_edit_async (OhRosterEditor *self, const OhRosterEdit *edit,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = cannot_now (self);
  Job *job;

  g_task_set_source_tag (task, oh_roster_editor_edit_async);
  if (error != NULL || !oh_roster_edit_check (edit, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job = g_new0 (Job, 1);
  job->edit = oh_roster_edit_copy (edit);
  g_task_set_task_data (task, job, job_free);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  watch_list (self);
  proceed (self);
}

OhRosterOutcome *
oh_roster_editor_edit_finish (OhRosterEditor *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
drop_request (OhRosterEditor *self)
{
  oh_sip_inquiry_drop (&self->inquiry);
}

void
oh_roster_editor_set_elsewhere (OhRosterEditor *self, gboolean elsewhere)
{
  self->elsewhere = elsewhere;
  if (!elsewhere)
    return;
  drop_request (self);
  if (self->state == OH_ROSTER_SENDING || self->state == OH_ROSTER_TELLING)
    set_state (self, OH_ROSTER_LISTING, "the list is elsewhere");
  fail_all (self, OH_ERROR_FAILED,
            _ ("Your contact list is kept in Exchange; change it in Outlook."));
}

void
oh_roster_editor_stop (OhRosterEditor *self)
{
  drop_request (self);
  g_clear_object (&self->stack);
  g_clear_pointer (&self->uri, g_free);
  set_state (self, OH_ROSTER_OFF, "stop");
  fail_all (self, OH_ERROR_NOT_SIGNED_IN,
            _ ("The connection was lost. Whether the change was made shows in the list after the "
               "next sign-in."));
}

void
oh_roster_editor_start (OhRosterEditor *self, OhSipStack *stack, const char *uri)
{
  oh_roster_editor_stop (self);
  self->stack = g_object_ref (stack);
  self->uri = g_strdup (uri);
  self->elsewhere = FALSE;
  set_state (self, OH_ROSTER_LISTING, "start");
}

OhRosterState
oh_roster_editor_state (OhRosterEditor *self)
{
  return self->state;
}

OhRosterEditor *
oh_roster_editor_new (OhClock *clock, OhContacts *contacts, OhRosterRenewFunc renew,
                      gpointer user_data)
{
  OhRosterEditor *self = g_object_new (OH_TYPE_ROSTER_EDITOR, NULL);

  self->clock = g_object_ref (clock);
  self->contacts = g_object_ref (contacts);
  self->renew = renew;
  self->user_data = user_data;
  g_signal_connect (contacts, "list-applied", G_CALLBACK (on_list_applied), self);
  return self;
}

static void
oh_roster_editor_dispose (GObject *object)
{
  OhRosterEditor *self = OH_ROSTER_EDITOR (object);

  if (self->clock != NULL)
    oh_roster_editor_stop (self);
  if (self->contacts != NULL)
    g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_clear_object (&self->contacts);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_roster_editor_parent_class)->dispose (object);
}

static void
oh_roster_editor_class_init (OhRosterEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_roster_editor_dispose;
}

static void
oh_roster_editor_init (OhRosterEditor *self)
{
  g_queue_init (&self->waiting);
}
