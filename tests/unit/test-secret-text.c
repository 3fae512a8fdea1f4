/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "secret-text.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int
dumpable (void)
{
  return prctl (PR_GET_DUMPABLE, 0, 0, 0, 0);
}

static void
test_text (void)
{
  char *empty = oh_secret_dup ("");
  char *part = oh_secret_ndup ("geheimrat", 6);
  char *whole = oh_secret_dup (part);

  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (whole, ==, "geheim");
  g_assert_null (oh_secret_dup (NULL));
  g_assert_cmpuint ((guintptr) whole % 16, ==, 0);
  oh_secret_free (empty);
  oh_secret_free (part);
  oh_secret_free (whole);
  oh_secret_free (NULL);
}

/* One that fills its page to the last octet, and one octet more. */
static void
test_sizes (void)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  for (gsize size = page - 17; size <= page + 1; size++)
    {
      char *secret = oh_secret_alloc (size);

      for (gsize i = 0; i < size; i++)
        g_assert_cmpint (secret[i], ==, 0);
      memset (secret, 'x', size);
      oh_secret_free (secret);
    }
}

/* What the kernel says of the piece of memory at @at: the line "VmFlags:" of its mapping. */
static char *
flags_of (const char *at)
{
  FILE *maps = fopen ("/proc/self/smaps", "re");
  g_autofree char *line = g_malloc (4096);
  gboolean here = FALSE;
  char *found = NULL;

  g_assert_nonnull (maps);
  while (found == NULL && fgets (line, 4096, maps) != NULL)
    {
      char *dash;
      guint64 begin = g_ascii_strtoull (line, &dash, 16);

      if (dash != line && *dash == '-')
        here = (guintptr) at >= begin && (guintptr) at < g_ascii_strtoull (dash + 1, NULL, 16);
      else if (here && g_str_has_prefix (line, "VmFlags:"))
        found = g_strdup (line);
    }
  fclose (maps);
  return found;
}

/* Not where the limit is none at all, and not under AddressSanitizer, which keeps mlock() from
 * the kernel. */
static gboolean
can_lock (void)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  char *memory = mmap (NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_autofree char *flags = NULL;

  g_assert_true (memory != MAP_FAILED);
  (void) !mlock (memory, page);
  flags = flags_of (memory);
  munmap (memory, page);
  return strstr (flags, " lo") != NULL;
}

static void
test_memory (void)
{
  char *secret = oh_secret_dup ("geheim");
  g_autofree char *flags = flags_of (secret);

  g_assert_nonnull (strstr (flags, " dd")); /* not in a core file */
  g_assert_nonnull (strstr (flags, " wf")); /* not in a child */
  if (can_lock ())
    g_assert_nonnull (strstr (flags, " lo")); /* not swapped out */
  oh_secret_free (secret);
}

/* The process makes no core file while it has one, and is as it was afterwards. */
static void
test_dumpable (void)
{
  char *first, *second;

  prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
  first = oh_secret_dup ("one");
  g_assert_cmpint (dumpable (), ==, 0);
  second = oh_secret_dup ("two");
  oh_secret_free (first);
  g_assert_cmpint (dumpable (), ==, 0);
  oh_secret_free (second);
  g_assert_cmpint (dumpable (), ==, 1);
}

static void
test_child (void)
{
  char *secret = oh_secret_dup ("geheim");
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (secret[0] == '\0' ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_assert_cmpstr (secret, ==, "geheim");
  oh_secret_free (secret);
}

static void
test_for_good (void)
{
  struct rlimit limit;
  char *secret;

  oh_secret_forbid_cores ();
  g_assert_cmpint (dumpable (), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  secret = oh_secret_dup ("one");
  oh_secret_free (secret);
  g_assert_cmpint (dumpable (), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-text/text", test_text);
  g_test_add_func ("/secret-text/sizes", test_sizes);
  g_test_add_func ("/secret-text/memory", test_memory);
  g_test_add_func ("/secret-text/dumpable", test_dumpable);
  g_test_add_func ("/secret-text/child", test_child);
  g_test_add_func ("/secret-text/for-good", test_for_good); /* last: it does not end */
  return g_test_run ();
}
