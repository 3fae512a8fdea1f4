/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A guard, and a proxy and a registrar that the test plays, for the tests of several servers. */

#include "security.h"

#include <string.h>

#include "association-table.h"
#include "error.h"
#include "fake-clock.h"
#include "fake-mechanism.h"
#include "signature-text.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

/* What the test plays: one server that signs. */
typedef struct
{
  const char *scheme, *realm, *target, *info;
  guint version;
  guint key; /* of the fake mechanism, 0 before the handshake */
  guint number;
} Server;

typedef struct
{
  OhFakeClock *clock;
  OhSecurity *security;
  OhFakePlan *plan;
  Server proxy, registrar;
  guint asked;
  guint cseq;
  gboolean done, answered;
  GError *error;
} Fixture;

static inline void
give_credentials (GTask *task, gpointer user_data)
{
  Fixture *f = user_data;

  f->asked++;
  g_task_return_pointer (task, oh_credentials_new ("anna", "secret"),
                         (GDestroyNotify) oh_credentials_free);
  g_object_unref (task);
}

static inline void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const trusted[] = { "fabrikam.test", NULL };
  static const OhAuthPeer peer = { "edge.fabrikam.test", TRUE, trusted };
  static const OhSecurityPolicy policy = { .allow_unauthenticated = FALSE };

  f->clock = oh_fake_clock_new ();
  f->security = oh_security_new (OH_CLOCK (f->clock), &policy, give_credentials, f);
  f->plan = oh_fake_plan_reset ();
  f->proxy = (Server){ "NTLM", "Edge", "edge.fabrikam.test", "Proxy-Authentication-Info", 2, 0, 0 };
  f->registrar = (Server){
    "Kerberos", "SIP Communications Service", "sip/fe1.fabrikam.test", "Authentication-Info", 4, 0,
    0
  };
  oh_security_set_maker (f->security, oh_fake_mechanism_make);
  oh_security_set_peer (f->security, &peer);
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_error (&f->error);
  g_assert_finalize_object (f->security);
  g_assert_finalize_object (f->clock);
}

/* --- messages ------------------------------------------------------------------------------ */

static inline OhSipMessage *
message (Fixture *f, const char *start, const char *call_id, const char *method)
{
  g_autofree char *whole = g_strdup_printf (
    "%s\r\nVia: SIP/2.0/TLS 10.0.0.1:5;branch=z9hG4bK1\r\nFrom: <sip:anna@fabrikam.test>;tag=1\r\n"
    "To: <sip:anna@fabrikam.test>\r\nCall-ID: %s\r\nCSeq: %u %s\r\nContent-Length: 0\r\n\r\n",
    start, call_id, ++f->cseq, method);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));

  return oh_sip_message_parse (bytes, NULL);
}

static inline OhSipMessage *
send_in (Fixture *f, const char *call_id, const char *method)
{
  g_autofree char *start = g_strdup_printf ("%s sip:fabrikam.test SIP/2.0", method);
  OhSipMessage *out = message (f, start, call_id, method);
  g_autoptr (GError) error = NULL;

  g_assert_true (oh_sip_guard_protect (OH_SIP_GUARD (f->security), out, &error));
  g_assert_no_error (error);
  return out;
}

static inline OhSipMessage *
send (Fixture *f, const char *method)
{
  return send_in (f, method, method);
}

static inline OhSipMessage *
response (Fixture *f, guint status, const OhSipMessage *request)
{
  g_autofree char *start = g_strdup_printf ("SIP/2.0 %u Whatever", status);

  return message (f, start, oh_sip_message_get (request, "Call-ID"),
                  oh_sip_message_method (request));
}

static inline void
signs (OhSipMessage *in, Server *server)
{
  g_autofree char *digits = g_strdup_printf ("%u", ++server->number);
  const OhSignatureFields fields = { server->scheme, "3C91D0E7",     digits,
                                     server->realm,  server->target, server->version };
  g_autofree char *text = oh_signature_text (in, &fields, NULL);
  g_autofree char *hex = oh_fake_mechanism_server_sign (server->key, text);
  g_autofree char *value = g_strdup_printf (
    "%s rspauth=\"%s\", srand=\"3C91D0E7\", snum=\"%s\", opaque=\"%s-opaque\", qop=\"auth\", "
    "targetname=\"%s\", realm=\"%s\"",
    server->scheme, hex, digits, server->realm, server->target, server->realm);

  oh_sip_message_add (in, server->info, value);
}

static inline OhSipVerdict
check (Fixture *f, OhSipMessage *in)
{
  g_clear_error (&f->error);
  return oh_sip_guard_check (OH_SIP_GUARD (f->security), in, &f->error);
}

static inline void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->answered = oh_sip_guard_answer_finish (OH_SIP_GUARD (source), result, &f->error);
  f->done = TRUE;
}

