/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mend.h"

#include <string.h>

#define CRLF "\r\n"
/* Empty lines that a page may have put after each line. */
#define SPACING_MAX 4u

typedef struct
{
  const OhTraceRecord *record; /* (unowned) */
  OhSlice rest;                /* lines not yet looked at */
  GString *head;               /* (owned): lines with CRLF between them, none at the end */
  gsize line_at;               /* where the last line of head begins */
  GString *body;               /* (owned) */
  gboolean is_quoted;          /* it has a quote that is not closed */
  gboolean in_token;           /* that of a gssapi-data */
  gssize length;               /* Content-Length; -1 for none */
  gboolean has_type;           /* Content-Type was there */
} Mender;

static void
mender_clear (Mender *self)
{
  g_string_free (self->head, TRUE);
  g_string_free (self->body, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mender, mender_clear)

static gboolean
next_line (OhSlice *rest, OhSlice *line)
{
  const char *end;

  if (rest->len == 0)
    return FALSE;
  end = memchr (rest->data, '\n', rest->len);
  *line = oh_slice (rest->data, end != NULL ? (gsize) (end - rest->data) : rest->len);
  *rest = oh_slice (line->data + line->len + (end != NULL), rest->len - line->len - (end != NULL));
  return TRUE;
}

/* --- characters ---------------------------------------------------------------------------- */

/* What mail programs, word processors and web pages write instead of what stood there. */
static const struct
{
  const char *from;
  const char *to;
} substitutes[] = {
  { "\xe2\x80\x9c", "\"" }, { "\xe2\x80\x9d", "\"" }, { "\xe2\x80\x9e", "\"" },
  { "\xc2\xab", "\"" },     { "\xc2\xbb", "\"" },     { "\xe2\x80\x98", "'" },
  { "\xe2\x80\x99", "'" },  { "\xc2\xa0", " " },      { "\xe2\x80\xaf", " " },
  { "\xe2\x80\x93", "-" },  { "\xe2\x80\x91", "-" },  { "\xe2\x80\x8b", "" },
  { "\xc2\xad", "" },       { "\xef\xbb\xbf", "" },   { "&lt;", "<" },
  { "&gt;", ">" },          { "&quot;", "\"" },       { "&ldquo;", "\"" },
  { "&rdquo;", "\"" },      { "&apos;", "'" },        { "&#39;", "'" },
  { "&#34;", "\"" },        { "&#x22;", "\"" },       { "&#160;", " " },
  { "&nbsp;", " " },        { "&amp;", "&" },         { "<br>", "" },
  { "<br/>", "" },          { "<br />", "" },         { "</p>", "" },
  { "</pre>", "" },         { "</div>", "" },         { "</span>", "" },
};

static gboolean
has_foreign (OhSlice line)
{
  for (gsize i = 0; i < line.len; i++)
    if ((guint8) line.data[i] >= 0x80 || line.data[i] == '&')
      return TRUE;
  return line.len > 4 && (memmem (line.data, line.len, "<br", 3) != NULL ||
                          memmem (line.data, line.len, "</", 2) != NULL);
}

static void
append_plain (GString *out, OhSlice line)
{
  gsize at = 0;

  while (at < line.len)
    {
      gsize i, n = 0;

      for (i = 0; i < G_N_ELEMENTS (substitutes); i++)
        {
          n = strlen (substitutes[i].from);
          if (n <= line.len - at && memcmp (line.data + at, substitutes[i].from, n) == 0)
            break;
        }
      if (i < G_N_ELEMENTS (substitutes))
        g_string_append (out, substitutes[i].to);
      else
        g_string_append_c (out, line.data[at]);
      at += i < G_N_ELEMENTS (substitutes) ? n : 1;
    }
}

/* --- lines of the head --------------------------------------------------------------------- */

/* Names that a line certainly begins a header with, whatever stands around it. */
static const char *const known_names[] = {
  "Via",
  "From",
  "To",
  "Call-ID",
  "CSeq",
  "Contact",
  "Max-Forwards",
  "Content-Type",
  "Content-Length",
  "Event",
  "Expires",
  "Date",
  "User-Agent",
  "Server",
  "WWW-Authenticate",
  "Authorization",
  "Proxy-Authenticate",
  "Proxy-Authorization",
  "Authentication-Info",
  "Proxy-Authentication-Info",
  "Record-Route",
  "Route",
  "Require",
  "Supported",
  "Allow",
  "Allow-Events",
  "Accept",
  "Retry-After",
  "Warning",
  "Reason",
  "Subscription-State",
  "ms-diagnostics",
  "ms-diagnostics-public",
  "ms-client-diagnostics",
  "ms-keep-alive",
  "ms-user-logon-data",
};

static gboolean
is_known (OhSlice name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_names); i++)
    if (oh_slice_equal_case (name, known_names[i]))
      return TRUE;
  return FALSE;
}

