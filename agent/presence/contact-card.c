/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-card.h"

#include "contact-number.h"

/* Instances of the card of one person; a server has seven. */
#define INSTANCES_MAX 32u

/* One instance of the contact card: they add up to the whole. */
typedef struct
{
  guint32 instance;
  char *display_name; /* (owned) (nullable) */
  GPtrArray *numbers; /* (owned) (nullable) (element-type OhContactNumber) */
  char *mail;         /* (owned) (nullable) */
} Instance;

struct _OhContactCard
{
  GArray *instances;  /* (owned) (element-type Instance), by rank */
  GPtrArray *numbers; /* (owned) (element-type OhContactNumber): those of all, which own them */
  const char *name;   /* (unowned) (nullable): of one of the instances */
  gboolean kept;      /* its one instance is from an earlier sign-in */
};

static void
number_free (gpointer data)
{
  OhContactNumber *number = data;

  g_free (number->number);
  g_free (number->display);
  g_free (number);
}

static void
instance_clear (gpointer data)
{
  Instance *instance = data;

  g_free (instance->display_name);
  g_free (instance->mail);
  g_clear_pointer (&instance->numbers, g_ptr_array_unref);
}

OhContactCard *
oh_contact_card_new (void)
{
  OhContactCard *self = g_new0 (OhContactCard, 1);

  self->instances = g_array_new (FALSE, TRUE, sizeof (Instance));
  g_array_set_clear_func (self->instances, instance_clear);
  self->numbers = g_ptr_array_new ();
  return self;
}

void
oh_contact_card_free (OhContactCard *self)
{
  g_ptr_array_unref (self->numbers);
  g_array_unref (self->instances);
  g_free (self);
}

const char *
oh_contact_card_name (const OhContactCard *self)
{
  return self->name != NULL ? self->name : "";
}

const char *
oh_contact_card_mail (const OhContactCard *self)
{
  for (guint i = 0; i < self->instances->len; i++)
    {
      const Instance *instance = &g_array_index (self->instances, Instance, i);

      if (instance->mail != NULL)
        return instance->mail;
    }
  return "";
}

GPtrArray *
oh_contact_card_numbers (const OhContactCard *self)
{
  return self->numbers;
}

static const char *
number_type (const char *word)
{
  static const char *const known[] = { "work", "mobile", "home" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (word, known[i]) == 0)
      return known[i];
  return "other"; /* also "custom1" */
}

/* NULL for what cannot be dialled. */
static OhContactNumber *
number_new (const OhCardNumber *given)
{
  char *dial = oh_contact_number_read (given->uri);
  OhContactNumber *number;

  if (dial == NULL)
    dial = oh_contact_number_read (given->display);
  if (dial == NULL)
    return NULL;
  number = g_new0 (OhContactNumber, 1);
  number->type = number_type (given->type);
  number->number = dial;
  number->display = g_strdup (given->display != NULL ? given->display : dial);
  return number;
}

/* What the user typed (instance 1) goes before what the directory says. */
static guint
rank (guint32 instance)
{
  return instance == 1 ? 0 : instance == 0 ? 1 : instance;
}

static Instance *
instance_for (OhContactCard *self, guint32 instance)
{
  Instance fresh = { instance, NULL, NULL, NULL };
  guint i = 0;

  while (i < self->instances->len &&
         rank (g_array_index (self->instances, Instance, i).instance) < rank (instance))
    i++;
  if (i < self->instances->len && g_array_index (self->instances, Instance, i).instance == instance)
    return &g_array_index (self->instances, Instance, i);
  if (self->instances->len >= INSTANCES_MAX)
    return NULL;
  g_array_insert_val (self->instances, i, fresh);
  return &g_array_index (self->instances, Instance, i);
}

static void
add_number (OhContactCard *self, OhContactNumber *number)
{
  for (guint i = 0; i < self->numbers->len; i++)
    {
      const OhContactNumber *have = g_ptr_array_index (self->numbers, i);

      if (g_str_equal (have->number, number->number))
        return;
    }
  g_ptr_array_add (self->numbers, number);
}

static void
merge_numbers (OhContactCard *self)
{
  static const char *const order[] = { "work", "mobile", "home", "other" };

  g_ptr_array_set_size (self->numbers, 0);
  for (gsize type = 0; type < G_N_ELEMENTS (order); type++)
    for (guint i = 0; i < self->instances->len; i++)
      {
        GPtrArray *numbers = g_array_index (self->instances, Instance, i).numbers;

        for (guint j = 0; numbers != NULL && j < numbers->len; j++)
          {
            OhContactNumber *number = g_ptr_array_index (numbers, j);

            if (g_str_equal (number->type, order[type]))
              add_number (self, number);
          }
      }
}

/* The directory's name comes from instance 0; others only where that has none. */
static const char *
merged_name (OhContactCard *self)
{
  const char *name = NULL;

  for (guint i = 0; i < self->instances->len; i++)
    {
      const Instance *instance = &g_array_index (self->instances, Instance, i);

      if (instance->display_name != NULL && (name == NULL || instance->instance == 0))
        name = instance->display_name;
    }
  return name;
}

static void
fill (Instance *instance, const OhCategory *category)
{
  instance_clear (instance);
  instance->display_name = g_strdup (category->display_name);
  instance->mail = g_strdup (category->mail);
  instance->numbers = g_ptr_array_new_with_free_func (number_free);
  for (guint i = 0; category->numbers != NULL && i < category->numbers->len; i++)
    {
      OhContactNumber *number = number_new (g_ptr_array_index (category->numbers, i));

      if (number != NULL)
        g_ptr_array_add (instance->numbers, number);
    }
}

static void
merge (OhContactCard *self)
{
  merge_numbers (self);
  self->name = merged_name (self);
}

OhKeptCard *
oh_contact_card_keep (const OhContactCard *self)
{
  OhKeptCard *kept = oh_kept_card_new (self->name);

  for (guint i = 0; i < self->numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (self->numbers, i);

      oh_kept_card_add (kept, number->type, number->number, number->display);
    }
  return kept;
}

gboolean
oh_contact_card_restore (OhContactCard *self, const OhKeptCard *kept)
{
  Instance *instance;

  if (self->instances->len > 0)
    return FALSE;
  self->kept = TRUE;
  instance = instance_for (self, 0);
  instance->display_name = g_strdup (kept->name);
  instance->numbers = g_ptr_array_new_with_free_func (number_free);
  for (guint i = 0; i < kept->numbers->len; i++)
    {
      OhContactNumber *number = number_new (g_ptr_array_index (kept->numbers, i));

      if (number != NULL)
        g_ptr_array_add (instance->numbers, number);
    }
  merge (self);
  return TRUE;
}

gboolean
oh_contact_card_apply (OhContactCard *self, const OhCategory *category)
{
  if (self->kept)
    g_array_set_size (self->instances, 0);
  self->kept = FALSE;
  if (category->empty && !category->has_instance)
    g_array_set_size (self->instances, 0);
  else
    {
      Instance *instance = instance_for (self, category->instance);

      if (instance == NULL)
        return FALSE;
      fill (instance, category);
    }
  merge (self);
  return TRUE;
}
