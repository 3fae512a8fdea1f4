/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-subscription.h"

#include "event-policy.h"
#include "fake-clock.h"
#include "sip-peer.h"
#include "told.h"

#define EVENT "vnd-microsoft-roaming-contacts"
#define TYPE "application/vnd-microsoft-roaming-contacts+xml"
#define S G_GINT64_CONSTANT (1000000)

/* A subscription and what its owner was told, one word after the other. */
typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhEventSubscription *subscription;
  GString *told;
  guint settled;
} Fixture;

static char *
on_first_body (gpointer user_data)
{
  return g_strdup ("first");
}

static void
on_notification (OhSipMessage *message, gpointer user_data)
{
  GBytes *body = oh_sip_message_body (message);

  g_string_append_printf (((Fixture *) user_data)->told, "notification(%.*s) ",
                          (int) g_bytes_get_size (body),
                          (const char *) g_bytes_get_data (body, NULL));
}

static void
on_accepted (gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->told, "accepted ");
}

static void
on_refused (guint status, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->told, "refused(%u) ", status);
}

static void
on_settled (gpointer user_data)
{
  ((Fixture *) user_data)->settled++;
}

static const OhEventHandler handler = { on_first_body, on_notification, on_accepted, on_refused,
                                        on_settled };

static void
set_up (Fixture *self, gconstpointer data)
{
  const OhEventSetup setup = {
    .event = EVENT,
    .target = "sip:anna@f.test",
    .accept = TYPE,
    .require = "adhoclist, categoryList",
    .supported = "eventlist",
    .content_type = "a/b",
  };

  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->told = g_string_new (NULL);
  self->subscription = oh_event_subscription_new (oh_sip_peer_stack (self->peer),
                                                  OH_CLOCK (self->clock), &setup, &handler, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  oh_event_subscription_stop (self->subscription);
  g_object_unref (self->subscription);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
}

static OhSipMessage *
take (Fixture *self)
{
  return oh_sip_peer_take (self->peer, "SUBSCRIBE", EVENT);
}

/* Starts and answers with a 2xx that has these headers. */
static OhSipMessage *
begin (Fixture *self, const char *headers)
{
  OhSipMessage *request;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  oh_sip_peer_answer (self->peer, request, 200, headers, NULL, NULL);
  assert_told (self, "accepted ");
  return request;
}

static gboolean
in_dialog (const OhSipMessage *request)
{
  return strstr (oh_sip_message_get (request, "To"), "tag=fe") != NULL;
}

static char *
body_text (const OhSipMessage *message)
{
  GBytes *body = oh_sip_message_body (message);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
test_first_request (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;
  g_autofree char *body = NULL;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  body = body_text (request);
  g_assert_cmpstr (oh_sip_message_request_uri (request), ==, "sip:anna@f.test");
  g_assert_cmpstr (oh_sip_message_get (request, "Accept"), ==, TYPE);
  g_assert_true (oh_sip_message_has_token (request, "Require", "adhoclist"));
  g_assert_true (oh_sip_message_has_token (request, "Require", "categoryList"));
  g_assert_true (oh_sip_message_has_token (request, "Supported", "eventlist"));
  g_assert_true (oh_sip_message_has_token (request, "Supported", "com.microsoft.autoextend"));
  g_assert_true (oh_sip_message_has_token (request, "Supported", "ms-piggyback-first-notify"));
  g_assert_true (oh_sip_message_has_token (request, "Supported", "ms-benotify"));
  g_assert_cmpstr (oh_sip_message_get (request, "Proxy-Require"), ==, "ms-benotify");
  g_assert_cmpstr (oh_sip_message_get (request, "Content-Type"), ==, "a/b");
  g_assert_cmpstr (body, ==, "first");
  g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_BEGINNING);
}

static void
test_piggyback (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  oh_sip_peer_answer (self->peer, request, 200, "Expires: 3600\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      "<list/>");
  assert_told (self, "notification(<list/>) accepted ");
  g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_ACTIVE);
}

/* Without the header the body of a 2xx is not a notification. */
static void
test_no_piggyback (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  oh_sip_peer_answer (self->peer, request, 200, "Expires: 3600\r\n", TYPE, "<list/>");
  assert_told (self, "accepted ");
}

static void
test_notify_is_answered_benotify_is_not (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = begin (self, "Expires: 3600\r\n");
  g_autoptr (OhSipMessage) answer = NULL;

  oh_sip_peer_notify (self->peer, request, "BENOTIFY", "active;expires=3600", TYPE, "<one/>");
  oh_sip_peer_assert_silent (self->peer);
  oh_sip_peer_notify (self->peer, request, "NOTIFY", "active;expires=3600", TYPE, "<two/>");
  answer = oh_sip_peer_take (self->peer, "NOTIFY", NULL);
  g_assert_cmpuint (oh_sip_message_status (answer), ==, 200);
  oh_sip_peer_notify (self->peer, request, "BENOTIFY", "active;expires=3600", NULL, NULL);
  assert_told (self, "notification(<one/>) notification(<two/>) ");
}

static void
test_refresh_times (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *headers;
    guint refresh_s;
  } cases[] = {
    { "Expires: 3600\r\n", 3480 },   { "Expires: 241\r\n", 121 },
    { "Expires: 240\r\n", 120 },     { "Expires: 2\r\n", 1 },
    { "Expires: 1\r\n", 1 },         { "", OH_EVENT_EXPIRES_DEFAULT_S - OH_EVENT_EARLY_S },
    { "Expires: 86400\r\n", 86280 }, { "Expires: 4000000\r\n", 86280 },
    { "Expires: soon\r\n", 86280 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) request = begin (self, cases[i].headers);
      g_autoptr (OhSipMessage) refresh = NULL;
      g_autofree char *body = NULL;

      g_test_message ("%s", cases[i].headers);
      oh_fake_clock_advance (self->clock, cases[i].refresh_s * S - 1);
      oh_sip_peer_assert_silent (self->peer);
      oh_fake_clock_advance (self->clock, 1);
      refresh = take (self);
      body = body_text (refresh);
      g_assert_true (in_dialog (refresh));
      g_assert_cmpstr (oh_sip_message_get (refresh, "Call-ID"), ==,
                       oh_sip_message_get (request, "Call-ID"));
      g_assert_cmpstr (oh_sip_message_request_uri (refresh), ==,
                       "sip:fe.f.test:5061;transport=tls");
      g_assert_cmpstr (body, ==, ""); /* the server knows what it was asked */
      oh_event_subscription_stop (self->subscription);
    }
}

