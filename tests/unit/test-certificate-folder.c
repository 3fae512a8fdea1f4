/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys, requests and what authorities send back; the other party is the openssl program. */

#include "certificate-fleet.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "error.h"

#define DAY_S (G_GINT64_CONSTANT (24) * 3600)

static const OhPhoneNames desk = {
  .mac = "00:04:13:AA:BB:CC",
  .address = "192.0.2.10",
  .dns = "desk.example.com",
};

typedef struct
{
  char *folder; /* (owned): of the test */
  char *phone;  /* (owned): of the phone */
  gint64 now_s;
} Fixture;

/* Runs a command in the test's folder, which must succeed. Returns: (transfer full): its output */
static char *run (Fixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);

static char *
run (Fixture *f, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;
  va_list args;
  int status;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_test_message ("%s", line);
  g_assert_true (g_shell_parse_argv (line, NULL, &words, NULL));
  g_spawn_sync (f->folder, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s", err);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static void
run_quietly (Fixture *f, const char *line)
{
  g_free (run (f, "%s", line));
}

static void
write_file (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
path_of (Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static void
assert_mode (Fixture *f, const char *name, guint mode)
{
  g_autofree char *path = path_of (f, name);
  GStatBuf seen;

  g_assert_cmpint (g_stat (path, &seen), ==, 0);
  g_assert_cmpuint (seen.st_mode & 0777, ==, mode);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("oh-certificate-XXXXXX", NULL);
  f->phone = g_build_filename (f->folder, "desk", NULL);
  f->now_s = g_get_real_time () / G_USEC_PER_SEC;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  run_quietly (f, "sh -c 'rm -rf ./*'");
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->phone);
}

static void
make_request (Fixture *f, OhPhoneKeyKind kind)
{
  g_autoptr (GError) error = NULL;
  OhCertificateRequested done;

  g_assert_true (oh_certificate_request (f->phone, &desk, kind, &done, &error));
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, OH_CERTIFICATE_REQUESTED);
}

/* A root, one below it that signs, and signed.pem for the request: both with openssl. */
static void
sign (Fixture *f, const char *days)
{
  write_file (f, "below.cnf", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n");
  run_quietly (f, "openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem "
                  "-subj '/O=Fabrikam/CN=Fabrikam Root' -days 4000");
  run_quietly (f, "openssl req -new -newkey rsa:2048 -nodes -keyout below.key -out below.csr "
                  "-subj '/O=Fabrikam/CN=Fabrikam Phones'");
  run_quietly (f, "openssl x509 -req -in below.csr -CA root.pem -CAkey root.key -CAcreateserial "
                  "-out below.pem -days 3000 -extfile below.cnf");
  g_free (run (f,
               "openssl x509 -req -in desk/request.pem -CA below.pem -CAkey below.key "
               "-CAcreateserial -copy_extensions copyall -out signed.pem -days %s",
               days));
  f->now_s = g_get_real_time () / G_USEC_PER_SEC; /* not before what openssl has just written */
}

static void
assert_finding (GPtrArray *findings, const char *code, OhFindingSeverity severity)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->code, code))
        {
          g_assert_cmpint (finding->severity, ==, severity);
          return;
        }
    }
  g_test_message ("no finding %s", code);
  g_test_fail ();
}

static GPtrArray *
new_findings (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
}

/* Returns: whether it was taken */
static gboolean
import (Fixture *f, const char *name, const char *ca, GPtrArray *findings)
{
  g_autofree char *path = path_of (f, name);
  g_autofree char *ca_path = ca != NULL ? path_of (f, ca) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken = oh_certificate_import (f->phone, path, ca_path, f->now_s, findings, &error);

  g_assert_true (taken == (error == NULL));
  if (!taken)
    g_test_message ("%s", error->message);
  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s: %s; %s", finding->code, finding->title, finding->cause);
    }
  return taken;
}

