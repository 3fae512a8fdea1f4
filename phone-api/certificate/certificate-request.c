/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate-request.h"

#include <glib/gi18n-lib.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "error.h"
#include "mac-address.h"

/* The kinds of extensions, in the order in which they are asked for. */
static const struct
{
  int nid;
  const char *value; /* NULL: the names */
} wanted[] = {
  { NID_subject_alt_name, NULL },
  { NID_key_usage, "critical,digitalSignature,keyEncipherment" },
  { NID_ext_key_usage, "serverAuth,clientAuth" },
};

/* (transfer full): as OpenSSL reads alternative names. What stands in @names was checked: there is
 * no comma in a DNS name or an address. */
static char *
names_text (const OhPhoneNames *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (names->dns != NULL)
    g_string_append_printf (text, "DNS:%s,", names->dns);
  g_string_append_printf (text, "DNS:%s", names->mac);
  if (names->address != NULL)
    g_string_append_printf (text, ",IP:%s", names->address);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
add_extensions (X509_REQ *request, const OhPhoneNames *names)
{
  STACK_OF (X509_EXTENSION) *extensions = sk_X509_EXTENSION_new_null ();
  g_autofree char *text = names_text (names);
  gboolean good = TRUE;

  for (gsize i = 0; good && i < G_N_ELEMENTS (wanted); i++)
    {
      X509_EXTENSION *extension = X509V3_EXT_conf_nid (
        NULL, NULL, wanted[i].nid, wanted[i].value != NULL ? wanted[i].value : text);

      good = extension != NULL && sk_X509_EXTENSION_push (extensions, extension) > 0;
    }
  good = good && X509_REQ_add_extensions (request, extensions);
  sk_X509_EXTENSION_pop_free (extensions, X509_EXTENSION_free);
  return good;
}

X509_REQ *
oh_phone_request_new (EVP_PKEY *key, const OhPhoneNames *names, GError **error)
{
  g_autoptr (X509_REQ) request = X509_REQ_new ();
  g_autofree char *common_name = g_ascii_strup (names->mac, -1);

  if (X509_REQ_set_version (request, X509_REQ_VERSION_1) &&
      X509_NAME_add_entry_by_txt (X509_REQ_get_subject_name (request), "CN", MBSTRING_ASC,
                                  (const guchar *) common_name, -1, -1, 0) &&
      X509_REQ_set_pubkey (request, key) && add_extensions (request, names) &&
      X509_REQ_sign (request, key, EVP_sha256 ()) > 0)
    return g_steal_pointer (&request);
  oh_openssl_fail (error, _ ("No request can be made"));
  return NULL;
}

/* --- what it asks for ----------------------------------------------------------------------- */

/* (transfer full) (nullable) */
static GENERAL_NAMES *
names_of (X509_REQ *request)
{
  STACK_OF (X509_EXTENSION) *extensions = X509_REQ_get_extensions (request);
  GENERAL_NAMES *names = X509V3_get_d2i (extensions, NID_subject_alt_name, NULL, NULL);

  sk_X509_EXTENSION_pop_free (extensions, X509_EXTENSION_free);
  return names;
}

gboolean
oh_phone_request_equal (X509_REQ *a, X509_REQ *b)
{
  GENERAL_NAMES *own = names_of (a);
  GENERAL_NAMES *other = names_of (b);
  gboolean same =
    EVP_PKEY_eq (X509_REQ_get0_pubkey (a), X509_REQ_get0_pubkey (b)) == 1 &&
    X509_NAME_cmp (X509_REQ_get_subject_name (a), X509_REQ_get_subject_name (b)) == 0 &&
    own != NULL && other != NULL && sk_GENERAL_NAME_num (own) == sk_GENERAL_NAME_num (other);

  for (int i = 0; same && i < sk_GENERAL_NAME_num (own); i++)
    same = GENERAL_NAME_cmp (sk_GENERAL_NAME_value (own, i), sk_GENERAL_NAME_value (other, i)) == 0;
  GENERAL_NAMES_free (own);
  GENERAL_NAMES_free (other);
  return same;
}

static void
add_missing (GString *missing, const char *name)
{
  g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", name);
}

static void
look_for_name (GString *missing, X509 *x509, const ASN1_IA5STRING *asked)
{
  g_autofree char *name =
    g_strndup ((const char *) ASN1_STRING_get0_data (asked), (gsize) ASN1_STRING_length (asked));

  if (!oh_x509_bears (x509, name))
    add_missing (missing, name);
}

static void
look_for_address (GString *missing, X509 *x509, const ASN1_OCTET_STRING *asked)
{
  const guchar *octets = ASN1_STRING_get0_data (asked);
  int len = ASN1_STRING_length (asked);
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;

  if ((len != 4 && len != 16) || X509_check_ip (x509, octets, (size_t) len, 0) == 1)
    return;
  address =
    g_inet_address_new_from_bytes (octets, len == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (address);
  add_missing (missing, text);
}

char *
oh_phone_request_missing (X509_REQ *request, X509 *x509)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  GENERAL_NAMES *names = names_of (request);

  for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num (names); i++)
    {
      const GENERAL_NAME *name = sk_GENERAL_NAME_value (names, i);

      if (name->type == GEN_DNS)
        look_for_name (missing, x509, name->d.dNSName);
      else if (name->type == GEN_IPADD)
        look_for_address (missing, x509, name->d.iPAddress);
    }
  GENERAL_NAMES_free (names);
  return missing->len > 0 ? g_string_free (g_steal_pointer (&missing), FALSE) : NULL;
}

/* --- files ---------------------------------------------------------------------------------- */

gboolean
oh_phone_request_save (X509_REQ *request, const char *path, GError **error)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *pem = NULL;
  long len = PEM_write_bio_X509_REQ (bio, request) ? BIO_get_mem_data (bio, &pem) : 0;
  gboolean done = len > 0 ? g_file_set_contents (path, pem, len, error)
                          : oh_openssl_fail (error, _ ("The request cannot be written"));

  if (!done)
    oh_error_adopt (error, _ ("The request cannot be written"));
  BIO_free (bio);
  return done;
}

X509_REQ *
oh_phone_request_load (const char *path)
{
  BIO *bio = BIO_new_file (path, "r");
  X509_REQ *request = bio != NULL ? PEM_read_bio_X509_REQ (bio, NULL, NULL, NULL) : NULL;

  BIO_free (bio);
  ERR_clear_error ();
  return request;
}
