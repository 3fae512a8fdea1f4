/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster.h"

#include "bus-roster.h"
#include "roster-cache.h"
#include "roster-editor.h"

struct _OhRoster
{
  OhConfig *config;             /* (owned) */
  OhAccount *account;           /* (owned) */
  OhSubscription *subscription; /* (owned) */
  OhRosterCache *cache;         /* (owned) */
  OhRosterEditor *editor;       /* (owned) */
  OhBusRoster *bus;             /* (owned) */
};

static void
renew (gpointer user_data)
{
  OhRoster *self = user_data;

  oh_subscription_renew_contacts (self->subscription);
}

static void
on_settings (OhRoster *self)
{
  g_autoptr (OhConfigAccount) settings = oh_config_dup_account (self->config);

  oh_roster_cache_set_account (self->cache, settings->uri[0] != '\0' ? settings->uri : NULL);
}

static void
on_signed_in (OhAccount *account, OhSipStack *stack, const char *uri, OhRoster *self)
{
  oh_roster_editor_start (self->editor, stack, uri);
}

static void
on_left (OhRoster *self)
{
  oh_roster_editor_stop (self->editor);
}

/* What was kept of a list that has moved since is not the user's list any more. */
static void
on_elsewhere (OhRoster *self)
{
  gboolean elsewhere = oh_subscription_contacts_elsewhere (self->subscription);

  oh_roster_editor_set_elsewhere (self->editor, elsewhere);
  oh_bus_roster_set_elsewhere (self->bus, elsewhere);
  if (elsewhere)
    oh_roster_cache_forget (self->cache);
}

static void
on_as_of (OhRoster *self)
{
  oh_bus_roster_set_as_of (self->bus, oh_roster_cache_as_of_us (self->cache));
}

static void
join (OhRoster *self)
{
  g_signal_connect_swapped (self->config, "account-changed", G_CALLBACK (on_settings), self);
  g_signal_connect (self->account, "signed-in", G_CALLBACK (on_signed_in), self);
  g_signal_connect_swapped (self->account, "left", G_CALLBACK (on_left), self);
  g_signal_connect_swapped (self->subscription, "notify::contacts-elsewhere",
                            G_CALLBACK (on_elsewhere), self);
  g_signal_connect_swapped (self->cache, "notify::as-of", G_CALLBACK (on_as_of), self);
  on_settings (self);
}

OhRoster *
oh_roster_new (const OhRosterParts *parts)
{
  OhRoster *self = g_new0 (OhRoster, 1);
  g_autofree char *directory = g_build_filename (g_get_user_cache_dir (), "offhook", NULL);

  self->config = g_object_ref (parts->config);
  self->account = g_object_ref (parts->account);
  self->subscription = g_object_ref (parts->subscription);
  self->cache = oh_roster_cache_new (parts->clock, parts->contacts, directory);
  self->editor = oh_roster_editor_new (parts->clock, parts->contacts, renew, self);
  self->bus = oh_bus_roster_new (parts->contacts, self->editor);
  join (self);
  return self;
}

void
oh_roster_free (OhRoster *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->config, self);
  g_signal_handlers_disconnect_by_data (self->account, self);
  g_signal_handlers_disconnect_by_data (self->subscription, self);
  g_signal_handlers_disconnect_by_data (self->cache, self);
  oh_roster_editor_stop (self->editor);
  g_clear_pointer (&self->bus, oh_bus_roster_free);
  g_clear_object (&self->editor);
  g_clear_object (&self->cache);
  g_clear_object (&self->subscription);
  g_clear_object (&self->account);
  g_clear_object (&self->config);
  g_free (self);
}

gboolean
oh_roster_export (OhRoster *self, GDBusConnection *connection, GError **error)
{
  return oh_bus_roster_export (self->bus, connection, error);
}
