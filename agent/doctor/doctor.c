/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor.h"

#include <glib/gi18n-lib.h>

#include "doctor-code.h"
#include "doctor-run.h"
#include "endpoint.h"
#include "error.h"
#include "judge-sign-in.h"

/* One run; the task's data. */
typedef struct
{
  OhDoctor *doctor; /* (unowned): the task holds it */
  OhDoctorRun run;
  OhDoctorStep step;
  GCancellable *cancellable; /* (owned): of the step under way */
  guint limit_alarm;
  gboolean timed_out;
  gulong cancelled_id; /* our handler on the caller's cancellable */
  guint told;          /* findings that were signalled */
} Round;

struct _OhDoctor
{
  GObject parent_instance;

  OhDoctorParts parts; /* owned, but for the host */
  char *installation;  /* (owned): parts.installation */
  char *trouble;       /* (owned) (nullable): parts.trouble */
  OhDoctorMemory memory;
  Round *round; /* (unowned) (nullable): the run under way */
};

enum
{
  PROGRESS,
  FINDING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhDoctor, oh_doctor, G_TYPE_OBJECT)

static const struct
{
  OhDoctorStepFunc run;
  const char *what;
  guint limit_s;
} steps[OH_DOCTOR_N_STEPS] = {
  [OH_DOCTOR_STEP_SETTINGS] = { oh_doctor_step_settings, N_ ("Reading the settings"),
                                OH_DOCTOR_SETTINGS_LIMIT_S },
  [OH_DOCTOR_STEP_DNS] = { oh_doctor_step_dns, N_ ("Looking for the server in DNS"),
                           OH_DOCTOR_DNS_LIMIT_S },
  [OH_DOCTOR_STEP_TCP] = { oh_doctor_step_tcp, N_ ("Connecting to the server"),
                           OH_DOCTOR_TCP_LIMIT_S },
  [OH_DOCTOR_STEP_TLS] = { oh_doctor_step_tls, N_ ("Checking the server's certificate"),
                           OH_DOCTOR_TLS_LIMIT_S },
  [OH_DOCTOR_STEP_CHALLENGE] = { oh_doctor_step_challenge, N_ ("Asking how to sign in"),
                                 OH_DOCTOR_CHALLENGE_LIMIT_S },
  [OH_DOCTOR_STEP_TICKET] = { oh_doctor_step_ticket, N_ ("Looking at Kerberos tickets"),
                              OH_DOCTOR_TICKET_LIMIT_S },
  [OH_DOCTOR_STEP_SIGN_IN] = { oh_doctor_step_sign_in, N_ ("Signing in and out"),
                               OH_DOCTOR_SIGN_IN_LIMIT_S },
  [OH_DOCTOR_STEP_PHONES] = { oh_doctor_step_phones, N_ ("Looking at the phones"),
                              OH_DOCTOR_PHONE_LIMIT_S },
  [OH_DOCTOR_STEP_NUMBERS] = { oh_doctor_step_numbers, N_ ("Looking at the rules for numbers"),
                               OH_DOCTOR_NUMBERS_LIMIT_S },
  [OH_DOCTOR_STEP_DIRECTORY] = { oh_doctor_step_directory, N_ ("Searching the directory"),
                                 OH_DOCTOR_DIRECTORY_LIMIT_S },
};

/* --- a run ---------------------------------------------------------------------------------- */

static void
run_clear (OhDoctorRun *run)
{
  g_clear_pointer (&run->account, oh_config_account_free);
  g_clear_pointer (&run->servers, g_ptr_array_unref);
  g_clear_pointer (&run->findings, g_ptr_array_unref);
  g_clear_object (&run->connection);
  g_clear_object (&run->secure);
  g_free (run->domain);
  g_free (run->server);
  g_free (run->outside);
  g_free (run->epid);
  g_free (run->local_host);
  g_free (run->target);
}

static void
round_free (gpointer data)
{
  Round *round = data;

  oh_clock_clear_alarm (round->run.parts->clock, &round->limit_alarm);
  g_clear_object (&round->cancellable);
  run_clear (&round->run);
  g_free (round);
}

/* Whoever listens hears of findings as they come. */
static void
tell_findings (Round *round)
{
  GPtrArray *findings = round->run.findings;

  while (round->told < findings->len)
    g_signal_emit (round->doctor, signals[FINDING], 0, g_ptr_array_index (findings, round->told++));
}

static void
end (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  /* Not g_cancellable_disconnect(): that waits for a handler which may be the one we are in. */
  g_clear_signal_handler (&round->cancelled_id, g_task_get_cancellable (task));
  round->doctor->round = NULL;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_ptr_array_ref (round->run.findings),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void next_step (GTask *owned);

/* Where to go from a step: the next one; back to the next candidate; or on to what has nothing to
 * do with signing in. */
static OhDoctorStep
step_after (const Round *round, gboolean good)
{
  if (good)
    return round->step + 1;
  if (round->step == OH_DOCTOR_STEP_TLS && oh_doctor_run_has_next (&round->run))
    return OH_DOCTOR_STEP_TCP;
  return MAX (round->step + 1, OH_DOCTOR_STEP_PHONES);
}

static void
on_step_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  oh_clock_clear_alarm (round->run.parts->clock, &round->limit_alarm);
  if (round->timed_out)
    oh_judge_limit (_ (steps[round->step].what), steps[round->step].limit_s, round->run.findings);
  tell_findings (round);
  round->step = step_after (round, good && !round->timed_out);
  next_step (g_steal_pointer (&task));
}

