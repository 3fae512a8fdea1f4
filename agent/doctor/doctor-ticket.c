/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What klist would show, and whether a ticket for the server can be had. A KDC may be slow: a
 * worker thread asks, with copies of its own. */

#include "doctor-run.h"

#include <krb5.h>

#include "judge-sign-in.h"
#include "worker.h"

/* What the worker thread has: a name in, what was seen out. */
typedef struct
{
  OhDoctorRun *run; /* (unowned): not for the thread */
  char *host;       /* (owned): the server, without "sip/" */
  OhSeenTicketState state;
  char *cache;     /* (owned) (nullable) */
  char *principal; /* (owned) (nullable) */
  char *service;   /* (owned) (nullable) */
  gint64 until_s;
  char *enctype; /* (owned) (nullable) */
  char *error;   /* (owned) (nullable) */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->host);
  g_free (look->cache);
  g_free (look->principal);
  g_free (look->service);
  g_free (look->enctype);
  g_free (look->error);
  g_free (look);
}

/* --- in the worker thread ------------------------------------------------------------------- */

static OhSeenTicketState
state_of (krb5_error_code code)
{
  static const struct
  {
    krb5_error_code code;
    OhSeenTicketState state;
  } known[] = {
    { 0, OH_SEEN_TICKET_GOOD },
    { KRB5_FCC_NOFILE, OH_SEEN_TICKET_MISSING },
    { KRB5_CC_NOTFOUND, OH_SEEN_TICKET_MISSING },
    { KRB5_CC_NOSUPP, OH_SEEN_TICKET_MISSING },
    { KRB5KRB_AP_ERR_TKT_EXPIRED, OH_SEEN_TICKET_EXPIRED },
    { KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, OH_SEEN_TICKET_NO_SERVICE },
    { KRB5KDC_ERR_ETYPE_NOSUPP, OH_SEEN_TICKET_NO_SERVICE },
    { KRB5_KDC_UNREACH, OH_SEEN_TICKET_NO_KDC },
    { KRB5_REALM_UNKNOWN, OH_SEEN_TICKET_NO_KDC },
    { KRB5_REALM_CANT_RESOLVE, OH_SEEN_TICKET_NO_KDC },
    { KRB5KRB_AP_ERR_SKEW, OH_SEEN_TICKET_SKEW },
    { KRB5KRB_AP_ERR_TKT_NYV, OH_SEEN_TICKET_SKEW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].code == code)
      return known[i].state;
  return OH_SEEN_TICKET_FAILED;
}

static char *
name_text (krb5_context context, krb5_principal principal)
{
  char *text = NULL;
  char *copy;

  if (krb5_unparse_name (context, principal, &text) != 0)
    return NULL;
  copy = g_strdup (text);
  krb5_free_unparsed_name (context, text);
  return copy;
}

static char *
cache_text (krb5_context context, krb5_ccache cache)
{
  char *text = NULL;
  char *copy;

  if (krb5_cc_get_full_name (context, cache, &text) != 0)
    return NULL;
  copy = g_strdup (text);
  krb5_free_string (context, text);
  return copy;
}

static void
read_ticket (krb5_context context, const krb5_creds *ticket, Look *look)
{
  char name[64] = "";

  look->until_s = ticket->times.endtime;
  if (krb5_enctype_to_name (ticket->keyblock.enctype, FALSE, name, sizeof name) == 0)
    look->enctype = g_strdup (name);
}

/* With the name that signing in takes: "sip" at the host, canonical as krb5.conf says. */
static krb5_error_code
fetch (krb5_context context, krb5_ccache cache, krb5_creds *wish, Look *look)
{
  krb5_creds *ticket = NULL;
  krb5_error_code code = krb5_cc_get_principal (context, cache, &wish->client);

  if (code != 0)
    return code;
  look->principal = name_text (context, wish->client);
  code = krb5_sname_to_principal (context, look->host, "sip", KRB5_NT_SRV_HST, &wish->server);
  if (code != 0)
    return code;
  look->service = name_text (context, wish->server);
  code = krb5_get_credentials (context, 0, cache, wish, &ticket);
  if (code == 0)
    read_ticket (context, ticket, look);
  krb5_free_creds (context, ticket);
  return code;
}

static void
note_error (krb5_context context, krb5_error_code code, Look *look)
{
  const char *text = krb5_get_error_message (context, code);

  look->error = g_utf8_make_valid (text, -1);
  krb5_free_error_message (context, text);
}

static void
in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Look *look = task_data;
  krb5_context context = NULL;
  krb5_ccache cache = NULL;
  krb5_creds wish = { 0 };
  krb5_error_code code = krb5_init_context (&context);

  if (code == 0)
    code = krb5_cc_default (context, &cache);
  if (code == 0)
    {
      look->cache = cache_text (context, cache);
      code = fetch (context, cache, &wish, look);
    }
  look->state = state_of (code);
  if (code != 0)
    note_error (context, code, look);
  if (context != NULL)
    {
      krb5_free_cred_contents (context, &wish);
      if (cache != NULL)
        krb5_cc_close (context, cache);
      krb5_free_context (context);
    }
  g_task_return_boolean (task, TRUE);
}

/* --- on the main loop ----------------------------------------------------------------------- */

static void
judge (OhDoctorRun *run, const Look *look)
{
  const OhSeenTicket seen = {
    .state = look->state,
    .cache = look->cache,
    .principal = look->principal,
    .service = look->service,
    .until_s = look->until_s,
    .enctype = look->enctype,
    .error = look->error,
    .replaceable = run->has_password,
  };

  run->has_ticket = look->state == OH_SEEN_TICKET_GOOD;
  oh_judge_ticket (&seen, run->findings);
}

/* The step's task ends with the thread's, or earlier when it is cut off: the thread then ends by
 * itself some time, with nobody to hear it. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (G_TASK (result));

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    judge (look->run, look);
  g_task_return_boolean (task, TRUE);
}

void
oh_doctor_step_ticket (OhDoctorRun *run, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (GTask) thread = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  const OhSeenTicket not_needed = { .state = OH_SEEN_TICKET_NOT_NEEDED };
  Look *look;

  if (!run->kerberos_wanted || run->target == NULL)
    {
      if (!run->redirected)
        oh_judge_ticket (&not_needed, run->findings);
      g_task_return_boolean (task, TRUE);
      return;
    }
  look = g_new0 (Look, 1);
  look->run = run;
  look->host = g_strdup (run->target);
  thread = g_task_new (NULL, cancellable, on_looked, g_steal_pointer (&task));
  g_task_set_task_data (thread, look, look_free);
  g_task_set_return_on_cancel (thread, TRUE);
  oh_worker_run (thread, in_thread);
}
