/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain-judge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "explain-challenge.h"
#include "sip-diagnostics.h"
#include "sip-header.h"

/* Redirects of one sign-in; more is a circle. */
#define REDIRECTS_MAX 5
/* A request without an answer for so long failed (RFC 3261 17.1.2.2: timer F). */
#define ANSWER_MAX_US (32 * G_GINT64_CONSTANT (1000000))
/* Octets of a server's own words that are repeated. */
#define WORDS_MAX 200

/* --- what it belongs to -------------------------------------------------------------------- */

static gboolean
body_has (const OhSipMessage *message, const char *word)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);

  return len > 0 && memmem (data, len, word, strlen (word)) != NULL;
}

static gboolean
event_is (const OhSipMessage *message, const char *event)
{
  return oh_sip_message_has_token (message, "Event", event);
}

static gboolean
is_csta (const OhSipMessage *message)
{
  return oh_sip_message_content_is (message, "application/csta+xml") ||
         body_has (message, "www.ecma-international.org/standards/ecma-323");
}

OhDiagnosticFlow
oh_explain_flow (const OhSipMessage *message, gboolean is_http)
{
  static const struct
  {
    const char *method;
    OhDiagnosticFlow flow;
  } methods[] = {
    { "REGISTER", OH_DIAGNOSTIC_SIGN_IN }, { "SUBSCRIBE", OH_DIAGNOSTIC_WATCH },
    { "NOTIFY", OH_DIAGNOSTIC_WATCH },     { "BENOTIFY", OH_DIAGNOSTIC_WATCH },
    { "SERVICE", OH_DIAGNOSTIC_PUBLISH },  { "PUBLISH", OH_DIAGNOSTIC_PUBLISH },
    { "INVITE", OH_DIAGNOSTIC_CALL },      { "ACK", OH_DIAGNOSTIC_CALL },
    { "BYE", OH_DIAGNOSTIC_CALL },         { "CANCEL", OH_DIAGNOSTIC_CALL },
    { "REFER", OH_DIAGNOSTIC_CALL },       { "PRACK", OH_DIAGNOSTIC_CALL },
    { "UPDATE", OH_DIAGNOSTIC_CALL },
  };

  if (is_http)
    return OH_DIAGNOSTIC_WEB;
  if (is_csta (message))
    return OH_DIAGNOSTIC_CSTA;
  if (event_is (message, "registration-notify"))
    return OH_DIAGNOSTIC_SIGN_IN;
  if (event_is (message, "vnd-microsoft-roaming-contacts") ||
      oh_sip_message_content_is (message, "application/SOAP+xml"))
    return OH_DIAGNOSTIC_LISTS;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (oh_sip_message_is_method (message, methods[i].method))
      return methods[i].flow;
  return OH_DIAGNOSTIC_OTHER;
}

/* --- diagnostics --------------------------------------------------------------------------- */

static void
append_words (GString *out, const char *before, OhSlice words, const char *after)
{
  g_autofree char *copy = oh_slice_dup (oh_slice (words.data, MIN (words.len, WORDS_MAX)));
  g_autofree char *valid = g_utf8_make_valid (copy, -1);

  if (words.len > 0)
    g_string_append_printf (out, "%s%s%s", before, valid, after);
}

/* "401 Unauthorized; 1000 “Final handshake failed”, 0xC3E93EE4(…), fe1.fabrikam.test": the numbers
 * that administrators are used to. */
