"""Measured motion of real people: files of several laboratories, read into one form.

The files lie outside the project, in the folder that FORMCHECK_MOTION names; see ``catalogue``.
"""
