/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-text.h"

#include <string.h>

/* Country codes have one to three digits (E.164). */
#define COUNTRY_DIGITS_MAX 3u
/* Signs that fold.h never leaves in a word: what begins there is known by one look. */
#define FIRST_WORD '\x01'
#define WORD '\x02'
#define PART '\x03'
#define NUMBER '\x04'

struct _OhSearchText
{
  char *words;   /* (owned): FIRST_WORD or WORD before each form of each word of the name */
  char *lines;   /* (owned): PART before each part of each address, down to its end */
  char *numbers; /* (owned): NUMBER before each, "+" and digits */
};

/* One part of the query: any of the ways in which it can fit. */
typedef struct
{
  GPtrArray
    *words;      /* (owned) (element-type GPtrArray of utf8): forms of each word, each with WORD */
  char *line;    /* (owned) (nullable): with PART */
  char *digits;  /* (owned) (nullable): anywhere, or from the beginning with NUMBER */
  char *abroad;  /* (owned) (nullable): "0049…" as "+49…", with NUMBER */
  char *at_home; /* (owned) (nullable): "030…" without its zero; behind a country code */
  char *from_there; /* (owned) (nullable): "+49…" for numbers that are kept without it */
} NeedlePart;

struct _OhSearchNeedle
{
  GPtrArray *parts; /* (owned) (element-type NeedlePart) */
};

/* --- what is searched ----------------------------------------------------------------------- */

static char *
fold_name (const char *name)
{
  g_autoptr (GPtrArray) words = oh_fold_words (name);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const OhFoldedWord *word = g_ptr_array_index (words, i);
      char mark = i == 0 ? FIRST_WORD : WORD;

      g_string_append_c (text, mark);
      g_string_append (text, word->base);
      if (word->spelt != NULL)
        {
          g_string_append_c (text, mark);
          g_string_append (text, word->spelt);
        }
    }
  return g_strdup (text->str);
}

static const char *
without_scheme (const char *address)
{
  if (g_ascii_strncasecmp (address, "sip:", 4) == 0)
    return address + 4;
  return g_ascii_strncasecmp (address, "sips:", 5) == 0 ? address + 5 : address;
}

/* "bob.baker@fabrikam.test" is found as "bob…", "baker@…" and "@fabrikam…"; never as "fabrikam":
 * that would be everybody. */
static void
add_address (GString *text, const char *address)
{
  g_autofree char *line = oh_fold_line (without_scheme (address));
  gboolean begins = TRUE;

  for (const char *p = line; *p != '\0'; p++)
    {
      if (begins || *p == '@')
        g_string_append_printf (text, "%c%s", PART, p);
      if (*p == '@')
        return;
      begins = strchr (".-_+", *p) != NULL;
    }
}

static void
add_number (GString *text, const char *number)
{
  gsize digits = strcspn (number, ";");
  const char *ext = strstr (number, ";ext=");

  g_string_append_printf (text, "%c%.*s", NUMBER, (int) digits, number);
  if (ext != NULL)
    g_string_append_printf (text, "%c%s", NUMBER, ext + strlen (";ext="));
}

OhSearchText *
oh_search_text_new (const char *name, const char *const *addresses, const char *const *numbers)
{
  OhSearchText *self = g_new0 (OhSearchText, 1);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    add_address (lines, addresses[i]);
  for (guint i = 0; numbers != NULL && numbers[i] != NULL && i < OH_SEARCH_NUMBERS_MAX; i++)
    add_number (digits, numbers[i]);
  self->words = fold_name (name);
  self->lines = g_strdup (lines->str);
  self->numbers = g_strdup (digits->str);
  return self;
}

void
oh_search_text_free (OhSearchText *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self->lines);
  g_free (self->numbers);
  g_free (self);
}

int
oh_search_text_compare (const OhSearchText *a, const OhSearchText *b)
{
  return strcmp (a->words, b->words);
}

/* --- what is looked for --------------------------------------------------------------------- */

static char *
marked (char mark, const char *text)
{
  return g_strdup_printf ("%c%s", mark, text);
}

static void
needle_part_free (gpointer data)
{
  NeedlePart *part = data;

  g_ptr_array_unref (part->words);
  g_free (part->line);
  g_free (part->digits);
  g_free (part->abroad);
  g_free (part->at_home);
  g_free (part->from_there);
  g_free (part);
}

static GPtrArray *
forms_of (const OhFoldedWord *word)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (forms, marked (WORD, word->base));
  if (word->spelt != NULL)
    g_ptr_array_add (forms, marked (WORD, word->spelt));
  return forms;
}

static gboolean
is_long_enough (const char *digits)
{
  return strlen (digits) >= OH_QUERY_NATIONAL_MIN;
}

static void
read_number (NeedlePart *part, const char *digits)
{
  gsize zeros = strspn (digits, "0");

  part->digits = digits[0] == '+' ? marked (NUMBER, digits) : g_strdup (digits);
  if (digits[0] == '+')
    part->from_there = g_strdup (digits + 1);
  else if (zeros >= 2 && is_long_enough (digits + 2))
    {
      part->abroad = g_strdup_printf ("%c+%s", NUMBER, digits + 2);
      part->from_there = g_strdup (digits + 2);
    }
  else if (zeros == 1 && is_long_enough (digits + 1))
    part->at_home = g_strdup (digits + 1);
}

