/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-number.h"

#include <string.h>

#include "slice.h"

/* A number being read: digits with "*" and "#" first, then the extension. */
typedef struct
{
  GString *number; /* (owned) */
  GString *ext;    /* (owned) */
  guint digits;    /* in number */
  gboolean in_ext;
} Reader;

/* "Ext." and the like; the longest first. */
static const char *const ext_marks[] = { ";ext=", "ext.:", "ext:", "ext.", "ext", "x.", "x" };

static gboolean
eat_prefix (OhSlice *rest, const char *prefix)
{
  gsize len = strlen (prefix);

  if (!oh_slice_has_prefix_case (*rest, prefix))
    return FALSE;
  *rest = oh_slice (rest->data + len, rest->len - len);
  return TRUE;
}

/* A SIP URI names a telephone only with "user=phone" or a "+"; else its user part is a person. */
static gboolean
eat_scheme (OhSlice *rest)
{
  gboolean phone;
  gssize at;

  if (eat_prefix (rest, "tel:") || !(eat_prefix (rest, "sips:") || eat_prefix (rest, "sip:")))
    return TRUE;
  at = oh_slice_find (*rest, '@');
  if (at < 0)
    return FALSE;
  phone = g_strstr_len (rest->data + at, (gssize) rest->len - at, ";user=phone") != NULL;
  rest->len = (gsize) at;
  return phone || oh_slice_has_prefix_case (*rest, "+");
}

static gboolean
is_separator (gunichar c)
{
  if (c < 0x80)
    return c != 0 && strchr (" \t()-./", (int) c) != NULL;
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         g_unichar_type (c) == G_UNICODE_FORMAT; /* marks of writing direction around a number */
}

static gboolean
digit_follows (OhSlice rest)
{
  while (rest.len > 0 && is_separator (g_utf8_get_char (rest.data)))
    {
      gsize size = (gsize) (g_utf8_next_char (rest.data) - rest.data);

      rest = oh_slice (rest.data + size, rest.len - size);
    }
  return rest.len > 0 && g_ascii_isdigit (rest.data[0]);
}

static gboolean
eat_ext_mark (OhSlice *rest, guint digits)
{
  if (digits == 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (ext_marks); i++)
    if (eat_prefix (rest, ext_marks[i]))
      return TRUE;
  /* "#" is a key of the phone unless a whole number stands before it, and digits behind it */
  return digits >= OH_CONTACT_NUMBER_SUFFIX_MIN && rest->data[0] == '#' &&
         digit_follows (oh_slice (rest->data + 1, rest->len - 1)) && eat_prefix (rest, "#");
}

/* Passes over what the URI says besides: ";phone-context=…", ";isub=…". */
static void
eat_parameter (OhSlice *rest)
{
  oh_slice_eat (rest, ';');
  oh_slice_eat_until (rest, ";");
}

static gboolean
take_character (Reader *reader, OhSlice *rest)
{
  GString *to = reader->in_ext ? reader->ext : reader->number;
  gunichar c = g_utf8_get_char (rest->data);
  gsize size = (gsize) (g_utf8_next_char (rest->data) - rest->data);

  if (g_ascii_isdigit (rest->data[0]) || (!reader->in_ext && (c == '*' || c == '#')) ||
      (c == '+' && reader->number->len == 0))
    {
      g_string_append_c (to, rest->data[0]);
      reader->digits += g_ascii_isdigit (rest->data[0]) ? 1 : 0;
    }
  else if (!is_separator (c))
    return FALSE;
  *rest = oh_slice (rest->data + size, rest->len - size);
  return TRUE;
}

static gboolean
read_all (Reader *reader, OhSlice rest)
{
  gboolean ok = TRUE;

  while (ok && rest.len > 0)
    if (!reader->in_ext && eat_ext_mark (&rest, reader->digits))
      reader->in_ext = TRUE;
    else if (rest.data[0] == ';')
      eat_parameter (&rest);
    else if (reader->number->len > 1 && reader->number->str[0] == '+' && eat_prefix (&rest, "(0)"))
      continue; /* "+49 (0)30": the zero is for callers at home */
    else
      ok = take_character (reader, &rest);
  return ok && reader->digits > 0 &&
         reader->number->len + reader->ext->len <= OH_CONTACT_NUMBER_MAX;
}

static void
reader_clear (Reader *reader)
{
  g_string_free (reader->number, TRUE);
  g_string_free (reader->ext, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

char *
oh_contact_number_read (const char *text)
{
  g_auto (Reader) reader = { g_string_new (NULL), g_string_new (NULL), 0, FALSE };
  OhSlice rest = oh_slice_trim (oh_slice_str (text));
  const char *cut;

  /* separators and parameters may come on top of the digits, but not for ever */
  if (rest.len > (gsize) 4 * OH_CONTACT_NUMBER_MAX ||
      (rest.len > 0 && !g_utf8_validate (rest.data, (gssize) rest.len, NULL)))
    return NULL;
  if (!eat_scheme (&rest))
    return NULL;
  cut = rest.len > 0 ? g_strstr_len (rest.data, (gssize) rest.len, "v:") : NULL;
  if (cut != NULL)
    rest.len = (gsize) (cut - rest.data);
  if (!read_all (&reader, rest))
    return NULL;
  if (reader.ext->len > 0)
    g_string_append_printf (reader.number, ";ext=%s", reader.ext->str);
  return g_strdup (reader.number->str);
}

/* The digits before the extension, without the "+". */
static OhSlice
digits_of (const char *number)
{
  OhSlice rest = oh_slice_str (number);

  oh_slice_eat (&rest, '+');
  return oh_slice_eat_until (&rest, ";");
}

static const char *
ext_of (const char *number)
{
  return strchr (number, ';');
}

static OhSlice
without_zeros (OhSlice digits)
{
  while (oh_slice_eat (&digits, '0'))
    ;
  return digits;
}

static OhSlice
last (OhSlice digits, gsize n)
{
  return n < digits.len ? oh_slice (digits.data + digits.len - n, n) : digits;
}

static gboolean
same_octets (OhSlice a, OhSlice b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.data, b.data, a.len) == 0);
}

OhNumberMatch
oh_contact_number_match (const char *a, const char *b)
{
  OhSlice digits_a = digits_of (a);
  OhSlice digits_b = digits_of (b);
  gsize n;

  if (ext_of (a) != NULL && ext_of (b) != NULL && strcmp (ext_of (a), ext_of (b)) != 0)
    return OH_NUMBER_DIFFERENT;
  if (same_octets (digits_a, digits_b))
    return OH_NUMBER_SAME;
  if (a[0] == '+' && b[0] == '+')
    return OH_NUMBER_DIFFERENT;
  digits_a = without_zeros (digits_a);
  digits_b = without_zeros (digits_b);
  if (digits_a.len == digits_b.len && !same_octets (digits_a, digits_b))
    return OH_NUMBER_DIFFERENT;
  n = MIN (MIN (digits_a.len, digits_b.len), OH_CONTACT_NUMBER_SUFFIX_MAX);
  if (n < OH_CONTACT_NUMBER_SUFFIX_MIN || !same_octets (last (digits_a, n), last (digits_b, n)))
    return OH_NUMBER_DIFFERENT;
  return OH_NUMBER_SIMILAR;
}

char *
oh_contact_number_key (const char *number)
{
  return oh_slice_dup (last (digits_of (number), OH_CONTACT_NUMBER_SUFFIX_MIN));
}
