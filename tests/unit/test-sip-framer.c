/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-framer.h"

#include <string.h>

#include "sip-message.h"

#define START "OPTIONS sip:a@b SIP/2.0\r\n"

/* Copies to an allocation of the exact size, so that one octet too far is caught. */
static OhSipFrame
frame (const char *text, gsize len, gsize *skip, gsize *size)
{
  g_autofree char *exact = len > 0 ? g_memdup2 (text, len) : NULL;

  *size = 0;
  return oh_sip_frame (exact, len, skip, size);
}

static void
test_table (void)
{
  /* clang-format off */
  static const struct { const char *text; OhSipFrame result; gsize skip, size; } cases[] = {
    { "", OH_SIP_FRAME_MORE, 0, 0 },
    { "\r\n\r\n", OH_SIP_FRAME_MORE, 4, 0 },
    { "\r\n\r\nOPT", OH_SIP_FRAME_MORE, 4, 0 },
    { START "\r\n", OH_SIP_FRAME_READY, 0, 27 },
    { "\r\n\n\r" START "\r\nmore", OH_SIP_FRAME_READY, 4, 27 },
    { START "Content-Length: 0\r\n\r\n", OH_SIP_FRAME_READY, 0, 46 },
    { START "CONTENT-LENGTH :3\r\n\r\nab", OH_SIP_FRAME_MORE, 0, 49 },
    { START "CONTENT-LENGTH :3\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 49 },
    { START "CONTENT-LENGTH :3\r\n\r\nabcd", OH_SIP_FRAME_READY, 0, 49 },
    { START "l: 3\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 36 },
    { START "Content-Length:\r\n 3\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 51 },
    { START "X: y\r\n Content-Length: 9\r\nl: 3\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 62 },
    { START "l: 3\r\nContent-Length: 3\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 55 },
    { START "l: 3\r\nContent-Length: 4\r\n\r\nabcd", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "l: 3\r\nl: 03\r\n\r\nabc", OH_SIP_FRAME_READY, 0, 43 },
    { START "Content-Length: -1\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "Content-Length: 1 1\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "Content-Length:\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "Content-Length\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "Content-Length: 99999999999999999999\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "Content-Type: text/plain\r\n\r\nabc", OH_SIP_FRAME_BROKEN, 0, 0 },
    { START "c: text/plain\r\n\r\n", OH_SIP_FRAME_BROKEN, 0, 0 },
    { "Content-Length: 5\r\n\r\n", OH_SIP_FRAME_READY, 0, 21 }, /* a start line, whatever it says */
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize skip, size;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (frame (cases[i].text, strlen (cases[i].text), &skip, &size), ==,
                       cases[i].result);
      g_assert_cmpuint (skip, ==, cases[i].skip);
      g_assert_cmpuint (size, ==, cases[i].size);
    }
}

static GString *
message_with_head (gsize head)
{
  GString *text = g_string_new (START "X: ");

  while (text->len < head - 4)
    g_string_append_c (text, 'x');
  return g_string_append (text, "\r\n\r\n");
}

static void
test_head_limit (void)
{
  g_autoptr (GString) most = message_with_head (OH_SIP_HEAD_MAX);
  g_autoptr (GString) over = message_with_head (OH_SIP_HEAD_MAX + 1);
  gsize skip, size;

  g_assert_cmpint (frame (most->str, most->len, &skip, &size), ==, OH_SIP_FRAME_READY);
  g_assert_cmpuint (size, ==, OH_SIP_HEAD_MAX);
  g_assert_cmpint (frame (most->str, OH_SIP_HEAD_MAX - 1, &skip, &size), ==, OH_SIP_FRAME_MORE);
  g_assert_cmpint (frame (over->str, over->len, &skip, &size), ==, OH_SIP_FRAME_BROKEN);
  g_assert_cmpint (frame (over->str, OH_SIP_HEAD_MAX, &skip, &size), ==, OH_SIP_FRAME_BROKEN);
}

static void
test_body_limit (void)
{
  g_autofree char *most = g_strdup_printf (START "l: %u\r\n\r\n", OH_SIP_BODY_MAX);
  g_autofree char *over = g_strdup_printf (START "l: %u\r\n\r\n", OH_SIP_BODY_MAX + 1);
  g_autoptr (GString) full = g_string_new (most);
  gsize skip, size;

  g_string_set_size (full, strlen (most) + OH_SIP_BODY_MAX);
  g_assert_cmpint (frame (most, strlen (most), &skip, &size), ==, OH_SIP_FRAME_MORE);
  g_assert_cmpuint (size, ==, full->len); /* known before it is there */
  g_assert_cmpint (frame (full->str, full->len, &skip, &size), ==, OH_SIP_FRAME_READY);
  g_assert_cmpint (frame (full->str, full->len - 1, &skip, &size), ==, OH_SIP_FRAME_MORE);
  g_assert_cmpint (frame (over, strlen (over), &skip, &size), ==, OH_SIP_FRAME_BROKEN);
}

/* Frames a stream in steps of so many octets; the messages, one per line, lengths only. */
static char *
frame_in_steps (GString *stream, gsize step)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) buffer = g_string_new (NULL);

  for (gsize at = 0; at < stream->len; at += step)
    {
      gsize skip, size;

      g_string_append_len (buffer, stream->str + at, (gssize) MIN (step, stream->len - at));
      while (frame (buffer->str, buffer->len, &skip, &size) == OH_SIP_FRAME_READY)
        {
          g_string_append_printf (out, "%.*s\n--\n", (int) size, buffer->str + skip);
          g_string_erase (buffer, 0, (gssize) (skip + size));
        }
    }
  g_string_append_printf (out, "left: %s", buffer->str);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_any_cut (void)
{
  g_autoptr (GString) stream = g_string_new ("\r\n\r\n");
  g_autofree char *whole = NULL;

  g_string_append (stream, START "l: 5\r\n\r\nab\r\n\r");
  g_string_append (stream, START "\r\n\r\n\r\n");
  g_string_append (stream, "SIP/2.0 200 OK\r\nContent-Length: 4\r\n\r\n\r\n\r\n");
  g_string_append (stream, START "l:");
  whole = frame_in_steps (stream, stream->len);
  g_assert_nonnull (strstr (whole, "left: OPTIONS"));
  for (gsize step = 1; step < stream->len; step++)
    {
      g_autofree char *cut = frame_in_steps (stream, step);
      char *left = strstr (cut, "left: ");

      /* keep-alives at the end may wait or not, the messages are the same */
      g_assert_cmpint (strncmp (cut, whole, (gsize) (left - cut)), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-framer/table", test_table);
  g_test_add_func ("/sip-framer/head-limit", test_head_limit);
  g_test_add_func ("/sip-framer/body-limit", test_body_limit);
  g_test_add_func ("/sip-framer/any-cut", test_any_cut);
  return g_test_run ();
}
