/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard where several servers ask who we are: a proxy in the way and a registrar behind it,
 * servers that only some requests meet, other ways to the same registrar. */

#include "security-fixture.h"

/* Both sign from then on, each with its own header, realm, target, opaque, version and numbers. */
static void
test_two_servers (Fixture *f, gconstpointer data)
{
  static const char *const methods[] = { "REGISTER", "SUBSCRIBE", "SERVICE", "INVITE", "BYE" };

  sign_in (f);
  g_assert_cmpuint (f->asked, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (OhSipMessage) out = send (f, methods[i]);
      g_autoptr (OhSipMessage) ok = response (f, 200, out);
      /* version 2 counts from the message after the token; the proxy's has seen one more */
      g_autofree char *proxy = g_strdup_printf ("cnum=\"%u\"", i + 2);
      g_autofree char *registrar = g_strdup_printf ("cnum=\"%u\"", i + 2);

      assert_bears (out, &f->proxy, proxy);
      assert_bears (out, &f->proxy, "realm=\"Edge\"");
      assert_bears (out, &f->proxy, "opaque=\"Edge-opaque\"");
      assert_bears (out, &f->registrar, registrar);
      assert_bears (out, &f->registrar, "opaque=\"SIP Communications Service-opaque\"");
      g_assert_null (strstr (credentials (out, &f->proxy), "gssapi-data"));
      g_assert_null (strstr (credentials (out, &f->registrar), "gssapi-data"));
      signs (ok, &f->proxy);
      g_assert_cmpint (check (f, ok), ==, OH_SIP_VERDICT_PASS);
    }
}

/* The text that is signed has the fields of the version that each server asked for. */
static void
test_version_of_each (Fixture *f, gconstpointer data)
{
  const Server *servers[] = { &f->proxy, &f->registrar };
  g_autoptr (OhSipMessage) out = NULL;

  sign_in (f);
  out = send (f, "SUBSCRIBE");
  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      const Server *server = servers[i];
      g_autoptr (GRegex) regex =
        g_regex_new ("crand=\"(\\w{8})\", cnum=\"(\\d+)\".*response=\"(\\w+)\"", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *salt = NULL;
      g_autofree char *number = NULL;
      g_autofree char *hex = NULL;
      g_autofree char *text = NULL;
      g_autofree char *expected = NULL;

      g_assert_true (g_regex_match (regex, credentials (out, server), 0, &match));
      salt = g_match_info_fetch (match, 1);
      number = g_match_info_fetch (match, 2);
      hex = g_match_info_fetch (match, 3);
      text = oh_signature_text (out,
                                &(OhSignatureFields){ server->scheme, salt, number, server->realm,
                                                      server->target, server->version },
                                NULL);
      expected = oh_fake_mechanism_client_sign (server->key, text);
      g_assert_cmpstr (hex, ==, expected);
    }
}

/* What arrives: one right signature will do, none may be wrong, each has its own numbers. */
static void
test_who_signs (Fixture *f, gconstpointer data)
{
  static const struct
  {
    gboolean proxy, registrar, spoil_proxy, spoil_registrar;
    OhSipVerdict verdict;
  } cases[] = {
    { TRUE, TRUE, FALSE, FALSE, OH_SIP_VERDICT_PASS },
    { TRUE, FALSE, FALSE, FALSE, OH_SIP_VERDICT_PASS },
    { FALSE, TRUE, FALSE, FALSE, OH_SIP_VERDICT_PASS },
    { FALSE, FALSE, FALSE, FALSE, OH_SIP_VERDICT_DROP },
    { TRUE, TRUE, TRUE, FALSE, OH_SIP_VERDICT_FORGED },
    { TRUE, TRUE, FALSE, TRUE, OH_SIP_VERDICT_FORGED },
  };

  sign_in (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) in = message (f, "NOTIFY sip:a SIP/2.0", "n", "NOTIFY");
      Server *servers[] = { &f->proxy, &f->registrar };
      const gboolean signing[] = { cases[i].proxy, cases[i].registrar };
      const gboolean spoilt[] = { cases[i].spoil_proxy, cases[i].spoil_registrar };

      for (guint s = 0; s < 2; s++)
        {
          servers[s]->key += spoilt[s] ? 100 : 0;
          if (signing[s])
            signs (in, servers[s]);
          servers[s]->key -= spoilt[s] ? 100 : 0;
        }
      g_test_message ("case %u", i);
      g_assert_cmpint (check (f, in), ==, cases[i].verdict);
      if (cases[i].verdict == OH_SIP_VERDICT_PASS)
        g_assert_cmpint (check (f, in), ==, OH_SIP_VERDICT_DROP); /* the same once more */
    }
}

