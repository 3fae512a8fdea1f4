/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-documents.h"

#include <string.h>

static void append (GString *text, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Everything that is put in is escaped. */
static void
append (GString *text, const char *format, ...)
{
  g_autofree char *piece = NULL;
  va_list args;

  va_start (args, format);
  piece = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (text, piece);
}

char *
fe_card_write (const FePerson *person)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  append (xml,
          "<contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\">"
          "<identity><name><displayName>%s</displayName></name><email>%s</email></identity>"
          "<company>Fabrikam</company>",
          person->name, person->aor);
  for (guint i = 0; i < person->phones->len; i++)
    {
      const FePhone *phone = person->phones->pdata[i];

      append (xml, "<phone type=\"%s\">", phone->type);
      if (*phone->uri != '\0')
        append (xml, "<uri>%s</uri>", phone->uri);
      append (xml, "<displayString>%s</displayString></phone>", phone->display);
    }
  g_string_append (xml, "</contactCard>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

char *
fe_properties_write (const FePerson *person)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  g_string_append (xml,
                   "<userProperties "
                   "xmlns=\"http://schemas.microsoft.com/2006/09/sip/userproperties\"><lines>");
  for (guint i = 0; i < person->phones->len; i++)
    {
      const FePhone *phone = person->phones->pdata[i];

      if (strcmp (phone->type, "work") == 0 && *phone->uri != '\0')
        append (xml, "<line lineType=\"Uc\">%s</line>", phone->uri);
    }
  g_string_append (xml, "</lines><telephonyMode>None</telephonyMode>"
                        "<facsimile/><exumEnabled>false</exumEnabled></userProperties>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

char *
fe_note_write (const char *text)
{
  return g_markup_printf_escaped ("<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">"
                                  "<body type=\"personal\" uri=\"\">%s</body></note>",
                                  text);
}

static char *
group_ids (const FeContact *contact)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < contact->groups->len; i++)
    g_string_append_printf (ids, "%s%u", i > 0 ? " " : "",
                            g_array_index (contact->groups, guint, i));
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
append_contact (GString *xml, const char *element, const FeContact *contact)
{
  g_autofree char *ids = group_ids (contact);

  append (xml, "<%s uri=\"%s\" name=\"%s\" groups=\"%s\" subscribed=\"true\" externalURI=\"\"/>",
          element, contact->aor, contact->name != NULL ? contact->name : "", ids);
}

char *
fe_contact_list_write (const FePerson *person)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  append (xml,
          "<contactList xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-contacts\""
          " deltaNum=\"%u\">",
          person->delta);
  for (guint i = 0; i < person->groups->len; i++)
    if (person->groups->pdata[i] != NULL)
      append (xml, "<group id=\"%u\" name=\"%s\" externalURI=\"\"/>", i + 1,
              (const char *) person->groups->pdata[i]);
  for (guint i = 0; i < person->contacts->len; i++)
    append_contact (xml, "contact", person->contacts->pdata[i]);
  g_string_append (xml, "</contactList>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

char *
fe_contact_delta_write (const FePerson *person, const char *element, const FeContact *contact,
                        const char *aor)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  append (xml,
          "<contactDelta xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-contacts\""
          " prevDeltaNum=\"%u\" deltaNum=\"%u\">",
          person->delta - 1, person->delta);
  if (contact != NULL)
    append_contact (xml, element, contact);
  else if (strcmp (element, "addedGroup") == 0)
    append (xml, "<addedGroup id=\"%u\" name=\"%s\" externalURI=\"\"/>", person->groups->len, aor);
  else
    append (xml, "<%s uri=\"%s\"/>", element, aor);
  g_string_append (xml, "</contactDelta>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

char *
fe_containers_write (void)
{
  return g_strdup ("<container id=\"0\" version=\"0\"/><container id=\"1\" version=\"0\"/>"
                   "<container id=\"2\" version=\"0\"/><container id=\"3\" version=\"0\"/>"
                   "<container id=\"100\" version=\"1\"><member type=\"federated\"/></container>"
                   "<container id=\"200\" version=\"1\"><member type=\"sameEnterprise\"/>"
                   "</container>"
                   "<container id=\"300\" version=\"0\"/><container id=\"400\" version=\"0\"/>"
                   "<container id=\"32000\" version=\"0\"/>");
}

void
fe_resource_free (FeResource *resource)
{
  g_free (resource->uri);
  g_free (resource->document);
  g_free (resource);
}

static const char *
content_id (const FeResource *resource)
{
  return g_str_has_prefix (resource->uri, "sip:") ? resource->uri + 4 : resource->uri;
}

static char *
list_document (const char *owner, guint version, gboolean is_full, const GPtrArray *resources)
{
  g_autoptr (GString) xml = g_string_new (NULL);

  append (xml,
          "<list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"%s\" version=\"%u\""
          " fullState=\"%s\">",
          owner, version, is_full ? "true" : "false");
  for (guint i = 0; i < resources->len; i++)
    {
      const FeResource *resource = resources->pdata[i];

      append (xml, "<resource uri=\"%s\"><instance id=\"0\" state=\"%s\"", resource->uri,
              resource->state);
      if (resource->reason != NULL)
        append (xml, " reason=\"%s\"", resource->reason);
      if (resource->pool != NULL)
        append (xml, " poolFqdn=\"%s\"", resource->pool);
      if (resource->document != NULL)
        append (xml, " cid=\"%s\"", content_id (resource));
      g_string_append (xml, "/></resource>");
    }
  g_string_append (xml, "</list>");
  return g_string_free (g_steal_pointer (&xml), FALSE);
}

/* RFC 2046 5.1.1: the CRLF before a delimiter belongs to the delimiter. */
static void
append_part (GString *text, const char *boundary, const char *id, const char *type,
             const char *document, gboolean lenient)
{
  g_string_append_printf (text,
                          "--%s\r\nContent-Transfer-Encoding: %s\r\nContent-ID: <%s>\r\n"
                          "Content-Type: %s\r\n\r\n%s%s\r\n",
                          boundary, lenient ? "8bit" : "binary", id, type, document,
                          lenient ? "\r\n" : "");
}

char *
fe_batch_write (const char *owner, guint version, gboolean is_full, const GPtrArray *resources,
                gboolean lenient, char **out_type)
{
  g_autofree char *boundary = g_strdup_printf ("offhook-%08x", g_random_int ());
  g_autofree char *list = list_document (owner, version, is_full, resources);
  g_autofree char *root = g_strdup_printf ("list-%u", version);
  g_autoptr (GString) text = g_string_new (NULL);

  append_part (text, boundary, root, "application/rlmi+xml;charset=\"UTF-8\"", list, lenient);
  for (guint i = 0; i < resources->len; i++)
    {
      const FeResource *resource = resources->pdata[i];

      if (resource->document != NULL)
        append_part (text, boundary, content_id (resource), resource->type, resource->document,
                     lenient);
    }
  g_string_append_printf (text, "--%s--", boundary);
  *out_type = g_strdup_printf ("multipart/related;type=\"application/rlmi+xml\";"
                               "start=\"<%s>\";boundary=\"%s\"",
                               root, boundary);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
