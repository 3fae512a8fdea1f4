/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-db-private.h"

#include "history-rules.h"

/* Both take the same parameters in the same order. Not one statement with ON CONFLICT: that would
   use up an id with every change of a call. */
#define UPDATE                                                                                     \
  "UPDATE calls SET keeper = ?2, direction = ?3, number = ?4, name = ?5, uri = ?6, phone = ?7,"    \
  " begun = ?8, answered = ?9, ended = ?10, outcome = ?11 WHERE uid = ?1 RETURNING id"
#define INSERT                                                                                     \
  "INSERT INTO calls (uid, keeper, direction, number, name, uri, phone, begun, answered, ended,"   \
  " outcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id"

/* --- deltas --------------------------------------------------------------------------------- */

static void
note_changed (OhHistoryDelta *delta, OhHistoryEntry *entry)
{
  delta->all = delta->all || delta->changed->len >= OH_HISTORY_DELTA_MAX;
  if (delta->all)
    oh_history_entry_free (entry);
  else
    g_ptr_array_add (delta->changed, entry);
}

static void
note_removed (OhHistoryDelta *delta, gint64 id)
{
  delta->all = delta->all || delta->removed->len >= OH_HISTORY_DELTA_MAX;
  if (!delta->all)
    g_array_append_val (delta->removed, id);
}