/* Once a REGISTER is signed, only what says that we are not known, or passes, may come unsigned;
 * with a signature everything is believed. */
static void
test_unsigned_refusals (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status;
    OhSipVerdict verdict;
  } cases[] = {
    { 100, OH_SIP_VERDICT_PASS }, { 200, OH_SIP_VERDICT_DROP }, { 301, OH_SIP_VERDICT_DROP },
    { 302, OH_SIP_VERDICT_DROP }, { 401, OH_SIP_VERDICT_PASS }, { 403, OH_SIP_VERDICT_DROP },
    { 404, OH_SIP_VERDICT_DROP }, { 407, OH_SIP_VERDICT_PASS }, { 480, OH_SIP_VERDICT_DROP },
    { 503, OH_SIP_VERDICT_PASS }, { 504, OH_SIP_VERDICT_PASS }, { 603, OH_SIP_VERDICT_DROP },
  };
  g_autoptr (OhSipMessage) refresh = NULL;

  sign_in (f);
  refresh = send (f, "REGISTER");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) in = response (f, cases[i].status, refresh);

      g_test_message ("%u", cases[i].status);
      g_assert_cmpint (check (f, in), ==, cases[i].verdict);
      signs (in, &f->proxy);
      g_assert_cmpint (check (f, in), ==, OH_SIP_VERDICT_PASS);
    }
}

/* The registrar forgets us, the proxy does not: only the one handshake, and the other signs on. */
static void
test_one_forgets (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) lost = NULL;
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  guint proxy_key;

  sign_in (f);
  proxy_key = f->proxy.key;
  refresh = send (f, "REGISTER");
  lost = response (f, 401, refresh);
  asks (lost, &f->registrar);
  signs (lost, &f->proxy);
  g_assert_true (answer (f, refresh, g_steal_pointer (&lost)));
  bare = send (f, "REGISTER");
  assert_bears (bare, &f->registrar, NULL);
  assert_bears (bare, &f->proxy, "response=");
  again = response (f, 401, bare);
  asks (again, &f->registrar);
  signs (again, &f->proxy);
  g_assert_true (answer (f, bare, g_steal_pointer (&again)));
  ticket_and_ok (f, TRUE);
  g_assert_cmpuint (f->proxy.key, ==, proxy_key);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_KERBEROS], ==, 2);
}

/* ... as another request finds out: REGISTER renews that one and leaves the proxy's alone. */
static void
test_one_forgets_a_subscription (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) lost = NULL;
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) between = NULL;

  sign_in (f);
  request = send (f, "SUBSCRIBE");
  lost = response (f, 401, request);
  asks (lost, &f->registrar);
  g_assert_true (oh_sip_guard_is_of_register (OH_SIP_GUARD (f->security), lost, request));
  between = send (f, "INFO"); /* whoever did forget: what still stands is used until then */
  assert_bears (between, &f->registrar, "response=");
  bare = send (f, "REGISTER");
  assert_bears (bare, &f->registrar, NULL);
  assert_bears (bare, &f->proxy, "response=");
}

/* Both come to their end at the same time, and both are renewed by one REGISTER and its answers;
 * the old ones sign what else leaves, and are believed for a minute. */
