/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-message.h"

#include <string.h>

#include "sip-message-private.h"

OhSipMessage *
oh_sip_message_new_empty (void)
{
  OhSipMessage *self = g_new0 (OhSipMessage, 1);

  self->refs = 1;
  self->method = "";
  self->reason = "";
  self->strings = g_string_chunk_new (512);
  self->fields = g_array_new (FALSE, FALSE, sizeof (OhSipField));
  self->body = g_bytes_new_static ("", 0);
  return self;
}

OhSipMessage *
oh_sip_message_ref (OhSipMessage *self)
{
  self->refs++;
  return self;
}

void
oh_sip_message_unref (OhSipMessage *self)
{
  g_return_if_fail (self->refs > 0);
  if (--self->refs > 0)
    return;
  g_array_unref (self->fields);
  g_string_chunk_free (self->strings);
  g_bytes_unref (self->body);
  g_free (self->head);
  g_free (self);
}

/* A copy that lives as long as the message, without what would end or forge a line. */
static const char *
keep (OhSipMessage *self, const char *text)
{
  char *kept = g_string_chunk_insert (self->strings, text);

  for (char *p = kept; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return kept;
}

OhSipMessage *
oh_sip_message_new_request (const char *method, const char *uri)
{
  OhSipMessage *self = oh_sip_message_new_empty ();

  self->method = keep (self, method);
  self->uri = keep (self, uri);
  return self;
}

static void
copy_fields (OhSipMessage *self, const OhSipMessage *from, const char *name)
{
  const char *value;

  for (guint i = 0; (value = oh_sip_message_get_nth (from, name, i)) != NULL; i++)
    oh_sip_message_add (self, name, value);
}

OhSipMessage *
oh_sip_message_new_response (const OhSipMessage *request, guint status, const char *reason)
{
  static const char *const copied[] = { "Via", "From", "To", "Call-ID", "CSeq" };
  OhSipMessage *self;

  g_return_val_if_fail (status >= 100 && status <= 699, NULL);
  self = oh_sip_message_new_empty ();
  self->status = status;
  self->reason = keep (self, reason != NULL ? reason : oh_sip_reason_phrase (status));
  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    copy_fields (self, request, copied[i]);
  if (status > 100 && status < 300) /* what may make a dialog, RFC 3261 12.1.1 */
    copy_fields (self, request, "Record-Route");
  return self;
}

OhSipMessage *
oh_sip_message_copy (const OhSipMessage *self)
{
  OhSipMessage *copy = oh_sip_message_new_empty ();

  copy->status = self->status;
  copy->method = keep (copy, self->method);
  copy->uri = self->uri != NULL ? keep (copy, self->uri) : NULL;
  copy->reason = keep (copy, self->reason);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const OhSipField *field = &g_array_index (self->fields, OhSipField, i);

      oh_sip_message_add (copy, field->name, field->value);
    }
  g_bytes_unref (copy->body);
  copy->body = g_bytes_ref (self->body);
  return copy;
}

gboolean
oh_sip_message_is_request (const OhSipMessage *self)
{
  return self->uri != NULL;
}

const char *
oh_sip_message_method (const OhSipMessage *self)
{
  return self->method;
}

gboolean
oh_sip_message_is_method (const OhSipMessage *self, const char *method)
{
  return g_ascii_strcasecmp (self->method, method) == 0;
}

const char *
oh_sip_message_request_uri (const OhSipMessage *self)
{
  return self->uri;
}

void
oh_sip_message_set_request_uri (OhSipMessage *self, const char *uri)
{
  g_return_if_fail (self->uri != NULL);
  self->uri = keep (self, uri);
}

guint
oh_sip_message_status (const OhSipMessage *self)
{
  return self->status;
}

const char *
oh_sip_message_reason (const OhSipMessage *self)
{
  return self->reason;
}

/* Index of the n-th line of that name, -1 when there are not so many. */
static int
find (const OhSipMessage *self, const char *name, guint n)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_ascii_strcasecmp (g_array_index (self->fields, OhSipField, i).name, name) == 0 &&
        n-- == 0)
      return (int) i;
  return -1;
}

const char *
oh_sip_message_get_nth (const OhSipMessage *self, const char *name, guint n)
{
  int i = find (self, name, n);

  return i >= 0 ? g_array_index (self->fields, OhSipField, i).value : NULL;
}

const char *
oh_sip_message_get (const OhSipMessage *self, const char *name)
{
  return oh_sip_message_get_nth (self, name, 0);
}

OhSlice
oh_sip_message_get_slice (const OhSipMessage *self, const char *name)
{
  return oh_slice_str (oh_sip_message_get (self, name));
}

