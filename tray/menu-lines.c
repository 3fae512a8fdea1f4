/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "menu-lines.h"

#include "call-verbs.h"
#include "history-view.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

static void
line_free (gpointer data)
{
  OhMenuLine *self = data;

  g_free (self->label);
  g_free (self->target);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
lines_new (void)
{
  return g_ptr_array_new_with_free_func (line_free);
}

/* Takes @label. */
static OhMenuLine *
add (GPtrArray *lines, OhMenuKind kind, char *label, const char *action, const char *target)
{
  OhMenuLine *line = g_new0 (OhMenuLine, 1);

  line->kind = kind;
  line->label = label;
  line->action = action;
  line->target = g_strdup (target);
  g_ptr_array_add (lines, line);
  return line;
}

static void
add_item (GPtrArray *lines, const char *label, const char *action, const char *target)
{
  add (lines, OH_MENU_ITEM, g_strdup (label), action, target);
}

/* Never first, never two in a row. */
static void
add_separator (GPtrArray *lines)
{
  const OhMenuLine *last = lines->len > 0 ? g_ptr_array_index (lines, lines->len - 1) : NULL;

  if (last != NULL && last->kind != OH_MENU_SEPARATOR)
    add (lines, OH_MENU_SEPARATOR, NULL, NULL, NULL);
}

/* Hosts do not wrap: a sentence becomes several lines of words. */
static void
add_sentence (GPtrArray *lines, const char *icon, const char *sentence)
{
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      glong together = g_utf8_strlen (text->str, -1) + 1 + g_utf8_strlen (words[i], -1);

      if (text->len > 0 && together > OH_MENU_COLUMNS)
        {
          add (lines, OH_MENU_TEXT, g_strdup (text->str), NULL, NULL)->icon = icon;
          icon = NULL;
          g_string_truncate (text, 0);
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);
    }
  add (lines, OH_MENU_TEXT, g_strdup (text->str), NULL, NULL)->icon = icon;
}

static void
add_state (GPtrArray *lines, const OhTrayModel *model)
{
  g_autofree char *state = oh_view_state (model);
  g_autofree char *advice = oh_view_advice (model);
  guint told = 0;

  add_sentence (lines, oh_view_icon_name (oh_view_icon (model)), state);
  if (advice != NULL)
    add_sentence (lines, NULL, advice);
  for (guint i = 0; i < model->phones->len && told < OH_MENU_PHONES_MAX; i++)
    {
      g_autofree char *trouble = oh_view_phone_trouble (g_ptr_array_index (model->phones, i));

      if (trouble == NULL)
        continue;
      add_sentence (lines, "offhook-trouble", trouble);
      told++;
    }
}

static void
add_trace (GPtrArray *lines, const OhTrayModel *model)
{
  char *trace = oh_view_trace (model);

  if (trace == NULL)
    return;
  add (lines, OH_MENU_TEXT, trace, NULL, NULL);
  add_item (lines, _ ("Stop and Save the Trace…"), "trace-save", NULL);
}

/* Without its mnemonic: menus of the bus have their own keys. */
static char *
plain (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("", parts);
}

static void
add_call (GPtrArray *lines, const OhTrayModel *model, const OhTrayCall *call)
{
  OhCallVerb verbs[OH_CALL_VERBS_MAX];
  guint n = oh_call_verbs (model, call, verbs);

  add (lines, OH_MENU_TEXT, oh_view_call_line (call), NULL, NULL)->icon = oh_view_icon_name (
    call->state == OH_TRAY_CALL_INCOMING ? OH_ICON_RINGING : OH_ICON_ON_THE_PHONE);
  for (guint i = 0; i < n; i++)
    {
      /* what is wanted most stands last in a row, and nearest to the name in a menu */
      const OhCallVerb *verb = &verbs[i == 0 ? n - 1 : i - 1];
      OhMenuLine *line = add (lines, OH_MENU_ITEM, plain (verb->label), verb->action, call->id);

      line->impossible = !verb->possible;
    }
}

static void
add_calls (GPtrArray *lines, const OhTrayModel *model)
{
  guint told = 0;

  for (guint i = 0; i < model->calls->len && told < OH_MENU_CALLS_MAX; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      if (call->state == OH_TRAY_CALL_ENDED)
        continue;
      add_separator (lines);
      add_call (lines, model, call);
      told++;
    }
  add_separator (lines);
}

static void
add_note (GPtrArray *lines, const OhTrayModel *model)
{
  g_autofree char *note = oh_tray_text_for_eyes (model->note, OH_TRAY_NAME_MAX);

  if (note[0] == '\0')
    add_item (lines, _ ("Add a Note…"), "note", NULL);
  else
    add (lines, OH_MENU_ITEM, g_strdup_printf (_ ("Note: %s"), note), "note", NULL);
}

