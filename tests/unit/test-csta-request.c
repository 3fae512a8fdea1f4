/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-request.h"

#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
#define NS "http://www.ecma-international.org/standards/ecma-323/csta/ed"
#define ME "sip:440@pbx.example"
#define PLACE(name, call)                                                                          \
  "<" name "><callID>" call "</callID><deviceID>" ME "</deviceID></" name ">"

/* clang-format off */
static const struct
{
  OhCstaRequest request;
  const char *name;
  const char *body;
} cases[] = {
  { { .service = OH_CSTA_SYSTEM_STATUS }, "RequestSystemStatus", "" },
  { { .service = OH_CSTA_MONITOR_START, .device = ME }, "MonitorStart",
    "<monitorObject><deviceObject>" ME "</deviceObject></monitorObject>" },
  { { .service = OH_CSTA_MONITOR_STOP, .argument = "43" }, "MonitorStop",
    "<monitorCrossRefID>43</monitorCrossRefID>" },
  { { .service = OH_CSTA_SNAPSHOT_DEVICE, .device = ME }, "SnapshotDevice",
    "<snapshotObject>" ME "</snapshotObject>" },
  { { .service = OH_CSTA_SNAPSHOT_CALL, .place = { "-12", ME } }, "SnapshotCall",
    PLACE ("snapshotObject", "-12") },
  { { .service = OH_CSTA_MAKE_CALL, .device = ME, .argument = "+4930123" }, "MakeCall",
    "<callingDevice>" ME "</callingDevice><calledDirectoryNumber>+4930123</calledDirectoryNumber>"
    "<autoOriginate>doNotPrompt</autoOriginate>" },
  { { .service = OH_CSTA_ANSWER_CALL, .place = { "2", ME } }, "AnswerCall",
    PLACE ("callToBeAnswered", "2") },
  { { .service = OH_CSTA_ANSWER_CALL, .place = { "2", NULL } }, "AnswerCall",
    "<callToBeAnswered><callID>2</callID></callToBeAnswered>" },
  { { .service = OH_CSTA_CLEAR_CONNECTION, .place = { "2", ME } }, "ClearConnection",
    PLACE ("connectionToBeCleared", "2") },
  { { .service = OH_CSTA_HOLD_CALL, .place = { "2", ME } }, "HoldCall",
    PLACE ("callToBeHeld", "2") },
  { { .service = OH_CSTA_RETRIEVE_CALL, .place = { "2", ME } }, "RetrieveCall",
    PLACE ("callToBeRetrieved", "2") },
  { { .service = OH_CSTA_ALTERNATE_CALL, .place = { "3", ME }, .held = { "2", ME } },
    "AlternateCall", PLACE ("heldCall", "2") PLACE ("activeCall", "3") },
  { { .service = OH_CSTA_TRANSFER_CALL, .place = { "3", ME }, .held = { "2", ME } },
    "TransferCall", PLACE ("heldCall", "2") PLACE ("activeCall", "3") },
  { { .service = OH_CSTA_SINGLE_STEP_TRANSFER, .place = { "3", ME }, .argument = "17" },
    "SingleStepTransferCall", PLACE ("activeCall", "3") "<transferredTo>17</transferredTo>" },
  { { .service = OH_CSTA_CONFERENCE_CALL, .place = { "3", ME }, .held = { "2", ME } },
    "ConferenceCall", PLACE ("heldCall", "2") PLACE ("activeCall", "3") },
  { { .service = OH_CSTA_GENERATE_DIGITS, .place = { "3", ME }, .argument = "12#" },
    "GenerateDigits",
    PLACE ("connectionToSendDigits", "3") "<charactersToSend>12#</charactersToSend>" },
  { { .service = OH_CSTA_SET_MUTE, .device = ME, .on = TRUE }, "SetMicrophoneMute",
    "<device>" ME "</device><auditoryApparatus>1</auditoryApparatus>"
    "<microphoneMuteOn>true</microphoneMuteOn>" },
  { { .service = OH_CSTA_SET_VOLUME, .device = ME }, "SetSpeakerVolume",
    "<device>" ME "</device><auditoryApparatus>1</auditoryApparatus>"
    "<speakerVolume><volInc>decrement</volInc></speakerVolume>" },
  { { .service = OH_CSTA_GET_DND, .device = ME }, "GetDoNotDisturb", "<device>" ME "</device>" },
  { { .service = OH_CSTA_SET_DND, .device = ME }, "SetDoNotDisturb",
    "<device>" ME "</device><doNotDisturbOn>false</doNotDisturbOn>" },
  { { .service = OH_CSTA_SET_FORWARDING, .device = ME, .on = TRUE, .argument = "17",
      .forwarding = "forwardNoAns", .after_s = 20 }, "SetForwarding",
    "<device>" ME "</device><forwardingType>forwardNoAns</forwardingType>"
    "<activateForward>true</activateForward><forwardDN>17</forwardDN>"
    "<ringDuration>20</ringDuration>" },
  { { .service = OH_CSTA_SET_FORWARDING, .device = ME }, "SetForwarding",
    "<device>" ME "</device><activateForward>false</activateForward>" },
};
/* clang-format on */

/* Every request, in every edition: nothing but the namespace differs. */
static void
test_build (void)
{
  guint64 seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint edition = OH_CSTA_ED3; edition <= OH_CSTA_ED5; edition++)
      {
        g_autofree char *built = oh_csta_request_build (&cases[i].request, (OhCstaEdition) edition);
        g_autofree char *expected =
          g_strdup_printf (HEAD "<%s xmlns=\"" NS "%u\">%s</%s>", cases[i].name, edition,
                           cases[i].body, cases[i].name);

        g_assert_cmpstr (built, ==, expected);
        seen |= G_GUINT64_CONSTANT (1) << cases[i].request.service;
      }
  g_assert_cmphex (seen, ==, (G_GUINT64_CONSTANT (1) << OH_N_CSTA_SERVICES) - 1);
}

/* What somebody typed, or a phone said, stays text. */
static void
test_escapes (void)
{
  OhCstaRequest request = { .service = OH_CSTA_MAKE_CALL,
                            .device = "sip:a&b@h",
                            .argument = "</calledDirectoryNumber><x>" };
  g_autofree char *built = oh_csta_request_build (&request, OH_CSTA_ED3);

  g_assert_nonnull (strstr (built, "<callingDevice>sip:a&amp;b@h</callingDevice>"));
  g_assert_nonnull (strstr (built, "&lt;/calledDirectoryNumber&gt;&lt;x&gt;<"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csta-request/build", test_build);
  g_test_add_func ("/csta-request/escapes", test_escapes);
  return g_test_run ();
}
