/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-lines.h"

#include <gio/gio.h>
#include <string.h>

#include "phone-ways.h"
#include "yealink-phone.h"

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "offhook", "phones", NULL);
}

char *
oh_event_lines_dup_path (const char *phone_id)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *name = g_strconcat (phone_id, "-events.cfg", NULL);

  return g_build_filename (folder, name, NULL);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (G_FILE (source));

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("%s: %s", path, error->message);
  g_bytes_unref (user_data); /* lived as long as the writing */
}

void
oh_event_lines_store (OhPhone *phone)
{
  OhPhone *web = oh_phone_ways_web (phone);
  g_autofree char *text = web != NULL && OH_IS_YEALINK_PHONE (web)
                            ? oh_yealink_phone_dup_addresses (OH_YEALINK_PHONE (web))
                            : NULL;
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = oh_event_lines_dup_path (oh_phone_get_id (phone));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GBytes *lines;

  if (text == NULL)
    return;
  g_mkdir_with_parents (folder, 0700);
  lines = g_bytes_new_take (g_strdup (text), strlen (text));
  g_file_replace_contents_bytes_async (file, lines, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_written, lines);
}