static gboolean
exists (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->phone, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_request (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhPhoneKeyKind kind;
    const char *word, *shown;
  } cases[] = {
    { OH_PHONE_KEY_RSA_2048, "rsa-2048", "Public-Key: (2048 bit)" },
    { OH_PHONE_KEY_RSA_3072, "rsa-3072", "Public-Key: (3072 bit)" },
    { OH_PHONE_KEY_P256, "ecdsa-p256", "NIST CURVE: P-256" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      OhPhoneKeyKind kind;

      g_assert_true (oh_phone_key_kind_parse (cases[i].word, &kind));
      g_assert_cmpint (kind, ==, cases[i].kind);
      make_request (f, kind);
      run_quietly (f, "openssl req -in desk/request.pem -verify -noout");
      text = run (f, "openssl req -in desk/request.pem -noout -text");
      g_assert_nonnull (strstr (text, cases[i].shown));
      g_assert_nonnull (strstr (text, "Subject: CN = 000413AABBCC"));
      g_assert_nonnull (strstr (text, "DNS:desk.example.com, DNS:000413aabbcc, "
                                      "IP Address:192.0.2.10"));
      g_assert_nonnull (strstr (text, "TLS Web Server Authentication"));
      assert_mode (f, "desk/key.pem", 0600);
      run_quietly (f, "openssl pkey -in desk/key.pem -check -noout");
      run_quietly (f, "rm -r desk");
    }
  g_assert_false (oh_phone_key_kind_parse ("rsa-1024", &(OhPhoneKeyKind){ 0 }));
}

/* The second time nothing changes; other names make another request, with the same key. */
static void
test_again (Fixture *f, gconstpointer data)
{
  const OhPhoneNames moved = { .mac = desk.mac, .address = "192.0.2.11", .dns = desk.dns };
  const OhPhoneNames wrong = { .mac = desk.mac, .address = "192.0.2.10,DNS:evil.example" };
  g_autofree char *path = g_build_filename (f->phone, "key.pem", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  OhCertificateRequested done;

  make_request (f, OH_PHONE_KEY_P256);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_true (oh_certificate_request (f->phone, &desk, OH_PHONE_KEY_RSA_2048, &done, &error));
  g_assert_cmpint (done, ==, OH_CERTIFICATE_REQUEST_KEPT);
  g_assert_true (oh_certificate_request (f->phone, &moved, OH_PHONE_KEY_P256, &done, &error));
  g_assert_cmpint (done, ==, OH_CERTIFICATE_REQUEST_CHANGED);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  g_assert_false (oh_certificate_request (f->phone, &wrong, OH_PHONE_KEY_P256, &done, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_USAGE);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "no key", -1, NULL)); /* it is not written over */
  g_assert_false (oh_certificate_request (f->phone, &desk, OH_PHONE_KEY_P256, &done, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_FAILED);
}

static void
test_import (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = new_findings ();
  g_autofree char *text = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *path = g_build_filename (f->phone, "settings.xml", NULL);
  g_autofree char *by_name = NULL;
  g_autofree char *by_mac = NULL;

  make_request (f, OH_PHONE_KEY_P256);
  sign (f, "300");
  run_quietly (f, "sh -c 'cat root.pem below.pem signed.pem > chain.pem'");
  g_assert_true (import (f, "chain.pem", NULL, findings));
  assert_finding (findings, "certificate-key", OH_FINDING_OK);
  assert_finding (findings, "certificate-chain", OH_FINDING_OK);
  assert_finding (findings, "certificate-names", OH_FINDING_OK);
  assert_finding (findings, "certificate-dates", OH_FINDING_OK);
  run_quietly (f, "openssl verify -CAfile root.pem -untrusted desk/certificate.pem "
                  "-purpose sslserver -verify_ip 192.0.2.10 desk/certificate.pem");
  run_quietly (f, "openssl verify -CAfile desk/ca.pem desk/certificate.der");
  text = run (f, "openssl x509 -in desk/ca.der -noout -subject");
  g_assert_nonnull (strstr (text, "Fabrikam Root"));
  g_assert_true (g_file_get_contents (path, &settings, NULL, NULL));
  g_assert_nonnull (strstr (settings, "<certificate type=\"base64\">"));
  g_assert_null (strstr (settings, "PRIVATE KEY"));
  by_name = oh_certificate_expected_name (f->phone, "desk.example.com");
  by_mac = oh_certificate_expected_name (f->phone, "192.0.2.77");
  g_assert_cmpstr (by_name, ==, "");
  g_assert_cmpstr (by_mac, ==, "000413AABBCC");
}

/* What authorities hand out besides PEM; the root comes in a file of its own. */
static void
test_formats (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "chain.p7b", "chain.der.p7b", "both.pem" };

  make_request (f, OH_PHONE_KEY_RSA_2048);
  sign (f, "300");
  run_quietly (f, "openssl crl2pkcs7 -nocrl -certfile signed.pem -certfile below.pem -certfile "
                  "root.pem -out chain.p7b");
  run_quietly (f, "openssl crl2pkcs7 -nocrl -certfile signed.pem -certfile below.pem -certfile "
                  "root.pem -outform DER -out chain.der.p7b");
  run_quietly (f, "sh -c 'cat below.pem signed.pem > both.pem'");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) findings = new_findings ();

      g_test_message ("%s", names[i]);
      g_assert_true (import (f, names[i], "root.pem", findings));
      run_quietly (f, "openssl verify -CAfile root.pem -untrusted desk/certificate.pem "
                      "desk/certificate.pem");
      run_quietly (f, "rm desk/certificate.pem desk/ca.pem");
    }
}

