/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-link.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "directory-link-private.h"
#include "error.h"
#include "worker.h"

void
oh_directory_answer_free (OhDirectoryAnswer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
oh_directory_link_free (OhDirectoryLink *self)
{
  if (self == NULL)
    return;
  if (self->ld != NULL)
    {
      oh_directory_link_cut (
        self); /* an Unbind that waits for its place in the socket would block */
      ldap_unbind_ext_s (self->ld, NULL, NULL);
    }
  else if (self->fd >= 0)
    close (self->fd);
  g_free (self->host);
  g_free (self->shown);
  g_free (self->base);
  g_free (self->ca_file);
  g_free (self);
}

void
oh_directory_link_cut (OhDirectoryLink *self)
{
  shutdown (self->fd, SHUT_RDWR);
}

OhDirectoryKind
oh_directory_link_kind (const OhDirectoryLink *self)
{
  return self->kind;
}

char *
oh_directory_link_describe (const OhDirectoryLink *self)
{
  const char *kind = self->kind == OH_DIRECTORY_ACTIVE ? "Active Directory" : "LDAP";
  const char *who = self->known ? _ ("with the Kerberos ticket") : _ ("without signing in");
  const char *how = _ ("in the clear");

  if (self->secure)
    how = _ ("under TLS");
  else if (self->known)
    how = _ ("sealed with the ticket's key");
  return g_strdup_printf ("%s, %s, %s, %s", self->shown, kind, who, how);
}

/* --- what went wrong ------------------------------------------------------------------------ */

/* Result codes of servers (RFC 4511 appendix A) and of the library, which are negative. */
/* clang-format off */
static const struct
{
  int rc;
  OhError remedy;
  const char *text;
} failures[] = {
  { LDAP_NO_SUCH_OBJECT, OH_ERROR_SETTINGS,
    N_("it does not have what the setting “directory-base” names.") },
  { LDAP_INVALID_DN_SYNTAX, OH_ERROR_SETTINGS,
    N_("the setting “directory-base” is no name of an entry.") },
  { LDAP_REFERRAL, OH_ERROR_SETTINGS,
    N_("it keeps nobody itself and names another server; that one belongs into the setting "
       "“directory-server”.") },
  { LDAP_FILTER_ERROR, OH_ERROR_SETTINGS, N_("the setting “directory-filter” is no filter.") },
  { LDAP_TIMELIMIT_EXCEEDED, OH_ERROR_UNREACHABLE, N_("it searched too long; type more.") },
  { LDAP_TIMEOUT, OH_ERROR_UNREACHABLE, N_("it does not answer.") },
  { LDAP_SERVER_DOWN, OH_ERROR_UNREACHABLE, N_("it has closed the connection.") },
  { LDAP_CONNECT_ERROR, OH_ERROR_UNREACHABLE, N_("it has closed the connection.") },
  { LDAP_UNAVAILABLE, OH_ERROR_UNREACHABLE, N_("it is closing down.") },
  { LDAP_BUSY, OH_ERROR_UNREACHABLE, N_("it is too busy.") },
  { LDAP_DECODING_ERROR, OH_ERROR_PROTOCOL, N_("it answers what is no LDAP.") },
  { LDAP_PROTOCOL_ERROR, OH_ERROR_PROTOCOL, N_("it does not understand us.") },
};
/* clang-format on */

/* Active Directory says "operations error" to those who have not signed in. */
static gboolean
wants_to_know (int rc)
{
  return rc == LDAP_INSUFFICIENT_ACCESS || rc == LDAP_INAPPROPRIATE_AUTH ||
         rc == LDAP_STRONG_AUTH_REQUIRED || rc == LDAP_CONFIDENTIALITY_REQUIRED ||
         rc == LDAP_INVALID_CREDENTIALS || rc == LDAP_OPERATIONS_ERROR;
}

void
oh_directory_link_fail (OhDirectoryLink *self, int rc, GError **error)
{
  OhError remedy = OH_ERROR_FAILED;
  const char *text = ldap_err2string (rc);

  if (wants_to_know (rc))
    {
      remedy = self->known ? OH_ERROR_ACCOUNT : OH_ERROR_TICKET;
      text = self->known ? _ ("it does not let you search.")
                         : _ ("it answers only those who sign in with a Kerberos ticket.");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].rc == rc)
      {
        remedy = failures[i].remedy;
        text = _ (failures[i].text);
      }
  g_set_error (error, OH_ERROR, (int) remedy, _ ("The directory %s cannot be searched: %s"),
               self->shown, text);
}

/* --- opening -------------------------------------------------------------------------------- */

/* What opens: the link is the task's until its caller takes it. */
typedef struct
{
  OhDirectoryLink *link; /* (owned) (nullable) */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  oh_directory_link_free (opening->link);
  g_free (opening);
}

static void
in_open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;

  if (oh_directory_link_establish (opening->link, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* libldap waits: the descriptor is its own copy, which blocks, but never for longer than a step. */
static gboolean
take_socket (OhDirectoryLink *self, GSocketConnection *connection)
{
  const struct timeval limit = { OH_DIRECTORY_STEP_LIMIT_S, 0 };
  GSocket *socket = g_socket_connection_get_socket (connection);

  self->fd = fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 3);
  if (self->fd < 0)
    return FALSE;
  return fcntl (self->fd, F_SETFL, fcntl (self->fd, F_GETFL) & ~O_NONBLOCK) == 0 &&
         setsockopt (self->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
         setsockopt (self->fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhDirectoryLink *self = ((Opening *) g_task_get_task_data (task))->link;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        oh_error_adopt (&error, _ ("The directory %s cannot be reached"), self->shown);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (!take_socket (self, connection))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED,
                             _ ("There are too many open files on this computer."));
  else
    oh_worker_run (task, in_open_thread);
}

void
oh_directory_link_open_async (const OhDirectoryTarget *target, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  OhDirectoryLink *self = g_new0 (OhDirectoryLink, 1);
  Opening *opening = g_new0 (Opening, 1);

  opening->link = self;
  self->host = g_strdup (target->host);
  self->port = target->port;
  self->shown = g_strdup_printf (strchr (target->host, ':') != NULL ? "[%s]:%u" : "%s:%u",
                                 target->host, target->port);
  self->tls = target->tls;
  self->base = g_strdup (target->base);
  self->ca_file = g_strdup (target->ca_file);
  self->fd = -1;
  g_task_set_source_tag (task, oh_directory_link_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_socket_client_set_timeout (client, OH_DIRECTORY_STEP_LIMIT_S);
  g_socket_client_set_enable_proxy (client, FALSE); /* a directory is inside */
  g_socket_client_connect_to_host_async (client, self->host, self->port, cancellable, on_connected,
                                         g_steal_pointer (&task));
}

OhDirectoryLink *
oh_directory_link_open_finish (GAsyncResult *result, GError **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&opening->link)
                                                           : NULL;
}
