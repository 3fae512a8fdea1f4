/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provisioner.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-clock.h"
#include "provision-poll.h"
#include "sip-peer.h"

#define PRESENT "vnd-microsoft-provisioning-v2"
#define FORMER "vnd-microsoft-provisioning"
#define TYPE "application/vnd-microsoft-roaming-provisioning-v2+xml"
#define URI "sip:anna@f.test"
#define SAYS(name, pattern)                                                                        \
  "<provisionGroupList><provisionGroup name=\"ServerConfiguration\">"                              \
  "<helpdeskInternalUrl>https://in</helpdeskInternalUrl>"                                          \
  "<helpdeskExternalUrl>https://out</helpdeskExternalUrl>"                                         \
  "<ucLocationProfile><name>" name "</name><rules><rule><pattern>" pattern                         \
  "</pattern><translation>+4420$1</translation></rule></rules></ucLocationProfile>"                \
  "</provisionGroup></provisionGroupList>"

typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  OhProvisioner *provisioner;
  char *dir;
  gboolean keeps;
  guint changes;
} Fixture;

static void
on_changed (Fixture *self)
{
  self->changes++;
}

static void
make (Fixture *self)
{
  self->provisioner = oh_provisioner_new (OH_CLOCK (self->clock), self->keeps ? self->dir : NULL);
  g_signal_connect_swapped (self->provisioner, "changed", G_CALLBACK (on_changed), self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->keeps = data != NULL;
  self->dir = g_dir_make_tmp ("offhook-XXXXXX", NULL);
  self->clock = oh_fake_clock_new ();
  self->peer = oh_sip_peer_new (OH_CLOCK (self->clock));
  make (self);
}

static void
wait_changes (Fixture *self, guint n)
{
  while (self->changes < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Returns: (transfer full) (nullable): path of what is kept, once it is complete */
static char *
find_kept (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);
      GStatBuf info;

      /* a file that was not there before is made empty under its own name, and then filled */
      if (g_str_has_suffix (name, ".xml") && g_stat (path, &info) == 0 && info.st_size > 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->provisioner);
  settle ();
  oh_sip_peer_free (self->peer);
  g_object_unref (self->clock);
  while (g_rmdir (self->dir) != 0) /* something may still be being written */
    {
      g_autofree char *path = find_kept (self);

      settle ();
      if (path != NULL)
        g_unlink (path);
    }
  g_free (self->dir);
}

static void
start (Fixture *self, const char *allow_events, gboolean remote)
{
  oh_provisioner_set_account (self->provisioner, URI);
  oh_provisioner_start (self->provisioner, oh_sip_peer_stack (self->peer), allow_events, remote);
}

static const char *
profile_name (Fixture *self)
{
  const OhLocationProfile *profile =
    oh_provisioning_profile (oh_provisioner_said (self->provisioner));

  return profile != NULL ? profile->name : NULL;
}

/* The request of [MS-SIP]'s clients: a poll, to oneself, with what is wanted. */
static void
test_asked (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) subscribe = NULL;
  g_autofree char *body = NULL;

  start (self, "presence, " PRESENT ",x", FALSE);
  subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  g_assert_cmpstr (oh_sip_message_request_uri (subscribe), ==, URI);
  g_assert_cmpstr (oh_sip_message_get (subscribe, "Expires"), ==, "0");
  g_assert_cmpstr (oh_sip_message_get (subscribe, "Accept"), ==, TYPE);
  g_assert_cmpstr (oh_sip_message_get (subscribe, "Content-Type"), ==, TYPE);
  g_assert_true (oh_sip_message_has_token (subscribe, "Supported", "ms-piggyback-first-notify"));
  g_assert_true (oh_sip_message_has_token (subscribe, "Supported", "ms-benotify"));
  g_assert_true (oh_sip_message_has_token (subscribe, "Proxy-Require", "ms-benotify"));
  body = g_strndup (g_bytes_get_data (oh_sip_message_body (subscribe), NULL),
                    g_bytes_get_size (oh_sip_message_body (subscribe)));
  g_assert_nonnull (strstr (body, "<provisioningGroup name=\"ServerConfiguration\"/>"));
  oh_sip_peer_answer (self->peer, subscribe, 200,
                      "Expires: 0\r\nms-piggyback-cseq: 1\r\nSubscription-State: terminated\r\n",
                      TYPE, SAYS ("Leeds", "^(1)$"));
  wait_changes (self, 1);
  g_assert_cmpstr (profile_name (self), ==, "Leeds");
  g_assert_cmpuint (oh_number_rules_count (oh_provisioner_server_rules (self->provisioner)), ==, 1);
  g_assert_false (oh_provisioner_is_stale (self->provisioner));
  g_assert_cmpstr (oh_provisioner_url (self->provisioner, OH_PROVISION_HELP_INTERNAL), ==,
                   "https://in");
}

/* The document behind the answer, and one that the server sends later: changes only. */
static void
test_notified (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) subscribe = NULL;
  g_autoptr (OhSipMessage) answer = NULL;

  start (self, NULL, TRUE);
  subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, subscribe, 200, "Expires: 0\r\n", NULL, NULL);
  oh_sip_peer_notify (self->peer, subscribe, "NOTIFY", "terminated", TYPE, SAYS ("Leeds", "^(1)$"));
  answer = oh_sip_peer_take (self->peer, "NOTIFY", NULL);
  wait_changes (self, 2); /* one for coming from outside */
  g_assert_cmpstr (oh_provisioner_url (self->provisioner, OH_PROVISION_HELP_INTERNAL), ==,
                   "https://out");
  oh_sip_peer_notify (self->peer, subscribe, "BENOTIFY", "terminated", TYPE,
                      "<provisionGroupList><provisionGroup name=\"ucPolicy\">"
                      "<enableCallTransfer>false</enableCallTransfer></provisionGroup>"
                      "</provisionGroupList>");
  wait_changes (self, 3);
  g_assert_cmpint (oh_provisioner_said (self->provisioner)->policies[OH_PROVISION_TRANSFER], ==,
                   OH_PERMISSION_DENIED);
  g_assert_cmpstr (profile_name (self), ==, "Leeds");
}

