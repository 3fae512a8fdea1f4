/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The company's directory: reached, signed in, and whether it answers for the user's own entry. */

#include "doctor-run.h"

#include <glib/gi18n-lib.h>

#include "config-directory.h"
#include "directory.h"
#include "doctor-code.h"
#include "error.h"

/* Somebody to look for where no address is set up; that nobody has the name is an answer, too. */
#define ANYBODY "offhook"

static OhDoctorCode
code_of (const GError *error)
{
  static const struct
  {
    OhError remedy;
    OhDoctorCode code;
  } known[] = {
    { OH_ERROR_UNREACHABLE, OH_DOCTOR_DIRECTORY_UNREACHABLE },
    { OH_ERROR_UNTRUSTED, OH_DOCTOR_DIRECTORY_UNTRUSTED },
    { OH_ERROR_TICKET, OH_DOCTOR_DIRECTORY_TICKET },
    { OH_ERROR_CLOCK, OH_DOCTOR_DIRECTORY_TICKET },
    { OH_ERROR_SETTINGS, OH_DOCTOR_DIRECTORY_SETTINGS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_error_matches (error, OH_ERROR, (int) known[i].remedy))
      return known[i].code;
  return OH_DOCTOR_DIRECTORY_REFUSES;
}

static void
judge_failure (OhDoctorRun *run, const GError *error)
{
  OhError remedy = error->domain == OH_ERROR ? (OhError) error->code : OH_ERROR_FAILED;

  oh_doctor_find (run->findings, OH_FINDING_ERROR, code_of (error),
                  g_strdup (_ ("Directory: it cannot be searched")), g_strdup (error->message),
                  oh_error_advice (remedy));
}

static void
judge_answer (OhDoctorRun *run, const OhDirectoryAnswer *answer)
{
  g_autofree char *link = oh_directory_describe (run->parts->directory);
  const char *own = "";

  if (run->account->uri[0] != '\0')
    own = answer->entries->len > 0 ? _ (" Your own entry was found.")
                                   : _ (" It has no entry with your address.");
  oh_doctor_find (run->findings, OH_FINDING_OK, OH_DOCTOR_DIRECTORY_ANSWERS,
                  g_strdup (_ ("Directory: it answers")),
                  g_strdup_printf ("%s.%s", link != NULL ? link : "", own), NULL);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhDoctorRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhDirectoryAnswer) answer =
    oh_directory_search_finish (OH_DIRECTORY (source), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (answer != NULL)
    judge_answer (run, answer);
  else
    judge_failure (run, error);
  g_task_return_boolean (task, TRUE);
}

void
oh_doctor_step_directory (OhDoctorRun *run, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (OhConfigDirectory) settings = oh_config_dup_directory (run->parts->config);
  GCancellable *cancellable = g_task_get_cancellable (task);
  OhDirectory *directory = run->parts->directory;
  const char *uri = run->account != NULL ? run->account->uri : "";

  if (settings->problem != NULL)
    judge_failure (run, settings->problem);
  if (directory == NULL || !oh_directory_is_on (directory))
    {
      g_task_return_boolean (task, TRUE); /* most have none */
      return;
    }
  g_task_set_task_data (task, run, NULL);
  if (uri[0] != '\0')
    oh_directory_find_own_async (directory, uri, cancellable, on_answer, g_steal_pointer (&task));
  else
    oh_directory_search_async (directory, ANYBODY, cancellable, on_answer, g_steal_pointer (&task));
}
