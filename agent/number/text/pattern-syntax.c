/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pattern-syntax.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

typedef struct
{
  const char *text;
  const char *p;
  gboolean plus;
  GError **error;
} Scan;

static gboolean
refuse (const Scan *scan, const char *why)
{
  g_set_error (scan->error, OH_ERROR, OH_ERROR_PROTOCOL,
               _ ("the expression cannot be used at character %u: %s"),
               (guint) g_utf8_pointer_to_offset (scan->text, scan->p) + 1, why);
  return FALSE;
}

/* At a backslash. Letters mean something in either language; what means the same is listed. */
static gboolean
scan_escape (Scan *scan)
{
  char c = scan->p[1];

  if (c == '\0')
    return refuse (scan, _ ("nothing follows the backslash"));
  if (g_ascii_isalpha (c) && strchr ("dDwWsSbBAZzpPtnrfaekx", c) == NULL)
    return refuse (scan, _ ("this escape is not supported"));
  if (c == 'x' && !(g_ascii_isxdigit (scan->p[2]) && g_ascii_isxdigit (scan->p[3])))
    return refuse (scan, _ ("two hexadecimal digits must follow \\x"));
  scan->plus |= c == '+';
  scan->p = g_utf8_next_char (scan->p + 1);
  return TRUE;
}

/* At "[". A bracket that comes first is a member in both languages. */
static gboolean
scan_class (Scan *scan)
{
  scan->p++;
  if (*scan->p == '^')
    scan->p++;
  for (gboolean first = TRUE; *scan->p != '\0' && (first || *scan->p != ']'); first = FALSE)
    {
      if (scan->p[0] == '[' && scan->p[1] != '\0' && strchr (":.=", scan->p[1]) != NULL)
        return refuse (scan, _ ("classes with names are not part of the .NET language"));
      if (scan->p[0] == '-' && scan->p[1] == '[')
        return refuse (scan, _ ("taking a class from another is not supported"));
      if (scan->p[0] == '\\')
        {
          if (!scan_escape (scan))
            return FALSE;
          continue;
        }
      scan->plus |= scan->p[0] == '+';
      scan->p = g_utf8_next_char (scan->p);
    }
  if (*scan->p == '\0')
    return refuse (scan, _ ("the closing “]” is missing"));
  scan->p++;
  return TRUE;
}

/* Behind "(?": options that mean the same, up to ")" or ":". */
static gboolean
scan_options (Scan *scan)
{
  gsize len = strspn (scan->p, "imsn-");

  if (len == 0 || (scan->p[len] != ')' && scan->p[len] != ':'))
    return refuse (scan, _ ("this kind of group is not supported"));
  scan->p += len + 1;
  return TRUE;
}

/* Behind "(?<" or "(?'": a name that ends where it should. "a-b" would be a balancing group. */
static gboolean
scan_group_name (Scan *scan, char end)
{
  gsize len = 0;

  while (g_ascii_isalnum (scan->p[len]) || scan->p[len] == '_')
    len++;
  if (len == 0 || scan->p[len] != end || g_ascii_isdigit (scan->p[0]))
    return refuse (scan, _ ("this kind of group is not supported"));
  scan->p += len + 1;
  return TRUE;
}

static gboolean
scan_special_group (Scan *scan)
{
  switch (*scan->p)
    {
    case ':':
    case '=':
    case '!':
    case '>': scan->p++; return TRUE;
    case '#': scan->p += strcspn (scan->p, ")"); return TRUE;
    case '<':
      scan->p++;
      if (*scan->p != '=' && *scan->p != '!')
        return scan_group_name (scan, '>');
      scan->p++;
      return TRUE;
    case '\'': scan->p++; return scan_group_name (scan, '\'');
    default: return scan_options (scan);
    }
}

/* At "(". */
static gboolean
scan_group (Scan *scan)
{
  if (scan->p[1] == '*')
    return refuse (scan, _ ("verbs are not part of the .NET language"));
  scan->p++;
  if (*scan->p != '?')
    return TRUE;
  scan->p++;
  return scan_special_group (scan);
}

/* Octets of the quantifier at @p, 0 where there is none. "{2" and "{,3}" stand for themselves. */
static gsize
quantifier_length (const char *p)
{
  gsize len = 1;

  if (*p == '*' || *p == '+' || *p == '?')
    return 1;
  if (*p != '{' || !g_ascii_isdigit (p[1]))
    return 0;
  len += strspn (p + len, "0123456789");
  if (p[len] == ',')
    len++;
  len += strspn (p + len, "0123456789");
  return p[len] == '}' ? len + 1 : 0;
}

/* At a quantifier. A second one would be possessive in PCRE2 and is an error in .NET. */
static gboolean
scan_quantifier (Scan *scan, gsize len)
{
  scan->p += len;
  if (*scan->p == '?')
    scan->p++;
  if (quantifier_length (scan->p) > 0)
    return refuse (scan, _ ("one quantifier follows another"));
  return TRUE;
}

static gboolean
scan_item (Scan *scan)
{
  gsize len = quantifier_length (scan->p);

  if (len > 0)
    return scan_quantifier (scan, len);
  switch (*scan->p)
    {
    case '\\': return scan_escape (scan);
    case '[': return scan_class (scan);
    case '(': return scan_group (scan);
    default: scan->p = g_utf8_next_char (scan->p); return TRUE;
    }
}

gboolean
oh_pattern_syntax_check (const char *text, gboolean *plus, GError **error)
{
  Scan scan = { .text = text, .p = text, .error = error };

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL,
                           _ ("the expression is not valid UTF-8 text"));
      return FALSE;
    }
  while (*scan.p != '\0')
    if (!scan_item (&scan))
      return FALSE;
  *plus = scan.plus;
  return TRUE;
}
