/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "finding.h"

/* What the tests of the doctor's judges share. */

#define NOW_S G_GINT64_CONSTANT (1769850000) /* 2026-01-31 09:00 UTC */

static inline GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
}

/* "code/severity;…": what was found, in order */
static inline char *
summary (const GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (text, "%s%s/%s", i > 0 ? ";" : "", finding->code,
                              oh_finding_severity_word (finding->severity));
    }
  return g_string_free (text, FALSE);
}
