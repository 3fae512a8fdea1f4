/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ECMA-269 services on the calls of the phone, written as ECMA-323. */

#include "sim-csta-services.h"

#include "sim-keys.h"

#include <string.h>

#define NAMESPACE "http://www.ecma-international.org/standards/ecma-323/csta/ed"
#define MONITOR 43

/* One service: FALSE with @why, the word of CSTAErrorCode; TRUE with what it adds to its answer. */
typedef gboolean (*ServiceFunc) (SimPhone *phone, SimCstaXml *request, GString *answer,
                                 guint *monitor, const char **why);

/* --- names --- */

GString *
sim_csta_open_document (SimPhone *phone, const char *name)
{
  const char *ns = sim_knobs_is (phone->knobs, SIM_KNOB_CSTA_FAULT, "wrong-namespace")
                     ? "http://example.org/nothing/ed"
                     : NAMESPACE;
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>");

  g_string_append_printf (xml, "<%s xmlns=\"%s%s\">", name, ns,
                          sim_knobs_get (phone->knobs, SIM_KNOB_CSTA_EDITION));
  return xml;
}

static char *
close_document (GString *xml, const char *name)
{
  g_string_append_printf (xml, "</%s>", name);
  return g_string_free (xml, FALSE);
}

char *
sim_csta_device (SimPhone *phone, guint identity)
{
  return g_strdup_printf ("sip:%s@%s",
                          sim_settings_identity (phone->settings, "user_name", identity),
                          sim_settings_identity (phone->settings, "user_host", identity));
}

/* As a phone that was seen: small, and below zero. */
static int
csta_id (SimCall *call)
{
  return -10 - (int) call->id;
}

static SimCall *
find_call (SimPhone *phone, const char *id)
{
  for (guint i = 0; i < sim_calls_count (phone->calls); i++)
    {
      SimCall *call = sim_calls_nth (phone->calls, i);

      if (csta_id (call) == (int) g_ascii_strtoll (id, NULL, 10))
        return call;
    }
  return NULL;
}

static void
append (GString *xml, const char *name, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (xml, "<%s>%s</%s>", name, escaped, name);
}

static void
append_place (GString *xml, SimPhone *phone, const char *name, SimCall *call)
{
  g_autofree char *device = sim_csta_device (phone, call->identity);

  g_string_append_printf (xml, "<%s><callID>%d</callID>", name, csta_id (call));
  append (xml, "deviceID", device);
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_device (GString *xml, const char *name, const char *device)
{
  g_string_append_printf (xml, "<%s>", name);
  append (xml, "deviceIdentifier", device);
  g_string_append_printf (xml, "</%s>", name);
}

static char *
far_device (SimPhone *phone, SimCall *call)
{
  return g_strdup_printf ("sip:%s@%s", call->number,
                          sim_settings_get (phone->settings, "user_host1"));
}

/* --- services --- */

static gboolean
system_status (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
               const char **why)
{
  append (answer, "systemStatus", "normal");
  return TRUE;
}

static gboolean
is_ours (SimPhone *phone, const char *device)
{
  g_autofree char *own = sim_csta_device (phone, 1);
  const char *scheme = g_str_has_prefix (device, "sip:") ? device + 4 : device;
  gsize user = strcspn (own + 4, "@");

  return strncmp (scheme, own + 4, user) == 0 && (scheme[user] == '@' || scheme[user] == '\0');
}

static gboolean
monitor_start (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
               const char **why)
{
  *why = "invalidMonitorObject";
  if (!is_ours (phone, sim_csta_xml_get (request, "deviceObject")))
    return FALSE;
  *monitor = MONITOR;
  g_string_append_printf (answer, "<monitorCrossRefID>%u</monitorCrossRefID>", *monitor);
  append (answer, "monitorExistingCalls", "true");
  return TRUE;
}

static gboolean
monitor_stop (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
              const char **why)
{
  *monitor = 0;
  return TRUE;
}

static const char *
connection_state (SimCall *call)
{
  switch (call->state)
    {
    case SIM_CALL_OFFHOOK: return "initiated";
    case SIM_CALL_OFFERED: return "alerting";
    case SIM_CALL_HOLDING: return "hold";
    case SIM_CALL_CALLING:
    case SIM_CALL_RINGING:
    case SIM_CALL_CONNECTED:
    case SIM_CALL_ON_HOLD: return "connected";
    case SIM_CALL_CLOSED:
    case SIM_N_CALL_STATES:
    default: return "null";
    }
}

static gboolean
snapshot_device (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
                 const char **why)
{
  g_string_append (answer, "<crossRefIDorSnapshotData><snapshotData>");
  for (guint i = 0; i < sim_calls_count (phone->calls); i++)
    {
      SimCall *call = sim_calls_nth (phone->calls, i);

      g_string_append (answer, "<snapshotDeviceResponseInfo>");
      append_place (answer, phone, "connectionIdentifier", call);
      g_string_append (answer, "<localCallState><compoundCallState>");
      append (answer, "localConnectionState", connection_state (call));
      g_string_append (answer,
                       "</compoundCallState></localCallState></snapshotDeviceResponseInfo>");
    }
  g_string_append (answer, "</snapshotData></crossRefIDorSnapshotData>");
  return TRUE;
}

static void
append_on_call (GString *answer, const char *device, SimCall *call)
{
  g_string_append (answer, "<snapshotCallResponseInfo>");
  append_device (answer, "deviceOnCall", device);
  g_string_append_printf (answer, "<callIdentifier><callID>%d</callID>", csta_id (call));
  append (answer, "deviceID", device);
  g_string_append (answer, "</callIdentifier></snapshotCallResponseInfo>");
}

static gboolean
snapshot_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
               const char **why)
{
  SimCall *call = find_call (phone, sim_csta_xml_get (request, "callID"));
  g_autofree char *own = NULL;
  g_autofree char *far = NULL;

  *why = "invalidCallID";
  if (call == NULL)
    return FALSE;
  own = sim_csta_device (phone, call->identity);
  far = far_device (phone, call);
  g_string_append (answer, "<crossRefIDorSnapshotData><snapshotData>");
  append_on_call (answer, own, call);
  append_on_call (answer, far, call);
  g_string_append (answer, "</snapshotData></crossRefIDorSnapshotData>");
  return TRUE;
}

