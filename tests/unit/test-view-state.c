/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "view-state.h"

#include <string.h>

static void
add_call (OhTrayModel *model, OhTrayCallState state, const char *number, const char *name)
{
  OhTrayCall *call = g_new0 (OhTrayCall, 1);

  call->id = g_strdup_printf ("c%u", model->calls->len + 1);
  call->phone = g_strdup ("desk");
  call->state = state;
  call->number = g_strdup (number);
  call->name = g_strdup (name);
  g_ptr_array_add (model->calls, call);
}

static void
add_phone (OhTrayModel *model, OhTrayPhoneState state, const char *reason, const char *advice)
{
  OhTrayPhone *phone = g_new0 (OhTrayPhone, 1);

  phone->id = g_strdup ("desk");
  phone->host = g_strdup ("192.0.2.10");
  phone->state = state;
  phone->reason = g_strdup (reason);
  phone->advice = g_strdup (advice);
  g_ptr_array_add (model->phones, phone);
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

#define NO_CALL -1

static void
test_icon (void)
{
  static const struct
  {
    OhTrayAgent agent;
    OhTrayEndpoint endpoint;
    OhTrayPhoneState phone;
    int call, second_call;
    OhIcon icon;
  } cases[] = {
    { OH_TRAY_AGENT_STARTING, 0, 0, NO_CALL, NO_CALL, OH_ICON_SIGNED_OUT },
    { OH_TRAY_AGENT_GONE, 0, 0, NO_CALL, NO_CALL, OH_ICON_SIGNED_OUT },
    { OH_TRAY_AGENT_BROKEN, 0, 0, NO_CALL, NO_CALL, OH_ICON_TROUBLE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_OFFLINE, OH_TRAY_PHONE_READY, NO_CALL, NO_CALL,
      OH_ICON_SIGNED_OUT },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_CONNECTING, OH_TRAY_PHONE_READY, NO_CALL, NO_CALL,
      OH_ICON_SIGNED_OUT },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_READY, NO_CALL, NO_CALL,
      OH_ICON_SIGNED_IN },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_UNKNOWN, NO_CALL, NO_CALL,
      OH_ICON_SIGNED_IN },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_LOCKED_OUT, NO_CALL, NO_CALL,
      OH_ICON_TROUBLE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_WAITING, OH_TRAY_PHONE_READY, NO_CALL, NO_CALL,
      OH_ICON_TROUBLE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_FAILED, OH_TRAY_PHONE_READY, NO_CALL, NO_CALL,
      OH_ICON_TROUBLE },
    /* a call comes before trouble, ringing before talking, and what is over does not count */
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_FAILED, OH_TRAY_PHONE_READY, OH_TRAY_CALL_CONNECTED,
      NO_CALL, OH_ICON_ON_THE_PHONE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_READY, OH_TRAY_CALL_DIALING,
      NO_CALL, OH_ICON_ON_THE_PHONE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_READY, OH_TRAY_CALL_HELD,
      OH_TRAY_CALL_INCOMING, OH_ICON_RINGING },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_READY, OH_TRAY_CALL_UNKNOWN,
      NO_CALL, OH_ICON_ON_THE_PHONE },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, OH_TRAY_PHONE_READY, OH_TRAY_CALL_ENDED, NO_CALL,
      OH_ICON_SIGNED_IN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      model->agent = cases[i].agent;
      model->endpoint = cases[i].endpoint;
      add_phone (model, cases[i].phone, "", "");
      if (cases[i].call != NO_CALL)
        add_call (model, cases[i].call, "+4930", "Bob");
      if (cases[i].second_call != NO_CALL)
        add_call (model, cases[i].second_call, "+4931", "Eve");
      g_assert_cmpint (oh_view_icon (model), ==, cases[i].icon);
    }
}

static void
test_icon_names_differ (void)
{
  for (OhIcon a = 0; a <= OH_ICON_ON_THE_PHONE; a++)
    for (OhIcon b = 0; b < a; b++)
      g_assert_cmpstr (oh_view_icon_name (a), !=, oh_view_icon_name (b));
}