static void
test_both_renewed (Fixture *f, gconstpointer data)
{
  Server old_proxy, old_registrar;
  g_autoptr (OhSipMessage) late = NULL;
  g_autoptr (OhSipMessage) too_late = NULL;
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) call = NULL;
  g_autoptr (OhSipMessage) last = NULL;
  g_autoptr (OhSipMessage) passed_on = NULL;

  oh_security_set_idle_limit (f->security, 86400);
  sign_in (f);
  old_proxy = f->proxy;
  old_registrar = f->registrar;
  oh_fake_clock_advance (f->clock, SECONDS (OH_ASSOCIATION_LIFE_S - OH_ASSOCIATION_RENEW_S));
  g_assert_cmpint (oh_security_renew_us (f->security), <=, oh_clock_now_us (OH_CLOCK (f->clock)));
  oh_security_renew (f->security);
  bare = send (f, "REGISTER");
  assert_bears (bare, &f->proxy, NULL);
  assert_bears (bare, &f->registrar, NULL);
  last = proxy_handshake (f, bare, "REGISTER");
  call = send (f, "INVITE"); /* in the middle of it */
  assert_bears (call, &f->proxy, "response=");
  assert_bears (call, &f->registrar, "response=");
  passed_on = response (f, 401, last);
  asks (passed_on, &f->registrar);
  signs (passed_on, &f->proxy);
  g_assert_true (answer (f, last, g_steal_pointer (&passed_on)));
  ticket_and_ok (f, TRUE);
  late = message (f, "NOTIFY sip:a SIP/2.0", "n", "NOTIFY");
  signs (late, &old_proxy);
  signs (late, &old_registrar);
  oh_fake_clock_advance (f->clock, SECONDS (OH_ASSOCIATION_OVERLAP_S) - 1);
  g_assert_cmpint (check (f, late), ==, OH_SIP_VERDICT_PASS);
  oh_fake_clock_advance (f->clock, 1);
  too_late = message (f, "NOTIFY sip:a SIP/2.0", "n", "NOTIFY");
  signs (too_late, &old_registrar);
  g_assert_cmpint (check (f, too_late), ==, OH_SIP_VERDICT_FORGED);
  g_assert_cmpint (oh_security_renew_us (f->security), >, oh_clock_now_us (OH_CLOCK (f->clock)));
}

/* A proxy that only other requests meet: the request itself carries its handshake, and only that
 * one; from then on everything is signed for it too. */
static void
test_met_by_a_request (Fixture *f, gconstpointer data)
{
  Server other = { "Kerberos", "Branch", "sip/branch.fabrikam.test", "Proxy-Authentication-Info", 4,
                   0,          0 };
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) asked = NULL;
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) ok = NULL;
  g_autoptr (OhSipMessage) next = NULL;
  gint64 renew_us;

  sign_in (f);
  renew_us = oh_security_renew_us (f->security);
  oh_fake_clock_advance (f->clock, SECONDS (30));
  request = send_in (f, "a", "SUBSCRIBE");
  asked = response (f, 407, request);
  asks (asked, &other);
  signs (asked, &f->proxy);
  g_assert_false (oh_sip_guard_is_of_register (OH_SIP_GUARD (f->security), asked, request));
  g_assert_true (answer (f, request, g_steal_pointer (&asked)));
  other.key = f->plan->latest;
  refresh = send (f, "REGISTER");
  assert_bears (refresh, &other, NULL);
  again = send_in (f, "a", "SUBSCRIBE");
  assert_bears (again, &other, "gssapi-data=");
  assert_bears (again, &f->proxy, "response=");
  assert_bears (again, &f->registrar, "response=");
  ok = response (f, 200, again);
  signs (ok, &other);
  g_assert_cmpint (check (f, ok), ==, OH_SIP_VERDICT_PASS);
  next = send_in (f, "b", "SERVICE");
  assert_bears (next, &other, "cnum=\"2\"");
  /* no REGISTER renews it, so it does not decide when one leaves */
  g_assert_cmpint (oh_security_renew_us (f->security), ==, renew_us);
}

