/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-message.h"

#include <string.h>

#include "fe-value.h"

static void
header_free (gpointer data)
{
  FeHeader *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static FeMessage *
message_new (void)
{
  FeMessage *self = g_new0 (FeMessage, 1);

  self->headers = g_ptr_array_new_with_free_func (header_free);
  return self;
}

FeMessage *
fe_message_new_request (const char *method, const char *uri)
{
  FeMessage *self = message_new ();

  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  return self;
}

char *
fe_message_local_tag (const char *call_id)
{
  char *tag = g_compute_checksum_for_string (G_CHECKSUM_SHA1, call_id, -1);

  tag[16] = '\0';
  return tag;
}

static void
add_to_with_tag (FeMessage *self, const FeMessage *request)
{
  const char *to = fe_message_get (request, "To");
  const char *call_id = fe_message_get (request, "Call-ID");
  g_autofree char *tag = NULL;

  if (to == NULL)
    return;
  tag = fe_value_parameter (to, "tag");
  if (tag != NULL)
    {
      fe_message_add (self, "To", "%s", to);
      return;
    }
  tag = fe_message_local_tag (call_id != NULL ? call_id : "");
  fe_message_add (self, "To", "%s;tag=%s", to, tag);
}

FeMessage *
fe_message_new_response (const FeMessage *request, guint status, const char *reason)
{
  static const char *const copied[] = { "From", "Call-ID", "CSeq" };
  FeMessage *self = message_new ();

  self->status = status;
  self->reason = g_strdup (reason);
  for (guint i = 0; i < request->headers->len; i++)
    {
      const FeHeader *header = g_ptr_array_index (request->headers, i);

      if (g_ascii_strcasecmp (header->name, "Via") == 0)
        fe_message_add (self, "Via", "%s", header->value);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      const char *value = fe_message_get (request, copied[i]);

      if (value != NULL)
        fe_message_add (self, copied[i], "%s", value);
    }
  add_to_with_tag (self, request);
  return self;
}

void
fe_message_free (FeMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->uri);
  g_free (self->reason);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static void
add_value (FeMessage *self, const char *name, char *value)
{
  FeHeader *header = g_new0 (FeHeader, 1);

  header->name = g_strdup (name);
  header->value = value;
  g_ptr_array_add (self->headers, header);
}

void
fe_message_add (FeMessage *self, const char *name, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_value (self, name, g_strdup_vprintf (format, args));
  va_end (args);
}

void
fe_message_set (FeMessage *self, const char *name, const char *value)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      FeHeader *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strcasecmp (header->name, name) != 0)
        continue;
      if (value == NULL)
        {
          g_ptr_array_remove_index (self->headers, i--);
          continue;
        }
      g_free (header->value);
      header->value = g_strdup (value);
      return;
    }
  if (value != NULL)
    add_value (self, name, g_strdup (value));
}

void
fe_message_set_body (FeMessage *self, const char *content_type, char *body, gssize length)
{
  fe_message_set (self, "Content-Type", content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (body, length < 0 ? strlen (body) : (gsize) length);
}

/* RFC 3261 7.3.3 and the packages that added one. */
static const char *
compact_form (const char *name)
{
  static const struct
  {
    const char *name, *compact;
  } forms[] = {
    { "From", "f" },
    { "To", "t" },
    { "Call-ID", "i" },
    { "Via", "v" },
    { "Contact", "m" },
    { "Content-Length", "l" },
    { "Content-Type", "c" },
    { "Supported", "k" },
    { "Event", "o" },
    { "Subject", "s" },
    { "Content-Encoding", "e" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_ascii_strcasecmp (forms[i].name, name) == 0)
      return forms[i].compact;
  return NULL;
}

static gboolean
is_named (const FeHeader *header, const char *name)
{
  const char *compact = compact_form (name);

  return g_ascii_strcasecmp (header->name, name) == 0 ||
         (compact != NULL && g_ascii_strcasecmp (header->name, compact) == 0);
}

const char *
fe_message_get (const FeMessage *self, const char *name)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      const FeHeader *header = g_ptr_array_index (self->headers, i);

      if (is_named (header, name))
        return header->value;
    }
  return NULL;
}

gboolean
fe_message_has_token (const FeMessage *self, const char *name, const char *token)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      const FeHeader *header = g_ptr_array_index (self->headers, i);
      g_auto (GStrv) tokens = NULL;

      if (!is_named (header, name))
        continue;
      tokens = g_strsplit (header->value, ",", -1);
      for (guint j = 0; tokens[j] != NULL; j++)
        if (g_ascii_strcasecmp (g_strstrip (tokens[j]), token) == 0)
          return TRUE;
    }
  return FALSE;
}

const char *
fe_message_body_text (const FeMessage *self, gsize *out_length)
{
  gsize length = 0;
  const char *text = self->body != NULL ? g_bytes_get_data (self->body, &length) : "";

  if (out_length != NULL)
    *out_length = length;
  return text != NULL ? text : "";
}

guint
fe_message_cseq (const FeMessage *self, const char **out_method)
{
  const char *value = fe_message_get (self, "CSeq");
  char *end = NULL;
  guint64 number = value != NULL ? g_ascii_strtoull (value, &end, 10) : 0;

  if (out_method != NULL)
    *out_method = end != NULL ? end + strspn (end, " \t") : "";
  return number <= G_MAXUINT32 ? (guint) number : 0;
}

GBytes *
fe_message_to_bytes (const FeMessage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = 0;
  const char *body = fe_message_body_text (self, &length);

  if (self->status != 0)
    g_string_append_printf (text, "SIP/2.0 %u %s\r\n", self->status, self->reason);
  else
    g_string_append_printf (text, "%s %s SIP/2.0\r\n", self->method, self->uri);
  for (guint i = 0; i < self->headers->len; i++)
    {
      const FeHeader *header = g_ptr_array_index (self->headers, i);

      g_string_append_printf (text, "%s: %s\r\n", header->name, header->value);
    }
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_string_append_len (text, body, length);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
