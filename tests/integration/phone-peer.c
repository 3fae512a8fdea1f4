/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-peer.h"

#include <string.h>

/* Longer than anything takes, even on a loaded machine; only a hanging test gets there. */
#define PATIENCE_S 20

static void read_line (PhonePeer *self);

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PhonePeer *self = user_data;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  self->ended = line == NULL;
  if (self->ended)
    return;
  g_assert_true (json_parser_load_from_data (parser, line, -1, &error));
  g_assert_no_error (error);
  g_ptr_array_add (self->log,
                   json_object_ref (json_node_get_object (json_parser_get_root (parser))));
  read_line (self);
}

static void
read_line (PhonePeer *self)
{
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static gboolean
on_impatient (gpointer data)
{
  g_assert_not_reached ();
}

void
run_until (gboolean *flag)
{
  guint alarm = g_timeout_add_seconds (PATIENCE_S, on_impatient, NULL);

  while (!*flag)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm);
}

static const char *
member_of (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name)
           ? json_object_get_string_member_with_default (object, name, "")
           : "";
}

guint
phone_peer_wait (PhonePeer *self, guint from, const char *event, const char *member,
                 const char *text)
{
  guint alarm = g_timeout_add_seconds (PATIENCE_S, on_impatient, NULL);

  for (guint i = from;; i++)
    {
      JsonObject *line;

      while (i >= self->log->len)
        g_main_context_iteration (NULL, TRUE);
      line = g_ptr_array_index (self->log, i);
      if (g_str_equal (member_of (line, "event"), event) &&
          (member == NULL || g_str_equal (member_of (line, member), text)))
        {
          g_source_remove (alarm);
          return i;
        }
    }
}

static GPtrArray *
build_arguments (const char *personality, va_list more)
{
  GPtrArray *arguments = g_ptr_array_new ();
  const char *argument;

  g_assert_nonnull (g_getenv ("PHONE_SIMULATOR"));
  g_ptr_array_add (arguments, (gpointer) g_getenv ("PHONE_SIMULATOR"));
  g_ptr_array_add (arguments, (gpointer) "-p");
  g_ptr_array_add (arguments, (gpointer) personality);
  while ((argument = va_arg (more, const char *)) != NULL)
    g_ptr_array_add (arguments, (gpointer) argument);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

PhonePeer *
phone_peer_new (const char *personality, ...)
{
  PhonePeer *self = g_new0 (PhonePeer, 1);
  g_autoptr (GPtrArray) arguments = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *line;
  guint from;
  va_list more;

  va_start (more, personality);
  arguments = build_arguments (personality, more);
  va_end (more);
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->process =
    g_subprocess_newv ((const char *const *) arguments->pdata,
                       G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->commands = g_subprocess_get_stdin_pipe (self->process);
  read_line (self);
  from = phone_peer_wait (self, 0, "listening", NULL, NULL);
  line = g_ptr_array_index (self->log, from);
  self->host =
    g_strdup_printf ("127.0.0.1:%" G_GINT64_FORMAT, json_object_get_int_member (line, "https"));
  self->plain =
    g_strdup_printf ("127.0.0.1:%" G_GINT64_FORMAT, json_object_get_int_member (line, "http"));
  self->spki = g_strdup (member_of (line, "spki_sha256"));
  self->ca = g_strdup (member_of (line, "ca"));
  return self;
}

void
phone_peer_free (PhonePeer *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_output_stream_write_all (self->commands, "quit\n", 5, NULL, NULL, &error));
  g_assert_true (g_subprocess_wait_check (self->process, NULL, &error));
  g_assert_no_error (error);
  /* the last read ends with the pipe */
  while (!self->ended)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->lines);
  g_object_unref (self->process);
  g_ptr_array_unref (self->log);
  g_free (self->host);
  g_free (self->plain);
  g_free (self->spki);
  g_free (self->ca);
  g_free (self);
}

JsonObject *
phone_peer_command (PhonePeer *self, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (GError) error = NULL;
  guint from = self->log->len;
  JsonObject *reply;

  g_output_stream_write_all (self->commands, text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  from = phone_peer_wait (self, from, "reply", NULL, NULL);
  reply = g_ptr_array_index (self->log, from);
  g_assert_true (json_object_get_boolean_member (reply, "ok"));
  return reply;
}

char *
phone_peer_get (PhonePeer *self, const char *setting)
{
  g_autofree char *line = g_strconcat ("get ", setting, NULL);

  return g_strdup (member_of (phone_peer_command (self, line), "value"));
}

guint
phone_peer_count (PhonePeer *self, const char *path)
{
  guint n = 0;

  phone_peer_command (self, "dump"); /* what was on its way has arrived then */
  for (guint i = 0; i < self->log->len; i++)
    {
      JsonObject *line = g_ptr_array_index (self->log, i);
      g_autofree char *target =
        g_strconcat (member_of (line, "path"), "?", member_of (line, "query"), NULL);

      if (g_str_equal (member_of (line, "event"), "request") && g_str_has_prefix (target, path))
        n++;
    }
  return n;
}

guint
phone_peer_count_logins (PhonePeer *self)
{
  guint n = 0;

  phone_peer_command (self, "dump");
  for (guint i = 0; i < self->log->len; i++)
    {
      JsonObject *line = g_ptr_array_index (self->log, i);

      if (g_str_equal (member_of (line, "event"), "request") &&
          *member_of (line, "authorization") != '\0')
        n++;
    }
  return n;
}

guint
phone_peer_count_status (PhonePeer *self, gint64 status)
{
  guint n = 0;

  phone_peer_command (self, "dump");
  for (guint i = 0; i < self->log->len; i++)
    {
      JsonObject *line = g_ptr_array_index (self->log, i);

      if (g_str_equal (member_of (line, "event"), "request") &&
          json_object_get_int_member_with_default (line, "status", 0) == status)
        n++;
    }
  return n;
}
