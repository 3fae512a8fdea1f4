/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-value.h"

/* clang-format off */
static const char *const verb_words[] = {
  [OH_PHONE_DIAL] = "dial",
  [OH_PHONE_ANSWER] = "answer",
  [OH_PHONE_REJECT] = "reject",
  [OH_PHONE_HANG_UP] = "hang-up",
  [OH_PHONE_HANG_UP_ALL] = "hang-up-all",
  [OH_PHONE_HOLD] = "hold",
  [OH_PHONE_RESUME] = "resume",
  [OH_PHONE_DTMF] = "dtmf",
  [OH_PHONE_DND_ON] = "dnd-on",
  [OH_PHONE_DND_OFF] = "dnd-off",
  [OH_PHONE_SWAP] = "swap",
  [OH_PHONE_TRANSFER] = "transfer",
  [OH_PHONE_TRANSFER_COMPLETE] = "transfer-complete",
  [OH_PHONE_JOIN] = "conference",
  [OH_PHONE_MUTE_ON] = "mute-on",
  [OH_PHONE_MUTE_OFF] = "mute-off",
  [OH_PHONE_VOLUME_UP] = "volume-up",
  [OH_PHONE_VOLUME_DOWN] = "volume-down",
  [OH_PHONE_FORWARD_ALL] = "forward-all",
  [OH_PHONE_FORWARD_BUSY] = "forward-busy",
  [OH_PHONE_FORWARD_NO_ANSWER] = "forward-no-answer",
  [OH_PHONE_FORWARD_OFF] = "forward-off",
  [OH_PHONE_SELECT_IDENTITY] = "select-identity",
  [OH_PHONE_LOCK] = "lock",
  [OH_PHONE_UNLOCK] = "unlock",
  [OH_PHONE_REBOOT] = "reboot",
};

static const char *const kind_words[] = {
  [OH_PHONE_EVENT_STARTED] = "started",
  [OH_PHONE_EVENT_INCOMING] = "incoming",
  [OH_PHONE_EVENT_OUTGOING] = "outgoing",
  [OH_PHONE_EVENT_RINGING] = "ringing",
  [OH_PHONE_EVENT_CONNECTED] = "connected",
  [OH_PHONE_EVENT_HELD] = "held",
  [OH_PHONE_EVENT_RESUMED] = "resumed",
  [OH_PHONE_EVENT_DISCONNECTED] = "disconnected",
  [OH_PHONE_EVENT_MISSED] = "missed",
  [OH_PHONE_EVENT_TRANSFERRED] = "transferred",
  [OH_PHONE_EVENT_OFF_HOOK] = "off-hook",
  [OH_PHONE_EVENT_ON_HOOK] = "on-hook",
  [OH_PHONE_EVENT_DND_ON] = "dnd-on",
  [OH_PHONE_EVENT_DND_OFF] = "dnd-off",
  [OH_PHONE_EVENT_FORWARD_ON] = "forward-on",
  [OH_PHONE_EVENT_FORWARD_OFF] = "forward-off",
  [OH_PHONE_EVENT_REGISTERED] = "registered",
  [OH_PHONE_EVENT_UNREGISTERED] = "unregistered",
  [OH_PHONE_EVENT_REGISTRATION_FAILED] = "registration-failed",
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (verb_words) == OH_N_PHONE_VERBS);
G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == OH_N_PHONE_EVENTS);

const char *
oh_phone_verb_word (OhPhoneVerb verb)
{
  g_return_val_if_fail (verb < OH_N_PHONE_VERBS, "");
  return verb_words[verb];
}

const char *
oh_phone_event_kind_word (OhPhoneEventKind kind)
{
  g_return_val_if_fail (kind < OH_N_PHONE_EVENTS, "");
  return kind_words[kind];
}

OhPhoneEvent *
oh_phone_event_new (OhPhoneEventKind kind)
{
  OhPhoneEvent *event = g_new0 (OhPhoneEvent, 1);

  event->kind = kind;
  return event;
}

OhPhoneEvent *
oh_phone_event_copy (const OhPhoneEvent *event)
{
  OhPhoneEvent *copy = oh_phone_event_new (event->kind);

  copy->call = g_strdup (event->call);
  copy->remote = g_strdup (event->remote);
  copy->local = g_strdup (event->local);
  copy->display = g_strdup (event->display);
  copy->line = g_strdup (event->line);
  copy->cause = g_strdup (event->cause);
  copy->time_us = event->time_us;
  return copy;
}

void
oh_phone_event_free (OhPhoneEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->call);
  g_free (event->remote);
  g_free (event->local);
  g_free (event->display);
  g_free (event->line);
  g_free (event->cause);
  g_free (event);
}
