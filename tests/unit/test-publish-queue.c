/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-queue.h"

#include "fake-clock.h"
#include "sip-peer.h"
#include "told.h"

#define S G_GINT64_CONSTANT (1000000)
#define TYPE_FAULT "application/msrtc-fault+xml"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhOwnPublications *own;
  OhPublishQueue *queue;
  GString *told;
  OhSipMessage *request; /* (nullable): the one that was taken last, not answered yet */
} Fixture;

static void
on_answered (OhSlice body, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->told, "answered(%.*s) ", (int) body.len,
                          body.data);
}

static void
on_versions_lost (gpointer user_data)
{
  g_string_append (((Fixture *) user_data)->told, "versions-lost ");
}

static const OhPublishHandler handler = { on_answered, on_versions_lost };

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  self->own = oh_own_publications_new ();
  self->told = g_string_new (NULL);
  self->queue = oh_publish_queue_new (OH_CLOCK (self->clock), self->own, &handler, self);
  oh_publish_queue_start (self->queue, oh_sip_peer_stack (self->peer), "sip:anna@f.test");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->request, oh_sip_message_unref);
  oh_publish_queue_stop (self->queue);
  g_object_unref (self->queue);
  oh_own_publications_free (self->own);
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
}

/* --- tickets: what somebody who waits is told ----------------------------------------------- */

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_string_append (self->told, "done ");
  else
    g_string_append_printf (self->told, "failed(%s) ", oh_error_code_word (error->code));
}

static void
put (Fixture *self, guint32 instance, const char *body)
{
  g_autoptr (OhPublishTicket) ticket =
    oh_publish_ticket_new (g_task_new (NULL, NULL, on_done, self));

  oh_publish_queue_put (self->queue, "state", instance, 2, OH_EXPIRE_ENDPOINT, body, ticket);
  oh_publish_queue_flush (self->queue);
}

/* Takes a request that must hold just this: "instance/version=body ", deleted "… expires=" */
static void
take (Fixture *self, const char *expected)
{
  OhSipMessage *request = oh_sip_peer_take (self->peer, "SERVICE", NULL);
  GBytes *body = oh_sip_message_body (request);
  g_autofree char *xml = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_auto (GStrv) parts = g_strsplit (xml, "<publication ", -1);
  g_autoptr (GString) items = g_string_new (NULL);

  g_assert_null (self->request);
  self->request = request;
  g_assert_cmpstr (oh_sip_message_request_uri (request), ==, "sip:anna@f.test");
  g_assert_true (oh_sip_message_content_is (request, "application/msrtc-category-publish+xml"));
  for (guint i = 1; parts[i] != NULL; i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (
        "instance=\"(\\d+)\" .*version=\"(\\d+)\"[^>]*?( expires=\"0\"/)?>([a-z]*)", 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *text = NULL;

      g_assert_true (g_regex_match (regex, parts[i], 0, &match));
      text = g_match_info_expand_references (match, "\\1/\\2\\3=\\4 ", NULL);
      g_string_append (items, text);
    }
  g_assert_cmpstr (items->str, ==, expected);
}

static void
answer (Fixture *self, guint status, const char *body)
{
  g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);

  oh_sip_peer_answer (self->peer, request, status, NULL,
                      status == 409 ? TYPE_FAULT : "application/vnd-microsoft-roaming-self+xml",
                      body);
}

/* Without a body. */
static void
answer_with (Fixture *self, guint status, const char *headers)
{
  g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);

  oh_sip_peer_answer (self->peer, request, status, headers, NULL, NULL);
}

#define WRONG(operations)                                                                          \
  "<Fault><Faultcode>Client.BadCall.WrongDelta</Faultcode><details>" operations "</details></"     \
  "Fault>"

/* Nothing leaves before it is known what the server has. */
static void
test_held (Fixture *self, gconstpointer data)
{
  put (self, 5, "a");
  oh_sip_peer_assert_silent (self->peer);
  oh_own_publications_set_version (self->own, "state", 5, 2, 7);
  oh_publish_queue_resume (self->queue);
  take (self, "5/7=a ");
  answer (self, 200, "body");
  assert_told (self, "answered(body) done ");
}