static void
test_state (void)
{
  static const struct
  {
    OhTrayAgent agent;
    OhTrayEndpoint endpoint;
    const char *reason, *advice, *state, *told_advice;
  } cases[] = {
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, "", "", "Signed in as alice@fabrikam.test",
      NULL },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_OFFLINE, "", "", "Signed out", NULL },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_SIGNING_IN, "", "", "Signing in…", NULL },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_FAILED, "fe1 refused the password.", "Enter it again.",
      "Not signed in: fe1 refused the password.", "Enter it again." },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_WAITING, "fe1 does not answer.", "",
      "Trying again soon: fe1 does not answer.", NULL },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, "", "stale", "Signed in as alice@fabrikam.test",
      NULL },
    { OH_TRAY_AGENT_BROKEN, OH_TRAY_ENDPOINT_OFFLINE, "", "",
      "The Offhook service cannot be started",
      "Install the package again, or ask the administrator." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      g_autofree char *state = NULL, *advice = NULL, *tooltip = NULL;

      model->agent = cases[i].agent;
      model->endpoint = cases[i].endpoint;
      set (&model->uri, "sip:alice@fabrikam.test");
      set (&model->reason, cases[i].reason);
      set (&model->advice, cases[i].advice);
      state = oh_view_state (model);
      advice = oh_view_advice (model);
      tooltip = oh_view_tooltip (model);
      g_assert_cmpstr (state, ==, cases[i].state);
      g_assert_cmpstr (tooltip, ==, cases[i].state);
      g_assert_cmpstr (advice, ==, cases[i].told_advice);
    }
}

static void
test_title (void)
{
  static const struct
  {
    OhTrayAgent agent;
    OhTrayEndpoint endpoint;
    const char *title;
  } cases[] = {
    { OH_TRAY_AGENT_STARTING, OH_TRAY_ENDPOINT_OFFLINE, "Starting…" },
    { OH_TRAY_AGENT_BROKEN, OH_TRAY_ENDPOINT_OFFLINE, "Not signed in" },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_ONLINE, "alice@fabrikam.test" },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_CONNECTING, "Connecting…" },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_OFFLINE, "Signed out" },
    { OH_TRAY_AGENT_HERE, OH_TRAY_ENDPOINT_WAITING, "Not signed in" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      g_autofree char *title = NULL;

      model->agent = cases[i].agent;
      model->endpoint = cases[i].endpoint;
      set (&model->uri, "sip:alice@fabrikam.test");
      title = oh_view_title (model);
      g_assert_cmpstr (title, ==, cases[i].title);
    }
}

static void
test_tooltip_tells_the_call (void)
{
  g_autoptr (OhTrayModel) model = oh_tray_model_new ();
  g_autofree char *tooltip = NULL;

  model->agent = OH_TRAY_AGENT_HERE;
  model->endpoint = OH_TRAY_ENDPOINT_ONLINE;
  add_call (model, OH_TRAY_CALL_HELD, "+4930", "Bob Baker");
  add_call (model, OH_TRAY_CALL_INCOMING, "+4931", "Eve");
  tooltip = oh_view_tooltip (model);
  g_assert_cmpstr (tooltip, ==, "Eve – is calling");
}

