/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "finding.h"

static const char *const words[OH_FINDING_N_SEVERITIES] = {
  [OH_FINDING_OK] = "ok",
  [OH_FINDING_INFO] = "info",
  [OH_FINDING_WARNING] = "warning",
  [OH_FINDING_ERROR] = "error",
};

OhFinding *
oh_finding_new (OhFindingSeverity severity, const char *code, const char *title, const char *cause,
                const char *remedy, guint line)
{
  OhFinding *self = g_new (OhFinding, 1);

  *self = (OhFinding){
    .severity = severity,
    .code = g_strdup (code),
    .title = g_strdup (title),
    .cause = g_strdup (cause != NULL ? cause : ""),
    .remedy = g_strdup (remedy != NULL ? remedy : ""),
    .line = line,
  };
  return self;
}

void
oh_finding_free (OhFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->title);
  g_free (self->cause);
  g_free (self->remedy);
  g_free (self);
}

const char *
oh_finding_severity_word (OhFindingSeverity severity)
{
  g_return_val_if_fail (severity < OH_FINDING_N_SEVERITIES, "error");
  return words[severity];
}

gboolean
oh_finding_severity_parse (const char *word, OhFindingSeverity *severity)
{
  for (guint i = 0; i < OH_FINDING_N_SEVERITIES; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *severity = (OhFindingSeverity) i;
        return TRUE;
      }
  return FALSE;
}