/* Each fault is named, and nothing is written. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) missing = new_findings ();
  g_autoptr (GPtrArray) stranger = new_findings ();
  g_autoptr (GPtrArray) nameless = new_findings ();
  g_autoptr (GPtrArray) weak = new_findings ();
  g_autoptr (GPtrArray) old = new_findings ();
  g_autoptr (GPtrArray) early = new_findings ();

  make_request (f, OH_PHONE_KEY_RSA_2048);
  sign (f, "300");
  g_assert_false (import (f, "signed.pem", "root.pem", missing)); /* without the one between */
  assert_finding (missing, "certificate-chain", OH_FINDING_ERROR);
  g_assert_false (import (f, "below.pem", "root.pem", stranger));
  assert_finding (stranger, "certificate-key", OH_FINDING_ERROR);
  run_quietly (f, "openssl x509 -req -in desk/request.pem -CA root.pem -CAkey root.key "
                  "-CAcreateserial -out nameless.pem -days 300");
  g_assert_false (import (f, "nameless.pem", "root.pem", nameless));
  assert_finding (nameless, "certificate-names", OH_FINDING_ERROR);
  run_quietly (f, "openssl x509 -req -in desk/request.pem -CA root.pem -CAkey root.key "
                  "-CAcreateserial -copy_extensions copyall -sha1 -out weak.pem -days 300");
  g_assert_false (import (f, "weak.pem", "root.pem", weak));
  assert_finding (weak, "certificate-strength", OH_FINDING_ERROR);
  run_quietly (f, "sh -c 'cat signed.pem below.pem > both.pem'");
  f->now_s += 301 * DAY_S;
  g_assert_false (import (f, "both.pem", "root.pem", old));
  assert_finding (old, "certificate-dates", OH_FINDING_ERROR);
  f->now_s -= 303 * DAY_S;
  g_assert_false (import (f, "both.pem", "root.pem", early));
  assert_finding (early, "certificate-dates", OH_FINDING_ERROR);
  g_assert_false (exists (f, "certificate.pem"));
  g_assert_false (exists (f, "ca.pem"));
  g_assert_false (exists (f, "settings.xml"));
}

static gboolean
check (Fixture *f, const char *shown, GPtrArray *findings)
{
  g_autofree char *path = shown != NULL ? path_of (f, shown) : NULL;
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (path != NULL)
    g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  good = oh_certificate_check (f->phone, pem, "192.0.2.10", f->now_s, findings, &error);
  g_assert_no_error (error);
  return good;
}

