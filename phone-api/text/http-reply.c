/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-reply.h"

#include <string.h>

typedef enum
{
  IN_HEAD,
  IN_LENGTH,     /* a body of known length */
  IN_CHUNK_LINE, /* the size of a chunk */
  IN_CHUNK,      /* its octets */
  IN_CHUNK_END,  /* the line end after them */
  IN_TRAILER,    /* fields after the last chunk, which nobody reads */
  TO_END,        /* until the connection closes */
  DONE,
  BROKEN,
  TOO_LARGE,
} Place;

struct OhHttpReader
{
  Place place;
  GByteArray *line; /* the head, or the line that is being read */
  gsize body_max;
  guint64 left; /* octets of the body or of the chunk still to come */
  guint n_interim;
  gsize trailer; /* octets of it so far */
};

/* What the head says of the body. */
typedef struct
{
  gboolean http_1_0;
  gboolean has_length;
  guint64 length;
  gboolean chunked;
  gboolean says_close;
  gboolean says_keep;
} Framing;

OhHttpReply *
oh_http_reply_new (gsize body_max)
{
  OhHttpReply *self = g_new0 (OhHttpReply, 1);

  self->body = g_byte_array_new ();
  self->reader = g_new0 (struct OhHttpReader, 1);
  self->reader->line = g_byte_array_new ();
  self->reader->body_max = body_max;
  return self;
}

static void
forget_fields (OhHttpReply *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->challenge, g_free);
  g_clear_pointer (&self->info, g_free);
}

void
oh_http_reply_free (OhHttpReply *self)
{
  if (self == NULL)
    return;
  forget_fields (self);
  g_byte_array_unref (self->body);
  g_byte_array_unref (self->reader->line);
  g_free (self->reader);
  g_free (self);
}

/* -- the head --------------------------------------------------------------------------------- */

/* The next line without its end; FALSE when there is none. A bare LF will do, RFC 9112 2.2. */
static gboolean
eat_line (OhSlice *cursor, OhSlice *out)
{
  if (cursor->len == 0)
    return FALSE;
  *out = oh_slice_eat_until (cursor, "\n");
  oh_slice_eat (cursor, '\n');
  if (out->len > 0 && out->data[out->len - 1] == '\r')
    out->len--;
  return TRUE;
}

/* "HTTP/1.1 302 Found" */
static gboolean
read_status (OhSlice line, guint *status, gboolean *http_1_0)
{
  guint64 number;

  if (line.len < strlen ("HTTP/1.x NNN") || !oh_slice_has_prefix_case (line, "HTTP/1.") ||
      line.data[8] != ' ' || (line.len > 12 && line.data[12] != ' '))
    return FALSE;
  *http_1_0 = line.data[7] == '0';
  if (!oh_slice_to_uint (oh_slice (line.data + 9, 3), 999, &number) || number < 100)
    return FALSE;
  *status = (guint) number;
  return TRUE;
}

static void
keep_first (char **place, OhSlice value)
{
  if (*place == NULL && memchr (value.data, '\0', value.len) == NULL)
    *place = oh_slice_dup (value);
}

/* Several of them are one list, RFC 9110 5.3. */
static void
join (char **place, OhSlice value)
{
  g_autofree char *text = NULL;
  char *all;

  if (value.len == 0 || memchr (value.data, '\0', value.len) != NULL)
    return;
  text = oh_slice_dup (value);
  all = *place != NULL ? g_strconcat (*place, ", ", text, NULL) : g_strdup (text);
  g_free (*place);
  *place = all;
}

static void
read_connection (OhSlice value, Framing *framing)
{
  while (value.len > 0)
    {
      OhSlice word = oh_slice_trim (oh_slice_eat_until (&value, ","));

      oh_slice_eat (&value, ',');
      framing->says_close = framing->says_close || oh_slice_equal_case (word, "close");
      framing->says_keep = framing->says_keep || oh_slice_equal_case (word, "keep-alive");
    }
}

/* FALSE for what makes the end of the body a matter of opinion, RFC 9112 6.3. */
static gboolean
read_framing (OhSlice name, OhSlice value, Framing *framing)
{
  guint64 length;

  if (oh_slice_equal_case (name, "content-length"))
    {
      if (!oh_slice_to_uint (value, G_MAXUINT32, &length) ||
          (framing->has_length && framing->length != length))
        return FALSE;
      framing->has_length = TRUE;
      framing->length = length;
    }
  else if (oh_slice_equal_case (name, "transfer-encoding"))
    {
      framing->chunked = oh_slice_equal_case (value, "chunked");
      return framing->chunked;
    }
  else if (oh_slice_equal_case (name, "connection"))
    read_connection (value, framing);
  return TRUE;
}

