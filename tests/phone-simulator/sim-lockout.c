/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-lockout.h"

#include "sim-report.h"

/* Clients counted apart; a flood of addresses makes the phone forget them all. */
#define CLIENTS_MAX 256

typedef struct
{
  guint failures;  /* since the last success or lock */
  guint locks;     /* so far */
  gint64 until_us; /* end of the last one */
} Client;

struct _SimLockout
{
  SimClock *clock;
  SimKnobs *knobs;
  GHashTable *clients; /* (owned) (element-type utf8 Client) */
};

SimLockout *
sim_lockout_new (SimClock *clock, SimKnobs *knobs)
{
  SimLockout *self = g_new0 (SimLockout, 1);

  self->clock = clock;
  self->knobs = knobs;
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sim_lockout_free (SimLockout *self)
{
  g_hash_table_unref (self->clients);
  g_free (self);
}

static Client *
client_of (SimLockout *self, const char *address)
{
  const char *key = sim_knobs_is (self->knobs, SIM_KNOB_LOCKOUT_BY, "address") ? address : "";
  Client *client = g_hash_table_lookup (self->clients, key);

  if (client == NULL)
    {
      if (g_hash_table_size (self->clients) >= CLIENTS_MAX)
        g_hash_table_remove_all (self->clients);
      client = g_new0 (Client, 1);
      g_hash_table_insert (self->clients, g_strdup (key), client);
    }
  return client;
}

gint64
sim_lockout_left_s (SimLockout *self, const char *address)
{
  gint64 left_us = client_of (self, address)->until_us - sim_clock_now_us (self->clock);

  return left_us > 0 ? (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

void
sim_lockout_fail (SimLockout *self, const char *address)
{
  Client *client = client_of (self, address);
  guint allowed = client->locks == 0 ? SIM_LOCKOUT_FIRST : SIM_LOCKOUT_NEXT;
  gint64 seconds;
  JsonObject *line;

  if (++client->failures < allowed)
    return;
  seconds = sim_knobs_number (self->knobs, SIM_KNOB_LOCKOUT_TIME) << MIN (client->locks, 20);
  client->failures = 0;
  client->locks++;
  client->until_us = sim_clock_now_us (self->clock) + seconds * G_USEC_PER_SEC;
  line = sim_report_new ("lockout");
  json_object_set_int_member (line, "seconds", seconds);
  sim_report_set (line, "address", address);
  sim_report_send (line);
}

void
sim_lockout_success (SimLockout *self, const char *address)
{
  Client *client = client_of (self, address);

  if (!sim_knobs_is (self->knobs, SIM_KNOB_SUCCESS_RESETS, "yes"))
    return;
  client->failures = 0;
  client->locks = 0;
}

void
sim_lockout_clear (SimLockout *self)
{
  g_hash_table_remove_all (self->clients);
}

guint
sim_lockout_failures (SimLockout *self, const char *address)
{
  return client_of (self, address)->failures;
}
