/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "legacy-tls-core.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

struct _OhLegacyCore
{
  gatomicrefcount references;
  GSocketConnection *base; /* (owned) */
  GSocket *socket;         /* (owned): of @base */
  SSL *ssl;                /* (owned) */
  gboolean accepted;
  gboolean at_end;         /* the other end has closed its side of the socket */
  GIOCondition read_wants; /* what the last SSL_read() waited for */
  GIOCondition write_wants;
};

/* --- the socket below OpenSSL --------------------------------------------------------------- */

static int
bio_read (BIO *bio, char *buffer, int count)
{
  OhLegacyCore *self = BIO_get_data (bio);
  g_autoptr (GError) error = NULL;
  gssize n =
    g_socket_receive_with_blocking (self->socket, buffer, (gsize) count, FALSE, NULL, &error);

  self->at_end = n == 0;
  BIO_clear_retry_flags (bio);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    BIO_set_retry_read (bio);
  return (int) n;
}

static int
bio_write (BIO *bio, const char *buffer, int count)
{
  OhLegacyCore *self = BIO_get_data (bio);
  g_autoptr (GError) error = NULL;
  gssize n = g_socket_send_with_blocking (self->socket, buffer, (gsize) count, FALSE, NULL, &error);

  BIO_clear_retry_flags (bio);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    BIO_set_retry_write (bio);
  return (int) n;
}

static long
bio_ctrl (BIO *bio, int command, long number, void *pointer)
{
  OhLegacyCore *self = BIO_get_data (bio);

  switch (command)
    {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_EOF: return self->at_end;
    default: return 0;
    }
}

static BIO_METHOD *
socket_method (void)
{
  static BIO_METHOD *method; /* for ever: one for all sockets */

  if (method == NULL)
    {
      method = BIO_meth_new (BIO_get_new_index () | BIO_TYPE_SOURCE_SINK, "GSocket");
      BIO_meth_set_read (method, bio_read);
      BIO_meth_set_write (method, bio_write);
      BIO_meth_set_ctrl (method, bio_ctrl);
    }
  return method;
}

/* --- the session ---------------------------------------------------------------------------- */

/* The rules of this one session. Level 0 takes every key length and signature; ciphers without
 * authentication or encryption stay off. */
static SSL *
new_ssl (const char *host)
{
  SSL_CTX *context = SSL_CTX_new (TLS_client_method ());
  SSL *ssl = NULL;

  if (context != NULL && SSL_CTX_set_min_proto_version (context, TLS1_VERSION) &&
      SSL_CTX_set_cipher_list (context, "DEFAULT:@SECLEVEL=0"))
    {
      SSL_CTX_set_security_level (context, 0);
      SSL_CTX_set_verify (context, SSL_VERIFY_NONE, NULL); /* the caller judges, whatever it is */
      /* old servers know no secure renegotiation, so none at all takes place; they close without a
         closing alert, and HTTP says how long an answer is */
      SSL_CTX_set_options (context, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_RENEGOTIATION |
                                      SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_COMPRESSION);
      SSL_CTX_set_mode (context,
                        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
      ssl = SSL_new (context);
    }
  SSL_CTX_free (context);
  if (ssl != NULL && host != NULL && !g_hostname_is_ip_address (host))
    SSL_set_tlsext_host_name (ssl, host);
  return ssl;
}

static void
set_error_from_queue (GError **error)
{
  unsigned long code = ERR_peek_last_error ();
  const char *reason = code != 0 ? ERR_reason_error_string (code) : NULL;

  g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC, "TLS: %s",
               reason != NULL ? reason : "the connection was closed");
  ERR_clear_error ();
}

OhLegacyCore *
oh_legacy_core_new (GSocketConnection *base, const char *host, GError **error)
{
  SSL *ssl = new_ssl (host);
  OhLegacyCore *self;
  BIO *bio;

  if (ssl == NULL)
    {
      set_error_from_queue (error);
      return NULL;
    }
  self = g_new0 (OhLegacyCore, 1);
  g_atomic_ref_count_init (&self->references);
  self->base = g_object_ref (base);
  self->socket = g_object_ref (g_socket_connection_get_socket (base));
  self->ssl = ssl;
  self->read_wants = G_IO_IN;
  self->write_wants = G_IO_OUT;
  bio = BIO_new (socket_method ());
  BIO_set_data (bio, self);
  BIO_set_init (bio, 1);
  SSL_set_bio (ssl, bio, bio); /* takes it */
  SSL_set_connect_state (ssl);
  return self;
}

