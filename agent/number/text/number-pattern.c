/* SPDX-License-Identifier: GPL-3.0-or-later */

#define PCRE2_CODE_UNIT_WIDTH 8

#include "number-pattern.h"

#include <glib/gi18n-lib.h>
#include <pcre2.h>
#include <string.h>

#include "error.h"
#include "pattern-syntax.h"

/* Parentheses inside one another; each level costs stack while compiling. */
#define NESTING_MAX 32
/* What an attempt may hold on the heap for the places to come back to, in KiB. */
#define HEAP_KIB 1024
/* Internal attempts per step counted; only a belt, the steps end every search long before. */
#define ATTEMPTS_MAX 2000000

struct _OhNumberPattern
{
  pcre2_code *code;
  guint32 n_groups;
  gboolean plus;
};

void
oh_number_pattern_free (OhNumberPattern *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->code, pcre2_code_free);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, why);
  return FALSE;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (pcre2_compile_context, pcre2_compile_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (pcre2_match_context, pcre2_match_context_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (pcre2_match_data, pcre2_match_data_free)

/* A callout stands before every item, so that a search can be counted and ended. */
static pcre2_code *
compile (const char *text, OhPatternExtent extent, GError **error)
{
  g_autoptr (pcre2_compile_context) context = pcre2_compile_context_create (NULL);
  guint32 anchors = extent == OH_PATTERN_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
  PCRE2_UCHAR message[160];
  PCRE2_SIZE offset = 0;
  pcre2_code *code;
  int fault = 0;

  pcre2_set_parens_nest_limit (context, NESTING_MAX);
  code = pcre2_compile ((PCRE2_SPTR) text, PCRE2_ZERO_TERMINATED,
                        anchors | PCRE2_UTF | PCRE2_AUTO_CALLOUT | PCRE2_NEVER_BACKSLASH_C, &fault,
                        &offset, context);
  if (code != NULL)
    return code;
  pcre2_get_error_message (fault, message, sizeof message);
  /* Translators: the second is a message of the expression library, in English */
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
               _ ("the expression is wrong at character %u: %s"), (guint) offset + 1,
               (const char *) message);
  return NULL;
}

/* .NET gives numbers to the unnamed groups first, PCRE2 counts both as they come. */
static gboolean
check_groups (OhNumberPattern *self, GError **error)
{
  guint32 n_names = 0;

  pcre2_pattern_info (self->code, PCRE2_INFO_CAPTURECOUNT, &self->n_groups);
  pcre2_pattern_info (self->code, PCRE2_INFO_NAMECOUNT, &n_names);
  if (self->n_groups > OH_NUMBER_PATTERN_GROUPS_MAX)
    return refuse (error, _ ("the expression has too many groups"));
  if (n_names > 0 && n_names != self->n_groups)
    return refuse (error, _ ("the expression mixes groups with and without names"));
  if (oh_number_pattern_memory (self) > OH_NUMBER_PATTERN_MEMORY)
    return refuse (error, _ ("the expression is too large when its repetitions are written out"));
  return TRUE;
}

OhNumberPattern *
oh_number_pattern_new (const char *text, OhPatternExtent extent, GError **error)
{
  g_autoptr (OhNumberPattern) self = g_new0 (OhNumberPattern, 1);

  if (strlen (text) > OH_NUMBER_PATTERN_MAX)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
                   _ ("the expression is longer than %d characters"), OH_NUMBER_PATTERN_MAX);
      return NULL;
    }
  if (!oh_pattern_syntax_check (text, &self->plus, error))
    return NULL;
  self->code = compile (text, extent, error);
  if (self->code == NULL || !check_groups (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gsize
oh_number_pattern_memory (const OhNumberPattern *self)
{
  size_t octets = 0;

  pcre2_pattern_info (self->code, PCRE2_INFO_SIZE, &octets);
  return octets;
}

gboolean
oh_number_pattern_mentions_plus (const OhNumberPattern *self)
{
  return self->plus;
}

gboolean
oh_number_pattern_has_group (const OhNumberPattern *self, guint64 group)
{
  return group <= self->n_groups;
}

int
oh_number_pattern_named_group (const OhNumberPattern *self, const char *name)
{
  int group = pcre2_substring_number_from_name (self->code, (PCRE2_SPTR) name);

  return group > 0 ? group : -1;
}

static int
count_step (pcre2_callout_block *block, void *steps)
{
  guint *left = steps;

  if (*left == 0)
    return PCRE2_ERROR_CALLOUT; /* negative: the search ends with it */
  (*left)--;
  return 0;
}

static void
take_groups (const OhNumberPattern *self, pcre2_match_data *data, guint n_set,
             OhPatternGroup *groups)
{
  const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer (data);

  for (gsize i = 0; i <= self->n_groups; i++)
    {
      gboolean took_part = i < n_set && pairs[2 * i] != PCRE2_UNSET;

      groups[i].from = took_part ? pairs[2 * i] : 0;
      groups[i].to = took_part ? pairs[2 * i + 1] : 0;
    }
}

OhPatternOutcome
oh_number_pattern_match (const OhNumberPattern *self, const char *subject, gsize from, guint *steps,
                         OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1])
{
  g_autoptr (pcre2_match_data) data = pcre2_match_data_create (self->n_groups + 1, NULL);
  g_autoptr (pcre2_match_context) context = pcre2_match_context_create (NULL);
  int found;

  /* Never compiled to machine code: that would be writable code for somebody else's expression,
   * for one search per call. So the interpreter's limits below are the ones that hold. */
  pcre2_set_callout (context, count_step, steps);
  pcre2_set_match_limit (context, ATTEMPTS_MAX);
  pcre2_set_heap_limit (context, HEAP_KIB);
  found = pcre2_match (self->code, (PCRE2_SPTR) subject, strlen (subject), from, 0, data, context);
  if (found == PCRE2_ERROR_NOMATCH)
    return OH_PATTERN_NO_MATCH;
  if (found <= 0)
    return OH_PATTERN_TOO_COSTLY;
  /* "(?=a\Kb)" could end before it begins; \K is refused, this keeps it so */
  take_groups (self, data, (guint) found, groups);
  return groups[0].from <= groups[0].to ? OH_PATTERN_MATCH : OH_PATTERN_NO_MATCH;
}
