/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-trouble.h"

#include <glib/gi18n-lib.h>

#include "error.h"

GError *
oh_snom_trouble_locked (const char *host, gint64 until_us)
{
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_local (until_us / G_USEC_PER_SEC + 1);
  g_autofree char *text = g_date_time_format (until, "%H:%M:%S");

  return g_error_new (OH_ERROR, OH_ERROR_PHONE_LOCKED_OUT,
                      _ ("The phone at %s refuses everybody until %s, after too many wrong "
                         "passwords."),
                      host, text);
}

GError *
oh_snom_trouble_refused (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                      _ ("The phone at %s refuses remote control. Switch its settings "
                         "“use_hidden_tags” and “restrict_uri_queries” off."),
                      host);
}

GError *
oh_snom_trouble_foreign (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                      _ ("The phone at %s has no remote control by http; the D8xx generation "
                         "does not."),
                      host);
}

GError *
oh_snom_trouble_login_again (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_FAILED,
                      _ ("The phone at %s asked for the login once more; nothing was done. Try "
                         "again."),
                      host);
}

GError *
oh_snom_trouble_open (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                      _ ("No password is sent to the phone at %s in the open. Set its setting "
                         "“webserver_type” to “https”, restart it, and use https."),
                      host);
}

GError *
oh_snom_trouble_moved (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                      _ ("The phone at %s answers with another page. Open its web page once and "
                         "finish its set-up."),
                      host);
}

GError *
oh_snom_trouble_plain (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                      _ ("The phone at %s is set to plain http, which anybody on the way can "
                         "read. Use https, or set its trust to “none”."),
                      host);
}

GError *
oh_snom_trouble_old_tls (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                      _ ("The phone at %s offers nothing newer than TLS 1.1, which can be broken. "
                         "Update its firmware; if there is none, switch its setting “legacy-tls” "
                         "on."),
                      host);
}

GError *
oh_snom_trouble_status (const char *host, guint status)
{
  return g_error_new (OH_ERROR, OH_ERROR_PROTOCOL, _ ("The phone at %s answered with status %u."),
                      host, status);
}

GError *
oh_snom_trouble_cancelled (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_CANCELLED,
                      _ ("Cancelled; nothing was sent to the phone at %s."), host);
}

GError *
oh_snom_trouble_no_answer (const char *host, gboolean once, const OhSnomExchange *exchange)
{
  if (once && exchange->sent)
    return g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                        _ ("The phone at %s took the request and gave no answer."), host);
  if (g_error_matches (exchange->error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                        _ ("The phone at %s sends a page without end."), host);
  if (!exchange->timed_out && g_error_matches (exchange->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return oh_snom_trouble_cancelled (host);
  if (exchange->timed_out)
    return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                        _ ("The phone at %s does not answer in time."), host);
  if (exchange->sent)
    return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                        _ ("The phone at %s cuts its answers off: %s"), host,
                        exchange->error->message);
  return g_error_new (OH_ERROR, oh_error_code_from_foreign (exchange->error),
                      _ ("The phone at %s cannot be reached: %s"), host, exchange->error->message);
}
