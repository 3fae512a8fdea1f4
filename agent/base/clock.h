/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * OhClock:
 *
 * Time as an interface: production gives oh_clock_system(), a test gives a clock that moves only
 * when the test moves it, so that hours pass in milliseconds.
 */
#define OH_TYPE_CLOCK (oh_clock_get_type ())
G_DECLARE_INTERFACE (OhClock, oh_clock, OH, CLOCK, GObject)

struct _OhClockInterface
{
  GTypeInterface parent;

  gint64 (*now_us) (OhClock *self);  /* monotonic */
  gint64 (*wall_us) (OhClock *self); /* since 1970-01-01 UTC */
  guint (*add_alarm) (OhClock *self, gint64 due_us, GSourceFunc func, gpointer user_data);
  void (*remove_alarm) (OhClock *self, guint id);
};

/**
 * oh_clock_now_us:
 * @self: a clock
 *
 * Returns: monotonic microseconds, the computer's sleep included; only differences mean anything
 */
gint64 oh_clock_now_us (OhClock *self);

/**
 * oh_clock_wall_us:
 * @self: a clock
 *
 * Returns: microseconds since 1970-01-01 UTC. For what people or other machines read (time
 * stamps, certificate dates, NTLM); never for waiting, because it can jump.
 */
gint64 oh_clock_wall_us (OhClock *self);

/**
 * oh_clock_add_alarm:
 * @self: a clock
 * @due_us: monotonic time at which to call @func; in the past means as soon as the loop runs
 * @func: called once on the main loop of the thread that added it; its return value is ignored
 * @user_data: for @func, borrowed: remove the alarm before it goes away
 *
 * Returns: an id for oh_clock_remove_alarm(), never 0
 */
guint oh_clock_add_alarm (OhClock *self, gint64 due_us, GSourceFunc func, gpointer user_data);

/**
 * oh_clock_add_alarm_in:
 * @self: a clock
 * @delay_us: microseconds from now
 * @func: as oh_clock_add_alarm()
 * @user_data: for @func
 *
 * Returns: an id for oh_clock_remove_alarm(), never 0
 */
guint oh_clock_add_alarm_in (OhClock *self, gint64 delay_us, GSourceFunc func, gpointer user_data);

/**
 * oh_clock_remove_alarm:
 * @self: a clock
 * @id: an id of an alarm that has not rung; once it has rung the id is void
 */
void oh_clock_remove_alarm (OhClock *self, guint id);

/**
 * oh_clock_clear_alarm:
 * @self: a clock
 * @id: (inout): the alarm to remove, 0 for none; set to 0
 *
 * The usual way: keep the id in a field, set it to 0 first thing when the alarm rings.
 */
void oh_clock_clear_alarm (OhClock *self, guint *id);

/**
 * oh_clock_system:
 *
 * Returns: (transfer none): the machine's clock, on the default main context
 */
OhClock *oh_clock_system (void);

G_END_DECLS
