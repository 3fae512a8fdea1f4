/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone.h"
#include "phone-body.h"

#define BIT(state) (1U << (state))
/* Any attempt can end in any of these; READY and UNKNOWN are what the table restricts. */
#define TROUBLE                                                                                    \
  (BIT (OH_PHONE_STATE_UNREACHABLE) | BIT (OH_PHONE_STATE_UNTRUSTED) |                             \
   BIT (OH_PHONE_STATE_UNAUTHORIZED) | BIT (OH_PHONE_STATE_LOCKED_OUT) |                           \
   BIT (OH_PHONE_STATE_UNSUPPORTED))

/* clang-format off */
static const guint16 may_follow[] = {
  [OH_PHONE_STATE_UNKNOWN]      = BIT (OH_PHONE_STATE_READY) | TROUBLE,
  [OH_PHONE_STATE_READY]        = BIT (OH_PHONE_STATE_UNKNOWN) | TROUBLE,
  [OH_PHONE_STATE_UNREACHABLE]  = BIT (OH_PHONE_STATE_READY) | BIT (OH_PHONE_STATE_UNKNOWN) | TROUBLE,
  [OH_PHONE_STATE_UNTRUSTED]    = BIT (OH_PHONE_STATE_READY) | BIT (OH_PHONE_STATE_UNKNOWN) | TROUBLE,
  /* only a new login, or the end of the lock-out, leads on: through UNKNOWN */
  [OH_PHONE_STATE_UNAUTHORIZED] = BIT (OH_PHONE_STATE_UNKNOWN) | TROUBLE,
  [OH_PHONE_STATE_LOCKED_OUT]   = BIT (OH_PHONE_STATE_UNKNOWN),
  [OH_PHONE_STATE_UNSUPPORTED]  = BIT (OH_PHONE_STATE_READY) | BIT (OH_PHONE_STATE_UNKNOWN) | TROUBLE,
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (may_follow) == OH_N_PHONE_STATES);

typedef struct
{
  char *id;
  char *host;
  char *model;
  char *firmware;
  char *mac;
  char *fingerprint;
  OhPhoneState state;
  GError *reason;
  OhPhoneCapabilities capabilities;
  gboolean dnd;
  OhPhoneCondition *condition;
  gboolean watched;
  OhPhoneKind kind;
  OhClock *clock;
  GTlsCertificate *certificate;
  char *blocking;
  char *listening;
  GStrv habits;
  gint64 last_event_us;
  gboolean partly;
  OhPhoneHolder holder;
  char *holder_host;
  char *driver;
  char *driver_why;
} OhPhonePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OhPhone, oh_phone, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (OhPhoneEvent, oh_phone_event, oh_phone_event_copy, oh_phone_event_free)

enum
{
  PROP_ID = 1,
  PROP_HOST,
  PROP_MODEL,
  PROP_FIRMWARE,
  PROP_MAC,
  PROP_STATE,
  PROP_REASON,
  PROP_CAPABILITIES,
  PROP_DND,
  PROP_CONDITION,
  PROP_WATCHED,
  PROP_KIND,
  PROP_FINGERPRINT,
  PROP_CLOCK,
  N_PROPS,
};

enum
{
  SIGNAL_EVENT,
  SIGNAL_CERTIFICATE,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static OhPhonePrivate *
priv_of (OhPhone *self)
{
  return oh_phone_get_instance_private (self);
}

static void
oh_phone_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhPhonePrivate *priv = priv_of (OH_PHONE (object));

