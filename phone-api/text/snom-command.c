/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-command.h"

#include <string.h>

#define KEY "/command.htm?key="

/* clang-format off */
/* What each verb sends, by family; what needs an argument ends where it begins. NULL: a setting, or
   no such key. */
static const struct { const char *classic, *old; } queries[] = {
  [OH_PHONE_DIAL]              = { "/command.htm?number=", "/command.htm?number=" },
  [OH_PHONE_ANSWER]            = { KEY "ENTER", KEY "ENTER" },
  [OH_PHONE_REJECT]            = { KEY "CANCEL", KEY "CLEAR" },
  [OH_PHONE_HANG_UP]           = { KEY "CANCEL", KEY "CLEAR" },
  [OH_PHONE_HANG_UP_ALL]       = { "/command.htm?RELEASE_ALL_CALLS", "/command.htm?RELEASE_ALL_CALLS" },
  [OH_PHONE_HOLD]              = { KEY "F_HOLD", KEY "RECALL" }, /* one key for both */
  [OH_PHONE_RESUME]            = { KEY "F_HOLD", KEY "RECALL" },
  [OH_PHONE_DTMF]              = { "/command.htm?key_dtmf=", "/command.htm?key_dtmf=" },
  [OH_PHONE_SWAP]              = { KEY "F_HOLD", KEY "RECALL" }, /* with two calls, the same key */
  [OH_PHONE_TRANSFER]          = { KEY "TRANSFER", NULL }, /* ";" the digits ";ENTER" */
  [OH_PHONE_TRANSFER_COMPLETE] = { KEY "TRANSFER", NULL },
  [OH_PHONE_JOIN]              = { KEY "P", KEY "P" }, /* the number of the key */
  [OH_PHONE_MUTE_ON]           = { KEY "MUTE", NULL }, /* a toggle */
  [OH_PHONE_MUTE_OFF]          = { KEY "MUTE", NULL },
  [OH_PHONE_VOLUME_UP]         = { KEY "VOLUME_UP", KEY "VOLUME_UP" },
  [OH_PHONE_VOLUME_DOWN]       = { KEY "VOLUME_DOWN", KEY "VOLUME_DOWN" },
  [OH_PHONE_REBOOT]            = { "/advanced_update.htm?reboot=Reboot", "/confirm.htm?REBOOT=yes" }, /* the last */
};

/* To answer, the key of the device that the user wants to talk on. */
static const char *const answer_keys[] = {
  [OH_PHONE_DEVICE_ANY] = KEY "ENTER",
  [OH_PHONE_DEVICE_HANDSET] = KEY "OFFHOOK",
  [OH_PHONE_DEVICE_SPEAKER] = KEY "SPEAKER",
  [OH_PHONE_DEVICE_HEADSET] = KEY "HEADSET",
};

/* The hold and transfer rows do not exist in the firmware lines before 8; such a phone ignores
   them. */
static const OhSnomAction actions[] = {
  { "action_incoming_url", OH_PHONE_EVENT_INCOMING },
  { "action_outgoing_url", OH_PHONE_EVENT_OUTGOING },
  { "action_connected_url", OH_PHONE_EVENT_CONNECTED },
  { "action_disconnected_url", OH_PHONE_EVENT_DISCONNECTED },
  { "action_missed_url", OH_PHONE_EVENT_MISSED },
  { "action_hold", OH_PHONE_EVENT_HELD },
  { "action_unhold", OH_PHONE_EVENT_RESUMED },
  { "action_offhook_url", OH_PHONE_EVENT_OFF_HOOK },
  { "action_onhook_url", OH_PHONE_EVENT_ON_HOOK },
  { "action_setup_url", OH_PHONE_EVENT_STARTED },
  { "action_dnd_on_url", OH_PHONE_EVENT_DND_ON },
  { "action_dnd_off_url", OH_PHONE_EVENT_DND_OFF },
  { "action_redirection_on_url", OH_PHONE_EVENT_FORWARD_ON },
  { "action_redirection_off_url", OH_PHONE_EVENT_FORWARD_OFF },
  { "action_transfer", OH_PHONE_EVENT_TRANSFERRED },
  { "action_blind_transfer", OH_PHONE_EVENT_TRANSFERRED },
  { "action_attended_transfer", OH_PHONE_EVENT_TRANSFERRED },
  { "action_log_on_url", OH_PHONE_EVENT_REGISTERED },
  { "action_log_off_url", OH_PHONE_EVENT_UNREGISTERED },
  { "action_reg_failed", OH_PHONE_EVENT_REGISTRATION_FAILED },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (queries) == OH_N_PHONE_VERBS);

gboolean
oh_snom_is_dialable (const char *text)
{
  gsize len = text != NULL ? strlen (text) : 0;

  if (len == 0 || len > OH_SNOM_ARGUMENT_MAX)
    return FALSE;
  if (*text == '+') /* in front only */
    text++;
  return *text != '\0' && text[strspn (text, "0123456789*#")] == '\0';
}

/* "*" would pass raw, but the vendor shows all three as codes */
static void
append_sign (GString *target, char sign)
{
  if (g_ascii_isdigit (sign))
    g_string_append_c (target, sign);
  else
    g_string_append_printf (target, "%%%02X", (guint) sign);
}

/* One request, so that nothing comes between the keys. There is no key for "+". */
static gboolean
append_keys (GString *target, const char *digits)
{
  if (!oh_snom_is_dialable (digits) || *digits == '+')
    return FALSE;
  for (; *digits != '\0'; digits++)
    {
      g_string_append_c (target, ';');
      append_sign (target, *digits);
    }
  g_string_append (target, ";ENTER");
  return TRUE;
}

