/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "sip-token.h"
#include "sip-uri.h"

struct _OhSipDialog
{
  GObject parent;

  OhSipDialogState state;
  char *call_id;       /* (owned) */
  char *local;         /* (owned): our From (To, where the peer began) without tag */
  char *local_tag;     /* (owned) */
  char *remote;        /* (owned): the peer's address with its epid, without tag */
  char *remote_tag;    /* (owned) (nullable): NULL while EARLY */
  char *remote_target; /* (owned): the peer's latest Contact */
  char *contact;       /* (owned) (nullable): ours */
  GStrv routes;        /* (owned): in the order in which we use them */
  guint32 local_cseq;  /* the last one used */
  guint32 invite_cseq; /* that of our last INVITE, for its ACK */
  guint32 remote_cseq; /* the last one seen; valid when has_remote_cseq */
  gboolean has_remote_cseq;
};

enum
{
  SIGNAL_REQUEST,
  SIGNAL_TERMINATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhSipDialog, oh_sip_dialog, G_TYPE_OBJECT)

#define BIT(state) (1u << (state))

static const guint8 may_follow[] = {
  [OH_SIP_DIALOG_EARLY] = BIT (OH_SIP_DIALOG_CONFIRMED) | BIT (OH_SIP_DIALOG_TERMINATED),
  [OH_SIP_DIALOG_CONFIRMED] = BIT (OH_SIP_DIALOG_TERMINATED),
  [OH_SIP_DIALOG_TERMINATED] = 0,
};

static void
set_state (OhSipDialog *self, OhSipDialogState to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[dialog %.8s] %d -> %d", self->call_id, self->state, to);
  self->state = to;
}

static gboolean
is_any_method (const OhSipMessage *message, const char *const *methods)
{
  for (; *methods != NULL; methods++)
    if (oh_sip_message_is_method (message, *methods))
      return TRUE;
  return FALSE;
}

/* "<uri>;epid=…" of a From or To: what goes back to the peer but for its tag. */
static char *
without_tag (const char *header)
{
  OhSipNameAddr addr;
  g_autofree char *uri = NULL;
  g_autofree char *epid = NULL;

  if (!oh_sip_name_addr_parse (oh_slice_str (header), &addr))
    return g_strdup (header);
  uri = oh_slice_dup (addr.uri);
  epid = oh_sip_params_dup (addr.params, "epid");
  return epid != NULL ? g_strdup_printf ("<%s>;epid=%s", uri, epid) : g_strdup_printf ("<%s>", uri);
}

static char *
tag_of (const OhSipMessage *message, const char *name)
{
  OhSlice tag = oh_sip_header_tag (oh_sip_message_get_slice (message, name));

  return tag.len > 0 ? oh_slice_dup (tag) : NULL;
}

static gboolean
tag_is (const OhSipMessage *message, const char *name, const char *tag)
{
  return oh_slice_equal (oh_sip_header_tag (oh_sip_message_get_slice (message, name)),
                         tag != NULL ? tag : "");
}

/* The first Contact's address; NULL when there is none that can be used. */
static char *
contact_uri (const OhSipMessage *message)
{
  OhSlice cursor = oh_sip_message_get_slice (message, "Contact");
  OhSlice item;
  OhSipNameAddr addr;

  if (!oh_sip_list_next (&cursor, &item) || !oh_sip_name_addr_parse (item, &addr))
    return NULL;
  return oh_slice_dup (addr.uri);
}

static void
reverse (GStrv list)
{
  for (guint i = 0, n = g_strv_length (list); i < n / 2; i++)
    {
      char *other = list[i];

      list[i] = list[n - 1 - i];
      list[n - 1 - i] = other;
    }
}

/* All values of all lines; what the caller of the dialog uses is the reverse of what the called
 * uses (RFC 3261 12.1). */
static GStrv
route_set (const OhSipMessage *message, gboolean reversed)
{
  GStrv routes = oh_sip_message_get_list (message, "Record-Route");

  if (g_strv_length (routes) > OH_SIP_ROUTES_MAX)
    {
      g_info ("a message with more than %d routes: none is used", OH_SIP_ROUTES_MAX);
      g_clear_pointer (&routes, g_strfreev);
      routes = g_new0 (char *, 1);
    }
  if (reversed)
    reverse (routes);
  return routes;
}

