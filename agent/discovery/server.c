/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "error.h"
#include "slice.h"

#define HOST_MAX 253 /* RFC 1035 2.3.4 */

OhServer *
oh_server_new (const char *host, guint16 port, const char *via)
{
  OhServer *self = g_new (OhServer, 1);

  *self = (OhServer){ g_strdup (host), port, g_str_equal (via, "guess"), via };
  return self;
}

OhServer *
oh_server_copy (const OhServer *self)
{
  return oh_server_new (self->host, self->port, self->via);
}

void
oh_server_free (OhServer *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self);
}

GPtrArray *
oh_server_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_server_free);
}

void
oh_server_list_add (GPtrArray *list, OhServer *server)
{
  for (guint i = 0; i < list->len; i++)
    if (oh_server_is_same (g_ptr_array_index (list, i), server))
      {
        oh_server_free (server);
        return;
      }
  g_ptr_array_add (list, server);
}

gboolean
oh_server_is_same (const OhServer *a, const OhServer *b)
{
  return a->port == b->port && g_ascii_strcasecmp (a->host, b->host) == 0;
}

gboolean
oh_server_is_host_name (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > HOST_MAX || text[0] == '.' || strstr (text, "..") != NULL)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (".-_", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

OhServer *
oh_server_parse (const char *text, GError **error)
{
  OhSlice cursor = oh_slice_trim (oh_slice_str (text));
  gboolean bracket = oh_slice_eat (&cursor, '[');
  OhSlice host = oh_slice_eat_until (&cursor, bracket ? "]" : ":");
  g_autofree char *name = oh_slice_dup (host);
  guint64 port = OH_SERVER_PORT_TLS;
  gboolean good = bracket ? oh_slice_eat (&cursor, ']') && strchr (name, ':') != NULL &&
                              g_hostname_is_ip_address (name)
                          : oh_server_is_host_name (name);

  if (good && oh_slice_eat (&cursor, ':'))
    good = oh_slice_to_uint (cursor, G_MAXUINT16, &port) && port > 0;
  else
    good = good && cursor.len == 0;
  if (good)
    return oh_server_new (name, (guint16) port, "settings");
  g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
               _ ("“%s” is no server; write its name, or name:port."), text);
  return NULL;
}

char *
oh_server_text (const OhServer *self)
{
  if (strchr (self->host, ':') != NULL)
    return g_strdup_printf ("[%s]:%u", self->host, self->port);
  return g_strdup_printf ("%s:%u", self->host, self->port);
}

/* Returns: how many labels @host has below @domain, 0 for the domain itself; -1 when it is not
 * below it */
static int
labels_below (const char *host, const char *domain)
{
  gsize host_len = strlen (host);
  gsize len = strlen (domain);
  int labels = 1;

  if (len == 0 || host_len < len || g_ascii_strcasecmp (host + host_len - len, domain) != 0)
    return -1;
  if (host_len == len)
    return 0;
  if (host[host_len - len - 1] != '.')
    return -1;
  for (gsize i = 0; i < host_len - len - 1; i++)
    labels += host[i] == '.';
  return labels;
}

gboolean
oh_server_name_is_trusted (const char *host, const OhServerTrust *trust)
{
  int below;

  if (!oh_server_is_host_name (host))
    return FALSE;
  below = labels_below (host, trust->domain);
  if (below >= 0 && (below <= 1 || trust->names == OH_SERVER_NAMES_RELAXED))
    return TRUE;
  for (gsize i = 0; trust->others != NULL && trust->others[i] != NULL; i++)
    if (labels_below (host, trust->others[i]) >= 0)
      return TRUE;
  return FALSE;
}

GError *
oh_server_untrusted_error (const char *host, const char *from, const char *domain)
{
  g_autofree char *shown = g_utf8_make_valid (host, -1);

  return g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                      _ ("%s names the server “%s”, which does not belong to %s. Nothing was sent "
                         "there. If it is yours, add its domain to the setting “trusted-domains” "
                         "or write its name into the setting “server”."),
                      from, shown, domain);
}
