/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-places.h"

#include <glib/gi18n-lib.h>

#include "config-events.h"
#include "phone-ways.h"
#include "snom-phone.h"

/* What a phone keeps by; and, while the user's decision is carried out, what it is about. */
typedef struct
{
  OhConfig *config; /* (owned) */
  char *id;         /* (owned) */
} Place;

static Place *
place_new (OhConfig *config, const char *id)
{
  Place *place = g_new0 (Place, 1);

  place->config = g_object_ref (config);
  place->id = g_strdup (id);
  return place;
}

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->config);
  g_free (place->id);
  g_free (place);
}

static gboolean
keep (GHashTable *previous, gpointer user_data, GError **error)
{
  Place *place = user_data;

  return oh_config_store_previous_events (place->config, place->id, previous, error);
}

void
oh_event_places_join (OhPhone *phone, OhConfig *config, const char *id)
{
  OhPhone *web = oh_phone_ways_web (phone);
  g_autoptr (GHashTable) previous = NULL;

  if (web == NULL || !OH_IS_SNOM_PHONE (web))
    return;
  previous = oh_config_dup_previous_events (config, id);
  oh_snom_phone_set_previous (OH_SNOM_PHONE (web), previous, keep, place_new (config, id),
                              place_free);
}

void
oh_event_places_allow (OhPhone *phone, gboolean take)
{
  OhPhone *web = oh_phone_ways_web (phone);

  if (web != NULL && OH_IS_SNOM_PHONE (web))
    oh_snom_phone_set_take (OH_SNOM_PHONE (web), take, FALSE);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The setting first: it also makes a phone of one that was not to report its calls at all. */
static void
take_places (OhPhoneSet *phones, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Place *place = g_task_get_task_data (task);
  OhPhone *phone;
  OhPhone *web;
  GError *error = NULL;

  if (!oh_config_store_events (place->config, place->id, "take", &error))
    {
      g_task_return_error (task, error);
      return;
    }
  phone = oh_phone_set_find (phones, place->id);
  if (phone == NULL)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                               _ ("The phone “%s” cannot be used with its settings."), place->id);
      return;
    }
  web = oh_phone_ways_web (phone);
  if (web != NULL && OH_IS_SNOM_PHONE (web))
    oh_snom_phone_set_take (OH_SNOM_PHONE (web), TRUE, TRUE);
  oh_phone_watch_async (phone, NULL, on_taken, g_steal_pointer (&task));
}

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Place *place = g_task_get_task_data (task);
  GError *error = NULL;

  if (oh_phone_unwatch_finish (OH_PHONE (source), result, &error) &&
      oh_config_store_events (place->config, place->id, "off", &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
oh_event_places_change_async (OhPhoneSet *phones, OhConfig *config, const char *id, gboolean take,
                              GTask *task)
{
  OhPhone *phone = oh_phone_set_find (phones, id);
  GError *error = NULL;

  g_task_set_task_data (task, place_new (config, id), place_free);
  if (take)
    take_places (phones, task);
  else if (phone != NULL)
    oh_phone_unwatch_async (phone, NULL, on_given_back, task);
  else
    {
      if (oh_config_store_events (config, id, "off", &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, error);
      g_object_unref (task);
    }
}
