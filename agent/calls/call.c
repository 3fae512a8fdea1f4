/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call.h"

#include <string.h>

#define BIT(state) (1U << (state))

/* clang-format off */
static const guint16 may_follow[] = {
  [OH_CALL_DIALING]   = BIT (OH_CALL_RINGING) | BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_RINGING]   = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_INCOMING]  = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_CONNECTED] = BIT (OH_CALL_HELD) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_HELD]      = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_ENDED]     = 0,
  /* the phone tells after all */
  [OH_CALL_UNKNOWN]   = BIT (OH_CALL_DIALING) | BIT (OH_CALL_RINGING) | BIT (OH_CALL_INCOMING) | BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_HELD) | BIT (OH_CALL_ENDED),
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (may_follow) == OH_N_CALL_STATES);

struct _OhCall
{
  GObject parent_instance;

  char *id;
  OhPhone *phone;
  OhCallDirection direction;
  OhCallState state;
  char *number;
  char *name;
  gint64 since_us;
  gboolean missed;
  char *cause;
  gboolean seen;
  gboolean is_private;

  /* as the phone names it */
  char *handle;
  char *line;
  char *local;
  char *remote;
};

G_DEFINE_FINAL_TYPE (OhCall, oh_call, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (OhCallState, oh_call_state, G_DEFINE_ENUM_VALUE (OH_CALL_DIALING, "dialing"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_RINGING, "ringing"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_INCOMING, "incoming"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_UNKNOWN, "unknown"))
G_DEFINE_ENUM_TYPE (OhCallDirection, oh_call_direction,
                    G_DEFINE_ENUM_VALUE (OH_CALL_DIRECTION_OUTGOING, "outgoing"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_DIRECTION_INCOMING, "incoming"),
                    G_DEFINE_ENUM_VALUE (OH_CALL_DIRECTION_UNKNOWN, "unknown"))

enum
{
  PROP_ID = 1,
  PROP_PHONE,
  PROP_DIRECTION,
  PROP_STATE,
  PROP_NUMBER,
  PROP_NAME,
  PROP_SINCE_US,
  PROP_MISSED,
  PROP_CAUSE,
  PROP_SEEN,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
oh_call_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhCall *self = OH_CALL (object);

  switch (id)
    {
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_PHONE: g_value_set_object (value, self->phone); break;
    case PROP_DIRECTION: g_value_set_enum (value, (int) self->direction); break;
    case PROP_STATE: g_value_set_enum (value, (int) self->state); break;
    case PROP_NUMBER: g_value_set_string (value, self->number); break;
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_SINCE_US: g_value_set_int64 (value, self->since_us); break;
    case PROP_MISSED: g_value_set_boolean (value, self->missed); break;
    case PROP_CAUSE: g_value_set_string (value, self->cause); break;
    case PROP_SEEN: g_value_set_boolean (value, self->seen); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_call_finalize (GObject *object)
{
  OhCall *self = OH_CALL (object);

  g_free (self->id);
  g_clear_object (&self->phone);
  g_free (self->number);
  g_free (self->name);
  g_free (self->cause);
  g_free (self->handle);
  g_free (self->line);
  g_free (self->local);
  g_free (self->remote);
  G_OBJECT_CLASS (oh_call_parent_class)->finalize (object);
}

static void
oh_call_class_init (OhCallClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = oh_call_get_property;
  object_class->finalize = oh_call_finalize;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, read);
  props[PROP_PHONE] = g_param_spec_object ("phone", NULL, NULL, OH_TYPE_PHONE, read);
  props[PROP_DIRECTION] = g_param_spec_enum ("direction", NULL, NULL, OH_TYPE_CALL_DIRECTION,
                                             OH_CALL_DIRECTION_UNKNOWN, read);
  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, OH_TYPE_CALL_STATE, OH_CALL_UNKNOWN, read);
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, read);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, read);
  props[PROP_SINCE_US] = g_param_spec_int64 ("since-us", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_MISSED] = g_param_spec_boolean ("missed", NULL, NULL, FALSE, read);
  props[PROP_CAUSE] = g_param_spec_string ("cause", NULL, NULL, NULL, read);
  props[PROP_SEEN] = g_param_spec_boolean ("seen", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
oh_call_init (OhCall *self)
{
}

static void
touch_since (OhCall *self)
{
  self->since_us = oh_clock_wall_us (oh_phone_get_clock (self->phone));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE_US]);
}

OhCall *
oh_call_new (OhPhone *phone, OhCallDirection direction, OhCallState state)
{
  static guint last_id;
  OhCall *self = g_object_new (OH_TYPE_CALL, NULL);

  self->id = g_strdup_printf ("c%u", ++last_id);
  self->phone = g_object_ref (phone);
  self->direction = direction;
  self->state = state;
  self->since_us = oh_clock_wall_us (oh_phone_get_clock (phone));
  return self;
}

const char *
oh_call_get_id (OhCall *self)
{
  return self->id;
}