static void
confirm (OhSipDialog *self, char *remote_tag, const char *remote, GStrv routes)
{
  self->remote_tag = remote_tag;
  g_free (self->remote);
  self->remote = without_tag (remote);
  g_strfreev (self->routes);
  self->routes = routes;
  set_state (self, OH_SIP_DIALOG_CONFIRMED);
}

static void
learn_target (OhSipDialog *self, const OhSipMessage *message)
{
  char *target = contact_uri (message);

  if (target == NULL)
    return;
  g_free (self->remote_target);
  self->remote_target = target;
}

OhSipDialog *
oh_sip_dialog_new_uac (const char *local, const char *contact, const char *remote_uri)
{
  OhSipDialog *self = g_object_new (OH_TYPE_SIP_DIALOG, NULL);

  self->call_id = oh_sip_token (32);
  self->local = g_strdup (local);
  self->local_tag = oh_sip_token (16);
  self->remote = g_strdup_printf ("<%s>", remote_uri);
  self->remote_target = g_strdup (remote_uri);
  self->contact = g_strdup (contact);
  self->routes = g_new0 (char *, 1);
  return self;
}

OhSipDialog *
oh_sip_dialog_new_uas (const OhSipMessage *request, const char *contact, GError **error)
{
  g_autoptr (OhSipDialog) self = g_object_new (OH_TYPE_SIP_DIALOG, NULL);
  char *tag = tag_of (request, "From");
  OhSipCSeq cseq;

  self->remote_target = contact_uri (request);
  if (tag == NULL || self->remote_target == NULL || !oh_sip_message_cseq (request, &cseq))
    {
      g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL,
                   "%s without From tag or Contact begins no dialog",
                   oh_sip_message_method (request));
      g_free (tag);
      return NULL;
    }
  self->call_id = g_strdup (oh_sip_message_get (request, "Call-ID"));
  self->local = without_tag (oh_sip_message_get (request, "To"));
  self->local_tag = oh_sip_token (16);
  self->contact = g_strdup (contact);
  self->remote_cseq = cseq.number;
  self->has_remote_cseq = TRUE;
  confirm (self, tag, oh_sip_message_get (request, "From"), route_set (request, FALSE));
  return g_steal_pointer (&self);
}

OhSipDialogState
oh_sip_dialog_state (OhSipDialog *self)
{
  return self->state;
}

const char *
oh_sip_dialog_call_id (OhSipDialog *self)
{
  return self->call_id;
}

const char *
oh_sip_dialog_local_tag (OhSipDialog *self)
{
  return self->local_tag;
}

const char *
oh_sip_dialog_remote_tag (OhSipDialog *self)
{
  return self->remote_tag;
}

const char *
oh_sip_dialog_remote_target (OhSipDialog *self)
{
  return self->remote_target;
}

guint32
oh_sip_dialog_next_cseq (OhSipDialog *self)
{
  return ++self->local_cseq;
}

void
oh_sip_dialog_set_contact (OhSipDialog *self, const char *contact)
{
  g_free (self->contact);
  self->contact = g_strdup (contact);
}

/* A route without ;lr is a strict router: it wants itself in the Request-URI, and the target at
 * the end of the routes (RFC 3261 12.2.1.1). Gives that router's address, NULL for a loose one. */
static char *
strict_router (const char *route)
{
  g_autoptr (OhSipUri) uri = NULL;
  OhSipNameAddr addr;

  if (route == NULL || !oh_sip_name_addr_parse (oh_slice_str (route), &addr))
    return NULL;
  uri = oh_sip_uri_parse (addr.uri, NULL);
  if (uri == NULL || oh_sip_uri_param (uri, "lr") != NULL)
    return NULL;
  return oh_slice_dup (addr.uri);
}

