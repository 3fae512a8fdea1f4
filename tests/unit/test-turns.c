/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "turns.h"

static GString *told;

static void
on_turn (gpointer who)
{
  g_string_append_printf (told, "%d ", GPOINTER_TO_INT (who));
}

/* "+1" asks, "-1" ends; what is told meanwhile is compared with @expected. */
static void
check (OhTurns *turns, const char *steps, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (steps, " ", -1);

  g_string_truncate (told, 0);
  for (char **part = parts; *part != NULL; part++)
    {
      gpointer who = GINT_TO_POINTER (g_ascii_strtoll (*part + 1, NULL, 10));

      if ((*part)[0] == '+')
        oh_turns_ask (turns, who);
      else
        oh_turns_end (turns, who);
    }
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_turns (void)
{
  g_autoptr (OhTurns) turns = oh_turns_new (2, on_turn);

  told = g_string_new (NULL);
  check (turns, "+1 +2", "1 2 ");
  check (turns, "+3 +4 +5 +1 +3", ""); /* at the limit and beyond; twice is once */
  check (turns, "-2", "3 ");
  check (turns, "-4", ""); /* did not want any more */
  check (turns, "-9", ""); /* never asked */
  check (turns, "-1 -3", "5 ");
  check (turns, "-5 +5", "5 ");
  check (turns, "+6 +7", "6 ");
  oh_turns_close (turns);
  check (turns, "-5 -6 +8", "");
  g_string_free (told, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/turns", test_turns);
  return g_test_run ();
}
