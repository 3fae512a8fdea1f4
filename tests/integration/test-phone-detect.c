/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding out what a phone is, for every personality of the simulator: what is said of it, what it
   is told it can do, and that nothing was pressed on the way. */

#include "phone-detect.h"
#include "snom-desk.h"

#include <string.h>

typedef struct
{
  gboolean done;
  OhPhoneDetected *found;
  GError *error;
} Detection;

/* clang-format off */
static const struct
{
  const char *personality;
  OhPhoneKind kind;       /* of the first answer, without a login */
  gboolean reachable;
  gboolean plain;         /* asked by http: it has nothing else */
  OhPhoneState state;     /* after the whole probe, with the right login */
  const char *named;      /* in the reason */
  const char *model;
  OhPhoneCapabilities has, lacks;
} cases[] = {
  { "s360-87", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snom360", OH_PHONE_CAN_DIAL | OH_PHONE_CAN_DTMF, OH_PHONE_IS_UNPROTECTED },
  { "s360-drop", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snom360", OH_PHONE_CAN_DIAL, OH_PHONE_IS_UNPROTECTED },
  { "d725", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snomD725", OH_PHONE_CAN_DIAL | OH_PHONE_CAN_HOLD, OH_PHONE_NAMES_CALLS },
  { "d785", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snomD785", OH_PHONE_CAN_DIAL | OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DND, 0 },
  { "d785-strict", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_UNSUPPORTED, "use_hidden_tags", "snomD785", 0, OH_PHONE_CAN_DIAL },
  { "blank", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snomD735", OH_PHONE_CAN_DIAL | OH_PHONE_IS_UNPROTECTED, 0 },
  { "d865", OH_PHONE_KIND_SNOM_D8XX, TRUE, FALSE, OH_PHONE_STATE_UNSUPPORTED, "D8xx", NULL, 0, OH_PHONE_CAN_DIAL },
  { "s190", OH_PHONE_KIND_SNOM, TRUE, TRUE, OH_PHONE_STATE_UNSUPPORTED, "http_scheme", NULL, 0, OH_PHONE_CAN_DIAL },
  { "uc", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "snom720", OH_PHONE_CAN_DIAL, 0 },
  { "et635", OH_PHONE_KIND_SNOM, TRUE, FALSE, OH_PHONE_STATE_READY, NULL, "ET635", OH_PHONE_CAN_DIAL, 0 },
  { "m300", OH_PHONE_KIND_SNOM_DECT, TRUE, FALSE, OH_PHONE_STATE_UNSUPPORTED, "DECT", NULL, 0, OH_PHONE_CAN_DIAL },
  { "m100kle", OH_PHONE_KIND_SNOM_OTHER, TRUE, FALSE, OH_PHONE_STATE_UNSUPPORTED, "another maker", NULL, 0, OH_PHONE_CAN_DIAL },
  { "yealink", OH_PHONE_KIND_YEALINK, TRUE, FALSE, OH_PHONE_STATE_UNSUPPORTED, "Yealink", NULL, 0, OH_PHONE_CAN_DIAL },
  { "dead", OH_PHONE_KIND_UNKNOWN, FALSE, FALSE, OH_PHONE_STATE_UNREACHABLE, "127.0.0.1", NULL, 0, OH_PHONE_CAN_DIAL },
  { "slow", OH_PHONE_KIND_UNKNOWN, FALSE, FALSE, OH_PHONE_STATE_UNREACHABLE, "in time", NULL, 0, OH_PHONE_CAN_DIAL },
  { "half", OH_PHONE_KIND_UNKNOWN, FALSE, FALSE, OH_PHONE_STATE_UNREACHABLE, "127.0.0.1", NULL, 0, OH_PHONE_CAN_DIAL },
};
/* clang-format on */

static void
detection_clear (Detection *self)
{
  g_clear_pointer (&self->found, oh_phone_detected_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Detection, detection_clear)

static void
on_detected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Detection *detection = user_data;

  detection->found = oh_phone_detect_finish (result, &detection->error);
  detection->done = TRUE;
}

/* Pages that only tell; everything else might do something. */
static void
assert_only_looked (PhonePeer *peer)
{
  static const char *const harmless[] = { "/info.htm", "/settings.htm?", NULL };

  phone_peer_command (peer, "dump");
  for (guint i = 0; i < peer->log->len; i++)
    {
      JsonObject *line = g_ptr_array_index (peer->log, i);
      const char *event = json_object_get_string_member (line, "event");
      g_autofree char *target = NULL;
      gboolean known = FALSE;

      g_assert_cmpstr (event, !=, "key");
      g_assert_cmpstr (event, !=, "call");
      if (!g_str_equal (event, "request"))
        continue;
      target = g_strdup_printf ("%s?%s", json_object_get_string_member (line, "path"),
                                json_object_get_string_member_with_default (line, "query", ""));
      for (guint j = 0; harmless[j] != NULL; j++)
        known = known || g_str_has_prefix (target, harmless[j]);
      g_test_message ("%s", target);
      g_assert_true (known);
      g_assert_null (strstr (target, "save"));
    }
}

static void
test_first_answer (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PhonePeer) peer = phone_peer_new (cases[i].personality, NULL);
  OhClock *clock = oh_clock_system ();
  g_auto (Detection) detection = { 0 };

  oh_phone_detect_async (cases[i].plain ? peer->plain : peer->host,
                         cases[i].plain ? "http" : "https", clock, NULL, on_detected, &detection);
  run_until (&detection.done);
  assert_only_looked (peer);
  g_assert_cmpuint (phone_peer_count_logins (peer), ==, 0);
  g_assert_cmpint (detection.found != NULL, ==, cases[i].reachable);
  if (!cases[i].reachable)
    {
      g_assert_error (detection.error, OH_ERROR, OH_ERROR_UNREACHABLE);
      return;
    }
  g_assert_no_error (detection.error);
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 1);
  g_assert_cmpstr (oh_phone_kind_word (detection.found->kind), ==,
                   oh_phone_kind_word (cases[i].kind));
  g_assert_cmpstr (detection.found->fingerprint, ==, cases[i].plain ? NULL : peer->spki);
}

static void
test_probe (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (PhonePeer) peer = phone_peer_new (cases[i].personality, NULL);
  g_autoptr (OhPhone) phone = oh_snom_phone_new ("desk", cases[i].plain ? peer->plain : peer->host,
                                                 cases[i].plain ? "http" : "https", NULL, NULL);
  g_auto (Result) result = { 0 };
  OhPhoneCapabilities capabilities;

  oh_phone_set_login (phone, "admin", "1234");
  if (cases[i].plain)
    desk_trust (phone, OH_PHONE_TRUST_NONE, NULL);
  desk_probe (phone, &result);
  if (cases[i].plain) /* asked for in the open it never leaves, however often it is asked for */
    {
      desk_probe (phone, &result);
      g_assert_cmpuint (phone_peer_count_logins (peer), ==, 0);
    }
  assert_only_looked (peer);
  capabilities = oh_phone_get_capabilities (phone);
  g_assert_cmpint (oh_phone_get_state (phone), ==, cases[i].state);
  g_assert_cmpstr (oh_phone_get_model (phone), ==, cases[i].model);
  if (cases[i].named != NULL)
    g_assert_nonnull (strstr (result.error->message, cases[i].named));
  if (cases[i].reachable)
    g_assert_cmpstr (oh_phone_kind_word (oh_phone_get_kind (phone)), ==,
                     oh_phone_kind_word (cases[i].kind));
  g_assert_cmphex (capabilities & cases[i].has, ==, cases[i].has);
  g_assert_cmphex (capabilities & cases[i].lacks, ==, 0);
}

/* From http to https at the same host, and never to another one. */
static void
test_redirect (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  OhClock *clock = oh_clock_system ();
  g_auto (Detection) detection = { 0 };

  oh_phone_detect_async (peer->plain, "http", clock, NULL, on_detected, &detection);
  run_until (&detection.done);
  g_assert_no_error (detection.error);
  g_assert_cmpstr (detection.found->scheme, ==, "https");
  g_assert_true (detection.found->needs_login);
  g_assert_cmpstr (detection.found->fingerprint, ==, peer->spki);
  g_assert_cmpuint (phone_peer_count_status (peer, 307), ==, 1);
  assert_only_looked (peer);
}

/* Nothing listens for https: it is asked once by http, and told as what it is. Port 80 is for root,
   as packaging/check is. */
static void
test_http_only (void)
{
  static const char host[] = "127.0.0.77";
  g_autoptr (PhonePeer) peer =
    phone_peer_new ("s190", "--address", host, "--http-port", "80", NULL);
  g_autoptr (OhPhone) phone = oh_snom_phone_new ("desk", host, "https", NULL, NULL);
  g_auto (Detection) detection = { 0 };

  oh_phone_set_login (phone, "admin", "1234");
  oh_phone_detect_async (host, NULL, oh_clock_system (), NULL, on_detected, &detection);
  run_until (&detection.done);
  g_assert_no_error (detection.error);
  g_assert_cmpstr (detection.found->scheme, ==, "http");
  g_assert_cmpint (detection.found->port, ==, 80);
  g_assert_cmpint (detection.found->kind, ==, OH_PHONE_KIND_SNOM);
  for (guint i = 0; i < 2; i++)
    probe_fails (phone, OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, "by http only");
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==,
                    2); /* of the detection and of the first probe */
  g_assert_cmpuint (phone_peer_count_logins (peer), ==, 0);
  assert_only_looked (peer);
}

static void
test_bad_names (void)
{
  static const char *const names[] = { "two words", "host:http", "" };
  OhClock *clock = oh_clock_system ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Detection) detection = { 0 };

      oh_phone_detect_async (names[i], NULL, clock, NULL, on_detected, &detection);
      run_until (&detection.done);
      g_test_message ("%s: %s", names[i], detection.error->message);
      g_assert_null (detection.found);
      g_assert_cmpint (detection.error->domain, ==, OH_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first =
        g_strconcat ("/phone-detect/first-answer/", cases[i].personality, NULL);
      g_autofree char *probe = g_strconcat ("/phone-detect/probe/", cases[i].personality, NULL);

      g_test_add_data_func (first, GUINT_TO_POINTER (i), test_first_answer);
      g_test_add_data_func (probe, GUINT_TO_POINTER (i), test_probe);
    }
  g_test_add_func ("/phone-detect/redirect", test_redirect);
  g_test_add_func ("/phone-detect/http-only", test_http_only);
  g_test_add_func ("/phone-detect/bad-names", test_bad_names);
  return g_test_run ();
}
