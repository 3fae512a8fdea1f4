/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>

#include "error.h"
#include "signal-log.h"

#define PIN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

typedef struct
{
  char *dir;
  char *file;
  GSettingsBackend *backend;
  OhConfig *config;
} Fixture;

/* A key file as an administrator or a test writes it; @locks: paths, a line each. */
static void
set_up (Fixture *f, const char *settings, const char *locks)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lock_file = NULL;
  GType type;

  f->dir = g_dir_make_tmp ("oh-config-XXXXXX", &error);
  g_assert_no_error (error);
  f->file = g_build_filename (f->dir, "keyfile", NULL);
  lock_file = g_build_filename (f->dir, "locks", NULL);
  g_assert_true (g_file_set_contents (f->file, settings, -1, &error));
  if (locks != NULL)
    g_assert_true (g_file_set_contents (lock_file, locks, -1, &error));
  /* brings the type into being */
  g_object_unref (g_keyfile_settings_backend_new ("/dev/null", "/", NULL));
  type = g_type_from_name ("GKeyfileSettingsBackend");
  f->backend =
    g_object_new (type, "filename", f->file, "root-path", "/", "defaults-dir", f->dir, NULL);
  f->config = oh_config_new (f->backend, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f)
{
  g_autofree char *lock_file = g_build_filename (f->dir, "locks", NULL);

  g_clear_object (&f->config);
  g_clear_object (&f->backend);
  g_unlink (f->file);
  g_unlink (lock_file);
  g_rmdir (f->dir);
  g_free (f->file);
  g_free (f->dir);
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_presence (const char *settings, gint64 idle_min, gint64 away_min, const char *ways)
{
  Fixture f = { 0 };
  g_autofree OhConfigPresence *presence = NULL;
  g_autofree char *got = NULL;

  set_up (&f, settings, NULL);
  presence = oh_config_dup_presence (f.config);
  got = g_strdup_printf ("%s%s", presence->phone_to_presence ? "<" : "",
                         presence->presence_to_phone ? ">" : "");
  g_assert_cmpint (presence->idle_us, ==, idle_min * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (presence->away_us, ==, away_min * G_TIME_SPAN_MINUTE);
  g_assert_cmpstr (got, ==, ways);
  tear_down (&f);
}

/* Away counts from the same touch as idle; what the schema does not allow is the default. */
static void
test_presence (void)
{
  assert_presence ("", 5, 20, "<>");
#define HEAD "[org/offhook/agent]\n"
  assert_presence (HEAD "idle-minutes=uint32 1\naway-minutes=uint32 2\ndnd-sync='off'\n", 1, 3, "");
  assert_presence (HEAD "idle-minutes=uint32 0\ndnd-sync='phone-to-presence'\n", 0, 15, "<");
  assert_presence (HEAD "away-minutes=uint32 0\ndnd-sync='presence-to-phone'\n", 5, 0, ">");
  assert_presence (HEAD "idle-minutes=uint32 1440\ndnd-sync='both'\n", 1440, 1455, "<>");
  assert_presence (HEAD "idle-minutes=uint32 1441\ndnd-sync='perhaps'\n", 5, 20, "<>");
}

static void
test_empty (void)
{
  Fixture f = { 0 };
  g_autoptr (OhConfigAccount) account = NULL;
  g_autoptr (OhConfigNumbers) numbers = NULL;
  g_autoptr (GPtrArray) phones = NULL;

  set_up (&f, "", NULL);
  account = oh_config_dup_account (f.config);
  g_assert_no_error (account->problem);
  g_assert_cmpstr (account->uri, ==, "");
  g_assert_cmpstr (account->server_host, ==, "");
  g_assert_cmpstr (account->external_host, ==, "");
  g_assert_cmpint (account->names, ==, OH_CONFIG_NAMES_RELAXED);
  g_assert_cmpuint (g_strv_length (account->trusted_domains), ==, 0);
  g_assert_cmpint (account->mechanism, ==, OH_CONFIG_MECHANISM_AUTO);
  g_assert_false (account->allow_56_bit);
  g_assert_false (account->extended_protection);
  numbers = oh_config_dup_numbers (f.config);
  g_assert_no_error (numbers->problem);
  g_assert_cmpstr (numbers->international_prefix, ==, "00");
  g_assert_cmpstr (numbers->national_prefix, ==, "0");
  g_assert_cmpuint (numbers->extension_digits, ==, 4);
  g_assert_cmpint (oh_config_links (f.config), ==, OH_CONFIG_LINKS_ALWAYS);
  phones = oh_config_dup_phones (f.config);
  g_assert_cmpuint (phones->len, ==, 0);
  tear_down (&f);
}

static void
test_values (void)
{
  Fixture f = { 0 };
  g_autoptr (OhConfigAccount) account = NULL;
  g_autoptr (GPtrArray) phones = NULL;
  OhConfigPhone *phone;

  set_up (&f,
          "[org/offhook/agent]\n"
          "uri='alice@Fabrikam.test'\nlogin='FABRIKAM\\\\alice'\nserver='fe1.fabrikam.test:5062'\n"
          "external-server='edge.fabrikam.test:443'\nserver-names='strict'\n"
          "trusted-domains=['contoso.test','fabrikam.example']\n"
          "mechanism='ntlm'\nallow-56-bit=true\nextended-protection=true\nca-file='/etc/ssl/"
          "ca.pem'\nconfirm-links='unknown'\n"
          "phones=['desk','desk','a b','hall']\n"
          "[org/offhook/phones/desk]\n"
          "host='192.0.2.10'\nuser='admin'\ntrust='pin'\nfingerprint='" PIN "'\nevents='off'\n"
          "legacy-tls=true\nsign-in-login=true\nexpected-name='000413AABBCC'\nignore-date=true\n",
          NULL);
  account = oh_config_dup_account (f.config);
  g_assert_no_error (account->problem);
  g_assert_cmpstr (account->uri, ==, "sip:alice@fabrikam.test");
  g_assert_cmpstr (account->login, ==, "FABRIKAM\\alice");
  g_assert_cmpstr (account->server_host, ==, "fe1.fabrikam.test");
  g_assert_cmpuint (account->server_port, ==, 5062);
  g_assert_cmpstr (account->external_host, ==, "edge.fabrikam.test");
  g_assert_cmpuint (account->external_port, ==, 443);
  g_assert_cmpint (account->names, ==, OH_CONFIG_NAMES_STRICT);
  g_assert_cmpstr (account->trusted_domains[0], ==, "contoso.test");
  g_assert_cmpstr (account->trusted_domains[1], ==, "fabrikam.example");
  g_assert_cmpint (account->mechanism, ==, OH_CONFIG_MECHANISM_NTLM);
  g_assert_true (account->allow_56_bit);
  g_assert_true (account->extended_protection);
  g_assert_cmpint (oh_config_links (f.config), ==, OH_CONFIG_LINKS_UNKNOWN);

  phones = oh_config_dup_phones (f.config);
  g_assert_cmpuint (phones->len, ==, 2); /* once each; "a b" is none */
  phone = g_ptr_array_index (phones, 0);
  g_assert_no_error (phone->problem);
  g_assert_cmpstr (phone->host, ==, "192.0.2.10");
  g_assert_cmpstr (phone->scheme, ==, "https");
  g_assert_cmpstr (phone->user, ==, "admin");
  g_assert_cmpstr (phone->fingerprint, ==, PIN);
  g_assert_false (phone->events);
  g_assert_true (phone->legacy_tls);
  g_assert_true (phone->sign_in_login);
  g_assert_cmpstr (phone->expected_name, ==, "000413AABBCC");
  g_assert_true (phone->ignore_date);
  phone = g_ptr_array_index (phones, 1);
  g_assert_cmpstr (phone->id, ==, "hall");
  g_assert_error (phone->problem, OH_ERROR, OH_ERROR_SETTINGS); /* it has no host */
  tear_down (&f);
}

/* What cannot be used is named, and its default stands in its place. */
static void
test_unusable (void)
{
  static const struct
  {
    const char *line;
    const char *key;
  } cases[] = {
    { "uri='call me'", "“uri”" },
    { "server='fe1:99999'", "“server”" },
    { "external-server='edge/x'", "“external-server”" },
    { "trusted-domains=['*.contoso.test']", "“trusted-domains”" },
    { "trusted-domains=['contoso.test:443']", "“trusted-domains”" },
    { "ca-file='ca.pem'", "“ca-file”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f = { 0 };
      g_autoptr (OhConfigAccount) account = NULL;
      g_autofree char *text = g_strdup_printf ("[org/offhook/agent]\n%s\n", cases[i].line);

      set_up (&f, text, NULL);
      account = oh_config_dup_account (f.config);
      g_assert_error (account->problem, OH_ERROR, OH_ERROR_SETTINGS);
      g_assert_nonnull (strstr (account->problem->message, cases[i].key));
      g_assert_cmpstr (account->uri, ==, "");
      g_assert_cmpstr (account->server_host, ==, "");
      g_assert_cmpstr (account->ca_file, ==, "");
      tear_down (&f);
    }
}

static void
test_unusable_numbers (void)
{
  Fixture f = { 0 };
  g_autoptr (OhConfigNumbers) numbers = NULL;

  set_up (&f,
          "[org/offhook/agent]\ncountry-code='49'\nnational-prefix='x'\n"
          "extension-digits=uint32 9\nconfirm-links='perhaps'\n",
          NULL);
  numbers = oh_config_dup_numbers (f.config);
  g_assert_error (numbers->problem, OH_ERROR, OH_ERROR_SETTINGS);
  g_assert_nonnull (strstr (numbers->problem->message, "national-prefix"));
  g_assert_cmpstr (numbers->country_code, ==, "49");
  g_assert_cmpstr (numbers->national_prefix, ==, "0");
  g_assert_cmpuint (numbers->extension_digits, ==, 4);                      /* the schema's range */
  g_assert_cmpint (oh_config_links (f.config), ==, OH_CONFIG_LINKS_ALWAYS); /* the safe one */
  tear_down (&f);
}

static void
test_add_and_remove (void)
{
  Fixture f = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) phones = NULL;
  OhConfigPhone *phone;

  set_up (&f, "", NULL);
  oh_signal_log_watch (log, f.config, "config", "phones-changed");
  first = oh_config_add_phone (f.config, "https://desk.fabrikam.test:8443/", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, "desk");
  second = oh_config_add_phone (f.config, "desk.contoso.test", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second, ==, "desk-2");
  g_assert_true (oh_config_store_pin (f.config, "desk", "pin", PIN, &error));
  spin ();
  oh_signal_log_assert (log, "config::phones-changed()");
  oh_signal_log_assert_empty (log); /* many keys, one signal */

  phones = oh_config_dup_phones (f.config);
  g_assert_cmpuint (phones->len, ==, 2);
  phone = g_ptr_array_index (phones, 0);
  g_assert_cmpstr (phone->host, ==, "desk.fabrikam.test:8443");
  g_assert_cmpstr (phone->trust, ==, "pin");
  g_assert_cmpstr (phone->fingerprint, ==, PIN);

  g_assert_true (oh_config_remove_phone (f.config, "desk", &error));
  g_clear_pointer (&first, g_free);
  first = oh_config_add_phone (f.config, "desk", &error);
  g_assert_cmpstr (first, ==, "desk");
  g_clear_pointer (&phones, g_ptr_array_unref);
  phones = oh_config_dup_phones (f.config);
  phone = g_ptr_array_index (phones, 1);
  g_assert_cmpstr (phone->id, ==, "desk");
  g_assert_cmpstr (phone->fingerprint, ==, ""); /* nothing of the one before */
  g_assert_false (oh_config_remove_phone (f.config, "nobody", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_NO_PHONE);
  spin ();
  oh_signal_log_assert (log, "config::phones-changed()");
  tear_down (&f);
}

static void
test_phones_limit (void)
{
  Fixture f = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) phones = NULL;

  set_up (&f, "", NULL);
  for (guint i = 0; i < OH_CONFIG_PHONES_MAX; i++)
    {
      g_autofree char *id = oh_config_add_phone (f.config, "192.0.2.10", &error);

      g_assert_no_error (error);
      g_assert_nonnull (id);
    }
  g_assert_null (oh_config_add_phone (f.config, "192.0.2.11", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
  phones = oh_config_dup_phones (f.config);
  g_assert_cmpuint (phones->len, ==, OH_CONFIG_PHONES_MAX);
  tear_down (&f);
}

static void
test_locked (void)
{
  Fixture f = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&f, "[org/offhook/agent]\nphones=['desk']\n",
          "/org/offhook/agent/phones\n/org/offhook/phones/desk/fingerprint\n");
  g_assert_null (oh_config_add_phone (f.config, "192.0.2.10", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "“phones”"));
  g_clear_error (&error);
  g_assert_false (oh_config_store_pin (f.config, "desk", "pin", PIN, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
  g_clear_error (&error);
  g_assert_null (oh_config_add_phone (f.config, "call me", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_USAGE);
  tear_down (&f);
}

/* The bound that the administrator has set holds whatever the user's own file says. */
static void
test_history (void)
{
  Fixture f = { 0 };
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();
  g_autoptr (GSettings) settings = NULL;
  g_auto (GStrv) numbers = NULL;

  set_up (&f, "[org/offhook/agent]\nprivate-numbers=['4711','47*']\n",
          "/org/offhook/agent/history-days\n");
  g_assert_cmpuint (oh_config_history_days (f.config), ==, 90);
  numbers = oh_config_dup_private_numbers (f.config);
  g_assert_cmpuint (g_strv_length (numbers), ==, 2);
  g_assert_cmpstr (numbers[1], ==, "47*");
  oh_signal_log_watch (log, f.config, "config", "history-changed");
  settings = g_settings_new_with_backend ("org.offhook.Agent", f.backend);
  g_assert_false (g_settings_set_uint (settings, "history-days", 0));
  g_assert_cmpuint (oh_config_history_days (f.config), ==, 90);
  g_assert_true (g_settings_set_strv (settings, "private-numbers", NULL));
  spin ();
  oh_signal_log_assert (log, "config::history-changed()");
  tear_down (&f);
}

static void
test_account_changes (void)
{
  Fixture f = { 0 };
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (OhConfigAccount) before = NULL;
  g_autoptr (OhConfigAccount) after = NULL;

  set_up (&f, "", NULL);
  before = oh_config_dup_account (f.config);
  oh_signal_log_watch (log, f.config, "config", "account-changed");
  oh_signal_log_watch (log, f.config, "config", "numbers-changed");
  oh_signal_log_watch (log, f.config, "config", "links-changed");
  settings = g_settings_new_with_backend ("org.offhook.Agent", f.backend);
  g_settings_set_string (settings, "uri", "sip:alice@fabrikam.test");
  g_settings_set_string (settings, "server", "fe1.fabrikam.test");
  g_settings_set_string (settings, "area-code", "30");
  g_settings_set_string (settings, "confirm-links", "never");
  spin ();
  oh_signal_log_assert (log, "config::account-changed()");
  oh_signal_log_assert (log, "config::numbers-changed()");
  oh_signal_log_assert (log, "config::links-changed()");
  after = oh_config_dup_account (f.config);
  g_assert_false (oh_config_account_equal (before, after));
  g_assert_true (oh_config_account_equal (after, after));
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/presence", test_presence);
  g_test_add_func ("/config/empty", test_empty);
  g_test_add_func ("/config/values", test_values);
  g_test_add_func ("/config/unusable", test_unusable);
  g_test_add_func ("/config/unusable/numbers", test_unusable_numbers);
  g_test_add_func ("/config/add-and-remove", test_add_and_remove);
  g_test_add_func ("/config/phones-limit", test_phones_limit);
  g_test_add_func ("/config/locked", test_locked);
  g_test_add_func ("/config/history", test_history);
  g_test_add_func ("/config/account-changes", test_account_changes);
  return g_test_run ();
}
