/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redirect-trail.h"

#include "error.h"
#include "register-answer.h"

/* One step: "host:port host:port" of the answer of @from; what is left to try, or NULL. */
static char *
follow (OhRedirectTrail *trail, const char *from, const char *contacts, GError **error)
{
  g_autoptr (OhServer) server = oh_server_parse (from, NULL);
  g_autoptr (GPtrArray) targets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_register_target_free);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (contacts, " ", 0);

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 2);
      OhRegisterTarget *target = g_new (OhRegisterTarget, 1);

      target->host = g_strdup (parts[0]);
      target->port = parts[1] != NULL ? (guint16) g_ascii_strtoull (parts[1], NULL, 10) : 0;
      g_ptr_array_add (targets, target);
    }
  list = oh_redirect_trail_follow (trail, server, targets, error);
  if (list == NULL)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    {
      g_autofree char *one = oh_server_text (g_ptr_array_index (list, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_follow (OhRedirectTrail *trail, const char *from, const char *contacts, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = follow (trail, from, contacts, &error);

  g_assert_cmpstr (got, ==, wanted);
  if (wanted == NULL)
    g_assert_error (error, OH_ERROR, OH_ERROR_FAILED);
}

static void
test_loop (void)
{
  g_autoptr (OhRedirectTrail) trail = oh_redirect_trail_new ();

  assert_follow (trail, "a:5061", "b:5061 c", "b:5061 c:5061");
  assert_follow (trail, "b:5061", "a:5061", NULL);          /* back */
  assert_follow (trail, "c:5061", "a:5061 d:443", "d:443"); /* back, or on */
  oh_redirect_trail_clear (trail);
  assert_follow (trail, "b:5061", "a:5061", "a:5061");
  assert_follow (trail, "a:5061", "a:5061", NULL); /* to itself */
  assert_follow (trail, "a:5061", "", NULL);
}

/* As many redirects as are followed, and one more. */
static void
test_limit (void)
{
  g_autoptr (OhRedirectTrail) trail = oh_redirect_trail_new ();

  for (guint i = 0; i < OH_REDIRECTS_MAX; i++)
    {
      g_autofree char *from = g_strdup_printf ("h%u:5061", i);
      g_autofree char *to = g_strdup_printf ("h%u:5061", i + 1);

      assert_follow (trail, from, to, to);
    }
  assert_follow (trail, "h5:5061", "h6:5061", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redirect-trail/loop", test_loop);
  g_test_add_func ("/redirect-trail/limit", test_limit);
  return g_test_run ();
}
