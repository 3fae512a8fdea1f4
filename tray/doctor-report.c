/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MASK "…"

/* --- masking -------------------------------------------------------------------------------- */

/* What stands for somebody or opens something. The first group stays, the rest becomes MASK. */
static const struct
{
  const char *pattern;
  gboolean is_name; /* and no secret */
} rules[] = {
  /* parameters of [MS-SIPAE] headers, and what a password might stand behind */
  { "((?:gssapi-data|response|rspauth|opaque|password|passwd|pwd)\\s*[=:]\\s*)\"?[^\\s\",;]+\"?",
    FALSE },
  /* the beginning of an NTLM or SPNEGO token in base64 */
  { "()\\b(?:TlRMTVNTUA|YII)[A-Za-z0-9+/=]{16,}", FALSE },
  /* the secret path of a phone's events */
  { "(/s/)[0-9a-f]{32}", FALSE },
  /* alice@fabrikam.test, sip:alice@fabrikam.test */
  { "(^|[^A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+(?=@)", TRUE },
  /* FABRIKAM\alice */
  { "(\\b[A-Za-z0-9.-]+\\\\)[^\\s\\\\,;“”\"]+", TRUE },
  /* the folder of a user */
  { "(/home/)[^/\\s]+", TRUE },
  /* a telephone number: with "+", or a run of digits that is no part of anything else */
  { "()\\+[0-9][0-9 ()/-]{4,}[0-9]", TRUE },
  { "(^|[^A-Za-z0-9.:/-])[0-9]{6,}(?![A-Za-z0-9:-]|\\.[0-9])", TRUE },
};

static char *
replace (const char *text, const char *pattern, const char *with)
{
  g_autoptr (GRegex) regex =
    g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, (GRegexMatchFlags) 0, NULL);
  char *replaced;

  g_return_val_if_fail (regex != NULL, g_strdup (""));
  replaced = g_regex_replace (regex, text, -1, 0, with, (GRegexMatchFlags) 0, NULL);
  /* Where it could not be looked through nothing is told: rather too little than a secret. */
  return replaced != NULL ? replaced : g_strdup (MASK);
}

static char *
mask_user (const char *text, const char *user)
{
  g_autofree char *word = g_regex_escape_string (user, -1);
  g_autofree char *pattern = g_strdup_printf ("(?<![A-Za-z0-9])%s(?![A-Za-z0-9])", word);

  return replace (text, pattern, MASK);
}

char *
oh_doctor_mask (const char *text, const char *user, gboolean with_names)
{
  g_autofree char *cut = g_strndup (text, OH_DOCTOR_TEXT_MAX);
  char *masked = g_utf8_make_valid (cut, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!rules[i].is_name || !with_names)
      {
        g_autofree char *before = masked;

        masked = replace (before, rules[i].pattern, "\\1" MASK);
      }
  if (!with_names && user != NULL && user[0] != '\0')
    {
      g_autofree char *before = masked;

      masked = mask_user (before, user);
    }
  return masked;
}

/* --- the report ----------------------------------------------------------------------------- */

static guint
count (const GPtrArray *findings, OhFindingSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((const OhFinding *) g_ptr_array_index (findings, i))->severity == severity;
  return n;
}

char *
oh_doctor_summary (const GPtrArray *findings)
{
  guint n_errors = count (findings, OH_FINDING_ERROR);
  guint n_warnings = count (findings, OH_FINDING_WARNING);
  g_autofree char *errors =
    g_strdup_printf (ngettext ("%u error", "%u errors", n_errors), n_errors);
  g_autofree char *warnings =
    g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  if (n_errors > 0 && n_warnings > 0)
    return g_strdup_printf (_ ("%s, %s"), errors, warnings);
  if (n_errors > 0)
    return g_steal_pointer (&errors);
  if (n_warnings > 0)
    return g_steal_pointer (&warnings);
  return g_strdup (_ ("Nothing stands in the way"));
}

static void
add_text (GString *out, const OhDoctorReport *about, const char *before, const char *text)
{
  g_autofree char *masked = oh_doctor_mask (text, about->user, about->with_names);

  if (text[0] != '\0')
    g_string_append_printf (out, "%s%s\n", before, masked);
}

static void
add_finding (GString *out, const OhDoctorReport *about, const OhFinding *finding)
{
  g_autofree char *head =
    g_strdup_printf ("%-8s [%s] ", oh_finding_severity_word (finding->severity), finding->code);

  add_text (out, about, head, finding->title);
  add_text (out, about, "         ", finding->cause);
  add_text (out, about, "         → ", finding->remedy);
}

char *
oh_doctor_report (const OhDoctorReport *about, const GPtrArray *findings)
{
  GString *out = g_string_new (NULL);
  g_autofree char *summary = oh_doctor_summary (findings);

  g_string_append_printf (out, "Offhook %s, %s, %s\n%s\n\n", about->version, about->system,
                          about->date, summary);
  for (guint i = 0; i < findings->len; i++)
    add_finding (out, about, g_ptr_array_index (findings, i));
  return g_string_free (out, FALSE);
}
