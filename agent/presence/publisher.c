/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publisher.h"

#include "contact-private.h"
#include "publication-body.h"
#include "publish-xml.h"

/* The container in which the server looks for devices. */
#define CONTAINER_DEVICES 2u

struct _OhPublisher
{
  char *uri;          /* (owned) */
  char *device_key;   /* (owned): what device and machine numbers are made of */
  char *endpoint_id;  /* (owned) */
  char *machine_name; /* (owned) (nullable) */
  char *line;         /* (owned) (nullable): from the settings */
};

OhPublisher *
oh_publisher_new (const OhPublicationIdentity *identity)
{
  OhPublisher *self = g_new0 (OhPublisher, 1);

  self->uri = oh_contact_full_uri (identity->uri);
  self->device_key = g_strdup (identity->gruu != NULL ? identity->gruu : identity->endpoint_id);
  self->endpoint_id = g_strdup (identity->endpoint_id);
  self->machine_name = g_strdup (identity->machine_name);
  self->line = g_strdup (identity->line);
  return self;
}

void
oh_publisher_free (OhPublisher *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->device_key);
  g_free (self->endpoint_id);
  g_free (self->machine_name);
  g_free (self->line);
  g_free (self);
}

const char *
oh_publisher_uri (const OhPublisher *self)
{
  return self->uri;
}

const char *
oh_publisher_endpoint_id (const OhPublisher *self)
{
  return self->endpoint_id;
}

gboolean
oh_publisher_is_another (const OhPublisher *self, const char *endpoint_id)
{
  return endpoint_id != NULL && g_ascii_strcasecmp (endpoint_id, self->endpoint_id) != 0;
}

guint32
oh_publisher_phone_instance (const OhPublisher *self, const OhOwnPublications *own)
{
  const char *line = self->line;

  if (line == NULL)
    line = oh_own_publications_line (own);
  return oh_publication_body_instance (OH_INSTANCE_PHONE, line != NULL ? line : self->uri);
}

void
oh_publisher_put_device (const OhPublisher *self, OhPublishQueue *queue, int offset_s)
{
  g_autofree char *body =
    oh_publish_device (self->uri, self->endpoint_id, self->machine_name, offset_s);

  oh_publish_queue_put (queue, "device", oh_publication_body_instance (0, self->device_key),
                        CONTAINER_DEVICES, OH_EXPIRE_ENDPOINT, body, NULL);
}

void
oh_publisher_put_machine (const OhPublisher *self, OhPublishQueue *queue,
                          const OhOwnPublications *own, OhMachineUse use)
{
  static const guint numbers[] = {
    [OH_MACHINE_ACTIVE] = 3500,
    [OH_MACHINE_IDLE] = 5000,
    [OH_MACHINE_AWAY] = 15500,
  };
  gboolean beside = oh_own_publications_signed_in_elsewhere (own, self->endpoint_id);
  g_autofree char *body =
    oh_publish_state (OH_STATE_MACHINE, numbers[beside ? OH_MACHINE_AWAY : use], NULL, 0, 0);

  oh_publication_body_put_state (
    queue, oh_publication_body_instance (OH_INSTANCE_MACHINE, self->device_key), OH_EXPIRE_ENDPOINT,
    body, NULL);
}
