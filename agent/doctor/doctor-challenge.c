/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A REGISTER without credentials: what the server asks for, and what time it has. */

#include "doctor-run.h"

#include <glib/gi18n-lib.h>

#include "auth-offer.h"
#include "diagnostic-code.h"
#include "sip-diagnostics.h"
#include "doctor-observer.h"
#include "endpoint.h"
#include "error.h"
#include "judge-sign-in.h"
#include "register-answer.h"
#include "sip-date.h"
#include "sip-stack.h"

/* Header lines with challenges that are read. */
#define LINES_MAX 16

/* The step's data. */
typedef struct
{
  OhDoctorRun *run;          /* (unowned) */
  OhSipTransport *transport; /* (owned) */
  OhSipStack *stack;         /* (owned) */
  char *server;              /* (owned): for people */
} Challenge;

static void
challenge_free (gpointer data)
{
  Challenge *challenge = data;

  oh_sip_stack_set_transport (challenge->stack, NULL);
  oh_sip_transport_close (challenge->transport, NULL);
  g_object_unref (challenge->stack);
  g_object_unref (challenge->transport);
  g_free (challenge->server);
  g_free (challenge);
}

/* --- what was answered ---------------------------------------------------------------------- */

static void
add_offers (GPtrArray *offers, const OhSipMessage *response, const char *header)
{
  const char *line;

  for (guint n = 0; n < LINES_MAX && (line = oh_sip_message_get_nth (response, header, n)) != NULL;
       n++)
    {
      g_autoptr (GPtrArray) more = oh_auth_challenge_parse (oh_slice_str (line), NULL);

      if (more != NULL)
        g_ptr_array_extend_and_steal (offers, g_steal_pointer (&more));
    }
}

/* (transfer full): every challenge, those included that signing in would pass over */
static GPtrArray *
collect_offers (const OhSipMessage *response)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);

  add_offers (offers, response, "WWW-Authenticate");
  add_offers (offers, response, "Proxy-Authenticate");
  return offers;
}

static gboolean
judge_offers (Challenge *challenge, const OhSipMessage *response, OhSeenAnswer *seen)
{
  OhDoctorRun *run = challenge->run;
  g_autoptr (GPtrArray) list = collect_offers (response);
  g_autofree OhSeenOffer *offers = g_new0 (OhSeenOffer, list->len + 1);
  const char *const trusted[] = { run->domain, NULL };
  const OhAuthPeer peer = { run->current->server->host, TRUE, trusted };

  for (guint i = 0; i < list->len; i++)
    {
      const OhAuthChallenge *offer = g_ptr_array_index (list, i);

      offers[i] = (OhSeenOffer){ offer, oh_auth_offer_allowed (offer, &peer, NULL) };
      if (!offers[i].allowed)
        continue;
      run->ntlm_offered = run->ntlm_offered || offer->scheme == OH_AUTH_SCHEME_NTLM;
      if (offer->scheme == OH_AUTH_SCHEME_KERBEROS && run->target == NULL)
        run->target = g_strdup (oh_auth_target_host (offer->target));
    }
  seen->offers = offers;
  seen->n_offers = list->len;
  return oh_judge_answer (seen, run->findings);
}

