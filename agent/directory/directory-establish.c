/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first words with a directory: who are you, can we talk in private, this is me. In a worker
 * thread. */

#include "directory-link-private.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <openldap.h>
#include <sasl/sasl.h>
#include <string.h>
#include <unistd.h>

#include "error.h"

/* [MS-ADTS] 3.1.1.3.4.3.1: LDAP_CAP_ACTIVE_DIRECTORY_OID */
#define CAPABILITY_ACTIVE_DIRECTORY "1.2.840.113556.1.4.800"
/* Where systems keep their authorities: a file each, and all in one. */
#define SYSTEM_FOLDER "/etc/ssl/certs"
static const char *const system_files[] = {
  "/etc/ssl/certs/ca-certificates.crt", /* Debian and its children */
  "/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora */
  "/etc/ssl/ca-bundle.pem",             /* SUSE */
};

/* What the server says of itself (RFC 4512 5.1). */
typedef struct
{
  gboolean active;
  gboolean start_tls;
  const char *mechanism; /* (nullable): of those that take a ticket */
} Server;

static gboolean
set (OhDirectoryLink *self, int option, const void *value)
{
  return ldap_set_option (self->ld, option, value) == LDAP_OPT_SUCCESS;
}

/* Nothing that an environment or a file of the user's could say otherwise. */
static gboolean
set_options (OhDirectoryLink *self)
{
  const struct timeval limit = { OH_DIRECTORY_STEP_LIMIT_S, 0 };
  const int version = LDAP_VERSION3;
  const int never = LDAP_DEREF_NEVER;
  ber_len_t largest = OH_DIRECTORY_PDU_MAX;
  Sockbuf *socket = NULL;

  if (ldap_get_option (self->ld, LDAP_OPT_SOCKBUF, &socket) != LDAP_OPT_SUCCESS ||
      ber_sockbuf_ctrl (socket, LBER_SB_OPT_SET_MAX_INCOMING, &largest) < 0)
    return FALSE;
  return set (self, LDAP_OPT_PROTOCOL_VERSION, &version) && set (self, LDAP_OPT_DEREF, &never) &&
         /* another server would be given our credentials */
         set (self, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) &&
         set (self, LDAP_OPT_NETWORK_TIMEOUT, &limit) && set (self, LDAP_OPT_TIMEOUT, &limit) &&
         /* the ticket is for the name that we were given, not for one that DNS makes of it */
         set (self, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
}

/* Returns: (nullable): NULL where the library's own configuration has to do */
static const char *
system_file (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (system_files); i++)
    if (g_file_test (system_files[i], G_FILE_TEST_EXISTS))
      return system_files[i];
  return NULL;
}

/* The administrator's file beside the authorities of the system, as for the front end. */
static gboolean
set_trust (OhDirectoryLink *self)
{
  const int demand = LDAP_OPT_X_TLS_DEMAND;
  const int minimum = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
  const int client = 0;
  const int endpoint = LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT;
  gboolean own = self->ca_file[0] != '\0';
  const char *file = own ? self->ca_file : system_file ();

  return set (self, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) &&
         set (self, LDAP_OPT_X_TLS_PROTOCOL_MIN, &minimum) &&
         (file == NULL || set (self, LDAP_OPT_X_TLS_CACERTFILE, file)) &&
         (!own || set (self, LDAP_OPT_X_TLS_CACERTDIR, SYSTEM_FOLDER)) &&
         set (self, LDAP_OPT_X_SASL_CBINDING, &endpoint) &&
         set (self, LDAP_OPT_X_TLS_NEWCTX, &client);
}

static char *
diagnostic (OhDirectoryLink *self)
{
  char *text = NULL;
  char *valid;

  ldap_get_option (self->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text);
  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  ldap_memfree (text);
  return valid;
}

/* The certificate is the only thing in a handshake that somebody can do something about. */
static gboolean
tls_failed (OhDirectoryLink *self, int rc, GError **error)
{
  g_autofree char *words = diagnostic (self);

  if (rc == LDAP_TIMEOUT || words[0] == '\0')
    g_set_error (error, OH_ERROR, OH_ERROR_UNREACHABLE,
                 _ ("The directory %s does not complete the TLS handshake."), self->shown);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The certificate of the directory %s is not accepted: %s"), self->shown, words);
  return FALSE;
}