/* Eight hours later it is asked for again, and then the answer is the whole. */
static void
test_asked_again (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  start (self, NULL, FALSE);
  first = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, first, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      SAYS ("Leeds", "^(1)$"));
  wait_changes (self, 1);
  oh_fake_clock_advance (self->clock, OH_PROVISION_POLL_US);
  second = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  g_assert_cmpstr (oh_sip_message_get (second, "Call-ID"), !=,
                   oh_sip_message_get (first, "Call-ID"));
  oh_sip_peer_answer (self->peer, second, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      "<provisionGroupList/>");
  wait_changes (self, 2);
  g_assert_null (profile_name (self));
}

/* Busy: later; without BENOTIFY: at once; refused: not again. What is no document changes nothing.
 */
static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) a = NULL;
  g_autoptr (OhSipMessage) b = NULL;
  g_autoptr (OhSipMessage) c = NULL;

  start (self, NULL, FALSE);
  a = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, a, 503, "Retry-After: 600\r\n", NULL, NULL);
  settle ();
  oh_fake_clock_advance (self->clock, 600 * G_GINT64_CONSTANT (1000000));
  b = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, b, 420, "Unsupported: ms-benotify\r\n", NULL, NULL);
  c = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  g_assert_false (oh_sip_message_has_token (c, "Supported", "ms-benotify"));
  g_assert_null (oh_sip_message_get (c, "Proxy-Require"));
  oh_sip_peer_answer (self->peer, c, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE, "<x");
  settle ();
  g_assert_cmpuint (self->changes, ==, 0);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) subscribe = NULL;

  start (self, NULL, FALSE);
  subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, subscribe, 489, NULL, NULL, NULL);
  settle ();
  oh_fake_clock_advance (self->clock, 2 * OH_PROVISION_POLL_US);
  settle ();
  g_assert_null (oh_provisioner_said (self->provisioner)); /* and the peer has nothing left */
}