static void
test_call_texts (void)
{
  static const struct
  {
    const char *name, *number, *partner, *body;
  } cases[] = {
    { "Bob Baker", "+49 30 1", "Bob Baker", "+49 30 1, on phone “desk”" },
    { "", "+49 30 1", "+49 30 1", "Incoming call on phone “desk”" },
    { "Bob\nBaker", "", "Bob Baker", "Incoming call on phone “desk”" },
    { "", "", "Unknown number", "Incoming call on phone “desk”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      g_autofree char *partner = NULL, *body = NULL;

      add_call (model, OH_TRAY_CALL_INCOMING, cases[i].number, cases[i].name);
      partner = oh_view_call_partner (g_ptr_array_index (model->calls, 0));
      body = oh_view_call_body (g_ptr_array_index (model->calls, 0));
      g_assert_cmpstr (partner, ==, cases[i].partner);
      g_assert_cmpstr (body, ==, cases[i].body);
    }
}

static void
test_presence (void)
{
  static const struct
  {
    OhTrayAvailability availability;
    const char *activity, *text, *icon;
  } cases[] = {
    { OH_TRAY_AVAILABLE, "", "Available", "offhook-presence-available" },
    { OH_TRAY_BUSY, "on-the-phone", "In a call", "offhook-presence-on-the-phone" },
    { OH_TRAY_BUSY, "On-The-Phone", "In a call", "offhook-presence-on-the-phone" },
    { OH_TRAY_BUSY, "busy", "Busy", "offhook-presence-busy" },
    { OH_TRAY_DND, "in-presentation", "Presenting", "offhook-presence-dnd" },
    { OH_TRAY_AWAY, "Im Garten", "Im Garten", "offhook-presence-away" },
    { OH_TRAY_OFF_WORK, "off-work", "Off Work", "offhook-presence-away" },
    { OH_TRAY_OFFLINE, "on-the-phone", "In a call", "offhook-presence-offline" },
    { OH_TRAY_UNKNOWN, "", "Presence unknown", "offhook-presence-unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = oh_view_presence (cases[i].availability, cases[i].activity);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (oh_view_presence_icon (cases[i].availability, cases[i].activity), ==,
                       cases[i].icon);
    }
}

static void
test_phone_trouble (void)
{
  static const struct
  {
    OhTrayPhoneState state;
    const char *reason, *advice, *text;
  } cases[] = {
    { OH_TRAY_PHONE_READY, "It does not report its calls.", "", NULL },
    { OH_TRAY_PHONE_UNKNOWN, "", "", NULL },
    { OH_TRAY_PHONE_UNAUTHORIZED, "", "", "Phone “desk”: It refuses the password." },
    { OH_TRAY_PHONE_UNREACHABLE, "192.0.2.10 does not answer.", "Check its cable.",
      "Phone “desk”: 192.0.2.10 does not answer. Check its cable." },
    { OH_TRAY_PHONE_UNTRUSTED, "%s%n", "", "Phone “desk”: %s%n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      g_autofree char *text = NULL;

      add_phone (model, cases[i].state, cases[i].reason, cases[i].advice);
      text = oh_view_phone_trouble (g_ptr_array_index (model->phones, 0));
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Ready, but what becomes of its calls is not known: said why, and no trouble of the icon's. */
static void
test_silent_phone (void)
{
  static const struct
  {
    const char *reason, *text;
  } cases[] = {
    { "", "Phone “desk”: It does not report its calls: what becomes of them stays unknown." },
    { "It tells another program at 192.0.2.1.",
      "Phone “desk”: It tells another program at 192.0.2.1." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      g_autofree char *text = NULL;
      OhTrayPhone *phone;

      add_phone (model, OH_TRAY_PHONE_READY, cases[i].reason, "");
      phone = g_ptr_array_index (model->phones, 0);
      phone->silent = TRUE;
      text = oh_view_phone_trouble (phone);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (oh_view_icon (model), !=, OH_ICON_TROUBLE);
    }
}

/* While a phone works its certificate's end is told; once it does not, that is what matters. */
static void
test_phone_expiry (void)
{
  static const struct
  {
    OhTrayPhoneState state;
    const char *text;
  } cases[] = {
    { OH_TRAY_PHONE_READY, "Phone “desk”: It expires in 3 days. Renew it." },
    { OH_TRAY_PHONE_UNAUTHORIZED, "Phone “desk”: It refuses the password." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhTrayModel) model = oh_tray_model_new ();
      OhTrayPhone *phone;
      g_autofree char *text = NULL;

      add_phone (model, cases[i].state, "", "");
      phone = g_ptr_array_index (model->phones, 0);
      set (&phone->expiry, "It expires in 3 days.");
      set (&phone->renewal, "Renew it.");
      text = oh_view_phone_trouble (phone);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_fingerprint (void)
{
  g_autofree char *two_lines = oh_view_fingerprint ("368a7dda762e6ea9f0");
  g_autofree char *none = oh_view_fingerprint ("");

  g_assert_cmpstr (two_lines, ==, "368A 7DDA 762E 6EA9\nF0");
  g_assert_cmpstr (none, ==, "");
}

static void
test_wants_password (void)
{
  g_autoptr (OhTrayModel) model = oh_tray_model_new ();

  g_assert_false (oh_view_wants_password (model)); /* nothing is known yet */
  model->agent = OH_TRAY_AGENT_HERE;
  g_assert_true (oh_view_wants_password (model)); /* nobody to sign in */
  set (&model->uri, "sip:alice@fabrikam.test");
  g_assert_false (oh_view_wants_password (model));
  model->endpoint = OH_TRAY_ENDPOINT_FAILED;
  g_assert_true (oh_view_wants_password (model));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-state/icon", test_icon);
  g_test_add_func ("/view-state/icon-names-differ", test_icon_names_differ);
  g_test_add_func ("/view-state/state", test_state);
  g_test_add_func ("/view-state/title", test_title);
  g_test_add_func ("/view-state/tooltip-tells-the-call", test_tooltip_tells_the_call);
  g_test_add_func ("/view-state/call-texts", test_call_texts);
  g_test_add_func ("/view-state/presence", test_presence);
  g_test_add_func ("/view-state/phone-trouble", test_phone_trouble);
  g_test_add_func ("/view-state/silent-phone", test_silent_phone);
  g_test_add_func ("/view-state/phone-expiry", test_phone_expiry);
  g_test_add_func ("/view-state/fingerprint", test_fingerprint);
  g_test_add_func ("/view-state/wants-password", test_wants_password);
  return g_test_run ();
}
