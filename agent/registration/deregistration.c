/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "deregistration.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "register-answer.h"
#include "sip-header.h"

/* Parameters of the body that are looked at. */
#define PARAMS_MAX 16

static const struct
{
  const char *word;
  OhDeregistration meaning;
} words[] = {
  { "rejected", OH_DEREGISTRATION_REJECTED },
  { "unregistered", OH_DEREGISTRATION_UNREGISTERED },
  { "deactivated", OH_DEREGISTRATION_DEACTIVATED },
};

static OhDeregistration
meaning_of (OhSlice event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (oh_slice_equal_case (event, words[i].word))
      return words[i].meaning;
  return OH_DEREGISTRATION_NONE;
}

/* "deregistered;event=rejected", in any order. */
OhDeregistration
oh_deregistration_read (const OhSipMessage *request)
{
  gsize len;
  const char *data = g_bytes_get_data (oh_sip_message_body (request), &len);
  OhSlice cursor = oh_slice (data, len);
  OhDeregistration meaning = OH_DEREGISTRATION_NONE;
  gboolean deregistered = FALSE;

  for (guint i = 0; i < PARAMS_MAX && cursor.len > 0; i++)
    {
      OhSlice value = oh_slice_trim (oh_slice_eat_until (&cursor, ";\r\n"));
      OhSlice name = oh_slice_trim (oh_slice_eat_until (&value, "="));

      (void) oh_slice_eat (&value, '=');
      if (oh_slice_equal_case (name, "deregistered"))
        deregistered = TRUE;
      else if (oh_slice_equal_case (name, "event") && meaning == OH_DEREGISTRATION_NONE)
        meaning = meaning_of (oh_slice_trim (value));
      if (cursor.len > 0)
        cursor = oh_slice (cursor.data + 1, cursor.len - 1); /* the separator */
    }
  return deregistered ? meaning : OH_DEREGISTRATION_NONE;
}

/* Returns: (transfer full): " (4141: User disabled)", or nothing */
static char *
servers_words (const OhSipMessage *request)
{
  OhSipDiagnostics said = { 0 };
  g_autofree char *reason = NULL;

  if (!oh_sip_diagnostics_of (request, &said) || said.id == 0)
    return g_strdup ("");
  reason = oh_register_dup_reason (&said);
  return reason[0] != '\0' ? g_strdup_printf (" (%u: %s)", said.id, reason)
                           : g_strdup_printf (" (%u)", said.id);
}

gboolean
oh_deregistration_explain (const OhSipMessage *request, const char *server, const char *uri,
                           double random, gint *retry_s, GError **error)
{
  const int spread_s = OH_DEREGISTRATION_RETURN_MAX_S - OH_DEREGISTRATION_RETURN_MIN_S;
  g_autofree char *said = servers_words (request);

  *retry_s = OH_REGISTER_NEVER;
  switch (oh_deregistration_read (request))
    {
    case OH_DEREGISTRATION_REJECTED:
      g_set_error (error, OH_ERROR, OH_ERROR_ACCOUNT,
                   _ ("%s signed you out: the account %s is disabled%s."), server, uri, said);
      return TRUE;
    case OH_DEREGISTRATION_UNREGISTERED:
      g_set_error (error, OH_ERROR, OH_ERROR_NOT_SIGNED_IN,
                   _ ("%s signed you out, because you signed in elsewhere%s."), server, said);
      return TRUE;
    case OH_DEREGISTRATION_DEACTIVATED:
      *retry_s = OH_DEREGISTRATION_RETURN_MIN_S + (gint) (random * spread_s);
      g_set_error (error, OH_ERROR, OH_ERROR_UNREACHABLE,
                   _ ("%s sends its users to another server%s."), server, said);
      return TRUE;
    case OH_DEREGISTRATION_NONE:
    default: *retry_s = OH_REGISTER_BACK_OFF; return FALSE;
    }
}
