/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-message-private.h"

#include <string.h>

#include "error.h"

#define VERSION "SIP/2.0"

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "malformed message: %s", what);
  return FALSE;
}

static gboolean
is_token (OhSlice text)
{
  OhSlice cursor = text;

  oh_slice_eat_token (&cursor);
  return text.len > 0 && cursor.len == 0;
}

/* "SIP/2.0 200 OK": the phrase may be empty, and some leave out the blank before it. */
static gboolean
parse_status_line (OhSipMessage *self, char *line, GError **error)
{
  char *code = line + strlen (VERSION " ");
  guint64 status;

  if (!oh_slice_to_uint (oh_slice (code, strnlen (code, 3)), 699, &status) || status < 100)
    return broken (error, "status");
  if (code[3] != ' ' && code[3] != '\0')
    return broken (error, "status line");
  self->status = (guint) status;
  self->reason = code[3] == ' ' ? code + 4 : "";
  return TRUE;
}

/* "METHOD URI SIP/2.0", exactly one blank between them (RFC 3261 7.1). */
static gboolean
parse_request_line (OhSipMessage *self, char *line, GError **error)
{
  char *uri = strchr (line, ' ');
  char *version = uri != NULL ? strchr (uri + 1, ' ') : NULL;

  if (version == NULL)
    return broken (error, "start line");
  *uri++ = '\0';
  *version++ = '\0';
  if (!is_token (oh_slice_str (line)))
    return broken (error, "method");
  if (*uri == '\0' || strpbrk (uri, "\t<>\"") != NULL)
    return broken (error, "Request-URI");
  if (g_ascii_strcasecmp (version, VERSION) != 0)
    return broken (error, "version");
  self->method = line;
  self->uri = uri;
  return TRUE;
}

static gboolean
parse_start_line (OhSipMessage *self, char *line, GError **error)
{
  if (strlen (line) > OH_SIP_START_LINE_MAX)
    return broken (error, "start line too long");
  if (g_ascii_strncasecmp (line, VERSION " ", strlen (VERSION " ")) == 0)
    return parse_status_line (self, line, error);
  return parse_request_line (self, line, error);
}

/* "Name : value", in place: the name is mapped and ended, the value trimmed and ended. */
static gboolean
parse_field (OhSipMessage *self, char *line, char *end, GError **error)
{
  OhSlice value = oh_slice (line, (gsize) (end - line));
  OhSlice name = oh_slice_eat_until (&value, ":");
  OhSipField field;

  if (!oh_slice_eat (&value, ':'))
    return broken (error, "header line without colon");
  while (name.len > 0 && (name.data[name.len - 1] == ' ' || name.data[name.len - 1] == '\t'))
    name.len--;
  if (!is_token (name))
    return broken (error, "header name");
  if (self->fields->len >= OH_SIP_FIELDS_MAX)
    return broken (error, "too many header lines");
  value = oh_slice_trim (value);
  line[name.len] = '\0';
  field.name = oh_sip_header_full_name (name).data; /* a compact one is ended above, too */
  if (value.len == 0)
    field.value = "";
  else
    {
      line[(value.data - line) + (gssize) value.len] = '\0';
      field.value = value.data;
    }
  g_array_append_val (self->fields, field);
  return TRUE;
}

/* Joins a folded line to the one before with exactly one blank (RFC 3261 7.3.1), which both ends
 * must do in the same way because the result is signed. Returns the new end. */
static char *
append_fold (char *end, const char *fold)
{
  gsize len;

  while (end[-1] == ' ' || end[-1] == '\t')
    end--;
  fold += strspn (fold, " \t");
  len = strlen (fold);
  *end++ = ' ';
  memmove (end, fold, len);
  return end + len;
}

/* Takes the next line off the text and ends it; NULL when nothing is left. */
static char *
next_line (char **text)
{
  char *line = *text, *end;

  if (line == NULL)
    return NULL;
  end = strstr (line, "\r\n");
  if (end != NULL)
    *end = '\0';
  *text = end != NULL ? end + 2 : NULL;
  return line;
}

