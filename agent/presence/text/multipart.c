/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "multipart.h"

#include <string.h>

#include "error.h"
#include "sip-header.h"

/* Returns NULL for the callers' sake. */
static gpointer
refuse (GError **error, const char *why)
{
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "multipart refused: %s", why);
  return NULL;
}

static gboolean
find_boundary (OhSlice content_type, OhSlice *boundary)
{
  oh_slice_eat_until (&content_type, ";");
  return oh_sip_params_get (content_type, "boundary", boundary) && boundary->len > 0 &&
         boundary->len <= OH_MULTIPART_BOUNDARY_MAX;
}

static const char *
find (OhSlice in, OhSlice needle)
{
  return in.len > 0 ? memmem (in.data, in.len, needle.data, needle.len) : NULL;
}

/* Where a delimiter stands: its line, with the line end before it, and whether it closes. */
typedef struct
{
  gsize begin; /* index of the line end before it */
  gsize end;   /* index behind its line */
  gboolean closes;
} Delimiter;

/* The line end before a delimiter belongs to it (RFC 2046 5.1.1). */
static gboolean
begins_line (OhSlice body, gsize at, gsize *out_begin)
{
  *out_begin = at;
  if (at == 0 || body.data[at - 1] == '>')
    return TRUE;
  if (body.data[at - 1] != '\n')
    return FALSE;
  *out_begin = at >= 2 && body.data[at - 2] == '\r' ? at - 2 : at - 1;
  return TRUE;
}

/* "--boundary" ["--"] padding and the line end, or the end of everything. */
static gboolean
ends_line (OhSlice body, gsize at, Delimiter *out)
{
  OhSlice rest = oh_slice (body.data + at, body.len - at);

  out->closes = oh_slice_has_prefix_case (rest, "--");
  if (out->closes)
    rest = oh_slice (rest.data + 2, rest.len - 2);
  oh_slice_eat_space (&rest);
  oh_slice_eat (&rest, '\r');
  out->end = body.len - rest.len;
  if (rest.len == 0)
    return TRUE;
  out->end++;
  return rest.data[0] == '\n' || out->closes;
}

static gboolean
next_delimiter (OhSlice body, gsize from, OhSlice boundary, Delimiter *out)
{
  while (from < body.len)
    {
      OhSlice rest = oh_slice (body.data + from, body.len - from);
      const char *found = find (rest, boundary);
      gsize at;

      if (found == NULL)
        return FALSE;
      at = (gsize) (found - body.data);
      from = at + 1;
      if (at >= 2 && body.data[at - 1] == '-' && body.data[at - 2] == '-' &&
          begins_line (body, at - 2, &out->begin) && ends_line (body, at + boundary.len, out))
        return TRUE;
    }
  return FALSE;
}

static OhSlice
eat_line (OhSlice *cursor)
{
  OhSlice line = oh_slice_eat_until (cursor, "\n");

  oh_slice_eat (cursor, '\n');
  return line;
}

/* Takes a header line together with the lines that continue it. */
static OhSlice
eat_header (OhSlice *cursor, guint *lines)
{
  OhSlice header = eat_line (cursor);

  ++*lines;
  while (oh_slice_trim (header).len > 0 && cursor->len > 0 &&
         (cursor->data[0] == ' ' || cursor->data[0] == '\t') && *lines < OH_MULTIPART_LINES_MAX)
    {
      OhSlice more = eat_line (cursor);

      header.len = (gsize) (more.data + more.len - header.data);
      ++*lines;
    }
  return oh_slice_trim (header);
}

static OhSlice
without_brackets (OhSlice id)
{
  if (id.len >= 2 && id.data[0] == '<' && id.data[id.len - 1] == '>')
    return oh_slice (id.data + 1, id.len - 2);
  return id;
}

static gboolean
read_part (OhSlice text, OhMultipartPart *out, GError **error)
{
  guint lines = 0;

  *out = (OhMultipartPart){ { "", 0 }, { "", 0 }, { "", 0 } };
  while (text.len > 0)
    {
      OhSlice header = eat_header (&text, &lines);
      OhSlice name = oh_slice_trim (oh_slice_eat_until (&header, ":"));

      if (name.len == 0 && header.len == 0)
        break;
      if (lines >= OH_MULTIPART_LINES_MAX)
        return refuse (error, "too many header lines") != NULL;
      oh_slice_eat (&header, ':');
      if (oh_slice_equal_case (name, "Content-Type"))
        out->type = oh_slice_trim (header);
      else if (oh_slice_equal_case (name, "Content-ID"))
        out->id = without_brackets (oh_slice_trim (header));
    }
  out->body = text;
  return TRUE;
}

static gboolean
add_part (GArray *parts, OhSlice text, GError **error)
{
  OhMultipartPart part;

  if (parts->len >= OH_MULTIPART_PARTS_MAX)
    return refuse (error, "too many parts") != NULL;
  if (!read_part (text, &part, error))
    return FALSE;
  g_array_append_val (parts, part);
  return TRUE;
}

GArray *
oh_multipart_split (OhSlice content_type, OhSlice body, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (OhMultipartPart));
  Delimiter here, next = { 0, 0, FALSE };
  OhSlice boundary;
  gboolean more;

  if (!find_boundary (content_type, &boundary))
    return refuse (error, "no boundary");
  if (!next_delimiter (body, 0, boundary, &here))
    return refuse (error, "no part");
  for (; !here.closes; here = next)
    {
      gsize end;

      more = next_delimiter (body, here.end, boundary, &next);
      end = more ? MAX (next.begin, here.end) : body.len;
      if (!add_part (parts, oh_slice (body.data + here.end, end - here.end), error))
        return NULL;
      if (!more)
        break;
    }
  if (parts->len == 0)
    return refuse (error, "no part");
  return g_steal_pointer (&parts);
}

gboolean
oh_multipart_type_is (OhSlice content_type, const char *type)
{
  return oh_slice_equal_case (oh_slice_trim (oh_slice_eat_until (&content_type, ";")), type);
}