/* Each NOTIFY puts the refresh off where the server said so; a BENOTIFY does not. */
static void
test_autoextend (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request =
    begin (self, "Expires: 1120\r\nSupported: com.microsoft.autoextend\r\n");
  g_autoptr (OhSipMessage) answer = NULL;
  g_autoptr (OhSipMessage) refresh = NULL;

  oh_fake_clock_advance (self->clock, 900 * S);
  oh_sip_peer_notify (self->peer, request, "NOTIFY", "active", TYPE, "x");
  answer = oh_sip_peer_take (self->peer, "NOTIFY", NULL);
  oh_fake_clock_advance (self->clock, 900 * S);
  oh_sip_peer_notify (self->peer, request, "BENOTIFY", "active", TYPE, "x");
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 100 * S);
  refresh = take (self);
  assert_told (self, "notification(x) notification(x) ");
}

/* A dialog that has lasted begins anew at once, with its first body. */
static void
test_lost_dialog (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = begin (self, "Expires: 3600\r\n");
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autofree char *body = NULL;

  oh_fake_clock_advance (self->clock, 3480 * S);
  refresh = take (self);
  oh_sip_peer_answer (self->peer, refresh, 481, NULL, NULL, NULL);
  again = take (self);
  body = body_text (again);
  g_assert_false (in_dialog (again));
  g_assert_cmpstr (oh_sip_message_get (again, "Call-ID"), !=,
                   oh_sip_message_get (request, "Call-ID"));
  g_assert_cmpstr (body, ==, "first");
  assert_told (self, "");
}

static void
test_terminated (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *state;
    gboolean for_good;
    gint64 at_least_s; /* pause; 0 for none */
  } cases[] = {
    { "terminated", FALSE, 0 },
    { "Terminated ; reason=deactivated;expires=0", FALSE, 0 },
    { "terminated;reason=timeout", FALSE, 0 },
    { "terminated;reason=giveup;retry-after=77", FALSE, 77 },
    { "terminated;retry-after=99999999", FALSE, 0 }, /* nonsense */
    { "terminated;reason=rejected", TRUE, 0 },
    { "terminated;reason=noresource", TRUE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) request = begin (self, "Expires: 3600\r\n");

      g_test_message ("%s", cases[i].state);
      oh_fake_clock_advance (self->clock, 60 * S);
      oh_sip_peer_notify (self->peer, request, "BENOTIFY", cases[i].state, TYPE, "last");
      assert_told (self,
                   cases[i].for_good ? "notification(last) refused(403) " : "notification(last) ");
      if (cases[i].at_least_s > 0)
        {
          oh_fake_clock_advance (self->clock, cases[i].at_least_s * S - 1);
          oh_sip_peer_assert_silent (self->peer);
          oh_fake_clock_advance (self->clock, 1);
        }
      if (!cases[i].for_good)
        {
          g_autoptr (OhSipMessage) again = take (self);

          g_assert_false (in_dialog (again));
        }
      oh_event_subscription_stop (self->subscription);
    }
}