OhPhone *
oh_call_get_phone (OhCall *self)
{
  return self->phone;
}

OhCallDirection
oh_call_get_direction (OhCall *self)
{
  return self->direction;
}

OhCallState
oh_call_get_state (OhCall *self)
{
  return self->state;
}

static const char *
enum_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);

  return found != NULL ? found->value_nick : ""; /* static: the types are never unloaded */
}

const char *
oh_call_state_nick (OhCallState state)
{
  return enum_nick (OH_TYPE_CALL_STATE, (int) state);
}

const char *
oh_call_direction_nick (OhCallDirection direction)
{
  return enum_nick (OH_TYPE_CALL_DIRECTION, (int) direction);
}

gboolean
oh_call_may_become (OhCallState from, OhCallState to)
{
  g_return_val_if_fail (from < OH_N_CALL_STATES && to < OH_N_CALL_STATES, FALSE);
  return (may_follow[from] & BIT (to)) != 0;
}

gboolean
oh_call_set_state (OhCall *self, OhCallState to)
{
  OhCallState from = self->state;

  if (!oh_call_may_become (from, to))
    {
      g_debug ("[%s] stays %s, not %s", self->id, oh_call_state_nick (from),
               oh_call_state_nick (to));
      return FALSE;
    }
  g_debug ("[%s] %s -> %s", self->id, oh_call_state_nick (from), oh_call_state_nick (to));
  g_object_freeze_notify (G_OBJECT (self));
  self->state = to;
  /* holding does not start a conversation anew */
  if (to == OH_CALL_ENDED || (to == OH_CALL_CONNECTED && from != OH_CALL_HELD))
    touch_since (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
  return TRUE;
}

const char *
oh_call_get_number (OhCall *self)
{
  return self->number;
}

const char *
oh_call_get_name (OhCall *self)
{
  return self->name;
}

static void
set_text (OhCall *self, char **field, const char *value, guint prop)
{
  if (value == NULL || g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
oh_call_set_party (OhCall *self, const char *number, const char *name)
{
  set_text (self, &self->number, number, PROP_NUMBER);
  set_text (self, &self->name, name, PROP_NAME);
}

gint64
oh_call_get_since_us (OhCall *self)
{
  return self->since_us;
}

gboolean
oh_call_get_missed (OhCall *self)
{
  return self->missed;
}

void
oh_call_set_missed (OhCall *self)
{
  if (self->missed)
    return;
  self->missed = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MISSED]);
}

const char *
oh_call_get_cause (OhCall *self)
{
  return self->cause;
}

void
oh_call_set_cause (OhCall *self, const char *cause)
{
  set_text (self, &self->cause, cause, PROP_CAUSE);
}

gboolean
oh_call_get_private (OhCall *self)
{
  return self->is_private;
}

void
oh_call_set_private (OhCall *self)
{
  self->is_private = TRUE;
}

const char *
oh_call_get_handle (OhCall *self)
{
  return self->handle;
}

gboolean
oh_call_get_seen (OhCall *self)
{
  return self->seen;
}

/* Absent on either side says nothing. */
static gboolean
agrees (const char *a, const char *b)
{
  return a == NULL || b == NULL || strcmp (a, b) == 0;
}

gboolean
oh_call_key_matches (const OhCallKey *key, const OhPhoneEvent *event)
{
  if (key->handle != NULL && event->call != NULL)
    return strcmp (key->handle, event->call) == 0;
  return key->remote != NULL && event->remote != NULL && strcmp (key->remote, event->remote) == 0 &&
         agrees (key->local, event->local) && agrees (key->line, event->line);
}

void
oh_call_get_key (OhCall *self, OhCallKey *out)
{
  *out = (OhCallKey){ self->handle, self->line, self->local, self->remote };
}

gboolean
oh_call_matches (OhCall *self, const OhPhoneEvent *event)
{
  OhCallKey key;

  oh_call_get_key (self, &key);
  return oh_call_key_matches (&key, event);
}

static void
learn_text (char **field, const char *value)
{
  if (*field == NULL)
    *field = g_strdup (value);
}

static void
learn_direction (OhCall *self, OhPhoneEventKind kind)
{
  if (self->direction != OH_CALL_DIRECTION_UNKNOWN)
    return;
  if (kind == OH_PHONE_EVENT_INCOMING)
    self->direction = OH_CALL_DIRECTION_INCOMING;
  else if (kind == OH_PHONE_EVENT_OUTGOING || kind == OH_PHONE_EVENT_RINGING)
    self->direction = OH_CALL_DIRECTION_OUTGOING;
  else
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIRECTION]);
}

void
oh_call_learn (OhCall *self, const OhPhoneEvent *event)
{
  learn_text (&self->handle, event->call);
  learn_text (&self->line, event->line);
  learn_text (&self->local, event->local);
  learn_text (&self->remote, event->remote);
  learn_direction (self, event->kind);
  if (self->cause == NULL)
    oh_call_set_cause (self, event->cause);
  if (self->seen)
    return;
  self->seen = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEEN]);
}
