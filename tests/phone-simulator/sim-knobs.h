/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How this phone behaves where phones differ or where nobody knows; see the table in sim-knobs.c.
 */
typedef enum
{
  SIM_KNOB_QOP,
  SIM_KNOB_REALM,
  SIM_KNOB_NONCE_LIFE,
  SIM_KNOB_NONCE_ONCE,
  SIM_KNOB_COUNT_BARE,
  SIM_KNOB_SUCCESS_RESETS,
  SIM_KNOB_LOCKOUT_BY,
  SIM_KNOB_LOCKOUT_TIME,
  SIM_KNOB_LOCKOUT_PAGE,
  SIM_KNOB_DIAL_ANSWER,
  SIM_KNOB_REFUSAL_PAGE,
  SIM_KNOB_SPA_COMMAND,
  SIM_KNOB_CONCURRENT,
  SIM_KNOB_KEEP_ALIVE,
  SIM_KNOB_NO_LENGTH,
  SIM_KNOB_HTTP_DELAY,
  SIM_KNOB_ANNOUNCE,
  SIM_KNOB_MINIBROWSER,
  SIM_KNOB_MINIBROWSER_DELAY,
  SIM_KNOB_EVENT_DELAY,
  SIM_KNOB_EVENT_TIMEOUT,
  SIM_KNOB_EVENT_RETRY,
  SIM_KNOB_EXPAND,
  SIM_KNOB_UNKNOWN_VARIABLES,
  SIM_KNOB_DECLINE,
  SIM_KNOB_DECLINE_AGAIN,
  SIM_KNOB_BUSY_EVENT,
  SIM_KNOB_RING_AFTER,
  SIM_KNOB_AUTO_ANSWER,
  SIM_KNOB_ANSWER_AFTER,
  SIM_KNOB_NO_ANSWER_AFTER,
  SIM_KNOB_LOCKED_DIAL,
  SIM_KNOB_UNKNOWN_SETTINGS,
  SIM_KNOB_PERSISTENCE,
  SIM_KNOB_WRITE_ANSWER,
  SIM_KNOB_REBOOT_AFTER,
  SIM_KNOB_REBOOT_TIME,
  SIM_KNOB_SIP_PASSWORD,
  SIM_KNOB_CONSENT,
  SIM_KNOB_LOGIN_LOOP,
  SIM_KNOB_CSTA_FAULT,
  SIM_KNOB_CSTA_EDITION,
  SIM_N_KNOBS,
} SimKnob;

typedef struct _SimKnobs SimKnobs;

SimKnobs *sim_knobs_new (void);
void sim_knobs_free (SimKnobs *self);

/**
 * sim_knobs_has:
 *
 * Returns: whether @name is a knob; settings of the phone never have a dash in their name
 */
gboolean sim_knobs_has (const char *name);

/**
 * sim_knobs_set:
 *
 * Returns: FALSE with @error for an unknown name or a value that the knob does not have
 */
gboolean sim_knobs_set (SimKnobs *self, const char *name, const char *value, GError **error);

const char *sim_knobs_get (SimKnobs *self, SimKnob knob);
gboolean sim_knobs_is (SimKnobs *self, SimKnob knob, const char *value);

/**
 * sim_knobs_number:
 *
 * Returns: the value of a knob whose table line says "number"
 */
gint64 sim_knobs_number (SimKnobs *self, SimKnob knob);

/**
 * sim_knobs_manual:
 *
 * Returns: (transfer full): a line for each knob: name, values, default, meaning
 */
char *sim_knobs_manual (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimKnobs, sim_knobs_free)

G_END_DECLS