static OhSipMessage *
routed_request (OhSipDialog *self, const char *method)
{
  g_autofree char *strict = strict_router (self->routes[0]);
  OhSipMessage *request =
    oh_sip_message_new_request (method, strict != NULL ? strict : self->remote_target);

  for (guint i = strict != NULL ? 1 : 0; self->routes[i] != NULL; i++)
    oh_sip_message_add (request, "Route", self->routes[i]);
  if (strict != NULL)
    {
      g_autofree char *last = g_strdup_printf ("<%s>", self->remote_target);

      oh_sip_message_add (request, "Route", last);
    }
  return request;
}

static guint32
cseq_for (OhSipDialog *self, const char *method)
{
  if (strcmp (method, "ACK") == 0 || strcmp (method, "CANCEL") == 0)
    return self->invite_cseq;
  oh_sip_dialog_next_cseq (self);
  if (strcmp (method, "INVITE") == 0)
    self->invite_cseq = self->local_cseq;
  return self->local_cseq;
}

/* "<uri>;epid=…" with the tag before the other parameters. */
static void
set_address (OhSipMessage *request, const char *name, const char *address, const char *tag)
{
  const char *params = strchr (address, '>');

  params = params != NULL ? params + 1 : address + strlen (address);
  if (tag == NULL)
    oh_sip_message_set (request, name, address);
  else
    oh_sip_message_set_printf (request, name, "%.*s;tag=%s%s", (int) (params - address), address,
                               tag, params);
}

OhSipMessage *
oh_sip_dialog_create_request (OhSipDialog *self, const char *method)
{
  OhSipMessage *request;

  g_return_val_if_fail (OH_IS_SIP_DIALOG (self), NULL);
  g_return_val_if_fail (self->state != OH_SIP_DIALOG_TERMINATED, NULL);

  request = routed_request (self, method);
  set_address (request, "From", self->local, self->local_tag);
  set_address (request, "To", self->remote, self->remote_tag);
  oh_sip_message_set (request, "Call-ID", self->call_id);
  oh_sip_message_set_printf (request, "CSeq", "%u %s", cseq_for (self, method), method);
  if (self->contact != NULL)
    oh_sip_message_set (request, "Contact", self->contact);
  return request;
}

gboolean
oh_sip_dialog_matches (OhSipDialog *self, const OhSipMessage *message)
{
  gboolean incoming = oh_sip_message_is_request (message);
  const char *call_id = oh_sip_message_get (message, "Call-ID");

  return self->state != OH_SIP_DIALOG_TERMINATED && g_strcmp0 (call_id, self->call_id) == 0 &&
         tag_is (message, incoming ? "To" : "From", self->local_tag) &&
         (self->remote_tag == NULL || tag_is (message, incoming ? "From" : "To", self->remote_tag));
}

static void
lose (OhSipDialog *self, const char *why)
{
  gboolean was_confirmed = self->state == OH_SIP_DIALOG_CONFIRMED;
  g_autoptr (GError) error = NULL;

  if (self->state == OH_SIP_DIALOG_TERMINATED)
    return;
  set_state (self, OH_SIP_DIALOG_TERMINATED);
  error =
    g_error_new (OH_ERROR, OH_ERROR_FAILED, _ ("The server ended the conversation (%s)."), why);
  if (was_confirmed)
    g_signal_emit (self, signals[SIGNAL_TERMINATED], 0, error);
}

/* A challenged INVITE has been sent again under another number: its ACK bears that. */
static void
learn_number (OhSipDialog *self, const OhSipMessage *invite)
{
  OhSipCSeq cseq;

  if (oh_sip_message_cseq (invite, &cseq))
    self->invite_cseq = cseq.number;
}

static void
take_success (OhSipDialog *self, const OhSipMessage *request, const OhSipMessage *response)
{
  static const char *const refreshing[] = { "INVITE", "SUBSCRIBE", "UPDATE", "REFER", NULL };

  if (self->state == OH_SIP_DIALOG_EARLY)
    {
      char *tag = tag_of (response, "To");

      if (tag == NULL)
        return; /* no dialog was made (RFC 3261 12.1.2): still early, a NOTIFY may make it */
      confirm (self, tag, oh_sip_message_get (response, "To"), route_set (response, TRUE));
    }
  if (is_any_method (request, refreshing))
    learn_target (self, response);
  if (oh_sip_message_is_method (request, "INVITE"))
    learn_number (self, request);
  if (oh_sip_message_is_method (request, "BYE"))
    oh_sip_dialog_terminate (self);
}

