/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to each phone, by the object that drives it: its memory of refused passwords and
 * lock-outs holds here too. All at the same time, told in the order of the settings. */

#include "doctor-run.h"

#include <glib/gi18n-lib.h>

#include "doctor-certificate.h"
#include "error.h"
#include "judge-phone.h"

/* What is seen of one phone. */
typedef struct
{
  OhConfigPhone *settings; /* (unowned): of the list */
  OhPhone *phone;          /* (owned) (nullable) */
  gint64 begun_us;
  gint64 took_us;
  gboolean probed;
  char *listener_error; /* (owned) (nullable) */
} Look;

/* The step's data. */
typedef struct
{
  OhDoctorRun *run;    /* (unowned) */
  GPtrArray *settings; /* (owned) (element-type OhConfigPhone) */
  Look *looks;         /* (owned): one for each */
  guint waiting;
  gulong cancelled_id;
  gboolean over; /* told: what still comes in is not heard */
} Phones;

/* What a callback needs to find its place again. */
typedef struct
{
  GTask *task; /* (owned) */
  Look *look;  /* (unowned): the task's */
} Visit;

static void
phones_free (gpointer data)
{
  Phones *phones = data;

  for (guint i = 0; i < phones->settings->len; i++)
    {
      g_clear_object (&phones->looks[i].phone);
      g_free (phones->looks[i].listener_error);
    }
  g_free (phones->looks);
  g_ptr_array_unref (phones->settings);
  g_free (phones);
}

/* --- judging -------------------------------------------------------------------------------- */

static OhSeenPhoneFault
fault_of (const Look *look, const OhPhoneFacts *facts)
{
  const char *fingerprint = oh_phone_get_fingerprint (look->phone);

  switch (oh_phone_get_state (look->phone))
    {
    case OH_PHONE_STATE_READY: return OH_SEEN_PHONE_READY;
    case OH_PHONE_STATE_UNTRUSTED:
      return look->settings->fingerprint[0] != '\0' && fingerprint != NULL &&
                 !g_str_equal (fingerprint, look->settings->fingerprint)
               ? OH_SEEN_PHONE_CHANGED
               : OH_SEEN_PHONE_UNTRUSTED;
    case OH_PHONE_STATE_UNAUTHORIZED: return OH_SEEN_PHONE_LOGIN;
    case OH_PHONE_STATE_LOCKED_OUT: return OH_SEEN_PHONE_LOCKED_OUT;
    case OH_PHONE_STATE_UNSUPPORTED:
      if (!g_error_matches (oh_phone_get_reason (look->phone), OH_ERROR, OH_ERROR_PHONE_REFUSED))
        return OH_SEEN_PHONE_UNSUPPORTED;
      return facts->blocking != NULL ? OH_SEEN_PHONE_HIDDEN_TAGS : OH_SEEN_PHONE_REFUSES;
    case OH_PHONE_STATE_UNKNOWN:
    case OH_PHONE_STATE_UNREACHABLE:
    case OH_N_PHONE_STATES:
    default: return OH_SEEN_PHONE_UNREACHABLE;
    }
}

static char *
model_text (OhPhone *phone)
{
  const char *model = oh_phone_get_model (phone);
  const char *firmware = oh_phone_get_firmware (phone);
  const char *mac = oh_phone_get_mac (phone);

  if (model == NULL)
    return NULL;
  return g_strdup_printf (_ ("%s, firmware %s, MAC %s"), model, firmware != NULL ? firmware : "?",
                          mac != NULL ? mac : "?");
}

static void
judge_phone (OhDoctorRun *run, const Look *look)
{
  const OhConfigPhone *settings = look->settings;
  const GError *reason = oh_phone_get_reason (look->phone);
  g_autofree char *model = model_text (look->phone);
  g_autofree char *keys = NULL;
  g_autoptr (OhSeenCertificate) certificate = NULL;
  OhPhoneFacts facts;
  OhSeenPhone seen = {
    .id = settings->id,
    .host = settings->host,
    .plain = g_str_equal (settings->scheme, "http"),
    .reason = reason != NULL ? reason->message : NULL,
    .took_us = look->took_us,
    .trust = settings->trust,
    .fingerprint = oh_phone_get_fingerprint (look->phone),
    .now_s = oh_clock_wall_us (run->parts->clock) / G_USEC_PER_SEC,
    .has_login = settings->user[0] != '\0',
    .unprotected = (oh_phone_get_capabilities (look->phone) & OH_PHONE_IS_UNPROTECTED) != 0,
    .model = model,
    .events_wanted = settings->events,
    .watched = oh_phone_get_watched (look->phone),
    .listener_error = look->listener_error,
  };

  oh_phone_get_facts (look->phone, &facts);
  certificate = oh_doctor_certificate_read (facts.certificate);
  seen.certificate = certificate;
  keys = facts.habits != NULL ? g_strjoinv (", ", (GStrv) facts.habits) : NULL;
  seen.keys = keys;
  seen.switch_name = facts.blocking;
  seen.listener = facts.listening;
  seen.driver = facts.driver;
  seen.driver_why = facts.driver_why;
  seen.last_event_s = facts.last_event_us / G_USEC_PER_SEC;
  seen.fault = fault_of (look, &facts);
  if (!look->probed)
    {
      seen.fault = OH_SEEN_PHONE_UNREACHABLE;
      seen.reason = _ ("It did not answer in time.");
    }
  oh_judge_phone (&seen, run->findings);
}

