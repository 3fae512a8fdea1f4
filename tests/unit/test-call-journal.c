/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-journal.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *path;
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *list;
  OhCallJournal *journal;
} Desk;

/* An agent begins, with the file that is there. */
static void
begin (Desk *desk)
{
  desk->phone = oh_fake_phone_new ("desk", OH_CLOCK (desk->clock), FALSE);
  desk->list = oh_call_list_new (OH_CLOCK (desk->clock));
  desk->journal = oh_call_journal_new (desk->list, OH_CLOCK (desk->clock), desk->dir);
  oh_call_list_add_phone (desk->list, OH_PHONE (desk->phone));
  oh_call_journal_join (desk->journal, OH_PHONE (desk->phone));
}

/* It ends, in an orderly way or not. */
static void
end (Desk *desk)
{
  oh_call_journal_stop (desk->journal);
  oh_call_list_remove_phone (desk->list, OH_PHONE (desk->phone));
  g_clear_pointer (&desk->journal, oh_call_journal_free);
  g_clear_object (&desk->list);
  g_clear_object (&desk->phone);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->dir = g_dir_make_tmp ("offhook-journal-XXXXXX", NULL);
  desk->path = g_build_filename (desk->dir, "calls", NULL);
  desk->clock = oh_fake_clock_new ();
  begin (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  end (desk);
  g_object_unref (desk->clock);
  g_unlink (desk->path);
  g_rmdir (desk->dir);
  g_free (desk->path);
  g_free (desk->dir);
}

static void
tell (Desk *desk, OhPhoneEventKind kind)
{
  oh_fake_phone_tell (desk->phone, kind, "3c26@phone", "0301234@pbx");
}

/* Runs the loop until the file has, or has no longer, that text. */
static void
wait_file (Desk *desk, const char *text, gboolean there)
{
  gboolean has = !there;

  while (has != there)
    {
      g_autofree char *contents = NULL;

      g_main_context_iteration (NULL, FALSE);
      if (g_file_get_contents (desk->path, &contents, NULL, NULL))
        has = strstr (contents, text) != NULL;
    }
}

static OhCall *
only_call (Desk *desk)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (desk->list);

  g_assert_cmpuint (calls->len, ==, 1);
  return g_ptr_array_index (calls, 0);
}

static guint
n_calls (Desk *desk)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (desk->list);

  return calls->len;
}

/* The next agent knows whose it is and not how it stands; the phone's word settles it. */
static void
test_restored (Desk *desk, gconstpointer data)
{
  GStatBuf found;

  tell (desk, OH_PHONE_EVENT_INCOMING);
  tell (desk, OH_PHONE_EVENT_CONNECTED);
  wait_file (desk, "3c26@phone", TRUE);
  g_assert_cmpint (g_stat (desk->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0077, ==, 0);
  end (desk);
  begin (desk);
  g_assert_cmpint (oh_call_get_state (only_call (desk)), ==, OH_CALL_UNKNOWN);
  g_assert_cmpint (oh_call_get_direction (only_call (desk)), ==, OH_CALL_DIRECTION_INCOMING);
  g_assert_cmpstr (oh_call_get_number (only_call (desk)), ==, "0301234");
  g_assert_false (oh_call_list_get_busy (desk->list));
  tell (desk, OH_PHONE_EVENT_HELD);
  g_assert_cmpint (oh_call_get_state (only_call (desk)), ==, OH_CALL_HELD);
  tell (desk, OH_PHONE_EVENT_DISCONNECTED);
  g_assert_cmpuint (n_calls (desk), ==, 0);
  wait_file (desk, "3c26@phone", FALSE);
}

/* Over before the end: nothing to restore. */
static void
test_over (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING);
  wait_file (desk, "3c26@phone", TRUE);
  tell (desk, OH_PHONE_EVENT_DISCONNECTED);
  wait_file (desk, "3c26@phone", FALSE);
  end (desk);
  begin (desk);
  g_assert_cmpuint (n_calls (desk), ==, 0);
}

/* Half a day later it is over, a microsecond before it may still be up. */
static void
test_old (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      tell (desk, OH_PHONE_EVENT_OUTGOING);
      wait_file (desk, "3c26@phone", TRUE);
      end (desk);
      oh_fake_clock_advance (desk->clock, OH_CALL_JOURNAL_US - 1 + i);
      begin (desk);
      g_assert_cmpuint (n_calls (desk), ==, 1 - i);
    }
}

/* The user wants no trace of it: the phone's own name of it, nothing else. */
static void
test_private (Desk *desk, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", NULL, 4);
  g_autoptr (OhNumber) number = oh_number_parse ("0301234", OH_NUMBER_FROM_USER, plan, NULL);
  g_autofree char *contents = NULL;

  oh_call_list_expect (desk->list, OH_PHONE (desk->phone), number, TRUE);
  tell (desk, OH_PHONE_EVENT_OUTGOING);
  wait_file (desk, "3c26@phone", TRUE);
  g_assert_true (g_file_get_contents (desk->path, &contents, NULL, NULL));
  g_assert_null (strstr (contents, "1234@pbx"));
  g_assert_null (strstr (contents, "+4930"));
}

/* What is no journal restores nothing and harms nothing. */
static void
test_damaged (Desk *desk, gconstpointer data)
{
  static const char *const files[] = {
    "",
    "nonsense",
    "[c1]\nphone=desk\n",
    "[c1]\nphone=desk\nseen=99999999999999999999\n",
    "[c1]\nphone=other\nseen=1769850000000000\nhandle=x\n",
    "[c1]\nseen=x\nphone=desk\ndirection=77\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      end (desk);
      g_assert_true (g_file_set_contents (desk->path, files[i], -1, NULL));
      begin (desk);
      g_assert_cmpuint (n_calls (desk), ==, 0);
    }
}

#define ADD(name, func) g_test_add ("/call-journal/" name, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("restored", test_restored);
  ADD ("over", test_over);
  ADD ("old", test_old);
  ADD ("private", test_private);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
