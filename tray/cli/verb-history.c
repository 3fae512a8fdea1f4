/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook history [QUERY] [--missed] [--limit N] [--seen] [--delete ID] [--clear] */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "history-words.h"
#include "verbs.h"

/* What a terminal shows at once where nothing else is said; programs get all. */
#define LIMIT_PRESET 50u
/* As the agent has it. */
#define PAGE_MAX 500u

/* One run of the verb; lives until the program ends. */
typedef struct
{
  OhCli *cli;             /* borrowed */
  OhBusHistory1 *history; /* (owned) */
  JsonBuilder *json;      /* (owned) (nullable): while pages are coming, with --json */
  gint64 before;          /* the last id that was shown; 0 at first */
  guint left;             /* how many more are wanted */
  guint shown;
} Run;

/* One call as it comes over the bus; texts are borrowed from the variant. */
typedef struct
{
  gint64 id;
  const char *direction, *number, *display, *name, *uri, *phone, *outcome;
  gint64 begun_us, answered_us, ended_us;
  gboolean seen;
  gint64 settled;
} Line;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->history);
  g_clear_object (&run->json);
  g_free (run);
}

static void
read_line (GVariant *call, Line *line)
{
  g_variant_get (call, "(x&s&s&s&s&s&sxxx&sbx)", &line->id, &line->direction, &line->number,
                 &line->display, &line->name, &line->uri, &line->phone, &line->begun_us,
                 &line->answered_us, &line->ended_us, &line->outcome, &line->seen, &line->settled);
}

/* Seconds that people talked; -1 when nobody knows, or they still do. */
static gint64
duration_s (const Line *line)
{
  if (line->answered_us == 0)
    return g_str_equal (line->outcome, "ongoing") || g_str_equal (line->outcome, "unknown") ? -1
                                                                                            : 0;
  return line->ended_us >= line->answered_us ? (line->ended_us - line->answered_us) / G_USEC_PER_SEC
                                             : -1;
}

/* --- for programs --------------------------------------------------------------------------- */

static void
add_number (JsonBuilder *builder, const char *name, gint64 value, gboolean known)
{
  json_builder_set_member_name (builder, name);
  if (known)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_json (JsonBuilder *builder, const Line *line)
{
  json_builder_begin_object (builder);
  add_number (builder, "id", line->id, TRUE);
  oh_cli_json_text (builder, "direction", line->direction);
  oh_cli_json_text (builder, "number", line->number);
  oh_cli_json_text (builder, "display", line->display);
  oh_cli_json_text (builder, "name", line->name);
  oh_cli_json_text (builder, "uri", line->uri);
  oh_cli_json_text (builder, "phone", line->phone);
  oh_cli_json_time (builder, "begun", line->begun_us);
  oh_cli_json_time (builder, "answered", line->answered_us);
  oh_cli_json_time (builder, "ended", line->ended_us);
  add_number (builder, "duration", duration_s (line), duration_s (line) >= 0);
  oh_cli_json_text (builder, "outcome", line->outcome);
  add_flag (builder, "missed", g_str_equal (line->outcome, "missed"));
  add_flag (builder, "seen", line->seen);
  add_number (builder, "settled", line->settled, line->settled != 0);
  json_builder_end_object (builder);
}

/* --- for people ----------------------------------------------------------------------------- */

static const char *
outcome_text (const Line *line)
{
  const char *text = oh_words_outcome (line->outcome);

  return text != NULL ? text : line->outcome;
}

/* "answered, 3:05" */
static char *
course_text (const Line *line)
{
  gint64 s = duration_s (line);

  if (line->answered_us == 0 || s < 0)
    return g_strdup (outcome_text (line));
  return g_strdup_printf ("%s, %d:%02d", outcome_text (line), (int) (s / 60), (int) (s % 60));
}

static char *
party_text (const Line *line)
{
  if (line->number[0] == '\0')
    return g_strdup (line->name[0] != '\0' ? line->name : _ ("number withheld"));
  if (line->name[0] == '\0')
    return g_strdup (line->display);
  return g_strdup_printf ("%s, %s", line->name, line->display);
}

static void
print_line (const Line *line)
{
  gboolean is_open = g_str_equal (line->outcome, "missed") && !line->seen && line->settled == 0;
  g_autofree char *when = oh_cli_time (line->begun_us);
  g_autofree char *course = course_text (line);
  g_autofree char *party = party_text (line);
  const char *way = g_str_equal (line->direction, "outgoing")   ? "→"
                    : g_str_equal (line->direction, "incoming") ? "←"
                                                                : "?";

  g_print ("%c%6" G_GINT64_FORMAT "  %16s  %s %s (%s)\n", is_open ? '!' : ' ', line->id, when, way,
           party, course);
}

/* --- the list ------------------------------------------------------------------------------- */

static void
end_list (Run *run)
{
  const char *trouble = oh_bus_history1_get_trouble (run->history);

  if (run->json != NULL)
    {
      json_builder_end_array (run->json);
      oh_cli_json_print (g_steal_pointer (&run->json));
    }
  else if (oh_bus_history1_get_days (run->history) == 0)
    oh_cli_say (run->cli, _ ("No calls are kept: “history-days” is 0."));
  else if (run->shown == 0)
    oh_cli_say (run->cli, _ ("No calls."));
  if (trouble != NULL && trouble[0] != '\0')
    oh_cli_note ("%s", trouble);
  oh_cli_done (run->cli);
}

static void ask_page (Run *run);

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GVariant) calls = NULL;
  GError *error = NULL;
  GVariantIter iter;
  GVariant *call;
  guint n = 0;

  if (!oh_bus_history1_call_list_finish (run->history, &calls, result, &error))
    {
      oh_cli_fail (run->cli, error);
      return;
    }
  g_variant_iter_init (&iter, calls);
  for (; (call = g_variant_iter_next_value (&iter)) != NULL; n++)
    {
      Line line;

      read_line (call, &line);
      if (run->json != NULL)
        add_json (run->json, &line);
      else
        print_line (&line);
      run->before = line.id;
      g_variant_unref (call);
    }
  run->shown += n;
  run->left -= MIN (n, run->left);
  if (n == 0 || run->left == 0)
    end_list (run);
  else
    ask_page (run);
}

