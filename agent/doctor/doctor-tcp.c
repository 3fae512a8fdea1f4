/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each address of one server, then of the next, until one takes a connection. */

#include "doctor-run.h"

#include "judge-server.h"

/* What came of one address. */
typedef struct
{
  gint64 took_us;
  GError *error; /* (owned) (nullable) */
} Attempt;

/* The step's data. */
typedef struct
{
  OhDoctorRun *run;       /* (unowned) */
  OhDoctorServer *server; /* (unowned): the one that is tried */
  guint address;          /* of server->addresses: tried next */
  gint64 begun_us;        /* of the attempt under way */
  GArray *attempts;       /* (owned) (element-type Attempt): one for each address so far */
  GString *tried;         /* (owned): servers, for people */
} Tcp;

static void
tcp_free (gpointer data)
{
  Tcp *tcp = data;

  g_string_free (tcp->tried, TRUE);
  g_array_unref (tcp->attempts);
  g_free (tcp);
}

static void next_address (GTask *owned);

static void
attempt_clear (gpointer data)
{
  g_clear_error (&((Attempt *) data)->error);
}

static void
judge_address (Tcp *tcp, guint index)
{
  const Attempt *attempt = &g_array_index (tcp->attempts, Attempt, index);
  g_autofree char *server = oh_server_text (tcp->server->server);
  g_autofree char *address =
    g_inet_address_to_string (g_ptr_array_index (tcp->server->addresses, index));
  const OhSeenAddress seen = {
    .server = server,
    .address = address,
    .took_us = attempt->took_us,
    .error = attempt->error != NULL ? attempt->error->message : NULL,
    .refused = g_error_matches (attempt->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED),
    .other_works = tcp->run->connection != NULL,
  };

  oh_judge_address (&seen, tcp->run->findings);
}

/* All of a server at once: a dead address matters less when another one works. */
static void
judge_server (Tcp *tcp)
{
  if (tcp->server == NULL)
    return; /* none was tried yet */
  for (guint i = 0; i < tcp->attempts->len; i++)
    judge_address (tcp, i);
  g_array_set_size (tcp->attempts, 0);
}

static void
learn_local_address (OhDoctorRun *run)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (run->connection, NULL);
  g_autofree char *text = NULL;
  GInetAddress *address;

  g_clear_pointer (&run->local_host, g_free);
  if (!G_IS_INET_SOCKET_ADDRESS (local))
    return; /* the step after this one says that the connection is gone */
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local));
  text = g_inet_address_to_string (address);
  run->local_host = g_strdup_printf (
    g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "[%s]" : "%s", text);
  run->local_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local));
}

/* The other addresses are tried all the same, so that a dead one of a pool shows; the first that
 * answered is kept. */
static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tcp *tcp = g_task_get_task_data (task);
  OhDoctorRun *run = tcp->run;
  Attempt attempt = { .took_us = oh_clock_now_us (run->parts->clock) - tcp->begun_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);

  attempt.error = g_steal_pointer (&error);
  g_array_append_val (tcp->attempts, attempt);
  if (connection != NULL && run->connection == NULL)
    {
      g_socket_set_timeout (g_socket_connection_get_socket (connection), 0);
      run->connection = g_steal_pointer (&connection);
      run->current = tcp->server;
      learn_local_address (run);
    }
  tcp->address++;
  next_address (g_steal_pointer (&task));
}

static gboolean
next_server (Tcp *tcp)
{
  OhDoctorRun *run = tcp->run;
  g_autofree char *text = NULL;

  judge_server (tcp);
  if (run->connection != NULL || !oh_doctor_run_has_next (run))
    return FALSE;
  do
    tcp->server = g_ptr_array_index (run->servers, run->next++);
  while (tcp->server->addresses->len == 0);
  tcp->address = 0;
  text = oh_server_text (tcp->server->server);
  g_string_append_printf (tcp->tried, "%s%s", tcp->tried->len > 0 ? ", " : "", text);
  return TRUE;
}

static void
next_address (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Tcp *tcp = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (g_cancellable_is_cancelled (cancellable) ||
      ((tcp->server == NULL || tcp->address == tcp->server->addresses->len) && !next_server (tcp)))
    {
      if (tcp->run->connection == NULL && !g_cancellable_is_cancelled (cancellable))
        oh_judge_unreachable (tcp->tried->str, tcp->run->findings);
      g_task_return_boolean (task, tcp->run->connection != NULL);
      return;
    }
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE); /* SIP does not go through a web proxy */
  g_socket_client_set_timeout (client, OH_DOCTOR_ADDRESS_LIMIT_S);
  address = g_inet_socket_address_new (g_ptr_array_index (tcp->server->addresses, tcp->address),
                                       tcp->server->server->port);
  tcp->begun_us = oh_clock_now_us (tcp->run->parts->clock);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, on_connected,
                                 g_steal_pointer (&task));
}

void
oh_doctor_step_tcp (OhDoctorRun *run, GTask *task)
{
  Tcp *tcp = g_new0 (Tcp, 1);

  tcp->run = run;
  tcp->tried = g_string_new (NULL);
  tcp->attempts = g_array_new (FALSE, FALSE, sizeof (Attempt));
  g_array_set_clear_func (tcp->attempts, attempt_clear);
  g_task_set_task_data (task, tcp, tcp_free);
  g_clear_object (&run->connection);
  next_address (task);
}