static void
judge_settings (OhDoctorRun *run, const Look *look)
{
  const GError *problem = look->settings->problem;
  const OhSeenPhone seen = {
    .id = look->settings->id,
    .host = look->settings->host,
    .fault = OH_SEEN_PHONE_SETTINGS,
    .trust = look->settings->trust,
    .reason = problem != NULL ? problem->message : _ ("It has no address."),
  };

  oh_judge_phone (&seen, run->findings);
}

static void
judge_all (Phones *phones)
{
  if (phones->settings->len == 0)
    oh_judge_no_phone (phones->run->findings);
  for (guint i = 0; i < phones->settings->len; i++)
    if (phones->looks[i].phone != NULL)
      judge_phone (phones->run, &phones->looks[i]);
    else
      judge_settings (phones->run, &phones->looks[i]);
}

/* --- looking -------------------------------------------------------------------------------- */

static Visit *
visit_new (GTask *task, Look *look)
{
  Visit *visit = g_new (Visit, 1);

  *visit = (Visit){ g_object_ref (task), look };
  return visit;
}

static void
visit_free (Visit *visit)
{
  g_object_unref (visit->task);
  g_free (visit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visit, visit_free)

static void
finish (GTask *task)
{
  Phones *phones = g_task_get_task_data (task);

  if (phones->over)
    return;
  phones->over = TRUE;
  g_clear_signal_handler (&phones->cancelled_id, g_task_get_cancellable (task));
  judge_all (phones);
  g_task_return_boolean (task, TRUE);
}

/* A request to a phone is not broken off: others may wait for it too. */
static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  g_autoptr (GTask) alive = g_object_ref (task);

  finish (alive);
}

static void
one_less (GTask *task)
{
  Phones *phones = g_task_get_task_data (task);

  if (--phones->waiting == 0)
    finish (task);
}

static void
on_listener (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);

  if (connection == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    visit->look->listener_error = g_strdup (error->message);
  one_less (visit->task);
}

/* That it can be reached from here says that we listen; from the phone a firewall may still be in
 * the way, which only an event that arrives can disprove. */
static void
try_listener (GTask *task, Look *look)
{
  g_autoptr (GSocketClient) client = NULL;
  OhPhoneFacts facts;

  oh_phone_get_facts (look->phone, &facts);
  if (!oh_phone_get_watched (look->phone) || facts.listening == NULL)
    {
      one_less (task);
      return;
    }
  client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, OH_DOCTOR_ADDRESS_LIMIT_S);
  g_socket_client_connect_to_host_async (client, facts.listening, 80, g_task_get_cancellable (task),
                                         on_listener, visit_new (task, look));
}

static void
on_watched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;

  oh_phone_watch_finish (OH_PHONE (source), result, NULL); /* the phone's reason tells */
  if (!((Phones *) g_task_get_task_data (visit->task))->over)
    try_listener (visit->task, visit->look);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Visit) visit = user_data;
  Look *look = visit->look;
  Phones *phones = g_task_get_task_data (visit->task);
  gboolean ready = oh_phone_probe_finish (OH_PHONE (source), result, NULL);

  if (phones->over)
    return;
  look->probed = TRUE;
  look->took_us = oh_clock_now_us (phones->run->parts->clock) - look->begun_us;
  if (!ready || !look->settings->events)
    one_less (visit->task);
  else if (oh_phone_get_watched (look->phone))
    try_listener (visit->task, look);
  else
    oh_phone_watch_async (look->phone, NULL, on_watched, visit_new (visit->task, look));
}

void
oh_doctor_step_phones (OhDoctorRun *run, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Phones *phones = g_new0 (Phones, 1);

  phones->run = run;
  phones->settings = oh_config_dup_phones (run->parts->config);
  phones->looks = g_new0 (Look, phones->settings->len + 1);
  phones->waiting = phones->settings->len + 1; /* and ourselves, so that none is no exception */
  g_task_set_task_data (task, phones, phones_free);
  phones->cancelled_id =
    g_signal_connect (g_task_get_cancellable (task), "cancelled", G_CALLBACK (on_cancelled), task);
  for (guint i = 0; i < phones->settings->len; i++)
    {
      Look *look = &phones->looks[i];
      OhPhone *phone;

      look->settings = g_ptr_array_index (phones->settings, i);
      look->begun_us = oh_clock_now_us (run->parts->clock);
      phone = run->parts->host->find_phone (run->parts->host_data, look->settings->id);
      if (phone == NULL)
        {
          phones->waiting--;
          continue;
        }
      look->phone = g_object_ref (phone);
      oh_phone_probe_async (phone, NULL, on_probed, visit_new (task, look));
    }
  one_less (task);
}
