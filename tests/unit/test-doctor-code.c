/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-code.h"

#include <string.h>

/* Words are promises: each once, and of the form that programs expect. */
static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < OH_N_DOCTOR_CODES; i++)
    {
      const OhDoctorCodeInfo *info = oh_doctor_code_info ((OhDoctorCode) i);

      g_assert_true (g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", info->word, 0, 0));
      g_assert_true (g_hash_table_add (seen, (gpointer) info->word));
      g_assert_true (g_str_has_suffix (info->doc, "."));
    }
}

/* The manual lists exactly these, in this order, with this text. */
static void
test_manual (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "packaging", "man", "offhook-doctor.1", NULL);
  g_autofree char *page = NULL;
  g_auto (GStrv) entries = NULL;
  const char *section;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  section = strstr (page, ".Sh FINDINGS");
  g_assert_nonnull (section);
  *strstr (section, ".El") = '\0';
  entries = g_strsplit (section, ".It Li ", -1);
  g_assert_cmpuint (g_strv_length (entries), ==, OH_N_DOCTOR_CODES + 1);
  for (guint i = 0; i < OH_N_DOCTOR_CODES; i++)
    {
      const OhDoctorCodeInfo *info = oh_doctor_code_info ((OhDoctorCode) i);
      g_autofree char *expected = g_strdup_printf ("%s\n%s\n", info->word, info->doc);

      g_assert_cmpstr (entries[i + 1], ==, expected);
    }
}

/* The exit status is that of the remedy; what is no error has none. */
static void
test_status (void)
{
  static const struct
  {
    OhDoctorCode code;
    OhFindingSeverity severity;
    int status;
  } cases[] = {
    { OH_DOCTOR_CREDENTIALS_REJECTED, OH_FINDING_ERROR, 3 },
    { OH_DOCTOR_CLOCK_SKEW, OH_FINDING_ERROR, 3 },
    { OH_DOCTOR_CLOCK_SKEW, OH_FINDING_WARNING, 0 },
    { OH_DOCTOR_SERVER_UNREACHABLE, OH_FINDING_ERROR, 4 },
    { OH_DOCTOR_PHONE_UNREACHABLE, OH_FINDING_ERROR, 4 },
    { OH_DOCTOR_CERTIFICATE_EXPIRED, OH_FINDING_ERROR, 5 },
    { OH_DOCTOR_PHONE_CERTIFICATE_CHANGED, OH_FINDING_ERROR, 5 },
    { OH_DOCTOR_PHONE_HIDDEN_TAGS, OH_FINDING_ERROR, 7 },
    { OH_DOCTOR_PHONE_LOCKED_OUT, OH_FINDING_ERROR, 7 },
    { OH_DOCTOR_SETTING_UNUSABLE, OH_FINDING_ERROR, 1 },
    { OH_DOCTOR_SIGN_IN_GOOD, OH_FINDING_OK, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhFinding) finding = oh_finding_new (
        cases[i].severity, oh_doctor_code_info (cases[i].code)->word, "title", NULL, NULL, 0);

      g_assert_cmpint (oh_doctor_finding_status (finding), ==, cases[i].status);
    }
}

/* A finding of another program's is a failure like any other. */
static void
test_foreign (void)
{
  g_autoptr (OhFinding) finding =
    oh_finding_new (OH_FINDING_ERROR, "something-else", "title", NULL, NULL, 0);

  g_assert_cmpint (oh_doctor_finding_status (finding), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/doctor-code/words", test_words);
  g_test_add_func ("/doctor-code/manual", test_manual);
  g_test_add_func ("/doctor-code/status", test_status);
  g_test_add_func ("/doctor-code/foreign", test_foreign);
  return g_test_run ();
}
