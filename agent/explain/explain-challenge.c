/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain-challenge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "auth-challenge.h"
#include "auth-token.h"
#include "ntlm-keys.h"
#include "sip-date.h"

/* Kerberos allows five minutes (RFC 4120 1.6); a minute before that is worth a word. */
#define SKEW_WARNING_S 240
#define SKEW_MAX_S 300
/* Challenges in a row to complete answers from which on it is a loop. */
#define REFUSALS_MAX 3

/* --- credentials --------------------------------------------------------------------------- */

/* The value of a parameter of a credentials or challenge line, whatever state the line is in:
 * traces have tokens taken out or cut off. */
static gboolean
find_param (const char *line, const char *name, OhSlice *out)
{
  OhSlice cursor = oh_slice_str (line);

  (void) oh_slice_eat_token (&cursor);
  while (cursor.len > 0)
    {
      OhSlice key, value;

      while (oh_slice_eat_space (&cursor) > 0 || oh_slice_eat (&cursor, ','))
        ;
      key = oh_slice_eat_token (&cursor);
      (void) oh_slice_eat_space (&cursor);
      if (key.len == 0 || !oh_slice_eat (&cursor, '='))
        return FALSE;
      (void) oh_slice_eat_space (&cursor);
      if (!oh_slice_eat_quoted (&cursor, &value))
        value = oh_slice_trim (oh_slice_eat_until (&cursor, ","));
      if (oh_slice_equal_case (key, name))
        {
          *out = value;
          return TRUE;
        }
    }
  return FALSE;
}

/* What a token is, without its secrets; TRUE when it could be read. */
static gboolean
describe (OhExplainJudge *judge, OhSlice base64, OhAuthToken *token)
{
  g_autofree char *copy = oh_slice_dup (base64);
  g_autofree guchar *data = NULL;
  g_autofree char *text = NULL;
  gsize len;

  if (base64.len == 0 || base64.len > OH_AUTH_TOKEN_MAX / 3 * 4 + 4)
    return FALSE;
  data = g_base64_decode (copy, &len);
  if (len < 4)
    return FALSE;
  text = oh_auth_token_describe (data, len, token);
  oh_explain_say (judge, "%s.", text);
  return TRUE;
}

static void
read_credentials (OhExplainJudge *judge, const char *line, OhExplainTransaction *transaction)
{
  OhSlice value;
  OhAuthToken token = { OH_AUTH_TOKEN_OTHER, 0, 0 };
  OhExplainProof proof = OH_EXPLAIN_NO_PROOF;

  transaction->is_tls_dsk |= g_ascii_strncasecmp (line, "TLS-DSK", 7) == 0;
  if (find_param (line, "gssapi-data", &value))
    proof = value.len == 0 ? OH_EXPLAIN_FIRST_STEP : OH_EXPLAIN_FINAL_STEP;
  else if (find_param (line, "response", &value))
    proof = OH_EXPLAIN_SIGNED;
  if (proof == OH_EXPLAIN_FINAL_STEP && describe (judge, value, &token) &&
      token.kind == OH_AUTH_TOKEN_AUTHENTICATE)
    {
      transaction->is_ntlm_v1 = token.nt_length == 24;
      transaction->is_weak = (token.flags & OH_NTLM_128) == 0;
    }
  if (proof == OH_EXPLAIN_FIRST_STEP)
    oh_explain_say (judge, _ ("Asks for a challenge."));
  else if (proof == OH_EXPLAIN_SIGNED)
    oh_explain_say (judge, _ ("Signed."));
  transaction->proof = MAX (transaction->proof, proof);
}

void
oh_explain_read_proof (OhExplainJudge *judge, const OhSipMessage *message,
                       OhExplainTransaction *transaction)
{
  static const char *const names[] = { "Authorization", "Proxy-Authorization" };
  const char *line;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint n = 0; (line = oh_sip_message_get_nth (message, names[i], n)) != NULL; n++)
      read_credentials (judge, line, transaction);
  if (transaction->is_weak)
    oh_explain_find (judge, "ntlm-weak-keys", NULL);
}

/* --- challenges ---------------------------------------------------------------------------- */

/* What the challenges of a response are. */
typedef struct
{
  GString *schemes;    /* (owned): their names, for people */
  gboolean has_usable; /* Kerberos or NTLM is among them */
  gboolean has_any;    /* there is one at all */
  gboolean has_token;  /* one goes on with a handshake */
  char *foreign;       /* (owned) (nullable): a name that is no sip service */
} Offer;

static void
offer_clear (Offer *offer)
{
  g_string_free (offer->schemes, TRUE);
  g_free (offer->foreign);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offer, offer_clear)

/* Kerberos names sip/HOST and nothing else: a ticket for another service could be used there. */
static gboolean
is_foreign_service (const char *target)
{
  const char *host = g_ascii_strncasecmp (target, "sip/", 4) == 0 ? target + 4 : NULL;

  return host == NULL || *host == '\0' || strpbrk (host, "/@") != NULL;
}

static void
add_offer (Offer *offer, const char *scheme, const char *target)
{
  gboolean is_kerberos = g_ascii_strcasecmp (scheme, "Kerberos") == 0;

  g_string_append_printf (offer->schemes, "%s%s", offer->schemes->len > 0 ? ", " : "", scheme);
  offer->has_any = TRUE;
  offer->has_usable |= is_kerberos || g_ascii_strcasecmp (scheme, "NTLM") == 0;
  if (is_kerberos && target != NULL && offer->foreign == NULL && is_foreign_service (target))
    offer->foreign = g_strdup (target);
}

