/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the snom body sends anything to. */

#include "snom-desk.h"

#include <glib/gstdio.h>

typedef struct
{
  char *fingerprint;
  gboolean first_use;
  guint n;
} Shown;

static void
on_certificate (OhPhone *phone, const char *fingerprint, gboolean first_use, Shown *shown)
{
  g_free (shown->fingerprint);
  shown->fingerprint = g_strdup (fingerprint);
  shown->first_use = first_use;
  shown->n++;
}

static void
test_first_use (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  Shown shown = { 0 };
  guint before;

  g_signal_connect (phone, "certificate", G_CALLBACK (on_certificate), &shown);
  probe_succeeds (phone);
  g_assert_cmpuint (shown.n, ==, 1);
  g_assert_true (shown.first_use);
  g_assert_cmpstr (shown.fingerprint, ==, peer->spki);
  desk_trust (phone, OH_PHONE_TRUST_FIRST_USE, shown.fingerprint); /* as the agent stores it */
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);

  before = phone_peer_count (peer, "/");
  phone_peer_command (peer, "certificate self-signed");
  desk_trust (phone, OH_PHONE_TRUST_PIN, shown.fingerprint); /* drops the open connection */
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "has changed");
  g_assert_cmpuint (shown.n, ==, 2);
  g_assert_false (shown.first_use);
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, before);
  g_free (shown.fingerprint);
}

/* Another key than the pinned one: not one request arrives, so no password can have left. */
static void
test_pin (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_autofree char *upper = g_ascii_strup (peer->spki, -1);
  g_auto (Result) result = { 0 };

  desk_trust (phone, OH_PHONE_TRUST_PIN, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, peer->spki);
  desk_trust (phone, OH_PHONE_TRUST_PIN,
              "00000000000000000000000000000000000000000000000000000000000000ff");
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_UNTRUSTED);
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
  g_assert_cmpstr (oh_phone_get_fingerprint (phone), ==, peer->spki);
  desk_trust (phone, OH_PHONE_TRUST_PIN, upper);
  probe_succeeds (phone);
}

static void
test_ca (void)
{
  static const struct
  {
    const char *kind;
    OhPhoneTrustMode mode;
    const char *name;
    gboolean with_ca;
    gboolean accepted;
  } cases[] = {
    { "enterprise", OH_PHONE_TRUST_CA, NULL, TRUE, TRUE },
    { "enterprise", OH_PHONE_TRUST_CA, NULL, FALSE, FALSE }, /* the system does not know the CA */
    { "wrong-name", OH_PHONE_TRUST_CA, NULL, TRUE, FALSE },
    { "wrong-name", OH_PHONE_TRUST_CA, "some-other-phone.example", TRUE, TRUE },
    { "expired", OH_PHONE_TRUST_CA, NULL, TRUE, FALSE },
    { "factory", OH_PHONE_TRUST_CA, NULL, TRUE, FALSE },
    { "factory", OH_PHONE_TRUST_CA, "00:04:13:aa:bb:cc", TRUE, TRUE },
    { "factory", OH_PHONE_TRUST_CA, "000413AABBCD", TRUE, FALSE },
    { "factory", OH_PHONE_TRUST_FACTORY, NULL, TRUE, TRUE },
    { "factory", OH_PHONE_TRUST_FACTORY, NULL, FALSE, FALSE },
    { "factory", OH_PHONE_TRUST_FACTORY, "00-04-13-aa-bb-cc", TRUE, TRUE },
    { "factory", OH_PHONE_TRUST_FACTORY, "000413AABBCD", TRUE,
      FALSE }, /* another one of its make */
    { "expired", OH_PHONE_TRUST_PIN, NULL, FALSE, FALSE },
    { "wrong-name", OH_PHONE_TRUST_CA, "127.0.0.1", TRUE, FALSE },
    { "enterprise", OH_PHONE_TRUST_CA, "127.0.0.1", TRUE, TRUE },
    { "self-signed", OH_PHONE_TRUST_CA, NULL, FALSE, FALSE },
    { "self-signed", OH_PHONE_TRUST_NONE, NULL, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer =
        phone_peer_new ("d785", "--certificate-kind", cases[i].kind, NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "oh-test-ca-XXXXXX", NULL);
      int fd = g_mkstemp (path);
      const OhPhoneTrust rule = { .mode = cases[i].mode,
                                  .ca_file = cases[i].with_ca ? path : NULL,
                                  .expected_name = cases[i].name };

      g_test_message ("%s, mode %s, %s", cases[i].kind, oh_phone_trust_mode_nick (cases[i].mode),
                      cases[i].name != NULL ? cases[i].name : "host");
      g_assert_true (g_close (fd, NULL));
      g_assert_true (g_file_set_contents (path, peer->ca, -1, NULL));
      oh_phone_set_trust (phone, &rule);
      if (cases[i].accepted)
        probe_succeeds (phone);
      else
        {
          probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "");
          g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
        }
      g_remove (path);
    }
}