/* What has not changed is not sent; whoever waits for it is told so. */
static void
test_unchanged (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  put (self, 5, "a"); /* under way */
  answer (self, 200, "body");
  assert_told (self, "answered(body) done done ");
  put (self, 5, "a");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "done ");
  g_assert_true (oh_publish_queue_has (self->queue, "state", 5, 2));
  g_assert_false (oh_publish_queue_has (self->queue, "state", 5, 3));
}

/* One request at a time; what comes meanwhile is merged, the newest of each key wins. */
static void
test_one_at_a_time (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  put (self, 5, "b");
  put (self, 6, "x");
  put (self, 5, "c");
  oh_sip_peer_assert_silent (self->peer);
  oh_own_publications_set_version (self->own, "state", 5, 2, 1);
  answer (self, 200, "1");
  take (self, "5/1=c 6/0=x ");
  assert_told (self, "answered(1) done ");
  answer (self, 200, "2");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "answered(2) done done done ");
}

static void
test_deletion (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, NULL); /* nothing there */
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "done ");
  oh_own_publications_set_version (self->own, "state", 5, 2, 3);
  put (self, 5, NULL);
  take (self, "5/3 expires=\"0\"/= ");
  g_assert_false (oh_publish_queue_has (self->queue, "state", 5, 2));
  oh_own_publications_set_version (self->own, "state", 5, 2, 0);
  answer (self, 200, "gone");
  assert_told (self, "answered(gone) done ");
}

/* [MS-PRES] 3.8.5: the server says which versions it has; tried again at once, then slower. */
static void
test_conflict (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  oh_own_publications_set_version (self->own, "state", 6, 2, 4);
  oh_publish_queue_put (self->queue, "state", 5, 2, OH_EXPIRE_ENDPOINT, "a", NULL);
  put (self, 6, "b");
  take (self, "5/0=a 6/4=b ");
  answer (self, 409,
          WRONG ("<operation index='2' curVersion='17'/><operation index='9' curVersion='1'/>"
                 "<operation index='0' curVersion='1'/>"));
  oh_fake_clock_advance (self->clock, 0);
  take (self, "5/0=a 6/17=b ");
  answer (self, 409, WRONG ("<operation index='1' curVersion='2'/>"));
  oh_fake_clock_advance (self->clock, S - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "5/2=a 6/17=b ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) done ");
}

/* Three conflicts in a row: the versions are asked for anew. The next conflict counts from one. */
static void
test_versions_lost (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *items = g_strdup_printf ("5/%u=a ", i - 1);
      g_autofree char *fault =
        g_strdup_printf (WRONG ("<operation index='1' curVersion='%u'/>"), i);

      take (self, items);
      answer (self, 409, fault);
      if (i < 3)
        oh_fake_clock_advance (self->clock, S);
    }
  assert_told (self, "versions-lost ");
  oh_fake_clock_advance (self->clock, 30 * S);
  oh_sip_peer_assert_silent (self->peer);
  oh_own_publications_set_version (self->own, "state", 5, 2, 40);
  oh_publish_queue_resume (self->queue);
  take (self, "5/40=a ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) done ");
}

/* Held, but not for ever, when the server does not tell its versions. */
static void
test_versions_never_come (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  answer (self, 409, WRONG ("")); /* and does not say which */
  assert_told (self, "versions-lost ");
  oh_fake_clock_advance (self->clock, OH_PUBLISH_RENEW_LIMIT_US - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "5/0=a ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) done ");
}

static void
test_conflicts_for_ever (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  for (guint i = 0; i <= OH_PUBLISH_CONFLICTS_MAX; i++)
    {
      take (self, i == 0 ? "5/0=a " : "5/1=a ");
      answer (self, 409, WRONG ("<operation index='1' curVersion='1'/>"));
      oh_fake_clock_advance (self->clock, i % 3 == 2 ? OH_PUBLISH_RENEW_LIMIT_US : S);
    }
  assert_told (self, "versions-lost versions-lost versions-lost failed(conflict) ");
  oh_sip_peer_assert_silent (self->peer);
}

