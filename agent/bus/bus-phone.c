/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-phone.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "bus-phone-events.h"
#include "bus-phone-verbs.h"

struct _OhBusPhone
{
  OhPhone *phone;              /* (owned) (nullable) */
  GError *problem;             /* (owned) (nullable) */
  OhBusPhone1 *skeleton;       /* (owned) */
  GDBusObjectSkeleton *object; /* (owned) */
  OhBusPinFunc pin;
  gpointer pin_data;
};

/* In the order in which a phone is met; each is only tried when those before it went well. */
enum
{
  STEP_REACH,
  STEP_CERTIFICATE,
  STEP_LOGIN,
  STEP_MODEL,
  STEP_SETTINGS,
  STEP_EVENTS,
  N_STEPS,
};

static const char *const step_words[N_STEPS] = {
  [STEP_REACH] = "reach", [STEP_CERTIFICATE] = "certificate", [STEP_LOGIN] = "login",
  [STEP_MODEL] = "model", [STEP_SETTINGS] = "settings",       [STEP_EVENTS] = "events",
};

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Returns: the step at which a phone in @state got stuck; N_STEPS when it did not */
static guint
stuck_at (OhPhoneState state)
{
  switch (state)
    {
    case OH_PHONE_STATE_READY: return N_STEPS;
    case OH_PHONE_STATE_UNTRUSTED: return STEP_CERTIFICATE;
    case OH_PHONE_STATE_UNAUTHORIZED:
    case OH_PHONE_STATE_LOCKED_OUT: return STEP_LOGIN;
    case OH_PHONE_STATE_UNSUPPORTED: return STEP_SETTINGS;
    case OH_PHONE_STATE_UNKNOWN:
    case OH_PHONE_STATE_UNREACHABLE:
    case OH_N_PHONE_STATES:
    default: return STEP_REACH;
    }
}

/* Returns: (transfer full): what was found at a step that went well */
static char *
found_at (OhPhone *phone, guint step)
{
  switch (step)
    {
    case STEP_REACH: return g_strdup_printf (_ ("%s answers"), oh_phone_get_host (phone));
    case STEP_CERTIFICATE: return g_strdup (or_empty (oh_phone_get_fingerprint (phone)));
    case STEP_LOGIN: return g_strdup (_ ("accepted"));
    case STEP_MODEL:
      return g_strdup_printf ("%s %s", or_empty (oh_phone_get_model (phone)),
                              or_empty (oh_phone_get_firmware (phone)));
    case STEP_SETTINGS: return g_strdup (_ ("it takes commands"));
    default: return g_strdup (_ ("it reports its calls"));
    }
}

static const char *
advice_for (const GError *reason)
{
  return reason != NULL && reason->domain == OH_ERROR ? oh_error_advice (reason->code) : "";
}

static void
add_step (GVariantBuilder *steps, guint step, const char *verdict, const char *found,
          const char *advice)
{
  g_variant_builder_add (steps, "(ssss)", step_words[step], verdict, found, advice);
}

static void
add_events_step (GVariantBuilder *steps, OhPhone *phone)
{
  const GError *reason = oh_phone_get_reason (phone);
  g_autofree char *found = found_at (phone, STEP_EVENTS);

  if (oh_phone_get_watched (phone))
    add_step (steps, STEP_EVENTS, "ok", found, "");
  else
    add_step (steps, STEP_EVENTS, "warning",
              reason != NULL ? reason->message
                             : _ ("it does not report its calls: what becomes of a call that was "
                                  "dialled stays unknown"),
              advice_for (reason));
}

