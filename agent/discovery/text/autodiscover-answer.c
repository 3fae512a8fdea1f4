/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "autodiscover-answer.h"

#include <string.h>

#include "error.h"
#include "xml-tree.h"

#define HOST_MAX 253u /* RFC 1035 2.3.4 */

void
oh_autodiscover_answer_free (OhAutodiscoverAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->redirect);
  g_free (self->inside_host);
  g_free (self->outside_host);
  g_free (self);
}

/* The first of each kind counts. */
static void
read_links (OhAutodiscoverAnswer *self, const xmlNode *parent)
{
  const xmlNode *link = oh_xml_child (parent, "Link");

  for (; link != NULL; link = oh_xml_next (link, "Link"))
    {
      const char *token = oh_xml_attr (link, "token");
      const char *href = oh_xml_attr (link, "href");
      char **place;

      if (token == NULL || href == NULL)
        continue;
      if (g_ascii_strcasecmp (token, "User") == 0)
        place = &self->user;
      else if (g_ascii_strcasecmp (token, "Redirect") == 0)
        place = &self->redirect;
      else
        continue; /* web ticket, UCWA and what else there is */
      if (*place == NULL && strlen (href) <= OH_AUTODISCOVER_URL_MAX)
        *place = g_strdup (href);
    }
}

static void
read_access (const xmlNode *user, const char *name, char **host, guint16 *port)
{
  const xmlNode *node = oh_xml_child (user, name);
  guint32 number = 0;

  if (node == NULL || !oh_xml_attr_uint (node, "port", &number) || number == 0 ||
      number > G_MAXUINT16)
    return;
  *host = oh_xml_attr_dup (node, "fqdn", HOST_MAX);
  *port = (guint16) number;
  if (*host != NULL && **host == '\0')
    g_clear_pointer (host, g_free);
}

OhAutodiscoverAnswer *
oh_autodiscover_answer_parse (OhSlice bytes, GError **error)
{
  g_autoptr (OhAutodiscoverAnswer) self = g_new0 (OhAutodiscoverAnswer, 1);
  g_autoptr (xmlDoc) doc = NULL;
  const xmlNode *user;
  const char *location;

  if (bytes.len > OH_AUTODISCOVER_SIZE_MAX)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "autodiscover document too long");
      return NULL;
    }
  doc = oh_xml_parse (bytes, "AutodiscoverResponse", error);
  if (doc == NULL)
    return NULL;
  location = oh_xml_attr (oh_xml_root (doc), "AccessLocation");
  self->external = location != NULL && g_ascii_strcasecmp (location, "External") == 0;
  user = oh_xml_child (oh_xml_root (doc), "User");
  read_links (self, oh_xml_child (oh_xml_root (doc), "Root"));
  read_links (self, user);
  read_access (user, "SipClientInternalAccess", &self->inside_host, &self->inside_port);
  read_access (user, "SipClientExternalAccess", &self->outside_host, &self->outside_port);
  if (self->user != NULL || self->redirect != NULL || self->inside_host != NULL ||
      self->outside_host != NULL)
    return g_steal_pointer (&self);
  g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "autodiscover document leads nowhere");
  return NULL;
}

static gboolean
is_allowed (GUri *from, GUri *to)
{
  const char *scheme = g_uri_get_scheme (to);

  return g_uri_get_host (to) != NULL && g_uri_get_host (to)[0] != '\0' &&
         g_uri_get_userinfo (to) == NULL &&
         (g_str_equal (scheme, "https") ||
          (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (from), "http")));
}

char *
oh_autodiscover_next_url (const char *from, const char *href, GError **error)
{
  g_autoptr (GUri) base = g_uri_parse (from, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) uri = base != NULL && strlen (href) <= OH_AUTODISCOVER_URL_MAX
                           ? g_uri_parse_relative (base, href, G_URI_FLAGS_ENCODED, NULL)
                           : NULL;
  g_autofree char *text = NULL;

  if (uri != NULL && is_allowed (base, uri))
    text = g_uri_to_string (uri);
  if (text != NULL && strlen (text) <= OH_AUTODISCOVER_URL_MAX)
    return g_steal_pointer (&text);
  g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL,
                       "autodiscover leads to an address that must not be followed");
  return NULL;
}
