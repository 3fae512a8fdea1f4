/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-answer.h"

#include <string.h>

#include "phone-kind.h"
#include "snom-page.h"

/* Of a title: a model and some words. */
#define TITLE_MAX 64

const char *
oh_host_answer_dect (const char *text)
{
  static const char *const names[] = { "M300", "M400", "M700", "M900", "M9", "M3" };
  const char *word = text;

  if (text == NULL)
    return NULL;
  if (g_ascii_strncasecmp (word, "snom", 4) == 0)
    word += 4;
  while (*word == ' ' || *word == '-')
    word++;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize len = strlen (names[i]);

      if (g_ascii_strncasecmp (word, names[i], len) == 0 && !g_ascii_isalnum (word[len]))
        return names[i];
    }
  return NULL;
}

/* The text between <title> and </title>, as far as it is plain. */
static char *
dup_title (OhSlice body)
{
  g_autofree char *head =
    g_ascii_strdown (body.data != NULL ? body.data : "", (gssize) MIN (body.len, OH_SNOM_PAGE_MAX));
  const char *start = strstr (head, "<title>");
  gsize at, len;

  if (start == NULL)
    return NULL;
  at = (gsize) (start - head) + strlen ("<title>");
  len = strcspn (head + at, "<");
  return len <= TITLE_MAX ? g_strstrip (g_strndup (body.data + at, len)) : NULL;
}

/* A page of a snom's may have any title and no header; what it looks like tells then. */
static OhPhoneMaker
maker_of (OhPhoneKind kind, OhSnomLook look)
{
  if (kind == OH_PHONE_KIND_YEALINK)
    return OH_PHONE_MAKER_YEALINK;
  return kind != OH_PHONE_KIND_UNKNOWN || look != OH_SNOM_LOOK_OTHER ? OH_PHONE_MAKER_SNOM
                                                                     : OH_PHONE_MAKER_NONE;
}

OhHostAnswer *
oh_host_answer_read (OhSlice body, const char *server, const char *challenge)
{
  OhHostAnswer *answer = g_new0 (OhHostAnswer, 1);
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (body, server);
  g_autofree char *title = dup_title (body);
  const char *dect = oh_host_answer_dect (title);
  const OhPhoneAnswer said = { .server = server, .challenge = challenge, .body = body };

  answer->maker = maker_of (oh_phone_kind_of (&said), page->look);
  if (dect == NULL)
    dect = oh_host_answer_dect (page->model);
  answer->mac = page->mac != NULL ? oh_hardware_address_parse (oh_slice_str (page->mac)) : NULL;
  answer->model = dect != NULL ? g_strconcat ("snom", dect, NULL) : g_strdup (page->model);
  if (dect != NULL)
    answer->kind = OH_FOUND_DECT;
  else if (answer->maker != OH_PHONE_MAKER_NONE)
    answer->kind = OH_FOUND_DESK;
  else
    answer->kind = OH_FOUND_NONE;
  return answer;
}

void
oh_host_answer_free (OhHostAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->model);
  g_free (self->mac);
  g_free (self);
}