/* What GIO's own check accepts and the pin does not: the system's store knows the issuer, host and
   dates are right, and still nothing is sent. */
static void
test_system_accepts (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--certificate-kind", "enterprise", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "oh-test-ca-XXXXXX", NULL);
  g_autoptr (GTlsDatabase) store = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_mkstemp (path);

  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, peer->ca, -1, NULL));
  store = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), store);

  desk_trust (phone, OH_PHONE_TRUST_CA, NULL);
  probe_succeeds (phone); /* the store is the system's now */
  {
    g_autoptr (OhPhone) pinned = desk_phone (peer, NULL);
    guint before = phone_peer_count (peer, "/");

    desk_trust (pinned, OH_PHONE_TRUST_PIN,
                "00000000000000000000000000000000000000000000000000000000000000ff");
    probe_fails (pinned, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "has changed");
    g_assert_cmpuint (phone_peer_count (peer, "/"), ==, before);
  }
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  g_remove (path);
}

/* A date is told apart from a wrong peer, and the decision to ignore it covers nothing else. */
static void
test_dates (void)
{
  static const struct
  {
    const char *kind;
    gboolean ignore;
    const char *named; /* NULL when it is accepted */
  } cases[] = {
    { "expired", FALSE, "ignore-date" },
    { "expired", TRUE, NULL },
    { "wrong-name", TRUE, "another name" },
    { "self-signed", TRUE, "another name" },
  };

  g_autoptr (PhonePeer) stranger =
    phone_peer_new ("d785", "--certificate-kind", "enterprise", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer =
        phone_peer_new ("d785", "--certificate-kind", cases[i].kind, NULL);
      const char *authority = peer->ca[0] != '\0' ? peer->ca : stranger->ca;
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "oh-test-ca-XXXXXX", NULL);
      int fd = g_mkstemp (path);
      const OhPhoneTrust rule = {
        .mode = OH_PHONE_TRUST_CA,
        .ca_file = path,
        .ignore_date = cases[i].ignore,
      };

      g_test_message ("%s, %s", cases[i].kind, cases[i].ignore ? "date ignored" : "date counts");
      g_assert_true (g_close (fd, NULL));
      g_assert_true (g_file_set_contents (path, authority, -1, NULL));
      oh_phone_set_trust (phone, &rule);
      if (cases[i].named == NULL)
        probe_succeeds (phone);
      else
        {
          probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, cases[i].named);
          g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
        }
      g_remove (path);
    }
}

static void
allow_legacy (OhPhone *phone, OhPhoneTrustMode mode, const char *fingerprint)
{
  const OhPhoneTrust rule = { .mode = mode, .fingerprint = fingerprint, .legacy_tls = TRUE };

  oh_phone_set_trust (phone, &rule);
}

