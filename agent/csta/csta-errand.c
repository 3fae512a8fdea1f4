/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the phone is asked to do: each verb is one service of ECMA-269, sent once. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csta-phone-private.h"
#include "phone-body.h"

#define BIT(state) (1u << (state))
#define OFFERED BIT (OH_CSTA_CALL_OFFERED)
#define TALKING BIT (OH_CSTA_CALL_CONNECTED)
#define HELD BIT (OH_CSTA_CALL_HELD)
#define ON_THE_WAY (BIT (OH_CSTA_CALL_PLACED) | BIT (OH_CSTA_CALL_FAR_RINGS))
#define ANY_CALL (OFFERED | TALKING | HELD | ON_THE_WAY)

/* clang-format off */
static const struct
{
  OhPhoneVerb verb;
  OhCstaService service;
  guint states;           /* in which the call has to be; 0: of no call */
  gboolean both;          /* and another one on hold */
  gboolean on;
  const char *forwarding;
} errands[] = {
  { OH_PHONE_DIAL,              OH_CSTA_MAKE_CALL,            0,              FALSE, FALSE, NULL },
  { OH_PHONE_ANSWER,            OH_CSTA_ANSWER_CALL,          OFFERED,        FALSE, FALSE, NULL },
  { OH_PHONE_REJECT,            OH_CSTA_CLEAR_CONNECTION,     OFFERED,        FALSE, FALSE, NULL },
  { OH_PHONE_HANG_UP,           OH_CSTA_CLEAR_CONNECTION,     ANY_CALL,       FALSE, FALSE, NULL },
  { OH_PHONE_HANG_UP_ALL,       OH_CSTA_CLEAR_CONNECTION,     ANY_CALL,       FALSE, FALSE, NULL },
  { OH_PHONE_HOLD,              OH_CSTA_HOLD_CALL,            TALKING,        FALSE, FALSE, NULL },
  { OH_PHONE_RESUME,            OH_CSTA_RETRIEVE_CALL,        HELD,           FALSE, FALSE, NULL },
  { OH_PHONE_DTMF,              OH_CSTA_GENERATE_DIGITS,      TALKING,        FALSE, FALSE, NULL },
  { OH_PHONE_SWAP,              OH_CSTA_ALTERNATE_CALL,       TALKING,        TRUE,  FALSE, NULL },
  { OH_PHONE_TRANSFER,          OH_CSTA_SINGLE_STEP_TRANSFER, TALKING | HELD, FALSE, FALSE, NULL },
  { OH_PHONE_TRANSFER_COMPLETE, OH_CSTA_TRANSFER_CALL,        TALKING,        TRUE,  FALSE, NULL },
  { OH_PHONE_JOIN,              OH_CSTA_CONFERENCE_CALL,      TALKING,        TRUE,  FALSE, NULL },
  { OH_PHONE_MUTE_ON,           OH_CSTA_SET_MUTE,             0,              FALSE, TRUE,  NULL },
  { OH_PHONE_MUTE_OFF,          OH_CSTA_SET_MUTE,             0,              FALSE, FALSE, NULL },
  { OH_PHONE_VOLUME_UP,         OH_CSTA_SET_VOLUME,           0,              FALSE, TRUE,  NULL },
  { OH_PHONE_VOLUME_DOWN,       OH_CSTA_SET_VOLUME,           0,              FALSE, FALSE, NULL },
  { OH_PHONE_DND_ON,            OH_CSTA_SET_DND,              0,              FALSE, TRUE,  NULL },
  { OH_PHONE_DND_OFF,           OH_CSTA_SET_DND,              0,              FALSE, FALSE, NULL },
  { OH_PHONE_FORWARD_ALL,       OH_CSTA_SET_FORWARDING,       0,              FALSE, TRUE,  "forwardImmediate" },
  { OH_PHONE_FORWARD_BUSY,      OH_CSTA_SET_FORWARDING,       0,              FALSE, TRUE,  "forwardBusy" },
  { OH_PHONE_FORWARD_NO_ANSWER, OH_CSTA_SET_FORWARDING,       0,              FALSE, TRUE,  "forwardNoAns" },
  { OH_PHONE_FORWARD_OFF,       OH_CSTA_SET_FORWARDING,       0,              FALSE, FALSE, NULL },
};
/* clang-format on */

/* The task's data. */
typedef struct
{
  OhPhoneVerb verb;
  char *call;
  char *argument;
  char *identity;
  guint after_s;
  GPtrArray *left; /* (owned) (nullable) (element-type utf8): HANG_UP_ALL: calls not ended yet */
} Errand;

static void send_errand (GTask *owned);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->call);
  g_free (errand->argument);
  g_free (errand->identity);
  g_clear_pointer (&errand->left, g_ptr_array_unref);
  g_free (errand);
}

/* --- the answer --- */

static void
note_done (OhCstaPhone *self, const Errand *errand, const OhCstaDocument *answer)
{
  if (errand->verb == OH_PHONE_DIAL)
    oh_csta_calls_placed (self->calls, &answer->end, errand->argument);
  else if (errand->verb == OH_PHONE_DND_ON || errand->verb == OH_PHONE_DND_OFF)
    oh_phone_set_dnd (OH_PHONE (self), errand->verb == OH_PHONE_DND_ON);
}