/* The last thirty days are a warning, one second before them is none. */
static void
test_check (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) good = new_findings ();
  g_autoptr (GPtrArray) other = new_findings ();
  g_autoptr (GPtrArray) ends = new_findings ();
  g_autoptr (GPtrArray) over = new_findings ();
  g_autoptr (GError) error = NULL;

  make_request (f, OH_PHONE_KEY_P256);
  g_assert_false (oh_certificate_check (f->phone, NULL, NULL, f->now_s, good, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_FAILED); /* there is none yet */
  sign (f, "300");
  run_quietly (f, "sh -c 'cat signed.pem below.pem root.pem > chain.pem'");
  g_assert_true (import (f, "chain.pem", NULL, other));
  g_ptr_array_set_size (other, 0);

  g_assert_true (check (f, "signed.pem", good)); /* the one between is in ca.pem */
  assert_finding (good, "certificate-presented", OH_FINDING_OK);
  assert_finding (good, "certificate-chain", OH_FINDING_OK);
  assert_finding (good, "certificate-dates", OH_FINDING_OK);
  g_assert_false (check (f, "root.pem", other));
  assert_finding (other, "certificate-presented", OH_FINDING_ERROR);

  f->now_s += 271 * DAY_S;
  g_assert_true (check (f, NULL, ends));
  assert_finding (ends, "certificate-dates", OH_FINDING_WARNING);
  f->now_s += 30 * DAY_S;
  g_assert_false (check (f, NULL, over));
  assert_finding (over, "certificate-dates", OH_FINDING_ERROR);
}

/* --- a fleet -------------------------------------------------------------------------------- */

typedef struct
{
  guint n[OH_CERTIFICATE_N_REQUESTED];
} Counts;

static void
count (const char *name, OhCertificateRequested done, guint n, guint total, gpointer user_data)
{
  ((Counts *) user_data)->n[done]++;
}

static gboolean
fleet (Fixture *f, Counts *counts, GPtrArray *faults)
{
  g_autofree char *csv = path_of (f, "phones.csv");
  g_autofree char *out = path_of (f, "out");
  g_autoptr (GError) error = NULL;
  gboolean done = oh_certificate_fleet (csv, out, OH_PHONE_KEY_P256, count, counts, faults, &error);

  g_assert_true (done == (error == NULL));
  return done;
}

static void
test_fleet (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *out = path_of (f, "out");
  Counts counts = { 0 };

  write_file (f, "phones.csv",
              "name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,\n"
              "hall,000413AABBCC,192.0.2.300,hall.example.com\n");
  g_assert_false (fleet (f, &counts, faults));
  g_assert_cmpuint (faults->len, ==, 2);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (faults, 0), "line 3: "));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS)); /* nothing of it was written */

  g_ptr_array_set_size (faults, 0);
  write_file (f, "phones.csv",
              "name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,\n"
              "hall,000413AABBCD,192.0.2.11,hall.example.com\n");
  g_assert_true (fleet (f, &counts, faults));
  g_assert_cmpuint (counts.n[OH_CERTIFICATE_REQUESTED], ==, 2);
  run_quietly (f, "openssl req -in out/requests/desk.csr -verify -noout");
  run_quietly (f, "openssl req -in out/requests/hall.csr -verify -noout");
  assert_mode (f, "out/hall/key.pem", 0600);

  write_file (f, "phones.csv",
              "name,mac,address,dns\ndesk,000413AABBCC,192.0.2.10,\n"
              "hall,000413AABBCD,192.0.2.12,hall.example.com\n"
              "door,000413AABBCE,,\n");
  memset (&counts, 0, sizeof counts);
  g_assert_true (fleet (f, &counts, faults));
  g_assert_cmpuint (counts.n[OH_CERTIFICATE_REQUEST_KEPT], ==, 1);
  g_assert_cmpuint (counts.n[OH_CERTIFICATE_REQUEST_CHANGED], ==, 1);
  g_assert_cmpuint (counts.n[OH_CERTIFICATE_REQUESTED], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/certificate-folder/request", Fixture, NULL, set_up, test_request, tear_down);
  g_test_add ("/certificate-folder/again", Fixture, NULL, set_up, test_again, tear_down);
  g_test_add ("/certificate-folder/import", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/certificate-folder/formats", Fixture, NULL, set_up, test_formats, tear_down);
  g_test_add ("/certificate-folder/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/certificate-folder/check", Fixture, NULL, set_up, test_check, tear_down);
  g_test_add ("/certificate-folder/fleet", Fixture, NULL, set_up, test_fleet, tear_down);
  return g_test_run ();
}
