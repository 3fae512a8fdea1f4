/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook dnd, forward, volume at the phone named, or at all of them; phone lock, unlock, identity
 * and reboot at one. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

/* What is asked of each phone. The agent has the time limits, not the bus. */
typedef struct
{
  OhCli *cli;        /* (unowned): lives until it is done */
  GPtrArray *phones; /* (owned) (element-type OhBusPhone1) */
  const char *method;
  GVariant *(*arguments) (OhCli *cli, gboolean confirmed);
  gboolean confirmed;
  guint left;
  GError *error; /* (owned) (nullable): the first one */
} Setting;

static void send_to_all (Setting *setting);

static void
setting_free (Setting *setting)
{
  g_ptr_array_unref (setting->phones);
  g_clear_error (&setting->error);
  g_free (setting);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *setting = user_data;
  GError *error = NULL;

  if (oh_cli_confirm_finish (result, &error))
    {
      setting->confirmed = TRUE;
      send_to_all (setting);
      return;
    }
  oh_cli_fail (setting->cli, error);
  setting_free (setting);
}

static void
done (Setting *setting)
{
  OhCli *cli = setting->cli;

  if (--setting->left > 0)
    return;
  if (setting->error != NULL && !setting->confirmed &&
      g_error_matches (setting->error, OH_ERROR, OH_ERROR_CONFIRM))
    {
      g_autoptr (GError) question = g_steal_pointer (&setting->error);

      oh_error_strip_remote (&question);
      oh_cli_confirm_async (question->message, on_confirmed, setting);
      return;
    }
  if (setting->error != NULL)
    oh_cli_fail (cli, g_steal_pointer (&setting->error));
  else
    oh_cli_done (cli);
  setting_free (setting);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Setting *setting = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL && setting->error == NULL)
    setting->error = error;
  else
    g_clear_error (&error);
  done (setting);
}

static void
send_to_all (Setting *setting)
{
  setting->left = 1 + setting->phones->len; /* and ourselves */
  for (guint i = 0; i < setting->phones->len; i++)
    g_dbus_proxy_call (g_ptr_array_index (setting->phones, i), setting->method,
                       setting->arguments (setting->cli, setting->confirmed),
                       G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, on_answered, setting);
  done (setting);
}

/* (transfer full): the phone of that name, or all; empty with an error where there is none */
static GPtrArray *
choose (OhCli *cli, const char *id, GError **error)
{
  g_autoptr (GPtrArray) all = oh_cli_list (cli, "org.offhook.Phone1");
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      OhBusPhone1 *phone = g_ptr_array_index (all, i);

      if (id == NULL || g_str_equal (oh_bus_phone1_get_id (phone), id))
        g_ptr_array_add (chosen, g_object_ref (phone));
    }
  if (chosen->len == 0 && id != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE, _ ("There is no phone “%.64s”."), id);
  else if (chosen->len == 0)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_PHONE,
                 _ ("There is no phone. Add yours: offhook phone add HOST"));
  return chosen;
}

static void
set_phones (OhCli *cli, const char *id, const char *method,
            GVariant *(*arguments) (OhCli *cli, gboolean confirmed))
{
  GError *error = NULL;
  Setting *setting = g_new0 (Setting, 1);

  setting->cli = cli;
  setting->method = method;
  setting->arguments = arguments;
  setting->confirmed = oh_cli_yes (cli);
  setting->phones = choose (cli, id, &error);
  if (error == NULL)
    {
      send_to_all (setting);
      return;
    }
  oh_cli_fail (cli, error);
  setting_free (setting);
}

static void
fail_usage (OhCli *cli, const char *text)
{
  oh_cli_fail (cli, g_error_new_literal (OH_ERROR, OH_ERROR_USAGE, text));
}

/* --- do not disturb -------------------------------------------------------------------------- */

static GVariant *
dnd_arguments (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(b)", g_str_equal (oh_cli_arg (cli, 0), "on"));
}

void
oh_verb_dnd (OhCli *cli)
{
  const char *word = oh_cli_arg (cli, 0);

  if (g_str_equal (word, "on") || g_str_equal (word, "off"))
    set_phones (cli, oh_cli_value (cli, OH_CLI_PHONE), "SetDnd", dnd_arguments);
  else
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("“Do not disturb” can be on or off, not “%.32s”."), word));
}

/* --- forwarding ------------------------------------------------------------------------------ */

static GVariant *
no_arguments (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("()");
}

