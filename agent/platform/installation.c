/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "installation.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>

#define FILE_NAME "installation"

static gboolean
is_id (const char *text)
{
  return strlen (text) == OH_INSTALLATION_ID_DIGITS &&
         strspn (text, "0123456789abcdef") == OH_INSTALLATION_ID_DIGITS;
}

static char *
make_id (void)
{
  guint8 octets[OH_INSTALLATION_ID_DIGITS / 2];
  GString *id = g_string_sized_new (OH_INSTALLATION_ID_DIGITS);

  /* Up to 256 octets come whole once the machine has started, getrandom(2). */
  if (getrandom (octets, sizeof octets, 0) != sizeof octets)
    for (gsize i = 0; i < sizeof octets; i++)
      octets[i] = (guint8) g_random_int_range (0, 256);
  for (gsize i = 0; i < sizeof octets; i++)
    g_string_append_printf (id, "%02x", octets[i]);
  return g_string_free (id, FALSE);
}

static void
store_id (const char *dir, const char *path, const char *id)
{
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (dir, 0700);
  if (!g_file_set_contents_full (
        path, id, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    g_message ("the id of this installation cannot be kept (%s): the server will take us for a new "
               "endpoint at every start",
               error->message);
}

char *
oh_installation_load_id (const char *dir)
{
  g_autofree char *own = g_build_filename (g_get_user_state_dir (), "offhook", NULL);
  g_autofree char *path = g_build_filename (dir != NULL ? dir : own, FILE_NAME, NULL);
  g_autofree char *stored = NULL;
  char *id;

  if (g_file_get_contents (path, &stored, NULL, NULL) && is_id (g_strchomp (stored)))
    return g_steal_pointer (&stored);
  id = make_id ();
  store_id (dir != NULL ? dir : own, path, id);
  return id;
}

char *
oh_installation_derive (const char *id, const char *purpose)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *) id, strlen (id), purpose,
                                    -1);
}
