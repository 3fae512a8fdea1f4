/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook-tray: icon, contacts and windows. A client of the bus and nothing else. */

#include "log.h"
#include "tray-app.h"

#include <glib/gi18n-lib.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#endif
#include <locale.h>

#ifdef G_OS_UNIX
/* The session ends: notifications are taken back, which nobody else would do. */
static gboolean
on_end_of_session (gpointer user_data)
{
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}
#endif

int
main (int argc, char **argv)
{
  g_autoptr (OhTrayApp) app = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, OH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* for GOption */
  oh_log_init (FALSE);
  g_set_application_name (_ ("Offhook"));
  gtk_window_set_default_icon_name (OH_TRAY_APP_ID);
  app = oh_tray_app_new ();
#ifdef G_OS_UNIX
  g_unix_signal_add (SIGTERM, on_end_of_session, app);
  g_unix_signal_add (SIGINT, on_end_of_session, app);
  g_unix_signal_add (SIGHUP, on_end_of_session, app);
#endif
  return g_application_run (G_APPLICATION (app), argc, argv);
}
