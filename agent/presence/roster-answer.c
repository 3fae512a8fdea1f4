/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-answer.h"

#include <glib/gi18n-lib.h>

#include "contact-soap.h"
#include "error.h"
#include "sip-diagnostics.h"

/* What [MS-OCER] says in ms-diagnostics. */
#define DIAGNOSTIC_NO_CONTACT 2001u
#define DIAGNOSTIC_NO_GROUP 2002u
#define DIAGNOSTIC_CONTACT_LIMIT 2007u
#define DIAGNOSTIC_GROUP_LIMIT 2008u
#define DIAGNOSTIC_SAME_GROUP 2015u

static OhContactSoapAnswer *
answer_of (OhSipMessage *response)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (response), &len);

  return len > 0 ? oh_contact_soap_parse (oh_slice (data, len), NULL) : NULL;
}

static guint
diagnostic_of (const OhSipMessage *response)
{
  OhSipDiagnostics diagnostics = { 0 };

  oh_sip_diagnostics_of (response, &diagnostics);
  return diagnostics.id;
}

/* Somebody else was quicker: what we know of the list is old. */
static gboolean
is_conflict (guint status, guint diagnostic, const OhContactSoapAnswer *answer)
{
  if (answer != NULL && answer->fault && (answer->wrong_number || status == 500))
    return TRUE;
  if (diagnostic == DIAGNOSTIC_NO_CONTACT || diagnostic == DIAGNOSTIC_NO_GROUP)
    return TRUE;
  return status == 409 && diagnostic != DIAGNOSTIC_CONTACT_LIMIT &&
         diagnostic != DIAGNOSTIC_GROUP_LIMIT && diagnostic != DIAGNOSTIC_SAME_GROUP;
}

static GError *
refusal (const OhSipMessage *response, guint diagnostic, const OhContactSoapAnswer *answer)
{
  guint status = oh_sip_message_status (response);
  const char *why =
    answer != NULL && answer->reason[0] != '\0' ? answer->reason : oh_sip_message_reason (response);

  switch (diagnostic)
    {
    case DIAGNOSTIC_CONTACT_LIMIT:
      return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                          _ ("Your contact list is full: the server keeps no more people. Remove "
                             "somebody first, or ask the administrator for a higher limit."));
    case DIAGNOSTIC_GROUP_LIMIT:
      return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                          _ ("The server keeps no more groups; remove one first."));
    case DIAGNOSTIC_SAME_GROUP:
      return g_error_new (OH_ERROR, OH_ERROR_USAGE,
                          _ ("There is a group of that name already; choose another name."));
    default: break;
    }
  if (status == 401 || status == 407 || status == 408 || status >= 500)
    return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                        _ ("The server cannot change your contact list at the moment (%u %s); try "
                           "again later."),
                        status, why);
  return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                      _ ("The server refused to change your contact list: %u %s."), status, why);
}

OhRosterVerdict
oh_roster_answer_judge (OhSipMessage *response, guint32 *group, GError **error)
{
  g_autoptr (OhContactSoapAnswer) answer = answer_of (response);
  guint diagnostic = diagnostic_of (response);
  guint status = oh_sip_message_status (response);

  *group = answer != NULL ? answer->group : 0;
  if (status < 300 && (answer == NULL || !answer->fault))
    return OH_ROSTER_MADE;
  if (is_conflict (status, diagnostic, answer))
    return OH_ROSTER_CONFLICTS;
  g_propagate_error (error, refusal (response, diagnostic, answer));
  return OH_ROSTER_REFUSED;
}
