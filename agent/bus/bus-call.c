/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-call.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "bus-words.h"
#include "slice.h"

struct _OhBusCall
{
  OhCall *call;                /* (owned) */
  OhDialler *dialler;          /* (owned) */
  OhBusCall1 *skeleton;        /* (owned) */
  GDBusObjectSkeleton *object; /* (owned) */
};

static guint
cause_code (const char *cause)
{
  const char *found = strstr (cause, "cause=");
  guint64 code = 0;

  if (found == NULL)
    return 0;
  found += strlen ("cause=");
  oh_slice_to_uint (oh_slice (found, strspn (found, "0123456789")), 699, &code);
  return (guint) code;
}

const char *
oh_bus_call_cause (const char *cause, gboolean missed)
{
  guint code = cause != NULL ? cause_code (cause) : 0;

  if (missed)
    return "missed";
  switch (code)
    {
    case 0:
    case 487: /* we hung up before the other end answered */ return "";
    case 486:
    case 600:
    case 603: return "rejected";
    default: return code >= 300 ? "failed" : "";
    }
}

static char *
display_of (OhBusCall *self, const char *number)
{
  g_autoptr (OhNumber) parsed = oh_dialler_parse (self->dialler, number, OH_NUMBER_FROM_CALL, NULL);

  return g_strdup (parsed != NULL ? parsed->display : number);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
show_party (OhBusCall *self)
{
  const char *number = or_empty (oh_call_get_number (self->call));
  g_autofree char *display = display_of (self, number);

  oh_bus_call1_set_number (self->skeleton, number);
  oh_bus_call1_set_display (self->skeleton, display);
  oh_bus_call1_set_name (self->skeleton, or_empty (oh_call_get_name (self->call)));
}

static void
show_state (OhBusCall *self)
{
  OhCallState state = oh_call_get_state (self->call);

  oh_bus_call1_set_state (self->skeleton, oh_call_state_nick (state));
  oh_bus_call1_set_since (self->skeleton, oh_call_get_since_us (self->call));
  if (state == OH_CALL_ENDED)
    oh_bus_call1_set_cause (self->skeleton, oh_bus_call_cause (oh_call_get_cause (self->call),
                                                               oh_call_get_missed (self->call)));
}

static void
on_notify (OhCall *call, GParamSpec *pspec, OhBusCall *self)
{
  show_party (self);
  show_state (self);
}

static void
on_commanded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  oh_bus_flush (invocation);
  if (oh_dialler_command_finish (OH_DIALLER (source), result, &error) != OH_PHONE_OUTCOME_FAILED)
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    oh_bus_return_error (invocation, error);
}

/* Takes the invocation. */
static gboolean
ask (OhBusCall *self, GDBusMethodInvocation *invocation, OhCallRequest *request)
{
  request->call_id = oh_call_get_id (self->call);
  oh_dialler_request_async (self->dialler, request, NULL, on_commanded, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
command (OhBusCall *self, GDBusMethodInvocation *invocation, OhPhoneVerb verb, const char *digits)
{
  return ask (self, invocation, &(OhCallRequest){ .verb = verb, .text = digits });
}

static gboolean
handle_answer (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_ANSWER, NULL);
}

static gboolean
handle_answer_on (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, const char *device,
                  OhBusCall *self)
{
  OhCallRequest request = { .verb = OH_PHONE_ANSWER };

  if (oh_bus_device_from_word (device, &request.device))
    return ask (self, invocation, &request);
  oh_bus_return_usage (invocation, _ ("“%.32s” is nothing to talk on."), device);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_mute (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, gboolean muted,
             OhBusCall *self)
{
  return command (self, invocation, muted ? OH_PHONE_MUTE_ON : OH_PHONE_MUTE_OFF, NULL);
}

static gboolean
handle_swap (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_SWAP, NULL);
}

static gboolean
handle_transfer (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, const char *text,
                 const char *source, GVariant *options, OhBusCall *self)
{
  OhCallRequest request = { .verb = OH_PHONE_TRANSFER, .text = text };

  g_variant_lookup (options, "confirmed", "b", &request.confirmed);
  if (oh_bus_source_from_word (source, &request.source))
    return ask (self, invocation, &request);
  oh_bus_return_usage (invocation, _ ("“%.32s” is no source of a number."), source);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_consulted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;
  g_autoptr (OhCall) call = oh_dialler_consult_finish (OH_DIALLER (source), result, &error);
  g_autofree char *path = NULL;

  if (call == NULL)
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  oh_bus_flush (invocation);
  path = oh_bus_path (OH_BUS_CALLS, oh_call_get_id (call));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
}

static gboolean
handle_consult (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, const char *text,
                const char *source, GVariant *options, OhBusCall *self)
{
  OhDialRequest request = { .text = text };

  g_variant_lookup (options, "confirmed", "b", &request.confirmed);
  g_variant_lookup (options, "private", "b", &request.is_private);
  g_variant_lookup (options, "identity", "&s", &request.identity);
  if (oh_bus_source_from_word (source, &request.source))
    oh_dialler_consult_async (self->dialler, oh_call_get_id (self->call), &request, NULL,
                              on_consulted, invocation); /* takes it */
  else
    oh_bus_return_usage (invocation, _ ("“%.32s” is no source of a number."), source);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_complete_transfer (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_TRANSFER_COMPLETE, NULL);
}

static gboolean
handle_conference (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_JOIN, NULL);
}

