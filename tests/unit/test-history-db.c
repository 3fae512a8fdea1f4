/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file itself, with the real SQLite in a folder of its own. */

#include "history-db.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "error.h"
#include "history-schema.h"

typedef struct
{
  char *dir;
  char *path;
  OhHistoryDb *db;
  OhHistoryDelta *delta; /* of the last change */
} Fixture;

static OhHistoryDb *
open_db (const char *path, char **out_aside)
{
  g_autoptr (GError) error = NULL;
  OhHistoryDb *db = oh_history_db_open (path, "here", out_aside, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("oh-history-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "offhook", "history.sqlite", NULL);
  f->db = open_db (f->path, NULL);
  f->delta = oh_history_delta_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *inner = g_path_get_dirname (f->path);
  const char *name;

  oh_history_db_close (f->db);
  oh_history_delta_free (f->delta);
  dir = g_dir_open (inner, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (inner, name, NULL);

      g_unlink (file);
    }
  g_rmdir (inner);
  g_rmdir (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

/* Looks at what has changed since the last time. */
static OhHistoryDelta *
fresh_delta (Fixture *f)
{
  oh_history_delta_free (f->delta);
  f->delta = oh_history_delta_new ();
  return f->delta;
}

static OhHistoryEntry *
make (OhCallDirection direction, const char *number, gint64 begun_us, OhHistoryOutcome outcome)
{
  OhHistoryEntry *self = oh_history_entry_new (direction, "desk", begun_us);

  g_free (self->number);
  self->number = g_strdup (number);
  self->outcome = outcome;
  if (outcome == OH_HISTORY_ANSWERED)
    self->answered_us = begun_us + 1;
  if (outcome != OH_HISTORY_ONGOING)
    self->ended_us = begun_us + 2;
  return self;
}

static void
write_entry (Fixture *f, const OhHistoryEntry *entry)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (oh_history_db_write (f->db, entry, fresh_delta (f), &error));
  g_assert_no_error (error);
}

static gint64
add (Fixture *f, OhCallDirection direction, const char *number, gint64 begun_us,
     OhHistoryOutcome outcome)
{
  g_autoptr (OhHistoryEntry) entry = make (direction, number, begun_us, outcome);

  write_entry (f, entry);
  return ((OhHistoryEntry *) g_ptr_array_index (f->delta->changed, f->delta->changed->len - 1))->id;
}

static gint64
add_named (Fixture *f, const char *number, const char *name)
{
  g_autoptr (OhHistoryEntry) entry =
    make (OH_CALL_DIRECTION_INCOMING, number, 1, OH_HISTORY_ANSWERED);

  g_free (entry->name);
  entry->name = g_strdup (name);
  write_entry (f, entry);
  return ((OhHistoryEntry *) g_ptr_array_index (f->delta->changed, 0))->id;
}

static void
run_sql (const char *path, const char *text)
{
  sqlite3 *sqlite = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, text, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (sqlite);
}

/* Many at once, without waiting for the disk each time; they begin at 0, 1, 2 … */
static void
add_many (Fixture *f, guint n, const char *outcome)
{
  g_autofree char *text = g_strdup_printf (
    "INSERT INTO calls (uid, keeper, direction, number, name, uri, phone, begun, answered, ended,"
    " outcome) WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %u - 1)"
    " SELECT 'many-' || i, 'here', 'incoming', '+4930' || i, 'Name ' || i, '', 'desk', i, 0, i,"
    " '%s' FROM n",
    n, outcome);

  run_sql (f->path, text);
}

static GPtrArray *
list (Fixture *f, const OhHistoryQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = oh_history_db_list (f->db, query, &error);

  g_assert_no_error (error);
  return entries;
}

/* "3 1 ": the ids of what is listed. */
static char *
list_ids (Fixture *f, const OhHistoryQuery *query)
{
  g_autoptr (GPtrArray) entries = list (f, query);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (ids, "%d ",
                            (int) ((OhHistoryEntry *) g_ptr_array_index (entries, i))->id);
  return g_string_free (ids, FALSE);
}

#define ANY .direction = OH_CALL_DIRECTION_UNKNOWN

#define assert_listed(f, ids, ...)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const OhHistoryQuery oh_query = { __VA_ARGS__ };                                               \
    g_autofree char *oh_ids = list_ids (f, &oh_query);                                             \
    g_assert_cmpstr (oh_ids, ==, ids);                                                             \
  }                                                                                                \
  G_STMT_END

static guint
count_missed (Fixture *f)
{
  guint count = 99;

  g_assert_true (oh_history_db_count_missed (f->db, &count, NULL));
  return count;
}

static GArray *
ids_of (gint64 first, gint64 second)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, first);
  g_array_append_val (ids, second);
  return ids;
}

