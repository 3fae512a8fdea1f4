/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "idle.h"

#include "idle-source.h"

/* The first one that knows is believed: they get less exact from top to bottom. */
static const OhIdleSource *const sources[] = { &oh_idle_mutter, &oh_idle_saver, &oh_idle_logind };

typedef struct
{
  OhIdle *idle; /* (unowned): the source is stopped before it goes */
  gpointer source;
  gint64 since_us;
} Follower;

struct _OhIdle
{
  GObject parent_instance;

  OhClock *clock;           /* (owned) */
  GDBusConnection *session; /* (owned) (nullable) */
  gint64 short_us;
  gint64 long_us;
  Follower followers[G_N_ELEMENTS (sources)];
  OhIdleLevel level;
  guint alarm; /* when the next limit is reached */
};

G_DEFINE_FINAL_TYPE (OhIdle, oh_idle, G_TYPE_OBJECT)

static GParamSpec *level_prop;

static gint64
since (OhIdle *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (self->followers[i].since_us != OH_IDLE_UNKNOWN)
      return self->followers[i].since_us;
  return OH_IDLE_UNKNOWN;
}

/* Sets @next_us when another limit will be reached without anything being told. */
static OhIdleLevel
level_after (OhIdle *self, gint64 idle_us, gint64 *next_us)
{
  if (self->long_us > 0 && idle_us >= self->long_us)
    return OH_IDLE_LONG;
  *next_us = self->long_us > 0 ? self->long_us - idle_us : 0;
  if (self->short_us > 0 && idle_us >= self->short_us)
    return OH_IDLE_SHORT;
  if (self->short_us > 0)
    *next_us = self->short_us - idle_us;
  return OH_IDLE_NOT;
}

static gboolean on_limit (gpointer user_data);

static void
update (OhIdle *self)
{
  gint64 since_us = since (self);
  gint64 next_us = 0;
  OhIdleLevel level = OH_IDLE_NOT;

  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (since_us >= 0)
    level = level_after (self, oh_clock_now_us (self->clock) - since_us, &next_us);
  if (next_us > 0)
    self->alarm = oh_clock_add_alarm_in (self->clock, next_us, on_limit, self);
  if (level == self->level)
    return;
  g_debug ("idle level %d -> %d", (int) self->level, (int) level);
  self->level = level;
  g_object_notify_by_pspec (G_OBJECT (self), level_prop);
}

static gboolean
on_limit (gpointer user_data)
{
  OhIdle *self = user_data;

  self->alarm = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
on_told (gint64 since_us, gpointer user_data)
{
  Follower *follower = user_data;

  follower->since_us = since_us;
  update (follower->idle);
}

static void
unfollow (OhIdle *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      Follower *follower = &self->followers[i];

      if (follower->source != NULL)
        sources[i]->stop (g_steal_pointer (&follower->source));
      follower->since_us = OH_IDLE_UNKNOWN;
    }
}

void
oh_idle_set_limits (OhIdle *self, gint64 short_us, gint64 long_us)
{
  gint64 first_us = short_us > 0 ? short_us : long_us;

  g_return_if_fail (short_us <= 0 || long_us <= 0 || short_us < long_us);
  if (self->short_us == short_us && self->long_us == long_us)
    return;
  unfollow (self);
  self->short_us = short_us;
  self->long_us = long_us;
  for (gsize i = 0; i < G_N_ELEMENTS (sources) && first_us > 0; i++)
    self->followers[i].source =
      sources[i]->start (self->clock, self->session, first_us, on_told, &self->followers[i]);
  update (self);
}

OhIdleLevel
oh_idle_get_level (OhIdle *self)
{
  return self->level;
}

static void
oh_idle_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, (int) OH_IDLE (object)->level);
}

static void
oh_idle_dispose (GObject *object)
{
  OhIdle *self = OH_IDLE (object);

  unfollow (self);
  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->alarm);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_idle_parent_class)->dispose (object);
}

static void
oh_idle_class_init (OhIdleClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = oh_idle_get_property;
  object_class->dispose = oh_idle_dispose;
  level_prop =
    g_param_spec_int ("level", NULL, NULL, OH_IDLE_NOT, OH_IDLE_LONG, OH_IDLE_NOT,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (object_class, 1, level_prop);
}

static void
oh_idle_init (OhIdle *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    self->followers[i] = (Follower){ self, NULL, OH_IDLE_UNKNOWN };
}

OhIdle *
oh_idle_new (OhClock *clock, GDBusConnection *session)
{
  OhIdle *self = g_object_new (OH_TYPE_IDLE, NULL);

  self->clock = g_object_ref (clock);
  g_set_object (&self->session, session);
  return self;
}