static gboolean
handle_reject (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_REJECT, NULL);
}

static gboolean
handle_hang_up (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_HANG_UP, NULL);
}

static gboolean
handle_hold (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_HOLD, NULL);
}

static gboolean
handle_resume (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_RESUME, NULL);
}

static gboolean
handle_send_dtmf (OhBusCall1 *skeleton, GDBusMethodInvocation *invocation, const char *digits,
                  OhBusCall *self)
{
  return command (self, invocation, OH_PHONE_DTMF, digits);
}

static void
connect_methods (OhBusCall *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-answer", G_CALLBACK (handle_answer) },
    { "handle-answer-on", G_CALLBACK (handle_answer_on) },
    { "handle-reject", G_CALLBACK (handle_reject) },
    { "handle-hang-up", G_CALLBACK (handle_hang_up) },
    { "handle-hold", G_CALLBACK (handle_hold) },
    { "handle-resume", G_CALLBACK (handle_resume) },
    { "handle-mute", G_CALLBACK (handle_mute) },
    { "handle-swap", G_CALLBACK (handle_swap) },
    { "handle-transfer", G_CALLBACK (handle_transfer) },
    { "handle-consult", G_CALLBACK (handle_consult) },
    { "handle-complete-transfer", G_CALLBACK (handle_complete_transfer) },
    { "handle-conference", G_CALLBACK (handle_conference) },
    { "handle-send-dtmf", G_CALLBACK (handle_send_dtmf) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->skeleton, handlers[i].signal, handlers[i].handler, self);
}

OhBusCall *
oh_bus_call_new (OhCall *call, OhDialler *dialler)
{
  OhBusCall *self = g_new0 (OhBusCall, 1);
  g_autofree char *path = oh_bus_path (OH_BUS_CALLS, oh_call_get_id (call));

  self->call = g_object_ref (call);
  self->dialler = g_object_ref (dialler);
  self->skeleton = oh_bus_call1_skeleton_new ();
  self->object = g_dbus_object_skeleton_new (path);
  g_dbus_object_skeleton_add_interface (self->object, G_DBUS_INTERFACE_SKELETON (self->skeleton));
  oh_bus_call1_set_id (self->skeleton, oh_call_get_id (call));
  oh_bus_call1_set_phone (self->skeleton, oh_phone_get_id (oh_call_get_phone (call)));
  oh_bus_call1_set_direction (self->skeleton,
                              oh_call_direction_nick (oh_call_get_direction (call)));
  oh_bus_call1_set_started (self->skeleton, oh_call_get_since_us (call));
  oh_bus_call1_set_cause (self->skeleton, "");
  show_party (self);
  show_state (self);
  g_signal_connect (call, "notify", G_CALLBACK (on_notify), self);
  connect_methods (self);
  return self;
}

void
oh_bus_call_free (OhBusCall *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->call, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->object);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->dialler);
  g_clear_object (&self->call);
  g_free (self);
}

GDBusObjectSkeleton *
oh_bus_call_object (OhBusCall *self)
{
  return self->object;
}