GVariant *
oh_bus_phone_steps (OhPhone *phone)
{
  guint stuck = stuck_at (oh_phone_get_state (phone));
  const GError *reason = oh_phone_get_reason (phone);
  GVariantBuilder steps;

  g_variant_builder_init (&steps, G_VARIANT_TYPE ("a(ssss)"));
  for (guint step = 0; step < MIN (stuck, STEP_EVENTS); step++)
    {
      g_autofree char *found = found_at (phone, step);

      if (step == STEP_LOGIN && oh_phone_get_capabilities (phone) & OH_PHONE_IS_UNPROTECTED)
        add_step (&steps, step, "warning", _ ("the phone lets everybody in without a password"),
                  _ ("Set a user name and a password on the phone's own web page, then store them "
                     "with “offhook password phone”."));
      else
        add_step (&steps, step, "ok", found, "");
    }
  if (stuck < N_STEPS)
    add_step (&steps, stuck, "error",
              reason != NULL ? reason->message : _ ("it was not reached yet"), advice_for (reason));
  else
    add_events_step (&steps, phone);
  return g_variant_builder_end (&steps);
}

static void
show_reason (OhBusPhone *self)
{
  const GError *reason = self->phone != NULL ? oh_phone_get_reason (self->phone) : NULL;

  if (reason == NULL)
    reason = self->problem;
  oh_bus_phone1_set_reason (self->skeleton, reason != NULL ? reason->message : "");
  oh_bus_phone1_set_reason_code (self->skeleton,
                                 reason != NULL ? oh_error_code_word (reason->code) : "");
  oh_bus_phone1_set_advice (self->skeleton, reason != NULL ? oh_error_advice (reason->code) : "");
}

static void
show_phone (OhBusPhone *self)
{
  OhPhone *phone = self->phone;

  oh_bus_phone1_set_model (self->skeleton, or_empty (oh_phone_get_model (phone)));
  oh_bus_phone1_set_firmware (self->skeleton, or_empty (oh_phone_get_firmware (phone)));
  oh_bus_phone1_set_mac (self->skeleton, or_empty (oh_phone_get_mac (phone)));
  oh_bus_phone1_set_state (self->skeleton, oh_phone_state_nick (oh_phone_get_state (phone)));
  oh_bus_phone1_set_presented_fingerprint (self->skeleton,
                                           or_empty (oh_phone_get_fingerprint (phone)));
  oh_bus_phone1_set_events (self->skeleton, oh_bus_phone_events_word (phone));
  oh_bus_phone1_set_dnd (self->skeleton, oh_phone_get_dnd (phone));
  oh_bus_phone_show_condition (self->skeleton, phone);
  show_reason (self);
}

static void
show_nothing (OhBusPhone *self)
{
  oh_bus_phone1_set_model (self->skeleton, "");
  oh_bus_phone1_set_firmware (self->skeleton, "");
  oh_bus_phone1_set_mac (self->skeleton, "");
  oh_bus_phone1_set_state (self->skeleton, oh_phone_state_nick (OH_PHONE_STATE_UNKNOWN));
  oh_bus_phone1_set_presented_fingerprint (self->skeleton, "");
  oh_bus_phone1_set_events (self->skeleton, "unknown");
  oh_bus_phone_show_condition (self->skeleton, NULL);
  show_reason (self);
}

static void
on_notify (OhPhone *phone, GParamSpec *pspec, OhBusPhone *self)
{
  show_phone (self);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The outcome is in the phone's state and reason, which the steps tell. */
  oh_phone_probe_finish (OH_PHONE (source), result, &error);
  oh_bus_flush (user_data);
  g_dbus_method_invocation_return_value (
    user_data, g_variant_new ("(@a(ssss))", oh_bus_phone_steps (OH_PHONE (source))));
}