/* RSA with 1024 bits and SHA-1 needs the user's word even where the key is compared. */
static void
test_weak_key (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--certificate-kind", "weak", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);

  desk_trust (phone, OH_PHONE_TRUST_FIRST_USE, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "legacy-tls");
  desk_trust (phone, OH_PHONE_TRUST_PIN, peer->spki);
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "RSA 1024");
  allow_legacy (phone, OH_PHONE_TRUST_CA, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "too weak");
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
  allow_legacy (phone, OH_PHONE_TRUST_PIN, peer->spki);
  probe_succeeds (phone);
}

/* GIO would speak TLS 1.0 with it; nothing is sent all the same. */
static void
test_old_tls (void)
{
  static const struct
  {
    const char *version;
    gboolean accepted;
  } cases[] = { { "1.0", FALSE }, { "1.1", FALSE }, { "1.2", TRUE }, { "1.3", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--tls", cases[i].version, NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);

      g_test_message ("TLS %s", cases[i].version);
      desk_trust (phone, OH_PHONE_TRUST_NONE, NULL);
      if (cases[i].accepted)
        probe_succeeds (phone);
      else
        {
          probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "legacy-tls");
          g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
        }
    }
}

/* The setting of one phone: TLS 1.0 with 1024 bits goes there, and at the same time nowhere else.
 */
static void
test_legacy (void)
{
  g_autoptr (PhonePeer) old =
    phone_peer_new ("d785", "--tls", "1.0", "--certificate-kind", "weak", NULL);
  g_autoptr (PhonePeer) other =
    phone_peer_new ("d785", "--tls", "1.0", "--certificate-kind", "weak", NULL);
  g_autoptr (OhPhone) phone = desk_phone (old, NULL);
  g_autoptr (OhPhone) neighbour = desk_phone (other, NULL);
  g_auto (Result) result = { 0 };

  desk_trust (phone, OH_PHONE_TRUST_NONE, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "legacy-tls");
  g_assert_cmpuint (phone_peer_count (old, "/"), ==, 0);

  allow_legacy (phone, OH_PHONE_TRUST_FIRST_USE, NULL);
  probe_succeeds (phone);
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  assert_number_dialled (old, "number=124");

  desk_trust (neighbour, OH_PHONE_TRUST_NONE, NULL);
  probe_fails (neighbour, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "legacy-tls");
  g_assert_cmpuint (phone_peer_count (other, "/"), ==, 0);
}

/* The old channel judges like the new one: another key than the pinned one hears nothing. */
static void
test_legacy_pin (void)
{
  g_autoptr (PhonePeer) peer =
    phone_peer_new ("d785", "--tls", "1.0", "--certificate-kind", "weak", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  allow_legacy (phone, OH_PHONE_TRUST_PIN,
                "00000000000000000000000000000000000000000000000000000000000000ff");
  probe_fails (phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, peer->spki);
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_UNTRUSTED);
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
  allow_legacy (phone, OH_PHONE_TRUST_PIN, peer->spki);
  probe_succeeds (phone);
}

/* A phone that speaks TLS 1.3 is spoken to so with the setting, too, and its answers arrive whole.
 */
static void
test_legacy_with_new (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  allow_legacy (phone, OH_PHONE_TRUST_PIN, peer->spki);
  probe_succeeds (phone);
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  assert_number_dialled (peer, "number=124");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-trust/first-use", test_first_use);
  g_test_add_func ("/snom-trust/pin", test_pin);
  g_test_add_func ("/snom-trust/ca", test_ca);
  g_test_add_func ("/snom-trust/system-accepts", test_system_accepts);
  g_test_add_func ("/snom-trust/dates", test_dates);
  g_test_add_func ("/snom-trust/weak-key", test_weak_key);
  g_test_add_func ("/snom-trust/old-tls", test_old_tls);
  g_test_add_func ("/snom-trust/legacy", test_legacy);
  g_test_add_func ("/snom-trust/legacy-pin", test_legacy_pin);
  g_test_add_func ("/snom-trust/legacy-with-new", test_legacy_with_new);
  return g_test_run ();
}
