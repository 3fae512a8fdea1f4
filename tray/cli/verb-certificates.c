/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone certificates request, import, check: for who administers phones, without agent and
 * bus. */

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "certificate-fleet.h"
#include "certificate-parts.h"
#include "cli-output.h"
#include "error.h"
#include "verbs.h"

/* One run: the task's data. What is shown is put together in the thread. */
typedef struct
{
  OhCli *cli;          /* (unowned) */
  OhPhoneKeyKind kind; /* of new keys */
  GPtrArray *findings; /* (owned) */
  GPtrArray *faults;   /* (owned) (element-type utf8): of the list */
  GPtrArray *done;     /* (owned) (element-type utf8): a line for each phone */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_ptr_array_unref (work->findings);
  g_ptr_array_unref (work->faults);
  g_ptr_array_unref (work->done);
  g_free (work);
}

/* --- request -------------------------------------------------------------------------------- */

static void
on_one_requested (const char *name, OhCertificateRequested done, guint n, guint total,
                  gpointer user_data)
{
  Work *work = user_data;

  g_ptr_array_add (work->done, g_strdup_printf ("%s: %s", name, oh_certificate_done_text (done)));
  if (isatty (STDERR_FILENO))
    g_printerr ("\r[%u/%u]%s", n, total, n == total ? "\r\033[K" : "");
}

static gboolean
request (Work *work, GError **error)
{
  return oh_certificate_fleet (oh_cli_arg (work->cli, 1), oh_cli_arg (work->cli, 2), work->kind,
                               on_one_requested, work, work->faults, error);
}

/* --- import and check ----------------------------------------------------------------------- */

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full) (element-type utf8): names of the phones in @folder, in order */
static GPtrArray *
list_phones (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    {
      oh_error_adopt (error, _ ("%s cannot be read"), folder);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *key = g_build_filename (folder, name, "key.pem", NULL);

      if (g_file_test (key, G_FILE_TEST_EXISTS))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, by_name);
  if (names->len > 0)
    return g_steal_pointer (&names);
  g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
               _ ("There is no phone's folder in %s; “offhook phone certificates request” makes "
                  "them."),
               folder);
  return NULL;
}