/* --- what is written is there --------------------------------------------------------------- */

static void
test_whole (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry =
    make (OH_CALL_DIRECTION_OUTGOING, "+493012345678", 1000, OH_HISTORY_ONGOING);
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GPtrArray) entries = NULL;
  const OhHistoryEntry *read;

  g_free (entry->name);
  g_free (entry->uri);
  entry->name = g_strdup ("Bob “Robert'); DROP TABLE calls;--” Baker");
  entry->uri = g_strdup ("sip:bob@fabrikam.test");
  write_entry (f, entry);
  g_assert_cmpuint (f->delta->changed->len, ==, 1);
  entry->answered_us = 2000;
  entry->ended_us = 3000;
  entry->outcome = OH_HISTORY_ANSWERED;
  write_entry (f, entry);
  g_assert_cmpint (add (f, OH_CALL_DIRECTION_OUTGOING, "1", 1, OH_HISTORY_ONGOING), ==, 2);
  g_assert_true (oh_history_db_trim (f->db, 1000, 9, fresh_delta (f), NULL));

  oh_history_db_close (f->db); /* another run */
  f->db = open_db (f->path, NULL);
  entries = list (f, &query);
  g_assert_cmpuint (entries->len, ==, 1);
  read = g_ptr_array_index (entries, 0);
  g_assert_true (oh_history_entry_equal (read, entry));
  g_assert_cmpint (read->id, ==, 1);
  g_assert_false (read->seen);
  g_assert_cmpint (read->settled, ==, 0);
}