static gboolean
read_field (OhHttpReply *self, OhSlice line, Framing *framing)
{
  OhSlice name = oh_slice_eat_until (&line, ":");
  OhSlice value;

  if (name.len == 0 || !oh_slice_eat (&line, ':'))
    return TRUE; /* no field: the phone's business */
  name = oh_slice_trim (name);
  value = oh_slice_trim (line);
  if (oh_slice_equal_case (name, "server"))
    keep_first (&self->server, value);
  else if (oh_slice_equal_case (name, "location"))
    keep_first (&self->location, value);
  else if (oh_slice_equal_case (name, "authentication-info"))
    keep_first (&self->info, value);
  else if (oh_slice_equal_case (name, "www-authenticate"))
    join (&self->challenge, value);
  return read_framing (name, value, framing);
}

/* Long values were once broken over lines that begin with a blank (RFC 9112 5.2): one line again.
 */
static void
unfold (GByteArray *head)
{
  for (guint i = 0; i + 1 < head->len; i++)
    if (head->data[i] == '\n' && (head->data[i + 1] == ' ' || head->data[i + 1] == '\t'))
      {
        head->data[i] = ' ';
        if (i > 0 && head->data[i - 1] == '\r')
          head->data[i - 1] = ' ';
      }
}

static Place
read_head (OhHttpReply *self, Framing *framing)
{
  OhSlice cursor, line;
  guint n_fields = 0;

  unfold (self->reader->line);
  cursor = oh_slice ((const char *) self->reader->line->data, self->reader->line->len);
  if (!eat_line (&cursor, &line) || !read_status (line, &self->status, &framing->http_1_0))
    return BROKEN;
  while (eat_line (&cursor, &line) && line.len > 0)
    {
      if (++n_fields > OH_HTTP_FIELDS_MAX)
        return TOO_LARGE;
      if (!read_field (self, line, framing))
        return BROKEN;
    }
  return DONE;
}

/* Where the body goes on after a head that was read. */
static Place
begin_body (OhHttpReply *self, const Framing *framing)
{
  struct OhHttpReader *reader = self->reader;
  gboolean keeps = framing->http_1_0 ? framing->says_keep : TRUE;

  self->keep = keeps && !framing->says_close;
  if (self->status == 204 || self->status == 304)
    return DONE;
  if (framing->chunked)
    {
      self->keep = self->keep && !framing->has_length; /* both is how requests are smuggled */
      return IN_CHUNK_LINE;
    }
  if (!framing->has_length)
    {
      self->keep = FALSE;
      return TO_END;
    }
  reader->left = framing->length;
  if (reader->left > reader->body_max)
    return TOO_LARGE;
  return reader->left > 0 ? IN_LENGTH : DONE;
}

static Place
end_head (OhHttpReply *self)
{
  struct OhHttpReader *reader = self->reader;
  Framing framing = { 0 };
  Place place = read_head (self, &framing);

  g_byte_array_set_size (reader->line, 0);
  if (place != DONE)
    return place;
  if (self->status >= 200)
    return begin_body (self, &framing);
  forget_fields (self);
  if (self->status == 101) /* nobody asked for another protocol */
    return BROKEN;
  self->status = 0;
  return ++reader->n_interim > OH_HTTP_INTERIM_MAX ? TOO_LARGE : IN_HEAD;
}

static gboolean
head_is_whole (const GByteArray *head)
{
  const guint8 *end = head->data + head->len;

  return (head->len >= 2 && memcmp (end - 2, "\n\n", 2) == 0) ||
         (head->len >= 3 && memcmp (end - 3, "\n\r\n", 3) == 0);
}

static void
feed_head (OhHttpReply *self, guint8 octet)
{
  struct OhHttpReader *reader = self->reader;

  if (reader->line->len == 0 && (octet == '\r' || octet == '\n'))
    return; /* blank lines before an answer, RFC 9112 2.2 */
  if (reader->line->len == OH_HTTP_HEAD_MAX)
    {
      reader->place = TOO_LARGE;
      return;
    }
  g_byte_array_append (reader->line, &octet, 1);
  if (octet == '\n' && head_is_whole (reader->line))
    reader->place = end_head (self);
}

/* -- the body --------------------------------------------------------------------------------- */

/* As much of @octets as belongs to the body now; FALSE when that is too much. */
static gboolean
take_body (OhHttpReply *self, OhSlice *octets, guint64 most)
{
  gsize n = (gsize) MIN ((guint64) octets->len, most);

  if (n > self->reader->body_max - self->body->len)
    return FALSE;
  g_byte_array_append (self->body, (const guint8 *) octets->data, (guint) n);
  *octets = oh_slice (octets->data + n, octets->len - n);
  return TRUE;
}