/* A server that accepts and ends at once is not asked in a circle. */
static void
test_never_lasts (Fixture *self, gconstpointer data)
{
  gint64 pause_s = 10;

  oh_event_subscription_start (self->subscription);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (OhSipMessage) request = take (self);

      oh_sip_peer_answer (self->peer, request, 200, "Expires: 3600\r\n", NULL, NULL);
      oh_sip_peer_notify (self->peer, request, "BENOTIFY", "terminated", NULL, NULL);
      oh_sip_peer_assert_silent (self->peer);
      g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_WAITING);
      if (i == 0)
        oh_fake_clock_advance (self->clock, 5 * S);
      else
        {
          oh_fake_clock_advance (self->clock, pause_s * S * 8 / 10 - 1);
          oh_sip_peer_assert_silent (self->peer);
          oh_fake_clock_advance (self->clock, pause_s * S * 4 / 10 + 1);
          pause_s *= 2;
        }
    }
  oh_sip_message_unref (take (self));
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers;
    gboolean for_good;
    gint64 at_least_s;
  } cases[] = {
    { 400, NULL, TRUE, 0 },
    { 403, NULL, TRUE, 0 },
    { 404, NULL, TRUE, 0 },
    { 415, NULL, TRUE, 0 },
    { 480, NULL, TRUE, 0 },
    { 488, NULL, TRUE, 0 },
    { 489, NULL, TRUE, 0 },
    { 513, NULL, TRUE, 0 },
    { 408, NULL, FALSE, 0 },
    { 500, NULL, FALSE, 0 },
    { 503, "Retry-After: 120\r\n", FALSE, 120 },
    { 504, NULL, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strdup_printf ("refused(%u) ", cases[i].status);
      g_autoptr (OhSipMessage) request = NULL;

      g_test_message ("%u", cases[i].status);
      oh_event_subscription_start (self->subscription);
      request = take (self);
      oh_sip_peer_answer (self->peer, request, cases[i].status, cases[i].headers, NULL, NULL);
      assert_told (self, cases[i].for_good ? expected : "");
      g_assert_cmpint (oh_event_subscription_state (self->subscription), ==,
                       cases[i].for_good ? OH_EVENT_REFUSED : OH_EVENT_WAITING);
      oh_sip_peer_assert_silent (self->peer);
      if (!cases[i].for_good)
        {
          oh_fake_clock_advance (self->clock, MAX (cases[i].at_least_s * S - 1, 0));
          oh_sip_peer_assert_silent (self->peer);
          oh_fake_clock_advance (self->clock, 5 * S);
          oh_sip_message_unref (take (self));
        }
      oh_event_subscription_stop (self->subscription);
    }
}

static void
test_without_benotify (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) again = NULL;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  oh_sip_peer_answer (self->peer, request, 420, "Unsupported: ms-benotify\r\n", NULL, NULL);
  again = take (self);
  g_assert_false (oh_sip_message_has_token (again, "Supported", "ms-benotify"));
  g_assert_null (oh_sip_message_get (again, "Proxy-Require"));
  oh_sip_peer_answer (self->peer, again, 420, "Unsupported: ms-benotify\r\n", NULL, NULL);
  assert_told (self, "refused(420) "); /* not for ever */
}

/* More in the same dialog; what is refused there does not end it. */
static void
test_send_more (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) more = NULL;
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autofree char *body = NULL;

  oh_sip_message_unref (begin (self, "Expires: 3600\r\n"));
  oh_event_subscription_send (self->subscription, "more");
  more = take (self);
  body = body_text (more);
  g_assert_true (in_dialog (more));
  g_assert_cmpstr (body, ==, "more");
  oh_event_subscription_refresh (self->subscription); /* one after the other */
  oh_sip_peer_assert_silent (self->peer);
  oh_sip_peer_answer (self->peer, more, 400, NULL, NULL, NULL);
  assert_told (self, "refused(400) ");
  refresh = take (self);
  oh_sip_peer_answer (self->peer, refresh, 200, "Expires: 3600\r\n", NULL, NULL);
  assert_told (self, "accepted ");
  g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_ACTIVE);
}

