/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-answer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "endpoint.h"
#include "error.h"
#include "sip-uri.h"

/* Part of the timeout after which we send, so that it never runs out. */
#define KEEP_ALIVE_PERCENT 80
/* Octets of a server's own words that we repeat. */
#define REASON_MAX 200

void
oh_register_grant_free (OhRegisterGrant *self)
{
  if (self == NULL)
    return;
  g_free (self->gruu);
  g_strfreev (self->supported);
  g_free (self->allow_events);
  g_free (self);
}

void
oh_register_target_free (OhRegisterTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self);
}

/* --- 200 ----------------------------------------------------------------------------------- */

/* [MS-CONMGMT] 2.2: "UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300". Where the server did not
 * say hop-hop=yes it gets none: some cut the connection on them. */
static guint
keep_alive_s (const OhSipMessage *response)
{
  OhSlice value = oh_sip_message_get_slice (response, "ms-keep-alive");
  gssize semicolon = oh_slice_find (value, ';');
  OhSlice params, hop, timeout;
  guint64 seconds;

  if (semicolon < 0)
    return 0;
  params = oh_slice (value.data + semicolon, value.len - (gsize) semicolon);
  if (!oh_sip_params_get (params, "hop-hop", &hop) || !oh_slice_equal_case (hop, "yes") ||
      !oh_sip_params_get (params, "timeout", &timeout) ||
      !oh_slice_to_uint (timeout, G_MAXUINT32, &seconds) || seconds == 0)
    return 0;
  seconds = MIN (seconds, OH_REGISTER_KEEP_ALIVE_MAX_S);
  return (guint) MAX (seconds * KEEP_ALIVE_PERCENT / 100, 1);
}

static guint
expires_s (const OhSipMessage *response)
{
  guint64 seconds = 0;

  if (oh_sip_message_get_uint (response, "Expires", G_MAXUINT32, &seconds))
    {
      if (seconds == 0)
        return 0;
    }
  else if (oh_sip_message_get (response, "Contact") == NULL)
    return 0; /* the answer to a de-registration */
  else
    seconds = OH_REGISTER_EXPIRES_DEFAULT_S;
  return (guint) CLAMP (seconds, OH_REGISTER_EXPIRES_MIN_S, OH_REGISTER_EXPIRES_MAX_S);
}

static char *
allow_events (const OhSipMessage *response)
{
  g_auto (GStrv) packages = oh_sip_message_get_list (response, "Allow-Events");

  return packages[0] != NULL ? g_strjoinv (",", packages) : NULL;
}

OhRegisterGrant *
oh_register_grant_read (const OhSipMessage *response, const char *epid)
{
  OhRegisterGrant *self = g_new0 (OhRegisterGrant, 1);

  self->expires_s = expires_s (response);
  self->gruu = oh_endpoint_gruu (response, epid);
  self->keep_alive_s = keep_alive_s (response);
  self->is_remote = oh_sip_message_has_token (response, "ms-user-logon-data", "RemoteUser");
  self->supported = oh_sip_message_get_list (response, "Supported");
  self->allow_events = allow_events (response);
  return self;
}

gboolean
oh_register_grant_supports (const OhRegisterGrant *self, const char *feature)
{
  for (gsize i = 0; self != NULL && self->supported[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->supported[i], feature) == 0)
      return TRUE;
  return FALSE;
}

/* --- 301, 302 ------------------------------------------------------------------------------ */

typedef struct
{
  guint q; /* thousandths */
  guint order;
  OhRegisterTarget *target; /* (owned) */
} Ranked;

static void
ranked_free (Ranked *ranked)
{
  oh_register_target_free (ranked->target);
  g_free (ranked);
}

/* RFC 3261 25.1: qvalue; 1 where there is none or it cannot be read. */
static guint
q_of (OhSlice params)
{
  OhSlice value;
  guint q = 0;

  if (!oh_sip_params_get (params, "q", &value) || value.len == 0 || value.data[0] != '0')
    return 1000;
  for (gsize i = 0; i < 3; i++)
    {
      gsize at = i + 2; /* after "0." */

      q = q * 10 +
          (at < value.len && g_ascii_isdigit (value.data[at]) ? (guint) (value.data[at] - '0') : 0);
    }
  return q;
}

static OhRegisterTarget *
target_of (OhSlice uri_text)
{
  g_autoptr (OhSipUri) uri = oh_sip_uri_parse (uri_text, NULL);
  OhRegisterTarget *target;
  const char *transport;

  if (uri == NULL || oh_sip_uri_scheme (uri) == OH_SIP_SCHEME_TEL ||
      oh_sip_uri_host (uri)[0] == '\0')
    return NULL;
  transport = oh_sip_uri_param (uri, "transport");
  target = g_new (OhRegisterTarget, 1);
  *target = (OhRegisterTarget){
    .host = g_strdup (oh_sip_uri_host (uri)),
    .port = oh_sip_uri_port (uri),
    .tls = oh_sip_uri_scheme (uri) == OH_SIP_SCHEME_SIPS ||
           (transport != NULL && g_ascii_strcasecmp (transport, "tls") == 0),
  };
  return target;
}