OhLegacyCore *
oh_legacy_core_ref (OhLegacyCore *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
oh_legacy_core_unref (OhLegacyCore *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  SSL_free (self->ssl);
  g_object_unref (self->socket);
  g_object_unref (self->base);
  g_free (self);
}

/* What a call that did not succeed means. Returns: 0 for the end, else -1 with @error */
static gssize
judge_result (OhLegacyCore *self, int result, GIOCondition *wants, GError **error)
{
  switch (SSL_get_error (self->ssl, result))
    {
    case SSL_ERROR_ZERO_RETURN: return 0;
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      *wants = SSL_want_read (self->ssl) ? G_IO_IN : G_IO_OUT;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "TLS: not yet");
      return -1;
    default: set_error_from_queue (error); return -1;
    }
}

gboolean
oh_legacy_core_shake_hands (OhLegacyCore *self, GError **error)
{
  int result;

  ERR_clear_error ();
  result = SSL_do_handshake (self->ssl);
  if (result == 1)
    return TRUE;
  if (judge_result (self, result, &self->read_wants, error) == 0)
    g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_EOF, "TLS: the connection was closed");
  return FALSE;
}

gssize
oh_legacy_core_read (OhLegacyCore *self, void *buffer, gsize count, GError **error)
{
  size_t n = 0;
  int result;

  ERR_clear_error ();
  result = SSL_read_ex (self->ssl, buffer, count, &n);
  self->read_wants = G_IO_IN;
  return result == 1 ? (gssize) n : judge_result (self, result, &self->read_wants, error);
}

gssize
oh_legacy_core_write (OhLegacyCore *self, const void *buffer, gsize count, GError **error)
{
  size_t n = 0;
  int result;

  if (!self->accepted)
    {
      g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                           "TLS: nobody has accepted the certificate");
      return -1;
    }
  ERR_clear_error ();
  result = SSL_write_ex (self->ssl, buffer, count, &n);
  self->write_wants = G_IO_OUT;
  if (result == 1)
    return (gssize) n;
  if (judge_result (self, result, &self->write_wants, error) == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "TLS: the other end is gone");
  return -1;
}

gboolean
oh_legacy_core_has_pending (OhLegacyCore *self)
{
  return SSL_has_pending (self->ssl);
}

GIOCondition
oh_legacy_core_wants (OhLegacyCore *self, GIOCondition own)
{
  return own == G_IO_IN ? self->read_wants : self->write_wants;
}

GSocket *
oh_legacy_core_socket (OhLegacyCore *self)
{
  return self->socket;
}

GIOStream *
oh_legacy_core_base (OhLegacyCore *self)
{
  return G_IO_STREAM (self->base);
}

void
oh_legacy_core_accept (OhLegacyCore *self)
{
  self->accepted = TRUE;
}

GTlsCertificate *
oh_legacy_core_certificate (OhLegacyCore *self, GError **error)
{
  STACK_OF (X509) *chain = SSL_get_peer_cert_chain (self->ssl); /* the server's own first */
  BIO *bio = BIO_new (BIO_s_mem ());
  GTlsCertificate *certificate;
  char *pem = NULL;
  long len;

  for (int i = 0; chain != NULL && i < sk_X509_num (chain); i++)
    PEM_write_bio_X509 (bio, sk_X509_value (chain, i));
  len = BIO_get_mem_data (bio, &pem);
  certificate = g_tls_certificate_new_from_pem (len > 0 ? pem : "", len, error);
  BIO_free (bio);
  return certificate;
}

void
oh_legacy_core_say_goodbye (OhLegacyCore *self)
{
  if (!g_socket_is_closed (self->socket) && SSL_is_init_finished (self->ssl))
    SSL_shutdown (self->ssl);
  ERR_clear_error ();
}
