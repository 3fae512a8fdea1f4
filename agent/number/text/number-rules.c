/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

/* A result before its separators are taken off; many replacements of one match cannot exceed it. */
#define RESULT_MAX ((gsize) 2 * OH_NUMBER_RULES_INPUT_MAX)
/* ITU-T E.123 6 and [MS-SIP] clients: what is only notation. */
#define SEPARATORS " ()-./"

typedef struct
{
  char *name;
  char *text; /* of the expression, to show it */
  char *translation;
  OhNumberPattern *pattern;
} Rule;

struct _OhNumberRules
{
  gatomicrefcount refs;
  GPtrArray *rules;
  GPtrArray *problems;
  gsize memory;  /* of the expressions tried, refused ones included */
  gboolean full; /* the problem of having too many was noted */
};

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_free (rule->name);
  g_free (rule->text);
  g_free (rule->translation);
  oh_number_pattern_free (rule->pattern);
  g_free (rule);
}

OhRuleProblem *
oh_rule_problem_new (const char *rule, const char *reason)
{
  OhRuleProblem *self = g_new0 (OhRuleProblem, 1);

  self->rule = g_strdup (rule);
  self->reason = g_strdup (reason);
  return self;
}

void
oh_rule_problem_free (OhRuleProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->reason);
  g_free (self);
}

void
oh_ruled_number_free (OhRuledNumber *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->extension);
  g_free (self->rule);
  g_free (self);
}

OhNumberRules *
oh_number_rules_new (void)
{
  OhNumberRules *self = g_new0 (OhNumberRules, 1);

  g_atomic_ref_count_init (&self->refs);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_rule_problem_free);
  return self;
}

OhNumberRules *
oh_number_rules_ref (OhNumberRules *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
oh_number_rules_unref (OhNumberRules *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* --- the translation, piece by piece --- */

/* What a translation says next: a group to take over, or characters of its own. */
typedef struct
{
  int group;              /* -1: literal */
  OhPatternGroup literal; /* offsets into the translation */
} Piece;

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, why);
  return FALSE;
}

/* .NET takes all digits; "$15" without a fifteenth group is five literal characters there. */
static gboolean
read_group_number (const OhNumberPattern *pattern, const char *digits, gsize len, Piece *piece,
                   GError **error)
{
  guint64 group = 0;

  for (gsize i = 0; i < len && group <= OH_NUMBER_PATTERN_GROUPS_MAX; i++)
    group = group * 10 + (guint64) (digits[i] - '0');
  if (!oh_number_pattern_has_group (pattern, group))
    {
      g_set_error (
        error, OH_ERROR, OH_ERROR_PROTOCOL,
        _ ("the translation names group %.*s, which the expression does not have; digits "
           "behind a group are written as ${1}5"),
        (int) MIN (len, 8), digits);
      return FALSE;
    }
  piece->group = (int) group;
  return TRUE;
}

static gboolean
read_braced_group (const OhNumberPattern *pattern, const char **cursor, Piece *piece,
                   GError **error)
{
  gsize len = strcspn (*cursor, "}");
  gsize digits = strspn (*cursor, "0123456789");
  g_autofree char *name = g_strndup (*cursor, len);

  if ((*cursor)[len] == '\0')
    return refuse (error, _ ("the translation has a “${” without “}”"));
  if (len > 0 && digits == len)
    {
      if (!read_group_number (pattern, *cursor, len, piece, error))
        return FALSE;
    }
  else
    {
      piece->group = oh_number_pattern_named_group (pattern, name);
      if (piece->group < 0)
        return refuse (error,
                       _ ("the translation names a group that the expression does not have"));
    }
  *cursor += len + 1;
  return TRUE;
}

/* Behind a "$". */
static gboolean
read_group (const OhNumberPattern *pattern, const char **cursor, Piece *piece, GError **error)
{
  gsize digits = strspn (*cursor, "0123456789");

  if (digits > 0)
    {
      const char *first = *cursor;

      *cursor += digits;
      return read_group_number (pattern, first, digits, piece, error);
    }
  if (**cursor == '{')
    {
      (*cursor)++;
      return read_braced_group (pattern, cursor, piece, error);
    }
  if (**cursor != '&')
    return refuse (error, _ ("the translation has a “$” that names no group"));
  (*cursor)++;
  piece->group = 0;
  return TRUE;
}