static void
test_private_file (Fixture *f, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  const char *const paths[] = { f->path, journal };
  struct stat status;

  add (f, OH_CALL_DIRECTION_OUTGOING, "1", 1, OH_HISTORY_ANSWERED);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_cmpint (stat (paths[i], &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
  oh_history_db_close (f->db);
  g_assert_cmpint (chmod (f->path, 0644), ==, 0); /* a backup that was put back */
  f->db = open_db (f->path, NULL);
  g_assert_cmpint (stat (f->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  for (int i = 0; i < 5; i++)
    add (f, i % 2 == 0 ? OH_CALL_DIRECTION_OUTGOING : OH_CALL_DIRECTION_INCOMING, "1", i,
         OH_HISTORY_ANSWERED);
  assert_listed (f, "5 4 3 2 1 ", ANY);
  assert_listed (f, "5 4 ", ANY, .limit = 2);
  assert_listed (f, "3 2 ", ANY, .limit = 2, .before = 4);
  assert_listed (f, "", ANY, .before = 1);
  assert_listed (f, "4 2 ", .direction = OH_CALL_DIRECTION_INCOMING);
  assert_listed (f, "3 1 ", .direction = OH_CALL_DIRECTION_OUTGOING, .before = 5);
}

static void
test_page_limit (Fixture *f, gconstpointer data)
{
  static const guint limits[] = { 0, OH_HISTORY_PAGE_MAX, OH_HISTORY_PAGE_MAX + 1 };

  add_many (f, OH_HISTORY_PAGE_MAX + 1, "answered");
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const OhHistoryQuery query = { .limit = limits[i], .direction = OH_CALL_DIRECTION_UNKNOWN };
      g_autoptr (GPtrArray) entries = list (f, &query);

      g_assert_cmpuint (entries->len, ==, OH_HISTORY_PAGE_MAX);
    }
}

/* As many as there can be: pages stay quick, because none is read that is not shown, and the bound
 * holds. Counted in steps of SQLite's machine, so that a busy computer does not matter. */
static int
count_steps (gpointer steps)
{
  (*(guint *) steps)++;
  return 0;
}

static void
test_many (Fixture *f, gconstpointer data)
{
  const OhHistoryQuery first = { .limit = 50, ANY };
  const OhHistoryQuery last = { .limit = 50, .before = 51, ANY };
  const OhHistoryQuery *const queries[] = { &first, &last };
  guint missed = 0;

  add_many (f, OH_HISTORY_ROWS_MAX, "answered");
  add (f, OH_CALL_DIRECTION_INCOMING, "4711", G_MAXINT32, OH_HISTORY_MISSED);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      guint hundreds = 0;

      oh_history_db_set_progress (f->db, 100, count_steps, &hundreds);
      entries = list (f, queries[i]);
      g_assert_true (oh_history_db_count_missed (f->db, &missed, NULL));
      oh_history_db_set_progress (f->db, 0, NULL, NULL);
      g_assert_cmpuint (entries->len, ==, 50);
      g_assert_cmpuint (missed, ==, 1);
      g_assert_cmpuint (hundreds, <, 20);
    }
  g_assert_true (oh_history_db_trim (f->db, 0, OH_HISTORY_ROWS_MAX, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->removed->len, ==, 1);
  g_assert_cmpint (g_array_index (f->delta->removed, gint64, 0), ==, 1);
}

static void
test_search (Fixture *f, gconstpointer data)
{
  add_named (f, "+493039847 11", "Jürgen Groß");
  add_named (f, "+491711234567", "Bob Baker");
  add_named (f, "", "");
  assert_listed (f, "1 ", ANY, .text = "jurg");
  assert_listed (f, "1 ", ANY, .text = "GRO jü");
  assert_listed (f, "", ANY, .text = "ürgen"); /* words are found by how they begin */
  assert_listed (f, "2 ", ANY, .text = "0171 / 123");
  assert_listed (f, "2 1 ", ANY, .text = "+49");
  assert_listed (f, "2 ", ANY, .text = "345");
  assert_listed (f, "", ANY, .text = "robert");
  assert_listed (f, "3 2 1 ", ANY, .text = "");
}

/* --- missed, settled ------------------------------------------------------------------------ */

static void
test_missed (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = ids_of (1, 77);

  for (int i = 0; i < 3; i++)
    add (f, OH_CALL_DIRECTION_INCOMING, "", i, OH_HISTORY_MISSED);
  add (f, OH_CALL_DIRECTION_INCOMING, "", 9, OH_HISTORY_ANSWERED);
  g_assert_cmpuint (count_missed (f), ==, 3);
  g_assert_true (oh_history_db_see (f->db, ids, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->changed->len, ==, 1);
  g_assert_cmpuint (count_missed (f), ==, 2);
  assert_listed (f, "3 2 1 ", ANY, .missed = TRUE);
  assert_listed (f, "3 2 ", ANY, .missed = TRUE, .unsettled = TRUE);
  g_assert_true (oh_history_db_see (f->db, NULL, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->changed->len, ==, 2);
  g_assert_cmpuint (count_missed (f), ==, 0);
  g_assert_true (oh_history_db_see (f->db, NULL, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->changed->len, ==, 0);
}

static void
test_settled (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) back = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const OhHistoryQuery query = { .missed = TRUE, .direction = OH_CALL_DIRECTION_UNKNOWN };

  add (f, OH_CALL_DIRECTION_INCOMING, "+49303984711", 10, OH_HISTORY_MISSED);
  add (f, OH_CALL_DIRECTION_INCOMING, "+49303984711", 20, OH_HISTORY_MISSED);
  add (f, OH_CALL_DIRECTION_INCOMING, "+49303984712", 30, OH_HISTORY_MISSED);
  add (f, OH_CALL_DIRECTION_INCOMING, "", 35, OH_HISTORY_MISSED);
  back = make (OH_CALL_DIRECTION_OUTGOING, "0303984711", 40, OH_HISTORY_ONGOING);
  write_entry (f, back);
  g_assert_cmpuint (count_missed (f), ==, 4); /* it rings there */
  back->answered_us = 50;
  write_entry (f, back);
  g_assert_cmpuint (count_missed (f), ==, 2);
  g_assert_cmpuint (f->delta->changed->len, ==, 3); /* itself, and the two */
  entries = list (f, &query);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 3))->settled, ==, 5);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 2))->settled, ==, 5);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 1))->settled, ==, 0);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->settled, ==, 0);

  /* what was missed after we talked is missed */
  add (f, OH_CALL_DIRECTION_INCOMING, "+49303984711", 60, OH_HISTORY_MISSED);
  back->ended_us = 70;
  back->outcome = OH_HISTORY_ANSWERED;
  write_entry (f, back);
  g_assert_cmpuint (count_missed (f), ==, 3);
  add (f, OH_CALL_DIRECTION_INCOMING, "+49303984711", 80, OH_HISTORY_ANSWERED);
  g_assert_cmpuint (count_missed (f), ==, 2);
}

