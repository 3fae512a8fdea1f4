/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-faults.h"

#include <string.h>

struct _FeFaults
{
  GPtrArray *orders; /* (owned) (element-type FeFault) */
  int spoils[FE_N_SPOILS];
  char *body_type; /* (owned) (nullable) */
  GBytes *body;    /* (owned) (nullable) */
};

FeFaults *
fe_faults_new (void)
{
  FeFaults *self = g_new0 (FeFaults, 1);

  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) fe_fault_free);
  return self;
}

void
fe_faults_free (FeFaults *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->orders);
  g_free (self->body_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static FeFault *
fault_copy (const FeFault *fault)
{
  FeFault *copy = g_memdup2 (fault, sizeof *fault);

  copy->method = g_strdup (fault->method);
  copy->event = g_strdup (fault->event);
  copy->text = g_strdup (fault->text);
  return copy;
}

void
fe_fault_free (FeFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->method);
  g_free (fault->event);
  g_free (fault->text);
  g_free (fault);
}

void
fe_faults_order (FeFaults *self, const FeFault *fault)
{
  g_ptr_array_add (self->orders, fault_copy (fault));
}

void
fe_faults_clear (FeFaults *self)
{
  g_ptr_array_set_size (self->orders, 0);
  memset (self->spoils, 0, sizeof self->spoils);
}

static gboolean
fits (const FeFault *fault, const FeMessage *request, gboolean early)
{
  const char *event = fe_message_get (request, "Event");

  return fault->early == early &&
         (strcmp (fault->method, "*") == 0 || strcmp (fault->method, request->method) == 0) &&
         (fault->event == NULL || (event != NULL && g_str_has_prefix (event, fault->event)));
}

FeFault *
fe_faults_take (FeFaults *self, const FeMessage *request, gboolean early)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      FeFault *fault = self->orders->pdata[i];

      if (!fits (fault, request, early))
        continue;
      if (fault->count > 0 && --fault->count == 0)
        return g_ptr_array_steal_index (self->orders, i);
      return fault_copy (fault);
    }
  return NULL;
}

void
fe_faults_spoil (FeFaults *self, FeSpoil kind, int count)
{
  self->spoils[kind] = count;
}

gboolean
fe_faults_take_spoil (FeFaults *self, FeSpoil kind)
{
  if (self->spoils[kind] == 0)
    return FALSE;
  if (self->spoils[kind] > 0)
    self->spoils[kind]--;
  return TRUE;
}

void
fe_faults_set_body (FeFaults *self, const char *type, GBytes *body)
{
  g_free (self->body_type);
  self->body_type = g_strdup (type);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_ref (body);
}

GBytes *
fe_faults_get_body (FeFaults *self, const char **out_type)
{
  *out_type = self->body_type;
  return self->body;
}