static void
test_packages (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) subscribe = NULL;

  start (self, "presence", FALSE); /* asks nothing */
  start (self, "presence, " FORMER " ", FALSE);
  subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", FORMER);
  g_assert_cmpuint (g_bytes_get_size (oh_sip_message_body (subscribe)), ==, 0);
  oh_sip_peer_answer (self->peer, subscribe, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n",
                      "application/vnd-microsoft-roaming-provisioning+xml",
                      "<p><user uri=\"" URI "\"><line uri=\"tel:1\" server=\"sip:g\"/></user></p>");
  wait_changes (self, 1);
  g_assert_cmpstr (oh_provisioner_said (self->provisioner)->texts[OH_PROVISION_LINE], ==, "tel:1");
}

/* What was asked for one user is not taken for another. */
static void
test_another_user (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) subscribe = NULL;

  start (self, NULL, FALSE);
  subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_provisioner_set_account (self->provisioner, "sip:bob@f.test");
  oh_sip_peer_answer (self->peer, subscribe, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      SAYS ("Leeds", "^(1)$"));
  settle ();
  g_assert_null (oh_provisioner_said (self->provisioner));
}

/* Kept over a new start, for that user alone, and marked until the server says it again. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autofree char *path = NULL;
  GStatBuf info;

  start (self, NULL, FALSE);
  first = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, first, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      SAYS ("Leeds", "^(1)$"));
  wait_changes (self, 1);
  while ((path = find_kept (self)) == NULL)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_object_unref (self->provisioner);
  settle ();
  make (self);
  self->changes = 0;
  oh_provisioner_set_account (self->provisioner, URI);
  wait_changes (self, 1);
  g_assert_cmpstr (profile_name (self), ==, "Leeds");
  g_assert_true (oh_provisioner_is_stale (self->provisioner));
  start (self, NULL, FALSE);
  second = oh_sip_peer_take (self->peer, "SUBSCRIBE", PRESENT);
  oh_sip_peer_answer (self->peer, second, 200, "Expires: 0\r\nms-piggyback-cseq: 1\r\n", TYPE,
                      SAYS ("Leeds", "^(1)$"));
  wait_changes (self, 2);
  g_assert_false (oh_provisioner_is_stale (self->provisioner));
  oh_provisioner_stop (self->provisioner);
  g_assert_cmpstr (profile_name (self), ==, "Leeds"); /* holds on, signed out */
  oh_provisioner_set_account (self->provisioner, "sip:bob@f.test");
  g_assert_null (oh_provisioner_said (self->provisioner));
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static guint
company_rules (Fixture *self)
{
  return oh_number_rules_count (oh_provisioner_company_rules (self->provisioner));
}

/* Read, read again when it changes, missed when it goes; a pipe is no file. */
static void
test_company_rules (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "rules.txt", NULL);

  write_file (path, "(\\d{4})\n+4930$1\n");
  oh_provisioner_set_company_rules (self->provisioner, path);
  oh_provisioner_set_company_rules (self->provisioner, path);
  wait_changes (self, 1);
  g_assert_cmpuint (company_rules (self), ==, 1);
  write_file (path, "(\\d{4})\n+4930$1\n(\\d{5})\n+4931$1\n");
  while (company_rules (self) != 2)
    g_main_context_iteration (NULL, TRUE);
  g_unlink (path);
  while (company_rules (self) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (
    oh_number_rules_problems (oh_provisioner_company_rules (self->provisioner))->len, ==, 1);
  oh_provisioner_set_company_rules (self->provisioner, "/dev/zero");
  self->changes = 0;
  wait_changes (self, 1);
  g_assert_cmpuint (
    oh_number_rules_problems (oh_provisioner_company_rules (self->provisioner))->len, ==, 1);
  oh_provisioner_set_company_rules (self->provisioner, "");
  g_assert_cmpuint (
    oh_number_rules_problems (oh_provisioner_company_rules (self->provisioner))->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
#define ADD_KEPT(name, func) g_test_add (name, Fixture, "", set_up, func, tear_down)
  ADD ("/provisioner/asked", test_asked);
  ADD ("/provisioner/notified", test_notified);
  ADD ("/provisioner/asked-again", test_asked_again);
  ADD ("/provisioner/failures", test_failures);
  ADD ("/provisioner/refused", test_refused);
  ADD ("/provisioner/packages", test_packages);
  ADD ("/provisioner/another-user", test_another_user);
  ADD_KEPT ("/provisioner/kept", test_kept);
  ADD ("/provisioner/company-rules", test_company_rules);
  return g_test_run ();
}
