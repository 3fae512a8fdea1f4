/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our half of both schemes against acceptors that others wrote: gss-ntlmssp and MIT's Kerberos, in
 * this process, so that every name and key strength can be tried. */

#include "mechanism.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#include "error.h"
#include "fe-gss.h"
#include "ntlm-crypto.h"
#include "ntlm.h"

#define HOST "fe1.fabrikam.test"
#define TEXT "<NTLM><a61f09d3><1><SIP Communications Service><fe1.fabrikam.test>"
/* gss-ntlmssp's own offer and IDENTIFY; then the same without 128 bit. */
/* Offset of the message integrity code in an AUTHENTICATE that has one, [MS-NLMP] 2.2.1.3. */
#define MIC_AT 72
#define FLAGS_128 0xe29ab275u
#define FLAGS_56 (FLAGS_128 & ~OH_NTLM_128)

static const char users[] = "FABRIKAM:alice:Passw0rd!\n"
                            "corp.fabrikam.test:alice:Passw0rd!\n"
                            ":alice@fabrikam.test:Passw0rd!\n"
                            "FABRIKAM:könig:Pässw0rd!1\n"
                            "FABRIKAM:long:0123456789012345678901234567\n";

static char *folder; /* (owned) */

/* --- one step of ours ---------------------------------------------------------------------- */

typedef struct
{
  gboolean done, established;
  GBytes *token; /* (owned) */
  GError *error; /* (owned) */
} Step;

static void
on_stepped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;

  step->token =
    oh_mechanism_step_finish (OH_MECHANISM (source), result, &step->established, &step->error);
  step->done = TRUE;
}

static GBytes *
step (OhMechanism *mechanism, GBytes *in, gboolean *established, GError **error)
{
  Step one = { FALSE };

  oh_mechanism_step_async (mechanism, in, NULL, on_stepped, &one);
  while (!one.done)
    g_main_context_iteration (NULL, TRUE);
  if (one.error != NULL)
    g_propagate_error (error, one.error);
  *established = one.established;
  return one.token;
}

static char *
hex_of (GBytes *octets)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (octets, &len);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < len; i++)
    g_string_append_printf (out, "%02x", data[i]);
  return g_string_free (out, FALSE);
}

static GBytes *
octets_of (const char *hex)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 octet = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (out, &octet, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* Signatures of several messages, out of order and twice, both ways. */
static void
assert_signs (OhMechanism *mechanism, FeContext *context)
{
  static const char *const texts[] = { TEXT, "<>", TEXT "<200>", TEXT };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) ours = oh_mechanism_sign (mechanism, texts[i], &error);
      g_autofree char *ours_hex = NULL;
      g_autofree char *theirs_hex = NULL;
      g_autoptr (GBytes) theirs = NULL;

      g_assert_no_error (error);
      ours_hex = hex_of (ours);
      g_assert_true (fe_context_verify (context, texts[i], ours_hex, &error));
      g_assert_false (fe_context_verify (context, "another text", ours_hex, NULL));
      theirs_hex = fe_context_sign (context, texts[i], &error);
      g_assert_no_error (error);
      theirs = octets_of (theirs_hex);
      g_assert_true (oh_mechanism_verify (mechanism, texts[i], theirs, &error));
      g_assert_true (oh_mechanism_verify (mechanism, texts[i], theirs, &error));
      g_assert_false (oh_mechanism_verify (mechanism, "another text", theirs, NULL));
      g_assert_false (oh_mechanism_verify (mechanism, texts[i], ours, NULL)); /* our own */
    }
}

/* --- NTLM ---------------------------------------------------------------------------------- */

static FeAcceptor *
ntlm_acceptor (guint32 flags)
{
  g_autofree char *file = g_build_filename (folder, "ntlm-users", NULL);
  g_autoptr (GError) error = NULL;
  FeAcceptor *acceptor;

  g_assert_true (g_file_set_contents (file, users, -1, NULL));
  acceptor = fe_acceptor_new_ntlm (file, HOST, flags, &error);
  if (acceptor == NULL)
    g_test_skip (error->message);
  return acceptor;
}