/* Nothing that arrives after the end is told. */
static void
test_stop (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  oh_event_subscription_start (self->subscription);
  request = take (self);
  oh_event_subscription_stop (self->subscription);
  oh_sip_peer_answer (self->peer, request, 200, "Expires: 3600\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      "<list/>");
  assert_told (self, "");
  g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_OFF);
  oh_fake_clock_advance (self->clock, 7200 * S);
}

/* The answer to an earlier start does not count for the present one. */
/* Ended with a word to the server, where there is a dialog; the answer is nobody's. */
static void
test_end (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = begin (self, "Expires: 3600\r\n");
  g_autoptr (OhSipMessage) last = NULL;

  g_assert_nonnull (first);
  oh_event_subscription_end (self->subscription);
  last = take (self);
  g_assert_true (in_dialog (last));
  g_assert_cmpstr (oh_sip_message_get (last, "Expires"), ==, "0");
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (last)), ==, 0);
  g_assert_cmpint (oh_event_subscription_state (self->subscription), ==, OH_EVENT_OFF);
  oh_sip_peer_answer (self->peer, last, 481, NULL, NULL, NULL);
  oh_event_subscription_end (self->subscription); /* there is none any more */
  oh_fake_clock_advance (self->clock, 7200 * S);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "");
}

/* However the first SUBSCRIBE of a dialog comes to its end, once for each. */
static void
test_settled (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = begin (self, "Expires: 3600\r\n");
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) third = NULL;

  g_assert_nonnull (first);
  g_assert_cmpuint (self->settled, ==, 1);
  oh_event_subscription_start (self->subscription);
  second = take (self);
  g_assert_cmpuint (self->settled, ==, 1);
  oh_sip_peer_answer (self->peer, second, 503, NULL, NULL, NULL);
  g_assert_cmpuint (self->settled, ==, 2);
  oh_event_subscription_start (self->subscription);
  third = take (self);
  oh_event_subscription_stop (self->subscription);
  g_assert_cmpuint (self->settled, ==, 3);
}

static void
test_start_again (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  oh_event_subscription_start (self->subscription);
  first = take (self);
  oh_event_subscription_start (self->subscription);
  second = take (self);
  oh_sip_peer_answer (self->peer, first, 403, NULL, NULL, NULL);
  assert_told (self, "");
  oh_sip_peer_answer (self->peer, second, 200, "Expires: 3600\r\n", NULL, NULL);
  assert_told (self, "accepted ");
}

static void
test_other_requests (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = begin (self, "Expires: 3600\r\n");
  g_autoptr (OhSipMessage) other = oh_sip_message_copy (request);
  g_autoptr (OhSipMessage) answer = NULL;

  oh_sip_message_set (other, "Event", "dialog");
  oh_sip_peer_notify (self->peer, other, "NOTIFY", "active", TYPE, "x");
  answer = oh_sip_peer_take (self->peer, "NOTIFY", NULL);
  g_assert_cmpuint (oh_sip_message_status (answer), ==, 489);
  oh_sip_message_set (other, "Event", "VND-Microsoft-Roaming-Contacts;id=1");
  oh_sip_peer_notify (self->peer, other, "BENOTIFY", "active", TYPE, "y");
  assert_told (self, "notification(y) ");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/event-subscription/first-request", test_first_request);
  ADD ("/event-subscription/piggyback", test_piggyback);
  ADD ("/event-subscription/no-piggyback", test_no_piggyback);
  ADD ("/event-subscription/notify-benotify", test_notify_is_answered_benotify_is_not);
  ADD ("/event-subscription/refresh-times", test_refresh_times);
  ADD ("/event-subscription/autoextend", test_autoextend);
  ADD ("/event-subscription/lost-dialog", test_lost_dialog);
  ADD ("/event-subscription/terminated", test_terminated);
  ADD ("/event-subscription/never-lasts", test_never_lasts);
  ADD ("/event-subscription/failures", test_failures);
  ADD ("/event-subscription/without-benotify", test_without_benotify);
  ADD ("/event-subscription/send-more", test_send_more);
  ADD ("/event-subscription/stop", test_stop);
  ADD ("/event-subscription/start-again", test_start_again);
  ADD ("/event-subscription/other-requests", test_other_requests);
  ADD ("/event-subscription/end", test_end);
  ADD ("/event-subscription/settled", test_settled);
  return g_test_run ();
}
