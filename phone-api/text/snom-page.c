/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-page.h"
#include "snom-html.h"

#include <string.h>

#include "snom-family.h"

/* The page that tells of a lock-out is a sentence; a long page with that word is something else. */
#define BLOCKED_PAGE_MAX 8192
/* Names of settings and models are identifiers with at most an index. */
#define WORD_MAX 64
/* "snomMeetingPoint-SIP 8.7.5.17". */
#define IDENTITY_MAX 80
#define MAC_DIGITS 12
#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* What stands between <tag ...> and </tag>; empty when it is not there. */
static OhSlice
element (OhSlice html, const char *open, const char *close)
{
  gssize at = oh_snom_html_find (html, open);
  gssize end;

  if (at < 0)
    return oh_slice (NULL, 0);
  html = oh_snom_html_from (html, (gsize) at);
  oh_slice_eat_until (&html, ">");
  oh_slice_eat (&html, '>');
  end = oh_snom_html_find (html, close);
  return end < 0 ? html : oh_slice (html.data, (gsize) end);
}

/* The word after "label:", whatever blanks and tags stood between. */
static char *
word_after (const char *text, const char *label)
{
  OhSlice rest = oh_slice_str (text);
  gssize at = oh_snom_html_find (rest, label);

  if (at < 0)
    return NULL;
  rest = oh_snom_html_from (rest, (gsize) at + strlen (label));
  oh_slice_eat_space (&rest);
  oh_slice_eat (&rest, ':');
  oh_slice_eat_space (&rest);
  rest = oh_slice_eat_until (&rest, " ,;");
  return rest.len > 0 && rest.len <= WORD_MAX ? oh_slice_dup (rest) : NULL;
}

static char *
read_mac (const char *text)
{
  g_autofree char *word = word_after (text, "mac:");
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = word; p != NULL && *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      g_string_append_c (digits, g_ascii_toupper (*p));
    else if (*p != ':' && *p != '-')
      return NULL;
  return digits->len == MAC_DIGITS ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static gboolean
is_version (const char *word)
{
  return word != NULL && g_ascii_isdigit (*word) && strchr (word, '.') != NULL;
}

/* Model and version in one, from @first on. */
static void
read_identity (OhSnomPage *page, const char *text, const char *first)
{
  const char *at = strstr (text, first);
  g_autoptr (OhSnomIdentity) identity = NULL;

  if (at == NULL)
    return;
  identity = oh_snom_identity_parse (oh_slice (at, MIN (strlen (at), IDENTITY_MAX)));
  page->model = g_steal_pointer (&identity->model);
  page->firmware = g_steal_pointer (&identity->firmware);
}

/* "Firmware-Version: snom360-SIP 8.7.5.17" and its kin. */
static void
read_firmware (OhSnomPage *page, const char *text)
{
  static const char *const labels[] = { "firmware-version", "firmware version", "firmware" };
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (labels) && first == NULL; i++)
    first = word_after (text, labels[i]);
  if (first == NULL)
    return;
  if (is_version (first))
    page->firmware = g_steal_pointer (&first);
  else
    read_identity (page, text, first);
}

static void
read_model (OhSnomPage *page, const char *text)
{
  g_autofree char *hardware = NULL;

  if (page->model != NULL)
    return;
  hardware = word_after (text, "hardware:");
  if (hardware == NULL || !g_ascii_isalnum (*hardware))
    return;
  page->model = g_ascii_strncasecmp (hardware, "snom", 4) == 0 ||
                    oh_snom_family_of (hardware) == OH_SNOM_FAMILY_REBADGED
                  ? g_steal_pointer (&hardware)
                  : g_strconcat ("snom", hardware, NULL);
}

/* Names come from a device that anybody may stand in for: identifiers, nothing else. */
static void
drop_odd (char **field)
{
  if (*field != NULL && strspn (*field, ALNUM "._-/") != strlen (*field))
    g_clear_pointer (field, g_free);
}

static OhSnomLook
judge (OhSlice body, const char *title, const char *text, const char *server, gboolean described)
{
  gboolean is_snom = g_ascii_strncasecmp (title, "snom", 4) == 0;

  if (g_ascii_strcasecmp (title, "phone manager") == 0)
    return OH_SNOM_LOOK_MANAGER;
  if (body.len <= BLOCKED_PAGE_MAX && oh_snom_html_find (oh_slice_str (text), "blocked") >= 0)
    return OH_SNOM_LOOK_BLOCKED;
  if (is_snom && oh_snom_html_find (oh_slice_str (title), "error") >= 0)
    return OH_SNOM_LOOK_ERROR;
  if (is_snom || described ||
      (server != NULL && oh_snom_html_find (oh_slice_str (server), "snom embedded") >= 0))
    return OH_SNOM_LOOK_CLASSIC;
  return OH_SNOM_LOOK_OTHER;
}

OhSnomPage *
oh_snom_page_parse (OhSlice body, const char *server)
{
  g_autoptr (OhSnomPage) page = g_new0 (OhSnomPage, 1);
  g_autofree char *title = oh_snom_html_text (element (body, "<title", "</title"), WORD_MAX);
  g_autofree char *text = oh_snom_html_text (body, OH_SNOM_PAGE_MAX);

  page->mac = read_mac (text);
  read_firmware (page, text);
  read_model (page, text);
  drop_odd (&page->model);
  drop_odd (&page->firmware);
  page->look = judge (body, title, text, server, page->mac != NULL && page->model != NULL);
  return g_steal_pointer (&page);
}

void
oh_snom_page_free (OhSnomPage *page)
{
  if (page == NULL)
    return;
  g_free (page->model);
  g_free (page->firmware);
  g_free (page->mac);
  g_free (page);
}

OhSnomAnswer
oh_snom_answer_judge (guint status, OhSnomLook look, gboolean acts)
{
  if (status == 401)
    return OH_SNOM_ANSWER_LOGIN;
  if (look == OH_SNOM_LOOK_MANAGER)
    return OH_SNOM_ANSWER_FOREIGN;
  if (look == OH_SNOM_LOOK_BLOCKED && (status == 200 || status == 403))
    return OH_SNOM_ANSWER_LOCKED_OUT;
  switch (status)
    {
    case 200:
    case 202:
    case 204: return OH_SNOM_ANSWER_ACCEPTED;
    case 301:
    case 302:
    case 303: return acts ? OH_SNOM_ANSWER_ACCEPTED : OH_SNOM_ANSWER_MOVED;
    case 307:
    case 308: return OH_SNOM_ANSWER_MOVED;
    case 403: return acts ? OH_SNOM_ANSWER_REFUSED : OH_SNOM_ANSWER_LOCKED_OUT;
    case 404:
    case 405: return OH_SNOM_ANSWER_FOREIGN;
    default: return OH_SNOM_ANSWER_BROKEN;
    }
}