/* Runs @sql, which returns OH_HISTORY_COLUMNS of what it has changed. */
static gboolean
change (OhSql *sql, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (oh_sql_step (sql, &local))
    note_changed (delta, oh_history_read_row (sql));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Runs @sql, which returns the ids of what it has removed. */
static gboolean
removal (OhSql *sql, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (oh_sql_step (sql, &local))
    note_removed (delta, sqlite3_column_int64 (sql, 0));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- transactions --------------------------------------------------------------------------- */

/* At once for writing: two that read first and then want to write would lock each other out. */
static gboolean
begin (OhHistoryDb *self, GError **error)
{
  return oh_sql_exec (self->sqlite, "BEGIN IMMEDIATE", error);
}

/* @done: whether all went well in it; with FALSE, @error says why already. */
static gboolean
commit (OhHistoryDb *self, gboolean done, GError **error)
{
  if (done && oh_sql_exec (self->sqlite, "COMMIT", error))
    return TRUE;
  if (sqlite3_get_autocommit (self->sqlite) == 0)
    sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* --- writing -------------------------------------------------------------------------------- */

/* @out_id: untouched where the statement met no call */
static gboolean
write_row (OhHistoryDb *self, const char *text, const OhHistoryEntry *entry, gint64 *out_id,
           GError **error)
{
  g_autoptr (OhSql) sql = oh_sql_prepare (self->sqlite, text, error);
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return FALSE;
  oh_sql_bind_text (sql, 1, entry->uid);
  oh_sql_bind_text (sql, 2, self->keeper);
  oh_sql_bind_text (sql, 3, oh_call_direction_nick (entry->direction));
  oh_sql_bind_text (sql, 4, entry->number);
  oh_sql_bind_text (sql, 5, entry->name);
  oh_sql_bind_text (sql, 6, entry->uri);
  oh_sql_bind_text (sql, 7, entry->phone);
  sqlite3_bind_int64 (sql, 8, entry->begun_us);
  sqlite3_bind_int64 (sql, 9, entry->answered_us);
  sqlite3_bind_int64 (sql, 10, entry->ended_us);
  oh_sql_bind_text (sql, 11, oh_history_outcome_word (entry->outcome));
  if (oh_sql_step (sql, &local))
    *out_id = sqlite3_column_int64 (sql, 0);
  if (local == NULL)
    return oh_sql_run (sql, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* @out_id: 0 before */
static gboolean
upsert (OhHistoryDb *self, const OhHistoryEntry *entry, gint64 *out_id, GError **error)
{
  return write_row (self, UPDATE, entry, out_id, error) &&
         (*out_id != 0 || write_row (self, INSERT, entry, out_id, error));
}

static gboolean
settle_one (OhHistoryDb *self, gint64 id, gint64 by, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql = oh_sql_prepare (
    self->sqlite, "UPDATE calls SET settled = ? WHERE id = ? RETURNING " OH_HISTORY_COLUMNS, error);

  if (sql == NULL)
    return FALSE;
  sqlite3_bind_int64 (sql, 1, by);
  sqlite3_bind_int64 (sql, 2, id);
  return change (sql, delta, error);
}

static GArray *
find_settled (OhHistoryDb *self, const OhHistoryEntry *by, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OhSql) sql =
    oh_sql_prepare (self->sqlite,
                    "SELECT " OH_HISTORY_COLUMNS
                    " FROM calls WHERE outcome = 'missed' AND settled = 0 AND begun < ?",
                    error);
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return NULL;
  sqlite3_bind_int64 (sql, 1, by->begun_us);
  while (oh_sql_step (sql, &local))
    {
      g_autoptr (OhHistoryEntry) missed = oh_history_read_row (sql);

      if (oh_history_same_party (missed, by))
        g_array_append_val (ids, missed->id);
    }
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
settle (OhHistoryDb *self, const OhHistoryEntry *by, gint64 id, OhHistoryDelta *delta,
        GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if (!oh_history_may_settle (by))
    return TRUE;
  ids = find_settled (self, by, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!settle_one (self, g_array_index (ids, gint64, i), id, delta, error))
      return FALSE;
  return ids != NULL;
}

static gboolean
tell_written (OhHistoryDb *self, gint64 id, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql =
    oh_sql_prepare (self->sqlite, "SELECT " OH_HISTORY_COLUMNS " FROM calls WHERE id = ?", error);

  if (sql == NULL)
    return FALSE;
  sqlite3_bind_int64 (sql, 1, id);
  return change (sql, delta, error);
}

gboolean
oh_history_db_write (OhHistoryDb *self, const OhHistoryEntry *entry, OhHistoryDelta *delta,
                     GError **error)
{
  gint64 id = 0;
  gboolean done;

  if (!begin (self, error))
    return FALSE;
  done = upsert (self, entry, &id, error) && settle (self, entry, id, delta, error) &&
         tell_written (self, id, delta, error);
  return commit (self, done, error);
}

gboolean
oh_history_db_withdraw (OhHistoryDb *self, const char *uid, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql =
    oh_sql_prepare (self->sqlite, "DELETE FROM calls WHERE uid = ? RETURNING id", error);

  if (sql == NULL)
    return FALSE;
  oh_sql_bind_text (sql, 1, uid);
  return removal (sql, delta, error);
}

gboolean
oh_history_db_close_ongoing (OhHistoryDb *self, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql =
    oh_sql_prepare (self->sqlite,
                    "UPDATE calls SET outcome = iif (answered <> 0, 'answered', 'unknown')"
                    " WHERE outcome = 'ongoing' AND keeper = ? RETURNING " OH_HISTORY_COLUMNS,
                    error);

  if (sql == NULL)
    return FALSE;
  oh_sql_bind_text (sql, 1, self->keeper);
  return change (sql, delta, error);
}

/* --- seen, removed -------------------------------------------------------------------------- */

typedef gboolean (*EachFunc) (OhSql *sql, OhHistoryDelta *delta, GError **error);

/* Runs @text, whose parameters are an id and perhaps the keeper, for each of @ids. */
static gboolean
for_each (OhHistoryDb *self, const char *text, const GArray *ids, EachFunc func,
          OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql = NULL;
  gboolean done;

  if (!begin (self, error))
    return FALSE;
  sql = oh_sql_prepare (self->sqlite, text, error);
  done = sql != NULL;
  for (guint i = 0; done && i < ids->len; i++)
    {
      sqlite3_reset (sql);
      sqlite3_bind_int64 (sql, 1, g_array_index (ids, gint64, i));
      if (sqlite3_bind_parameter_count (sql) > 1)
        oh_sql_bind_text (sql, 2, self->keeper);
      done = func (sql, delta, error);
    }
  if (sql != NULL)
    sqlite3_reset (sql); /* a statement under way would hold up the commit */
  return commit (self, done, error);
}

gboolean
oh_history_db_see (OhHistoryDb *self, const GArray *ids, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql = NULL;

  if (ids != NULL)
    return for_each (self,
                     "UPDATE calls SET seen = 1 WHERE id = ? AND outcome = 'missed' AND seen = 0"
                     " RETURNING " OH_HISTORY_COLUMNS,
                     ids, change, delta, error);
  sql = oh_sql_prepare (self->sqlite,
                        "UPDATE calls SET seen = 1 WHERE outcome = 'missed' AND settled = 0"
                        " AND seen = 0 RETURNING " OH_HISTORY_COLUMNS,
                        error);
  return sql != NULL && change (sql, delta, error);
}

gboolean
oh_history_db_remove (OhHistoryDb *self, const GArray *ids, OhHistoryDelta *delta, GError **error)
{
  g_autoptr (OhSql) sql = NULL;

  if (ids != NULL)
    return for_each (self,
                     "DELETE FROM calls WHERE id = ?1"
                     " AND NOT (outcome = 'ongoing' AND keeper = ?2) RETURNING id",
                     ids, removal, delta, error);
  delta->all = TRUE;
  sql = oh_sql_prepare (self->sqlite,
                        "DELETE FROM calls WHERE NOT (outcome = 'ongoing' AND keeper = ?)", error);
  if (sql == NULL)
    return FALSE;
  oh_sql_bind_text (sql, 1, self->keeper);
  return oh_sql_run (sql, error);
}

gboolean
oh_history_db_trim (OhHistoryDb *self, gint64 before_us, guint max, OhHistoryDelta *delta,
                    GError **error)
{
  g_autoptr (OhSql) old =
    oh_sql_prepare (self->sqlite, "DELETE FROM calls WHERE begun < ? RETURNING id", error);
  g_autoptr (OhSql) many =
    oh_sql_prepare (self->sqlite,
                    "DELETE FROM calls WHERE id IN"
                    " (SELECT id FROM calls ORDER BY id DESC LIMIT -1 OFFSET ?) RETURNING id",
                    error);
  if (old == NULL || many == NULL)
    return FALSE;
  sqlite3_bind_int64 (old, 1, before_us);
  sqlite3_bind_int64 (many, 1, max);
  return removal (old, delta, error) && removal (many, delta, error);
}

static GPtrArray *
find_private (OhHistoryDb *self, const OhPrivateNumbers *numbers, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OhSql) sql = oh_sql_prepare (self->sqlite, "SELECT DISTINCT number FROM calls", error);
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return NULL;
  while (oh_sql_step (sql, &local))
    {
      char *number = oh_sql_dup_text (sql, 0);

      if (oh_private_numbers_has (numbers, number))
        g_ptr_array_add (found, number);
      else
        g_free (number);
    }
  if (local == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
oh_history_db_remove_numbers (OhHistoryDb *self, const OhPrivateNumbers *numbers,
                              OhHistoryDelta *delta, GError **error)
{
  g_autoptr (GPtrArray) found = find_private (self, numbers, error);
  g_autoptr (OhSql) sql = NULL;

  if (found == NULL)
    return FALSE;
  sql = oh_sql_prepare (self->sqlite, "DELETE FROM calls WHERE number = ? RETURNING id", error);
  for (guint i = 0; sql != NULL && i < found->len; i++)
    {
      sqlite3_reset (sql);
      oh_sql_bind_text (sql, 1, g_ptr_array_index (found, i));
      if (!removal (sql, delta, error))
        return FALSE;
    }
  return sql != NULL;
}