static gboolean
make_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor, const char **why)
{
  const char *device = sim_csta_xml_get (request, "callingDevice");

  *why = "invalidCallingDeviceID";
  if (!is_ours (phone, device) ||
      !g_str_equal (sim_csta_xml_get (request, "autoOriginate"), "doNotPrompt"))
    return FALSE;
  *why = "generic";
  if (!sim_phone_dial (phone, sim_csta_xml_get (request, "calledDirectoryNumber"), NULL))
    return FALSE;
  append_place (answer, phone, "callingDevice", sim_calls_nth (phone->calls, 0));
  return TRUE;
}

/* Moves the call that the request names. */
static gboolean
move_named (SimPhone *phone, SimCstaXml *request, const char *name, SimMove move, const char **why)
{
  SimCall *call = find_call (phone, sim_csta_xml_get_in (request, name, "callID"));

  *why = call == NULL ? "invalidCallID" : "invalidConnectionState";
  return call != NULL && sim_calls_move (call, move);
}

static gboolean
answer_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
             const char **why)
{
  return move_named (phone, request, "callToBeAnswered", SIM_MOVE_ACCEPT, why);
}

static gboolean
clear_connection (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
                  const char **why)
{
  SimCall *call =
    find_call (phone, sim_csta_xml_get_in (request, "connectionToBeCleared", "callID"));

  *why = "invalidCallID";
  return call != NULL && sim_calls_end (call);
}

static gboolean
hold_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor, const char **why)
{
  return move_named (phone, request, "callToBeHeld", SIM_MOVE_HOLD, why);
}

static gboolean
retrieve_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
               const char **why)
{
  return move_named (phone, request, "callToBeRetrieved", SIM_MOVE_RESUME, why);
}

static gboolean
alternate_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
                const char **why)
{
  return move_named (phone, request, "activeCall", SIM_MOVE_HOLD, why) &&
         move_named (phone, request, "heldCall", SIM_MOVE_RESUME, why);
}

static gboolean
transfer_call (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
               const char **why)
{
  *why = "invalidConnectionState";
  return sim_calls_attended_transfer (phone->calls);
}

