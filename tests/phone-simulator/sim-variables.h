/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * SimMoment:
 * @call: (nullable): whose variables; without one they are empty
 *
 * What the variables of one event are looked up in.
 */
typedef struct
{
  SimPhone *phone;
  SimCall *call;
  char *last; /* (owned) (nullable): the latest value that had to be put together */
} SimMoment;

/**
 * sim_variables_lookup:
 * @user_data: a SimMoment
 *
 * Runtime variables first, then the settings; secrets are empty. A SimLookup.
 */
const char *sim_variables_lookup (const char *name, gpointer user_data);

G_END_DECLS