static gboolean
handle_test (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, OhBusPhone *self)
{
  GVariantBuilder steps;

  if (self->phone != NULL)
    {
      oh_phone_probe_async (self->phone, NULL, on_probed, invocation); /* takes it */
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_variant_builder_init (&steps, G_VARIANT_TYPE ("a(ssss)"));
  add_step (&steps, STEP_SETTINGS, "error", oh_bus_phone1_get_reason (skeleton),
            advice_for (self->problem));
  oh_bus_phone1_complete_test (skeleton, invocation, g_variant_builder_end (&steps));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_dnd_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);

  if (outcome == OH_PHONE_OUTCOME_UNKNOWN)
    error = g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                         _ ("The phone at %s did not answer; look whether it is switched."),
                         oh_phone_get_host (OH_PHONE (source)));
  if (error != NULL)
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  oh_bus_flush (invocation);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
handle_set_dnd (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation, gboolean dnd,
                OhBusPhone *self)
{
  const OhPhoneCommand command = { .verb = dnd ? OH_PHONE_DND_ON : OH_PHONE_DND_OFF };

  if (self->phone != NULL)
    oh_phone_send_async (self->phone, &command, NULL, on_dnd_set, invocation); /* takes it */
  else
    oh_bus_return_error (invocation, g_error_new_literal (OH_ERROR, OH_ERROR_SETTINGS,
                                                          oh_bus_phone1_get_reason (skeleton)));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_trust_certificate (OhBusPhone1 *skeleton, GDBusMethodInvocation *invocation,
                          const char *fingerprint, OhBusPhone *self)
{
  g_autofree char *stored = NULL;
  GError *error = NULL;

  if (fingerprint[0] == '\0')
    fingerprint = oh_bus_phone1_get_presented_fingerprint (skeleton);
  if (fingerprint[0] == '\0')
    {
      oh_bus_return_error (
        invocation, g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                                 _ ("The phone at %s has not shown a certificate yet; test it "
                                    "first, or give the fingerprint."),
                                 oh_bus_phone1_get_host (skeleton)));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  stored = self->pin (oh_bus_phone1_get_id (skeleton), fingerprint, self->pin_data, &error);
  if (stored != NULL)
    oh_bus_phone1_complete_trust_certificate (skeleton, invocation, stored);
  else
    oh_bus_return_error (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

void
oh_bus_phone_set_settings (OhBusPhone *self, const OhBusPhoneSettings *settings)
{
  g_clear_error (&self->problem);
  if (settings->problem != NULL)
    self->problem = g_error_copy (settings->problem);
  oh_bus_phone1_set_host (self->skeleton, settings->host);
  oh_bus_phone1_set_trust (self->skeleton, settings->trust);
  oh_bus_phone1_set_fingerprint (self->skeleton, settings->fingerprint);
  show_reason (self);
}

OhBusPhone *
oh_bus_phone_new (const char *id, OhPhone *phone, const OhBusPhoneSettings *settings,
                  OhBusPinFunc pin, gpointer user_data)
{
  OhBusPhone *self = g_new0 (OhBusPhone, 1);
  g_autofree char *path = oh_bus_path (OH_BUS_PHONES, id);

  self->phone = phone != NULL ? g_object_ref (phone) : NULL;
  self->pin = pin;
  self->pin_data = user_data;
  self->skeleton = oh_bus_phone1_skeleton_new ();
  self->object = g_dbus_object_skeleton_new (path);
  g_dbus_object_skeleton_add_interface (self->object, G_DBUS_INTERFACE_SKELETON (self->skeleton));
  oh_bus_phone1_set_id (self->skeleton, id);
  oh_bus_phone_set_settings (self, settings);
  if (phone != NULL)
    {
      show_phone (self);
      g_signal_connect (phone, "notify", G_CALLBACK (on_notify), self);
    }
  else
    show_nothing (self);
  g_signal_connect (self->skeleton, "handle-test", G_CALLBACK (handle_test), self);
  g_signal_connect (self->skeleton, "handle-set-dnd", G_CALLBACK (handle_set_dnd), self);
  g_signal_connect (self->skeleton, "handle-trust-certificate",
                    G_CALLBACK (handle_trust_certificate), self);
  return self;
}

void
oh_bus_phone_free (OhBusPhone *self)
{
  if (self == NULL)
    return;
  if (self->phone != NULL)
    g_signal_handlers_disconnect_by_data (self->phone, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->object);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->phone);
  g_clear_error (&self->problem);
  g_free (self);
}

GDBusObjectSkeleton *
oh_bus_phone_object (OhBusPhone *self)
{
  return self->object;
}
