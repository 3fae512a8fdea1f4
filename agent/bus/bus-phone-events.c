/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-phone-events.h"

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"

struct _OhBusPhoneEvents
{
  char *id;
  OhPhone *phone;              /* (owned) (nullable) */
  OhBusPhoneEvents1 *skeleton; /* (owned) */
  gboolean wanted;
  OhBusEventsFunc func;
  gpointer user_data;
};

const char *
oh_bus_phone_events_word (OhPhone *phone)
{
  OhPhoneFacts facts;

  if (oh_phone_get_watched (phone))
    return "yes";
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY)
    return "unknown";
  oh_phone_get_facts (phone, &facts);
  if (facts.partly)
    return "partly";
  /* it could, nothing is said against it: it is being asked just now */
  return oh_phone_get_reason (phone) == NULL &&
             (oh_phone_get_capabilities (phone) & OH_PHONE_CAN_TELL_EVENTS) != 0
           ? "unknown"
           : "no";
}

static const char *
holder_word (OhPhoneHolder holder)
{
  switch (holder)
    {
    case OH_PHONE_HOLDER_PROGRAM: return "program";
    case OH_PHONE_HOLDER_OFFHOOK: return "offhook";
    case OH_PHONE_HOLDER_NONE:
    default: return "";
    }
}

static void
show (OhBusPhoneEvents *self)
{
  OhPhoneFacts facts;

  if (!self->wanted || self->phone == NULL)
    oh_bus_phone_events1_set_events (self->skeleton, self->wanted ? "unknown" : "off");
  else
    oh_bus_phone_events1_set_events (self->skeleton, oh_bus_phone_events_word (self->phone));
  if (self->phone == NULL)
    return;
  oh_phone_get_facts (self->phone, &facts);
  oh_bus_phone_events1_set_holder_kind (self->skeleton, holder_word (facts.holder));
  oh_bus_phone_events1_set_holder (self->skeleton, facts.holder_host);
  oh_bus_phone_events1_set_listening (self->skeleton,
                                      facts.listening != NULL ? facts.listening : "");
  oh_bus_phone_events1_set_last_event (self->skeleton, facts.last_event_us);
}

static void
on_notify (OhPhone *phone, GParamSpec *pspec, OhBusPhoneEvents *self)
{
  show (self);
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, OhBusPhoneEvents *self)
{
  show (self);
}

/* The task holds the skeleton: the change may put another object in the place of this phone. */
static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  oh_bus_flush (invocation);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
handle_take (OhBusPhoneEvents1 *skeleton, GDBusMethodInvocation *invocation, OhBusPhoneEvents *self)
{
  self->func (self->id, TRUE, g_task_new (self->skeleton, NULL, on_changed, invocation),
              self->user_data);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_give_back (OhBusPhoneEvents1 *skeleton, GDBusMethodInvocation *invocation,
                  OhBusPhoneEvents *self)
{
  self->func (self->id, FALSE, g_task_new (self->skeleton, NULL, on_changed, invocation),
              self->user_data);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OhBusPhoneEvents *
oh_bus_phone_events_new (const char *id, OhPhone *phone, OhBusEventsFunc func, gpointer user_data)
{
  OhBusPhoneEvents *self = g_new0 (OhBusPhoneEvents, 1);

  self->id = g_strdup (id);
  self->phone = phone != NULL ? g_object_ref (phone) : NULL;
  self->func = func;
  self->user_data = user_data;
  self->wanted = TRUE;
  self->skeleton = oh_bus_phone_events1_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-take", G_CALLBACK (handle_take), self);
  g_signal_connect (self->skeleton, "handle-give-back", G_CALLBACK (handle_give_back), self);
  if (phone != NULL)
    {
      g_signal_connect (phone, "notify", G_CALLBACK (on_notify), self);
      g_signal_connect_after (phone, "event", G_CALLBACK (on_event), self);
    }
  show (self);
  return self;
}

void
oh_bus_phone_events_free (OhBusPhoneEvents *self)
{
  if (self == NULL)
    return;
  if (self->phone != NULL)
    g_signal_handlers_disconnect_by_data (self->phone, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->phone);
  g_clear_object (&self->skeleton);
  g_free (self->id);
  g_free (self);
}

void
oh_bus_phone_events_set_wanted (OhBusPhoneEvents *self, gboolean wanted)
{
  self->wanted = wanted;
  show (self);
}

GDBusInterfaceSkeleton *
oh_bus_phone_events_skeleton (OhBusPhoneEvents *self)
{
  return G_DBUS_INTERFACE_SKELETON (self->skeleton);
}
