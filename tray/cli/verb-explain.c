/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook explain: reads a trace on any computer, without agent and bus. */

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli-output.h"
#include "error.h"
#include "explain.h"
#include "ladder-text.h"
#include "verbs.h"

/* Octets read at once. */
#define CHUNK 65536
/* Traces below this are read before anybody could look. */
#define PROGRESS_FROM ((gsize) 8 * 1024 * 1024)

/* --- in the thread ------------------------------------------------------------------------- */

static GInputStream *
open_trace (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/* One octet beyond what is allowed is enough to know that it is too much. */
static GBytes *
read_all (GInputStream *stream, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[CHUNK];
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, sizeof chunk, NULL, error)) > 0 &&
         all->len <= OH_EXPLAIN_SIZE_MAX)
    g_byte_array_append (all, chunk, (guint) n);
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
show_progress (gsize done, gsize total, gpointer user_data)
{
  if (total >= PROGRESS_FROM)
    g_printerr (_ ("\rReading: %u %%"), (guint) (done * 100 / total));
  return TRUE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = open_trace (path, &error);
  g_autoptr (GBytes) octets = stream != NULL ? read_all (stream, &error) : NULL;
  OhExplanation *explanation;
  gboolean is_tty = isatty (STDERR_FILENO);

  if (octets == NULL)
    {
      oh_error_adopt (&error, _ ("%s cannot be read"), path);
      error->code = OH_ERROR_FAILED; /* whatever kept it from being read: status 1 */
      g_task_return_error (task, error);
      return;
    }
  explanation = oh_explain (octets, is_tty ? show_progress : NULL, NULL, &error);
  if (is_tty && g_bytes_get_size (octets) >= PROGRESS_FROM)
    g_printerr ("\r                    \r");
  if (explanation == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, explanation, (GDestroyNotify) oh_explanation_free);
}

/* --- the output ---------------------------------------------------------------------------- */

static void
print_json (const OhExplanation *explanation)
{
  const GPtrArray *findings = oh_explanation_findings (explanation);
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "severity", oh_finding_severity_word (finding->severity));
      oh_cli_json_text (builder, "code", finding->code);
      oh_cli_json_text (builder, "title", finding->title);
      oh_cli_json_text (builder, "cause", finding->cause);
      oh_cli_json_text (builder, "remedy", finding->remedy);
      json_builder_set_member_name (builder, "line");
      if (finding->line > 0)
        json_builder_add_int_value (builder, finding->line);
      else
        json_builder_add_null_value (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  oh_cli_json_print (builder);
}

static guint
terminal_columns (void)
{
  struct winsize size;
  const char *columns = g_getenv ("COLUMNS");
  guint64 n;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  if (columns != NULL && g_ascii_string_to_unsigned (columns, 10, 1, 10000, &n, NULL))
    return (guint) n;
  return 80;
}

static void
print_text (const OhExplanation *explanation)
{
  const char *no_colour = g_getenv ("NO_COLOR"); /* no-color.org: set and not empty */
  const OhLadderStyle style = {
    .columns = terminal_columns (),
    .is_utf8 = g_get_charset (NULL),
    .has_colour = isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') &&
                  g_strcmp0 (g_getenv ("TERM"), "dumb") != 0,
  };
  g_autofree char *ladder = oh_ladder_text (explanation, &style);
  g_autofree char *findings = oh_findings_text (explanation, &style);

  g_print ("%s\n%s\n%s", ladder, _ ("Findings"), findings);
}

static void
on_explained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (OhExplanation) explanation = g_task_propagate_pointer (G_TASK (result), &error);

  if (explanation == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  if (oh_cli_json (cli))
    print_json (explanation);
  else
    print_text (explanation);
  oh_cli_done (cli);
}

void
oh_verb_explain (OhCli *cli)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_explained, cli);

  g_task_set_source_tag (task, oh_verb_explain);
  g_task_set_task_data (task, g_strdup (oh_cli_arg (cli, 0)), g_free);
  g_task_run_in_thread (task, read_in_thread);
}
