/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-personality.h"

G_BEGIN_DECLS

typedef enum
{
  SIM_EVENT_NONE,
  SIM_EVENT_SETUP,
  SIM_EVENT_INCOMING,
  SIM_EVENT_OUTGOING,
  SIM_EVENT_OFFHOOK,
  SIM_EVENT_ONHOOK,
  SIM_EVENT_CONNECTED,
  SIM_EVENT_DISCONNECTED,
  SIM_EVENT_MISSED,
  SIM_EVENT_HOLD,
  SIM_EVENT_UNHOLD,
  SIM_EVENT_BLIND_TRANSFER,
  SIM_EVENT_ATTENDED_TRANSFER,
  SIM_EVENT_DND_ON,
  SIM_EVENT_DND_OFF,
  SIM_EVENT_REDIRECTION_ON,
  SIM_EVENT_REDIRECTION_OFF,
  SIM_EVENT_REG_FAILED,
  SIM_EVENT_LOG_ON,
  SIM_EVENT_LOG_OFF,
  SIM_EVENT_LONGPRESS,
  SIM_N_EVENTS,
} SimEvent;

/**
 * SimEventKind:
 * @name: for reports
 * @setting: where its URL is, spelled exactly so
 * @since: the first set of action URLs that has it
 * @yealink: (nullable): where Yealink's phones have its URL
 */
typedef struct
{
  const char *name;
  const char *setting;
  SimEventSet since;
  const char *yealink;
} SimEventKind;

/**
 * sim_event_kind:
 *
 * Returns: (not nullable): statically allocated
 */
const SimEventKind *sim_event_kind (SimEvent event);

/**
 * sim_event_find:
 *
 * Returns: the event of that name, SIM_EVENT_NONE for none
 */
SimEvent sim_event_find (const char *name);

G_END_DECLS
