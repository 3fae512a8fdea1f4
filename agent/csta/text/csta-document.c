/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-document.h"

#include <string.h>

#include "error.h"
#include "xml-tree.h"

/* clang-format off */
static const struct { const char *word; OhCstaState state; } states[] = {
  { "null",      OH_CSTA_STATE_NULL      },
  { "initiated", OH_CSTA_STATE_INITIATED },
  { "alerting",  OH_CSTA_STATE_ALERTING  },
  { "connected", OH_CSTA_STATE_CONNECTED },
  { "hold",      OH_CSTA_STATE_HOLD      },
  { "queued",    OH_CSTA_STATE_QUEUED    },
  { "fail",      OH_CSTA_STATE_FAILED    },
  { "failed",    OH_CSTA_STATE_FAILED    },
};

/* Each event has a word of its own for the connection and for who did it. */
static const char *const connection_names[] = {
  "connection", "initiatedConnection", "originatedConnection", "outboundConnection",
  "establishedConnection", "heldConnection", "retrievedConnection", "droppedConnection",
  "clearedCall", "failedConnection", "primaryOldCall", NULL,
};
static const char *const acting_names[] = {
  "answeringDevice", "holdingDevice", "retrievingDevice", "releasingDevice", "divertingDevice",
  "transferringDevice", "conferencingDevice", "initiatingDevice", NULL,
};
static const char *const target_names[] = {
  "newDestination", "transferredToDevice", "forwardTo", "forwardDN", NULL,
};
/* clang-format on */

/* --- texts --- */

static char *
clean_text (const xmlNode *node)
{
  char *text = oh_xml_text (node, OH_CSTA_VALUE_MAX);

  for (char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      memset (p, ' ', (gsize) (g_utf8_next_char (p) - p));
  if (text != NULL)
    g_strstrip (text);
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static char *
child_text (const xmlNode *parent, const char *name)
{
  return clean_text (oh_xml_child (parent, name));
}

/* A device stands there itself, or in a deviceIdentifier; "notKnown" and "notRequired" are none. */
static char *
device_text (const xmlNode *node)
{
  char *text = child_text (node, "deviceIdentifier");

  return text != NULL ? text : clean_text (node);
}

static char *
first_device (const xmlNode *root, const char *const *names)
{
  char *text = NULL;

  for (; *names != NULL && text == NULL; names++)
    {
      const xmlNode *node = oh_xml_child (root, *names);

      text = node != NULL ? device_text (node) : NULL;
    }
  return text;
}

static OhCstaState
state_of (const xmlNode *node)
{
  g_autofree char *text = node != NULL ? clean_text (node) : NULL;

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_ascii_strcasecmp (states[i].word, text) == 0)
      return states[i].state;
  return OH_CSTA_STATE_UNTOLD;
}

static gboolean
is_true (const xmlNode *node)
{
  g_autofree char *text = node != NULL ? clean_text (node) : NULL;

  return text != NULL && (strcmp (text, "true") == 0 || strcmp (text, "1") == 0);
}

/* --- connections --- */

static void
end_clear (OhCstaEnd *end)
{
  g_clear_pointer (&end->call, g_free);
  g_clear_pointer (&end->device, g_free);
}

static void
end_free (gpointer data)
{
  end_clear (data);
  g_free (data);
}

static void
read_end (const xmlNode *node, OhCstaEnd *out)
{
  const xmlNode *device = oh_xml_child (node, "deviceID");

  end_clear (out);
  out->call = child_text (node, "callID");
  out->device = device != NULL ? device_text (device) : NULL;
}

static void
find_end (const xmlNode *root, OhCstaEnd *out)
{
  const xmlNode *node = NULL;

  for (guint i = 0; connection_names[i] != NULL && node == NULL; i++)
    node = oh_xml_child (root, connection_names[i]);
  if (node != NULL)
    read_end (node, out);
}

/* localCallState holds a compoundCallState with a list of localConnectionState; the other snapshot
 * has the state right there. */
static OhCstaState
snapshot_state (const xmlNode *item)
{
  const xmlNode *direct = oh_xml_child (item, "localConnectionState");
  const xmlNode *local = oh_xml_child (item, "localCallState");
  const xmlNode *compound = local != NULL ? oh_xml_child (local, "compoundCallState") : NULL;

  if (direct == NULL && compound != NULL)
    direct = oh_xml_child (compound, "localConnectionState");
  if (direct == NULL && local != NULL)
    direct = oh_xml_child (local, "localConnectionState");
  return state_of (direct);
}

static void
read_item (OhCstaDocument *self, const xmlNode *item)
{
  const xmlNode *place = oh_xml_child (item, "connectionIdentifier");
  const xmlNode *on_call = oh_xml_child (item, "deviceOnCall");
  OhCstaEnd *end = g_new0 (OhCstaEnd, 1);

  if (place == NULL)
    place = oh_xml_child (item, "callIdentifier");
  if (place != NULL)
    read_end (place, end);
  if (on_call != NULL)
    {
      g_free (end->device);
      end->device = device_text (on_call);
    }
  end->state = snapshot_state (item);
  if (end->call != NULL || end->device != NULL)
    g_ptr_array_add (self->ends, end);
  else
    end_free (end);
}

static void
read_snapshot (OhCstaDocument *self, const xmlNode *root)
{
  const xmlNode *around = oh_xml_child (root, "crossRefIDorSnapshotData");
  const xmlNode *data = oh_xml_child (around != NULL ? around : root, "snapshotData");

  for (const xmlNode *item = oh_xml_child (data, NULL);
       item != NULL && self->ends->len < OH_CSTA_CALLS_MAX; item = oh_xml_next (item, NULL))
    read_item (self, item);
}

/* --- the three kinds --- */

static void
read_response (OhCstaDocument *self, const xmlNode *root)
{
  const xmlNode *calling = oh_xml_child (root, "callingDevice");

  self->kind = OH_CSTA_KIND_RESPONSE;
  self->monitor = child_text (root, "monitorCrossRefID");
  self->status = child_text (root, "systemStatus");
  self->on = is_true (oh_xml_child (root, "doNotDisturbOn"));
  if (self->service == OH_CSTA_MAKE_CALL && calling != NULL)
    read_end (calling, &self->end);
  if (self->service == OH_CSTA_SNAPSHOT_DEVICE || self->service == OH_CSTA_SNAPSHOT_CALL)
    read_snapshot (self, root);
}

/* <CSTAErrorCode><operation>invalidDestination</operation></CSTAErrorCode>: the word is what
 * tells, or the category where there is none. */
static void
read_refusal (OhCstaDocument *self, const xmlNode *root)
{
  const xmlNode *category = oh_xml_child (root, NULL);

  self->kind = OH_CSTA_KIND_REFUSAL;
  if (category == NULL)
    return;
  self->cause = clean_text (category);
  if (self->cause == NULL)
    self->cause = g_strndup ((const char *) category->name, OH_CSTA_VALUE_MAX);
}

static void
read_event (OhCstaDocument *self, const xmlNode *root)
{
  const xmlNode *second = oh_xml_child (root, "secondaryOldCall");
  const xmlNode *calling = oh_xml_child (root, "callingDevice");
  const xmlNode *called = oh_xml_child (root, "calledDevice");

  self->kind = OH_CSTA_KIND_EVENT;
  self->monitor = child_text (root, "monitorCrossRefID");
  find_end (root, &self->end);
  if (second != NULL)
    read_end (second, &self->other_end);
  self->local_state = state_of (oh_xml_child (root, "localConnectionInfo"));
  self->calling = calling != NULL ? device_text (calling) : NULL;
  self->called = called != NULL ? device_text (called) : NULL;
  self->acting = first_device (root, acting_names);
  self->target = first_device (root, target_names);
  self->cause = child_text (root, "cause");
  self->on = is_true (oh_xml_child (root, "doNotDisturbOn")) ||
             is_true (oh_xml_child (root, "forwardStatus"));
}

static gboolean
check_namespace (const xmlNode *root, OhCstaEdition *edition, GError **error)
{
  const char *ns = root->ns != NULL ? (const char *) root->ns->href : NULL;

  if (oh_csta_edition_find (ns, edition))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "not in the namespace of ECMA-323");
  return FALSE;
}