static gboolean
single_step (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
             const char **why)
{
  sim_phone_note (phone, "transfer", sim_csta_xml_get (request, "transferredTo"), "single step");
  return move_named (phone, request, "activeCall", SIM_MOVE_BLIND_TRANSFER, why);
}

static gboolean
generate_digits (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
                 const char **why)
{
  *why = "invalidConnectionState";
  if (sim_calls_find (phone->calls, SIM_CALL_CONNECTED) == NULL)
    return FALSE;
  sim_keys_dtmf (phone->keys, sim_csta_xml_get (request, "charactersToSend"));
  return TRUE;
}

static gboolean
get_dnd (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor, const char **why)
{
  append (answer, "doNotDisturbOn",
          sim_settings_on (phone->settings, "dnd_mode") ? "true" : "false");
  return TRUE;
}

static gboolean
set_dnd (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor, const char **why)
{
  gboolean on = g_str_equal (sim_csta_xml_get (request, "doNotDisturbOn"), "true");

  sim_settings_write (phone->settings, "dnd_mode", on ? "on" : "off", FALSE);
  return TRUE;
}

static gboolean
set_forwarding (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor,
                const char **why)
{
  static const char *const types[][3] = {
    { "forwardImmediate", "all", "redirect_number" },
    { "forwardBusy", "busy", "redirect_busy_number" },
    { "forwardNoAns", "time", "redirect_time_number" },
  };
  const char *type = sim_csta_xml_get (request, "forwardingType");

  *why = "invalidForwardingType";
  if (!g_str_equal (sim_csta_xml_get (request, "activateForward"), "true"))
    {
      sim_settings_write (phone->settings, "redirect_event", "none", FALSE);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i][0], type))
      {
        sim_settings_write (phone->settings, types[i][2], sim_csta_xml_get (request, "forwardDN"),
                            FALSE);
        sim_settings_write (phone->settings, "redirect_event", types[i][1], FALSE);
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_mute (SimPhone *phone, SimCstaXml *request, GString *answer, guint *monitor, const char **why)
{
  gboolean on = g_str_equal (sim_csta_xml_get (request, "microphoneMuteOn"), "true");

  if (on != sim_keys_is_muted (phone->keys))
    sim_keys_press (phone->keys, "MUTE");
  return TRUE;
}

/* clang-format off */
static const struct { const char *name; ServiceFunc serve; } services[] = {
  { "RequestSystemStatus",    system_status    },
  { "MonitorStart",           monitor_start    },
  { "MonitorStop",            monitor_stop     },
  { "SnapshotDevice",         snapshot_device  },
  { "SnapshotCall",           snapshot_call    },
  { "MakeCall",               make_call        },
  { "AnswerCall",             answer_call      },
  { "ClearConnection",        clear_connection },
  { "HoldCall",               hold_call        },
  { "RetrieveCall",           retrieve_call    },
  { "AlternateCall",          alternate_call   },
  { "TransferCall",           transfer_call    },
  { "SingleStepTransferCall", single_step      },
  { "GenerateDigits",         generate_digits  },
  { "GetDoNotDisturb",        get_dnd          },
  { "SetDoNotDisturb",        set_dnd          },
  { "SetForwarding",          set_forwarding   },
  { "SetMicrophoneMute",      set_mute         },
};
/* clang-format on */

static char *
refusal (SimPhone *phone, const char *word)
{
  GString *xml = sim_csta_open_document (phone, "CSTAErrorCode");

  append (xml, "operation", word);
  return close_document (xml, "CSTAErrorCode");
}

static gboolean
is_refused (SimPhone *phone, SimCstaXml *request, const char **why)
{
  gboolean harmless = g_str_equal (request->name, "RequestSystemStatus");

  *why = "generic";
  if (sim_knobs_is (phone->knobs, SIM_KNOB_CSTA_FAULT, "refuse"))
    return !harmless;
  *why = "serviceNotSupported";
  return sim_knobs_is (phone->knobs, SIM_KNOB_CSTA_FAULT, "unknown-service") && !harmless;
}

char *
sim_csta_serve (SimPhone *phone, SimCstaXml *request, guint *monitor)
{
  g_autofree char *name = g_strconcat (request->name, "Response", NULL);
  const char *why = "serviceNotSupported";

  if (is_refused (phone, request, &why))
    return refusal (phone, why);
  why = "serviceNotSupported";
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].name, request->name))
      {
        g_autoptr (GString) answer = sim_csta_open_document (phone, name);

        if (services[i].serve (phone, request, answer, monitor, &why))
          return close_document (g_steal_pointer (&answer), name);
        break;
      }
  return refusal (phone, why);
}