static gboolean
settings_failed (OhDirectoryLink *self, GError **error)
{
  if (self->ca_file[0] != '\0')
    g_set_error (error, OH_ERROR, OH_ERROR_SETTINGS,
                 _ ("The file of authorities %s cannot be used."), self->ca_file);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("The LDAP library cannot do TLS."));
  return FALSE;
}

static gboolean
begin_tls (OhDirectoryLink *self, GError **error)
{
  int rc;

  if (!set_trust (self))
    return settings_failed (self, error);
  rc = ldap_install_tls (self->ld);
  if (rc != LDAP_SUCCESS)
    return tls_failed (self, rc, error);
  self->secure = TRUE;
  return TRUE;
}

static gboolean
start_tls (OhDirectoryLink *self, GError **error)
{
  int rc;

  if (!set_trust (self))
    return settings_failed (self, error);
  rc = ldap_start_tls_s (self->ld, NULL, NULL);
  if (rc != LDAP_SUCCESS)
    return tls_failed (self, rc, error);
  self->secure = TRUE;
  return TRUE;
}

/* --- who are you? --------------------------------------------------------------------------- */

static gboolean
has_value (LDAP *ld, LDAPMessage *entry, const char *attribute, const char *wanted)
{
  struct berval **values = ldap_get_values_len (ld, entry, attribute);
  gboolean found = FALSE;

  for (int i = 0; values != NULL && values[i] != NULL && !found; i++)
    found = values[i]->bv_len == strlen (wanted) &&
            g_ascii_strncasecmp (values[i]->bv_val, wanted, values[i]->bv_len) == 0;
  ldap_value_free_len (values);
  return found;
}

/* Returns: (transfer full) (nullable): the first value */
static char *
dup_value (LDAP *ld, LDAPMessage *entry, const char *attribute)
{
  struct berval **values = ldap_get_values_len (ld, entry, attribute);
  char *text = NULL;

  if (values != NULL && values[0] != NULL &&
      g_utf8_validate (values[0]->bv_val, (gssize) values[0]->bv_len, NULL))
    text = g_strndup (values[0]->bv_val, values[0]->bv_len);
  ldap_value_free_len (values);
  return text;
}

static void
read_server (OhDirectoryLink *self, LDAPMessage *entry, Server *server)
{
  static const char *const mechanisms[] = { "GSSAPI", "GSS-SPNEGO" };
  LDAP *ld = self->ld;
  char *base = dup_value (ld, entry, "defaultNamingContext");

  server->active = has_value (ld, entry, "supportedCapabilities", CAPABILITY_ACTIVE_DIRECTORY);
  server->start_tls = has_value (ld, entry, "supportedExtension", LDAP_EXOP_START_TLS);
  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms) && server->mechanism == NULL; i++)
    if (has_value (ld, entry, "supportedSASLMechanisms", mechanisms[i]))
      server->mechanism = mechanisms[i];
  if (base == NULL)
    base = dup_value (ld, entry, "namingContexts");
  if (self->base[0] == '\0' && base != NULL)
    {
      g_free (self->base);
      self->base = g_steal_pointer (&base);
    }
  g_free (base);
}

static gboolean
ask_server (OhDirectoryLink *self, Server *server, GError **error)
{
  const char *attributes[] = { "defaultNamingContext",    "namingContexts",
                               "supportedCapabilities",   "supportedExtension",
                               "supportedSASLMechanisms", NULL };
  struct timeval limit = { OH_DIRECTORY_STEP_LIMIT_S, 0 };
  LDAPMessage *result = NULL;
  LDAPMessage *entry;
  int rc = ldap_search_ext_s (self->ld, "", LDAP_SCOPE_BASE, "(objectClass=*)",
                              (char **) attributes, 0, NULL, NULL, &limit, 1, &result);

  if (rc != LDAP_SUCCESS)
    {
      ldap_msgfree (result);
      oh_directory_link_fail (self, rc, error);
      return FALSE;
    }
  entry = ldap_first_entry (self->ld, result);
  if (entry != NULL) /* one that says nothing is asked as nobody, by the book */
    read_server (self, entry, server);
  ldap_msgfree (result);
  self->kind = server->active ? OH_DIRECTORY_ACTIVE : OH_DIRECTORY_PLAIN;
  return TRUE;
}