static OhMechanism *
ntlm_client_with (const char *login, const char *password, const OhSchemePolicy *policy)
{
  g_autoptr (OhCredentials) credentials = oh_credentials_new (login, password);
  const OhMechanismOrder order = { .scheme = OH_AUTH_SCHEME_NTLM,
                                   .policy = policy,
                                   .clock = oh_clock_system (),
                                   .credentials = credentials,
                                   .host = HOST };

  return oh_mechanism_new (&order);
}

static OhMechanism *
ntlm_client (const char *login, const char *password)
{
  return ntlm_client_with (login, password, NULL);
}

static void
test_ntlm_names (void)
{
  static const struct
  {
    const char *login, *password;
    gboolean good;
  } cases[] = {
    { "FABRIKAM\\alice", "Passw0rd!", TRUE },
    { "FABRIKAM/ALICE", "Passw0rd!", TRUE },
    { "corp.fabrikam.test\\alice", "Passw0rd!", TRUE },
    { "alice@fabrikam.test", "Passw0rd!", TRUE },
    { "FABRIKAM\\könig", "Pässw0rd!1", TRUE },
    { "FABRIKAM\\KÖNIG", "Pässw0rd!1", TRUE },
    { "FABRIKAM\\long", "0123456789012345678901234567", TRUE }, /* 28: MD4's padding */
    { "FABRIKAM\\alice", "passw0rd!", FALSE },
    { "FABRIKAM\\könig", "Passw0rd!1", FALSE },
    { "fabrikam\\alice", "Passw0rd!", FALSE }, /* the domain's case is hashed */
    { "FABRIKAM\\nobody", "Passw0rd!", FALSE },
  };
  g_autoptr (FeAcceptor) acceptor = ntlm_acceptor (FLAGS_128);

  for (gsize i = 0; acceptor != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FeContext) context = fe_context_new (acceptor);
      g_autoptr (OhMechanism) mechanism = ntlm_client (cases[i].login, cases[i].password);
      g_autoptr (GError) error = NULL;
      gboolean established, complete;
      g_autoptr (GBytes) empty = step (mechanism, NULL, &established, &error);
      g_autoptr (GBytes) challenge = NULL;
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GBytes) nothing = NULL;

      g_test_message ("%s", cases[i].login);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
      g_assert_false (established);
      challenge = fe_context_step (context, empty, &complete, &error);
      g_assert_no_error (error);
      g_assert_false (complete);
      answer = step (mechanism, challenge, &established, &error);
      g_assert_no_error (error);
      g_assert_true (established);
      nothing = fe_context_step (context, answer, &complete, &error);
      g_assert_cmpint (complete, ==, cases[i].good);
      if (cases[i].good)
        assert_signs (mechanism, context);
    }
}

/* A server without 128 bit is refused before anything secret is made, and the error names what is
 * missing; where the administrator allows 56, both ends agree. */
static void
test_ntlm_56 (void)
{
  static const OhSchemePolicy lax = { .allow_56_bit = TRUE };
  g_autoptr (FeAcceptor) acceptor = ntlm_acceptor (FLAGS_56);

  for (gsize allowed = 0; acceptor != NULL && allowed < 2; allowed++)
    {
      g_autoptr (FeContext) context = fe_context_new (acceptor);
      g_autoptr (OhMechanism) mechanism =
        ntlm_client_with ("FABRIKAM\\alice", "Passw0rd!", allowed ? &lax : NULL);
      g_autoptr (GBytes) challenge = NULL;
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GBytes) nothing = NULL;
      g_autoptr (GBytes) first = NULL;
      g_autoptr (GError) error = NULL;
      gboolean complete, established;

      challenge = fe_context_step (context, NULL, &complete, &error);
      g_assert_no_error (error);
      first = step (mechanism, NULL, &established, NULL);
      answer = step (mechanism, challenge, &established, &error);
      if (!allowed)
        {
          g_assert_null (answer);
          g_assert_error (error, OH_ERROR, OH_ERROR_MECHANISM);
          g_assert_nonnull (strstr (error->message, "128-bit"));
          g_assert_nonnull (strstr (error->message, HOST));
          g_assert_cmpint (oh_mechanism_failure (mechanism), ==, OH_SCHEME_FAILURE_OFFER);
          continue;
        }
      g_assert_no_error (error);
      nothing = fe_context_step (context, answer, &complete, &error);
      g_assert_no_error (error);
      g_assert_true (complete);
      assert_signs (mechanism, context);
    }
}

