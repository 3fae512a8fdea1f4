/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-reply.h"

#include <string.h>

#define BODY_MAX 64

/* All at once, or octet by octet; then the connection is closed if there is more to come. */
static OhHttpProgress
read_text (OhHttpReply *reply, const char *text, gsize len, gsize portion, gboolean *closed)
{
  OhHttpProgress progress = OH_HTTP_MORE;

  for (gsize at = 0; at < len && progress == OH_HTTP_MORE; at += portion)
    progress = oh_http_reply_feed (reply, oh_slice (text + at, MIN (portion, len - at)));
  *closed = progress == OH_HTTP_MORE;
  return *closed ? oh_http_reply_end (reply) : progress;
}

static void
test_replies (void)
{
  static const struct
  {
    const char *text;
    OhHttpProgress progress;
    guint status;
    const char *body;
    gboolean keep;
  } rows[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", OH_HTTP_COMPLETE, 200, "hi", TRUE },
    { "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", OH_HTTP_COMPLETE, 200, "", TRUE },
    { "\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 2\n\nhi", OH_HTTP_COMPLETE, 200, "hi", TRUE },
    { "HTTP/1.1 204 No Content\r\n\r\n", OH_HTTP_COMPLETE, 204, "", TRUE },
    { "HTTP/1.1 302 Found\r\nLocation: index.htm\r\nContent-Length: 0\r\n\r\n", OH_HTTP_COMPLETE,
      302, "", TRUE },
    { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", OH_HTTP_COMPLETE, 200,
      "x", FALSE },
    { "HTTP/1.1 200 OK\r\nConnection: Foo, Close\r\nContent-Length: 1\r\n\r\nx", OH_HTTP_COMPLETE,
      200, "x", FALSE },
    { "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", OH_HTTP_COMPLETE, 200, "x", FALSE },
    { "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", OH_HTTP_COMPLETE,
      200, "x", TRUE },
    /* no length: to the end */
    { "HTTP/1.1 200 OK\r\n\r\nhi", OH_HTTP_COMPLETE, 200, "hi", FALSE },
    /* chunks */
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\nhi\r\n0A;x=y\r\n0123456789\r\n0\r\n\r\n",
      OH_HTTP_COMPLETE, 200, "hi0123456789", TRUE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n0\nTrailer: y\n\n",
      OH_HTTP_COMPLETE, 200, "x", TRUE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: "
      "chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
      OH_HTTP_COMPLETE, 200, "x", FALSE },
    /* interim ones */
    { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
      OH_HTTP_COMPLETE, 200, "x", TRUE },
    /* cut off */
    { "", OH_HTTP_BROKEN, 0, "", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Ty", OH_HTTP_BROKEN, 0, "", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\nhi", OH_HTTP_BROKEN, 200, "hi", FALSE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhi", OH_HTTP_BROKEN, 200, "hi",
      FALSE },
    /* contradictions */
    { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhi", OH_HTTP_BROKEN, 200,
      "", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", OH_HTTP_BROKEN, 200, "", FALSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n", OH_HTTP_BROKEN, 200, "", FALSE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", OH_HTTP_BROKEN, 200, "", FALSE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", OH_HTTP_BROKEN, 200, "",
      FALSE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n", OH_HTTP_BROKEN, 200, "x",
      FALSE },
    { "HTTP/1.1 101 Switching Protocols\r\n\r\n", OH_HTTP_BROKEN, 101, "", FALSE },
    { "HTTP/1.1 099 Odd\r\n\r\n", OH_HTTP_BROKEN, 0, "", FALSE },
    { "HTTP/1.1 2000 Odd\r\n\r\n", OH_HTTP_BROKEN, 0, "", FALSE },
    { "HTTP/2 200\r\n\r\n", OH_HTTP_BROKEN, 0, "", FALSE },
    { "220 mail.example ESMTP\r\n\r\n", OH_HTTP_BROKEN, 0, "", FALSE },
    { "<HTML>\n\n", OH_HTTP_BROKEN, 0, "", FALSE },
    /* beyond the limits */
    { "HTTP/1.1 200 OK\r\nContent-Length: 65\r\n\r\n", OH_HTTP_TOO_LARGE, 200, "", FALSE },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", OH_HTTP_TOO_LARGE, 200,
      "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize portion = 1; portion <= 1024; portion += 1023)
      {
        g_autoptr (OhHttpReply) reply = oh_http_reply_new (BODY_MAX);
        gboolean closed;

        g_test_message ("%s", rows[i].text);
        g_assert_cmpint (read_text (reply, rows[i].text, strlen (rows[i].text), portion, &closed),
                         ==, rows[i].progress);
        g_assert_cmpuint (reply->status, ==, rows[i].status);
        g_assert_cmpmem (reply->body->data, reply->body->len, rows[i].body, strlen (rows[i].body));
        if (rows[i].progress == OH_HTTP_COMPLETE)
          g_assert_cmpint (reply->keep, ==, rows[i].keep);
      }
}

