/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-probe.h"

#include "fake-clock.h"
#include "finder.h"

#include <string.h>

/* --- hosts that are asked, and answered when the test says so ------------------------------- */

static GPtrArray *asked; /* (element-type GTask): in order; the data is the address */
static guint n_listed;   /* hosts of the network */

static void
fake_ask_async (const char *address, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (address), g_free);
  g_ptr_array_add (asked, task);
}

static OhFoundPhone *
fake_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static const OhHostAsker asker = { fake_ask_async, fake_ask_finish };

static GStrv
list_hosts (gpointer user_data)
{
  GStrv hosts = g_new0 (char *, n_listed + 1);

  for (guint i = 0; i < n_listed; i++)
    hosts[i] = g_strdup_printf ("10.0.%u.%u", i / 254, i % 254 + 1);
  return hosts;
}

static const char *
address_of (guint i)
{
  return g_task_get_task_data (g_ptr_array_index (asked, i));
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* @model: NULL: nobody is there */
static void
let_answer (guint i, const char *model)
{
  GTask *task = g_ptr_array_index (asked, i);
  OhFoundPhone *found = NULL;

  if (model != NULL)
    {
      found = oh_found_phone_new (OH_FOUND_BY_PROBE, g_task_get_task_data (task), NULL);
      found->model = g_strdup (model);
      found->kind = strcmp (model, "router") == 0 ? OH_FOUND_NONE : OH_FOUND_DESK;
    }
  g_task_return_pointer (task, found, (GDestroyNotify) oh_found_phone_free);
  settle ();
}

/* --- a search ------------------------------------------------------------------------------- */

typedef struct
{
  OhFakeClock *clock;
  OhFinder *finder;
  GPtrArray *known;
  GCancellable *cancellable;
  GPtrArray *result;
  guint done, total;
} Fixture;

static void
on_progress (OhFinder *finder, guint done, guint total, Fixture *f)
{
  f->done = done;
  f->total = total;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  OhFinderParts parts = { .quick = none, .patient = none };
  g_autoptr (OhFindSource) probe = NULL;

  f->clock = oh_fake_clock_new ();
  probe = oh_host_probe_new (&asker, list_hosts, NULL, OH_CLOCK (f->clock));
  parts.probe = probe;
  f->known = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_known_phone_free);
  f->cancellable = g_cancellable_new ();
  asked = g_ptr_array_new_with_free_func (g_object_unref);
  f->finder = oh_finder_new (&parts);
  g_signal_connect (f->finder, "progress", G_CALLBACK (on_progress), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->result, g_ptr_array_unref);
  g_clear_object (&f->finder);
  g_clear_object (&f->cancellable);
  g_clear_object (&f->clock);
  g_clear_pointer (&f->known, g_ptr_array_unref);
  g_clear_pointer (&asked, g_ptr_array_unref);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_clear_pointer (&f->result, g_ptr_array_unref);
  f->result = oh_finder_run_finish (f->finder, result);
}

static void
search (Fixture *f, gboolean probe)
{
  const OhFinderAsk ask = { .probe = probe, .known = f->known };

  g_clear_pointer (&f->result, g_ptr_array_unref);
  oh_finder_run_async (f->finder, &ask, f->cancellable, on_result, f);
  settle ();
}

static void
test_not_unasked (Fixture *f, gconstpointer data)
{
  n_listed = 3;
  search (f, FALSE);
  g_assert_nonnull (f->result);
  g_assert_cmpuint (asked->len, ==, 0);
}

static void
test_parallel (Fixture *f, gconstpointer data)
{
  n_listed = OH_PROBE_PARALLEL + 2;
  search (f, TRUE);
  g_assert_cmpuint (asked->len, ==, OH_PROBE_PARALLEL);
  let_answer (0, NULL);
  g_assert_cmpuint (asked->len, ==, OH_PROBE_PARALLEL + 1);
  for (guint i = 1; i < n_listed; i++)
    let_answer (i, i == 5 ? "snomD785" : i == 6 ? "router" : NULL);
  g_assert_nonnull (f->result);
  g_assert_cmpuint (f->result->len, ==, 1);
  g_assert_cmpuint (asked->len, ==, n_listed);
  g_assert_cmpuint (f->done, ==, n_listed);
  g_assert_cmpuint (f->total, ==, n_listed);
}

/* Who has answered is not asked again; who was not there is. */
static void
test_memory (Fixture *f, gconstpointer data)
{
  n_listed = 2;
  search (f, TRUE);
  let_answer (0, "snomD785");
  let_answer (1, NULL);
  search (f, TRUE);
  g_assert_cmpuint (asked->len, ==, 3);
  g_assert_cmpstr (address_of (2), ==, "10.0.0.2");
  let_answer (2, NULL);
  g_assert_cmpuint (f->result->len, ==, 1);
  oh_fake_clock_advance (f->clock, OH_PROBE_MEMORY_US - 1);
  search (f, TRUE);
  g_assert_cmpuint (asked->len, ==, 4);
  let_answer (3, NULL);
  oh_fake_clock_advance (f->clock, 1);
  search (f, TRUE);
  g_assert_cmpuint (asked->len, ==, 6);
  let_answer (4, NULL);
  let_answer (5, NULL);
  g_assert_cmpuint (f->result->len, ==, 0);
}

static void
test_known (Fixture *f, gconstpointer data)
{
  OhKnownPhone *known = g_new0 (OhKnownPhone, 1);

  n_listed = 2;
  known->id = g_strdup ("desk");
  known->host = g_strdup ("10.0.0.1");
  g_ptr_array_add (f->known, known);
  search (f, TRUE);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_cmpstr (address_of (0), ==, "10.0.0.2");
  let_answer (0, NULL);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  n_listed = OH_PROBE_PARALLEL * 2;
  search (f, TRUE);
  let_answer (0, "snomD785");
  g_cancellable_cancel (f->cancellable);
  for (guint i = 1; i < asked->len; i++)
    let_answer (i, NULL);
  g_assert_cmpuint (asked->len, ==, OH_PROBE_PARALLEL + 1);
  g_assert_nonnull (f->result);
  g_assert_cmpuint (f->result->len, ==, 1); /* what was found counts */
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  n_listed = OH_PROBE_HOSTS_MAX + 1;
  search (f, TRUE);
  for (guint i = 0; i < asked->len; i++)
    let_answer (i, NULL);
  g_assert_cmpuint (asked->len, ==, OH_PROBE_HOSTS_MAX);
  g_assert_nonnull (f->result);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/host-probe/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("not-unasked", test_not_unasked);
  ADD ("parallel", test_parallel);
  ADD ("memory", test_memory);
  ADD ("known", test_known);
  ADD ("cancelled", test_cancelled);
  ADD ("limit", test_limit);
#undef ADD
  return g_test_run ();
}
