/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "multipart.h"

#include "error.h"

/* Renders the parts as "type|id|body" lines. */
static char *
render (GArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const OhMultipartPart *part = &g_array_index (parts, OhMultipartPart, i);

      g_string_append_printf (text, "[%.*s|%.*s|%.*s]", (int) part->type.len, part->type.data,
                              (int) part->id.len, part->id.data, (int) part->body.len,
                              part->body.data);
    }
  return g_string_free (text, FALSE);
}

static void
test_split (void)
{
  static const struct
  {
    const char *label, *type, *body, *parts;
  } cases[] = {
    { "usual", "multipart/related; type=\"application/rlmi+xml\"; boundary=b1; start=x",
      "--b1\r\nContent-Type: text/plain\r\nContent-ID: <one>\r\n\r\nfirst\r\n"
      "--b1\r\nContent-ID: two\r\ncontent-type:a/b; c=d\r\n\r\nsecond\r\n--b1--\r\n",
      "[text/plain|one|first][a/b; c=d|two|second]" },
    { "quoted boundary", "multipart/related;boundary=\"b 1:?\"", "--b 1:?\r\n\r\nx\r\n--b 1:?--",
      "[||x]" },
    { "name in any case, blanks", "multipart/related ; BOUNDARY = b", "--b\r\n\r\nx\r\n--b--",
      "[||x]" },
    { "preamble and epilogue", "m/r;boundary=b", "hello\r\n--b\r\n\r\nx\r\n--b--\r\nbye\r\n--b\r\n",
      "[||x]" },
    { "bare line feeds", "m/r;boundary=b", "--b\nContent-Type: a/b\n\nx\ny\n--b\n\nz\n--b--\n",
      "[a/b||x\ny][||z]" },
    { "no closing boundary", "m/r;boundary=b", "--b\r\n\r\nx\r\n--b\r\n\r\ny", "[||x][||y]" },
    { "boundary right after the document", "m/r;boundary=b",
      "--b\r\nContent-Transfer-Encoding: binary\r\n\r\n<a/>--b\r\n\r\n<c/>--b--",
      "[||<a/>][||<c/>]" },
    { "boundary inside a line", "m/r;boundary=b", "--b\r\n\r\nx --b\r\ny\r\n--b--",
      "[||x --b\r\ny]" },
    { "longer word than the boundary", "m/r;boundary=b", "--b\r\n\r\nx\r\n--bc\r\ny\r\n--b--",
      "[||x\r\n--bc\r\ny]" },
    { "padding behind the boundary", "m/r;boundary=b", "--b \t\r\n\r\nx\r\n--b-- \r\n", "[||x]" },
    { "folded header", "m/r;boundary=b", "--b\r\nContent-Type: a/b;\r\n c=d\r\n\r\nx\r\n--b--",
      "[a/b;\r\n c=d||x]" },
    { "empty part", "m/r;boundary=b", "--b\r\n\r\n\r\n--b\r\n--b--", "[||][||]" },
    { "header only", "m/r;boundary=b", "--b\r\nContent-Type: a/b\r\n--b--", "[a/b||]" },
    { "line end stays in the body", "m/r;boundary=b", "--b\r\n\r\nx\r\n\r\n--b--", "[||x\r\n]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize len = strlen (cases[i].body);
      g_autofree char *exact = g_memdup2 (cases[i].body, len);
      g_autoptr (GArray) parts =
        oh_multipart_split (oh_slice_str (cases[i].type), oh_slice (exact, len), &error);
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].label);
      g_assert_no_error (error);
      text = render (parts);
      g_assert_cmpstr (text, ==, cases[i].parts);
    }
}

static void
test_octets_of_any_kind (void)
{
  static const char body[] = "--b\r\n\r\n\0\xff\r\n--b--";
  g_autoptr (GArray) parts =
    oh_multipart_split (oh_slice_str ("m/r;boundary=b"), oh_slice (body, sizeof body - 1), NULL);
  const OhMultipartPart *part = &g_array_index (parts, OhMultipartPart, 0);

  g_assert_cmpuint (parts->len, ==, 1);
  g_assert_cmpmem (part->body.data, part->body.len, "\0\xff", 2);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *type, *body;
  } cases[] = {
    { "", "--b\r\n\r\nx\r\n--b--" },
    { "multipart/related", "--b\r\n\r\nx\r\n--b--" },
    { "multipart/related;boundary=", "--\r\n\r\nx\r\n----" },
    { "multipart/related;boundary", "--b\r\n\r\nx\r\n--b--" },
    { "multipart/related;boundary=b", "" },
    { "multipart/related;boundary=b", "x" },
    { "multipart/related;boundary=b", "--" },
    { "multipart/related;boundary=b", "--b--" },
    { "multipart/related;boundary=b", "--c\r\n\r\nx\r\n--c--" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s %s", cases[i].type, cases[i].body);
      g_assert_null (
        oh_multipart_split (oh_slice_str (cases[i].type), oh_slice_str (cases[i].body), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

static gboolean
taken (const char *boundary, const char *body)
{
  g_autofree char *type = g_strdup_printf ("multipart/related;boundary=%s", boundary);
  g_autoptr (GArray) parts = oh_multipart_split (oh_slice_str (type), oh_slice_str (body), NULL);

  return parts != NULL;
}

static char *
parts_of (guint n, guint lines)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (body, "--b\r\n");
      for (guint j = 0; j < lines; j++)
        g_string_append (body, "X: y\r\n");
      g_string_append (body, "\r\nx\r\n");
    }
  return g_string_free (g_string_append (body, "--b--"), FALSE);
}

static void
test_limits (void)
{
  g_autofree char *boundary = g_strnfill (OH_MULTIPART_BOUNDARY_MAX + 1, 'b');
  g_autofree char *beyond = g_strdup_printf ("--%s\r\n\r\nx", boundary);
  g_autofree char *at = g_strdup_printf ("--%s\r\n\r\nx", boundary + 1);
  g_autofree char *parts = parts_of (OH_MULTIPART_PARTS_MAX, 0);
  g_autofree char *more_parts = parts_of (OH_MULTIPART_PARTS_MAX + 1, 0);
  g_autofree char *lines = parts_of (1, OH_MULTIPART_LINES_MAX - 1); /* and the blank one */
  g_autofree char *more_lines = parts_of (1, OH_MULTIPART_LINES_MAX);

  g_assert_true (taken (boundary + 1, at));
  g_assert_false (taken (boundary, beyond));
  g_assert_true (taken ("b", parts));
  g_assert_false (taken ("b", more_parts));
  g_assert_true (taken ("b", lines));
  g_assert_false (taken ("b", more_lines));
}

static void
test_type_is (void)
{
  g_assert_true (oh_multipart_type_is (oh_slice_str ("a/b"), "a/b"));
  g_assert_true (oh_multipart_type_is (oh_slice_str (" A/B ; c=d"), "a/b"));
  g_assert_false (oh_multipart_type_is (oh_slice_str ("a/bc"), "a/b"));
  g_assert_false (oh_multipart_type_is (oh_slice_str (""), "a/b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multipart/split", test_split);
  g_test_add_func ("/multipart/octets-of-any-kind", test_octets_of_any_kind);
  g_test_add_func ("/multipart/refused", test_refused);
  g_test_add_func ("/multipart/limits", test_limits);
  g_test_add_func ("/multipart/type-is", test_type_is);
  return g_test_run ();
}