/* With "Extended Protection": the target information names the service, and the MIC over both
 * messages is what gss-ntlmssp computes as well. One octet off and it refuses. */
static void
test_ntlm_extended_protection (void)
{
  static const OhSchemePolicy extended = { .extended_protection = TRUE };
  g_autoptr (FeAcceptor) acceptor = ntlm_acceptor (FLAGS_128);

  for (gsize spoilt = 0; acceptor != NULL && spoilt < 2; spoilt++)
    {
      g_autoptr (FeContext) context = fe_context_new (acceptor);
      g_autoptr (OhMechanism) mechanism =
        ntlm_client_with ("FABRIKAM\\alice", "Passw0rd!", &extended);
      g_autoptr (GError) error = NULL;
      gboolean complete, established;
      g_autoptr (GBytes) challenge = fe_context_step (context, NULL, &complete, &error);
      G_GNUC_UNUSED g_autoptr (GBytes) first = step (mechanism, NULL, &established, NULL);
      g_autoptr (GBytes) answer = step (mechanism, challenge, &established, &error);
      g_autoptr (GBytes) nothing = NULL;
      g_autofree guint8 *copy = NULL;
      g_autoptr (GBytes) sent = NULL;
      OhNtlmChallenge offer;
      gsize len;

      g_assert_no_error (error);
      copy = g_memdup2 (g_bytes_get_data (challenge, &len), g_bytes_get_size (challenge));
      g_assert_true (oh_ntlm_challenge_parse (copy, len, &offer, &error));
      g_assert_nonnull (offer.time); /* only then there is a MIC */
      g_free (copy);
      copy = g_memdup2 (g_bytes_get_data (answer, &len), g_bytes_get_size (answer));
      copy[MIC_AT] ^= spoilt ? 1 : 0;
      sent = g_bytes_new (copy, len);
      nothing = fe_context_step (context, sent, &complete, &error);
      g_assert_cmpint (complete, ==, !spoilt);
      if (!spoilt)
        assert_signs (mechanism, context);
    }
}

