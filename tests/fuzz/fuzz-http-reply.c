/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-reply.h"

#include <string.h>

#define BODY_MAX 256

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static OhHttpProgress
feed_all (OhHttpReply *reply, const guint8 *data, gsize size, gsize portion)
{
  OhHttpProgress progress = OH_HTTP_MORE;

  for (gsize at = 0; at < size && progress == OH_HTTP_MORE; at += portion)
    progress =
      oh_http_reply_feed (reply, oh_slice ((const char *) data + at, MIN (portion, size - at)));
  return progress == OH_HTTP_MORE ? oh_http_reply_end (reply) : progress;
}

/* Whatever comes, in whatever portions, means the same, and ends within the limits. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhHttpReply) whole = oh_http_reply_new (BODY_MAX);
  g_autoptr (OhHttpReply) parts = oh_http_reply_new (BODY_MAX);
  OhHttpProgress progress = feed_all (whole, data, size, MAX (size, 1));

  g_assert_cmpint (feed_all (parts, data, size, 3), ==, progress);
  g_assert_cmpint (progress, !=, OH_HTTP_MORE);
  g_assert_cmpuint (whole->body->len, <=, BODY_MAX);
  g_assert_cmpuint (parts->status, ==, whole->status);
  g_assert_cmpstr (parts->challenge, ==, whole->challenge);
  if (progress == OH_HTTP_COMPLETE)
    {
      g_assert_cmpuint (whole->status, >=, 200);
      g_assert_cmpmem (parts->body->data, parts->body->len, whole->body->data, whole->body->len);
    }
  return 0;
}