/* --- removal -------------------------------------------------------------------------------- */

static void
assert_in_file (Fixture *f, const char *what, gboolean there)
{
  g_autofree char *bytes = NULL;
  gsize len = 0;

  g_assert_true (g_file_get_contents (f->path, &bytes, &len, NULL));
  g_assert_cmpint (memmem (bytes, len, what, strlen (what)) != NULL, ==, there);
}

/* What was deleted is not in the file any more, nor in its journal. */
static void
test_removed (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = ids_of (2, 77);
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);
  g_autofree char *left = NULL;
  gsize left_len = 99;

  add_named (f, "4711", "Anna Amsel");
  add_named (f, "4712", "Berta Bussard");
  assert_in_file (f, "Berta Bussard", TRUE);
  g_assert_true (oh_history_db_remove (f->db, ids, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->removed->len, ==, 1);
  g_assert_cmpint (g_array_index (f->delta->removed, gint64, 0), ==, 2);
  assert_listed (f, "1 ", ANY);
  assert_in_file (f, "Berta Bussard", FALSE);
  assert_in_file (f, "Anna Amsel", TRUE);
  g_assert_true (g_file_get_contents (journal, &left, &left_len, NULL));
  g_assert_cmpuint (left_len, ==, 0);
  g_assert_cmpint (add_named (f, "4713", ""), ==, 3); /* ids are never given twice */
}

static void
test_clear (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = ids_of (1, 2);

  add (f, OH_CALL_DIRECTION_OUTGOING, "1", 1, OH_HISTORY_ONGOING);
  add (f, OH_CALL_DIRECTION_OUTGOING, "1", 2, OH_HISTORY_ANSWERED);
  add (f, OH_CALL_DIRECTION_OUTGOING, "1", 3, OH_HISTORY_ANSWERED);
  g_assert_true (oh_history_db_remove (f->db, ids, fresh_delta (f), NULL));
  assert_listed (f, "3 1 ", ANY); /* what goes on is no history yet */
  g_assert_true (oh_history_db_remove (f->db, NULL, fresh_delta (f), NULL));
  g_assert_true (f->delta->all);
  assert_listed (f, "1 ", ANY);
}

static void
test_trim (Fixture *f, gconstpointer data)
{
  for (int i = 1; i <= 5; i++)
    add (f, OH_CALL_DIRECTION_OUTGOING, "1", i * 10, OH_HISTORY_ANSWERED);
  g_assert_true (oh_history_db_trim (f->db, 20, 4, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->removed->len, ==, 1);
  assert_listed (f, "5 4 3 2 ", ANY);
  g_assert_true (oh_history_db_trim (f->db, 20, 3, fresh_delta (f), NULL));
  assert_listed (f, "5 4 3 ", ANY);
  g_assert_true (oh_history_db_trim (f->db, 51, 3, fresh_delta (f), NULL));
  assert_listed (f, "", ANY);
}

static void
test_remove_numbers (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "030 398*", "47", NULL };
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhPrivateNumbers) numbers = NULL;

  numbers = oh_private_numbers_new (texts, plan, NULL);
  add_named (f, "+49303984711", "");
  add_named (f, "+49303994711", "");
  add_named (f, "47", "");
  add_named (f, "47", "");
  add_named (f, "", "");
  g_assert_true (oh_history_db_remove_numbers (f->db, numbers, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->removed->len, ==, 3);
  assert_listed (f, "5 2 ", ANY);
}

