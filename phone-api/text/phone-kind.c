/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-kind.h"

#include <string.h>

#include "snom-family.h"

/* Titles stand in the first lines; what follows is the page. */
#define HEAD_MAX 16384
#define TITLE_MAX 64

static const char *const words[] = {
  [OH_PHONE_KIND_UNKNOWN] = "unknown",       [OH_PHONE_KIND_SNOM] = "snom",
  [OH_PHONE_KIND_SNOM_D8XX] = "snom-d8xx",   [OH_PHONE_KIND_SNOM_DECT] = "snom-dect",
  [OH_PHONE_KIND_SNOM_OTHER] = "snom-other", [OH_PHONE_KIND_YEALINK] = "yealink",
};

G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_PHONE_KINDS);

static gboolean
contains (OhSlice text, const char *what)
{
  gsize len = strlen (what);

  for (gsize at = 0; at + len <= text.len; at++)
    if (g_ascii_strncasecmp (text.data + at, what, len) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
says (const char *text, const char *what)
{
  return text != NULL && contains (oh_slice_str (text), what);
}

/* The words between <title> and </title>; empty when there are none. */
static OhSlice
title_of (OhSlice body)
{
  static const char open[] = "<title>";
  const gsize len = sizeof open - 1;

  for (gsize at = 0; at + len <= body.len; at++)
    if (g_ascii_strncasecmp (body.data + at, open, len) == 0)
      {
        OhSlice rest = oh_slice (body.data + at + len, body.len - at - len);
        OhSlice title = oh_slice_trim (oh_slice_eat_until (&rest, "<"));

        return oh_slice (title.data, MIN (title.len, TITLE_MAX));
      }
  return oh_slice (NULL, 0);
}

/* Yealink's two web servers, the servlet and the CGI before it, in what goes with a refusal. */
static gboolean
refuses_like_yealink (const OhPhoneAnswer *answer)
{
  return says (answer->challenge, "yealink") || says (answer->location, "/servlet?") ||
         says (answer->location, "ConfigManApp.com");
}

static OhPhoneKind
kind_of_family (OhSnomFamily family)
{
  switch (family)
    {
    case OH_SNOM_FAMILY_D8XX: return OH_PHONE_KIND_SNOM_D8XX;
    case OH_SNOM_FAMILY_DECT: return OH_PHONE_KIND_SNOM_DECT;
    case OH_SNOM_FAMILY_OTHER: return OH_PHONE_KIND_SNOM_OTHER;
    case OH_SNOM_FAMILY_UNKNOWN: return OH_PHONE_KIND_UNKNOWN;
    case OH_SNOM_FAMILY_1XX:
    case OH_SNOM_FAMILY_3XX:
    case OH_SNOM_FAMILY_7XX:
    case OH_SNOM_FAMILY_8XX:
    case OH_SNOM_FAMILY_DXXX:
    case OH_SNOM_FAMILY_REBADGED:
    case OH_N_SNOM_FAMILIES:
    default: return OH_PHONE_KIND_SNOM;
    }
}

OhPhoneKind
oh_phone_kind_of_model (const char *model)
{
  static const char *const yealinks[] = { "yealink", "SIP-T", "SIP-CP", "T2", "T3", "T4", "T5" };

  for (gsize i = 0; model != NULL && i < G_N_ELEMENTS (yealinks); i++)
    if (g_ascii_strncasecmp (model, yealinks[i], strlen (yealinks[i])) == 0)
      return OH_PHONE_KIND_YEALINK;
  return kind_of_family (oh_snom_family_of (model));
}

/* A base has its bare name as title ("M700"); a desk phone has "snom" before it. */
static OhPhoneKind
kind_of_title (OhSlice title)
{
  g_autofree char *name = oh_slice_dup (title);
  OhSnomFamily family = oh_snom_family_of (name);

  if (oh_slice_equal_case (title, "Phone Manager"))
    return OH_PHONE_KIND_SNOM_D8XX;
  if (family == OH_SNOM_FAMILY_DECT || family == OH_SNOM_FAMILY_OTHER)
    return kind_of_family (family);
  return oh_slice_has_prefix_case (title, "snom") ? OH_PHONE_KIND_SNOM : OH_PHONE_KIND_UNKNOWN;
}

OhPhoneKind
oh_phone_kind_of (const OhPhoneAnswer *answer)
{
  OhSlice head = oh_slice (answer->body.data, MIN (answer->body.len, HEAD_MAX));
  OhSlice title = title_of (head);
  OhPhoneKind kind = kind_of_title (title);

  if (says (answer->server, "yealink") || oh_slice_has_prefix_case (title, "Yealink"))
    return OH_PHONE_KIND_YEALINK;
  if (kind != OH_PHONE_KIND_UNKNOWN)
    return kind;
  if (says (answer->server, "snom embedded") || says (answer->challenge, "realm=\"snom"))
    return OH_PHONE_KIND_SNOM;
  /* the page last: a key of a snom may well call a Yealink's address */
  if (refuses_like_yealink (answer) || contains (head, "servlet?m=mod_listener") ||
      contains (head, "/cgi-bin/ConfigManApp.com"))
    return OH_PHONE_KIND_YEALINK;
  return OH_PHONE_KIND_UNKNOWN;
}

const char *
oh_phone_kind_word (OhPhoneKind kind)
{
  g_return_val_if_fail (kind < OH_N_PHONE_KINDS, "unknown");
  return words[kind];
}
