/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "surroundings.h"

#include "network-watch.h"
#include "power.h"

struct _OhSurroundings
{
  OhClock *clock;          /* (owned) */
  OhAccount *account;      /* (owned) */
  OhNetworkWatch *network; /* (owned) */
  OhPower *power;          /* (owned) */
  guint settle;            /* alarm: the network should be as it will be */
  OhSettledFunc settled;
  gpointer user_data;
};

static gboolean
on_settled (gpointer user_data)
{
  OhSurroundings *self = user_data;

  self->settle = 0;
  oh_account_check (self->account);
  self->settled (self->user_data);
  return G_SOURCE_REMOVE;
}

/* Another network, or the same after a night: dead connections are to be noticed now. */
static void
on_elsewhere (OhSurroundings *self)
{
  oh_clock_clear_alarm (self->clock, &self->settle);
  self->settle = oh_clock_add_alarm_in (self->clock, OH_SURROUNDINGS_SETTLE_US, on_settled, self);
}

static void
tell_network (OhSurroundings *self)
{
  oh_account_set_network (self->account, oh_network_watch_is_connected (self->network),
                          oh_network_watch_addresses (self->network));
}

/* An address that is gone and a network that is back need no second thought. */
static void
on_network (OhSurroundings *self)
{
  tell_network (self);
  on_elsewhere (self);
}

static void
on_sleeping (OhSurroundings *self)
{
  oh_account_sleep (self->account);
}

/* The night may have been long: what stands is looked at now, and when the network has settled. */
static void
on_resumed (OhSurroundings *self)
{
  oh_account_check (self->account);
  on_elsewhere (self);
}

OhSurroundings *
oh_surroundings_new (OhClock *clock, OhAccount *account, OhSettledFunc settled, gpointer user_data)
{
  OhSurroundings *self = g_new0 (OhSurroundings, 1);

  self->clock = g_object_ref (clock);
  self->account = g_object_ref (account);
  self->settled = settled;
  self->user_data = user_data;
  self->network = oh_network_watch_new ();
  g_signal_connect_swapped (self->network, "changed", G_CALLBACK (on_network), self);
  g_signal_connect_swapped (self->network, "elsewhere", G_CALLBACK (on_elsewhere), self);
  self->power = oh_power_new ();
  g_signal_connect_swapped (self->power, "sleeping", G_CALLBACK (on_sleeping), self);
  g_signal_connect_swapped (self->power, "resumed", G_CALLBACK (on_resumed), self);
  tell_network (self);
  return self;
}

void
oh_surroundings_free (OhSurroundings *self)
{
  if (self == NULL)
    return;
  oh_clock_clear_alarm (self->clock, &self->settle);
  g_signal_handlers_disconnect_by_data (self->network, self);
  g_signal_handlers_disconnect_by_data (self->power, self);
  g_object_unref (self->network);
  g_object_unref (self->power);
  g_object_unref (self->account);
  g_object_unref (self->clock);
  g_free (self);
}
