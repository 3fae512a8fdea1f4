/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each look-up that leads to the server, one after the other, so that each is shown. */

#include "doctor-run.h"

#include <glib/gi18n-lib.h>

#include "judge-server.h"

static const struct
{
  const char *service, *protocol;
} records[] = {
  { "sipinternaltls", "tcp" },
  { "sip", "tls" },
};

/* The step's data. */
typedef struct
{
  OhDoctorRun *run;      /* (unowned) */
  GResolver *resolver;   /* (owned) */
  guint record;          /* of @records: asked next */
  guint server;          /* of run->servers: its address is asked for next */
  gboolean outside_told; /* a record named a server outside the domain */
} Dns;

static void
dns_free (gpointer data)
{
  Dns *dns = data;

  g_object_unref (dns->resolver);
  g_free (dns);
}

static void next_address (GTask *owned);

/* --- addresses ------------------------------------------------------------------------------ */

static void
judge_addresses (OhDoctorRun *run, const OhDoctorServer *server, const GError *error)
{
  g_autoptr (GString) answers = g_string_new (NULL);
  g_autofree char *question =
    g_strdup_printf (_ ("address of %s (%s)"), server->server->host, server->server->via);
  OhSeenLookup seen = {
    .question = question,
    .domain = run->domain,
    .error = error != NULL ? error->message : NULL,
    .named = !server->server->guessed,
  };

  for (guint i = 0; i < server->addresses->len; i++)
    {
      g_autofree char *text = g_inet_address_to_string (g_ptr_array_index (server->addresses, i));

      g_string_append_printf (answers, "%s%s", i > 0 ? ", " : "", text);
    }
  seen.answers = server->addresses->len > 0 ? answers->str : NULL;
  oh_judge_lookup (&seen, run->findings);
}

static void
on_address (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dns *dns = g_task_get_task_data (task);
  OhDoctorServer *server = g_ptr_array_index (dns->run->servers, dns->server++);
  g_autoptr (GError) error = NULL;
  GList *list = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  for (GList *l = list; l != NULL && server->addresses->len < OH_DOCTOR_ADDRESSES_MAX; l = l->next)
    g_ptr_array_add (server->addresses, g_object_ref (l->data));
  g_resolver_free_addresses (list);
  judge_addresses (dns->run, server, error);
  next_address (g_steal_pointer (&task));
}

/* Candidates often share a name and differ in the port. */
static OhDoctorServer *
same_name_before (OhDoctorRun *run, guint index)
{
  const OhDoctorServer *server = g_ptr_array_index (run->servers, index);

  for (guint i = 0; i < index; i++)
    {
      OhDoctorServer *before = g_ptr_array_index (run->servers, i);

      if (g_ascii_strcasecmp (before->server->host, server->server->host) == 0)
        return before;
    }
  return NULL;
}

static void
next_address (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Dns *dns = g_task_get_task_data (task);
  OhDoctorRun *run = dns->run;
  GCancellable *cancellable = g_task_get_cancellable (task);
  OhDoctorServer *server, *before;

  for (; dns->server < run->servers->len; dns->server++)
    {
      server = g_ptr_array_index (run->servers, dns->server);
      before = same_name_before (run, dns->server);
      if (before == NULL)
        {
          g_resolver_lookup_by_name_async (dns->resolver, server->server->host, cancellable,
                                           on_address, g_steal_pointer (&task));
          return;
        }
      for (guint i = 0; i < before->addresses->len; i++)
        g_ptr_array_add (server->addresses,
                         g_object_ref (g_ptr_array_index (before->addresses, i)));
    }
  if (!oh_doctor_run_has_next (run))
    oh_judge_no_address (run->domain, run->server, run->findings);
  g_task_return_boolean (task, oh_doctor_run_has_next (run));
}

/* --- who may be the server ------------------------------------------------------------------ */

/* Somebody else than a record, autodiscover for example, named a server that cannot be used. */
static void
judge_unused (Dns *dns, const GError *unused)
{
  gboolean outside = g_error_matches (unused, OH_ERROR, OH_ERROR_UNTRUSTED);

  if (outside && dns->outside_told)
    return;
  oh_doctor_find (dns->run->findings, OH_FINDING_WARNING,
                  outside ? OH_DOCTOR_DNS_NAME_OUTSIDE : OH_DOCTOR_DNS_RECORD_NONE,
                  g_strdup (_ ("DNS: a server is passed over")), g_strdup (unused->message),
                  oh_error_advice ((OhError) unused->code));
}

