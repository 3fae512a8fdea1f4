/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-watch.h"
#include "snom-command.h"

#include <string.h>

/* Without one of these a call would never begin or never end here. */
static gboolean
is_essential (OhPhoneEventKind kind)
{
  return kind == OH_PHONE_EVENT_INCOMING || kind == OH_PHONE_EVENT_OUTGOING ||
         kind == OH_PHONE_EVENT_CONNECTED || kind == OH_PHONE_EVENT_DISCONNECTED;
}

static void
add_batches (GPtrArray *targets, GPtrArray *names, GPtrArray *values)
{
  for (guint from = 0; from < names->len; from += OH_SNOM_WATCH_BATCH)
    {
      const char *some_names[OH_SNOM_WATCH_BATCH + 1] = { NULL };
      const char *some_values[OH_SNOM_WATCH_BATCH + 1] = { NULL };
      guint n = MIN (names->len - from, OH_SNOM_WATCH_BATCH);

      for (guint i = 0; i < n; i++)
        {
          some_names[i] = g_ptr_array_index (names, from + i);
          some_values[i] = g_ptr_array_index (values, from + i);
        }
      g_ptr_array_add (targets,
                       oh_snom_settings_target (some_names, some_values, from + n == names->len));
    }
}

OhSnomWatchPlan *
oh_snom_watch_plan (GHashTable *settings, const char *token, const char *base)
{
  OhSnomWatchPlan *plan = g_new0 (OhSnomWatchPlan, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  gsize n_actions;
  const OhSnomAction *actions = oh_snom_actions (&n_actions);

  plan->targets = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_actions; i++)
    {
      const char *present = g_hash_table_lookup (settings, actions[i].setting);
      gboolean empty = present == NULL || *present == '\0';
      gboolean ours = !empty && strstr (present, token) != NULL;
      g_autofree char *wanted =
        base != NULL ? oh_snom_action_value (base, actions[i].kind) : g_strdup ("");

      if (!empty && !ours && base != NULL && is_essential (actions[i].kind))
        {
          plan->foreign = g_strdup (actions[i].setting);
          return plan;
        }
      if ((!empty && !ours) || g_strcmp0 (empty ? "" : present, wanted) == 0)
        continue;
      g_ptr_array_add (names, (gpointer) actions[i].setting);
      g_ptr_array_add (values, g_steal_pointer (&wanted));
    }
  add_batches (plan->targets, names, values);
  return plan;
}

void
oh_snom_watch_plan_free (OhSnomWatchPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->targets);
  g_free (plan->foreign);
  g_free (plan);
}