static gboolean
append_digits (GString *target, const OhPhoneCommand *command)
{
  if (!oh_snom_is_dialable (command->argument))
    return FALSE;
  if (command->verb == OH_PHONE_DTMF && *command->argument == '+')
    return FALSE;
  for (const char *p = command->argument; *p != '\0'; p++)
    append_sign (target, *p);
  return TRUE;
}

static gboolean
append_number (GString *target, const OhPhoneCommand *command)
{
  if (!append_digits (target, command))
    return FALSE;
  if (command->identity == NULL || *command->identity == '\0')
    return TRUE;
  if (strlen (command->identity) > OH_SNOM_IDENTITY_MAX)
    return FALSE;
  g_string_append (target, "&outgoing_uri=");
  g_string_append_uri_escaped (target, command->identity, "@", FALSE);
  return TRUE;
}

static gboolean
append_argument (GString *target, const OhPhoneCommand *command, const OhSnomManner *manner)
{
  switch ((int) command->verb)
    {
    case OH_PHONE_DIAL: return append_number (target, command);
    case OH_PHONE_DTMF: return append_digits (target, command);
    case OH_PHONE_TRANSFER: return append_keys (target, command->argument);
    case OH_PHONE_JOIN:
      g_string_append_printf (target, "%u", manner->conference_key);
      return manner->conference_key > 0;
    default: return TRUE;
    }
}

static const OhSnomManner plain = { FALSE, 0 };

char *
oh_snom_command_target (const OhPhoneCommand *command, const OhSnomManner *manner)
{
  const gboolean old = manner != NULL && manner->old;
  g_autoptr (GString) target = NULL;
  const char *query;

  g_return_val_if_fail (command->verb < OH_N_PHONE_VERBS, NULL);
  g_return_val_if_fail (command->device < G_N_ELEMENTS (answer_keys), NULL);
  query = old ? queries[command->verb].old : queries[command->verb].classic;
  if (command->verb == OH_PHONE_ANSWER)
    query = answer_keys[command->device];
  if (query == NULL)
    return NULL;
  target = g_string_new (query);
  if (!append_argument (target, command, manner != NULL ? manner : &plain))
    return NULL;
  return g_string_free (g_steal_pointer (&target), FALSE);
}

char *
oh_snom_command_fallback (const OhPhoneCommand *command)
{
  if (command->verb == OH_PHONE_ANSWER && command->device == OH_PHONE_DEVICE_ANY)
    return g_strdup (KEY "OFFHOOK");
  if (command->verb == OH_PHONE_HANG_UP)
    return g_strdup ("/command.htm?RELEASE_ALL_CALLS");
  return NULL;
}

const char *
oh_snom_reboot_target (gboolean old)
{
  return old ? queries[OH_PHONE_REBOOT].old : queries[OH_PHONE_REBOOT].classic;
}

char *
oh_snom_settings_target (const char *const *names, const char *const *values, gboolean store)
{
  g_autoptr (GString) target = g_string_new ("/dummy.htm?settings=save");

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_string_append_printf (target, "&%s=", names[i]);
      /* a raw "&" would begin another setting; these stay raw because the phone expects them so */
      g_string_append_uri_escaped (target, values[i], "$:/?=,@", FALSE);
    }
  if (store)
    g_string_append (target, "&store_settings=save");
  return g_string_free (g_steal_pointer (&target), FALSE);
}

const OhSnomAction *
oh_snom_actions (gsize *out_n)
{
  *out_n = G_N_ELEMENTS (actions);
  return actions;
}

static const char *
variables_of (OhPhoneEventKind kind)
{
  switch (kind)
    {
    case OH_PHONE_EVENT_INCOMING:
    case OH_PHONE_EVENT_OUTGOING:
    case OH_PHONE_EVENT_RINGING:
    case OH_PHONE_EVENT_CONNECTED:
    case OH_PHONE_EVENT_HELD:
    case OH_PHONE_EVENT_RESUMED:
    case OH_PHONE_EVENT_MISSED:
    case OH_PHONE_EVENT_TRANSFERRED:
      return "?c=$call-id&n=$active_line&r=$remote&l=$local&d=$display_remote";
    case OH_PHONE_EVENT_DISCONNECTED:
      return "?c=$call-id&n=$active_line&r=$remote&l=$local&x=$cancel_reason&d=$display_remote";
    case OH_PHONE_EVENT_OFF_HOOK:
    case OH_PHONE_EVENT_ON_HOOK: return "?c=$call-id&n=$active_line";
    case OH_PHONE_EVENT_REGISTERED:
    case OH_PHONE_EVENT_UNREGISTERED:
    case OH_PHONE_EVENT_REGISTRATION_FAILED: return "?l=$context_url";
    case OH_PHONE_EVENT_STARTED:
    case OH_PHONE_EVENT_DND_ON:
    case OH_PHONE_EVENT_DND_OFF:
    case OH_PHONE_EVENT_FORWARD_ON:
    case OH_PHONE_EVENT_FORWARD_OFF:
    case OH_N_PHONE_EVENTS:
    default: return "";
    }
}

char *
oh_snom_action_value (const char *base, OhPhoneEventKind kind)
{
  return g_strconcat (base, oh_phone_event_kind_word (kind), variables_of (kind), NULL);
}
