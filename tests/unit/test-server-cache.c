/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server-cache.h"

#include <glib/gstdio.h>
#include <string.h>

#define ANNA "sip:anna@fabrikam.test"
#define GOOD "\n[last]\nuri=" ANNA "\nserver=fe1\n"

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_server_cache_load_finish (OH_SERVER_CACHE (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
load (OhServerCache *cache)
{
  gboolean done = FALSE;

  oh_server_cache_load_async (cache, NULL, on_loaded, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* "host:port" and " remote"; NULL for nothing. */
static char *
get (OhServerCache *cache, const char *uri)
{
  gboolean remote = FALSE;
  const OhServer *server = oh_server_cache_get (cache, uri, &remote);
  g_autofree char *text = server != NULL ? oh_server_text (server) : NULL;

  return text != NULL ? g_strconcat (text, remote ? " remote" : "", NULL) : NULL;
}

static void
assert_get (OhServerCache *cache, const char *uri, const char *wanted)
{
  g_autofree char *got = get (cache, uri);

  g_assert_cmpstr (got, ==, wanted);
}

/* What is under way holds the cache: when nobody but us does, it is stored. */
static void
wait_stored (OhServerCache *cache)
{
  while (G_OBJECT (cache)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
put (OhServerCache *cache, const char *uri, const char *text, gboolean remote)
{
  g_autoptr (OhServer) server = oh_server_parse (text, NULL);

  oh_server_cache_put (cache, uri, server, remote);
}

static void
test_kept (void)
{
  g_autofree char *dir = g_dir_make_tmp ("offhook-cache-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "last-server", NULL);
  GStatBuf info;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (OhServerCache) cache = oh_server_cache_new (dir);
      g_autoptr (OhServerCache) next = oh_server_cache_new (dir);

      load (cache);
      switch (i)
        {
        case 0: /* several at once: the last one stays */
          assert_get (cache, ANNA, NULL);
          put (cache, ANNA, "fe0.fabrikam.test", FALSE);
          put (cache, ANNA, "fe1.fabrikam.test", FALSE);
          put (cache, ANNA, "[2001:db8::1]:443", TRUE);
          wait_stored (cache);
          load (next);
          assert_get (next, ANNA, "[2001:db8::1]:443 remote");
          assert_get (next, "sip:bob@fabrikam.test", NULL); /* another address, another server */
          g_assert_cmpint (g_stat (path, &info), ==, 0);
          g_assert_cmpint (info.st_mode & 0777, ==, 0600);
          break;
        case 1:
          assert_get (cache, ANNA, "[2001:db8::1]:443 remote");
          oh_server_cache_drop (cache);
          assert_get (cache, ANNA, NULL);
          wait_stored (cache);
          load (next);
          assert_get (next, ANNA, NULL);
          break;
        default: assert_get (cache, ANNA, NULL);
        }
    }
  g_remove (path);
  g_rmdir (dir);
}

/* Whatever stands in the file, nothing bad comes of it. */
static void
test_damaged (void)
{
  g_autofree char *long_text = g_strnfill (OH_SERVER_CACHE_FILE_MAX, '#');
  g_autofree char *dir = g_dir_make_tmp ("offhook-cache-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "last-server", NULL);
  const struct
  {
    const char *before, *text;
    gboolean good;
  } cases[] = {
    { "", "", FALSE },
    { "", "\xff\xfe", FALSE },
    { "", "[last]\nuri=" ANNA "\n", FALSE },
    { "", "[last]\nuri=" ANNA "\nserver=not a server\n", FALSE },
    { "", "[last]\nserver=fe1\n", FALSE },
    { "", GOOD, TRUE },
    { long_text + strlen (GOOD), GOOD, TRUE }, /* to the limit */
    { long_text + strlen (GOOD) - 1, GOOD, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhServerCache) cache = oh_server_cache_new (dir);
      g_autofree char *whole = g_strconcat (cases[i].before, cases[i].text, NULL);
      g_autofree char *got = NULL;

      g_assert_true (g_file_set_contents (path, whole, -1, NULL));
      load (cache);
      got = get (cache, ANNA);
      g_assert_cmpint (got != NULL, ==, cases[i].good);
    }
  g_remove (path);
  g_rmdir (dir);
}

/* Where nothing can be written, it still serves this run. */
static void
test_nowhere (void)
{
  static const char *const dirs[] = { NULL, "/nonexistent/offhook" };

  for (gsize i = 0; i < G_N_ELEMENTS (dirs); i++)
    {
      g_autoptr (OhServerCache) cache = oh_server_cache_new (dirs[i]);

      load (cache);
      put (cache, ANNA, "fe1:5062", FALSE);
      wait_stored (cache);
      assert_get (cache, ANNA, "fe1:5062");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-cache/kept", test_kept);
  g_test_add_func ("/server-cache/damaged", test_damaged);
  g_test_add_func ("/server-cache/nowhere", test_nowhere);
  return g_test_run ();
}