static NeedlePart *
needle_part_new (const OhQueryPart *typed)
{
  NeedlePart *part = g_new0 (NeedlePart, 1);

  part->words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < typed->words->len; i++)
    g_ptr_array_add (part->words, forms_of (g_ptr_array_index (typed->words, i)));
  if (typed->line[0] != '\0')
    part->line = marked (PART, without_scheme (typed->line));
  if (typed->digits != NULL)
    read_number (part, typed->digits);
  return part;
}

OhSearchNeedle *
oh_search_needle_new (const OhQuery *query)
{
  OhSearchNeedle *self = g_new0 (OhSearchNeedle, 1);

  self->parts = g_ptr_array_new_with_free_func (needle_part_free);
  for (guint i = 0; i < query->parts->len; i++)
    g_ptr_array_add (self->parts, needle_part_new (g_ptr_array_index (query->parts, i)));
  return self;
}

void
oh_search_needle_free (OhSearchNeedle *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* --- looking -------------------------------------------------------------------------------- */

/* Does a word of the name begin so? The first one is marked as that, and comes before all others.
 */
static OhSearchRank
match_form (const char *words, const char *form)
{
  gsize len = strlen (form) - 1; /* without its mark */

  for (const char *p = words; *p == FIRST_WORD; p += strcspn (p + 1, "\x01\x02") + 1)
    if (strncmp (p + 1, form + 1, len) == 0)
      return OH_SEARCH_NAME;
  return strstr (words, form) != NULL ? OH_SEARCH_WORD : OH_SEARCH_NONE;
}

static OhSearchRank
match_word (const char *words, const GPtrArray *forms)
{
  OhSearchRank best = OH_SEARCH_NONE;

  for (guint i = 0; i < forms->len && best != OH_SEARCH_NAME; i++)
    best = MIN (best, match_form (words, g_ptr_array_index (forms, i)));
  return best;
}

/* All words of a part; it begins the name when its first one does. */
static OhSearchRank
match_words (const char *words, const GPtrArray *part)
{
  OhSearchRank rank = OH_SEARCH_NONE;

  for (guint i = 0; i < part->len; i++)
    {
      OhSearchRank one = match_word (words, g_ptr_array_index (part, i));

      if (one == OH_SEARCH_NONE)
        return OH_SEARCH_NONE;
      if (i == 0)
        rank = one;
    }
  return rank;
}

/* "+49…30 398…": the digits stand behind a country code, whichever it is. */
static gboolean
match_at_home (const char *numbers, const char *digits)
{
  gsize len = strlen (digits);

  for (const char *p = strchr (numbers, NUMBER); p != NULL; p = strchr (p + 1, NUMBER))
    for (gsize i = 1; p[1] == '+' && i <= COUNTRY_DIGITS_MAX && g_ascii_isdigit (p[1 + i]); i++)
      if (strncmp (p + 2 + i, digits, len) == 0)
        return TRUE;
  return FALSE;
}

/* "030 398…" or "30 398…" is kept and "49 30 398…" was typed: the country code may have one to
 * three digits. */
static gboolean
match_from_there (const char *numbers, const char *digits)
{
  for (const char *p = strchr (numbers, NUMBER); p != NULL; p = strchr (p + 1, NUMBER))
    for (gsize i = 1; p[1] == '0' && i <= COUNTRY_DIGITS_MAX && strlen (digits) > i; i++)
      if (is_long_enough (digits + i) && strncmp (p + 2, digits + i, strlen (digits + i)) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
match_number (const char *numbers, const NeedlePart *part)
{
  return strstr (numbers, part->digits) != NULL ||
         (part->abroad != NULL && strstr (numbers, part->abroad) != NULL) ||
         (part->at_home != NULL && match_at_home (numbers, part->at_home)) ||
         (part->from_there != NULL && match_from_there (numbers, part->from_there));
}

static OhSearchRank
match_part (const OhSearchText *self, const NeedlePart *part)
{
  OhSearchRank rank = match_words (self->words, part->words);

  if (rank != OH_SEARCH_NONE)
    return rank;
  if (part->line != NULL && strstr (self->lines, part->line) != NULL)
    return OH_SEARCH_MAIL;
  if (part->digits != NULL && match_number (self->numbers, part))
    return OH_SEARCH_NUMBER;
  return OH_SEARCH_NONE;
}

OhSearchRank
oh_search_text_match (const OhSearchText *self, const OhSearchNeedle *needle)
{
  OhSearchRank worst = OH_SEARCH_NAME;
  gboolean begins = needle->parts->len == 0; /* who types nothing finds everybody */

  for (guint i = 0; i < needle->parts->len; i++)
    {
      OhSearchRank rank = match_part (self, g_ptr_array_index (needle->parts, i));

      if (rank == OH_SEARCH_NONE)
        return OH_SEARCH_NONE;
      begins = begins || rank == OH_SEARCH_NAME;
      /* "mu schu": the first word of the name is among what was typed */
      worst = MAX (worst, rank == OH_SEARCH_WORD ? OH_SEARCH_NAME : rank);
    }
  return worst == OH_SEARCH_NAME && !begins ? OH_SEARCH_WORD : worst;
}