/* A phone that says that it never will is not asked again. */
static void
note_refused (OhCstaPhone *self, OhPhoneVerb verb, const GError *error)
{
  OhPhone *phone = OH_PHONE (self);

  if (error->code == OH_ERROR_UNSUPPORTED && verb != OH_PHONE_DIAL)
    oh_phone_set_capabilities (phone,
                               oh_phone_get_capabilities (phone) & ~oh_phone_verb_needs (verb));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhCstaPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (OhCstaDocument) answer =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_message ("[%s] %s: %s", oh_phone_get_id (OH_PHONE (self)),
                 oh_phone_verb_word (errand->verb), error->message);
      g_clear_error (&error);
      g_task_return_int (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else if (answer == NULL)
    {
      note_refused (self, errand->verb, error);
      g_task_return_error (task, error);
    }
  else if (errand->verb == OH_PHONE_HANG_UP_ALL)
    send_errand (g_steal_pointer (&task)); /* the next one */
  else
    {
      note_done (self, errand, answer);
      g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED);
    }
}

/* --- sending --- */

/* Each of the calls that there were at first, as far as it is still there. */
static const OhCstaCall *
next_to_end (OhCstaPhone *self, Errand *errand)
{
  const OhCstaCall *call;

  if (errand->left == NULL)
    {
      errand->left = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; (call = oh_csta_calls_nth (self->calls, i)) != NULL; i++)
        g_ptr_array_add (errand->left, g_strdup (call->name));
    }
  while (errand->left->len > 0)
    {
      g_autofree char *name = g_ptr_array_steal_index (errand->left, errand->left->len - 1);

      call = oh_csta_calls_find (self->calls, name, ANY_CALL);
      if (call != NULL)
        return call;
    }
  return NULL;
}

static const OhCstaCall *
choose_call (OhCstaPhone *self, Errand *errand, guint states)
{
  const OhCstaCall *call;

  if (errand->verb == OH_PHONE_HANG_UP_ALL)
    return next_to_end (self, errand);
  call = oh_csta_calls_find (self->calls, errand->call, states);
  if (call == NULL && errand->call == NULL && errand->verb == OH_PHONE_HANG_UP)
    call = oh_csta_calls_find (self->calls, NULL, TALKING | ON_THE_WAY); /* not the held one */
  return call;
}

static void
no_call (GTask *task)
{
  OhPhone *phone = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  if (errand->verb == OH_PHONE_HANG_UP_ALL)
    g_task_return_int (task, OH_PHONE_OUTCOME_CONFIRMED); /* none is left */
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_NO_CALL,
                             _ ("The phone “%s” has no call, or several, that this could be meant "
                                "for."),
                             oh_phone_get_id (phone));
}

static char *
device_of (OhCstaPhone *self, const Errand *errand)
{
  if (errand->identity != NULL)
    return g_strconcat ("sip:", errand->identity, NULL);
  return g_strdup (self->device);
}

static void
send_request (GTask *owned, guint index)
{
  g_autoptr (GTask) task = owned;
  OhCstaPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const OhCstaCall *held = NULL;
  const OhCstaCall *call = NULL;
  g_autofree char *device = device_of (self, errand);
  OhCstaRequest request = { .service = errands[index].service,
                            .device = device,
                            .argument = errand->argument,
                            .forwarding = errands[index].forwarding,
                            .on = errands[index].on,
                            .after_s = errand->after_s };

  if (errands[index].states != 0)
    call = choose_call (self, errand, errands[index].states);
  if (errands[index].both)
    held = oh_csta_calls_find (self->calls, NULL, HELD);
  if ((errands[index].states != 0 && call == NULL) || (errands[index].both && held == NULL))
    {
      no_call (task);
      return;
    }
  if (call != NULL)
    request.place = (OhCstaPlace){ call->id, call->device };
  if (held != NULL)
    request.held = (OhCstaPlace){ held->id, held->device };
  oh_csta_session_request_async (self->session, &request, cancellable, on_answered,
                                 g_steal_pointer (&task));
}

static void
send_errand (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhCstaPhone *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  for (guint i = 0; i < G_N_ELEMENTS (errands) && self->session != NULL; i++)
    if (errands[i].verb == errand->verb)
      {
        send_request (g_steal_pointer (&task), i);
        return;
      }
  if (self->session == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                             _ ("There is no connection to the phone at %s."), self->name);
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNSUPPORTED,
                             _ ("The phone “%s” cannot do that."),
                             oh_phone_get_id (OH_PHONE (self)));
}

/* Nothing has left so far. */
static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    send_errand (g_steal_pointer (&task));
}

static void
send_async (OhPhone *phone, const OhPhoneCommand *command, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (phone, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->verb = command->verb;
  errand->call = g_strdup (command->call);
  errand->argument = g_strdup (command->argument);
  errand->identity = g_strdup (command->identity);
  errand->after_s = command->after_s;
  g_task_set_source_tag (task, send_async);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  g_task_set_task_data (task, errand, errand_free);
  oh_phone_probe_async (phone, NULL, on_line, task);
}

static OhPhoneOutcome
send_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome < 0 ? OH_PHONE_OUTCOME_FAILED : (OhPhoneOutcome) outcome;
}

void
oh_csta_errand_install (OhPhoneClass *class)
{
  class->send_async = send_async;
  class->send_finish = send_finish;
}
