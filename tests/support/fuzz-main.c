/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz function once over every file of the folders named on the command line. */

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
run_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autofree guint8 *exact = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return;
  /* an exact-size copy: g_file_get_contents() adds a terminator that would hide an overread */
  exact = g_memdup2 (data, size);
  LLVMFuzzerTestOneInput (exact, size);
}

static guint
run_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      run_file (path);
      n++;
    }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    n += run_folder (argv[i]);
  g_print ("%u inputs\n", n);
  return n > 0 ? 0 : 1; /* an empty corpus is a mistake, not a success */
}
