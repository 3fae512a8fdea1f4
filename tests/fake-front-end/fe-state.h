/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FeStateKind:
 * @FE_STATE_MACHINE: what a computer is doing
 * @FE_STATE_USER: what the user chose
 * @FE_STATE_PHONE: what a phone is doing
 * @FE_STATE_CALENDAR: what the diary says
 * @FE_STATE_AGGREGATE: what the server made of them
 *
 * xsi:type of a state.
 */
typedef enum
{
  FE_STATE_MACHINE,
  FE_STATE_USER,
  FE_STATE_PHONE,
  FE_STATE_CALENDAR,
  FE_STATE_AGGREGATE,
} FeStateKind;

/**
 * FeState:
 * @kind: whose word it is
 * @availability: number, see [MS-PRES] 2.2.2.6
 * @activity: token, "" for none
 *
 * One state publication as far as the aggregation needs it.
 */
typedef struct
{
  FeStateKind kind;
  guint availability;
  char activity[64];
} FeState;

/**
 * fe_state_read:
 * @content: a <state> element
 * @state: (out caller-allocates): what it says
 *
 * Returns: whether it is one of the four kinds
 */
gboolean fe_state_read (const char *content, FeState *state);

/**
 * fe_state_aggregate:
 * @states: all states of one container, in the order of publication
 * @n: how many
 * @is_registered: whether the user has any endpoint
 * @out: (out caller-allocates): what the others see
 *
 * Makes one state of many, as the server's aggregation does: the most available machine counts;
 * what the user chose counts more; a call or a meeting makes available and inactive users busy,
 * and shows through Busy, but does not change do-not-disturb, be-right-back, away or appear
 * offline that the user chose.
 */
void fe_state_aggregate (const FeState *states, gsize n, gboolean is_registered, FeState *out);

/**
 * fe_state_write:
 * @state: an aggregate
 * @last_active: ISO 8601
 *
 * Returns: (transfer full): the <state> element of type aggregateState
 */
char *fe_state_write (const FeState *state, const char *last_active);

G_END_DECLS