static void
test_ntlm_out_of_turn (void)
{
  g_autoptr (OhMechanism) early = ntlm_client ("FABRIKAM\\alice", "Passw0rd!");
  g_autoptr (OhMechanism) twice = ntlm_client ("FABRIKAM\\alice", "Passw0rd!");
  g_autoptr (GBytes) something = g_bytes_new_static ("x", 1);
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GError) error = NULL;
  gboolean established;

  g_assert_null (step (early, something, &established, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
  g_clear_error (&error);
  empty = step (twice, NULL, &established, &error);
  g_assert_null (step (twice, NULL, &established, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
test_ntlm_without_password (void)
{
  static const struct
  {
    const char *login, *password;
  } cases[] = {
    { "FABRIKAM\\alice", NULL },
    { "FABRIKAM\\alice", "" },
    { "", "secret" },
    { "\\", "secret" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhMechanism) mechanism = ntlm_client (cases[i].login, cases[i].password);
      g_autoptr (GError) error = NULL;
      gboolean established;

      g_assert_null (step (mechanism, NULL, &established, &error));
      g_assert_cmpint (oh_mechanism_failure (mechanism), ==, OH_SCHEME_FAILURE_NO_PASSWORD);
      g_assert_error (error, OH_ERROR, OH_ERROR_SIGN_IN);
      g_assert_nonnull (strstr (error->message, HOST));
    }
}

/* --- Kerberos ------------------------------------------------------------------------------ */

/* A realm with one kind of keys; its KDC ends with the test. */
typedef struct
{
  char *dir;         /* (owned) */
  const char *begin; /* of a signature made with these keys */
} Realm;

static void
run_script (const char *action, const char *dir, gboolean rc4)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "support", "mit-realm.sh", NULL);
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (rc4)
    {
      g_subprocess_launcher_setenv (launcher, "REALM_ENCTYPES", "arcfour-hmac:normal", TRUE);
      g_subprocess_launcher_setenv (launcher, "REALM_SESSION", "arcfour-hmac", TRUE);
    }
  process = g_subprocess_launcher_spawn (launcher, &error, script, action, dir, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
set_up (Realm *realm, gconstpointer data)
{
  static guint last;
  gboolean rc4 = data != NULL;
  g_autofree char *config = NULL;
  g_autofree char *cache = NULL;

  realm->dir = g_strdup_printf ("%s/%u", folder, ++last); /* the library reads a file once */
  realm->begin = rc4 ? "602306092a864886f71201020201011100ffffffff" : "0404";
  run_script ("start", realm->dir, rc4);
  config = g_build_filename (realm->dir, "krb5.conf", NULL);
  cache = g_strdup_printf ("FILE:%s/ccache", realm->dir);
  g_setenv ("KRB5_CONFIG", config, TRUE);
  g_setenv ("KRB5CCNAME", cache, TRUE);
}

static void
tear_down (Realm *realm, gconstpointer data)
{
  run_script ("stop", realm->dir, FALSE);
  g_free (realm->dir);
}

static OhMechanism *
kerberos_client (const char *login, const char *password, const char *host)
{
  g_autoptr (OhCredentials) credentials = oh_credentials_new (login, password);
  const OhMechanismOrder order = { .scheme = OH_AUTH_SCHEME_KERBEROS,
                                   .clock = oh_clock_system (),
                                   .credentials = credentials,
                                   .host = host };

  return oh_mechanism_new (&order);
}

static void
test_kerberos (Realm *realm, gconstpointer data)
{
  static const char *const logins[] = { "alice", "alice@fabrikam.test", "sip:alice@fabrikam.test",
                                        "FABRIKAM\\alice", "fabrikam.test\\alice" };
  g_autofree char *keytab = g_build_filename (realm->dir, "sip.keytab", NULL);
  g_autofree char *replay_cache = g_build_filename (realm->dir, "rcache", NULL);
  g_autofree char *user_cache = g_build_filename (realm->dir, "ccache", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FeAcceptor) acceptor = fe_acceptor_new_kerberos (keytab, replay_cache, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (FeContext) context = fe_context_new (acceptor);
      g_autoptr (OhMechanism) mechanism = kerberos_client (logins[i], "Passw0rd!", HOST);
      gboolean established, complete;
      g_autoptr (GBytes) token = step (mechanism, NULL, &established, &error);
      g_autoptr (GBytes) nothing = NULL;
      g_autoptr (GBytes) signature = NULL;
      g_autofree char *hex = NULL;

      g_test_message ("%s", logins[i]);
      g_assert_no_error (error);
      g_assert_true (established); /* with the first token: the same message is signed */
      nothing = fe_context_step (context, token, &complete, &error);
      g_assert_no_error (error);
      g_assert_true (complete);
      g_assert_null (nothing);
      g_assert_cmpstr (fe_context_peer (context), ==, "alice@FABRIKAM.TEST");
      assert_signs (mechanism, context);
      signature = oh_mechanism_sign (mechanism, TEXT, &error);
      hex = hex_of (signature);
      g_assert_true (g_str_has_prefix (hex, realm->begin));
      g_assert_cmpint (oh_mechanism_life_s (mechanism), >, 32400);
      g_assert_cmpint (oh_mechanism_life_s (mechanism), <=, 36000);
    }
  g_assert_false (g_file_test (user_cache, G_FILE_TEST_EXISTS)); /* the user's cache is untouched */
}

/* What can go wrong, what it is called, and that the message names the server. */
static void
test_kerberos_errors (Realm *realm, gconstpointer data)
{
  static const struct
  {
    const char *login, *password, *host;
    int code;
    OhSchemeFailure failure;
    const char *named;
  } cases[] = {
    { "alice", "wrong", HOST, OH_ERROR_SIGN_IN, OH_SCHEME_FAILURE_PASSWORD, HOST },
    { "locked", "Passw0rd!", HOST, OH_ERROR_ACCOUNT, OH_SCHEME_FAILURE_ACCOUNT, HOST },
    { "gone", "Passw0rd!", HOST, OH_ERROR_ACCOUNT, OH_SCHEME_FAILURE_ACCOUNT, HOST },
    { "stale", "Passw0rd!", HOST, OH_ERROR_PASSWORD_EXPIRED, OH_SCHEME_FAILURE_PASSWORD_EXPIRED,
      HOST },
    { "nobody@fabrikam.test", "Passw0rd!", HOST, OH_ERROR_SIGN_IN, OH_SCHEME_FAILURE_NAME_UNKNOWN,
      "FABRIKAM.TEST" },
    { "alice", "Passw0rd!", "fe9.fabrikam.test", OH_ERROR_MECHANISM,
      OH_SCHEME_FAILURE_SERVICE_UNKNOWN, "sip/fe9.fabrikam.test" },
    { "alice@elsewhere.test", "Passw0rd!", HOST, OH_ERROR_SIGN_IN, OH_SCHEME_FAILURE_NAME_UNKNOWN,
      HOST },
    { "elsewhere.test\\alice", "Passw0rd!", HOST, OH_ERROR_UNREACHABLE, OH_SCHEME_FAILURE_NO_KDC,
      "ELSEWHERE.TEST" },
    { "", NULL, HOST, OH_ERROR_TICKET, OH_SCHEME_FAILURE_NO_TICKET, HOST },
    { "", "Passw0rd!", HOST, OH_ERROR_SIGN_IN, OH_SCHEME_FAILURE_NO_PASSWORD, HOST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhMechanism) mechanism =
        kerberos_client (cases[i].login, cases[i].password, cases[i].host);
      g_autoptr (GError) error = NULL;
      gboolean established;
      g_autoptr (GBytes) token = step (mechanism, NULL, &established, &error);

      g_assert_null (token);
      g_assert_nonnull (error);
      g_test_message ("%s: %s", cases[i].login, error->message);
      g_assert_error (error, OH_ERROR, cases[i].code);
      g_assert_cmpint (oh_mechanism_failure (mechanism), ==, cases[i].failure);
      g_assert_nonnull (strstr (error->message, cases[i].named));
    }
}

static void
kinit (const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "kinit", user, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, "Passw0rd!\n", NULL, NULL, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
}

/* A ticket that is there and theirs spares the password, which may be an old one; a ticket of
 * somebody else does not serve. */
static void
test_kerberos_cached (Realm *realm, gconstpointer data)
{
  static const struct
  {
    const char *login, *password;
    gboolean good;
  } cases[] = {
    { "alice", "an old one", TRUE },
    { "alice@fabrikam.test", "an old one", TRUE },
    { "bob", "an old one", FALSE },
    { "bob", "Passw0rd!", TRUE },
    { "", NULL, TRUE },
  };

  kinit ("alice");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhMechanism) mechanism = kerberos_client (cases[i].login, cases[i].password, HOST);
      g_autoptr (GError) error = NULL;
      gboolean established;
      g_autoptr (GBytes) token = step (mechanism, NULL, &established, &error);

      g_assert_cmpint (token != NULL, ==, cases[i].good);
      g_assert_cmpint (oh_mechanism_failure (mechanism), ==,
                       cases[i].good ? OH_SCHEME_FAILURE_NONE : OH_SCHEME_FAILURE_PASSWORD);
    }
}

/* A configuration that names a port where nobody listens, bound so that nobody can. */
static GSocket *
break_config (Realm *realm)
{
  g_autofree char *config = g_build_filename (realm->dir, "krb5.conf", NULL);
  g_autofree char *broken = g_build_filename (realm->dir, "broken.conf", NULL);
  g_autofree char *text = NULL;
  g_autofree char *kdc = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GRegex) line = g_regex_new ("kdc = 127\\.0\\.0\\.1:\\d+", 0, 0, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  kdc = g_strdup_printf ("kdc = 127.0.0.1:%u",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_assert_true (g_file_get_contents (config, &text, NULL, NULL));
  changed = g_regex_replace_literal (line, text, -1, 0, kdc, 0, NULL);
  g_assert_true (g_file_set_contents (broken, changed, -1, NULL));
  g_setenv ("KRB5_CONFIG", broken, TRUE);
  return socket;
}

static void
test_no_kdc (Realm *realm, gconstpointer data)
{
  g_autoptr (GSocket) deaf = break_config (realm);
  g_autoptr (OhMechanism) mechanism = kerberos_client ("alice@fabrikam.test", "Passw0rd!", HOST);
  g_autoptr (GError) error = NULL;
  gboolean established;

  g_assert_null (step (mechanism, NULL, &established, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, HOST));
  g_assert_nonnull (strstr (error->message, "FABRIKAM.TEST"));
  g_assert_false (g_socket_is_connected (deaf));
}

/* The ticket is of no use once the mechanism was told something out of turn. */
static void
test_kerberos_out_of_turn (Realm *realm, gconstpointer data)
{
  g_autoptr (OhMechanism) mechanism = kerberos_client ("alice", "Passw0rd!", HOST);
  g_autoptr (GBytes) something = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  gboolean established;

  g_assert_null (step (mechanism, something, &established, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
remove_folder (void)
{
  const char *command[] = { "rm", "-rf", "--", folder, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

int
main (int argc, char **argv)
{
  int status;

  setlocale (LC_ALL, ""); /* gss-ntlmssp compares names in the locale's encoding */
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("offhook-mechanism-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/mechanism/ntlm/names", test_ntlm_names);
  g_test_add_func ("/mechanism/ntlm/56-bit", test_ntlm_56);
  g_test_add_func ("/mechanism/ntlm/extended-protection", test_ntlm_extended_protection);
  g_test_add_func ("/mechanism/ntlm/out-of-turn", test_ntlm_out_of_turn);
  g_test_add_func ("/mechanism/ntlm/without-password", test_ntlm_without_password);
  g_test_add ("/mechanism/kerberos/aes", Realm, NULL, set_up, test_kerberos, tear_down);
  g_test_add ("/mechanism/kerberos/rc4", Realm, "rc4", set_up, test_kerberos, tear_down);
  g_test_add ("/mechanism/kerberos/cached", Realm, NULL, set_up, test_kerberos_cached, tear_down);
  g_test_add ("/mechanism/kerberos/errors", Realm, NULL, set_up, test_kerberos_errors, tear_down);
  g_test_add ("/mechanism/kerberos/no-kdc", Realm, NULL, set_up, test_no_kdc, tear_down);
  g_test_add ("/mechanism/kerberos/out-of-turn", Realm, NULL, set_up, test_kerberos_out_of_turn,
              tear_down);
  status = g_test_run ();
  remove_folder ();
  g_free (folder);
  return status;
}