void
oh_sip_dialog_take_response (OhSipDialog *self, const OhSipMessage *request,
                             const OhSipMessage *response)
{
  guint status = oh_sip_message_status (response);
  g_autofree char *why = NULL;

  g_return_if_fail (OH_IS_SIP_DIALOG (self));

  if (self->state == OH_SIP_DIALOG_TERMINATED || status < 200)
    return;
  if (status < 300)
    take_success (self, request, response);
  else if (self->state == OH_SIP_DIALOG_EARLY || status == 481 || status == 408)
    {
      why = g_strdup_printf ("%u %s", status, oh_sip_message_reason (response));
      lose (self, why);
    }
}

void
oh_sip_dialog_take_timeout (OhSipDialog *self)
{
  g_return_if_fail (OH_IS_SIP_DIALOG (self));
  lose (self, _ ("no answer"));
}

/* RFC 3261 12.2.2: a request older than the last one is out of order. FALSE: answer 500. */
static gboolean
check_order (OhSipDialog *self, const OhSipMessage *request)
{
  OhSipCSeq cseq;

  if (oh_sip_message_is_method (request, "ACK") || oh_sip_message_is_method (request, "CANCEL"))
    return TRUE; /* they carry the number of the INVITE */
  if (!oh_sip_message_cseq (request, &cseq))
    return FALSE;
  if (self->has_remote_cseq && cseq.number < self->remote_cseq)
    return FALSE;
  self->remote_cseq = cseq.number;
  self->has_remote_cseq = TRUE;
  return TRUE;
}

gboolean
oh_sip_dialog_take_request (OhSipDialog *self, OhSipMessage *request, guint *status)
{
  static const char *const refreshing[] = { "INVITE", "SUBSCRIBE", "UPDATE", "REFER",
                                            "NOTIFY", "BENOTIFY",  NULL };
  gboolean handled = FALSE;

  g_return_val_if_fail (OH_IS_SIP_DIALOG (self), FALSE);

  *status = 0;
  if (!check_order (self, request))
    {
      *status = 500;
      return FALSE;
    }
  if (self->state == OH_SIP_DIALOG_EARLY) /* a NOTIFY that overtook the 2xx, RFC 6665 4.1.2.4 */
    {
      char *tag = tag_of (request, "From");

      if (tag == NULL)
        {
          *status = 481;
          return FALSE;
        }
      confirm (self, tag, oh_sip_message_get (request, "From"), route_set (request, FALSE));
    }
  if (is_any_method (request, refreshing))
    learn_target (self, request);
  g_signal_emit (self, signals[SIGNAL_REQUEST], 0, request, &handled);
  if (oh_sip_message_is_method (request, "BYE"))
    {
      lose (self, "BYE");
      *status = 200;
    }
  return handled;
}

void
oh_sip_dialog_terminate (OhSipDialog *self)
{
  g_return_if_fail (OH_IS_SIP_DIALOG (self));
  if (self->state != OH_SIP_DIALOG_TERMINATED)
    set_state (self, OH_SIP_DIALOG_TERMINATED);
}

static void
oh_sip_dialog_finalize (GObject *object)
{
  OhSipDialog *self = OH_SIP_DIALOG (object);

  g_free (self->call_id);
  g_free (self->local);
  g_free (self->local_tag);
  g_free (self->remote);
  g_free (self->remote_tag);
  g_free (self->remote_target);
  g_free (self->contact);
  g_strfreev (self->routes);
  G_OBJECT_CLASS (oh_sip_dialog_parent_class)->finalize (object);
}

static void
oh_sip_dialog_class_init (OhSipDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_sip_dialog_finalize;
  signals[SIGNAL_REQUEST] = g_signal_new ("request", OH_TYPE_SIP_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                          g_signal_accumulator_true_handled, NULL, NULL,
                                          G_TYPE_BOOLEAN, 1, OH_TYPE_SIP_MESSAGE);
  signals[SIGNAL_TERMINATED] = g_signal_new ("terminated", OH_TYPE_SIP_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_sip_dialog_init (OhSipDialog *self)
{
}
