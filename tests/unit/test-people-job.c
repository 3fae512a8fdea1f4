/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-job.h"

#include "batch-xml.h"

static OhPeopleJob *
job_of (guint n)
{
  OhPeopleJob *job = oh_people_job_new (TRUE);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:p%u@f.test", i);

      oh_people_job_add (job, uri);
    }
  return job;
}

/* Sizes of the queued jobs: "100 1 "; frees them. Nobody is lost, and nobody is there twice. */
static char *
take_sizes (GQueue *queue)
{
  g_autoptr (GString) sizes = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (!g_queue_is_empty (queue))
    {
      OhPeopleJob *job = g_queue_pop_head (queue);

      g_assert_true (job->unsubscribe);
      g_string_append_printf (sizes, "%u ", job->uris->len);
      for (guint i = 0; i < job->uris->len; i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (g_ptr_array_index (job->uris, i))));
      if (job->uris->len > 0)
        g_assert_null (job->uris->pdata[job->uris->len]);
      oh_people_job_free (job);
    }
  return g_string_free (g_steal_pointer (&sizes), FALSE);
}

static void
test_pieces (void)
{
  static const struct
  {
    guint n;
    const char *sizes;
  } cases[] = {
    { 0, "" },
    { 1, "1 " },
    { 100, "100 " },
    { OH_BATCH_RESOURCES_MAX + 1, "100 1 " },
    { 250, "100 100 50 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GQueue queue = G_QUEUE_INIT;
      g_autofree char *sizes = NULL;

      oh_people_job_queue (job_of (cases[i].n), &queue);
      sizes = take_sizes (&queue);
      g_assert_cmpstr (sizes, ==, cases[i].sizes);
    }
}

static void
test_halves (void)
{
  static const struct
  {
    guint n;
    const char *sizes;
  } cases[] = { { 2, "1 1 " }, { 3, "1 2 " }, { 100, "50 50 " } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GQueue queue = G_QUEUE_INIT;
      g_autoptr (OhPeopleJob) job = job_of (cases[i].n);
      g_autofree char *sizes = NULL;

      oh_people_job_halve (job, &queue);
      sizes = take_sizes (&queue);
      g_assert_cmpstr (sizes, ==, cases[i].sizes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/people-job/pieces", test_pieces);
  g_test_add_func ("/people-job/halves", test_halves);
  return g_test_run ();
}
