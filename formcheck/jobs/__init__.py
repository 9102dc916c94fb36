"""Work that outlives the page that started it."""

from formcheck.jobs.background import BUG_CODE, JobManager, JobState, JobView, job_key

__all__ = ["BUG_CODE", "JobManager", "JobState", "JobView", "job_key"]