GPtrArray *
oh_menu_presence_lines (const OhTrayModel *model)
{
  /* What can be chosen; idle, offline and unknown only happen to people. */
  static const OhTrayAvailability choices[] = { OH_TRAY_AVAILABLE, OH_TRAY_BUSY, OH_TRAY_DND,
                                                OH_TRAY_BRB,       OH_TRAY_AWAY, OH_TRAY_OFF_WORK };
  GPtrArray *lines = lines_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      OhMenuLine *line = add (lines, OH_MENU_RADIO, g_strdup (oh_view_availability (choices[i])),
                              "presence", oh_tray_availability_word (choices[i]));

      line->checked = model->availability == choices[i];
    }
  add_separator (lines);
  add_item (lines, _ ("Reset Status"), "reset-presence", NULL);
  add_separator (lines);
  add_note (lines, model);
  return lines;
}

static void
add_presence (GPtrArray *lines, const OhTrayModel *model)
{
  g_autofree char *presence = NULL;
  OhMenuLine *line;

  if (model->endpoint != OH_TRAY_ENDPOINT_ONLINE)
    return;
  presence = oh_view_presence (model->availability, model->activity);
  line = add (lines, OH_MENU_SUBMENU, g_strdup_printf (_ ("My Status: %s"), presence), NULL, NULL);
  line->icon = oh_view_presence_icon (model->availability, model->activity);
  line->children = oh_menu_presence_lines (model);
  add_separator (lines);
}

GPtrArray *
oh_menu_number_lines (const OhTrayContact *contact)
{
  GPtrArray *lines = lines_new ();

  for (guint i = 0; i < contact->numbers->len && i < OH_MENU_NUMBERS_MAX; i++)
    {
      const OhTrayNumber *number = g_ptr_array_index (contact->numbers, i);

      add (lines, OH_MENU_ITEM, oh_view_number (number), "dial", number->number);
    }
  if (lines->len == 0)
    add (lines, OH_MENU_TEXT, g_strdup (_ ("No telephone number known")), NULL, NULL);
  return lines;
}

static void
add_contact (GPtrArray *lines, const OhTrayContact *contact)
{
  g_autofree char *name = oh_view_contact_name (contact);
  g_autofree char *presence = oh_view_presence (contact->availability, contact->activity);
  OhMenuLine *line;

  /* TRANSLATORS: a person's name, then the presence */
  line = add (lines, OH_MENU_SUBMENU, g_strdup_printf (_ ("%s – %s"), name, presence), NULL, NULL);
  line->icon = oh_view_presence_icon (contact->availability, contact->activity);
  line->target = g_strdup (contact->uri); /* who it is, when the name changes */
  line->children = oh_menu_number_lines (contact);
}

/* The best few of up to ten thousand, without sorting them all: kept in order while passing by. */
static void
add_contacts (GPtrArray *lines, const OhTrayModel *model)
{
  const OhTrayContact *best[OH_MENU_CONTACTS_MAX + 1];
  guint n_best = 0;

  for (guint i = 0; i < model->contacts->len; i++)
    {
      const OhTrayContact *contact = g_ptr_array_index (model->contacts, i);
      guint at = n_best;

      if (at == OH_MENU_CONTACTS_MAX && oh_tray_contact_compare (contact, best[at - 1]) >= 0)
        continue;
      for (; at > 0 && oh_tray_contact_compare (contact, best[at - 1]) < 0; at--)
        best[at] = best[at - 1];
      best[at] = contact;
      n_best = MIN (n_best + 1, OH_MENU_CONTACTS_MAX);
    }
  for (guint i = 0; i < n_best; i++)
    add_contact (lines, best[i]);
}

static void
add_forward (GPtrArray *lines, const OhTrayPhone *phone)
{
  g_autofree char *where =
    phone->forward != NULL ? oh_tray_text_for_eyes (phone->forward, OH_TRAY_NAME_MAX) : NULL;

  add_separator (lines);
  add_item (lines, _ ("Forward All Calls…"), "forward-all", phone->id);
  add_item (lines, _ ("Forward When Busy…"), "forward-busy", phone->id);
  add_item (lines, _ ("Forward Unanswered Calls…"), "forward-no-answer", phone->id);
  if (where != NULL)
    add (lines, OH_MENU_ITEM, g_strdup_printf (_ ("Stop Forwarding to %s"), where), "forward-off",
         phone->id);
}

