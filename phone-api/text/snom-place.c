/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-place.h"

#include <string.h>

#define HEX "0123456789abcdef"

/* Where an element of exactly @len hex digits and its "/" begin after @prefix, or NULL. */
static const char *
find_element (const char *url, const char *prefix, gsize len)
{
  for (const char *p = strstr (url, prefix); p != NULL; p = strstr (p + 1, prefix))
    {
      const char *element = p + strlen (prefix);

      if (strspn (element, HEX) == len && element[len] == '/')
        return element;
    }
  return NULL;
}

OhSnomPlace
oh_snom_place_judge (const char *value, const char *mark, const char *token)
{
  const char *theirs;

  if (value == NULL || *value == '\0')
    return OH_SNOM_PLACE_FREE;
  if (strstr (value, token) != NULL)
    return OH_SNOM_PLACE_OURS;
  theirs = find_element (value, OH_SNOM_MARK_PREFIX, OH_SNOM_MARK_LENGTH);
  if (theirs != NULL)
    return strncmp (theirs, mark, OH_SNOM_MARK_LENGTH) == 0 ? OH_SNOM_PLACE_OURS
                                                            : OH_SNOM_PLACE_OTHER_AGENT;
  /* as an Offhook writes it that knows no marks yet */
  if (find_element (value, OH_SNOM_TOKEN_PREFIX, OH_SNOM_TOKEN_LENGTH) != NULL)
    return OH_SNOM_PLACE_OTHER_AGENT;
  return OH_SNOM_PLACE_PROGRAM;
}

char *
oh_snom_place_path (const char *mark, const char *token)
{
  return g_strconcat (OH_SNOM_MARK_PREFIX, mark, OH_SNOM_TOKEN_PREFIX, token, "/", NULL);
}

static gboolean
is_host_octet (char c)
{
  return g_ascii_isalnum (c) || strchr ("-._", c) != NULL;
}

static gsize
host_length (const char *host)
{
  gsize len = 0;

  if (*host == '[')
    {
      len = strspn (host + 1, "0123456789abcdefABCDEF:.") + 1;
      return host[len] == ']' ? len + 1 : 0;
    }
  while (host[len] != '\0' && is_host_octet (host[len]))
    len++;
  return len;
}

char *
oh_snom_place_host (const char *value)
{
  const char *host = strstr (value, "://");
  const char *at;
  gsize authority;
  gsize len;

  host = host != NULL ? host + 3 : value;
  authority = strcspn (host, "/?#");
  for (at = memchr (host, '@', authority); at != NULL; at = memchr (host, '@', authority))
    {
      authority -= (gsize) (at + 1 - host);
      host = at + 1;
    }
  len = host_length (host);
  if (len > authority || len > OH_SNOM_PLACE_HOST_MAX)
    return g_strdup ("");
  if (len < authority && host[len] != ':') /* nothing that could be a port: no host's name */
    return g_strdup ("");
  return g_strndup (host, len);
}
