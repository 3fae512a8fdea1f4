/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "company-file.h"

#include <glib/gi18n-lib.h>

#include "company-rules.h"
#include "worker.h"

struct _OhCompanyFile
{
  OhCompanyFunc changed;
  gpointer user_data;
  OhNumberRules *rules; /* (owned) */

  GFile *file;               /* (owned) (nullable) */
  GFileMonitor *monitor;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the reading under way */
  gboolean again;            /* it changed while it was read */
};

/* --- in the thread -------------------------------------------------------------------------- */

static OhNumberRules *
unreadable (const GError *error)
{
  OhNumberRules *rules = oh_number_rules_new ();

  oh_number_rules_complain (rules, "company rules", error->message);
  return rules;
}

/* Octets beyond the limit are not read, but one of them: then it is seen that there are more. */
static OhNumberRules *
read_stream (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree char *text = NULL;
  gsize len = 0;

  if (stream == NULL)
    return NULL;
  text = g_malloc (OH_COMPANY_RULES_SIZE_MAX + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, OH_COMPANY_RULES_SIZE_MAX + 1, &len,
                                cancellable, error))
    return NULL;
  return oh_company_rules_read (oh_slice (text, len));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, &error);
  OhNumberRules *rules = NULL;

  /* A pipe would never end, a device never stop. */
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("it is no file"));
  else if (info != NULL)
    rules = read_stream (file, cancellable, &error);
  g_task_return_pointer (task, rules != NULL ? rules : unreadable (error),
                         (GDestroyNotify) oh_number_rules_unref);
}

/* --- in the main loop ----------------------------------------------------------------------- */

static void
set_rules (OhCompanyFile *self, OhNumberRules *rules)
{
  const GPtrArray *problems = oh_number_rules_problems (rules);

  oh_number_rules_unref (self->rules);
  self->rules = rules;
  for (guint i = 0; i < problems->len; i++)
    {
      const OhRuleProblem *problem = g_ptr_array_index (problems, i);

      g_message ("%s: %s", problem->rule, problem->reason);
    }
  self->changed (self->user_data);
}

static void read_file (OhCompanyFile *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  OhNumberRules *rules = g_task_propagate_pointer (G_TASK (result), NULL);
  OhCompanyFile *self = user_data;

  if (rules == NULL || g_cancellable_is_cancelled (cancellable))
    {
      oh_number_rules_unref (rules);
      return; /* self may be gone */
    }
  g_clear_object (&self->cancellable);
  set_rules (self, rules);
  if (self->again)
    read_file (self);
}

static void
read_file (OhCompanyFile *self)
{
  g_autoptr (GTask) task = NULL;

  self->again = self->cancellable != NULL;
  if (self->again)
    return;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, on_read, self);
  g_task_set_source_tag (task, read_file);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  oh_worker_run (task, read_in_thread);
}

static void
on_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
            OhCompanyFile *self)
{
  if (event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    read_file (self);
}

static void
forget (OhCompanyFile *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
}

void
oh_company_file_set_path (OhCompanyFile *self, const char *path)
{
  g_autoptr (GFile) file = path[0] != '\0' ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL ? self->file == NULL : self->file != NULL && g_file_equal (file, self->file))
    return;
  forget (self);
  if (file == NULL)
    {
      set_rules (self, oh_number_rules_new ());
      return;
    }
  self->file = g_steal_pointer (&file);
  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_changed), self);
  else
    g_message ("changes of the company rules are not seen: %s", error->message);
  read_file (self);
}

OhNumberRules *
oh_company_file_rules (const OhCompanyFile *self)
{
  return self->rules;
}

OhCompanyFile *
oh_company_file_new (OhCompanyFunc changed, gpointer user_data)
{
  OhCompanyFile *self = g_new0 (OhCompanyFile, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->rules = oh_number_rules_new ();
  return self;
}

void
oh_company_file_free (OhCompanyFile *self)
{
  if (self == NULL)
    return;
  forget (self);
  oh_number_rules_unref (self->rules);
  g_free (self);
}
