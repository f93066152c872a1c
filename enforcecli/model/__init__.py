"""Frozen values of the domain. This package imports nothing of ours."""
