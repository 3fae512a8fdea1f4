/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-gss.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <string.h>

#define NTLM_PLUGIN "gssntlmssp/gssntlmssp.so"
/* 1.3.6.1.4.1.7165.655.1.x, the plug-in's own options; here, so that its headers are not needed. */
#define NTLM_OID "\x2b\x06\x01\x04\x01\xb7\x7d\x85\x0f\x01"
#define NTLM_SET_SEQ_NUM_OID NTLM_OID "\x01"
#define NTLM_NEG_FLAGS_OID NTLM_OID "\x05"
/* What gss-ntlmssp offers by itself, plus IDENTIFY, which peers of [MS-SIPAE] ask for. */
#define NTLM_FLAGS 0xe29ab275u
/* [MS-SIPAE] 3.1.4.1: every message of an NTLM association carries this sequence number. */
#define NTLM_SEQUENCE 100u

/* The functions of one mechanism. Names, credentials and contexts stay with the side that made
 * them, so nothing of one table may meet the other. */
typedef struct
{
  __typeof__ (&gss_import_name) import_name;
  __typeof__ (&gss_release_name) release_name;
  __typeof__ (&gss_display_name) display_name;
  __typeof__ (&gss_acquire_cred) acquire_cred;
  __typeof__ (&gss_release_cred) release_cred;
  __typeof__ (&gss_accept_sec_context) accept;
  __typeof__ (&gss_delete_sec_context) delete_context;
  __typeof__ (&gss_get_mic) get_mic;
  __typeof__ (&gss_verify_mic) verify_mic;
  __typeof__ (&gss_display_status) display_status;
  __typeof__ (&gss_set_sec_context_option) set_context_option;
  __typeof__ (&gss_set_cred_option) set_cred_option;
} Functions;

struct _FeAcceptor
{
  Functions call;
  void *plugin; /* (nullable): what call points into */
  gss_cred_id_t credential;
  gboolean is_ntlm;
};

struct _FeContext
{
  FeAcceptor *acceptor; /* unowned */
  gss_ctx_id_t handle;
  char *peer; /* (owned) (nullable): once complete */
};

/* Read by the sanitizers, where they are built in. gss-ntlmssp 1.2 does not free the digests that
 * it fetches from OpenSSL, which nothing else in this program uses. And clang 14 misreads the size
 * of thread-local storage that comes with a plug-in: the leak check then crashes now and again. */
const char *__lsan_default_suppressions (void);
const char *__asan_default_options (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libcrypto.so";
}

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}

static void
set_gss_error (const Functions *call, OM_uint32 major, OM_uint32 minor, const char *what,
               GError **error)
{
  gss_buffer_desc text[2] = { GSS_C_EMPTY_BUFFER, GSS_C_EMPTY_BUFFER };
  OM_uint32 ignored, more = 0;

  call->display_status (&ignored, major, GSS_C_GSS_CODE, GSS_C_NO_OID, &more, &text[0]);
  more = 0;
  call->display_status (&ignored, minor, GSS_C_MECH_CODE, GSS_C_NO_OID, &more, &text[1]);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s: %.*s (%.*s)", what,
               (int) text[0].length, text[0].length > 0 ? (char *) text[0].value : "",
               (int) text[1].length, text[1].length > 0 ? (char *) text[1].value : "");
  gss_release_buffer (&ignored, &text[0]);
  gss_release_buffer (&ignored, &text[1]);
}

static void
link_functions (Functions *call)
{
  *call = (Functions){
    .import_name = gss_import_name,
    .release_name = gss_release_name,
    .display_name = gss_display_name,
    .acquire_cred = gss_acquire_cred,
    .release_cred = gss_release_cred,
    .accept = gss_accept_sec_context,
    .delete_context = gss_delete_sec_context,
    .get_mic = gss_get_mic,
    .verify_mic = gss_verify_mic,
    .display_status = gss_display_status,
    .set_context_option = gss_set_sec_context_option,
  };
}

