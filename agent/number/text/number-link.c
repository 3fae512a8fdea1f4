/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number-char.h"

static const struct
{
  const char *scheme;
  gboolean is_sip;
} schemes[] = { { "tel:", FALSE }, { "callto:", FALSE }, { "sip:", TRUE }, { "sips:", TRUE } };

static const char *
skip_scheme (const char *text, gboolean *is_sip)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (text, schemes[i].scheme, strlen (schemes[i].scheme)) == 0)
      {
        *is_sip = schemes[i].is_sip;
        text += strlen (schemes[i].scheme);
        return g_str_has_prefix (text, "//") ? text + 2 : text; /* callto://, tel:// are seen */
      }
  return NULL;
}

gboolean
oh_number_link_is (const char *text)
{
  gboolean is_sip;

  return skip_scheme (text, &is_sip) != NULL;
}

/* "sip:+4930…;ext=1@example.org;user=phone": the user part is the number, if it is one. */
static gboolean
cut_host (OhNumberText *self, char *body)
{
  char *at = strrchr (body, '@');
  gsize number;

  if (at != NULL)
    {
      *at = '\0';
      self->host = g_strndup (at + 1, strcspn (at + 1, ";:?>"));
    }
  number = strcspn (body, ";");
  for (const char *p = body; p < body + number; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  return number > 0;
}

char *
oh_number_link_unwrap (OhNumberText *self, const char *link, const char **why)
{
  gboolean is_sip = FALSE;
  g_autofree char *body = g_uri_unescape_string (skip_scheme (link, &is_sip), NULL);

  if (body == NULL || !g_utf8_validate (body, -1, NULL))
    {
      *why = _ ("the escapes in the link are damaged");
      return NULL;
    }
  if (is_sip && !cut_host (self, body))
    {
      *why = _ ("it is an address of a person, not a telephone number");
      return NULL;
    }
  body[strcspn (body, "?")] = '\0';
  return g_steal_pointer (&body);
}

/* --- parameters --- */

static char *
dup_without_separators (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (!oh_number_is_separator (*p))
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

static gboolean
take_extension (OhNumberText *self, const char *value)
{
  gsize len;

  if (self->extension != NULL)
    return FALSE;
  self->extension = dup_without_separators (value);
  len = strlen (self->extension);
  return len > 0 && len <= OH_NUMBER_DIGITS_MAX && strspn (self->extension, "0123456789") == len;
}

/* A domain keeps its dots and dashes; a number does not. */
static gboolean
take_context (OhNumberText *self, const char *value)
{
  if (self->context != NULL)
    return FALSE;
  self->context = value[0] == '+' ? dup_without_separators (value) : g_strdup (value);
  return self->context[0] != '\0';
}

static gboolean
take_tones (OhNumberText *self, const char *value)
{
  return self->tones == NULL && oh_number_text_add_tones (self, value);
}

static gboolean
take_parameter (OhNumberText *self, const char *parameter, const char **why)
{
  static const struct
  {
    const char *name;
    gboolean (*take) (OhNumberText *self, const char *value);
    const char *why;
  } known[] = {
    { "ext=", take_extension, N_ ("its extension has something else than digits") },
    { "phone-context=", take_context, N_ ("it has two contexts, or an empty one") },
    { "postd=", take_tones, N_ ("its tones have something else than digits, “*” and “#”") },
  };

  if (g_ascii_strncasecmp (parameter, "m-", 2) == 0)
    {
      *why = _ ("the link demands something that this program does not know");
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strncasecmp (parameter, known[i].name, strlen (known[i].name)) == 0 &&
        !known[i].take (self, parameter + strlen (known[i].name)))
      {
        *why = _ (known[i].why);
        return FALSE;
      }
  return TRUE;
}

/* ";ext=12" is a parameter, ";w12" and ";12" are tones after a pause. */
static char *
first_parameter (char *body)
{
  for (char *p = strchr (body, ';'); p != NULL; p = strchr (p + 1, ';'))
    {
      const char *name = p + 1 + strspn (p + 1, " ");

      if (g_ascii_isalpha (name[0]) && (g_ascii_isalpha (name[1]) || name[1] == '-'))
        return p;
    }
  return NULL;
}

gboolean
oh_number_link_cut_parameters (OhNumberText *self, char *body, const char **why)
{
  char *from = first_parameter (body);
  g_auto (GStrv) list = NULL;

  if (from == NULL)
    return TRUE;
  *from = '\0';
  list = g_strsplit (from + 1, ";", -1);
  for (gsize i = 0; list[i] != NULL; i++)
    if (!take_parameter (self, g_strstrip (list[i]), why))
      return FALSE;
  return TRUE;
}

gboolean
oh_number_text_add_tones (OhNumberText *self, const char *text)
{
  g_autoptr (GString) tones = g_string_new (NULL);

  if (self->tones != NULL) /* of ";postd=", and now behind a pause, too */
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      char c = g_ascii_tolower (*p);

      if (c == ',' || c == 'p')
        g_string_append_c (tones, ',');
      else if (c == ';' || c == 'w')
        g_string_append_c (tones, 'w');
      else if (g_ascii_isdigit (c) || c == '*' || c == '#')
        g_string_append_c (tones, c);
      else if (!oh_number_is_separator (c))
        return FALSE;
    }
  if (strpbrk (tones->str, "0123456789*#") != NULL)
    self->tones = g_string_free (g_steal_pointer (&tones), FALSE);
  return self->tones == NULL || strlen (self->tones) <= OH_NUMBER_TONES_MAX;
}
