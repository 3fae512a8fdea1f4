/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs in their order, and what becomes of calls when the disk does not take them. */

#include "history-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  char *dir;
  char *path;
  OhHistoryStore *store;
  GAsyncResult *result;
  GString *told; /* "+1:missed -2 * " */
  guint troubles;
} Fixture;

static void
on_changed (OhHistoryStore *store, const OhHistoryDelta *delta, Fixture *f)
{
  if (delta->all)
    g_string_append (f->told, "* ");
  for (guint i = 0; i < delta->changed->len && !delta->all; i++)
    {
      const OhHistoryEntry *entry = g_ptr_array_index (delta->changed, i);

      g_string_append_printf (f->told, "+%d:%s ", (int) entry->id,
                              oh_history_outcome_word (entry->outcome));
    }
  for (guint i = 0; i < delta->removed->len && !delta->all; i++)
    g_string_append_printf (f->told, "-%d ", (int) g_array_index (delta->removed, gint64, i));
}

/* What the log says from "message" on, whichever thread says it. */
static int n_messages;

static GLogWriterOutput
count_message (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_MESSAGE)
    g_atomic_int_inc (&n_messages);
  return G_LOG_WRITER_HANDLED;
}

static void
assert_said (int times)
{
  g_assert_cmpint (g_atomic_int_get (&n_messages), ==, times);
  g_atomic_int_set (&n_messages, 0);
}

static void
on_trouble (Fixture *f)
{
  f->troubles++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("oh-store-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "history.sqlite", NULL);
  f->store = oh_history_store_new (f->path, "here");
  f->told = g_string_new (NULL);
  g_signal_connect (f->store, "changed", G_CALLBACK (on_changed), f);
  g_signal_connect_swapped (f->store, "notify::trouble", G_CALLBACK (on_trouble), f);
}

static void
remove_all (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (dir, name, NULL);

      g_remove (file);
    }
  g_rmdir (dir);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  assert_said (0);
  g_signal_handlers_disconnect_by_data (f->store, f);
  g_clear_object (&f->store);
  remove_all (f->dir);
  g_string_free (f->told, TRUE);
  g_free (f->path);
  g_free (f->dir);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_null (f->result);
  f->result = g_object_ref (result);
}

static gboolean
wait_done (Fixture *f)
{
  gboolean done;

  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = oh_history_store_finish (f->store, f->result, NULL);
  g_clear_object (&f->result);
  return done;
}

static OhHistoryEntry *
make (gint64 begun_us, OhHistoryOutcome outcome)
{
  OhHistoryEntry *self = oh_history_entry_new (OH_CALL_DIRECTION_INCOMING, "desk", begun_us);

  g_free (self->number);
  self->number = g_strdup ("4711");
  self->outcome = outcome;
  return self;
}

static gboolean
write_entry (Fixture *f, const OhHistoryEntry *entry)
{
  oh_history_store_write_async (f->store, entry, on_result, f);
  return wait_done (f);
}

static guint
count (Fixture *f)
{
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GPtrArray) entries = NULL;

  oh_history_store_list_async (f->store, &query, NULL, on_result, f);
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = oh_history_store_list_finish (f->store, f->result, NULL);
  g_clear_object (&f->result);
  return entries != NULL ? entries->len : 99;
}

static void
test_in_order (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_ONGOING);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 one = 1;

  g_array_append_val (ids, one);
  oh_history_store_start_async (f->store, NULL, NULL);
  oh_history_store_write_async (f->store, entry, NULL, NULL);
  entry->outcome = OH_HISTORY_MISSED;
  oh_history_store_write_async (f->store, entry, on_result, f);
  g_assert_true (wait_done (f));
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 1);
  g_assert_null (oh_history_store_get_trouble (f->store));
  oh_history_store_see_async (f->store, ids, NULL, NULL);
  oh_history_store_remove_async (f->store, ids, on_result, f);
  g_assert_true (wait_done (f));
  g_assert_cmpstr (f->told->str, ==, "+1:ongoing +1:missed +1:missed -1 ");
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 0);
  g_assert_cmpuint (count (f), ==, 0);
}

static void
test_killed_run (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_ONGOING);

  g_assert_true (write_entry (f, entry));
  oh_history_store_start_async (f->store, on_result, f);
  g_assert_true (wait_done (f));
  g_assert_cmpstr (f->told->str, ==, "+1:ongoing +1:unknown ");
}