static void
ask_page (Run *run)
{
  const char *text = oh_cli_arg (run->cli, 0);
  GVariantBuilder filter;

  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  if (text != NULL)
    g_variant_builder_add (&filter, "{sv}", "text", g_variant_new_string (text));
  g_variant_builder_add (&filter, "{sv}", "missed",
                         g_variant_new_boolean (oh_cli_given (run->cli, OH_CLI_MISSED)));
  oh_bus_history1_call_list (run->history, run->before, MIN (run->left, PAGE_MAX),
                             g_variant_builder_end (&filter), NULL, on_page, run);
}

static void
start_list (Run *run)
{
  const char *text = oh_cli_arg (run->cli, 0);
  const char *limit = oh_cli_value (run->cli, OH_CLI_LIMIT);
  guint64 wanted = oh_cli_json (run->cli) ? G_MAXUINT : LIMIT_PRESET;

  if (limit != NULL && !g_ascii_string_to_unsigned (limit, 10, 1, G_MAXUINT, &wanted, NULL))
    oh_cli_fail (run->cli,
                 g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("--limit takes a number, 1 or more.")));
  else if (text != NULL && !g_utf8_validate (text, -1, NULL))
    oh_cli_fail (run->cli,
                 g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("This is no text: not valid UTF-8.")));
  else
    {
      run->left = (guint) wanted;
      if (oh_cli_json (run->cli))
        run->json = json_builder_begin_array (json_builder_new ());
      ask_page (run);
    }
}

/* --- changes -------------------------------------------------------------------------------- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL)
    oh_cli_fail (run->cli, error);
  else
    oh_cli_done (run->cli);
}

/* @arguments: (nullable): floating */
static void
change (Run *run, const char *method, GVariant *arguments)
{
  g_dbus_proxy_call (G_DBUS_PROXY (run->history), method, arguments, G_DBUS_CALL_FLAGS_NONE, -1,
                     NULL, on_changed, run);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;

  if (oh_cli_confirm_finish (result, &error))
    change (run, "Clear", NULL);
  else
    oh_cli_fail (run->cli, error);
}

static void
clear (Run *run)
{
  if (oh_cli_yes (run->cli))
    change (run, "Clear", NULL);
  else
    oh_cli_confirm_async (_ ("Delete the whole call list for ever?"), on_confirmed, run);
}

static void delete (Run *run, const char *which)
{
  guint64 id;

  if (g_str_equal (which, "all"))
    clear (run);
  else if (g_ascii_string_to_unsigned (which, 10, 1, G_MAXINT64, &id, NULL))
    {
      gint64 one = (gint64) id;

      change (run, "Delete",
              g_variant_new (
                "(@ax)", g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, &one, 1, sizeof one)));
    }
  else
    oh_cli_fail (
      run->cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                             _ ("“%.32s” is no call: --delete takes the number at the beginning of "
                                "its line, or “all”."),
                             which));
}

/* --- the run -------------------------------------------------------------------------------- */

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  OhBusHistory1 *history = oh_bus_history1_proxy_new_finish (result, &error);
  const char *which = oh_cli_value (cli, OH_CLI_DELETE);
  Run *run;

  if (history == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  run = g_new0 (Run, 1);
  run->cli = cli;
  run->history = history;
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), "history", run, run_free);
  if (which != NULL)
    delete (run, which);
  else if (oh_cli_given (cli, OH_CLI_CLEAR))
    clear (run);
  else if (oh_cli_given (cli, OH_CLI_SEEN))
    change (run, "MarkSeen",
            g_variant_new ("(@ax)", g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0)));
  else
    start_list (run);
}

void
oh_verb_history (OhCli *cli)
{
  oh_bus_history1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                             G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy,
                             cli);
}

/* --- the last number dialled ---------------------------------------------------------------- */

static void
on_last (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) calls = NULL;
  g_autoptr (GVariant) call = NULL;
  GError *error = NULL;
  Line line;

  if (!oh_bus_history1_call_list_finish (OH_BUS_HISTORY1 (source), &calls, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_variant_n_children (calls) == 0)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_BAD_NUMBER,
                               _ ("The call list has no number that was dialled."));
      return;
    }
  call = g_variant_get_child_value (calls, 0);
  read_line (call, &line);
  g_task_return_pointer (task, g_strdup (line.number), g_free);
}

static void
on_last_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (OhBusHistory1) history = oh_bus_history1_proxy_new_finish (result, &error);
  GVariantBuilder filter;

  if (history == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_variant_builder_init (&filter, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&filter, "{sv}", "direction", g_variant_new_string ("outgoing"));
  oh_bus_history1_call_list (history, 0, 1, g_variant_builder_end (&filter), NULL, on_last,
                             g_steal_pointer (&task));
}

void
oh_verb_history_last_async (OhCli *cli, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  oh_bus_history1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                             G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, OH_BUS_NAME, OH_BUS_PATH,
                             NULL, on_last_proxy, task);
}

char *
oh_verb_history_last_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