static gboolean
next_piece (const OhNumberPattern *pattern, const char *translation, const char **cursor,
            Piece *piece, GError **error)
{
  gsize len = strcspn (*cursor, "$");

  piece->group = -1;
  if (len == 0)
    {
      (*cursor)++;
      return read_group (pattern, cursor, piece, error);
    }
  piece->literal.from = (gsize) (*cursor - translation);
  piece->literal.to = piece->literal.from + len;
  if (strspn (*cursor, "+0123456789;ext=" SEPARATORS) < len)
    return refuse (error, _ ("the translation has a character that no number has"));
  *cursor += len;
  return TRUE;
}

static gboolean
check_translation (const OhNumberPattern *pattern, const char *translation, GError **error)
{
  const char *cursor = translation;
  Piece piece;

  if (strlen (translation) > OH_NUMBER_TRANSLATION_MAX)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
                   _ ("the translation is longer than %d characters"), OH_NUMBER_TRANSLATION_MAX);
      return FALSE;
    }
  if (translation[0] == '\0')
    return refuse (error, _ ("the translation is empty"));
  while (*cursor != '\0')
    if (!next_piece (pattern, translation, &cursor, &piece, error))
      return FALSE;
  return TRUE;
}

/* --- adding --- */

void
oh_number_rules_complain (OhNumberRules *self, const char *name, const char *reason)
{
  /* as many as there can be rules: a file of nothing but mistakes says enough with that */
  if (self->problems->len < OH_NUMBER_RULES_MAX)
    g_ptr_array_add (self->problems, oh_rule_problem_new (name, reason));
}

static gboolean
has_room (OhNumberRules *self, const char *name)
{
  if (self->rules->len < OH_NUMBER_RULES_MAX && self->memory <= OH_NUMBER_RULES_MEMORY)
    return TRUE;
  if (!self->full)
    g_ptr_array_add (self->problems,
                     oh_rule_problem_new (name, _ ("there are too many rules; this one and all "
                                                   "behind it are left out")));
  self->full = TRUE;
  return FALSE;
}

gboolean
oh_number_rules_add (OhNumberRules *self, const char *name, const char *pattern,
                     OhPatternExtent extent, const char *translation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNumberPattern) compiled = NULL;
  Rule *rule;

  if (!has_room (self, name))
    return FALSE;
  compiled = oh_number_pattern_new (pattern, extent, &error);
  /* what is refused has cost its time too */
  self->memory +=
    compiled != NULL ? oh_number_pattern_memory (compiled) : OH_NUMBER_RULES_MEMORY / 1000;
  if (compiled == NULL || !check_translation (compiled, translation, &error))
    {
      oh_number_rules_complain (self, name, error->message);
      return FALSE;
    }
  rule = g_new0 (Rule, 1);
  rule->name = g_strdup (name);
  rule->text = g_strdup (pattern);
  rule->translation = g_strdup (translation);
  rule->pattern = g_steal_pointer (&compiled);
  g_ptr_array_add (self->rules, rule);
  return TRUE;
}

guint
oh_number_rules_count (const OhNumberRules *self)
{
  return self != NULL ? self->rules->len : 0;
}

void
oh_number_rules_nth (const OhNumberRules *self, guint index, const char **name,
                     const char **pattern, const char **translation)
{
  const Rule *rule = g_ptr_array_index (self->rules, index);

  if (name != NULL)
    *name = rule->name;
  if (pattern != NULL)
    *pattern = rule->text;
  if (translation != NULL)
    *translation = rule->translation;
}

GPtrArray *
oh_number_rules_problems (const OhNumberRules *self)
{
  return self->problems;
}

/* --- applying --- */

static void
append_replacement (const Rule *rule, const char *text, const OhPatternGroup *groups,
                    GString *result)
{
  const char *cursor = rule->translation;

  while (*cursor != '\0')
    {
      Piece piece = { -1, { 0, 0 } };

      if (!next_piece (rule->pattern, rule->translation, &cursor, &piece, NULL))
        return; /* was checked when it was added */
      if (piece.group < 0)
        g_string_append_len (result, rule->translation + piece.literal.from,
                             (gssize) (piece.literal.to - piece.literal.from));
      else
        g_string_append_len (result, text + groups[piece.group].from,
                             (gssize) (groups[piece.group].to - groups[piece.group].from));
    }
}

/* An international number is complete: only a rule that was written for "+" may take it. */
static gboolean
takes (const Rule *rule, const char *text, const OhPatternGroup *match)
{
  return text[0] != '+' ||
         (oh_number_pattern_mentions_plus (rule->pattern) && match->from == 0 && match->to > 0);
}