/* --- this is me ----------------------------------------------------------------------------- */

/* A ticket answers no questions: whatever is asked has its default, or nothing, as answer. */
static int
on_interact (LDAP *ld, unsigned flags, void *defaults, void *asked)
{
  sasl_interact_t *question = asked;

  for (; question->id != SASL_CB_LIST_END; question++)
    {
      question->result = question->defresult != NULL ? question->defresult : "";
      question->len = (unsigned) strlen (question->result);
    }
  return LDAP_SUCCESS;
}

/* Under TLS nothing else protects: Active Directory refuses both at once ([MS-ADTS] 5.1.1.1.2).
 * Without it the ticket's own keys have to. */
static int
bind_with_ticket (OhDirectoryLink *self, const char *mechanism)
{
  const char *wanted =
    self->secure ? "noanonymous,noplain,maxssf=0" : "noanonymous,noplain,minssf=56";

  if (!set (self, LDAP_OPT_X_SASL_SECPROPS, wanted))
    return LDAP_LOCAL_ERROR;
  return ldap_sasl_interactive_bind_s (self->ld, NULL, mechanism, NULL, NULL, LDAP_SASL_QUIET,
                                       on_interact, NULL);
}

static gboolean
bind_failed (OhDirectoryLink *self, int rc, GError **error)
{
  g_autofree char *words = diagnostic (self);

  if (rc == LDAP_SERVER_DOWN || rc == LDAP_TIMEOUT || rc == LDAP_UNAVAILABLE)
    {
      oh_directory_link_fail (self, rc, error);
      return FALSE;
    }
  g_set_error (error, OH_ERROR, OH_ERROR_MECHANISM,
               _ ("The directory %s does not take the Kerberos ticket: %s. If this computer cannot "
                  "use it, the package libsasl2-modules-gssapi-mit is missing."),
               self->shown, words[0] != '\0' ? words : ldap_err2string (rc));
  return FALSE;
}

/* Nobody's search shall be read by everybody, as far as the server can help it. */
static gboolean
stay_nobody (OhDirectoryLink *self, const Server *server, GError **error)
{
  return self->secure || !server->start_tls || start_tls (self, error);
}

static gboolean
sign_in (OhDirectoryLink *self, const Server *server, GError **error)
{
  g_autoptr (GError) own = NULL;
  int rc;

  if (server->mechanism == NULL)
    return stay_nobody (self, server, error);
  if (!oh_directory_ticket_get (self->host, &own))
    {
      if (!server->active) /* others may answer nobody, too */
        return stay_nobody (self, server, error);
      g_propagate_error (error, g_steal_pointer (&own));
      return FALSE;
    }
  rc = bind_with_ticket (self, server->mechanism);
  if (rc != LDAP_SUCCESS)
    return bind_failed (self, rc, error);
  self->known = TRUE;
  return TRUE;
}

gboolean
oh_directory_link_establish (OhDirectoryLink *self, GError **error)
{
  g_autofree char *url = g_strdup_printf (
    strchr (self->host, ':') != NULL ? "ldap://[%s]:%u" : "ldap://%s:%u", self->host, self->port);
  int fd = fcntl (self->fd, F_DUPFD_CLOEXEC, 3);
  Server server = { 0 };

  if (fd < 0 || ldap_init_fd (fd, LDAP_PROTO_TCP, url, &self->ld) != LDAP_SUCCESS)
    {
      if (fd >= 0)
        close (fd);
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("The LDAP library cannot be used."));
      return FALSE;
    }
  if (!set_options (self))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("The LDAP library cannot be set up."));
      return FALSE;
    }
  return (!self->tls || begin_tls (self, error)) && ask_server (self, &server, error) &&
         sign_in (self, &server, error);
}
