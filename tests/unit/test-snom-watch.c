/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-watch.h"
#include "snom-command.h"

#include <string.h>

#define TOKEN "00112233445566778899aabbccddeeff"
#define BASE "http://192.0.2.10:8137/s/" TOKEN "/"

static GHashTable *
new_settings (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

static void
set (GHashTable *settings, const char *name, const char *value)
{
  g_hash_table_insert (settings, (gpointer) name, g_strdup (value));
}

static guint
count (OhSnomWatchPlan *plan, const char *part)
{
  guint n = 0;

  for (guint i = 0; i < plan->targets->len; i++)
    for (const char *p = g_ptr_array_index (plan->targets, i); (p = strstr (p, part)) != NULL; p++)
      n++;
  return n;
}

static void
test_empty_phone (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = oh_snom_watch_plan (settings, TOKEN, BASE);
  gsize n;

  oh_snom_actions (&n);
  g_assert_null (plan->foreign);
  g_assert_cmpuint (count (plan, "&action_"), ==, n);
  g_assert_cmpuint (plan->targets->len, ==, (n + OH_SNOM_WATCH_BATCH - 1) / OH_SNOM_WATCH_BATCH);
  g_assert_cmpuint (count (plan, "store_settings=save"), ==, 1); /* with the last one */
  g_assert_true (g_str_has_suffix (g_ptr_array_index (plan->targets, plan->targets->len - 1),
                                   "store_settings=save"));
}

static void
test_nothing_to_do (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = NULL;
  g_autoptr (OhSnomWatchPlan) back = NULL;
  gsize n;
  const OhSnomAction *actions = oh_snom_actions (&n);

  for (gsize i = 0; i < n; i++)
    g_hash_table_insert (settings, (gpointer) actions[i].setting,
                         oh_snom_action_value (BASE, actions[i].kind));
  plan = oh_snom_watch_plan (settings, TOKEN, BASE);
  g_assert_cmpuint (plan->targets->len, ==, 0);
  back = oh_snom_watch_plan (settings, TOKEN, NULL);
  g_assert_cmpuint (count (back, "&action_"), ==, n);
  g_assert_cmpuint (count (back, "http"), ==, 0);
}

/* Foreign and needed: nothing is written. Foreign and not needed: left alone, both ways. */
static void
test_foreign (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = NULL;
  g_autoptr (OhSnomWatchPlan) back = NULL;
  g_autoptr (OhSnomWatchPlan) taken = NULL;

  set (settings, "action_hold", "http://192.0.2.1/cti");
  plan = oh_snom_watch_plan (settings, TOKEN, BASE);
  g_assert_null (plan->foreign);
  g_assert_cmpuint (count (plan, "&action_hold="), ==, 0);
  back = oh_snom_watch_plan (settings, TOKEN, NULL);
  g_assert_cmpuint (back->targets->len, ==, 0);
  set (settings, "action_disconnected_url", "http://192.0.2.1/cti");
  taken = oh_snom_watch_plan (settings, TOKEN, BASE);
  g_assert_cmpstr (taken->foreign, ==, "action_disconnected_url");
  g_assert_cmpuint (taken->targets->len, ==, 0);
}

static void
test_moved (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = NULL;

  set (settings, "action_incoming_url", "http://192.0.2.99:1/s/" TOKEN "/incoming");
  plan = oh_snom_watch_plan (settings, TOKEN, BASE);
  g_assert_null (plan->foreign);
  g_assert_cmpuint (count (plan, "&action_incoming_url=" BASE), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-watch/empty-phone", test_empty_phone);
  g_test_add_func ("/snom-watch/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/snom-watch/foreign", test_foreign);
  g_test_add_func ("/snom-watch/moved", test_moved);
  return g_test_run ();
}
