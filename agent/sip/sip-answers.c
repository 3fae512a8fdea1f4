/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-answers.h"

/* Statuses for a request outside any dialog and inside one; 0 is never answered. */
static const struct
{
  const char *method;
  guint outside, inside;
} answers[] = {
  /* clang-format off */
  { "ACK",       0,   0 },
  { "BENOTIFY",  0,   0 },
  { "BYE",       481, 200 },
  { "CANCEL",    481, 481 }, /* one that found its INVITE does not come here */
  { "INFO",      405, 405 },
  { "INVITE",    488, 488 },
  { "MESSAGE",   488, 488 },
  { "NOTIFY",    200, 200 },
  { "OPTIONS",   200, 200 },
  { "PRACK",     405, 405 },
  { "PUBLISH",   405, 405 },
  { "REFER",     603, 603 },
  { "REGISTER",  405, 405 },
  { "SERVICE",   405, 405 },
  { "SUBSCRIBE", 200, 200 }, /* servers before 2007 send it */
  { "UPDATE",    405, 405 },
  /* clang-format on */
};

static guint
status_for (const OhSipMessage *request, gboolean in_dialog)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    if (oh_sip_message_is_method (request, answers[i].method))
      {
        guint status = in_dialog ? answers[i].inside : answers[i].outside;
        /* a To tag names a dialog that is not ours any more: the peer shall forget it */
        gboolean lost =
          !in_dialog && oh_sip_header_tag (oh_sip_message_get_slice (request, "To")).len > 0;

        return lost && status != 0 ? 481 : status;
      }
  return 501;
}

OhSipMessage *
oh_sip_default_answer (const OhSipMessage *request, gboolean in_dialog)
{
  guint status = status_for (request, in_dialog);
  OhSipMessage *response;

  if (status == 0)
    return NULL;
  response = oh_sip_message_new_response (request, status, NULL);
  if (status == 405 || status == 501 || oh_sip_message_is_method (request, "OPTIONS"))
    oh_sip_message_add (response, "Allow", OH_SIP_ALLOW);
  if (status == 200 && oh_sip_message_is_method (request, "OPTIONS"))
    oh_sip_message_add (response, "Accept", "application/sdp");
  if (status == 200 && oh_sip_message_is_method (request, "SUBSCRIBE"))
    oh_sip_message_add (response, "Expires", "0"); /* taken and over: nothing will be notified */
  return response;
}

gboolean
oh_sip_answer_names_target (const OhSipMessage *response)
{
  return oh_sip_message_status (response) < 300 &&
         (oh_sip_message_is_method (response, "INVITE") ||
          oh_sip_message_is_method (response, "SUBSCRIBE") ||
          oh_sip_message_is_method (response, "NOTIFY") ||
          oh_sip_message_is_method (response, "REFER"));
}
