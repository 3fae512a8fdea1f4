/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook-tray: icon, contacts and windows. A client of the bus and nothing else. */

#include "log.h"
#include "tray-app.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

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
  return g_application_run (G_APPLICATION (app), argc, argv);
}
