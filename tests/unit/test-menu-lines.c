/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "menu-lines.h"
#include "call-verbs.h"
#include "view-state.h"

#include <string.h>

static void
add_phone (OhTrayModel *model, OhTrayPhoneState state)
{
  OhTrayPhone *phone = g_new0 (OhTrayPhone, 1);

  phone->id = g_strdup ("desk");
  phone->host = g_strdup ("192.0.2.10");
  phone->reason = g_strdup ("");
  phone->advice = g_strdup ("");
  phone->presented = g_strdup ("");
  phone->expiry = g_strdup ("");
  phone->renewal = g_strdup ("");
  phone->state = state;
  phone->can = oh_tray_abilities_from_words (NULL); /* as of an agent that does not say */
  g_ptr_array_add (model->phones, phone);
}

static OhTrayModel *
signed_in (void)
{
  OhTrayModel *model = oh_tray_model_new ();

  model->agent = OH_TRAY_AGENT_HERE;
  model->endpoint = OH_TRAY_ENDPOINT_ONLINE;
  model->availability = OH_TRAY_AVAILABLE;
  g_free (model->uri);
  model->uri = g_strdup ("sip:alice@fabrikam.test");
  add_phone (model, OH_TRAY_PHONE_READY);
  return model;
}

static void
add_call (OhTrayModel *model, OhTrayCallState state)
{
  OhTrayCall *call = g_new0 (OhTrayCall, 1);

  call->id = g_strdup_printf ("c%u", model->calls->len + 1);
  call->phone = g_strdup ("desk");
  call->state = state;
  call->number = g_strdup ("+49 30 1");
  call->name = g_strdup ("Bob Baker");
  g_ptr_array_add (model->calls, call);
}

static void
add_contacts (OhTrayModel *model, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:p%05u@fabrikam.test", i);
      g_autofree char *name = g_strdup_printf ("Person %05u", i);
      OhTrayContact *contact = oh_tray_contact_new (uri, name);

      oh_tray_contact_set_presence (contact, i % 2 == 0 ? "offline" : "available", "");
      oh_tray_contact_add_number (contact, "work", "+49301", NULL);
      g_ptr_array_add (model->contacts, contact);
    }
}