static char *
describe (const OhSipMessage *message, const OhSipDiagnostics *diagnostics)
{
  static const struct
  {
    const char *name;
    const char *before;
  } more[] = { { "Warning", "; Warning: " },
               { "Retry-After", "; Retry-After: " },
               { "Unsupported", "; Unsupported: " } };
  GString *out = g_string_new (oh_sip_message_method (message));

  if (!oh_sip_message_is_request (message))
    {
      g_string_append_printf (out, " %u ", oh_sip_message_status (message));
      append_words (out, "", oh_slice_str (oh_sip_message_reason (message)), "");
    }
  if (diagnostics != NULL)
    {
      g_string_append_printf (out, "; %u", diagnostics->id);
      append_words (out, " “", diagnostics->reason, "”");
      append_words (out, ", ", diagnostics->hresult_text, "");
      append_words (out, ", ", diagnostics->source, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    append_words (out, more[i].before, oh_sip_message_get_slice (message, more[i].name), "");
  return g_string_free (out, FALSE);
}

/* A final answer of a 2xx, a request: only what is known counts, since clients report things
 * there that are no failures. */
static const OhDiagnosticCode *
meaning_of (const OhDiagnosticSeen *seen)
{
  const OhDiagnosticCode *row = oh_diagnostic_code_for (seen);

  return row != NULL && seen->status < 300 && strcmp (row->code, "diagnostics-unknown") == 0 ? NULL
                                                                                             : row;
}

/* The first header is from the server nearest to the origin of the failure; the others are told
 * when they say something else. Returns whether there was one. */
static gboolean
judge_diagnostics (OhExplainJudge *judge, const OhSipMessage *message, OhDiagnosticFlow flow)
{
  static const char *const names[] = { "ms-diagnostics", "ms-diagnostics-public",
                                       "ms-client-diagnostics", "X-MS-diagnostics" };
  guint last = OH_DIAGNOSTIC_NO_ID;
  gboolean found = FALSE;
  const char *value;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint n = 0; (value = oh_sip_message_get_nth (message, names[i], n)) != NULL; n++)
      {
        OhSipDiagnostics diagnostics;
        OhDiagnosticSeen seen = { flow, oh_sip_message_status (message), 0, 0 };
        const OhDiagnosticCode *row;

        if (!oh_sip_diagnostics_parse (oh_slice_str (value), &diagnostics) ||
            diagnostics.id == last)
          continue;
        last = seen.id = diagnostics.id;
        seen.hresult = diagnostics.hresult;
        row = meaning_of (&seen);
        if (row != NULL)
          {
            g_autofree char *details = describe (message, &diagnostics);

            oh_explain_find (judge, row->code, details);
            found = TRUE;
          }
      }
  return found;
}

/* --- requests ------------------------------------------------------------------------------ */

/* [MS-SIPREGE] 2.2.3: "deregistered;event=rejected" */
static void
judge_registration_notify (OhExplainJudge *judge, const OhSipMessage *message)
{
  static const struct
  {
    const char *word;
    const char *code;
  } events[] = { { "event=rejected", "account-disabled" },
                 { "event=unregistered", "signed-in-elsewhere" },
                 { "event=deactivated", "moved-to-other-server" } };
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);
  g_autofree char *lower = g_ascii_strdown (data != NULL ? data : "", (gssize) len);

  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    if (strstr (lower, events[i].word) != NULL)
      oh_explain_find (judge, events[i].code, NULL);
}

/* ECMA-323: errors come in the answer to a request, which may itself be a request (INFO). */
static void
judge_csta (OhExplainJudge *judge, const OhSipMessage *message)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (message), &len);
  const OhDiagnosticCode *row;

  if (body_has (message, "CSTAErrorCode"))
    {
      row = oh_diagnostic_code_in_text (oh_slice (data, len));
      if (row != NULL)
        oh_explain_find (judge, row->code, NULL);
    }
  if (body_has (message, "systemStatus>") && !body_has (message, "systemStatus>normal"))
    oh_explain_find (judge, "csta-link-down", NULL);
}

