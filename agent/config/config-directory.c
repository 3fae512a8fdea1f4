/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The directory's part of the settings. */
#include "config-directory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "config-account.h"
#include "config-value.h"

void
oh_config_directory_free (OhConfigDirectory *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->base);
  g_free (self->filter);
  g_clear_error (&self->problem);
  g_free (self);
}

/* A name of an entry as it goes to the server; it knows best what it can read. */
static gboolean
is_base (const char *text)
{
  if (strlen (text) > OH_CONFIG_DIRECTORY_MAX || !g_utf8_validate (text, -1, NULL) ||
      strchr (text, '=') == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

gboolean
oh_config_value_directory (const char *text, OhConfigDirectory *out)
{
  gboolean tls = g_ascii_strncasecmp (text, "ldaps://", 8) == 0;
  const char *rest = text + (tls ? 8 : 7);
  g_autofree char *address = NULL;
  g_autofree char *host = NULL;
  g_autofree char *base = NULL;
  guint16 port = 0;

  if (strlen (text) > OH_CONFIG_DIRECTORY_MAX ||
      (!tls && g_ascii_strncasecmp (text, "ldap://", 7) != 0))
    return FALSE;
  address = g_strndup (rest, strcspn (rest, "/"));
  rest += strlen (address);
  base = g_uri_unescape_string (rest[0] == '/' ? rest + 1 : rest, NULL);
  if (base == NULL || (base[0] != '\0' && (!is_base (base) || strchr (base, '?') != NULL)) ||
      !oh_config_value_address (address, &host, &port))
    return FALSE;
  out->tls = tls;
  out->port = port != 0 ? port : (guint16) (tls ? OH_CONFIG_LDAPS_PORT : OH_CONFIG_LDAP_PORT);
  g_free (out->host);
  out->host = g_steal_pointer (&host);
  g_free (out->base);
  out->base = g_steal_pointer (&base);
  return TRUE;
}

static gboolean
is_escape (const char *p)
{
  return g_ascii_isxdigit (p[0]) && g_ascii_isxdigit (p[1]);
}

gboolean
oh_config_value_is_filter (const char *text)
{
  guint depth = 0;

  if (text[0] != '(' || strlen (text) > OH_CONFIG_FILTER_MAX || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p) || (*p == '\\' && !is_escape (p + 1)))
        return FALSE;
      if (*p == '(' && (++depth > OH_CONFIG_FILTER_DEPTH_MAX || p[1] == ')'))
        return FALSE;
      if (*p == ')' && --depth == 0) /* nothing stands behind */
        return p[1] == '\0';
    }
  return FALSE;
}

static void
read_server (GSettings *agent, OhConfigDirectory *directory)
{
  g_autofree char *value = g_settings_get_string (agent, "directory-server");

  directory->on = value[0] != '\0' &&
                  (g_str_equal (value, "auto") || oh_config_value_directory (value, directory));
  if (value[0] != '\0' && !directory->on)
    oh_config_note_problem (&directory->problem, "directory-server", value,
                            _ ("“auto”, or “ldap://host” or “ldaps://host”, each with or without "
                               "“:port” and “/base”, is needed"));
}

static void
read_base (GSettings *agent, OhConfigDirectory *directory)
{
  g_autofree char *value = g_settings_get_string (agent, "directory-base");

  if (value[0] == '\0')
    return;
  if (!is_base (value))
    {
      oh_config_note_problem (&directory->problem, "directory-base", value,
                              _ ("a name such as dc=example,dc=org is needed"));
      return;
    }
  g_free (directory->base);
  directory->base = g_steal_pointer (&value);
}

static void
read_filter (GSettings *agent, OhConfigDirectory *directory)
{
  g_autofree char *value = g_settings_get_string (agent, "directory-filter");

  if (value[0] == '\0')
    return;
  if (!oh_config_value_is_filter (value))
    {
      oh_config_note_problem (&directory->problem, "directory-filter", value,
                              _ ("a filter such as (company=Fabrikam) is needed"));
      return;
    }
  g_free (directory->filter);
  directory->filter = g_steal_pointer (&value);
}

OhConfigDirectory *
oh_config_read_directory (GSettings *agent)
{
  OhConfigDirectory *directory = g_new0 (OhConfigDirectory, 1);

  directory->host = g_strdup ("");
  directory->base = g_strdup ("");
  directory->filter = g_strdup ("");
  read_server (agent, directory);
  read_base (agent, directory);
  read_filter (agent, directory);
  return directory;
}
