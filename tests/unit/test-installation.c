/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "installation.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *file;
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("oh-installation-XXXXXX", &error);

  g_assert_no_error (error);
  f->dir = g_build_filename (root, "offhook", NULL);
  f->file = g_build_filename (f->dir, "installation", NULL);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_autofree char *root = g_path_get_dirname (f->dir);

  g_unlink (f->file);
  g_rmdir (f->dir);
  g_rmdir (root);
  g_free (f->file);
  g_free (f->dir);
}

static void
test_stays (Fixture *f, gconstpointer user_data)
{
  g_autofree char *first = oh_installation_load_id (f->dir);
  g_autofree char *second = oh_installation_load_id (f->dir);
  GStatBuf about;

  g_assert_cmpuint (strlen (first), ==, OH_INSTALLATION_ID_DIGITS);
  g_assert_cmpuint (strspn (first, "0123456789abcdef"), ==, OH_INSTALLATION_ID_DIGITS);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (g_stat (f->file, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
}

/* Cut by a full disk, or somebody's experiment: a new one, and that one stays. */
static void
test_damaged (Fixture *f, gconstpointer user_data)
{
  static const char *const damaged[] = { "", "abc", "not an id\n" };

  g_assert_cmpint (g_mkdir_with_parents (f->dir, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      g_assert_true (g_file_set_contents (f->file, damaged[i], -1, NULL));
      first = oh_installation_load_id (f->dir);
      second = oh_installation_load_id (f->dir);
      g_assert_cmpuint (strlen (first), ==, OH_INSTALLATION_ID_DIGITS);
      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_not_writable (Fixture *f, gconstpointer user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_test_log_set_fatal_handler (NULL, NULL);
  first = oh_installation_load_id ("/dev/null/offhook");
  second = oh_installation_load_id ("/dev/null/offhook");
  g_assert_cmpuint (strlen (first), ==, OH_INSTALLATION_ID_DIGITS);
  g_assert_cmpstr (first, !=, second); /* random, not a constant */
}

static void
test_derive (void)
{
  const char *id = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  g_autofree char *events = oh_installation_derive (id, "events");
  g_autofree char *again = oh_installation_derive (id, "events");
  g_autofree char *other = oh_installation_derive (id, "endpoint");

  g_assert_cmpuint (strlen (events), ==, 64);
  g_assert_cmpstr (events, ==, again);
  g_assert_cmpstr (events, !=, other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/installation/stays", Fixture, NULL, set_up, test_stays, tear_down);
  g_test_add ("/installation/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/installation/not-writable", Fixture, NULL, set_up, test_not_writable, tear_down);
  g_test_add_func ("/installation/derive", test_derive);
  return g_test_run ();
}
