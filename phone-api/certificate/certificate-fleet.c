/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "certificate-fleet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <string.h>

#include "error.h"
#include "fleet-csv.h"

/* One octet beyond what is allowed is enough to know that it is too much. */
static GPtrArray *
read_list (const char *csv, GPtrArray *faults, GError **error)
{
  g_autofree char *text = NULL;
  GPtrArray *phones;
  gsize len;

  if (!g_file_get_contents (csv, &text, &len, error))
    {
      oh_error_adopt (error, _ ("%s cannot be read"), csv);
      return NULL;
    }
  phones = oh_fleet_csv_parse (oh_slice (text, len), faults);
  if (phones == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("%s is not right; nothing was written. Correct the lines named above."), csv);
  return phones;
}

/* The authority gets one folder with nothing but requests in it. */
static gboolean
copy_request (const char *from, const char *requests, const char *name, GError **error)
{
  g_autofree char *source = oh_certificate_file (from, "request.pem");
  g_autofree char *file = g_strconcat (name, ".csr", NULL);
  g_autofree char *target = g_build_filename (requests, file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  gsize len;

  if (!g_file_get_contents (source, &text, &len, error))
    return FALSE;
  if (g_file_get_contents (target, &before, NULL, NULL) && g_str_equal (before, text))
    return TRUE;
  return g_file_set_contents (target, text, (gssize) len, error);
}

static gboolean
do_phone (const OhFleetPhone *phone, const char *folder, const char *requests, OhPhoneKeyKind kind,
          OhCertificateRequested *done, GError **error)
{
  const OhPhoneNames names = { .mac = phone->mac, .address = phone->address, .dns = phone->dns };
  g_autofree char *own = g_build_filename (folder, phone->name, NULL);

  return oh_certificate_request (own, &names, kind, done, error) &&
         copy_request (own, requests, phone->name, error);
}

gboolean
oh_certificate_fleet (const char *csv, const char *folder, OhPhoneKeyKind kind,
                      OhFleetProgress progress, gpointer user_data, GPtrArray *faults,
                      GError **error)
{
  g_autoptr (GPtrArray) phones = read_list (csv, faults, error);
  g_autofree char *requests = g_build_filename (folder, "requests", NULL);

  if (phones == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) < 0 || g_mkdir_with_parents (requests, 0700) < 0)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED, _ ("%s cannot be made: %s"), requests,
                   g_strerror (errno));
      return FALSE;
    }
  for (guint i = 0; i < phones->len; i++)
    {
      const OhFleetPhone *phone = g_ptr_array_index (phones, i);
      OhCertificateRequested done;

      if (!do_phone (phone, folder, requests, kind, &done, error))
        {
          oh_error_adopt (error, _ ("line %u, %s"), phone->line, phone->name);
          return FALSE;
        }
      if (progress != NULL)
        progress (phone->name, done, i + 1, phones->len, user_data);
    }
  return TRUE;
}