static int
by_rank (gconstpointer a, gconstpointer b)
{
  const Ranked *left = *(const Ranked *const *) a;
  const Ranked *right = *(const Ranked *const *) b;

  if (left->q != right->q)
    return left->q > right->q ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

GPtrArray *
oh_register_redirects (const OhSipMessage *response)
{
  g_auto (GStrv) contacts = oh_sip_message_get_list (response, "Contact");
  g_autoptr (GPtrArray) ranked = g_ptr_array_new_with_free_func ((GDestroyNotify) ranked_free);
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_register_target_free);

  for (guint i = 0; contacts[i] != NULL && i < OH_REGISTER_REDIRECTS_MAX; i++)
    {
      OhSipNameAddr parts;
      OhRegisterTarget *target = NULL;
      Ranked *one;

      if (oh_sip_name_addr_parse (oh_slice_str (contacts[i]), &parts))
        target = target_of (parts.uri);
      if (target == NULL)
        continue;
      one = g_new (Ranked, 1);
      *one = (Ranked){ q_of (parts.params), i, target };
      g_ptr_array_add (ranked, one);
    }
  g_ptr_array_sort (ranked, by_rank);
  for (guint i = 0; i < ranked->len; i++)
    g_ptr_array_add (out, g_steal_pointer (&((Ranked *) ranked->pdata[i])->target));
  return out;
}

/* --- refusals ------------------------------------------------------------------------------ */

enum
{
  ANY = 0, /* every diagnostics number */
};

/* The first line that fits counts. %s is our address where @names_us, else the server. */
static const struct
{
  guint status; /* a class (4 for 4xx) where below 10 */
  guint id;
  int code;
  gint retry_s;
  gboolean names_us;
  const char *message;
} refusals[] = {
  { 403, 4003, OH_ERROR_SIGN_IN, OH_REGISTER_NEVER, TRUE,
    N_ ("%s may not sign in from outside the company") },
  { 403, 4004, OH_ERROR_SIGN_IN, OH_REGISTER_NEVER, TRUE,
    N_ ("This login may not use the address %s") },
  { 403, 17000, OH_ERROR_UNREACHABLE, 300, FALSE, N_ ("The server %s is overloaded") },
  { 403, 17001, OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s does not admit this program") },
  { 403, 17002, OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s does not admit this program") },
  { 403, 17003, OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s does not admit this program") },
  { 403, ANY, OH_ERROR_SIGN_IN, OH_REGISTER_NEVER, TRUE, N_ ("%s may not sign in") },
  { 404, 4006, OH_ERROR_UNREACHABLE, 600, TRUE, N_ ("%s is being moved to another server") },
  { 404, ANY, OH_ERROR_SIGN_IN, OH_REGISTER_NEVER, TRUE,
    N_ ("%s is unknown or not enabled for sign-in") },
  { 405, ANY, OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s is not one that people sign in to") },
  { 408, ANY, OH_ERROR_UNREACHABLE, OH_REGISTER_BACK_OFF, FALSE,
    N_ ("The server %s takes too long") },
  { 480, ANY, OH_ERROR_UNREACHABLE, 60, FALSE, N_ ("The server %s is not available now") },
  { 501, ANY, OH_ERROR_UNSUPPORTED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s is not one that people sign in to") },
  { 504, 1009, OH_ERROR_FAILED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s cannot route to the domain") },
  { 504, 1010, OH_ERROR_FAILED, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s does not trust the next server") },
  { 504, 1008, OH_ERROR_UNREACHABLE, 300, FALSE, N_ ("The server %s cannot find the domain") },
  { 504, 1014, OH_ERROR_UNREACHABLE, 300, FALSE, N_ ("The server %s cannot find the domain") },
  { 4, ANY, OH_ERROR_PROTOCOL, OH_REGISTER_NEVER, FALSE,
    N_ ("The server %s does not understand the sign-in") },
  { 5, ANY, OH_ERROR_UNREACHABLE, 60, FALSE, N_ ("The server %s is out of order") },
  { 6, ANY, OH_ERROR_SIGN_IN, OH_REGISTER_NEVER, TRUE, N_ ("%s may not sign in") },
};

char *
oh_register_dup_reason (const OhSipDiagnostics *said)
{
  g_autofree char *words =
    oh_slice_dup (oh_slice (said->reason.data, MIN (said->reason.len, REASON_MAX)));

  return g_utf8_make_valid (words, -1);
}

static gsize
find_refusal (guint status, guint id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if ((refusals[i].status == status || refusals[i].status == status / 100) &&
        (refusals[i].id == ANY || refusals[i].id == id))
      return i;
  return G_N_ELEMENTS (refusals) - 1;
}

static gint
retry_s (const OhSipMessage *response, gint usual_s)
{
  guint64 asked_s;

  if (usual_s == OH_REGISTER_NEVER ||
      !oh_sip_message_get_uint (response, "Retry-After", G_MAXUINT32, &asked_s) || asked_s == 0)
    return usual_s;
  return (gint) MIN (asked_s, OH_REGISTER_RETRY_MAX_S);
}

/* "403 Forbidden", "403, 4004: User not authorized". */
static char *
details (guint status, const OhSipDiagnostics *said, const OhSipMessage *response)
{
  g_autofree char *words = oh_register_dup_reason (said);
  g_autofree char *valid = words[0] != '\0'
                             ? g_steal_pointer (&words)
                             : g_utf8_make_valid (oh_sip_message_reason (response), -1);

  if (said->id == 0)
    return g_strdup_printf ("%u %s", status, valid);
  return g_strdup_printf ("%u, %u: %s", status, said->id, valid);
}

gint
oh_register_refusal (const OhSipMessage *response, const char *server, const char *uri,
                     GError **error)
{
  guint status = oh_sip_message_status (response);
  OhSipDiagnostics said = { 0 };
  g_autofree char *detail = NULL;
  g_auto (GStrv) around = NULL;
  gsize i;

  oh_sip_diagnostics_of (response, &said);
  i = find_refusal (status, said.id);
  detail = details (status, &said, response);
  around = g_strsplit (_ (refusals[i].message), "%s", 2);
  g_set_error (error, OH_ERROR, refusals[i].code, "%s%s%s (%s).", around[0],
               refusals[i].names_us ? uri : server, around[1] != NULL ? around[1] : "", detail);
  return retry_s (response, refusals[i].retry_s);
}
