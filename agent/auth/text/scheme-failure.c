/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scheme-failure.h"

static const struct
{
  const char *word;
  OhError code;
  gboolean other_may_mend;
  guint rank; /* what the user hears of when both fail: the higher; of equals the later */
} failures[OH_N_SCHEME_FAILURES] = {
  [OH_SCHEME_FAILURE_NONE] = { "none", OH_ERROR_FAILED, TRUE, 0 },
  /* of the ticket: NTLM needs none */
  [OH_SCHEME_FAILURE_NO_TICKET] = { "no-ticket", OH_ERROR_TICKET, TRUE, 2 },
  [OH_SCHEME_FAILURE_TICKET_EXPIRED] = { "ticket-expired", OH_ERROR_TICKET, TRUE, 2 },
  [OH_SCHEME_FAILURE_NAME_UNKNOWN] = { "name-unknown", OH_ERROR_SIGN_IN, TRUE, 1 },
  [OH_SCHEME_FAILURE_SERVICE_UNKNOWN] = { "service-unknown", OH_ERROR_MECHANISM, TRUE, 1 },
  [OH_SCHEME_FAILURE_NO_KDC] = { "no-kdc", OH_ERROR_UNREACHABLE, TRUE, 1 },
  [OH_SCHEME_FAILURE_CIPHER] = { "cipher", OH_ERROR_MECHANISM, TRUE, 1 },
  [OH_SCHEME_FAILURE_TICKET_REFUSED] = { "ticket-refused", OH_ERROR_MECHANISM, TRUE, 1 },
  /* NTLM allows three times the difference */
  [OH_SCHEME_FAILURE_CLOCK] = { "clock", OH_ERROR_CLOCK, TRUE, 2 },
  /* of either */
  [OH_SCHEME_FAILURE_UNAVAILABLE] = { "unavailable", OH_ERROR_MECHANISM, TRUE, 1 },
  [OH_SCHEME_FAILURE_BROKEN] = { "broken", OH_ERROR_PROTOCOL, TRUE, 1 },
  /* of NTLM: a ticket needs no password here, no session key of theirs and no permission */
  [OH_SCHEME_FAILURE_NO_PASSWORD] = { "no-password", OH_ERROR_SIGN_IN, TRUE, 1 },
  [OH_SCHEME_FAILURE_OFFER] = { "offer", OH_ERROR_MECHANISM, TRUE, 1 },
  [OH_SCHEME_FAILURE_KEY_STRENGTH] = { "key-strength", OH_ERROR_MECHANISM, TRUE, 1 },
  [OH_SCHEME_FAILURE_FORBIDDEN] = { "forbidden", OH_ERROR_MECHANISM, TRUE, 1 },
  /* judged: the other scheme would show the same password to the same directory */
  [OH_SCHEME_FAILURE_PASSWORD] = { "password", OH_ERROR_SIGN_IN, FALSE, 3 },
  [OH_SCHEME_FAILURE_PASSWORD_EXPIRED] = { "password-expired", OH_ERROR_PASSWORD_EXPIRED, FALSE,
                                           3 },
  [OH_SCHEME_FAILURE_ACCOUNT] = { "account", OH_ERROR_ACCOUNT, FALSE, 3 },
};

const char *
oh_scheme_failure_word (OhSchemeFailure failure)
{
  g_return_val_if_fail (failure < OH_N_SCHEME_FAILURES, "none");
  return failures[failure].word;
}

OhError
oh_scheme_failure_code (OhSchemeFailure failure)
{
  g_return_val_if_fail (failure < OH_N_SCHEME_FAILURES, OH_ERROR_FAILED);
  return failures[failure].code;
}

gboolean
oh_scheme_failure_other_may_mend (OhSchemeFailure failure)
{
  g_return_val_if_fail (failure < OH_N_SCHEME_FAILURES, FALSE);
  return failures[failure].other_may_mend;
}

gboolean
oh_scheme_failure_outranks (OhSchemeFailure first, OhSchemeFailure then)
{
  g_return_val_if_fail (first < OH_N_SCHEME_FAILURES && then < OH_N_SCHEME_FAILURES, FALSE);
  return failures[first].rank > failures[then].rank;
}
