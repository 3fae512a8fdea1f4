/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which action URLs a firmware has; each has those of the one before. */
typedef enum
{
  SIM_EVENTS_FW5,     /* incoming, outgoing, offhook, onhook */
  SIM_EVENTS_FW7,     /* connected, disconnected, missed, DND, forwarding, registration */
  SIM_EVENTS_ALL,     /* hold, transfer, long press */
  SIM_EVENTS_YEALINK, /* another maker's, under other names */
} SimEventSet;

/* What answers at the port. */
typedef enum
{
  SIM_SERVER_CLASSIC,
  SIM_SERVER_SPA,     /* the single page of the D8xx generation, whatever was asked */
  SIM_SERVER_DECT,    /* a cordless base: pages of its own, whatever was asked */
  SIM_SERVER_DEAD,    /* refuses connections */
  SIM_SERVER_SLOW,    /* 8 s before the first byte */
  SIM_SERVER_HALF,    /* closes in the middle of the header */
  SIM_SERVER_YEALINK, /* takes action URIs */
} SimServerKind;

#define SIM_PERSONALITY_SET_MAX 12

/**
 * SimPersonality:
 * @id: for --personality
 * @model: as in "Hardware:" and $phone_type, "snom360"
 * @firmware: "snom360-SIP 8.7.5.17"
 * @summary: one line for --help
 * @line_keys: P1 to this
 * @calls_max: the next one is refused without a word
 * @account_is_login: the first account's name and password become the web login
 * @latin1: pages are ISO-8859-1, not UTF-8
 * @set: knobs and settings that make it what it is, "name=value", NULL-terminated
 */
typedef struct
{
  const char *id;
  const char *model;
  const char *firmware;
  const char *summary;
  SimServerKind server;
  SimEventSet events;
  guint line_keys;
  guint calls_max;
  gboolean account_is_login;
  gboolean latin1;
  const char *set[SIM_PERSONALITY_SET_MAX];
} SimPersonality;

/**
 * sim_personality_find:
 *
 * Returns: (nullable): the personality of that id; statically allocated
 */
const SimPersonality *sim_personality_find (const char *id);

/**
 * sim_personality_manual:
 *
 * Returns: (transfer full): a line for each
 */
char *sim_personality_manual (void);

G_END_DECLS