/* The menu as one text: "[action target] label" per line, "---" between groups. */
static char *
draw (const GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const OhMenuLine *line = g_ptr_array_index (lines, i);

      if (line->kind == OH_MENU_SEPARATOR)
        g_string_append (text, "---\n");
      else if (line->kind == OH_MENU_SUBMENU)
        g_string_append_printf (text, "> %s\n", line->label);
      else if (line->action == NULL)
        g_string_append_printf (text, "%s\n", line->label);
      else
        g_string_append_printf (text, "%s[%s%s%s] %s%s\n", line->impossible ? "-" : "",
                                line->action, line->target != NULL ? " " : "",
                                line->target != NULL ? line->target : "", line->label,
                                line->checked ? " *" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_menu (const OhTrayModel *model, const char *expected)
{
  g_autoptr (GPtrArray) lines = oh_menu_lines (model);
  g_autofree char *drawn = draw (lines);

  g_assert_cmpstr (drawn, ==, expected);
}

static void
test_signed_in (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();

  add_contacts (model, 2);
  assert_menu (model,
               "Signed in as alice@fabrikam.test\n"
               "---\n"
               "[call] Call…\n[history] Call List…\n"
               "---\n"
               "> My Status: Available\n"
               "---\n"
               "> Person 00001 – Available\n"
               "> Person 00000 – Offline\n"
               "[contacts] Contacts\n"
               "---\n"
               "[sign-out] Sign Out\n"
               "[doctor] Check Sign-In and Phones…\n[trace-record] Record a Trace…\n[quit] Quit\n");
}

static void
test_signed_out (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();

  model->endpoint = OH_TRAY_ENDPOINT_OFFLINE;
  assert_menu (
    model, "Signed out\n---\n[call] Call…\n[history] Call List…\n---\n[contacts] Contacts\n---\n"
           "[sign-in] Sign In\n[doctor] Check Sign-In and Phones…\n[trace-record] "
           "Record a Trace…\n[quit] Quit\n");
}

static void
test_failed (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();

  model->endpoint = OH_TRAY_ENDPOINT_FAILED;
  g_free (model->reason);
  g_free (model->advice);
  model->reason = g_strdup ("The server fe1.fabrikam.test:5061 refused the password of alice.");
  model->advice = g_strdup ("Enter it again.");
  assert_menu (model, "Not signed in: The server fe1.fabrikam.test:5061 refused\n"
                      "the password of alice.\n"
                      "Enter it again.\n"
                      "---\n[call] Call…\n[history] Call List…\n---\n[contacts] Contacts\n---\n"
                      "[account] Enter Password…\n[sign-in] Sign In\n[doctor] Check Sign-In and "
                      "Phones…\n[trace-record] Record a Trace…\n[quit] Quit\n");
}

static void
test_calls (void)
{
  static const struct
  {
    OhTrayCallState state;
    const char *lines;
  } cases[] = {
    { OH_TRAY_CALL_INCOMING, "Bob Baker – is calling\n[answer c1] Answer\n[reject c1] Reject\n" },
    { OH_TRAY_CALL_DIALING, "Bob Baker – dialling\n[hang-up c1] Hang Up\n" },
    { OH_TRAY_CALL_RINGING, "Bob Baker – ringing\n[hang-up c1] Hang Up\n" },
    { OH_TRAY_CALL_CONNECTED, "Bob Baker – connected\n[hang-up c1] Hang Up\n[hold c1] Hold\n"
                              "-[transfer c1] Transfer…\n-[mute c1] Mute\n" },
    { OH_TRAY_CALL_HELD, "Bob Baker – on hold\n[hang-up c1] Hang Up\n[resume c1] Resume\n" },
    { OH_TRAY_CALL_UNKNOWN, "Bob Baker – look at the phone\n[hang-up c1] Hang Up\n" },
    { OH_TRAY_CALL_ENDED, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = signed_in ();
      g_autofree char *expected = NULL;

      add_call (model, cases[i].state);
      expected = g_strconcat (
        "Signed in as alice@fabrikam.test\n---\n", cases[i].lines != NULL ? cases[i].lines : "",
        cases[i].lines != NULL ? "---\n" : "",
        "[call] Call…\n[history] Call List…\n---\n> My Status: Available\n---\n"
        "[contacts] Contacts\n---\n[sign-out] Sign Out\n[doctor] Check "
        "Sign-In and Phones…\n[trace-record] Record a Trace…\n[quit] Quit\n",
        NULL);
      assert_menu (model, expected);
    }
}

static guint
count (const GPtrArray *lines, OhMenuKind kind, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const OhMenuLine *line = g_ptr_array_index (lines, i);

      if (line->kind == kind && line->label != NULL && g_str_has_prefix (line->label, prefix))
        n++;
    }
  return n;
}

static void
test_phone (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();

  g_ptr_array_set_size (model->phones, 0);
  assert_menu (model,
               "Signed in as alice@fabrikam.test\n---\n[call] Call…\n[history] Call List…\n---\n"
               "> My Status: Available\n---\n[contacts] Contacts\n---\n"
               "[phone ] Add Phone…\n[sign-out] Sign Out\n[doctor] Check Sign-In and "
               "Phones…\n[trace-record] Record a Trace…\n[quit] Quit\n");
  add_phone (model, OH_TRAY_PHONE_UNREACHABLE); /* nothing to fill in */
  add_phone (model, OH_TRAY_PHONE_UNTRUSTED);
  assert_menu (model, "Signed in as alice@fabrikam.test\n"
                      "Phone “desk”: It does not answer.\n"
                      "Phone “desk”: Its certificate is not trusted.\n"
                      "---\n[call] Call…\n[history] Call List…\n---\n> My Status: Available\n---\n"
                      "[contacts] Contacts\n---\n[phone desk] Set Up Phone “desk”…\n"
                      "[sign-out] Sign Out\n[doctor] Check Sign-In and Phones…\n[trace-record] "
                      "Record a Trace…\n[quit] Quit\n");
}

/* At each limit, and one beyond. */
static void
test_limits (void)
{
  for (guint beyond = 0; beyond <= 1; beyond++)
    {
      g_autoptr (OhTrayModel) model = signed_in ();
      g_autoptr (GPtrArray) lines = NULL, numbers = NULL;
      g_autoptr (OhTrayContact) contact = oh_tray_contact_new ("sip:b@x", "Bob");

      add_contacts (model, OH_MENU_CONTACTS_MAX + beyond);
      for (guint i = 0; i < OH_MENU_CALLS_MAX + beyond; i++)
        add_call (model, OH_TRAY_CALL_HELD);
      for (guint i = 0; i < OH_MENU_NUMBERS_MAX + beyond; i++)
        oh_tray_contact_add_number (contact, "work", "+49301", NULL);
      lines = oh_menu_lines (model);
      numbers = oh_menu_number_lines (contact);
      g_assert_cmpuint (count (lines, OH_MENU_SUBMENU, "Person"), ==, OH_MENU_CONTACTS_MAX);
      g_assert_cmpuint (count (lines, OH_MENU_ITEM, "Hang Up"), ==, OH_MENU_CALLS_MAX);
      g_assert_cmpuint (numbers->len, ==, OH_MENU_NUMBERS_MAX);
    }
}

/* Of ten thousand, those that sort first, in order. */
static void
test_best_contacts (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();
  g_autoptr (GPtrArray) lines = NULL;
  const OhTrayContact *pinned;
  guint first;

  add_contacts (model, 10000);
  ((OhTrayContact *) g_ptr_array_index (model->contacts, 9998))->favourite = TRUE;
  pinned = g_ptr_array_index (model->contacts, 9998);
  lines = oh_menu_lines (model);
  for (first = 0; ((OhMenuLine *) g_ptr_array_index (lines, first))->target == NULL; first++)
    ;
  for (guint i = 0; i < OH_MENU_CONTACTS_MAX; i++)
    {
      const OhMenuLine *line = g_ptr_array_index (lines, first + i);
      g_autofree char *uri = g_strdup_printf ("sip:p%05u@fabrikam.test", 2 * i - 1);

      g_assert_cmpstr (line->target, ==, i == 0 ? pinned->uri : uri);
    }
}

static void
test_numbers (void)
{
  g_autoptr (OhTrayContact) nobody = oh_tray_contact_new ("sip:n@x", "Nobody");
  g_autoptr (OhTrayContact) bob = oh_tray_contact_new ("sip:b@x", "Bob");
  g_autoptr (GPtrArray) none = oh_menu_number_lines (nobody);
  g_autoptr (GPtrArray) two = NULL;
  g_autofree char *drawn_none = draw (none), *drawn_two = NULL;

  oh_tray_contact_add_number (bob, "work", "+49301", "+49 30 1");
  oh_tray_contact_add_number (bob, "mobile", "+491711", "");
  two = oh_menu_number_lines (bob);
  drawn_two = draw (two);
  g_assert_cmpstr (drawn_none, ==, "No telephone number known\n");
  g_assert_cmpstr (drawn_two, ==, "[dial +49301] Work  +49 30 1\n[dial +491711] Mobile  +491711\n");
}

static void
test_own_presence (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *drawn = NULL;

  model->availability = OH_TRAY_DND;
  lines = oh_menu_presence_lines (model);
  drawn = draw (lines);
  g_assert_cmpstr (drawn, ==,
                   "[presence available] Available\n[presence busy] Busy\n"
                   "[presence dnd] Do Not Disturb *\n[presence brb] Be Right Back\n"
                   "[presence away] Away\n[presence off-work] Off Work\n---\n"
                   "[reset-presence] Reset Status\n---\n[note] Add a Note…\n");
}

/* A note is somebody's text and may be long: the menu shows the beginning of one line. */
static void
test_own_note (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *drawn = NULL;

  g_free (model->note);
  model->note = g_strdup ("Back\nat 3");
  lines = oh_menu_presence_lines (model);
  drawn = draw (lines);
  g_assert_nonnull (strstr (drawn, "[note] Note: Back at 3\n"));
}

static void
test_equal (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();
  g_autoptr (GPtrArray) before = oh_menu_lines (model);
  g_autoptr (GPtrArray) same = oh_menu_lines (model);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_true (oh_menu_lines_equal (before, same));
  model->availability = OH_TRAY_BUSY; /* only within a submenu and its label */
  after = oh_menu_lines (model);
  g_assert_false (oh_menu_lines_equal (before, after));
}

/* What the phone can is offered, what it cannot is shown and cannot be chosen. */
static void
test_verbs (void)
{
  static const struct
  {
    guint can;
    gboolean muted;
    gboolean pair;
    const char *drawn;
  } cases[] = {
    { OH_TRAY_CAN_HOLD | OH_TRAY_CAN_TRANSFER | OH_TRAY_CAN_MUTE, FALSE, FALSE,
      "hold transfer mute hang-up" },
    { OH_TRAY_CAN_HOLD | OH_TRAY_CAN_TRANSFER | OH_TRAY_CAN_MUTE, TRUE, FALSE,
      "hold transfer unmute hang-up" },
    { OH_TRAY_CAN_MUTE | OH_TRAY_MUTE_TOGGLES, TRUE, FALSE, "-hold -transfer mute hang-up" },
    { 0, FALSE, FALSE, "-hold -transfer -mute hang-up" },
    { OH_TRAY_CAN_TRANSFER | OH_TRAY_CAN_SWAP, FALSE, TRUE,
      "complete-transfer swap -conference -mute hang-up" },
    { OH_TRAY_CAN_CONFERENCE, FALSE, TRUE, "-complete-transfer -swap conference -mute hang-up" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = signed_in ();
      OhTrayPhone *phone = g_ptr_array_index (model->phones, 0);
      g_autoptr (GString) drawn = g_string_new (NULL);
      OhCallVerb verbs[OH_CALL_VERBS_MAX];
      guint n;

      phone->can = cases[i].can;
      phone->muted = cases[i].muted;
      add_call (model, OH_TRAY_CALL_CONNECTED);
      if (cases[i].pair)
        add_call (model, OH_TRAY_CALL_HELD);
      n = oh_call_verbs (model, g_ptr_array_index (model->calls, 0), verbs);
      for (guint k = 0; k < n; k++)
        g_string_append_printf (drawn, "%s%s%s", k > 0 ? " " : "", verbs[k].possible ? "" : "-",
                                verbs[k].action);
      g_assert_cmpstr (drawn->str, ==, cases[i].drawn);
    }
}

static const OhMenuLine *
find_submenu (const GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const OhMenuLine *line = g_ptr_array_index (lines, i);

      if (line->kind == OH_MENU_SUBMENU && g_str_equal (line->label, label))
        return line;
    }
  return NULL;
}

/* What is set at a phone, and what can be. */
static void
test_phone_state (void)
{
  static const struct
  {
    guint can;
    gboolean dnd;
    const char *forward;
    const char *drawn;
  } cases[] = {
    { 0, FALSE, NULL, NULL },
    { OH_TRAY_CAN_DND, FALSE, NULL, "[dnd-on desk] Keep It from Ringing\n" },
    { OH_TRAY_CAN_DND, TRUE, NULL, "[dnd-off desk] Let It Ring Again\n" },
    { OH_TRAY_CAN_FORWARD, FALSE, "+4930123",
      "[forward-all desk] Forward All Calls…\n[forward-busy desk] Forward When Busy…\n"
      "[forward-no-answer desk] Forward Unanswered Calls…\n"
      "[forward-off desk] Stop Forwarding to +4930123\n" },
    { OH_TRAY_CAN_SET_PASSWORD, FALSE, NULL,
      "[phone-password desk] Change the Phone's Password…\n" },
    { OH_TRAY_CAN_DND | OH_TRAY_CAN_SET_PASSWORD, FALSE, NULL,
      "[dnd-on desk] Keep It from Ringing\n---\n"
      "[phone-password desk] Change the Phone's Password…\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = signed_in ();
      OhTrayPhone *phone = g_ptr_array_index (model->phones, 0);
      g_autoptr (GPtrArray) lines = NULL;
      g_autofree char *drawn = NULL;
      const OhMenuLine *menu;

      phone->can = cases[i].can;
      phone->dnd = cases[i].dnd;
      phone->forward = g_strdup (cases[i].forward);
      lines = oh_menu_lines (model);
      menu = find_submenu (lines, "Phone “desk”");
      drawn = menu != NULL ? draw (menu->children) : NULL;
      g_assert_cmpstr (drawn, ==, cases[i].drawn);
    }
}

static void
test_missed (void)
{
  static const struct
  {
    guint n;
    const char *label;
  } cases[] = { { 0, "Call List…" }, { 1, "1 missed call…" }, { 2, "2 missed calls…" } };
  g_autoptr (OhTrayModel) model = signed_in ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) lines = NULL;
      const OhMenuLine *found = NULL;

      model->missed = cases[i].n;
      lines = oh_menu_lines (model);
      for (guint k = 0; k < lines->len; k++)
        if (g_strcmp0 (((const OhMenuLine *) g_ptr_array_index (lines, k))->action, "history") == 0)
          found = g_ptr_array_index (lines, k);
      g_assert_nonnull (found);
      g_assert_cmpstr (found->label, ==, cases[i].label);
    }
}

/* Who is recorded sees it first, and can end it. */
static void
test_trace (void)
{
  g_autoptr (OhTrayModel) model = signed_in ();
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *tooltip = NULL;
  const OhMenuLine *sign, *save;

  model->trace_until_us = G_GINT64_CONSTANT (1795000000) * G_USEC_PER_SEC;
  lines = oh_menu_lines (model);
  sign = g_ptr_array_index (lines, 1);
  save = g_ptr_array_index (lines, 2);
  g_assert_true (g_str_has_prefix (sign->label, "● Recording a trace until "));
  g_assert_cmpint (sign->kind, ==, OH_MENU_TEXT);
  g_assert_cmpstr (save->action, ==, "trace-save");
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (((const OhMenuLine *) g_ptr_array_index (lines, i))->action, !=,
                     "trace-record");
  tooltip = oh_view_tooltip (model);
  g_assert_nonnull (strstr (tooltip, "\n● Recording a trace until "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu-lines/signed-in", test_signed_in);
  g_test_add_func ("/menu-lines/trace", test_trace);
  g_test_add_func ("/menu-lines/signed-out", test_signed_out);
  g_test_add_func ("/menu-lines/failed", test_failed);
  g_test_add_func ("/menu-lines/calls", test_calls);
  g_test_add_func ("/menu-lines/verbs", test_verbs);
  g_test_add_func ("/menu-lines/phone-state", test_phone_state);
  g_test_add_func ("/menu-lines/missed", test_missed);
  g_test_add_func ("/menu-lines/phone", test_phone);
  g_test_add_func ("/menu-lines/limits", test_limits);
  g_test_add_func ("/menu-lines/best-contacts", test_best_contacts);
  g_test_add_func ("/menu-lines/numbers", test_numbers);
  g_test_add_func ("/menu-lines/own-note", test_own_note);
  g_test_add_func ("/menu-lines/own-presence", test_own_presence);
  g_test_add_func ("/menu-lines/equal", test_equal);
  return g_test_run ();
}