/* What it has not been heard of for OH_SLOT_UNHEARD_MAX messages is not on our way any more. */
static void
test_met_no_more (Fixture *f, gconstpointer data)
{
  Server other = { "Kerberos", "Branch", "sip/branch.fabrikam.test", "Proxy-Authentication-Info", 4,
                   0,          0 };
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) ok = NULL;

  sign_in (f);
  request = send_in (f, "a", "SUBSCRIBE");
  g_assert_true (challenged_by (f, request, &other));
  other.key = f->plan->latest;
  again = send_in (f, "a", "SUBSCRIBE");
  ok = response (f, 200, again);
  signs (ok, &other);
  g_assert_cmpint (check (f, ok), ==, OH_SIP_VERDICT_PASS);
  for (guint i = 1; i <= OH_SLOT_UNHEARD_MAX + 1; i++)
    {
      g_autoptr (OhSipMessage) out = send_in (f, "b", "SERVICE");

      assert_bears (out, &other, i <= OH_SLOT_UNHEARD_MAX ? "response=" : NULL);
      assert_bears (out, &f->proxy, "response=");
    }
}

/* A refresh takes another way and is challenged there: the new association takes the old one's
 * place, and the old one is believed for a minute, but signs nothing more. */
static void
test_another_way (Fixture *f, gconstpointer data)
{
  Server old, *fe2 = &f->registrar;
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) asked = NULL;
  g_autoptr (OhSipMessage) next = NULL;
  g_autoptr (OhSipMessage) late = NULL;

  sign_in (f);
  old = f->registrar;
  fe2->target = "sip/fe2.fabrikam.test";
  refresh = send (f, "REGISTER");
  assert_bears (refresh, &old, "response=");
  asked = response (f, 401, refresh);
  asks (asked, fe2);
  signs (asked, &f->proxy);
  g_assert_true (answer (f, refresh, g_steal_pointer (&asked)));
  ticket_and_ok (f, TRUE);
  next = send (f, "SUBSCRIBE");
  assert_bears (next, fe2, "response=");
  assert_bears (next, &old, NULL);
  assert_bears (next, &f->proxy, "response="); /* another header: it is not the one replaced */
  late = message (f, "NOTIFY sip:a SIP/2.0", "n", "NOTIFY");
  signs (late, &old);
  g_assert_cmpint (check (f, late), ==, OH_SIP_VERDICT_PASS);
}

/* The proxy is gone from the way: a REGISTER that left without its credentials got through. */
static void
test_proxy_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  sign_in (f);
  oh_security_renew (f->security);
  bare = send (f, "REGISTER");
  g_assert_true (challenged_by (f, bare, &f->registrar));
  ticket_and_ok (f, FALSE);
  next = send (f, "SUBSCRIBE");
  assert_bears (next, &f->registrar, "response=");
  assert_bears (next, &f->proxy, NULL);
}

/* The registrar does not sign what the proxy signs anyway: it has let the token through. */
static void
test_silent_registrar (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) last = proxy_handshake (f, bare, "REGISTER");
  g_autoptr (OhSipMessage) asked = response (f, 401, last);
  g_autoptr (OhSipMessage) ticket = NULL;
  g_autoptr (OhSipMessage) ok = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  asks (asked, &f->registrar); /* the proxy does not sign a challenge that it passes on */
  g_assert_true (answer (f, last, g_steal_pointer (&asked)));
  ticket = send (f, "REGISTER");
  assert_bears (ticket, &f->proxy, "response=");
  assert_bears (ticket, &f->registrar, "gssapi-data=");
  ok = response (f, 200, ticket);
  signs (ok, &f->proxy);
  g_assert_cmpint (check (f, ok), ==, OH_SIP_VERDICT_PASS);
  next = send (f, "SUBSCRIBE");
  assert_bears (next, &f->proxy, "response=");
  assert_bears (next, &f->registrar, "response=");
}

