/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone set-account */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-secret.h"
#include "cli-terminal.h"
#include "error.h"
#include "cli-phone-admin.h"
#include "secret-text.h"
#include "verbs.h"

/* clang-format off */
static const struct
{
  const char *name;
  const char *question; /* (nullable): not asked */
  const char *own;      /* (nullable): key of what this desk has to offer */
} fields[] = {
  { "name", N_("Name (left of the @)"), "own-name" },
  { "host", N_("Domain (right of the @)"), "own-host" },
  { "outbound", N_("Outbound proxy"), "own-outbound" },
  { "login", N_("Authentication name (DOMAIN\\user, user@domain or user)"), "own-login" },
  { "display", N_("Display name"), NULL },
  { "srtp", NULL, NULL },
};
/* clang-format on */

/* What is to be set, and where the questions are. */
typedef struct
{
  OhCli *cli;
  OhBusPhoneAdmin1 *admin; /* (owned) */
  guint number;
  char *values[G_N_ELEMENTS (fields)];  /* (owned) (nullable): NULL stays */
  char *present[G_N_ELEMENTS (fields)]; /* (owned) (nullable): offered */
  gboolean own_password;
  guint asked;
} Setting;

static void ask_next (Setting *self);

static void
setting_free (Setting *self)
{
  g_clear_object (&self->admin);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_free (self->values[i]);
      g_free (self->present[i]);
    }
  g_free (self);
}

/* Takes @error. */
static void
fail (Setting *self, GError *error)
{
  oh_cli_fail (self->cli, error);
  setting_free (self);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *self = user_data;
  g_autofree char *registration = NULL;
  g_autoptr (GVariant) report = NULL;
  GError *error = NULL;

  if (!oh_bus_phone_admin1_call_set_account_finish (self->admin, &registration, &report, NULL,
                                                    result, &error))
    {
      fail (self, error);
      return;
    }
  oh_cli_print_report (self->cli, registration, report);
  error = g_error_new_literal (
    OH_ERROR,
    g_str_equal (registration, "refused") ? OH_ERROR_PHONE_REFUSED : OH_ERROR_OUTCOME_UNKNOWN, "");
  oh_cli_end (self->cli,
              g_str_equal (registration, "registered") ? 0 : oh_error_exit_status (error));
  g_error_free (error);
  setting_free (self);
}

/* @password: "" leaves the one that the phone has */
static void
set_account (Setting *self, const char *password)
{
  GError *error = NULL;
  g_autoptr (GUnixFDList) fds = oh_bus_seal_secret (password, &error);
  GVariantBuilder account;

  if (fds == NULL)
    {
      fail (self, error);
      return;
    }
  g_variant_builder_init (&account, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (self->values[i] != NULL)
      g_variant_builder_add (&account, "{sv}", fields[i].name,
                             g_variant_new_string (self->values[i]));
  g_variant_builder_add (&account, "{sv}", "own-password",
                         g_variant_new_boolean (self->own_password));
  oh_bus_phone_admin1_call_set_account (self->admin, self->number, g_variant_builder_end (&account),
                                        g_variant_new_handle (0), fds, NULL, on_set, self);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *self = user_data;
  GError *error = NULL;
  char *password = oh_cli_read_line_finish (result, &error);

  if (password == NULL)
    fail (self, error);
  else
    set_account (self, password);
  oh_secret_free (password);
}

static void
ask_password (Setting *self)
{
  oh_cli_read_line_async (_ ("Password of the account (empty: as it is): "), TRUE, on_password,
                          self);
}

/* --- questions ------------------------------------------------------------------------------ */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *self = user_data;
  GError *error = NULL;
  char *line = oh_cli_read_line_finish (result, &error);

  if (line == NULL)
    {
      fail (self, error);
      return;
    }
  self->values[self->asked] = g_strdup (line[0] != '\0' ? line : self->present[self->asked]);
  oh_secret_free (line);
  self->asked++;
  ask_next (self);
}

