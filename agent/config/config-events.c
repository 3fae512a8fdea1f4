/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-events.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

gboolean
oh_config_store_events (OhConfig *self, const char *id, const char *word, GError **error)
{
  GSettings *settings = oh_config_open_phone (self, id, "events", error);

  return settings != NULL && g_settings_set_string (settings, "events", word);
}

GHashTable *
oh_config_dup_previous_events (OhConfig *self, const char *id)
{
  GHashTable *previous = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GSettings *settings = oh_config_open_phone (self, id, NULL, NULL);
  g_autoptr (GVariant) stored = NULL;
  GVariantIter iter;
  char *name, *url;

  if (settings == NULL)
    return previous;
  stored = g_settings_get_value (settings, "previous-events");
  g_variant_iter_init (&iter, stored);
  while (g_variant_iter_next (&iter, "{ss}", &name, &url))
    g_hash_table_insert (previous, name, url);
  return previous;
}

static gboolean
can_be_kept (GHashTable *previous)
{
  GHashTableIter iter;
  gpointer url;

  if (g_hash_table_size (previous) > OH_CONFIG_EVENT_URLS_MAX)
    return FALSE;
  g_hash_table_iter_init (&iter, previous);
  while (g_hash_table_iter_next (&iter, NULL, &url))
    if (strlen (url) > OH_CONFIG_EVENT_URL_MAX)
      return FALSE;
  return TRUE;
}

gboolean
oh_config_store_previous_events (OhConfig *self, const char *id, GHashTable *previous,
                                 GError **error)
{
  GSettings *settings = oh_config_open_phone (self, id, "previous-events", error);
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name, url;

  if (settings == NULL)
    return FALSE;
  if (!can_be_kept (previous))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                   _ ("The phone's own action URLs are too long to be kept, so they are left "
                      "alone. Empty them at the phone to follow calls here."));
      return FALSE;
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, previous);
  while (g_hash_table_iter_next (&iter, &name, &url))
    g_variant_builder_add (&builder, "{ss}", name, url);
  return g_settings_set_value (settings, "previous-events", g_variant_builder_end (&builder));
}
