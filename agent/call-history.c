/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-history.h"

#include "bus-history.h"
#include "history-recorder.h"

struct _OhCallHistory
{
  OhClock *clock;              /* (owned) */
  OhConfig *config;            /* (owned) */
  OhContacts *contacts;        /* (owned) */
  OhHistoryStore *store;       /* (owned) */
  OhHistoryRecorder *recorder; /* (owned) */
  OhBusHistory *bus;           /* (owned) */
  OhDialPlan *plan;            /* (owned) (nullable): before it is set no number can be read */
  guint alarm;                 /* a day is over */
  gboolean started;
};

static char *
uri_of_number (const char *number, gpointer user_data)
{
  OhContact *contact = oh_contacts_lookup_number (OH_CONTACTS (user_data), number);

  return contact != NULL ? g_strdup (oh_contact_uri (contact)) : NULL;
}

/* --- the bound ------------------------------------------------------------------------------- */

static gboolean on_day (gpointer user_data);

static void
trim (OhCallHistory *self, guint days)
{
  gint64 kept_us = days * G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC;

  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->alarm = oh_clock_add_alarm_in (self->clock, OH_CALL_HISTORY_TRIM_US, on_day, self);
  oh_history_store_trim_async (self->store, oh_clock_wall_us (self->clock) - kept_us, NULL, NULL);
}

static gboolean
on_day (gpointer user_data)
{
  OhCallHistory *self = user_data;

  self->alarm = 0;
  trim (self, oh_config_history_days (self->config));
  return G_SOURCE_REMOVE;
}

static void
apply_days (OhCallHistory *self)
{
  guint days = oh_config_history_days (self->config);

  oh_bus_history_set_days (self->bus, days);
  if (!self->started)
    return;
  oh_history_recorder_set_on (self->recorder, days > 0);
  if (days > 0)
    {
      trim (self, days);
      return;
    }
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_history_store_erase_async (self->store, NULL, NULL);
}

static void
apply_private (OhCallHistory *self)
{
  g_auto (GStrv) texts = oh_config_dup_private_numbers (self->config);
  g_autoptr (OhPrivateNumbers) numbers = NULL;
  guint unread = 0;

  if (self->plan == NULL)
    return;
  numbers = oh_private_numbers_new ((const char *const *) texts, self->plan, &unread);
  if (unread > 0) /* not which: they are private */
    g_message ("“private-numbers” has %u entries that are no numbers, or more than %d", unread,
               OH_PRIVATE_NUMBERS_MAX);
  oh_history_recorder_set_private (self->recorder, numbers);
  if (self->started && oh_config_history_days (self->config) > 0 &&
      !oh_private_numbers_is_empty (numbers))
    oh_history_store_remove_numbers_async (self->store, numbers, NULL, NULL);
}

static void
on_settings (OhCallHistory *self)
{
  apply_private (self); /* first: what is private is not written for a moment either */
  apply_days (self);
}

/* --- life ------------------------------------------------------------------------------------ */

OhCallHistory *
oh_call_history_new (const OhCallHistoryParts *parts)
{
  OhCallHistory *self = g_new0 (OhCallHistory, 1);

  self->clock = g_object_ref (parts->clock);
  self->config = g_object_ref (parts->config);
  self->contacts = g_object_ref (parts->contacts);
  self->store = oh_history_store_new (NULL, NULL);
  self->recorder = oh_history_recorder_new (parts->calls, self->store);
  oh_history_recorder_set_uri_lookup (self->recorder, uri_of_number, self->contacts);
  self->bus = oh_bus_history_new (self->store, parts->dialler, self->contacts);
  g_signal_connect_swapped (self->config, "history-changed", G_CALLBACK (on_settings), self);
  apply_days (self);
  return self;
}

void
oh_call_history_set_plan (OhCallHistory *self, const OhDialPlan *plan)
{
  OhDialPlan *copy = oh_dial_plan_copy (plan);

  oh_dial_plan_free (self->plan);
  self->plan = copy;
  apply_private (self);
}

gboolean
oh_call_history_export (OhCallHistory *self, GDBusConnection *connection, GError **error)
{
  return oh_bus_history_export (self->bus, connection, error);
}

void
oh_call_history_start (OhCallHistory *self)
{
  self->started = TRUE;
  if (oh_config_history_days (self->config) > 0)
    oh_history_store_start_async (self->store, NULL, NULL);
  on_settings (self);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  oh_history_store_finish (OH_HISTORY_STORE (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

void
oh_call_history_stop_async (OhCallHistory *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  self->started = FALSE;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  oh_history_recorder_stop (self->recorder);
  oh_history_store_flush_async (self->store, on_flushed, task);
}

void
oh_call_history_free (OhCallHistory *self)
{
  if (self == NULL)
    return;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_signal_handlers_disconnect_by_data (self->config, self);
  oh_bus_history_free (self->bus);
  oh_history_recorder_free (self->recorder);
  g_object_unref (self->store);
  oh_dial_plan_free (self->plan);
  g_object_unref (self->contacts);
  g_object_unref (self->config);
  g_object_unref (self->clock);
  g_free (self);
}
