/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-watch.h"
#include "snom-command.h"

#include <string.h>

#define TOKEN "00112233445566778899aabbccddeeff"
#define MARK "0123456789abcdef"
#define BASE "http://192.0.2.10:8137/offhook-" MARK "/s/" TOKEN "/"
#define CTI "http://192.0.2.1/cti"
#define OTHER "http://192.0.2.2:9/offhook-fedcba9876543210/s/ffeeddccbbaa99887766554433221100/held"

static const OhSnomWatchRule watch = { .mark = MARK, .token = TOKEN, .base = BASE };
static const OhSnomWatchRule give_back = { .mark = MARK, .token = TOKEN };

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
  g_autoptr (OhSnomWatchPlan) plan = oh_snom_watch_plan (settings, &watch);
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
  plan = oh_snom_watch_plan (settings, &watch);
  g_assert_cmpuint (plan->targets->len, ==, 0);
  back = oh_snom_watch_plan (settings, &give_back);
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
  plan = oh_snom_watch_plan (settings, &watch);
  g_assert_null (plan->foreign);
  g_assert_cmpuint (count (plan, "&action_hold="), ==, 0);
  back = oh_snom_watch_plan (settings, &give_back);
  g_assert_cmpuint (back->targets->len, ==, 0);
  set (settings, "action_disconnected_url", "http://192.0.2.1/cti");
  taken = oh_snom_watch_plan (settings, &watch);
  g_assert_cmpstr (taken->foreign, ==, "action_disconnected_url");
  g_assert_cmpstr (taken->host, ==, "192.0.2.1");
  g_assert_cmpint (taken->holder, ==, OH_SNOM_PLACE_PROGRAM);
  g_assert_cmpuint (taken->targets->len, ==, 0);
}

static void
test_moved (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = NULL;

  set (settings, "action_incoming_url", "http://192.0.2.99:1/s/" TOKEN "/incoming");
  plan = oh_snom_watch_plan (settings, &watch);
  g_assert_null (plan->foreign);
  g_assert_cmpuint (count (plan, "&action_incoming_url=" BASE), ==, 1);
}