/* What can be set at a phone that is ready: of those phones a submenu each. */
static void
add_phone_state (GPtrArray *lines, const OhTrayPhone *phone)
{
  g_autofree char *id = oh_tray_text_for_eyes (phone->id, OH_TRAY_NAME_MAX);
  OhMenuLine *menu =
    add (lines, OH_MENU_SUBMENU, g_strdup_printf (_ ("Phone “%s”"), id), NULL, NULL);

  menu->target = g_strdup (phone->id);
  menu->children = lines_new ();
  if ((phone->can & OH_TRAY_CAN_DND) != 0)
    add_item (menu->children, phone->dnd ? _ ("Let It Ring Again") : _ ("Keep It from Ringing"),
              phone->dnd ? "dnd-off" : "dnd-on", phone->id);
  if ((phone->can & OH_TRAY_CAN_FORWARD) != 0)
    add_forward (menu->children, phone);
  if ((phone->can & OH_TRAY_CAN_SET_PASSWORD) == 0)
    return;
  add_separator (menu->children);
  add_item (menu->children, _ ("Change the Phone's Password…"), "phone-password", phone->id);
}

static void
add_phone_states (GPtrArray *lines, const OhTrayModel *model)
{
  guint told = 0;

  for (guint i = 0; i < model->phones->len && told < OH_MENU_PHONES_MAX; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);

      if (phone->state != OH_TRAY_PHONE_READY ||
          (phone->can & (OH_TRAY_CAN_DND | OH_TRAY_CAN_FORWARD | OH_TRAY_CAN_SET_PASSWORD)) == 0)
        continue;
      add_phone_state (lines, phone);
      told++;
    }
}

/* The phone that needs its user, else the first one to be had. */
static void
add_phone (GPtrArray *lines, const OhTrayModel *model)
{
  const OhTrayPhone *phone = oh_view_phone_for_user (model);

  if (model->agent != OH_TRAY_AGENT_HERE)
    return;
  if (phone != NULL)
    {
      g_autofree char *id = oh_tray_text_for_eyes (phone->id, OH_TRAY_NAME_MAX);
      g_autofree char *label = g_strdup_printf (_ ("Set Up Phone “%s”…"), id);

      add_item (lines, label, "phone", phone->id);
    }
  else if (model->phones->len == 0)
    add_item (lines, _ ("Add Phone…"), "phone", "");
}

static void
add_account (GPtrArray *lines, const OhTrayModel *model)
{
  if (model->agent == OH_TRAY_AGENT_HERE && model->uri[0] == '\0')
    add_item (lines, _ ("Set Up Account…"), "account", NULL);
  else if (oh_view_wants_password (model))
    add_item (lines, _ ("Enter Password…"), "account", NULL);
  if (model->endpoint == OH_TRAY_ENDPOINT_WAITING)
    add_item (lines, _ ("Try Again Now"), "sign-in", NULL);
  if (model->endpoint == OH_TRAY_ENDPOINT_OFFLINE || model->endpoint == OH_TRAY_ENDPOINT_FAILED)
    add_item (lines, _ ("Sign In"), "sign-in", NULL);
  else
    add_item (lines, _ ("Sign Out"), "sign-out", NULL);
}

static void
add_history (GPtrArray *lines, const OhTrayModel *model)
{
  g_autofree char *missed = oh_history_missed_text (model->missed);
  OhMenuLine *line;

  if (model->missed == 0)
    {
      add_item (lines, _ ("Call List…"), "history", NULL);
      return;
    }
  line = add (lines, OH_MENU_ITEM, g_strdup_printf ("%s…", missed), "history", NULL);
  line->icon = "call-missed-symbolic";
}

GPtrArray *
oh_menu_lines (const OhTrayModel *model)
{
  GPtrArray *lines = lines_new ();

  add_state (lines, model);
  add_trace (lines, model);
  add_calls (lines, model);
  add_item (lines, _ ("Call…"), "call", NULL);
  add_history (lines, model);
  add_separator (lines);
  add_presence (lines, model);
  add_contacts (lines, model);
  add_item (lines, _ ("Contacts"), "contacts", NULL);
  add_separator (lines);
  add_phone_states (lines, model);
  add_phone (lines, model);
  add_account (lines, model);
  add_item (lines, _ ("Check Sign-In and Phones…"), "doctor", NULL);
  if (model->agent == OH_TRAY_AGENT_HERE && model->trace_until_us == 0)
    add_item (lines, _ ("Record a Trace…"), "trace-record", NULL);
  add_item (lines, _ ("Quit"), "quit", NULL);
  return lines;
}

static gboolean
line_equal (const OhMenuLine *a, const OhMenuLine *b)
{
  if (a->kind != b->kind || a->checked != b->checked || a->impossible != b->impossible ||
      g_strcmp0 (a->label, b->label) != 0 || g_strcmp0 (a->icon, b->icon) != 0 ||
      g_strcmp0 (a->action, b->action) != 0 || g_strcmp0 (a->target, b->target) != 0)
    return FALSE;
  if ((a->children == NULL) != (b->children == NULL))
    return FALSE;
  return a->children == NULL || oh_menu_lines_equal (a->children, b->children);
}

gboolean
oh_menu_lines_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!line_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}