  switch (id)
    {
    case PROP_ID: g_value_set_string (value, priv->id); break;
    case PROP_HOST: g_value_set_string (value, priv->host); break;
    case PROP_MODEL: g_value_set_string (value, priv->model); break;
    case PROP_FIRMWARE: g_value_set_string (value, priv->firmware); break;
    case PROP_MAC: g_value_set_string (value, priv->mac); break;
    case PROP_STATE: g_value_set_enum (value, (int) priv->state); break;
    case PROP_REASON: g_value_set_boxed (value, priv->reason); break;
    case PROP_CAPABILITIES: g_value_set_uint (value, priv->capabilities); break;
    case PROP_DND: g_value_set_boolean (value, priv->dnd); break;
    case PROP_CONDITION: g_value_set_pointer (value, priv->condition); break;
    case PROP_WATCHED: g_value_set_boolean (value, priv->watched); break;
    case PROP_KIND: g_value_set_uint (value, priv->kind); break;
    case PROP_FINGERPRINT: g_value_set_string (value, priv->fingerprint); break;
    case PROP_CLOCK: g_value_set_object (value, priv->clock); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_phone_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OhPhonePrivate *priv = priv_of (OH_PHONE (object));

  switch (id)
    {
    case PROP_ID: priv->id = g_value_dup_string (value); break;
    case PROP_HOST: priv->host = g_value_dup_string (value); break;
    case PROP_CLOCK: priv->clock = g_value_dup_object (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_phone_constructed (GObject *object)
{
  OhPhonePrivate *priv = priv_of (OH_PHONE (object));

  if (priv->clock == NULL)
    priv->clock = g_object_ref (oh_clock_system ());
  G_OBJECT_CLASS (oh_phone_parent_class)->constructed (object);
}

static void
oh_phone_finalize (GObject *object)
{
  OhPhonePrivate *priv = priv_of (OH_PHONE (object));

  g_free (priv->id);
  g_free (priv->host);
  g_free (priv->model);
  g_free (priv->firmware);
  g_free (priv->mac);
  g_free (priv->fingerprint);
  g_clear_error (&priv->reason);
  g_clear_object (&priv->clock);
  g_clear_object (&priv->certificate);
  g_free (priv->blocking);
  g_free (priv->listening);
  g_free (priv->driver);
  g_free (priv->driver_why);
  g_strfreev (priv->habits);
  oh_phone_condition_free (priv->condition);
  G_OBJECT_CLASS (oh_phone_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, once);
  props[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, once);
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, read);
  props[PROP_FIRMWARE] = g_param_spec_string ("firmware", NULL, NULL, NULL, read);
  props[PROP_MAC] = g_param_spec_string ("mac", NULL, NULL, NULL, read);
  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, OH_TYPE_PHONE_STATE, OH_PHONE_STATE_UNKNOWN, read);
  props[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, read);
  props[PROP_CAPABILITIES] = g_param_spec_uint ("capabilities", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_DND] = g_param_spec_boolean ("dnd", NULL, NULL, FALSE, read);
  props[PROP_CONDITION] = g_param_spec_pointer ("condition", NULL, NULL, read);
  props[PROP_WATCHED] = g_param_spec_boolean ("watched", NULL, NULL, FALSE, read);
  props[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, OH_N_PHONE_KINDS - 1, 0, read);
  props[PROP_FINGERPRINT] = g_param_spec_string ("fingerprint", NULL, NULL, NULL, read);
  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, OH_TYPE_CLOCK, once);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_phone_class_init (OhPhoneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = oh_phone_get_property;
  object_class->set_property = oh_phone_set_property;
  object_class->constructed = oh_phone_constructed;
  object_class->finalize = oh_phone_finalize;
  install_properties (object_class);

  signals[SIGNAL_EVENT] =
    g_signal_new ("event", OH_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  OH_TYPE_PHONE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_CERTIFICATE] =
    g_signal_new ("certificate", OH_TYPE_PHONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                  2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
oh_phone_init (OhPhone *self)
{
  priv_of (self)->condition = oh_phone_condition_new ();
}

const char *
oh_phone_get_id (OhPhone *self)
{
  return priv_of (self)->id;
}

const char *
oh_phone_get_host (OhPhone *self)
{
  return priv_of (self)->host;
}

const char *
oh_phone_get_model (OhPhone *self)
{
  return priv_of (self)->model;
}

const char *
oh_phone_get_firmware (OhPhone *self)
{
  return priv_of (self)->firmware;
}

const char *
oh_phone_get_mac (OhPhone *self)
{
  return priv_of (self)->mac;
}

OhPhoneState
oh_phone_get_state (OhPhone *self)
{
  return priv_of (self)->state;
}

const GError *
oh_phone_get_reason (OhPhone *self)
{
  return priv_of (self)->reason;
}

OhPhoneCapabilities
oh_phone_get_capabilities (OhPhone *self)
{
  return priv_of (self)->capabilities;
}

gboolean
oh_phone_get_dnd (OhPhone *self)
{
  return priv_of (self)->dnd;
}

const OhPhoneCondition *
oh_phone_get_condition (OhPhone *self)
{
  return priv_of (self)->condition;
}

OhPhoneKind
oh_phone_get_kind (OhPhone *self)
{
  return priv_of (self)->kind;
}

gboolean
oh_phone_get_watched (OhPhone *self)
{
  return priv_of (self)->watched;
}

const char *
oh_phone_get_fingerprint (OhPhone *self)
{
  return priv_of (self)->fingerprint;
}

OhClock *
oh_phone_get_clock (OhPhone *self)
{
  return priv_of (self)->clock;
}

void
oh_phone_get_facts (OhPhone *self, OhPhoneFacts *out)
{
  const OhPhonePrivate *priv = priv_of (self);

  *out = (OhPhoneFacts){
    .certificate = priv->certificate,
    .blocking = priv->blocking,
    .listening = priv->listening,
    .last_event_us = priv->last_event_us,
    .partly = priv->partly,
    .holder = priv->holder,
    .holder_host = priv->holder_host != NULL ? priv->holder_host : "",
    .driver = priv->driver,
    .driver_why = priv->driver_why,
    .habits = (const char *const *) priv->habits,
  };
}

void
oh_phone_move (OhPhone *self, OhPhoneState to, GError *reason)
{
  OhPhonePrivate *priv = priv_of (self);
  g_autoptr (GError) owned = reason;

  g_return_if_fail (to < OH_N_PHONE_STATES);
  if (to != priv->state)
    {
      g_return_if_fail (may_follow[priv->state] & BIT (to));
      g_debug ("[%s] %s -> %s%s%s", priv->id, oh_phone_state_nick (priv->state),
               oh_phone_state_nick (to), owned != NULL ? ": " : "",
               owned != NULL ? owned->message : "");
    }
  if (to == priv->state && owned == NULL && priv->reason == NULL)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_error (&priv->reason);
  priv->reason = g_steal_pointer (&owned);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
  if (to != priv->state)
    {
      priv->state = to;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_text (OhPhone *self, char **field, const char *value, guint prop)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
oh_phone_set_description (OhPhone *self, const char *model, const char *firmware, const char *mac)
{
  OhPhonePrivate *priv = priv_of (self);

  if (model != NULL)
    set_text (self, &priv->model, model, PROP_MODEL);
  if (firmware != NULL)
    set_text (self, &priv->firmware, firmware, PROP_FIRMWARE);
  if (mac != NULL)
    set_text (self, &priv->mac, mac, PROP_MAC);
}

void
oh_phone_set_capabilities (OhPhone *self, OhPhoneCapabilities capabilities)
{
  OhPhonePrivate *priv = priv_of (self);

  if (priv->capabilities == capabilities)
    return;
  priv->capabilities = capabilities;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAPABILITIES]);
}

static void
set_flag (OhPhone *self, gboolean *field, gboolean value, guint prop)
{
  value = value != FALSE;
  if (*field == value)
    return;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
oh_phone_set_dnd (OhPhone *self, gboolean dnd)
{
  set_flag (self, &priv_of (self)->dnd, dnd, PROP_DND);
}

void
oh_phone_set_condition (OhPhone *self, const OhPhoneCondition *condition)
{
  OhPhonePrivate *priv = priv_of (self);
  OhPhoneCondition *copy;

  if (oh_phone_condition_equal (priv->condition, condition))
    return;
  copy = oh_phone_condition_copy (condition);
  oh_phone_condition_free (priv->condition);
  priv->condition = copy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONDITION]);
}

void
oh_phone_set_watched (OhPhone *self, gboolean watched)
{
  set_flag (self, &priv_of (self)->watched, watched, PROP_WATCHED);
}

void
oh_phone_note_kind (OhPhone *self, OhPhoneKind kind)
{
  OhPhonePrivate *priv = priv_of (self);

  if (kind == OH_PHONE_KIND_UNKNOWN || kind == priv->kind)
    return;
  priv->kind = kind;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KIND]);
}

void
oh_phone_note_blocking (OhPhone *self, const char *setting)
{
  OhPhonePrivate *priv = priv_of (self);

  g_free (priv->blocking);
  priv->blocking = g_strdup (setting);
}

void
oh_phone_note_listening (OhPhone *self, const char *address)
{
  OhPhonePrivate *priv = priv_of (self);

  g_free (priv->listening);
  priv->listening = g_strdup (address);
}

void
oh_phone_note_habits (OhPhone *self, const char *const *habits)
{
  OhPhonePrivate *priv = priv_of (self);

  g_strfreev (priv->habits);
  priv->habits = g_strdupv ((GStrv) habits);
}

void
oh_phone_note_partly (OhPhone *self, gboolean partly)
{
  priv_of (self)->partly = partly;
}

void
oh_phone_note_holder (OhPhone *self, OhPhoneHolder holder, const char *host)
{
  OhPhonePrivate *priv = priv_of (self);

  priv->holder = holder;
  g_free (priv->holder_host);
  priv->holder_host = g_strdup (host);
}

void
oh_phone_note_driver (OhPhone *self, const char *driver, const char *why)
{
  OhPhonePrivate *priv = priv_of (self);

  g_free (priv->driver);
  g_free (priv->driver_why);
  priv->driver = g_strdup (driver);
  priv->driver_why = g_strdup (why);
}

void
oh_phone_show_certificate (OhPhone *self, GTlsCertificate *certificate, const char *fingerprint)
{
  g_set_object (&priv_of (self)->certificate, certificate);
  set_text (self, &priv_of (self)->fingerprint, fingerprint, PROP_FINGERPRINT);
}

void
oh_phone_emit_certificate (OhPhone *self, const char *fingerprint, gboolean first_use)
{
  g_signal_emit (self, signals[SIGNAL_CERTIFICATE], 0, fingerprint, first_use);
}

void
oh_phone_emit_event (OhPhone *self, OhPhoneEvent *event)
{
  g_autoptr (OhPhoneEvent) owned = event;

  owned->time_us = oh_clock_now_us (priv_of (self)->clock);
  priv_of (self)->last_event_us = oh_clock_wall_us (priv_of (self)->clock);
  g_debug ("[%s] event %s", priv_of (self)->id, oh_phone_event_kind_word (owned->kind));
  if (owned->kind == OH_PHONE_EVENT_DND_ON || owned->kind == OH_PHONE_EVENT_DND_OFF)
    oh_phone_set_dnd (self, owned->kind == OH_PHONE_EVENT_DND_ON);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, owned);
}