/* @in: (transfer full) */
static inline gboolean
answer (Fixture *f, OhSipMessage *request, OhSipMessage *taken)
{
  g_autoptr (OhSipMessage) in = taken;

  g_assert_cmpint (check (f, in), ==, OH_SIP_VERDICT_PASS);
  f->done = FALSE;
  oh_sip_guard_answer_async (OH_SIP_GUARD (f->security), in, request, NULL, on_answered, f);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
  return f->answered;
}

static inline char *
offer_of (const Server *server)
{
  g_autofree char *version =
    server->version > 2 ? g_strdup_printf (", version=%u", server->version) : g_strdup ("");

  return g_strdup_printf ("%s realm=\"%s\", targetname=\"%s\"%s", server->scheme, server->realm,
                          server->target, version);
}

static inline const char *
challenge_header (const Server *server)
{
  return g_str_has_prefix (server->info, "Proxy-") ? "Proxy-Authenticate" : "WWW-Authenticate";
}

static inline void
asks (OhSipMessage *in, const Server *server)
{
  g_autofree char *text = offer_of (server);

  oh_sip_message_add (in, challenge_header (server), text);
}

static inline void
asks_on (OhSipMessage *in, const Server *server)
{
  g_autofree char *first = offer_of (server);
  g_autofree char *text =
    g_strdup_printf ("%s, opaque=\"%s-opaque\", gssapi-data=\"Q0hBTA==\"", first, server->realm);

  oh_sip_message_add (in, challenge_header (server), text);
}

static inline gboolean
challenged_by (Fixture *f, OhSipMessage *request, Server *server)
{
  guint status = g_str_has_prefix (server->info, "Proxy-") ? 407 : 401;
  g_autoptr (OhSipMessage) in = response (f, status, request);

  asks (in, server);
  return answer (f, request, g_steal_pointer (&in));
}

/* The value of the credentials for @server in @out; NULL when there are none. Fails where there
 * are two, or where they stand in the wrong header. */
static inline const char *
credentials (OhSipMessage *out, const Server *server)
{
  static const char *const headers[] = { "Authorization", "Proxy-Authorization" };
  gboolean proxy = g_str_has_prefix (server->info, "Proxy-");
  g_autofree char *target = g_strdup_printf ("targetname=\"%s\"", server->target);
  const char *found = NULL;
  const char *value;

  for (guint h = 0; h < 2; h++)
    for (guint n = 0; (value = oh_sip_message_get_nth (out, headers[h], n)) != NULL; n++)
      if (strstr (value, target) != NULL)
        {
          g_assert_null (found);
          g_assert_cmpint (h, ==, proxy);
          found = value;
        }
  return found;
}

static inline void
assert_bears (OhSipMessage *out, const Server *server, const char *part)
{
  const char *value = credentials (out, server);

  g_test_message ("%s: %s", server->target, value != NULL ? value : "(none)");
  if (part == NULL)
    g_assert_null (value);
  else
    g_assert_true (value != NULL && strstr (value, part) != NULL);
}

/* The registrar's last token, in one REGISTER, and the 200 with both signatures. */
static inline void
ticket_and_ok (Fixture *f, gboolean proxy_signs)
{
  g_autoptr (OhSipMessage) ticket = send (f, "REGISTER");
  g_autoptr (OhSipMessage) ok = response (f, 200, ticket);

  assert_bears (ticket, &f->registrar, "gssapi-data=");
  f->registrar.key = f->plan->latest;
  f->registrar.number = 0;
  signs (ok, &f->registrar);
  if (proxy_signs)
    signs (ok, &f->proxy);
  g_assert_cmpint (check (f, ok), ==, OH_SIP_VERDICT_PASS);
}

/* The proxy's handshake, NTLM in two steps, up to the request with the last token. */
static inline OhSipMessage *
proxy_handshake (Fixture *f, OhSipMessage *bare, const char *method)
{
  g_autoptr (OhSipMessage) empty = NULL;
  g_autoptr (OhSipMessage) in = NULL;

  g_assert_true (challenged_by (f, bare, &f->proxy));
  f->proxy.key = f->plan->latest;
  f->proxy.number = 0;
  empty = send (f, method);
  assert_bears (empty, &f->proxy, "gssapi-data=\"\"");
  in = response (f, 407, empty);
  asks_on (in, &f->proxy);
  g_assert_true (answer (f, empty, g_steal_pointer (&in)));
  return send (f, method);
}

/* 407 by the proxy, then 401 by the registrar, whose answer the proxy signs. */
static inline void
sign_in (Fixture *f)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) last = proxy_handshake (f, bare, "REGISTER");
  g_autoptr (OhSipMessage) passed_on = response (f, 401, last);

  assert_bears (last, &f->proxy, "gssapi-data=");
  assert_bears (last, &f->registrar, NULL);
  asks (passed_on, &f->registrar);
  signs (passed_on, &f->proxy);
  g_assert_true (answer (f, last, g_steal_pointer (&passed_on)));
  ticket_and_ok (f, TRUE);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
