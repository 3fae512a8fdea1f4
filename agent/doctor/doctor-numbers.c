/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How numbers are read, and who says so. */

#include "doctor-run.h"
#include "judge-numbers.h"

void
oh_doctor_step_numbers (OhDoctorRun *run, GTask *task)
{
  g_autoptr (GTask) own = task;

  if (run->parts->host->see_numbers != NULL)
    run->parts->host->see_numbers (run->parts->host_data, oh_judge_numbers, run->findings);
  g_task_return_boolean (own, TRUE);
}
