/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of a message, for sip-message.c and sip-message-parse.c only. */

#include "sip-message.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* (unowned): in head or in strings */
  const char *value; /* (unowned): in head or in strings */
} OhSipField;

struct _OhSipMessage
{
  guint refs;
  guint status;          /* 0 for a request */
  const char *method;    /* (unowned): for a response that of CSeq */
  const char *uri;       /* (unowned) (nullable): NULL for a response */
  const char *reason;    /* (unowned): "" for a request */
  char *head;            /* (owned) (nullable): working copy of what was received, cut in place */
  GStringChunk *strings; /* (owned): what was set since; freed with the message */
  GArray *fields;        /* (owned) (element-type OhSipField) */
  GBytes *body;          /* (owned) */
};

/**
 * oh_sip_message_new_empty:
 *
 * Returns: (transfer full): a message with neither start line nor headers
 */
OhSipMessage *oh_sip_message_new_empty (void);

/**
 * oh_sip_message_take_cseq_method:
 * @self: a response
 *
 * Sets its method from its CSeq, "" where that cannot be read.
 */
void oh_sip_message_take_cseq_method (OhSipMessage *self);

G_END_DECLS
