/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One response with the challenges of several servers: a forked request came back. */

#include "security-fixture.h"

/* Challenges of two proxies and the registrar in one 407: one handshake at a time, the password is
 * shown to nobody else before the first has accepted it, and in the end all three sign. */
static void
test_forked (Fixture *f, gconstpointer data)
{
  Server other = { "NTLM", "Edge", "edge2.fabrikam.test", "Proxy-Authentication-Info", 4, 0, 0 };
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) all = response (f, 407, bare);
  g_autoptr (OhSipMessage) ticket = NULL;
  g_autoptr (OhSipMessage) rest = NULL;
  g_autoptr (OhSipMessage) empty = NULL;

  asks (all, &f->proxy);
  asks (all, &other);
  oh_sip_message_add (all, "Proxy-Authenticate", "Digest realm=\"meeting\", nonce=\"1\"");
  asks (all, &f->registrar);
  g_assert_true (answer (f, bare, g_steal_pointer (&all)));
  ticket = send (f, "REGISTER");
  assert_bears (ticket, &f->registrar, "gssapi-data="); /* Kerberos first: it shows no password */
  assert_bears (ticket, &f->proxy, NULL);
  assert_bears (ticket, &other, NULL);
  rest = response (f, 407, ticket);
  asks (rest, &f->proxy);
  asks (rest, &other);
  f->registrar.key = f->plan->latest;
  signs (rest, &f->registrar);
  g_assert_true (answer (f, ticket, g_steal_pointer (&rest)));
  empty = send (f, "REGISTER");
  assert_bears (empty, &f->registrar, "response=");
  assert_bears (empty, &f->proxy, "gssapi-data=\"\"");
  assert_bears (empty, &other, NULL);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
}

/* A refused password is the end, whoever else asks in the same response. */
static void
test_forked_refusal (Fixture *f, gconstpointer data)
{
  Server other = { "NTLM", "Edge", "edge2.fabrikam.test", "Proxy-Authentication-Info", 4, 0, 0 };
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) last = proxy_handshake (f, bare, "REGISTER");
  g_autoptr (OhSipMessage) refused = response (f, 407, last);

  asks (refused, &other);
  asks (refused, &f->proxy);
  g_assert_false (answer (f, last, g_steal_pointer (&refused)));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_SIGN_IN);
  g_assert_true (oh_security_was_refused (f->security));
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
}

/* The first server cannot be served, the second can. */
static void
test_forked_next (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) both = response (f, 407, bare);
  g_autoptr (OhSipMessage) empty = NULL;

  f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_NO_TICKET;
  asks (both, &f->registrar);
  asks (both, &f->proxy);
  g_assert_true (answer (f, bare, g_steal_pointer (&both)));
  empty = send (f, "REGISTER");
  assert_bears (empty, &f->proxy, "gssapi-data=\"\"");
  assert_bears (empty, &f->registrar, NULL);
}

/* ... and when neither can, what the user can mend is told. */
static void
test_forked_error (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) all = response (f, 407, bare);

  f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_NO_TICKET;
  f->plan->fail[OH_AUTH_SCHEME_NTLM] = OH_SCHEME_FAILURE_UNAVAILABLE;
  asks (all, &f->proxy);
  asks (all, &f->registrar);
  oh_sip_message_add (all, "Proxy-Authenticate", "Digest realm=\"meeting\", nonce=\"1\"");
  g_assert_false (answer (f, bare, g_steal_pointer (&all)));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_TICKET);
}

/* As many servers as the limit allows, and one more. */
static void
test_too_many (Fixture *f, gconstpointer data)
{
  for (guint i = 1; i <= OH_ASSOCIATION_SLOTS_MAX + 1; i++)
    {
      g_autofree char *target = g_strdup_printf ("sip/p%u.fabrikam.test", i);
      Server server = { "Kerberos", "R", target, "Proxy-Authentication-Info", 4, 0, 0 };
      g_autoptr (OhSipMessage) request = send (f, "REGISTER");

      g_assert_cmpint (challenged_by (f, request, &server), ==, i <= OH_ASSOCIATION_SLOTS_MAX);
    }
  g_assert_error (f->error, OH_ERROR, OH_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/challenge-answer/forked", test_forked);
  ADD ("/challenge-answer/forked-refusal", test_forked_refusal);
  ADD ("/challenge-answer/forked-next", test_forked_next);
  ADD ("/challenge-answer/forked-error", test_forked_error);
  ADD ("/challenge-answer/too-many", test_too_many);
  return g_test_run ();
}