/* Regex.Replace() of .NET: every match, from left to right; behind an empty one the search goes on
 * one character further. */
static OhPatternOutcome
replace_all (const Rule *rule, const char *text, guint *steps, GString *result)
{
  OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1];
  gsize len = strlen (text);
  gsize copied = 0;
  gboolean any = FALSE;

  for (gsize at = 0; at <= len && result->len <= RESULT_MAX;)
    {
      OhPatternOutcome outcome = oh_number_pattern_match (rule->pattern, text, at, steps, groups);

      if (outcome == OH_PATTERN_TOO_COSTLY)
        return outcome;
      if (outcome == OH_PATTERN_NO_MATCH || (!any && !takes (rule, text, &groups[0])))
        break;
      any = TRUE;
      g_string_append_len (result, text + copied, (gssize) (groups[0].from - copied));
      append_replacement (rule, text, groups, result);
      copied = groups[0].to;
      at = groups[0].to > groups[0].from ? groups[0].to : groups[0].to + 1;
    }
  if (any)
    g_string_append (result, text + copied);
  return any ? OH_PATTERN_MATCH : OH_PATTERN_NO_MATCH;
}

static char *
strip (const char *text)
{
  GString *bare = g_string_new (NULL);

  if (g_ascii_strncasecmp (text, "tel:", 4) == 0)
    text += 4;
  for (; *text != '\0'; text++)
    if (strchr (SEPARATORS, *text) == NULL)
      g_string_append_c (bare, *text);
  return g_string_free (bare, FALSE);
}

/* "+4420…", "4711", "+4420…;ext=77"; anything else is no number. */
static OhRuledNumber *
read_result (const char *result, const char *name)
{
  g_autofree char *bare = strip (result);
  gboolean plus = bare[0] == '+';
  gsize digits = strspn (bare + plus, "0123456789");
  const char *rest = bare + plus + digits;
  const char *extension = g_str_has_prefix (rest, ";ext=") ? rest + strlen (";ext=") : NULL;
  OhRuledNumber *number;

  if (digits == 0 || digits > OH_NUMBER_RULES_DIGITS_MAX || (plus && bare[1] == '0'))
    return NULL;
  if (extension == NULL && *rest != '\0')
    return NULL;
  if (extension != NULL && (*extension == '\0' || strlen (extension) > OH_NUMBER_RULES_DIGITS_MAX ||
                            extension[strspn (extension, "0123456789")] != '\0'))
    return NULL;
  number = g_new0 (OhRuledNumber, 1);
  number->number = g_strndup (bare, plus + digits);
  number->extension = g_strdup (extension);
  number->rule = g_strdup (name);
  return number;
}

static void
report (GPtrArray *problems, const Rule *rule, const char *reason)
{
  if (problems != NULL)
    g_ptr_array_add (problems, oh_rule_problem_new (rule->name, reason));
}

static OhRuledNumber *
apply_rule (const Rule *rule, const char *text, guint *steps, GPtrArray *problems)
{
  g_autoptr (GString) result = g_string_new (NULL);
  guint left = MIN (*steps, OH_NUMBER_RULE_STEPS);
  guint before = left;
  OhPatternOutcome outcome = replace_all (rule, text, &left, result);
  OhRuledNumber *number = NULL;

  *steps -= before - left;
  if (outcome == OH_PATTERN_TOO_COSTLY)
    report (problems, rule, _ ("the expression takes too long to match"));
  if (outcome != OH_PATTERN_MATCH)
    return NULL;
  if (result->len <= RESULT_MAX)
    number = read_result (result->str, rule->name);
  if (number == NULL)
    report (problems, rule, _ ("the translation does not give a number"));
  return number;
}

OhRuledNumber *
oh_number_rules_apply (const OhNumberRules *self, const char *text, GPtrArray *problems)
{
  g_autofree char *bare = NULL;
  guint steps = OH_NUMBER_RULES_STEPS;

  if (self == NULL || strlen (text) > OH_NUMBER_RULES_INPUT_MAX || !g_str_is_ascii (text))
    return NULL;
  bare = strip (text);
  if (bare[0] == '\0')
    return NULL;
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (self->rules, i);
      OhRuledNumber *number;

      if (steps == 0)
        {
          report (problems, rule, _ ("not tried: the rules before it took too long"));
          return NULL;
        }
      number = apply_rule (rule, bare, &steps, problems);
      if (number != NULL)
        return number;
    }
  return NULL;
}
