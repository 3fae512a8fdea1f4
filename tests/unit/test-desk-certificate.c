/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of a phone's certificate as time goes by. */

#define G_SETTINGS_ENABLE_BACKEND

#include "desk-certificate.h"

#include <gio/gsettingsbackend.h>

#include "bus-generated.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhConfig *config;
  GDBusObjectSkeleton *object;
  OhDeskCertificate *certificate;
  gint64 until_us; /* of what the phone shows */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", "good.pem", NULL);
  g_autoptr (GTlsCertificate) shown = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GError) error = NULL;

  shown = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  until = g_tls_certificate_get_not_valid_after (shown);
  f->until_us = g_date_time_to_unix (until) * G_USEC_PER_SEC;
  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), FALSE);
  oh_phone_show_certificate (OH_PHONE (f->phone), shown, "00ff");
  f->config = oh_config_new (backend, &error);
  g_assert_no_error (error);
  f->object = g_dbus_object_skeleton_new ("/org/offhook/Agent/phones/desk");
  f->certificate = oh_desk_certificate_new (OH_PHONE (f->phone), f->object, f->config);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_desk_certificate_stop (f->certificate);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->certificate);
  g_clear_object (&f->object);
  g_clear_object (&f->config);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
}

static void
trust_by (Fixture *f, const char *trust, gboolean ignore_date)
{
  const OhConfigPhone settings = { .trust = (char *) trust, .ignore_date = ignore_date };

  oh_desk_certificate_apply (f->certificate, &settings);
}

/* Goes to so many hours before (or, below zero, behind) the end of the certificate. */
static void
go_to (Fixture *f, gint64 hours_left)
{
  gint64 wall_us = f->until_us - hours_left * 3600 * G_USEC_PER_SEC;

  oh_fake_clock_advance (f->clock, wall_us - oh_clock_wall_us (OH_CLOCK (f->clock)));
}

static void
assert_warning (Fixture *f, const char *text)
{
  g_autoptr (OhBusPhoneCertificate1) shown = OH_BUS_PHONE_CERTIFICATE1 (
    g_dbus_object_get_interface (G_DBUS_OBJECT (f->object), "org.offhook.PhoneCertificate1"));

  g_assert_cmpstr (oh_bus_phone_certificate1_get_warning (shown), ==, text);
  g_assert_true ((oh_bus_phone_certificate1_get_advice (shown)[0] != '\0') == (text[0] != '\0'));
  g_assert_cmpint (oh_bus_phone_certificate1_get_expires (shown), ==, f->until_us / G_USEC_PER_SEC);
}

static void
test_warning (Fixture *f, gconstpointer data)
{
  trust_by (f, "ca", FALSE);
  assert_warning (f, "");
  go_to (f, 30 * 24 + 7);
  assert_warning (f, "");
  go_to (f, 30 * 24 - 7);
  assert_warning (f, "The certificate of the phone at 192.0.2.10 expires in 29 days.");
  go_to (f, 40);
  assert_warning (f, "The certificate of the phone at 192.0.2.10 expires in 1 day.");
  go_to (f, -7);
  assert_warning (f, "The certificate of the phone at 192.0.2.10 has expired.");
}

/* A date that does not count is no reason to worry anybody. */
static void
test_no_warning (Fixture *f, gconstpointer data)
{
  go_to (f, 24);
  trust_by (f, "pin", FALSE);
  assert_warning (f, "");
  trust_by (f, "first-use", FALSE);
  assert_warning (f, "");
  trust_by (f, "factory", TRUE);
  assert_warning (f, "");
  trust_by (f, "factory", FALSE);
  assert_warning (f, "The certificate of the phone at 192.0.2.10 expires in 1 day.");
}

/* Renewed: the warning goes with the new certificate. */
static void
test_renewed (Fixture *f, gconstpointer data)
{
  g_autoptr (OhBusPhoneCertificate1) shown = OH_BUS_PHONE_CERTIFICATE1 (
    g_dbus_object_get_interface (G_DBUS_OBJECT (f->object), "org.offhook.PhoneCertificate1"));

  trust_by (f, "ca", FALSE);
  go_to (f, 24);
  assert_warning (f, "The certificate of the phone at 192.0.2.10 expires in 1 day.");
  oh_phone_show_certificate (OH_PHONE (f->phone), NULL, "11ff");
  g_assert_cmpstr (oh_bus_phone_certificate1_get_warning (shown), ==, "");
  g_assert_cmpint (oh_bus_phone_certificate1_get_expires (shown), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/desk-certificate/warning", Fixture, NULL, set_up, test_warning, tear_down);
  g_test_add ("/desk-certificate/no-warning", Fixture, NULL, set_up, test_no_warning, tear_down);
  g_test_add ("/desk-certificate/renewed", Fixture, NULL, set_up, test_renewed, tear_down);
  return g_test_run ();
}
