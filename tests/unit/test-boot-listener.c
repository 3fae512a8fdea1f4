/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "boot-listener.h"

#include "fake-clock.h"
#include "finder.h"

/* Where nothing is joined, nothing is heard; the search ends at its time all the same. */

typedef struct
{
  OhFakeClock *clock;
  OhBootListener *listener;
  OhFinder *finder;
  GCancellable *cancellable;
  GPtrArray *known;
  GPtrArray *result;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) quick = g_ptr_array_new ();
  g_autoptr (GPtrArray) patient = g_ptr_array_new_with_free_func (g_object_unref);
  const OhFinderParts parts = { .quick = quick, .patient = patient };

  f->clock = oh_fake_clock_new ();
  f->listener = oh_boot_listener_new (OH_CLOCK (f->clock), 0);
  g_ptr_array_add (patient, g_object_ref (f->listener));
  f->finder = oh_finder_new (&parts);
  f->cancellable = g_cancellable_new ();
  f->known = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_known_phone_free);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->result, g_ptr_array_unref);
  g_clear_pointer (&f->known, g_ptr_array_unref);
  g_clear_object (&f->finder);
  g_clear_object (&f->listener);
  g_clear_object (&f->cancellable);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->clock);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->result = oh_finder_run_finish (f->finder, result);
}

static void
listen_for (Fixture *f, guint seconds)
{
  const OhFinderAsk ask = { .listen_s = seconds, .known = f->known };

  oh_finder_run_async (f->finder, &ask, f->cancellable, on_result, f);
  settle ();
}

static void
hear (Fixture *f, const char *mac, const char *model)
{
  g_signal_emit_by_name (f->listener, "booted", mac, model, "192.0.2.50");
}

static void
test_hears (Fixture *f, gconstpointer data)
{
  const OhFoundPhone *desk, *base;

  listen_for (f, 10);
  hear (f, "000413AABBCC", "snomD785");
  hear (f, "000413AABB00", "snomM700");
  oh_fake_clock_advance (f->clock, 10 * G_USEC_PER_SEC - 1);
  settle ();
  g_assert_null (f->result);
  oh_fake_clock_advance (f->clock, 1);
  settle ();
  g_assert_nonnull (f->result);
  g_assert_cmpuint (f->result->len, ==, 2);
  desk = g_ptr_array_index (f->result, 0);
  base = g_ptr_array_index (f->result, 1);
  g_assert_cmpstr (desk->address, ==, "192.0.2.50");
  g_assert_cmpint (desk->kind, ==, OH_FOUND_DESK);
  g_assert_cmpint (base->kind, ==, OH_FOUND_DECT);
  hear (f, "000413AABB01", NULL); /* nobody listens any more */
  g_assert_cmpuint (f->result->len, ==, 2);
}

static void
test_longest (Fixture *f, gconstpointer data)
{
  listen_for (f, OH_FINDER_LISTEN_MAX_S + 1);
  g_assert_cmpint (oh_fake_clock_next_due_us (f->clock), ==,
                   (gint64) OH_FINDER_LISTEN_MAX_S * G_USEC_PER_SEC);
  g_cancellable_cancel (f->cancellable);
  settle ();
  g_assert_nonnull (f->result);
}

static void
test_not_at_all (Fixture *f, gconstpointer data)
{
  listen_for (f, 0);
  g_assert_nonnull (f->result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_fatal_mask (NULL, G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL);
#define ADD(name, function)                                                                        \
  g_test_add ("/boot-listener/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("hears", test_hears);
  ADD ("longest", test_longest);
  ADD ("not-at-all", test_not_at_all);
#undef ADD
  return g_test_run ();
}