static void
ask_next (Setting *self)
{
  g_autofree char *prompt = NULL;
  const char *present;

  while (self->asked < G_N_ELEMENTS (fields) && fields[self->asked].question == NULL)
    self->asked++;
  if (self->asked == G_N_ELEMENTS (fields))
    {
      ask_password (self);
      return;
    }
  present = self->present[self->asked];
  prompt = present != NULL && present[0] != '\0'
             ? g_strdup_printf ("%s [%s]: ", _ (fields[self->asked].question), present)
             : g_strdup_printf ("%s: ", _ (fields[self->asked].question));
  oh_cli_read_line_async (prompt, FALSE, on_answer, self);
}

/* The phone's own where it has one, else that of this desk. */
static void
take_offers (Setting *self, GVariant *about, GVariant *accounts)
{
  GVariantIter iter;
  GVariant *account;

  g_variant_iter_init (&iter, accounts);
  while ((account = g_variant_iter_next_value (&iter)) != NULL)
    {
      guint number = 0;

      g_variant_lookup (account, "number", "u", &number);
      for (gsize i = 0; number == self->number && i < G_N_ELEMENTS (fields); i++)
        g_variant_lookup (account, fields[i].name, "s", &self->present[i]);
      g_variant_unref (account);
    }
  if (self->present[0] != NULL && self->present[0][0] != '\0')
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].own != NULL)
      {
        g_clear_pointer (&self->present[i], g_free);
        g_variant_lookup (about, fields[i].own, "s", &self->present[i]);
      }
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *self = user_data;
  g_autoptr (GVariant) about = NULL;
  g_autoptr (GVariant) accounts = NULL;
  g_autoptr (GVariant) report = NULL;
  GError *error = NULL;

  if (!oh_bus_phone_admin1_call_look_finish (self->admin, &about, &accounts, &report, result,
                                             &error))
    {
      fail (self, error);
      return;
    }
  take_offers (self, about, accounts);
  ask_next (self);
}

/* --- arguments ------------------------------------------------------------------------------ */

/* "name=440"; FALSE when no field is called that. */
static gboolean
take_field (Setting *self, const char *argument, gboolean *ask)
{
  const char *value = strchr (argument, '=');
  g_autofree char *name = NULL;

  if (value == NULL)
    return FALSE;
  name = g_strndup (argument, (gsize) (value - argument));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name))
      {
        g_free (self->values[i]);
        self->values[i] = g_strdup (value + 1);
        return TRUE;
      }
  if (!g_str_equal (name, "password"))
    return FALSE;
  self->own_password = g_str_equal (value + 1, "own");
  *ask = g_str_equal (value + 1, "ask");
  return self->own_password || *ask;
}

static gboolean
take_number (Setting *self, const char *text)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, 12, &number, NULL))
    return FALSE;
  self->number = (guint) number;
  return TRUE;
}

/* Takes @self; the first argument that makes no sense ends the run. */
static gboolean
take_arguments (Setting *self, guint *n_fields, gboolean *ask)
{
  const char *argument;

  for (guint i = 1; (argument = oh_cli_arg (self->cli, i)) != NULL; i++)
    {
      if (i == 1 && take_number (self, argument))
        continue;
      if (!take_field (self, argument, ask))
        {
          fail (self,
                g_error_new (OH_ERROR, OH_ERROR_USAGE,
                             _ ("“%s” is no account (1 to 12) and no field: name=, host=, "
                                "outbound=, login=, display=, srtp=off|optional|mandatory, "
                                "password=ask|own. The password itself does not belong on the "
                                "command line."),
                             strchr (argument, '=') != NULL ? "…" : argument));
          return FALSE;
        }
      (*n_fields)++;
    }
  return TRUE;
}

void
oh_verb_phone_set_account (OhCli *cli)
{
  Setting *self = g_new0 (Setting, 1);
  gboolean ask = FALSE;
  guint n_fields = 0;

  self->cli = cli;
  self->number = 1;
  if (!take_arguments (self, &n_fields, &ask))
    return;
  self->admin = oh_cli_phone_admin (cli);
  if (self->admin == NULL)
    setting_free (self);
  else if (n_fields == 0)
    oh_bus_phone_admin1_call_look (self->admin, NULL, on_looked, self);
  else if (ask)
    ask_password (self);
  else
    set_account (self, "");
}