static void
test_erase (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_MISSED);
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);

  g_assert_true (write_entry (f, entry));
  oh_history_store_erase_async (f->store, on_result, f);
  g_assert_true (wait_done (f));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 0);
  g_assert_cmpstr (f->told->str, ==, "+1:missed * ");
}

/* No file can grow beyond that: a full disk, as far as the program can tell. */
static void
set_disk_full (gboolean full)
{
  struct rlimit limit = { full ? 0 : RLIM_INFINITY, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Nothing is lost, it is said once, and all is well when there is room again. */
static void
test_full (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) first = make (1, OH_HISTORY_ONGOING);
  g_autoptr (OhHistoryEntry) second = make (2, OH_HISTORY_MISSED);
  g_autoptr (OhHistoryEntry) third = make (3, OH_HISTORY_MISSED);

  g_assert_true (write_entry (f, first));
  set_disk_full (TRUE);
  first->outcome = OH_HISTORY_MISSED;
  g_assert_false (write_entry (f, first));
  g_assert_false (write_entry (f, second));
  g_assert_false (write_entry (f, second)); /* again: it is one call */
  assert_said (1);
  g_assert_nonnull (oh_history_store_get_trouble (f->store));
  g_assert_cmpuint (f->troubles, ==, 1);
  g_assert_cmpuint (count (f), ==, 1); /* what is there can be read */
  set_disk_full (FALSE);
  g_assert_true (write_entry (f, third));
  g_assert_null (oh_history_store_get_trouble (f->store));
  g_assert_cmpuint (f->troubles, ==, 2);
  g_assert_cmpuint (count (f), ==, 3);
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 3);
}

/* Where there is no folder and none can be made. */
static void
test_no_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->dir, "file", NULL);
  g_autofree char *path = g_build_filename (file, "history.sqlite", NULL);
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_MISSED);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_signal_handlers_disconnect_by_data (f->store, f);
  g_object_unref (f->store);
  f->store = oh_history_store_new (path, "here");
  g_assert_false (write_entry (f, entry));
  assert_said (1);
  g_assert_nonnull (strstr (oh_history_store_get_trouble (f->store), "writable"));
  g_assert_cmpint (g_unlink (file), ==, 0); /* somebody has put it right */
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_null (oh_history_store_get_trouble (f->store));
  remove_all (file);
}

/* What waits is bounded: the newest stay. */
static void
test_unsaved_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (0, OH_HISTORY_MISSED);

  g_assert_true (write_entry (f, entry));
  set_disk_full (TRUE);
  for (int i = 1; i <= OH_HISTORY_UNSAVED_MAX + 1; i++)
    {
      g_autoptr (OhHistoryEntry) more = make (i, OH_HISTORY_MISSED);

      g_assert_false (write_entry (f, more));
    }
  assert_said (1);
  set_disk_full (FALSE);
  g_assert_cmpuint (count (f), ==, OH_HISTORY_UNSAVED_MAX + 1);
}

/* Damaged while it is open: put aside, and the call that met it is in the new one. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_MISSED);
  g_autofree char *garbage = g_strnfill (32768, 'x');

  g_assert_true (write_entry (f, entry));
  g_assert_true (
    g_file_set_contents_full (f->path, garbage, 32768, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_object_unref (f->store);
  f->store = oh_history_store_new (f->path, "here");
  g_assert_true (write_entry (f, entry));
  assert_said (1);
  g_assert_nonnull (strstr (oh_history_store_get_trouble (f->store), "damaged-"));
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_nonnull (oh_history_store_get_trouble (f->store)); /* until the next start */
}

static void
test_damaged_while_open (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (1, OH_HISTORY_MISSED);
  g_autoptr (OhHistoryEntry) next = make (2, OH_HISTORY_MISSED);
  g_autofree char *garbage = g_strnfill (8192, 'x');
  FILE *file;

  g_assert_true (write_entry (f, entry));
  file = fopen (f->path, "r+"); /* the same file, not another in its place */
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (garbage, 1, 8192, file), ==, 8192);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_true (write_entry (f, next));
  assert_said (1);
  g_assert_cmpuint (count (f), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_message, NULL, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/history-store/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("in-order", test_in_order);
  ADD ("killed-run", test_killed_run);
  ADD ("erase", test_erase);
  ADD ("full", test_full);
  ADD ("no-folder", test_no_folder);
  ADD ("unsaved-limit", test_unsaved_limit);
  ADD ("damaged", test_damaged);
  ADD ("damaged-while-open", test_damaged_while_open);
#undef ADD
  return g_test_run ();
}
