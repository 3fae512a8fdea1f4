/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "login-name.h"

#include <string.h>

void
oh_login_name_free (OhLoginName *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->domain);
  g_free (self->principal);
  g_free (self->enterprise);
  g_free (self);
}

/* A backslash or at-sign within a component of a principal is written with a backslash before it,
 * RFC 1964 2.1.1; so that "user" cannot smuggle in a realm. */
static char *
escape_component (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("\\@/", *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* Realms are upper case by custom, and lower case is not found. ASCII only: a realm is a name of
 * the DNS. */
static char *
principal (const char *user, const char *realm)
{
  g_autofree char *component = escape_component (user);
  g_autofree char *upper = g_ascii_strup (realm, -1);

  return g_strconcat (component, "@", upper, NULL);
}

static OhLoginName *
with_domain (const char *domain, const char *user)
{
  OhLoginName *name = g_new0 (OhLoginName, 1);

  name->user = g_strdup (user);
  name->domain = g_strdup (domain);
  /* "FABRIKAM" is a NetBIOS name, no realm: the library's default realm is the better guess */
  name->principal =
    strchr (domain, '.') != NULL ? principal (user, domain) : escape_component (user);
  return name;
}

static OhLoginName *
without_domain (const char *text, const char *at)
{
  OhLoginName *name = g_new0 (OhLoginName, 1);
  g_autofree char *user = at != NULL ? g_strndup (text, at - text) : NULL;

  name->user = g_strdup (text);
  name->domain = g_strdup ("");
  name->principal = at != NULL ? principal (user, at + 1) : escape_component (text);
  name->enterprise = at != NULL ? g_strdup (text) : NULL;
  return name;
}

static gboolean
is_plain (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > OH_LOGIN_NAME_MAX)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

OhLoginName *
oh_login_name_parse (const char *text)
{
  g_autofree char *typed = NULL;
  char *slash;
  const char *at;

  if (!is_plain (text))
    return NULL;
  typed = g_strstrip (g_strdup (g_ascii_strncasecmp (text, "sip:", 4) == 0 ? text + 4 : text));
  slash = strpbrk (typed, "\\/");
  if (slash != NULL)
    {
      *slash = '\0';
      if (typed[0] == '\0' || slash[1] == '\0' || strpbrk (slash + 1, "\\/") != NULL)
        return NULL;
      return with_domain (typed, slash + 1);
    }
  at = strrchr (typed, '@');
  if (typed[0] == '\0' || at == typed || (at != NULL && at[1] == '\0'))
    return NULL;
  return without_domain (typed, at);
}
