/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-db-private.h"

#include <string.h>

OhHistoryEntry *
oh_history_read_row (OhSql *sql)
{
  OhHistoryEntry *self = g_new0 (OhHistoryEntry, 1);
  g_autofree char *direction = oh_sql_dup_text (sql, 2);
  g_autofree char *outcome = oh_sql_dup_text (sql, 10);

  self->id = sqlite3_column_int64 (sql, 0);
  self->uid = oh_sql_dup_text (sql, 1);
  self->direction = OH_CALL_DIRECTION_UNKNOWN;
  for (guint i = 0; i < OH_CALL_DIRECTION_UNKNOWN; i++)
    if (g_str_equal (direction, oh_call_direction_nick (i)))
      self->direction = i;
  self->number = oh_sql_dup_text (sql, 3);
  self->name = oh_sql_dup_text (sql, 4);
  self->uri = oh_sql_dup_text (sql, 5);
  self->phone = oh_sql_dup_text (sql, 6);
  self->begun_us = sqlite3_column_int64 (sql, 7);
  self->answered_us = sqlite3_column_int64 (sql, 8);
  self->ended_us = sqlite3_column_int64 (sql, 9);
  self->outcome = oh_history_outcome_from_word (outcome);
  self->seen = sqlite3_column_int (sql, 11) != 0;
  self->settled = sqlite3_column_int64 (sql, 12);
  return self;
}

/* --- searching ------------------------------------------------------------------------------ */

/* "0171/12 34" finds +49171 1234…: the digits as people write them, without the trunk's 0. */
static gboolean
has_digits (const char *number, const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr ("+ -/.()", *p) == NULL)
        return FALSE; /* a name with a digit in it */
    }
  if (digits->len == 0)
    return FALSE;
  return strstr (number, digits->str) != NULL ||
         (digits->str[0] == '0' && digits->len > 1 && strstr (number, digits->str + 1) != NULL);
}

static void
found (sqlite3_context *context, int n, sqlite3_value **values)
{
  OhHistoryDb *self = sqlite3_user_data (context);
  const char *name = (const char *) sqlite3_value_text (values[0]);
  const char *number = (const char *) sqlite3_value_text (values[1]);
  g_autofree char *valid = name != NULL ? g_utf8_make_valid (name, -1) : g_strdup ("");
  const char *text = self->query->text;

  sqlite3_result_int (context, g_str_match_string (text, valid, TRUE) ||
                                 (number != NULL && has_digits (number, text)));
}

gboolean
oh_history_find_setup (OhHistoryDb *self, GError **error)
{
  return sqlite3_create_function_v2 (self->sqlite, "oh_found", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                     self, found, NULL, NULL, NULL) == SQLITE_OK ||
         oh_sql_error (self->sqlite, error);
}

/* --- lists ---------------------------------------------------------------------------------- */

static OhSql *
prepare_list (OhHistoryDb *self, const OhHistoryQuery *query, GError **error)
{
  gboolean searched = query->text != NULL && query->text[0] != '\0';
  g_autofree char *text =
    g_strdup_printf ("SELECT " OH_HISTORY_COLUMNS " FROM calls WHERE id < ?1%s%s%s%s"
                     " ORDER BY id DESC LIMIT ?2",
                     query->missed ? " AND outcome = 'missed'" : "",
                     query->unsettled ? " AND settled = 0 AND seen = 0" : "",
                     query->direction != OH_CALL_DIRECTION_UNKNOWN ? " AND direction = ?3" : "",
                     searched ? " AND oh_found (name, number)" : "");
  OhSql *sql = oh_sql_prepare (self->sqlite, text, error);

  if (sql == NULL)
    return NULL;
  sqlite3_bind_int64 (sql, 1, query->before > 0 ? query->before : G_MAXINT64);
  sqlite3_bind_int64 (sql, 2,
                      query->limit == 0 || query->limit > OH_HISTORY_PAGE_MAX ? OH_HISTORY_PAGE_MAX
                                                                              : query->limit);
  if (query->direction != OH_CALL_DIRECTION_UNKNOWN)
    oh_sql_bind_text (sql, 3, oh_call_direction_nick (query->direction));
  return sql;
}

GPtrArray *
oh_history_db_list (OhHistoryDb *self, const OhHistoryQuery *query, GError **error)
{
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_history_entry_free);
  g_autoptr (OhSql) sql = prepare_list (self, query, error);
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return NULL;
  self->query = query;
  while (oh_sql_step (sql, &local))
    g_ptr_array_add (entries, oh_history_read_row (sql));
  self->query = NULL;
  if (local == NULL)
    return g_steal_pointer (&entries);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
oh_history_db_count_missed (OhHistoryDb *self, guint *out, GError **error)
{
  gint64 count = 0;

  if (!oh_sql_int (self->sqlite,
                   "SELECT count (*) FROM calls WHERE outcome = 'missed' AND settled = 0"
                   " AND seen = 0",
                   &count, error))
    return FALSE;
  *out = (guint) CLAMP (count, 0, OH_HISTORY_ROWS_MAX);
  return TRUE;
}
