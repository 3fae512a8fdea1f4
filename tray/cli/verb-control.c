/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook answer, reject, hangup, hold, resume, mute, swap, conference, dtmf: on the call named, or
 * on the only one that it can apply to. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

static gboolean
is_one_of (const char *state, const char *const *states)
{
  return g_strv_contains (states, state);
}

OhBusCall1 *
oh_verb_choose_call (OhCli *cli, const char *id, const char *const *states, GError **error)
{
  g_autoptr (GPtrArray) calls = oh_cli_list (cli, "org.offhook.Call1");
  OhBusCall1 *found = NULL;
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    {
      OhBusCall1 *call = g_ptr_array_index (calls, i);
      gboolean fits = id != NULL ? g_str_equal (oh_bus_call1_get_id (call), id)
                                 : is_one_of (oh_bus_call1_get_state (call), states);

      if (fits && ++n == 1)
        found = call;
    }
  if (n == 1)
    return g_object_ref (found);
  if (n > 1)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("This can apply to %u calls; name one, “offhook status” lists them."), n);
  else if (id != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call “%s”."), id);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no call that this applies to."));
  return NULL;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer != NULL)
    oh_cli_done (cli);
  else
    oh_cli_fail (cli, error);
}

/* @arguments: (nullable): a floating reference is taken */
static void
control_with (OhCli *cli, const char *method, GVariant *arguments, const char *const *states)
{
  GError *error = NULL;
  g_autoptr (GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_autoptr (OhBusCall1) call = oh_verb_choose_call (cli, oh_cli_arg (cli, 0), states, &error);

  if (call == NULL)
    oh_cli_fail (cli, error);
  else
    g_dbus_proxy_call (G_DBUS_PROXY (call), method, owned, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                       on_done, cli);
}

static void
control (OhCli *cli, const char *method, const char *const *states)
{
  control_with (cli, method, NULL, states);
}

static const char *const incoming[] = { "incoming", NULL };
static const char *const up[] = { "dialing", "ringing", "incoming", "connected",
                                  "held",    "unknown", NULL };
static const char *const connected[] = { "connected", NULL };
static const char *const held[] = { "held", NULL };

void
oh_verb_answer (OhCli *cli)
{
  const char *device = oh_cli_call_options (cli)->device;

  control_with (cli, "AnswerOn", g_variant_new ("(s)", device != NULL ? device : ""), incoming);
}

void
oh_verb_reject (OhCli *cli)
{
  control (cli, "Reject", incoming);
}

/* The phone of a call of which nothing tells whether the phone would end it or another: it does not
   report them, and can end all. (transfer full) (nullable) */
static OhBusPhone1 *
find_blind (OhCli *cli)
{
  g_autoptr (OhBusCall1) call = oh_verb_choose_call (cli, oh_cli_arg (cli, 0), up, NULL);
  g_autofree char *path = NULL;
  g_autoptr (OhBusPhone1) phone = NULL;

  if (call == NULL || !g_str_equal (oh_bus_call1_get_state (call), "unknown"))
    return NULL;
  path = g_strconcat ("/org/offhook/Agent/phones/", oh_bus_call1_get_phone (call), NULL);
  phone = oh_cli_find (cli, path, "org.offhook.Phone1");
  if (phone == NULL || g_str_equal (oh_bus_phone1_get_events (phone), "yes") ||
      !g_strv_contains (oh_bus_phone1_get_can (phone), "hang-up-all"))
    return NULL;
  return g_steal_pointer (&phone);
}

static void
hang_up_all (OhCli *cli, OhBusPhone1 *phone)
{
  g_dbus_proxy_call (G_DBUS_PROXY (phone), "HangUpAll", NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT,
                     NULL, on_done, cli);
}

static void
on_blind_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhBusPhone1) phone = find_blind (user_data);
  GError *error = NULL;

  if (!oh_cli_confirm_finish (result, &error))
    oh_cli_fail (user_data, error);
  else if (phone != NULL)
    hang_up_all (user_data, phone);
  else
    control (user_data, "HangUp", up); /* it is known meanwhile */
}

void
oh_verb_hang_up (OhCli *cli)
{
  g_autoptr (OhBusPhone1) phone = find_blind (cli);

  if (phone == NULL)
    control (cli, "HangUp", up);
  else if (oh_cli_yes (cli))
    hang_up_all (cli, phone);
  else
    oh_cli_confirm_async (
      _ ("The phone does not report its calls, so that nobody knows whether this "
         "one is still up, or another. Hanging up ends all of them. Hang up?"),
      on_blind_confirmed, cli);
}

void
oh_verb_hold (OhCli *cli)
{
  control (cli, "Hold", connected);
}

void
oh_verb_resume (OhCli *cli)
{
  control (cli, "Resume", held);
}

void
oh_verb_mute (OhCli *cli)
{
  control_with (cli, "Mute", g_variant_new ("(b)", TRUE), connected);
}

void
oh_verb_unmute (OhCli *cli)
{
  control_with (cli, "Mute", g_variant_new ("(b)", FALSE), connected);
}

void
oh_verb_swap (OhCli *cli)
{
  control (cli, "Swap", connected);
}

void
oh_verb_conference (OhCli *cli)
{
  control (cli, "Conference", connected);
}

static void
on_tones (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (oh_bus_call1_call_send_dtmf_finish (OH_BUS_CALL1 (source), result, &error))
    oh_cli_done (user_data);
  else
    oh_cli_fail (user_data, error);
}

void
oh_verb_dtmf (OhCli *cli)
{
  const char *digits = oh_cli_arg (cli, 0);
  GError *error = NULL;
  g_autoptr (OhBusCall1) call = NULL;

  if (digits[0] == '\0' || digits[strspn (digits, "0123456789*#ABCDabcd")] != '\0')
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE, _ ("Tones are the digits, *, # and A to D."));
  else
    call = oh_verb_choose_call (cli, oh_cli_arg (cli, 1), connected, &error);
  if (call == NULL)
    oh_cli_fail (cli, error);
  else
    oh_bus_call1_call_send_dtmf (call, digits, NULL, on_tones, cli);
}