static char *
targets_text (const OhSipMessage *response)
{
  g_autoptr (GPtrArray) targets = oh_register_redirects (response);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      const OhRegisterTarget *target = g_ptr_array_index (targets, i);

      g_string_append_printf (text, target->port > 0 ? "%s%s:%u" : "%s%s", i > 0 ? ", " : "",
                              target->host, target->port);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the table of refusals knows to do. */
static const char *
remedy_of (const OhSipMessage *response)
{
  OhDiagnosticSeen seen = { .flow = OH_DIAGNOSTIC_SIGN_IN,
                            .status = oh_sip_message_status (response),
                            .id = OH_DIAGNOSTIC_NO_ID };
  const OhDiagnosticCode *code;
  OhSipDiagnostics said;

  if (oh_sip_diagnostics_of (response, &said))
    {
      seen.id = said.id;
      seen.hresult = said.hresult;
    }
  code = oh_diagnostic_code_for (&seen);
  return code != NULL && code->remedy[0] != '\0' ? _ (code->remedy) : NULL;
}

static gboolean
judge_response (Challenge *challenge, const OhSipMessage *response)
{
  OhDoctorRun *run = challenge->run;
  guint status = oh_sip_message_status (response);
  g_autofree char *targets = NULL;
  g_autoptr (GError) refusal = NULL;
  OhSeenAnswer seen = {
    .server = challenge->server,
    .status = status,
    .kerberos_wanted = run->kerberos_wanted,
    .ntlm_wanted = run->ntlm_wanted,
  };

  if (status == 401 || status == 407)
    return judge_offers (challenge, response, &seen);
  run->redirected = status == 301 || status == 302;
  if (run->redirected)
    {
      targets = targets_text (response);
      seen.targets = targets;
    }
  else if (status / 100 != 2)
    {
      oh_register_refusal (response, run->current->server->host, run->account->uri, &refusal);
      seen.remedy = remedy_of (response);
    }
  seen.refusal = refusal != NULL ? refusal->message : NULL;
  return oh_judge_answer (&seen, run->findings);
}

static void
judge_clock (Challenge *challenge, const OhSipMessage *response)
{
  OhDoctorRun *run = challenge->run;
  OhSeenClock seen = {
    .server = challenge->server,
    .our_s = oh_clock_wall_us (run->parts->clock) / G_USEC_PER_SEC,
  };

  seen.known = oh_sip_date_parse (oh_sip_message_get_slice (response, "Date"), &seen.server_s);
  oh_judge_clock (&seen, run->findings);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Challenge *challenge = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);
  gboolean good = FALSE;

  if (response != NULL)
    {
      good = judge_response (challenge, response);
      judge_clock (challenge, response);
    }
  else if (!g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      const OhSeenAnswer seen = { .server = challenge->server, .error = error->message };

      oh_judge_answer (&seen, challenge->run->findings);
    }
  g_task_return_boolean (task, good);
}

/* --- what is asked -------------------------------------------------------------------------- */

static OhSipMessage *
new_register (Challenge *challenge)
{
  OhDoctorRun *run = challenge->run;
  const OhSipIdentity identity = { run->account->uri, run->epid, NULL, "Offhook/" OH_VERSION };
  g_autofree char *registrar = g_strconcat ("sip:", run->domain, NULL);
  g_autofree char *contact =
    oh_endpoint_register_contact (run->local_host, run->local_port, run->epid);
  OhSipMessage *request;

  oh_sip_stack_set_identity (challenge->stack, &identity);
  request = oh_sip_stack_new_request (challenge->stack, "REGISTER", registrar);
  oh_sip_message_set_printf (request, "To", "<%s>", run->account->uri);
  oh_sip_message_set (request, "Contact", contact);
  oh_sip_message_add (request, "Supported", "gruu-10, adhoclist, msrtc-event-categories");
  oh_sip_message_add (request, "Supported", "ms-forking");
  oh_sip_message_add (request, "ms-keep-alive", "UAC;hop-hop=yes");
  oh_sip_message_add (request, "Event", "registration");
  return request;
}

void
oh_doctor_step_challenge (OhDoctorRun *run, GTask *task)
{
  Challenge *challenge = g_new0 (Challenge, 1);
  g_autoptr (OhSipGuard) observer = oh_doctor_observer_new ();
  g_autoptr (GIOStream) stream = g_steal_pointer (&run->secure);
  g_autoptr (OhSipMessage) request = NULL;

  challenge->run = run;
  challenge->server = oh_server_text (run->current->server);
  challenge->transport = oh_sip_transport_new_for_stream (
    run->parts->clock, stream, run->local_host != NULL ? run->local_host : "127.0.0.1",
    run->local_port);
  challenge->stack = oh_sip_stack_new (run->parts->clock, observer);
  g_task_set_task_data (task, challenge, challenge_free);
  oh_sip_stack_set_transport (challenge->stack, challenge->transport);
  request = new_register (challenge);
  oh_sip_stack_send_async (challenge->stack, request, g_task_get_cancellable (task), on_answered,
                           task);
}