static void
feed_counted (OhHttpReply *self, OhSlice *octets, Place after)
{
  struct OhHttpReader *reader = self->reader;
  gsize before = octets->len;

  if (!take_body (self, octets, reader->left))
    {
      reader->place = TOO_LARGE;
      return;
    }
  reader->left -= before - octets->len;
  if (reader->left == 0)
    reader->place = after;
}

/* "1a;name=value": the size in hex digits, whatever stands behind it. */
static Place
read_chunk_line (struct OhHttpReader *reader)
{
  guint n = 0;

  reader->left = 0;
  for (; n < reader->line->len && g_ascii_isxdigit (reader->line->data[n]); n++)
    {
      reader->left =
        reader->left * 16 + (guint64) g_ascii_xdigit_value ((char) reader->line->data[n]);
      if (reader->left > G_MAXUINT32)
        return TOO_LARGE;
    }
  if (n == 0 || (n < reader->line->len && strchr ("; \t\r", reader->line->data[n]) == NULL))
    return BROKEN;
  return reader->left > 0 ? IN_CHUNK : IN_TRAILER;
}

static void
feed_chunk_line (OhHttpReply *self, guint8 octet)
{
  struct OhHttpReader *reader = self->reader;

  if (octet == '\n')
    {
      reader->place = read_chunk_line (reader);
      g_byte_array_set_size (reader->line, 0);
    }
  else if (reader->line->len == OH_HTTP_CHUNK_LINE_MAX)
    reader->place = TOO_LARGE;
  else
    g_byte_array_append (reader->line, &octet, 1);
}

static void
feed_trailer (OhHttpReply *self, guint8 octet)
{
  struct OhHttpReader *reader = self->reader;

  if (++reader->trailer > OH_HTTP_HEAD_MAX)
    reader->place = TOO_LARGE;
  else if (octet != '\n')
    g_byte_array_append (reader->line, &octet, 1);
  else if (reader->line->len == 0 || (reader->line->len == 1 && reader->line->data[0] == '\r'))
    reader->place = DONE;
  else
    g_byte_array_set_size (reader->line, 0);
}

static void
feed_octet (OhHttpReply *self, guint8 octet)
{
  struct OhHttpReader *reader = self->reader;

  if (reader->place == IN_HEAD)
    feed_head (self, octet);
  else if (reader->place == IN_CHUNK_LINE)
    feed_chunk_line (self, octet);
  else if (reader->place == IN_TRAILER)
    feed_trailer (self, octet);
  else if (octet == '\n') /* IN_CHUNK_END */
    reader->place = IN_CHUNK_LINE;
  else if (octet != '\r')
    reader->place = BROKEN;
}

static OhHttpProgress
progress_of (Place place)
{
  switch (place)
    {
    case DONE: return OH_HTTP_COMPLETE;
    case BROKEN: return OH_HTTP_BROKEN;
    case TOO_LARGE: return OH_HTTP_TOO_LARGE;
    case IN_HEAD:
    case IN_LENGTH:
    case IN_CHUNK_LINE:
    case IN_CHUNK:
    case IN_CHUNK_END:
    case IN_TRAILER:
    case TO_END:
    default: return OH_HTTP_MORE;
    }
}

OhHttpProgress
oh_http_reply_feed (OhHttpReply *self, OhSlice octets)
{
  struct OhHttpReader *reader = self->reader;

  while (octets.len > 0 && progress_of (reader->place) == OH_HTTP_MORE)
    {
      if (reader->place == IN_LENGTH)
        feed_counted (self, &octets, DONE);
      else if (reader->place == IN_CHUNK)
        feed_counted (self, &octets, IN_CHUNK_END);
      else if (reader->place == TO_END)
        {
          if (!take_body (self, &octets, G_MAXUINT64))
            reader->place = TOO_LARGE;
        }
      else
        {
          feed_octet (self, (guint8) octets.data[0]);
          octets = oh_slice (octets.data + 1, octets.len - 1);
        }
    }
  if (octets.len > 0)
    self->keep = FALSE;
  return progress_of (reader->place);
}

OhHttpProgress
oh_http_reply_end (OhHttpReply *self)
{
  struct OhHttpReader *reader = self->reader;

  self->keep = FALSE;
  if (reader->place == TO_END)
    reader->place = DONE;
  else if (progress_of (reader->place) == OH_HTTP_MORE)
    reader->place = BROKEN;
  return progress_of (reader->place);
}
