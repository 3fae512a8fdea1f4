/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-writes.h"

#include "sim-query.h"

/* Longer than any client waits. */
#define HANG_MS 60000

static gboolean
has_secret (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const SimPair *pair = g_ptr_array_index (fields, i);

      if (sim_settings_is_secret (pair->name))
        return TRUE;
    }
  return FALSE;
}

gboolean
sim_writes_begin (SimPhone *phone, GPtrArray *fields, SimReply *reply)
{
  const char *how = sim_knobs_get (phone->knobs, SIM_KNOB_WRITE_ANSWER);
  gboolean lost = g_str_equal (how, "lost");

  if (g_str_equal (how, "page") || !has_secret (fields))
    return TRUE;
  if (lost || g_str_equal (how, "hang"))
    reply->delay_ms = HANG_MS;
  else
    reply->fault = SIM_FAULT_EMPTY;
  if (!g_str_equal (how, "power-cut"))
    sim_knobs_set (phone->knobs, "write-answer", "page", NULL);
  return !lost;
}

void
sim_writes_end (SimPhone *phone, GPtrArray *fields)
{
  if (!sim_knobs_is (phone->knobs, SIM_KNOB_WRITE_ANSWER, "power-cut") || !has_secret (fields))
    return;
  sim_knobs_set (phone->knobs, "write-answer", "page", NULL);
  sim_phone_reboot (phone, TRUE);
}
