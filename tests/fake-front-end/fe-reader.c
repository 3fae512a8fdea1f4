/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-reader.h"

#include <gio/gio.h>
#include <string.h>

static FeMessage *
broken (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", what);
  return NULL;
}

static guint
skip_blank_lines (GByteArray *stream)
{
  guint octets = 0;

  while (octets < stream->len && (stream->data[octets] == '\r' || stream->data[octets] == '\n'))
    octets++;
  /* "\r" alone may be the first half of what is still on its way: leave it. */
  if (octets == stream->len && octets % 2 == 1)
    octets--;
  if (octets > 0)
    g_byte_array_remove_range (stream, 0, octets);
  return octets / 2;
}

static FeMessage *
read_start_line (const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  FeMessage *message;

  if (g_strv_length (words) != 3)
    return broken (error, "start line without three words");
  if (strcmp (words[0], "SIP/2.0") == 0)
    {
      guint64 status;

      if (!g_ascii_string_to_unsigned (words[1], 10, 100, 699, &status, error))
        return NULL;
      message = fe_message_new_request (NULL, NULL);
      message->status = (guint) status;
      message->reason = g_strdup (words[2]);
      return message;
    }
  if (strcmp (words[2], "SIP/2.0") != 0)
    return broken (error, "neither a request nor a response of SIP/2.0");
  return fe_message_new_request (words[0], words[1]);
}

/* Lines of a head, unfolded: a line that begins with a blank continues the one before. */
static GPtrArray *
unfold (const char *head)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) raw = g_strsplit (head, "\r\n", -1);

  for (guint i = 0; raw[i] != NULL; i++)
    {
      if ((raw[i][0] == ' ' || raw[i][0] == '\t') && lines->len > 1)
        {
          char *before = lines->pdata[lines->len - 1];

          lines->pdata[lines->len - 1] =
            g_strconcat (g_strchomp (before), " ", g_strstrip (raw[i]), NULL);
          g_free (before);
          continue;
        }
      g_ptr_array_add (lines, g_strdup (raw[i]));
    }
  return lines;
}

static FeMessage *
read_head (const char *head, GError **error)
{
  g_autoptr (GPtrArray) lines = unfold (head);
  g_autoptr (FeMessage) message = read_start_line (lines->pdata[0], error);

  if (message == NULL)
    return NULL;
  for (guint i = 1; i < lines->len; i++)
    {
      char *line = lines->pdata[i];
      char *colon = strchr (line, ':');

      if (colon == NULL || colon == line)
        return broken (error, "header line without a name");
      *colon = '\0';
      fe_message_add (message, g_strchomp (line), "%s", g_strstrip (colon + 1));
    }
  return g_steal_pointer (&message);
}

FeMessage *
fe_reader_take (GByteArray *stream, guint *out_blank_lines, GError **error)
{
  g_autoptr (FeMessage) message = NULL;
  g_autofree char *head = NULL;
  const guint8 *end;
  gsize head_length;
  const char *length_text;
  guint64 body_length = 0;

  *out_blank_lines = skip_blank_lines (stream);
  end = memmem (stream->data, stream->len, "\r\n\r\n", 4);
  if (end == NULL)
    return stream->len > FE_READER_HEAD_MAX ? broken (error, "head too long") : NULL;
  head_length = end - stream->data;
  if (memchr (stream->data, '\0', head_length) != NULL)
    return broken (error, "NUL in the head");
  head = g_strndup ((const char *) stream->data, head_length);
  message = read_head (head, error);
  if (message == NULL)
    return NULL;
  length_text = fe_message_get (message, "Content-Length");
  if (length_text == NULL)
    return broken (error, "no Content-Length on a stream");
  if (!g_ascii_string_to_unsigned (length_text, 10, 0, FE_READER_BODY_MAX, &body_length, error))
    return NULL;
  if (stream->len - head_length - 4 < body_length)
    return NULL;
  message->body = g_bytes_new (end + 4, body_length);
  g_byte_array_remove_range (stream, 0, head_length + 4 + body_length);
  return g_steal_pointer (&message);
}