static GVariant *
forward_arguments (OhCli *cli, gboolean confirmed)
{
  const OhCliCallOptions *options = oh_cli_call_options (cli);
  const char *text = oh_cli_arg (cli, 0);
  const char *when = options->busy ? "busy" : options->no_answer ? "no-answer" : "all";
  guint64 after = options->after != NULL ? g_ascii_strtoull (options->after, NULL, 10) : 0;
  GVariantBuilder more;

  g_variant_builder_init (&more, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&more, "{sv}", "confirmed", g_variant_new_boolean (confirmed));
  return g_variant_new ("(sssu@a{sv})", when, text, oh_verb_number_source (text), (guint32) after,
                        g_variant_builder_end (&more));
}

void
oh_verb_forward (OhCli *cli)
{
  const OhCliCallOptions *options = oh_cli_call_options (cli);
  const char *text = oh_cli_arg (cli, 0);
  const char *id = oh_cli_value (cli, OH_CLI_PHONE);

  if (!g_utf8_validate (text, -1, NULL))
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_BAD_NUMBER,
                                   _ ("This is not a number: it is not valid UTF-8 text.")));
  else if (!g_str_equal (text, "off"))
    set_phones (cli, id, "SetForward", forward_arguments);
  else if (options->busy || options->no_answer)
    fail_usage (cli, _ ("“offhook forward off” switches every way off; it takes no --busy and no "
                        "--no-answer."));
  else
    set_phones (cli, id, "ClearForward", no_arguments);
}

/* --- volume ---------------------------------------------------------------------------------- */

static gint64
steps_of (OhCli *cli)
{
  const char *steps = oh_cli_arg (cli, 1);
  guint64 n = 1;

  if (steps != NULL && !g_ascii_string_to_unsigned (steps, 10, 1, 15, &n, NULL))
    return 0;
  if (g_str_equal (oh_cli_arg (cli, 0), "up"))
    return (gint64) n;
  return g_str_equal (oh_cli_arg (cli, 0), "down") ? -(gint64) n : 0;
}

static GVariant *
volume_arguments (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(i)", (gint32) steps_of (cli));
}

void
oh_verb_volume (OhCli *cli)
{
  if (steps_of (cli) == 0)
    fail_usage (cli, _ ("The volume goes “up” or “down”, by 1 to 15 steps."));
  else
    set_phones (cli, oh_cli_value (cli, OH_CLI_PHONE), "ChangeVolume", volume_arguments);
}

/* --- every call ------------------------------------------------------------------------------ */

/* At the phone named, or where there is a call at all. */
void
oh_verb_hang_up_all (OhCli *cli)
{
  g_autoptr (GPtrArray) calls = oh_cli_list (cli, "org.offhook.Call1");
  const char *id = oh_cli_value (cli, OH_CLI_PHONE);

  for (guint i = 0; i < calls->len && id == NULL; i++)
    if (!g_str_equal (oh_bus_call1_get_state (g_ptr_array_index (calls, i)), "ended"))
      id = oh_bus_call1_get_phone (g_ptr_array_index (calls, i));
  if (id == NULL)
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call.")));
  else
    set_phones (cli, id, "HangUpAll", no_arguments);
}

/* --- one phone ------------------------------------------------------------------------------- */

static GVariant *
yes_argument (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(b)", TRUE);
}

static GVariant *
no_argument (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(b)", FALSE);
}

static GVariant *
confirmed_argument (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(b)", confirmed);
}

static GVariant *
identity_argument (OhCli *cli, gboolean confirmed)
{
  return g_variant_new ("(s)", oh_cli_arg (cli, 1));
}

void
oh_verb_phone_lock (OhCli *cli)
{
  set_phones (cli, oh_cli_arg (cli, 0), "SetLocked", yes_argument);
}

void
oh_verb_phone_unlock (OhCli *cli)
{
  set_phones (cli, oh_cli_arg (cli, 0), "SetLocked", no_argument);
}

void
oh_verb_phone_reboot (OhCli *cli)
{
  set_phones (cli, oh_cli_arg (cli, 0), "Reboot", confirmed_argument);
}

static void
print_identities (OhCli *cli, OhBusPhone1 *phone)
{
  const char *const *identities = oh_bus_phone1_get_identities (phone);
  const char *selected = oh_bus_phone1_get_identity (phone);

  for (guint i = 0; identities != NULL && identities[i] != NULL; i++)
    g_print ("%s %s\n", g_str_equal (identities[i], selected) ? "*" : " ", identities[i]);
  oh_cli_done (cli);
}

void
oh_verb_phone_identity (OhCli *cli)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) phones = NULL;

  if (oh_cli_arg (cli, 1) != NULL && g_utf8_validate (oh_cli_arg (cli, 1), -1, NULL))
    {
      set_phones (cli, oh_cli_arg (cli, 0), "SelectIdentity", identity_argument);
      return;
    }
  phones = choose (cli, oh_cli_arg (cli, 0), &error);
  if (error != NULL)
    oh_cli_fail (cli, error);
  else
    print_identities (cli, g_ptr_array_index (phones, 0));
}