static void
say_flow (OhExplainJudge *judge, const OhSipMessage *message, OhDiagnosticFlow flow)
{
  const char *event = oh_sip_message_get (message, "Event");
  guint64 expires;

  if (flow == OH_DIAGNOSTIC_SIGN_IN && oh_sip_message_is_method (message, "REGISTER"))
    oh_explain_say (judge, oh_sip_message_get_uint (message, "Expires", G_MAXUINT32, &expires) &&
                               expires == 0
                             ? _ ("Signs out.")
                             : _ ("Part of the sign-in."));
  else if (event != NULL)
    oh_explain_say (judge, _ ("Event %s."), event);
  else if (flow == OH_DIAGNOSTIC_PUBLISH)
    oh_explain_say (judge, _ ("Publishes presence."));
  else if (flow == OH_DIAGNOSTIC_CSTA)
    oh_explain_say (judge, _ ("Remote call control."));
}

void
oh_explain_judge_request (OhExplainJudge *judge, const OhSipMessage *message,
                          OhExplainTransaction *transaction)
{
  OhExplainCall *call = &g_array_index (judge->self->calls, OhExplainCall, judge->call);

  transaction->is_register = oh_sip_message_is_method (message, "REGISTER");
  say_flow (judge, message, transaction->flow);
  oh_explain_read_proof (judge, message, transaction);
  (void) judge_diagnostics (judge, message, transaction->flow);
  if (event_is (message, "registration-notify") && !oh_sip_message_is_method (message, "SUBSCRIBE"))
    judge_registration_notify (judge, message);
  if (transaction->flow == OH_DIAGNOSTIC_CSTA)
    judge_csta (judge, message);
  if (oh_sip_message_is_method (message, "NOTIFY") ||
      oh_sip_message_is_method (message, "BENOTIFY"))
    call->has_notify = TRUE;
}

/* --- answers ------------------------------------------------------------------------------- */

static gboolean
has_usable_contact (const OhSipMessage *message)
{
  g_auto (GStrv) contacts = oh_sip_message_get_list (message, "Contact");

  for (gsize i = 0; contacts[i] != NULL; i++)
    {
      g_autofree char *lower = g_ascii_strdown (contacts[i], -1);

      if (strstr (lower, "sips:") != NULL ||
          (strstr (lower, "sip:") != NULL && strstr (lower, "transport=tls") != NULL))
        return TRUE;
    }
  return FALSE;
}

static void
judge_redirect (OhExplainJudge *judge, const OhSipMessage *message,
                const OhExplainTransaction *transaction, const char *details)
{
  OhExplainCall *call = &g_array_index (judge->self->calls, OhExplainCall, judge->call);

  if (!has_usable_contact (message))
    oh_explain_find (judge, "redirect-without-contact", details);
  else if (!transaction->is_answered && ++call->redirects > REDIRECTS_MAX)
    oh_explain_find (judge, "redirect-loop", oh_sip_message_get (message, "Contact"));
  else
    oh_explain_say (judge, _ ("Sends the client to its own server, as expected: %s."),
                    oh_sip_message_get (message, "Contact"));
}

static void
judge_success (OhExplainJudge *judge, const OhSipMessage *message,
               const OhExplainTransaction *transaction)
{
  OhExplainCall *call = &g_array_index (judge->self->calls, OhExplainCall, judge->call);

  guint64 expires = 1;

  (void) oh_sip_message_get_uint (message, "Expires", G_MAXUINT32, &expires);
  call->refusals = 0;
  if (transaction->is_register)
    {
      call->redirects = 0;
      oh_explain_report (judge->self, oh_diagnostic_code_find (expires > 0 ? "signed-in" : NULL),
                         NULL, judge->record->line);
    }
  if (oh_sip_message_is_method (message, "SUBSCRIBE") && expires > 0 &&
      g_bytes_get_size (oh_sip_message_body (message)) == 0 && call->accepted_line == 0)
    {
      call->wants_notify = TRUE;
      call->accepted_line = judge->record->line;
    }
  if (transaction->flow == OH_DIAGNOSTIC_CSTA)
    judge_csta (judge, message);
  if (!judge_diagnostics (judge, message, transaction->flow))
    oh_explain_say (judge, _ ("As expected."));
}