static void
test_withdraw (Fixture *f, gconstpointer data)
{
  g_autoptr (OhHistoryEntry) entry = make (OH_CALL_DIRECTION_INCOMING, "1", 1, OH_HISTORY_ONGOING);

  write_entry (f, entry);
  g_assert_true (oh_history_db_withdraw (f->db, entry->uid, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->removed->len, ==, 1);
  assert_listed (f, "", ANY);
  g_assert_true (oh_history_db_withdraw (f->db, entry->uid, fresh_delta (f), NULL));
}

static void
test_delta_limit (Fixture *f, gconstpointer data)
{
  add_many (f, OH_HISTORY_DELTA_MAX, "missed");
  g_assert_true (oh_history_db_see (f->db, NULL, fresh_delta (f), NULL));
  g_assert_false (f->delta->all);
  g_assert_cmpuint (f->delta->changed->len, ==, OH_HISTORY_DELTA_MAX);
  add (f, OH_CALL_DIRECTION_INCOMING, "", 1000, OH_HISTORY_MISSED);
  g_assert_true (oh_history_db_trim (f->db, G_MAXINT64, 1000, fresh_delta (f), NULL));
  g_assert_true (f->delta->all);
}

/* --- runs that were killed, other runs ------------------------------------------------------ */

static void
test_ongoing (Fixture *f, gconstpointer data)
{
  OhHistoryDb *elsewhere = oh_history_db_open (f->path, "elsewhere", NULL, NULL);
  g_autoptr (OhHistoryEntry) answered =
    make (OH_CALL_DIRECTION_INCOMING, "1", 1, OH_HISTORY_ONGOING);
  g_autoptr (OhHistoryEntry) theirs = make (OH_CALL_DIRECTION_INCOMING, "2", 1, OH_HISTORY_ONGOING);
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_nonnull (elsewhere);
  answered->answered_us = 2;
  write_entry (f, answered);
  add (f, OH_CALL_DIRECTION_INCOMING, "3", 1, OH_HISTORY_ONGOING);
  g_assert_true (oh_history_db_write (elsewhere, theirs, fresh_delta (f), NULL));
  g_assert_true (oh_history_db_close_ongoing (f->db, fresh_delta (f), NULL));
  g_assert_cmpuint (f->delta->changed->len, ==, 2);
  entries = list (f, &query);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 2))->outcome, ==,
                   OH_HISTORY_ANSWERED);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 2))->ended_us, ==, 0);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 1))->outcome, ==,
                   OH_HISTORY_UNKNOWN);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->outcome, ==,
                   OH_HISTORY_ONGOING);
  oh_history_db_close (elsewhere);
}

/* As the first version has left it, with calls in it. */
static void
test_from_version_1 (Fixture *f, gconstpointer data)
{
  static const char *const version_1 =
    "CREATE TABLE calls (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE,"
    " direction TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, uri TEXT NOT NULL,"
    " phone TEXT NOT NULL, begun INTEGER NOT NULL, answered INTEGER NOT NULL,"
    " ended INTEGER NOT NULL, outcome TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0,"
    " settled INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX calls_begun ON calls (begun);"
    "INSERT INTO calls VALUES (7, 'u7', 'incoming', '4711', 'Bob', '', 'desk', 5, 0, 6, 'missed',"
    " 0, 0);"
    "PRAGMA user_version = 1";
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *aside = NULL;
  sqlite3 *sqlite = NULL;

  oh_history_db_close (f->db);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (sqlite3_open (f->path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (sqlite);
  f->db = open_db (f->path, &aside);
  g_assert_null (aside);
  entries = list (f, &query);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->id, ==, 7);
  g_assert_cmpstr (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->name, ==, "Bob");
  g_assert_cmpuint (count_missed (f), ==, 1);
  g_assert_cmpint (add (f, OH_CALL_DIRECTION_OUTGOING, "4711", 9, OH_HISTORY_ANSWERED), ==, 8);
  g_assert_cmpuint (count_missed (f), ==, 0);
}

/* Of a version that this program does not know: left alone. */
static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %d", OH_HISTORY_SCHEMA + 1);
  g_autofree char *back = g_strdup_printf ("PRAGMA user_version = %d", OH_HISTORY_SCHEMA);
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  add (f, OH_CALL_DIRECTION_OUTGOING, "1", 1, OH_HISTORY_ANSWERED);
  oh_history_db_close (f->db);
  run_sql (f->path, pragma);
  f->db = oh_history_db_open (f->path, "here", &aside, &error);
  g_assert_null (f->db);
  g_assert_null (aside);
  g_assert_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED);
  run_sql (f->path, back);
  f->db = open_db (f->path, NULL);
  assert_listed (f, "1 ", ANY);
}

