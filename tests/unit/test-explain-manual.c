/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of findings in offhook-explain(1) is the table of diagnostic-code.h, word for word.
 * Where it is not, the list as it should be is in the file that OH_WRITE names. */

#include "diagnostic-code.h"

#include <string.h>

#define BEGIN ".\\\" findings\n"
#define END ".\\\" end of findings\n"

/* roff takes a backslash, and a dot or an apostrophe in front, for its own. */
static void
append_roff (GString *out, const char *text, const char *end)
{
  static const struct
  {
    const char *from;
    const char *to;
  } special[] = {
    { "\\", "\\e" }, { "“", "\\(lq" }, { "”", "\\(rq" }, { "…", "\\&..." }, { "–", "\\(en" },
  };

  if (*text == '.' || *text == '\'')
    g_string_append (out, "\\&");
  while (*text != '\0')
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (special) && !g_str_has_prefix (text, special[i].from))
        i++;
      g_string_append_len (out, i < G_N_ELEMENTS (special) ? special[i].to : text,
                           i < G_N_ELEMENTS (special) ? -1 : 1);
      text += i < G_N_ELEMENTS (special) ? strlen (special[i].from) : 1;
    }
  g_string_append (out, end);
}

static char *
make_list (void)
{
  GString *out = g_string_new (BEGIN ".Bl -tag -width Ds\n");
  const OhDiagnosticCode *row;

  for (guint i = 0; (row = oh_diagnostic_code_nth (i)) != NULL; i++)
    {
      g_string_append_printf (out, ".It Cm %s Pq %s\n", row->code,
                              oh_finding_severity_word (row->severity));
      g_string_append (out, ".Em \""); /* quoted: "No" is a macro, too */
      append_roff (out, row->title, "\"\n.br\n");
      append_roff (out, row->cause, "\n");
      if (row->remedy[0] == '\0')
        continue;
      g_string_append (out, ".br\nWhat to do:\n");
      append_roff (out, row->remedy, "\n");
    }
  g_string_append (out, ".El\n" END);
  return g_string_free (out, FALSE);
}

static void
test_findings (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "packaging", "man", "offhook-explain.1", NULL);
  g_autofree char *page = NULL;
  g_autofree char *list = make_list ();
  const char *begin, *end;
  g_autofree char *found = NULL;

  if (g_getenv ("OH_WRITE") != NULL)
    g_assert_true (g_file_set_contents (g_getenv ("OH_WRITE"), list, -1, NULL));
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  begin = strstr (page, BEGIN);
  g_assert_nonnull (begin);
  end = strstr (begin, END);
  g_assert_nonnull (end);
  found = g_strndup (begin, (gsize) (end - begin) + strlen (END));
  g_assert_cmpstr (found, ==, list);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/explain-manual/findings", test_findings);
  return g_test_run ();
}
