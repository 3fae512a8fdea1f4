/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A process that writes calls is killed again and again; what it had told is there. */

#include "history-db.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* How often the writer is killed; each time at another moment. */
#define KILLS 25

static const char *program; /* this one, to be started as the writer that is killed */

static OhHistoryDb *
open_db (const char *path, char **out_aside)
{
  g_autoptr (GError) error = NULL;
  OhHistoryDb *db = oh_history_db_open (path, "here", out_aside, &error);

  g_assert_no_error (error);
  return db;
}

/* The other process: writes calls as fast as it can, and says of each when it is written. */
static void G_GNUC_NORETURN
be_writer (const char *path)
{
  OhHistoryDb *db = open_db (path, NULL);

  for (gint64 i = 1;; i++)
    {
      g_autoptr (OhHistoryDelta) delta = oh_history_delta_new ();
      g_autoptr (OhHistoryEntry) entry =
        oh_history_entry_new (OH_CALL_DIRECTION_INCOMING, "desk", i);

      g_assert_true (oh_history_db_write (db, entry, delta, NULL));
      g_print ("%s ongoing\n", entry->uid);
      entry->outcome = i % 3 == 0 ? OH_HISTORY_ANSWERED : OH_HISTORY_MISSED;
      entry->answered_us = i % 3 == 0 ? i : 0;
      g_assert_true (oh_history_db_write (db, entry, delta, NULL));
      g_print ("%s %s\n", entry->uid, oh_history_outcome_word (entry->outcome));
    }
}

static gboolean
on_moment (gpointer user_data)
{
  GSubprocess **writer = user_data;

  g_subprocess_force_exit (*writer); /* SIGKILL; what it had said is still in the pipe */
  *writer = NULL;
  return G_SOURCE_REMOVE;
}

/* Kills it a moment after it has told @lines lines; notes what it said of each call. */
static void
kill_writer (const char *path, guint lines, gint64 later_us, GHashTable *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) writer =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--writer", path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
  for (guint n = 0; (line = g_data_input_stream_read_line (output, NULL, NULL, NULL)) != NULL; n++)
    {
      char *word = strchr (line, ' ');

      if (n == lines)
        {
          GSubprocess *alive = writer;

          oh_clock_add_alarm_in (oh_clock_system (), later_us, on_moment, &alive);
          while (alive != NULL)
            g_main_context_iteration (NULL, TRUE);
        }
      if (word != NULL && strlen (word) > 1)
        g_hash_table_replace (told, g_strndup (line, (gsize) (word - line)), g_strdup (word + 1));
      g_free (line);
    }
  g_assert_true (g_subprocess_wait (writer, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (writer));
}

/* All that is in the file: uid to outcome. */
static GHashTable *
read_all (OhHistoryDb *db)
{
  GHashTable *there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  guint len;

  do
    {
      g_autoptr (GPtrArray) entries = oh_history_db_list (db, &query, NULL);

      g_assert_nonnull (entries);
      for (guint i = 0; i < entries->len; i++)
        {
          const OhHistoryEntry *entry = g_ptr_array_index (entries, i);

          query.before = entry->id;
          g_hash_table_insert (there, g_strdup (entry->uid), GUINT_TO_POINTER (entry->outcome));
        }
      len = entries->len;
    }
  while (len > 0);
  return there;
}

/* A call whose writing was told is there, as it was told or as it became after that; and not more
 * than the one that was being written each time. */
static void
assert_all_there (OhHistoryDb *db, GHashTable *told)
{
  g_autoptr (GHashTable) there = read_all (db);
  GHashTableIter iter;
  gpointer uid, word;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &uid, &word))
    {
      gpointer outcome = NULL;

      g_assert_true (g_hash_table_lookup_extended (there, uid, NULL, &outcome));
      if (!g_str_equal (word, "ongoing"))
        g_assert_cmpstr (oh_history_outcome_word (GPOINTER_TO_UINT (outcome)), ==, word);
    }
  g_assert_cmpuint (g_hash_table_size (there) - g_hash_table_size (told), <=, KILLS);
}

static void
test_killed (void)
{
  g_autofree char *dir = g_dir_make_tmp ("oh-kill-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "history.sqlite", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *aside = NULL;
  OhHistoryDb *db;

  for (guint i = 0; i < KILLS; i++)
    kill_writer (path, (guint) g_test_rand_int_range (0, 6), g_test_rand_int_range (0, 20000),
                 told);
  db = open_db (path, &aside); /* checks the file */
  g_assert_null (aside);
  g_assert_cmpuint (g_hash_table_size (told), >=, KILLS / 2);
  assert_all_there (db, told);
  oh_history_db_close (db);
  g_unlink (journal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--writer") == 0)
    be_writer (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-kill/killed", test_killed);
  return g_test_run ();
}