/* "Name:" in front; an address that a line was wrapped before looks the same and is none. */
static gboolean
header_name (OhSlice line, OhSlice *name)
{
  static const char *const schemes[] = { "sip", "sips", "tel", "http", "https", "urn", "mailto" };
  OhSlice cursor = line;

  *name = oh_slice_eat_token (&cursor);
  (void) oh_slice_eat_space (&cursor);
  if (name->len == 0 || !oh_slice_eat (&cursor, ':') || !g_ascii_isalpha (name->data[0]))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (oh_slice_equal_case (*name, schemes[i]))
      return FALSE;
  return TRUE;
}

static gboolean
ends_with (const GString *text, const char *end, gsize len)
{
  return text->len >= len && memcmp (text->str + text->len - len, end, len) == 0;
}

/* Appends to the last line of the head, and keeps account of its quotes: looking back each time
 * would cost the square of what a hostile trace has. */
static void
append_head (Mender *self, OhSlice text)
{
  static const char token[] = "gssapi-data=";

  for (gsize i = 0; i < text.len; i++)
    {
      if (text.data[i] == '"' && !self->is_quoted)
        self->in_token = ends_with (self->head, token, sizeof token - 1);
      self->is_quoted ^= text.data[i] == '"';
      self->in_token &= self->is_quoted;
      g_string_append_c (self->head, text.data[i]);
    }
}

/* A token was cut somewhere, words were cut between two. */
static void
join (Mender *self, OhSlice line)
{
  if (self->head->len > OH_SIP_HEAD_MAX)
    return; /* too long to be taken for a message */
  if (!self->in_token)
    g_string_append_c (self->head, ' ');
  append_head (self, line);
}

static void
add_header (Mender *self, OhSlice line)
{
  OhSlice name, value;
  guint64 length;

  if (!header_name (line, &name) || (!is_known (name) && self->is_quoted))
    {
      if (self->line_at > 0 && line.len > 0)
        join (self, line);
      return;
    }
  value = line;
  (void) oh_slice_eat_until (&value, ":");
  (void) oh_slice_eat (&value, ':');
  if (oh_slice_equal_case (name, "Content-Length") || oh_slice_equal_case (name, "l"))
    {
      if (oh_slice_to_uint (oh_slice_trim (value), OH_SIP_BODY_MAX, &length))
        self->length = (gssize) length;
      return;
    }
  self->has_type |= oh_slice_equal_case (name, "Content-Type") || oh_slice_equal_case (name, "c");
  g_string_append (self->head, CRLF);
  self->line_at = self->head->len;
  self->is_quoted = self->in_token = FALSE;
  append_head (self, line);
}

/* Where the next header begins in a line that has several: a blank and a known name. */
static gsize
next_name (OhSlice line)
{
  for (gsize i = 1; i < line.len; i++)
    {
      OhSlice name;

      if (line.data[i - 1] == ' ' && g_ascii_isalpha (line.data[i]) &&
          header_name (oh_slice (line.data + i, line.len - i), &name) && is_known (name))
        return i;
    }
  return line.len;
}

static void
add_start (Mender *self, OhSlice line)
{
  gsize end = next_name (line);

  line = oh_slice_trim (oh_slice (line.data, end));
  if (oh_slice_has_prefix_case (line, "HTTP/1."))
    g_string_append_printf (self->head, "SIP/2.0%.*s", (int) (line.len - 8), line.data + 8);
  else if (line.len > 9 &&
           oh_slice_has_prefix_case (oh_slice (line.data + line.len - 8, 8), "HTTP/1."))
    g_string_append_printf (self->head, "%.*sSIP/2.0", (int) (line.len - 8), line.data);
  else
    g_string_append_len (self->head, line.data, (gssize) line.len);
}

/* A line that has all the headers in it; usually just one. */
static void
add_headers (Mender *self, OhSlice line, gboolean several)
{
  while (line.len > 0)
    {
      gsize end = several ? next_name (line) : line.len;

      add_header (self, oh_slice_trim (oh_slice (line.data, end)));
      line = oh_slice (line.data + end, line.len - end);
    }
}

/* --- a message ----------------------------------------------------------------------------- */

/* Without what the log or the mail put in front. */
static OhSlice
clean (const Mender *self, OhSlice line)
{
  if (self->record->source == OH_TRACE_OWN)
    return oh_trace_body_line (line);
  return oh_trace_unquote (line);
}

/* An empty line ends the head unless a header follows that no body begins with: then the page
 * had an empty line after every line. */
static gboolean
is_spacing (const Mender *self)
{
  OhSlice rest = self->rest;
  OhSlice line, name;

  if (self->record->source == OH_TRACE_OWN)
    return FALSE;
  for (guint i = 0; i < SPACING_MAX && next_line (&rest, &line); i++)
    {
      line = clean (self, line);
      if (line.len > 0)
        return header_name (line, &name) && is_known (name);
    }
  return FALSE;
}

