/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-command.h"

#include <string.h>

#define URI "/servlet?key="

/* What follows the argument, if anything does. */
typedef enum
{
  ARGUMENT_NONE,
  ARGUMENT_NUMBER, /* one number behind "=" */
  ARGUMENT_DIGITS, /* each digit is a key */
} Argument;

/* clang-format off */

/* @plain: without a call's name; @named: with one, which follows it. NULL: there is none. */
static const struct
{
  const char *plain, *named;
  Argument argument;
} keys[] = {
  [OH_PHONE_DIAL] = { "number=", NULL, ARGUMENT_NUMBER },
  [OH_PHONE_ANSWER] = { "OK", "ASW:", ARGUMENT_NONE },
  [OH_PHONE_REJECT] = { "CALLEND", "CANCEL:", ARGUMENT_NONE },
  [OH_PHONE_HANG_UP] = { "CALLEND", "CANCEL:", ARGUMENT_NONE },
  [OH_PHONE_HOLD] = { "F_HOLD", "HOLD:", ARGUMENT_NONE },
  [OH_PHONE_RESUME] = { "F_HOLD", "UNHOLD:", ARGUMENT_NONE },
  [OH_PHONE_DTMF] = { "", NULL, ARGUMENT_DIGITS },
  [OH_PHONE_DND_ON] = { "DNDOn", NULL, ARGUMENT_NONE },
  [OH_PHONE_DND_OFF] = { "DNDOff", NULL, ARGUMENT_NONE },
  [OH_PHONE_TRANSFER] = { "BTrans=", NULL, ARGUMENT_NUMBER },
  [OH_PHONE_TRANSFER_COMPLETE] = { "F_TRANSFER", NULL, ARGUMENT_NONE },
  [OH_PHONE_JOIN] = { "F_CONFERENCE", NULL, ARGUMENT_NONE },
  [OH_PHONE_MUTE_ON] = { "MUTE", NULL, ARGUMENT_NONE }, /* one key for both */
  [OH_PHONE_MUTE_OFF] = { "MUTE", NULL, ARGUMENT_NONE },
  [OH_PHONE_VOLUME_UP] = { "VOLUME_UP", NULL, ARGUMENT_NONE },
  [OH_PHONE_VOLUME_DOWN] = { "VOLUME_DOWN", NULL, ARGUMENT_NONE },
  [OH_PHONE_REBOOT] = { "Reboot", NULL, ARGUMENT_NONE },
  [OH_N_PHONE_VERBS] = { NULL, NULL, ARGUMENT_NONE },
};

static const OhYealinkAction actions[] = {
  { "action_url.setup_completed", OH_PHONE_EVENT_STARTED },
  { "action_url.incoming_call", OH_PHONE_EVENT_INCOMING },
  { "action_url.outgoing_call", OH_PHONE_EVENT_OUTGOING },
  { "action_url.call_established", OH_PHONE_EVENT_CONNECTED },
  { "action_url.call_terminated", OH_PHONE_EVENT_DISCONNECTED },
  { "action_url.cancel_callout", OH_PHONE_EVENT_DISCONNECTED },
  { "action_url.remote_busy", OH_PHONE_EVENT_DISCONNECTED },
  { "action_url.call_remote_canceled", OH_PHONE_EVENT_DISCONNECTED },
  { "action_url.reject_incoming_call", OH_PHONE_EVENT_DISCONNECTED },
  { "action_url.missed_call", OH_PHONE_EVENT_MISSED },
  { "action_url.hold", OH_PHONE_EVENT_HELD },
  { "action_url.unhold", OH_PHONE_EVENT_RESUMED },
  { "action_url.blind_transfer_call", OH_PHONE_EVENT_TRANSFERRED },
  { "action_url.attended_transfer_call", OH_PHONE_EVENT_TRANSFERRED },
  { "action_url.off_hook", OH_PHONE_EVENT_OFF_HOOK },
  { "action_url.on_hook", OH_PHONE_EVENT_ON_HOOK },
  { "action_url.dnd_on", OH_PHONE_EVENT_DND_ON },
  { "action_url.dnd_off", OH_PHONE_EVENT_DND_OFF },
  { "action_url.registered", OH_PHONE_EVENT_REGISTERED },
  { "action_url.unregistered", OH_PHONE_EVENT_UNREGISTERED },
  { "action_url.register_failed", OH_PHONE_EVENT_REGISTRATION_FAILED },
};

