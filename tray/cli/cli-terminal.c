/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-terminal.h"

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "error.h"
#include "secret-text.h"

/* One octet more than any answer may have, so that a longer one is seen. */
#define LINE_MAX_OCTETS 1025

static struct termios saved; /* valid while echo_off */
static gboolean echo_off;

static void
restore_echo (void)
{
  if (!echo_off)
    return;
  echo_off = FALSE;
  tcsetattr (STDIN_FILENO, TCSANOW, &saved);
  g_printerr ("\n"); /* the one that was not echoed */
}

static void (*ender) (gpointer user_data); /* (nullable): ends what runs in order */
static gpointer ender_data;

void
oh_cli_on_interrupt (void (*func) (gpointer user_data), gpointer user_data)
{
  ender = func;
  ender_data = user_data;
}

static gboolean
on_interrupted (gpointer user_data)
{
  void (*end) (gpointer user_data) = ender;

  restore_echo ();
  ender = NULL; /* the second one does not wait */
  if (end != NULL)
    {
      end (ender_data);
      return G_SOURCE_CONTINUE;
    }
  exit (128 + GPOINTER_TO_INT (user_data)); /* as the shell reports a signal */
}

void
oh_cli_terminal_init (void)
{
  g_unix_signal_add (SIGINT, on_interrupted, GINT_TO_POINTER (SIGINT));
  g_unix_signal_add (SIGTERM, on_interrupted, GINT_TO_POINTER (SIGTERM));
}

gboolean
oh_cli_is_interactive (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

static void
hide_echo (void)
{
  struct termios quiet;

  if (tcgetattr (STDIN_FILENO, &saved) < 0)
    return;
  quiet = saved;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  echo_off = tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
}

/* In memory for secrets. */
typedef struct
{
  char octets[LINE_MAX_OCTETS]; /* may be a secret */
  gsize n;
} Line;

static void
end_line (GTask *task, Line *line, gboolean at_end)
{
  restore_echo ();
  if (line->n == LINE_MAX_OCTETS)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE, _ ("The line is too long."));
  else if (at_end && line->n == 0)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE,
                             _ ("Nothing was entered: standard input ended."));
  else
    {
      gsize n = line->n > 0 && line->octets[line->n - 1] == '\r' ? line->n - 1 : line->n;

      g_task_return_pointer (task, oh_secret_ndup (line->octets, n),
                             (GDestroyNotify) oh_secret_free);
    }
}

/* Octet by octet: what comes after the line belongs to whoever reads next. */
static void
on_octet (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Line *line = g_task_get_task_data (task);
  GError *error = NULL;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (got < 0)
    {
      restore_echo ();
      g_task_return_error (task, error);
    }
  else if (got == 0 || line->octets[line->n] == '\n' || ++line->n == LINE_MAX_OCTETS)
    end_line (task, line, got == 0);
  else
    g_input_stream_read_async (G_INPUT_STREAM (source), line->octets + line->n, 1,
                               G_PRIORITY_DEFAULT, NULL, on_octet, g_steal_pointer (&task));
}

void
oh_cli_read_line_async (const char *prompt, gboolean secret, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Line *line = (gpointer) oh_secret_alloc (sizeof *line);

  g_task_set_source_tag (task, oh_cli_read_line_async);
  g_task_set_task_data (task, line, (GDestroyNotify) oh_secret_free);
  if (oh_cli_is_interactive () && prompt != NULL)
    g_printerr ("%s", prompt);
  if (secret && isatty (STDIN_FILENO))
    hide_echo ();
  g_input_stream_read_async (input, line->octets, 1, G_PRIORITY_DEFAULT, NULL, on_octet,
                             g_steal_pointer (&task));
}

char *
oh_cli_read_line_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *answer = oh_cli_read_line_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  /* Translators: the letters that mean yes, besides y */
  else if (answer[0] != '\0' && strchr (_ ("yY"), answer[0]) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED, _ ("Nothing was done."));
  oh_secret_free (answer);
}

void
oh_cli_confirm_async (const char *question, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *prompt = g_strdup_printf ("%s %s ", question, _ ("[y/N]"));

  g_task_set_source_tag (task, oh_cli_confirm_async);
  if (oh_cli_is_interactive ())
    oh_cli_read_line_async (prompt, FALSE, on_answer, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_CONFIRM,
                             _ ("%s There is no terminal to ask on; add --yes to go on."),
                             question);
}

gboolean
oh_cli_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