static void
judge_failure (OhExplainJudge *judge, const OhSipMessage *message,
               const OhExplainTransaction *transaction, const char *details)
{
  const OhDiagnosticSeen seen = { transaction->flow, oh_sip_message_status (message),
                                  OH_DIAGNOSTIC_NO_ID, 0 };
  const char *reason = oh_sip_message_get (message, "Reason");
  const OhDiagnosticCode *row;

  if (judge_diagnostics (judge, message, transaction->flow))
    return;
  row = oh_diagnostic_code_for (&seen);
  if (row == NULL && reason != NULL)
    row = oh_diagnostic_code_in_text (oh_slice_str (reason));
  oh_explain_find (judge, row != NULL ? row->code : "request-failed", details);
  if (transaction->flow == OH_DIAGNOSTIC_CSTA)
    judge_csta (judge, message);
}

void
oh_explain_judge_response (OhExplainJudge *judge, const OhSipMessage *message,
                           OhExplainTransaction *transaction)
{
  guint status = oh_sip_message_status (message);
  g_autofree char *details = describe (message, NULL);

  transaction->is_register |= oh_sip_message_is_method (message, "REGISTER");
  oh_explain_judge_date (judge, message);
  if (status < 200)
    {
      if (!judge_diagnostics (judge, message, transaction->flow))
        oh_explain_say (judge, _ ("Provisional, as expected."));
    }
  else if (status < 300)
    judge_success (judge, message, transaction);
  else if (status < 400 && transaction->is_register)
    judge_redirect (judge, message, transaction, details);
  else if (status == 401 || status == 407)
    oh_explain_judge_challenge (judge, message, transaction, details,
                                judge_diagnostics (judge, message, transaction->flow));
  else if (status >= 400)
    judge_failure (judge, message, transaction, details);
  transaction->is_answered |= status >= 200;
}

/* --- HTTP ---------------------------------------------------------------------------------- */

void
oh_explain_judge_http (OhExplainJudge *judge, const OhSipMessage *message)
{
  guint status = oh_sip_message_status (message);
  g_autofree char *details = NULL;

  if (oh_sip_message_is_request (message))
    {
      g_autofree char *lower = g_ascii_strdown (oh_sip_message_request_uri (message), -1);

      judge->self->asked_autodiscover = strstr (lower, "autodiscover") != NULL;
      return;
    }
  if (judge_diagnostics (judge, message, OH_DIAGNOSTIC_WEB))
    return;
  if (status < 400 || oh_sip_message_get (message, "X-MS-WebTicketURL") != NULL ||
      (status == 401 && !judge->self->asked_autodiscover &&
       oh_sip_message_get (message, "WWW-Authenticate") != NULL))
    {
      oh_explain_say (judge, _ ("As expected."));
      return;
    }
  details = g_strdup_printf ("HTTP %u %s", status, oh_sip_message_reason (message));
  oh_explain_find (
    judge, judge->self->asked_autodiscover ? "autodiscover-refused" : "request-failed", details);
}

/* --- at the end ---------------------------------------------------------------------------- */

void
oh_explain_judge_end (OhExplanation *self)
{
  for (guint i = 0; i < self->transactions->len; i++)
    {
      const OhExplainTransaction *one =
        &g_array_index (self->transactions, OhExplainTransaction, i);

      if (one->is_register && !one->is_answered && one->time_us > 0 &&
          self->last_us - one->time_us > ANSWER_MAX_US)
        oh_explain_report (self, oh_diagnostic_code_find ("register-no-answer"), NULL, one->line);
    }
  for (guint i = 0; i < self->calls->len; i++)
    {
      const OhExplainCall *call = &g_array_index (self->calls, OhExplainCall, i);

      if (call->wants_notify && !call->has_notify)
        oh_explain_report (self, oh_diagnostic_code_find ("subscription-silent"), call->title,
                           call->accepted_line);
    }
}