/* A server outside the trusted domains, accepted as the first one, may ask again when it has
 * forgotten us, although by then another association stands; a stranger may not. */
static void
test_known_server (Fixture *f, gconstpointer data)
{
  Server stranger = { "Kerberos", "R", "sip/fe.contoso.test", "Authentication-Info", 4, 0, 0 };
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) empty = NULL;

  f->proxy.target = "edge.hosting.test";
  sign_in (f);
  refresh = send (f, "REGISTER");
  g_assert_true (challenged_by (f, refresh, &f->proxy));
  bare = send (f, "REGISTER");
  assert_bears (bare, &f->proxy, NULL);
  g_assert_true (challenged_by (f, bare, &f->proxy));
  empty = send (f, "REGISTER");
  assert_bears (empty, &f->proxy, "gssapi-data=\"\"");
  g_assert_false (challenged_by (f, empty, &stranger));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_MECHANISM);
}

/* A new connection begins with nothing, and what the old one's servers sign is worth nothing. */
static void
test_new_connection (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) late = message (f, "NOTIFY sip:a SIP/2.0", "n", "NOTIFY");

  sign_in (f);
  signs (late, &f->proxy);
  oh_security_set_peer (f->security, &(OhAuthPeer){ "edge.fabrikam.test", TRUE, NULL });
  g_assert_cmpint (check (f, late), ==, OH_SIP_VERDICT_DROP);
  bare = send (f, "REGISTER");
  assert_bears (bare, &f->proxy, NULL);
  assert_bears (bare, &f->registrar, NULL);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NONE);
}

/* The same server asks in the other header: its next association signs there, and in no other. */
static void
test_header_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  sign_in (f);
  oh_security_renew (f->security);
  bare = send (f, "REGISTER");
  f->registrar.info = "Proxy-Authentication-Info";
  g_assert_true (challenged_by (f, bare, &f->registrar));
  ticket_and_ok (f, FALSE);
  next = send (f, "SUBSCRIBE");
  assert_bears (next, &f->registrar, "response=");
  g_assert_null (oh_sip_message_get (next, "Authorization"));
}

/* What was put in for an earlier attempt is gone before the next. */
static void
test_old_headers (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) out = NULL;

  sign_in (f);
  out = send (f, "SUBSCRIBE");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (oh_sip_guard_protect (OH_SIP_GUARD (f->security), out, NULL));
      g_assert_nonnull (credentials (out, &f->proxy));
      g_assert_nonnull (credentials (out, &f->registrar));
      g_assert_null (oh_sip_message_get_nth (out, "Authorization", 1));
      g_assert_null (oh_sip_message_get_nth (out, "Proxy-Authorization", 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/security-paths/two-servers", test_two_servers);
  ADD ("/security-paths/version-of-each", test_version_of_each);
  ADD ("/security-paths/who-signs", test_who_signs);
  ADD ("/security-paths/unsigned-refusals", test_unsigned_refusals);
  ADD ("/security-paths/one-forgets", test_one_forgets);
  ADD ("/security-paths/one-forgets-a-subscription", test_one_forgets_a_subscription);
  ADD ("/security-paths/both-renewed", test_both_renewed);
  ADD ("/security-paths/met-by-a-request", test_met_by_a_request);
  ADD ("/security-paths/met-no-more", test_met_no_more);
  ADD ("/security-paths/another-way", test_another_way);
  ADD ("/security-paths/proxy-gone", test_proxy_gone);
  ADD ("/security-paths/silent-registrar", test_silent_registrar);
  ADD ("/security-paths/known-server", test_known_server);
  ADD ("/security-paths/new-connection", test_new_connection);
  ADD ("/security-paths/header-changes", test_header_changes);
  ADD ("/security-paths/old-headers", test_old_headers);
  return g_test_run ();
}
