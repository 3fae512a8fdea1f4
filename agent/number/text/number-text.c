/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "number-char.h"
#include "number-link.h"
#include "number-noise.h"

/* A text in an error message is shown that far: enough to recognise it. */
#define QUOTED_CHARACTERS 24
/* "#12" behind so many digits is an extension ([MS-SIP] clients take it so), before it a code. */
#define HASH_EXTENSION_DIGITS 7
/* A word longer than that is no vanity number. */
#define VANITY_MAX 15

void
oh_number_text_free (OhNumberText *self)
{
  if (self == NULL)
    return;
  g_free (self->digits);
  g_free (self->extension);
  g_free (self->tones);
  g_free (self->context);
  g_free (self->host);
  g_free (self);
}

/* Printable and short: the text comes from anybody. */
static char *
quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("“");
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < QUOTED_CHARACTERS; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : 0xFFFD);
    }
  g_string_append (quoted,
                   text[0] != '\0' && g_utf8_strlen (text, -1) > QUOTED_CHARACTERS ? "…”" : "”");
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

gboolean
oh_number_text_refuse (GError **error, const char *text, const char *why)
{
  g_autofree char *quoted = quote (text);

  g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER, _ ("%s is not a number to dial: %s."), quoted,
               why);
  return FALSE;
}

/* --- what stands behind the digits --- */

static const char *
skip_mark (const char *p, const char *mark)
{
  gsize len = strlen (mark);

  if (g_ascii_strncasecmp (p, mark, len) != 0 || g_ascii_isalpha (p[len]))
    return NULL;
  return p + len + strspn (p + len, " .:=-(");
}

/* The digits of an extension up to the end of the text; NULL when there is something else. */
static char *
extension_digits (const char *p)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (!oh_number_is_separator (*p))
      return NULL;
  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static gboolean
is_behind_number (const GString *digits)
{
  return digits->len >= HASH_EXTENSION_DIGITS && strpbrk (digits->str, "*#") == NULL;
}

/* "x12", "ext. 12", "#12" behind a number: an extension of the other side. */
static gboolean
take_extension (OhNumberText *self, const GString *digits, const char *p)
{
  static const char *const marks[] = {
    "extension", "extn", "ext", "x", "nebenstelle", "nst", "apparat", "app", "poste", "interno",
  };
  const char *rest = NULL;

  if (digits->len == 0 || self->extension != NULL)
    return FALSE;
  if (*p == '#' && is_behind_number (digits))
    rest = p + 1;
  for (gsize i = 0; i < G_N_ELEMENTS (marks) && rest == NULL; i++)
    rest = skip_mark (p, marks[i]);
  if (rest != NULL)
    self->extension = extension_digits (rest);
  return self->extension != NULL;
}

typedef enum
{
  TAKE_NEXT,
  TAKE_END,
  TAKE_REFUSED,
} Take;

/* "Durchwahl 12": dialled behind the number, where a "0" at its end stood for the switchboard. */
static Take
take_direct_line (GString *digits, const char *p, const char **why)
{
  const char *rest = skip_mark (p, "durchwahl");
  g_autofree char *line = NULL;

  if (rest == NULL)
    rest = skip_mark (p, "dw");
  if (rest == NULL || digits->len < 2 || strpbrk (digits->str, "*#") != NULL)
    return TAKE_NEXT;
  line = extension_digits (rest);
  if (line == NULL)
    return TAKE_NEXT;
  if (digits->str[digits->len - 1] == '0')
    {
      *why = _ ("the 0 before the direct line may be the switchboard's; write the whole number "
                "of the direct line");
      return TAKE_REFUSED;
    }
  g_string_append (digits, line);
  return TAKE_END;
}

