/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-digest.h"

#include <gio/gio.h>
#include <string.h>

#include "error.h"

#define FRESH "Digest realm=\"pbx\", nonce=\"n1\", algorithm=MD5, qop=\"auth\""
#define SECOND "Digest realm=\"pbx\", nonce=\"n2\", algorithm=MD5, qop=\"auth\""
#define STALE "Digest realm=\"pbx\", nonce=\"n3\", algorithm=MD5, qop=\"auth\", stale=true"

static OhSipMessage *
new_request (void)
{
  OhSipMessage *request = oh_sip_message_new_request ("INFO", "sip:440@192.0.2.50");

  oh_sip_message_set (request, "CSeq", "1 INFO");
  return request;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* What the guard says to a challenge of @request: 0 to send it again, else the error's code. */
static int
challenge (OhCstaDigest *digest, OhSipMessage *request, guint status, const char *text)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  oh_sip_message_add (response, status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", text);
  g_assert_true (oh_sip_guard_is_routine (OH_SIP_GUARD (digest), response));
  g_assert_false (oh_sip_guard_is_of_register (OH_SIP_GUARD (digest), response, request));
  oh_sip_guard_answer_async (OH_SIP_GUARD (digest), response, request, NULL, on_answered, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return oh_sip_guard_answer_finish (OH_SIP_GUARD (digest), result, &error) ? 0 : error->code;
}

/* The header that @request leaves with. */
static const char *
protect (OhCstaDigest *digest, OhSipMessage *request, const char *name)
{
  g_assert_true (oh_sip_guard_protect (OH_SIP_GUARD (digest), request, NULL));
  return oh_sip_message_get (request, name);
}

static void
test_answers (void)
{
  g_autoptr (OhCstaDigest) digest = oh_csta_digest_new ("desk");
  g_autoptr (OhSipMessage) first = new_request ();
  g_autoptr (OhSipMessage) next = new_request ();
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (first, 200, NULL);
  const char *header;

  g_assert_true (oh_csta_digest_set_login (digest, "440", "secret"));
  g_assert_false (oh_csta_digest_set_login (digest, "440", "secret"));
  g_assert_null (protect (digest, first, "Authorization"));
  g_assert_cmpint (challenge (digest, first, 401, FRESH), ==, 0);
  header = protect (digest, first, "Authorization");
  g_assert_nonnull (strstr (header, "username=\"440\""));
  g_assert_nonnull (strstr (header, "nonce=\"n1\""));
  g_assert_nonnull (strstr (header, "nc=00000001"));
  g_assert_null (strstr (header, "secret"));
  header = protect (digest, next, "Authorization"); /* ahead of the next challenge */
  g_assert_nonnull (strstr (header, "nc=00000002"));
  g_assert_null (protect (digest, response, "Authorization"));
}

/* A new nonce for another request is no refusal; the same request challenged again is one. */
static void
test_refused (void)
{
  g_autoptr (OhCstaDigest) digest = oh_csta_digest_new ("desk");
  g_autoptr (OhSipMessage) first = new_request ();
  g_autoptr (OhSipMessage) next = new_request ();

  oh_csta_digest_set_login (digest, "440", "secret");
  g_assert_cmpint (challenge (digest, first, 401, FRESH), ==, 0);
  g_assert_cmpint (challenge (digest, next, 401, SECOND), ==, 0);
  g_assert_cmpint (challenge (digest, next, 401, STALE), ==, 0);
  g_assert_cmpint (challenge (digest, next, 401, FRESH), ==, OH_ERROR_PHONE_LOGIN);
  g_assert_null (protect (digest, next, "Authorization")); /* not once more */
  g_assert_cmpint (challenge (digest, first, 401, SECOND), ==, OH_ERROR_PHONE_LOGIN);
  oh_csta_digest_set_login (digest, "440", "another");
  g_assert_cmpint (challenge (digest, first, 401, SECOND), ==, 0);
}

static void
test_others (void)
{
  g_autoptr (OhCstaDigest) digest = oh_csta_digest_new ("desk");
  g_autoptr (OhSipMessage) request = new_request ();

  g_assert_cmpint (challenge (digest, request, 401, FRESH), ==, OH_ERROR_PHONE_LOGIN);
  oh_csta_digest_set_login (digest, "440", "secret");
  g_assert_cmpint (challenge (digest, request, 401, "Basic realm=\"pbx\""), ==,
                   OH_ERROR_UNSUPPORTED); /* in the open, on any line */
  g_assert_cmpint (challenge (digest, request, 401, "nonsense"), ==, OH_ERROR_UNSUPPORTED);
  g_assert_cmpint (challenge (digest, request, 407, FRESH), ==, 0);
  g_assert_nonnull (protect (digest, request, "Proxy-Authorization"));
  g_assert_null (oh_sip_message_get (request, "Authorization"));
  oh_sip_guard_reset (OH_SIP_GUARD (digest));
  g_assert_null (protect (digest, request, "Proxy-Authorization"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csta-digest/answers", test_answers);
  g_test_add_func ("/csta-digest/refused", test_refused);
  g_test_add_func ("/csta-digest/others", test_others);
  return g_test_run ();
}
