/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "redirect-trail.h"

#include <string.h>

#include "error.h"
#include "register-answer.h"

/* One step: "host[:port[:tcp]] ..." of the answer of @from; what is left to try, or NULL. */
static char *
follow (OhRedirectTrail *trail, const char *from, const char *contacts, const OhServerTrust *trust,
        GError **error)
{
  g_autoptr (OhServer) server = oh_server_parse (from, NULL);
  g_autoptr (GPtrArray) targets =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_register_target_free);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (contacts, " ", 0);

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", 3);
      OhRegisterTarget *target = g_new (OhRegisterTarget, 1);

      target->host = g_strdup (parts[0]);
      target->port = parts[1] != NULL ? (guint16) g_ascii_strtoull (parts[1], NULL, 10) : 0;
      target->tls = parts[1] == NULL || parts[2] == NULL;
      g_ptr_array_add (targets, target);
    }
  list = oh_redirect_trail_follow (trail, server, targets, trust, error);
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
  g_autofree char *got = follow (trail, from, contacts, NULL, &error);

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
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < OH_REDIRECTS_MAX; i++)
    {
      g_autofree char *from = g_strdup_printf ("h%u:5061", i);
      g_autofree char *to = g_strdup_printf ("h%u:5061", i + 1);

      assert_follow (trail, from, to, to);
    }
  g_assert_null (follow (trail, "h5:5061", "h6:5061", NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "h0:5061 → h1:5061 → h2:5061")); /* the whole way */
}

/* What may not be used is passed over, or named where nothing else is left. */
static void
test_refused (void)
{
  static const char *const others[] = { "contoso.test", NULL };
  static const OhServerTrust trust = { "fabrikam.test", OH_SERVER_NAMES_RELAXED, others };
  static const struct
  {
    const char *contacts;
    gboolean is_signed;
    const char *list;
    OhError code;
    const char *named;
  } cases[] = {
    { "fe.fabrikam.test evil.test", FALSE, "fe.fabrikam.test:5061", 0, NULL },
    { "fe.contoso.test:5062", FALSE, "fe.contoso.test:5062", 0, NULL },
    { "evil.test:5061", FALSE, NULL, OH_ERROR_UNTRUSTED, "“evil.test”" },
    { "elsewhere.test:5061", TRUE, "elsewhere.test:5061", 0, NULL },
    { "fe.fabrikam.test:5060:tcp", TRUE, NULL, OH_ERROR_UNSUPPORTED, "fe.fabrikam.test:5060" },
    { "fe.fabrikam.test:5060:tcp fe2.fabrikam.test", TRUE, "fe2.fabrikam.test:5061", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhRedirectTrail) trail = oh_redirect_trail_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *got = follow (trail, "sip.fabrikam.test:5061", cases[i].contacts,
                                     cases[i].is_signed ? NULL : &trust, &error);

      g_assert_cmpstr (got, ==, cases[i].list);
      if (cases[i].list != NULL)
        continue;
      g_assert_error (error, OH_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].named));
      g_assert_nonnull (strstr (error->message, "sip.fabrikam.test:5061")); /* who says so */
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redirect-trail/loop", test_loop);
  g_test_add_func ("/redirect-trail/limit", test_limit);
  g_test_add_func ("/redirect-trail/refused", test_refused);
  return g_test_run ();
}
