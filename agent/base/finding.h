/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhFindingSeverity:
 * @OH_FINDING_OK: tried, and as it should be
 * @OH_FINDING_INFO: worth knowing, nothing to do
 * @OH_FINDING_WARNING: works, but not well or not for long
 * @OH_FINDING_ERROR: does not work until somebody does something
 *
 * The words of `doctor --json` and `explain --json` are the nicks, see
 * oh_finding_severity_word(). In rising order.
 */
typedef enum
{
  OH_FINDING_OK,
  OH_FINDING_INFO,
  OH_FINDING_WARNING,
  OH_FINDING_ERROR,
  OH_FINDING_N_SEVERITIES,
} OhFindingSeverity;

/**
 * OhFinding:
 * @severity: how bad it is
 * @code: (owned): stable word for programs, "clock-skew"; never translated, never renamed
 * @title: (owned): what was tried or seen, one line
 * @cause: (owned): what came of it and why, sentences; may be ""
 * @remedy: (owned): what to do, and who; "" when nothing is to be done
 * @line: where it was read, counted from 1; 0 for nowhere
 *
 * One thing that the doctor or the reader of traces has to say. Texts are for the user, translated,
 * without secrets.
 */
typedef struct
{
  OhFindingSeverity severity;
  char *code;
  char *title;
  char *cause;
  char *remedy;
  guint line;
} OhFinding;

/**
 * oh_finding_new:
 * @severity: how bad it is
 * @code: stable word; copied
 * @title: one line; copied
 * @cause: (nullable): sentences; copied; NULL for ""
 * @remedy: (nullable): sentences; copied; NULL for ""
 * @line: where it was read, from 1; 0 for nowhere
 *
 * Returns: (transfer full): the finding
 */
OhFinding *oh_finding_new (OhFindingSeverity severity, const char *code, const char *title,
                           const char *cause, const char *remedy, guint line);

/**
 * oh_finding_free:
 * @self: (nullable) (transfer full): a finding
 */
void oh_finding_free (OhFinding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhFinding, oh_finding_free)

/**
 * oh_finding_severity_word:
 * @severity: a severity
 *
 * Returns: (transfer none): "ok", "info", "warning", "error"
 */
const char *oh_finding_severity_word (OhFindingSeverity severity);

/**
 * oh_finding_severity_parse:
 * @word: text of another process
 * @severity: (out): set when @word is one of the words
 *
 * Returns: whether it is
 */
gboolean oh_finding_severity_parse (const char *word, OhFindingSeverity *severity);

G_END_DECLS
