/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "log.h"

#include <stdio.h>
#include <string.h>

static gboolean log_verbose;

static const char *
field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, key) == 0 && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

static const char *
level_word (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "critical";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & G_LOG_LEVEL_MESSAGE)
    return "notice";
  return (level & G_LOG_LEVEL_INFO) ? "info" : "debug";
}

/* Debug and info only where asked for: G_MESSAGES_DEBUG as everywhere in GLib, or --verbose for
 * what is ours. */
static gboolean
is_wanted (GLogLevelFlags level, const char *domain)
{
  if (!(level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)))
    return TRUE;
  if (log_verbose && domain != NULL && g_str_has_prefix (domain, "oh-"))
    return TRUE;
  return !g_log_writer_default_would_drop (level, domain);
}

/* FALSE when the domain has said enough for this minute. Tasks write from threads of their own. */
static gboolean
take_line (const char *domain, guint64 *out_held_back)
{
  static GMutex mutex;
  static GHashTable *limits; /* (owned) domain → OhLogLimit (owned); for good: domains are few */
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  OhLogLimit *limit;

  if (limits == NULL)
    limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  limit = g_hash_table_lookup (limits, domain);
  if (limit == NULL)
    {
      limit = g_new0 (OhLogLimit, 1);
      g_hash_table_insert (limits, g_strdup (domain), limit);
    }
  return oh_log_limit_take (limit, OH_LOG_DOMAIN_LINES,
                            g_get_monotonic_time (), /* nocheck: time-is-given as the stamp */
                            out_held_back);
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = field (fields, n_fields, "MESSAGE");
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *stamp = NULL;
  guint64 held_back = 0;

  if (!is_wanted (level, domain))
    return G_LOG_WRITER_HANDLED;
  if (!log_verbose && !take_line (domain != NULL ? domain : "-", &held_back))
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (fileno (stderr)))
    return g_log_writer_journald (level, fields, n_fields, user_data);
  now = g_date_time_new_now_local (); /* nocheck: time-is-given for the reader of the log */
  stamp = g_date_time_format (now, "%H:%M:%S.%f");
  if (held_back > 0)
    fprintf (stderr, "%.12s notice %s: %" G_GUINT64_FORMAT " lines left out\n", stamp,
             domain != NULL ? domain : "-", held_back);
  fprintf (stderr, "%.12s %s %s: %s\n", stamp, level_word (level), domain != NULL ? domain : "-",
           message != NULL ? message : "(no message)");
  fflush (stderr);
  return G_LOG_WRITER_HANDLED;
}

void
oh_log_init (gboolean verbose)
{
  log_verbose = verbose;
  g_log_set_writer_func (write_line, NULL, NULL);
}

char *
oh_log_uri (const char *uri)
{
  const char *at = uri != NULL ? strchr (uri, '@') : NULL;

  return at != NULL ? g_strconcat ("…", at, NULL) : g_strdup ("…");
}

char *
oh_log_number (const char *number)
{
  guint digits = 0;

  for (const char *p = number; p != NULL && *p != '\0'; p++)
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  if (number != NULL && number[0] == '+' && digits > 6)
    return g_strdup_printf ("%.3s…(%u)", number, digits);
  return g_strdup_printf ("…(%u)", digits);
}

gboolean
oh_log_limit_take (OhLogLimit *self, guint lines, gint64 now_us, guint64 *out_held_back)
{
  if (self->lines == 0 || now_us - self->begun_us >= OH_LOG_WINDOW_US)
    {
      self->begun_us = now_us;
      self->lines = 0;
    }
  if (self->lines >= lines)
    {
      self->held_back++;
      return FALSE;
    }
  self->lines++;
  *out_held_back = self->held_back;
  self->held_back = 0;
  return TRUE;
}

char *
oh_log_next_id (char letter)
{
  static guint last;

  return g_strdup_printf ("%c%u", letter, ++last);
}
