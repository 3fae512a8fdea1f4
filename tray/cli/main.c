/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook: the command line. A client of the bus and nothing else. */

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "cli-terminal.h"
#include "cli.h"
#include "error.h"
#include "log.h"

int
main (int argc, char **argv)
{
  g_autoptr (OhCli) cli = oh_cli_new ();
  g_autofree char *help = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, OH_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  oh_log_init (FALSE);
  if (!oh_cli_parse (cli, argc, argv, &help, &error))
    {
      g_printerr ("offhook: %s\n", error->message);
      return oh_error_exit_status (error);
    }
  if (help != NULL)
    {
      g_print ("%s", help);
      return 0;
    }
  oh_cli_terminal_init ();
  oh_cli_start (cli);
  while (!oh_cli_is_over (cli))
    g_main_context_iteration (NULL, TRUE);
  return oh_cli_status (cli);
}