static gboolean
on_limit (gpointer user_data)
{
  Round *round = user_data;

  round->limit_alarm = 0;
  round->timed_out = TRUE;
  g_cancellable_cancel (round->cancellable);
  return G_SOURCE_REMOVE;
}

static void
next_step (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Round *round = g_task_get_task_data (task);
  GTask *step;

  if (round->step == OH_DOCTOR_N_STEPS ||
      g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      end (task);
      return;
    }
  g_clear_object (&round->cancellable);
  round->cancellable = g_cancellable_new ();
  round->timed_out = FALSE;
  round->limit_alarm = oh_clock_add_alarm_in (
    round->run.parts->clock, (gint64) steps[round->step].limit_s * G_USEC_PER_SEC, on_limit, round);
  g_signal_emit (round->doctor, signals[PROGRESS], 0, (guint) round->step,
                 _ (steps[round->step].what), steps[round->step].limit_s);
  step = g_task_new (round->doctor, round->cancellable, on_step_done, g_object_ref (task));
  /* What a step has found counts, even when its end is cut off. */
  g_task_set_check_cancellable (step, FALSE);
  steps[round->step].run (&round->run, step);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Round *round = user_data;

  if (round->cancellable != NULL)
    g_cancellable_cancel (round->cancellable);
}

static void
server_free (gpointer data)
{
  OhDoctorServer *server = data;

  oh_server_free (server->server);
  g_ptr_array_unref (server->addresses);
  g_free (server);
}

void
oh_doctor_run_async (OhDoctor *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Round *round;

  g_task_set_source_tag (task, oh_doctor_run_async);
  if (self->round != NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_BUSY, _ ("A check is under way already."));
      g_object_unref (task);
      return;
    }
  round = g_new0 (Round, 1);
  round->doctor = self;
  round->run.parts = &self->parts;
  round->run.memory = &self->memory;
  round->run.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  round->run.servers = g_ptr_array_new_with_free_func (server_free);
  g_task_set_task_data (task, round, round_free);
  self->round = round;
  if (cancellable != NULL)
    round->cancelled_id =
      g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), round);
  next_step (task);
}

GPtrArray *
oh_doctor_run_finish (OhDoctor *self, GAsyncResult *result, GError **error)
{
  GPtrArray *findings = g_task_propagate_pointer (G_TASK (result), error);

  if (findings == NULL && error != NULL)
    oh_error_adopt (error, "%s", _ ("The check was given up"));
  return findings;
}

GPtrArray *
oh_doctor_findings (OhDoctor *self)
{
  return self->round != NULL ? self->round->run.findings : NULL;
}

int
oh_doctor_status (const OhFinding *finding)
{
  return oh_doctor_finding_status (finding);
}

gboolean
oh_doctor_run_has_next (const OhDoctorRun *run)
{
  for (guint i = run->next; i < run->servers->len; i++)
    {
      const OhDoctorServer *server = g_ptr_array_index (run->servers, i);

      if (server->addresses->len > 0)
        return TRUE;
    }
  return FALSE;
}

/* --- the object ----------------------------------------------------------------------------- */

static void
oh_doctor_finalize (GObject *object)
{
  OhDoctor *self = OH_DOCTOR (object);

  g_clear_object (&self->parts.clock);
  g_clear_object (&self->parts.config);
  g_clear_object (&self->parts.directory);
  g_clear_object (&self->parts.secrets);
  oh_doctor_memory_clear (&self->memory);
  g_free (self->installation);
  g_free (self->trouble);
  G_OBJECT_CLASS (oh_doctor_parent_class)->finalize (object);
}

static void
oh_doctor_class_init (OhDoctorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_doctor_finalize;
  signals[PROGRESS] = g_signal_new ("progress", OH_TYPE_DOCTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_UINT);
  signals[FINDING] = g_signal_new ("finding", OH_TYPE_DOCTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
oh_doctor_init (OhDoctor *self)
{
}

OhDoctor *
oh_doctor_new (const OhDoctorParts *parts)
{
  OhDoctor *self = g_object_new (OH_TYPE_DOCTOR, NULL);

  self->parts = *parts;
  g_object_ref (self->parts.clock);
  g_object_ref (self->parts.config);
  g_object_ref (self->parts.secrets);
  if (self->parts.directory != NULL)
    g_object_ref (self->parts.directory);
  self->parts.installation = self->installation = g_strdup (parts->installation);
  self->parts.trouble = self->trouble = g_strdup (parts->trouble);
  return self;
}