/* --- events --- */

/* clang-format off */
static const struct
{
  SimMove move;
  const char *event;
  const char *connection;
  const char *local; /* state of our end afterwards */
  const char *who;   /* element that names who did it */
  gboolean us;
} events[] = {
  { SIM_MOVE_LIFT,              "ServiceInitiatedEvent",  "initiatedConnection",   "initiated", "initiatingDevice",   TRUE  },
  { SIM_MOVE_DIAL,              "OriginatedEvent",        "originatedConnection",  "connected", NULL,                 TRUE  },
  { SIM_MOVE_ALERT,             "DeliveredEvent",         "connection",            "connected", "alertingDevice",     FALSE },
  { SIM_MOVE_OFFER,             "DeliveredEvent",         "connection",            "alerting",  "alertingDevice",     TRUE  },
  { SIM_MOVE_REMOTE_ANSWER,     "EstablishedEvent",       "establishedConnection", "connected", "answeringDevice",    FALSE },
  { SIM_MOVE_ACCEPT,            "EstablishedEvent",       "establishedConnection", "connected", "answeringDevice",    TRUE  },
  { SIM_MOVE_ACCEPT_HANDSET,    "EstablishedEvent",       "establishedConnection", "connected", "answeringDevice",    TRUE  },
  { SIM_MOVE_HOLD,              "HeldEvent",              "heldConnection",        "hold",      "holdingDevice",      TRUE  },
  { SIM_MOVE_RESUME,            "RetrievedEvent",         "retrievedConnection",   "connected", "retrievingDevice",   TRUE  },
  { SIM_MOVE_REMOTE_HOLD,       "HeldEvent",              "heldConnection",        "connected", "holdingDevice",      FALSE },
  { SIM_MOVE_REMOTE_RESUME,     "RetrievedEvent",         "retrievedConnection",   "connected", "retrievingDevice",   FALSE },
  { SIM_MOVE_FAIL,              "FailedEvent",            "failedConnection",      "fail",      "failingDevice",      FALSE },
  { SIM_MOVE_BLIND_TRANSFER,    "TransferedEvent",        "primaryOldCall",        "null",      "transferringDevice", TRUE  },
  { SIM_MOVE_ATTENDED_TRANSFER, "TransferedEvent",        "primaryOldCall",        "null",      "transferringDevice", TRUE  },
  { SIM_MOVE_REMOTE_CANCEL,     "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    FALSE },
  { SIM_MOVE_REMOTE_HANG_UP,    "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    FALSE },
  { SIM_MOVE_DECLINE,           "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    TRUE  },
  { SIM_MOVE_GIVE_UP,           "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    TRUE  },
  { SIM_MOVE_PUT_DOWN,          "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    TRUE  },
  { SIM_MOVE_HANG_UP,           "ConnectionClearedEvent", "droppedConnection",     "null",      "releasingDevice",    TRUE  },
};
/* clang-format on */

char *
sim_csta_event_text (SimPhone *phone, SimCall *call, SimMove move, guint monitor)
{
  g_autofree char *own = sim_csta_device (phone, call->identity);
  g_autofree char *far = far_device (phone, call);

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (events[i].move == move)
      {
        GString *xml = sim_csta_open_document (phone, events[i].event);

        g_string_append_printf (xml, "<monitorCrossRefID>%u</monitorCrossRefID>", monitor);
        append_place (xml, phone, events[i].connection, call);
        if (events[i].who != NULL)
          append_device (xml, events[i].who, events[i].us ? own : far);
        append_device (xml, "callingDevice", call->outgoing ? own : far);
        append_device (xml, "calledDevice", call->outgoing ? far : own);
        append (xml, "localConnectionInfo", events[i].local);
        append (xml, "cause", move == SIM_MOVE_FAIL ? "busy" : "normal");
        return close_document (xml, events[i].event);
      }
  return NULL;
}