static void
read_challenge (OhExplainJudge *judge, const char *line, Offer *offer)
{
  g_autoptr (GPtrArray) parsed = oh_auth_challenge_parse (oh_slice_str (line), NULL);
  OhSlice cursor = oh_slice_str (line);
  g_autofree char *scheme = oh_slice_dup (oh_slice_eat_token (&cursor));
  g_autofree char *target = NULL;
  OhSlice value;

  if (find_param (line, "gssapi-data", &value) && value.len > 0)
    {
      OhAuthToken token;

      offer->has_token = TRUE;
      (void) describe (judge, value, &token);
    }
  for (guint i = 0; parsed != NULL && i < parsed->len; i++)
    {
      const OhAuthChallenge *one = g_ptr_array_index (parsed, i);

      add_offer (offer, one->scheme_text, one->target);
    }
  if (parsed != NULL)
    return;
  if (find_param (line, "targetname", &value))
    target = oh_slice_dup (value);
  add_offer (offer, scheme, target);
}

static void
read_offers (OhExplainJudge *judge, const OhSipMessage *message, Offer *offer)
{
  static const char *const names[] = { "WWW-Authenticate", "Proxy-Authenticate" };
  const char *line;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint n = 0; (line = oh_sip_message_get_nth (message, names[i], n)) != NULL; n++)
      read_challenge (judge, line, offer);
}

/* The answer was complete and did not do. */
static void
judge_refusal (OhExplainJudge *judge, const OhExplainTransaction *transaction, const char *details,
               gboolean is_told)
{
  if (transaction->is_ntlm_v1)
    oh_explain_find (judge, "ntlm-v1-refused", details);
  if (transaction->is_tls_dsk)
    oh_explain_find (judge, "certificate-sign-in-refused", details);
  else if (!is_told && !transaction->is_ntlm_v1)
    oh_explain_find (judge, "credentials-rejected", details);
  oh_explain_say (judge, _ ("The answer to the challenge was refused."));
}

/* A log of a server has the same answer twice, as it comes and as it goes; it counts once. */
static void
count_refusal (OhExplainJudge *judge, const OhExplainTransaction *transaction, const char *details)
{
  OhExplainCall *call = &g_array_index (judge->self->calls, OhExplainCall, judge->call);

  if (!transaction->is_answered && ++call->refusals > REFUSALS_MAX)
    oh_explain_find (judge, "authentication-loop", details);
}

void
oh_explain_judge_challenge (OhExplainJudge *judge, const OhSipMessage *message,
                            const OhExplainTransaction *transaction, const char *details,
                            gboolean is_told)
{
  g_auto (Offer) offer = { .schemes = g_string_new (NULL) };

  read_offers (judge, message, &offer);
  if (offer.foreign != NULL)
    oh_explain_find (judge, "spn-refused", offer.foreign);
  switch (transaction->proof)
    {
    case OH_EXPLAIN_FINAL_STEP:
      if (transaction->is_tls_dsk && offer.has_token)
        {
          oh_explain_say (judge, _ ("The handshake goes on: as expected."));
          return; /* TLS takes several rounds */
        }
      count_refusal (judge, transaction, details);
      judge_refusal (judge, transaction, details, is_told);
      break;
    case OH_EXPLAIN_SIGNED:
      count_refusal (judge, transaction, details);
      if (!is_told)
        oh_explain_find (judge, "association-lost", details);
      break;
    case OH_EXPLAIN_FIRST_STEP:
    case OH_EXPLAIN_NO_PROOF:
      if (offer.has_any && !offer.has_usable)
        oh_explain_find (judge, "schemes-unsupported", offer.schemes->str);
      else if (offer.has_token)
        oh_explain_say (judge, _ ("The challenge: as expected."));
      else
        oh_explain_say (judge, _ ("Part of the sign-in, as expected. Offers %s."),
                        offer.has_any ? offer.schemes->str : _ ("nothing"));
      break;
    }
}

/* --- clocks -------------------------------------------------------------------------------- */

/* A difference that is still allowed is a warning. */
static void
report_skew (OhExplainJudge *judge, const char *details, gboolean is_allowed)
{
  OhDiagnosticCode code = *oh_diagnostic_code_find ("clock-skew");

  if (is_allowed)
    code.severity = OH_FINDING_WARNING;
  oh_explain_report (judge->self, &code, details, judge->record->line);
  oh_explain_say (judge, "%s.", _ (code.title));
  judge->verdict = MAX (judge->verdict, code.severity);
}

void
oh_explain_judge_date (OhExplainJudge *judge, const OhSipMessage *message)
{
  gint64 server_s, skew_s, ours_s = judge->record->time_us / G_USEC_PER_SEC;
  const char *date = oh_sip_message_get (message, "Date");
  g_autoptr (GDateTime) ours = NULL;
  g_autofree char *text = NULL;
  g_autofree char *details = NULL;

  if (date == NULL || !judge->record->is_utc || judge->record->way != OH_TRACE_IN ||
      !oh_sip_date_parse (oh_slice_str (date), &server_s))
    return;
  skew_s = ABS (server_s - ours_s);
  if (skew_s <= SKEW_WARNING_S)
    return;
  ours = g_date_time_new_from_unix_utc (ours_s);
  text = g_date_time_format (ours, "%a, %d %b %Y %H:%M:%S GMT");
  details = g_strdup_printf (_ ("server %s, this computer %s"), date, text);
  report_skew (judge, details, skew_s <= SKEW_MAX_S);
}