FeAcceptor *
fe_acceptor_new_kerberos (const char *keytab, const char *replay_cache, GError **error)
{
  g_autoptr (FeAcceptor) self = g_new0 (FeAcceptor, 1);
  g_autofree char *keytab_name = g_strconcat ("FILE:", keytab, NULL);
  g_autofree char *cache_name = g_strconcat ("file2:", replay_cache, NULL);
  gss_key_value_element_desc elements[] = {
    { "keytab", keytab_name },
    { "rcache", cache_name },
  };
  gss_key_value_set_desc store = { G_N_ELEMENTS (elements), elements };
  gss_OID_set_desc mechanisms = { 1, (gss_OID) gss_mech_krb5 };
  OM_uint32 major, minor;

  link_functions (&self->call);
  major = gss_acquire_cred_from (&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms, GSS_C_ACCEPT,
                                 &store, &self->credential, NULL, NULL);
  if (GSS_ERROR (major))
    {
      set_gss_error (&self->call, major, minor, keytab, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void *
open_plugin (GError **error)
{
  static const char *const places[] = {
    "/usr/lib/" OH_MULTIARCH "/" NTLM_PLUGIN,
    "/usr/lib64/" NTLM_PLUGIN,
    "/usr/lib/" NTLM_PLUGIN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      void *plugin = dlopen (places[i], RTLD_NOW | RTLD_LOCAL);

      if (plugin != NULL)
        return plugin;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gss-ntlmssp is not installed: %s",
               dlerror ());
  return NULL;
}

static gboolean
load_functions (FeAcceptor *self, GError **error)
{
  const struct
  {
    const char *name;
    void *place;
  } symbols[] = {
    { "gss_import_name", &self->call.import_name },
    { "gss_release_name", &self->call.release_name },
    { "gss_display_name", &self->call.display_name },
    { "gss_acquire_cred", &self->call.acquire_cred },
    { "gss_release_cred", &self->call.release_cred },
    { "gss_accept_sec_context", &self->call.accept },
    { "gss_delete_sec_context", &self->call.delete_context },
    { "gss_get_mic", &self->call.get_mic },
    { "gss_verify_mic", &self->call.verify_mic },
    { "gss_display_status", &self->call.display_status },
    { "gss_set_sec_context_option", &self->call.set_context_option },
    { "gssspi_set_cred_option", &self->call.set_cred_option },
  };

  self->plugin = open_plugin (error);
  if (self->plugin == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      void *found = dlsym (self->plugin, symbols[i].name);

      if (found == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gss-ntlmssp without %s",
                       symbols[i].name);
          return FALSE;
        }
      memcpy (symbols[i].place, &found, sizeof found);
    }
  return TRUE;
}

static gboolean
acquire_ntlm (FeAcceptor *self, const char *server_name, guint32 flags, GError **error)
{
  g_autofree char *service = g_strconcat ("sip@", server_name, NULL);
  gss_buffer_desc service_buffer = { strlen (service), service };
  gss_buffer_desc flags_buffer = { sizeof flags, &flags };
  gss_OID_desc flags_oid = { sizeof NTLM_NEG_FLAGS_OID - 1, (void *) NTLM_NEG_FLAGS_OID };
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 major, minor, ignored;

  major = self->call.import_name (&minor, &service_buffer, GSS_C_NT_HOSTBASED_SERVICE, &name);
  if (!GSS_ERROR (major))
    {
      major = self->call.acquire_cred (&minor, name, GSS_C_INDEFINITE, GSS_C_NO_OID_SET,
                                       GSS_C_ACCEPT, &self->credential, NULL, NULL);
      self->call.release_name (&ignored, &name);
    }
  if (!GSS_ERROR (major))
    major = self->call.set_cred_option (&minor, &self->credential, &flags_oid, &flags_buffer);
  if (GSS_ERROR (major))
    set_gss_error (&self->call, major, minor, "gss-ntlmssp credential", error);
  return !GSS_ERROR (major);
}

FeAcceptor *
fe_acceptor_new_ntlm (const char *users, const char *server_name, guint32 flags, GError **error)
{
  g_autoptr (FeAcceptor) self = g_new0 (FeAcceptor, 1);

  self->is_ntlm = TRUE;
  g_setenv ("NTLM_USER_FILE", users, TRUE); /* its only way in for passwords */
  if (!load_functions (self, error) ||
      !acquire_ntlm (self, server_name, flags != 0 ? flags : NTLM_FLAGS, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
fe_acceptor_free (FeAcceptor *self)
{
  OM_uint32 minor;

  if (self == NULL)
    return;
  if (self->credential != GSS_C_NO_CREDENTIAL)
    self->call.release_cred (&minor, &self->credential);
  /* The plug-in stays loaded: it keeps state of its own that it only gives up with the process. */
  g_free (self);
}

FeContext *
fe_context_new (FeAcceptor *acceptor)
{
  FeContext *self = g_new0 (FeContext, 1);

  self->acceptor = acceptor;
  return self;
}

void
fe_context_free (FeContext *self)
{
  OM_uint32 minor;

  if (self == NULL)
    return;
  if (self->handle != GSS_C_NO_CONTEXT)
    self->acceptor->call.delete_context (&minor, &self->handle, GSS_C_NO_BUFFER);
  g_free (self->peer);
  g_free (self);
}

static gboolean
on_complete (FeContext *self, gss_name_t source, GError **error)
{
  Functions *call = &self->acceptor->call;
  gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
  OM_uint32 major, minor, ignored;

  major = call->display_name (&minor, source, &text, NULL);
  if (!GSS_ERROR (major))
    {
      self->peer = g_strndup (text.value, text.length);
      gss_release_buffer (&ignored, &text);
    }
  if (!GSS_ERROR (major) && self->acceptor->is_ntlm)
    {
      guint32 sequence = NTLM_SEQUENCE;
      gss_buffer_desc value = { sizeof sequence, &sequence };
      gss_OID_desc oid = { sizeof NTLM_SET_SEQ_NUM_OID - 1, (void *) NTLM_SET_SEQ_NUM_OID };

      major = call->set_context_option (&minor, &self->handle, &oid, &value);
    }
  if (GSS_ERROR (major))
    set_gss_error (call, major, minor, "after the handshake", error);
  return !GSS_ERROR (major);
}

GBytes *
fe_context_step (FeContext *self, GBytes *input, gboolean *out_complete, GError **error)
{
  Functions *call = &self->acceptor->call;
  gss_buffer_desc in = GSS_C_EMPTY_BUFFER, out = GSS_C_EMPTY_BUFFER;
  gss_name_t source = GSS_C_NO_NAME;
  OM_uint32 major, minor, ignored;
  GBytes *reply = NULL;
  gboolean sound = TRUE;

  *out_complete = FALSE;
  if (input != NULL)
    in.value = (void *) g_bytes_get_data (input, &in.length);
  major = call->accept (&minor, &self->handle, self->acceptor->credential, &in,
                        GSS_C_NO_CHANNEL_BINDINGS, &source, NULL, &out, NULL, NULL, NULL);
  if (GSS_ERROR (major))
    {
      set_gss_error (call, major, minor, "token refused", error);
      sound = FALSE;
    }
  else if (major == GSS_S_COMPLETE)
    *out_complete = sound = on_complete (self, source, error);
  if (source != GSS_C_NO_NAME)
    call->release_name (&ignored, &source);
  if (out.length > 0 && sound)
    reply = g_bytes_new (out.value, out.length);
  gss_release_buffer (&ignored, &out);
  return reply;
}

const char *
fe_context_peer (const FeContext *self)
{
  return self->peer;
}

char *
fe_context_sign (FeContext *self, const char *text, GError **error)
{
  Functions *call = &self->acceptor->call;
  gss_buffer_desc message = { strlen (text), (void *) text };
  gss_buffer_desc mic = GSS_C_EMPTY_BUFFER;
  g_autoptr (GString) hex = g_string_new (NULL);
  OM_uint32 major, minor, ignored;

  major = call->get_mic (&minor, self->handle, GSS_C_QOP_DEFAULT, &message, &mic);
  if (GSS_ERROR (major))
    {
      set_gss_error (call, major, minor, "cannot sign", error);
      return NULL;
    }
  for (gsize i = 0; i < mic.length; i++)
    g_string_append_printf (hex, "%02X", ((const guint8 *) mic.value)[i]);
  gss_release_buffer (&ignored, &mic);
  return g_string_free (g_steal_pointer (&hex), FALSE);
}

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *octets = g_byte_array_new ();

  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2)
    {
      guint8 octet = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (octets, &octet, 1);
    }
  if (*hex != '\0')
    g_byte_array_set_size (octets, 0); /* no hex: no signature */
  return octets;
}

gboolean
fe_context_verify (FeContext *self, const char *text, const char *hex, GError **error)
{
  Functions *call = &self->acceptor->call;
  g_autoptr (GByteArray) octets = from_hex (hex);
  gss_buffer_desc message = { strlen (text), (void *) text };
  gss_buffer_desc mic = { octets->len, octets->data };
  OM_uint32 major, minor;

  if (octets->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "signature is not hex");
      return FALSE;
    }
  major = call->verify_mic (&minor, self->handle, &message, &mic, NULL);
  if (GSS_ERROR (major)) /* "duplicate" and "old" are no errors here: order is not promised */
    set_gss_error (call, major, minor, "signature", error);
  return !GSS_ERROR (major);
}
