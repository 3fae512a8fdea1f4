/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-document.h"

#include <string.h>

#include "error.h"

#define NS(edition)                                                                                \
  "xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed" edition "\""
#define END(name, call)                                                                            \
  "<" name "><callID>" call "</callID><deviceID>sip:440@pbx.example</deviceID></" name ">"

/* All that a document says, in one line: kind, what, monitor, ends, state, parties, cause, on. */
static char *
describe (const OhCstaDocument *doc)
{
  static const char kinds[] = { 'o', 'r', 'e', 'v' };
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%c%u", kinds[doc->kind], doc->edition);
  if (doc->kind == OH_CSTA_KIND_RESPONSE)
    g_string_append_printf (text, " %s", oh_csta_service_name (doc->service));
  if (doc->kind == OH_CSTA_KIND_EVENT)
    g_string_append_printf (text, " %u", doc->event);
  if (doc->monitor != NULL)
    g_string_append_printf (text, " m=%s", doc->monitor);
  if (doc->end.call != NULL)
    g_string_append_printf (text, " %s/%s", doc->end.call, doc->end.device);
  if (doc->other_end.call != NULL)
    g_string_append_printf (text, " +%s", doc->other_end.call);
  if (doc->local_state != OH_CSTA_STATE_UNTOLD)
    g_string_append_printf (text, " s%u", doc->local_state);
  if (doc->calling != NULL)
    g_string_append_printf (text, " from=%s", doc->calling);
  if (doc->called != NULL)
    g_string_append_printf (text, " to=%s", doc->called);
  if (doc->acting != NULL)
    g_string_append_printf (text, " by=%s", doc->acting);
  if (doc->target != NULL)
    g_string_append_printf (text, " target=%s", doc->target);
  if (doc->cause != NULL)
    g_string_append_printf (text, " cause=%s", doc->cause);
  if (doc->status != NULL)
    g_string_append_printf (text, " status=%s", doc->status);
  if (doc->on)
    g_string_append (text, " on");
  for (guint i = 0; i < doc->ends->len; i++)
    {
      const OhCstaEnd *end = g_ptr_array_index (doc->ends, i);

      g_string_append_printf (text, " [%s %s %u]", end->call, end->device, end->state);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* clang-format off */
static const struct { const char *xml; const char *said; } good[] = {
  { "<?xml version=\"1.0\" encoding=\"utf-8\"?><RequestSystemStatusResponse " NS ("5") ">"
    "<systemStatus>normal</systemStatus></RequestSystemStatusResponse>",
    "r5 RequestSystemStatus status=normal" },
  { "<MonitorStartResponse " NS ("5") "><monitorCrossRefID>43</monitorCrossRefID>"
    "<monitorExistingCalls>true</monitorExistingCalls></MonitorStartResponse>",
    "r5 MonitorStart m=43" },
  { "<MonitorStopResponse " NS ("5") "/>", "r5 MonitorStop" },
  { "<SnapshotDeviceResponse " NS ("5") "><crossRefIDorSnapshotData><snapshotData>"
    "<snapshotDeviceResponseInfo><connectionIdentifier><callID>-12</callID>"
    "<deviceID>sip:440@pbx.example</deviceID></connectionIdentifier><localCallState>"
    "<compoundCallState><localConnectionState>alerting</localConnectionState></compoundCallState>"
    "</localCallState></snapshotDeviceResponseInfo></snapshotData></crossRefIDorSnapshotData>"
    "</SnapshotDeviceResponse>",
    "r5 SnapshotDevice [-12 sip:440@pbx.example 3]" },
  { "<SnapshotDeviceResponse " NS ("3") "><crossRefIDorSnapshotData><snapshotData/>"
    "</crossRefIDorSnapshotData></SnapshotDeviceResponse>", "r3 SnapshotDevice" },
  { "<SnapshotCallResponse " NS ("4") "><snapshotData><snapshotCallResponseInfo>"
    "<deviceOnCall><deviceIdentifier>sip:bob@h</deviceIdentifier></deviceOnCall>"
    END ("callIdentifier", "7") "<localConnectionState>hold</localConnectionState>"
    "</snapshotCallResponseInfo></snapshotData></SnapshotCallResponse>",
    "r4 SnapshotCall [7 sip:bob@h 5]" },
  { "<MakeCallResponse " NS ("5") ">" END ("callingDevice", "2") "</MakeCallResponse>",
    "r5 MakeCall 2/sip:440@pbx.example" },
  { "<c:MakeCallResponse xmlns:c=\"http://www.ecma-international.org/standards/ecma-323/csta/ed3\">"
    "<c:callingDevice><c:callID>2</c:callID></c:callingDevice></c:MakeCallResponse>",
    "r3 MakeCall 2/(null)" },
  { "<GetDoNotDisturbResponse " NS ("3") "><doNotDisturbOn>true</doNotDisturbOn>"
    "</GetDoNotDisturbResponse>", "r3 GetDoNotDisturb on" },
  { "<CSTAErrorCode " NS ("3") "><operation>invalidDestination</operation></CSTAErrorCode>",
    "e3 cause=invalidDestination" },
  { "<CSTAErrorCode " NS ("3") "><unspecified/></CSTAErrorCode>", "e3 cause=unspecified" },
  { "<CSTAErrorCode " NS ("3") "/>", "e3" },
  { "<ServiceInitiatedEvent " NS ("4") "><monitorCrossRefID>1</monitorCrossRefID>"
    END ("initiatedConnection", "9") "<initiatingDevice><deviceIdentifier>N&lt;440&gt;;noa=nk"
    "</deviceIdentifier></initiatingDevice><localConnectionInfo>initiated</localConnectionInfo>"
    "<cause>makeCall</cause></ServiceInitiatedEvent>",
    "v4 0 m=1 9/sip:440@pbx.example s2 by=N<440>;noa=nk cause=makeCall" },
  { "<OriginatedEvent " NS ("5") ">" END ("originatedConnection", "9")
    "<callingDevice><deviceIdentifier>sip:440@h</deviceIdentifier></callingDevice>"
    "<calledDevice><deviceIdentifier>17</deviceIdentifier></calledDevice>"
    "<localConnectionInfo>connected</localConnectionInfo></OriginatedEvent>",
    "v5 1 9/sip:440@pbx.example s4 from=sip:440@h to=17" },
  { "<DeliveredEvent " NS ("3") ">" END ("connection", "-3")
    "<alertingDevice>sip:440@h</alertingDevice><callingDevice><notKnown/></callingDevice>"
    "<lastRedirectionDevice><notRequired/></lastRedirectionDevice>"
    "<localConnectionInfo>alerting</localConnectionInfo><cause>newCall</cause></DeliveredEvent>",
    "v3 3 -3/sip:440@pbx.example s3 cause=newCall" },
  { "<EstablishedEvent " NS ("3") ">" END ("establishedConnection", "1")
    "<answeringDevice>sip:bob@h</answeringDevice></EstablishedEvent>",
    "v3 4 1/sip:440@pbx.example by=sip:bob@h" },
  { "<HeldEvent " NS ("3") ">" END ("heldConnection", "1") "<holdingDevice>x</holdingDevice>"
    "</HeldEvent>", "v3 5 1/sip:440@pbx.example by=x" },
  { "<RetrievedEvent " NS ("3") ">" END ("retrievedConnection", "1") "</RetrievedEvent>",
    "v3 6 1/sip:440@pbx.example" },
  { "<ConnectionClearedEvent " NS ("3") ">" END ("droppedConnection", "1")
    "<releasingDevice>x</releasingDevice><localConnectionInfo>null</localConnectionInfo>"
    "<cause>normalClearing</cause></ConnectionClearedEvent>",
    "v3 7 1/sip:440@pbx.example s1 by=x cause=normalClearing" },
  { "<CallClearedEvent " NS ("3") "><clearedCall><callID>1</callID></clearedCall>"
    "</CallClearedEvent>", "v3 8 1/(null)" },
  { "<DivertedEvent " NS ("3") ">" END ("connection", "1") "<newDestination>17</newDestination>"
    "</DivertedEvent>", "v3 9 1/sip:440@pbx.example target=17" },
  { "<TransferedEvent " NS ("3") ">" END ("primaryOldCall", "1") END ("secondaryOldCall", "2")
    "<transferringDevice>sip:440@h</transferringDevice></TransferedEvent>",
    "v3 10 1/sip:440@pbx.example +2 by=sip:440@h" },
  { "<FailedEvent " NS ("3") ">" END ("failedConnection", "1")
    "<localConnectionInfo>fail</localConnectionInfo><cause>busy</cause></FailedEvent>",
    "v3 12 1/sip:440@pbx.example s7 cause=busy" },
  { "<DoNotDisturbEvent " NS ("3") "><device>440</device><doNotDisturbOn>1</doNotDisturbOn>"
    "</DoNotDisturbEvent>", "v3 13 on" },
  { "<ForwardingEvent " NS ("3") "><device>440</device><forwardTo>17</forwardTo>"
    "<forwardStatus>true</forwardStatus></ForwardingEvent>", "v3 14 target=17 on" },
  { "<MonitorStop " NS ("3") "><monitorCrossRefID>43</monitorCrossRefID></MonitorStop>",
    "v3 15 m=43" },
  { "<AgentReadyEvent " NS ("3") "/>", "o3" },
  { "<DeliveredEvent " NS ("3") "/>", "v3 3" },
  { "<EstablishedEvent " NS ("3") "><callingDevice> a\tb&#x85;c </callingDevice>"
    "</EstablishedEvent>", "v3 4 from=a b  c" },
};
/* clang-format on */

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhCstaDocument) doc = oh_csta_document_parse (oh_slice_str (good[i].xml), &error);
      g_autofree char *said = NULL;

      g_test_message ("%s", good[i].xml);
      g_assert_no_error (error);
      said = describe (doc);
      g_assert_cmpstr (said, ==, good[i].said);
    }
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "",
    "garbage",
    "<MakeCallResponse/>",
    "<MakeCallResponse xmlns=\"urn:other\"/>",
    "<MakeCallResponse " NS ("3"),
    "<!DOCTYPE a [<!ENTITY b \"c\">]><MakeCallResponse " NS ("3") "/>",
    "<DeliveredEvent " NS ("x") "/>",
    "\xff\xfe\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (oh_csta_document_parse (oh_slice_str (bad[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

