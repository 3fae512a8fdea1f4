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

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = field (fields, n_fields, "MESSAGE");
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *stamp = NULL;

  if (!is_wanted (level, domain))
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (fileno (stderr)))
    return g_log_writer_journald (level, fields, n_fields, user_data);
  now = g_date_time_new_now_local (); /* nocheck: time-is-given for the reader of the log */
  stamp = g_date_time_format (now, "%H:%M:%S.%f");
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

char *
oh_log_next_id (char letter)
{
  static guint last;

  return g_strdup_printf ("%c%u", letter, ++last);
}