GStrv
oh_sip_message_get_list (const OhSipMessage *self, const char *name)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  const char *value;

  for (guint i = 0; (value = oh_sip_message_get_nth (self, name, i)) != NULL; i++)
    {
      OhSlice cursor = oh_slice_str (value);
      OhSlice item;

      while (oh_sip_list_next (&cursor, &item))
        g_ptr_array_add (list, oh_slice_dup (item));
    }
  g_ptr_array_add (list, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

gboolean
oh_sip_message_has_token (const OhSipMessage *self, const char *name, const char *token)
{
  const char *value;

  for (guint i = 0; (value = oh_sip_message_get_nth (self, name, i)) != NULL; i++)
    {
      OhSlice cursor = oh_slice_str (value);
      OhSlice item;

      while (oh_sip_list_next (&cursor, &item))
        if (oh_slice_equal_case (oh_slice_trim (oh_slice_eat_until (&item, ";")), token))
          return TRUE;
    }
  return FALSE;
}

gboolean
oh_sip_message_get_uint (const OhSipMessage *self, const char *name, guint64 max, guint64 *out)
{
  OhSlice cursor = oh_sip_message_get_slice (self, name);

  return oh_slice_to_uint (oh_slice_eat_until (&cursor, "; \t("), max, out);
}

guint
oh_sip_message_n_fields (const OhSipMessage *self)
{
  return self->fields->len;
}

const char *
oh_sip_message_field (const OhSipMessage *self, guint index, const char **value)
{
  const OhSipField *field;

  g_return_val_if_fail (index < self->fields->len, NULL);
  field = &g_array_index (self->fields, OhSipField, index);
  if (value != NULL)
    *value = field->value;
  return field->name;
}

void
oh_sip_message_take_cseq_method (OhSipMessage *self)
{
  OhSipCSeq cseq;

  self->method = "";
  if (oh_sip_message_cseq (self, &cseq))
    self->method =
      g_string_chunk_insert_len (self->strings, cseq.method.data, (gssize) cseq.method.len);
}

/* The method of a response follows its CSeq. */
static void
changed (OhSipMessage *self, const char *name)
{
  if (self->uri == NULL && g_ascii_strcasecmp (name, "CSeq") == 0)
    oh_sip_message_take_cseq_method (self);
}

void
oh_sip_message_add (OhSipMessage *self, const char *name, const char *value)
{
  OhSipField field = { keep (self, name), keep (self, value) };

  g_array_append_val (self->fields, field);
  changed (self, name);
}

void
oh_sip_message_prepend (OhSipMessage *self, const char *name, const char *value)
{
  OhSipField field = { keep (self, name), keep (self, value) };

  g_array_prepend_val (self->fields, field);
  changed (self, name);
}

void
oh_sip_message_set (OhSipMessage *self, const char *name, const char *value)
{
  int first = find (self, name, 0);
  int next;

  if (first < 0)
    {
      oh_sip_message_add (self, name, value);
      return;
    }
  g_array_index (self->fields, OhSipField, first).value = keep (self, value);
  while ((next = find (self, name, 1)) >= 0)
    g_array_remove_index (self->fields, (guint) next);
  changed (self, name);
}

void
oh_sip_message_set_printf (OhSipMessage *self, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  oh_sip_message_set (self, name, value);
}

guint
oh_sip_message_remove (OhSipMessage *self, const char *name)
{
  guint n = 0;
  int i;

  while ((i = find (self, name, 0)) >= 0)
    {
      g_array_remove_index (self->fields, (guint) i);
      n++;
    }
  changed (self, name);
  return n;
}

GBytes *
oh_sip_message_body (const OhSipMessage *self)
{
  return self->body;
}

void
oh_sip_message_set_body (OhSipMessage *self, const char *content_type, GBytes *body)
{
  g_return_if_fail (body == NULL || g_bytes_get_size (body) <= OH_SIP_BODY_MAX);

  if (content_type != NULL)
    oh_sip_message_set (self, "Content-Type", content_type);
  else
    oh_sip_message_remove (self, "Content-Type");
  if (body != NULL)
    g_bytes_ref (body);
  g_bytes_unref (self->body);
  self->body = body != NULL ? body : g_bytes_new_static ("", 0);
}

void
oh_sip_message_set_body_text (OhSipMessage *self, const char *content_type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  oh_sip_message_set_body (self, content_type, body);
}

gboolean
oh_sip_message_content_is (const OhSipMessage *self, const char *content_type)
{
  OhSlice cursor = oh_sip_message_get_slice (self, "Content-Type");

  return oh_slice_equal_case (oh_slice_trim (oh_slice_eat_until (&cursor, ";")), content_type);
}

gboolean
oh_sip_message_cseq (const OhSipMessage *self, OhSipCSeq *out)
{
  return oh_sip_cseq_parse (oh_sip_message_get_slice (self, "CSeq"), out);
}

GBytes *
oh_sip_message_serialise (const OhSipMessage *self)
{
  g_autoptr (GString) out = g_string_sized_new (1024);
  gsize size;
  const char *body = g_bytes_get_data (self->body, &size);

  if (self->uri != NULL)
    g_string_append_printf (out, "%s %s SIP/2.0\r\n", self->method, self->uri);
  else
    g_string_append_printf (out, "SIP/2.0 %u %s\r\n", self->status, self->reason);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const OhSipField *field = &g_array_index (self->fields, OhSipField, i);

      if (g_ascii_strcasecmp (field->name, "Content-Length") != 0)
        g_string_append_printf (out, "%s: %s\r\n", field->name, field->value);
    }
  g_string_append_printf (out, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  if (size > 0)
    g_string_append_len (out, body, (gssize) size);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

const char *
oh_sip_reason_phrase (guint status)
{
  static const struct
  {
    guint status;
    const char *phrase;
  } known[] = {
    { 180, "Ringing" },
    { 183, "Session Progress" },
    { 202, "Accepted" },
    { 302, "Moved Temporarily" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 406, "Not Acceptable" },
    { 408, "Request Timeout" },
    { 415, "Unsupported Media Type" },
    { 420, "Bad Extension" },
    { 480, "Temporarily Unavailable" },
    { 481, "Call/Transaction Does Not Exist" },
    { 486, "Busy Here" },
    { 487, "Request Terminated" },
    { 488, "Not Acceptable Here" },
    { 489, "Bad Event" },
    { 500, "Server Internal Error" },
    { 501, "Not Implemented" },
    { 503, "Service Unavailable" },
    { 603, "Decline" },
  };
  static const char *const classes[] = {
    "",
    "Trying",
    "OK",
    "Multiple Choices",
    "Bad Request",
    "Server Internal Error",
    "Busy Everywhere",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == status)
      return known[i].phrase;
  return status >= 100 && status <= 699 ? classes[status / 100] : "";
}
