/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone set-password */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-secret.h"
#include "cli-terminal.h"
#include "error.h"
#include "new-password.h"
#include "cli-phone-admin.h"
#include "secret-text.h"
#include "verbs.h"

/* What is typed on a terminal is typed twice: nobody sees it. */
typedef struct
{
  OhCli *cli;
  char *first; /* (nullable): of secret-text.h */
} Typing;

static void
typing_free (Typing *typing)
{
  oh_secret_free (typing->first);
  g_free (typing);
}

static const char *
kind_of (OhCli *cli)
{
  if (oh_cli_given (cli, OH_CLI_ADMIN))
    return "admin";
  return oh_cli_given (cli, OH_CLI_SERVICE) ? "service" : "user";
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) report = NULL;
  GError *error = NULL;

  if (!oh_bus_phone_admin1_call_set_login_finish (OH_BUS_PHONE_ADMIN1 (source), &report, NULL,
                                                  result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_print_report (cli, NULL, report);
  oh_cli_done (cli);
}

static void
set_password (OhCli *cli, const char *password)
{
  const char *user = oh_cli_arg (cli, 1);
  GError *error = NULL;
  g_autoptr (GUnixFDList) fds = oh_bus_seal_secret (password, &error);
  g_autoptr (OhBusPhoneAdmin1) admin = NULL;

  if (fds == NULL)
    oh_cli_fail (cli, error);
  else if ((admin = oh_cli_phone_admin (cli)) != NULL)
    oh_bus_phone_admin1_call_set_login (admin, kind_of (cli), user != NULL ? user : "",
                                        g_variant_new_handle (0), fds, NULL, on_set, cli);
}

static void on_typed (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask (Typing *typing)
{
  g_autofree char *prompt =
    typing->first == NULL
      ? g_strdup_printf (_ ("New password of the phone “%s”: "), oh_cli_arg (typing->cli, 0))
      : g_strdup (_ ("The same once more: "));

  oh_cli_read_line_async (prompt, TRUE, on_typed, typing);
}

static void
on_typed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Typing *typing = user_data;
  GError *error = NULL;
  char *line = oh_cli_read_line_finish (result, &error);

  if (line != NULL && line[0] == '\0')
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("An empty password protects nothing; “--generate” makes a strong one."));
  else if (line != NULL && typing->first != NULL && strcmp (line, typing->first) != 0)
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE, _ ("Both are not the same; nothing was done."));
  if (error == NULL && typing->first == NULL && oh_cli_is_interactive ())
    {
      typing->first = line;
      ask (typing);
      return;
    }
  if (error != NULL)
    oh_cli_fail (typing->cli, error);
  else
    set_password (typing->cli, line);
  oh_secret_free (line);
  typing_free (typing);
}

/* The one that is typed at the phone has to be known; the others are read by programs. */
static void
generate (OhCli *cli)
{
  OhPasswordKind kind = oh_cli_given (cli, OH_CLI_ADMIN) ? OH_PASSWORD_DIGITS : OH_PASSWORD_TEXT;
  char *password = oh_password_new (kind);

  if (kind == OH_PASSWORD_DIGITS)
    oh_cli_note (_ ("The new password is %s (%u digits, %u bits)."), password,
                 oh_password_length (kind), oh_password_bits (kind));
  else
    oh_cli_note (_ ("A password of %u letters and digits was made (%u bits); it goes into the "
                    "keyring."),
                 oh_password_length (kind), oh_password_bits (kind));
  set_password (cli, password);
  oh_secret_free (password);
}

void
oh_verb_phone_set_password (OhCli *cli)
{
  Typing *typing;

  if (oh_cli_given (cli, OH_CLI_ADMIN) && oh_cli_given (cli, OH_CLI_SERVICE))
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                     _ ("Give one of --admin and --service, or none.")));
      return;
    }
  if (oh_cli_given (cli, OH_CLI_GENERATE))
    {
      generate (cli);
      return;
    }
  typing = g_new0 (Typing, 1);
  typing->cli = cli;
  ask (typing);
}
