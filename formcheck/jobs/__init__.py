"""Work that outlives the page that started it."""

from formcheck.jobs.background import JobManager, JobState, JobView, job_key

__all__ = ["JobManager", "JobState", "JobView", "job_key"]