/* "030 12345, 030 98765" is a list, "030 12345,,98765#" a number with tones. */
static Take
take_tones (OhNumberText *self, const char *p, const char **why)
{
  if (strchr (",;pPwW", *p) == NULL)
    return TAKE_NEXT;
  if (oh_number_noise_is_list (p))
    {
      *why = _ ("there are several numbers; choose the one that is meant");
      return TAKE_REFUSED;
    }
  if (!oh_number_text_add_tones (self, p) && self->tones != NULL)
    {
      *why = _ ("too many tones follow it");
      return TAKE_REFUSED;
    }
  return self->tones != NULL ? TAKE_END : TAKE_NEXT;
}

/* --- the characters --- */

/* "0800 FLOWERS": the keys that have these letters (ITU-T E.161), for the message. */
static char *
keys_of (const char *p)
{
  static const char keys[] = "22233344455566677778889999";
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *p != '\0' && digits->len <= VANITY_MAX; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (digits, keys[g_ascii_toupper (*p) - 'A']);
    else if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (!oh_number_is_separator (*p))
      return NULL;
  return digits->len <= VANITY_MAX ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static gboolean
refuse_letters (GError **error, const char *text, const char *p, gsize digits)
{
  g_autofree char *keys = digits > 0 ? keys_of (p) : NULL;
  g_autofree char *why = NULL;

  if (digits > 0 && oh_number_noise_counts_digits (p) > 2)
    return oh_number_text_refuse (error, text,
                                  _ ("there are several numbers; choose the one that is meant"));
  if (keys == NULL)
    return oh_number_text_refuse (error, text, _ ("it contains letters"));
  why = g_strdup_printf (_ ("it contains letters; if the keys of a telephone are meant, type %s "
                            "instead of them"),
                         keys);
  return oh_number_text_refuse (error, text, why);
}

static gboolean
refuse_character (GError **error, const char *text, const char *p, gsize digits)
{
  gunichar c = g_utf8_get_char (p);

  if (g_unichar_isalpha (c))
    return refuse_letters (error, text, p, digits);
  if (c == '\n')
    return oh_number_text_refuse (error, text,
                                  _ ("it has several lines; choose the number that is meant"));
  if (c == '+' && digits > 2)
    return oh_number_text_refuse (error, text,
                                  _ ("there are several numbers; choose the one that is meant"));
  if (c == '+')
    return oh_number_text_refuse (error, text, _ ("“+” can only stand in front"));
  if (c == ',' || c == ';')
    return oh_number_text_refuse (error, text,
                                  _ ("it contains a pause or a separator between numbers"));
  return oh_number_text_refuse (error, text, _ ("it contains a character that no number has"));
}

static Take
take_character (OhNumberText *self, GString *digits, const char *p, const char **why)
{
  Take take = TAKE_NEXT;

  if (take_extension (self, digits, p))
    return TAKE_END;
  if (*p == '#' && is_behind_number (digits))
    {
      *why = _ ("“#” behind a number begins an extension, and none follows");
      return TAKE_REFUSED;
    }
  if (g_ascii_isdigit (*p) || *p == '*' || *p == '#' || (*p == '+' && digits->len == 0))
    {
      g_string_append_c (digits, *p);
      return TAKE_NEXT;
    }
  if (*p == '/' && oh_number_noise_is_second (digits->str, p + 1))
    {
      *why = _ ("there are several numbers; choose the one that is meant");
      return TAKE_REFUSED;
    }
  if (oh_number_is_separator (*p))
    return TAKE_NEXT;
  if (digits->len > 0)
    take = take_direct_line (digits, p, why);
  if (take == TAKE_NEXT && digits->len > 0)
    take = take_tones (self, p, why);
  return take == TAKE_NEXT ? TAKE_REFUSED : take;
}

/* "+49 (0)30": the zero is for those who dial at home. Whether that is so here, the one who knows
 * the plan decides. */
static void
note_trunk_zero (OhNumberText *self, const GString *digits, const char *p)
{
  if (digits->len > 1 && self->trunk_zero == 0 && strncmp (p, "(0)", 3) == 0)
    self->trunk_zero = digits->len;
}

static gboolean
read_characters (OhNumberText *self, const char *body, const char *text, GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *why = NULL;
  Take take = TAKE_NEXT;

  for (const char *p = body; *p != '\0' && take == TAKE_NEXT; p = g_utf8_next_char (p))
    {
      note_trunk_zero (self, digits, p);
      take = take_character (self, digits, p, &why);
      if (take == TAKE_REFUSED && why != NULL)
        return oh_number_text_refuse (error, text, why);
      if (take == TAKE_REFUSED)
        return refuse_character (error, text, p, digits->len);
    }
  self->digits = g_string_free (g_steal_pointer (&digits), FALSE);
  return TRUE;
}

/* --- the whole --- */

static gboolean
check (OhNumberText *self, OhNumberSource source, const char *text, GError **error)
{
  const char *digits = self->digits;

  if (digits[strcspn (digits, "0123456789*#")] == '\0')
    return oh_number_text_refuse (error, text, _ ("it has no digits"));
  if (strlen (digits) > OH_NUMBER_DIALLED_MAX) /* an outside line may be among them */
    return oh_number_text_refuse (error, text, _ ("it has too many digits"));
  if (strpbrk (digits, "*#") != NULL && source == OH_NUMBER_FROM_LINK)
    return oh_number_text_refuse (
      error, text,
      _ ("codes with * or # are not taken from links, because they change settings of "
         "the phone or the exchange"));
  if (self->tones != NULL && source == OH_NUMBER_FROM_LINK)
    return oh_number_text_refuse (
      error, text,
      _ ("tones after a pause are not taken from links, because nobody sees what they "
         "do"));
  if (digits[0] == '+' && (digits[1] < '1' || digits[1] > '9' || strpbrk (digits, "*#") != NULL))
    return oh_number_text_refuse (error, text, _ ("no country code follows the “+”"));
  if (self->extension != NULL && strlen (self->extension) > OH_NUMBER_DIGITS_MAX)
    return oh_number_text_refuse (error, text, _ ("its extension has too many digits"));
  return TRUE;
}

static const char *
fold_reason (OhFoldProblem problem)
{
  if (problem == OH_FOLD_REORDERS)
    return _ ("a mark in it changes the order in which it is shown");
  return _ ("it contains a control character");
}

static gboolean
read_body (OhNumberText *self, const char *raw, gboolean is_link, OhNumberSource source,
           const char *text, GError **error)
{
  OhFoldProblem problem;
  g_autofree char *folded = oh_number_fold (raw, source == OH_NUMBER_FROM_LINK, &problem);
  const char *why = NULL;
  const char *body = folded;

  if (folded == NULL)
    return oh_number_text_refuse (error, text, fold_reason (problem));
  if (is_link)
    oh_number_noise_cut_end (folded);
  else if (source != OH_NUMBER_FROM_LINK) /* a page has nothing to say around its number */
    body = oh_number_noise_strip (folded);
  if (!oh_number_link_cut_parameters (self, folded + (body - folded), &why))
    return oh_number_text_refuse (error, text, why);
  return read_characters (self, body, text, error) && check (self, source, text, error);
}

OhNumberText *
oh_number_text_read (const char *text, OhNumberSource source, GError **error)
{
  g_autoptr (OhNumberText) self = g_new0 (OhNumberText, 1);
  g_autofree char *unwrapped = NULL;
  const char *start = text;
  const char *why = NULL;
  gboolean is_link;

  if (strlen (text) > OH_NUMBER_TEXT_MAX)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                   _ ("This is not a number to dial: it is longer than %d characters."),
                   OH_NUMBER_TEXT_MAX);
      return NULL;
    }
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
                   _ ("This is not a number to dial: it is not valid UTF-8 text."));
      return NULL;
    }
  start = oh_number_noise_skip_front (oh_number_skip_edge (text));
  is_link = oh_number_link_is (start);
  if (is_link)
    unwrapped = oh_number_link_unwrap (self, start, &why);
  if (why != NULL)
    {
      oh_number_text_refuse (error, text, why);
      return NULL;
    }
  if (!read_body (self, is_link ? unwrapped : start, is_link, source, text, error))
    return NULL;
  return g_steal_pointer (&self);
}
