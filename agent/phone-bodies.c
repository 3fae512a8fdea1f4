/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-bodies.h"

#include "snom-phone.h"
#include "yealink-phone.h"

typedef OhPhone *(*MakeBody) (const char *id, const char *host, const char *scheme,
                              OhSnomListener *listener, OhClock *clock);

/* @word: in the setting “body”; @kind: what it drives. The first is tried where nothing is known,
   because it can tell all of them apart by one harmless request. */
static const struct
{
  const char *word;
  OhPhoneKind kind;
  MakeBody make;
  GType (*get_type) (void);
} bodies[] = {
  { "snom", OH_PHONE_KIND_SNOM, oh_snom_phone_new, oh_snom_phone_get_type },
  { "yealink", OH_PHONE_KIND_YEALINK, oh_yealink_phone_new, oh_yealink_phone_get_type },
};

/* Index of the body for a phone; 0 where nothing speaks for another one. */
static gsize
choose (const OhConfigPhone *settings, OhPhoneKind kind)
{
  gboolean automatic = g_str_equal (settings->body, "auto");

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (automatic ? bodies[i].kind == kind : g_str_equal (bodies[i].word, settings->body))
      return i;
  return 0;
}

OhPhone *
oh_phone_body_new (const OhConfigPhone *settings, OhPhoneKind kind, OhSnomListener *listener,
                   OhClock *clock)
{
  gsize i = choose (settings, kind);

  return bodies[i].make (settings->id, settings->host, settings->scheme,
                         settings->events ? listener : NULL, clock);
}

gboolean
oh_phone_body_is_wrong (OhPhone *phone, const OhConfigPhone *settings)
{
  OhPhoneKind kind = oh_phone_get_kind (phone);
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    known = known || bodies[i].kind == kind;
  return known && G_OBJECT_TYPE (phone) != bodies[choose (settings, kind)].get_type ();
}

void
oh_phone_body_set_identity (OhPhone *phone, const char *identity)
{
  const char *wanted = identity[0] != '\0' ? identity : NULL;

  if (OH_IS_SNOM_PHONE (phone))
    oh_snom_phone_set_identity (OH_SNOM_PHONE (phone), wanted);
  else if (OH_IS_YEALINK_PHONE (phone))
    oh_yealink_phone_set_identity (OH_YEALINK_PHONE (phone), wanted);
}
