/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-state.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#define OFFLINE 18500
/* [MS-PRES] 2.2.2.6.1: where the ranges begin. */
#define BUSY 6000
#define DO_NOT_DISTURB 9000

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

static gboolean
read_kind (xmlNode *node, FeStateKind *kind)
{
  static const char *const names[] = { "machineState", "userState", "phoneState", "calendarState",
                                       "aggregateState" };
  xmlChar *type = xmlGetProp (node, (const xmlChar *) "type"); /* of any namespace */
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 ((const char *) type, names[i]) == 0)
      {
        *kind = (FeStateKind) i;
        found = TRUE;
      }
  xmlFree (type);
  return found;
}

gboolean
fe_state_read (const char *content, FeState *state)
{
  g_autoptr (xmlDoc) document =
    xmlReadMemory (content, (int) strlen (content), NULL, NULL,
                   XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;

  *state = (FeState){ 0 };
  if (root == NULL || !read_kind (root, &state->kind))
    return FALSE;
  for (xmlNode *child = root->children; child != NULL; child = child->next)
    {
      xmlChar *text;

      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (strcmp ((const char *) child->name, "availability") == 0)
        {
          text = xmlNodeGetContent (child);
          state->availability = (guint) g_ascii_strtoull ((const char *) text, NULL, 10);
          xmlFree (text);
        }
      else if (strcmp ((const char *) child->name, "activity") == 0)
        {
          text = xmlGetNoNsProp (child, (const xmlChar *) "token");
          g_strlcpy (state->activity, text != NULL ? (const char *) text : "",
                     sizeof state->activity);
          xmlFree (text);
        }
    }
  return state->availability > 0;
}

static const FeState *
most_available (const FeState *states, gsize n)
{
  const FeState *best = NULL;

  for (gsize i = 0; i < n; i++)
    if (states[i].kind == FE_STATE_MACHINE &&
        (best == NULL || states[i].availability < best->availability))
      best = &states[i];
  return best;
}

static const FeState *
newest_choice (const FeState *states, gsize n)
{
  const FeState *newest = NULL;

  for (gsize i = 0; i < n; i++)
    if (states[i].kind == FE_STATE_USER)
      newest = &states[i];
  return newest;
}

/* Several calls, or a call in a meeting: the more restrictive counts. */
static const FeState *
most_busy (const FeState *states, gsize n)
{
  const FeState *most = NULL;

  for (gsize i = 0; i < n; i++)
    if ((states[i].kind == FE_STATE_PHONE || states[i].kind == FE_STATE_CALENDAR) &&
        (most == NULL || states[i].availability > most->availability))
      most = &states[i];
  return most;
}

void
fe_state_aggregate (const FeState *states, gsize n, gboolean is_registered, FeState *out)
{
  const FeState *machine = most_available (states, n);
  const FeState *choice = newest_choice (states, n);
  const FeState *busy = most_busy (states, n);
  /* "Available" by hand only undoes an earlier choice: an idle machine still shows. */
  gboolean has_chosen = choice != NULL && choice->availability >= BUSY;

  *out = (FeState){ .availability = OFFLINE };
  if (!is_registered)
    return;
  if (machine != NULL)
    *out = *machine;
  if (has_chosen)
    *out = *choice;
  if (busy == NULL || (has_chosen && choice->availability >= DO_NOT_DISTURB))
    return;
  out->availability =
    has_chosen ? MAX (choice->availability, busy->availability) : busy->availability;
  g_strlcpy (out->activity, busy->activity, sizeof out->activity);
}

char *
fe_state_write (const FeState *state, const char *last_active)
{
  g_autofree char *activity = g_strdup ("");

  if (state->activity[0] != '\0')
    {
      g_free (activity);
      activity = g_markup_printf_escaped (
        "<activity token=\"%s\" minAvailability=\"%u\" maxAvailability=\"%u\"/>", state->activity,
        state->availability, MAX (state->availability, DO_NOT_DISTURB - 1));
    }
  return g_strdup_printf ("<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\""
                          " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                          " xsi:type=\"aggregateState\" lastActive=\"%s\">"
                          "<availability>%u</availability>%s<device>computer</device></state>",
                          last_active, state->availability, activity);
}