/* At the limit, and one beyond. */
static void
test_size (void)
{
  static const char start[] = "<MonitorStopResponse " NS ("3") "/>";

  for (guint beyond = 0; beyond <= 1; beyond++)
    {
      g_autoptr (GString) xml = g_string_new (start);
      g_autoptr (OhCstaDocument) doc = NULL;

      while (xml->len < OH_CSTA_SIZE_MAX + beyond)
        g_string_append_c (xml, '\n');
      doc = oh_csta_document_parse (oh_slice (xml->str, xml->len), NULL);
      g_assert_true ((doc == NULL) == (beyond == 1));
    }
}

static void
test_calls_and_values (void)
{
  g_autoptr (GString) xml = g_string_new ("<SnapshotDeviceResponse " NS ("3") "><snapshotData>");
  g_autoptr (OhCstaDocument) doc = NULL;
  g_autofree char *name = g_strnfill (OH_CSTA_VALUE_MAX + 1, 'x');
  const OhCstaEnd *first;

  for (guint i = 0; i <= OH_CSTA_CALLS_MAX; i++)
    g_string_append_printf (xml,
                            "<i><connectionIdentifier><callID>%s</callID>"
                            "</connectionIdentifier></i>",
                            i == 0 ? name : "1");
  g_string_append (xml, "</snapshotData></SnapshotDeviceResponse>");
  doc = oh_csta_document_parse (oh_slice (xml->str, xml->len), NULL);
  g_assert_cmpuint (doc->ends->len, ==, OH_CSTA_CALLS_MAX);
  first = g_ptr_array_index (doc->ends, 0);
  g_assert_cmpuint (strlen (first->call), ==, OH_CSTA_VALUE_MAX);
}

