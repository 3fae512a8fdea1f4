/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook dnd on|off: at the phone named, or at all of them */

#include <glib/gi18n-lib.h>

#include "error.h"
#include "verbs.h"

/* Phones that are being switched. */
typedef struct
{
  OhCli *cli; /* (unowned): lives until it is done */
  guint left;
  GError *error; /* (owned) (nullable): the first one */
} Switch;

static void
done (Switch *job)
{
  if (--job->left > 0)
    return;
  if (job->error != NULL)
    oh_cli_fail (job->cli, job->error);
  else
    oh_cli_done (job->cli);
  g_free (job);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Switch *job = user_data;
  GError *error = NULL;

  if (!oh_bus_phone1_call_set_dnd_finish (OH_BUS_PHONE1 (source), result, &error))
    {
      if (job->error == NULL)
        job->error = error;
      else
        g_error_free (error);
    }
  done (job);
}

static void
switch_phones (OhCli *cli, gboolean dnd)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  const char *id = oh_cli_value (cli, OH_CLI_PHONE);
  Switch *job = g_new0 (Switch, 1);

  job->cli = cli;
  job->left = 1; /* ourselves */
  for (guint i = 0; i < phones->len; i++)
    {
      OhBusPhone1 *phone = g_ptr_array_index (phones, i);

      if (id != NULL && !g_str_equal (oh_bus_phone1_get_id (phone), id))
        continue;
      job->left++;
      oh_bus_phone1_call_set_dnd (phone, dnd, NULL, on_set, job);
    }
  if (job->left == 1 && id != NULL)
    job->error = g_error_new (OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%.64s”."), id);
  else if (job->left == 1)
    job->error = g_error_new (OH_ERROR, OH_ERROR_NO_PHONE,
                              _ ("There is no phone. Add yours: offhook phone add HOST"));
  done (job);
}

void
oh_verb_dnd (OhCli *cli)
{
  const char *word = oh_cli_arg (cli, 0);

  if (g_str_equal (word, "on") || g_str_equal (word, "off"))
    switch_phones (cli, g_str_equal (word, "on"));
  else
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("“Do not disturb” can be on or off, not “%.32s”."), word));
}