static void
test_fields (void)
{
  static const char text[] = "HTTP/1.1 401 Unauthorized\r\n"
                             "server:snom embedded \r\n"
                             "WWW-Authenticate: Digest realm=\"snom\",\r\n"
                             "\tnonce=\"n\"\r\n"
                             "Set-Cookie: session=1\r\n"
                             "WWW-AUTHENTICATE: Basic realm=\"snom\"\r\n"
                             "Location: /first\r\n"
                             "Location: /second\r\n"
                             "no field at all\r\n"
                             "Authentication-Info: nextnonce=\"m\"\r\n"
                             "Content-Length: 0\r\n\r\n";
  g_autoptr (OhHttpReply) reply = oh_http_reply_new (BODY_MAX);

  g_assert_cmpint (oh_http_reply_feed (reply, oh_slice_str (text)), ==, OH_HTTP_COMPLETE);
  g_assert_cmpstr (reply->server, ==, "snom embedded");
  g_assert_cmpstr (reply->challenge, ==,
                   "Digest realm=\"snom\",  \tnonce=\"n\", Basic realm=\"snom\"");
  g_assert_cmpstr (reply->location, ==, "/first");
  g_assert_cmpstr (reply->info, ==, "nextnonce=\"m\"");
}

/* What stands behind the answer was asked for by nobody: the connection is not used again. */
static void
test_surplus (void)
{
  g_autoptr (OhHttpReply) reply = oh_http_reply_new (BODY_MAX);
  static const char text[] =
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  g_assert_cmpint (oh_http_reply_feed (reply, oh_slice_str (text)), ==, OH_HTTP_COMPLETE);
  g_assert_cmpuint (reply->body->len, ==, 1);
  g_assert_false (reply->keep);
}

static char *
head_of (gsize octets)
{
  static const char start[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
  g_autofree char *fill = g_strnfill (octets - strlen (start) - strlen ("\r\n\r\n"), 'x');

  return g_strconcat (start, fill, "\r\n\r\n", NULL);
}

static char *
with_fields (guint n)
{
  GString *text = g_string_new ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");

  for (guint i = 1; i < n; i++)
    g_string_append (text, "X: y\r\n");
  g_string_append (text, "\r\n");
  return g_string_free (text, FALSE);
}

static char *
with_interim (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, "HTTP/1.1 103 Early Hints\r\n\r\n");
  g_string_append (text, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  return g_string_free (text, FALSE);
}

static char *
with_chunk_line (gsize octets)
{
  g_autofree char *fill = g_strnfill (octets - strlen ("1; "), 'x');

  return g_strconcat ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1; ", fill,
                      "\nx\r\n0\r\n\r\n", NULL);
}

static char *
with_trailer (gsize octets)
{
  g_autofree char *fill = g_strnfill (octets - strlen ("X: \n\n"), 'x');

  return g_strconcat ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", fill, "\n\n",
                      NULL);
}

/* Chunks that are @octets together, without a promise how many. */
static char *
with_chunks (gsize octets)
{
  GString *text = g_string_new ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

  for (gsize i = 0; i < octets; i++)
    g_string_append (text, "1\r\nx\r\n");
  g_string_append (text, "0\r\n\r\n");
  return g_string_free (text, FALSE);
}

static char *
with_page (gsize octets)
{
  g_autofree char *fill = g_strnfill (octets, 'x');

  return g_strconcat ("HTTP/1.1 200 OK\r\n\r\n", fill, NULL);
}

static char *
with_fields_size (gsize n)
{
  return with_fields ((guint) n);
}

static char *
with_interim_size (gsize n)
{
  return with_interim ((guint) n);
}

/* Each limit holds, and one beyond does not. */
static void
test_limits (void)
{
  static const struct
  {
    char *(*make) (gsize n);
    gsize limit;
  } limits[] = {
    { head_of, OH_HTTP_HEAD_MAX },
    { with_fields_size, OH_HTTP_FIELDS_MAX },
    { with_interim_size, OH_HTTP_INTERIM_MAX },
    { with_chunk_line, OH_HTTP_CHUNK_LINE_MAX },
    { with_trailer, OH_HTTP_HEAD_MAX },
    { with_chunks, BODY_MAX },
    { with_page, BODY_MAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *last = limits[i].make (limits[i].limit);
      g_autofree char *over = limits[i].make (limits[i].limit + 1);
      g_autoptr (OhHttpReply) good = oh_http_reply_new (BODY_MAX);
      g_autoptr (OhHttpReply) bad = oh_http_reply_new (BODY_MAX);
      gboolean closed;

      g_test_message ("limit %zu", i);
      g_assert_cmpint (read_text (good, last, strlen (last), 4096, &closed), ==, OH_HTTP_COMPLETE);
      g_assert_cmpint (read_text (bad, over, strlen (over), 4096, &closed), ==, OH_HTTP_TOO_LARGE);
      g_assert_false (closed);
      g_assert_cmpuint (bad->body->len, <=, BODY_MAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-reply/replies", test_replies);
  g_test_add_func ("/http-reply/fields", test_fields);
  g_test_add_func ("/http-reply/surplus", test_surplus);
  g_test_add_func ("/http-reply/limits", test_limits);
  return g_test_run ();
}
