/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-request.h"

#include "xml-tree.h"

/* Where the text of an element comes from. */
typedef enum
{
  NOTHING,
  DEVICE,
  PLACE,
  HELD,
  ARGUMENT,
  FORWARDING,
  ON,
  STEP,
  SECONDS,
  CONSTANT,
} Source;

typedef struct
{
  const char *name;
  Source source;
  const char *parent; /* an element around it, or the text of a CONSTANT */
} Field;

#define FIELDS_MAX 5

/* clang-format off */
static const Field fields[][FIELDS_MAX] = {
  [OH_CSTA_SYSTEM_STATUS] = { { NULL, NOTHING, NULL } },
  [OH_CSTA_MONITOR_START] = { { "deviceObject", DEVICE, "monitorObject" } },
  [OH_CSTA_MONITOR_STOP] = { { "monitorCrossRefID", ARGUMENT, NULL } },
  [OH_CSTA_SNAPSHOT_DEVICE] = { { "snapshotObject", DEVICE, NULL } },
  [OH_CSTA_SNAPSHOT_CALL] = { { "snapshotObject", PLACE, NULL } },
  [OH_CSTA_MAKE_CALL] = { { "callingDevice", DEVICE, NULL },
                          { "calledDirectoryNumber", ARGUMENT, NULL },
                          { "autoOriginate", CONSTANT, "doNotPrompt" } },
  [OH_CSTA_ANSWER_CALL] = { { "callToBeAnswered", PLACE, NULL } },
  [OH_CSTA_CLEAR_CONNECTION] = { { "connectionToBeCleared", PLACE, NULL } },
  [OH_CSTA_HOLD_CALL] = { { "callToBeHeld", PLACE, NULL } },
  [OH_CSTA_RETRIEVE_CALL] = { { "callToBeRetrieved", PLACE, NULL } },
  [OH_CSTA_ALTERNATE_CALL] = { { "heldCall", HELD, NULL }, { "activeCall", PLACE, NULL } },
  [OH_CSTA_TRANSFER_CALL] = { { "heldCall", HELD, NULL }, { "activeCall", PLACE, NULL } },
  [OH_CSTA_SINGLE_STEP_TRANSFER] = { { "activeCall", PLACE, NULL },
                                     { "transferredTo", ARGUMENT, NULL } },
  [OH_CSTA_CONFERENCE_CALL] = { { "heldCall", HELD, NULL }, { "activeCall", PLACE, NULL } },
  [OH_CSTA_GENERATE_DIGITS] = { { "connectionToSendDigits", PLACE, NULL },
                                { "charactersToSend", ARGUMENT, NULL } },
  [OH_CSTA_SET_MUTE] = { { "device", DEVICE, NULL }, { "auditoryApparatus", CONSTANT, "1" },
                         { "microphoneMuteOn", ON, NULL } },
  [OH_CSTA_SET_VOLUME] = { { "device", DEVICE, NULL }, { "auditoryApparatus", CONSTANT, "1" },
                           { "volInc", STEP, "speakerVolume" } },
  [OH_CSTA_GET_DND] = { { "device", DEVICE, NULL } },
  [OH_CSTA_SET_DND] = { { "device", DEVICE, NULL }, { "doNotDisturbOn", ON, NULL } },
  [OH_CSTA_SET_FORWARDING] = { { "device", DEVICE, NULL }, { "forwardingType", FORWARDING, NULL },
                               { "activateForward", ON, NULL }, { "forwardDN", ARGUMENT, NULL },
                               { "ringDuration", SECONDS, NULL } },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (fields) == OH_N_CSTA_SERVICES);

static void
append_text (GString *xml, const char *name, const char *text)
{
  g_string_append_printf (xml, "<%s>", name);
  oh_xml_append_escaped (xml, text);
  g_string_append_printf (xml, "</%s>", name);
}

static void
append_place (GString *xml, const char *name, const OhCstaPlace *place)
{
  g_string_append_printf (xml, "<%s>", name);
  append_text (xml, "callID", place->call);
  if (place->device != NULL)
    append_text (xml, "deviceID", place->device);
  g_string_append_printf (xml, "</%s>", name);
}

/* (nullable): an element that has nothing to say is left out. */
static const char *
text_of (const OhCstaRequest *request, const Field *field)
{
  switch (field->source)
    {
    case DEVICE: return request->device;
    case ARGUMENT: return request->argument;
    case FORWARDING: return request->forwarding;
    case ON: return request->on ? "true" : "false";
    case STEP: return request->on ? "increment" : "decrement";
    case CONSTANT: return field->parent;
    case SECONDS:
    case PLACE:
    case HELD:
    case NOTHING:
    default: return NULL;
    }
}

static void
append_field (GString *xml, const OhCstaRequest *request, const Field *field)
{
  const char *parent = field->source != CONSTANT ? field->parent : NULL;
  const char *text = text_of (request, field);

  if (field->source == PLACE)
    append_place (xml, field->name, &request->place);
  else if (field->source == HELD)
    append_place (xml, field->name, &request->held);
  else if (field->source == SECONDS && request->after_s > 0)
    g_string_append_printf (xml, "<%s>%u</%s>", field->name, request->after_s, field->name);
  if (text == NULL)
    return;
  if (parent != NULL)
    g_string_append_printf (xml, "<%s>", parent);
  append_text (xml, field->name, text);
  if (parent != NULL)
    g_string_append_printf (xml, "</%s>", parent);
}

char *
oh_csta_request_build (const OhCstaRequest *request, OhCstaEdition edition)
{
  const char *name = oh_csta_service_name (request->service);
  g_autoptr (GString) xml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n");

  g_string_append_printf (xml, "<%s xmlns=\"%s\">", name, oh_csta_namespace (edition));
  for (guint i = 0; i < FIELDS_MAX && fields[request->service][i].source != NOTHING; i++)
    append_field (xml, request, &fields[request->service][i]);
  g_string_append_printf (xml, "</%s>", name);
  return g_string_free (g_steal_pointer (&xml), FALSE);
}
