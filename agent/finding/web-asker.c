/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "web-asker.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "phone-tls.h"
#include "snom-exchange.h"
#include "subnet.h"

/* What every phone of the classic line shows, and others answer by a challenge or an error page. */
#define PAGE "/info.htm"
/* A host of the own network answers in milliseconds, and most addresses are nobody's. */
#define CONNECT_US G_GINT64_CONSTANT (1000000)
#define HTTPS_PORT 443
#define HTTP_PORT 80

typedef struct
{
  char *address;
  OhSnomLine *line;  /* (owned) */
  char *fingerprint; /* (owned) (nullable) */
  gboolean secure;
} Visit;

static void send_one (GTask *task);

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_free (visit->address);
  g_clear_object (&visit->line);
  g_free (visit->fingerprint);
  g_free (visit);
}

/* Nothing secret is sent, so anything may answer; what it shows is noted. */
static gboolean
note_certificate (GTlsCertificate *certificate, gpointer user_data, GError **error)
{
  Visit *visit = user_data;

  g_free (visit->fingerprint);
  visit->fingerprint = oh_phone_fingerprint_of (certificate);
  return TRUE;
}

static OhFoundPhone *
describe (Visit *visit, const OhSnomExchange *exchange)
{
  g_autoptr (OhHostAnswer) answer =
    oh_host_answer_read (oh_slice ((const char *) exchange->body->data, exchange->body->len),
                         exchange->server, exchange->challenge);
  OhFoundPhone *found = oh_found_phone_new (OH_FOUND_BY_PROBE, visit->address, answer->mac);

  found->kind = answer->kind;
  found->model = g_steal_pointer (&answer->model);
  if (answer->maker != OH_PHONE_MAKER_NONE)
    found->maker = answer->maker;
  found->fingerprint = g_steal_pointer (&visit->fingerprint);
  return found;
}

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (OhSnomExchange) exchange = oh_snom_exchange_finish (result);
  Visit *visit = g_task_get_task_data (task);

  if (exchange->status != 0)
    g_task_return_pointer (task, describe (visit, exchange), (GDestroyNotify) oh_found_phone_free);
  else if (visit->secure && oh_snom_line_get_local (visit->line) == NULL && !exchange->timed_out &&
           !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      /* refused at once: a host is there, without https; where nothing answered, nothing will */
      visit->secure = FALSE;
      send_one (g_steal_pointer (&task));
    }
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
send_one (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  const OhSnomRequestLine request = {
    .place = { .host = visit->address,
               .port = visit->secure ? HTTPS_PORT : HTTP_PORT,
               .secure = visit->secure,
               .connect_us = CONNECT_US,
               .judge = note_certificate,
               .user_data = visit },
    .method = "GET",
    .target = PAGE,
    .alone = TRUE,
  };

  oh_snom_exchange_async (visit->line, &request, oh_clock_system (), g_task_get_cancellable (task),
                          on_exchanged, task);
}

static void
ask_async (const char *address, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Visit *visit = g_new0 (Visit, 1);

  g_task_set_source_tag (task, ask_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, visit, visit_free);
  visit->address = g_strdup (address);
  visit->line = oh_snom_line_new (oh_clock_system ());
  visit->secure = TRUE;
  send_one (task);
}

static OhFoundPhone *
ask_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

const OhHostAsker oh_web_asker = {
  .ask_async = ask_async,
  .ask_finish = ask_finish,
};

/* --- our networks --------------------------------------------------------------------------- */

static guint32
ipv4_of (const struct sockaddr *address)
{
  return ntohl (((const struct sockaddr_in *) (const void *) address)->sin_addr.s_addr);
}

/* A link of two ends, as of a tunnel, is no office. */
static gboolean
is_office (const struct ifaddrs *entry)
{
  const guint wanted = IFF_UP | IFF_RUNNING;
  const guint unwanted = IFF_LOOPBACK | IFF_POINTOPOINT;

  return entry->ifa_addr != NULL && entry->ifa_addr->sa_family == AF_INET &&
         entry->ifa_netmask != NULL && (entry->ifa_flags & wanted) == wanted &&
         (entry->ifa_flags & unwanted) == 0;
}

GStrv
oh_own_network_hosts (gpointer user_data)
{
  g_autoptr (GArray) hosts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) == 0)
    {
      for (struct ifaddrs *at = list; at != NULL && hosts->len < OH_PROBE_HOSTS_MAX;
           at = at->ifa_next)
        if (is_office (at))
          oh_subnet_hosts (ipv4_of (at->ifa_addr),
                           (guint) __builtin_popcount (ipv4_of (at->ifa_netmask)), hosts);
      freeifaddrs (list);
    }
  for (guint i = 0; i < hosts->len; i++)
    {
      guint32 host = g_array_index (hosts, guint32, i);

      g_ptr_array_add (out, g_strdup_printf ("%u.%u.%u.%u", host >> 24, host >> 16 & 255,
                                             host >> 8 & 255, host & 255));
    }
  g_ptr_array_add (out, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}