static gboolean
parse_head (OhSipMessage *self, GError **error)
{
  char *rest = self->head;
  char *line = next_line (&rest);

  if (strpbrk (line, "\r\n") != NULL)
    return broken (error, "stray line break");
  if (!parse_start_line (self, line, error))
    return FALSE;
  while ((line = next_line (&rest)) != NULL)
    {
      char *end = line + strlen (line);

      if (*line == ' ' || *line == '\t')
        return broken (error, "fold without a line before it");
      while (rest != NULL && (*rest == ' ' || *rest == '\t'))
        end = append_fold (end, next_line (&rest));
      *end = '\0';
      /* a bare CR or LF is a line break to some and none to others: nobody needs it */
      if (strpbrk (line, "\r\n") != NULL)
        return broken (error, "stray line break");
      if (!parse_field (self, line, end, error))
        return FALSE;
    }
  return TRUE;
}

/* What follows the head must be what Content-Length says, each time it says it. */
static gboolean
check_length (const OhSipMessage *self, gsize rest, GError **error)
{
  const char *value;
  guint64 length = 0;

  if (rest > OH_SIP_BODY_MAX)
    return broken (error, "body too large");
  for (guint i = 0; (value = oh_sip_message_get_nth (self, "Content-Length", i)) != NULL; i++)
    if (!oh_slice_to_uint (oh_slice_str (value), OH_SIP_BODY_MAX, &length) || length != rest)
      return broken (error, "Content-Length");
  return length == rest || broken (error, "body without Content-Length");
}

OhSipMessage *
oh_sip_message_parse (GBytes *bytes, GError **error)
{
  g_autoptr (OhSipMessage) self = oh_sip_message_new_empty ();
  gsize size, head;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = size > 0 ? memmem (data, MIN (size, OH_SIP_HEAD_MAX), "\r\n\r\n", 4) : NULL;

  if (end == NULL)
    {
      broken (error, size < OH_SIP_HEAD_MAX ? "no end of the head" : "head too long");
      return NULL;
    }
  head = (gsize) (end - data) + 4;
  if (memchr (data, '\0', head) != NULL)
    {
      broken (error, "NUL");
      return NULL;
    }
  self->head = g_strndup (data, head - 4);
  if (!parse_head (self, error) || !check_length (self, size - head, error))
    return NULL;
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_from_bytes (bytes, head, size - head);
  if (self->uri == NULL)
    oh_sip_message_take_cseq_method (self);
  return g_steal_pointer (&self);
}

static gboolean
has_one (const OhSipMessage *self, const char *name, GError **error)
{
  const char *value = oh_sip_message_get (self, name);

  if (value == NULL || *value == '\0' || oh_sip_message_get_nth (self, name, 1) != NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "%s is missing or there twice", name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_addresses (const OhSipMessage *self, GError **error)
{
  static const char *const names[] = { "From", "To" };
  OhSipNameAddr addr;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!oh_sip_name_addr_parse (oh_sip_message_get_slice (self, names[i]), &addr))
      {
        g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "%s cannot be read", names[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
oh_sip_message_validate (const OhSipMessage *self, GError **error)
{
  OhSlice via = oh_sip_message_get_slice (self, "Via");
  OhSlice top;
  OhSipVia parts;
  OhSipCSeq cseq;

  if (!has_one (self, "From", error) || !has_one (self, "To", error) ||
      !has_one (self, "Call-ID", error) || !has_one (self, "CSeq", error))
    return FALSE;
  if (!check_addresses (self, error))
    return FALSE;
  if (!oh_sip_list_next (&via, &top) || !oh_sip_via_parse (top, &parts))
    return broken (error, "Via");
  if (!oh_sip_message_cseq (self, &cseq))
    return broken (error, "CSeq");
  if (self->uri != NULL && !oh_slice_equal_case (cseq.method, self->method))
    return broken (error, "CSeq of another method");
  return TRUE;
}