static void
on_servers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dns *dns = g_task_get_task_data (task);
  OhDoctorRun *run = dns->run;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unused = NULL;
  g_autoptr (GPtrArray) servers = oh_server_find_finish (result, &unused, &error);

  if (unused != NULL)
    judge_unused (dns, unused);
  if (error != NULL && !g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    oh_doctor_find (run->findings, OH_FINDING_ERROR, OH_DOCTOR_SETTING_UNUSABLE,
                    g_strdup (_ ("DNS: no server can be looked for")), g_strdup (error->message),
                    oh_error_advice ((OhError) error->code));
  for (guint i = 0; servers != NULL && i < servers->len && i < OH_DOCTOR_SERVERS_MAX; i++)
    {
      OhDoctorServer *server = g_new0 (OhDoctorServer, 1);

      server->server = g_steal_pointer (&servers->pdata[i]);
      server->addresses = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (run->servers, server);
    }
  next_address (g_steal_pointer (&task));
}

static void
find_servers (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Dns *dns = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  OhDoctorRun *run = dns->run;
  const OhServerQuery query = {
    .uri = run->account->uri,
    .trust = run->trust,
    .manual = run->server,
    .manual_outside = run->outside[0] != '\0' ? run->outside : NULL,
    .ca_file = run->account->ca_file[0] != '\0' ? run->account->ca_file : NULL,
    .clock = run->parts->clock,
    .resolver = dns->resolver,
  };

  oh_server_find_async (&query, cancellable, on_servers, g_steal_pointer (&task));
}

/* --- records -------------------------------------------------------------------------------- */

static void
append (GString *list, const char *host, guint16 port)
{
  g_string_append_printf (list, "%s%s:%u", list->len > 0 ? ", " : "", host, port);
}

static void
judge_record (Dns *dns, GList *targets, const GError *error)
{
  OhDoctorRun *run = dns->run;
  g_autofree char *question = g_strdup_printf ("SRV _%s._%s.%s", records[dns->record].service,
                                               records[dns->record].protocol, run->domain);
  g_autoptr (GString) inside = g_string_new (NULL);
  g_autoptr (GString) outside = g_string_new (NULL);
  OhSeenLookup seen = { .question = question, .domain = run->domain };
  guint n = 0;

  for (GList *l = targets; l != NULL && n < OH_SERVER_RECORDS_MAX; l = l->next, n++)
    {
      const char *host = g_srv_target_get_hostname (l->data);

      append (oh_server_name_is_trusted (host, &run->trust) ? inside : outside, host,
              g_srv_target_get_port (l->data));
    }
  seen.answers = inside->len > 0 ? inside->str : NULL;
  seen.outside = outside->len > 0 ? outside->str : NULL;
  dns->outside_told = dns->outside_told || outside->len > 0;
  seen.error = error != NULL ? error->message : NULL;
  oh_judge_lookup (&seen, run->findings);
}

static void next_record (GTask *owned);

static void
on_record (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dns *dns = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, &error);

  judge_record (dns, targets, error);
  g_resolver_free_targets (targets);
  dns->record++;
  next_record (g_steal_pointer (&task));
}

static void
next_record (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Dns *dns = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (dns->record == G_N_ELEMENTS (records))
    find_servers (g_steal_pointer (&task));
  else
    g_resolver_lookup_service_async (dns->resolver, records[dns->record].service,
                                     records[dns->record].protocol, dns->run->domain, cancellable,
                                     on_record, g_steal_pointer (&task));
}

void
oh_doctor_step_dns (OhDoctorRun *run, GTask *task)
{
  Dns *dns = g_new0 (Dns, 1);

  dns->run = run;
  dns->resolver = g_resolver_get_default ();
  g_task_set_task_data (task, dns, dns_free);
  if (run->server[0] == '\0')
    {
      next_record (task);
      return;
    }
  oh_doctor_find (run->findings, OH_FINDING_INFO, OH_DOCTOR_SERVER_FIXED,
                  g_strdup_printf (_ ("DNS: the server is set to %s"), run->server),
                  g_strdup (_ ("It is not looked for.")), NULL);
  find_servers (task);
}
