/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

/* A text in an error message is shown that far: enough to recognise it. */
#define QUOTED_CHARACTERS 24

void
oh_number_text_free (OhNumberText *self)
{
  if (self == NULL)
    return;
  g_free (self->digits);
  g_free (self->extension);
  g_free (self->context);
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

static gboolean
refuse (GError **error, const char *text, const char *why)
{
  g_autofree char *quoted = quote (text);

  g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER, _ ("%s is not a number to dial: %s."), quoted,
               why);
  return FALSE;
}

/* --- links --- */

static const char *
skip_scheme (const char *text, gboolean *is_sip)
{
  static const struct
  {
    const char *scheme;
    gboolean is_sip;
  } schemes[] = { { "tel:", FALSE }, { "callto:", FALSE }, { "sip:", TRUE }, { "sips:", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (text, schemes[i].scheme, strlen (schemes[i].scheme)) == 0)
      {
        *is_sip = schemes[i].is_sip;
        text += strlen (schemes[i].scheme);
        return g_str_has_prefix (text, "//") ? text + 2 : text; /* callto://, tel:// are seen */
      }
  return NULL;
}

/* Takes name=value of RFC 3966 parameters; unknown ones say nothing about the number. */
static void
take_parameters (OhNumberText *self, char *parameters)
{
  g_auto (GStrv) list = g_strsplit (parameters, ";", -1);

  for (gsize i = 0; list[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (list[i], "ext=", 4) == 0 && self->extension == NULL)
        self->extension = g_strdup (list[i] + 4);
      else if (g_ascii_strncasecmp (list[i], "phone-context=", 14) == 0 && self->context == NULL)
        self->context = g_strdup (list[i] + 14);
    }
}

/* "sip:+4930…;ext=1@example.org;user=phone": the user part is the number, if it is one. */
static gboolean
cut_host (char *body, const char *text, GError **error)
{
  char *at = strrchr (body, '@');

  if (at != NULL)
    *at = '\0';
  if (body[strspn (body, "+0123456789*#-.()")] != '\0' && body[strcspn (body, ";")] == '\0')
    return refuse (error, text, _ ("it is an address of a person, not a telephone number"));
  return TRUE;
}

static char *
unwrap_link (OhNumberText *self, const char *link, gboolean is_sip, const char *text,
             GError **error)
{
  g_autofree char *body = g_uri_unescape_string (link, NULL);
  char *parameters;

  if (body == NULL || !g_utf8_validate (body, -1, NULL))
    {
      refuse (error, text, _ ("the escapes in the link are damaged"));
      return NULL;
    }
  body[strcspn (body, "?")] = '\0';
  if (is_sip && !cut_host (body, text, error))
    return NULL;
  parameters = strchr (body, ';');
  if (parameters != NULL)
    {
      *parameters = '\0';
      take_parameters (self, parameters + 1);
    }
  return g_steal_pointer (&body);
}

/* --- characters --- */

static gboolean
is_separator (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_DASH_PUNCTUATION || c == '.' ||
         c == '/' || c == '(' || c == ')' || c == '[' || c == ']' || c == 0xB7 || c == 0x2044 ||
         c == 0x2215 || c == 0x2212;
}

/* Marks of writing direction come along when a number is copied from a page. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x200E || c == 0x200F || c == 0x200B || c == 0xFEFF || c == 0x61C ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* "x12", "ext. 12", "Ext 12" behind a number: an extension of the other side. */
static gboolean
take_extension (OhNumberText *self, const char *p)
{
  static const char *const marks[] = { "extension", "ext.", "ext", "x.", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize len = strlen (marks[i]);

      if (g_ascii_strncasecmp (p, marks[i], len) != 0)
        continue;
      p += len;
      p += strspn (p, " :");
      if (*p == '\0' || p[strspn (p, "0123456789 ")] != '\0' || self->extension != NULL)
        return FALSE;
      self->extension = g_strdup (p);
      return TRUE;
    }
  return FALSE;
}

static const char *
why_not (gunichar c, OhNumberSource source)
{
  if (g_unichar_iscntrl (c) || is_invisible (c))
    return _ ("it contains a control character");
  if (c == ',' || c == ';')
    return _ ("it contains a pause or a separator between numbers");
  if (c == '+')
    return _ ("“+” can only stand in front");
  if (g_unichar_isalpha (c))
    return _ ("it contains letters");
  return _ ("it contains a character that no number has");
}

typedef enum
{
  TAKE_NEXT,
  TAKE_END,
  TAKE_REFUSED,
} Take;

static Take
take_character (OhNumberText *self, GString *digits, const char *p, OhNumberSource source)
{
  gunichar c = g_utf8_get_char (p);

  if (g_unichar_isdigit (c))
    g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
  else if (c == '*' || c == '#')
    g_string_append_c (digits, (char) c);
  else if ((c == '+' || c == 0xFF0B) && digits->len == 0)
    g_string_append_c (digits, '+');
  else if (is_invisible (c) && source != OH_NUMBER_FROM_LINK)
    return TAKE_NEXT;
  else if (digits->len > 0 && take_extension (self, p))
    return TAKE_END;
  else if (!is_separator (c))
    return TAKE_REFUSED;
  return TAKE_NEXT;
}

/* "+49 (0)30": the zero is for those who dial at home. */
static const char *
skip_trunk_zero (OhNumberText *self, const GString *digits, const char *p)
{
  if (digits->len < 2 || digits->str[0] != '+' || self->trunk_zero || strncmp (p, "(0)", 3) != 0)
    return p;
  self->trunk_zero = TRUE;
  return p + 3;
}

static gboolean
read_characters (OhNumberText *self, const char *body, OhNumberSource source, const char *text,
                 GError **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  Take take = TAKE_NEXT;

  for (const char *p = body; *p != '\0' && take == TAKE_NEXT;)
    {
      const char *next = skip_trunk_zero (self, digits, p);

      if (next == p)
        {
          take = take_character (self, digits, p, source);
          if (take == TAKE_REFUSED)
            return refuse (error, text, why_not (g_utf8_get_char (p), source));
          next = g_utf8_next_char (p);
        }
      p = next;
    }
  self->digits = g_string_free (g_steal_pointer (&digits), FALSE);
  return TRUE;
}

static gboolean
check (OhNumberText *self, OhNumberSource source, const char *text, GError **error)
{
  const char *digits = self->digits;

  if (digits[strcspn (digits, "0123456789*#")] == '\0')
    return refuse (error, text, _ ("it has no digits"));
  if (strlen (digits) > OH_NUMBER_DIGITS_MAX)
    return refuse (error, text, _ ("it has too many digits"));
  if (strpbrk (digits, "*#") != NULL && source == OH_NUMBER_FROM_LINK)
    return refuse (error, text,
                   _ ("codes with * or # are not taken from links, because they change settings of "
                      "the phone or the exchange"));
  if (digits[0] == '+' && (digits[1] < '1' || digits[1] > '9' || strpbrk (digits, "*#") != NULL))
    return refuse (error, text, _ ("no country code follows the “+”"));
  if (self->extension != NULL &&
      (self->extension[0] == '\0' || strlen (self->extension) > OH_NUMBER_DIGITS_MAX ||
       self->extension[strspn (self->extension, "0123456789 ")] != '\0'))
    return refuse (error, text, _ ("its extension has something else than digits"));
  return TRUE;
}

OhNumberText *
oh_number_text_read (const char *text, OhNumberSource source, GError **error)
{
  g_autoptr (OhNumberText) self = g_new0 (OhNumberText, 1);
  g_autofree char *body = NULL;
  gboolean is_sip = FALSE;
  const char *link;

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
  while (g_unichar_isspace (g_utf8_get_char (text)) && g_unichar_isprint (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  link = skip_scheme (text, &is_sip);
  body = link != NULL ? unwrap_link (self, link, is_sip, text, error) : g_strdup (text);
  if (body == NULL || !read_characters (self, body, source, text, error) ||
      !check (self, source, text, error))
    return NULL;
  return g_steal_pointer (&self);
}