/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (keys) == OH_N_PHONE_VERBS + 1);

static gboolean
is_dialable (const char *text, gboolean plus)
{
  gsize len = text != NULL ? strlen (text) : 0;

  if (len == 0 || len > OH_YEALINK_ARGUMENT_MAX)
    return FALSE;
  if (plus && *text == '+') /* in front only */
    text++;
  return *text != '\0' && text[strspn (text, "0123456789*#")] == '\0';
}

/* A call's name goes into the query as it stands: a number, nothing else. */
static gboolean
is_call (const char *call)
{
  gsize len = strlen (call);

  return len > 0 && len <= OH_YEALINK_CALL_MAX && strspn (call, "0123456789") == len;
}

static void
append_digits (GString *target, const char *digits)
{
  for (const char *p = digits; *p != '\0'; p++)
    {
      if (p != digits)
        g_string_append_c (target, ';');
      if (*p == '#')
        g_string_append (target, "POUND");
      else
        g_string_append_c (target, *p);
    }
}

static gboolean
append_argument (GString *target, Argument kind, const char *argument)
{
  if (kind == ARGUMENT_NONE)
    return TRUE;
  if (!is_dialable (argument, kind == ARGUMENT_NUMBER))
    return FALSE;
  if (kind == ARGUMENT_DIGITS)
    append_digits (target, argument);
  else
    g_string_append_uri_escaped (target, argument, "*", FALSE);
  return TRUE;
}

char *
oh_yealink_command_target (const OhPhoneCommand *command)
{
  g_autoptr (GString) target = g_string_new (URI);
  const char *plain, *named;

  g_return_val_if_fail (command->verb < OH_N_PHONE_VERBS, NULL);
  plain = keys[command->verb].plain;
  named = keys[command->verb].named;
  if (plain == NULL)
    return NULL;
  if (named != NULL && command->call != NULL)
    {
      if (!is_call (command->call))
        return NULL;
      g_string_append_printf (target, "%s%s", named, command->call);
      return g_string_free (g_steal_pointer (&target), FALSE);
    }
  g_string_append (target, plain);
  if (!append_argument (target, keys[command->verb].argument, command->argument))
    return NULL;
  if (command->verb == OH_PHONE_DIAL && command->identity != NULL && *command->identity != '\0')
    {
      if (strlen (command->identity) > OH_YEALINK_IDENTITY_MAX)
        return NULL;
      g_string_append (target, "&outgoing_uri=");
      g_string_append_uri_escaped (target, command->identity, "@", FALSE);
    }
  return g_string_free (g_steal_pointer (&target), FALSE);
}

const OhYealinkAction *
oh_yealink_actions (gsize *out_n)
{
  *out_n = G_N_ELEMENTS (actions);
  return actions;
}

/* Free text last: nobody promises that the phone encodes what it fills in. */
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
    case OH_PHONE_EVENT_DISCONNECTED:
    case OH_PHONE_EVENT_MISSED:
    case OH_PHONE_EVENT_TRANSFERRED: return "?c=$call_id&r=$remote&l=$local&d=$display_remote";
    case OH_PHONE_EVENT_REGISTERED:
    case OH_PHONE_EVENT_UNREGISTERED:
    case OH_PHONE_EVENT_REGISTRATION_FAILED: return "?l=$active_url";
    case OH_PHONE_EVENT_STARTED:
    case OH_PHONE_EVENT_OFF_HOOK:
    case OH_PHONE_EVENT_ON_HOOK:
    case OH_PHONE_EVENT_DND_ON:
    case OH_PHONE_EVENT_DND_OFF:
    case OH_PHONE_EVENT_FORWARD_ON:
    case OH_PHONE_EVENT_FORWARD_OFF:
    case OH_N_PHONE_EVENTS:
    default: return "";
    }
}

char *
oh_yealink_action_value (const char *base, OhPhoneEventKind kind)
{
  return g_strconcat (base, oh_phone_event_kind_word (kind), variables_of (kind), NULL);
}
