/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-dialect.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "snom-trouble.h"

static gboolean
speaks_snom (OhPhoneKind kind)
{
  return kind == OH_PHONE_KIND_UNKNOWN || kind == OH_PHONE_KIND_SNOM;
}

const OhPhoneDialect *
oh_phone_dialect_snom (void)
{
  static const OhPhoneDialect snom = { speaks_snom, oh_snom_trouble_refused, TRUE };

  return &snom;
}

GError *
oh_phone_dialect_mismatch (OhPhoneKind kind, const char *host)
{
  switch (kind)
    {
    case OH_PHONE_KIND_SNOM_D8XX: return oh_snom_trouble_foreign (host);
    case OH_PHONE_KIND_SNOM_DECT:
      return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("At %s is the base of DECT handsets, which takes no commands. Add a "
                             "desk phone, or dial on the handset."),
                          host);
    case OH_PHONE_KIND_SNOM_OTHER:
      return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("The phone at %s bears snom’s name and has another maker’s software, "
                             "which takes no commands. Dial on it by hand."),
                          host);
    case OH_PHONE_KIND_YEALINK:
      return g_error_new (
        OH_ERROR, OH_ERROR_UNSUPPORTED,
        _ ("The phone at %s is Yealink’s. Set its “body” to “auto” or “yealink”."), host);
    case OH_PHONE_KIND_SNOM:
      return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("The phone at %s is snom’s. Set its “body” to “auto” or “snom”."),
                          host);
    case OH_PHONE_KIND_UNKNOWN:
    case OH_N_PHONE_KINDS:
    default:
      return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("What answers at %s is no phone that Offhook knows."), host);
    }
}