/* --- damaged files -------------------------------------------------------------------------- */

static void
damage_garbage (const char *path)
{
  g_assert_true (g_file_set_contents (path, "This is no call list.\n", -1, NULL));
}

static void
damage_middle (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize len = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_cmpuint (len, >, 8192);
  memset (bytes + 4096, 0x5a, len - 4096);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) len, NULL));
}

static void
damage_cut (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize len = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) len / 2, NULL));
}

static void
damage_other_tables (const char *path)
{
  run_sql (path, "DROP TABLE calls; CREATE TABLE calls (recipe TEXT)");
}

static void
damage_other_program (const char *path)
{
  run_sql (path, "PRAGMA user_version = 0");
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  void (*const damages[]) (const char *path) = { damage_garbage, damage_middle, damage_cut,
                                                 damage_other_tables, damage_other_program };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *aside = NULL;

      g_test_message ("damage %u", i);
      add_named (f, "4711", "Bob");
      oh_history_db_close (f->db);
      damages[i](f->path);
      f->db = open_db (f->path, &aside);
      g_assert_nonnull (aside);
      g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
      assert_listed (f, "", ANY);
      g_assert_cmpint (add_named (f, "4711", "Bob"), ==, 1);
      assert_listed (f, "1 ", ANY);
      g_assert_cmpint (g_unlink (aside), ==, 0);
    }
}

/* Somebody has put octets into it that are no text: nobody who reads it may stumble. */
static void
test_foreign_text (Fixture *f, gconstpointer data)
{
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GPtrArray) entries = NULL;
  const OhHistoryEntry *read;

  add_named (f, "4711", "Bob");
  oh_history_db_close (f->db);
  run_sql (f->path, "UPDATE calls SET name = CAST (x'42ff62' AS TEXT), outcome = 'eaten',"
                    " direction = 'up', begun = 'long ago'");
  f->db = open_db (f->path, NULL);
  entries = list (f, &query);
  read = g_ptr_array_index (entries, 0);
  g_assert_true (g_utf8_validate (read->name, -1, NULL));
  g_assert_cmpint (read->outcome, ==, OH_HISTORY_UNKNOWN);
  g_assert_cmpint (read->direction, ==, OH_CALL_DIRECTION_UNKNOWN);
  g_assert_cmpint (read->begun_us, ==, 0);
  assert_listed (f, "1 ", ANY, .text = "4711");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/history-db/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("whole", test_whole);
  ADD ("private-file", test_private_file);
  ADD ("pages", test_pages);
  ADD ("page-limit", test_page_limit);
  ADD ("many", test_many);
  ADD ("search", test_search);
  ADD ("missed", test_missed);
  ADD ("settled", test_settled);
  ADD ("removed", test_removed);
  ADD ("clear", test_clear);
  ADD ("trim", test_trim);
  ADD ("remove-numbers", test_remove_numbers);
  ADD ("withdraw", test_withdraw);
  ADD ("delta-limit", test_delta_limit);
  ADD ("ongoing", test_ongoing);
  ADD ("from-version-1", test_from_version_1);
  ADD ("newer", test_newer);
  ADD ("damaged", test_damaged);
  ADD ("foreign-text", test_foreign_text);
#undef ADD
  return g_test_run ();
}