/* Whose places are taken when, and that what stood there is told before it is written over. */
static void
test_take (void)
{
  static const struct
  {
    const char *stands;
    OhSnomTake take;
    gboolean taken;
  } cases[] = {
    { "", OH_SNOM_TAKE_FREE, TRUE },         { CTI, OH_SNOM_TAKE_FREE, FALSE },
    { OTHER, OH_SNOM_TAKE_FREE, FALSE },     { CTI, OH_SNOM_TAKE_PROGRAMS, TRUE },
    { OTHER, OH_SNOM_TAKE_PROGRAMS, FALSE }, /* or the two would never rest */
    { CTI, OH_SNOM_TAKE_ALL, TRUE },         { OTHER, OH_SNOM_TAKE_ALL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = new_settings ();
      g_autoptr (OhSnomWatchPlan) plan = NULL;
      OhSnomWatchRule rule = watch;

      set (settings, "action_connected_url", cases[i].stands);
      rule.take = cases[i].take;
      plan = oh_snom_watch_plan (settings, &rule);
      g_assert_cmpint (plan->holder == OH_SNOM_PLACE_FREE, ==, cases[i].taken);
      g_assert_cmpint (plan->targets->len > 0, ==, cases[i].taken);
      if (cases[i].taken)
        g_assert_cmpstr (g_hash_table_lookup (plan->replaced, "action_connected_url"), ==,
                         cases[i].stands);
      else
        g_assert_cmpint (plan->holder, ==, oh_snom_place_judge (cases[i].stands, MARK, TOKEN));
    }
}

/* What is ours goes back to whom it was; what somebody has taken since is his. */
static void
test_give_back (void)
{
  g_autoptr (GHashTable) settings = new_settings ();
  g_autoptr (GHashTable) previous = new_settings ();
  g_autoptr (OhSnomWatchPlan) plan = NULL;
  OhSnomWatchRule rule = give_back;

  set (previous, "action_connected_url", "http://192.0.2.1/connected");
  set (previous, "action_incoming_url", "http://192.0.2.1/incoming");
  set (settings, "action_connected_url", BASE "connected");
  set (settings, "action_outgoing_url", BASE "outgoing");
  set (settings, "action_incoming_url", "http://192.0.2.3/new");
  rule.previous = previous;
  plan = oh_snom_watch_plan (settings, &rule);
  g_assert_cmpuint (plan->targets->len, ==, 1);
  g_assert_cmpuint (count (plan, "&action_connected_url=http://192.0.2.1/connected"), ==, 1);
  g_assert_cmpuint (count (plan, "&action_outgoing_url=&"), ==, 1);
  g_assert_cmpuint (count (plan, "action_incoming_url"), ==, 0);
  g_assert_cmpuint (g_hash_table_size (plan->replaced), ==, 0);
}

/* As after a plan was carried out by a phone that knows only the settings of @known. */
static GHashTable *
settings_after (const char *const *known)
{
  GHashTable *settings = new_settings ();
  gsize n;
  const OhSnomAction *actions = oh_snom_actions (&n);

  for (gsize i = 0; i < n; i++)
    if (known == NULL || g_strv_contains (known, actions[i].setting))
      g_hash_table_insert (settings, (gpointer) actions[i].setting,
                           oh_snom_action_value (BASE, actions[i].kind));
  return settings;
}

/* The oldest phones have four places; those before firmware 8 none for hold and transfer. */
static void
test_check (void)
{
  static const char *const four[] = { "action_incoming_url", "action_outgoing_url",
                                      "action_offhook_url", "action_onhook_url", NULL };
  static const char *const seven[] = { "action_incoming_url",  "action_outgoing_url",
                                       "action_connected_url", "action_disconnected_url",
                                       "action_missed_url",    NULL };
  static const char *const none[] = { "action_setup_url", NULL };
  static const struct
  {
    const char *const *known;
    OhSnomWatched watched;
  } cases[] = {
    { NULL, OH_SNOM_WATCHED_ALL },
    { seven, OH_SNOM_WATCHED_ALL },
    { four, OH_SNOM_WATCHED_PARTLY },
    { none, OH_SNOM_WATCHED_NOTHING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = settings_after (cases[i].known);
      g_autoptr (GHashTable) absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autoptr (OhSnomWatchPlan) again = NULL;
      OhSnomWatchRule rule = watch;

      g_assert_cmpint (oh_snom_watch_check (settings, &watch, absent), ==, cases[i].watched);
      rule.absent = absent;
      again = oh_snom_watch_plan (settings, &rule);
      g_assert_cmpuint (again->targets->len, ==, 0); /* not written again at every look */
    }
}

static void
test_refused (void)
{
  g_autoptr (GHashTable) settings = settings_after (NULL);
  g_autoptr (GHashTable) absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  set (settings, "action_log_on_url", ""); /* kept, but no call needs it */
  g_assert_cmpint (oh_snom_watch_check (settings, &watch, absent), ==, OH_SNOM_WATCHED_ALL);
  g_assert_true (g_hash_table_contains (absent, "action_log_on_url"));
  set (settings, "action_outgoing_url", "");
  g_assert_cmpint (oh_snom_watch_check (settings, &watch, absent), ==, OH_SNOM_WATCHED_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-watch/empty-phone", test_empty_phone);
  g_test_add_func ("/snom-watch/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/snom-watch/foreign", test_foreign);
  g_test_add_func ("/snom-watch/moved", test_moved);
  g_test_add_func ("/snom-watch/take", test_take);
  g_test_add_func ("/snom-watch/give-back", test_give_back);
  g_test_add_func ("/snom-watch/check", test_check);
  g_test_add_func ("/snom-watch/refused", test_refused);
  return g_test_run ();
}
