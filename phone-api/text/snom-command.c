/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-command.h"

#include <string.h>

/* clang-format off */
static const char *const queries[] = {
  [OH_PHONE_DIAL] = "number=",
  [OH_PHONE_ANSWER] = "key=ENTER",
  [OH_PHONE_REJECT] = "key=CANCEL",
  [OH_PHONE_HANG_UP] = "key=CANCEL",
  [OH_PHONE_HANG_UP_ALL] = "RELEASE_ALL_CALLS",
  [OH_PHONE_HOLD] = "key=F_HOLD", /* one key for both */
  [OH_PHONE_RESUME] = "key=F_HOLD",
  [OH_PHONE_DTMF] = "key_dtmf=",
  [OH_PHONE_DND_ON] = NULL, /* a setting: its key is a toggle */
  [OH_PHONE_DND_OFF] = NULL,
  [OH_PHONE_REBOOT] = NULL, /* the last, so that all have a place */
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

static gboolean
is_dialable (const char *text)
{
  gsize len = text != NULL ? strlen (text) : 0;

  if (len == 0 || len > OH_SNOM_ARGUMENT_MAX)
    return FALSE;
  if (*text == '+') /* in front only */
    text++;
  return *text != '\0' && text[strspn (text, "0123456789*#")] == '\0';
}

static gboolean
takes_argument (OhPhoneVerb verb)
{
  return verb == OH_PHONE_DIAL || verb == OH_PHONE_DTMF;
}

/* Not kept in flash: after a restart the phone rings again. */
static char *
dnd_target (gboolean on)
{
  const char *const names[] = { OH_SNOM_DND_SETTING, NULL };
  const char *const values[] = { on ? "on" : "off", NULL };

  return oh_snom_settings_target (names, values, FALSE);
}

char *
oh_snom_command_target (const OhPhoneCommand *command)
{
  g_autoptr (GString) target = g_string_new ("/command.htm?");

  g_return_val_if_fail (command->verb < OH_N_PHONE_VERBS, NULL);
  if (command->verb == OH_PHONE_DND_ON || command->verb == OH_PHONE_DND_OFF)
    return dnd_target (command->verb == OH_PHONE_DND_ON);
  if (queries[command->verb] == NULL)
    return NULL;
  g_string_append (target, queries[command->verb]);
  if (takes_argument (command->verb))
    {
      if (!is_dialable (command->argument))
        return NULL;
      if (command->verb == OH_PHONE_DTMF && *command->argument == '+')
        return NULL;
      /* "*" would pass raw, but the vendor shows all three as codes */
      for (const char *p = command->argument; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (target, *p);
        else
          g_string_append_printf (target, "%%%02X", (guint) *p);
    }
  if (command->verb == OH_PHONE_DIAL && command->identity != NULL && *command->identity != '\0')
    {
      if (strlen (command->identity) > OH_SNOM_IDENTITY_MAX)
        return NULL;
      g_string_append (target, "&outgoing_uri=");
      g_string_append_uri_escaped (target, command->identity, "@", FALSE);
    }
  return g_string_free (g_steal_pointer (&target), FALSE);
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
