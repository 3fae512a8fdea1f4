/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sim-calls.h"
#include "sim-expand.h"
#include "sim-settings.h"

G_BEGIN_DECLS

/* What the next event suffers; faults of HTTP are in sim-http.h. */
typedef enum
{
  SIM_EVENT_FAULT_NONE,
  SIM_EVENT_FAULT_DUPLICATE, /* goes out twice */
  SIM_EVENT_FAULT_MISSING,   /* does not go out */
  SIM_EVENT_FAULT_SWAP,      /* goes out after the one that follows it */
} SimEventFault;

typedef struct _SimActions SimActions;

/**
 * sim_actions_new:
 * @have: the action URLs this firmware knows
 * @firmware: for User-Agent
 */
SimActions *sim_actions_new (SimClock *clock, SimKnobs *knobs, SimSettings *settings,
                             SimEventSet have, const char *firmware);
void sim_actions_free (SimActions *self);

/**
 * sim_actions_set_source:
 * @address: (nullable): where requests come from; NULL leaves it to the kernel
 */
void sim_actions_set_source (SimActions *self, const char *address);

/**
 * sim_actions_set_trust:
 * @database: (nullable): who may have issued the receiver's certificate. With NULL the phone takes
 *   any, as it does with server authentication off.
 */
void sim_actions_set_trust (SimActions *self, GTlsDatabase *database);

/**
 * sim_actions_fire:
 * @lookup: values of the moment; used before this returns
 * @later_ms: on top of the delay that every event has
 *
 * Fetches the event's URL, if one is set. One at a time, in the order in which they fall due;
 * what happened is reported in a line "action".
 */
void sim_actions_fire (SimActions *self, SimEvent event, gint64 later_ms, SimLookup lookup,
                       gpointer user_data);

/* Tries a URL as if an event had asked for it, for example to fetch a page of the minibrowser. */
void sim_actions_fetch (SimActions *self, const char *name, const char *url);

void sim_actions_fail_next (SimActions *self, SimEventFault fault);

/**
 * sim_actions_lose:
 *
 * Power is gone: what has not been sent never will.
 */
void sim_actions_lose (SimActions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimActions, sim_actions_free)

G_END_DECLS