static void
test_parties (void)
{
  static const struct
  {
    const char *device;
    const char *party;
  } cases[] = {
    { "sip:440@pbx.example", "440@pbx.example" },
    { "sips:440@pbx.example;user=phone", "440@pbx.example" },
    { "SIP:440@pbx.example?x=y", "440@pbx.example" },
    { "tel:+4930123;ext=1", "+4930123" },
    { "N<302118840100>Bob", "302118840100" },
    { "\"Bob\" <sip:bob@h>", "bob@h" },
    { "440", "440" },
    { "<>", NULL },
    { "sip:", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *party = oh_csta_party (cases[i].device);

      g_assert_cmpstr (party, ==, cases[i].party);
    }
  g_assert_true (oh_csta_same_device ("sip:440@pbx.example", "440@192.0.2.50"));
  g_assert_true (oh_csta_same_device ("Alice@h", "sip:alice"));
  g_assert_false (oh_csta_same_device ("sip:440@h", "sip:4401@h"));
  g_assert_false (oh_csta_same_device (NULL, "440"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csta-document/good", test_good);
  g_test_add_func ("/csta-document/bad", test_bad);
  g_test_add_func ("/csta-document/size", test_size);
  g_test_add_func ("/csta-document/calls-and-values", test_calls_and_values);
  g_test_add_func ("/csta-document/parties", test_parties);
  return g_test_run ();
}