/* "Start-Line: REGISTER …" after what the log knows of the connection. */
static gboolean
find_start (Mender *self, OhSlice *start)
{
  OhSlice line;

  while (next_line (&self->rest, &line))
    {
      line = oh_slice_trim (clean (self, line));
      if (oh_slice_has_prefix_case (line, "Start-Line:"))
        *start = oh_slice_trim (oh_slice (line.data + 11, line.len - 11));
      else if (self->record->source != OH_TRACE_FRONT_END && line.len > 0)
        *start = line;
      else
        continue;
      return TRUE;
    }
  return FALSE;
}

static void
add_line (Mender *self, OhSlice line, gboolean several)
{
  g_autoptr (GString) mended = NULL;

  if (self->record->source != OH_TRACE_OWN && has_foreign (line))
    {
      mended = g_string_sized_new (line.len);
      append_plain (mended, line);
      line = oh_slice (mended->str, mended->len);
    }
  add_headers (self, line, several);
}

static void
read_start (Mender *self, OhSlice start, gboolean *several)
{
  g_autoptr (GString) mended = g_string_sized_new (start.len);
  OhSlice more;

  append_plain (mended, start);
  if (self->record->source == OH_TRACE_PLAIN && strstr (mended->str, "SIP/2.0") == NULL &&
      strstr (mended->str, "HTTP/1.") == NULL && next_line (&self->rest, &more))
    {
      more = clean (self, more);
      g_string_append_printf (mended, "%s%.*s",
                              oh_slice_has_prefix_case (more, "SIP/2.0") ? " " : "", (int) more.len,
                              more.data);
    }
  start = oh_slice (mended->str, mended->len);
  *several = next_name (start) < start.len;
  add_start (self, start);
  if (*several)
    add_headers (self, oh_slice (start.data + next_name (start), start.len - next_name (start)),
                 TRUE);
}

static void
read_body (Mender *self, OhSlice first)
{
  OhSlice line = first;

  do
    {
      if (self->body->len > 0 || line.len > 0)
        {
          g_string_append_len (self->body, line.data != NULL ? line.data : "", (gssize) line.len);
          g_string_append (self->body, CRLF);
        }
      if (!next_line (&self->rest, &line))
        return;
      line = clean (self, line);
    }
  while (self->body->len < OH_SIP_BODY_MAX / 2);
}

static void
read_head (Mender *self, gboolean several)
{
  OhSlice line;

  while (next_line (&self->rest, &line))
    {
      gboolean is_fold = line.len > 0 && (line.data[0] == ' ' || line.data[0] == '\t') &&
                         self->record->source != OH_TRACE_PLAIN;

      line = oh_slice_trim (clean (self, line));
      if (is_fold && self->line_at > 0)
        join (self, line);
      else if (self->record->source == OH_TRACE_FRONT_END &&
               oh_slice_has_prefix_case (line, "Message-Body:"))
        {
          line = oh_slice_trim (oh_slice (line.data + 13, line.len - 13));
          if (!oh_slice_equal (line, "-") && !oh_slice_equal (line, "\xe2\x80\x93"))
            read_body (self, line);
          return;
        }
      else if (line.len > 0 && !oh_slice_equal (line, ">"))
        add_line (self, line, several);
      else if (!is_spacing (self))
        {
          read_body (self, oh_slice (NULL, 0));
          return;
        }
    }
}

/* What the message says of its length decides, as far as it can: what a mail has after it is no
 * body. */
static void
cut_body (Mender *self)
{
  if (self->length >= 0 && self->body->len > (gsize) self->length)
    g_string_truncate (self->body, (gsize) self->length);
  if (self->length < 0 && !self->has_type)
    g_string_truncate (self->body, 0);
}

OhSipMessage *
oh_trace_mend (const OhTraceRecord *record, gboolean *is_http)
{
  g_auto (Mender) self = { .record = record,
                           .rest = record->text,
                           .head = g_string_sized_new (record->text.len + 64),
                           .body = g_string_new (NULL),
                           .length = -1 };
  g_autoptr (GBytes) bytes = NULL;
  OhSlice start;
  gboolean several;

  *is_http = FALSE;
  if (!find_start (&self, &start))
    return NULL;
  *is_http = start.len > 8 && memmem (start.data, start.len, "HTTP/1.", 7) != NULL;
  read_start (&self, start, &several);
  read_head (&self, several);
  cut_body (&self);
  g_string_append_printf (self.head, CRLF "Content-Length: %" G_GSIZE_FORMAT CRLF CRLF,
                          self.body->len);
  g_string_append_len (self.head, self.body->str, (gssize) self.body->len);
  bytes = g_bytes_new (self.head->str, self.head->len);
  return oh_sip_message_parse (bytes, NULL);
}