OhCstaDocument *
oh_csta_document_parse (OhSlice bytes, GError **error)
{
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (OhCstaDocument) self = NULL;
  const xmlNode *root;
  const char *name;

  if (bytes.len > OH_CSTA_SIZE_MAX)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "more than %u octets", OH_CSTA_SIZE_MAX);
      return NULL;
    }
  doc = oh_xml_parse (bytes, NULL, error);
  if (doc == NULL)
    return NULL;
  root = oh_xml_root (doc);
  name = (const char *) root->name;
  self = g_new0 (OhCstaDocument, 1);
  self->ends = g_ptr_array_new_with_free_func (end_free);
  if (!check_namespace (root, &self->edition, error))
    return NULL;
  if (oh_csta_service_find (name, &self->service))
    read_response (self, root);
  else if (oh_csta_event_find (name, &self->event))
    read_event (self, root);
  else if (strcmp (name, "CSTAErrorCode") == 0)
    read_refusal (self, root);
  return g_steal_pointer (&self);
}

void
oh_csta_document_free (OhCstaDocument *self)
{
  if (self == NULL)
    return;
  end_clear (&self->end);
  end_clear (&self->other_end);
  g_free (self->monitor);
  g_free (self->calling);
  g_free (self->called);
  g_free (self->acting);
  g_free (self->target);
  g_free (self->cause);
  g_free (self->status);
  g_clear_pointer (&self->ends, g_ptr_array_unref);
  g_free (self);
}

/* --- parties --- */

char *
oh_csta_party (const char *device)
{
  static const char *const schemes[] = { "sips:", "sip:", "tel:" };
  const char *open;
  gsize len;

  if (device == NULL)
    return NULL;
  open = strchr (device, '<');
  if (open != NULL)
    device = open + 1;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (device, schemes[i], strlen (schemes[i])) == 0)
      {
        device += strlen (schemes[i]);
        break;
      }
  len = strcspn (device, ";>? ");
  return len > 0 ? g_strndup (device, len) : NULL;
}

gboolean
oh_csta_same_device (const char *a, const char *b)
{
  g_autofree char *one = oh_csta_party (a);
  g_autofree char *two = oh_csta_party (b);
  gsize len;

  if (one == NULL || two == NULL)
    return FALSE;
  len = strcspn (one, "@");
  return len == strcspn (two, "@") && g_ascii_strncasecmp (one, two, len) == 0;
}