/* An answer without versions: they come in a notification; or they count on by one. */
static void
test_empty_answer (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  answer_with (self, 200, NULL);
  assert_told (self, "answered() done ");
  put (self, 5, "b");
  oh_sip_peer_assert_silent (self->peer);
  oh_own_publications_set_version (self->own, "state", 5, 2, 30);
  oh_publish_queue_resume (self->queue);
  take (self, "5/30=b ");
  answer_with (self, 200, NULL);
  put (self, 5, NULL);
  oh_fake_clock_advance (self->clock, OH_PUBLISH_VERSIONS_LIMIT_US - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "5/31 expires=\"0\"/= ");
  answer_with (self, 200, NULL);
  assert_told (self, "answered() done answered() done ");
  g_assert_cmpuint (oh_own_publications_version (self->own, "state", 5, 2), ==, 0);
}

/* What is refused for good is not tried again, unless a person asks. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  answer (self, 403, NULL);
  assert_told (self, "failed(failed) ");
  oh_publish_queue_put (self->queue, "state", 5, 2, OH_EXPIRE_ENDPOINT, "a", NULL);
  oh_publish_queue_flush (self->queue);
  oh_sip_peer_assert_silent (self->peer);
  put (self, 5, "a");
  take (self, "5/0=a ");
  answer (self, 409, "<Fault><Faultcode>Client.BadCall.Other</Faultcode></Fault>");
  assert_told (self, "failed(conflict) ");
  oh_publish_queue_put (self->queue, "state", 5, 2, OH_EXPIRE_ENDPOINT, "b", NULL);
  oh_publish_queue_flush (self->queue);
  take (self, "5/0=b ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) ");
}

/* One that the server cannot stand does not spoil it for the others. */
static void
test_refused_together (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  oh_publish_queue_put (self->queue, "state", 5, 2, OH_EXPIRE_ENDPOINT, "a", NULL);
  oh_publish_queue_put (self->queue, "state", 5, 3, OH_EXPIRE_ENDPOINT, "b", NULL);
  put (self, 6, "x");
  take (self, "5/0=a 5/0=b 6/0=x ");
  answer (self, 400, NULL);
  take (self, "5/0=a 5/0=b ");
  answer (self, 400, NULL);
  take (self, "6/0=x ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) done ");
  oh_publish_queue_put (self->queue, "state", 5, 2, OH_EXPIRE_ENDPOINT, "c", NULL);
  put (self, 6, "y");
  take (self, "5/0=c 6/0=y "); /* the next ones go together again */
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) done ");
}

/* What passes is tried again; who waits is told at once that it takes longer. */
static void
test_try_later (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  answer_with (self, 503, "Retry-After: 100\r\n");
  assert_told (self, "failed(unreachable) ");
  oh_publish_queue_resume (self->queue); /* does not shorten the pause */
  oh_fake_clock_advance (self->clock, 100 * S - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "5/0=a ");
  answer (self, 200, "ok");
  assert_told (self, "answered(ok) ");
}

static void
test_stop (Fixture *self, gconstpointer data)
{
  oh_publish_queue_resume (self->queue);
  put (self, 5, "a");
  take (self, "5/0=a ");
  put (self, 5, "b");
  oh_publish_queue_stop (self->queue);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "failed(not-signed-in) failed(not-signed-in) ");
  answer (self, 200, "late");
  assert_told (self, "");
  put (self, 5, "c"); /* waits for a start */
  oh_publish_queue_resume (self->queue);
  oh_sip_peer_assert_silent (self->peer);
  oh_publish_queue_start (self->queue, oh_sip_peer_stack (self->peer), "sip:anna@f.test");
  oh_publish_queue_resume (self->queue);
  oh_sip_peer_assert_silent (self->peer); /* and was forgotten with it */
  assert_told (self, "failed(not-signed-in) ");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publish-queue/held", test_held);
  ADD ("/publish-queue/unchanged", test_unchanged);
  ADD ("/publish-queue/one-at-a-time", test_one_at_a_time);
  ADD ("/publish-queue/deletion", test_deletion);
  ADD ("/publish-queue/conflict", test_conflict);
  ADD ("/publish-queue/versions-lost", test_versions_lost);
  ADD ("/publish-queue/versions-never-come", test_versions_never_come);
  ADD ("/publish-queue/conflicts-for-ever", test_conflicts_for_ever);
  ADD ("/publish-queue/empty-answer", test_empty_answer);
  ADD ("/publish-queue/refused", test_refused);
  ADD ("/publish-queue/refused-together", test_refused_together);
  ADD ("/publish-queue/try-later", test_try_later);
  ADD ("/publish-queue/stop", test_stop);
  return g_test_run ();
}
