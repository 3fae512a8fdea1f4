/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "replay-window.h"

static void
test_first_numbers (void)
{
  OhReplayWindow window;

  oh_replay_window_init (&window);
  g_assert_false (oh_replay_window_accept (&window, 0));
  for (guint32 n = OH_REPLAY_WINDOW; n >= 1; n--) /* any order within the window */
    g_assert_true (oh_replay_window_accept (&window, n));
  for (guint32 n = 1; n <= OH_REPLAY_WINDOW; n++)
    g_assert_false (oh_replay_window_accept (&window, n));
}

static void
test_edges (void)
{
  static const struct
  {
    guint32 number;
    gboolean fresh;
  } steps[] = {
    { 1000, TRUE },
    { 1000, FALSE },
    { 745, TRUE },  /* the last that still fits: 1000 - 255 */
    { 744, FALSE }, /* one beyond */
    { 745, FALSE },
    { 999, TRUE },
    { 1001, TRUE }, /* the window moves by one */
    { 745, FALSE }, /* ... and 745 is behind it */
    { 746, TRUE },
    { 1257, TRUE },
    { 1001, FALSE }, /* 1257 - 256 */
    { 1002, TRUE },
    { G_MAXUINT32, TRUE },
    { G_MAXUINT32, FALSE },
    { G_MAXUINT32 - 255, TRUE },
    { G_MAXUINT32 - 256, FALSE },
    { 1, FALSE },
  };
  OhReplayWindow window;

  oh_replay_window_init (&window);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("%u", steps[i].number);
      g_assert_cmpint (oh_replay_window_accept (&window, steps[i].number), ==, steps[i].fresh);
    }
}

/* Against a table of everything ever seen. */
static void
test_model (void)
{
  OhReplayWindow window;
  gboolean seen[4000] = { FALSE };
  guint32 last = OH_REPLAY_WINDOW;

  oh_replay_window_init (&window);
  for (guint i = 0; i < 20000; i++)
    {
      guint32 number = (guint32) g_test_rand_int_range (MAX (1, (gint32) last - 300),
                                                        MIN (4000, (gint32) last + 40));
      gboolean fresh = !seen[number] && number + OH_REPLAY_WINDOW > last;

      g_assert_cmpint (oh_replay_window_accept (&window, number), ==, fresh);
      seen[number] = TRUE;
      last = MAX (last, number);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay-window/first-numbers", test_first_numbers);
  g_test_add_func ("/replay-window/edges", test_edges);
  g_test_add_func ("/replay-window/model", test_model);
  return g_test_run ();
}
