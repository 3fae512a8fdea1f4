/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call.h"

#include <string.h>

#define BIT(state) ((guint16) (1u << (state)))

struct _OhCall
{
  GObject parent_instance;

  char *id;       /* (owned) */
  OhPhone *phone; /* (owned) */
  OhCallDirection direction;
  OhCallState state;
  char *number; /* (owned) (nullable) canonical */
  char *name;   /* (owned) (nullable) */
  char *cause;  /* (owned) (nullable) */
  gint64 since_us;
  gboolean connected; /* it was, at least once */
  gboolean missed;
  gboolean seen;

  /* what the phone calls it */
  char *handle; /* (owned) (nullable) */
  char *line;   /* (owned) (nullable) */
  char *local;  /* (owned) (nullable) */
  char *remote; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (OhCall, oh_call, G_TYPE_OBJECT)

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

/* A call that was not told of may turn out to be anything; one that ended stays so. */
static const guint16 may_follow[OH_N_CALL_STATES] = {
  [OH_CALL_DIALING] =
    BIT (OH_CALL_RINGING) | BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_RINGING] = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_INCOMING] = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_CONNECTED] = BIT (OH_CALL_HELD) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_HELD] = BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_ENDED) | BIT (OH_CALL_UNKNOWN),
  [OH_CALL_ENDED] = 0,
  [OH_CALL_UNKNOWN] = BIT (OH_CALL_DIALING) | BIT (OH_CALL_RINGING) | BIT (OH_CALL_INCOMING) |
                      BIT (OH_CALL_CONNECTED) | BIT (OH_CALL_HELD) | BIT (OH_CALL_ENDED),
};

/* clang-format off */
static const GEnumValue states[] = {
  { OH_CALL_DIALING, "OH_CALL_DIALING", "dialing" },
  { OH_CALL_RINGING, "OH_CALL_RINGING", "ringing" },
  { OH_CALL_INCOMING, "OH_CALL_INCOMING", "incoming" },
  { OH_CALL_CONNECTED, "OH_CALL_CONNECTED", "connected" },
  { OH_CALL_HELD, "OH_CALL_HELD", "held" },
  { OH_CALL_ENDED, "OH_CALL_ENDED", "ended" },
  { OH_CALL_UNKNOWN, "OH_CALL_UNKNOWN", "unknown" },
  { 0, NULL, NULL },
};

static const GEnumValue directions[] = {
  { OH_CALL_DIRECTION_OUTGOING, "OH_CALL_DIRECTION_OUTGOING", "outgoing" },
  { OH_CALL_DIRECTION_INCOMING, "OH_CALL_DIRECTION_INCOMING", "incoming" },
  { OH_CALL_DIRECTION_UNKNOWN, "OH_CALL_DIRECTION_UNKNOWN", "unknown" },
  { 0, NULL, NULL },
};
/* clang-format on */

GType
oh_call_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OhCallState", states));
  return type;
}

GType
oh_call_direction_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OhCallDirection", directions));
  return type;
}

const char *
oh_call_state_nick (OhCallState state)
{
  g_return_val_if_fail (state < OH_N_CALL_STATES, "");
  return states[state].value_nick;
}

const char *
oh_call_direction_nick (OhCallDirection direction)
{
  g_return_val_if_fail (direction <= OH_CALL_DIRECTION_UNKNOWN, "");
  return directions[direction].value_nick;
}

gboolean
oh_call_may_become (OhCallState from, OhCallState to)
{
  g_return_val_if_fail (from < OH_N_CALL_STATES && to < OH_N_CALL_STATES, FALSE);
  return (may_follow[from] & BIT (to)) != 0;
}

static void
oh_call_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhCall *self = OH_CALL (object);

  switch (id)
    {
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_PHONE: g_value_set_object (value, self->phone); break;
    case PROP_DIRECTION: g_value_set_enum (value, self->direction); break;
    case PROP_STATE: g_value_set_enum (value, self->state); break;
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
oh_call_class_init (OhCallClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  G_OBJECT_CLASS (klass)->get_property = oh_call_get_property;
  G_OBJECT_CLASS (klass)->finalize = oh_call_finalize;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_PHONE] = g_param_spec_object ("phone", NULL, NULL, OH_TYPE_PHONE, flags);
  props[PROP_DIRECTION] = g_param_spec_enum ("direction", NULL, NULL, OH_TYPE_CALL_DIRECTION,
                                             OH_CALL_DIRECTION_OUTGOING, flags);
  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, OH_TYPE_CALL_STATE, OH_CALL_DIALING, flags);
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_SINCE_US] = g_param_spec_int64 ("since-us", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_MISSED] = g_param_spec_boolean ("missed", NULL, NULL, FALSE, flags);
  props[PROP_CAUSE] = g_param_spec_string ("cause", NULL, NULL, NULL, flags);
  props[PROP_SEEN] = g_param_spec_boolean ("seen", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
oh_call_init (OhCall *self)
{
}

static void
stamp (OhCall *self)
{
  self->since_us = oh_clock_wall_us (oh_phone_get_clock (self->phone));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE_US]);
}

OhCall *
oh_call_new (OhPhone *phone, OhCallDirection direction, OhCallState state)
{
  static guint last;
  OhCall *self = g_object_new (OH_TYPE_CALL, NULL);

  self->id = g_strdup_printf ("c%u", ++last);
  self->phone = g_object_ref (phone);
  self->direction = direction;
  self->state = state;
  self->connected = state == OH_CALL_CONNECTED;
  stamp (self);
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

gboolean
oh_call_set_state (OhCall *self, OhCallState to)
{
  OhCallState from = self->state;

  if (from == to)
    return FALSE;
  if (!oh_call_may_become (from, to))
    {
      g_debug ("%s: %s -> %s is no move; ignored", self->id, oh_call_state_nick (from),
               oh_call_state_nick (to));
      return FALSE;
    }
  g_debug ("%s: %s -> %s", self->id, oh_call_state_nick (from), oh_call_state_nick (to));
  self->state = to;
  /* holding does not start the time of a call anew */
  if (to == OH_CALL_ENDED || (to == OH_CALL_CONNECTED && !self->connected))
    stamp (self);
  self->connected = self->connected || to == OH_CALL_CONNECTED;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
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
set_text (OhCall *self, char **place, const char *text, guint property)
{
  if (text == NULL || g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  if (property != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[property]);
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

/* The parts that name a call where the phone has no name for it. */
static gboolean
same_parties (OhCall *self, const OhPhoneEvent *event)
{
  return g_strcmp0 (self->line, event->line) == 0 && g_strcmp0 (self->local, event->local) == 0 &&
         g_strcmp0 (self->remote, event->remote) == 0;
}

gboolean
oh_call_matches (OhCall *self, const OhPhoneEvent *event)
{
  if (self->handle != NULL && event->call != NULL)
    return g_str_equal (self->handle, event->call);
  if (!self->seen || self->handle != NULL || event->call != NULL)
    return FALSE;
  return same_parties (self, event);
}

void
oh_call_learn (OhCall *self, const OhPhoneEvent *event)
{
  set_text (self, &self->handle, event->call, 0);
  set_text (self, &self->line, event->line, 0);
  set_text (self, &self->local, event->local, 0);
  set_text (self, &self->remote, event->remote, 0);
  if (self->seen)
    return;
  self->seen = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEEN]);
}
