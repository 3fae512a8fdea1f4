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

static gboolean
may_take (OhSnomPlace place, OhSnomTake take)
{
  switch (place)
    {
    case OH_SNOM_PLACE_FREE:
    case OH_SNOM_PLACE_OURS: return TRUE;
    case OH_SNOM_PLACE_PROGRAM: return take >= OH_SNOM_TAKE_PROGRAMS;
    case OH_SNOM_PLACE_OTHER_AGENT: return take >= OH_SNOM_TAKE_ALL;
    default: g_return_val_if_reached (FALSE);
    }
}

static gboolean
is_absent (const OhSnomWatchRule *rule, const char *setting)
{
  return rule->absent != NULL && g_hash_table_contains (rule->absent, setting);
}

static const char *
value_of (GHashTable *settings, const char *setting)
{
  const char *value = settings != NULL ? g_hash_table_lookup (settings, setting) : NULL;

  return value != NULL ? value : "";
}

static char *
wanted_value (const OhSnomWatchRule *rule, const OhSnomAction *action)
{
  return rule->base != NULL ? oh_snom_action_value (rule->base, action->kind)
                            : g_strdup (value_of (rule->previous, action->setting));
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

/* Returns: whether a place that a call needs is somebody's who may not lose it */
static gboolean
find_holder (OhSnomWatchPlan *plan, GHashTable *settings, const OhSnomWatchRule *rule)
{
  gsize n_actions;
  const OhSnomAction *actions = oh_snom_actions (&n_actions);

  for (gsize i = 0; i < n_actions && rule->base != NULL; i++)
    {
      const char *present = value_of (settings, actions[i].setting);
      OhSnomPlace place = oh_snom_place_judge (present, rule->mark, rule->token);

      if (!is_essential (actions[i].kind) || may_take (place, rule->take))
        continue;
      plan->holder = place;
      plan->foreign = g_strdup (actions[i].setting);
      plan->host = oh_snom_place_host (present);
      return TRUE;
    }
  return FALSE;
}

/* Whether the plan may write there at all: giving back takes nothing from anybody. */
static gboolean
is_open (const OhSnomWatchRule *rule, const char *setting, OhSnomPlace place)
{
  if (rule->base == NULL)
    return place == OH_SNOM_PLACE_OURS;
  return may_take (place, rule->take) && !is_absent (rule, setting);
}

OhSnomWatchPlan *
oh_snom_watch_plan (GHashTable *settings, const OhSnomWatchRule *rule)
{
  OhSnomWatchPlan *plan = g_new0 (OhSnomWatchPlan, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  gsize n_actions;
  const OhSnomAction *actions = oh_snom_actions (&n_actions);

  plan->targets = g_ptr_array_new_with_free_func (g_free);
  plan->replaced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (find_holder (plan, settings, rule))
    return plan;
  for (gsize i = 0; i < n_actions; i++)
    {
      const char *present = value_of (settings, actions[i].setting);
      OhSnomPlace place = oh_snom_place_judge (present, rule->mark, rule->token);
      g_autofree char *wanted = wanted_value (rule, &actions[i]);

      if (!is_open (rule, actions[i].setting, place) || strcmp (present, wanted) == 0)
        continue;
      if (rule->base != NULL && place != OH_SNOM_PLACE_OURS)
        g_hash_table_insert (plan->replaced, g_strdup (actions[i].setting), g_strdup (present));
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
  g_hash_table_unref (plan->replaced);
  g_free (plan->foreign);
  g_free (plan->host);
  g_free (plan);
}

OhSnomWatched
oh_snom_watch_check (GHashTable *settings, const OhSnomWatchRule *rule, GHashTable *absent)
{
  gboolean told[OH_N_PHONE_EVENTS] = { FALSE };
  gsize n_actions;
  const OhSnomAction *actions = oh_snom_actions (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    {
      const char *setting = actions[i].setting;
      g_autofree char *wanted = wanted_value (rule, &actions[i]);
      gboolean known = g_hash_table_contains (settings, setting);

      if (strcmp (value_of (settings, setting), wanted) == 0)
        told[actions[i].kind] = TRUE;
      else if (known && is_essential (actions[i].kind))
        return OH_SNOM_WATCHED_REFUSED;
      else
        g_hash_table_add (absent, g_strdup (setting));
    }
  if (!told[OH_PHONE_EVENT_INCOMING] && !told[OH_PHONE_EVENT_OUTGOING])
    return OH_SNOM_WATCHED_NOTHING;
  return told[OH_PHONE_EVENT_CONNECTED] && told[OH_PHONE_EVENT_DISCONNECTED]
           ? OH_SNOM_WATCHED_ALL
           : OH_SNOM_WATCHED_PARTLY;
}
