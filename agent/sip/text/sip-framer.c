/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-framer.h"

#include <string.h>

#include "sip-message.h"

/* Octets of the head with its blank line; 0 when that has not come yet. */
static gsize
head_size (const char *data, gsize len)
{
  const char *end = len > 0 ? memmem (data, MIN (len, OH_SIP_HEAD_MAX), "\r\n\r\n", 4) : NULL;

  return end != NULL ? (gsize) (end - data) + 4 : 0;
}

/* One line of the head, its folds with it, without the line break. */
static OhSlice
eat_line (OhSlice *head)
{
  const char *start = head->data;

  for (;;)
    {
      const char *end = head->len > 0 ? memmem (head->data, head->len, "\r\n", 2) : NULL;
      OhSlice line;

      if (end == NULL)
        {
          line = oh_slice (start, (gsize) (head->data - start) + head->len);
          *head = (OhSlice){ 0 };
          return line;
        }
      line = oh_slice (start, (gsize) (end - start));
      *head = oh_slice (end + 2, head->len - (gsize) (end - head->data) - 2);
      if (head->len == 0 || (head->data[0] != ' ' && head->data[0] != '\t'))
        return line;
    }
}

/* Looks for Content-Length and Content-Type. FALSE when the body's size cannot be known. */
static gboolean
body_size (OhSlice head, guint64 *size)
{
  gboolean has_length = FALSE, has_type = FALSE;

  *size = 0;
  eat_line (&head); /* the start line */
  while (head.len > 0)
    {
      OhSlice value = eat_line (&head);
      OhSlice name = oh_slice_trim (oh_slice_eat_until (&value, ":"));
      guint64 length;

      oh_slice_eat (&value, ':');
      name = oh_sip_header_full_name (name);
      has_type |= oh_slice_equal_case (name, "Content-Type");
      if (!oh_slice_equal_case (name, "Content-Length"))
        continue;
      if (!oh_slice_to_uint (oh_slice_trim (value), OH_SIP_BODY_MAX, &length))
        return FALSE;
      if (has_length && length != *size)
        return FALSE; /* two that differ: somebody wants one message read as two */
      has_length = TRUE;
      *size = length;
    }
  return has_length || !has_type;
}

OhSipFrame
oh_sip_frame (const char *data, gsize len, gsize *skip, gsize *size)
{
  gsize head;
  guint64 body;

  *skip = 0;
  *size = 0;
  while (*skip < len && (data[*skip] == '\r' || data[*skip] == '\n'))
    (*skip)++;
  if (*skip == len)
    return OH_SIP_FRAME_MORE;
  data += *skip;
  len -= *skip;
  head = head_size (data, len);
  if (head == 0)
    return len < OH_SIP_HEAD_MAX ? OH_SIP_FRAME_MORE : OH_SIP_FRAME_BROKEN;
  if (!body_size (oh_slice (data, head - 2), &body)) /* without the blank line */
    return OH_SIP_FRAME_BROKEN;
  *size = head + body;
  return len < *size ? OH_SIP_FRAME_MORE : OH_SIP_FRAME_READY;
}
