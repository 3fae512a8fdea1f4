/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-filter.h"

#include <string.h>

/* Attributes that hold a name or an address, beginning with what was typed. */
static const char *const name_attributes[] = { "cn", "sn", "givenName", "displayName", "mail" };
/* Those that hold a number. */
static const char *const number_attributes[] = { "telephoneNumber", "mobile",  "homePhone",
                                                 "otherTelephone",  "ipPhone", "msRTCSIP-Line" };

char *
oh_directory_escape (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    if (strchr ("*()\\", *p) != NULL || g_ascii_iscntrl (*p))
      g_string_append_printf (escaped, "\\%02x", (guint) (guchar) *p);
    else
      g_string_append_c (escaped, *p);
  return g_strdup (escaped->str);
}

/* Numbers are kept as people write them. Directories by the book compare digits alone (RFC 4517
 * 4.2.30); Active Directory compares signs: anything may stand between two digits. */
static void
add_number (GString *filter, OhDirectoryKind kind, const char *digits)
{
  g_autoptr (GString) pattern = g_string_new ("*");

  for (const char *p = digits; *p != '\0'; p++)
    g_string_append_printf (pattern, "%c%s", *p, kind == OH_DIRECTORY_ACTIVE ? "*" : "");
  if (kind == OH_DIRECTORY_PLAIN)
    g_string_append_c (pattern, '*');
  for (gsize i = 0; i < G_N_ELEMENTS (number_attributes); i++)
    g_string_append_printf (filter, "(%s=%s)", number_attributes[i], pattern->str);
}

/* Without what is dialled before the area code: "+49 30" is kept where "030" was typed. */
static const char *
significant (const char *digits)
{
  const char *rest = digits + strspn (digits, "+0");

  return strlen (rest) >= OH_DIRECTORY_QUERY_MIN ? rest : digits + strspn (digits, "+");
}

static void
add_part (GString *filter, OhDirectoryKind kind, const OhQueryPart *part, const char *typed)
{
  g_autofree char *value = oh_directory_escape (typed);

  g_string_append (filter, "(|");
  if (kind == OH_DIRECTORY_ACTIVE)
    g_string_append_printf (filter, "(anr=%s)(mail=%s*)", value, value);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (name_attributes); i++)
      g_string_append_printf (filter, "(%s=%s*)", name_attributes[i], value);
  /* "Schulz" of "Anna Schulz", where there is no sn */
  if (kind == OH_DIRECTORY_PLAIN)
    g_string_append_printf (filter, "(cn=* %s*)(displayName=* %s*)", value, value);
  g_string_append_printf (filter, "(msRTCSIP-PrimaryUserAddress=sip:%s*)", value);
  if (part->digits != NULL && strlen (part->digits) >= OH_DIRECTORY_QUERY_MIN)
    add_number (filter, kind, significant (part->digits));
  g_string_append_c (filter, ')');
}

static gsize
letters_of (const OhQuery *query)
{
  gsize most = 0;

  for (guint i = 0; i < query->parts->len; i++)
    {
      const OhQueryPart *part = g_ptr_array_index (query->parts, i);

      most = MAX (most, (gsize) g_utf8_strlen (part->line, -1));
    }
  return most;
}

/* The people of a directory, by the book and in Active Directory, where computers are persons, too.
 */
static const char *
people (OhDirectoryKind kind)
{
  return kind == OH_DIRECTORY_ACTIVE ? "(objectCategory=person)" : "(objectClass=person)";
}

char *
oh_directory_filter (OhDirectoryKind kind, const OhQuery *query, const char *extra)
{
  g_autoptr (GString) filter = g_string_new ("(&");

  if (letters_of (query) < OH_DIRECTORY_QUERY_MIN)
    return NULL;
  g_string_append (filter, people (kind));
  if (extra != NULL)
    g_string_append (filter, extra);
  for (guint i = 0; i < query->parts->len; i++)
    {
      const OhQueryPart *part = g_ptr_array_index (query->parts, i);

      add_part (filter, kind, part, part->typed);
    }
  g_string_append_c (filter, ')');
  return g_strdup (filter->str);
}

char *
oh_directory_filter_own (const char *uri)
{
  const char *address = g_ascii_strncasecmp (uri, "sip:", 4) == 0 ? uri + 4 : uri;
  g_autofree char *value = oh_directory_escape (address);

  return g_strdup_printf ("(|(msRTCSIP-PrimaryUserAddress=sip:%s)(mail=%s)(userPrincipalName=%s))",
                          value, value, value);
}
