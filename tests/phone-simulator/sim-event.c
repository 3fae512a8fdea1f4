/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-event.h"

/* clang-format off */
static const SimEventKind kinds[SIM_N_EVENTS] = {
  [SIM_EVENT_NONE]              = { "none", "", SIM_EVENTS_FW5 },
  [SIM_EVENT_SETUP]             = { "setup", "action_setup_url", SIM_EVENTS_FW7, "action_url.setup_completed" },
  [SIM_EVENT_INCOMING]          = { "incoming", "action_incoming_url", SIM_EVENTS_FW5, "action_url.incoming_call" },
  [SIM_EVENT_OUTGOING]          = { "outgoing", "action_outgoing_url", SIM_EVENTS_FW5, "action_url.outgoing_call" },
  [SIM_EVENT_OFFHOOK]           = { "offhook", "action_offhook_url", SIM_EVENTS_FW5, "action_url.off_hook" },
  [SIM_EVENT_ONHOOK]            = { "onhook", "action_onhook_url", SIM_EVENTS_FW5, "action_url.on_hook" },
  [SIM_EVENT_CONNECTED]         = { "connected", "action_connected_url", SIM_EVENTS_FW7, "action_url.call_established" },
  [SIM_EVENT_DISCONNECTED]      = { "disconnected", "action_disconnected_url", SIM_EVENTS_FW7, "action_url.call_terminated" },
  [SIM_EVENT_MISSED]            = { "missed", "action_missed_url", SIM_EVENTS_FW7, "action_url.missed_call" },
  [SIM_EVENT_HOLD]              = { "hold", "action_hold", SIM_EVENTS_ALL, "action_url.hold" },
  [SIM_EVENT_UNHOLD]            = { "unhold", "action_unhold", SIM_EVENTS_ALL, "action_url.unhold" },
  [SIM_EVENT_BLIND_TRANSFER]    = { "blind-transfer", "action_blind_transfer", SIM_EVENTS_ALL, "action_url.blind_transfer_call" },
  [SIM_EVENT_ATTENDED_TRANSFER] = { "attended-transfer", "action_attended_transfer", SIM_EVENTS_ALL, "action_url.attended_transfer_call" },
  [SIM_EVENT_DND_ON]            = { "dnd-on", "action_dnd_on_url", SIM_EVENTS_FW7, "action_url.dnd_on" },
  [SIM_EVENT_DND_OFF]           = { "dnd-off", "action_dnd_off_url", SIM_EVENTS_FW7, "action_url.dnd_off" },
  [SIM_EVENT_REDIRECTION_ON]    = { "redirection-on", "action_redirection_on_url", SIM_EVENTS_FW7, "action_url.always_fwd_on" },
  [SIM_EVENT_REDIRECTION_OFF]   = { "redirection-off", "action_redirection_off_url", SIM_EVENTS_FW7, "action_url.always_fwd_off" },
  [SIM_EVENT_REG_FAILED]        = { "reg-failed", "action_reg_failed", SIM_EVENTS_FW7, "action_url.register_failed" },
  [SIM_EVENT_LOG_ON]            = { "log-on", "action_log_on_url", SIM_EVENTS_FW7, "action_url.registered" },
  [SIM_EVENT_LOG_OFF]           = { "log-off", "action_log_off_url", SIM_EVENTS_FW7, "action_url.unregistered" },
  [SIM_EVENT_LONGPRESS]         = { "longpress", "action_longpress_url", SIM_EVENTS_ALL },
};
/* clang-format on */

const SimEventKind *
sim_event_kind (SimEvent event)
{
  return &kinds[event];
}

SimEvent
sim_event_find (const char *name)
{
  for (guint i = SIM_EVENT_NONE + 1; i < SIM_N_EVENTS; i++)
    if (g_str_equal (kinds[i].name, name))
      return i;
  return SIM_EVENT_NONE;
}
