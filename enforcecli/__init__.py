"""enforce: accountability for faults in administrative enforcement (行政执法责任追究)."""

__version__ = "0.1.0"