/* (transfer full) (nullable): what the authority sent for that phone */
static char *
find_sent (const char *folder, const char *name)
{
  static const char *const endings[] = { "pem", "crt", "cer", "der", "p7b" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (name, ".", endings[i], NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* Puts the phone's name in front of what was found from @first on. */
static void
name_findings (GPtrArray *findings, guint first, const char *name)
{
  for (guint i = first; i < findings->len; i++)
    {
      OhFinding *finding = g_ptr_array_index (findings, i);
      char *title = g_strdup_printf ("%s: %s", name, finding->title);

      g_free (finding->title);
      finding->title = title;
    }
}

static void
import_phone (Work *work, const char *name, guint *n_bad)
{
  const char *sent = oh_cli_arg (work->cli, 2);
  g_autofree char *own = g_build_filename (oh_cli_arg (work->cli, 1), name, NULL);
  g_autofree char *path =
    g_file_test (sent, G_FILE_TEST_IS_DIR) ? find_sent (sent, name) : g_strdup (sent);
  g_autoptr (GError) error = NULL;
  guint first = work->findings->len;

  if (path == NULL)
    {
      g_ptr_array_add (work->findings,
                       oh_finding_new (OH_FINDING_INFO, "certificate-missing",
                                       _ ("The authority has sent nothing yet"), NULL, NULL, 0));
      name_findings (work->findings, first, name);
      return;
    }
  if (oh_certificate_import (own, path, oh_cli_arg (work->cli, 3), oh_certificate_now_s (),
                             work->findings, &error))
    g_ptr_array_add (work->done, g_strdup_printf (_ ("%s: taken"), name));
  else
    {
      (*n_bad)++;
      g_ptr_array_add (work->findings, oh_finding_new (OH_FINDING_ERROR, "certificate-refused",
                                                       error->message, NULL, NULL, 0));
    }
  name_findings (work->findings, first, name);
}

static void
check_phone (Work *work, const char *name, guint *n_bad)
{
  g_autofree char *own = g_build_filename (oh_cli_arg (work->cli, 1), name, NULL);
  g_autoptr (GError) error = NULL;
  guint first = work->findings->len;

  if (!oh_certificate_check (own, NULL, NULL, oh_certificate_now_s (), work->findings, &error))
    (*n_bad)++;
  if (error != NULL)
    g_ptr_array_add (work->findings, oh_finding_new (OH_FINDING_ERROR, "certificate-missing",
                                                     error->message, NULL, NULL, 0));
  name_findings (work->findings, first, name);
}

static gboolean
for_each (Work *work, void (*act) (Work *work, const char *name, guint *n_bad), GError **error)
{
  g_autoptr (GPtrArray) names = list_phones (oh_cli_arg (work->cli, 1), error);
  guint n_bad = 0;

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    act (work, g_ptr_array_index (names, i), &n_bad);
  if (n_bad == 0)
    return TRUE;
  g_set_error (
    error, OH_ERROR, OH_ERROR_UNTRUSTED,
    ngettext ("%u phone has no good certificate.", "%u phones have no good certificate.", n_bad),
    n_bad);
  return FALSE;
}

/* --- the run -------------------------------------------------------------------------------- */

static void
do_work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  const char *what = oh_cli_arg (work->cli, 0);
  GError *error = NULL;
  gboolean good;

  if (g_str_equal (what, "request"))
    good = request (work, &error);
  else if (g_str_equal (what, "import"))
    good = for_each (work, import_phone, &error);
  else
    good = for_each (work, check_phone, &error);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  Work *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  for (guint i = 0; i < work->faults->len; i++)
    oh_cli_note ("%s", (const char *) g_ptr_array_index (work->faults, i));
  for (guint i = 0; i < work->done->len; i++)
    oh_cli_say (cli, "%s", (const char *) g_ptr_array_index (work->done, i));
  if (oh_cli_json (cli) || work->findings->len > 0)
    oh_certificate_print (cli, work->findings);
  if (good)
    oh_cli_done (cli);
  else
    oh_cli_fail (cli, error);
}

/* Returns: why the words make no sense; NULL when they do */
static GError *
check_words (OhCli *cli, OhPhoneKeyKind *kind)
{
  const char *what = oh_cli_arg (cli, 0);
  GError *error = NULL;

  *kind = OH_PHONE_KEY_RSA_2048;
  if (g_str_equal (what, "request") && oh_cli_arg (cli, 2) != NULL)
    oh_certificate_key_kind (oh_cli_arg (cli, 3), kind, &error);
  else if ((!g_str_equal (what, "import") || oh_cli_arg (cli, 2) == NULL) &&
           (!g_str_equal (what, "check") || oh_cli_arg (cli, 2) != NULL))
    error = g_error_new_literal (OH_ERROR, OH_ERROR_USAGE,
                                 _ ("Usage: offhook phone certificates request LIST.csv FOLDER "
                                    "[rsa-2048|rsa-3072|ecdsa-p256], import FOLDER SIGNED [CA], or "
                                    "check FOLDER"));
  return error;
}

void
oh_verb_certificates (OhCli *cli)
{
  g_autoptr (GTask) task = NULL;
  OhPhoneKeyKind kind;
  GError *error = check_words (cli, &kind);
  Work *work;

  if (error != NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  work = g_new0 (Work, 1);
  work->cli = cli;
  work->kind = kind;
  work->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  work->faults = g_ptr_array_new_with_free_func (g_free);
  work->done = g_ptr_array_new_with_free_func (g_free);
  task = g_task_new (NULL, NULL, on_done, cli);
  g_task_set_source_tag (task, oh_verb_certificates);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, do_work);
}
